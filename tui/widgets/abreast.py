"""Papers side by side under a cursor that goes from paper to paper; j and k scroll."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events

from tui.sheets.abreast import GAP, NAME, Field, columns, compared, heading, rows
from tui.sheets.sheet import Sheet
from tui.widgets.detail import stand_still
from tui.widgets.lines import Lines, Row
from tui.widgets.page import Write

if TYPE_CHECKING:
    from tui.gateway.same import Side


class Abreast(Lines):
    """Shows papers as columns, fields as rows; or a text where there are no papers to show."""

    DEFAULT_CSS = """
    Abreast { overflow-y: scroll; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.sides: Sequence[Side] = ()
        self.column = 0
        self._left = 0
        self._fields: list[Field] = []
        self._rows: list[Row] = []
        self._write: Write | None = None

    # -- what is shown --------------------------------------------------------------------------------------

    def fill(self, sides: Sequence[Side], *, keep: bool) -> None:
        """Show other papers; with *keep*, where the reader was."""
        self.sides, self._write, self.heads = sides, None, 1
        self._fields = compared(sides)
        if not keep or self.column >= len(sides):
            self.column = self._left = 0
        self._set()
        self.renew(keep=keep)

    def tell(self, write: Write) -> None:
        """Show a text in place of papers."""
        self.sides, self._write, self.heads, self._fields = (), write, 0, []
        self.column = self._left = 0
        self._set()
        self.renew(keep=False)

    def _set(self) -> None:
        if self._write:
            sheet = Sheet(self.room)
            self._write(sheet)
            self._rows = list(sheet.rows)
        else:
            self._rows = list(rows(self._fields, self.room, self._left))

    @property
    def side(self) -> Side | None:
        """The paper under the cursor."""
        return self.sides[self.column] if self.column < len(self.sides) else None

    @property
    def total(self) -> int:
        """How many lines there are."""
        return len(self._rows)

    def row(self, index: int, width: int) -> Row:
        """Return a line."""
        return self._rows[index]

    def head(self, place: int, width: int) -> Row:
        """Return the papers' names."""
        return heading(self.sides, width, self._left, self.column)

    def resized(self) -> None:
        """Set the papers for the new width."""
        self._into_view()
        self._set()
        super().resized()

    def renew(self, *, keep: bool = True) -> None:
        """Draw everything anew; nothing is laid out."""
        stand_still(self)
        super().renew(keep=keep)

    # -- moving ---------------------------------------------------------------------------------------------

    def across(self, steps: int) -> None:
        """Go to a paper to the left or to the right."""
        to = max(0, min(self.column + steps, len(self.sides) - 1))
        if to != self.column:
            self.column, left = to, self._left
            self._into_view()
            if left != self._left:
                self._set()
                self.renew()
            self.refresh()

    def _into_view(self) -> None:
        many, _ = columns(self.room, len(self.sides))
        self._left = max(min(self._left, self.column), self.column - many + 1, 0)

    def on_click(self, event: events.Click) -> None:
        """Go to the paper clicked; its line is seen to by Lines, whose handler is called as well."""
        many, wide = columns(self.room, len(self.sides))
        place = (event.x - self.lead - NAME) // (wide + GAP)
        if event.x >= self.lead + NAME and place < many:
            self.across(self._left + place - self.column)

    def action_choose(self) -> None:
        """Choose the paper under the cursor, where there is one."""
        if self.side is not None:
            super().action_choose()
