"""Current grouping: which papers are one document, which mechanisms went into which.

Joins and merges are rows; nothing that was given to a paper or mechanism is rewritten. Every read that
counts goes through these maps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from realist.store.tables import MechanismMerge, PaperJoin


class Grouping(dict[str, str]):
    """Map from a uid to the uid of the thing it is part of now; what is missing stands for itself."""

    def __missing__(self, uid: str) -> str:
        return uid

    def with_joins(self, into: Mapping[str, str]) -> Grouping:
        """Return the map after things that stand for themselves went into others that do."""
        return Grouping({part: into.get(whole, whole) for part, whole in self.items()} | dict(into))


def group_of(grouping: Grouping, uid: str) -> list[str]:
    """Return everything that is one with *uid* now: the whole first, then its parts."""
    whole = grouping[uid]
    return [whole, *sorted(part for part in grouping if grouping[part] == whole)]


def _followed(into: Mapping[str, str]) -> Grouping:
    grouping = Grouping(into)
    for start, at in into.items():
        if at in into:
            seen = {start}
            while at in into and at not in seen:
                seen.add(at)
                at = into[at]
            grouping[start] = at
    return grouping


def paper_grouping(connection: Connection) -> Grouping:
    """Return for each joined paper the paper under which it is read now."""
    joins = select(PaperJoin.from_paper, PaperJoin.into_paper).where(PaperJoin.ended == "")
    return _followed(dict(connection.execute(joins).all()))


def wholes_of(connection: Connection, papers: Collection[str]) -> dict[str, str]:
    """Return for each of *papers* the paper under which it is read now; asks only about these."""
    into: dict[str, str] = {}
    rest = set(papers)
    while rest:
        joins = select(PaperJoin.from_paper, PaperJoin.into_paper)
        rows = connection.execute(joins.where(PaperJoin.from_paper.in_(rest), PaperJoin.ended == "")).all()
        into |= {row.from_paper: row.into_paper for row in rows}
        rest = {row.into_paper for row in rows} - into.keys()
    grouping = _followed(into)
    return {paper: grouping[paper] for paper in papers}


def parts_of(connection: Connection, papers: Collection[str]) -> dict[str, str]:
    """Return for each of *papers* and for everything joined into it the one of *papers* it is part of.

    Asks only about these; *papers* stand alone now.
    """
    whole = {paper: paper for paper in papers}
    rest = set(whole)
    while rest:
        joins = select(PaperJoin.from_paper, PaperJoin.into_paper)
        rows = connection.execute(joins.where(PaperJoin.into_paper.in_(rest), PaperJoin.ended == "")).all()
        found = {row.from_paper: whole[row.into_paper] for row in rows if row.from_paper not in whole}
        whole |= found
        rest = set(found)
    return whole


def merge_targets(connection: Connection) -> dict[str, list[str]]:
    """Return for each merged mechanism the mechanisms that it went into, in the order they were named."""
    merges = select(MechanismMerge.from_mechanism, MechanismMerge.into_mechanism)
    targets: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(merges.where(MechanismMerge.ended == "").order_by(MechanismMerge.position)):
        targets[row.from_mechanism].append(row.into_mechanism)
    return dict(targets)


def mechanism_grouping(connection: Connection) -> Grouping:
    """Return for each mechanism with one merge target the mechanism under which its evidence shows now.

    With several targets nothing follows: its evidence waits where it is until a person places it.
    """
    targets = merge_targets(connection)
    return _followed({uid: into[0] for uid, into in targets.items() if len(into) == 1})
