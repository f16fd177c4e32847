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
        self._places: dict[int, list[tuple[int, int, str]]] = {}

    def offer(self, actions: Sequence[Action]) -> None:
        """Show these actions, in this order."""
        self._items = [(action.key, action.label, action.name) for action in actions]
        self.refresh()

    def ask(self, answers: Sequence[tuple[str, str]]) -> None:
        """Show the (key, meaning) pairs of a question under way, all of them; an empty sequence ends it."""
        self._asked = answers
        self._fit()
        self.refresh()

    def on_resize(self) -> None:
        """Take as many lines as the answers need in the width there is now."""
        self._fit()

    def _fit(self) -> None:
        lines = len(self._lines(self.size.width)) if self._asked else 1
        if self.styles.height is None or self.styles.height.value != lines:
            self.styles.height = lines

    def _lines(self, width: int) -> list[list[tuple[str, str, str]]]:
        """Return what stands on each line: of actions as many as fit on one, of answers all."""
        room = width - 1
        if not self._asked:
            return _packed(self._items, room, 2)[:1]
        items = [(key, meaning, "") for key, meaning in self._asked]
        close = _packed(items, room + 1, 1)  # no gap has to stand behind the last of a line
        return close if len(close) < len(_packed(items, room, 2)) else _packed(items, room, 2)

    def render_line(self, y: int) -> Strip:
        """Return a line: whole items only."""
        key = self.get_component_rich_style("keybar--key")
        lines = self._lines(self.size.width)
        line_ = lines[y] if y < len(lines) else []
        gap = 1 if self._asked and sum(map(_wide, line_)) + 2 * len(line_) > self.size.width - 1 else 2
        segments, used, places = [Segment(" ", self.rich_style)], 1, []
        for item in line_:
            shown, label, action = item
            segments += [Segment(shown, key), Segment(f" {label}{' ' * gap}", self.rich_style)]
            places.append((used, used + _wide(item) + gap, action))
            used += _wide(item) + gap
        self._places[y] = places
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        for start, stop, action in self._places.get(event.y, ()):
            if start <= event.x < stop and action:
                self.post_message(self.Pressed(action))


def _wide(item: tuple[str, str, str]) -> int:
    shown, label, _ = item
    return cell_width(shown) + 1 + cell_width(label)


def _packed(items: Sequence[tuple[str, str, str]], room: int, gap: int) -> list[list[tuple[str, str, str]]]:
    """Return items in lines of at most *room* columns, after the first column, a *gap* behind each."""
    lines: list[list[tuple[str, str, str]]] = [[]]
    used = 1
    for item in items:
        if used + _wide(item) + gap > room and lines[-1]:
            lines.append([])
            used = 1
        lines[-1].append(item)
        used += _wide(item) + gap
    return lines
