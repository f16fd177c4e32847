"""What becomes of the pairs found: joined, queued for a person, offered as companions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, pairwise, permutations
from typing import TypeAlias

from realist.domain.duplicates.clusters import Clusters
from realist.domain.duplicates.evidence import FIELDS, POINTS, in_other_languages
from realist.domain.duplicates.fields import Comparable
from realist.domain.duplicates.judging import judge
from realist.domain.duplicates.settings import CONTRADICTION, LEAST_AGAINST, most_asked, score_of
from realist.domain.duplicates.values import Judgement, Outcome, Pair, Result, Rule

Decisions: TypeAlias = Mapping[frozenset[str], Outcome]
"""What people decided of two or more uids: ``Outcome.SAME`` (all one) or ``Outcome.DIFFERENT`` (no two)."""

Found: TypeAlias = tuple[int, int, Judgement]
"""The places of two records and what speaks for and against one document."""


def in_order(one: str, other: str) -> tuple[str, str]:
    """Return two texts, the lesser first."""
    return (one, other) if one < other else (other, one)


class Joining:
    """Joins records along the strongest pairs first; *found* has them in that order."""

    def __init__(
        self, records: Sequence[Comparable], found: list[Found], same: float, doubtful: float
    ) -> None:
        self.records, self.found = records, found
        self.least_same, self.least_doubtful = same, doubtful
        self.known = {(one, other): judgement for one, other, judgement in found}
        self.clusters = Clusters(len(records), self.contradict)
        self.links: dict[tuple[int, int], Rule] = {}
        self.refused: set[tuple[int, int]] = set()
        self.apart: set[tuple[int, int]] = set()
        self.given: set[int] = set()
        self.clashes: list[tuple[str, str]] = []

    def contradict(self, one: int, other: int) -> bool:
        """Whether two records cannot be one document: companions, or much against and little for it.

        Records that people joined against such evidence keep no others out.
        """
        if one in self.given or other in self.given:
            return False
        a, b = self.records[one], self.records[other]
        judgement = self.known.get((one, other)) or self.known.get((other, one)) or judge(a, b)
        if judgement is None:
            return not in_other_languages(a.title, b.title)
        if judgement.kind:
            return True
        if judgement.points >= CONTRADICTION:
            return False
        worth = [POINTS[field].get(level, 0.0) for field, level in zip(FIELDS, judgement.levels, strict=True)]
        return sum([points for points in worth if points < 0]) <= LEAST_AGAINST

    def result(self, decided: Decisions, joined: Iterable[Collection[str]], new: int | None) -> Result:
        """Return what was found: first what people decided and what is joined already, then the rest."""
        self._obey(decided, joined)
        clusters = self.clusters
        for one, other, judgement in self.found:
            if judgement.kind or judgement.points < self.least_same:
                continue
            first, second = clusters.find(one), clusters.find(other)
            if first == second:
                continue
            if clusters.are_apart(first, second) or clusters.contradict(first, second):
                if (one, other) not in self.apart:
                    self.refused.add((one, other))
            else:
                clusters.join(first, second)
                self.links[one, other] = Rule.EVIDENCE
        last = len(self.records) if new is None else new
        sets = [places for places in clusters.sets() if min(places) < last]
        uids = sorted(tuple(sorted([self.records[place].uid for place in places])) for places in sets)
        asked, related = self._open()
        most = most_asked(last, [pair.score for pair in asked])
        clashes = tuple(sorted(self.clashes))
        return Result(self._same(), asked[:most], related, tuple(uids), clashes, len(asked[most:]))

    def _obey(self, decided: Decisions, joined: Iterable[Collection[str]]) -> None:
        """Keep apart and join what people decided, and what is joined already."""
        places = {record.uid: place for place, record in enumerate(self.records)}

        def named(groups: Iterable[Collection[str]]) -> list[list[int]]:
            return sorted(sorted([places[uid] for uid in uids if uid in places]) for uids in groups)

        for group in named(uids for uids, outcome in decided.items() if outcome is Outcome.DIFFERENT):
            self.apart.update(permutations(group, 2))
            for one, other in combinations(group, 2):
                self.clusters.keep_apart(one, other)
        for group in named(uids for uids, outcome in decided.items() if outcome is Outcome.SAME):
            for one, other in pairwise(group):
                self._join(one, other, Rule.PERSON)
        for group in named(joined):
            for one, other in pairwise(group):
                self._join(one, other, Rule.JOINED)

    def _join(self, one: int, other: int, rule: Rule) -> None:
        first, second = self.clusters.find(one), self.clusters.find(other)
        if first == second:
            return
        if self.clusters.are_apart(first, second):
            self.clashes.append(in_order(self.records[one].uid, self.records[other].uid))
            return
        if self.contradict(one, other):
            self.given |= {one, other}
        self.clusters.join(first, second)
        self.links[one, other] = rule

    def _same(self) -> tuple[Pair, ...]:
        """Return the pairs of clusters that are the same, strongest first, then links without evidence."""
        find = self.clusters.find
        same = [
            self._pair(one, other, judgement, Outcome.SAME)
            for one, other, judgement in self.found
            if (judgement.points >= self.least_same or (one, other) in self.links)
            and find(one) == find(other)
        ]
        for one, other in self.links:
            if (one, other) not in self.known:
                judgement = judge(self.records[one], self.records[other])
                same.append(self._pair(one, other, judgement, Outcome.SAME))
        return tuple(same)

    def _open(self) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
        """Return doubtful and related pairs, the strongest of any two clusters each."""
        doubtful: dict[tuple[int, int], Pair] = {}
        related: dict[tuple[int, int], Pair] = {}
        clusters = self.clusters
        for one, other, judgement in self.found:
            first, second = clusters.find(one), clusters.find(other)
            if first == second or (judgement.points < self.least_doubtful and not judgement.kind):
                continue
            ends = (first, second) if first < second else (second, first)
            if judgement.kind:
                if ends not in related:
                    related[ends] = self._pair(one, other, judgement, Outcome.RELATED)
            elif ends not in doubtful and (
                (one, other) in self.refused or not clusters.are_apart(first, second)
            ):
                doubtful[ends] = self._pair(one, other, judgement, Outcome.DOUBTFUL)
        asked = tuple([pair for ends, pair in doubtful.items() if ends not in related])
        return asked, tuple(related.values())

    def _pair(self, one: int, other: int, judgement: Judgement | None, outcome: Outcome) -> Pair:
        a, b = in_order(self.records[one].uid, self.records[other].uid)
        link = self.links.get((one, other))
        score = score_of(judgement.points) if judgement else 0.0
        if judgement and outcome is Outcome.RELATED:
            return Pair(a, b, outcome, score, Rule.COMPANION, judgement.kind, judgement)
        rule = link or (self._why_not(one, other) if outcome is Outcome.DOUBTFUL else Rule.EVIDENCE)
        return Pair(a, b, outcome, score, rule, None, judgement, bool(link))

    def _why_not(self, one: int, other: int) -> Rule:
        """Return what keeps a pair from being joined now that all is joined: not what did when it was met."""
        if (one, other) not in self.refused:
            return Rule.EVIDENCE
        find = self.clusters.find
        return Rule.KEPT_APART if self.clusters.are_apart(find(one), find(other)) else Rule.CHAIN
