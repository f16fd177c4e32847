"""Hits of a search: two lines each, the name of the thing and the words where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from realist.text import cell_width, line, pad
from tui.widgets.lines import Lines, Row, Span

if TYPE_CHECKING:
    from realist.queries.finding import Hit

WORDS = {
    "paper": "paper",
    "claim": "claim",
    "configuration": "box",
    "mechanism": "mechanism",
    "memo": "memo",
    "page": "page",
}
_SIGN = 10
_PLAIN = ("title", "name", "text", "claim")


class HitLines(Lines):
    """The cursor stands on the first line of a hit and moves by whole hits."""

    class Above(Message):
        """The cursor was moved up from the first hit."""

    def __init__(self, empty: Callable[[], str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.hits: list[Hit] = []
        self.note = ""
        self._empty = empty

    @property
    def total(self) -> int:
        """Two lines a hit, and one for the note."""
        return 2 * len(self.hits) + 1

    def row(self, index: int, width: int) -> Row:
        """Return a line: title or snippet, or what there is to say below the last hit."""
        if index >= 2 * len(self.hits):
            return [Span(self.note if self.hits else self._empty(), "muted")]
        hit = self.hits[index // 2]
        return _snippet(hit, width) if index % 2 else _title(hit, width)

    def show(self, hits: Sequence[Hit], note: str, *, keep: bool) -> None:
        """Show other hits; with *keep*, the cursor stays on the one it is on."""
        here = self.hit if keep else None
        self.hits, self.note = list(hits), note
        self.renew(keep=keep)
        if here is not None:
            uids = [hit.uid for hit in self.hits]
            self.go_to(2 * uids.index(here.uid) if here.uid in uids else self.cursor)

    @property
    def hit(self) -> Hit | None:
        """The hit under the cursor."""
        place = self.cursor // 2
        return self.hits[place] if place < len(self.hits) else None

    def go_to(self, index: int, *, tell: bool = True) -> None:
        """Put the cursor on the hit that line *index* belongs to."""
        last = max(2 * len(self.hits) - 2, 0)
        super().go_to(min(index - index % 2, last), tell=tell)

    def show_cursor(self) -> bool:
        """Scroll so that both lines of the hit are seen; return whether that was needed."""
        top, shown = self.scroll_offset.y, self.shown
        if top <= self.cursor and self.cursor + 1 < top + shown:
            return False
        y = self.cursor if self.cursor < top or shown < 2 else self.cursor + 2 - shown
        self.scroll_to(y=y, animate=False, immediate=True, force=True)
        return True

    def action_move(self, rows: int) -> None:
        """Move by whole hits; up from the first one leaves the list."""
        if rows < 0 and self.cursor == 0:
            self.post_message(self.Above())
        self.go_to(self.cursor + 2 * rows)

    def action_choose(self) -> None:
        """Choose the hit under the cursor, where there is one."""
        if self.hit is not None:
            super().action_choose()


def _title(hit: Hit, width: int) -> Row:
    word = pad(WORDS.get(hit.kind, hit.kind), _SIGN)
    number = f"#{hit.number} " if hit.number else ""
    title = line(hit.title[:1000]) or "(without a name)"
    where = line(hit.where[:300])
    if where and hit.kind == "paper":
        where = f"joined: {where}"
    room = width - _SIGN - len(number)
    if where and cell_width(title) + 4 < room:
        note = f"  · {where}"
        title = pad(title, min(cell_width(title), max(room - cell_width(note), room // 2)))
        return [Span(word, "accent"), Span(number, "muted"), Span(title, "strong"), Span(note, "muted")]
    return [Span(word, "accent"), Span(number, "muted"), Span(pad(title, room), "strong")]


def _snippet(hit: Hit, width: int) -> Row:
    """Return the snippet from where its first marked word is seen."""
    field = f"{hit.field}: " if hit.field and hit.field not in _PLAIN else ""
    room = width - _SIGN - len(field)
    first = hit.marks[0] if hit.marks else (0, 0)
    at = 0
    if cell_width(hit.snippet[: first[1]]) > room - 8:
        at = max(min(first[0] - room // 3, len(hit.snippet) - room + 1), first[1] - room + 8, 0)
        at = min(hit.snippet.find(" ", at, first[0]) + 1 or at, first[0])
    spans = [Span(" " * _SIGN), Span(field, "muted"), Span("…" if at else "")]
    for start, end in hit.marks:
        spans += [Span(hit.snippet[at:start]), Span(hit.snippet[start:end], "mark")]
        at = end
    return [*spans, Span(hit.snippet[at:])]
