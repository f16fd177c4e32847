"""Everything that a review holds, as plain values to compare."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from realist.store.engine import Store
from realist.store.tables import Base

Dump = dict[str, list[dict[str, Any]]]
LOG = ("act", "change")


def dump(store: Store, *, log: bool = False) -> Dump:
    """Return the rows of every table by table, in the order of their keys; the log only with *log*."""
    with store.read() as connection:
        return {
            table.name: rows(connection, table.name)
            for table in Base.metadata.sorted_tables
            if log or table.name not in LOG
        }


def rows(connection: Connection, table: str) -> list[dict[str, Any]]:
    """Return the rows of *table*; pieces of the index without their ids, which carry no meaning."""
    of = Base.metadata.tables[table]
    columns = [column for column in of.columns if (table, column.name) != ("search_piece", "id")]
    found = [dict(row) for row in connection.execute(select(*columns)).mappings()]
    keys = [column.name for column in of.primary_key.columns]
    if table == "search_piece":
        keys = ["kind", "subject", "body"]
    return sorted(found, key=lambda row: [row[key] for key in keys])


def stored(connection: Connection, table: str) -> dict[str, dict[str, Any]]:
    """Return the rows of *table* as the database holds them, by uid, read in plain SQL."""
    found = connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings()
    return {row["uid"]: dict(row) for row in found}
