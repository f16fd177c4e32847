"""Selecting in a text by steps: word, clause, sentence, paragraph, more or less of it, its two ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import NamedTuple

from realist.documents import Span, clauses, grow, paragraphs, sentences, shrink, words

_REACH = 4000
WORD, CLAUSE, SENTENCE, PARAGRAPH = "word", "clause", "sentence", "paragraph"
_STRETCHES: dict[str, Callable[[str], list[Span]]] = {
    WORD: words, CLAUSE: clauses, SENTENCE: sentences, PARAGRAPH: paragraphs,
}  # fmt: skip


class Selection(NamedTuple):
    """What is selected: from where to where, the kind of stretch it moves by, what it was before it grew."""

    start: int
    end: int
    kind: str = WORD
    trail: tuple[Span, ...] = ()


def _around(text: str, start: int, end: int) -> tuple[int, str]:
    """Return a part of a text around a stretch, from the beginning of a paragraph to the end of one.

    A text without paragraphs is cut somewhere: nobody selects so much by sentences.
    """
    first = text.rfind("\n\n", 0, max(start - _REACH, 0)) + 2
    if first < 2 or first < start - 3 * _REACH:
        first = max(start - 3 * _REACH, 0)
    last = text.find("\n\n", end + _REACH)
    if last < 0 or last > end + 3 * _REACH:
        last = min(end + 3 * _REACH, len(text))
    return first, text[first:last]


def stretch_at(text: str, position: int, kind: str = WORD) -> Selection | None:
    """Return the stretch of a kind at a position, else the next one, else the last; None without any."""
    base, piece = _around(text, position, position)
    found = _STRETCHES[kind](piece)
    if not found:
        return None
    place = bisect_right(found, position - base, key=lambda span: span.end)
    span = found[min(place, len(found) - 1)]
    return Selection(base + span.start, base + span.end, kind)


def step(text: str, of: Selection, steps: int, kind: str = "") -> Selection:
    """Return the next stretch of a kind (of the selection's own), or the one before; at the ends, itself."""
    kind = kind or of.kind
    here = of.end if steps > 0 else of.start
    base, piece = _around(text, here, here)
    found = _STRETCHES[kind](piece)
    if steps > 0:
        place = bisect_left(found, here - base, key=lambda span: span.start)
    else:
        place = bisect_right(found, here - base, key=lambda span: span.end) - 1
    if not 0 <= place < len(found):
        return of
    return Selection(base + found[place].start, base + found[place].end, kind)


def leap(text: str, of: Selection, steps: int) -> Selection:
    """Return the first word of the next sentence, or the next paragraph where more than a word is selected.

    Back, the first word of the sentence one is in, then of the one before.
    """
    if of.kind != WORD:
        return step(text, of, steps, of.kind if of.kind == PARAGRAPH else PARAGRAPH)._replace(kind=PARAGRAPH)
    if steps > 0:
        here = stretch_at(text, of.start, SENTENCE)
        there = step(text, here, 1) if here else of
    else:
        found = stretch_at(text, of.start, SENTENCE)
        there = found if found and found.start < of.start else step(text, of, -1, SENTENCE)
    return stretch_at(text, there.start) or of


def larger(text: str, of: Selection, page: Span) -> Selection:
    """Return the sentence, the paragraph, then the *page* that holds what is selected."""
    base, piece = _around(text, of.start, of.end)
    grown = grow(piece, Span(of.start - base, of.end - base))
    start, end = base + grown.start, base + grown.end
    if grown.end - grown.start >= len(piece.strip()):
        start, end = min(page.start, of.start), max(page.end, of.end)
    if (start, end) == (of.start, of.end):
        return of
    return of._replace(start=start, end=end, trail=(*of.trail, Span(of.start, of.end)))


def smaller(text: str, of: Selection) -> Selection:
    """Return what was selected before it grew, else the paragraph, sentence or word it begins with."""
    if of.trail:
        return of._replace(start=of.trail[-1].start, end=of.trail[-1].end, trail=of.trail[:-1])
    base, piece = _around(text, of.start, of.start)
    less = shrink(piece, Span(of.start - base, min(of.end - base, len(piece))))
    return of._replace(start=base + less.start, end=base + less.end)


def move_start(text: str, of: Selection, steps: int) -> Selection:
    """Return the selection with its beginning a word (of clauses: a clause) earlier or later.

    A word at least stays selected, and of the last clause words go.
    """
    kind = _ends_by(of)
    if steps < 0:
        start = step(text, of, -1, kind).start
    else:
        first = stretch_at(text, of.start, kind)
        start = step(text, first, 1).start if first else of.start
        if kind == CLAUSE and not of.start < start < of.end:
            return move_start(text, of._replace(kind=WORD), steps)._replace(kind=CLAUSE)
    return Selection(start, of.end, of.kind) if start < of.end else of


def move_end(text: str, of: Selection, steps: int) -> Selection:
    """Return the selection with its end a word (of clauses: a clause) later or earlier.

    A word at least stays selected, and of the last clause words go.
    """
    kind = _ends_by(of)
    if steps > 0:
        end = step(text, of, 1, kind).end
    else:
        end = step(text, Selection(of.end, of.end), -1, kind).end
        if end == of.end:
            end = step(text, Selection(end - 1, end - 1), -1, kind).end
        if kind == CLAUSE and not of.start < end < of.end:
            return move_end(text, of._replace(kind=WORD), steps)._replace(kind=CLAUSE)
    return Selection(of.start, end, of.kind) if end > of.start else of


def _ends_by(of: Selection) -> str:
    return CLAUSE if of.kind == CLAUSE else WORD


def between(text: str, one: int, other: int) -> Selection | None:
    """Return the words from a position to another, whichever comes first."""
    first, last = stretch_at(text, min(one, other)), stretch_at(text, max(one, other))
    return Selection(first.start, last.end) if first and last else None
