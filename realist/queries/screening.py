"""Rounds, sets and reported numbers, as rows to show."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Connection, select

from realist.queries.grouping import paper_grouping
from realist.queries.sets import included_sets, labels, standings
from realist.store.tables import Mechanism, Paper, Reason, ReportedCount, Round, Stage
from realist.vocabulary import Verdict

Rows = list[dict[str, Any]]


def rounds(connection: Connection, *, viewer: str = "") -> Rows:
    """Return the rounds with counts of their papers by current verdict; ``open`` waits for a decision.

    Papers of which *viewer* may not see yet what others decided count as open.
    """
    grouping = paper_grouping(connection)
    rows = connection.execute(
        select(
            Round.uid, Round.number, Round.name, Stage.name.label("stage"), Round.kind, Round.readers,
            Round.blind, Round.opened, Round.maybe_rule, Round.conflict_rule, Round.order, Round.seed,
            Round.pilot, Round.gate_statistic, Round.gate_value, Round.criteria, Round.note,
        )
        .join(Stage, Stage.uid == Round.stage)
        .order_by(Round.number)
    ).mappings().all()  # fmt: skip
    found = []
    for row in rows:
        standing = standings(connection, row["uid"], grouping, viewer=viewer)
        verdicts = Counter(entry.verdict for entry in standing)
        conflicts = sum(entry.conflict for entry in standing)
        reasons = connection.execute(
            select(Reason.number, Reason.text).where(Reason.round == row["uid"]).order_by(Reason.number)
        )
        found.append(
            {
                **row,
                "reasons": [dict(reason) for reason in reasons.mappings()],
                "entries": len(standing),
                "include": verdicts[Verdict.INCLUDE],
                "exclude": verdicts[Verdict.EXCLUDE],
                "maybe": verdicts[Verdict.MAYBE],
                "conflicts": conflicts,
                "open": verdicts[None] - conflicts,
            }
        )
    return found


def sets(connection: Connection, *, viewer: str = "") -> Rows:
    """Return the included sets with their papers in order, as far as *viewer* may see."""
    found = included_sets(connection, viewer=viewer)
    names = labels(connection, [paper for row in found for paper in row.members])
    return [
        {
            "uid": row.uid,
            "name": row.name,
            "note": row.note,
            "papers": [{"uid": paper, "label": names[paper]} for paper in row.members],
        }
        for row in found
    ]


def reported(connection: Connection) -> Rows:
    """Return every reported number, what it counts and where it stands."""
    rows = connection.execute(
        select(
            ReportedCount.uid, ReportedCount.step, ReportedCount.counts, Stage.name.label("stage"),
            ReportedCount.kind, Mechanism.name.label("mechanism"), Paper.label.label("paper"),
            ReportedCount.label, ReportedCount.value, ReportedCount.qualifier, ReportedCount.source,
        )
        .outerjoin(Stage, Stage.uid == ReportedCount.stage)
        .outerjoin(Mechanism, Mechanism.uid == ReportedCount.mechanism)
        .outerjoin(Paper, Paper.uid == ReportedCount.paper)
        .order_by(ReportedCount.position)
    )  # fmt: skip
    return [
        {
            **row,
            "what": row["step"] or row["counts"],
            "of": row["kind"] or row["mechanism"] or row["paper"] or row["label"] or "",
        }
        for row in rows.mappings()
    ]
