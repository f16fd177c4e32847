"""A folder as a list: folders and files with size and date, any number of them, some marked."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.message import Message

from realist.text import fold, line
from tui.widgets.lines import Column, Lines, Row, Span, cells, widths

if TYPE_CHECKING:
    from tui.gateway.folders import Entry, Listing

_CLOSE = (Column("", 1), Column("name"), Column("size", 9, right=True), Column("changed", 10))
_WHOLE = (Column("", 1), Column("name"), Column("size", 9, right=True), Column("changed", 16))
_ROOMY = 60
UP = ".."


class FileList(Lines):
    """Shows what a folder holds. Marks stay when another folder is shown."""

    SORTS: ClassVar[tuple[str, ...]] = ("name", "changed", "size")
    heads = 1

    @dataclass
    class Headed(Message):
        """A heading was clicked."""

        sort: str

    @dataclass
    class Marked(Message):
        """Other files are marked now."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.folder = ""
        self.files = 0
        self.marked: dict[str, None] = {}
        self.sort = "name"
        self.words = ""
        self._all: list[Entry] = []
        self._rows: list[Entry] = []
        self._up: Entry | None = None

    # -- what it shows --------------------------------------------------------------------------------------

    def show(self, listing: Listing, up: Entry | None, at: str = "") -> None:
        """Show a folder, the cursor on the entry called *at*, else where it was, else on the first one.

        *up* is the row that leads to the folder above; None where there is none.
        """
        same = listing.folder == self.folder
        here = at or (self.entry.name if same and self.entry else "")
        self.folder, self._all, self._up = listing.folder, listing.entries, up
        self.files = sum(not entry.folder for entry in listing.entries)
        self._arrange(here, keep=same)

    def find(self, words: str) -> None:
        """Show only entries whose names hold all *words*."""
        if words != self.words:
            self.words = words
            self._arrange(self.entry.name if self.entry else "")

    def order_by(self, sort: str) -> None:
        """Show the entries in another order: by name, the newest first, or the largest first."""
        self.sort = sort
        self._arrange(self.entry.name if self.entry else "")

    def _arrange(self, here: str, *, keep: bool = False) -> None:
        wanted = fold(self.words).split()
        rows = [entry for entry in self._all if all(word in entry.folded for word in wanted)]
        if self.sort != "name":  # the sort is stable: what is equal stays in the order of names
            rows.sort(key=lambda entry: (not entry.folder, -self._measure(entry)))
        lead = [] if wanted or self._up is None else [self._up]
        self._rows = lead + rows
        at = next((place for place, entry in enumerate(self._rows) if here and entry.name == here), None)
        first = len(lead) if rows else 0
        self.renew(keep=keep)
        self.cursor = -1 if at is None else at
        self.go_to(first if at is None else at)

    def _measure(self, entry: Entry) -> float:
        return entry.changed if self.sort == "changed" else float(entry.size)

    @property
    def entry(self) -> Entry | None:
        """What is under the cursor; None where the list is empty."""
        return self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None

    @property
    def shown_files(self) -> list[str]:
        """The paths of all files that fit the words, in the order shown."""
        return [entry.path for entry in self._rows if not entry.folder]

    # -- marks ----------------------------------------------------------------------------------------------

    def mark(self, paths: Iterable[str], on: bool = True) -> None:
        """Mark files, or take their marks off."""
        if on:
            self.marked |= dict.fromkeys(paths)
        else:
            for path in paths:
                self.marked.pop(path, None)
        self._strips.clear()
        self.refresh()
        self.post_message(self.Marked())

    def mark_here(self) -> None:
        """Mark the file under the cursor, or take its mark off, and go on to the next row."""
        entry = self.entry
        if entry is not None:
            if not entry.folder:
                self.mark([entry.path], entry.path not in self.marked)
            self.action_move(1)

    # -- Lines ----------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many rows there are; a folder without any says so in one."""
        return len(self._rows) or 1

    def row(self, index: int, width: int) -> Row | None:
        """Return the row of an entry."""
        if not self.folder:
            return None
        if not self._rows:
            words = (
                "Nothing here fits: f changes what is looked for." if self.words else "Nothing is in here."
            )
            return [Span(words, "muted")]
        entry = self._rows[index]
        name = line(entry.name) or "(a name that does not print)"
        if entry.folder:
            shown = Span(name if entry.name == UP else name + os.sep, "accent")
            note = "folder up" if entry.name == UP else ""
            return cells(["", shown, note, "" if note else self._date(entry)], self._columns, width)
        size, date = Span(size_of(entry.size), "muted"), Span(self._date(entry), "muted")
        mark = Span("*" if entry.path in self.marked else "", "accent")
        return cells([mark, name, size, date], self._columns, width)

    def _date(self, entry: Entry) -> str:
        pattern = "%Y-%m-%d %H:%M" if self._columns is _WHOLE else "%Y-%m-%d"
        try:
            return time.strftime(pattern, time.localtime(entry.changed))
        except (OverflowError, ValueError, OSError):  # a file of the year 40,000
            return "–"

    @property
    def _columns(self) -> tuple[Column, ...]:
        return _WHOLE if self.room >= _ROOMY else _CLOSE

    def head(self, place: int, width: int) -> Row:
        """Return the headings; the one sorted by has a sign."""
        titles = [
            column.title + ({"name": "▲"}.get(column.title, "▼") if column.title == self.sort else "")
            for column in self._columns
        ]
        return cells(titles, self._columns, width)

    def on_click(self, event: events.Click) -> None:
        """Sort by the heading clicked; mark at the left edge; Lines sees to the rest."""
        if event.y >= self.heads:
            index = event.y - self.heads + self.scroll_offset.y
            if event.x <= self.lead and index < len(self._rows) and not self._rows[index].folder:
                path = self._rows[index].path
                self.mark([path], path not in self.marked)
            return
        left = self.lead
        for column, size in zip(self._columns, widths(self._columns, self.room), strict=True):
            if left <= event.x <= left + size and column.title:
                self.post_message(self.Headed(column.title))
                return
            left += size + 1

    def action_choose(self) -> None:
        """Choose what is under the cursor, where there is something."""
        if self._rows:
            super().action_choose()


def size_of(size: int) -> str:
    """Return a size in bytes as a person reads it: ``812 B``, ``1.2 MB``."""
    if size < 1000:
        return f"{size} B"
    number = float(size)
    for unit in ("kB", "MB", "GB", "TB"):
        number /= 1000
        if number < 999.5 or unit == "TB":
            return f"{number:.1f} {unit}" if number < 9.95 else f"{number:,.0f} {unit}"
    return ""
