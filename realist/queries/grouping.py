"""Current grouping: which papers are one document.

Joins are rows; nothing that was given to a paper is rewritten. Every read that counts goes through these
maps; for mechanisms, contexts and outcomes, through :mod:`realist.queries.standing`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from realist.store.tables import PaperJoin


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


def followed(into: Mapping[str, str]) -> Grouping:
    """Return for each of what went into another, from (uid) to into (uid), the last one it leads to."""
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
    return followed(dict(connection.execute(joins).all()))


def wholes_of(connection: Connection, papers: Collection[str]) -> dict[str, str]:
    """Return for each of *papers* the paper under which it is read now; asks only about these."""
    into: dict[str, str] = {}
    rest = set(papers)
    while rest:
        joins = select(PaperJoin.from_paper, PaperJoin.into_paper)
        rows = connection.execute(joins.where(PaperJoin.from_paper.in_(rest), PaperJoin.ended == "")).all()
        into |= {row.from_paper: row.into_paper for row in rows}
        rest = {row.into_paper for row in rows} - into.keys()
    grouping = followed(into)
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
