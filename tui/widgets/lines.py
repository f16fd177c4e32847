"""Lines: a scrolling widget that draws only what is seen, for lists of any length and for long texts.

Built on Textual's Line API. A row is a list of spans, (text, style); a style is one of :data:`STYLES`. What a
span holds is made plain and cut by columns here, so nothing in it can reach the terminal as a command.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from realist.text import line, pad
from tui.actions import bindings
from tui.safe import bare

SETS = ("include", "exclude", "context", "mechanism", "outcome")
"""The sets of highlight terms: each has a colour, and a way of writing for who does not see colours."""
STYLES = ("muted", "good", "bad", "warn", "accent", "strong", "heading", "mark", "quote", *SETS)
_LONGEST = 4000  # characters of one span that are looked at: no terminal is wider


class Span(NamedTuple):
    """A piece of a row."""

    text: str
    style: str = ""


Row = Sequence[Span]


class Lines(ScrollView, can_focus=True):
    """Rows under a cursor. A subclass says how many there are (``total``) and what each shows (``row``)."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--cursor", *(f"lines--{style}" for style in STYLES)}
    BINDINGS = bindings("lines")
    DEFAULT_CSS = """
    Lines { height: 1fr; background: $surface; color: $foreground; overflow-x: hidden; overflow-y: auto;
      scrollbar-size-vertical: 1; }
    Lines .lines--cursor { background: $primary-muted; color: $foreground; }
    Lines:focus .lines--cursor { background: $block-cursor-background; color: $block-cursor-foreground;
      text-style: $block-cursor-text-style; }
    Lines .lines--muted { color: $text-muted; }
    Lines .lines--good { color: $text-success; }
    Lines .lines--bad { color: $text-error; }
    Lines .lines--warn { color: $text-warning; }
    Lines .lines--accent { color: $text-accent; }
    Lines .lines--strong { text-style: bold; }
    Lines .lines--heading { color: $text-primary; text-style: bold; }
    Lines .lines--mark { color: $text-accent; text-style: bold underline; }
    Lines .lines--quote { color: $text-secondary; text-style: italic; }
    Lines .lines--include { color: $text-success; background: $success-muted; text-style: bold; }
    Lines .lines--exclude { color: $text-error; background: $error-muted; text-style: italic; }
    Lines .lines--context { color: $text-primary; background: $primary-muted; text-style: underline; }
    Lines .lines--mechanism { color: $text-secondary; background: $secondary-muted; text-style: bold italic; }
    Lines .lines--outcome { color: $text-warning; background: $warning-muted; text-style: bold underline; }
    """

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        lines: Lines
        index: int

        @property
        def control(self) -> Lines:
            """The widget it comes from."""
            return self.lines

    @dataclass
    class Chosen(Message):
        """The row under the cursor was chosen, by Enter or by the mouse."""

        lines: Lines
        index: int

        @property
        def control(self) -> Lines:
            """The widget it comes from."""
            return self.lines

    heads = 0
    """How many lines at the top do not scroll: see :meth:`head`."""

    def __init__(self, *, id: str | None = None, classes: str | None = None, lead: bool = True) -> None:
        super().__init__(id=id, classes=classes)
        self.cursor = 0
        self.lead = 2 if lead else 0
        self._styles: dict[str, Style] = {}
        self._strips: dict[tuple[int, int, bool], Strip] = {}
        self._width = 1

    # -- what a subclass says -------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def row(self, index: int, width: int) -> Row | None:
        """Return row *index* for *width* columns; None while it is not known yet."""
        raise NotImplementedError

    def head(self, place: int, width: int) -> Row:
        """Return heading line *place*."""
        return ()

    def sign(self, index: int) -> str:
        """Return the one-column sign before a row, such as the mark of a marked one."""
        return " "

    def margin(self, index: int, cursor: bool) -> str:
        """Return the two columns before a row: where the cursor is, and the sign."""
        return ("›" if cursor else " ") + self.sign(index)

    # -- drawing --------------------------------------------------------------------------------------------

    @property
    def room(self) -> int:
        """How many columns a row has."""
        return max(self.scrollable_content_region.width - self.lead, 1)

    @property
    def shown(self) -> int:
        """How many rows are seen at once."""
        return max(self.scrollable_content_region.height - self.heads, 1)

    def renew(self, *, keep: bool = True) -> None:
        """Draw everything anew after the rows changed; without *keep*, from the first row."""
        self._strips.clear()
        self.virtual_size = Size(self.room, self.total + self.heads)
        self.cursor = min(self.cursor, max(self.total - 1, 0)) if keep else 0
        if not keep:
            self.scroll_to(y=0, animate=False, immediate=True, force=True)
        self.refresh()

    def renew_row(self, index: int) -> None:
        """Draw one row anew."""
        for key in [key for key in self._strips if key[0] == index]:
            del self._strips[key]
        self._refresh_row(index)

    def _refresh_row(self, index: int) -> None:
        y = index - self.scroll_offset.y + self.heads
        self.refresh(Region(0, y, self.scrollable_content_region.width, 1))

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        self._styles.clear()
        self._strips.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.resized()

    def resized(self) -> None:
        """Fit the rows to the width there is now."""
        self.renew()
        self.show_cursor()

    def rich(self, name: str, cursor: bool) -> Style:
        """Return the style called *name*, on the cursor's row or not."""
        key = f"{name}|{cursor}"
        found = self._styles.get(key)
        if found is None:
            found = self.rich_style
            if name:
                found += self.get_component_rich_style(f"lines--{name}", partial=True)
            if cursor:
                found += self.get_component_rich_style("lines--cursor", partial=True)
            self._styles[key] = found
        return found

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region; how wide they are is asked once for all."""
        self._width = self.scrollable_content_region.width
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Return line *y* of what is seen."""
        width = self._width
        if y < self.heads:
            room = max(width - self.lead, 1)
            return self._strip([Span(" " * self.lead), *self.head(y, room)], width, "heading", False)
        index = y - self.heads + self.scroll_offset.y
        if index >= self.total:
            return Strip.blank(width, self.rich_style)
        cursor = index == self.cursor
        key = (index, width, cursor)
        strip = self._strips.get(key)
        if strip is None:
            row = self.row(index, max(width - self.lead, 1))
            spans = [Span("…", "muted")] if row is None else list(row)
            if self.lead:
                spans.insert(0, Span(self.margin(index, cursor)))
            strip = self._strip(spans, width, "", cursor)
            if row is not None:
                if len(self._strips) > 4 * self.shown + 64:
                    self._strips.clear()
                self._strips[key] = strip
        return strip

    def _strip(self, spans: Sequence[Span], width: int, base: str, cursor: bool) -> Strip:
        runs: list[tuple[str, str]] = []  # neighbours of one style are one segment: fewer to draw
        for text, style in spans:
            if runs and runs[-1][1] == style:
                runs[-1] = (runs[-1][0] + text[:_LONGEST], style)
            else:
                runs.append((text[:_LONGEST], style))
        segments = [Segment(bare(text), self.rich(style or base, cursor)) for text, style in runs]
        return Strip(segments, _columns(segments)).adjust_cell_length(width, self.rich(base, cursor))

    # -- moving ---------------------------------------------------------------------------------------------

    def go_to(self, index: int, *, tell: bool = True) -> None:
        """Put the cursor on row *index*, and into view."""
        index = max(0, min(index, self.total - 1))
        if index != self.cursor:
            before, self.cursor = self.cursor, index
            if not self.show_cursor():  # scrolling draws everything
                self._refresh_row(before)
                self._refresh_row(index)
            if tell:
                self.post_message(self.Moved(self, index))
        else:
            self.show_cursor()

    def show_cursor(self) -> bool:
        """Scroll so that the cursor is seen; return whether that was needed."""
        top, shown = self.scroll_offset.y, self.shown
        if top <= self.cursor < top + shown:
            return False
        y = self.cursor if self.cursor < top else self.cursor - shown + 1
        self.scroll_to(y=y, animate=False, immediate=True, force=True)
        return True

    def action_move(self, rows: int) -> None:
        """Move the cursor by *rows*."""
        self.go_to(self.cursor + rows)

    def action_leaf(self, pages: int) -> None:
        """Move the cursor by screenfuls."""
        self.go_to(self.cursor + pages * max(self.shown - 1, 1))

    def action_first(self) -> None:
        """Go to the first row."""
        self.go_to(0)

    def action_last(self) -> None:
        """Go to the last row."""
        self.go_to(self.total - 1)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.cursor < self.total:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Go to the row clicked; the second click on it chooses."""
        index = event.y - self.heads + self.scroll_offset.y
        if event.y < self.heads or index >= self.total:
            return
        self.go_to(index)
        if event.chain > 1:
            self.action_choose()


def _columns(segments: Sequence[Segment]) -> int | None:
    """Return how many columns segments fill, where that can be told without measuring them."""
    texts = [segment.text for segment in segments]
    if all(text.isascii() or text.translate(_NARROW).isascii() for text in texts):
        return sum(map(len, texts))
    return None


_NARROW = {ord(sign): "" for sign in "…✓✗·–—−±≠○●›▸→↶─│“”‘’"}  # signs of one column


class Column(NamedTuple):
    """A column of a table: heading, width (0: a share of the rest), and whether it stands right."""

    title: str
    width: int = 0
    share: int = 1
    right: bool = False


def widths(columns: Sequence[Column], room: int) -> list[int]:
    """Return how many columns of the screen each column gets; one space stands between two."""
    fixed = sum(column.width for column in columns) + len(columns) - 1
    shares = sum(column.share for column in columns if not column.width) or 1
    left = max(room - fixed, 0)
    return [column.width or max(left * column.share // shares, 1) for column in columns]


def cells(texts: Sequence[Span | str], columns: Sequence[Column], room: int) -> list[Span]:
    """Return one span per cell, each padded or cut to its column, spaces between."""
    found: list[Span] = []
    for text, column, width in zip(texts, columns, widths(columns, room), strict=True):
        span = Span(text) if isinstance(text, str) else text
        if found:
            found.append(Span(" "))
        short = span.text if len(span.text) <= width and span.text.isascii() else line(span.text[:_LONGEST])
        found.append(Span(pad(short, width, right=column.right), span.style))
    return found
