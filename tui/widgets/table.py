"""A table of rows that are all known: short lists with columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from tui.widgets.lines import Column, Lines, Row, Span, cells

T = TypeVar("T")


class Table(Lines, Generic[T]):
    """Shows *items*, one a row, each by *show* as one text per column."""

    heads = 1

    def __init__(
        self,
        columns: Sequence[Column],
        show: Callable[[T], Sequence[Span | str]],
        *,
        empty: str = "Nothing here yet.",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.columns = list(columns)
        self.items: list[T] = []
        self.empty = empty
        self._show = show

    @property
    def total(self) -> int:
        """How many items there are; a table without any says so in one line."""
        return len(self.items) or 1

    def row(self, index: int, width: int) -> Row:
        """Return the row of an item."""
        if not self.items:
            return [Span(self.empty, "muted")]
        return cells(self._show(self.items[index]), self.columns, width)

    def head(self, place: int, width: int) -> Row:
        """Return the headings."""
        return cells([column.title for column in self.columns], self.columns, width)

    def fill(self, items: Sequence[T], *, keep: bool = True) -> None:
        """Show other items."""
        self.items = list(items)
        self.renew(keep=keep)

    @property
    def item(self) -> T | None:
        """The item under the cursor."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def action_choose(self) -> None:
        """Choose the item under the cursor, where there is one."""
        if self.items:
            super().action_choose()
