"""Tables of papers: CSV, TSV and the tab-delimited exports of Web of Science.

The header is found wherever it stands among the first lines, and with it the delimiter. A record's ``raw``
holds (name of the column, cell) for each cell that is not blank, in the order of the columns; cells beyond
the header stand there under ``""``.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from realist.formats.doubts import doubts
from realist.formats.records import Item, Notes, Problem, RawRecord
from realist.formats.tables.columns import is_sure, is_vertical, keys_of, knows, score
from realist.formats.tables.fields import Plan
from realist.formats.tables.rows import Row, Rows, split_line
from realist.formats.tables.vertical import Vertical
from realist.text import shorten
from realist.vocabulary import Severity

DELIMITERS = "\t;,|"
HEAD_LINES = 60
HEAD_SIZE = 2_000_000

_NONE = "\x1f"
"""Delimiter of a table with one column."""

_HEADER_LINES = 20
_SAMPLE = 50
_SHOWN_COLUMNS = 12
_SHORT_NAME = 60
_ASIDE = 1000
_LIKE_A_RECORD = 3

Rowlike: TypeAlias = Row | Problem


class Found(NamedTuple):
    """A header among lines: how many lines come before it, its cells, and what parts them."""

    before: int
    cells: list[str]
    delimiter: str


def read(blocks: Iterable[str], notes: Notes) -> Iterator[Item]:
    """Yield the records and remarks of a table from blocks of its lines; *notes* fills meanwhile."""
    rows = Rows(blocks)
    head = rows.peek(HEAD_LINES, HEAD_SIZE)
    if is_vertical(list(_rows_of(head, ","))):
        yield from Vertical(notes).read(rows)
        return
    found = find_header(head)
    if found is None:
        yield unknown_header(1, "line", first_cells(head), "".join(head))
        return
    notes.noise += sum(1 for line in head[: found.before] if line.strip())
    rows.skip(found.before)
    rows.delimiter, rows.width = found.delimiter, len(found.cells)
    sample = sample_of(head[found.before :], found.delimiter)
    plan = Plan(found.cells, sample)
    rows.quoted = not plan.is_wos
    rows.spaced = _is_spaced(head[found.before :], found)
    table = Table(notes, plan, lambda line: f"line {line}")
    yield from above_header(_rows_of(head[: found.before], found.delimiter), f"line {found.before + 1}")
    yield from table.read(_without_header(rows))


def find_header(lines: Sequence[str]) -> Found | None:
    """Return the header among the first lines of a table, None if none of them names columns.

    The line that names most columns is the header, and what parts it then is the delimiter.
    """
    best: Found | None = None
    most = seen = within = 0
    for at, line in enumerate(lines):
        if seen >= _HEADER_LINES or is_sure(most):
            break
        if not line.strip() or at < within:
            continue
        seen += 1
        for delimiter in DELIMITERS:
            # A name that goes on in the next line hides what parts the names.
            parts = delimiter in line or line.count('"') % 2 == 1
            if parts or delimiter == DELIMITERS[0]:
                used = delimiter if parts else _NONE
                cells, height = first_row(lines[at : at + _HEADER_LINES], used)
                if (points := score(cells)) > most:
                    best, most, within = Found(at, cells, used), points, at + height
    return best


def first_row(lines: Sequence[str], delimiter: str) -> tuple[list[str], int]:
    """Return the cells of the row that begins with the first of *lines*, and how many lines it fills."""
    reader = csv.reader((line.replace("\r", " ") for line in lines), delimiter=delimiter, strict=True)
    try:
        return next(reader, []), reader.line_num
    except csv.Error:
        return split_line(lines[0], delimiter), 1


def sample_of(lines: Iterable[str], delimiter: str) -> list[list[str]]:
    """Return the rows after the first of *lines*, some of them, to learn from."""
    rows = _rows_of(lines, delimiter)
    next(rows, None)
    return [row for row, _ in zip(rows, range(_SAMPLE), strict=False)]


def first_cells(lines: Sequence[str]) -> list[str]:
    """Return the cells of the first line that has any, parted by whatever parts it most."""
    line = next((line for line in lines if line.strip()), "")
    delimiter = max(DELIMITERS, key=line.count)
    return split_line(line, delimiter)


def above_header(rows: Iterable[Sequence[str]], where: str) -> Iterator[Problem]:
    """Yield a remark if rows above the header, which stands at *where*, look like records."""
    lost = [row for row in rows if sum(map(_says, row)) >= _LIKE_A_RECORD]
    if lost:
        message = (
            f"Above the names of the columns in {where} stand rows with several cells ({len(lost)}): they "
            "were left out; look whether they are records."
        )
        text = "\n".join("\t".join(row) for row in lost)
        yield Problem(1, None, Severity.WARNING, message, text)


def unknown_header(line: int, word: str, cells: Sequence[str], text: str) -> Problem:
    """Return the refusal of a table whose columns are not known."""
    named = [shorten(cell, _SHORT_NAME) for cell in cells if cell.strip()]
    shown = ", ".join(f'"{name}"' for name in named[:_SHOWN_COLUMNS])
    shown += f" and {len(named) - _SHOWN_COLUMNS} more" if len(named) > _SHOWN_COLUMNS else ""
    message = (
        f"The table has no column for a title, an abstract, a DOI or a PMID: {word} {line} has "
        f"{shown or 'none'}; name the columns title, authors, year, doi and import the file again."
    )
    return Problem(line, None, Severity.ERROR, message, text)


def _is_spaced(lines: Sequence[str], found: Found) -> bool:
    """Return whether spaces stand between delimiters and quotes: only without them rows have their width."""
    if not any(f'{found.delimiter} "' in line for line in lines):
        return False
    plain, spaced = (
        sum(1 for row in _rows_of(lines, found.delimiter, spaced) if len(row) == len(found.cells))
        for spaced in (False, True)
    )
    return spaced > plain


def _rows_of(lines: Iterable[str], delimiter: str, spaced: bool = False) -> Iterator[list[str]]:
    safe = (line.replace("\r", " ") for line in lines)
    try:
        yield from csv.reader(safe, delimiter=delimiter, skipinitialspace=spaced)
    except csv.Error:
        return


def _without_header(rows: Rows) -> Iterator[Rowlike]:
    """Yield the rows after the header, which is the first."""
    for place, row in enumerate(rows):
        if place or isinstance(row, Problem):
            yield row


class Table:
    """Makes records of the rows of one table, or of several that have the *notes* in common.

    *plan* is that of the header; *where* says in words where a row stands. ``position`` counts records.
    """

    def __init__(self, notes: Notes, plan: Plan, where: Callable[[int], str], position: int = 0) -> None:
        self.position = position
        self._notes = notes
        self._where = where
        self._aside: list[str] = []
        self._aside_from = self._aside_to = 0
        self._use(plan)

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return self._plan.width

    def _use(self, plan: Plan) -> None:
        self._plan = plan
        self._header = plan.header
        self._names = [name for name in plan.header if _says(name)]
        self._notes.product = self._notes.product or plan.product

    def read(self, rows: Iterable[Rowlike]) -> Iterator[Item]:
        """Yield a record for each row of papers, and remarks; rows that say nothing are counted as noise."""
        for row in rows:
            if isinstance(row, Problem):
                yield from self._told_aside()
                yield row
                continue
            line, cells = row
            pairs = zip(self._header, cells, strict=False)
            raw = [pair for pair in pairs if pair[1] and not pair[1].isspace()]
            beyond = [("", cell) for cell in cells[self._plan.width :] if _says(cell)]
            if not raw and not beyond:
                continue
            filled = [cell for _, cell in (*raw, *beyond)]
            if len(raw) < 2 or knows(filled[0]) or filled == self._names:
                if self._is_noise(filled, cells):
                    self._notes.noise += 1
                    continue
                if len(filled) == 1 and self._is_text(cells):
                    yield from self._put_aside(line, filled[0])
                    continue
            yield from self._told_aside()
            yield from self._record(line, cells, raw + beyond)
            if beyond:
                yield self._too_wide(line)
        yield from self._told_aside()

    def _record(self, line: int, cells: list[str], raw: list[tuple[str, str]]) -> Iterator[Item]:
        plan, width = self._plan, self._plan.width
        self.position += 1
        record = RawRecord(self.position, line, raw)
        if len(cells) < width:
            cells = cells + [""] * (width - len(cells))
        fields = plan.fields(cells)
        yield record, fields
        if not fields.title or fields.year is None:
            for doubt in doubts(record, fields, plan.dates(cells)):
                said = doubt.message.replace(f"of line {line} ", f"of {self._where(line)} ", 1)
                yield doubt._replace(message=said)

    def _too_wide(self, line: int) -> Problem:
        where = f"Record {self.position} of {self._where(line)}"
        message = (
            f"{where} has text beyond its {self._plan.width} named columns: it was kept without a name; look "
            "whether a delimiter within a text parted it."
        )
        return Problem(line, self.position, Severity.WARNING, message)

    def _is_noise(self, filled: list[str], cells: list[str]) -> bool:
        """Return whether a row says nothing: a rule of dashes, another header, what was searched."""
        return _is_rule(filled) or _is_query(filled) or self._is_header(filled, cells)

    def _put_aside(self, line: int, text: str) -> Iterator[Problem]:
        if self._aside and (line != self._aside_to + 1 or len(self._aside) >= _ASIDE):
            yield from self._told_aside()
        self._aside_from = self._aside_from if self._aside else line
        self._aside_to = line
        self._aside.append(text)

    def _told_aside(self) -> Iterator[Problem]:
        """Yield the remark on lines of text between the rows: those that follow each other make one."""
        if not self._aside:
            return
        where, more = self._where(self._aside_from), len(self._aside) - 1
        if more:
            what = (
                f"and the {more} after it have one cell of {self._plan.width} and are no records: they were"
            )
        else:
            what = f"has one cell of {self._plan.width} and is no record: it was"
        message = f"{where[0].upper()}{where[1:]} {what} left out; look whether a record was lost there."
        yield Problem(self._aside_from, None, Severity.WARNING, message, "\n".join(self._aside))
        self._aside.clear()

    def _is_text(self, cells: Sequence[str]) -> bool:
        """Return whether the only cell of a row is a line of text, in no column that makes a record."""
        if self._plan.width < 3:
            return False
        place = next(at for at, cell in enumerate(cells) if _says(cell))
        return not self._plan.is_content(place) and (len(cells) == 1 or " " in cells[place].strip())

    def _is_header(self, filled: list[str], cells: list[str]) -> bool:
        """Return whether a row is a header again; if it is another one, its columns count from here on."""
        if filled == self._names:
            return True
        if not knows(filled[0]):
            return False
        keys = keys_of(filled)
        if keys == keys_of(self._names):
            return True
        if not all(keys) or not is_sure(score(filled)) or 2 * sum(map(knows, filled)) < len(keys):
            return False
        self._use(Plan(cells))
        return True


def _says(cell: str) -> bool:
    return bool(cell) and not cell.isspace()


def _is_rule(filled: Sequence[str]) -> bool:
    """Return whether a row is a line of dashes."""
    return not "".join(filled[:_SHOWN_COLUMNS]).strip("-=_* \t\ufeff")


def _is_query(filled: Sequence[str]) -> bool:
    """Return whether a row is the line above a table that says what was searched (Embase.com)."""
    return len(filled) < 3 and keys_of(filled[:1]) == ["searchquery"]
