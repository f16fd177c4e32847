"""A new review filled with rows written elsewhere: in one transaction, there whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, collate, exists, func, inspect, select, tuple_
from sqlalchemy.exc import DatabaseError, IntegrityError

from realist.errors import RealistError, Refused
from realist.store import search
from realist.store.engine import READABLE, REVISION, connect, is_server
from realist.store.migrate import file_engine, guard, mark, run
from realist.store.plain import Kind, Plan, plans, write

_NO_TABLES = ("search_fts", "alembic_version", "sqlite_")


class Clash(Exception):
    """A row cannot stand beside the others: its table, its line in the order of the table, and why."""

    def __init__(self, table: str, line: int, why: str) -> None:
        super().__init__(why)
        self.table, self.line, self.why = table, line, why


@dataclass(slots=True)
class Filling:
    """A new review whose tables are empty and of one schema revision, while rows are put in."""

    connection: Connection
    revision: str
    plans: list[Plan] = field(default_factory=list)
    _keys: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def in_file(self) -> bool:
        """Whether it is a file."""
        return self.connection.dialect.name == "sqlite"

    def put(self, plan: Plan, rows: Sequence[tuple[Any, ...]], first: int) -> None:
        """Insert rows, the first being line *first* of its table. Raises Clash for one that cannot stand."""
        if self.in_file:
            try:
                write(self.connection, plan, rows)
            except IntegrityError as error:
                held = select(func.count()).select_from(plan.table)
                line = self.connection.execute(held).scalar_one() + 1
                raise Clash(plan.table.name, line, _cause(error)) from error
            return
        try:
            with self.connection.begin_nested():
                write(self.connection, plan, rows)
        except IntegrityError:
            for line, row in enumerate(rows, first):
                try:
                    with self.connection.begin_nested():
                        write(self.connection, plan, [row])
                except IntegrityError as error:
                    raise Clash(plan.table.name, line, _cause(error)) from error

    def finish(self, told: Callable[[int], None] | None = None) -> None:
        """See that every reference points to a row, bring the tables up to date, and make the index.

        *told* hears now and then how many things were indexed. Raises Clash for a row that names another one
        that is not there.
        """
        for plan in self.plans:
            self._look_for_targets(plan)
        for table, name, definition in self._keys:
            self.connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        if self.revision != REVISION:
            run(self.connection, REVISION)
            guard(self.connection)
        if self.in_file:
            mark(self.connection, REVISION)
        search.rebuild(self.connection, told)

    def _look_for_targets(self, plan: Plan) -> None:
        table = plan.table
        keys = [self._ordered(table.c[plan.names[at]], plan.columns[at].kind) for at in plan.key]
        for column in table.columns:
            for reference in column.foreign_keys:
                parent = reference.column.table.alias()
                there = exists().where(parent.c[reference.column.name] == column)
                astray = select(*keys).where(column.is_not(None), ~there).order_by(*keys).limit(1)
                found = self.connection.execute(astray).first()
                if found is not None:
                    up_to = tuple_(*keys) <= tuple_(*found)
                    count = select(func.count()).select_from(table).where(up_to)
                    line = self.connection.execute(count).scalar_one()
                    why = f"{column.name} names a {parent.original.name} that is not there"  # type: ignore[attr-defined]
                    raise Clash(table.name, line, why)

    def _ordered(self, column: Any, kind: Kind) -> Any:
        return column if self.in_file or kind is Kind.INTEGER else collate(column, "C")


@contextmanager
def new_review(address: str, revision: str, shown: str) -> Iterator[Filling]:
    """Give a review to fill at *address*, where nothing is yet, with the tables of *revision*.

    What was put in and finished is there when the block ends; when it fails, nothing is (of a file, what is
    left is for the caller to take away). *shown* is how a file is called in messages.
    """
    if is_server(address):
        store = connect(address)
        try:
            with store.read() as connection:
                if inspect(connection).has_table("alembic_version"):
                    raise Refused(f"The database {store.address} already holds a review.")
            with store.write() as connection:
                filling = _emptied(connection, revision)
                filling._keys = _without_keys(connection)
                yield filling
        finally:
            store.close()
        return
    engine = file_engine(Path(address))
    try:
        with engine.connect() as connection:
            _be_quick(connection)
            with connection.begin():
                yield _emptied(connection, revision)
    except DatabaseError as error:
        raise RealistError(f"{shown} cannot be written: {_cause(error)}.") from error
    finally:
        engine.dispose()


def _be_quick(connection: Connection) -> None:
    """Do not wait for the disk: who has a file filled syncs it at its end."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.text_factory = READABLE
    raw.execute("PRAGMA synchronous=OFF")
    raw.execute("PRAGMA cache_size=-32000")


def _emptied(connection: Connection, revision: str) -> Filling:
    run(connection, revision)
    guard(connection)
    found = MetaData()
    found.reflect(connection, only=lambda name, _: not name.startswith(_NO_TABLES))
    tables: list[Table] = list(found.tables.values())
    return Filling(connection, revision, plans(tables))


def _without_keys(connection: Connection) -> list[tuple[str, str, str]]:
    """Take the foreign keys off a server's tables until the rows are in, in any order; return them."""
    keys = connection.exec_driver_sql(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"
    ).all()
    found = [(str(table), str(name), str(definition)) for table, name, definition in keys]
    for table, name, _ in found:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return found


def _cause(error: DatabaseError) -> str:
    return str(error.orig).splitlines()[0]
