"""Lists of papers as people narrow and sort them, on each engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from realist.domain.configuration import Box, Ref
from realist.domain.filtering import read_filter
from realist.errors import WrongUse
from realist.queries import filters, states
from realist.queries import listing as module
from realist.queries.listing import SORTS, PaperLine, count, listing, page
from realist.services import (
    configurations,
    evidence,
    importing,
    mechanisms,
    notes,
    papers,
    plan,
    rounds,
    sameness,
    screening,
    sweeping,
)
from realist.services.importing import Origin
from realist.services.unit import Desk
from realist.store.tables import Import, Paper
from realist.text import fold
from realist.vocabulary import ConfigurationStatus, PaperState, RoundKind, Verdict
from tests.services.exports import RIS

OKAFOR, HADDAD, TWIN, PETTERSEN, HOPE, REGISTER, ODD, LATER = range(1, 9)


@pytest.fixture
def at(desk: Desk, tmp_path: Path) -> Desk:
    """Eight papers: four imported, one of these a twin of the first; four typed in."""
    plan.add_stage(desk, "1", purpose="theory")
    plan.add_stage(desk, "1b", purpose="more theory")
    plan.add_search(desk, "Medbase 1", stage="1", source="Medbase")
    (tmp_path / "medbase.ris").write_bytes(RIS)
    importing.import_file(desk, tmp_path / "medbase.ris", Origin(search="Medbase 1"))
    sweeping.index_imports(desk.store)
    papers.add_paper(
        desk, label="Ferreira (2012)", title="Hope, borrowed", authors=["Ferreira, D."], year="2012"
    )
    papers.add_paper(desk, label="Nyberg (2009)", title="Work after stroke: a register study", year="2009")
    papers.add_paper(
        desk, label="Odd (1999)", title='100% "sure" & 経済学 *', doi="10.5555/a_b%c", year="1999"
    )
    papers.add_paper(desk, label="Later", abstract="Löwstedt's unpublished hope.")
    sameness.join_papers(desk, f"#{TWIN}", f"#{OKAFOR}", reason="the same")
    return desk


def found(at: Desk, text: str, **how: object) -> list[int]:
    """Return what is listed, having asked in every way in which the same is to come out."""
    filter_ = read_filter(text)
    with at.store.read() as connection:
        whole = listing(connection, filter_, **how)  # type: ignore[arg-type]
        for limit in (1, 3, 100):
            assert listing(connection, filter_, limit=limit, **how) == whole[:limit]  # type: ignore[arg-type]
        assert count(connection, filter_) == len(whole)
        if whole:
            assert listing(connection, filter_, after=whole[0], **how) == whole[1:]  # type: ignore[arg-type]
    return whole


def lines(at: Desk, *numbers: int) -> list[PaperLine]:
    with at.store.read() as connection:
        return page(connection, numbers)


@pytest.fixture(params=[4000, 2], ids=["few", "many"])
def _size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of asking: naming the papers, and reading all where they are too many."""
    for of in (filters, states, module):
        monkeypatch.setattr(of, "FEW", request.param)
    if request.param == 2:
        monkeypatch.setattr(module, "_LOOKED_AT", 0)


pytestmark = pytest.mark.usefixtures("_size")


def test_without_a_filter_joined_papers_are_one(at: Desk) -> None:
    assert found(at, "") == [OKAFOR, HADDAD, PETTERSEN, HOPE, REGISTER, ODD, LATER]


FITTING = {
    "hope": [HOPE, LATER],
    "hop": [HOPE, LATER],
    "lowsted": [LATER],
    '"borrowed hope"': [],
    '"hope borrowed"': [HOPE],
    '"peer supporters and"': [OKAFOR],
    "peer firs": [OKAFOR],
    "peer nonesuch": [],
    "rehabil": [OKAFOR],
    "経済": [ODD],
    "title:register": [REGISTER],
    'title:"after stroke"': [REGISTER],
    'title:"stroke after"': [],
    "title:hope title:regis": [HOPE, REGISTER],
    "-title:hope -title:register peer": [OKAFOR],
    "title:unpublished": [],
    "author:okafor": [OKAFOR],
    'author:"okafor n"': [OKAFOR],
    'author:"ngozi lindqvist"': [],
    "author:MARTA": [OKAFOR],
    "year:2018": [OKAFOR],
    "year:2009..2015": [PETTERSEN, HOPE, REGISTER],
    "year:..2009": [REGISTER, ODD],
    "year:2018..": [OKAFOR, HADDAD],
    "year:200 year:1": [REGISTER, ODD],
    "-year:2000..": [ODD, LATER],
    'journal:"j invented"': [OKAFOR],
    "label:nyb": [REGISTER],
    "doi:10.5555/": [OKAFOR, HADDAD, ODD],
    "doi:a_b%c": [ODD],
    "doi:a%c": [],
    "has:doi": [OKAFOR, HADDAD, ODD],
    "has:abstract": [OKAFOR, LATER],
    "-has:abstract -has:doi": [PETTERSEN, HOPE, REGISTER],
    "is:joined": [OKAFOR],
    "is:added": [HOPE, REGISTER, ODD, LATER],
    "stage:1": [OKAFOR, HADDAD, PETTERSEN],
    "stage:1b": [],
    "search:med": [OKAFOR, HADDAD, PETTERSEN],
    "search:#1 year:2020": [HADDAD],
    "-search:med hope": [HOPE, LATER],
    "year: hope state:": [HOPE, LATER],
    "yaer:2012": [],
    "tag:nonesuch": [],
    "-tag:nonesuch year:1999": [ODD],
}


def test_what_a_filter_lets_through(at: Desk) -> None:
    assert {text: found(at, text) for text in FITTING} == FITTING
    backwards = {text: numbers[::-1] for text, numbers in FITTING.items()}
    assert {text: found(at, text, descending=True) for text in FITTING} == backwards


def test_tags_evidence_boxes_and_mechanisms_of_any_part_count(at: Desk) -> None:
    notes.tag(at, "paper", f"#{TWIN}", "Ask the author")
    notes.tag(at, "paper", f"#{OKAFOR}", "Ask the author")
    notes.tag(at, "paper", f"#{HADDAD}", "ask")
    notes.tag(at, "mechanism", mechanisms.add_mechanism(at, "Lent hope", aliases=["vicarious"]), "ask")
    mechanisms.add_mechanism(at, "Small talk")
    mechanisms.merge_mechanisms(at, "Small talk", ["Lent hope"], reason="one")
    evidence.add_evidence(at, f"#{TWIN}", claim="a", mechanism="Small talk")
    evidence.add_evidence(at, f"#{OKAFOR}", claim="b", mechanism="Lent hope")
    mechanisms.add_mechanism(at, "Pacing")
    for label, status in (("1", ConfigurationStatus.PAPER_LEVEL), ("2", ConfigurationStatus.DROPPED)):
        box = Box(
            label=label, papers=(Ref("", "Haddad (2020)"),), mechanisms=(Ref("", "Pacing"),), status=status
        )
        configurations.add_configuration(at, box)
    assert found(at, "tag:ask") == [HADDAD]
    assert found(at, 'tag:"ask the"') == [OKAFOR]
    assert found(at, "tag:as") == [OKAFOR, HADDAD] == found(at, "has:tag")
    assert found(at, "has:evidence") == [OKAFOR]
    assert found(at, "has:box") == [HADDAD]
    assert (
        found(at, 'mechanism:"lent hope"')
        == found(at, "mechanism:vica")
        == found(at, "mechanism:M1")
        == [OKAFOR]
    )
    assert found(at, "mechanism:small") == [OKAFOR]
    assert found(at, "mechanism:pacing") == [HADDAD]
    assert found(at, "mechanism:pacing mechanism:lent -has:box") == [OKAFOR]
    assert found(at, "peer tag:ask mechanism:lent") == []
    assert found(at, "", sort="evidence", descending=True)[:2] == [OKAFOR, HADDAD]
    first, second, third = lines(at, OKAFOR, HADDAD, HOPE)
    assert (first.tags, first.evidence, first.boxes) == (("Ask the author",), 2, 0)
    assert (second.tags, second.evidence, second.boxes) == (("ask",), 0, 1)
    assert (third.tags, third.evidence, third.boxes) == ((), 0, 0)


def screen(at: Desk, round_: str, **verdicts: str) -> None:
    """Decide in a round: ``n4="SF include"``; several people's decisions stand apart by a comma."""
    for paper, said in verdicts.items():
        number = f"#{paper[1:]}"
        rounds.enter(at, round_, [number])
        for one in filter(None, said.split(",")):
            who, verdict = one.split()
            screening.decide(Desk(at.store, who), number, Verdict(verdict), round_=round_)


def test_states_come_from_the_last_round_entered_and_from_sets(at: Desk) -> None:
    rounds.add_round(at, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    rounds.add_round(at, "texts", stage="1", kind=RoundKind.FULL_TEXT, readers=2)
    screen(at, "texts", n1="SF include,NG include", n2="SF include,NG exclude", n4="SF include")
    screen(at, "titles", n1="SF exclude", n5="SF maybe", n6="SF exclude", n7="SF include,SF undecided")
    assert [line.state for line in lines(at, 1, 2, 4, 5, 6, 7, 8)] == [
        PaperState.INCLUDED, PaperState.CONFLICT, PaperState.OPEN, PaperState.MAYBE,
        PaperState.EXCLUDED, PaperState.OPEN, PaperState.UNSCREENED,
    ]  # fmt: skip
    screening.add_included_set(at, "chosen", round_="titles", papers=["#6", "#8"], source="p. 3")
    screening.add_included_set(at, "other", papers=["#5"], source="p. 4")
    assert found(at, "state:included") == [1, 5, 8] == found(at, "is:inc")
    assert found(at, "state:excluded") == [6], "a decision in the round of a set overrules its list"
    assert found(at, "state:open state:conf") == [2, 4, 7]
    assert found(at, "-state:inc -state:open") == [2, 6]
    assert found(at, "state:uns") == []
    assert found(at, "", sort="state") == [1, 5, 8, 6, 2, 4, 7]
    sameness.join_papers(at, "#6", "#4")
    assert found(at, "state:open") == [4, 7]


def test_decisions_on_papers_that_were_joined_later_are_one(at: Desk) -> None:
    rounds.add_round(at, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    screen(at, "titles", n4="SF include", n5="SF exclude")
    sameness.join_papers(at, "#5", "#4")
    sameness.join_papers(at, "#4", "#6")
    assert found(at, "state:conflict") == [6]
    assert [line.state for line in lines(at, 6)] == [PaperState.CONFLICT]
    assert found(at, "title:hope") == [6] == found(at, "borrow")


def test_sorted_with_what_is_not_known_at_the_end(at: Desk) -> None:
    assert found(at, "", sort="number", descending=True) == [8, 7, 6, 5, 4, 2, 1]
    assert found(at, "", sort="year") == [7, 6, 5, 4, 1, 2, 8]
    assert found(at, "", sort="year", descending=True) == [2, 1, 4, 5, 6, 7, 8]
    assert found(at, "", sort="author") == [5, 2, 1, 4, 6, 7, 8]
    assert found(at, "", sort="journal") == [1, 2, 4, 5, 6, 7, 8]
    assert found(at, "", sort="label") == [5, 2, 8, 6, 7, 1, 4]
    assert found(at, "is:added", sort="label", descending=True) == [7, 6, 8, 5]


def test_titles_are_sorted_folded(at: Desk) -> None:
    shown = {line.number: fold(line.title) for line in lines(at, 1, 2, 4, 5, 6, 7, 8)}
    order = found(at, "", sort="title")
    titles = [shown[number] for number in order if shown[number]]
    assert titles == sorted(titles)
    assert [shown[number] for number in order[len(titles) :]] == [""] * (7 - len(titles))
    assert found(at, "hope", sort="title") == [HOPE, LATER]
    assert found(at, "is:added", sort="evidence") == [5, 6, 7, 8]


def test_a_sort_that_is_none_is_refused(at: Desk) -> None:
    with at.store.read() as connection, pytest.raises(WrongUse, match="use number, year, author, title"):
        listing(connection, read_filter(""), sort="colour")
    assert len(set(SORTS)) == 8


def test_a_page_comes_in_the_order_asked(at: Desk) -> None:
    assert [line.number for line in lines(at, 6, 1, 77, 5)] == [6, 1, 5]
    first = lines(at, OKAFOR)[0]
    assert first == replace_uid(first, PaperLine(
        "", 1, "Okafor (2018)", "Peer supporters and the first month back at work",
        ["Okafor, Ngozi", "Lindqvist, Märta"], 2018, "Journal of Invented Rehabilitation",
        "10.5555/jir.2018.101", PaperState.UNSCREENED, (), 0, 0,
    ))  # fmt: skip
    assert lines(at) == []


def replace_uid(of: PaperLine, line: PaperLine) -> PaperLine:
    return line._replace(uid=of.uid)


def test_papers_of_an_import_that_is_not_finished_are_not_there(at: Desk) -> None:
    with at.unit("import", "half") as work:
        half = work.add(Import(file="half.ris", finished=False)).uid
        work.add(Paper(number=50, label="Half", title="Half of hope", import_=half))
    for text in ("", "hope", "title:hope", "label:half", "state:uns", "-tag:x"):
        assert 50 not in found(at, text)
    assert lines(at, 50) == []


HOSTILE = [
    '"', '"""', '" "', "*", "hope*", ":", "::", "-", "--", "title:", 'title:"', 'title:"*"', "(hope",
    "hope)", "NEAR(a b)", "a AND", "OR", "NOT", "{x}", "^", "a:*", "& | !", "<->", "hope\0", "\0",
    "tag:\0x", "doi:%", "doi:_", "doi:\\", "year:99999", "year:٢٠", "search:#", "mechanism:M0",
    "search:#99999999999999999999", "mechanism:m99999999999999999999", "\ud800", "\u202e",
    "'; DROP TABLE paper; --", "x" * 100_000, "経" * 100_000, "a " * 50_000, '"' * 100_001,
    "year:" * 20_000, "title:" + "é" * 900,
]  # fmt: skip


def test_hostile_text_is_only_text(at: Desk) -> None:
    everything = set(found(at, ""))
    for text in HOSTILE:
        assert set(found(at, text)) <= everything, text[:20]
