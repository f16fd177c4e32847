"""CSV, safe in a spreadsheet: a heading, a row each, then sums and uids; several tables one below another."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from realist.exports.table import Cell, Column, Document, Row, Table
from realist.exports.writing.safe import words
from realist.text import cell


def write(document: Document) -> bytes:
    """Return the tables of a document; paragraphs and what stands behind cells are not for this format."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    tables = document.tables
    for place, table in enumerate(tables):
        if place:
            out.write("\n")
        if len(tables) > 1:
            writer.writerow([_safe(table.title)])
        writer.writerows(_rows(table))
    return out.getvalue().encode("utf-8-sig")


def _rows(table: Table) -> Iterator[Sequence[str | int | float]]:
    """Yield the rows of a table; uids stand before rows and below columns, where there are any."""
    uids = any(row.uid for row in table.rows) or any(column.uid for column in table.columns)
    head = ([""] if uids else []) + ([""] if table.corner else [])
    yield [
        *(["uid"] if uids else []),
        *([_safe(table.corner)] if table.corner else []),
        *(_safe(column.field or column.name) for column in table.columns),
    ]
    for row in (*table.rows, *table.foot):
        yield [*_heads(row, head, uids), *map(_cell, row.cells)]
    for name, values in (("group", _groups(table.columns)), ("uid", [one.uid for one in table.columns])):
        if any(values) and head:
            yield [*head[:-1], name, *map(_safe, values)]


def _groups(columns: Sequence[Column]) -> list[str]:
    return [column.group for column in columns]


def _heads(row: Row, head: Sequence[str], uids: bool) -> list[str]:
    found = [row.uid, _safe(row.field or row.name)]
    return found[-len(head) :] if len(head) == 2 else found[:1] if uids else found[1:] if head else []


def _cell(value: Cell) -> str | int | float:
    if value.number is not None and value.text in ("", str(value.number)):
        return value.number
    return _safe(value.text)


def _safe(text: str) -> str:
    return cell(words(text))
