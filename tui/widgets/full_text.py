"""The text of a paper: scrolled by lines, searched, selected in. Nothing it does lays the screen out anew."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual.message import Message

from realist.documents import Span as Stretch
from tui import selecting
from tui.fulltext import BLANK, HEADING, RULE, Setting, Whole, set_out, whole
from tui.selecting import Selection
from tui.widgets.detail import MEASURE, stand_still
from tui.widgets.lines import Lines, Row, Span

_EMPTY = whole(())
_MARKS = {
    "context": "context", "resource": "mechanism", "reasoning": "mechanism", "mechanism": "mechanism",
    "outcome": "outcome",
}  # fmt: skip
_SIGNS = {
    "context": "C", "resource": "M", "reasoning": "M", "mechanism": "M", "outcome": "O", "intervention": "I",
    "actor": "A", "strategy": "S", "unsure": "?",
}  # fmt: skip
"""By the kind of part that a passage serves: how it is marked, and its sign in the margin."""


class Marked(NamedTuple):
    """A stretch that is marked in the text, and what it is: the uid of an excerpt, a kind of part."""

    start: int
    end: int
    uid: str = ""
    kind: str = ""


class FullText(Lines):
    """Lines of a text without a cursor: one scrolls, and selects by words, sentences and paragraphs.

    ``spot`` is the stretch one came to last: a hit, an excerpt, what was clicked. *seen* is called when
    another part is seen.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--select", "lines--found", "lines--here", "lines--excerpt"}
    DEFAULT_CSS = """
    FullText { overflow-y: scroll; }
    FullText .lines--select { background: $block-cursor-background; color: $block-cursor-foreground;
      text-style: bold; }
    FullText .lines--found { background: $warning-muted; color: $text-warning; text-style: bold; }
    FullText .lines--here { background: $warning-muted; color: $text-warning; text-style: bold reverse; }
    FullText .lines--excerpt { color: $text-accent; text-style: underline; }
    """

    class Picked(Message):
        """Something else is selected, or nothing any more."""

    @dataclass
    class Entered(Message):
        """Enter was pressed, or a click on an excerpt: what stands there is to be shown."""

        position: int

    def __init__(self, *, id: str | None = None, seen: Callable[[], None] = lambda: None) -> None:
        super().__init__(id=id)
        self.cursor = -1
        self._seen = seen
        self.whole = _EMPTY
        self.note = ""
        self.selection: Selection | None = None
        self.spot: Stretch | None = None
        self.excerpts: Sequence[Marked] = ()
        self.hits: Sequence[Stretch] = ()
        self._set = set_out(_EMPTY, 80)
        self._starts: list[int] = []
        self._longest = 0

    # -- what is shown --------------------------------------------------------------------------------------

    @property
    def setting(self) -> Setting:
        """The text set in lines."""
        return self._set

    @property
    def total(self) -> int:
        """How many lines the text has; one that says why there is none."""
        return len(self._set.starts) or 1

    def show(self, text: Whole, note: str = "") -> None:
        """Show another text from its first line; *note* is said where it is empty."""
        self.whole, self.note = text, note
        self.selection = self.spot = None
        self.hits, self.excerpts, self._starts, self._longest = (), (), [], 0
        self._lay()
        self.scroll_to(y=0, animate=False, immediate=True, force=True)

    def _lay(self) -> None:
        self._set = set_out(self.whole, min(self.room, MEASURE))
        self.renew()

    def renew(self, *, keep: bool = True) -> None:
        """Draw everything anew."""
        self._strips.clear()
        stand_still(self)
        self.cursor = -1
        self.refresh()

    def resized(self) -> None:
        """Set the text for the new width; what was seen first is seen first again."""
        top = self.top
        if min(self.room, MEASURE) != self._set.width:
            self._lay()
            self._scroll(self._set.row(top) if top else 0)
        else:
            self.renew()

    def mark(
        self, *, excerpts: Sequence[Marked] | None = None, hits: Sequence[Stretch] | None = None
    ) -> None:
        """Mark other excerpts or hits."""
        if excerpts is not None:
            self.excerpts = sorted(excerpts)
            self._starts = [one.start for one in self.excerpts]
            self._longest = max((one.end - one.start for one in self.excerpts), default=0)
        if hits is not None:
            self.hits = hits
        self._strips.clear()
        self.refresh()

    # -- drawing --------------------------------------------------------------------------------------------

    def row(self, index: int, width: int) -> Row:
        """Return a line, in pieces as it is marked."""
        if not self._set.starts:
            return [Span(self.note, "muted")]
        kind, start, end = self._set.kinds[index], self._set.starts[index], self._set.ends[index]
        if kind == BLANK:
            return ()
        if kind == RULE:
            called = self.whole.called(self.whole.page(start + 1))
            return [Span(f"── {called} " + "─" * max(self._set.width - len(called) - 4, 2), "muted")]
        return self._pieces(start, end, "heading" if kind == HEADING else "")

    def _pieces(self, start: int, end: int, base: str) -> list[Span]:
        """Return a line in pieces; of several marks the last of these is drawn."""
        layers = [(_MARKS.get(one.kind, "excerpt"), one.start, one.end) for one in self._covering(start, end)]
        first = bisect_left(self.hits, start, key=lambda hit: hit.end)
        for hit in self.hits[first : bisect_left(self.hits, end, key=lambda hit: hit.start)]:
            layers.append(("found", hit.start, hit.end))
        layers += [("here", self.spot.start, self.spot.end)] if self.spot else []
        layers += [("select", self.selection.start, self.selection.end)] if self.selection else []
        if not layers:
            return [Span(self.whole.text[start:end], base)]
        styles = [base] * (end - start)
        for style, begin, stop in layers:
            begin, stop = max(begin, start) - start, min(stop, end) - start
            if begin < stop:
                styles[begin:stop] = [style] * (stop - begin)
        found, at = list[Span](), 0
        for place in range(1, len(styles) + 1):
            if place == len(styles) or styles[place] != styles[at]:
                found.append(Span(self.whole.text[start + at : start + place], styles[at]))
                at = place
        return found

    def _covering(self, start: int, end: int) -> list[Marked]:
        """Return the excerpts in a stretch of the text."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return [one for one in self.excerpts[first:last] if one.end > start]

    def sign(self, index: int) -> str:
        """Return the sign in the margin: of the selection, of where one is, of an excerpt."""
        if not self._set.starts or self._set.kinds[index] in (BLANK, RULE):
            return " "
        start, end = self._set.starts[index], self._set.ends[index]
        for sign, of in (("›", self.selection), ("▸", self.spot)):
            if of is not None and of.start < end and of.end > start:
                return sign
        covering = self._covering(start, end)
        return _SIGNS.get(covering[0].kind, "│") if covering else " "

    def margin(self, index: int, cursor: bool) -> str:
        """Return the sign and a space: a letter must not touch the text."""
        return self.sign(index) + " "

    def _redraw(self, *stretches: Stretch | Selection | None) -> None:
        """Draw the lines of some stretches anew, as far as they are kept."""
        rows: set[int] = set()
        top = self.scroll_offset.y
        for one in stretches:
            if one is not None:
                first, last = self._set.row(one.start), self._set.row(max(one.end - 1, one.start))
                rows |= set(range(max(first, top - 200), min(last, top + self.shown + 200) + 1))
        for key in [key for key in self._strips if key[0] in rows]:
            del self._strips[key]
        for row in rows:
            if top <= row < top + self.shown:
                self._refresh_row(row)

    # -- where one is ---------------------------------------------------------------------------------------

    @property
    def top(self) -> int:
        """The position of the first line in view."""
        row = min(self.scroll_offset.y, len(self._set.starts) - 1)
        return self._set.starts[row] if row >= 0 else 0

    @property
    def page(self) -> int:
        """The page in view, from 0: the one of what is selected or of the first words."""
        if self.selection is not None:
            return self.whole.page(self.selection.start)
        row = min(self.scroll_offset.y, len(self._set.kinds) - 1)
        return self.whole.page(self.top + (row >= 0 and self._set.kinds[row] == RULE))

    def in_view(self, position: int) -> bool:
        """Whether a position is seen."""
        top = self.scroll_offset.y
        return top <= self._set.row(position) < top + self.shown

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell that another part is seen, at once: what is said of it is drawn with it."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._seen()

    def _scroll(self, row: int) -> None:
        last = max(self.total - self.shown, 0)
        row = max(0, min(row, last))
        if row != self.scroll_offset.y:
            self.scroll_to(y=row, animate=False, immediate=True, force=True)

    def show_stretch(self, start: int, end: int) -> None:
        """Scroll so that a stretch is seen, its beginning in any case."""
        first, last = self._set.row(start), self._set.row(max(end - 1, start))
        top, shown = self.scroll_offset.y, self.shown
        if first < top or first >= top + shown:
            self._scroll(first - shown // 3)
        elif last >= top + shown:
            self._scroll(min(first, last - shown + 1))

    def come_to(self, stretch: Stretch | None) -> None:
        """Mark the stretch that one came to, and scroll to it."""
        before, self.spot = self.spot, stretch
        self._redraw(before, stretch)
        if stretch is not None:
            self.show_stretch(*stretch)

    def go_to_page(self, index: int) -> None:
        """Scroll to the beginning of a page."""
        index = max(0, min(index, len(self.whole.begins) - 1))
        self._scroll(self._set.row(self.whole.begins[index] - 1) if index else 0)

    def go_to_position(self, position: int) -> None:
        """Scroll so that a position stands at the top."""
        self._scroll(self._set.row(position))

    # -- moving ---------------------------------------------------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Scroll by lines; while selecting, go to the next or the last sentence."""
        if self.selection is not None:
            self.select(selecting.leap(self.whole.text, self.selection, rows))
        else:
            self._scroll(self.scroll_offset.y + rows)

    def action_leaf(self, pages: int) -> None:
        """Scroll by screenfuls."""
        self._scroll(self.scroll_offset.y + pages * max(self.shown - 1, 1))

    def action_first(self) -> None:
        """Scroll to the first line."""
        self._scroll(0)

    def action_last(self) -> None:
        """Scroll to the last line."""
        self._scroll(self.total)

    def action_choose(self) -> None:
        """Have the excerpt shown that is selected, come to, or seen first."""
        here = self.selection or (self.spot if self.spot and self.in_view(self.spot.start) else None)
        if here is not None:
            self.post_message(self.Entered(here.start))
            return
        bottom = self._set.ends[min(self.scroll_offset.y + self.shown, self.total) - 1] if self._starts else 0
        seen = self._covering(self.top, bottom)
        self.post_message(self.Entered(max(seen[0].start, self.top) if seen else -1))

    def excerpt_at(self, position: int) -> str:
        """Return the uid of the excerpt at a position, the shortest of several; "" where there is none."""
        found = self._covering(position, position + 1)
        return min(found, key=lambda one: one.end - one.start).uid if found else ""

    def next_excerpt(self, steps: int) -> Marked | None:
        """Return the next excerpt after where one is, or the one before; None without one."""
        here = self.spot.start if self.spot and self.in_view(self.spot.start) else None
        if here is None:
            here = self.top if steps < 0 else self.top - 1
        place = bisect_right(self._starts, here) if steps > 0 else bisect_left(self._starts, here) - 1
        return self.excerpts[place] if 0 <= place < len(self.excerpts) else None

    # -- selecting ------------------------------------------------------------------------------------------

    def select(self, selection: Selection | None, *, end: bool = False) -> None:
        """Select something else, and scroll to it, or with *end* to its end; None selects nothing."""
        before, self.selection = self.selection, selection
        self._redraw(before, selection)
        if selection is not None:
            self.show_stretch(max(selection.end - 1, 0) if end else selection.start, selection.end)
        self.post_message(self.Picked())

    def select_stretch(self, start: int, end: int) -> None:
        """Select from a position to another."""
        self.select(Selection(start, end))

    @property
    def beginning(self) -> int:
        """Where selecting begins: at the place one came to, where it is seen, else at the first words."""
        if self.selection is not None:
            return self.selection.start
        if self.spot is not None and self.in_view(self.spot.start):
            return self.spot.start
        rows = range(self.scroll_offset.y, min(self.scroll_offset.y + self.shown, len(self._set.kinds)))
        seen = [row for row in rows if self._set.kinds[row] not in (BLANK, RULE)]
        return self._set.starts[seen[0]] if seen else self.top
