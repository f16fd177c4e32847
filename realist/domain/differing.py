"""Where two texts differ, character by character: for showing them side by side."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

LONGEST = 1500
"""So many characters of each text are compared one by one; what comes after is the same or it is not."""
_SHORT = 24
"""Texts up to so long are marked to the letter; in longer ones, what agrees by chance is marked, too."""
_CHANCE = 3
_OTHER, _MOST = 0.4, 0.6


class Range(NamedTuple):
    """Characters *start* up to, not including, *end* of a text."""

    start: int
    end: int


def differing(one: str, other: str) -> tuple[list[Range], list[Range]]:
    """Return what of each text is not in that place of the other: ranges in order, none touching the next.

    Texts with little in common differ as wholes. Marks that stand on a letter go with it. However long and
    odd the texts are, this takes milliseconds.
    """
    if one == other:
        return [], []
    blocks = _blocks(one[:LONGEST], other[:LONGEST])
    if one[LONGEST:] != other[LONGEST:]:
        blocks.append((min(LONGEST, len(one)), len(one), min(LONGEST, len(other)), len(other)))
    ours = _joined(one, [Range(start, end) for start, end, _, _ in blocks])
    theirs = _joined(other, [Range(start, end) for _, _, start, end in blocks])
    return ours, theirs


def _blocks(one: str, other: str) -> list[tuple[int, int, int, int]]:
    """Return (start, end) in *one* and (start, end) in *other* of all that differs, in order."""
    from rapidfuzz.distance import Levenshtein

    if len(one) == len(other) <= _SHORT and sum(map(str.__ne__, one, other)) == Levenshtein.distance(
        one, other
    ):
        return [(at, at + 1, at, at + 1) for at in range(len(one)) if one[at] != other[at]]
    codes = [
        (code.tag == "equal", code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in Levenshtein.opcodes(one, other)
    ]
    longer = max(len(one), len(other))
    if longer <= _SHORT:
        return [code[1:] for code in codes if not code[0]]
    if sum(code[2] - code[1] for code in codes if code[0]) < _OTHER * longer and not _holds(one, other):
        return [(0, len(one), 0, len(other))]
    last = len(codes) - 1
    return [
        code[1:]
        for place, code in enumerate(codes)
        if not code[0] or (0 < place < last and code[2] - code[1] < _CHANCE)
    ]


def _holds(one: str, other: str) -> bool:
    """Whether the longer text has most of the shorter one at its beginning and end."""
    kept = _alike(one, other)
    kept += _alike(one[kept:][::-1], other[kept:][::-1])
    return kept >= _MOST * min(len(one), len(other))


def _alike(one: str, other: str) -> int:
    """Return how many letters two texts have in common at their beginnings."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _joined(text: str, ranges: Iterable[Range]) -> list[Range]:
    """Return *ranges* without empty ones, those that touch as one, none cutting a letter from its marks."""
    found: list[Range] = []
    for start, end in ranges:
        if start == end:
            continue
        while start and _is_mark(text[start]):
            start -= 1
        while end < len(text) and _is_mark(text[end]):
            end += 1
        if found and start <= found[-1].end:
            start, end = found[-1].start, max(end, found.pop().end)
        found.append(Range(start, end))
    return found


def _is_mark(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) in ("Mn", "Me", "Cf")
