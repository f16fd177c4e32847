"""Joining papers that are one document: found by evidence, joined as rows that end, nothing deleted."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from realist.domain.duplicates import Pair, Record, Result, Setting, find, reasons_of
from realist.errors import Refused
from realist.queries import sameness
from realist.queries.grouping import Grouping, paper_grouping
from realist.services.unit import Desk, Unit
from realist.store.engine import Store
from realist.store.tables import PaperJoin
from realist.text import line

RULE = "evidence"
"""The rule of joins that the program made: by the sum of the evidence."""


@dataclass(frozen=True, slots=True)
class Deduped:
    """What came of a search for duplicates.

    ``records`` imported; ``papers`` after it, joined ones counted once; ``joined`` how many papers were
    joined into others by it; ``doubtful`` and ``related`` pairs of papers, strongest first; ``seconds`` it
    took from the database to the end.
    """

    records: int
    papers: int
    joined: int
    doubtful: tuple[Pair, ...]
    related: tuple[Pair, ...]
    seconds: float


def compare(store: Store, setting: Setting = Setting.BALANCED) -> tuple[Result, list[Record], sameness.Known]:
    """Return what the papers of a review are to each other, the papers, and what was known; write nothing."""
    with store.read() as connection:
        records = sameness.comparable(connection)
        known = sameness.known(connection)
    return find(records, setting=setting, decided=known.decided, joined=known.joined), records, known


def look(store: Store, setting: Setting = Setting.BALANCED) -> Deduped:
    """Return what :func:`dedupe` would come to, and write nothing."""
    return _Search(store, setting).told(None)


def dedupe(desk: Desk, setting: Setting = Setting.BALANCED) -> Deduped:
    """Join the papers that are one document under the one that says most; say which pairs are doubtful.

    What people decided is never overturned: papers they joined stay joined, papers whose join they ended
    stay apart. A second call changes nothing. Refused where somebody ended a join meanwhile.
    """
    found = _Search(desk.store, setting)
    return found.told(_join(desk, found.planned, found.known, setting))


Planned = list[tuple[str, str, Pair]]


class _Search:
    """One search for duplicates among all papers: what it found, and what should be joined."""

    def __init__(self, store: Store, setting: Setting) -> None:
        self._began = time.monotonic()
        self._result, self._records, self.known = compare(store, setting)
        with store.read() as connection:
            self._count = sameness.count_records(connection)
            self._grouping = paper_grouping(connection)
        self.planned = _planned(self._result, self._records, self._grouping, self.known.used)

    def told(self, joined: int | None) -> Deduped:
        """Return what came of it when *joined* papers were joined; None stands for all that should be."""
        joined = len(self.planned) if joined is None else joined
        papers = len(self._records) - len(self._grouping) - joined
        seconds = round(time.monotonic() - self._began, 3)
        result = self._result
        return Deduped(self._count, papers, joined, result.doubtful, result.related, seconds)


def _planned(result: Result, records: Iterable[Record], grouping: Grouping, used: Collection[str]) -> Planned:
    """Return the joins to make: (paper, the paper that it is read under from now on, why).

    That is a paper people work with already, before others; then one that papers were joined into; then the
    one that says most.
    """
    wholes_now = set(grouping.values())
    used_now = {grouping[uid] for uid in used}
    by_uid = {record.uid: record for record in records}
    home: dict[str, str] = {}
    for cluster in result.clusters:
        wholes = sorted(
            {grouping[uid] for uid in cluster},
            key=lambda uid: (uid not in used_now, uid not in wholes_now, _rank(by_uid[uid])),
        )
        home |= dict.fromkeys(wholes, wholes[0])
    planned: dict[str, tuple[str, Pair]] = {}
    for pair in sorted(result.same, key=lambda pair: -pair.score):
        for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
            part = grouping[one]
            whole = home.get(part, part)
            if part not in (whole, grouping[other]) and part not in planned:
                planned[part] = (whole, pair)
    return [(part, whole, pair) for part, (whole, pair) in sorted(planned.items())]


def _rank(record: Record) -> tuple[int, str]:
    """Return what sorts the paper that says most before the others, the oldest of several."""
    known = sum(map(bool, record[2:])) + len("".join(record.authors)) // 200
    return -known, record.uid


def _join(desk: Desk, planned: Planned, known: sameness.Known, setting: Setting) -> int:
    if not planned:
        return 0
    counted = f"{len(planned):,} paper{'' if len(planned) == 1 else 's'} ({setting})"
    with desk.unit(sameness.JOINING, counted) as work:
        if sameness.known(work.connection).ended != known.ended:
            raise Refused("Somebody ended a join meanwhile, so nothing was joined: do it again.")
        grouping = paper_grouping(work.connection)
        return sum(_joined(work, part, whole, pair, grouping) for part, whole, pair in planned)


def _joined(work: Unit, part: str, whole: str, pair: Pair, grouping: Grouping) -> bool:
    """Join a paper, unless it, or what it would be read under, was joined by somebody meanwhile."""
    if grouping[part] != part or grouping[whole] != whole:
        return False
    reason = line(" ".join(reasons_of(pair)))
    work.add(PaperJoin(from_paper=part, into_paper=whole, rule=RULE, score=pair.score, reason=reason))
    return True
