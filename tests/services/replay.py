"""The log read backwards: each change taken back has to lead to the state before it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from realist.store.engine import Store
from realist.store.tables import Act, Base, Change, table_of
from tests.services.dumps import LOG, stored

State = dict[str, dict[str, dict[str, Any]]]
JOURNALED = [
    table.name
    for table in Base.metadata.sorted_tables
    if table.name not in LOG and not table.name.startswith("search_")
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
