"""Short ways to read invented files in the tests of formats."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

from realist.formats.door import Export, open_export
from realist.formats.records import Fields, Item, Problem, RawRecord
from realist.vocabulary import Severity


def export_of(folder: Path, content: bytes, encoding: str | None = None) -> Export:
    """Write *content* to a file of a telling nothing name and open it."""
    path = folder / "export"
    path.write_bytes(content)
    return open_export(path, encoding)


def split_items(items: list[Item]) -> tuple[list[tuple[RawRecord, Fields]], list[Problem]]:
    """Return records and problems apart, each in file order."""
    records = [item for item in items if not isinstance(item, Problem)]
    return records, [item for item in items if isinstance(item, Problem)]


def read_bytes(folder: Path, content: bytes) -> tuple[list[tuple[RawRecord, Fields]], list[Problem]]:
    """Return records and problems of a file with this *content*."""
    return split_items(list(export_of(folder, content)))


def errors(problems: list[Problem]) -> list[Problem]:
    """Return those problems that refuse something."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def lines_of(record: RawRecord) -> list[int]:
    """Return the line of each tag of a tagged record: a value fills its line and those that continue it."""
    heights = (1 + value.count("\n") + value.count("\r") for _, value in record.raw[:-1])
    return list(accumulate(heights, initial=record.line))
