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
BEFORE = "before"
"""The kind of a column that shows what was given to a mechanism of an earlier list."""
EARLIER = "before "
"""What stands before the uid of such a column: a mechanism may be in both lists."""


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


def beside(before: Grid, now: Grid) -> Grid:
    """Return the grid *now* with the columns of *before*, as they were given, in front of its own.

    The rows are those of *now*, and then those that only *before* has; n of a row counts what is so now.
    """
    columns = [
        replace(column, uid=f"{EARLIER}{column.uid}", kind=BEFORE, note=_as_in(before, column))
        for column in before.columns
    ]
    earlier = {row.uid: row for row in before.rows}
    known = {row.uid for row in now.rows}
    rows = [
        replace(row, cells={**_earlier(earlier.get(row.uid)), **row.cells})
        for row in [*now.rows, *(replace(row, n=0, cells={}) for row in before.rows if row.uid not in known)]
    ]
    outcomes = {**before.outcomes, **now.outcomes}
    return replace(now, columns=[*columns, *now.columns], rows=rows, outcomes=outcomes)


def _as_in(before: Grid, column: Column) -> str:
    as_in = f"as given, in {before.of_list}" if before.of_list else "as given"
    return "; ".join(filter(None, (as_in, column.note)))


def _earlier(row: GridRow | None) -> dict[str, Cell]:
    return {f"{EARLIER}{of}": cell for of, cell in row.cells.items()} if row else {}
