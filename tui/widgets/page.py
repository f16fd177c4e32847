"""A page: a text to scroll through, set anew for every width, with lines that lead somewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from tui.sheets.sheet import Sheet, Target
from tui.widgets.lines import Lines, Row

Write = Callable[[Sheet], None]


class Page(Lines):
    """Shows what *write* writes on a sheet of the width there is."""

    @dataclass
    class Followed(Message):
        """A line that leads somewhere was chosen."""

        page: Page
        target: Target

        @property
        def control(self) -> Page:
            """The page it comes from."""
            return self.page

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._write: Write | None = None
        self._sheet = Sheet(1)

    @property
    def total(self) -> int:
        """How many lines the text has."""
        return len(self._sheet.rows)

    def row(self, index: int, width: int) -> Row:
        """Return a line."""
        return self._sheet.rows[index]

    def sign(self, index: int) -> str:
        """Mark the lines that lead somewhere."""
        return "▸" if index in self._sheet.targets and self._starts(index) else " "

    def _starts(self, index: int) -> bool:
        targets = self._sheet.targets
        return index == 0 or targets.get(index - 1) != targets[index]

    def show(self, write: Write, *, keep: bool = False) -> None:
        """Show another text; with *keep*, where the reader was in the one before."""
        self._write = write
        self._set()
        self.renew(keep=keep)

    def _set(self) -> None:
        self._sheet = Sheet(self.room)
        if self._write:
            self._write(self._sheet)

    def resized(self) -> None:
        """Set the text for the new width; the cursor stays on the line that led somewhere."""
        before = self.target
        self._set()
        row = self.line_of(before) if before is not None else None
        self.cursor = self.cursor if row is None else row
        super().resized()

    @property
    def target(self) -> Target | None:
        """Where the line under the cursor leads."""
        return self._sheet.targets.get(self.cursor)

    def line_of(self, target: Target) -> int | None:
        """Return the first line that leads to *target*."""
        return next((line for line, of in self._sheet.targets.items() if of == target), None)

    @property
    def first_target(self) -> int:
        """The first line that leads somewhere; the first line where none does."""
        return min(self._sheet.targets, default=0)

    def action_choose(self) -> None:
        """Follow the line under the cursor."""
        if self.target is not None:
            self.post_message(self.Followed(self, self.target))
        else:
            super().action_choose()
