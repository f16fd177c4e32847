"""What stands beside the data of a review: memos on anything, and the consultations there were."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from realist.queries.seen import noted
from realist.store.tables import Consultation, Memo, Person

Rows = list[dict[str, Any]]


def memos(connection: Connection, kind: str, *uids: str, viewer: str = "") -> Rows:
    """Return the memos on things of *kind* (a table) that *viewer* may see: uid, on, text, by, at."""
    written = (
        select(Memo.subject, Memo.uid, Memo.text, Person.initials, Memo.at)
        .join(Person, Person.uid == Memo.person)
        .where(Memo.subject_table == kind, Memo.subject.in_(uids))
        .order_by(Memo.at, Memo.uid)
    )
    found = noted(connection, written, viewer=viewer)
    return [{"uid": uid, "on": on, "text": text, "by": by, "at": at} for on, uid, text, by, at in found]


def consultations(connection: Connection) -> Rows:
    """Return the consultations in the order of the review: uid, name, kind, mode, held, who."""
    of = Consultation
    rows = connection.execute(
        select(of.uid, of.name, of.kind, of.mode, of.held, of.who).order_by(of.position, of.uid)
    )
    return [dict(row) for row in rows.mappings()]
