"""Everything that a review holds, as the database holds it, to compare."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from realist.store.engine import Store
from realist.store.tables import Base

Dump = dict[str, list[dict[str, Any]]]
LOG = ("act", "change")
FILES = "document_file"
"""Files stay, kept by their content, whether or not a document names them."""
KEYS = {
    table.name: [column.name for column in table.primary_key.columns] for table in Base.metadata.sorted_tables
}
KEYS["search_piece"] = ["kind", "subject", "body"]


def dump(store: Store, *, log: bool = False) -> Dump:
    """Return the rows of every table by table, in the order of their keys; the log only with *log*.

    Pieces of the index come without their ids, which carry no meaning.
    """
    with store.read() as connection:
        return {name: rows(connection, name) for name in KEYS if log or name not in (*LOG, FILES)}


def rows(connection: Connection, table: str) -> list[dict[str, Any]]:
    """Return the rows of *table*, read in plain SQL, in the order of their keys."""
    result = connection.exec_driver_sql(f'SELECT * FROM "{table}"')
    names = list(result.keys())
    found = [dict(zip(names, row, strict=True)) for row in result.all()]
    if table == "search_piece":
        for row in found:
            del row["id"]
    return sorted(found, key=lambda row: [row[key] for key in KEYS[table]])


def stored(connection: Connection, table: str) -> dict[str, dict[str, Any]]:
    """Return the rows of *table* by uid."""
    return {row["uid"]: row for row in rows(connection, table)}
