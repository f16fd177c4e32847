"""The staged flow: counted where the review holds records and decisions, reported or derived otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, select, true

from realist.domain.flow import Count, Group, lay_out
from realist.queries.grouping import Grouping, paper_grouping
from realist.queries.sets import Standing, standings
from realist.queries.words import stored
from realist.store.tables import Import, Record, ReportedCount, Round, Search, Stage
from realist.vocabulary import Door, FlowStep, RoundKind, Verdict

Computed = dict[str | None, list[tuple[FlowStep, str, int]]]


@dataclass(frozen=True, slots=True)
class StageFlow:
    """The flow of one search stage."""

    uid: str
    name: str
    purpose: str
    groups: list[Group]


def staged_flow(connection: Connection) -> list[StageFlow]:
    """Return the flow stage by stage, in the order of the stages."""
    grouping = paper_grouping(connection)
    stages = connection.execute(select(Stage.uid, Stage.name, Stage.purpose).order_by(Stage.position)).all()
    reported = _reported(connection)
    found = _papers_found(connection, grouping)
    earlier: set[str] = set()
    flow = []
    for stage in stages:
        computed: Computed = defaultdict(list)
        _count_records(found.get(stage.uid, {}), earlier, computed)
        _count_rounds(connection, stage.uid, grouping, computed)
        earlier |= {paper for papers in found.get(stage.uid, {}).values() for paper in papers}
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


def _papers_found(connection: Connection, grouping: Grouping) -> dict[str, dict[str, list[str]]]:
    """By stage and kind of search: the current paper of each record, one per record."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = connection.execute(
        select(Search.stage, Search.kind, Record.paper)
        .join(Import, Import.uid == Record.import_)
        .join(Search, Search.uid == Import.search)
        .where(Import.finished == true())
        .order_by(Search.number)
    )
    for stage, kind, paper in rows:
        found[stage][kind].append(grouping[paper])
    return found


def _count_records(found: dict[str, list[str]], earlier: set[str], computed: Computed) -> None:
    if not found:
        return
    if len(found) > 1:
        for kind, papers in found.items():
            computed[kind].append((FlowStep.IDENTIFIED, "", len(papers)))
    everything = [paper for papers in found.values() for paper in papers]
    distinct = set(everything)
    whole = computed[None]
    whole.append((FlowStep.IDENTIFIED, "", len(everything)))
    whole.append((FlowStep.DUPLICATES, "", len(everything) - len(distinct)))
    if known := len(distinct & earlier):
        whole.append((FlowStep.ALREADY_KNOWN, "", known))


def _count_rounds(connection: Connection, stage: str, grouping: Grouping, computed: Computed) -> None:
    rounds = connection.execute(
        select(Round.uid, Round.kind).where(Round.stage == stage).order_by(Round.number)
    ).all()
    screening = _latest(
        connection, [row.uid for row in rounds if row.kind == RoundKind.TITLE_ABSTRACT], grouping
    )
    reading = _latest(connection, [row.uid for row in rounds if row.kind == RoundKind.FULL_TEXT], grouping)
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
        doors = Counter(row.door for row in reading if row.door not in (None, Door.SEARCH))
        computed[None] += [(FlowStep.ADDED, str(door), n) for door, n in sorted(doors.items(), key=str)]
        verdicts = Counter(row.verdict for row in reading)
        computed[None] += [
            (FlowStep.SOUGHT, "", len(reading)),
            (FlowStep.ASSESSED, "", sum(row.verdict is not None or row.conflict for row in reading)),
            (FlowStep.EXCLUDED_FULL_TEXT, "", verdicts[Verdict.EXCLUDE]),
            (FlowStep.INCLUDED, "", verdicts[Verdict.INCLUDE]),
        ]


def _latest(connection: Connection, rounds: list[str], grouping: Grouping) -> list[Standing]:
    """How each paper stands after several rounds of a kind: a later verdict overrules an earlier one."""
    found: dict[str, Standing] = {}
    for round_ in rounds:
        for row in standings(connection, round_, grouping):
            before = found.get(row.paper)
            if before is None or row.verdict is not None or row.conflict:
                found[row.paper] = row
    return list(found.values())
