"""Title, authors, year and DOI of every record, held against independent readers.

Each difference is given a reason that is computed from the record and the file, never from a list of records.
What has no reason is a fault of one of the two, and somebody has to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from benchmarks.importing.reasons import CHECKS, Case, bare, name_parts
from tests.formats.corpus import Reading

FIELDS = ("title", "authors", "year", "doi")
ORACLES = {
    "ris": ("rispy",),
    "nbib": ("nbib", "Bio.Medline"),
    "wos": ("wosfile", "rispy"),
    "wos-tab": ("wosfile", "csv"),
    "bibtex": ("bibtexparser, all blocks", "pybtex"),
    "endnote-xml": ("xml.etree",),
    "csv": ("csv",),
    "tsv": ("csv",),
    "csl-json": ("json",),
}
PLAIN = "plain scan"
"""The scanners of tests/formats/independent.py as an oracle; the only one for ENW and Ovid."""


@dataclass(frozen=True)
class Difference:
    """One field in which an oracle and we differ; ``reason`` is empty where none could be computed."""

    file: str
    oracle: str
    record: int
    field: str
    ours: str
    theirs: str
    reason: str


@dataclass
class Outcome:
    """What comparing files with an oracle gave; ``missing`` if the oracle is not installed."""

    compared: int = 0
    agreed: int = 0
    differences: list[Difference] = field(default_factory=list)
    missing: bool = False

    def add(self, other: Outcome) -> None:
        """Count what comparing another file gave."""
        self.compared += other.compared
        self.agreed += other.agreed
        self.differences += other.differences


def compare(
    reading: Reading,
    oracle: str,
    theirs: list[dict[str, Any]],
    lines: frozenset[int],
    strings: dict[str, str],
) -> Outcome:
    """Return where the records of *oracle* differ from ours.

    *lines* are where records begin by the plain scan; *strings* are those that BibTeX defines.
    """
    outcome = Outcome()
    ours = [_ours(fields) for _, fields in reading.records]
    everywhere = frozenset(bare(value) for record, _ in reading.records for _, value in record.raw)
    matched = list(_aligned(ours, theirs))
    paired = {mine for mine, _ in matched}
    for mine, other in matched:
        record = reading.records[mine][0]
        case = Case(oracle, record.raw, everywhere, strings)
        for name in FIELDS:
            have, want = ours[mine][name], theirs[other][name]
            if want is None:
                continue
            outcome.compared += 1
            reason = CHECKS[name](have, want, case)
            alone = mine and mine - 1 not in paired
            if reason == "" and alone and _merged(name, have, want, ours[mine - 1]):
                reason = f"{oracle} merges this record with the one before"
            if reason is None:
                outcome.agreed += 1
            else:
                shown = (" | ".join(have) if isinstance(have, list) else have, _shown(want))
                place = (reading.file["file"], oracle, record.position, name)
                outcome.differences.append(Difference(*place, *shown, reason))
    outcome.differences += _unmatched(reading, oracle, ours, theirs, matched, lines)
    return outcome


def _merged(name: str, ours: Any, theirs: Any, before: dict[str, Any]) -> bool:
    """Return whether an oracle's value is that of the record before, or of both."""
    if name == "authors":
        return list(map(name_parts, theirs)) == [name_parts(person) for person in (*before[name], *ours)]
    return bool(before[name]) and before[name].lower() in theirs.lower()


def _shown(value: Any) -> str:
    return " | ".join(map(str, value)) if isinstance(value, list) else str(value)


def _ours(fields: Any) -> dict[str, Any]:
    return {
        "title": fields.title,
        "authors": list(fields.authors),
        "year": "" if fields.year is None else str(fields.year),
        "doi": fields.doi,
        "key": fields.source_key,
    }


def _aligned(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of records that are the same: by their keys, then by their titles in order."""
    if len(ours) == len(theirs):
        yield from zip(range(len(ours)), range(len(theirs)), strict=True)
        return
    waiting: dict[str, list[int]] = {}
    for number, record in enumerate(ours):
        waiting.setdefault(record["key"].lower(), []).append(number)
    pairs = []
    for number, record in enumerate(theirs):
        key = (record["key"] or "").lower()
        if key and waiting.get(key):
            pairs.append((waiting[key].pop(0), number))
    yield from pairs
    left = sorted(set(range(len(ours))) - {mine for mine, _ in pairs})
    right = sorted(set(range(len(theirs))) - {other for _, other in pairs})
    names = (
        [_fingerprint(ours[number]) for number in left],
        [_fingerprint(theirs[number]) for number in right],
    )
    for kind, a, b, c, d in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and b - a == d - c):
            yield from zip(left[a:b], right[c:d], strict=True)


def _fingerprint(record: dict[str, Any]) -> str:
    letters = re.sub(r"\\[A-Za-z]+|[^a-z0-9]", "", record["title"].lower())[:60]
    return letters or bare("".join(record["authors"] or "")) + record["year"]


def _unmatched(
    reading: Reading,
    oracle: str,
    ours: list[dict[str, Any]],
    theirs: list[dict[str, Any]],
    matched: list[tuple[int, int]],
    lines: frozenset[int],
) -> Iterator[Difference]:
    """Yield the records that only one of the two has."""
    mine, other = {a for a, _ in matched}, {b for _, b in matched}
    seen: set[str] = set()
    for number, record in enumerate(ours):
        if number not in mine:
            position = reading.records[number][0].position
            reason = ""
            if record["key"] and record["key"].lower() in seen:
                reason = f"{oracle} drops a record whose key was there before"
            elif reading.records[number][0].line in lines:
                reason = f"{oracle} does not return this record, the plain scan does"
            yield Difference(reading.file["file"], oracle, position, "record", record["title"], "", reason)
        seen.add(record["key"].lower())
    refused = len(reading.errors)
    accepted = reading.expected is not None and len(theirs) > reading.expected
    for number, record in enumerate(theirs):
        if number in other:
            continue
        reason = ""
        if not any(record[name] not in ("", [], [""], "['']") for name in FIELDS):
            reason = f"{oracle} returns a record without title, authors, year and DOI"
        elif refused:
            reason = "we refused a record of this file, with its line"
        elif accepted:
            reason = f"{oracle} returns more records than the file holds"
        yield Difference(reading.file["file"], oracle, number + 1, "record", "", record["title"], reason)
