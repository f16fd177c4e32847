"""The log, newest first."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, func, select

from realist.store.tables import Act, Change, Person
from realist.store.tables.base import aliased
from realist.text import fold


def acts(
    connection: Connection,
    *,
    person: str = "",
    before: int = 0,
    limit: int = 30,
    words: str = "",
    intention: str = "",
) -> list[dict[str, Any]]:
    """Return acts by number, newest first: all or one person's, those before number *before*.

    With *words*, those whose intention, subject and reason together hold each of them, compared folded;
    with *intention*, those meant exactly so.
    """
    undo, again = aliased(Act), aliased(Act)
    redone = select(again.uid).where(again.undoes == undo.uid)
    undone = select(undo.uid).where(undo.undoes == Act.uid, ~redone.exists())
    changes = select(func.count()).where(Change.act == Act.uid).scalar_subquery()
    statement = (
        select(
            Act.uid, Act.number, Act.at, Person.initials.label("person"), Act.intention, Act.subject,
            Act.reason, Act.undoes, undone.exists().label("undone"), changes.label("changes"),
        )
        .join(Person, Person.uid == Act.person)
        .order_by(Act.number.desc())
        .limit(limit)
    )  # fmt: skip
    if person:
        statement = statement.where(Act.person == person)
    if before:
        statement = statement.where(Act.number < before)
    if intention:
        statement = statement.where(Act.intention == intention)
    if not words.strip():
        return _rows(connection, statement)
    uids = _holding(connection, statement, fold(words).split(), limit)
    some = (uids[start : start + 500] for start in range(0, len(uids), 500))
    return [row for part in some for row in _rows(connection, statement.where(Act.uid.in_(part)))]


def _rows(connection: Connection, statement: Any) -> list[dict[str, Any]]:
    return [{**row, "undone": bool(row["undone"])} for row in connection.execute(statement).mappings()]


def _holding(connection: Connection, statement: Any, terms: list[str], limit: int) -> list[str]:
    """Return the newest *limit* acts of *statement* that hold all *terms*.

    Folded here and not by the database, which knows neither accents nor, in a file, case beyond ASCII.
    """
    if not terms:
        return []
    texts = statement.with_only_columns(Act.uid, Act.intention, Act.subject, Act.reason).limit(None)
    found: list[str] = []
    for uid, *said in connection.execute(texts):
        text = fold(" ".join(said))
        if all(term in text for term in terms):
            found.append(uid)
            if len(found) == limit:
                break
    return found


def intentions(connection: Connection) -> list[str]:
    """Return every intention that the log holds, by name."""
    return list(connection.execute(select(Act.intention).distinct().order_by(Act.intention)).scalars())


def changes(connection: Connection, act: str, *, limit: int | None = None) -> list[dict[str, Any]]:
    """Return what an act changed, row by row, before and after: all of it, or the first *limit* rows."""
    rows = connection.execute(
        select(Change.table_name, Change.row, Change.before, Change.after)
        .where(Change.act == act)
        .order_by(Change.position)
        .limit(limit)
    )
    return [
        {
            "table": row.table_name,
            "row": row.row,
            "before": json.loads(row.before) if row.before else None,
            "after": json.loads(row.after) if row.after else None,
        }
        for row in rows
    ]


def last_number(connection: Connection) -> int:
    """Return the number of the last act, 0 before the first: it grows with every change of the review."""
    return int(connection.execute(select(func.max(Act.number))).scalar() or 0)
