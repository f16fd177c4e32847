"""The grid equals what an independent count of the rows gives, whatever was recorded."""

from __future__ import annotations

import pytest

from realist.queries.grid import Grid, evidence_grid
from realist.services import evidence, mechanisms, papers, rounds, sameness, screening
from realist.services.history import undo
from realist.services.plan import edit_review
from realist.services.unit import Desk
from realist.vocabulary import CellState, ReadingResult, Stance, Verdict
from tests.fewer import fewer
from tests.queries.random_review import RandomReview
from tests.queries.recount import Recount
from tests.services.dumps import dump


def same(desk: Desk) -> Grid:
    """Return the grid of the chosen set after comparing it, and that of all papers, with the recount."""
    with desk.store.read() as connection:
        grid, counted = evidence_grid(connection, of_set="chosen"), Recount(connection)
        wanted = counted.grid()
        members, columns = counted.members("chosen"), counted.columns()
    assert {column.uid for column in grid.columns} == columns
    assert {row.uid for row in grid.rows} == members
    assert len(grid.rows) == len(members)
    cells = {(row.uid, of): str(cell.state) for row in grid.rows for of, cell in row.cells.items()}
    assert cells == {pair: state for pair, state in wanted.items() if pair[0] in members}
    for column in grid.columns:
        assert column.n == sum(cells.get((row.uid, column.uid)) == "present" for row in grid.rows)
    for row in grid.rows:
        assert row.n == sum(cells.get((row.uid, column.uid)) == "present" for column in grid.columns)
    return grid


@fewer("seed", range(2), 0)
def test_a_random_review(file_desk: Desk, seed: int) -> None:
    review = RandomReview(file_desk, seed)
    for _ in range(3):
        for _ in range(40):
            review.step()
        same(file_desk)
    for row in dump(file_desk.store)["evidence"][::3]:
        evidence.withdraw_evidence(file_desk, row["uid"], reason="misread")
    same(file_desk)


@pytest.mark.slow
def test_a_random_review_on_each_engine(desk: Desk) -> None:
    review = RandomReview(desk, 99)
    for _ in range(100):
        review.step()
    same(desk)


def test_the_random_reviews_hold_what_the_rules_are_about(file_desk: Desk) -> None:
    review = RandomReview(file_desk, 0)
    for _ in range(200):
        review.step()
    held = dump(file_desk.store)
    assert {row["stance"] for row in held["evidence"]} == set(Stance)
    assert {row["result"] for row in held["reading"]} == set(ReadingResult)
    assert {row["mechanism"] is None for row in held["reading"]} == {True, False}
    for table in ("paper_join", "mechanism_merge"):
        assert {row["ended"] == "" for row in held[table]} == {True, False}
    states = {str(cell.state) for row in same(file_desk).rows for cell in row.cells.values()}
    assert states == {"present", "none", "not_recoverable"}


@pytest.fixture
def small(file_desk: Desk) -> Desk:
    """Papers A to C, mechanisms M and N; a claim of A and B on M, C read for the whole list."""
    desk = file_desk
    for label in "ABC":
        papers.add_paper(desk, label=label)
    for name in "MN":
        mechanisms.add_mechanism(desk, name)
    screening.add_included_set(desk, "chosen")
    screening.list_in_set(desk, "chosen", ["A", "B", "C"], source="a table")
    for label in "AB":
        evidence.add_evidence(desk, label, claim=f"claim of {label}", stance=Stance.WEAKENS, mechanism="M")
    evidence.add_reading(desk, "C", ReadingResult.NONE)
    return desk


def states(desk: Desk, of_set: str = "chosen") -> dict[str, list[str]]:
    """Return the states of each column by the name of the mechanism, one per row."""
    with desk.store.read() as connection:
        grid = evidence_grid(connection, of_set=of_set)
    default = str(CellState.NOT_LOOKED)
    return {
        column.name: [
            str(row.cells[column.uid].state) if column.uid in row.cells else default for row in grid.rows
        ]
        for column in grid.columns
    }


def ns(desk: Desk) -> dict[str, int]:
    with desk.store.read() as connection:
        return {column.name: column.n for column in evidence_grid(connection).columns}


def test_a_mechanism_that_is_new_was_not_looked_at_in_any_paper(small: Desk) -> None:
    mechanisms.add_mechanism(small, "New")
    assert states(small) == {
        "M": ["present", "present", "none"],
        "N": ["not_looked", "not_looked", "none"],
        "New": ["not_looked"] * 3,
    }
    evidence.add_reading(small, "C", ReadingResult.NOT_RECOVERABLE)
    assert states(small)["New"] == ["not_looked", "not_looked", "not_recoverable"]
    assert states(small)["N"][2] == "not_recoverable"


def test_what_stands_there_goes_before_what_a_reading_says(small: Desk) -> None:
    evidence.add_reading(small, "A", ReadingResult.NONE, mechanism="M")
    assert states(small)["M"][0] == "present"


def test_a_withdrawn_claim_leaves_what_the_reading_says(small: Desk) -> None:
    evidence.add_reading(small, "A", ReadingResult.NONE, mechanism="M")
    (uid,) = [row["uid"] for row in dump(small.store)["evidence"] if row["claim"] == "claim of A"]
    assert ns(small)["M"] == 2
    evidence.withdraw_evidence(small, uid, reason="misread")
    assert ns(small)["M"] == 1
    assert states(small)["M"] == ["none", "present", "none"]
    undo(small)
    assert ns(small)["M"] == 2


def test_joined_papers_count_once_until_the_join_is_undone(small: Desk) -> None:
    sameness.join_papers(small, "B", "A")
    assert (ns(small)["M"], len(states(small)["M"])) == (1, 2)
    undo(small)
    assert (ns(small)["M"], len(states(small)["M"])) == (2, 3)


def test_an_excluded_paper_leaves_the_grid(small: Desk) -> None:
    from realist.services.plan import add_stage
    from realist.vocabulary import RoundKind

    add_stage(small, "1")
    rounds.add_round(small, "texts", stage="1", kind=RoundKind.FULL_TEXT)
    screening.add_included_set(small, "by decision", round_="texts")
    edit_review(small, grid_set="by decision")
    rounds.enter(small, "texts", ["A", "B"])
    for label in "AB":
        screening.decide(small, label, Verdict.INCLUDE, round_="texts")
    assert ns(small)["M"] == 2
    screening.decide(small, "A", Verdict.EXCLUDE, round_="texts")
    assert ns(small)["M"] == 1
    assert [row["claim"] for row in dump(small.store)["evidence"]] == ["claim of A", "claim of B"]
    edit_review(small, grid_set="chosen")
    assert ns(small)["M"] == 2
