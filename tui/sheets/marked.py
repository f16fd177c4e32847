"""Text in lines of a width, with the places in it that are marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from realist.domain.highlighting import Span as Place
from realist.text import cell_width
from tui.widgets.lines import Span

_WORD = re.compile(r"[^\s]+")


def marked(text: str, places: Sequence[Place], width: int, style: str = "") -> list[list[Span]]:
    """Return plain *text* in rows that fill at most *width* columns, its *places* in the style of their set.

    Lines break at spaces, and within a word only where it is wider than a line; line breaks stay.
    """
    rows = []
    at = 0
    for start, end in broken(text, max(width, 10)):
        while at < len(places) and places[at].end <= start:
            at += 1
        rows.append(_row(text, places, at, start, end, style))
    return rows


def _row(text: str, places: Sequence[Place], at: int, start: int, end: int, style: str) -> list[Span]:
    row: list[Span] = []
    while at < len(places) and places[at].start < end:
        place = places[at]
        first, last = max(place.start, start), min(place.end, end)
        if first > start:
            row.append(Span(text[start:first], style))
        row.append(Span(text[first:last], str(place.set)))
        start = last
        at += 1
    if start < end:
        row.append(Span(text[start:end], style))
    return row


def broken(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield where the lines of *text* begin and end when none is wider than *width* columns."""
    columns: Callable[[str], int] = len if text.isascii() else cell_width
    begin = 0
    for part in text.split("\n"):
        yield from _lines(text, begin, begin + len(part), width, columns)
        begin += len(part) + 1


def _lines(
    text: str, begin: int, stop: int, width: int, columns: Callable[[str], int]
) -> Iterator[tuple[int, int]]:
    start = end = begin
    used = 0
    for word in _WORD.finditer(text, begin, stop):
        first, last = word.span()
        size = columns(text[first:last])
        gap = first - end if used else 0
        if used and used + gap + size > width:
            yield start, end
            used = gap = 0
        if not used:
            start = first
            while size > width:  # a word that is wider than a line
                cut = _fitting(text, start, last, width)
                yield start, cut
                start, size = cut, columns(text[cut:last])
        used += gap + size
        end = last
    if used or begin == stop:
        yield start, end


def _fitting(text: str, start: int, stop: int, width: int) -> int:
    """Return up to where the characters from *start* on fit into *width* columns, one at least."""
    used = 0
    for place in range(start, stop):
        used += cell_width(text[place])
        if used > width:
            return max(place, start + 1)
    return stop
