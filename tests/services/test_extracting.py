"""Who extracts what: blind while it is independent, then compared, agreed on, counted; and measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from realist.domain.configuration import Box, BoxElement, Ref, TagRef
from realist.domain.notation import read
from realist.errors import NotFound, Refused, WrongUse
from realist.queries.boxes import boxes, numbers, under_mechanisms
from realist.queries.cell import behind
from realist.queries.excerpts import excerpts
from realist.queries.extracted import compared_extractions, tag_agreement
from realist.queries.extractions import checks, extractions, hidden_extractions
from realist.queries.finding import counts, find
from realist.queries.grid import evidence_grid
from realist.queries.log import acts, changes
from realist.queries.naming import resolve
from realist.queries.theory import contexts, mechanisms, readings
from realist.queries.theory import evidence as listed
from realist.queries.undoing import will_undo
from realist.services import (
    agreed,
    attaching,
    configurations,
    editing,
    evidence,
    excerpting,
    extracting,
    notes,
    papers,
    sameness,
)
from realist.services import mechanisms as theory
from realist.services.history import undo
from realist.services.unit import Desk
from realist.vocabulary import CheckVerdict, ExtractionRole, ReadingResult, Stance
from tests.services.dumps import dump

BLIND, CHECK = ExtractionRole.INDEPENDENT, ExtractionRole.CHECK


@pytest.fixture
def sf(desk: Desk) -> Desk:
    """Papers A to D, mechanisms Trust and Power, a context; A is extracted independently by SF and NG."""
    for label in "ABCD":
        papers.add_paper(desk, label=label)
    for name in ("Trust", "Power"):
        theory.add_mechanism(desk, name)
    theory.add_context(desk, "Small firm")
    extracting.allot_extraction(desk, ["A"], ["SF", "NG"], BLIND)
    return desk


@pytest.fixture
def ng(sf: Desk) -> Desk:
    """The other extractor of A."""
    return Desk(sf.store, "NG")


@pytest.fixture(autouse=True)
def _people(desk: Desk) -> None:
    for initials in ("NG", "LM"):
        papers.add_paper(Desk(desk.store, initials), label=f"of {initials}")


def a_box(label: str, paper: str, notation: str, *under: str, tag: str = "") -> Box:
    """Return a box in the notation, its first part tagged with a mechanism."""
    tags = (TagRef("mechanism", "", tag),) if tag else ()
    parts = [BoxElement(part) for part in read(notation).parts]
    parts[0] = BoxElement(parts[0].part, tags=(*tags, TagRef("context", "", "Small firm")))
    of = tuple(Ref("", name) for name in under)
    return Box(label=label, papers=(Ref("", paper),), mechanisms=of, elements=tuple(parts))


def done(paper: str, *desks: Desk) -> None:
    """Have people be done with a paper."""
    for desk in desks:
        extracting.finish_extraction(desk, paper)


def seen(desk: Desk, viewer: str) -> dict[str, int]:
    """Return how much of everything that is extracted *viewer* sees, by what asks."""
    with desk.store.read() as connection:
        grid = evidence_grid(connection, of_set=None, viewer=viewer)
        paper, trust = resolve(connection, "paper", "A"), resolve(connection, "mechanism", "Trust")
        cell = behind(connection, paper, trust, viewer=viewer)
        return {
            "boxes": len(boxes(connection, viewer=viewer)),
            "numbers": len(numbers(connection, viewer=viewer)),
            "under": sum(under_mechanisms(connection, viewer=viewer).values()),
            "evidence": len(listed(connection, viewer=viewer)),
            "readings": len(readings(connection, viewer=viewer)),
            "excerpts": len(excerpts(connection, viewer=viewer)),
            "papers": sum(row["papers"] for row in mechanisms(connection, viewer=viewer)),
            "tagged": contexts(connection, viewer=viewer)[0]["elements"],
            "cells": sum(len(row.cells) for row in grid.rows),
            "behind": len(cell.evidence) + len(cell.boxes) + len(cell.readings),
            "found": len(find(connection, "heron", viewer=viewer)),
            "counted": sum(counts(connection, "heron", viewer=viewer).values()),
        }


def write(desk: Desk) -> None:
    """Extract something of every kind from A."""
    evidence.add_evidence(desk, "A", claim="Heron.", mechanism="Trust", quotation="a heron")
    evidence.add_reading(desk, "A", ReadingResult.NONE, mechanism="Power")
    uid = configurations.add_configuration(desk, a_box("1", "A", "heron (C) → it rests (O+)", "Trust"))
    excerpting.quote(desk, "A", "one more")
    notes.add_memo(desk, "configuration", uid, "A heron, again.")


def test_what_one_extracts_independently_nobody_else_sees_until_all_are_done(sf: Desk, ng: Desk) -> None:
    write(ng)
    own = {
        "boxes": 1, "numbers": 1, "under": 1, "evidence": 1, "readings": 1, "excerpts": 2, "papers": 1,
        "tagged": 1, "cells": 2, "behind": 2, "found": 3, "counted": 3,
    }  # fmt: skip
    assert seen(sf, "NG") == own
    nothing = dict.fromkeys(own, 0)
    for viewer in ("SF", "LM", "", "nobody"):
        assert seen(sf, viewer) == nothing
    done("A", ng)
    evidence.add_evidence(ng, "A", claim="Heron, later.", mechanism="Trust")
    assert seen(sf, "SF") == nothing
    done("A", sf)
    every = {**own, "evidence": 2, "behind": 3, "found": 4, "counted": 4}
    assert [seen(sf, viewer) for viewer in ("SF", "LM", "", "NG")] == [every] * 4
    undo(sf)
    assert seen(sf, "SF") == nothing


def test_opening_ends_it_with_a_reason(sf: Desk, ng: Desk) -> None:
    write(ng)
    with pytest.raises(Refused, match="needs a reason"):
        extracting.open_extractions(sf, "A", reason=" ")
    assert extracting.open_extractions(sf, "A", reason="a pilot") == 2
    assert seen(sf, "LM")["boxes"] == 1
    with pytest.raises(Refused, match="under way"):
        extracting.open_extractions(sf, "A", reason="again")
    with sf.store.read() as connection:
        assert {one.opened for one in extractions(connection, viewer="")} == {"a pilot"}
        assert hidden_extractions(connection) == {}
        assert tag_agreement(connection).opened == 1


def test_a_paper_taken_back_waits_for_the_others_alone(sf: Desk, ng: Desk) -> None:
    write(ng)
    extracting.allot_extraction(sf, ["A"], ["LM"], BLIND)
    done("A", sf)
    extracting.end_extraction(sf, "A", "NG", reason="on leave")
    assert seen(sf, "SF")["boxes"] == 0
    extracting.end_extraction(sf, "A", "LM", reason="on leave as well")
    assert seen(sf, "SF")["boxes"] == 1


def test_papers_that_were_joined_wait_together(sf: Desk, ng: Desk) -> None:
    sameness.join_papers(sf, "B", "A", reason="one document")
    evidence.add_evidence(ng, "B", claim="Heron.", mechanism="Trust")
    assert seen(sf, "SF")["evidence"] == 0
    done("B", sf, ng)
    assert seen(sf, "SF")["evidence"] == 1


def test_what_may_not_be_seen_is_not_there_for_who_writes(sf: Desk, ng: Desk) -> None:
    write(ng)
    (box,) = dump(sf.store)["configuration"]
    quoted, piece = (str(dump(sf.store)[table][0]["uid"]) for table in ("excerpt", "evidence"))
    with pytest.raises(NotFound):
        editing.drop_configuration(sf, str(box["uid"]), reason="no")
    with pytest.raises(NotFound):
        notes.tag(sf, "configuration", "1", "mine")
    with pytest.raises(NotFound):
        evidence.add_evidence(sf, "A", claim="As in 1.", configuration="1")
    with pytest.raises(NotFound):
        evidence.withdraw_evidence(sf, piece, reason="no")
    with pytest.raises(NotFound):
        excerpting.drop_excerpt(sf, quoted)
    with pytest.raises(NotFound):
        evidence.add_evidence(sf, "A", claim="x", mechanism="Trust", excerpts=[quoted])


def test_a_text_that_comes_does_not_tell_how_much_was_quoted(sf: Desk, ng: Desk, tmp_path: Path) -> None:
    write(ng)
    path = tmp_path / "a.txt"
    path.write_text("There is a heron, and one more.", encoding="utf-8")
    attaching.attach(sf, "A", path)
    with sf.store.read() as connection:
        rows = {who: acts(connection, limit=1, viewer=who)[0] for who in ("SF", "NG")}
        assert rows["NG"]["changes"] - rows["SF"]["changes"] == 2
        shown = {who: changes(connection, rows[who]["uid"], viewer=who) for who in rows}
        assert [len(shown[who]) for who in rows] == [row["changes"] for row in rows.values()]
        assert "excerpt_anchor" not in {change["table"] for change in shown["SF"]}
        before = will_undo(connection, "SF")
        assert before is not None
        assert before.count == rows["SF"]["changes"]
    undo(sf)


def test_undoing_says_only_that_something_rests_on_it(sf: Desk, ng: Desk) -> None:
    evidence.add_evidence(ng, "A", claim="Heron.", mechanism="Power")
    with sf.store.read() as connection:
        (proposed,) = acts(connection, words="propose Power", viewer="SF")
    with pytest.raises(Refused, match="something that you may not see yet rests on it"):
        undo(sf, proposed["uid"])
    with pytest.raises(Refused, match="1 piece of evidence made since rests on it"):
        undo(ng, proposed["uid"])


def test_who_gets_what(sf: Desk) -> None:
    told = extracting.allot_extraction(sf, ["A", "B", "C", "D"], ["SF", "NG"], ExtractionRole.EXTRACT, seed=3)
    assert (told.new, dict(told.people)) == (4, {"SF": 2, "NG": 2})
    again = extracting.allot_extraction(sf, ["A", "B", "C", "D"], ["LM"], ExtractionRole.EXTRACT)
    assert (again.new, again.people) == (0, ())
    told = extracting.allot_extraction(sf, [], ["NG"], CHECK, of="SF", share=50, seed=1)
    with sf.store.read() as connection:
        theirs = {one.number for one in extractions(connection, by="SF")}
    assert told.new == (len(theirs) + 1) // 2
    with pytest.raises(Refused, match="cannot check what they extracted themselves"):
        extracting.allot_extraction(sf, [], ["SF"], CHECK, of="SF")
    with pytest.raises(WrongUse, match="whose extractions"):
        extracting.allot_extraction(sf, ["A"], ["NG"], CHECK)
    with pytest.raises(WrongUse, match="no share"):
        extracting.allot_extraction(sf, [], ["NG"], CHECK, of="SF", share=0)
    with pytest.raises(Refused, match=r"paper #.*name two people or more"):
        extracting.allot_extraction(sf, ["B"], ["SF"], BLIND)
    with pytest.raises(WrongUse, match="begun by who makes it"):
        extracting.allot_extraction(sf, ["B"], ["SF"], ExtractionRole.CONSENSUS)
    done("A", Desk(sf.store, "NG"))
    extracting.finish_extraction(sf, "A", role=BLIND)
    with pytest.raises(Refused, match="may be seen by now"):
        extracting.allot_extraction(sf, ["A"], ["LM"], BLIND)


def test_what_was_done_independently_stays_as_it_was(sf: Desk, ng: Desk) -> None:
    write(ng)
    done("A", sf, ng)
    with pytest.raises(Refused, match="take it into the consensus"):
        editing.drop_configuration(ng, str(dump(sf.store)["configuration"][0]["uid"]), reason="no")
    with pytest.raises(Refused, match="take it into the consensus"):
        evidence.withdraw_evidence(ng, str(dump(sf.store)["evidence"][0]["uid"]), reason="no")


def cells(desk: Desk) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return of A by mechanism how many claims there are, and the numbers of the boxes."""
    with desk.store.read() as connection:
        grid = evidence_grid(connection, of_set=None, viewer="LM")
        known = numbers(connection, viewer="LM")
        names = {column.uid: column.name for column in grid.columns}
        return {
            names[of]: (cell.claims, tuple(f"#{known[uid]}" for uid in cell.configurations))
            for row in grid.rows
            if row.label == "A"
            for of, cell in row.cells.items()
        }


def test_a_consensus_that_is_done_counts_in_place_of_what_it_came_from(sf: Desk, ng: Desk) -> None:
    theory.add_context(sf, "Night work")
    write(ng)
    evidence.add_evidence(sf, "A", claim="Power it is.", mechanism="Power", stance=Stance.WEAKENS)
    with pytest.raises(Refused, match="under way: a consensus begins when"):
        extracting.begin_consensus(sf, "A")
    with pytest.raises(Refused, match="Nobody has extracted"):
        extracting.begin_consensus(sf, "B")
    done("A", sf, ng)
    evidence.add_evidence(Desk(sf.store, "LM"), "A", claim="From elsewhere.", mechanism="Power")
    both = {"Trust": (1, ("#1",)), "Power": (2, ())}
    assert cells(sf) == both
    uid = extracting.begin_consensus(sf, "A")
    with pytest.raises(Refused, match="begun by SF"):
        extracting.begin_consensus(ng, "A")
    with pytest.raises(Refused, match="no consensus under way"):
        agreed.take_into_consensus(ng, "configuration", "#1")
    copy = agreed.take_into_consensus(sf, "configuration", "#1")
    piece = next(row for row in dump(sf.store)["evidence"] if row["claim"] == "Heron.")
    claim = agreed.take_into_consensus(sf, "evidence", str(piece["uid"]))
    with pytest.raises(Refused, match="no independent extraction"):
        agreed.take_into_consensus(sf, "evidence", claim)
    assert cells(sf) == both
    extracting.finish_extraction(sf, "A")
    assert cells(sf) == {"Trust": (1, ("#2",)), "Power": (1, ())}
    with sf.store.read() as connection:
        made = next(box for box in boxes(connection, uids=[copy]))
        original = next(box for box in boxes(connection) if box.uid != copy)
        assert made.relations[0].configuration.uid == original.uid
        assert made.relations[0].note == "taken into consensus from the independent extraction of NG"
        assert [part.part for part in made.elements] == [part.part for part in original.elements]
        marks = {row["claim"]: row["extraction"] for row in listed(connection, viewer="LM")}
        assert {row["uid"]: row["extraction"] for row in listed(connection)}[claim] == "consensus, SF"
        assert marks["Power it is."] == "independent, SF, not counted"
        assert marks["From elsewhere."] == ""
        own = [one for one in extractions(connection, viewer="LM") if one.role == "consensus"]
        assert [(one.uid, one.boxes, one.evidence, one.counts) for one in own] == [(uid, 1, 1, True)]
    undo(sf)
    assert cells(sf) == both
    extracting.finish_extraction(sf, "A")
    extracting.end_extraction(sf, "A", "SF", reason="anew", role=ExtractionRole.CONSENSUS)
    assert cells(sf) == both


def test_checks_are_the_latest_word_of_each_person(sf: Desk, ng: Desk) -> None:
    extracting.allot_extraction(sf, ["B"], ["SF"], ExtractionRole.EXTRACT)
    uid = configurations.add_configuration(sf, a_box("b", "B", "x (C)"))
    claim = evidence.add_evidence(sf, "B", claim="It works.", mechanism="Trust")
    with pytest.raises(Refused, match="do not have the paper"):
        extracting.check_extracted(ng, "configuration", uid, CheckVerdict.CONFIRMED)
    extracting.allot_extraction(sf, [], ["NG"], CHECK, of="SF")
    with pytest.raises(Refused, match="what was amended"):
        extracting.check_extracted(ng, "evidence", claim, CheckVerdict.AMENDED)
    with pytest.raises(Refused, match="extracted yourself"):
        extracting.check_extracted(sf, "evidence", claim, CheckVerdict.CONFIRMED)
    with pytest.raises(WrongUse, match="not checked"):
        extracting.check_extracted(ng, "paper", "B", CheckVerdict.CONFIRMED)
    with pytest.raises(NotFound, match="no evidence nowhere"):
        extracting.check_extracted(ng, "evidence", "nowhere", CheckVerdict.CONFIRMED)
    extracting.check_extracted(ng, "configuration", "b", CheckVerdict.CONFIRMED)
    extracting.check_extracted(ng, "evidence", claim, CheckVerdict.CONFIRMED)
    extracting.check_extracted(ng, "evidence", claim, CheckVerdict.AMENDED, note="for some")
    with sf.store.read() as connection:
        told = [(one.what, one.of, one.verdict, one.by, one.note) for one in checks(connection)]
    assert told == [("b", "SF", "confirmed", "NG", ""), ("It works.", "SF", "amended", "NG", "for some")]


def test_two_extractors_side_by_side(sf: Desk, ng: Desk) -> None:
    for desk, valence in ((sf, "+"), (ng, "–")):
        box = a_box("1", "A", f"money is short (C) → people leave (O{valence})", "Trust")
        configurations.add_configuration(desk, box)
        evidence.add_evidence(desk, "A", claim="x", mechanism="Trust", stance=Stance.SUPPORTS)
    configurations.add_configuration(ng, a_box("2", "A", "the night is long (C)", "Power"))
    evidence.add_evidence(ng, "A", claim="y", mechanism="Trust", stance=Stance.WEAKENS)
    with sf.store.read() as connection:
        paper = resolve(connection, "paper", "A")
        with pytest.raises(Refused, match="under way"):
            compared_extractions(connection, paper, viewer="SF")
        with pytest.raises(Refused, match="no two such"):
            compared_extractions(connection, resolve(connection, "paper", "B"), viewer="SF")
    done("A", sf, ng)
    with sf.store.read() as connection:
        found = compared_extractions(connection, paper, viewer="LM")
        with pytest.raises(Refused, match="SF, NG has one"):
            compared_extractions(connection, paper, people=("SF", "LM"))
    assert (found.label, found.one, found.other) == ("A", "SF", "NG")
    first, second = found.boxes
    assert [pair.differences for pair in first.parts] == [(), ("valence",)]
    assert (first.differences, second.differences, second.one) == ((), ("missing",), None)
    (stances,) = found.stances
    assert (stances.one, stances.other, stances.differs) == (("supports",), ("supports", "weakens"), True)


def test_agreement_on_mechanisms_is_that_of_the_table(sf: Desk, ng: Desk) -> None:
    """Trust: both, one, other, neither 1, 1, 0, 2 of four papers; Power 0, 0, 0, 4.

    Of Trust, observed 3/4; by chance 2/4·1/4 + 2/4·3/4 = 1/2; kappa (3/4 − 1/2)/(1/2) = 1/2. AC1: π = 3/8,
    chance 2·3/8·5/8 = 15/32, (24/32 − 15/32)/(17/32) = 9/17. In all, of eight: observed 7/8; by chance
    2/8·1/8 + 6/8·7/8 = 44/64; kappa (56 − 44)/(64 − 44) = 3/5.
    """
    extracting.allot_extraction(sf, ["B", "C", "D"], ["SF", "NG"], BLIND)
    extracting.allot_extraction(sf, ["of NG"], ["SF", "NG"], BLIND)
    evidence.add_evidence(sf, "A", claim="x", mechanism="Trust")
    configurations.add_configuration(ng, a_box("1", "A", "x (C)", tag="Trust"))
    configurations.add_configuration(sf, a_box("2", "B", "x (C)", "Trust"))
    evidence.add_evidence(sf, "of NG", claim="x", mechanism="Power")
    evidence.add_evidence(Desk(sf.store, "LM"), "C", claim="outside any", mechanism="Power")
    for paper in "ABCD":
        done(paper, sf, ng)
    evidence.add_evidence(ng, "B", claim="after all", mechanism="Trust")
    theory.add_mechanism(sf, "Later")
    with sf.store.read() as connection:
        found = tag_agreement(connection, viewer="SF")
    assert (found.papers, found.waiting, found.opened, found.people) == (4, 1, 0, ("NG", "SF"))
    trust, power = found.rows
    assert (trust.mechanism, trust.papers, trust.both, trust.neither) == ("Trust", 4, 1, 2)
    assert (trust.one, trust.other) == (0, 1)  # NG comes before SF
    assert trust.agreement == pytest.approx(3 / 4)
    assert trust.kappa == pytest.approx(1 / 2)
    assert trust.ac1 == pytest.approx(9 / 17)
    assert (power.neither, power.agreement, power.kappa) == (4, 1, None)
    assert power.why
    total = found.total
    assert (total.papers, total.both, total.one, total.other, total.neither) == (8, 1, 0, 1, 6)
    assert total.kappa == pytest.approx(3 / 5)


def test_agreement_without_a_paper_is_not_defined(sf: Desk) -> None:
    with sf.store.read() as connection:
        found = tag_agreement(connection)
    assert (found.papers, found.waiting, found.rows) == (0, 1, ())
    assert (found.total.papers, found.total.kappa, found.total.ac1) == (0, None, None)
    assert found.total.why
