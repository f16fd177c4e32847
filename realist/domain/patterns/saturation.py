"""Saturation: how much that is new papers brought, in the order in which they were read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A paper (uid), when it was first read, and the mechanisms and boxes (uids) that it speaks of."""

    uid: str
    at: datetime
    mechanisms: frozenset[str]
    boxes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many papers, read one after the other: from the *first* to the *last*, counted from 1.

    ``mechanisms`` and ``boxes`` are those that none of the papers before spoke of; ``unlike`` those of the
    boxes that are in no group with a box of a paper before, or with another of the same stretch before it.
    """

    first: int
    last: int
    papers: tuple[str, ...]
    mechanisms: int
    boxes: int
    unlike: int

    @property
    def name(self) -> str:
        """The papers by their places: "11–20", or "21"."""
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


def stretches(
    papers: Sequence[ReadPaper], groups: Sequence[Collection[str]] = (), *, every: int = 10
) -> list[Stretch]:
    """Return what each *every* papers, in the order given, brought that was new; the last may be fewer."""
    of = {uid: number for number, group in enumerate(groups) for uid in group}
    known: set[str] = set()
    told: set[int] = set()
    found = []
    for start in range(0, len(papers), every):
        some = papers[start : start + every]
        mechanisms = boxes = unlike = 0
        for paper in some:
            mechanisms += len(paper.mechanisms - known)
            new = paper.boxes - known
            boxes += len(new)
            unlike += _unlike(new, of, told)
            known |= paper.mechanisms | paper.boxes
        uids = tuple(paper.uid for paper in some)
        found.append(Stretch(start + 1, start + len(some), uids, mechanisms, boxes, unlike))
    return found


def _unlike(new: Collection[str], of: Mapping[str, int], told: set[int]) -> int:
    """Return how many of *new* boxes say what none before said; *told* are the groups heard of, and grows."""
    groups = {of[uid] for uid in new if uid in of} - told
    told |= groups
    return sum(uid not in of for uid in new) + len(groups)
