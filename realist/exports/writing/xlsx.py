"""XLSX: a sheet for each table, one with what stands behind the cells, one that says what it all is.

Nothing in it is a formula. Needs the extra ``office``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from realist.errors import RealistError
from realist.exports.table import (
    Behind,
    Cell,
    Column,
    Document,
    Frame,
    Heading,
    Holds,
    Row,
    Table,
    Text,
    headings,
)
from realist.exports.writing.safe import EPOCH, inline, words
from realist.exports.writing.setting import upright
from realist.exports.writing.xlsx_looks import Looks
from realist.text import cell as safe_cell
from realist.text import cell_width, shorten, wrap

_NEEDED = "A spreadsheet (XLSX) needs the extra: pip install 'realist[office]', or write CSV."
_LONGEST = 32_767
_TIP = "What stands behind it"
_LINKS = 65_000
"""A sheet holds few more links than this; cells after them have none."""
_NAME, _FORBIDDEN = 31, re.compile(r"[\[\]:*?/\\']")
_SOURCES, _ABOUT = "Quotations", "About"
_HEADS = (
    "row",
    "column",
    "what",
    "stance or valence",
    "in the reviewers' words",
    "quotation",
    "page",
    "paper",
    "by",
    "uid",
)
_SIZES = (24, 32, 12, 18, 56, 56, 12, 24, 14, 38)


def write(document: Document) -> bytes:
    """Return a workbook of a document's tables; paragraphs and notes stand on a sheet of their own.

    Raises RealistError where the extra is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise RealistError(_NEEDED) from error
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"title": inline(document.title), "author": "realist", "created": datetime(*EPOCH)})
    _Book(book, document).fill()
    book.close()
    return out.getvalue()


class _Book:
    """A workbook that is being filled."""

    def __init__(self, book: Any, document: Document) -> None:
        self.book, self.document = book, document
        self.looks = Looks(book)
        taken = {_SOURCES.casefold(), _ABOUT.casefold()}
        self.names = [_sheet_name(table, taken) for table in document.tables]
        self.links: dict[tuple[int, str], int] = {}
        """By table and key, the row of the first piece on the sheet of quotations."""
        self.cells: dict[tuple[int, str], tuple[int, int]] = {}

    def fill(self) -> None:
        """Write all sheets."""
        at = 1
        for n, table in enumerate(self.document.tables):
            for key, behind in table.behind.items():
                self.links[n, key] = at
                at += len(behind.pieces)
        for n, table in enumerate(self.document.tables):
            _Sheet(self, n, table).fill()
        if self.links:
            self._quotations()
        self._about()

    def _quotations(self) -> None:
        sheet, looks = self.book.add_worksheet(_SOURCES), self.looks
        for place, (name, size) in enumerate(zip(_HEADS, _SIZES, strict=True)):
            sheet.set_column(place, place, size, None, {"hidden": name == "uid"})
            sheet.write_string(0, place, name, looks.of("head"))
        at = 1
        for n, table in enumerate(self.document.tables):
            for key, behind in table.behind.items():
                back = self.cells.get((n, key))
                at = self._pieces(sheet, at, behind, back and f"internal:'{self.names[n]}'!{_place(*back)}")
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, at - 1, len(_HEADS) - 1)
        _on_paper(sheet)
        sheet.repeat_rows(0)

    def _pieces(self, sheet: Any, at: int, behind: Behind, back: str | None) -> int:
        for piece in behind.pieces:
            if back and at < _LINKS:
                sheet.write_url(at, 0, back, self.looks.of("link"), _fitted(inline(behind.row)))
            else:
                _write(sheet, at, 0, behind.row, self.looks, "words")
            values = (
                behind.column, piece.kind, piece.mark, piece.words,
                piece.quotation or ("(no words quoted)" if piece.quotes else ""), piece.place, piece.paper,
                piece.by, piece.uid,
            )  # fmt: skip
            for place, value in enumerate(values, 1):
                _write(sheet, at, place, value, self.looks, "words")
            sheet.set_row(at, _height(zip((behind.row, *values[:-1]), _SIZES, strict=False)))
            at += 1
        return at

    def _about(self) -> None:
        sheet = self.book.add_worksheet(_ABOUT)
        sheet.set_column(0, 0, 110)
        for at, (text, look) in enumerate(self._told()):
            _write(sheet, at, 0, text, self.looks, look)
        _on_paper(sheet)

    def _told(self) -> Iterator[tuple[str, str]]:
        yield self.document.title, "title"
        yield from ((about, "words") for about in self.document.about)
        for part in self.document.parts:
            if isinstance(part, Heading):
                yield part.text, "bold"
            elif isinstance(part, Text):
                yield f"{part.name} {part.text}".strip(), "words"
            elif isinstance(part, Frame):
                yield part.title, "bold"
                yield from ((f"{text.name} {text.text}".strip(), "words") for text in part.parts)
            else:
                yield part.title, "bold"
                yield from ((note, "words") for note in part.notes)


class _Sheet:
    """The sheet of one table."""

    def __init__(self, of: _Book, n: int, table: Table) -> None:
        self.of, self.n, self.table = of, n, table
        self.sheet = of.book.add_worksheet(of.names[n])
        self.first = 1 if table.corner else 0
        self.links = 0
        worded = any(column.holds is Holds.WORDS for column in table.columns)
        self.sizes = [_size(column, stand=False) for column in table.columns] if worded else []

    def fill(self) -> None:
        """Write headings, rows, sums and, hidden, the uids."""
        table, sheet = self.table, self.sheet
        at = self._heads()
        sheet.freeze_panes(at, self.first)
        last = self.first + len(table.columns)
        uids = any(row.uid for row in table.rows)
        if uids:
            sheet.write_string(at - 1, last, "uid", self.of.looks.of("head"))
            sheet.set_column(last, last, 38, None, {"hidden": True})
        sheet.autofilter(at - 1, 0, at - 1 + len(table.rows), max(last - 1, 0))
        for row in table.rows:
            self._row(at, row, last if uids else 0)
            at += 1
        for row in table.foot:
            self._row(at, row, 0, foot=True)
            at += 1
        if any(column.uid for column in table.columns):
            if self.first:
                sheet.write_string(at, 0, "uid", self.of.looks.of("footname"))
            for place, column in enumerate(table.columns):
                _write(sheet, at, self.first + place, column.uid, self.of.looks, "foot")
            sheet.set_row(at, None, None, {"hidden": True})
        _on_paper(sheet)

    def _heads(self) -> int:
        table, sheet, looks = self.table, self.sheet, self.of.looks
        stand, at = upright(table), 0
        if table.grouped:
            place = self.first
            for group, n in headings(table, range(len(table.columns))):
                if group and n > 1:
                    sheet.merge_range(0, place, 0, place + n - 1, _fitted(inline(group)), looks.of("group"))
                elif group:
                    sheet.write_string(0, place, _fitted(inline(group)), looks.of("group"))
                place += n
            at = 1
        if table.corner:
            names = (cell_width(inline(row.name)) for row in (*table.rows, *table.foot))
            sheet.set_column(0, 0, min(max(names, default=8) + 2, 44))
            _write(sheet, at, 0, table.corner, looks, "head")
        for place, column in enumerate(table.columns):
            size = _size(column, stand=stand)
            sheet.set_column(self.first + place, self.first + place, size)
            signs = column.holds is not Holds.WORDS
            look = "upright" if stand and signs and not column.sum else "signhead" if signs else "head"
            _write(sheet, at, self.first + place, column.name, looks, look)
            if column.note:
                sheet.write_comment(
                    at, self.first + place, _fitted(words(column.note)), {"author": "realist"}
                )
        sheet.set_row(at, 150 if stand else 15 * self._lines())
        sheet.repeat_rows(0, at)
        if self.first:
            sheet.repeat_columns(0)
        return at + 1

    def _lines(self) -> int:
        """Return how many lines the headings need."""
        found = (
            len(wrap(inline(column.name), max(int(_size(column, stand=False)), 1)))
            for column in self.table.columns
        )
        return min(max(found, default=1), 8)

    def _row(self, at: int, row: Row, uid: int, *, foot: bool = False) -> None:
        sheet, looks = self.sheet, self.of.looks
        if self.first and (key := self._named(row)):
            self.of.cells[self.n, key] = at, 0
            sheet.write_url(at, 0, self._target(key), looks.of("name link"), _fitted(words(row.name)), _TIP)
        elif self.first:
            _write(sheet, at, 0, row.name, looks, "footname" if foot else "name")
        for place, (cell, column) in enumerate(zip(row.cells, self.table.columns, strict=True), self.first):
            look = "foot" if foot else str(column.holds)
            if cell.behind and self.links < _LINKS and column.holds is not Holds.WORDS:
                self._link(at, place, cell, column, foot)
            elif cell.number is not None:
                self._number(at, place, cell, look)
            elif cell.shown:
                _write(sheet, at, place, cell.shown, looks, look)
        if self.sizes and not foot:
            texts = (cell.shown for cell in row.cells)
            sheet.set_row(at, _height(zip(texts, self.sizes, strict=True)))
        if uid and row.uid:
            sheet.write_string(at, uid, _fitted(inline(row.uid)))

    def _number(self, at: int, place: int, cell: Cell, look: str) -> None:
        before = cell.shown.removesuffix(str(cell.number)) if cell.sign is not None else ""
        if cell.sign is not None and not cell.shown.endswith(str(cell.number)):
            _write(self.sheet, at, place, cell.shown, self.of.looks, look)
            return
        form = '"' + before.replace('"', "") + '"0' if before else ""
        self.sheet.write_number(at, place, cell.number, self.of.looks.of(look, form))

    def _named(self, row: Row) -> str:
        """Return what the name of a row leads to: what stands behind words, for these are no good links."""
        found = (
            cell.behind
            for cell, column in zip(row.cells, self.table.columns, strict=True)
            if cell.behind and column.holds is Holds.WORDS
        )
        return next(found, "") if self.links < _LINKS else ""

    def _target(self, key: str) -> str:
        self.links += 1
        return f"internal:'{_SOURCES}'!{_place(self.of.links[self.n, key], 0)}"

    def _link(self, at: int, place: int, cell: Cell, column: Column, foot: bool) -> None:
        self.of.cells[self.n, cell.behind] = at, place
        look = self.of.looks.of("foot link" if foot else f"{column.holds} link")
        self.sheet.write_url(at, place, self._target(cell.behind), look, _fitted(words(cell.shown)), _TIP)
        if cell.number is not None and cell.shown in ("", str(cell.number)):
            self.sheet.write_number(at, place, cell.number, look)


def _write(sheet: Any, at: int, place: int, text: str, looks: Looks, look: str) -> None:
    text = _fitted(words(text).rstrip("\n"))
    if text:
        sheet.write_string(at, place, text, looks.of(look, quoted=safe_cell(text) != text))


@lru_cache(maxsize=8192)
def _fitted(text: str) -> str:
    """Return *text* as a cell holds it: what is too long is cut, with an ellipsis."""
    if len(text) * 2 <= _LONGEST:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= _LONGEST * 2:
        return text
    return units[: (_LONGEST - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _size(column: Column, *, stand: bool) -> float:
    longest = max(map(cell_width, inline(column.name).split()), default=0)
    if column.holds is Holds.WORDS:
        return max(longest + 2.0, min(28 * column.share, 60.0))
    if stand and not column.sum:
        return 4.5
    return max(longest + 2.0, 6.0 if column.sum else 12.0)


def _height(cells: Iterable[tuple[str, float]]) -> float:
    """Return how high a row has to be for cells of these texts and widths; not all programs see to it."""
    most = 1
    for text, size in cells:
        if len(text) > size or "\n" in text:
            most = max(most, sum(len(wrap(one, max(int(size), 1))) or 1 for one in text.split("\n")))
    return min(15.0 * most, 400.0)


def _sheet_name(table: Table, taken: set[str]) -> str:
    base = shorten(_FORBIDDEN.sub(" ", inline(table.key)), _NAME) or "Table"
    name, n = base, 1
    while name.casefold() in taken:
        n += 1
        name = f"{base[: _NAME - len(str(n)) - 1]} {n}"
    taken.add(name.casefold())
    return name


def _place(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _on_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.5, 0.5)
