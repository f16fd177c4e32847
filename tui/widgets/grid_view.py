"""The evidence grid drawn: cells under a cursor, headings and sums that stay in view both ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from realist.text import cell_width, pad
from tui.actions import bindings
from tui.widgets.lines import Lines, Row, Span

if TYPE_CHECKING:
    from tui.gateway.matrix import Matrix

_NAMED, _WIDEST, _PAPER = 9, 16, 8
"""From so many columns on names stand in the headings; no column is wider; a paper's name takes so many."""
_LINES = 3
_SUMS = ("n", "reported", "people")
_STYLES = {"✓": "good", "·": "muted", "?": "muted", "S": "good", "W": "bad", "+": "good", "−": "bad"}


class GridView(Lines):
    """Shows a :class:`Matrix`. The cursor is a cell: row ``cursor``, column ``column``.

    Columns scroll one by one: ``left`` is the first in view, and none is ever cut.
    """

    BINDINGS = bindings("cells")

    @dataclass
    class Headed(Message):
        """A heading was clicked: a column, or None for the heading of n."""

        view: GridView
        column: int | None

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.matrix: Matrix | None = None
        self.legend: Callable[[int], str] = lambda width: ""
        self.marks: tuple[str, str] = ("", "")
        """A sign and a uid: the column by which the rows are sorted, and the row by which the columns are."""
        self.corner: tuple[str, ...] = ()
        """What stands before the headings: of the rows, and above it of the columns."""
        self.empty = "The grid is being read …"
        self.column = 0
        self.left = 0
        self.heads = 2
        self._label = self._wide = 1
        self._tail: tuple[int, ...] = ()
        self._titles: list[list[str]] = []
        self._drawn: dict[tuple[int, int, int], Strip] = {}

    # -- what is shown --------------------------------------------------------------------------------------

    def fill(self, matrix: Matrix, row: str = "", column: str = "") -> None:
        """Show another matrix, the cursor on the cell of these uids where they are in it."""
        self.matrix = matrix
        self.cursor = matrix.rows_of.get(row, min(self.cursor, max(len(matrix.grid.rows) - 1, 0)))
        self.column = matrix.columns_of.get(column, min(self.column, max(len(matrix.columns) - 1, 0)))
        self._measure()
        self.renew()
        self.show_cursor()

    @property
    def total(self) -> int:
        """How many rows there are; a grid without any says so in one line."""
        return len(self.matrix.grid.rows) or 1 if self.matrix else 1

    @property
    def holds(self) -> bool:
        """Whether there is a cell at all."""
        return self.matrix is not None and bool(self.matrix.grid.rows) and bool(self.matrix.columns)

    @property
    def here(self) -> tuple[str, str]:
        """The uids of the row and the column under the cursor; "" where there is none."""
        if self.matrix is None or not self.holds:
            return "", ""
        return self.matrix.head(self.cursor).uid, self.matrix.columns[self.column].uid

    @property
    def feet(self) -> int:
        """How many lines at the bottom do not scroll: sums, and what the signs mean."""
        return sum(self.matrix.sums[1]) + 1 if self.matrix and self.holds else 0

    @property
    def shown(self) -> int:
        """How many rows are seen at once."""
        return max(self.scrollable_content_region.height - self.heads - self.feet, 1)

    @property
    def across(self) -> int:
        """How many columns of the grid are seen at once."""
        room = self.room - self._label - 1 - sum(self._tail)
        return max(min(room // self._wide, len(self.matrix.columns) if self.matrix else 1), 1)

    def renew(self, *, keep: bool = True) -> None:
        """Draw everything anew after the matrix changed."""
        self._drawn.clear()
        self.virtual_size = Size(self.room, self.total + self.heads + self.feet)
        if not keep:
            self.cursor = self.column = self.left = 0
            self.scroll_to(y=0, animate=False, immediate=True, force=True)
        self.refresh()

    def resized(self) -> None:
        """Fit the columns to the width there is now."""
        self._measure()
        super().resized()

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        self._drawn.clear()
        super().notify_style_update()

    def _measure(self) -> None:
        """Find the widths of the columns, and what stands in their headings."""
        if self.matrix is None or not self.holds:
            self.heads = 0
            return
        matrix, room = self.matrix, self.room
        most = 24 if room < 100 else 36 if room < 160 else 48
        self._label = max(min(matrix.label, most, room // 3), *map(len, self.corner), len("reported"))
        said = max((len(matrix.head(row).sums[2]) for row in range(min(self.total, 200))), default=0)
        wide = (5, 9, max(said, 6) + 1)
        self._tail = tuple(size for size, there in zip(wide, matrix.sums[0], strict=True) if there)
        share = (room - self._label - 1 - sum(self._tail)) // len(matrix.columns)
        least = max(matrix.size, _PAPER - 2 if matrix.turned else 0) + 2
        named = share >= max(_NAMED, least) or matrix.turned
        self._wide = max(least, min(share, _WIDEST)) if named else max(least, min(share, least + 1))
        width = self._wide - 1
        self._titles = [_heading(column.name, width) if named else [column.code] for column in matrix.columns]
        self.heads = max(map(len, self._titles), default=1) + 1

    # -- drawing --------------------------------------------------------------------------------------------

    def row(self, index: int, width: int) -> Row:
        """Return a row: its heading, the cells that are in view, its sums."""
        if self.matrix is None or not self.holds:
            return [Span(self.empty, "muted")]
        matrix, head, here = self.matrix, self.matrix.head(index), index == self.cursor
        spans = [Span(pad(head.name, self._label) + " ", "strong" if here else "")]
        cells = matrix.cells(index)
        for place in range(self.left, min(self.left + self.across, len(cells))):
            text = cells[place]
            if here and place == self.column:
                spans.append(Span(pad(f"[{text or ' '}]", self._wide), "cursor"))
            else:
                spans.append(Span(pad(f" {text}", self._wide), style_of(text)))
        return spans + self._ends(head.sums)

    def _ends(self, sums: tuple[str, ...], style: str = "") -> list[Span]:
        there = self.matrix.sums[0] if self.matrix else ()
        texts = [text for text, shown in zip(sums, there, strict=True) if shown]
        return [
            Span(pad(f" {text}", size), style or ("warn" if "!" in text else "muted" if place else ""))
            for place, (text, size) in enumerate(zip(texts, self._tail, strict=True))
        ]

    def head(self, place: int, width: int) -> Row:
        """Return a heading line; the last is a rule that marks the column under the cursor and the order."""
        matrix = self.matrix
        if matrix is None:
            return ()
        if place == self.heads - 1:
            return self._rule()
        last = place == self.heads - 2
        above = self.heads - 2 - place
        corner = self.corner[above] if above < len(self.corner) else ""
        spans = [Span(pad(corner, self._label + 1), "muted")]
        for column in range(self.left, min(self.left + self.across, len(matrix.columns))):
            title = self._titles[column]
            level = place - (self.heads - 1 - len(title))
            text = pad(f" {title[level] if level >= 0 else ''}", self._wide)
            spans.append(Span(text, "mark" if column == self.column else "heading"))
        return spans + (self._ends(_SUMS, "muted") if last else [])

    def _rule(self) -> Row:
        matrix = self.matrix
        count = len(matrix.columns) if matrix else 0
        spans = [Span(pad("", self._label + 1).replace(" ", "─"), "muted")]
        stop = min(self.left + self.across, count)
        for column in range(self.left, stop):
            sign = "▼" if column == self.column else "─"
            order = self.marks[0] if matrix and self.marks[0][1:] == matrix.columns[column].uid else ""
            text = f"─{sign}{order[:1] or '─'}"
            spans.append(Span(text + "─" * (self._wide - 3), "accent" if column == self.column else "muted"))
        before, after = (f"‹{self.left}" if self.left else ""), (f"{count - stop}›" if stop < count else "")
        if before:
            spans[0] = Span(spans[0].text[: -len(before)] + before, "accent")
        order = self.marks[0][:1] if len(self.marks[0]) == 1 else ""
        rest = f"─{order or '─'}".ljust(sum(self._tail), "─")
        return [*spans, Span(after + rest[len(after) :], "accent" if after else "muted")]

    def _foot(self, place: int) -> Row:
        matrix = self.matrix
        if matrix is None or place == self.feet - 1:
            return [Span(self.legend(self.room + self.lead), "muted")]
        which = [number for number, there in enumerate(matrix.sums[1]) if there][place]
        name = "stakeholders" if _SUMS[which] == "people" and self._label > 11 else _SUMS[which]
        spans = [Span(pad(name, self._label + 1), "muted")]
        for column in range(self.left, min(self.left + self.across, len(matrix.columns))):
            text = matrix.columns[column].sums[which]
            here = "strong" if column == self.column else ""
            spans.append(Span(pad(f" {text}", self._wide), "warn" if "!" in text else here))
        return spans

    def sign(self, index: int) -> str:
        """Mark the row that rules the order of the columns."""
        marked = self.marks[1]
        return marked[0] if marked and self.matrix and self.matrix.head(index).uid == marked[1:] else " "

    def render_line(self, y: int) -> Strip:
        """Return line *y* of what is seen."""
        region = self.scrollable_content_region
        top = region.height - self.feet
        if y < self.heads:
            return self._strip([Span(" " * self.lead), *self.head(y, self.room)], region.width, "", False)
        if self.feet and y >= top:
            lead = [] if y == region.height - 1 else [Span(" " * self.lead)]
            return self._strip([*lead, *self._foot(y - top)], region.width, "", False)
        index = y - self.heads + self.scroll_offset.y
        if index >= self.total:
            return Strip.blank(region.width, self.rich_style)
        here = index == self.cursor and self.holds
        key = (index, self.left, self.column if here else -1)
        strip = self._drawn.get(key)
        if strip is None:
            if len(self._drawn) > 4 * self.shown + 64:
                self._drawn.clear()
            mark = self.sign(index) if self.holds else " "
            spans = [Span(("›" if here else " ") + mark, "accent"), *self.row(index, self.room)]
            strip = self._drawn[key] = self._strip(spans, region.width, "", False)
        return strip

    # -- moving ---------------------------------------------------------------------------------------------

    def _refresh_row(self, index: int) -> None:
        y = index - self.scroll_offset.y + self.heads
        if self.heads <= y < self.heads + self.shown:
            self.refresh(Region(0, y, self.scrollable_content_region.width, 1))

    def go_across(self, column: int) -> None:
        """Put the cursor on *column*, and into view; the headings and one row are drawn again."""
        column = max(0, min(column, len(self.matrix.columns) - 1 if self.matrix else 0))
        if column == self.column or not self.holds:
            return
        self.column = column
        if not self.see():
            region = self.scrollable_content_region
            self.refresh(
                Region(0, 0, region.width, self.heads),
                Region(0, region.height - self.feet, region.width, self.feet),
            )
            self._refresh_row(self.cursor)
        self.post_message(self.Moved(self, self.cursor))

    def see(self) -> bool:
        """Scroll the columns so that the cursor is seen; return whether that was needed."""
        count = len(self.matrix.columns) if self.matrix else 0
        left = max(min(self.left, self.column, count - self.across), self.column - self.across + 1, 0)
        return self.pan(left)

    def pan(self, left: int) -> bool:
        """Show the columns from *left* on; return whether anything moved."""
        count = len(self.matrix.columns) if self.matrix else 0
        left = max(0, min(left, count - self.across))
        moved, self.left = left != self.left, left
        if moved:
            self.refresh()
        return moved

    def show_cursor(self) -> bool:
        """Scroll so that the cursor is seen; return whether that was needed."""
        scrolled = super().show_cursor()
        self.see()
        return scrolled

    def action_across(self, columns: int) -> None:
        """Move the cursor by *columns*."""
        self.go_across(self.column + columns)

    def action_edge(self, side: int) -> None:
        """Go to the first or the last column."""
        self.go_across(len(self.matrix.columns) - 1 if self.matrix and side > 0 else 0)

    def action_choose(self) -> None:
        """Choose the cell under the cursor, where there is one."""
        if self.holds:
            super().action_choose()

    # -- the mouse ------------------------------------------------------------------------------------------

    def column_at(self, x: int) -> int | None:
        """Return the column at *x*; None beside the columns."""
        place, rest = divmod(x - self.lead - self._label - 1, self._wide)
        count = len(self.matrix.columns) if self.matrix else 0
        return self.left + place if rest >= 0 <= place < self.across and self.left + place < count else None

    def on_click(self, event: events.Click) -> None:
        """Go to the cell clicked; the second click opens it; a click on a heading sorts."""
        event.prevent_default()
        index, column = event.y - self.heads + self.scroll_offset.y, self.column_at(event.x)
        if not self.holds:
            return
        if event.y < self.heads:
            end = self.lead + self._label + 1 + self.across * self._wide
            if column is not None or end <= event.x < end + self._tail[0]:
                self.post_message(self.Headed(self, column))
        elif event.y < self.heads + self.shown and index < self.total:
            self.go_to(index)
            if column is not None:
                self.go_across(column)
            if event.chain > 1:
                self.action_choose()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the columns where Shift is held."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the columns where Shift is held."""
        self._wheel(event, -1)

    def on_mouse_scroll_right(self) -> None:
        """Scroll the columns."""
        self.pan(self.left + 1)

    def on_mouse_scroll_left(self) -> None:
        """Scroll the columns back."""
        self.pan(self.left - 1)

    def _wheel(self, event: events.MouseEvent, columns: int) -> None:
        if event.shift or event.ctrl:
            event.prevent_default()
            event.stop()
            self.pan(self.left + columns)


def style_of(text: str) -> str:
    """Return the style in which the sign of a cell is drawn."""
    if not text or text in _STYLES:
        return _STYLES.get(text, "")
    return "warn" if text.endswith("!") else "accent"


def _heading(name: str, width: int) -> list[str]:
    """Return a name in at most three lines; what is cut ends with an ellipsis."""
    lines: list[str] = []
    for word in name.split()[:40]:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and cell_width(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]} {lines[_LINES]}"]
    return [pad(text, width).rstrip() for text in lines] or [""]
