"""The log, and taking back what was done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from realist.errors import Refused
from realist.queries import log, review, undoing
from realist.queries.called import called
from realist.services import history
from realist.text import line, shorten

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.queries.undoing import Preview
    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

Acts = list[dict[str, Any]]
PAGE = 300
SHOWN = 200
"""How many rows of an act are shown."""
_BY = re.compile(r"(?:^|\s)by:(\S*)")
_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


@dataclass(frozen=True, slots=True)
class Found:
    """Acts, newest first; whether older ones may fit too; what was not understood of the filter, or ""."""

    acts: Acts
    more: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """The first rows that an act changed, and the names of what they refer to, by uid."""

    act: dict[str, Any]
    rows: list[dict[str, Any]]
    names: dict[str, str]


def undo(desk: Desk, act: str = "") -> str:
    """Take back an act by its number, by default the person's last one; return what it was."""
    return history.undo(desk, act)


def redo(desk: Desk, act: str = "") -> str:
    """Do again what an undo took back, by its number, by default the person's last; return what it was."""
    return history.redo(desk, act)


def acts(gate: Gateway, *, before: int = 0, limit: int = PAGE, wanted: str = "", mine: bool = False) -> Found:
    """Return acts, newest first, those before number *before* where it is given.

    *wanted* holds words, each of which must stand in the act, and perhaps ``by:AB``; with *mine*, only acts
    of the person at the keyboard.
    """
    by = _BY.findall(wanted)
    initials = gate.person if mine else by[-1] if by else ""
    words = _BY.sub(" ", wanted)

    def query(connection: Connection) -> Found:
        known = {row["initials"].casefold(): row["uid"] for row in review.people(connection)}
        person = known.get(line(initials).casefold(), "")
        if not person and (initials or mine):
            return Found(
                [], False, "nothing of yours yet" if mine else f"nobody here is {shorten(initials, 12)}"
            )
        rows = log.acts(
            connection, person=person, before=before, limit=limit + 1, words=words, viewer=gate.person
        )
        return Found(rows[:limit], len(rows) > limit)

    return gate.read(query)


def changes(gate: Gateway, act: dict[str, Any]) -> Changes:
    """Return what an act changed."""

    def query(connection: Connection) -> Changes:
        rows = log.changes(connection, str(act["uid"]), limit=SHOWN, viewer=gate.person)
        values = [
            value for row in rows for side in ("before", "after") for value in (row[side] or {}).values()
        ]
        uids = {value for value in values if isinstance(value, str) and _UID.match(value)}
        return Changes(act, rows, called(connection, uids))

    return gate.read(query)


def will_undo(gate: Gateway, number: int) -> Preview:
    """Return what undoing an act would do. Raises Refused where it is undone already."""
    found = gate.read(lambda connection: undoing.will_undo(connection, gate.person, str(number)))
    if found is None:
        raise Refused(f"There is nothing in act {number} to undo.")
    return found


def will_redo(gate: Gateway, number: int) -> Preview:
    """Return what redoing the undo with *number* would do. Raises Refused where it is no undo that holds."""
    found = gate.read(lambda connection: undoing.will_redo(connection, gate.person, str(number)))
    if found is None:
        raise Refused(f"There is nothing in act {number} to redo.")
    return found
