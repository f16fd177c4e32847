"""Cross-case tables as text, JSON, and as tables for files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from realist.domain.crossing import Cell, Quote, Table, Value, signed
from realist.exports import table as exported
from realist.exports.table import Document
from realist.text import cell_width, line, pad, shorten, wrap

MODES = ("counts", "papers", "valence", "quotes")
_LABEL, _NARROWEST, _WIDEST = 34, 7, 18
_SUMS = ("statements", "papers")
NONE = "·"
"""What stands where row and column have statements, and none of them together."""
_LEGEND = {
    "counts": "",
    "papers": "",
    "valence": "+ enabler, for  − barrier, against  ± both  = no difference  ? not said",
    "quotes": "",
}
_EMPTY = f"{NONE} none of these together; blank: nothing is stated of this row or column at all."
Labels = Mapping[str, str]


def _sign(cell: Cell | None, mode: str, labels: Labels) -> str:
    if cell is None:
        return ""
    if mode == "valence":
        return signed(cell)
    if mode == "papers":
        return "; ".join(labels[paper] for paper in cell.papers) or "of no paper"
    return str(cell.n)


def _text(table: Table, row: Value, column: Value, mode: str, labels: Labels) -> str:
    cell = table.cells.get((row.key, column.key))
    if cell is None:
        return NONE if table.empty(row, column) else ""
    return _sign(cell, mode, labels)


def cross_text(table: Table, mode: str, labels: Labels, width: int) -> str:
    """Return a table as text of at most *width* columns; a wide one is set in blocks of columns."""
    if not table.all.n:
        return "There is nothing to count: no statement of this kind was recorded, as far as you may see.\n"
    if mode == "quotes":
        return _quotes(table, labels, width)
    label = min(max(cell_width(line(row.name)) for row in table.rows), _LABEL, max(width // 3, 12))
    label = max(label, cell_width(str(table.by_rows)), len(_SUMS[0]))
    sizes = [_size(table, column, mode, labels) for column in table.columns]
    parts: list[str] = []
    start = 0
    while start < len(sizes):
        stop, used = start, label
        tail = sum(len(name) + 2 for name in _SUMS)
        while stop < len(sizes):
            last = tail if stop == len(sizes) - 1 else 0
            if stop > start and used + sizes[stop] + 2 + last > width:
                break
            used += sizes[stop] + 2
            stop += 1
        parts += [*_block(table, mode, labels, label, sizes, range(start, stop)), ""]
        start = stop
    return "\n".join([*parts, *_legend(table, mode, width)]).rstrip() + "\n"


def _size(table: Table, column: Value, mode: str, labels: Labels) -> int:
    words = max(map(cell_width, line(column.name).split()), default=0)
    below = max((cell_width(_text(table, row, column, mode, labels)) for row in table.rows), default=0)
    sum_ = cell_width(_sign(table.of_columns[column.key], _counting(mode), labels))
    return min(max(words, below, sum_, _NARROWEST), _WIDEST)


def _counting(mode: str) -> str:
    """Return how sums are written: papers are not named once more there."""
    return mode if mode == "valence" else "counts"


def _block(
    table: Table, mode: str, labels: Labels, label: int, sizes: Sequence[int], which: range
) -> list[str]:
    last = which.stop == len(table.columns)
    headings = [wrap(line(table.columns[i].name), sizes[i]) or [""] for i in which]
    height = max(map(len, headings))
    lines = []
    for level in range(height):
        cells = [
            pad(([""] * (height - len(words)) + words)[level], sizes[i])
            for i, words in zip(which, headings, strict=True)
        ]
        end = list(_SUMS) if last and level == height - 1 else []
        lines.append(_row(pad(str(table.by_rows) if level == height - 1 else "", label), cells, end))
    rule = "─" * max(map(cell_width, lines))
    lines.append(rule)
    for row in table.rows:
        cells = [pad(_text(table, row, table.columns[i], mode, labels), sizes[i]) for i in which]
        lines.append(_row(pad(line(row.name), label), cells, _sums(table.of_rows[row.key], mode, last)))
    lines.append(rule)
    of = [table.of_columns[table.columns[i].key] for i in which]
    sums = [pad(_sign(cell, _counting(mode), {}), sizes[i]) for i, cell in zip(which, of, strict=True)]
    lines.append(_row(pad(_SUMS[0], label), sums, _sums(table.all, mode, last)))
    papers = [pad(str(len(cell.papers)), sizes[i]) for i, cell in zip(which, of, strict=True)]
    lines.append(_row(pad(_SUMS[1], label), papers, []))
    return lines


def _sums(cell: Cell, mode: str, last: bool) -> list[str]:
    return [pad(_sign(cell, _counting(mode), {}), len(_SUMS[0])), str(len(cell.papers))] if last else []


def _row(label: str, cells: Sequence[str], end: Sequence[str]) -> str:
    return "  ".join([label, *cells, *end]).rstrip()


def _legend(table: Table, mode: str, width: int) -> list[str]:
    return [row for sentence in [*_said_below(table, mode), _EMPTY] for row in wrap(sentence, width)]


def _said_below(table: Table, mode: str) -> list[str]:
    """Return what is said below a table of its signs and sums."""
    text = [_LEGEND[mode]] if _LEGEND[mode] else []
    several = any(cell.n for cell in table.of_rows.values()) and (
        sum(cell.n for cell in table.of_rows.values()) > table.all.n
        or sum(cell.n for cell in table.of_columns.values()) > table.all.n
    )
    if several:
        text.append("A statement can stand in several rows or columns; sums count it once.")
    return text


def _quotes(table: Table, labels: Labels, width: int) -> str:
    lines: list[str] = []
    for row in table.rows:
        for column in table.columns:
            cell = table.cells.get((row.key, column.key))
            if cell is None:
                continue
            lines.append(shorten(f"{row.name} × {column.name}: {signed(cell)}", width))
            lines += [part for text in _spoken(cell) for part in wrap(text, width, first="  ", rest="    ")]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _spoken(cell: Cell) -> list[str]:
    """Return the words behind a cell with valence, paper and page, each once."""
    found = []
    for one in cell.statements:
        sign = f"({one.valence.replace('-', '−')}) " if one.valence else ""
        for quote in one.quotes:
            words = f"“{line(quote.words)}”" if quote.said else line(quote.words)
            where = ", ".join(filter(None, (line(quote.paper), line(quote.place))))
            found.append(f"{sign}{words} ({where})" if where else f"{sign}{words}")
    return list(dict.fromkeys(found))


def cross_document(
    table: Table, kinds: Sequence[str], mode: str, labels: Labels, about: Sequence[str] = ()
) -> Document:
    """Return a table in *mode* for files, with the words behind its cells; JSON is that of `cross --json`."""
    made = cross_table(table, mode, labels)
    return Document(made.title, (made,), about, cross_json(table, kinds, labels))


def cross_table(table: Table, mode: str, labels: Labels) -> exported.Table:
    """Return a table in *mode* with its sums.

    A cell is 0 where row and column have statements and none together, and empty where one has none.
    """
    holds = exported.Holds.SIGNS if mode in ("counts", "valence") else exported.Holds.WORDS
    columns = [exported.Column(column.name, column.uid, holds) for column in table.columns]
    columns += [exported.Column(name, holds=exported.Holds.NUMBERS, sum=True) for name in _SUMS]
    behind: dict[str, exported.Behind] = {}
    rows = []
    for down, row in enumerate(table.rows, 1):
        cells = []
        for across, column in enumerate(table.columns, 1):
            cell, key = _cell(table, row, column, mode, labels), ""
            if pieces := tuple(_pieces(table.cells.get((row.key, column.key)))):
                key = f"{down}-{across}"
                behind[key] = exported.Behind(row.name, column.name, pieces)
            cells.append(cell._replace(behind=key))
        of = table.of_rows[row.key]
        rows.append(exported.Row(row.name, [*cells, _number(of.n), _number(len(of.papers))], row.uid))
    of_columns = [table.of_columns[column.key] for column in table.columns]
    sums = [_number(cell.n) for cell in of_columns], [_number(len(cell.papers)) for cell in of_columns]
    foot = [
        exported.Row(_SUMS[0], [*sums[0], _number(table.all.n), exported.EMPTY]),
        exported.Row(_SUMS[1], [*sums[1], exported.EMPTY, _number(len(table.all.papers))]),
    ]
    title = f"{table.by_rows} by {table.by_columns}"
    notes = [*_said_below(table, mode), _EMPTY]
    return exported.Table("Table", title, str(table.by_rows), columns, rows, foot, notes, behind)


def _number(n: int) -> exported.Cell:
    return exported.Cell(str(n), number=n)


def _cell(table: Table, row: Value, column: Value, mode: str, labels: Labels) -> exported.Cell:
    cell = table.cells.get((row.key, column.key))
    if cell is None:
        return exported.Cell("0", NONE, 0, "none") if table.empty(row, column) else exported.EMPTY
    if mode == "quotes":
        return exported.Cell("\n".join(_spoken(cell)), state="present")
    text = _sign(cell, mode, labels)
    return exported.Cell(text, number=cell.n if mode == "counts" else None, state="present")


def _pieces(cell: Cell | None) -> Iterator[exported.Piece]:
    for one in cell.statements if cell else ():
        mark = one.valence.replace("-", "−")
        for quote in one.quotes or (Quote("", "", "", False),):
            words, quotation = ("", quote.words) if quote.said else (quote.words, "")
            yield exported.Piece(one.kind, mark, words, quotation, quote.place, quote.paper, uid=one.uid)


def cross_json(table: Table, kinds: Sequence[str], labels: Labels) -> dict[str, Any]:
    """Return a table with all that is behind it: values, sums, and the cells in which statements stand."""
    values = {
        name: {
            "by": str(by),
            "values": [{**value._asdict(), **_counted(of[value.key])} for value in shown],
        }
        for name, by, shown, of in (
            ("rows", table.by_rows, table.rows, table.of_rows),
            ("columns", table.by_columns, table.columns, table.of_columns),
        )
    }
    return {
        "of": list(kinds),
        **values,
        "cells": [
            {"row": row.key, "column": column.key, **_behind(cell, labels)}
            for row in table.rows
            for column in table.columns
            for cell in (table.cells.get((row.key, column.key)),)
            if cell is not None
        ],
        **_counted(table.all),
    }


def _counted(cell: Cell) -> dict[str, Any]:
    return {
        "statements": cell.n,
        "papers": len(cell.papers),
        "valences": {word or "not stated": n for word, n in sorted(cell.valences.items())},
    }


def _behind(cell: Cell, labels: Labels) -> dict[str, Any]:
    return {
        **_counted(cell),
        "of_papers": [{"uid": paper, "label": labels[paper]} for paper in cell.papers],
        "behind": [
            {
                "table": one.kind,
                "uid": one.uid,
                "valence": one.valence or None,
                "papers": list(one.papers),
                "quotes": [quote._asdict() for quote in one.quotes],
            }
            for one in cell.statements
        ],
    }
