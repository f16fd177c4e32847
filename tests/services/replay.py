"""The log read backwards: each change taken back has to lead to the state before it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from realist.store.engine import Store
from realist.store.tables import Act, Base, Change, table_of
from tests.services.dumps import LOG, Dump, stored

State = dict[str, dict[str, dict[str, Any]]]
JOURNALED = [
    table.name for table in Base.metadata.sorted_tables if "uid" in table.columns and table.name not in LOG
]
BROUGHT = ("import_problem", "record_raw", "record_text", "record", "paper")
"""What an import brings: its act logs the import and not each of these rows."""


def state_of(store: Store) -> State:
    """Return every journaled row by table and uid, as the database holds it."""
    with store.read() as connection:
        return {name: stored(connection, name) for name in JOURNALED}


def logged(connection: Connection, after: int = 0) -> list[Any]:
    """Return the changes of the acts after number *after*, in order, each with its act."""
    act, change = table_of(Act), table_of(Change)
    both = select(change, act.c.number, act.c.person, act.c.at).join(act, act.c.uid == change.c.act)
    order = (act.c.number, change.c.position)
    return list(connection.execute(both.where(act.c.number > after).order_by(*order)).all())


def differences(before: Dump, after: Dump) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Return what differs by (table, uid): the row before and the row after."""
    found: dict[tuple[str, str], tuple[Any, Any]] = {}
    for table in JOURNALED:
        old, new = ({row["uid"]: row for row in of[table]} for of in (before, after))
        for uid in old.keys() | new.keys():
            if old.get(uid) != new.get(uid):
                found[table, uid] = (old.get(uid), new.get(uid))
    return found


def from_log(changes: list[Any]) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Return the first *before* and the last *after* that the log has of each row."""
    found: dict[tuple[str, str], tuple[Any, Any]] = {}
    for row in changes:
        key = (row.table_name, row.row)
        before = json.loads(row.before) if row.before else None
        first = found[key][0] if key in found else before
        found[key] = (first, json.loads(row.after) if row.after else None)
    return {key: images for key, images in found.items() if images[0] != images[1]}


def take_back(now: State, change: Any) -> None:
    """Take one change of the log back in *now*, which has to hold its *after*."""
    rows = now[change.table_name]
    after = json.loads(change.after) if change.after else None
    assert rows.get(change.row) == after
    if change.before:
        rows[change.row] = json.loads(change.before)
    else:
        del rows[change.row]
    if change.table_name == "import" and not change.before:
        of_import = {uid for uid, row in now["record"].items() if row["import"] == change.row}
        for name in BROUGHT:
            now[name] = {
                uid: row
                for uid, row in now[name].items()
                if uid not in of_import and row.get("import") != change.row
            }
