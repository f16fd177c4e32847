"""What databases that have hardly any paper twice say of a pair, seen beside all other pairs.

Of several records of such a database that a record fits, at most one is it; one that fits better leaves
little to the others. Where two databases share most of their papers, two records that fit nothing else there
are likely one paper. And two records of one database that each have their own counterpart in another are two
papers. The idea is one-to-one linkage (Jaro 1989, doi:10.1080/01621459.1989.10478785), here as evidence like
any other, so that a paper that a database does have twice can still be joined. Whether a database has papers
twice is seen from its sure pairs; of one with too few of these nothing is concluded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import exp, inf
from typing import TypeAlias

from realist.domain.duplicates.evidence import POINTS
from realist.domain.duplicates.fields import Comparable
from realist.domain.duplicates.settings import SLOPE
from realist.domain.duplicates.values import Judgement

Fit: TypeAlias = tuple[int, int, float]
"""The places of two records that may be one document, and the points for it."""

_TABLES = tuple(POINTS.values())
_TWICE = POINTS["others"]["hardly any twice"]

LEAST_RECORDS, HARDLY_ANY, MOST_LEFT = 20, 0.02, 1 / 3
"""How many records of a database need a sure pair in another before its pairs say something; up to which
share of these with one in the same database are hardly any; which part of two databases, taken together, may
be without a sure pair in the other if they share most of their papers."""

ALONE, LAST, BETTER = "alone there", "one of many there", "another surely fits there"
LEVELS = {1.4: ALONE, 2.8: "one of two there", 5.6: "one of several there"}
"""Up to how many records of one database that fit, each counted by its odds, a pair has which level."""

WELL = 6.0
"""From how many points on records fit so well that one of them is it, but not known which: that says more."""


class Databases:
    """The pairs that may be one document, by the database of the other record.

    Of records from the place *last* on only those are there that resemble others: how many of theirs another
    database has is not known. *twins* are pairs of them that are one document.
    """

    def __init__(
        self,
        fits: list[Fit],
        records: Sequence[Comparable],
        last: int,
        same: float,
        twins: Iterable[tuple[int, int]],
    ) -> None:
        self.records, self.same = records, same
        self.fits: dict[int, dict[str, list[tuple[float, int]]]] = defaultdict(dict)
        self.twins: dict[tuple[int, int], float] = {}
        for one, other, points in fits:
            here, there = records[one].source, records[other].source
            if not here or not there:
                continue
            if here != there:
                self.fits[one].setdefault(there, []).append((points, other))
                self.fits[other].setdefault(here, []).append((points, one))
            elif points >= same:
                self.twins[one, other] = self.twins[other, one] = points
        for one, other in twins:
            if records[one].source == records[other].source:
                self.twins[one, other] = self.twins[other, one] = inf
        self.once = self._once()
        self.left = self._left(last) if self.once else {}

    def _once(self) -> set[str]:
        """Return the databases that have hardly any paper twice."""
        elsewhere = Counter([self.records[place].source for place in self.fits if self._is_sure(place)])
        twice = Counter([self.records[place].source for place in {one for one, _ in self.twins}])
        return {
            source
            for source, number in elsewhere.items()
            if number >= LEAST_RECORDS and twice[source] <= HARDLY_ANY * number
        }

    def _is_sure(self, place: int) -> bool:
        return any(max(those)[0] >= self.same for those in self.fits[place].values())

    def _left(self, last: int) -> dict[tuple[str, str], float]:
        """Return which part of one database's records has no sure pair in another."""
        records = self.records
        counts = Counter([record.source for record in records[:last]])
        sure: Counter[tuple[str, str]] = Counter()
        for place, fits in self.fits.items():
            for there, those in fits.items():
                sure[records[place].source, there] += place < last and max(those)[0] >= self.same
        return {(here, there): 1 - n / max(counts[here], LEAST_RECORDS) for (here, there), n in sure.items()}

    def level(self, one: int, other: int, judgement: Judgement) -> str:
        """Return what the databases say of a pair, ``""`` for nothing."""
        here, there = self.records[one].source, self.records[other].source
        if not self.once or not here or not there:
            return ""
        if here == there:
            if here not in self.once:
                return ""
            return "each has its own" if self._are_two(one, other) else "hardly any twice"
        points = judgement.points
        ends = [end for end in ((one, other), (other, one)) if self.records[end[1]].source in self.once]
        if any(self._has_a_better(*end, points) for end in ends):
            return BETTER
        count = max((self._count(*end, points) for end in ends), default=1.0)
        level = next((level for most, level in LEVELS.items() if count <= most), LAST)
        if level != ALONE:
            return f"{level}, well" if points >= WELL else level
        alone = len(ends) == 2 and self.left[here, there] * self.left[there, here] <= MOST_LEFT
        return level if alone and not _is_against(judgement.levels) else ""

    def _count(self, one: int, other: int, points: float) -> float:
        """Return how many records of the other's database one fits, each by its odds beside this pair's.

        Those that surely fit another better are not counted.
        """
        those = self.fits[one][self.records[other].source]
        if len(those) == 1:
            return 1.0
        return sum(
            [
                exp((fit - points) / SLOPE)
                for fit, place in those
                if place == other or not (self._are_one(place, other) or self._is_taken(place, one, fit))
            ]
        )

    def _is_taken(self, place: int, one: int, fit: float) -> bool:
        """Whether a record surely fits another in the database of *one*, and better."""
        source = self.records[one].source
        return source in self.once and max(self.fits[place][source])[0] > max(fit, self.same)

    def _are_one(self, one: int, other: int) -> bool:
        """Whether two records of one database are surely one paper, though it has hardly any twice."""
        points = self.twins.get((one, other))
        return points is not None and points + _TWICE >= self.same

    def _has_a_better(self, one: int, other: int, points: float) -> bool:
        """Whether one surely has a record in the other's database, and a better one."""
        those = self.fits[one][self.records[other].source]
        return any(fit >= self.same and fit > points and not self._are_one(n, other) for fit, n in those)

    def _are_two(self, one: int, other: int) -> bool:
        """Whether another database surely has two records of one database, and not as one paper."""
        if one not in self.fits or other not in self.fits:
            return False
        for database in self.fits[one].keys() & self.fits[other].keys():
            a, b = (
                [place for points, place in self.fits[end][database] if points >= self.same]
                for end in (one, other)
            )
            if a and b and not any(x == y or (x, y) in self.twins for x in a for y in b):
                return True
        return False


def _is_against(levels: tuple[str, ...]) -> bool:
    """Whether any field speaks against one document."""
    return any(table.get(level, 0.0) < 0 for table, level in zip(_TABLES, levels, strict=True))
