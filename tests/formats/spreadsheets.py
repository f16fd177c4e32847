"""The rows of a spreadsheet (XLSX), found in the text of its parts, for :mod:`tests.formats.independent`."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator

_ITEM = re.compile(r"<si\b[^>]*>(.*?)</si>", re.DOTALL)
_TEXT = re.compile(r"<t\b[^>]*>(.*?)</t>", re.DOTALL)
_ROW = re.compile(r"<row\b([^>]*)>(.*?)</row>", re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_VALUE = re.compile(r"<v\b[^>]*>(.*?)</v>", re.DOTALL)


def spreadsheet(content: bytes, header: int | None = None) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Yield (row, pairs) below the header of the first sheet; *header* is its row, 1 without."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        shared = parts.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in names else ""
        sheet = parts.read(min(name for name in names if name.startswith("xl/worksheets/"))).decode()
    strings = ["".join(_TEXT.findall(item)) for item in _ITEM.findall(shared)]
    titles: dict[str, str] = {}
    for number, row in enumerate(_ROW.finditer(sheet), 1):
        told = re.search(r'\br="(\d+)"', row[1])
        line = int(told[1]) if told else number
        cells = {column: text for column, text in _cells(row[2], strings) if text.strip()}
        if line == (header or 1):
            titles = cells
        elif titles and cells:
            yield line, [(titles.get(column, column), text) for column, text in cells.items()]


def _cells(row: str, strings: list[str]) -> Iterator[tuple[str, str]]:
    for place, (about, inner) in enumerate(_CELL.findall(row)):
        told = re.search(r'\br="([A-Z]+)\d*"', about)
        value = _VALUE.search(inner)
        if 't="s"' in about and value:
            text = strings[int(value[1])]
        else:
            text = value[1] if value else "".join(_TEXT.findall(inner))
        yield told[1] if told else str(place), html.unescape(text)
