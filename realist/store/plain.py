"""Rows of any table as plain values, to the letter: read in a stable order, checked, written back."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Boolean, Column, Connection, Float, Integer, LargeBinary, Table

from realist.store.bulk import insert_many
from realist.store.tables import Base, Draft, SearchDue, SearchPiece
from realist.store.tables.base import Utc
from realist.text import line, shorten

LEFT_OUT = frozenset(model.__tablename__ for model in (SearchPiece, SearchDue, Draft))
"""Tables that are no part of a review: the full-text index, made anew, and what nobody saved yet."""
_JSON = {"record_raw.raw", "change.before", "change.after"}
_AT_ONCE = 1000
_WIDE, _NARROW = 63, 31
_TO_THE_LETTER = partial(str, encoding="utf-8", errors="surrogateescape")
"""How bytes that are no UTF-8 are read from a file so that they can be written back: each as a code from
U+DC80 on, which no text has."""


class Kind(StrEnum):
    """What a column holds, in words for a person."""

    TEXT = "text"
    INTEGER = "whole number"
    REAL = "number"
    BOOLEAN = "true or false"
    MOMENT = "moment in UTC"
    JSON = "JSON in text"
    BYTES = "bytes"


class Shape(NamedTuple):
    """A column: its name, what it holds, whether it may be null, and how many bits a server keeps of it."""

    name: str
    kind: Kind
    nullable: bool
    bits: int = _WIDE


class Plan(NamedTuple):
    """A table as its rows are written: columns in order, and which of them are its key."""

    table: Table
    columns: tuple[Shape, ...]
    key: tuple[int, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(shape.name for shape in self.columns)

    def sort_key(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """Return what rows are ordered by: texts by their bytes, as both databases can."""
        values = (row[at] for at in self.key)
        return tuple(v.encode("utf-8", "surrogateescape") if isinstance(v, str) else v for v in values)


def plans(tables: Iterable[Table] | None = None) -> list[Plan]:
    """Return the tables that hold a review, by name: of this version, or *tables* of a database."""
    given = Base.metadata.tables.values() if tables is None else tables
    return [_plan(table) for table in sorted(given, key=lambda of: of.name) if table.name not in LEFT_OUT]


def _plan(table: Table) -> Plan:
    names = [column.name for column in table.columns]
    key = tuple(names.index(column.name) for column in table.primary_key.columns)
    shapes = (
        Shape(
            column.name,
            _kind(column),
            bool(column.nullable),
            _WIDE if isinstance(column.type, BigInteger) else _NARROW,
        )
        for column in table.columns
    )
    return Plan(table, tuple(shapes), key)


def _kind(column: Column[Any]) -> Kind:
    name, kind = f"{column.table.name}.{column.name}", column.type
    now = Base.metadata.tables.get(column.table.name)
    if name in _JSON:
        return Kind.JSON
    if now is not None and column.name in now.c and isinstance(now.c[column.name].type, Utc):
        return Kind.MOMENT  # a database knows these as text
    for of, found in ((Boolean, Kind.BOOLEAN), (Integer, Kind.INTEGER), (Float, Kind.REAL)):
        if isinstance(kind, of):
            return found
    return Kind.BYTES if isinstance(kind, LargeBinary) else Kind.TEXT


# -- reading ----------------------------------------------------------------------------------------------


def rows(connection: Connection, plan: Plan) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table in the order of its key, without bytes (None), as values that JSON has.

    Some thousand are held at a time. A value that is none of its column's kind comes as it is.
    """
    quote = connection.dialect.identifier_preparer.quote
    of_file = connection.dialect.name == "sqlite"
    listed = ", ".join("NULL" if shape.kind is Kind.BYTES else quote(shape.name) for shape in plan.columns)
    order = ", ".join(
        quote(plan.names[at]) + ("" if of_file or plan.columns[at].kind is Kind.INTEGER else ' COLLATE "C"')
        for at in plan.key
    )
    streaming = connection.execution_options(stream_results=True, max_row_buffer=_AT_ONCE)
    yes_or_no = [at for at, shape in enumerate(plan.columns) if shape.kind is Kind.BOOLEAN]
    with _to_the_letter(connection):
        found = streaming.exec_driver_sql(f"SELECT {listed} FROM {quote(plan.table.name)} ORDER BY {order}")
        for row in found:
            if of_file and yes_or_no:
                values = list(row)
                for at in yes_or_no:
                    values[at] = {0: False, 1: True}.get(values[at], values[at])
                yield tuple(values)
            else:
                yield tuple(row)


@contextmanager
def _to_the_letter(connection: Connection) -> Iterator[None]:
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    before = raw.text_factory
    raw.text_factory = _TO_THE_LETTER
    try:
        yield
    finally:
        raw.text_factory = before


# -- what fits --------------------------------------------------------------------------------------------


def misfit(shape: Shape, value: Any) -> str:
    """Return why a value cannot stand in a column, as the end of a sentence, or nothing."""
    if value is None:
        return "" if shape.nullable else f"{shape.name} is missing"
    if _FITS[shape.kind](value):
        return ""
    return f"{shape.name} holds {_shown(value)}, which is no {shape.kind}"


def misfit_on_server(shape: Shape, value: Any) -> str:
    """Return why a server cannot keep a value that a file can, or nothing."""
    if isinstance(value, str):
        if "\0" in value:
            return f"{shape.name} holds a NUL character, which only a file can keep"
        if not value.isascii() and _is_odd(value):
            return f"{shape.name} holds bytes that are no UTF-8, which only a file can keep"
    elif (
        shape.kind is Kind.INTEGER and value is not None and not -(1 << shape.bits) <= value < 1 << shape.bits
    ):
        return f"{shape.name} holds {value}, a number that only a file can keep"
    return ""


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f'"{shorten(line(value), 40)}"'
    return shorten(line(repr(value)), 40) if value is not None else "nothing"


def _is_text(value: Any) -> bool:
    return type(value) is str and (value.isascii() or not _is_odd(value) or _is_from_bytes(value))


def _is_odd(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _is_from_bytes(value: str) -> bool:
    try:
        return _TO_THE_LETTER(value.encode("utf-8", "surrogateescape")) == value
    except UnicodeEncodeError:
        return False


def _is_integer(value: Any) -> bool:
    return type(value) is int and -(1 << _WIDE) <= value < 1 << _WIDE


def _is_real(value: Any) -> bool:
    return type(value) is float and math.isfinite(value)


def _is_moment(value: Any) -> bool:
    if type(value) is not str or len(value) != 27 or value[-1] != "Z" or not value.isascii():
        return False
    try:
        return datetime.fromisoformat(value).strftime("%Y").isdigit()
    except ValueError:
        return False


def _is_json(value: Any) -> bool:
    if not _is_text(value):
        return False
    try:
        return isinstance(json.loads(value), list | dict)
    except (ValueError, RecursionError):
        return False


_FITS: dict[Kind, Callable[[Any], bool]] = {
    Kind.TEXT: _is_text, Kind.INTEGER: _is_integer, Kind.REAL: _is_real, Kind.MOMENT: _is_moment,
    Kind.JSON: _is_json, Kind.BOOLEAN: lambda value: type(value) is bool,
    Kind.BYTES: lambda value: type(value) is bytes,
}  # fmt: skip


# -- writing ----------------------------------------------------------------------------------------------


def write(connection: Connection, plan: Plan, values: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows as :func:`rows` gives them, bytes in their place."""
    if connection.dialect.name != "sqlite":
        insert_many(connection, plan.table, plan.names, values)
        return
    plainly: list[tuple[Any, ...]] = []
    for row in values:  # in their order, so that a row keeps the number of its line
        if any(type(value) is str and not value.isascii() and _is_odd(value) for value in row):
            insert_many(connection, plan.table, plan.names, plainly)
            plainly = []
            _write_odd(connection, plan, row)
        else:
            plainly.append(row)
    insert_many(connection, plan.table, plan.names, plainly)


def _write_odd(connection: Connection, plan: Plan, row: tuple[Any, ...]) -> None:
    """Insert a row with bytes that are no UTF-8: the driver takes them as bytes only."""
    quote = connection.dialect.identifier_preparer.quote
    odd = [type(value) is str for value in row]
    places = ", ".join("CAST(? AS TEXT)" if is_odd else "?" for is_odd in odd)
    names = ", ".join(map(quote, plan.names))
    given = (
        v.encode("utf-8", "surrogateescape") if is_odd else v for v, is_odd in zip(row, odd, strict=True)
    )
    connection.exec_driver_sql(
        f"INSERT INTO {quote(plan.table.name)} ({names}) VALUES ({places})", tuple(given)
    )
