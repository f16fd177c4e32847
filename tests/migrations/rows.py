"""Rows for every table of a database, whatever its revision: what the columns take, nothing it means."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    func,
    insert,
    select,
)

EACH = 3


def tables(connection: Connection) -> list[Table]:
    """Return the tables as the database has them, those that others rest on first."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: not name.startswith(("search_fts", "alembic", "sqlite")))
    return found.sorted_tables


def fill(connection: Connection) -> None:
    """Put rows into every table, each column filled."""
    for table in tables(connection):
        rows = [{column.name: value_of(column, n) for column in table.columns} for n in range(1, EACH + 1)]
        connection.execute(insert(table), rows)


def value_of(column: Column[Any], n: int) -> Any:
    """Return what a column takes in row *n*."""
    for key in column.foreign_keys:
        return value_of(key.column, n)
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Integer):
        return n
    if isinstance(column.type, Float):
        return n + 0.5
    if isinstance(column.type, LargeBinary):
        return f"{column.table.name} {n}".encode()
    if column.name == "at":
        return f"2026-01-01T00:00:0{n}.000000Z"
    return f"{column.table.name} {column.name} {n}"


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for table in tables(connection)
    }


def content(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table."""
    return {
        table.name: sorted(
            (dict(row) for row in connection.execute(select(table)).mappings()), key=lambda row: str(row)
        )
        for table in tables(connection)
    }
