"""The unit of work: one intention of one person, journaled and committed whole. Nothing else commits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    DefaultClause,
    Insert,
    RowMapping,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    true,
    update,
)

from realist.errors import NoPerson, NotFound, Refused
from realist.queries.called import called
from realist.store import search
from realist.store.engine import REVISION, Store
from realist.store.tables import Act, Base, Change, Person, Row, table_of
from realist.store.tables.base import Utc, stamp
from realist.text import line

LONGEST_INITIALS = 12
_UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LARGEST_COUNT = 2**31 - 1
AT_ONCE = 500
"""So many rows are named in a statement that reads or takes out many."""
R = TypeVar("R", bound=Row)
Values = Mapping[str, Any] | RowMapping


def count_of(value: int | None, what: str) -> int | None:
    """Return a count that both databases can keep; None is unknown and stays so."""
    if value is not None and not 0 <= value <= LARGEST_COUNT:
        raise Refused(f"{what} cannot be {value:,}: a count goes from 0 to {LARGEST_COUNT:,}.")
    return value


def image(row: Values) -> str:
    """Return a row, by column names, as the JSON text that the log keeps."""
    return json.dumps({name: _plain(value) for name, value in row.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    return str(value) if isinstance(value, str) else value


def values_of(table: Table, stored: str) -> dict[str, Any]:
    """Return the column values that an image of a row of *table* holds, as the database takes them.

    Columns that came after the image was kept have what the upgrade gave them.
    """
    later = {column.name: _upgraded(column) for column in table.columns}
    row: dict[str, Any] = {**later, **json.loads(stored)}
    for name, value in row.items():
        if value is not None and isinstance(table.c[name].type, Utc):
            row[name] = datetime.fromisoformat(value)
    return row


def _upgraded(column: Column[Any]) -> Any:
    """Return what the upgrade that added a column put into the rows that were there."""
    default = column.server_default
    if isinstance(default, DefaultClause):
        words = str(getattr(default.arg, "text", default.arg))
        return words[1:-1] if words.startswith("'") else json.loads(words)
    return None if column.nullable else ""


@cache
def _insert(table: Table) -> Insert:
    """Return the statement that inserts into a table: what it comes to is then found out once."""
    return insert(table)


def columns(row: Base) -> dict[str, Any]:
    """Return a row object as values by column name."""
    return {name: getattr(row, attribute) for attribute, name in row.names.items()}


@dataclass(slots=True)
class Unit:
    """A step under way, after the act with number *last*: writes rows and remembers what each was before."""

    store: Store
    connection: Connection
    act: Act
    person: str
    at: datetime
    notes: list[str]
    last: int
    initials: str = ""
    changes: list[dict[str, Any]] = field(default_factory=list)
    touched: set[tuple[str, str]] = field(default_factory=set)

    def add(self, row: R, *, by: str = "", at: datetime | None = None) -> R:
        """Add a row: give it a uid unless it brings one, its author and its time; return it.

        *by* (uid) and *at* are of who made it elsewhere, and when; else it is the person at the desk, now.
        """
        if row.uid:
            self._free(type(row), row.uid)
        row.uid = row.uid or self.store.uids()
        row.person, row.at = by or self.person, at or self.at
        values = columns(row)
        self.connection.execute(_insert(table_of(type(row))), values)
        self.log(table_of(type(row)).name, row.uid, None, values)
        self._touch(type(row), values)
        return row

    def add_all(self, rows: Sequence[R]) -> None:
        """Add rows of one table that bring no uid, many at once; their author and time as for one."""
        made = []
        for row in rows:
            row.uid, row.person, row.at = self.store.uids(), self.person, self.at
            made.append(columns(row))
        if made:
            self.connection.execute(insert(table_of(type(rows[0]))), made)
        for row, values in zip(rows, made, strict=True):
            self.log(row.__tablename__, row.uid, None, values)
            self._touch(type(row), values)

    def _free(self, table: type[Row], uid: str) -> None:
        """Refuse a uid that came from outside and is in use."""
        of = table_of(table)
        if self.connection.execute(select(of.c.uid).where(of.c.uid == uid)).first():
            what = of.name.replace("_", " ")
            raise Refused(f"The {what} {uid} is in this review already. Nothing was written.")

    def change(self, table: type[Row], uid: str, **values: Any) -> bool:
        """Change columns of a row; return whether anything differed."""
        named = {table.names[key]: value for key, value in values.items()}
        before = self.row(table, uid)
        changed = {name: value for name, value in named.items() if before[name] != value}
        if not changed:
            return False
        self._update(table, uid, changed)
        self.log(table_of(table).name, uid, before, {**before, **changed})
        self._touch(table, before)
        return True

    def _update(self, table: type[Row], uid: str, values: dict[str, Any]) -> None:
        of = table_of(table)
        self.connection.execute(update(of).where(of.c.uid == uid).values(values))

    def remove(self, table: type[Row], uid: str) -> None:
        """Take a row out; the log keeps it."""
        before = self.row(table, uid)
        of = table_of(table)
        self.connection.execute(delete(of).where(of.c.uid == uid))
        self.log(of.name, uid, before, None)
        self._touch(table, before)

    def take_out(self, table: type[Row], rows: Sequence[Values]) -> None:
        """Take rows out that were read in this step, in their order, many at once; the log keeps them."""
        of = table_of(table)
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            self.connection.execute(delete(of).where(of.c.uid.in_([row["uid"] for row in some])))
            for row in some:
                self.log(of.name, row["uid"], row, None)
                self._touch(table, row)

    def row(self, table: type[Row], uid: str) -> dict[str, Any]:
        """Return the values of a row by column name."""
        of = table_of(table)
        found = self.connection.execute(select(of).where(of.c.uid == uid)).mappings().first()
        if found is None:
            raise NotFound(f"There is no {of.name} with the uid {uid} in this review.")
        return dict(found)

    def log(self, table: str, uid: str, before: Values | None, after: Values | None) -> None:
        """Note that a row changed from *before* to *after*."""
        self.changes.append(
            {
                "act": self.act.uid,
                "position": len(self.changes) + 1,
                "table_name": table,
                "row": uid,
                "before": None if before is None else image(before),
                "after": None if after is None else image(after),
                "revision": REVISION,
            }
        )

    def number(self, table: type[Any]) -> int:
        """Return the next free short number of *table*."""
        top = self.connection.execute(select(func.max(table.number))).scalar()
        return int(top or 0) + 1

    def position(self, table: type[Any], *where: Any) -> int:
        """Return the next position among the rows of *table* that match *where*."""
        top = self.connection.execute(select(func.max(table.position)).where(*where)).scalar()
        return int(top or 0) + 1

    def note(self, sentence: str) -> None:
        """Keep a sentence that the person should read when the step is done."""
        self.notes.append(sentence)

    def _touch(self, table: type[Row], values: Values) -> None:
        subject = search.subject_of(table, values)
        if subject:
            self.touched.add(subject)

    def touch(self, subjects: Iterable[tuple[str, str]]) -> None:
        """Have the index of *subjects* brought up to date with this step."""
        self.touched.update(subjects)

    def _named(self, subject: str) -> str:
        """Return *subject* with what things are called in place of uids by which a program named them."""
        uids = set(_UID.findall(subject))
        names = called(self.connection, uids) if uids else {}
        return line(_UID.sub(lambda found: names.get(found.group()) or found.group(), subject))

    def finish(self) -> None:
        """Journal the step and bring the index up to date, still inside the transaction."""
        if not self.changes:
            return
        self.act.subject = self._named(self.act.subject)
        write_act(self.connection, self.act, self.changes, self.last)
        search.refresh(self.connection, self.touched)


def write_act(connection: Connection, act: Act, changes: list[dict[str, Any]], last: int) -> None:
    """Write an act and its changes, numbered after the *last* act."""
    act.number = last + 1
    connection.execute(_insert(table_of(Act)), columns(act))
    if changes:
        connection.execute(_insert(table_of(Change)), changes)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is at the keyboard, on which review; what to tell them afterwards; the numbers of their acts."""

    store: Store
    initials: str
    notes: list[str] = field(default_factory=list)
    acts: list[int] = field(default_factory=list)

    @contextmanager
    def unit(
        self, intention: str, subject: str = "", *, reason: str = "", undoes: str | None = None
    ) -> Iterator[Unit]:
        """Open a unit of work: on leaving, log and commit; on an error, change nothing.

        A person who is new to the review is added first, as an act of their own, and that is noted.
        """
        notes: list[str] = []
        with self.store.write() as connection:
            clock = self.store.clock()
            person, at, last = begun(self.store, connection, self.initials, clock, notes)
            act = Act(
                uid=self.store.uids(), person=person, at=at, number=0, intention=intention,
                subject=line(subject), reason=line(reason), undoes=undoes,
            )  # fmt: skip
            work = Unit(self.store, connection, act, person, at, notes, last, line(self.initials))
            yield work
            work.finish()
        self.notes.extend(notes)
        if work.changes:
            self.acts.append(act.number)


_LAST = select(Act.at, Act.number).order_by(Act.number.desc()).limit(1).subquery()
_KNOWN = select(Person.uid, Person.active).where(Person.initials == bindparam("initials")).subquery()
_BEGINNING = select(_LAST.c.at, _LAST.c.number, _KNOWN.c.uid, _KNOWN.c.active).select_from(
    select(literal(1).label("one")).subquery().outerjoin(_LAST, true()).outerjoin(_KNOWN, true())
)
"""The last act and the person at the desk, in one statement: screening has few milliseconds a paper."""


def begun(
    store: Store, connection: Connection, initials: str, at: datetime, notes: list[str]
) -> tuple[str, datetime, int]:
    """Return who is at the desk (uid), when it is, and the number of the last act. Add who is new.

    Where the clock that says *at* runs behind, it is a moment after the last act: what is latest counts.
    """
    initials = initials_of(initials)
    if not initials:
        raise NoPerson(str(NoPerson.__doc__))
    found = connection.execute(_BEGINNING, {"initials": initials}).one()
    if found.at is not None and found.at >= at:
        at = found.at + timedelta(microseconds=1)
    last = found.number or 0
    if found.uid is None:
        return _join(store, connection, initials, at, last, notes), at, last + 1
    if not found.active:
        raise Refused(
            f"{initials} is deactivated in this review: `realist person activate {initials}` first."
        )
    return str(found.uid), at, last


def initials_of(text: str) -> str:
    """Return the initials in *text*, refusing what is too long for initials or holds a space."""
    initials = line(text)
    if len(initials) > LONGEST_INITIALS or " " in initials:
        raise NoPerson(
            f"{initials!r} are no initials: use at most {LONGEST_INITIALS} characters and no space."
        )
    return initials


def _join(
    store: Store, connection: Connection, initials: str, at: datetime, last: int, notes: list[str]
) -> str:
    """Add a person, by an act after the *last* one; return their uid."""
    uid = store.uids()
    row = Person(uid=uid, person=uid, at=at, initials=initials)
    connection.execute(insert(table_of(Person)), columns(row))
    act = Act(uid=store.uids(), person=uid, at=at, number=0, intention="add person", subject=initials)
    change = {"act": act.uid, "position": 1, "table_name": "person", "row": uid, "before": None}
    write_act(connection, act, [{**change, "after": image(columns(row)), "revision": REVISION}], last)
    notes.append(f"{initials} is new to this review and was added.")
    return uid
