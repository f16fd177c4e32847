"""The computed numbers of the flow equal an independent count of records, entries and decisions."""

from __future__ import annotations

import contextlib
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection

from realist.errors import Refused
from realist.queries.flow import staged_flow
from realist.services import plan, retrieving, rounds, sameness, screening
from realist.services.history import undo
from realist.services.importing import Origin, import_file
from realist.services.unit import Desk
from realist.vocabulary import FlowStep, RetrievalStatus, RoundKind, SearchKind, Verdict
from tests.queries.random_review import RandomReview
from tests.queries.recount import Recount
from tests.services.server import FILE_FIRST

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
        searches = {row["uid"]: row for row in self.table("search") if row["stage"] == stage}
        kinds = {uid: row["kind"] for uid, row in searches.items()}
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
        self._by_source(searches, earlier, numbers)
        return distinct

    def _by_source(
        self,
        searches: dict[str, dict[str, Any]],
        earlier: set[str],
        numbers: dict[tuple[str | None, str, str], int],
    ) -> None:
        """Each paper is first brought by one record; the others of it are duplicates of their sources."""
        files = {row["uid"]: row for row in self.table("import") if row["finished"]}
        records = [
            (files[row["import"]]["at"], row["import"], row["position"], self.current_paper(row["paper"]))
            for row in self.table("record")
            if row["import"] in files and files[row["import"]]["search"] in searches
        ]
        sources: dict[str, list[tuple[bool, str]]] = {}
        for record in records:
            search = searches[files[record[1]]["search"]]
            is_first = record == min(other for other in records if other[-1] == record[-1])
            sources.setdefault(search["source"] or search["name"], []).append((is_first, record[-1]))
        if len(sources) < 2:
            return
        for source, brought in sources.items():
            numbers[None, "identified", source] = len(brought)
            numbers[None, "duplicates removed", source] = sum(not is_first for is_first, _ in brought)
        if (None, "already known from an earlier stage", "") in numbers:
            for source, brought in sources.items():
                known = [paper for is_first, paper in brought if is_first and paper in earlier]
                numbers[None, "already known from an earlier stage", source] = len(known)

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
        for door in ("earlier stage", "brought back", "supplied"):
            if n := sum(through == door for _, _, through in standing.values()):
                numbers[None, "added", door] = n
        for kind, n in Counter(self._read_at_once(stage, standing)).items():
            numbers[None, "added", kind] = n
        numbers[None, "sought in full", ""] = len(standing)
        texts = {self.current_paper(row["paper"]): row["status"] for row in self.timed("retrieval")}
        gone = {
            paper
            for paper, (verdict, conflict, _) in standing.items()
            if texts.get(paper) == "not obtainable" and verdict in (None, "exclude") and not conflict
        }
        if gone:
            numbers[None, "not obtainable", ""] = len(gone)
        read = [row for paper, row in standing.items() if paper not in gone]
        verdicts = Counter(verdict for verdict, _, _ in read)
        numbers[None, "read in full", ""] = sum(bool(verdict or conflict) for verdict, conflict, _ in read)
        numbers[None, "excluded at full text", ""] = verdicts["exclude"]
        numbers[None, "included", ""] = verdicts["include"]

    def _read_at_once(self, stage: str, standing: Standing) -> list[str]:
        """By what kind of search papers were found that nobody screened, where others were screened."""
        screened = self._standing(stage, RoundKind.TITLE_ABSTRACT)
        if not screened:
            return []
        searches = {row["uid"]: row for row in self.table("search") if row["stage"] == stage}
        files = {row["uid"]: row for row in self.table("import") if row["finished"]}
        found = []
        for paper, (_, _, door) in standing.items():
            if door not in (None, "search") or paper in screened:
                continue
            of_paper = [
                (files[row["import"]]["at"], row["import"], row["position"])
                for row in self.table("record")
                if row["import"] in files
                and files[row["import"]]["search"] in searches
                and self.current_paper(row["paper"]) == paper
            ]
            if of_paper:
                found.append(searches[files[min(of_paper)[1]]["search"]]["kind"])
        return found


class Retrieving(RandomReview):
    """A random review in which full texts are also sought, obtained and not obtainable."""

    def __init__(self, desk: Desk, seed: int) -> None:
        super().__init__(desk, seed)
        self.luck = Random(seed + 11)

    def step(self) -> None:
        super().step()
        if self.luck.random() < 0.4:
            status = self.luck.choice(list(RetrievalStatus))
            retrieving.retrieve(self.desk, self.luck.choice(self.papers), status, reason="so it is")


def same(desk: Desk) -> dict[Key, int]:
    with desk.store.read() as connection:
        found, wanted = shown(connection), FlowRecount(connection).numbers()
    assert found == wanted
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_a_random_review(file_desk: Desk, seed: int) -> None:
    review = Retrieving(file_desk, seed)
    same(file_desk)
    for _ in range(3):
        for _ in range(40):
            review.step()
        found = same(file_desk)
    assert {step for _, _, step, _ in found} >= {
        "identified", "screened", "added", "not obtainable", "included",
    }  # fmt: skip


@FILE_FIRST
def test_a_random_review_on_each_engine(desk: Desk) -> None:
    review = Retrieving(desk, 98)
    for _ in range(100):
        review.step()
    same(desk)


def test_a_decision_and_a_join_change_the_numbers_and_an_undo_brings_them_back(file_desk: Desk) -> None:
    RandomReview(file_desk, 7, papers_=10)
    round_ = "title and abstract 1"
    rounds.enter(file_desk, round_, [f"#{n}" for n in range(1, 11)])
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


RECORDS = ("identified", "duplicates removed", "already known from an earlier stage")


@pytest.mark.parametrize("seed", range(3))
def test_the_numbers_of_the_sources_add_up_whatever_is_imported_and_joined(
    file_desk: Desk, tmp_path: Path, seed: int
) -> None:
    chance = Random(seed)
    for stage in "12":
        plan.add_stage(file_desk, stage)
        for source in ("Medbase", "Psybase", "Medbase", ""):  # two searches of one source are one source
            name = f"search {stage}{source}{chance.random()}"
            kind = chance.choice((SearchKind.DATABASE, SearchKind.WEBSITE))
            plan.add_search(file_desk, name, stage=stage, source=source, kind=kind)
    papers = 0
    for step in range(24):
        if step % 3 == 0:
            count = chance.randint(1, 4)
            text = "".join(f"TY  - JOUR\nTI  - Paper {seed} {step} {n}\nER  - \n\n" for n in range(count))
            (tmp_path / f"{step}.ris").write_text(text)
            import_file(file_desk, tmp_path / f"{step}.ris", Origin(search=f"#{chance.randint(1, 8)}"))
            papers += count
        else:
            one, other = (f"#{chance.randint(1, papers)}" for _ in range(2))
            with contextlib.suppress(Refused):
                sameness.join_papers(file_desk, one, other)
        found = same(file_desk)
        labels = {(stage, label) for stage, kind, _, label in found if kind is None and label}
        for stage in {stage for stage, _ in labels}:
            for of in RECORDS:
                parts = [found.get((stage, None, of, label), -1) for at, label in labels if at == stage]
                whole = found.get((stage, None, of, ""))
                assert set(parts) == {-1} if whole is None else sum(parts) == whole
    assert {label for _, label in labels} >= {"Medbase", "Psybase"}
    assert any(found.get((stage, None, of, "Medbase")) for stage in "12" for of in RECORDS[1:])


def test_a_paper_of_an_earlier_stage_is_known_and_no_duplicate_of_its_source(
    file_desk: Desk, tmp_path: Path
) -> None:
    def brought(name: str, stage: str, *titles: str) -> None:
        (tmp_path / name).write_text("".join(f"TY  - JOUR\nTI  - {one}\nER  - \n\n" for one in titles))
        import_file(file_desk, tmp_path / name, Origin(stage=stage, source=name[:-4]))

    for stage in "12":
        plan.add_stage(file_desk, stage)
    brought("Medbase.ris", "1", "Hope")  # #1
    assert not any(label for *_, label in same(file_desk)), "of one source alone there are no lines"
    brought("Psybase.ris", "2", "Hope", "Trust")  # #2, #3
    brought("Medbase 2.ris", "2", "Trust", "Hope", "Pride")  # #4, #5, #6
    for one, other in (("#2", "#1"), ("#4", "#3"), ("#5", "#1")):
        sameness.join_papers(file_desk, one, other)
    found = same(file_desk)
    of = {key[2:]: n for key, n in found.items() if key[:2] == ("2", None)}
    assert of == {
        ("identified", ""): 5, ("identified", "Psybase"): 2, ("identified", "Medbase 2"): 3,
        ("duplicates removed", ""): 2, ("duplicates removed", "Psybase"): 0,
        ("duplicates removed", "Medbase 2"): 2,
        ("already known from an earlier stage", ""): 1, ("already known from an earlier stage", "Psybase"): 1,
        ("already known from an earlier stage", "Medbase 2"): 0,
    }  # fmt: skip


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
