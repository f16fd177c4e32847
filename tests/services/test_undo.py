"""Undo and redo: whose acts, in which order, and when they are refused."""

from __future__ import annotations

import pytest

from realist.errors import NotFound, Refused
from realist.queries.log import acts
from realist.services import evidence, mechanisms, notes, papers, plan
from realist.services.history import redo, undo
from realist.services.keeping import check
from realist.services.unit import Desk
from realist.store.engine import Store
from realist.vocabulary import Fate
from tests.services.dumps import Dump, dump


def number_of(store: Store, intention: str) -> str:
    """Return the number of the latest act of this intention."""
    with store.read() as connection:
        return str(next(act["number"] for act in acts(connection) if act["intention"] == intention))


def test_several_steps_back_and_forth_in_order(desk: Desk) -> None:
    stages: list[Dump] = [dump(desk.store)]
    for name in ("one", "two", "three"):
        plan.add_stage(desk, name)
        stages.append(dump(desk.store))
    assert [undo(desk), undo(desk)] == ["add stage three", "add stage two"]
    assert dump(desk.store) == stages[1]
    assert redo(desk) == "add stage two"
    assert dump(desk.store) == stages[2]
    assert redo(desk) == "add stage three"
    assert dump(desk.store) == stages[3]
    assert [undo(desk) for _ in range(3)] == ["add stage three", "add stage two", "add stage one"]
    assert dump(desk.store) == stages[0]
    assert [redo(desk) for _ in range(3)] == ["add stage one", "add stage two", "add stage three"]
    assert dump(desk.store) == stages[3]
    assert check(desk.store) == []


def test_redo_is_gone_once_something_new_was_done(file_desk: Desk) -> None:
    plan.add_stage(file_desk, "one")
    undo(file_desk)
    plan.add_stage(file_desk, "two")
    with pytest.raises(Refused, match="nothing of yours to redo"):
        redo(file_desk)
    assert undo(file_desk) == "add stage two"


def test_the_log_says_what_is_undone_now(file_desk: Desk) -> None:
    plan.add_stage(file_desk, "one")
    first = number_of(file_desk.store, "add stage")
    told = []
    for step in (undo, redo, undo):
        step(file_desk)
        with file_desk.store.read() as connection:
            told.append({str(act["number"]): act["undone"] for act in acts(connection)}[first])
    assert told == [True, False, True]


def test_an_act_that_a_redo_was_undone_of_counts_as_undone(file_desk: Desk) -> None:
    plan.edit_review(file_desk, question="Really?")
    plan.add_stage(file_desk, "one")
    undo(file_desk)
    redo(file_desk)
    undo(file_desk, number_of(file_desk.store, "redo"))
    with file_desk.store.read() as connection:
        assert {act["intention"]: act["undone"] for act in acts(connection)}["add stage"] is True
    with pytest.raises(Refused, match=r"Act \d+ \(add stage one\) is already undone"):
        undo(file_desk, number_of(file_desk.store, "add stage"))
    with pytest.raises(Refused, match="nothing of yours to redo"):
        redo(file_desk, number_of(file_desk.store, "redo"))
    assert undo(file_desk) == "edit review"


def test_nobody_undoes_somebody_elses_work_by_accident(file_desk: Desk) -> None:
    other = Desk(file_desk.store, "NG")
    plan.add_stage(file_desk, "one")
    plan.add_stage(other, "two")
    assert undo(file_desk) == "add stage one"
    with pytest.raises(Refused, match="nothing of yours to undo"):
        undo(Desk(file_desk.store, "ML"))
    assert undo(other) == "add stage two"


def test_somebody_elses_act_by_number_and_by_uid(desk: Desk) -> None:
    other = Desk(desk.store, "NG")
    plan.add_stage(other, "one")
    plan.add_stage(other, "two")
    with desk.store.read() as connection:
        two, one = acts(connection, limit=2)
    assert undo(desk, f"#{two['number']}", reason="agreed on the phone") == "add stage two"
    assert undo(desk, one["uid"]) == "add stage one"
    with desk.store.read() as connection:
        latest = acts(connection, limit=2)
    assert [act["person"] for act in latest] == ["SF", "SF"]
    assert [act["undoes"] for act in latest] == [one["uid"], two["uid"]]
    assert latest[1]["reason"] == "agreed on the phone"


@pytest.mark.parametrize("name", ["999", "#999", "no-such-uid", "99999999999999999999"])
def test_an_act_that_is_not_there(file_desk: Desk, name: str) -> None:
    with pytest.raises(NotFound, match=rf"There is no act {name} in the log"):
        undo(file_desk, name)


def test_joining_the_review_is_not_undone_but_adding_a_colleague_is(file_desk: Desk) -> None:
    other = Desk(file_desk.store, "NG")
    plan.edit_person(other, "AB", name="Amal Berg")
    assert undo(other) == "add person AB"
    with pytest.raises(Refused, match="nothing of yours to undo"):
        undo(other)


def test_a_row_that_was_changed_since_says_by_whom(desk: Desk) -> None:
    paper = papers.add_paper(desk, label="Nyberg (2009)")
    papers.edit_paper(desk, paper, "title", "Work after a stroke")
    papers.edit_paper(Desk(desk.store, "NG"), paper, "title", "Work after a brain injury")
    before = dump(desk.store)
    told = r"Act 4 \(edit paper title of .*\) cannot be undone: its paper was changed since by act 6 \(edit"
    with pytest.raises(Refused, match=told + r" paper, NG, 2026-01-01 00:\d\d\)"):
        undo(desk)
    assert dump(desk.store) == before


def test_another_field_changed_since_is_no_obstacle(file_desk: Desk) -> None:
    plan.edit_review(file_desk, title="Another title")
    plan.edit_review(Desk(file_desk.store, "NG"), question="Another question?")
    undo(file_desk)
    assert dump(file_desk.store)["review"][0]["title"] == "A review for tests"
    assert dump(file_desk.store)["review"][0]["question"] == "Another question?"


def test_what_something_was_built_on_stays(desk: Desk) -> None:
    papers.add_paper(desk, label="Nyberg (2009)")
    mechanisms.add_mechanism(desk, "Trust")
    other = Desk(desk.store, "NG")
    evidence.add_evidence(other, "Nyberg (2009)", claim="They trusted.", mechanism="Trust")
    mechanisms.decide_fate(other, "Trust", Fate.KEPT, reason="strong")
    before = dump(desk.store)
    with pytest.raises(Refused, match=r"\(propose mechanism Trust\) cannot be undone: 1 .* made since rests"):
        undo(desk)
    with pytest.raises(
        Refused, match=r"\(add paper Nyberg \(2009\)\) cannot be undone: 1 piece of evidence made"
    ):
        undo(desk, number_of(desk.store, "add paper"))
    assert dump(desk.store) == before
    undo(other)
    undo(other)
    assert undo(desk) == "propose mechanism Trust"


@pytest.mark.parametrize("kind", ["memo", "tag"])
def test_a_paper_with_a_note_stays_but_its_abstract_may_go(file_desk: Desk, kind: str) -> None:
    papers.add_paper(file_desk, label="Nyberg (2009)")
    papers.edit_paper(file_desk, "Nyberg (2009)", "abstract", "Registers only.")
    if kind == "memo":
        notes.add_memo(Desk(file_desk.store, "NG"), "paper", "Nyberg (2009)", "Ask for the data.")
    else:
        notes.tag(Desk(file_desk.store, "NG"), "paper", "Nyberg (2009)", "data")
    assert undo(file_desk) == "edit paper abstract of Nyberg (2009)"
    with pytest.raises(Refused, match=rf"1 {kind}(ging)? made since rests on it"):
        undo(file_desk)


def test_what_has_no_room_any_more_is_refused_in_a_sentence(desk: Desk) -> None:
    other = Desk(desk.store, "NG")
    plan.add_stage(desk, "one")
    undo(desk)
    plan.add_stage(other, "one")
    with pytest.raises(Refused, match=r"add stage one\) cannot be .*: .* stage"):
        redo(desk)
    papers.add_paper(desk, label="Nyberg (2009)")
    undo(desk)
    papers.add_paper(other, label="Ferreira (2011)")
    with pytest.raises(Refused, match=r"add paper Nyberg \(2009\)\) cannot be .*: .* paper"):
        redo(desk)


def test_what_rests_on_something_gone_is_refused_in_a_sentence(desk: Desk) -> None:
    other = Desk(desk.store, "NG")
    papers.add_paper(desk, label="Nyberg (2009)")
    mechanisms.add_mechanism(other, "Trust")
    claim = evidence.add_evidence(desk, "Nyberg (2009)", claim="They trusted.", mechanism="Trust")
    evidence.withdraw_evidence(desk, claim, reason="misread")
    undo(other)
    with pytest.raises(Refused, match=r"withdraw evidence .*\) cannot be .*: .* evidence .* gone"):
        undo(desk)
    redo(other)
    undo(desk)
    assert [row["claim"] for row in dump(desk.store)["evidence"]] == ["They trusted."]
