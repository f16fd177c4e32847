"""The sheets within an XLSX file: rows of text, read as the XML streams by, so that no part fills the memory.

Number formats and dates are openpyxl's matter; the rest is read here, for openpyxl builds trees of parts that
a hostile file makes large.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import DefusedXMLParser
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from realist.formats.tables.parts import MOST_TEXT, Elements, Strings, Target, Unreadable, unescaped
from realist.formats.tables.rows import Row

MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_576
"""The size of a sheet as the format has it."""

_MOST_SHEETS = 1000
_MOST_STYLES = 100_000

_CHUNK = 1 << 16
_LONGEST = 5_000_000
_PLACE = re.compile(r"([A-Za-z]{1,3})[0-9]{0,9}\Z")
_ROUND = re.compile(r"(-?[0-9]{1,15})\.0{1,15}\Z")
_BROKEN = (
    BadZipFile, zlib.error, ParseError, ValueError, KeyError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip


class Sheet(Target):
    """The rows of one sheet that have cells; iterate to take them. Unreadable is raised after the last.

    Cells beyond ``width``, which may be set between rows, are moved together, so that a lone cell far to the
    right costs nothing.
    """

    def __init__(self, book: Book, part: str) -> None:
        super().__init__()
        self.width = MOST_COLUMNS
        self._rows: list[Row] = []
        self._book = book
        self._part = part
        self._row = self._column = self._size = 0
        self._cells: list[str] = []
        self._beyond: list[str] = []
        self._type = self._style = ""
        self._texts: list[str] = []
        self._listening = self._aside = self._over = False

    def __iter__(self) -> Iterator[Row]:
        failed = None
        pieces = self._book.pieces(self._part, self)
        while failed is None:
            try:
                next(pieces)
            except (StopIteration, Unreadable) as error:
                failed = error
            yield from self._rows
            self._rows.clear()
        if isinstance(failed, Unreadable):
            raise failed

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell or its value."""
        name = self.name_of(tag)
        if name == "c":
            place = _PLACE.match(attributes.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        elif name in ("v", "t"):
            self._listening = not self._aside
        elif name == "rPh":
            self._aside = True
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
            self._column = self._size = 0

    def data(self, text: str) -> None:
        """Take a piece of a cell's value."""
        if self._listening and not self._over:
            self._texts.append(text)
            self._size += len(text)
            if self._size > MOST_TEXT:
                raise Unreadable(f"row {self._row} holds more than {MOST_TEXT:,} characters")

    def end(self, tag: str) -> None:
        """End a value, a cell or a row."""
        name = self.name_of(tag)
        if name == "c":
            if self._texts:
                self._take("".join(self._texts))
                self._texts.clear()
        elif name in ("v", "t"):
            self._listening = False
        elif name == "rPh":
            self._aside = False
        elif name == "row":
            if self._cells or self._beyond:
                gap = [""] * (self.width - len(self._cells)) if self._beyond else []
                self._rows.append((self._row, self._cells + gap + self._beyond))
                self._cells, self._beyond = [], []
        elif name == "sheetData":
            self._over = True

    def _take(self, text: str) -> None:
        """Put a cell into the row at hand."""
        if self._over:
            return
        if not 0 < self._column <= MOST_COLUMNS or self._row > MOST_ROWS:
            raise Unreadable(f"row {self._row} has a cell beyond what a sheet can hold")
        value = self._book.value(text, self._type, self._style)
        if value is None:
            raise Unreadable(f"row {self._row} points to a text that is not there")
        if self._column > self.width:
            self._beyond.append(value)
            return
        missing = self._column - len(self._cells)
        if missing > 0:
            self._cells += [""] * missing
        self._cells[self._column - 1] = value


class Book:
    """An open spreadsheet. ``sheets`` are the names of its sheets and the parts that hold them.

    ``share`` is how much of them was read so far, from 0 to 1. Raises Unreadable.
    """

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._epoch = WINDOWS_EPOCH
        self.share = 0.0
        main = self._main()
        folder = posixpath.dirname(main)
        targets = self._targets(f"{folder}/_rels/{posixpath.basename(main)}.rels", folder)
        self.sheets: list[tuple[str, str]] = []
        for name, attributes in self._elements(main, _MOST_SHEETS, "sheet", "workbookPr"):
            if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self._epoch = MAC_EPOCH
            kind, part = targets.get(attributes.get("id", ""), ("", ""))
            if name == "sheet" and kind == "worksheet":
                self.sheets.append((attributes.get("name", ""), part))
        self._size = max(sum(archive.getinfo(part).file_size for _, part in self.sheets), 1)
        parts = dict(targets.values())
        self._styles = self._dates(parts["styles"]) if "styles" in parts else {}
        self._strings = self._texts(parts["sharedStrings"]) if "sharedStrings" in parts else []

    def _main(self) -> str:
        kinds = self._targets("_rels/.rels", "")
        return dict(kinds.values()).get("officeDocument", "xl/workbook.xml")

    def _targets(self, part: str, folder: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the path of each part that another one names, by the number it has there."""
        if part not in self._archive.NameToInfo:
            return {}
        found = {}
        for _, attributes in self._elements(part, _MOST_SHEETS, "Relationship"):
            target, kind = attributes.get("Target", ""), attributes.get("Type", "").rpartition("/")[2]
            path = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            if attributes.get("TargetMode") != "External" and path in self._archive.NameToInfo:
                found[attributes.get("Id", "")] = (kind, path)
        return found

    def _elements(self, part: str, most: int, *names: str) -> list[tuple[str, dict[str, str]]]:
        target = Elements(frozenset(names), most)
        self._parse(part, target)
        return target.found

    def pieces(self, part: str, target: Target) -> Iterator[None]:
        """Parse a part, stopping after each piece of it. XLSX has no DTD, so none is allowed."""
        parser = DefusedXMLParser(target=target, forbid_dtd=True)
        length = 0
        try:
            with self._archive.open(part) as source:
                while chunk := source.read(_CHUNK):
                    last = chunk.rfind(b"<")
                    length = length + len(chunk) if last < 0 else len(chunk) - last
                    if length > _LONGEST:
                        raise Unreadable(f"an element of {part} has more than {_LONGEST:,} characters")
                    parser.feed(chunk)
                    if isinstance(target, Sheet):
                        self.share = min(self.share + len(chunk) / self._size, 1.0)
                    yield
                parser.close()
        except Unreadable:
            raise
        except _BROKEN as error:
            raise Unreadable(str(error) or type(error).__name__) from error

    def _parse(self, part: str, target: Target) -> None:
        for _ in self.pieces(part, target):
            pass

    def _texts(self, part: str) -> list[str]:
        target = Strings()
        self._parse(part, target)
        return target.found

    def _dates(self, part: str) -> dict[str, bool]:
        """Return the styles that make a date of a number, by number, and whether it is a length of time."""
        formats = dict(BUILTIN_FORMATS)
        dates: dict[str, bool] = {}
        number = 0
        for name, attributes in self._elements(part, _MOST_STYLES, "numFmt", "xf"):
            code = attributes.get("numFmtId", "")
            kind = int(code) if code.isdecimal() and len(code) < 8 else 0
            if name == "numFmt":
                formats[kind] = attributes.get("formatCode", "")[:500]
            elif attributes["within"] == "cellXfs":
                style = formats.get(kind, "General")
                if is_date_format(style):
                    dates[str(number)] = is_timedelta_format(style)
                number += 1
        return dates

    def sheet(self, part: str) -> Sheet:
        """Return the rows of the sheet that a part holds."""
        return Sheet(self, part)

    def value(self, text: str, kind: str, style: str) -> str | None:
        """Return what a cell of this *kind* and *style* says, None if that is not there."""
        if kind == "s":
            at = int(text) if text.isdecimal() and len(text) < 9 else len(self._strings)
            return self._strings[at] if at < len(self._strings) else None
        if kind == "n":
            return self._number(text, style)
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(text, text)
        return unescaped(text)

    def _number(self, text: str, style: str) -> str:
        if style in self._styles:
            try:
                return _date(from_excel(float(text), self._epoch, timedelta=self._styles[style]))
            except (ValueError, OverflowError):
                return text
        if found := _ROUND.match(text):
            return found[1]
        if "E" in text and len(text) < 30:
            try:
                number = float(text)
            except ValueError:
                return text
            return str(int(number)) if abs(number) < 1e15 and number.is_integer() else text
        return text


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _date(value: Any) -> str:
    """Return a date as ISO writes it, with the time where it has one."""
    if isinstance(value, datetime):
        whole = value.hour == value.minute == value.second == 0
        return value.date().isoformat() if whole else value.isoformat(" ", "seconds")
    return str(value) if isinstance(value, timedelta) else value.isoformat("seconds")
