"""Which act the next undo or redo reverses, and what that would do, without doing it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, select

from realist.errors import NotFound, Refused
from realist.queries.blind import person_of, secret_rounds
from realist.queries.shown import Shown, bare, shown
from realist.store.tables import Act, Change, Import, Paper, Person, Record, table_of
from realist.store.tables.base import aliased
from realist.text import line, shorten

SHOWN = 50
"""How many rows a preview names."""
_NAMES = (
    "name", "label", "title", "initials", "text", "claim", "words", "quotation", "description", "printed",
    "planned", "question", "fate", "verdict", "result", "field", "file", "kind",
)  # fmt: skip
_SIGNED = ("uid", "person", "at")


@dataclass(frozen=True, slots=True)
class Preview:
    """What an undo or redo would do.

    ``number``, ``at``, ``person`` (initials), ``intention`` and ``subject`` are of the act that it reverses:
    for a redo that is the undo. ``sentence`` says it for a person. ``rows`` are (verb, table, what): *adds*,
    *changes* or *removes*, the first 50 in the order in which they happen; ``count`` counts all.
    """

    number: int
    at: datetime
    person: str
    intention: str
    subject: str
    sentence: str
    rows: tuple[tuple[str, str, str], ...]
    count: int


def will_undo(connection: Connection, initials: str, act: str = "") -> Preview | None:
    """Return what `undo` would do for the person with *initials*: the last act, or the one named; or None.

    Raises NotFound and Refused as undo does for an act that is not there, undone already, or another's and
    not to be seen yet. Whether something was built on the act since is found out only by undoing.
    """
    target = undo_target(connection, person_of(connection, initials), act)
    return None if target is None else _preview(connection, target, initials)


def will_redo(connection: Connection, initials: str, act: str = "") -> Preview | None:
    """Return what `redo` would do for the person with *initials*, or None; see :func:`will_undo`."""
    target = redo_target(connection, person_of(connection, initials), act)
    return None if target is None else _preview(connection, target, initials)


def undo_target(connection: Connection, person: str, act: str = "") -> Act | None:
    """Return the act that an undo reverses: the one named, else the last of *person*; None without any."""
    found = _named(connection, act) if act else _last(connection, person, redo=False)
    target = None if found is None else _done_again(connection, found)
    return None if target is None else _still_done(connection, person, target)


def redo_target(connection: Connection, person: str, act: str = "") -> Act | None:
    """Return the undo that a redo reverses: the one named, else the last of *person*; None without any."""
    found = _named(connection, act) if act else _last(connection, person, redo=True)
    target = None if found is None else _done_again(connection, found)
    return None if target is None or target.undoes is None else _still_done(connection, person, target)


def undone(act: Any) -> ColumnElement[bool]:
    """Whether an act is reversed now: by an undo that was not itself reversed."""
    first, second = aliased(Act), aliased(Act)
    again = exists().where(second.undoes == first.uid)
    return exists().where(first.undoes == act.uid, ~again)


def phrase(act: Act) -> str:
    """Return what an act did, as the log keeps it; of an undo or redo, what the act did that it is about."""
    return act.subject if act.undoes else f"{bare(act.intention)} {act.subject}".strip()


def said(connection: Connection, act: Act, *, viewer: str = "") -> str:
    """Return what an act did, as it is shown to *viewer*: of a decision, with its verdict."""
    return _said(act, _shown(connection, act, viewer))


def _said(act: Act, words: Shown) -> str:
    return words.subject if act.undoes else f"{words.intention} {words.subject}".strip()


def _shown(connection: Connection, act: Act, viewer: str) -> Shown:
    values = {name: getattr(act, name) for name in ("uid", "at", "intention", "subject", "reason", "undoes")}
    return shown(connection, [{**values, "who": act.person}], viewer=viewer)[act.uid]


def _last(connection: Connection, person: str, *, redo: bool) -> Act | None:
    """The person's last act that can be undone; or their last undo, if they did nothing else since."""
    mine = select(Act).where(Act.person == person, ~undone(Act)).order_by(Act.number.desc()).limit(1)
    if not redo:
        joined = exists().where(Change.act == Act.uid, Change.row == person, Change.before.is_(None))
        return _act(connection, mine.where(Act.undoes.is_(None), ~joined))
    found = _act(connection, mine.where(Act.intention == "undo"))
    if found is None:
        return None
    later = select(Act.number).where(Act.person == person, Act.undoes.is_(None), Act.number > found.number)
    return None if connection.execute(later.limit(1)).first() else found


def _named(connection: Connection, name: str) -> Act:
    wanted = line(name).removeprefix("#")
    which = Act.number == int(wanted) if wanted.isdecimal() and len(wanted) < 10 else Act.uid == wanted
    found = _act(connection, select(Act).where(which))
    if found is None:
        raise NotFound(f"There is no act {name} in the log: `realist log` lists them.")
    return found


def _act(connection: Connection, statement: Any) -> Act | None:
    row = connection.execute(statement.with_only_columns(*table_of(Act).columns)).mappings().first()
    return Act(**row) if row else None


def _done_again(connection: Connection, target: Act) -> Act:
    """Return the act that a redo did again, or *target* where it is no redo: undoing either is the same."""
    if target.undoes is None:
        return target
    of_undo = _named(connection, target.undoes)
    return target if of_undo.undoes is None else _named(connection, of_undo.undoes)


def _still_done(connection: Connection, person: str, target: Act) -> Act:
    """Return *target*, refusing one that is undone already, or not to be seen yet by *person* (a uid)."""
    if target.person != person:
        _refuse_hidden(connection, person, target)
    act = aliased(Act)
    if connection.execute(select(exists().where(act.uid == target.uid, undone(act)))).scalar():
        raise Refused(f"Act {target.number} ({phrase(target)}) is already undone.")
    return target


def _refuse_hidden(connection: Connection, person: str, target: Act) -> None:
    initials = dict(connection.execute(select(Person.uid, Person.initials)).all())
    if _shown(connection, target, initials.get(person, "")).unseen:
        by = initials[target.person]
        while_ = "its round is blind" if secret_rounds(connection) else "its paper is extracted independently"
        raise Refused(
            f"Act {target.number} is by {by} and not to be seen while {while_}: only {by} can reverse it."
        )


def _preview(connection: Connection, target: Act, viewer: str) -> Preview:
    words = _shown(connection, target, viewer)
    told = (Change.act == target.uid, Change.row.not_in(words.apart))
    of_act = select(Change.table_name, Change.before, Change.after).where(*told)
    some = connection.execute(of_act.order_by(Change.position.desc()).limit(SHOWN)).all()
    count = select(func.count()).where(*told)
    rows = [_reversed(row.table_name, row.before, row.after) for row in some]
    brought = [row for file in _imports(some) for row in _brought(connection, file)]
    initials = connection.execute(select(Person.initials).where(Person.uid == target.person)).scalar_one()
    by = f"act {target.number}, {initials}, {target.at:%Y-%m-%d %H:%M}"
    what = _said(target, words)
    return Preview(
        number=target.number,
        at=target.at,
        person=initials,
        intention=words.intention,
        subject=words.subject,
        sentence=f"Redo {what} (undone by {by})." if target.undoes else f"Undo {what} ({by}).",
        rows=(*rows, *((verb, table, f"{n:,}") for verb, table, n in brought))[:SHOWN],
        count=int(connection.execute(count).scalar_one()) + sum(n for _, _, n in brought),
    )


def _reversed(table: str, before: str | None, after: str | None) -> tuple[str, str, str]:
    """Return what reversing a change does: (verb, table, what the row is called and what changes of it)."""
    old: dict[str, Any] = json.loads(before) if before else {}
    new: dict[str, Any] = json.loads(after) if after else {}
    row = new or old
    number = f"#{row['number']}" if row.get("number") else str(row["uid"])
    name = shorten(next((str(row[name]) for name in _NAMES if row.get(name)), number), 60)
    if not before:
        return "removes", table, name
    if not after:
        return "adds", table, name
    changed = [key for key in old if old[key] != new.get(key) and key not in _SIGNED]
    return "changes", table, f"{name}: {', '.join(changed)}"


def _imports(changes: Any) -> list[str]:
    """Return the imports that reversing takes out: the log names them and not what they brought."""
    added = (row for row in changes if row.table_name == Import.__tablename__ and not row.before)
    return [json.loads(row.after)["uid"] for row in added]


def _brought(connection: Connection, file: str) -> list[tuple[str, str, int]]:
    found = []
    for table, column in (("record", Record.import_), ("paper", Paper.import_)):
        n = connection.execute(select(func.count()).where(column == file)).scalar_one()
        found.append(("removes", table, int(n)))
    return found
