"""How the review departed from its plan: what people recorded, and what the log shows beside."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from realist.queries import log
from realist.queries.sets import labels
from realist.store.tables import Change, Decision, Entry, Person, ProcessChange, Round, Stage
from realist.vocabulary import Door

Rows = list[dict[str, Any]]


class Changed(NamedTuple):
    """What was changed: ``recorded`` by people, and what the log shows, each in the order of time.

    ``questions`` are earlier wordings of the review question and ``criteria`` earlier ones of rounds in which
    people had decided, each with the act that ended it; ``reopened`` are papers brought back into a round,
    ``late`` rounds that were added after people had begun to decide.
    """

    recorded: Rows
    questions: Rows
    criteria: Rows
    reopened: Rows
    late: Rows


def changed(connection: Connection, *, viewer: str = "") -> Changed:
    """Return how the review departed from its plan."""
    return Changed(
        _recorded(connection),
        _questions(connection, viewer),
        _criteria(connection, viewer),
        _reopened(connection),
        _late(connection),
    )


def _recorded(connection: Connection) -> Rows:
    of = ProcessChange
    rows = connection.execute(
        select(of.uid, of.planned, of.instead, of.reason, of.happened, Person.initials.label("by"), of.at)
        .join(Person, Person.uid == of.person)
        .order_by(of.at, of.uid)
    )
    return [dict(row) for row in rows.mappings()]


def _edits(connection: Connection, table: str, column: str, viewer: str) -> Rows:
    """Return the acts that hold and that changed a column of rows of *table*: before, row, and of the act."""
    rows = connection.execute(
        select(Change.act, Change.row, Change.before, Change.after)
        .where(Change.table_name == table, Change.before.is_not(None), Change.after.is_not(None))
        .order_by(Change.act, Change.position)
    ).all()
    found: dict[str, tuple[str, str]] = {}
    for act, row, before, after in rows:
        was, now = json.loads(before or "{}").get(column), json.loads(after or "{}").get(column)
        if was != now and was:
            found[act] = (row, str(was))
    acts = _holding(connection, list(found), viewer)
    return [
        {
            "row": found[act["uid"]][0], "before": found[act["uid"]][1], "act": act["number"],
            "by": act["person"], "at": act["at"], "reason": act["reason"],
        }
        for act in acts
    ]  # fmt: skip


def _holding(connection: Connection, uids: Collection[str], viewer: str) -> Rows:
    acts = log.acts(connection, uids=list(uids), limit=None, viewer=viewer)
    return [act for act in reversed(acts) if not act["undone"] and not act["undoes"]]


def _questions(connection: Connection, viewer: str) -> Rows:
    rows = _edits(connection, "review", "question", viewer)
    return [{"question": row.pop("before"), **{key: row[key] for key in row if key != "row"}} for row in rows]


def _criteria(connection: Connection, viewer: str) -> Rows:
    first = _first_decisions(connection)
    names = {uid: name for uid, name in connection.execute(select(Round.uid, Round.name))}  # noqa: C416
    found = []
    for row in _edits(connection, "round", "criteria", viewer):
        began = first.get(row["row"])
        if row["row"] in names and began is not None and began < row["at"]:
            about = {key: row[key] for key in ("act", "by", "at", "reason")}
            found.append({"round": names[row["row"]], "criteria": row["before"], **about})
    return found


def _first_decisions(connection: Connection) -> dict[str, datetime]:
    """Return by round when somebody first decided in it; never what."""
    rows = select(Entry.round, func.min(Decision.at)).join(Entry, Entry.uid == Decision.entry)
    return {round_: at for round_, at in connection.execute(rows.group_by(Entry.round))}  # noqa: C416


def _reopened(connection: Connection) -> Rows:
    rows = connection.execute(
        select(Entry.paper, Round.name.label("round"), Entry.why, Person.initials.label("by"), Entry.at)
        .join(Round, Round.uid == Entry.round)
        .join(Person, Person.uid == Entry.person)
        .where(Entry.door == Door.BROUGHT_BACK)
        .order_by(Entry.at, Entry.uid)
    ).mappings()
    found = [dict(row) for row in rows]
    names = labels(connection, list({row["paper"] for row in found}))
    return [{**row, "label": names[row["paper"]]} for row in found]


def _late(connection: Connection) -> Rows:
    began = min(_first_decisions(connection).values(), default=None)
    if began is None:
        return []
    rows = connection.execute(
        select(
            Round.uid, Round.name.label("round"), Stage.name.label("stage"), Stage.purpose,
            Person.initials.label("by"), Round.at,
        )
        .join(Stage, Stage.uid == Round.stage)
        .join(Person, Person.uid == Round.person)
        .where(Round.at > began)
        .order_by(Round.at, Round.uid)
    ).mappings()  # fmt: skip
    return [dict(row) for row in rows]
