"""Which part of a rewritten box was which part before: so that sources, tags and links outlive an edit."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from realist.domain.configuration import BoxElement
from realist.domain.notation import Part
from realist.text import fold

ALIKE = 60.0
"""From how many of a hundred on two wordings of one kind are the same part, reworded."""

_SAME: tuple[Callable[[Part], Hashable], ...] = (
    lambda part: part,
    lambda part: replace(part, segment=1, join=""),
    lambda part: (part.kind, part.text),
    lambda part: (part.kind, fold(part.text)) if fold(part.text) else None,
    lambda part: part.text or None,
)
"""What makes two parts one, strictest first; None is like nothing."""


def rewrite(elements: tuple[BoxElement, ...], parts: tuple[Part, ...]) -> tuple[BoxElement, ...]:
    """Return *parts* as elements: each with the uid, sources and tags of the old element it came from.

    It came from the one with the same kind and wording (or the same wording under another kind), else from
    the one of its kind that is worded most alike, else from the one of its kind in its place, counted from
    the start or from the end. Each old element is used once; a part that came from none is a new element.
    """
    came = _Matching([element.part for element in elements], list(parts))
    for key in _SAME:
        came.by_key(key)
    came.by_wording()
    came.by_place(0)
    came.by_place(len(elements) - len(parts))
    return tuple(
        replace(elements[came.origin[place]], part=part) if place in came.origin else BoxElement(part)
        for place, part in enumerate(parts)
    )


class _Matching:
    """From the place of a new part to the place of the old one; each old place at most once."""

    def __init__(self, old: Sequence[Part], new: Sequence[Part]) -> None:
        self.old, self.new = old, new
        self.origin: dict[int, int] = {}
        self.used: set[int] = set()

    def take(self, place: int, origin: int) -> None:
        self.origin[place] = origin
        self.used.add(origin)

    def left(self) -> tuple[list[int], list[int]]:
        """Return the new and the old places that are still without the other."""
        return (
            [place for place in range(len(self.new)) if place not in self.origin],
            [place for place in range(len(self.old)) if place not in self.used],
        )

    def by_key(self, key: Callable[[Part], Hashable]) -> None:
        places, origins = self.left()
        known: dict[Hashable, deque[int]] = defaultdict(deque)
        for origin in origins:
            known[key(self.old[origin])].append(origin)
        known.pop(None, None)
        for place in places:
            if same := known.get(key(self.new[place])):
                self.take(place, same.popleft())

    def by_wording(self) -> None:
        places, origins = self.left()
        words = {place: fold(self.new[place].text) for place in places}
        before = {origin: fold(self.old[origin].text) for origin in origins}
        near = [
            (-score, abs(place - origin), place, origin)
            for place in places
            for origin in origins
            if self.new[place].kind is self.old[origin].kind
            and (score := fuzz.ratio(words[place], before[origin], score_cutoff=ALIKE))
        ]
        for _, _, place, origin in sorted(near):
            if place not in self.origin and origin not in self.used:
                self.take(place, origin)

    def by_place(self, shift: int) -> None:
        places, origins = self.left()
        free = set(origins)
        for place in places:
            origin = place + shift
            if origin in free and self.old[origin].kind is self.new[place].kind:
                self.take(place, origin)
