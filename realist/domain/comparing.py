"""What two people made of one paper, side by side: their boxes matched by likeness, with what differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from realist.domain.configuration import Box, BoxElement
from realist.text import fold

LIKE = 0.4
"""Boxes that are less alike than this are different boxes; from 0 (nothing in common) to 1."""
_SAME_PART = 0.5
_OF_KIND = 0.15
"""How much more alike two parts are for being of one kind."""
_UNDER = 0.2
"""What mechanisms in common weigh beside the wording."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PartPair:
    """A part of a box beside the other's; None where it is missing.

    ``differences``: kind, valence, wording, missing.
    """

    one: BoxElement | None
    other: BoxElement | None
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoxPair:
    """A box beside the other's, None where it is missing, with how alike they are, from 0 to 1.

    ``differences`` are of the boxes as wholes: polarity, mechanisms, missing; ``parts`` have their own.
    """

    one: Box | None
    other: Box | None
    likeness: float
    differences: tuple[str, ...]
    parts: tuple[PartPair, ...]


def side_by_side(one: Sequence[Box], other: Sequence[Box]) -> tuple[BoxPair, ...]:
    """Return the boxes of two people in pairs, in the order of the first, then what the second has alone.

    The most alike are paired first, each box once; those with little in common stand alone.
    """
    pairs = _matched(one, other, likeness, LIKE)
    found = [
        _pair(box, other[pairs[place][0]], pairs[place][1]) if place in pairs else _alone(box, None)
        for place, box in enumerate(one)
    ]
    taken = {place for place, _ in pairs.values()}
    return (*found, *(_alone(None, box) for place, box in enumerate(other) if place not in taken))


def likeness(one: Box, other: Box) -> float:
    """Return how alike two boxes are: the wording of their parts by kind, and the mechanisms they share."""
    pairs = _matched(one.elements, other.elements, _alike, 0)
    parts = max(len(one.elements), len(other.elements))
    words = sum(min(score, 1) for _, score in pairs.values()) / parts if parts else 0.0
    mine, theirs = _mechanisms(one), _mechanisms(other)
    if not (mine or theirs):
        return words
    return (1 - _UNDER) * words + _UNDER * len(mine & theirs) / len(mine | theirs)


def _mechanisms(box: Box) -> set[str]:
    under = {ref.uid or fold(ref.name) for ref in box.mechanisms}
    tags = (tag for element in box.elements for tag in element.tags if tag.kind == "mechanism")
    return under | {tag.uid or fold(tag.name) for tag in tags}


def _alike(one: BoxElement, other: BoxElement) -> float:
    from rapidfuzz import fuzz  # loaded by who compares

    mine, theirs = fold(one.part.text), fold(other.part.text)
    words = fuzz.token_sort_ratio(mine, theirs) / 100 if mine and theirs else float(mine == theirs)
    return words + _OF_KIND if one.part.kind is other.part.kind else words - _OF_KIND


def _matched(
    one: Sequence[T], other: Sequence[T], score: Callable[[T, T], float], least: float
) -> dict[int, tuple[int, float]]:
    """Return by place in *one* the place in *other* that is most like it, the most alike first."""
    scores = sorted(
        ((score(a, b), i, j) for i, a in enumerate(one) for j, b in enumerate(other)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    pairs: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for value, i, j in scores:
        if value >= least and i not in pairs and j not in taken:
            pairs[i] = (j, value)
            taken.add(j)
    return pairs


def _pair(one: Box, other: Box, value: float) -> BoxPair:
    differences = [
        name
        for name, mine, theirs in (
            ("polarity", one.polarity, other.polarity),
            ("mechanisms", _mechanisms(one), _mechanisms(other)),
        )
        if mine != theirs
    ]
    return BoxPair(one, other, round(value, 3), tuple(differences), _parts(one, other))


def _parts(one: Box, other: Box) -> tuple[PartPair, ...]:
    pairs = _matched(one.elements, other.elements, _alike, _SAME_PART)
    found = []
    for place, part in enumerate(one.elements):
        if place not in pairs:
            found.append(PartPair(part, None, ("missing",)))
            continue
        theirs = other.elements[pairs[place][0]]
        found.append(PartPair(part, theirs, _differences(part, theirs)))
    taken = {place for place, _ in pairs.values()}
    alone = (part for place, part in enumerate(other.elements) if place not in taken)
    return (*found, *(PartPair(None, part, ("missing",)) for part in alone))


def _differences(one: BoxElement, other: BoxElement) -> tuple[str, ...]:
    return tuple(
        name
        for name, mine, theirs in (
            ("kind", one.part.kind, other.part.kind),
            ("valence", one.part.valence, other.part.valence),
            ("wording", fold(one.part.text), fold(other.part.text)),
        )
        if mine != theirs
    )


def _alone(one: Box | None, other: Box | None) -> BoxPair:
    box = one or other
    parts = tuple(
        PartPair(part if one else None, None if one else part, ("missing",))
        for part in (box.elements if box else ())
    )
    return BoxPair(one, other, 0.0, ("missing",), parts)
