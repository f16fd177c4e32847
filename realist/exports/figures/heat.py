"""A table of signs or numbers as a heat map: darker is more, and every cell says what it says in a sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from realist.errors import Refused
from realist.exports.drawing import lines_of, rect, svg, text
from realist.exports.table import Cell, Column, Holds, Row, Table
from realist.text import cell_width, shorten
from realist.vocabulary import CellState

MOST_ROWS, MOST_COLUMNS = 300, 20
_SHADES = ("#e3ecf5", "#c2d6ea", "#9cbcdb", "#6f9dc8", "#447bb0", "#235a92", "#0f3b6b")
"""From few to many; in grey they fall from 92 to 22 % of white."""
_EMPTY, _LINE, _SUM = "#ffffff", "#c9c9c9", "#f2f2f2"
_CELL, _HIGH, _GAP, _LETTER = 34, 18, 12, 6.6
_LONGEST_ROW, _LONGEST_COLUMN = 44, 36


def heat_map(table: Table) -> str:
    """Return *table* as SVG; columns that sum stand apart at the right, the foot below.

    Raises Refused for more than 300 rows or 20 columns, with how to narrow it.
    """
    columns = [
        (place, column) for place, column in enumerate(table.columns) if column.holds is not Holds.WORDS
    ]
    shown = [of for of in columns if not of[1].sum]
    sums = [of for of in columns if of[1].sum]
    if len(table.rows) > MOST_ROWS or len(shown) > MOST_COLUMNS:
        raise Refused(
            f"A heat map shows at most {MOST_ROWS} rows by {MOST_COLUMNS} columns, and this is "
            f"{len(table.rows)} by {len(shown)}: name an included set (--set) or a shorter list (--list)."
        )
    left = _GAP * 2 + _LETTER * max([8, *(cell_width(_name(row)) for row in table.rows)])
    top = 54 + _LETTER * 0.75 * max([4, *(cell_width(_head(column)) for _, column in shown)])
    parts = [text(_GAP, 22, shorten(table.title, 90), size=14, more='font-weight="bold"')]
    parts += _heads(shown, sums, left, top)
    most = max([1, *(_weight(row.cells[place]) for row in table.rows for place, _ in shown)])
    y: float = top
    for row in table.rows:
        parts += _row(row, shown, sums, left, y, most)
        y += _HIGH
    y += 6
    for row in table.foot:
        parts += _foot(row, shown, left, y)
        y += _HIGH
    width = left + _CELL * (len(shown) + len(sums)) + _GAP * 3
    width = max(width + _LETTER * 12, 480)
    for note in table.notes:
        for one in lines_of(note, int(width / _LETTER) - 4, 4):
            y += 15
            parts.append(text(_GAP, y, one, size=11, more='fill="#444444"'))
    return svg(width, y + _GAP * 2, table.title, parts)


def _name(row: Row) -> str:
    return shorten(row.name, _LONGEST_ROW)


def _head(column: Column) -> str:
    return shorten(column.name, _LONGEST_COLUMN)


def _heads(
    shown: Sequence[tuple[int, Column]], sums: Sequence[tuple[int, Column]], left: float, top: float
) -> Iterator[str]:
    for place, (_, column) in enumerate(shown):
        x, y = left + _CELL * place + _CELL / 2, top - 6
        yield text(x, y, _head(column), size=11, more=f'transform="rotate(-50 {x:.0f} {y:.0f})"')
    for place, (_, column) in enumerate(sums):
        x = left + _CELL * (len(shown) + place) + _GAP + _CELL / 2
        yield text(x, top - 6, _head(column), size=11, more=f'transform="rotate(-50 {x:.0f} {top - 6:.0f})"')


def _row(
    row: Row,
    shown: Sequence[tuple[int, Column]],
    sums: Sequence[tuple[int, Column]],
    left: float,
    y: float,
    most: int,
) -> Iterator[str]:
    yield text(left - 6, y + 13, _name(row), size=11, anchor="end")
    for place, (at, _) in enumerate(shown):
        cell, x = row.cells[at], left + _CELL * place
        weight = _weight(cell)
        shade = _shade(weight, most)
        fill = _SHADES[shade] if weight else _EMPTY
        yield rect(x, y, _CELL - 1, _HIGH - 1, f'fill="{fill}" stroke="{_LINE}" stroke-width="0.5"')
        ink = "#ffffff" if weight and shade > 3 else "#1a1a1a"
        if cell.shown:
            yield text(x + _CELL / 2 - 0.5, y + 13, shorten(cell.shown, 6), size=11, anchor="middle",
                       more=f'fill="{ink}"')  # fmt: skip
    for place, (at, _) in enumerate(sums):
        x = left + _CELL * (len(shown) + place) + _GAP
        yield text(x + _CELL / 2, y + 13, row.cells[at].shown, size=11, anchor="middle")


def _foot(row: Row, shown: Sequence[tuple[int, Column]], left: float, y: float) -> Iterator[str]:
    yield text(left - 6, y + 13, _name(row), size=11, anchor="end", more='font-style="italic"')
    for place, (at, _) in enumerate(shown):
        x = left + _CELL * place
        yield rect(x, y, _CELL - 1, _HIGH - 1, f'fill="{_SUM}" stroke="none"')
        yield text(x + _CELL / 2 - 0.5, y + 13, shorten(row.cells[at].shown, 6), size=11, anchor="middle")


def _weight(cell: Cell) -> int:
    """Return how much a cell holds: its number, else 1 where something is present, else 0."""
    if cell.number is not None:
        return int(cell.number)
    return int(cell.state in ("", CellState.PRESENT) and bool(cell.text))


def _shade(weight: int, most: int) -> int:
    if most <= 1:
        return 3
    return min(round((weight - 1) / (most - 1) * (len(_SHADES) - 1)), len(_SHADES) - 1) if weight else 0
