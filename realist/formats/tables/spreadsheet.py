"""Spreadsheets (XLSX): every sheet with a header is a table, its rows read one at a time.

Needs the extra ``xlsx`` (openpyxl). The packed file is looked at before it is opened. Of formulas their last
result is read; links to other files are not followed. What a sheet says of its own size is not believed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from realist.formats.packed import check_directory
from realist.formats.records import Item, Notes, Problem
from realist.formats.tables.columns import score
from realist.formats.tables.fields import Plan
from realist.formats.tables.parts import Unreadable
from realist.formats.tables.reading import Table, above_header, unknown_header
from realist.formats.tables.rows import Row
from realist.text import shorten
from realist.vocabulary import Severity

if TYPE_CHECKING:
    from realist.formats.tables.sheets import Book

NEEDS = (
    'This spreadsheet needs one more package: pip install "realist[xlsx]", or save it as CSV and import that.'
)

_HEAD = 60
_HEADER_ROWS = 20
_MARGIN = 300
_TEXT = 1_000_000


def read(path: Path, notes: Notes) -> Iterator[Item]:
    """Yield the records and remarks of a spreadsheet, sheet after sheet; *notes* fills meanwhile."""
    try:
        import_module("openpyxl")
    except ImportError:
        yield Problem(1, None, Severity.ERROR, NEEDS)
        return
    if reason := check_directory(path):
        yield Problem(1, None, Severity.ERROR, reason)
        return
    # Imported here: it needs openpyxl, and few files are spreadsheets.
    from realist.formats.tables.sheets import Book

    try:
        with zipfile.ZipFile(path) as archive:
            yield from _sheets(Book(archive), notes)
    except (Unreadable, zipfile.BadZipFile) as error:
        yield _damaged("The spreadsheet cannot be read", 1, error)


def _sheets(book: Book, notes: Notes) -> Iterator[Item]:
    """Yield what the sheets hold. A sheet without a header is an error only where no sheet has records."""
    position, unknown = 0, []
    for title, part in book.sheets:
        name = shorten(title, 60)
        sheet = book.sheet(part)
        rows = _remarked(book, sheet, name, notes)
        head = list(islice(rows, _HEAD))
        at = _header(head)
        if at is None:
            cells = [row for row in head if not isinstance(row, Problem)]
            unknown += [_without_header(name, cells)] if cells else []
            yield from (row for row in head if isinstance(row, Problem))
            continue
        notes.noise += at
        table = _table(notes, name, head[at:], position)
        sheet.width = max(table.width, _MARGIN)
        above = [row[1] for row in head[:at] if not isinstance(row, Problem)]
        yield from above_header(above, f'row {head[at][0]} of sheet "{name}"')
        yield from table.read(chain(head[at + 1 :], rows))
        position = table.position
    for found in unknown:
        yield found._replace(severity=Severity.WARNING) if position else found


def _table(notes: Notes, name: str, rows: Sequence[Row | Problem], position: int) -> Table:
    """Return what makes records of a sheet; the first of *rows* is its header."""
    header, *sample = (row[1] for row in rows if not isinstance(row, Problem))
    return Table(notes, Plan(header, sample), lambda row: f'row {row} of sheet "{name}"', position)


def _header(head: Sequence[Row | Problem]) -> int | None:
    """Return which of the first rows names most columns, None if none names any."""
    scores = [0 if isinstance(row, Problem) else score(row[1]) for row in head[:_HEADER_ROWS]]
    most = max(scores, default=0)
    return scores.index(most) if most else None


def _remarked(book: Book, sheet: Iterable[Row], name: str, notes: Notes) -> Iterator[Row | Problem]:
    """Yield the rows of a sheet, and a refusal of the rest if it is damaged."""
    last = 0
    try:
        for row in sheet:
            last = row[0]
            notes.share = book.share
            yield row
    except Unreadable as error:
        yield _damaged(f'The sheet "{name}" cannot be read from row {last + 1} on', last + 1, error)


def _without_header(name: str, head: Sequence[Row]) -> Problem:
    line, cells = head[0]
    text = "\n".join("\t".join(cells) for _, cells in head)[:_TEXT]
    return unknown_header(line, f'in sheet "{name}" row', cells, text)


def _damaged(what: str, line: int, error: Exception) -> Problem:
    reason = shorten(str(error), 120) or type(error).__name__
    message = f"{what} ({reason}): open it in a spreadsheet program, save it as CSV and import that."
    return Problem(line, None, Severity.ERROR, message)
