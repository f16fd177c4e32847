"""Codes: frameworks and codes that grow, put on what was read; what is refused, who sees it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from realist.domain.codes import Book, NewCode, read_book
from realist.errors import Ambiguous, NotFound, Refused, WrongUse
from realist.queries.boxes import boxes
from realist.queries.codings import Coded, code_named, codes, codings, counted, frameworks
from realist.queries.log import acts
from realist.services import (
    coding,
    configurations,
    editing,
    evidence,
    excerpting,
    papers,
    plan,
    rounds,
    sameness,
)
from realist.services.history import undo
from realist.services.keeping import check
from realist.services.unit import Desk
from realist.vocabulary import RoundKind, Valence
from tests.services.coded import BOOK
from tests.services.dumps import dump
from tests.services.world import box


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Papers A and B, box 1 of A, and the framework Levels: Clinical (Case finding), Organisational."""
    for label in "AB":
        papers.add_paper(desk, label=label)
    configurations.add_configuration(desk, box("1", "A", "Trust"))
    coding.add_framework(desk, read_book(BOOK))
    return desk


def tree(desk: Desk) -> list[str]:
    """Return the codes in order, as paths; retired ones in brackets."""
    with desk.store.read() as connection:
        return [f"[{'/'.join(row.path)}]" if row.ended else "/".join(row.path) for row in codes(connection)]


def put(desk: Desk, viewer: str = "SF") -> list[Coded]:
    with desk.store.read() as connection:
        return codings(connection, viewer=viewer)


def test_codes_stand_in_order_those_that_grew_last(full: Desk) -> None:
    coding.add_code(full, "Fear")
    coding.add_code(full, "Money", framework="levels", within="Organisational", description="Who pays.")
    coding.add_code(full, "Waiting", within="Clinical")
    coding.add_code(full, "Being watched", within="Fear")
    assert tree(full) == [
        "Clinical", "Clinical/Case finding", "Clinical/Waiting", "Organisational", "Organisational/Money",
        "Fear", "Fear/Being watched",
    ]  # fmt: skip
    with full.store.read() as connection:
        (row,) = frameworks(connection)
        top = {one.name: one.top for one in codes(connection)}
    assert (row.name, row.source, row.codes) == ("Levels", "Hale 2013", 5)
    assert top["Waiting"] == top["Clinical"] != top["Money"]


def test_codes_are_renamed_described_and_moved(full: Desk) -> None:
    coding.edit_code(full, "Case finding", name="Finding", description="Who looks.", within="Organisational")
    assert tree(full) == ["Clinical", "Organisational", "Organisational/Finding"]
    coding.edit_code(full, "Finding", within="")
    coding.edit_code(full, "Finding", place=1)
    assert tree(full) == ["Finding", "Clinical", "Organisational"]
    with pytest.raises(Refused, match="cannot be a part of itself"):
        coding.edit_code(full, "Clinical", within="Clinical")
    coding.edit_code(full, "Finding", within="Clinical")
    with pytest.raises(Refused, match="cannot be a part of itself or of one of its own parts"):
        coding.edit_code(full, "Clinical", within="Finding")
    coding.add_code(full, "Fear")
    with pytest.raises(Refused, match="Levels: Clinical is of another framework"):
        coding.edit_code(full, "Fear", within="Clinical")


def test_a_name_that_is_there_is_refused_and_one_that_is_nearly_can_be_insisted_on(full: Desk) -> None:
    with pytest.raises(Refused, match="already a code Levels: Clinical"):
        coding.add_code(full, "CLINICAL", framework="Levels", anyway=True)
    with pytest.raises(Refused, match="'Case findings' may mean the code Levels: Case finding"):
        coding.add_code(full, "Case findings")
    coding.add_code(full, "Case findings", anyway=True)
    with pytest.raises(Refused, match="may mean the code inductive: Case findings"):
        coding.add_code(full, "findings (case)", framework="Levels")
    coding.retire_code(full, "inductive: Case findings", reason="the same")
    with pytest.raises(Refused, match="inductive: Case findings, which was retired"):
        coding.add_code(full, "case findings", anyway=True)
    with pytest.raises(Refused, match="needs a name"):
        coding.add_code(full, " ")


def test_a_code_is_meant_by_name_uid_and_framework(full: Desk) -> None:
    coding.add_code(full, "Clinical", anyway=True)
    with full.store.read() as connection:
        known = codes(connection)
    with pytest.raises(Ambiguous, match="Levels: Clinical, inductive: Clinical"):
        code_named(known, "clinical")
    of_book, grew = code_named(known, "levels: clinical"), code_named(known, "inductive: Clinical")
    assert (of_book.framework_name, grew.framework_name) == ("Levels", "")
    assert code_named(known, grew.uid) is grew
    assert code_named(known, "clinical", of_book.framework) is of_book
    with pytest.raises(NotFound, match=r"no code 'Clnical'.* Did you mean Clinical"):
        code_named(known, "Clnical")
    with pytest.raises(NotFound, match="There are no codes yet"):
        code_named([], "x")


def test_a_framework_is_added_once(full: Desk) -> None:
    with pytest.raises(Refused, match="There is already a framework Levels"):
        coding.add_framework(full, Book("LEVELS", codes=(NewCode("x"),)))
    with pytest.raises(Refused, match="needs a name"):
        coding.add_framework(full, Book(" "))


def test_every_kind_of_thing_is_coded_and_is_of_its_papers(full: Desk) -> None:
    quoted = excerpting.quote(full, "B", "words of B")
    claim = evidence.add_evidence(full, "B", mechanism="Trust", claim="It helps.")
    with full.store.read() as connection:
        (first,) = boxes(connection)
    for kind, name in (
        ("paper", "A"), ("excerpt", quoted), ("evidence", claim), ("configuration", "1"),
        ("element", first.elements[1].uid),
    ):  # fmt: skip
        coding.put_code(full, kind, name, "Clinical")
    labels = {row["uid"]: row["label"] for row in dump(full.store)["paper"]}
    found = [(one.subject_table, *(labels[paper] for paper in one.papers)) for one in put(full)]
    assert found == [
        ("paper", "A"), ("excerpt", "B"), ("evidence", "B"), ("configuration", "A"), ("element", "A"),
    ]  # fmt: skip
    with full.store.read() as connection:
        assert list(counted(connection, viewer="SF").values()) == [(5, 2)]
        subjects = [act["subject"] for act in acts(connection, limit=5)]
    assert subjects[0] == "“a peer who is back at work calls each week”: Clinical"
    assert subjects[1] == "box 1: Clinical"
    sameness.join_papers(full, "B", "A", reason="one")
    assert {one.papers for one in put(full)} == {(first.papers[0].uid,)}
    assert check(full.store) == []
    for kind, name in (("review", "1"), ("mechanism", "Trust")):
        with pytest.raises(WrongUse, match="Nothing can be coded on"):
            coding.put_code(full, kind, name, "Clinical")
    for kind in ("excerpt", "element", "evidence", "paper"):
        with pytest.raises(NotFound, match="There is no"):
            coding.put_code(full, kind, "nought", "Clinical")


def test_a_person_codes_a_thing_once_for_each_site_and_nobody_repeats_a_colleague(full: Desk) -> None:
    other = Desk(full.store, "NG")
    first = coding.put_code(full, "paper", "A", "Clinical", valence=Valence.PLUS, note="p. 3")
    assert coding.put_code(full, "paper", "A", "Clinical", valence=Valence.MINUS) == first
    assert coding.put_code(other, "paper", "A", "Clinical", valence=Valence.MINUS) == first
    assert other.notes[-1] == "SF coded it so already: nothing was added."
    coding.put_code(full, "paper", "A", "Clinical", valence=Valence.PLUS, site=" clinic  A ")
    coding.put_code(other, "paper", "A", "Clinical", valence=Valence.PLUS)
    assert [(one.by, one.valence, one.site, one.note) for one in put(full)] == [
        ("SF", "-", "", "p. 3"), ("SF", "+", "clinic A", ""), ("NG", "+", "", ""),
    ]  # fmt: skip
    assert coding.take_code(full, "paper", "A", "Clinical", site="") == 2
    assert coding.take_code(full, "paper", "A", "Clinical") == 1
    with pytest.raises(Refused, match="does not have the code Clinical"):
        coding.take_code(full, "paper", "A", "Clinical")


def test_a_retired_code_keeps_what_was_coded_and_takes_nothing_new(full: Desk) -> None:
    coding.put_code(full, "paper", "A", "Clinical")
    coding.retire_code(full, "Clinical", reason="too wide")
    assert tree(full)[0] == "[Clinical]"
    assert len(put(full)) == 1
    with pytest.raises(Refused, match=r"Clinical was retired \(too wide\)"):
        coding.put_code(full, "paper", "B", "Clinical")
    with pytest.raises(Refused, match="retired already"):
        coding.retire_code(full, "Clinical", reason="again")
    with pytest.raises(Refused, match="was retired: take another code"):
        coding.add_code(full, "Waiting", within="Clinical")
    coding.reinstate_code(full, "Clinical")
    coding.put_code(full, "paper", "B", "Clinical")
    with pytest.raises(Refused, match="nothing to reinstate"):
        coding.reinstate_code(full, "Clinical")


def test_codes_go_and_come_with_what_they_are_on(full: Desk) -> None:
    quoted = excerpting.quote(full, "A", "words of A")
    claim = evidence.add_evidence(full, "A", mechanism="Trust", claim="It helps.")
    with full.store.read() as connection:
        (first,) = boxes(connection)
    for kind, name in (("excerpt", quoted), ("evidence", claim), ("element", first.elements[0].uid)):
        coding.put_code(full, kind, name, "Clinical")
    with pytest.raises(Refused, match="The excerpt stays: it was coded"):
        excerpting.drop_excerpt(full, quoted)
    editing.edit_configuration(full, first.uid, replace(first, elements=first.elements[1:]))
    evidence.withdraw_evidence(full, claim, reason="misread")
    assert [one.subject_table for one in put(full)] == ["excerpt"]
    assert check(full.store) == []
    undo(full)
    undo(full)
    assert [one.subject_table for one in put(full)] == ["excerpt", "evidence", "element"]
    with full.store.read() as connection:
        number = next(
            act["number"] for act in acts(connection, limit=99) if act["intention"] == "add excerpt"
        )
    with pytest.raises(Refused, match="1 coding made since rests on it"):
        undo(full, str(number))


def test_in_a_blind_round_codes_on_a_paper_and_all_in_it_wait(full: Desk) -> None:
    other = Desk(full.store, "NG")
    quoted = excerpting.quote(full, "A", "words of A")
    coding.put_code(other, "paper", "A", "Clinical", note="before the round")
    plan.add_stage(full, "1")
    rounds.add_round(full, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2, blind=True)
    rounds.enter(full, "titles", ["A"])
    for kind, name in (("paper", "A"), ("excerpt", quoted), ("configuration", "1"), ("paper", "B")):
        coding.put_code(other, kind, name, "Case finding")
    assert [one.subject_table for one in put(full)] == ["paper", "paper"]
    assert len(put(full, viewer="NG")) == 5
    assert len(put(full, viewer="")) == 2
    with full.store.read() as connection:
        mine, theirs = (
            [(act["intention"], act["subject"]) for act in acts(connection, limit=4, viewer=viewer)]
            for viewer in ("SF", "NG")
        )
    assert mine == [("code", "paper B: Case finding"), *[("code", "paper #1")] * 3]
    assert theirs[1:3] == [("code", "box 1: Case finding"), ("code", "“words of A”: Case finding")]
    with pytest.raises(Refused, match="does not have the code"):
        coding.take_code(full, "excerpt", quoted, "Case finding")
    rounds.open_round(full, "titles")
    assert len(put(full)) == 5
