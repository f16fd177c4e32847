"""Labelled sets of records, and how what was found in them compares with the labels."""

from __future__ import annotations

import csv
import importlib.util
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from realist.domain.duplicates import Pair, Record, Result


class Scored(NamedTuple):
    """How a result compares with the labels; see ``score.py``."""

    false: int
    missed: int
    precision: float
    recall: float


class Asked(NamedTuple):
    """Of the true pairs that were missed: how many, tied by doubtful pairs, and else by related pairs."""

    missed: int
    asked: int
    offered: int


def read_records(folder: Path) -> list[Record]:
    """Return the records of a labelled set."""
    with (folder / "records.csv").open(newline="", encoding="utf-8") as stream:
        return [
            Record(
                uid=row["id"],
                source=row["source"],
                type=row["type"],
                title=row["title"],
                authors=tuple(filter(None, row["authors"].split("; "))),
                year=int(row["year"]) if row["year"].isdecimal() else None,
                **{field: row[field] for field in ("journal", "volume", "number", "pages", "doi")},
            )
            for row in csv.DictReader(stream)
        ]


def read_truth(folder: Path) -> dict[str, str]:
    """Return the true set of each record that has a duplicate."""
    with (folder / "duplicates.csv").open(newline="", encoding="utf-8") as stream:
        return {row["id"]: row["set_id"] for row in csv.DictReader(stream)}


def scorer(data: Path) -> ModuleType:
    """Return ``score.py`` of the data folder as a module."""
    spec = importlib.util.spec_from_file_location("score", data / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def homes(result: Result) -> dict[str, str]:
    """Return the cluster of each record that is in one."""
    return {uid: cluster[0] for cluster in result.clusters for uid in cluster}


def rate(score: ModuleType, records: list[Record], truth: dict[str, str], result: Result) -> Scored:
    """Return how *result* compares with the labels."""
    found: Any = score.score([record.uid for record in records], truth, homes(result))["record"]
    return Scored(found["fp"], found["fn"], found["precision"], found["recall"])


def missed_pairs(truth: dict[str, str], home: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the true pairs whose records were not joined."""
    sets: dict[str, list[str]] = defaultdict(list)
    for uid, name in truth.items():
        sets[name].append(uid)
    for uids in sets.values():
        for one, other in combinations(uids, 2):
            if home.get(one, one) != home.get(other, other):
                yield one, other


def queue(truth: dict[str, str], result: Result) -> Asked:
    """Return what becomes of the true pairs that were missed.

    One counts as asked about if a doubtful pair ties the two clusters (or lone records) that hold its
    records: the answer to it joins them. Those tied by a related pair alone, such as an erratum that the
    labels call the same, are offered to a person, but not counted as asked about.
    """
    home = homes(result)

    def ties(pairs: tuple[Pair, ...]) -> set[frozenset[str]]:
        return {frozenset((home.get(pair.a, pair.a), home.get(pair.b, pair.b))) for pair in pairs}

    asked, offered = ties(result.doubtful), ties(result.related)
    ends = [
        frozenset((home.get(one, one), home.get(other, other))) for one, other in missed_pairs(truth, home)
    ]
    return Asked(len(ends), sum(end in asked for end in ends), sum(end in offered - asked for end in ends))


def most_asked(records: int, missed: int) -> float:
    """Return up to how many pairs the queue may hold."""
    return max(20, 0.02 * records, 1.5 * missed)
