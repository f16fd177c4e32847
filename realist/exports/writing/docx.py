"""DOCX: a document whose text, frames and tables are written as XML in one piece. Needs the extra ``office``.

python-docx gives the package and its styles. It would set tables cell by cell, for minutes; so the body is
made as one string, which takes the place of the empty one. Everything is set by named styles, so that a
journal can change all of it in one place: see :mod:`realist.exports.writing.docx_styles`.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

from realist.errors import RealistError
from realist.exports.table import (
    EMPTY,
    Behind,
    Block,
    Cell,
    Column,
    Document,
    Frame,
    Heading,
    Holds,
    Part,
    Piece,
    Row,
    Style,
    Table,
    Text,
    blocks,
    headings,
)
from realist.exports.writing.docx_styles import add_styles
from realist.exports.writing.safe import EPOCH, anchor, inline, lines, words, zipped
from realist.exports.writing.setting import upright, wide, widths

_NEEDED = "A Word document (DOCX) needs the extra: pip install 'realist[office]', or write HTML or Markdown."
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DECLARED, _MAIN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n', "word/document.xml"
_LONG, _SHORT, _MARGIN = 16838, 11906, 1134
_LETTERS = {False: 95, True: 145}
_HEIGHT = 2400
"""How high headings are that stand upright, in twentieths of a point."""
_CELLS = {Holds.SIGNS: "TableSign", Holds.NUMBERS: "TableNumber", Holds.WORDS: "TableText"}
_HEADS = {
    Holds.SIGNS: "TableSignHeading", Holds.NUMBERS: "TableNumberHeading", Holds.WORDS: "TableHeading",
}  # fmt: skip
_TEXTS = {Style.TEXT: "Normal", Style.NOTE: "SourceNote", Style.CHAIN: "BoxChain", Style.QUOTE: "ListBullet"}
_FRAMED = {Style.TEXT: "BoxText", Style.NOTE: "BoxNote", Style.CHAIN: "BoxChain", Style.QUOTE: "BoxQuote"}
_PIECES = (
    Column("what", share=0.7), Column("what was recorded, and the quotation", share=3.4),
    Column("page", share=0.6), Column("by", share=0.4),
)  # fmt: skip


def write(document: Document) -> bytes:
    """Return a document as DOCX. Raises RealistError where the extra is not installed."""
    try:
        import docx
        from docx.oxml import parse_xml
    except ImportError as error:
        raise RealistError(_NEEDED) from error
    made = docx.Document()
    _properties(made.core_properties, inline(document.title))
    add_styles(made.styles.element, parse_xml)
    out = io.BytesIO()
    made.save(out)
    with ZipFile(out) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    body = "".join(_Body(document).xml())
    members[_MAIN] = f'{_DECLARED}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'.encode()
    return zipped(members.items())


def _properties(core: Any, title: str) -> None:
    core.title, core.author, core.last_modified_by = title[:255], "realist", "realist"
    core.comments, core.revision = "", 1
    core.created = core.modified = datetime(*EPOCH)


class _Body:
    """The body of a document as XML, section by section: pages stand or lie as their tables want."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lying = bool(document.parts) and _wants(document.parts, 0, False)
        self.marks = 0

    def xml(self) -> Iterator[str]:
        """Yield the parts of the body."""
        yield paragraph("Title", self.document.title)
        yield from (paragraph("SourceNote", about) for about in self.document.about)
        for place, part in enumerate(self.document.parts):
            if isinstance(part, Table):
                yield from self._table(part)
                continue
            yield from self._turn(_wants(self.document.parts, place, self.lying))
            yield from self._part(part)
        yield _section(self.lying)

    def _turn(self, lying: bool) -> Iterator[str]:
        """End the section where the next part wants the page the other way."""
        if lying != self.lying:
            yield f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{_section(self.lying)}</w:pPr></w:p>'
            self.lying = lying

    def _part(self, part: Part) -> Iterator[str]:
        if isinstance(part, Heading):
            yield paragraph(f"Heading{min(part.level, 4)}", part.text)
        elif isinstance(part, Frame):
            yield paragraph("BoxTitle", part.title, mark=self._mark(anchor(part.key)))
            for text in part.parts:
                yield from _text(text, _FRAMED)
            yield paragraph("BoxEnd", "")
        elif isinstance(part, Text):
            yield from _text(part, _TEXTS)

    def _table(self, table: Table) -> Iterator[str]:
        key = anchor(table.key)
        for block in blocks(table):
            lying = wide(table, block.places)
            yield from self._turn(lying)
            title = f"{table.title} ({block.said})" if block.said else table.title
            yield paragraph("Caption", title)
            yield from _xml_of(table, block, lying, key)
            yield from (paragraph("TableNote", note) for note in table.notes)
            yield paragraph("TableEnd", "")
        if table.behind:
            yield from self._behind(table, key)

    def _behind(self, table: Table, key: str) -> Iterator[str]:
        """Yield a table of what stands behind the cells, each cell's pieces under a heading to link to."""
        yield paragraph("Heading1", table.sources)
        named = any(_elsewhere(piece, behind) for behind in table.behind.values() for piece in behind.pieces)
        listed = Table("", "", "paper" if named else "", _PIECES, ())
        block = Block(tuple(range(len(_PIECES))), "")
        sizes = _sizes(listed, block, self.lying, head=0.16 if named else 0.0)
        yield _open(sizes) + "".join(_heads(listed, block))
        rights = [_width(size) for size in sizes]
        for of, behind in table.behind.items():
            title = " × ".join(filter(None, (behind.row, behind.column)))
            yield _titled(len(sizes), title, self._mark(anchor(key, of)))
            for piece in behind.pieces:
                what = ", ".join(filter(None, (piece.kind, piece.mark)))
                cells = [*([piece.paper] if named else []), what, _spoken(piece), piece.place, piece.by]
                yield "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
                for right, cell in zip(rights, cells, strict=True):
                    yield f"<w:tc><w:tcPr>{right}</w:tcPr>{_cell_paragraphs('TableText', cell)}</w:tc>"
                yield "</w:tr>"
        yield "</w:tbl>" + paragraph("TableEnd", "")

    def _mark(self, name: str) -> str:
        """Return a bookmark of that name."""
        self.marks += 1
        start = f'<w:bookmarkStart w:id="{self.marks}" w:name="{_bookmark(name)}"/>'
        return f'{start}<w:bookmarkEnd w:id="{self.marks}"/>'


def _bookmark(name: str) -> str:
    """Return the name of a bookmark: letters, digits and underscores, at most forty."""
    return "r_" + name.replace("-", "_")[-38:]


def _wants(parts: Sequence[Part], place: int, lying: bool) -> bool:
    """Whether a part wants the page to lie: as the first table after headings and short text does."""
    for part in parts[place : place + 4]:
        if isinstance(part, Table):
            return wide(part, blocks(part)[0].places)
        if isinstance(part, Frame):
            return False
    return lying


def _section(lying: bool) -> str:
    across, down = (_LONG, _SHORT) if lying else (_SHORT, _LONG)
    way = ' w:orient="landscape"' if lying else ""
    sides = "".join(f' w:{side}="{_MARGIN}"' for side in ("top", "right", "bottom", "left"))
    return (
        f'<w:sectPr><w:pgSz w:w="{across}" w:h="{down}"{way}/>'
        f'<w:pgMar{sides} w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )


@lru_cache(maxsize=8192)
def _right_to_left(text: str) -> bool:
    """Whether the first letter of *text* that has a direction is one of a script written from the right."""
    if text.isascii():
        return False
    found = (unicodedata.bidirectional(character) for character in text[:200])
    return next((way for way in found if way in ("L", "R", "AL")), "L") != "L"


def paragraph(style: str, text: str, *, name: str = "", mark: str = "") -> str:
    """Return a paragraph as XML; *name* stands before the text, strong, and *mark* is a bookmark."""
    one = inline(text)
    way = "<w:bidi/>" if _right_to_left(one) else ""
    strong = f"<w:r><w:rPr><w:b/></w:rPr>{_words(inline(name) + ' ')}</w:r>" if name else ""
    run = f"<w:r>{_words(one)}</w:r>" if one else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{way}</w:pPr>{mark}{strong}{run}</w:p>'


def _words(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def _text(text: Text, styles: dict[Style, str]) -> Iterator[str]:
    for place, line in enumerate(lines(text.text) or ([""] if text.name else [])):
        yield paragraph(styles[text.style], line, name="" if place else text.name)


# -- tables -------------------------------------------------------------------------------------------------


def _sizes(table: Table, block: Block, lying: bool, head: float = 0.0) -> list[int]:
    """Return how wide the columns are in twentieths of a point, that of the row headings first."""
    room = (_LONG if lying else _SHORT) - 2 * _MARGIN
    found = widths(table, block.places, letters=_LETTERS[lying])
    first = head or found.head
    rest = (1 - first) / (1 - found.head) if head else 1.0
    columns = [int(size * rest * room) for size in found.columns]
    return [int(first * room), *columns] if table.corner else columns


def _width(size: int) -> str:
    return f'<w:tcW w:w="{size}" w:type="dxa"/>'


def _open(sizes: Sequence[int]) -> str:
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="ReviewTable"/><w:tblW w:w="{sum(sizes)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        f' w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _xml_of(table: Table, block: Block, lying: bool, key: str) -> Iterator[str]:
    sizes = _sizes(table, block, lying)
    yield _open(sizes)
    yield from _heads(table, block)
    rights = [_width(size) for size in sizes]
    holds = [table.columns[place].holds for place in block.places]
    for row in table.rows:
        yield _row(table, row, block, holds, rights, key)
    for place, row in enumerate(table.foot):
        ruled = '<w:tcBorders><w:top w:val="single" w:sz="4" w:color="auto"/></w:tcBorders>'
        borders = rights if place else [right + ruled for right in rights]
        yield _row(table, row, block, holds, borders, key)
    yield "</w:tbl>"


def _heads(table: Table, block: Block) -> Iterator[str]:
    """Yield the rows of headings, which are repeated on every page."""
    again = "<w:trPr><w:cantSplit/>{}<w:tblHeader/></w:trPr>"
    columns = [table.columns[place] for place in block.places]
    under = (
        '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:color="auto"/></w:tcBorders>'
        if table.grouped
        else ""
    )
    if table.grouped:
        yield "<w:tr>" + again.format("")
        yield f"<w:tc>{paragraph('TableHeading', '')}</w:tc>" if table.corner else ""
        for group, n in headings(table, block.places):
            span = f'<w:tcPr><w:gridSpan w:val="{n}"/></w:tcPr>'
            yield f"<w:tc>{span}{paragraph('TableHeading', group)}</w:tc>"
        yield "</w:tr>"
    stand = upright(table, block.places)
    height = f'<w:trHeight w:val="{_HEIGHT}" w:hRule="exact"/>' if stand else ""
    yield "<w:tr>" + again.format(height)
    if table.corner:
        yield _heading_cell(under + '<w:vAlign w:val="bottom"/>', "TableHeading", table.corner)
    for column in columns:
        way = '<w:textDirection w:val="btLr"/>' if stand and not column.sum else ""
        align = "center" if way else "bottom"
        style = "TableHeading" if way else _HEADS[column.holds]
        yield _heading_cell(f'{under}{way}<w:vAlign w:val="{align}"/>', style, column.name)
    yield "</w:tr>"


def _heading_cell(properties: str, style: str, text: str) -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(style, text)}</w:tc>"


def _row(
    table: Table, row: Row, block: Block, holds: Sequence[Holds], rights: Sequence[str], key: str
) -> str:
    found = ["<w:tr><w:trPr><w:cantSplit/></w:trPr>"]
    if table.corner:
        found.append(f"<w:tc><w:tcPr>{rights[0]}</w:tcPr>{_cell_paragraphs('TableText', row.name)}</w:tc>")
    for place, hold, right in zip(block.places, holds, rights[len(rights) - len(holds) :], strict=True):
        cell = row.cells[place]
        link = _bookmark(anchor(key, cell.behind)) if cell.behind else ""
        found.append(f"<w:tc><w:tcPr>{right}</w:tcPr>{_content(cell, _CELLS[hold], link)}</w:tc>")
    found.append("</w:tr>")
    return "".join(found)


def _content(cell: Cell, style: str, link: str) -> str:
    if cell is EMPTY:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'
    shown = cell.shown
    if not shown and cell.number is not None:
        shown = str(cell.number)
    return _cell_paragraphs(style, shown, link)


@lru_cache(maxsize=8192)
def _cell_paragraphs(style: str, text: str, link: str = "") -> str:
    """Return the paragraphs of a cell; with a *link* they lead to a bookmark."""
    if link:
        run = f"<w:r>{_words(inline(text))}</w:r>"
        inner = f'<w:hyperlink w:anchor="{link}" w:history="1">{run}</w:hyperlink>'
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'
    if "\n" not in text:
        return paragraph(style, text)
    return "".join(paragraph(style, line) for line in lines(words(text))) or paragraph(style, "")


def _elsewhere(piece: Piece, behind: Behind) -> bool:
    """Whether the paper of a piece is not said by the row or the column that it stands behind."""
    return bool(piece.paper) and piece.paper not in (behind.row, behind.column)


def _spoken(piece: Piece) -> str:
    """Return the words of a piece, and on a line of its own the quotation, or that there is none."""
    if not piece.quotation:
        return f"{inline(piece.words)} (no words quoted)" if piece.quotes else inline(piece.words)
    return "\n".join(filter(None, (inline(piece.words), f"“{inline(piece.quotation)}”")))


def _titled(n: int, text: str, mark: str) -> str:
    """Return a row of one cell over all *n* columns that names what the rows below it are of."""
    return (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="{n}"/></w:tcPr>'
        f"{paragraph('TableHeading', text, mark=mark)}</w:tc></w:tr>"
    )
