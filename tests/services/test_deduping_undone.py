"""Joins taken back after work went on, and random work taken back in any order: memberships are as before."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from realist.domain.duplicates import Setting
from realist.errors import RealistError, Refused
from realist.services.deduping import dedupe, undo_dedupe
from realist.services.history import redo, undo
from realist.services.keeping import check
from realist.services.papers import edit_paper
from realist.services.plan import add_stage
from realist.services.rounds import add_round, enter
from realist.services.sameness import call_different, call_same, end_join, join_papers, relate
from realist.services.screening import decide
from realist.services.unit import Desk
from realist.vocabulary import Relatedness, RoundKind, Verdict
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
    fresh,
    groups,
    joined,
    last_act,
    loud,
    together,
)
from tests.services.dumps import dump


@pytest.fixture
def at(desk: Desk, tmp_path: Path) -> Desk:
    """Three papers twice each, joined; a question; a round in which #1 was decided on before."""
    brought(desk, tmp_path, WALKING, GARDENS, TEA, UNTITLED)
    brought(desk, tmp_path, loud(WALKING), loud(GARDENS), loud(TEA), UNTITLED)
    add_stage(desk, "1")
    add_round(desk, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    enter(desk, "titles", ["#1", "#2", "#3", "#7"])
    decide(desk, "#1", Verdict.INCLUDE, round_="titles")
    dedupe(desk)
    assert joined(desk) == together("#1 #5", "#2 #6", "#3 #7")
    assert asked(desk) == {frozenset(("#4", "#8")): "same?"}
    return desk


def test_it_is_taken_back_whole_and_done_again(at: Desk) -> None:
    after = dump(at.store)
    said = undo_dedupe(at)
    assert said == "join duplicates 3 papers (balanced)"
    assert (joined(at), asked(at), fresh(at)) == (set(), {}, 8)
    redo(at)
    assert dump(at.store) == after
    assert fresh(at) == 0
    undo_dedupe(at)
    with pytest.raises(RealistError, match="No joining of duplicates is there to take back"):
        undo_dedupe(at)


def test_work_that_went_on_stays_where_it_was_done(at: Desk) -> None:
    decide(at, "#5", Verdict.EXCLUDE, round_="titles")
    decide(at, "#7", Verdict.MAYBE, round_="titles")
    edit_paper(at, "#6", "year", "2017")
    decisions = dump(at.store)["decision"]
    undo_dedupe(at)
    assert joined(at) == set()
    assert dump(at.store)["decision"] == decisions
    assert {row["number"]: row["year"] for row in dump(at.store)["paper"]}[2] == 2017
    redo(at)
    assert joined(at) == together("#1 #5", "#2 #6", "#3 #7")
    assert dump(at.store)["decision"] == decisions
    assert check(at.store) == []


def test_a_join_that_somebody_ended_stays_ended(at: Desk) -> None:
    other = Desk(at.store, "NG")
    end_join(other, "#6", reason="two editions")
    call_different(other, "#5", "#3")
    join_papers(other, "#6", "#3", reason="they are one")
    before = dump(at.store)
    assert joined(at) == together("#1 #5", "#3 #6 #7")
    undo_dedupe(at)
    assert at.notes[-1] == "1 of its joins had been ended or taken back before and stays so."
    assert joined(at) == together("#3 #6")
    assert [row["reason"] for row in dump(at.store)["paper_join"] if row["ended"]] == [
        row["reason"] for row in before["paper_join"] if row["ended"]
    ]
    assert asked(at) == {}
    with pytest.raises(RealistError, match="No joining of duplicates"):
        undo_dedupe(at)
    redo(at)
    assert joined(at) == together("#1 #5", "#3 #6 #7")
    assert dump(at.store) == before
    undo_dedupe(at)
    assert joined(at) == together("#3 #6")
    assert check(at.store) == []


def test_a_whole_that_somebody_took_out_stays_out(at: Desk, tmp_path: Path) -> None:
    brought(at, tmp_path, WALKING)
    dedupe(at)
    assert joined(at) == together("#1 #5 #9", "#2 #6", "#3 #7")
    end_join(at, "#1", reason="another edition")
    assert joined(at) == together("#5 #9", "#2 #6", "#3 #7")
    undo_dedupe(at)
    assert joined(at) == together("#5 #9", "#2 #6", "#3 #7"), "what the last search joined was ended by hand"
    undo_dedupe(at)
    assert joined(at) == together("#5 #9"), "a person left these two together"
    assert check(at.store) == []


def test_questions_that_a_search_gave_up_are_asked_again(at: Desk) -> None:
    edit_paper(at, "#8", "title", "Something else entirely, as it turned out")
    edit_paper(at, "#8", "authors", "Else, Someone")
    edit_paper(at, "#8", "pages", "1-2")
    dedupe(at, Setting.STRICT)
    assert asked(at) == {}
    strict = last_act(at)
    end_join(at, "#5", reason="no")
    undo_dedupe(at)
    assert last_act(at) == strict + 2
    assert asked(at) == {frozenset(("#4", "#8")): "same?"}
    redo(at)
    assert asked(at) == {}
    assert check(at.store) == []


def test_nobody_is_kept_from_taking_back_what_somebody_else_joined(at: Desk) -> None:
    other = Desk(at.store, "NG")
    undo_dedupe(other)
    assert joined(at) == set()
    redo(other)
    assert joined(at) == together("#1 #5", "#2 #6", "#3 #7")


POOL = [WALKING, GARDENS, TEA, UNTITLED, ERRATUM, *FILLERS[:3]]


class RandomWork:
    """People who import, compare, join, part, decide and correct; what the review refuses is left out."""

    def __init__(self, desk: Desk, folder: Path, seed: int) -> None:
        self.desk, self.folder, self.chance = desk, folder, random.Random(seed)
        self.papers = 0
        self._bring(4)
        add_stage(Desk(desk.store, "NG"), "1")
        add_round(desk, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT)

    def _bring(self, count: int) -> None:
        some = [self.chance.choice(POOL) for _ in range(count)]
        brought(self.desk, self.folder, *(self.chance.choice((loud, lambda one: one))(one) for one in some))
        self.papers += count

    def _two(self) -> tuple[str, str]:
        one, other = (f"#{self.chance.randint(1, self.papers)}" for _ in range(2))
        return one, other

    def step(self, *, back: bool = True) -> None:
        """Do one random thing; only with *back* one that takes back others."""
        desk, chance = Desk(self.desk.store, self.chance.choice(("SF", "NG"))), self.chance
        one, other = self._two()
        steps: list[Callable[[], object]] = [
            lambda: self._bring(chance.randint(1, 2)),
            lambda: dedupe(desk, chance.choice(list(Setting)), anew=chance.random() < 0.3),
            lambda: dedupe(desk),
            lambda: call_same(desk, [one, other]),
            lambda: join_papers(desk, one, other),
            lambda: call_different(desk, one, other),
            lambda: relate(desk, one, other, chance.choice(list(Relatedness))),
            lambda: end_join(desk, one, reason="no"),
            lambda: enter(desk, "titles", [one]),
            lambda: decide(desk, one, chance.choice(list(Verdict)), round_="titles"),
            lambda: edit_paper(desk, one, "pages", chance.choice(("", "1-9", "201-222"))),
            lambda: undo_dedupe(desk),
        ]
        try:
            chance.choice(steps if back else steps[:-1])()
        except RealistError:
            return


def apart_by_people(desk: Desk) -> set[frozenset[str]]:
    """Return the pairs that people called different and that hold."""
    numbers = {row["uid"]: f"#{row['number']}" for row in dump(desk.store)["paper"]}
    rows = [row for row in dump(desk.store)["not_same"] if not row["ended"]]
    return {frozenset((numbers[row["one"]], numbers[row["other"]])) for row in rows}


SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 30))]


@pytest.mark.parametrize("seed", SEEDS)
def test_random_work_taken_back_in_order_leaves_every_membership_as_before(
    file_desk: Desk, tmp_path: Path, seed: int
) -> None:
    work = RandomWork(file_desk, tmp_path, seed)
    seen: dict[int, tuple[object, ...]] = {}

    def state() -> tuple[object, ...]:
        held = dump(file_desk.store)
        tables = ("paper", "record", "decision", "entry", "not_same", "related_paper", "doubt", "paper_join")
        return groups(file_desk), asked(file_desk), *(held[name] for name in tables)

    for _ in range(30):
        seen[last_act(file_desk)] = state()
        records = len(dump(file_desk.store)["record"])
        work.step()
        assert len(dump(file_desk.store)["record"]) >= records
        assert not any(pair <= group for pair in apart_by_people(file_desk) for group in groups(file_desk))
    assert check(file_desk.store) == []
    first = min(seen)
    for act in range(last_act(file_desk), first, -1):
        undo(file_desk, str(act))
        if act - 1 in seen:
            now = state()
            assert now[:2] == seen[act - 1][:2], act
            assert now == seen[act - 1]
    assert check(file_desk.store) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_random_work_taken_back_in_any_order_that_is_allowed_leaves_nothing(
    file_desk: Desk, tmp_path: Path, seed: int
) -> None:
    work = RandomWork(file_desk, tmp_path, 1000 + seed)
    first, before, held = last_act(file_desk), groups(file_desk), dump(file_desk.store)
    for _ in range(25):
        work.step(back=False)
    after = groups(file_desk)
    open_ = list(range(first + 1, last_act(file_desk) + 1))
    taken = 0
    while open_:
        work.chance.shuffle(open_)
        for act in open_:
            try:
                undo(file_desk, str(act))
            except Refused:  # something that holds was built on it
                continue
            open_.remove(act)
            taken += 1
            break
        else:
            pytest.fail(f"none of {open_} can be taken back")
        assert check(file_desk.store) == [] or taken % 5
    assert groups(file_desk) == before
    now = dump(file_desk.store)
    assert {name for name in now if now[name] != held[name]} <= {"paper_keys", "search_piece", "search_due"}
    back_to(file_desk, last_act(file_desk) - taken)
    assert groups(file_desk) == after
    assert check(file_desk.store) == []
