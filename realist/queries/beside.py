"""What stands beside the data of a review: memos on anything, and the consultations there were."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from realist.store.tables import Consultation, Memo, Person

Rows = list[dict[str, Any]]


def memos(connection: Connection, kind: str, uid: str) -> Rows:
    """Return the memos on one thing of *kind* (a table), oldest first: uid, text, by, at."""
    rows = connection.execute(
        select(Memo.uid, Memo.text, Person.initials.label("by"), Memo.at)
        .join(Person, Person.uid == Memo.person)
        .where(Memo.subject_table == kind, Memo.subject == uid)
        .order_by(Memo.at, Memo.uid)
    )
    return [dict(row) for row in rows.mappings()]


def consultations(connection: Connection) -> Rows:
    """Return the consultations in the order of the review: uid, name, kind, mode, held, who."""
    of = Consultation
    rows = connection.execute(
        select(of.uid, of.name, of.kind, of.mode, of.held, of.who).order_by(of.position, of.uid)
    )
    return [dict(row) for row in rows.mappings()]
