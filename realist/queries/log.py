"""The log, newest first."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from realist.store.tables import Act, Change, Person


def acts(
    connection: Connection, *, person: str = "", before: int = 0, limit: int = 30
) -> list[dict[str, Any]]:
    """Return acts by number, newest first: all or one person's, those before number *before*."""
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
    return [{**row, "undone": bool(row["undone"])} for row in connection.execute(statement).mappings()]


def changes(connection: Connection, act: str) -> list[dict[str, Any]]:
    """Return what an act changed, row by row, before and after."""
    rows = connection.execute(
        select(Change.table_name, Change.row, Change.before, Change.after)
        .where(Change.act == act)
        .order_by(Change.position)
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
