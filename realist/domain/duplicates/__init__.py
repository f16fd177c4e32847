"""Records of the same document: found, judged by evidence from all fields, joined without contradiction.

    from realist.domain.duplicates import Record, find, groups_of, reasons_of

    result = find([Record(uid="r1", title="…", authors=("Smith, J.",), year=2014), …])
    result.clusters     # (("r1", "r7"), …): uids of one document
    result.doubtful     # pairs for a person, strongest first; groups_of(result) ties them together
    result.unasked      # how many weaker ones are left for when these are answered
    result.related      # erratum, preprint, conference paper …, never joined
    reasons_of(result.same[0])

Nothing here reads or writes: records are plain values, and what people decided is given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from realist.domain.duplicates.settings import THRESHOLDS, Setting, Thresholds
from realist.domain.duplicates.values import Evidence, Judgement, Kind, Outcome, Pair, Record, Result, Rule

if TYPE_CHECKING:
    from realist.domain.duplicates.joining import Decisions

__all__ = [
    "THRESHOLDS", "Evidence", "Judgement", "Kind", "Outcome", "Pair", "Record", "Result", "Rule", "Setting",
    "Thresholds", "evidence_of", "find", "find_new", "groups_of", "reasons_of", "row_of", "rows_version",
]  # fmt: skip


def find(
    records: Iterable[Record],
    *,
    setting: Setting | Thresholds = Setting.BALANCED,
    decided: Decisions | None = None,
    joined: Iterable[Collection[str]] = (),
) -> Result:
    """Return what *records* are to each other.

    *decided* is what people decided: from sets of uids to ``Outcome.SAME`` or ``Outcome.DIFFERENT``; it is
    never overturned. *joined* are sets of uids that are one document already and stay so. ValueError if
    two records have one uid.
    """
    from realist.domain.duplicates.finding import read_all, search

    return search(read_all(records), None, _thresholds(setting), decided or {}, joined)


def find_new(
    new: Iterable[Record],
    rows: Iterable[tuple[str, bytes]],
    fetch: Callable[[list[str]], Iterable[Record]],
    *,
    setting: Setting | Thresholds = Setting.BALANCED,
    decided: Decisions | None = None,
    joined: Iterable[Collection[str]] = (),
) -> Result:
    """Return what *new* records are to each other and to old ones; pairs of two old records are left alone.

    *rows* gives (uid, ``row_of(record)``) of every old record, as stored; *fetch* returns the old records
    with the uids that it is given, once. *joined* are the old records that are one document: a cluster
    that a new record enters comes back whole.
    """
    from realist.domain.duplicates.index import search_new

    return search_new(new, rows, fetch, _thresholds(setting), decided or {}, joined)


def _thresholds(setting: Setting | Thresholds) -> Thresholds:
    return THRESHOLDS[setting] if isinstance(setting, Setting) else setting


def row_of(record: Record) -> bytes:
    """Return what to store of *record* so that it is found again: its keys, at most 80 bytes."""
    from realist.domain.duplicates import index

    return index.row_of(record)


def rows_version() -> int:
    """Return the version of what :func:`row_of` makes; stored rows of another one have to be made anew."""
    from realist.domain.duplicates import index

    return index.VERSION


def evidence_of(pair: Pair) -> tuple[Evidence, ...]:
    """Return what each known field of a pair says, with its points and a sentence."""
    from realist.domain.duplicates import reasons

    return reasons.evidence_of(pair)


def reasons_of(pair: Pair) -> tuple[str, ...]:
    """Return sentences that say why a pair has its outcome, the weightiest first."""
    from realist.domain.duplicates import reasons

    return reasons.reasons_of(pair)


def groups_of(result: Result) -> tuple[tuple[str, ...], ...]:
    """Return the uids that hang together by doubtful pairs, clusters whole: one question each to a person.

    Groups come in the order of their strongest pair.
    """
    home = {uid: cluster for cluster in result.clusters for uid in cluster}
    group: dict[str, list[str]] = {}
    for pair in result.doubtful:
        one, other = (group.get(uid) or list(home.get(uid, (uid,))) for uid in (pair.a, pair.b))
        if one is not other:
            both = [*one, *(uid for uid in other if uid not in one)]
            group.update(dict.fromkeys(both, both))
    groups = {id(uids): uids for pair in result.doubtful for uids in (group[pair.a],)}
    return tuple(tuple(sorted(uids)) for uids in groups.values())
