"""Papers: added from little, corrected with the original kept, joined without rewriting anything."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realist.errors import Refused, WrongUse
from realist.queries import papers as queries
from realist.queries.grid import evidence_grid
from realist.queries.grouping import paper_grouping
from realist.queries.naming import resolve
from realist.services import evidence, mechanisms, papers, rounds, sameness, screening
from realist.services.papers import clean_doi, clean_year
from realist.services.plan import add_stage
from realist.services.unit import Desk
from realist.vocabulary import RoundKind, Verdict
from tests.services.dumps import dump


def shown(desk: Desk, paper: str) -> dict[str, Any]:
    with desk.store.read() as connection:
        return queries.paper(connection, resolve(connection, "paper", paper))


def test_a_label_alone_is_enough(desk: Desk) -> None:
    uid = papers.add_paper(desk, label=" Klinga  (2016) ")
    (row,) = dump(desk.store)["paper"]
    assert (row["uid"], row["label"], row["title"], row["year"], row["doi"]) == (
        uid, "Klinga (2016)", "", None, "",
    )  # fmt: skip
    assert dump(desk.store)["paper_text"] == []


def test_a_title_or_a_doi_alone_is_enough(file_desk: Desk) -> None:
    papers.add_paper(file_desk, title="Work after a stroke")
    papers.add_paper(file_desk, doi="doi:10.5555/ABC.1")
    assert sorted(row["doi"] for row in dump(file_desk.store)["paper"]) == ["", "10.5555/abc.1"]
    with pytest.raises(WrongUse, match="needs a label, a title or a DOI"):
        papers.add_paper(file_desk, authors=["Nyberg, E."], year="2009")


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/xyz", "10.1000/xyz"),
        ("https://doi.org/10.1000/XYZ", "10.1000/xyz"),
        ("http://dx.doi.org/10.1000/xyz.", "10.1000/xyz"),
        ("DOI: 10.12345/a(b)c;", "10.12345/a(b)c"),
        ("(doi:10.1000/xyz)", "10.1000/xyz"),
        ("10.1000/182, p. 4", "10.1000/182"),
        ("10.1016/S0140-6736(00)02799(9)", "10.1016/s0140-6736(00)02799(9)"),
        ("https://doi.org/10.1000%2Fxyz", "10.1000/xyz"),
        ("10.100/xyz", ""),
        ("no doi", ""),
        ("", ""),
    ],
)
def test_a_doi_is_cleaned(text: str, doi: str) -> None:
    assert clean_doi(text) == doi


@given(st.text(st.characters(exclude_characters="%"), max_size=80))
def test_cleaning_a_doi_again_changes_nothing(text: str) -> None:
    once = clean_doi(f"10.1000/{text}")
    assert clean_doi(once) == once
    assert " " not in once


@pytest.mark.parametrize(("text", "year"), [("2009", 2009), (" 1000 ", 1000), ("", None), (" ", None)])
def test_a_year_is_four_digits(text: str, year: int | None) -> None:
    assert clean_year(text) == year


@pytest.mark.parametrize("text", ["09", "20091", "2101", "0999", "in press", "２００９", "-2009", "2009a"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is no year: use four digits"):
        clean_year(text)


@pytest.mark.parametrize("again", [{"label": "Klinga (2016)"}, {"title": "x", "doi": "10.5555/K.1"}])
def test_a_paper_that_is_there_already_is_refused(file_desk: Desk, again: dict[str, str]) -> None:
    papers.add_paper(file_desk, label="Klinga (2016)", doi="10.5555/k.1")
    with pytest.raises(Refused, match=r"Paper #1 Klinga \(2016\) already has (Klinga|10\.5555/k\.1)"):
        papers.add_paper(file_desk, **again)
    assert len(dump(file_desk.store)["paper"]) == 1


def test_what_is_no_doi_is_refused(file_desk: Desk) -> None:
    with pytest.raises(Refused, match=r"'see the web' is no DOI: it should look like 10\.1000/xyz"):
        papers.add_paper(file_desk, label="A", doi="see the web")
    papers.add_paper(file_desk, label="A")
    with pytest.raises(Refused, match="is no DOI"):
        papers.edit_paper(file_desk, "A", "doi", "see the web")


def test_an_edit_keeps_the_original_beside_it(desk: Desk) -> None:
    papers.add_paper(desk, label="Klinga (2016)", year="2015", authors=["Klinga, C.", "Hasson, H."])
    papers.edit_paper(desk, "Klinga (2016)", "year", "2016", reason="printed in 2016")
    papers.edit_paper(desk, "Klinga (2016)", "authors", "Klinga, C.; Hasson, H.\nSachs, M. A.")
    papers.edit_paper(desk, "Klinga (2016)", "abstract", "Two sites.")
    papers.edit_paper(desk, "Klinga (2016)", "abstract", "Three sites.")
    found = shown(desk, "Klinga (2016)")
    assert (found["year"], found["abstract"]) == (2016, "Three sites.")
    assert found["authors"] == ["Klinga, C.", "Hasson, H.", "Sachs, M. A."]
    assert [(row["field"], row["original"], row["value"], row["reason"]) for row in found["corrections"]] == [
        ("year", "2015", "2016", "printed in 2016"),
        ("authors", "Klinga, C.\nHasson, H.", "Klinga, C.\nHasson, H.\nSachs, M. A.", ""),
        ("abstract", "", "Two sites.", ""),
        ("abstract", "Two sites.", "Three sites.", ""),
    ]


def test_an_edit_that_changes_nothing_leaves_no_correction(file_desk: Desk) -> None:
    papers.add_paper(file_desk, label="Klinga (2016)", year="2016", abstract="Two sites.")
    before = dump(file_desk.store, log=True)
    papers.edit_paper(file_desk, "#1", "year", "2016")
    papers.edit_paper(file_desk, "#1", "abstract", " Two  sites. ")
    assert dump(file_desk.store, log=True) == before


def test_a_field_that_is_none(file_desk: Desk) -> None:
    papers.add_paper(file_desk, label="Klinga (2016)")
    with pytest.raises(WrongUse, match="A paper has no field 'uid': use one of label, title"):
        papers.edit_paper(file_desk, "#1", "uid", "mine")


@pytest.fixture
def joined(desk: Desk) -> Desk:
    """Papers A and B, each with something of its own; B is joined into A."""
    mechanisms.add_mechanism(desk, "Trust")
    add_stage(desk, "1")
    rounds.add_round(desk, "texts", stage="1", kind=RoundKind.FULL_TEXT)
    for label in ("A", "B", "C"):
        papers.add_paper(desk, label=label, title=f"Title of {label}")
    rounds.enter(desk, "texts", ["A", "B", "C"])
    screening.decide(desk, "B", Verdict.INCLUDE, round_="texts")
    evidence.add_evidence(desk, "A", claim="claim of A", mechanism="Trust")
    evidence.add_evidence(desk, "B", claim="claim of B", mechanism="Trust")
    sameness.join_papers(desk, "B", "A", reason="same article", score=0.9)
    return desk


def test_reads_go_through_the_grouping(joined: Desk) -> None:
    found = shown(joined, "B")
    assert found["label"] == "A"
    assert [row["claim"] for row in found["evidence"]] == ["claim of A", "claim of B"]
    assert [(row["label"], row["reason"], row["score"], row["by"]) for row in found["joined"]] == [
        ("B", "same article", 0.9, "SF")
    ]
    with joined.store.read() as connection:
        assert [row["label"] for row in queries.papers(connection)] == ["A", "C"]
        assert queries.count_papers(connection) == 2
        assert [row["label"] for row in queries.papers(connection, words="title of b")] == ["A"]
        (row,) = evidence_grid(connection).rows
    assert (row.label, next(iter(row.cells.values())).claims) == ("A", 2)


def test_nothing_is_rewritten_by_a_join_and_work_stays_where_it_was_done(joined: Desk) -> None:
    names = {row["uid"]: row["label"] for row in dump(joined.store)["paper"]}
    screening.decide(joined, "A", Verdict.EXCLUDE, round_="texts")
    sameness.end_join(joined, "B", reason="two articles")
    held = dump(joined.store)
    assert sorted(names[row["paper"]] for row in held["evidence"]) == ["A", "B"]
    entries = {row["uid"]: names[row["paper"]] for row in held["entry"]}
    assert {(entries[row["entry"]], row["verdict"]) for row in held["decision"]} == {
        ("A", Verdict.EXCLUDE),
        ("B", Verdict.INCLUDE),
    }
    assert [row["ended"] for row in held["paper_join"]] == ["two articles"]
    assert shown(joined, "B")["label"] == "B"
    with joined.store.read() as connection:
        assert queries.count_papers(connection) == 3


def test_chains_lead_to_one_paper(joined: Desk) -> None:
    sameness.join_papers(joined, "A", "C")
    with joined.store.read() as connection:
        grouping = paper_grouping(connection)
        roots = {grouping[resolve(connection, "paper", name)] for name in "ABC"}
        assert roots == {resolve(connection, "paper", "C")}
    assert {row["label"] for row in shown(joined, "C")["joined"]} == {"A", "B"}
    sameness.end_join(joined, "A", reason="no")
    assert {row["label"] for row in shown(joined, "A")["joined"]} == {"B"}


def test_a_joined_paper_is_joined_by_its_whole(joined: Desk) -> None:
    sameness.join_papers(joined, "B", "C")
    with joined.store.read() as connection:
        assert queries.count_papers(connection) == 1
    assert len(dump(joined.store)["paper_join"]) == 2


@pytest.mark.parametrize(("paper", "into"), [("B", "A"), ("A", "B"), ("A", "A")])
def test_a_circle_of_joins_is_refused(joined: Desk, paper: str, into: str) -> None:
    with pytest.raises(Refused, match="are one paper already"):
        sameness.join_papers(joined, paper, into)


def test_a_circle_by_undoing_is_refused(file_desk: Desk) -> None:
    from realist.services.history import undo

    for label in ("A", "B"):
        papers.add_paper(file_desk, label=label)
    sameness.join_papers(file_desk, "B", "A")
    sameness.end_join(file_desk, "B", reason="two articles")
    ended = len(dump(file_desk.store, log=True)["act"])
    sameness.join_papers(file_desk, "A", "B")
    with pytest.raises(Refused, match="join papers in a circle: undo the later one first"):
        undo(file_desk, str(ended))


def test_a_join_in_the_way_of_an_undo_is_named(file_desk: Desk) -> None:
    from realist.services.history import undo

    for label in ("A", "B", "C"):
        papers.add_paper(file_desk, label=label)
    sameness.join_papers(file_desk, "A", "B")
    sameness.end_join(file_desk, "A", reason="two articles")
    ended = len(dump(file_desk.store, log=True)["act"])
    sameness.join_papers(file_desk, "A", "C")
    with pytest.raises(Refused, match=r"\(end join A\) cannot be reversed: .* paper join"):
        undo(file_desk, str(ended))


def test_only_a_joined_paper_can_be_taken_apart(file_desk: Desk) -> None:
    papers.add_paper(file_desk, label="A")
    with pytest.raises(Refused, match="A is not joined into another paper"):
        sameness.end_join(file_desk, "A", reason="x")
