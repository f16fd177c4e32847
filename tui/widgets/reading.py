"""A text to be read: no cursor, nothing to choose, another text at every key without a layout pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.lines import STYLES, Lines, Row, Span

Write = Callable[[int], Sequence[Row]]
"""Gives the rows of a text for a width."""


class Drawn(NamedTuple):
    """Rows that were drawn ahead, for the width and the colours there were."""

    width: int
    colours: int
    strips: list[Strip]


class Reading(Lines, can_focus=False, inherit_bindings=False):
    """Shows rows under a heading line of its own; the screen scrolls it.

    It has no scrollbar, which would be drawn anew with every text, as many lines again as the text has: where
    there is more above or below, the last column of the first or last line says so.
    """

    DEFAULT_CSS = """
    Reading { overflow-y: scroll; scrollbar-size-vertical: 0; }
    """

    def __init__(self, *, id: str | None = None, heads: int = 0) -> None:
        super().__init__(id=id, lead=False)
        self.lead = 1
        self.heads = heads
        self.cursor = -1
        self._head: Row = ()
        self._rows: Sequence[Row] = ()
        self._write: Write = lambda width: ()
        self._above = self._below = -1
        self._colours = 0

    @property
    def total(self) -> int:
        """How many rows the text has."""
        return len(self._rows)

    @property
    def measure(self) -> int:
        """How many columns a row may fill: the last one is free for the sign that there is more."""
        return max(self.room - 1, 1)

    def row(self, index: int, width: int) -> Row:
        """Return a row."""
        return self._rows[index]

    def head(self, place: int, width: int) -> Row:
        """Return the heading line."""
        return self._head

    def sign(self, index: int) -> str:
        """Return nothing: no row is marked."""
        return ""

    def show(
        self,
        write: Write,
        head: Row = (),
        *,
        keep: bool = False,
        drawn: Callable[[], Drawn | None] | None = None,
    ) -> None:
        """Show another text, from its first row; with *keep*, where the reader was in the one before.

        What *drawn* gives was drawn ahead of the rows that *write* wrote.
        """
        before = self.total
        self._write, self._head = write, head
        self._rows = write(self.measure)
        self._set_size(max(before, self.total), keep=keep)
        ahead = drawn() if drawn else None
        width = self.scrollable_content_region.width
        if ahead is not None and (ahead.width, ahead.colours) == (width, self._colours):
            self._strips = {(row, width, False): strip for row, strip in enumerate(ahead.strips)}

    def pen(self) -> Callable[[Sequence[Row]], Drawn]:
        """Return what draws rows ahead, in any thread, for the width and the colours there are now."""
        for style in STYLES:  # a style is found out here, where the screen is; a thread only looks it up
            self.rich(style, False)
        width, colours = self.scrollable_content_region.width, self._colours

        def draw(rows: Sequence[Row]) -> Drawn:
            strips = [self._strip([Span(" "), *row], width, "", False) for row in rows]
            return Drawn(width, colours, strips)

        return draw

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        self._colours += 1
        super().notify_style_update()

    def renew(self, *, keep: bool = True) -> None:
        """Draw everything anew."""
        self._set_size(self.size.height, keep=keep)

    def _set_size(self, rows: int, *, keep: bool) -> None:
        """Draw the first *rows* anew; the size of the text is set past the layout, which stays."""
        self._strips.clear()
        size = Size(self.room, self.total + self.heads)
        self.set_reactive(Widget.virtual_size, size)
        self._scroll_update(size)
        top = self.scroll_offset.y
        if top and not keep:
            self.scroll_to(y=0, animate=False, immediate=True, force=True)  # this draws everything
        elif top:
            self.refresh()
        else:
            self.refresh(Region(0, 0, self.size.width, min(rows + self.heads, self.size.height)))

    def resized(self) -> None:
        """Set the text for the new width."""
        self._rows = self._write(self.measure)
        self.renew()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region; where there is more to read is asked once for all."""
        top, shown = self.scroll_offset.y, self.shown
        self._above = self.heads if top else -1
        self._below = self.heads + shown - 1 if top + shown < self.total else -1
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Return a line."""
        strip = super().render_line(y)
        if y not in (self._above, self._below):
            return strip
        sign = Segment("▾" if y == self._below else "▴", self.rich("accent", False))
        return Strip([*strip.crop(0, self._width - 1), sign], self._width)

    def leaf(self, pages: int) -> bool:
        """Scroll by screenfuls; return whether there was more to see."""
        top = self.scroll_offset.y
        last = max(self.total - self.shown, 0)
        y = max(0, min(top + pages * max(self.shown - 1, 1), last))
        if y != top:
            self.scroll_to(y=y, animate=False, immediate=True, force=True)
        return y != top


def words(text: str, style: str = "") -> Row:
    """Return a row of words in one style."""
    return [Span(text, style)]
