"""Appraisals: the dimensions and levels of this review, and how people appraised papers and excerpts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, select

from realist.errors import NotFound
from realist.queries.extractions import seen
from realist.queries.grouping import Grouping, paper_grouping, parts_of, wholes_of
from realist.queries.seen import appraised
from realist.queries.sets import labels
from realist.store.tables import Appraisal, AppraisalDimension, AppraisalLevel, Excerpt, Paper, Person
from realist.text import fold, line, shorten


class Level(NamedTuple):
    """A level of a dimension."""

    uid: str
    name: str
    description: str


class Dimension(NamedTuple):
    """What papers are appraised for, with its levels from the lowest on."""

    uid: str
    name: str
    description: str
    levels: tuple[Level, ...]


class Appraised(NamedTuple):
    """How a person appraised a paper, as it is read now, or one ``excerpt`` of it ("" for the whole)."""

    uid: str
    paper: str
    number: int
    label: str
    dimension: str
    level: str
    reason: str
    excerpt: str
    quotation: str
    by: str
    at: datetime


N = TypeVar("N", Level, Dimension)


def scale(connection: Connection) -> list[Dimension]:
    """Return the dimensions of this review in order; an empty list where none was defined."""
    levels: dict[str, list[Level]] = {}
    table = AppraisalLevel
    rows = select(table.dimension, table.uid, table.name, table.description)
    for dimension, *level in connection.execute(rows.order_by(table.position, table.uid)):
        levels.setdefault(dimension, []).append(Level._make(level))
    found = select(AppraisalDimension.uid, AppraisalDimension.name, AppraisalDimension.description)
    return [
        Dimension(*row, tuple(levels.get(row.uid, ())))
        for row in connection.execute(found.order_by(AppraisalDimension.position, AppraisalDimension.uid))
    ]


def dimension_named(of: Sequence[Dimension], name: str) -> Dimension:
    """Return the dimension that *name* means, compared folded where none is written so. Raises NotFound."""
    if not of:
        raise NotFound(
            "This review has no scale to appraise by: `realist appraisal scale add --ready` makes relevance,"
            " richness and rigour, `realist appraisal scale add NAME LEVEL...` one of your own."
        )
    if found := same_named(of, name):
        return found
    there = ", ".join(shorten(one.name, 30) for one in of)
    raise NotFound(f"Papers are not appraised for {shorten(name, 60)!r} here. The dimensions: {there}.")


def level_named(of: Dimension, name: str) -> Level:
    """Return the level of a dimension that *name* means. Raises NotFound."""
    if found := same_named(of.levels, name):
        return found
    there = ", ".join(shorten(one.name, 30) for one in of.levels) or "none yet"
    raise NotFound(f"{shorten(of.name, 30)} has no level {shorten(name, 60)!r}. Its levels: {there}.")


def same_named(rows: Sequence[N], name: str) -> N | None:
    """Return the row with that name, compared folded where none is written so."""
    typed, folded = line(name), fold(name)
    exact = next((row for row in rows if row.name == typed), None)
    return exact or next((row for row in rows if folded and fold(row.name) == folded), None)


def appraisals(
    connection: Connection, papers: Collection[str] | None = None, *, viewer: str = ""
) -> list[Appraised]:
    """Return the appraisals that count, each person's latest, as far as *viewer* may see them.

    *papers* are uids of papers, None is all; what was joined into one is read under it. By number of the
    paper, the whole before its excerpts, then by dimension and by the time they were made.
    """
    if papers is None:
        of = paper_grouping(connection)
    else:
        of = Grouping(parts_of(connection, set(wholes_of(connection, papers).values())))
    table = Appraisal
    statement = (
        select(
            table.paper, table.uid, AppraisalDimension.name, AppraisalLevel.name, table.reason, table.excerpt,
            Excerpt.quotation, Person.initials, table.at, AppraisalDimension.position,
        )
        .join(AppraisalDimension, AppraisalDimension.uid == table.dimension)
        .join(Person, Person.uid == table.person)
        .outerjoin(AppraisalLevel, AppraisalLevel.uid == table.level)
        .outerjoin(Excerpt, Excerpt.uid == table.excerpt)
        .where(seen(Excerpt, viewer))
        .order_by(table.at, table.uid)
    )  # fmt: skip
    if papers is not None:
        statement = statement.where(table.paper.in_(list(of)))
    latest = {}
    for paper, uid, dimension, level, reason, excerpt, words, by, at, place in appraised(
        connection, statement, viewer=viewer
    ):
        key = (of[paper], excerpt or "", dimension, by)
        latest[key] = (uid, level, reason, words or "", at, place)
    names = numbered(connection, {paper for paper, *_ in latest})
    found = [
        (place, Appraised(uid, paper, *names[paper], dimension, level, reason, excerpt, words, by, at))
        for (paper, excerpt, dimension, by), (uid, level, reason, words, at, place) in latest.items()
        if level is not None
    ]
    found.sort(key=lambda row: (row[1].number, row[1].excerpt, row[0], row[1].at, row[1].uid))
    return [row for _, row in found]


def numbered(connection: Connection, papers: Collection[str]) -> dict[str, tuple[int, str]]:
    """Return the number and label of papers by uid, in the order of their numbers."""
    names = labels(connection, list(papers))
    found: dict[str, int] = {}
    wanted = list(papers)
    for start in range(0, len(wanted), 500):
        some = select(Paper.uid, Paper.number).where(Paper.uid.in_(wanted[start : start + 500]))
        found |= dict(connection.execute(some).all())
    return {uid: (found[uid], names[uid]) for uid in sorted(found, key=found.__getitem__)}
