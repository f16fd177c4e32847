"""Drafts: what somebody typed and did not save yet. Kept outside the log, one for each person and place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from realist.store.engine import Store
from realist.store.tables import Draft
from realist.text import line

_LONGEST = 200


class Kept(NamedTuple):
    """A draft: where it was typed, the values by field, and when."""

    place: str
    values: dict[str, str]
    at: datetime


def keep_draft(store: Store, initials: str, place: str, values: Mapping[str, str]) -> None:
    """Keep what *initials* typed at a place, instead of what was kept there before."""
    with store.write() as connection:
        _take_out(connection, initials, place)
        row = {"initials": line(initials), "place": place[:_LONGEST], "at": store.clock()}
        connection.execute(
            insert(Draft.__table__), {**row, "body": json.dumps(dict(values), ensure_ascii=False)}
        )


def drop_draft(store: Store, initials: str, place: str) -> None:
    """Forget what was typed at a place: it was saved, or thrown away."""
    with store.write() as connection:
        _take_out(connection, initials, place)


def _take_out(connection: Connection, initials: str, place: str) -> None:
    connection.execute(
        delete(Draft.__table__).where(Draft.initials == line(initials), Draft.place == place[:_LONGEST])
    )


def drafts(connection: Connection, initials: str, place: str | None = None) -> list[Kept]:
    """Return the drafts of a person, of all places or of one, the latest first; nobody sees another's."""
    statement = select(Draft.place, Draft.body, Draft.at).where(Draft.initials == line(initials))
    if place is not None:
        statement = statement.where(Draft.place == place[:_LONGEST])
    rows = connection.execute(statement.order_by(Draft.at.desc(), Draft.place)).all()
    return [Kept(row.place, _values(row.body), row.at) for row in rows]


def _values(body: str) -> dict[str, str]:
    try:
        found = json.loads(body)
    except ValueError:
        return {"text": body}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {"text": str(found)}
