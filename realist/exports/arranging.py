"""The evidence grid in another arrangement: fewer papers, another order, rows and columns changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from realist.queries.grid import Cell, Column, Grid, GridRow
from realist.vocabulary import CellState

T = TypeVar("T", Column, GridRow)
PAPER = "paper"
"""The kind of a column that is a paper."""


def arranged(
    grid: Grid, *, papers: Sequence[str] | None = None, mechanisms: Sequence[str] | None = None
) -> Grid:
    """Return *grid* with these papers and mechanisms, in this order; None leaves what is there.

    n is counted anew, of what is shown; reported numbers stay what the source prints. Unknown uids are
    left out.
    """
    rows = grid.rows if papers is None else _picked(grid.rows, papers)
    columns = grid.columns if mechanisms is None else _picked(grid.columns, mechanisms)
    if len(columns) < len(grid.columns):
        shown = {column.uid for column in columns}
        rows = [_of(row, shown) for row in rows]
    if len(rows) < len(grid.rows):
        counts = Counter(of for row in rows for of, cell in row.cells.items() if _present(cell))
        columns = [replace(column, n=counts[column.uid]) for column in columns]
    return replace(grid, rows=rows, columns=columns)


def _picked(things: Sequence[T], uids: Sequence[str]) -> list[T]:
    known = {thing.uid: thing for thing in things}
    return [known[uid] for uid in uids if uid in known]


def _of(row: GridRow, shown: set[str]) -> GridRow:
    cells = {of: cell for of, cell in row.cells.items() if of in shown}
    return replace(row, cells=cells, n=sum(map(_present, cells.values())))


def _present(cell: Cell) -> bool:
    return cell.state is CellState.PRESENT


def turned(grid: Grid) -> Grid:
    """Return *grid* with its mechanisms as rows and its papers, numbered as they stand, as columns."""
    cells: dict[str, dict[str, Cell]] = {column.uid: {} for column in grid.columns}
    for row in grid.rows:
        for uid, cell in row.cells.items():
            cells[uid][row.uid] = cell
    columns = [
        Column(row.uid, place, row.label, PAPER, row.n, row.reported, "")
        for place, row in enumerate(grid.rows, 1)
    ]
    rows = [
        GridRow(column.uid, column.name, column.n, column.reported, cells[column.uid])
        for column in grid.columns
    ]
    return replace(grid, columns=columns, rows=rows, turned=True)
