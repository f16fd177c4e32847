"""Milestones: moments of the review that people named, to look at it as it was then."""

from __future__ import annotations

from sqlalchemy import select

from realist.domain.moments import read_moment
from realist.errors import Refused
from realist.queries.naming import resolve
from realist.services.history import use_of
from realist.services.unit import Desk
from realist.store.tables import Act, Milestone, table_of
from realist.text import line, paragraphs, shorten


def add_milestone(desk: Desk, name: str, *, at: str = "", note: str = "") -> str:
    """Name a moment; return its uid. Without *at*, it is now.

    *at* is a date (its end is meant, as :func:`realist.domain.moments.read_moment` reads it) or ``#12``, the
    moment of that act.
    """
    name = line(name)
    with desk.unit("add milestone", name) as work:
        if not name or name.startswith("#") or read_moment(name):
            raise Refused("A milestone needs a name that is neither a date nor begins with #.")
        if work.connection.execute(select(Milestone.uid).where(Milestone.name == name)).first():
            raise Refused(f"There is already a milestone {shorten(name, 60)!r} in this review.")
        moment = work.at
        if line(at).startswith("#"):
            digits = line(at)[1:]
            number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else -1
            found = work.connection.execute(select(Act.at).where(Act.number == number)).scalar()
            if found is None:
                raise Refused(f"There is no act {shorten(at, 30)} in the log: `realist log` lists them.")
            moment = found
        elif line(at):
            read = read_moment(at)
            if read is None:
                raise Refused(
                    f"{shorten(at, 60)!r} is no moment: give a date such as 2025-03-14, or an act like #12."
                )
            moment = read
        return work.add(Milestone(name=name, moment=moment, note=paragraphs(note))).uid


def drop_milestone(desk: Desk, name: str, *, reason: str = "") -> str:
    """Take a milestone out; the log keeps it. Return its uid."""
    with desk.unit("drop milestone", name, reason=reason) as work:
        uid = resolve(work.connection, "milestone", name)
        if used := use_of(work, table_of(Milestone), Milestone.uid == uid, set()):
            raise Refused(f"Nothing was changed: {used}. Take that back first.")
        work.remove(Milestone, uid)
        return uid
