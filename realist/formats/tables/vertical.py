"""Tables on their side (Embase.com: CSV, fields by row): each row is the name of a field and its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from realist.formats.doubts import doubts
from realist.formats.records import Item, Notes, Problem, RawRecord
from realist.formats.tables.columns import COLUMNS, key_of
from realist.formats.tables.fields import Plan
from realist.formats.tables.rows import LARGEST, Row
from realist.vocabulary import Severity

_MOST_PLANS = 1000
_PRODUCT = "Embase.com"
_TITLES = frozenset(COLUMNS["title"])


class Vertical:
    """Makes records of rows that each hold one field; the title's row begins a record."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._position = 0
        self._line = 0
        self._open: list[list[str]] = []
        self._size = 0
        self._plans: dict[tuple[str, ...], Plan] = {}

    def read(self, rows: Iterable[Row | Problem]) -> Iterator[Item]:
        """Yield the records and remarks that *rows* hold."""
        for row in rows:
            if isinstance(row, Problem):
                yield row
                continue
            line, cells = row
            if not any(cell and not cell.isspace() for cell in cells):
                continue
            if key_of(cells[0]) in _TITLES:
                yield from self._close()
                self._line = line
            elif not self._open:
                self._notes.noise += 1
                continue
            self._open.append(cells)
            self._size += sum(map(len, cells))
            if self._size > LARGEST:
                message = (
                    f"The record of line {self._line} is longer than {LARGEST:,} characters: it was ended."
                )
                yield Problem(line, self._position + 1, Severity.ERROR, message)
                yield from self._close()
        yield from self._close()

    def _close(self) -> Iterator[Item]:
        if not self._open:
            return
        self._position += 1
        raw = [(cells[0], cell) for cells in self._open for cell in cells[1:] if cell and not cell.isspace()]
        names = tuple(cells[0] for cells in self._open)
        if names not in self._plans:
            self._plans = self._plans if len(self._plans) < _MOST_PLANS else {}
            self._plans[names] = Plan(names, product=_PRODUCT)
            self._notes.product = _PRODUCT
        plan = self._plans[names]
        row = ["; ".join(filter(None, map(str.strip, cells[1:]))) for cells in self._open]
        record, fields = RawRecord(self._position, self._line, raw), plan.fields(row)
        self._open, self._size = [], 0
        yield record, fields
        if not fields.title or fields.year is None:
            yield from doubts(record, fields, plan.dates(row))
