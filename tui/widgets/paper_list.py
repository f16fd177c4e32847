"""The list of papers: any number of them in one order, of which only those seen are in memory."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.message import Message

from realist.text import line, pad, shorten
from realist.vocabulary import PaperState
from tui.widgets.lines import Column, Lines, Row, Span, widths

if TYPE_CHECKING:
    from realist.queries.listing import PaperLine

PAGE = 100
"""So many papers are asked for at once."""
_KEPT = 3000
_WIDE = 105
_LOOKED_AT = 1000
SIGNS = {
    PaperState.INCLUDED: Span("✓ included", "good"),
    PaperState.EXCLUDED: Span("✗ excluded", "bad"),
    PaperState.MAYBE: Span("~ maybe", "warn"),
    PaperState.CONFLICT: Span("≠ conflict", "warn"),
    PaperState.OPEN: Span("○ open", "accent"),
    PaperState.UNSCREENED: Span(""),
}
"""How it is shown where a paper stands."""


class Heading(NamedTuple):
    """A column: what it is sorted by, "" where it cannot be."""

    sort: str
    column: Column


_NARROW = (
    Heading("year", Column("year", 5)),
    Heading("author", Column("author", 16)),
    Heading("title", Column("title", share=8)),
    Heading("state", Column("state", 10)),
)
_MORE = (
    Heading("year", Column("year", 5)),
    Heading("author", Column("author", 16)),
    Heading("title", Column("title", share=8)),
    Heading("state", Column("state", 10)),
    Heading("journal", Column("journal", share=4)),
    Heading("", Column("tags", share=3)),
    Heading("evidence", Column("ev.", 4, right=True)),
    Heading("", Column("box", 3, right=True)),
)


class PaperList(Lines):
    """Shows papers in the order of ``numbers``; asks by :class:`Wanted` for those it does not hold."""

    heads = 1

    @dataclass
    class Wanted(Message):
        """Papers are seen that the list does not hold: see :attr:`PaperList.wanted`."""

        papers: PaperList

    @dataclass
    class Headed(Message):
        """A heading was clicked."""

        papers: PaperList
        sort: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.numbers: Sequence[int] = array("l")
        self.marked: set[int] = set()
        self.sort = "number"
        self.descending = False
        self.empty = ""
        self._held: OrderedDict[int, PaperLine] = OrderedDict()
        self._drawn: dict[int, Row] = {}
        self._absent: set[int] = set()
        self._asked = False
        self._digits = 4
        self._laid_out: tuple[int, tuple[Heading, ...], list[int]] = (-1, (), [])

    # -- what it shows --------------------------------------------------------------------------------------

    def order(self, numbers: Iterable[int], *, at: int = 0, top: int | None = None) -> None:
        """Show the papers of these numbers in this order: the cursor on row *at*, *top* seen first."""
        self.numbers = array("l", numbers)
        digits = max(len(str(max(self.numbers, default=0))), 4)
        if digits > self._digits:
            self._digits, self._laid_out = digits, (-1, (), [])
        self.cursor = max(0, min(at, len(self.numbers) - 1))
        self._drawn.clear()
        self.renew()
        if top is not None:
            self.scroll_to(y=max(top, 0), animate=False, immediate=True, force=True)
        self.show_cursor()

    def hold(self, papers: Iterable[PaperLine], *, anew: bool = False) -> None:
        """Keep what is known of some papers; with *anew*, forget all that was known before."""
        if anew:
            self._absent.clear()
            self._held.clear()
            self._drawn.clear()
            self._strips.clear()
        top = self.scroll_offset.y
        lacking = {number for number in self.numbers[top : top + self.shown] if number not in self._held}
        for paper in papers:
            self._held[paper.number] = paper
            self._held.move_to_end(paper.number)
            self._drawn.pop(paper.number, None)
        while len(self._held) > _KEPT:
            self._drawn.pop(self._held.popitem(last=False)[0], None)
        self._asked = False
        if anew or any(number in self._held for number in lacking):
            self.refresh()

    def lack(self, numbers: Iterable[int]) -> None:
        """Do not ask again for these papers: they are gone, which the next order will show."""
        self._absent |= set(numbers)

    def ask_again(self) -> None:
        """Allow to ask again, even where an answer does not come."""
        self._asked = False

    @property
    def wanted(self) -> list[int]:
        """The numbers of the papers that are seen, and of those around them, which are not held."""
        top, shown = self.scroll_offset.y, self.shown
        if all(self._is_settled(number) for number in self.numbers[max(top - shown, 0) : top + 3 * shown]):
            return []
        near = self.numbers[max(top - PAGE // 2, 0) : top + 2 * shown + PAGE]
        return [number for number in near if not self._is_settled(number)]

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for what will be seen next before it is seen."""
        super().watch_scroll_y(old_value, new_value)
        if not self._asked and self.wanted:
            self._asked = True
            self.post_message(self.Wanted(self))

    def _is_settled(self, number: int) -> bool:
        return number in self._held or number in self._absent

    @property
    def number(self) -> int:
        """The number of the paper under the cursor; 0 where there is none."""
        return self.numbers[self.cursor] if self.cursor < len(self.numbers) else 0

    @property
    def paper(self) -> PaperLine | None:
        """The paper under the cursor, where it is held."""
        return self._held.get(self.number)

    def known(self, number: int) -> PaperLine | None:
        """What is held of a paper."""
        return self._held.get(number)

    def mark(self, numbers: Iterable[int]) -> None:
        """Mark the papers of these numbers and no others."""
        self.marked = set(numbers)
        self._strips.clear()
        self.refresh()

    def mark_here(self) -> None:
        """Mark the paper under the cursor, or take its mark off, and go on to the next."""
        if self.number:
            self.marked ^= {self.number}
            self.renew_row(self.cursor)
            self.action_move(1)

    # -- Lines ----------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many rows there are; a list without papers says so in one."""
        return len(self.numbers) or 1

    def sign(self, index: int) -> str:
        """Show which papers are marked."""
        return "*" if self.marked and self.number_at(index) in self.marked else " "

    def number_at(self, index: int) -> int:
        """The number of the paper on row *index*; 0 where there is none."""
        return self.numbers[index] if index < len(self.numbers) else 0

    def row(self, index: int, width: int) -> Row | None:
        """Return the row of a paper, or ask for it."""
        if not self.numbers:
            return [Span(self.empty, "muted")] if self.empty else None
        number = self.numbers[index]
        drawn = self._drawn.get(number)
        if drawn is not None and self._laid_out[0] == width:
            return drawn
        paper = self._held.get(number)
        if paper is None:
            if not self._asked and number not in self._absent:
                self._asked = True
                self.post_message(self.Wanted(self))
            return None
        headings, sizes = self._layout(width)
        drawn = self._drawn[number] = drawn_row(paper, headings, sizes)
        return drawn

    def _layout(self, width: int) -> tuple[tuple[Heading, ...], list[int]]:
        if self._laid_out[0] != width:
            self._drawn.clear()
            number = Heading("number", Column("#", self._digits, right=True))
            headings = (number, *(_MORE if width >= _WIDE else _NARROW))
            self._laid_out = (width, headings, widths([heading.column for heading in headings], width))
        return self._laid_out[1:]

    def resized(self) -> None:
        """Fit the rows to the width there is now."""
        self._laid_out = (-1, (), [])
        super().resized()

    @property
    def sorts(self) -> list[str]:
        """What the columns that are shown can be sorted by, from left to right."""
        return [heading.sort for heading in self._layout(self.room)[0] if heading.sort]

    def head(self, place: int, width: int) -> Row:
        """Return the headings; the sorted one says which way."""
        headings, sizes = self._layout(width)
        sign = "▼" if self.descending else "▲"
        titles = [heading.column.title + (sign if heading.sort == self.sort else "") for heading in headings]
        shown = [
            pad(title, size, right=heading.column.right)
            for title, size, heading in zip(titles, sizes, headings, strict=True)
        ]
        return [Span(" ".join(shown), "heading")]

    def on_click(self, event: events.Click) -> None:
        """Sort by the heading clicked; rows are seen to by Lines, whose handler is called as well."""
        if event.y >= self.heads:
            return
        headings, sizes = self._layout(self.room)
        left = self.lead
        for heading, size in zip(headings, sizes, strict=True):
            if left <= event.x <= left + size and heading.sort:
                self.post_message(self.Headed(self, heading.sort))
                return
            left += size + 1

    def action_choose(self) -> None:
        """Choose the paper under the cursor, where there is one."""
        if self.numbers:
            super().action_choose()


def drawn_row(paper: PaperLine, headings: Sequence[Heading], sizes: Sequence[int]) -> Row:
    """Return a paper as one row: as few spans as its styles allow, since every one costs when it is drawn."""
    spans: list[Span] = []
    held = ""
    for heading, size in zip(headings, sizes, strict=True):
        state = heading.sort == "state"
        text = SIGNS[paper.state].text if state else _text(paper, heading.sort or heading.column.title)
        cell = pad(_short(text, size), size, right=heading.column.right)
        if state and SIGNS[paper.state].style:
            spans += [Span(held), Span(cell, SIGNS[paper.state].style)]
            held = " "
        else:
            held += cell + " "
    return [*spans, Span(held[:-1])]


def _short(text: str, size: int) -> str:
    if len(text) <= size and text.isascii() and text.isprintable():
        return text
    return line(text[:_LOOKED_AT])


def _text(paper: PaperLine, of: str) -> str:
    if of == "number":
        return str(paper.number)
    if of == "year":
        return str(paper.year) if paper.year is not None else ""
    if of == "author":
        return first_author(paper)
    if of == "title":
        return paper.title or paper.label or paper.doi
    if of == "journal":
        return paper.journal
    if of == "tags":
        return ", ".join(shorten(tag[:_LOOKED_AT], 40) for tag in paper.tags)
    count = paper.evidence if of == "evidence" else paper.boxes
    return str(count) if count else ""


def first_author(paper: PaperLine) -> str:
    """Return the first author's family name, with "et al." where there are others; else the label."""
    if not paper.authors:
        return paper.label if paper.title else ""
    family = paper.authors[0][:_LOOKED_AT].split(",")[0]
    return f"{shorten(family, 60)} et al." if len(paper.authors) > 1 else family
