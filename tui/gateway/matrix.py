"""The evidence grid as strings, ready to be drawn: headings, signs of cells, sums, the legend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from realist.exports.grid import MODES, code, heard, shown_number, sign
from realist.queries.grid import Cell, Column, Grid, GridRow
from realist.text import cell_width, line
from realist.vocabulary import CellState, Stance

THIN = 3
"""A mechanism that fewer papers than this stand behind is marked."""
MARK = "!"
_NAME = 400  # characters of a name that are looked at
_NUMBER = 8  # columns of a printed number
_LABELS = 200  # row headings that are measured to find the width of their column

_THIS = f"{MARK} n<{THIN} or both ways"
_LEGENDS: dict[str, tuple[str, ...]] = {
    "ticks": (
        f"ticks: ✓ present  · looked for: none  ? not recoverable  blank not looked at yet  {_THIS}",
        f"ticks: ✓ present  · none  ? not recoverable  blank unread  {_THIS}",
    ),
    "counts": (
        f"counts: claims and boxes  · looked for: none  ? not recoverable  blank not looked at yet  {_THIS}",
        f"claims and boxes  · none  ? not recoverable  blank unread  {_THIS}",
    ),
    "stance": (
        "stance: S supports  W weakens  M modifies  R refocuses  n not judged  ✓ a box only  · none"
        f"  ? not recoverable  blank not looked at yet  {_THIS}",
        f"S supports W weakens M modifies R refocuses n not judged ✓ box · none ? not recoverable {_THIS}",
        f"S supports W weakens M modifies R refocuses n unjudged ✓ box · none ? n.r. {MARK}",
    ),
    "valence": (
        f"outcomes: + − ± 0  ✓ without valence  · none  ? not recoverable  blank not looked at  {_THIS}",
        f"valence: + − ± 0  ✓ without  · none  ? not recoverable  blank unread  {_THIS}",
        f"valence: + − ± 0  ✓ without  · none  ? not recoverable  {_THIS}",
    ),
}


def legend(mode: str, width: int) -> str:
    """Return what the signs of *mode* mean, in the longest wording that *width* columns hold."""
    wordings = _LEGENDS[mode]
    return next((words for words in wordings if cell_width(words) <= width), wordings[-1])


class Head(NamedTuple):
    """A row or column: ``sums`` are n, the reported number and the voices of people, "" where none."""

    uid: str
    code: str
    name: str
    sums: tuple[str, str, str]
    thin: bool


class Matrix:
    """An arranged grid in a mode. Rows are prepared when they are first asked for."""

    def __init__(
        self,
        grid: Grid,
        mode: str = MODES[0],
        voices: Mapping[str, Counter[str]] | None = None,
        names: Sequence[GridRow] = (),
    ) -> None:
        self.grid, self.mode = grid, mode
        self._voices = voices or {}
        self._cells: dict[int, tuple[str, ...]] = {}
        self._heads: dict[int, Head] = {}
        self.columns = [self._column(column) for column in grid.columns]
        self.rows_of = {row.uid: place for place, row in enumerate(grid.rows)}
        self.columns_of = {column.uid: place for place, column in enumerate(grid.columns)}
        self.sums = self._sums(grid.rows), self._sums(grid.columns)
        """Which of n, reported and voices have anything to show: at the ends of rows, below columns."""
        self.size = self._size()
        measured = (names or grid.rows)[:_LABELS]  # of *names*, so that a filter does not move the columns
        self.label = max((cell_width(line(row.label[:_NAME])) for row in measured), default=0)

    @property
    def turned(self) -> bool:
        """Whether papers stand in the columns."""
        return self.grid.turned

    def _sums(self, things: Sequence[Column] | Sequence[GridRow]) -> tuple[bool, bool, bool]:
        reported = any(thing.reported for thing in things)
        return True, reported, any(self._said(thing.uid) for thing in things)

    def _said(self, uid: str) -> str:
        return heard(self._voices.get(uid, {}))

    def _column(self, of: Column) -> Head:
        thin = not self.turned and of.n < THIN
        sums = (_number(of.n, thin), shown_number(of.reported)[:_NUMBER], self._said(of.uid))
        return Head(of.uid, code(of), line(of.name[:_NAME]), sums, thin)

    def head(self, row: int) -> Head:
        """Return the heading and sums of a row."""
        found = self._heads.get(row)
        if found is None:
            of = self.grid.rows[row]
            thin = self.turned and of.n < THIN
            sums = (_number(of.n, thin), shown_number(of.reported)[:_NUMBER], self._said(of.uid))
            found = self._heads[row] = Head(of.uid, "", line(of.label[:_NAME]), sums, thin)
        return found

    def cells(self, row: int) -> tuple[str, ...]:
        """Return the signs of a row, one a column; both ways at once is marked."""
        found = self._cells.get(row)
        if found is None:
            of, mode, outcomes = self.grid.rows[row].cells, self.mode, self.grid.outcomes
            found = self._cells[row] = tuple(
                "" if (cell := of.get(column.uid)) is None else sign(cell, mode, outcomes) + _both(cell)
                for column in self.grid.columns
            )
        return found

    def state(self, row: int, column: int) -> str:
        """Return the state of a cell in words."""
        cell = self.grid.rows[row].cells.get(self.grid.columns[column].uid)
        words = str(cell.state if cell else CellState.NOT_LOOKED).replace("_", " ")
        return f"{words}, both ways" if cell and _both(cell) else words

    def _size(self) -> int:
        """How many columns the widest sign, code or sum below fills."""
        below = (text for column in self.columns for text in (column.code, *column.sums))
        return max(3, self._widest(), max(map(cell_width, below), default=0))

    def _widest(self) -> int:
        cells = (
            cell for row in self.grid.rows for cell in row.cells.values() if cell.state is CellState.PRESENT
        )
        if self.mode == "ticks":
            return 2
        if self.mode == "counts":
            most = max((cell.claims + len(cell.configurations) for cell in cells), default=0)
            return len(str(most)) + 1
        if self.mode == "stance":
            return max((len(cell.stances) for cell in cells), default=0) + 1
        return (
            max(
                (len(sign(cell, self.mode, self.grid.outcomes)) for cell in cells if cell.configurations),
                default=1,
            )
            + 1
        )


def _number(n: int, thin: bool) -> str:
    return f"{n}{MARK}" if thin else str(n)


def _both(cell: Cell) -> str:
    both = Stance.SUPPORTS in cell.stances and Stance.WEAKENS in cell.stances
    return MARK if both else ""
