"""New records against those that are there: what to store of a record, and how it is found again."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from sys import byteorder

from realist.domain.duplicates.fields import read
from realist.domain.duplicates.finding import read_all, search
from realist.domain.duplicates.joining import Decisions
from realist.domain.duplicates.keys import keys_of
from realist.domain.duplicates.settings import Thresholds
from realist.domain.duplicates.values import Record, Result

VERSION = 2
"""Of the rules by which keys are made: rows of another version are of no use and have to be made anew."""

CROWDED = 300
"""A key that more old records have than this brings none of them up: they need another key in common."""


def row_of(record: Record) -> bytes:
    """Return the keys of *record* to be stored beside it: 4 bytes each, little-endian, rising, at most 80."""
    keys = array("I", sorted(keys_of(read(record))))
    return _little(keys).tobytes()


def _little(keys: array[int]) -> array[int]:
    if byteorder == "big":
        keys.byteswap()
    return keys


def search_new(
    new: Iterable[Record],
    rows: Iterable[tuple[str, bytes]],
    fetch: Callable[[list[str]], Iterable[Record]],
    thresholds: Thresholds,
    decided: Decisions,
    joined: Iterable[Collection[str]],
) -> Result:
    """Return what *new* records are to each other and to old ones, of which only those that may fit are read.

    *rows* are (uid, what :func:`row_of` returned) of all old records; *fetch* returns old records by uid.
    """
    records = read_all(new)
    own = {record.uid for record in records}
    wanted = {key for record in records for key in keys_of(record)}
    found: dict[int, list[str]] = defaultdict(list)
    for uid, stored in rows:
        keys = _little(array("I", stored))
        if not wanted.isdisjoint(keys) and uid not in own:
            for key in wanted.intersection(keys):
                found[key].append(uid)
    groups = list(joined)
    uids = {uid for those in found.values() if len(those) <= CROWDED for uid in those}
    for group in groups:
        if not uids.isdisjoint(group):
            uids.update(group)
    old = read_all(fetch(sorted(uids - own))) if uids else []
    return search(records + old, len(records), thresholds, decided, groups)
