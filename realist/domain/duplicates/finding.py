"""From records to pairs and clusters: candidates, judgements, other names of journals, joining."""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from realist.domain.duplicates.candidates import candidates
from realist.domain.duplicates.evidence import FIELDS, POINTS
from realist.domain.duplicates.fields import Comparable, read, weigh
from realist.domain.duplicates.joining import Decisions, Found, Joining, in_order
from realist.domain.duplicates.judging import judge, with_level
from realist.domain.duplicates.others import with_others
from realist.domain.duplicates.settings import Thresholds, points_of
from realist.domain.duplicates.values import Judgement, Record, Result

_PLACES = {field: place for place, field in enumerate(FIELDS)}
_OTHER_NAMES = ("differs", "differs between conferences", "partly agrees")
_NAME_GAIN = POINTS["journal"]["is another name"] - POINTS["journal"]["differs"]
_PAPERS, _TIMES, _LEAST_INFO = 3, 3, 0.6


def read_all(records: Iterable[Record]) -> list[Comparable]:
    """Return records as they are compared, ordered by uid. ValueError if two have one uid."""
    with _without_collecting():
        made = sorted([read(record) for record in records], key=lambda record: record.uid)
    for one, other in pairwise(made):
        if one.uid == other.uid:
            raise ValueError(f"two records have the uid {one.uid}")
    return made


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Make no rounds of the garbage collector meanwhile: they would look at millions of values in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def search(
    records: list[Comparable],
    new: int | None,
    thresholds: Thresholds,
    decided: Decisions,
    joined: Iterable[Collection[str]],
) -> Result:
    """Return what *records* are to each other.

    With *new*, only pairs of which one stands before that place, and clusters that have such a record.
    """
    with _without_collecting():
        weigh(records)
        same, doubtful = points_of(thresholds.same), points_of(thresholds.doubtful)
        least = min(doubtful, same) - _NAME_GAIN
        spoken = frozenset(uid for uids in decided for uid in uids)
        found = _with_other_names(_found(records, new, spoken, same, least), records)
        groups = list(joined)
        found = with_others(found, records, new, same, decided, groups)
        found.sort(key=lambda pair: (-pair[2].points, records[pair[0]].uid, records[pair[1]].uid))
        return Joining(records, found, same, doubtful).result(decided, groups, new)


def _found(
    records: list[Comparable], new: int | None, spoken: frozenset[str], same: float, least: float
) -> list[Found]:
    """Return candidates that are companions or have *least* points, with their judgements.

    Of records that are alike in everything, and one document therefore, only the first is compared with
    others; but those of which people *spoke* are each compared.
    """
    found: list[Found] = []
    rest: list[int] = []
    first: dict[tuple[object, ...], int] = {}
    alike: dict[int, Judgement | None] = {}
    last = len(records) if new is None else new
    often = Counter([record.title.packed for record in records])
    for place, record in enumerate(records):
        if place < last and often[record.title.packed] > 1 and record.uid not in spoken:
            one = first.setdefault(record.content(), place)
            if one != place:
                if one not in alike:
                    alike[one] = judge(records[one], record)
                judgement = alike[one]
                if judgement is not None and judgement.points >= same:
                    found.append((one, place, judgement))
                    continue
        rest.append(place)
    del first
    chosen = [records[place] for place in rest]
    count = None if new is None else sum([place < new for place in rest])
    for one, other in candidates(chosen, count):
        judgement = judge(chosen[one], chosen[other], least)
        if judgement is not None and (judgement.points >= least or judgement.kind):
            found.append((rest[one], rest[other], judgement))
    return found


def _with_other_names(found: list[Found], records: list[Comparable]) -> list[Found]:
    """Return *found* where journals that the same papers name differently are one under two names.

    Two names are of one journal if three or more papers, alike in title, authors and year, have the one or
    the other, and hardly any such papers appeared in different years, volumes, pages or under other DOIs.
    """
    speaking: dict[tuple[str, str], set[str]] = defaultdict(set)
    against: dict[tuple[str, str], set[str]] = defaultdict(set)
    named: list[tuple[int, tuple[str, str]]] = []
    for place, (one, other, judgement) in enumerate(found):
        a, b = records[one], records[other]
        if judgement.levels[_PLACES["journal"]] not in _OTHER_NAMES or a.place != b.place:
            continue
        names = in_order(a.journal.packed, b.journal.packed)
        named.append((place, names))
        title, authors = judgement.levels[:2]
        if title in ("equal", "nearly equal") and authors in ("agree", "two names agree"):
            if _is_elsewhere(judgement.levels):
                against[names].add(a.title.packed)
            elif judgement.info > _LEAST_INFO:
                speaking[names].add(a.title.packed)
    same = {
        names
        for names, papers in speaking.items()
        if len(papers) >= _PAPERS and len(papers) > _TIMES * len(against[names])
    }
    for place, names in named:
        if names in same:
            one, other, judgement = found[place]
            found[place] = (one, other, with_level(judgement, _PLACES["journal"], "is another name"))
    return found


def _is_elsewhere(levels: tuple[str, ...]) -> bool:
    """Whether year, volume, pages or DOI say that a paper appeared twice."""
    year, volume, pages, doi = (levels[_PLACES[field]] for field in ("year", "volume", "pages", "DOI"))
    return (
        year not in ("agrees", "")
        or volume == "differs"
        or pages in ("differ", "numbered otherwise")
        or doi.startswith("differs")
    )
