"""One of a few words, chosen in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from tui.safe import bare


class Choice(Widget, can_focus=True):
    """Shows ``‹ word ›``; arrows and Space go on to the next, a letter to one that begins with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("enter", "app.focus_next", show=False),
    ]
    DEFAULT_CSS = """
    Choice { height: 1; background: $panel; }
    Choice:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
    """

    def __init__(self, words: Sequence[str], value: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.words = tuple(words)
        self.value = value if value in self.words else self.words[0]

    def render_line(self, y: int) -> Strip:
        """Return the word with its arrows, and which of how many it is."""
        place = self.words.index(self.value) + 1
        text = f"‹ {bare(self.value) or '(not said)'} ›   {place} of {len(self.words)}"
        return Strip([Segment(text, self.rich_style)]).adjust_cell_length(self.size.width, self.rich_style)

    def action_turn(self, steps: int) -> None:
        """Go *steps* words on."""
        self.value = self.words[(self.words.index(self.value) + steps) % len(self.words)]
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Go to the next word that begins with the letter typed."""
        if event.character and event.character.isalnum():
            here = self.words.index(self.value)
            order = [*self.words[here + 1 :], *self.words[: here + 1]]
            self.value = next((word for word in order if word.startswith(event.character)), self.value)
            self.refresh()
            event.stop()

    def on_click(self) -> None:
        """Go one word on."""
        self.action_turn(1)
