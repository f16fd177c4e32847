"""Memos on anything, and what each is on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from realist.queries.naming_things import Thing
from realist.queries.seen import noted
from realist.queries.things import kind_of, told
from realist.store.tables import Memo, Person
from realist.text import fold


def memos(
    connection: Connection, *, on: Thing | None = None, table: str = "", words: str = "", viewer: str = ""
) -> list[dict[str, Any]]:
    """Return memos that *viewer* may see, by time: all, those on one thing, those on things of a table.

    With *words*, those that hold each of them, compared folded. Each: uid, ``kind`` and ``of`` (what it is
    on, ``of`` "" for what is gone), ``subject_table`` and ``subject``, text, by, at.
    """
    written = (
        select(
            Memo.subject, Memo.uid, Memo.subject_table, Memo.text, Person.initials.label("by"), Memo.at
        )
        .join(Person, Person.uid == Memo.person)
        .order_by(Memo.at, Memo.uid)
    )  # fmt: skip
    if on is not None:
        written = written.where(Memo.subject_table == on.table, Memo.subject == on.uid)
    if table:
        written = written.where(Memo.subject_table == table)
    wanted = fold(words).split()
    found = [
        row
        for row in noted(connection, written, viewer=viewer)
        if all(word in fold(row[3]) for word in wanted)
    ]
    names = told(connection, [Thing(row[2], row[0]) for row in found], viewer=viewer)
    rows = []
    for subject, uid, of_table, text, by, at in found:
        called = names.get(Thing(of_table, subject))
        rows.append(
            {
                "uid": uid, "kind": kind_of(of_table), "of": called.name if called else "",
                "subject_table": of_table, "subject": subject, "text": text, "by": by, "at": at,
            }
        )  # fmt: skip
    return rows
