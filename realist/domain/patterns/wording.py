"""What boxes say, as words that can be compared: stemmed, by the side of the account that they stand on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from realist.domain.configuration import TAG_KINDS, Box
from realist.text import index_text
from realist.vocabulary import ElementKind

CONTEXT, MECHANISM, OUTCOME, UNSURE = "context", "mechanism", "outcome", "unsure"
TAGS = {kind: f"tags: {kind}" for kind in TAG_KINDS}
"""The sides that tags are, by kind."""
TAG_SIDES = frozenset(TAGS.values())
SIDES = (CONTEXT, MECHANISM, OUTCOME, UNSURE, *TAGS.values())
"""The sides of an account. People split mechanisms differently: resource and reasoning are one side."""

_SIDE = {
    ElementKind.CONTEXT: CONTEXT, ElementKind.ACTOR: CONTEXT, ElementKind.OUTCOME: OUTCOME,
    ElementKind.RESOURCE: MECHANISM, ElementKind.REASONING: MECHANISM, ElementKind.MECHANISM: MECHANISM,
    ElementKind.INTERVENTION: MECHANISM, ElementKind.STRATEGY: MECHANISM,
}  # fmt: skip

FEWEST = 150
"""Boxes, and things said on a side, that are reckoned with where there are fewer: a few say little of what is
common."""

Feature = tuple[str, str]
"""A side, and a stem or the uid of a tag."""


def side_of(kind: ElementKind | None) -> str:
    """Return the side that a part of *kind* is on; what may be anything is on one of its own."""
    return _SIDE.get(kind, UNSURE) if kind else UNSURE


@cache
def _stemmer() -> Callable[[str], str]:
    import snowballstemmer  # 40 ms, and only patterns need it

    stem: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
    return stem


@cache
def stem(word: str) -> str:
    """Return what the forms of a folded word have in common: "organizations" and "organised" give one."""
    spelt = word.replace("our", "or") if len(word) > 5 else word
    return _stemmer()(spelt.replace("iz", "is").replace("yz", "ys"))


def words_of(text: str) -> list[str]:
    """Return the words of a text that can tell, folded, in order: not numbers, nor words of two letters."""
    words = index_text(text).split()
    return [word for word in words if not word.isdigit() and (len(word) > 2 or not word.isascii())]


class Said(NamedTuple):
    """What a box says: its features, and how people wrote each stem; ``tags`` names the tags by uid."""

    features: frozenset[Feature]
    written: Mapping[Feature, str]
    tags: Mapping[str, str]


def said(box: Box, *, tags: bool = True) -> Said:
    """Return what *box* says, by side; *tags* puts in its named mechanisms, contexts and outcomes.

    A box without any part says what it prints or tells, in one piece.
    """
    written: dict[Feature, str] = {}
    for element in box.elements:
        side = side_of(element.part.kind)
        for word in words_of(element.part.text):
            written.setdefault((side, stem(word)), word)
    if not box.elements:
        for word in words_of(box.printed or box.narrative):
            written.setdefault((UNSURE, stem(word)), word)
    named: dict[Feature, str] = {}
    if tags:
        for element in box.elements:
            named |= {(TAGS[tag.kind], tag.uid): tag.name for tag in element.tags}
        named |= {(TAGS["mechanism"], one.uid): one.name for one in box.mechanisms}
    written |= named
    return Said(frozenset(written), written, {uid: name for (_, uid), name in named.items()})


class Corpus:
    """All boxes of a review by what they say: how many say each thing, and which."""

    def __init__(self, boxes: list[Said], fewest: int = FEWEST) -> None:
        self.said = boxes
        self.holding: dict[Feature, list[int]] = defaultdict(list)
        self.sizes: list[dict[str, int]] = []
        self.total: Counter[str] = Counter()
        for place, one in enumerate(boxes):
            for feature in sorted(one.features):
                self.holding[feature].append(place)
            self.sizes.append(dict(Counter(side for side, _ in one.features)))
            self.total.update(self.sizes[-1])
        for side in SIDES:  # of few boxes or tags: much could have been said and was not
            self.total[side] = max(self.total[side], len(boxes), fewest)
