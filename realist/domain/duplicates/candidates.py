"""Which records are worth comparing: those that share a key, and of many that do, neighbours."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from realist.domain.duplicates.fields import Comparable
from realist.domain.duplicates.keys import keys_of

BLOCK = 60
"""Up to how many records with one key are compared each with each."""

WINDOW, NARROW, CROWD = 6, 3, 5000
"""In larger blocks each record is compared with so many after it, in two orders; above CROWD with fewer.

What is missed then: two records of a block that are further apart in both orders (by title, year and place;
by authors, year and pages) and share no rarer key.
"""

_CELLS = 1 << 22


def candidates(records: Sequence[Comparable], new: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield places of records to compare, each pair once, the lower place first.

    With *new*, only pairs of which at least one stands before that place.
    """
    keys, ends = array("L"), array("L")
    for record in records:
        keys.extend(keys_of(record))
        ends.append(len(keys))
    count = len(records)
    last = count if new is None else new
    seen: set[int] = set()
    crowds: set[int] = set()
    for block in _blocks(keys, ends):
        if block[0] >= last:
            continue
        if len(block) > BLOCK:
            crowd = hash(tuple(block))
            if crowd in crowds:  # the same records share another key
                continue
            crowds.add(crowd)
        for one, other in _pairs(block, records):
            if one < last:
                number = one * count + other
                if number not in seen:
                    seen.add(number)
                    yield one, other


def _blocks(keys: array[int], ends: array[int]) -> list[list[int]]:
    """Return the places of records that share a key, in rising order, for each shared key."""
    counts = bytearray(_CELLS)
    for key in keys:
        cell = key & (_CELLS - 1)
        if counts[cell] < 2:
            counts[cell] += 1
    first: dict[int, int] = {}
    blocks: dict[int, list[int]] = {}
    place = 0
    end = ends[0] if ends else 0
    for number, key in enumerate(keys):
        while number >= end:
            place += 1
            end = ends[place]
        if counts[key & (_CELLS - 1)] == 2 and (one := first.setdefault(key, place)) != place:
            if key in blocks:
                blocks[key].append(place)
            else:
                blocks[key] = [one, place]
    return list(blocks.values())


def _pairs(block: list[int], records: Sequence[Comparable]) -> Iterable[tuple[int, int]]:
    return combinations(block, 2) if len(block) <= BLOCK else _neighbours(block, records)


def _neighbours(block: list[int], records: Sequence[Comparable]) -> Iterator[tuple[int, int]]:
    window = WINDOW if len(block) <= CROWD else NARROW
    for order in (_by_title, _by_names):
        ordered = sorted(block, key=lambda place: order(records[place]))
        for place, one in enumerate(ordered):
            for other in ordered[place + 1 : place + 1 + window]:
                yield (one, other) if one < other else (other, one)


def _by_title(record: Comparable) -> tuple[object, ...]:
    return record.title.packed, record.year, record.volume, record.pages, record.doi, record.uid


def _by_names(record: Comparable) -> tuple[object, ...]:
    return record.names.first, record.year, record.pages, record.title.packed, record.uid
