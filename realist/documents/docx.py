"""DOCX to pages of plain text: paragraphs, headings by their style, tables row by row, notes at the end.

Pages are where the file has breaks or Word last broke them. Deleted text of tracked changes, field codes,
running headers and the fallbacks of drawings are left out. Form: ECMA-376, part 1, WordprocessingML.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from realist.documents.assembly import Assembly
from realist.documents.values import Document, DocumentKind
from realist.errors import RealistError
from realist.text import line

RULES = 1
"""The version of the rules by which text is put together."""

MOST_BYTES = 100_000_000
"""How large a part of the file may be when unpacked."""

_DIRECTORY = 8_000_000
_END = b"PK\x05\x06"
_END_SIZE = 22
_HEADING = re.compile(r"heading ?([1-9])")
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "pPrChange", "rPrChange"})
_SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_OUTLINE = frozenset("012345678")
_NOT_A_NOTE = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError),
    *(ParseError, DefusedXmlException, UnicodeError),
)


def read(path: Path) -> Document:
    """Return the text of a DOCX file. Raises RealistError for one that is damaged or too large."""
    try:
        _check_directory(path)
        with zipfile.ZipFile(path) as packed:
            levels = _levels(packed)
            made = _Body(levels)
            made.feed(_part(packed, "word/document.xml", needed=True))
            for name in ("word/footnotes.xml", "word/endnotes.xml"):
                made.feed(_part(packed, name))
    except _BROKEN as error:
        raise RealistError(
            f'"{line(path.name)}" is damaged and cannot be read: open it in Word and save it anew.'
        ) from error
    pages, sections = made.assembly.pages(), made.assembly.sections()
    return Document(DocumentKind.DOCX, "realist", f"docx {RULES}", pages, sections)


def _check_directory(path: Path) -> None:
    """Refuse a file whose directory would fill the memory."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _END_SIZE - 0xFFFF, 0))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or int.from_bytes(tail[at + 12 : at + 16], "little") > _DIRECTORY:
        raise zipfile.BadZipFile


def _part(packed: zipfile.ZipFile, name: str, *, needed: bool = False) -> io.BytesIO:
    """Return one part of the file, empty where it has none."""
    if name not in packed.namelist():
        if needed:
            raise zipfile.BadZipFile
        return io.BytesIO()
    with packed.open(name) as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise RealistError(
            f"The document unpacks to more than {MOST_BYTES // 10**6} MB of text: "
            "save it as PDF and attach that."
        )
    return io.BytesIO(data)


def _events(part: io.BytesIO) -> Iterator[tuple[str, str, Any]]:
    """Yield start and end of each element with its name without namespace; none for an empty part."""
    if part.getbuffer().nbytes:
        for event, element in iterparse(part, events=("start", "end")):
            yield event, str(element.tag).rpartition("}")[2], element


def _value(element: Any, name: str = "val") -> str:
    """Return an attribute by its name without namespace, ``""`` if there is none."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _levels(packed: zipfile.ZipFile) -> dict[str, int]:
    """Return the heading level of each style that has one, by the id of the style."""
    levels: dict[str, int] = {}
    parents: dict[str, str] = {}
    style = ""
    for event, name, element in _events(_part(packed, "word/styles.xml")):
        if name == "style" and event == "start":
            style = _value(element, "styleId")
        elif event == "end" and name == "name" and style:
            shown = _value(element).lower()
            if found := _HEADING.fullmatch(shown):
                levels[style] = int(found[1])
            elif shown == "title":
                levels[style] = 1
        elif event == "end" and name == "outlineLvl" and _value(element) in _OUTLINE:
            levels.setdefault(style, int(_value(element)) + 1)
        elif event == "end" and name == "basedOn":
            parents[style] = _value(element)
    for style in parents:
        base, seen = style, set[str]()
        while base and base not in levels and base not in seen:
            seen.add(base)
            base = parents.get(base, "")
        if base in levels:
            levels.setdefault(style, levels[base])
    return levels


class _Body:
    """The parts of a document while they are read. Text boxes stand within the paragraph that holds them."""

    def __init__(self, levels: dict[str, int]) -> None:
        self.assembly = Assembly()
        self._levels = levels
        self._skipping = 0
        self._texts: list[list[str]] = []
        self._heads: list[int] = []
        self._rows: list[list[str]] = []
        self._first_row = True

    def feed(self, part: io.BytesIO) -> None:
        """Add what a part of the file holds."""
        for event, name, element in _events(part):
            ignored = name in _SKIPPED or (
                name in ("footnote", "endnote") and _value(element, "type") in _NOT_A_NOTE
            )
            if ignored:
                self._skipping += 1 if event == "start" else -1
            elif not self._skipping:
                (self._start if event == "start" else self._end)(name, element)
            if event == "end":
                element.clear()

    def _start(self, name: str, element: Any) -> None:
        if name == "p":
            self._texts.append([])
            self._heads.append(0)
        elif name == "tbl":
            self._first_row = self._first_row or not self._rows
        elif name == "tr":
            self._rows.append([])
        elif name == "tc" and self._rows:
            self._rows[-1].append("")

    def _end(self, name: str, element: Any) -> None:
        if name == "p" and self._texts:
            self._close("".join(self._texts.pop()), self._heads.pop())
        elif name == "t" and self._texts:
            self._texts[-1].append(element.text or "")
        elif name in _SIGNS and self._texts:
            self._texts[-1].append(_SIGNS[name])
        elif name in ("br", "lastRenderedPageBreak"):
            self._break(name == "lastRenderedPageBreak" or _value(element, "type") == "page")
        elif name == "pStyle" and self._heads:
            self._heads[-1] = self._levels.get(_value(element), 0)
        elif name == "outlineLvl" and self._heads and _value(element) in _OUTLINE:
            self._heads[-1] = int(_value(element)) + 1
        elif name == "tr" and self._rows:
            self._close_row(self._rows.pop())

    def _close(self, text: str, level: int) -> None:
        if self._rows and self._rows[-1]:
            self._rows[-1][-1] += " " + text
        elif self._texts:
            self._texts[-1].append("\n" + text + "\n")
        else:
            self.assembly.add(text, level)

    def _close_row(self, cells: list[str]) -> None:
        if self._rows and self._rows[-1]:
            self._rows[-1][-1] += " " + " ".join(cells)
            return
        self.assembly.add_row(cells, close=not self._first_row)
        self._first_row = False

    def _break(self, page: bool) -> None:
        """Break the line, or the page where no table or text box is open."""
        if not page or self._rows or len(self._texts) > 1:
            if self._texts:
                self._texts[-1].append("\n")
            return
        if self._texts:
            self.assembly.add("".join(self._texts[-1]), self._heads[-1])
            self._texts[-1].clear()
        if self.assembly.begun:
            self.assembly.turn()
