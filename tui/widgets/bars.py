"""The bar at the top says where one is; the bar at the bottom says which keys work now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from realist.text import cell_width, line, pad
from tui.actions import Action
from tui.safe import bare


class Bar(Widget):
    """One line: a text on the left, a text on the right; the right one gives way last."""

    DEFAULT_CSS = """
    Bar { height: 1; background: $panel; color: $foreground; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.left = ""
        self.right = ""

    def say(self, left: str | None = None, right: str | None = None) -> None:
        """Show other texts; None leaves what is there."""
        self.left = self.left if left is None else bare(line(left[:2000]))
        self.right = self.right if right is None else bare(line(right[:2000]))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        width = self.size.width
        right = pad(self.right, min(cell_width(self.right), max(width - 3, 0))) if self.right else ""
        left = pad(f" {self.left}", max(width - cell_width(right) - 2, 0))
        return Strip(
            [Segment(left, self.rich_style + Style(bold=True)), Segment(f" {right} ", self.rich_style)]
        ).adjust_cell_length(width, self.rich_style)


class KeyBar(Widget):
    """The keys that work now, as many as fit, each a button for the mouse; a question while one is asked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keybar--key"}
    DEFAULT_CSS = """
    KeyBar { height: 1; background: $panel; color: $text-muted; }
    KeyBar .keybar--key { color: $text-accent; text-style: bold; }
    """

    class Pressed(Message):
        """An action was chosen with the mouse."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self) -> None:
        super().__init__()
        self._items: list[tuple[str, str, str]] = []
        self._asked: Sequence[tuple[str, str]] = ()
        self._places: list[tuple[int, int, str]] = []

    def offer(self, actions: Sequence[Action]) -> None:
        """Show these actions, in this order."""
        self._items = [(action.key, action.label, action.name) for action in actions]
        self.refresh()

    def ask(self, answers: Sequence[tuple[str, str]]) -> None:
        """Show the (key, meaning) pairs of a question under way; an empty sequence ends it."""
        self._asked = answers
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line: whole items only."""
        key = self.get_component_rich_style("keybar--key")
        room = self.size.width - 1
        segments, used, places = [Segment(" ", self.rich_style)], 1, []
        items = [(k, v, "") for k, v in self._asked] or self._items
        widths = [cell_width(shown) + cell_width(label) + 1 for shown, label, _ in items]
        gap = 1 if self._asked and used + sum(widths) + 2 * len(items) > room else 2
        for (shown, label, action), width in zip(items, widths, strict=True):
            size = width + gap
            if used + size > room:
                break
            segments += [Segment(shown, key), Segment(f" {label}{' ' * gap}", self.rich_style)]
            places.append((used, used + size, action))
            used += size
        self._places = places
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        for start, stop, action in self._places:
            if start <= event.x < stop and action:
                self.post_message(self.Pressed(action))
