"""What people are asked and what they said: kept, answered, asked again after an undo, never overturned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from realist.domain.duplicates import Setting
from realist.errors import Refused
from realist.queries.kin import related
from realist.services.deduping import dedupe, look
from realist.services.history import redo, undo
from realist.services.keeping import check
from realist.services.papers import edit_paper
from realist.services.sameness import (
    call_different,
    call_same,
    end_join,
    end_relation,
    join_papers,
    relate,
    withdraw_different,
)
from realist.services.unit import Desk
from realist.vocabulary import Relatedness
from tests.services.alike import (
    ERRATUM,
    FILLERS,
    GARDENS,
    TEA,
    UNTITLED,
    WALKING,
    asked,
    back_to,
    brought,
    groups,
    joined,
    last_act,
    loud,
    together,
)
from tests.services.dumps import dump
from tests.services.server import FILE_FIRST

ONE_OR_TWO, ITS_ERRATUM = frozenset(("#1", "#2")), frozenset(("#3", "#4"))
OPEN = {ONE_OR_TWO: "same?", ITS_ERRATUM: "erratum"}

pytestmark = FILE_FIRST


@pytest.fixture
def at(desk: Desk, tmp_path: Path) -> Desk:
    """A review in which it is asked whether #1 and #2 are one, and how #3 and #4 belong together."""
    brought(desk, tmp_path, UNTITLED)
    brought(desk, tmp_path, UNTITLED, WALKING, ERRATUM)
    done = dedupe(desk)
    assert (done.joined, len(done.doubtful), len(done.related)) == (0, 1, 1)
    assert done.doubtful[0].score < 0.9
    assert done.doubtful[0].reasons
    assert asked(desk) == OPEN
    return desk


ANSWERS: dict[str, Callable[[Desk], object]] = {
    "same": lambda desk: call_same(desk, ["#1", "#2"]),
    "different": lambda desk: call_different(desk, "#1", "#2"),
    "related": lambda desk: relate(desk, "#1", "#2", Relatedness.VERSION),
    "joined": lambda desk: join_papers(desk, "#1", "#2"),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_closes_a_question_and_its_undo_opens_it(at: Desk, answer: str) -> None:
    ANSWERS[answer](at)
    assert asked(at) == {ITS_ERRATUM: "erratum"}
    for setting in Setting:
        assert dedupe(at, setting).doubtful == ()
    dedupe(at)
    assert asked(at) == {ITS_ERRATUM: "erratum"}, "what was answered is asked by no later search"
    if answer in ("same", "joined"):
        assert joined(at) == together("#1 #2")
    else:
        assert joined(at) == set()
    assert check(at.store) == []


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_question_is_back_after_an_undo(at: Desk, answer: str) -> None:
    ANSWERS[answer](at)
    undo(at)
    assert asked(at) == OPEN
    redo(at)
    assert asked(at) == {ITS_ERRATUM: "erratum"}


def test_what_is_withdrawn_is_asked_again(at: Desk) -> None:
    call_different(at, "#1", "#2")
    withdraw_different(at, "#2", "#1", reason="not sure after all")
    relate(at, "#3", "#4", Relatedness.ERRATUM)
    assert asked(at) == {ONE_OR_TWO: "same?"}
    end_relation(at, "#3", "#4")
    assert asked(at) == OPEN
    with at.store.read() as connection:
        uid = next(row["uid"] for row in dump(at.store)["paper"] if row["number"] == 3)
        assert related(connection, uid) == []


def test_a_group_taken_apart_is_answered_too(at: Desk) -> None:
    call_same(at, ["#1", "#2"])
    end_join(at, "#2", reason="two after all")
    dedupe(at, anew=True)
    assert ONE_OR_TWO not in asked(at)
    assert joined(at) == set()


def test_nothing_new_is_no_act_in_the_log(at: Desk) -> None:
    log = dump(at.store, log=True)
    assert look(at.store).joined == 0
    again = dedupe(at)
    assert (again.compared, len(again.doubtful), len(again.related)) == (0, 1, 1)
    dedupe(at, anew=True)
    assert dump(at.store, log=True) == log


def test_a_full_search_takes_out_what_is_asked_no_more(at: Desk) -> None:
    edit_paper(at, "#4", "title", "Something that corrects nothing, in other words")
    edit_paper(at, "#4", "authors", "Else, Someone")
    edit_paper(at, "#4", "journal", "Elsewhere")
    dedupe(at, anew=True)
    assert asked(at) == {ONE_OR_TWO: "same?"}
    assert len(dump(at.store)["doubt"]) == 1
    undo(at)
    assert len(dump(at.store)["doubt"]) == 2
    assert check(at.store) == []


def test_a_question_is_about_the_papers_as_they_are_read_now(at: Desk, tmp_path: Path) -> None:
    brought(at, tmp_path, WALKING)
    dedupe(at)
    assert joined(at) == together("#3 #5")
    (pair,) = (pair for pair, what in asked(at).items() if what == "erratum")
    assert "#4" in pair
    relate(at, "#5", "#4", Relatedness.ERRATUM)
    assert asked(at) == {ONE_OR_TWO: "same?"}


Step = Callable[[Desk], object]
SAME: Step = lambda desk: call_same(desk, ["#15", "#16"])  # noqa: E731
DIFFERENT: Step = lambda desk: call_different(desk, "#15", "#16")  # noqa: E731
WITHDRAWN: Step = lambda desk: withdraw_different(desk, "#15", "#16")  # noqa: E731
JOINED: Step = lambda desk: join_papers(desk, "#15", "#16")  # noqa: E731
PARTED: Step = lambda desk: end_join(desk, "#15", reason="no")  # noqa: E731
BY_A_THIRD: list[Step] = [
    lambda desk: join_papers(desk, "#16", "#5"), lambda desk: join_papers(desk, "#15", "#5"),
]  # fmt: skip
DECISIONS: dict[str, tuple[list[Step], bool]] = {
    "called different": ([DIFFERENT], False),
    "different, withdrawn": ([DIFFERENT, WITHDRAWN], True),
    "called the same after it was called different": ([DIFFERENT, SAME], True),
    "joined and taken apart": ([JOINED, PARTED], False),
    "taken apart and joined again": ([JOINED, PARTED, SAME], True),
    "joined again by way of a third": ([JOINED, PARTED, *BY_A_THIRD], True),
    "taken apart, and that taken back": ([JOINED, PARTED, undo], True),
    "called different, and that taken back": ([DIFFERENT, undo], True),
}
"""What people do about #15 and #16, which are alike, and whether they are one then."""


@pytest.mark.parametrize("name", DECISIONS)
def test_what_people_decided_holds_in_steps_and_thoroughly(at: Desk, tmp_path: Path, name: str) -> None:
    steps, one = DECISIONS[name]
    brought(at, tmp_path, *FILLERS)
    dedupe(at)
    brought(at, tmp_path, TEA, loud(TEA))
    join_papers(at, "#6", "#7", reason="against all evidence")
    for step in steps:
        step(at)
    said = {group for group in groups(at) if len(group) > 1}
    assert dedupe(at).compared == 2
    for setting in (Setting.BALANCED, Setting.THOROUGH, Setting.STRICT):
        dedupe(at, setting, anew=True)
        of = {number: group for group in groups(at) for number in group}
        assert (of["#15"] == of["#16"]) is one
        assert all(group <= of[min(group)] for group in said)
        assert all(not {"#15", "#16"} <= pair for pair in asked(at))
    brought(at, tmp_path, TEA)
    dedupe(at)
    of = {number: group for group in groups(at) for number in group}
    assert (of["#15"] == of["#16"]) is one
    assert of["#17"] in (of["#15"], of["#16"])
    assert check(at.store) == []


def test_a_whole_that_is_taken_out_leaves_the_rest_together(at: Desk, tmp_path: Path) -> None:
    brought(at, tmp_path, WALKING, loud(WALKING))
    dedupe(at)
    search = last_act(at)
    assert joined(at) == together("#3 #5 #6")
    whole = {row["into_paper"] for row in dump(at.store)["paper_join"]}
    (number,) = (f"#{row['number']}" for row in dump(at.store)["paper"] if row["uid"] in whole)
    end_join(at, number, reason="another edition")
    rest = {"#3", "#5", "#6"} - {number}
    assert joined(at) == {frozenset(rest)}
    for setting in Setting:
        dedupe(at, setting, anew=True)
        assert joined(at) == {frozenset(rest)}
    back_to(at, search)
    assert joined(at) == together("#3 #5 #6")
    assert check(at.store) == []


@pytest.mark.parametrize("what", ["called different", "taken apart"])
def test_papers_parted_while_they_were_compared_stop_it(at: Desk, tmp_path: Path, what: str) -> None:
    brought(at, tmp_path, TEA, loud(TEA), GARDENS, loud(GARDENS))
    join_papers(at, "#7", "#8")

    def meanwhile(sentence: str) -> None:
        if sentence.startswith("writing"):
            if what == "called different":
                call_different(at, "#1", "#2")
            else:
                end_join(at, "#7", reason="no")

    before = groups(at)
    with pytest.raises(Refused, match="nothing was joined, do it again"):
        dedupe(at, told=meanwhile)
    if what == "called different":
        assert groups(at) == before
    assert frozenset(("#5", "#6")) not in groups(at)


def test_papers_joined_or_gone_while_they_were_compared_are_left_out(at: Desk, tmp_path: Path) -> None:
    brought(at, tmp_path, TEA, GARDENS)
    brought(at, tmp_path, loud(TEA), loud(GARDENS))
    imported = len(dump(at.store, log=True)["act"])
    brought(at, tmp_path, loud(WALKING))

    def meanwhile(sentence: str) -> None:
        if sentence.startswith("writing"):
            undo(at, str(imported))
            join_papers(at, "#9", "#3")
            edit_paper(at, "#5", "title", "Corrected meanwhile")

    done = dedupe(at, told=meanwhile)
    assert (done.joined, joined(at)) == (0, together("#3 #9"))
    assert check(at.store) == []
    again = dedupe(at)
    assert again.compared >= 1, "what was corrected meanwhile has still to be compared"
