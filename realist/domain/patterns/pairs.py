"""Two boxes beside each other: which of their parts are alike, how far, and by which words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from realist.domain.configuration import Box
from realist.domain.differing import Range
from realist.domain.patterns.wording import CONTEXT, MECHANISM, OUTCOME, UNSURE, side_of, stem, words_of
from realist.text import line

ALIKE = 45
"""From how many of a hundred on two parts are alike.

It is rapidfuzz's ratio of their sorted stems, or the share of the shorter one's stems that the other has,
too, where that are two or more.
"""
PLACES = (CONTEXT, MECHANISM, OUTCOME, UNSURE)


@dataclass(frozen=True, slots=True)
class PartPair:
    """A part of one box and the part of another that is most like it; places count from 0.

    ``score`` is of a hundred; ``words`` are the words of the one, as written, whose stem the other has;
    ``opposed`` says that their valences are + and -.
    """

    one: int
    other: int
    score: int
    words: tuple[str, ...]
    opposed: bool


def alike_parts(one: Box, other: Box) -> tuple[PartPair, ...]:
    """Return the parts of two boxes that are alike, in the order of *one*: each part in one pair at most.

    Only parts of one side are compared; word order, inflection and spelling make no difference.
    """
    from rapidfuzz import fuzz  # 20 ms, and rarely needed

    ours, theirs = _stems(one), _stems(other)
    found = []
    for place, (side, stems) in enumerate(ours):
        for at, (of, others) in enumerate(theirs):
            if side == of and stems and others:
                ratio = fuzz.ratio(" ".join(sorted(stems)), " ".join(sorted(others)))
                both = len(stems & others) / min(len(stems), len(others))
                found.append((-max(ratio, 100 * both if len(stems & others) > 1 else 0), place, at))
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for score, place, at in sorted(found):
        if -score >= ALIKE and place not in taken[0] and at not in taken[1]:
            taken[0].add(place)
            taken[1].add(at)
            pairs.append(_pair(one, other, place, at, round(-score), ours[place][1] & theirs[at][1]))
    return tuple(sorted(pairs, key=lambda pair: pair.one))


def _stems(box: Box) -> list[tuple[str, set[str]]]:
    return [(side_of(part.kind), {stem(word) for word in words_of(part.text)}) for part in box.parts]


def _pair(one: Box, other: Box, place: int, at: int, score: int, stems: set[str]) -> PartPair:
    words = dict.fromkeys(word for word in words_of(one.parts[place].text) if stem(word) in stems)
    valences = {str(box.parts[n].valence or "") for box, n in ((one, place), (other, at))}
    return PartPair(place, at, score, tuple(words), valences == {"+", "-"})


_WORD = re.compile(r"[^\W_][\w'’-]*")


def shared(text: str, other: str) -> tuple[Range, ...]:
    """Return where in *text* (made one line) the words stand whose stem is in *other*."""
    stems = {stem(word) for word in words_of(other)}
    found = _WORD.finditer(line(text))
    return tuple(
        Range(*one.span()) for one in found if any(stem(word) in stems for word in words_of(one.group()))
    )
