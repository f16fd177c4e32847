"""Verdicts and included sets: what people decided, as it stands now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from realist.queries.deciding import placed
from realist.queries.grouping import Grouping, paper_grouping
from realist.store.tables import IncludedSet, ListedPaper, Paper
from realist.text import fold
from realist.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class Standing:
    """How a paper stands in a round, as far as the viewer may see: its verdict, or None while it is open.

    ``conflict`` says that two current decisions differ, also two that one person gave to papers that were
    joined later. ``decided`` says that people have decided, though a check or a resolution may be missing.
    """

    paper: str
    door: str | None
    verdict: Verdict | None
    conflict: bool
    decided: bool = False


def standings(
    connection: Connection, round_: str, grouping: Grouping | None = None, *, viewer: str = ""
) -> list[Standing]:
    """Return how each paper of a round stands for *viewer*, one row per current paper, in order of entry."""
    grouping = paper_grouping(connection) if grouping is None else grouping
    found = placed(connection, viewer, grouping, rounds=[round_]).get(round_, {})
    return [
        Standing(paper, row.door, row.how.verdict, row.how.conflict, row.how.waiting != "decision")
        for paper, row in found.items()
    ]


@dataclass(frozen=True, slots=True)
class SetRow:
    """An included set and its members: uids of current papers, in order."""

    uid: str
    name: str
    note: str
    members: tuple[str, ...]


def included_sets(connection: Connection, *, viewer: str = "") -> list[SetRow]:
    """Return all included sets with their members as *viewer* may see them, in the order they were named.

    Members are the includes of the set's round and the papers that a source lists, less those whose
    standing in the round is exclude: a decision overrules a list.
    """
    grouping = paper_grouping(connection)
    rows = connection.execute(
        select(IncludedSet.uid, IncludedSet.name, IncludedSet.note, IncludedSet.round).order_by(
            IncludedSet.at, IncludedSet.uid
        )
    )
    return [
        SetRow(row.uid, row.name, row.note, _members(connection, row.uid, row.round, grouping, viewer))
        for row in rows.all()
    ]


def _members(
    connection: Connection, uid: str, round_: str | None, grouping: Grouping, viewer: str
) -> tuple[str, ...]:
    listed = connection.execute(
        select(ListedPaper.paper).where(ListedPaper.included_set == uid).order_by(ListedPaper.position)
    ).scalars()
    members = dict.fromkeys(grouping[paper] for paper in listed)
    if round_:
        found = standings(connection, round_, grouping, viewer=viewer)
        for row in found:
            if row.verdict is Verdict.EXCLUDE:
                members.pop(row.paper, None)
        included = [row.paper for row in found if row.verdict is Verdict.INCLUDE]
        names = labels(connection, included)
        members |= dict.fromkeys(sorted(included, key=lambda paper: (fold(names[paper]), paper)))
    return tuple(members)


def labels(connection: Connection, papers: list[str]) -> dict[str, str]:
    """Return for each paper the label, title, DOI or number under which it is shown."""
    found: dict[str, str] = {}
    for start in range(0, len(papers), 500):
        some = papers[start : start + 500]
        rows = connection.execute(
            select(Paper.uid, Paper.number, Paper.label, Paper.title, Paper.doi).where(Paper.uid.in_(some))
        )
        for row in rows:
            found[row.uid] = row.label or row.title or row.doi or f"#{row.number}"
    return found
