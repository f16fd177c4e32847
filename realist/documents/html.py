"""HTML to plain text: paragraphs and headings by their elements, tables row by row, no scripts or menus."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from realist.documents.assembly import Assembly
from realist.documents.values import Document, DocumentKind

RULES = 1
"""The version of the rules by which text is put together."""

_NOT_SHOWN = (
    "script style noscript template svg canvas iframe object audio video head nav button select option "
    "textarea datalist dialog"
)
_EMPTY = "area base br col embed hr img input link meta param source track wbr"
_APART = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend main ol p pre section summary table tbody tfoot "
    "thead ul"
)
_SKIPPED, _VOID, _BLOCKS = (frozenset(names.split()) for names in (_NOT_SHOWN, _EMPTY, _APART))
_LEVEL = re.compile(r"h([1-6])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PIECE = 1 << 16


def read(text: str) -> Document:
    """Return the text of a web page, one page long."""
    reader = _Reader()
    _feed(reader, text)
    pages, sections = reader.assembly.pages(), reader.assembly.sections()
    return Document(DocumentKind.HTML, "realist", f"html {RULES}", pages, sections)


def text_of(fragment: str) -> str:
    """Return the plain text of a piece of HTML."""
    reader = _Reader()
    _feed(reader, fragment)
    return reader.assembly.pages()[0].text


def _feed(reader: _Reader, text: str) -> None:
    for at in range(0, len(text), _PIECE):
        reader.feed(text[at : at + _PIECE])
    reader.finish()


class _Reader(HTMLParser):
    """A page while it is read. ``_hidden`` holds the open elements within one that is not shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.assembly = Assembly()
        self._parts: list[str] = []
        self._level = 0
        self._close_up = False
        self._lists: list[bool] = []
        self._tables: list[int] = []
        self._rows: list[list[str]] = []
        self._first_row = True
        self._hidden: list[str] = []
        self._preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden or (tag not in _VOID and _is_hidden(tag, dict(attrs))):
            if tag not in _VOID:
                self._hidden.append(tag)
        elif tag == "br":
            self._parts.append("\n")
        elif tag in ("td", "th") and self._rows:
            self._take_cell()
        elif tag == "tr":
            self._close_rows()
            self._flush()
            self._rows.append([])
        elif tag == "li":
            self._flush()
            self._close_up = bool(self._lists) and self._lists[-1]
            self._lists[-1:] = [True]
        elif tag in _BLOCKS:
            self._open(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag in self._hidden:
                del self._hidden[len(self._hidden) - 1 - self._hidden[::-1].index(tag) :]
        elif tag == "tr":
            self._close_rows()
        elif tag in _BLOCKS or tag == "li":
            self._shut(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._parts.append(data if self._preformatted else re.sub(r"\s+", " ", data))

    def finish(self) -> None:
        """Add what is still open at the end of the page."""
        self.close()
        self._tables.clear()
        self._close_rows()
        self._flush()

    def _open(self, tag: str) -> None:
        self._flush()
        self._preformatted += tag == "pre"
        if tag == "table":
            self._first_row = self._first_row or not self._rows
            self._tables.append(len(self._rows))
        elif tag in ("ul", "ol"):
            self._lists.append(bool(self._lists))
        elif found := _LEVEL.fullmatch(tag):
            self._level = int(found[1])

    def _shut(self, tag: str) -> None:
        if tag == "table" and self._tables:
            self._close_rows()
            self._tables.pop()
        self._flush()
        self._level = 0
        self._close_up = False
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        self._preformatted -= tag == "pre" and self._preformatted > 0

    def _flush(self) -> None:
        """Close the paragraph at hand; within a cell it goes on."""
        if self._rows:
            self._parts.append(" ")
            return
        text = "".join(self._parts)
        self._parts.clear()
        if text.strip():
            self._first_row = True
            self.assembly.add(text, self._level, close=self._close_up)

    def _take_cell(self) -> None:
        text = "".join(self._parts)
        self._parts.clear()
        if text.strip():
            self._rows[-1].append(text)

    def _close_rows(self) -> None:
        """Close the rows that are open in the innermost table; a table within a cell is part of it."""
        outer = self._tables[-1] if self._tables else 0
        while len(self._rows) > outer:
            self._take_cell()
            cells = self._rows.pop()
            if self._rows:
                self._parts.append(" " + " ".join(cells) + " ")
            else:
                self.assembly.add_row(cells, close=not self._first_row)
                self._first_row = self._first_row and not cells


def _is_hidden(tag: str, attributes: dict[str, str | None]) -> bool:
    if tag in _SKIPPED or "hidden" in attributes:
        return True
    return _HIDDEN.search(attributes.get("style") or "") is not None
