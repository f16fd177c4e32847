"""A text in which the mouse places and selects: words by a double click, more by dragging."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from realist.documents import Span as Stretch
from tui import selecting
from tui.fulltext import BLANK, RULE, position_at
from tui.widgets.full_text import FullText


class PointedText(FullText):
    """The text of a paper, with the mouse."""

    def __init__(self, *, id: str | None = None, seen: Callable[[], None] = lambda: None) -> None:
        super().__init__(id=id, seen=seen)
        self._anchor: int | None = None

    def _pointed(self, event: events.MouseEvent) -> int | None:
        """Return the position under the mouse; None beside the text."""
        row = event.y + self.scroll_offset.y
        if not 0 <= row < len(self._set.starts) or self._set.kinds[row] in (BLANK, RULE):
            return None
        start, end = self._set.starts[row], self._set.ends[row]
        position = position_at(self.whole.text, start, end, max(event.x - self.lead, 0))
        return min(position, max(end - 1, start))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select by dragging."""
        self._anchor = self._pointed(event)
        if self._anchor is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the button went down; beyond the edges, scroll."""
        if self._anchor is None or not event.button:
            return
        if not 0 <= event.y < self.shown:
            self._scroll(self.scroll_offset.y + (1 if event.y >= self.shown else -1))
        position = self._pointed(event)
        moved = position is not None and position != self._anchor
        if position is not None and (moved or self.selection is not None):
            found = selecting.between(self.whole.text, self._anchor, position)
            if found is not None and found != self.selection:
                before, self.selection = self.selection, found
                self._redraw(before, found)
                self.post_message(self.Picked())

    def on_mouse_up(self) -> None:
        """End selecting by dragging."""
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Place: selecting begins there; twice selects the word, three times the sentence."""
        position, anchor, self._anchor = self._pointed(event), self._anchor, None
        if position is None:
            return
        if event.chain > 1:
            kind = selecting.WORD if event.chain == 2 else selecting.SENTENCE
            self.select(selecting.stretch_at(self.whole.text, position, kind))
        elif anchor is None or anchor == position:
            self.select(None)
            word = selecting.stretch_at(self.whole.text, position)
            self.come_to(Stretch(word.start, word.end) if word else None)
