"""The list of conflicts: number and name of each paper, and its round where several are shown."""

from __future__ import annotations

from collections.abc import Sequence

from realist.text import line
from tui.gateway.reconcile import Conflict
from tui.widgets.lines import Column, Span
from tui.widgets.table import Table

_LONGEST = 400
_ROOMY = 60
_NUMBER = Column("#", 5, right=True)


class ConflictList(Table[Conflict]):
    """A row for each paper; beside its label the title, where there is room."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__((_NUMBER, Column("paper")), self._cells, id=id)
        self._roomy = self._rounds = False

    def show(self, items: Sequence[Conflict], *, rounds: bool) -> None:
        """Show other conflicts, with their *rounds* where they are of several."""
        self._rounds = rounds
        self._lay_out()
        self.fill(items)

    def resized(self) -> None:
        """Choose the columns for the width there is."""
        self._roomy = self.room >= _ROOMY
        self._lay_out()
        super().resized()

    def _lay_out(self) -> None:
        self.columns = [_NUMBER, Column("paper", share=3)]
        if self._roomy:
            self.columns.append(Column("title", share=5))
        if self._rounds:
            self.columns.append(Column("round", share=3) if self._roomy else Column("rd", 3))

    def _cells(self, row: Conflict) -> list[Span | str]:
        called = line(row.label[:_LONGEST]) or line(row.title[:_LONGEST]) or "(no title)"
        cells: list[Span | str] = [Span(f"#{row.number}", "muted"), called]
        if self._roomy:
            cells.append(line(row.title[:_LONGEST]))
        if self._rounds:
            name = f" {line(row.round_name[:_LONGEST])}" if self._roomy else ""
            cells.append(Span(f"#{row.round_number}{name}", "muted"))
        return cells
