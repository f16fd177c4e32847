"""The computed numbers of the flow equal an independent count of records, entries and decisions."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import Connection

from realist.queries.flow import staged_flow
from realist.services import sameness, screening
from realist.services.history import undo
from realist.services.unit import Desk
from realist.vocabulary import FlowStep, RoundKind, Verdict
from tests.queries.random_review import RandomReview
from tests.queries.recount import Recount

Key = tuple[str, str | None, str, str]
Standing = dict[str, tuple[str | None, bool, str | None]]


def shown(connection: Connection) -> dict[Key, int]:
    """Return the computed numbers by (stage, door, step, label)."""
    return {
        (stage.name, group.kind, str(line.step), line.label): line.computed
        for stage in staged_flow(connection)
        for group in stage.groups
        for line in group.lines
        if line.computed is not None
    }


class FlowRecount(Recount):
    """The same numbers, row by row."""

    def numbers(self) -> dict[Key, int]:
        found: dict[Key, int] = {}
        earlier: set[str] = set()
        for stage in sorted(self.table("stage"), key=lambda row: int(row["position"])):
            numbers: dict[tuple[str | None, str, str], int] = {}
            papers_found = self._records(stage["uid"], earlier, numbers)
            self._screened(stage["uid"], numbers)
            self._read_in_full(stage["uid"], numbers)
            earlier |= papers_found
            found |= {(stage["name"], *key): n for key, n in numbers.items()}
        return found

    def _records(
        self, stage: str, earlier: set[str], numbers: dict[tuple[str | None, str, str], int]
    ) -> set[str]:
        kinds = {row["uid"]: row["kind"] for row in self.table("search") if row["stage"] == stage}
        brought = {row["uid"]: row["search"] for row in self.table("import") if row["finished"]}
        records = [
            (kinds[search], self.current_paper(row["paper"]))
            for row in self.table("record")
            if (search := brought.get(row["import"])) in kinds
        ]
        if not records:
            return set()
        distinct = {paper for _, paper in records}
        by_kind = Counter(kind for kind, _ in records)
        if len(by_kind) > 1:
            numbers |= {(kind, "identified", ""): n for kind, n in by_kind.items()}
        numbers[None, "identified", ""] = len(records)
        numbers[None, "duplicates removed", ""] = len(records) - len(distinct)
        if distinct & earlier:
            numbers[None, "already known from an earlier stage", ""] = len(distinct & earlier)
        return distinct

    def _standing(self, stage: str, kind: RoundKind) -> Standing:
        found: Standing = {}
        rounds = [row for row in self.table("round") if (row["stage"], row["kind"]) == (stage, kind)]
        for round_ in sorted(rounds, key=lambda row: int(row["number"])):
            doors: dict[str, str | None] = {}
            for row in self.timed("entry"):
                if row["round"] == round_["uid"]:
                    doors.setdefault(self.current_paper(row["paper"]), row["door"])
            for paper, (verdict, conflict) in self.verdicts(round_["uid"]).items():
                if paper not in found or verdict or conflict:
                    found[paper] = (verdict, conflict, doors[paper])
        return found

    def _screened(self, stage: str, numbers: dict[tuple[str | None, str, str], int]) -> None:
        standing = self._standing(stage, RoundKind.TITLE_ABSTRACT)
        if not standing:
            return
        verdicts = Counter(verdict for verdict, _, _ in standing.values())
        numbers[None, "screened", ""] = sum(
            bool(verdict or conflict) for verdict, conflict, _ in standing.values()
        )
        numbers[None, "excluded at title and abstract", ""] = verdicts["exclude"]
        numbers[None, "potentially relevant", ""] = verdicts["include"] + verdicts["maybe"]
        if verdicts["maybe"]:
            numbers[None, "potentially relevant", "of these, maybe"] = verdicts["maybe"]

    def _read_in_full(self, stage: str, numbers: dict[tuple[str | None, str, str], int]) -> None:
        standing = self._standing(stage, RoundKind.FULL_TEXT)
        if not standing:
            return
        verdicts = Counter(verdict for verdict, _, _ in standing.values())
        for door in ("earlier stage", "brought back", "supplied"):
            if n := sum(through == door for _, _, through in standing.values()):
                numbers[None, "added", door] = n
        numbers[None, "sought in full", ""] = len(standing)
        numbers[None, "read in full", ""] = sum(
            bool(verdict or conflict) for verdict, conflict, _ in standing.values()
        )
        numbers[None, "excluded at full text", ""] = verdicts["exclude"]
        numbers[None, "included", ""] = verdicts["include"]


def same(desk: Desk) -> dict[Key, int]:
    with desk.store.read() as connection:
        found, wanted = shown(connection), FlowRecount(connection).numbers()
    assert found == wanted
    return found


@pytest.mark.parametrize("seed", range(2))
def test_a_random_review(file_desk: Desk, seed: int) -> None:
    review = RandomReview(file_desk, seed)
    same(file_desk)
    for _ in range(3):
        for _ in range(40):
            review.step()
        found = same(file_desk)
    assert {step for _, _, step, _ in found} >= {"identified", "screened", "added", "included"}


def test_a_random_review_on_each_engine(desk: Desk) -> None:
    review = RandomReview(desk, 98)
    for _ in range(100):
        review.step()
    same(desk)


def test_a_decision_and_a_join_change_the_numbers_and_an_undo_brings_them_back(file_desk: Desk) -> None:
    RandomReview(file_desk, 7, papers_=10)
    round_ = "title and abstract 1"
    screening.enter(file_desk, round_, [f"#{n}" for n in range(1, 11)])
    for n in range(1, 9):
        screening.decide(file_desk, f"#{n}", Verdict.INCLUDE, round_=round_)
    before = same(file_desk)
    assert before["1", None, "screened", ""] == before["1", None, "potentially relevant", ""] == 8
    screening.decide(file_desk, "#1", Verdict.EXCLUDE, round_=round_)
    after = same(file_desk)
    assert after["1", None, "excluded at title and abstract", ""] == 1
    assert after["1", None, "potentially relevant", ""] == 7
    undo(file_desk)
    assert same(file_desk) == before
    sameness.join_papers(file_desk, "#2", "#3")
    assert same(file_desk)["1", None, "screened", ""] == 7
    undo(file_desk)
    assert same(file_desk) == before


def test_a_reported_number_is_never_mixed_in(file_desk: Desk) -> None:
    review = RandomReview(file_desk, 3)
    for _ in range(60):
        review.step()
    before = same(file_desk)
    for step in FlowStep:
        screening.report_count(file_desk, value=4711, source="p. 1", step=step, stage="1")
    assert same(file_desk) == before
    with file_desk.store.read() as connection:
        stage = next(row for row in staged_flow(connection) if row.name == "1")
    reported = [line for line in stage.groups[-1].lines if line.reported]
    assert [line.reported.value for line in reported if line.reported] == [4711] * len(FlowStep)
