"""Appraisal: how relevant, rich, rigorous a paper or an excerpt is. It never changes what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from realist.errors import NotFound, Refused
from realist.queries.appraisals import (
    Dimension,
    appraisals,
    dimension_named,
    level_named,
    same_named,
    scale,
)
from realist.queries.blind import anything_hidden
from realist.queries.extractions import seen
from realist.queries.grouping import parts_of, wholes_of
from realist.queries.naming import resolve
from realist.queries.seen import appraised
from realist.services.unit import Desk, Unit
from realist.store.tables import Appraisal, AppraisalDimension, AppraisalLevel, Excerpt
from realist.text import fold, line, paragraphs, shorten

READY = {
    "relevance": "How far it bears on the programme theory.",
    "richness": "How much it tells of how and why outcomes came about.",
    "rigour": "Whether what is taken from it rests on methods that can be trusted for that.",
}
"""The dimensions that a review can begin with, and what they mean."""
LEVELS = ("low", "moderate", "high")


def appraise(
    desk: Desk, paper: str, dimension: str, level: str, *, reason: str = "", excerpt: str = ""
) -> str:
    """Say how a paper, or one excerpt of it (uid), is appraised, and why; return the uid.

    The latest of each person counts; who thinks otherwise appraises, too.
    """
    with desk.unit("appraise", paper, reason=reason) as work:
        of = dimension_named(scale(work.connection), dimension)
        given = level_named(of, level)
        work.act.subject = f"{work.act.subject}: {of.name} {given.name}"
        if not line(reason):
            raise Refused("Say why: an appraisal is reported with its reason.")
        uid, quoted = _appraised(work, paper, excerpt)
        row = Appraisal(paper=uid, excerpt=quoted, dimension=of.uid, level=given.uid)
        row.reason = paragraphs(reason)
        return work.add(row).uid


def take_back_appraisal(
    desk: Desk, paper: str, dimension: str, *, reason: str = "", excerpt: str = ""
) -> str:
    """Take back how the person at the desk appraised a paper or excerpt; the log keeps it. Return the uid."""
    with desk.unit("appraise", paper, reason=reason) as work:
        of = dimension_named(scale(work.connection), dimension)
        work.act.subject = f"{work.act.subject}: {of.name} taken back"
        uid, quoted = _appraised(work, paper, excerpt)
        there = [
            row
            for row in appraisals(work.connection, [uid], viewer=desk.initials)
            if (row.by, row.dimension, row.excerpt) == (desk.initials, of.name, quoted or "")
        ]
        if not there:
            what = "that excerpt" if quoted else shorten(paper, 60)
            raise Refused(f"You have not appraised {what} for {of.name}: there is nothing to take back.")
        row = Appraisal(paper=uid, excerpt=quoted, dimension=of.uid, reason=paragraphs(reason))
        return work.add(row).uid


def _appraised(work: Unit, paper: str, excerpt: str) -> tuple[str, str | None]:
    """Return the paper and the excerpt that are meant; an excerpt has to be one of the paper."""
    named = resolve(work.connection, "paper", paper)
    whole = wholes_of(work.connection, [named])[named]
    if not excerpt:
        return whole, None
    of = select(Excerpt.uid, Excerpt.paper).where(Excerpt.uid == line(excerpt), seen(Excerpt, work.initials))
    row = work.connection.execute(of).first()
    if row is None or row.paper not in parts_of(work.connection, [whole]):
        what = f"{shorten(paper, 60)} has no excerpt {shorten(excerpt, 60)}"
        raise NotFound(f"{what}: `realist excerpt list` shows the uids.")
    return row.paper, row.uid


def add_ready_scale(desk: Desk) -> None:
    """Define relevance, richness and rigour, each low, moderate or high, where there is no scale yet."""
    with desk.unit("define scale", ", ".join(READY)) as work:
        if there := scale(work.connection):
            names = ", ".join(shorten(one.name, 30) for one in there)
            raise Refused(f"This review has a scale already ({names}): add to it, or change it.")
        for name, description in READY.items():
            _add_levels(work, _add_dimension(work, name, description), LEVELS, ())


def add_to_scale(desk: Desk, dimension: str, levels: Sequence[str] = (), *, description: str = "") -> str:
    """Add a dimension with its levels, the lowest first, or higher levels to one there; return its uid."""
    with desk.unit("define scale", dimension) as work:
        name = _name(dimension)
        there = same_named(scale(work.connection), name)
        if there and (description or not levels):
            raise Refused(f"There is a dimension {there.name} already: give further levels, or change it.")
        if not there and not any(map(line, levels)):
            raise Refused(f"Name the levels of {name}, the lowest first, such as low moderate high.")
        uid = there.uid if there else _add_dimension(work, name, description)
        _add_levels(work, uid, levels, [level.name for level in there.levels] if there else ())
        return uid


def _name(name: str) -> str:
    if not line(name):
        raise Refused("Nothing was changed: a dimension and a level need names.")
    return line(name)


def _add_dimension(work: Unit, name: str, description: str) -> str:
    row = AppraisalDimension(position=work.position(AppraisalDimension), name=name)
    row.description = paragraphs(description)
    return work.add(row).uid


def _add_levels(work: Unit, dimension: str, levels: Sequence[str], there: Sequence[str]) -> None:
    of = AppraisalLevel
    before = {fold(name) or name for name in there}
    for name in map(_name, levels):
        if (fold(name) or name) in before:
            raise Refused(f"The level {shorten(name, 40)!r} is there already: levels of a dimension differ.")
        before.add(fold(name) or name)
        position = work.position(of, of.dimension == dimension)
        work.add(of(dimension=dimension, position=position, name=name))


def edit_scale(
    desk: Desk,
    dimension: str,
    level: str = "",
    *,
    name: str | None = None,
    description: str | None = None,
    place: int | None = None,
) -> str:
    """Rename, describe or move (to a *place* from 1) a dimension, or a level of it; return its uid.

    What was appraised stays so, under the new name.
    """
    with desk.unit("edit scale", " ".join(filter(None, (dimension, level)))) as work:
        dimensions = scale(work.connection)
        of = dimension_named(dimensions, dimension)
        rows: Sequence[Any] = of.levels if level else dimensions
        row = level_named(of, level) if level else of
        table: Any = AppraisalLevel if level else AppraisalDimension
        values: dict[str, str] = {}
        if name is not None:
            values["name"] = _name(name)
            if any(other.name == values["name"] for other in rows if other.uid != row.uid):
                raise Refused(f"{shorten(name, 40)!r} is another one's name: choose a different one.")
        if description is not None:
            values["description"] = paragraphs(description)
        work.change(table, row.uid, **values)
        if place is not None:
            order = [other.uid for other in rows if other.uid != row.uid]
            order.insert(max(place - 1, 0), row.uid)
            for position, uid in enumerate(order, 1):
                work.change(table, uid, position=position)
        return row.uid


def drop_from_scale(desk: Desk, dimension: str, level: str = "") -> str:
    """Take a level, or a dimension with its levels, out of the scale; return its uid.

    Refused where anybody ever appraised by it, and while a round is blind: that would tell whether they did.
    """
    with desk.unit("drop from scale", " ".join(filter(None, (dimension, level)))) as work:
        of = dimension_named(scale(work.connection), dimension)
        if level:
            one = level_named(of, level)
            _unused(work, Appraisal.level == one.uid, f"The level {one.name} of {of.name}", desk.initials)
            work.remove(AppraisalLevel, one.uid)
            return one.uid
        _unused(work, Appraisal.dimension == of.uid, f"The dimension {of.name}", desk.initials)
        _drop_dimension(work, of)
        return of.uid


def _drop_dimension(work: Unit, of: Dimension) -> None:
    for level in of.levels:
        work.remove(AppraisalLevel, level.uid)
    work.remove(AppraisalDimension, of.uid)


def _unused(work: Unit, by_it: Any, what: str, viewer: str) -> None:
    seen = appraised(work.connection, select(Appraisal.paper).where(by_it), viewer=viewer)
    if seen:
        n = len(seen)
        times = "once" if n == 1 else f"{n:,} times"
        raise Refused(f"{what} was used {times} and stays: `realist appraisal scale edit` renames it.")
    if anything_hidden(work.connection):
        raise Refused(f"{what} stays while people work blind: whether somebody uses it cannot be told yet.")
