"""Moves as they were made, what moved them, and what the things in them are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Text, cast, select

from realist.queries.called import LONGEST, called
from realist.queries.extractions import hidden_things
from realist.queries.naming_things import Thing
from realist.store.tables import (
    Evidence,
    Excerpt,
    Feedback,
    Memo,
    Move,
    MoveItem,
    Person,
    Theory,
    TheoryVersion,
)
from realist.text import shorten

_FEW = 500
_WORDS: dict[str, tuple[Any, Any]] = {
    "excerpt": (Excerpt, Excerpt.quotation),
    "evidence": (Evidence, Evidence.claim),
    "feedback": (Feedback, Feedback.words),
    "memo": (Memo, Memo.text),
}
"""The tables whose rows are called by their words."""


class Item(NamedTuple):
    """A thing in a move: its role (a MoveRole), table, uid and what it is called now."""

    role: str
    table: str
    uid: str
    name: str


class Moved(NamedTuple):
    """A move: ``kind`` is a MoveKind, ``result`` what came of it in words."""

    uid: str
    number: int
    kind: str
    reason: str
    result: str
    by: str
    at: datetime
    items: tuple[Item, ...]

    def of(self, role: str) -> list[Item]:
        """Return the things that have a role in it, in order."""
        return [item for item in self.items if item.role == role]


def moves(
    connection: Connection, *, about: str = "", kinds: Collection[str] = (), viewer: str = ""
) -> list[Moved]:
    """Return the moves in the order in which they were made: all, those of *kinds*, those that name *about*.

    *about* is the uid of a thing. A move that names something that *viewer* may not see yet is not there.
    """
    of = Move
    statement = (
        select(of.uid, of.number, of.kind, of.reason, of.result, Person.initials.label("by"), of.at)
        .join(Person, Person.uid == of.person)
        .order_by(of.number)
    )
    if about:
        statement = statement.where(of.uid.in_(select(MoveItem.move).where(MoveItem.subject == about)))
    if kinds:
        statement = statement.where(of.kind.in_([str(kind) for kind in kinds]))
    rows = connection.execute(statement).all()
    items = _items(connection, [row.uid for row in rows])
    names = names_of(
        connection, {Thing(row.subject_table, row.subject) for some in items.values() for row in some}
    )
    hidden = hidden_things(connection, viewer=viewer)
    return [
        Moved(*row, tuple(_item(one, names) for one in items[row.uid]))
        for row in rows
        if not any(one.subject in hidden for one in items[row.uid])
    ]


def _item(row: Any, names: dict[Thing, str]) -> Item:
    thing = Thing(row.subject_table, row.subject)
    return Item(row.role, *thing, names.get(thing, ""))


def _items(connection: Connection, uids: list[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    of = MoveItem
    for start in range(0, len(uids), _FEW):
        rows = select(of.move, of.role, of.subject_table, of.subject).where(
            of.move.in_(uids[start : start + _FEW])
        )
        for row in connection.execute(rows.order_by(of.move, of.position)):
            found[row.move].append(row)
    return found


def names_of(connection: Connection, things: Collection[Thing]) -> dict[Thing, str]:
    """Return what each of *things* is called now, at most 80 characters; one without a name by its words.

    Says nothing of who may see what: ask only of things that who looks may see.
    """
    by_table: dict[str, list[str]] = defaultdict(list)
    for thing in sorted(things):
        by_table[thing.table].append(thing.uid)
    found: dict[Thing, str] = {}
    for table, uids in by_table.items():
        for start in range(0, len(uids), _FEW):
            some = uids[start : start + _FEW]
            found |= {Thing(table, uid): name for uid, name in _named(connection, table, some).items()}
    return found


def _named(connection: Connection, table: str, uids: list[str]) -> dict[str, str]:
    if table in _WORDS:
        of, words = _WORDS[table]
        rows = connection.execute(select(of.uid, words).where(of.uid.in_(uids)))
        return {uid: shorten(text, LONGEST) for uid, text in rows}
    if table == "theory_version":
        version = TheoryVersion
        name = Theory.name + " v" + cast(version.number, Text)
        rows = connection.execute(
            select(version.uid, name).join(Theory, Theory.uid == version.theory).where(version.uid.in_(uids))
        )
        return {uid: shorten(text, LONGEST) for uid, text in rows}
    if table == "move":
        rows = connection.execute(select(Move.uid, Move.kind, Move.number).where(Move.uid.in_(uids)))
        return {uid: f"{kind} #{number}" for uid, kind, number in rows}
    return called(connection, uids)
