"""What the other pairs found say of a pair: those of its databases, and how many records it fits as well."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations
from math import exp
from typing import NamedTuple, TypeAlias

from realist.domain.duplicates.databases import Databases, Fit
from realist.domain.duplicates.evidence import FIELDS
from realist.domain.duplicates.fields import Comparable
from realist.domain.duplicates.joining import Decisions, Found
from realist.domain.duplicates.judging import with_level
from realist.domain.duplicates.settings import SLOPE
from realist.domain.duplicates.values import Outcome

_OTHERS = FIELDS.index("others")

LEVELS = {1.4: "", 2.8: "several fit", 5.6: "many fit"}
LAST = "a crowd fits"
"""Up to how many records that fit one of a pair, each counted by its odds, the pair has which level; where a
paper has more copies than two as a rule, so many times more."""

LEAST_RECORDS, MOST_COPIES = 20, 3.0
"""How many records with a sure pair tell how many copies a paper has; up to how many they are taken for."""

_DECIDED = 5.0
"""How many points more than a sure pair has, at least, one has that a person called the same."""

_Pairs: TypeAlias = set[tuple[int, int]]


class Said(NamedTuple):
    """Pairs of places that people called the same or different, the lower place first."""

    together: _Pairs
    apart: _Pairs


def with_others(
    found: list[Found],
    records: Sequence[Comparable],
    new: int | None,
    same: float,
    decided: Decisions,
    joined: Iterable[Collection[str]],
) -> list[Found]:
    """Return *found* with what the other pairs say of each; pairs with *same* points are sure.

    What people *decided* of the others counts, too. With *new*, records from that place on are only those
    that resemble new ones, and of them alone it is of use which are *joined*.
    """
    said = _said(records, decided)
    fits = _fits(found, same, said)
    last = len(records) if new is None else new
    twins = _twins(records, last, joined)
    databases, crowds = Databases(fits, records, last, same, twins), _Crowds(fits, same)
    made: list[Found] = []
    for pair in found:
        one, other, judgement = pair
        level = ""
        if not judgement.kind and (one, other) not in said.apart and (one, other) not in said.together:
            level = databases.level(one, other, judgement) or crowds.level(one, other, judgement.points)
        made.append((one, other, with_level(judgement, _OTHERS, level)) if level else pair)
    return made


def _said(records: Sequence[Comparable], decided: Decisions) -> Said:
    """Return what was decided of pairs, by the places of the records."""
    said = Said(set(), set())
    if not decided:
        return said
    places = {record.uid: place for place, record in enumerate(records)}
    for uids, outcome in decided.items():
        pairs = said.together if outcome is Outcome.SAME else said.apart
        pairs.update(combinations(sorted([places[uid] for uid in uids if uid in places]), 2))
    return Said(said.together - said.apart, said.apart)


def _twins(
    records: Sequence[Comparable], last: int, joined: Iterable[Collection[str]]
) -> list[tuple[int, int]]:
    """Return those of one database that are joined, each with the first, from the place *last* on."""
    places = {record.uid: place for place, record in enumerate(records[last:], last) if record.source}
    twins: list[tuple[int, int]] = []
    for group in joined if places else ():
        first: dict[str, int] = {}
        for place in sorted([places[uid] for uid in group if uid in places]):
            one = first.setdefault(records[place].source, place)
            if one != place:
                twins.append((one, place))
    return twins


def _fits(found: list[Found], same: float, said: Said) -> list[Fit]:
    """Return the pairs that may be one document, with their points."""
    together, apart = said
    if not together and not apart:
        return [(one, other, judgement.points) for one, other, judgement in found if not judgement.kind]
    fits = [
        (one, other, judgement.points)
        for one, other, judgement in found
        if not judgement.kind and (one, other) not in apart and (one, other) not in together
    ]
    known = {(one, other): judgement.points for one, other, judgement in found if (one, other) in together}
    return fits + [(*pair, max(known.get(pair, 0.0), same + _DECIDED)) for pair in sorted(together)]


class _Crowds:
    """The pairs that are not sure, by record: a record that fits many others is one of a column."""

    def __init__(self, fits: list[Fit], same: float) -> None:
        self.same = same
        self.open: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for one, other, points in fits:
            if points < same:
                self.open[one].append((points, other))
                self.open[other].append((points, one))
        sure = [(one, other) for one, other, points in fits if points >= same]
        self.sure = {pair for pair in sure if pair[0] in self.open and pair[1] in self.open}
        ends = Counter([place for pair in sure for place in pair])
        few = len(ends) < LEAST_RECORDS
        self.copies = MOST_COPIES if few else min(ends.total() / len(ends), MOST_COPIES)

    def level(self, one: int, other: int, points: float) -> str:
        """Return what it says of a pair how many others fit its records."""
        if points >= self.same:
            return ""
        count = max(self._count(one, other, points), self._count(other, one, points))
        return next((level for most, level in LEVELS.items() if count <= most * self.copies), LAST)

    def _count(self, one: int, other: int, points: float) -> float:
        """Return how many records one fits, each by its odds beside the other's; its copies are no others."""
        those = self.open[one]
        if len(those) == 1:
            return 1.0
        sure = self.sure
        return sum(
            [
                exp((fit - points) / SLOPE)
                for fit, place in those
                if ((place, other) if place < other else (other, place)) not in sure
            ]
        )
