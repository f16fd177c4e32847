"""Where groups may begin: boxes that are nearest to each other, joined by average linkage."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from heapq import nlargest

from realist.domain.patterns.wording import Corpus, Feature

NEAREST = 10
"""Neighbours that are kept of each box."""
_FIFTH = 5
_WIDE, _SOME = 0.25, 50
"""A feature of more than this share of the boxes, and of more than so many, brings none together."""


def seeds(corpus: Corpus) -> list[list[int]]:
    """Return groups of at least two boxes (places) to begin at, the largest first.

    Boxes are as near as the cosine of what they say, rare words weighing more (tf-idf), measured by how near
    each of the two has its fifth neighbour (Zelnik-Manor and Perona 2004): where many boxes say almost the
    same, near is nearer than elsewhere.
    """
    near = _neighbours(corpus)
    ranked = [nlargest(_FIFTH, of.values()) for of in near]
    usual = [of[-1] if of else 1.0 for of in ranked]
    near = [
        {other: score / math.sqrt(usual[place] * usual[other]) for other, score in of.items()}
        for place, of in enumerate(near)
    ]
    return sorted(_linked(near, 1.0), key=lambda group: (-len(group), group))


def _neighbours(corpus: Corpus) -> list[dict[int, float]]:
    n = len(corpus.said)
    wide = max(_SOME, _WIDE * n)
    worth: dict[Feature, float] = {
        feature: math.log((1 + n) / len(holding))
        for feature, holding in corpus.holding.items()
        if len(holding) <= wide
    }
    lengths = [
        math.sqrt(sum(worth.get(feature, 0.0) ** 2 for feature in one.features)) or 1.0 for one in corpus.said
    ]
    near: list[dict[int, float]] = [{} for _ in corpus.said]
    for place, one in enumerate(corpus.said):
        alike: dict[int, float] = defaultdict(float)
        for feature in sorted(one.features):
            if (holding := corpus.holding[feature]) and feature in worth and len(holding) > 1:
                square = worth[feature] ** 2
                for other in holding:
                    alike[other] += square
        alike.pop(place, None)
        scored = ((both / lengths[other], -other) for other, both in alike.items())
        for score, other in nlargest(NEAREST, scored):
            near[place][-other] = near[-other][place] = score / lengths[place]
    return near


def _linked(near: list[dict[int, float]], enough: float) -> list[list[int]]:
    """Join what is nearest until nothing is near *enough* on the average; pairs that are not known are 0."""
    members: list[list[int]] = [[place] for place in range(len(near))]
    near = [dict(of) for of in near]
    alive = [True] * len(near)
    heap = [
        (-score, place, other)
        for place, of in enumerate(near)
        for other, score in of.items()
        if place < other and score >= enough
    ]
    heapq.heapify(heap)
    while heap:
        _, one, other = heapq.heappop(heap)
        if not (alive[one] and alive[other]):
            continue
        new, size = len(members), len(members[one]) + len(members[other])
        means: dict[int, float] = {}
        for third in sorted((near[one].keys() | near[other].keys()) - {one, other}):
            if alive[third]:
                total = len(members[one]) * near[one].get(third, 0.0)
                total += len(members[other]) * near[other].get(third, 0.0)
                means[third] = total / size
        alive[one] = alive[other] = False
        members.append(members[one] + members[other])
        near.append(means)
        alive.append(True)
        for third, mean in means.items():
            near[third][new] = mean
            if mean >= enough:
                heapq.heappush(heap, (-mean, third, new))
    return [sorted(group) for group, lives in zip(members, alive, strict=True) if lives and len(group) > 1]
