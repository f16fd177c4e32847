"""Named moments of the review, and which moment a person means: a milestone, a date, an act."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from realist.domain.moments import read_moment
from realist.errors import NotFound
from realist.store.tables import Act, Milestone, Person
from realist.text import fold, line, shorten


class Moment(NamedTuple):
    """A moment of the review: the ``act`` (number) after which it is meant, and what it is called."""

    act: int
    called: str


def milestones(connection: Connection) -> list[dict[str, Any]]:
    """Return the milestones in the order of time: uid, name, moment, note, by, at, act (the last then)."""
    of = Milestone
    last = select(func.max(Act.number)).where(Act.at <= of.moment).scalar_subquery()
    rows = connection.execute(
        select(of.uid, of.name, of.moment, of.note, Person.initials.label("by"), of.at, last.label("act"))
        .join(Person, Person.uid == of.person)
        .order_by(of.moment, of.at, of.uid)
    ).mappings()
    return [{**row, "act": int(row["act"] or 0)} for row in rows]


def moment_said(connection: Connection, said: str) -> Moment:
    """Return the moment that *said* means: ``#12`` (after act 12), the name of a milestone, or a date.

    A date means its end: of the day, the month, the year. Raises NotFound where it is none of these, or
    before the first act.
    """
    wanted = line(said)
    if wanted.startswith("#"):
        return _after_act(connection, wanted)
    known = milestones(connection)
    for same in (lambda name: name == wanted, lambda name: fold(name) == fold(wanted)):
        if found := next((row for row in known if same(row["name"])), None):
            return _at(connection, found["moment"], f"milestone {found['name']}")
    moment = read_moment(wanted)
    if moment is None:
        names = ", ".join(shorten(row["name"], 30) for row in known[:8]) or "none yet"
        raise NotFound(
            f"{shorten(wanted, 60)!r} is no moment of this review: give a date such as 2025-03-14, an act"
            f" such as #12, or a milestone. Its milestones: {names}."
        )
    return _at(connection, moment, f"{moment:%Y-%m-%d %H:%M} UTC")


def _after_act(connection: Connection, wanted: str) -> Moment:
    digits = wanted[1:]
    number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else -1
    row = connection.execute(select(Act.number, Act.at).where(Act.number == number)).first()
    if row is None:
        raise NotFound(f"There is no act {shorten(wanted, 30)} in the log: `realist log` lists them.")
    return Moment(row.number, f"{row.at:%Y-%m-%d %H:%M} UTC")


def _at(connection: Connection, moment: datetime, called: str) -> Moment:
    number = connection.execute(select(func.max(Act.number)).where(Act.at <= moment)).scalar()
    if number is None:
        first = connection.execute(select(func.min(Act.at))).scalar_one()
        raise NotFound(f"The review had not begun then: its first act is of {first:%Y-%m-%d %H:%M} UTC.")
    return Moment(int(number), called)
