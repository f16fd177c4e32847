"""What is said of a record that was read with something missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from realist.formats.records import Fields, Problem, RawRecord
from realist.text import shorten
from realist.vocabulary import Severity


def doubts(record: RawRecord, fields: Fields, dates: Iterable[str] = ()) -> Iterator[Problem]:
    """Yield a warning for a record without a title, and for one whose *dates* hold no year to be read.

    Call it only for records that lack one of the two: most have both.
    """
    where = f"Record {record.position} of line {record.line}"
    if not fields.title:
        message = f"{where} has no title: it was read without one."
        yield Problem(record.line, record.position, Severity.WARNING, message)
    date = next(filter(str.strip, dates), "") if fields.year is None else ""
    if date:
        message = f'{where} has no year that can be read: "{shorten(date, 80)}" was kept as it is.'
        yield Problem(record.line, record.position, Severity.WARNING, message)
