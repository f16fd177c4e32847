"""Where words stand in a text: a piece of it on one line, with the places of the words looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from realist.text import fold, index_text, line

LONGEST = 200
"""How many characters a snippet has at most, dots included."""
_BEFORE = 60
_RUN = re.compile(r"\S{1,200}")
Marks = tuple[tuple[int, int], ...]


def holds(text: str, terms: Sequence[str]) -> int:
    """Return how many of *terms* stand in a text as words, the last one as a beginning."""
    words = set(index_text(text).split())
    found = sum(term in words for term in terms[:-1])
    return found + any(word.startswith(terms[-1]) for word in words)


def snippet(text: str, terms: Sequence[str]) -> tuple[str, Marks]:
    """Return at most 200 characters of *text* around the first of *terms*, and where terms stand in them.

    Terms are folded, as :func:`realist.store.asking.terms` gives them; the last one is a beginning. The
    snippet is made plain and is on one line, with dots where it was cut; marks are (start, end) in it, in
    order, apart from each other, each a whole word of the original.
    """
    first = next((run.start() for run in _RUN.finditer(text) if _stands(run.group(), terms)), 0)
    near = line(text[max(first - 300, 0) : first + 700])
    spans = _spans(near, terms)
    middle = spans[0][0] if spans else 0
    start = max(middle - _BEFORE, 0) if len(near) > LONGEST or first > 300 else 0
    if start:
        space = near.find(" ", start, middle)
        start = start if space < 0 else space + 1
    before = "…" if start or first > 300 else ""
    room = LONGEST - len(before)
    cut = len(near) - start > room or first + 700 < len(text)
    shown = near[start : start + room - cut].rstrip()
    shift = len(before) - start
    end = len(before) + len(shown)
    marks = tuple((a + shift, min(b + shift, end)) for a, b in spans if len(before) <= a + shift < end)
    return before + shown + ("…" if cut else ""), marks


def _stands(text: str, terms: Sequence[str]) -> bool:
    return any(_is(word, terms) for word in index_text(text).split())


def _is(word: str, terms: Sequence[str]) -> bool:
    return word in terms or word.startswith(terms[-1])


def _spans(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Return where words of *text* are terms, overlapping and touching pairs of characters as one."""
    found: list[tuple[int, int]] = []
    for word, places in _words(text):
        at = 0
        for part in index_text(word).split() or [word]:
            at = max(word.find(part, at), 0)
            if _is(part, terms):
                start, end = places[at], places[at + len(part) - 1] + 1
                if found and start <= found[-1][1]:
                    found[-1] = (found[-1][0], max(end, found[-1][1]))
                else:
                    found.append((start, end))
    return [(start, _with_marks(text, end)) for start, end in found]


def _with_marks(text: str, end: int) -> int:
    """Return *end* moved behind the accents that belong to the character before it."""
    while end < len(text) and _folded(text[end]) == "":
        end += 1
    return end


def _words(text: str) -> Iterator[tuple[str, list[int]]]:
    """Yield each folded word of *text* with the place in *text* of each of its characters."""
    word, places = "", list[int]()
    for place, character in enumerate(text):
        for folded in _folded(character):
            if folded != " ":
                word += folded
                places.append(place)
            elif word:
                yield word, places
                word, places = "", []
    if word:
        yield word, places


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    """Return what folding makes of one character inside a word: letters, a space, or nothing of an accent."""
    return fold(f"x{character}x")[1:-1]
