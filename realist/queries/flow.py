"""The staged flow: counted where the review holds records and decisions, reported or derived otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, func, select, true

from realist.domain.flow import Count, Group, lay_out
from realist.queries.grouping import Grouping, paper_grouping
from realist.queries.retrieval import latest
from realist.queries.sets import Standing, standings
from realist.queries.words import stored
from realist.store.tables import Import, Record, ReportedCount, Round, Search, Stage
from realist.vocabulary import Door, FlowStep, RetrievalStatus, RoundKind, Verdict

Computed = dict[str | None, list[tuple[FlowStep, str, int]]]


@dataclass(frozen=True, slots=True)
class StageFlow:
    """The flow of one search stage."""

    uid: str
    name: str
    purpose: str
    groups: list[Group]


def staged_flow(connection: Connection, *, viewer: str = "") -> list[StageFlow]:
    """Return the flow stage by stage, in the order of the stages.

    Where records of a stage came from two sources or more, each source has lines of its own below the
    totals, with its name as their label. Papers of which *viewer* may not see yet what was decided are open:
    not screened, not assessed.
    """
    grouping = paper_grouping(connection)
    stages = connection.execute(select(Stage.uid, Stage.name, Stage.purpose).order_by(Stage.position)).all()
    reported = _reported(connection)
    found = _brought(connection, grouping)
    earlier: set[str] = set()
    flow = []
    for stage in stages:
        computed: Computed = defaultdict(list)
        _count_records(found[stage.uid], earlier, computed)
        _count_rounds(connection, stage.uid, grouping, found[stage.uid], computed, viewer)
        earlier.update(*(brought.papers for brought in found[stage.uid]))
        groups = lay_out(reported.get(stage.uid, {}), computed)
        flow.append(StageFlow(stage.uid, stage.name, stage.purpose, groups))
    return flow


def _reported(connection: Connection) -> dict[str, dict[str | None, list[Count]]]:
    counts: dict[str, dict[str | None, list[Count]]] = defaultdict(lambda: defaultdict(list))
    rows = connection.execute(
        select(
            ReportedCount.uid, ReportedCount.stage, ReportedCount.kind, ReportedCount.step,
            ReportedCount.value, ReportedCount.qualifier, ReportedCount.label, ReportedCount.source,
        )
        .where(ReportedCount.step.is_not(None), ReportedCount.stage.is_not(None))
        .order_by(ReportedCount.position)
    )  # fmt: skip
    for row in rows:
        count = Count(
            stored(FlowStep, row.step or ""), row.value, row.qualifier, row.label, row.source, row.uid
        )
        counts[row.stage or ""][row.kind].append(count)
    return counts


class Brought(NamedTuple):
    """What one import brought: by what kind of search, from which source; the paper of each record now."""

    search: int
    kind: str
    source: str
    papers: list[str]


def _brought(connection: Connection, grouping: Grouping) -> dict[str, list[Brought]]:
    """By stage: what its imports brought, in the order in which they came."""
    source = func.coalesce(func.nullif(Search.source, ""), Search.name)
    imports = connection.execute(
        select(Import.uid, Search.stage, Search.number, Search.kind, source.label("source"))
        .join(Search, Search.uid == Import.search)
        .where(Import.finished == true())
        .order_by(Import.at, Import.uid)
    ).all()
    papers: dict[str, list[str]] = defaultdict(list)
    records = select(Record.import_, Record.paper).order_by(Record.import_, Record.position)
    for uid, paper in connection.execute(records):
        papers[uid].append(grouping[paper])
    found: dict[str, list[Brought]] = defaultdict(list)
    for uid, stage, number, kind, name in imports:
        if uid in papers:
            found[stage].append(Brought(number, kind, name, papers[uid]))
    return found


def _count_records(found: list[Brought], earlier: set[str], computed: Computed) -> None:
    """Count what was identified, what of it was brought before in this stage, and what in an earlier one.

    A record counts as a duplicate of its own source when an earlier record of the stage is of its paper: so
    the numbers of the sources add up to those of the stage.
    """
    kinds, sources = Counter[str](), Counter[str]()
    for brought in sorted(found, key=lambda brought: brought.search):
        kinds[brought.kind] += len(brought.papers)
        sources[brought.source] += len(brought.papers)
    duplicates, known, seen = Counter[str](), Counter[str](), set[str]()
    for brought in found:
        for paper in brought.papers:
            if paper in seen:
                duplicates[brought.source] += 1
            elif paper in earlier:
                known[brought.source] += 1
            seen.add(paper)
    for kind, n in kinds.items() if len(kinds) > 1 else ():
        computed[kind].append((FlowStep.IDENTIFIED, "", n))
    steps = {FlowStep.IDENTIFIED: sources, FlowStep.DUPLICATES: duplicates, FlowStep.ALREADY_KNOWN: known}
    for step, counted in steps.items() if found else ():
        if counted or step is not FlowStep.ALREADY_KNOWN:
            computed[None].append((step, "", counted.total()))
            labels = sources if len(sources) > 1 else ()
            computed[None] += [(step, source, counted[source]) for source in labels]


def _count_rounds(
    connection: Connection,
    stage: str,
    grouping: Grouping,
    found: list[Brought],
    computed: Computed,
    viewer: str,
) -> None:
    rounds = connection.execute(
        select(Round.uid, Round.kind).where(Round.stage == stage).order_by(Round.number)
    ).all()
    titles = [row.uid for row in rounds if row.kind == RoundKind.TITLE_ABSTRACT]
    texts = [row.uid for row in rounds if row.kind == RoundKind.FULL_TEXT]
    screening = _latest(connection, titles, grouping, viewer)
    reading = _latest(connection, texts, grouping, viewer)
    if screening:
        verdicts = Counter(row.verdict for row in screening)
        decided = sum(n for verdict, n in verdicts.items() if verdict) + sum(
            row.conflict for row in screening
        )
        computed[None] += [
            (FlowStep.SCREENED, "", decided),
            (FlowStep.EXCLUDED_SCREENING, "", verdicts[Verdict.EXCLUDE]),
            (FlowStep.PASSED, "", verdicts[Verdict.INCLUDE] + verdicts[Verdict.MAYBE]),
        ]
        if verdicts[Verdict.MAYBE]:
            computed[None].append((FlowStep.PASSED, "of these, maybe", verdicts[Verdict.MAYBE]))
    if reading:
        doors = _doors(reading, screening, found)
        computed[None] += [(FlowStep.ADDED, door, n) for door, n in sorted(doors.items())]
        gone = _not_obtained(connection, reading)
        read = [row for row in reading if row.paper not in gone]
        verdicts = Counter(row.verdict for row in read)
        computed[None] += [
            (FlowStep.SOUGHT, "", len(reading)),
            *([(FlowStep.NOT_OBTAINED, "", len(gone))] if gone else []),
            (FlowStep.ASSESSED, "", sum(row.verdict is not None or row.conflict for row in read)),
            (FlowStep.EXCLUDED_FULL_TEXT, "", verdicts[Verdict.EXCLUDE]),
            (FlowStep.INCLUDED, "", verdicts[Verdict.INCLUDE]),
        ]


def _doors(reading: list[Standing], screening: list[Standing], found: list[Brought]) -> Counter[str]:
    """How many papers came to be read in full by which door, beside those whose abstract was screened.

    Papers that a search found and that were read at once go by the kind of that search, where others of the
    stage were screened first.
    """
    doors = Counter(str(row.door) for row in reading if row.door not in (None, Door.SEARCH))
    if screening:
        screened = {row.paper for row in screening}
        kinds = {paper: brought.kind for brought in reversed(found) for paper in brought.papers}
        at_once = (row.paper for row in reading if row.door in (None, Door.SEARCH))
        doors.update(str(kinds[paper]) for paper in at_once if paper in kinds and paper not in screened)
    return doors


def _not_obtained(connection: Connection, reading: list[Standing]) -> set[str]:
    """The papers whose full text cannot be obtained: nobody read them, unless they were let through.

    What was excluded for want of a full text is one of them; it was not read.
    """
    steps = latest(connection)
    return {
        row.paper
        for row in reading
        if row.paper in steps
        and steps[row.paper].status is RetrievalStatus.NOT_OBTAINABLE
        and row.verdict in (None, Verdict.EXCLUDE)
        and not row.conflict
    }


def _latest(connection: Connection, rounds: list[str], grouping: Grouping, viewer: str) -> list[Standing]:
    """How each paper stands after several rounds of a kind: a later verdict overrules an earlier one."""
    found: dict[str, Standing] = {}
    for round_ in rounds:
        for row in standings(connection, round_, grouping, viewer=viewer):
            before = found.get(row.paper)
            if before is None or row.verdict is not None or row.conflict:
                found[row.paper] = row
    return list(found.values())
