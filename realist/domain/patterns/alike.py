"""Boxes that say the same thing in other words, put in groups, each with the reason why.

A group is a way of speaking: on each side of an account (context, mechanism, outcome, tags) the words that
its boxes use, and how often. What speaks for a box being of it is the sum, over its words, of
``log((1-OWN)*q/p + OWN)``, where *q* is the share of a word among the words of the *other* boxes of the group
on that side, *p* its share among the boxes outside, and OWN the share of words that are a box's own. A rare
word that is shared speaks for it, a word that nobody else uses against it.

No threshold is chosen by hand. A box belongs to a group

- when that sum outweighs the odds against, one in as many boxes as there are;
- when something speaks for it on every side that both speak of (shared tags may stand for one side);
- and when more boxes are as much alike on all sides together than would be if the sides had no tie: words
  of a side hang together, so a side counts for no more than the odds that any box says as much there. Where
  everybody says one of ten things, saying the same is no pattern; saying the same three things is.

So a synonym costs little, words that everybody uses say nothing, and the more boxes a group has, the more
ways of saying it are known. Groups begin at boxes that are each other's nearest, and take in and let go of
boxes until nothing changes; a large one is looked at by itself, and taken apart where it is several.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from realist.domain.configuration import Box
from realist.domain.patterns.nearest import seeds
from realist.domain.patterns.wording import FEWEST, SIDES, TAG_SIDES, Corpus, Feature, said

OWN = 0.4
"""Share of its words that a box is expected to have for itself: synonyms, hedges, what it adds."""
ODDS = 1.25
"""How far the evidence has to outweigh the odds, in logarithms: groups are looked for, not given."""
ROUNDS = 6
_LARGE = 8


@dataclass(frozen=True, slots=True)
class Member:
    """A box of a group. ``score`` says how much of what it says others there say, too, of 100.

    ``sides`` says the same of each side; ``words`` are what it shares, as it writes them, rarest first;
    ``tags`` the tags (uid to name) that it shares; ``evidence`` the sum that put it here.
    """

    uid: str
    score: int
    evidence: float
    sides: Mapping[str, int]
    words: Mapping[str, tuple[str, ...]]
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes that say the same: the most typical first.

    ``words`` are what they share by side, each with how many of them use it, the most telling first; ``tags``
    likewise, by uid and name. ``score`` is the mean of the members' scores.
    """

    members: tuple[Member, ...]
    words: Mapping[str, tuple[tuple[str, int], ...]]
    tags: tuple[tuple[str, str, int], ...]

    @property
    def uids(self) -> tuple[str, ...]:
        """The boxes of the group."""
        return tuple(member.uid for member in self.members)

    @property
    def score(self) -> int:
        """How much of what they say they share, of a hundred."""
        return round(sum(member.score for member in self.members) / len(self.members))


def similar(boxes: Sequence[Box], *, tags: bool = True, over: int = 0) -> list[Group]:
    """Return the groups of *boxes* that are alike, the largest first; a box is in one group or in none.

    *tags* counts shared tags and mechanisms beside the wording; without, the wording has to suffice.
    *over* leaves out boxes that share less than so much, of a hundred, with the others of their group.
    """
    corpus = Corpus([said(box, tags=tags) for box in boxes])
    speaking = _Speaking(corpus)
    groups = (_explained(boxes, speaking, group) for group in _refined(speaking))
    kept = (group if not over else _over(boxes, speaking, group, over) for group in groups)
    return sorted((group for group in kept if group), key=lambda one: (-len(one.members), one.uids))


def like(boxes: Sequence[Box], uid: str, *, tags: bool = True) -> list[Member]:
    """Return the boxes that are like the box *uid* alone, those with most evidence first.

    Here each box is compared with that one only, and all are named for which more speaks than against them,
    so that what is found is less sure than a group.
    """
    corpus = Corpus([said(box, tags=tags) for box in boxes])
    speaking = _Speaking(corpus)
    at = next(place for place, box in enumerate(boxes) if box.uid == uid)
    evidence = speaking.evidence([at])
    alike = [place for place, one in evidence.items() if place != at and one.sum > 0 and one.on_every_side]
    found = [_member(boxes, corpus, place, [at], evidence[place].sum) for place in alike]
    return sorted(found, key=lambda one: (-one.evidence, one.uid))


@dataclass(slots=True)
class _Evidence:
    """What speaks for a box being of a group: by side, and the sum."""

    sides: dict[str, float]
    sum: float = 0.0

    @property
    def on_every_side(self) -> bool:
        """Whether something speaks for it on every side that both speak of; tags may stand for a side."""
        return sum(gain > 0 for gain in self.sides.values()) >= len(self.sides.keys() - TAG_SIDES)


class _Speaking:
    """How readily groups of boxes say what a box says."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.boxes = max(len(corpus.said), FEWEST)
        self.bar = ODDS * math.log(self.boxes)

    def evidence(self, group: Collection[int]) -> dict[int, _Evidence]:
        """Return what speaks for each box that may be of *group*; for a member, what the others say."""
        corpus, inside = self.corpus, frozenset(group)
        used = Counter(feature for place in group for feature in corpus.said[place].features)
        sizes: Counter[str] = Counter()
        for place in group:
            sizes.update(corpus.sizes[place])
        gains: dict[str, dict[int, float]] = {side: {} for side in SIDES}
        ratio = (1 - OWN) / OWN
        for feature, times in used.items():
            holding = corpus.holding[feature]
            if len(holding) < 2:
                continue
            side = feature[0]
            elsewhere = (len(holding) - times + 1) / (corpus.total[side] - sizes[side] + 1)
            of, weight = gains[side], ratio / elsewhere
            gain = math.log1p(weight * times / sizes[side])
            for place in holding:
                if place not in inside:
                    of[place] = of.get(place, 0.0) + gain
                elif times > 1:  # what the others of the group say
                    others = sizes[side] - corpus.sizes[place][side]
                    of[place] = of.get(place, 0.0) + math.log1p(weight * (times - 1) / others)
        return self._summed(gains, sizes, inside)

    def _summed(
        self, gains: Mapping[str, Mapping[int, float]], sizes: Mapping[str, int], inside: Collection[int]
    ) -> dict[int, _Evidence]:
        """Sum up what speaks for boxes: for the group's own, and for all for which something does on a side.

        More speaks against all others than for them, whatever they share.
        """
        alone, found = math.log(OWN), {}
        held = self.corpus.sizes
        speak = [(side, gains[side].get) for side in SIDES if sizes.get(side)]
        places = {place for of in gains.values() for place in of if place in inside}
        for side, _ in speak:
            places.update(
                place for place, gain in gains[side].items() if gain + alone * held[place][side] > 0
            )
        for place in sorted(places):
            of = held[place]
            sides = {side: gain(place, 0.0) + alone * of[side] for side, gain in speak if side in of}
            found[place] = _Evidence(sides, sum(sides.values()))
        return found

    def belonging(self, evidence: Mapping[int, _Evidence]) -> list[int]:
        """Return the boxes that belong to a group by the *evidence* for each."""
        some = [place for place, one in evidence.items() if one.sum > self.bar and one.on_every_side]
        if len(some) < 2:
            return some
        ranked = {
            side: sorted(one.sides[side] for one in evidence.values() if side in one.sides) for side in SIDES
        }
        return [place for place in some if self._no_chance(evidence[place], some, evidence, ranked)]

    def _no_chance(
        self,
        one: _Evidence,
        some: Sequence[int],
        evidence: Mapping[int, _Evidence],
        ranked: Mapping[str, Sequence[float]],
    ) -> bool:
        """Whether more boxes say as much of it on all sides together than would if the sides had no tie.

        The words of a side hang together (a phrase that many use is one choice, not five words), so that a
        side counts for no more than the odds that any box says as much there.
        """
        if len(one.sides) < 2:
            return True
        odds = 0.0
        for side, gain in one.sides.items():
            as_much = len(ranked[side]) - bisect_left(ranked[side], gain)
            odds += min(max(gain, 0.0), math.log(self.boxes / as_much))
        both = sum(
            all(evidence[place].sides.get(side, -math.inf) >= gain for side, gain in one.sides.items())
            for place in some
        )
        return odds > self.bar - math.log(max(both, 1))

    def settled(self, group: Collection[int]) -> list[int]:
        """Return *group* after taking in who belongs to it and letting go of who does not, till it rests."""
        now = sorted(group)
        for _ in range(ROUNDS):
            then = self.belonging(self.evidence(now))
            if then == now or len(then) < 2:
                return then
            now = then
        return now

    def parted(self, groups: Iterable[Sequence[int]]) -> list[list[int]]:
        """Return groups of which each box is in one only: the one that most speaks for."""
        best: dict[int, tuple[float, int]] = {}
        for number, group in enumerate(groups):
            evidence = self.evidence(group)
            for place in group if len(group) > 1 else ():
                best[place] = max(best.get(place, (0.0, -1)), (evidence[place].sum, number))
        found: dict[int, list[int]] = defaultdict(list)
        for place, (_, number) in sorted(best.items()):
            found[number].append(place)
        return [group for group in found.values() if len(group) > 1]


def _refined(speaking: _Speaking) -> list[list[int]]:
    """Return the groups, each taken apart where it is several when it is measured by itself.

    Where a few boxes speak of other things than all the rest, everything that they say is rare, and they are
    one group at first. Beside each other, only what some of them say more than the others is telling.
    """
    found = []
    for group in _grouped(speaking):
        parts = []
        if len(group) >= _LARGE:
            inner = _Speaking(Corpus([speaking.corpus.said[place] for place in group], 0))
            parts = [[group[place] for place in part] for part in _refined(inner)]
        found += parts if len(parts) > 1 else [group]
    return found


def _grouped(speaking: _Speaking) -> list[list[int]]:
    """Begin at what is nearest, settle each group, put together what is one."""
    taken: set[int] = set()
    found: list[set[int]] = []
    for seed in seeds(speaking.corpus):
        rest = [place for place in seed if place not in taken]
        if len(rest) > 1 and len(group := speaking.settled(rest)) > 1:
            found.append(set(group))
            taken |= found[-1]
    return speaking.parted([speaking.settled(group) for group in _joined(found)])


def _joined(groups: Iterable[set[int]]) -> list[set[int]]:
    """Return groups with those put together of which the smaller is half in the larger."""
    joined: list[set[int]] = []
    for group in sorted(groups, key=lambda one: (-len(one), min(one))):
        same = next((one for one in joined if 2 * len(one & group) >= min(len(one), len(group))), None)
        if same is None:
            joined.append(set(group))
        else:
            same |= group
    return joined


def _explained(boxes: Sequence[Box], speaking: _Speaking, group: Sequence[int]) -> Group:
    corpus, evidence = speaking.corpus, speaking.evidence(group)
    members = [
        _member(boxes, corpus, place, group, evidence[place].sum if place in evidence else 0.0)
        for place in group
    ]
    used = Counter(feature for place in group for feature in corpus.said[place].features)
    shared = [feature for feature, n in used.items() if n > 1]
    shared.sort(key=lambda one: (-used[one] * weight(corpus, one), one))
    words = {
        side: tuple((_written(corpus, group, one), used[one]) for one in shared if one[0] == side)
        for side in SIDES
        if side not in TAG_SIDES and any(one[0] == side for one in shared)
    }
    tags = tuple((one[1], _written(corpus, group, one), used[one]) for one in shared if one[0] in TAG_SIDES)
    return Group(tuple(sorted(members, key=lambda one: (-one.score, one.uid))), words, tags)


def _over(boxes: Sequence[Box], speaking: _Speaking, group: Group, over: int) -> Group | None:
    """Return a group without those below *over*, and again until nobody is; None where nothing is left."""
    places = {box.uid: place for place, box in enumerate(boxes)}
    while len(group.members) > 1:
        kept = [places[member.uid] for member in group.members if member.score >= over]
        if len(kept) == len(group.members):
            return group
        if len(kept) < 2:
            return None
        group = _explained(boxes, speaking, sorted(kept))
    return None


def weight(corpus: Corpus, feature: Feature) -> float:
    """Return how telling a feature is: the rarer in the review, the more."""
    return math.log((1 + len(corpus.said)) / len(corpus.holding[feature]))


def _member(
    boxes: Sequence[Box], corpus: Corpus, place: int, group: Sequence[int], evidence: float
) -> Member:
    own = corpus.said[place]
    others = {one for other in group if other != place for one in corpus.said[other].features}
    shared = own.features & others
    sides: dict[str, int] = {}
    words: dict[str, tuple[str, ...]] = {}
    for side in SIDES:
        of = [one for one in own.features if one[0] == side]
        if of:
            all_ = sum(weight(corpus, one) for one in of)
            sides[side] = round(100 * sum(weight(corpus, one) for one in of if one in shared) / all_)
        if side not in TAG_SIDES:
            telling = sorted(
                (one for one in of if one in shared), key=lambda one: (-weight(corpus, one), one)
            )
            words[side] = tuple(own.written[one] for one in telling)
    whole = sum(weight(corpus, one) for one in own.features)
    score = round(100 * sum(weight(corpus, one) for one in shared) / whole) if whole else 0
    tagged = {uid for side, uid in shared if side in TAG_SIDES}
    tags = {uid: name for uid, name in own.tags.items() if uid in tagged}
    return Member(
        boxes[place].uid, score, round(evidence, 2), sides, {s: w for s, w in words.items() if w}, tags
    )


def _written(corpus: Corpus, group: Iterable[int], feature: Feature) -> str:
    """Return how the boxes of a group most often write a feature."""
    forms = Counter(
        corpus.said[place].written[feature] for place in group if feature in corpus.said[place].features
    )
    return min(forms, key=lambda form: (-forms[form], len(form), form))
