"""The peers of the interface: a Textual program that shows a word, one that scrolls strings, one that shows
another text at a key.

Run ``python benchmarks/bare.py word``, ``… lines N`` or ``… text N`` in a terminal.
"""

from __future__ import annotations

import os
import sys
from typing import ClassVar

os.environ.setdefault("TEXTUAL_FPS", "120")

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static


class Strings(ScrollView, can_focus=True):
    """Strings, the one under the cursor in reverse."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)"), Binding("pagedown", "move(20)"), Binding("end", "move(1000000)"),
        Binding("home", "move(-1000000)"),
    ]  # fmt: skip

    def __init__(self, count: int) -> None:
        super().__init__()
        text = "a title of the length that titles of papers have, which is more than a line of a terminal"
        self.strings = [f"{number:>6} 2014  Okafor et al.  {text}" for number in range(count)]
        self.cursor = 0
        self.virtual_size = Size(80, count)

    def render_line(self, y: int) -> Strip:
        """Return a line."""
        index = y + self.scroll_offset.y
        if index >= len(self.strings):
            return Strip.blank(self.size.width)
        style = Style(reverse=index == self.cursor)
        return Strip([Segment(self.strings[index], style)]).adjust_cell_length(self.size.width)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        before, self.cursor = self.cursor, max(0, min(self.cursor + rows, len(self.strings) - 1))
        for index in (before, self.cursor):
            self.refresh(Region(0, index - self.scroll_offset.y, self.size.width, 1))
        top, height = self.scroll_offset.y, self.size.height
        if not top <= self.cursor < top + height:
            y = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(y=y, animate=False, immediate=True, force=True)


class Text(Static, can_focus=True):
    """An abstract with forty terms marked; y shows the next one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "next")]

    def __init__(self, number: int) -> None:
        super().__init__(_abstract(number))
        self.number = number
        self.styles.height = "1fr"

    def action_next(self) -> None:
        """Show the next text."""
        self.number += 1
        self.update(_abstract(self.number), layout=False)


def _abstract(number: int) -> Content:
    words = [
        "it",
        "is",
        "read",
        "by",
        "many",
        "people",
        "each",
        "evening",
        "and",
        "says",
        "what",
        "works",
        "and",
        "why",
    ] * 18
    text = " ".join([*words, f"End{number}."])
    places = range(0, len(text) - 40, len(text) // 40)
    return Content(text, [Span(place, place + 6, "bold red on blue") for place in places])


class Bare(App[None]):
    """One widget and nothing else."""

    def compose(self) -> ComposeResult:
        """Yield the widget."""
        if sys.argv[1] == "word":
            yield Static("Hello")
        else:
            yield (Strings if sys.argv[1] == "lines" else Text)(int(sys.argv[2]))


if __name__ == "__main__":
    Bare().run()
