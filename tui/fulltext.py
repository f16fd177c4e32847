"""A full text as one string with its pages in it, and the same text set in lines of a width.

All of it is read in one piece: positions count from the first page on, two characters stand between pages.
Lines are kept as positions, not as strings, so that a book of two million letters is set in a moment.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, east_asian_width

from realist.documents import Page, Section, Span, paragraphs
from realist.text import line
from realist.text import paragraphs as as_paragraphs

TEXT, HEADING, BLANK, RULE = range(4)
"""What a line is: words of the text, words of a heading, nothing, the border of a page."""
_GOES_ON, _ENDS = " \n", "\n\n"
_SENTENCE_ENDS = ".!?…:。！？\"'”’)]"
_NARROW = re.compile(
    "[\t\n -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2029\u2030-\u205e"
    "\u2070-\u20cf\u2100-\u2319\u2400-\u25fc\ufb00-\ufb06]*"
)
_MOST_HITS = 20_000


class Heading(NamedTuple):
    """A heading: its words, its level from 1, where it stands."""

    title: str
    level: int
    start: int


class Whole(NamedTuple):
    """A text in one piece: where its pages begin and end, their numbers and labels, its headings."""

    text: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    numbers: tuple[int, ...]
    labels: tuple[str, ...]
    headings: tuple[Heading, ...]

    def page(self, position: int) -> int:
        """Return which page (from 0) a position is on."""
        return max(bisect_right(self.begins, position) - 1, 0)

    def place(self, position: int) -> tuple[int, int]:
        """Return the number of the page and the position on it."""
        index = self.page(position)
        return self.numbers[index], min(position, self.ends[index]) - self.begins[index]

    def position(self, number: int, at: int) -> int | None:
        """Return the position of a place on the page with a number; None where there is no such page."""
        index = bisect_right(self.numbers, number) - 1
        if index < 0 or self.numbers[index] != number:
            return None
        return max(self.begins[index], min(self.begins[index] + at, self.ends[index]))

    def called(self, index: int) -> str:
        """Return how a page is called: as printed, else by its place in the file."""
        label = self.labels[index]
        return f"p{label}" if label else f"page {self.numbers[index]}" if len(self.numbers) > 1 else ""

    def stretch(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Return the page and the position there of the first letter of a stretch, and of its end."""
        first, last = self.place(start), self.place(max(end - 1, start))
        return (*first, last[0], last[1] + 1)


def whole(pages: Sequence[Page], sections: Sequence[Section] = ()) -> Whole:
    """Return the pages of a text in one piece.

    Where a page does not end with a sentence, the sentence goes on on the next one.
    """
    pages = pages or [Page(1, "", "")]
    parts: list[str] = []
    begins, ends, at = [], [], 0
    for place, page in enumerate(pages):
        if place:
            before = pages[place - 1].text.rstrip()
            parts.append(_ENDS if not before or before[-1] in _SENTENCE_ENDS else _GOES_ON)
            at += 2
        begins.append(at)
        parts.append(page.text)
        at += len(page.text)
        ends.append(at)
    numbers = tuple(page.number for page in pages)
    made = Whole("".join(parts), tuple(begins), tuple(ends), numbers,
                 tuple(line(page.label[:100])[:20] for page in pages), ())  # fmt: skip
    headings = []
    for title, level, number, position in sections:
        start = made.position(number, position)
        if start is not None:
            headings.append(Heading(line(title[:500]), level, start))
    return made._replace(headings=tuple(sorted(headings, key=lambda one: one.start)))


class Setting(NamedTuple):
    """A text set in lines: from where to where each goes in it, and what it is."""

    width: int
    starts: array[int]
    ends: array[int]
    kinds: bytearray

    def row(self, position: int) -> int:
        """Return the line a position stands in."""
        return max(bisect_right(self.starts, position) - 1, 0)


def set_out(of: Whole, width: int) -> Setting:
    """Return a text set in lines of *width* columns: paragraphs apart, headings and borders of pages by
    themselves."""
    width = max(width, 8)
    made = Setting(width, array("q"), array("q"), bytearray())
    wrap = re.compile(rf"(?s)\s*(\S(?:.{{0,{width - 2}}}\S)?(?=\s|\Z)|\S{{{width}}})")
    heads = [heading.start for heading in of.headings]
    bare = len(of.numbers) == 1 and not of.labels[0]
    for index, (begin, end) in enumerate(zip(of.begins, of.ends, strict=True)):
        if not bare:
            _add(made, begin - 1 if index else 0, begin - 1 if index else 0, RULE)
        for place, span in enumerate(paragraphs(of.text[begin:end])):
            start, last = begin + span.start, begin + span.end
            if place and "\n\n" in of.text[made.ends[-1] : start].replace(" ", ""):
                _add(made, made.ends[-1], made.ends[-1], BLANK)
            for head in heads[bisect_left(heads, start) : bisect_left(heads, last)]:
                _wrap(made, of.text, start, head, wrap, TEXT)
                stop = of.text.find("\n", head, last)
                start = last if stop < 0 else stop
                _wrap(made, of.text, head, start, wrap, HEADING)
            _wrap(made, of.text, start, last, wrap, TEXT)
        if index + 1 < len(of.begins):
            _add(made, end, end, BLANK)
    return made


def _add(made: Setting, start: int, end: int, kind: int) -> None:
    made.starts.append(start)
    made.ends.append(end)
    made.kinds.append(kind)


def _wrap(made: Setting, text: str, start: int, end: int, wrap: re.Pattern[str], kind: int) -> None:
    narrow = _NARROW.match(text, start, end)
    if narrow is not None and narrow.end() == end:
        for found in wrap.finditer(text, start, end):
            _add(made, found.start(1), found.end(1), kind)
    else:
        for first, last in _wrapped(text, start, end, made.width):
            _add(made, first, last, kind)


def _wrapped(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of a stretch in which not every character fills one column."""
    first, used, gap = start, 0, -1
    at = start
    while at < end:
        character = text[at]
        if character.isspace() and used == 0:
            at = first = at + 1
            continue
        if character.isspace() and (at == start or not text[at - 1].isspace()):
            gap = at
        used += columns(character)
        if used > width and at > first and not character.isspace():
            stop = gap if gap > first else at
            yield first, stop
            at = first = stop
            used, gap = 0, -1
            continue
        at += 1
    if used:
        stop = end
        while stop > first and text[stop - 1].isspace():
            stop -= 1
        yield first, stop


@lru_cache(maxsize=8192)
def columns(character: str) -> int:
    """Return how many columns a character fills as it is drawn."""
    if not character.isprintable():
        return 1 if character.isspace() else 0
    if category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def position_at(text: str, start: int, end: int, column: int) -> int:
    """Return the position of what stands at a column of a line that goes from *start* to *end*."""
    used = 0
    for position in range(start, end):
        used += columns(text[position])
        if used > column:
            return position
    return end


def matches(text: str, words: str, *, any_word: bool = False) -> list[Span]:
    """Return where *words* stand in a text, whatever the capitals and the breaks between them.

    With *any_word*, each of the words, also as a beginning. At most some thousands.
    """
    parts = [re.escape(word) for word in words.split()[:50]]
    if not parts:
        return []
    pattern = r"\b(?:" + "|".join(parts) + ")" if any_word else r"\s+".join(parts)
    found = []
    for one in re.finditer(pattern, text, re.IGNORECASE):
        found.append(Span(*one.span()))
        if len(found) == _MOST_HITS:
            break
    return found


def words_of(of: Whole, start: int, end: int) -> str:
    """Return the words of a stretch on one line."""
    return line(as_paragraphs(of.text[start:end]))
