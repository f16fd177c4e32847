"""The screening of the published leadership review done over, with stand-in records and real decisions.

Sims et al. 2021 (10.5334/ijic.5936) say how many papers went where. Here as many invented ones go the same
way: through imports, joins, rounds, allocations and decisions. No reported number is in the review; what the
flow counts has to be what the article prints.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from realist.domain.allocation import Split
from realist.queries.entering import candidates
from realist.queries.flow import StageFlow, staged_flow
from realist.queries.naming import resolve
from realist.queries.paper_story import decisions as history
from realist.queries.piles import pile
from realist.queries.together import progress
from realist.services import allocating, plan, retrieving, rounds, screening
from realist.services.deduping import dedupe
from realist.services.importing import Origin, import_file
from realist.services.importing_decisions import import_decisions
from realist.services.unit import Desk
from realist.store.tables import ReportedCount
from realist.vocabulary import Door, FlowStep, RetrievalStatus, RoundKind, SearchKind, Verdict
from tests.screening.standins import StandIns, write_ris

S = FlowStep


def counted(flow: Sequence[StageFlow], stage: str, step: FlowStep, label: str = "") -> int | None:
    """Return what the flow counts for a step of a stage as a whole."""
    (found,) = (one for one in flow if one.name == stage)
    group = next(group for group in found.groups if group.kind is None)
    lines = [line for line in group.lines if line.step is step and line.label == label]
    return lines[-1].computed if lines else None


def decide_all(desk: Desk, folder: Path, round_: str, verdict_of: Callable[[int], Verdict]) -> None:
    """Let everybody decide on their own pile, each decision a row; the n-th paper of the round as told."""
    with desk.store.read() as connection:
        uid = resolve(connection, "round", round_)
        people = [row["by"] for row in progress(connection, uid)]
        piles = {by: pile(connection, uid, viewer=by).items for by in people}
    order = sorted({item.number for items in piles.values() for item in items})
    place = {number: at for at, number in enumerate(order)}
    path = folder / "decisions.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["record_key", "round", "person", "verdict"])
        for by, items in piles.items():
            for item in items:
                writer.writerow([f"#{item.number}", round_, by, verdict_of(place[item.number])])
    import_decisions(desk, path)


def first(n: int) -> Callable[[int], Verdict]:
    """Include the first *n* papers of a pile and exclude the others."""
    return lambda place: Verdict.INCLUDE if place < n else Verdict.EXCLUDE


def bring_in(desk: Desk, round_: str, from_round: str) -> int:
    """Take what a round includes into another one."""
    with desk.store.read() as connection:
        found = candidates(
            connection,
            viewer=desk.initials,
            round_uid=resolve(connection, "round", round_),
            from_round=resolve(connection, "round", from_round),
        )
    return rounds.enter_all(desk, round_, found)


@pytest.fixture(scope="module")
def stand_ins() -> StandIns:
    return StandIns(seed=2021)


def first_stage(desk: Desk, folder: Path, stand_ins: StandIns) -> None:
    """Search eight databases, join duplicates, screen and read, by two people who share the work."""
    plan.edit_person(desk, "GL", name="another reader")
    plan.add_stage(desk, "1a", purpose="theory building")
    papers = stand_ins.papers(914)
    doubled = [stand_ins.again(paper) for paper in papers[:532]]
    everything = [*papers, *doubled]
    for n in range(8):
        plan.add_search(desk, f"Database {n}", stage="1a", source=f"Database {n}")
        path = write_ris(folder / f"{n}.ris", everything[n::8])
        import_file(desk, path, Origin(search=f"Database {n}"))
    dedupe(desk)
    rounds.add_round(desk, "abstracts 1a", stage="1a", kind=RoundKind.TITLE_ABSTRACT)
    with desk.store.read() as connection:
        uid = resolve(connection, "round", "abstracts 1a")
        found = candidates(connection, viewer="SF", round_uid=uid)
    rounds.enter_all(desk, "abstracts 1a", found)
    allocating.allocate(desk, "abstracts 1a", ["SF", "GL"], Split(), seed=1)
    decide_all(desk, folder, "abstracts 1a", first(66))
    rounds.add_round(desk, "texts 1a", stage="1a", kind=RoundKind.FULL_TEXT, outcome="theory building")
    bring_in(desk, "texts 1a", "abstracts 1a")
    allocating.allocate(desk, "texts 1a", ["SF", "GL"], Split(), seed=1)
    decide_all(desk, folder, "texts 1a", first(23))


def test_stage_1a_comes_out_as_printed(desk: Desk, tmp_path: Path, stand_ins: StandIns) -> None:
    first_stage(desk, tmp_path, stand_ins)
    with desk.store.read() as connection:
        flow = staged_flow(connection)
        shares = [
            (row["by"], row["decided"])
            for row in progress(connection, resolve(connection, "round", "abstracts 1a"))
        ]
        assert connection.execute(select(ReportedCount.uid)).first() is None
    assert {step: counted(flow, "1a", step) for step in S if counted(flow, "1a", step) is not None} == {
        S.IDENTIFIED: 1446, S.DUPLICATES: 532, S.SCREENED: 914, S.EXCLUDED_SCREENING: 848, S.PASSED: 66,
        S.SOUGHT: 66, S.ASSESSED: 66, S.EXCLUDED_FULL_TEXT: 43, S.INCLUDED: 23,
    }  # fmt: skip
    assert shares == [("GL", 457), ("SF", 457)]


def second_stage(desk: Desk, folder: Path, stand_ins: StandIns) -> None:
    """Screen 5,673 abstracts, and let papers in by every other door there was."""
    plan.add_stage(desk, "2", purpose="testing")
    plan.add_search(desk, "Databases 2", stage="2", source="Databases")
    import_file(desk, write_ris(folder / "2.ris", stand_ins.papers(5673)), Origin(search="Databases 2"))
    rounds.add_round(desk, "abstracts 2", stage="2", kind=RoundKind.TITLE_ABSTRACT)
    with desk.store.read() as connection:
        uid = resolve(connection, "round", "abstracts 2")
        numbers = candidates(connection, viewer="SF", round_uid=uid)
    rounds.enter_all(desk, "abstracts 2", [(paper, Door.SEARCH) for paper, _ in numbers[914:]])
    allocating.allocate(desk, "abstracts 2", ["SF", "GL"], Split(), seed=2)
    decide_all(desk, folder, "abstracts 2", first(420))
    rounds.add_round(desk, "texts 2", stage="2", kind=RoundKind.FULL_TEXT, outcome="testing")
    assert bring_in(desk, "texts 2", "abstracts 2") == 420
    _other_doors(desk, folder, stand_ins)


def _other_doors(desk: Desk, folder: Path, stand_ins: StandIns) -> None:
    for kind, name, count in (
        (SearchKind.REFERENCE_LISTS, "Reference lists 2", 11),
        (SearchKind.WEBSITE, "Nuffield Trust 2", 3),
    ):
        plan.add_search(desk, name, stage="2", kind=kind, source=name)
        import_file(desk, write_ris(folder / f"{name}.ris", stand_ins.papers(count)), Origin(search=name))
        with desk.store.read() as connection:
            uid = resolve(connection, "round", "texts 2")
            every = candidates(connection, viewer="SF", round_uid=uid)
        rounds.enter_all(desk, "texts 2", [(paper, Door.SEARCH) for paper, _ in every[-count:]])
    for n in range(11):
        papers_added(desk, f"Supplied {n}")
    rounds.enter(
        desk, "texts 2", [f"Supplied {n}" for n in range(11)], door=Door.SUPPLIED, supplied_by="stakeholders"
    )
    with desk.store.read() as connection:
        uid, texts, abstracts = (
            resolve(connection, "round", name) for name in ("texts 2", "texts 1a", "abstracts 1a")
        )
        included = candidates(connection, viewer="SF", round_uid=uid, from_round=texts)
        excluded = candidates(
            connection, viewer="SF", round_uid=uid, from_round=abstracts, verdicts=(Verdict.EXCLUDE,)
        )
    assert {door for _, door in included} == {Door.EARLIER_STAGE}
    assert {door for _, door in excluded} == {Door.BROUGHT_BACK}
    rounds.enter_all(desk, "texts 2", included[: 2 + 14])
    rounds.enter_all(desk, "texts 2", excluded[:1], why="the theory moved")


def papers_added(desk: Desk, label: str) -> None:
    """Add a paper that no database gave."""
    from realist.services.papers import add_paper

    add_paper(desk, label=label, supplied_by="stakeholders")


@pytest.mark.slow
def test_stage_2_comes_out_as_printed(desk: Desk, tmp_path: Path, stand_ins: StandIns) -> None:
    first_stage(desk, tmp_path, stand_ins)
    second_stage(desk, tmp_path, stand_ins)
    allocating.allocate(desk, "texts 2", ["SF", "GL"], Split(), seed=3)
    with desk.store.read() as connection:
        uid = resolve(connection, "round", "texts 2")
        numbers = sorted(
            item.number for by in ("SF", "GL") for item in pile(connection, uid, viewer=by).items
        )
    lost = numbers[-16:]
    for number in lost:
        retrieving.retrieve(desk, f"#{number}", RetrievalStatus.NOT_OBTAINABLE, reason="in no library")
    _decide_but(desk, tmp_path, "texts 2", lost)
    with desk.store.read() as connection:
        flow = staged_flow(connection)
        (back,) = (
            item.paper
            for by in ("SF", "GL")
            for item in pile(connection, uid, viewer=by).items
            if len(history(connection, item.paper)) == 2
            and history(connection, item.paper)[-1]["door"] == Door.BROUGHT_BACK
        )
        story = history(connection, back)
    assert counted(flow, "2", S.SCREENED) == 5673
    assert counted(flow, "2", S.EXCLUDED_SCREENING) == 5253
    assert counted(flow, "2", S.PASSED) == 420
    added = {
        label: counted(flow, "2", S.ADDED, label)
        for label in ("supplied", "earlier stage", "brought back", "reference lists", "website")
    }
    assert added == {
        "supplied": 11, "earlier stage": 16, "brought back": 1, "reference lists": 11, "website": 3,
    }  # fmt: skip
    assert counted(flow, "2", S.SOUGHT) == 462
    assert counted(flow, "2", S.NOT_OBTAINED) == 16
    assert counted(flow, "2", S.ASSESSED) == 446
    assert counted(flow, "2", S.INCLUDED) == 36
    assert counted(flow, "2", S.EXCLUDED_FULL_TEXT) == 410
    assert [row["decisions"][-1]["verdict"] for row in story[:1]] == ["exclude"], "it keeps its history"


def _decide_but(desk: Desk, folder: Path, round_: str, lost: Sequence[int]) -> None:
    """Decide on all papers of a round but those that could not be obtained; include 36."""
    with desk.store.read() as connection:
        uid = resolve(connection, "round", round_)
        piles = {by: pile(connection, uid, viewer=by).items for by in ("SF", "GL")}
    rows = [(item.number, by) for by, items in piles.items() for item in items if item.number not in lost]
    path = folder / "texts.csv"
    lines = [
        f"#{number},{round_},{by},{'include' if place < 36 else 'exclude'}"
        for place, (number, by) in enumerate(sorted(rows))
    ]
    path.write_text("\n".join(["record_key,round,person,verdict", *lines]), encoding="utf-8")
    import_decisions(desk, path)
    assert len(rows) == 446
    screening.add_included_set(desk, "printed in Table 2", round_=round_)
