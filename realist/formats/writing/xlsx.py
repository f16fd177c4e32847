"""XLSX: the table of the CSV file as a workbook in which nothing is a formula. Needs the extra ``xlsx``."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from realist.errors import RealistError
from realist.formats.records import Fields
from realist.formats.writing.losses import LONGEST_CELL
from realist.formats.writing.table import COLUMNS, HEAD, cells, line_of

__all__ = ["BETWEEN", "HEAD", "TAIL", "write", "writer"]

BETWEEN = TAIL = ""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_NUMBERED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_XML = {0xFFFE: None, 0xFFFF: None}
_NEEDED = "A spreadsheet (XLSX) needs the extra: pip install 'realist[xlsx]', or write CSV."


def writer() -> Callable[[Fields], str]:
    """Return a function that writes a row as a line of CSV that says what its cells say."""
    return lambda fields: line_of(_fitted(fields))


def _fitted(fields: Fields) -> list[Any]:
    """Return the cells of a row as a spreadsheet can hold them: what is too long is cut."""
    return [_cut(cell.translate(_NO_XML)) if isinstance(cell, str) else cell for cell in cells(fields)]


def write(papers: Iterable[Fields], target: IO[bytes]) -> None:
    """Write a workbook with a row for each paper; the same papers give the same bytes.

    Raises RealistError where the extra is not installed.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.writer.excel import ExcelWriter
    except ImportError as error:
        raise RealistError(_NEEDED) from error
    book = Workbook(write_only=True)
    book.properties.creator = "realist"
    book.properties.created = book.properties.modified = datetime(*_EPOCH)
    sheet = book.create_sheet("papers")
    sheet.freeze_panes = "A2"
    for row in _rows(papers):
        sheet.append(list(_cells(sheet, row)))
    ExcelWriter(book, _Still(target, "w", ZIP_DEFLATED)).save()


def _rows(papers: Iterable[Fields]) -> Iterator[list[Any]]:
    yield list(COLUMNS)
    for fields in papers:
        yield _fitted(fields)


def _cells(sheet: Any, row: Iterable[Any]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for value in row:
        if isinstance(value, str) and value:
            cell = WriteOnlyCell(sheet, _escaped(value))
            cell.data_type = "s"  # never a formula, an error value or a link, whatever it begins with
            yield cell
        else:
            yield None if value == "" else value


def _escaped(text: str) -> str:
    """Return *text* so that what looks like a character's number in it (``_x0041_``) stays what it is."""
    return _NUMBERED.sub("_x005F_", text) if "_x" in text else text


def _cut(text: str) -> str:
    if len(text) * 2 > LONGEST_CELL:
        text = text.encode("utf-16-le")[: LONGEST_CELL * 2].decode("utf-16-le", "ignore")
        while (excess := len(_escaped(text)) - LONGEST_CELL) > 0:
            text = text[: -max(excess // 2, 1)]
    return text


class _Still(ZipFile):
    """A zip file whose members all bear the same time."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *args: Any, **kwargs: Any) -> None:
        """Add a member from memory."""
        super().writestr(_member(str(zinfo_or_arcname)), data)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **kwargs: Any) -> None:
        """Add a member from a file."""
        with Path(filename).open("rb") as source, self.open(_member(str(arcname)), "w") as target:
            shutil.copyfileobj(source, target)


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, _EPOCH)
    member.compress_type = ZIP_DEFLATED
    return member
