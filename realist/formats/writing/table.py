"""CSV: a row for each paper, safe in a spreadsheet; entries of lists stand one a line in their cell."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from typing import Any

from realist.formats.records import Fields
from realist.formats.writing.plain import plain

COLUMNS = (
    "realist", "source_key", "type", "title", "authors", "editors", "year", "journal", "volume", "number",
    "pages", "doi", "pmid", "url", "abstract", "keywords", "language", "notes", "database", "publisher",
)  # fmt: skip
MARK = "1"
"""What stands under ``realist`` in every row: the file is ours, its apostrophes are to be taken off."""

BETWEEN = TAIL = ""
_RUN = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def writer() -> Callable[[Fields], str]:
    """Return a function that writes one row."""
    return lambda fields: line_of(cells(fields))


def cells(fields: Fields) -> list[Any]:
    """Return the cells of a row: texts that no spreadsheet runs; a year is a number or None."""
    found: list[Any] = [MARK]
    settled = plain(fields)
    for name in COLUMNS[1:]:
        value = getattr(settled, name)
        if isinstance(value, str):
            value = protected(value)
        elif isinstance(value, tuple):
            value = "\n".join(map(protected, value))
        found.append(value)
    return found


def protected(text: str) -> str:
    """Return *text* with an apostrophe before what a spreadsheet would run.

    Text that has apostrophes there already gets one more, so that taking one off gives it back.
    """
    return "'" + text if _RUN.match(text) else text


class _Line:
    """What a csv writer writes into: gives the line back."""

    def write(self, text: str) -> str:
        return text


_WRITER = csv.writer(_Line(), quoting=csv.QUOTE_ALL, lineterminator="\n")


def line_of(row: list[Any]) -> str:
    """Return a row as a line of CSV, every cell in quotation marks."""
    return str(_WRITER.writerow(row))


HEAD = line_of(list(COLUMNS))
