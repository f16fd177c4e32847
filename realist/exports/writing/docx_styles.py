"""The named styles of a DOCX file, by which a journal changes how all of it looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _frame(*, top: bool = False, bottom: bool = False) -> str:
    """Return the borders of a paragraph in a frame; neighbours with the same ones are framed together."""
    sides = ("top", "left", "bottom", "right")
    rule = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="6" w:color="7F7F7F"/>' for side in sides)
    return f"<w:pBdr>{rule}</w:pBdr>"


_FRAME = _frame()
_IN = '<w:ind w:left="170" w:right="170"/>'


def _spaced(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'


_SMALL, _SMALLER, _GREY = (
    '<w:sz w:val="17"/><w:szCs w:val="17"/>',
    '<w:sz w:val="16"/>',
    '<w:color w:val="595959"/>',
)
_PARAGRAPHS: tuple[tuple[str, str, str, str], ...] = (
    ("TableText", "Table Text", _spaced(20, 20), _SMALL),
    ("TableSign", "Table Sign", _spaced(20, 20) + '<w:jc w:val="center"/>', _SMALL),
    ("TableNumber", "Table Number", _spaced(20, 20) + '<w:jc w:val="right"/>', _SMALL),
    ("TableHeading", "Table Heading", "<w:keepNext/>" + _spaced(40, 20), "<w:b/>" + _SMALL),
    (
        "TableSignHeading",
        "Table Sign Heading",
        "<w:keepNext/>" + _spaced(40, 20) + '<w:jc w:val="center"/>',
        "<w:b/>" + _SMALL,
    ),
    (
        "TableNumberHeading",
        "Table Number Heading",
        "<w:keepNext/>" + _spaced(40, 20) + '<w:jc w:val="right"/>',
        "<w:b/>" + _SMALL,
    ),
    ("TableNote", "Table Note", _spaced(40, 0), _GREY + _SMALLER),
    ("TableEnd", "Table End", _spaced(0, 60), _SMALLER),
    ("SectionEnd", "Section End", _spaced(0, 0), '<w:sz w:val="2"/>'),
    ("SourceNote", "Source Note", _spaced(0, 80), _GREY + '<w:sz w:val="19"/>'),
    ("BoxTitle", "Box Title", "<w:keepNext/>" + _FRAME + _spaced(120, 60) + _IN, '<w:b/><w:sz w:val="22"/>'),
    ("BoxText", "Box Text", _FRAME + _spaced(0, 80) + _IN, '<w:sz w:val="20"/>'),
    ("BoxNote", "Box Note", "<w:keepNext/>" + _FRAME + _spaced(0, 80) + _IN, _GREY + '<w:sz w:val="18"/>'),
    ("BoxChain", "Box Chain", "<w:keepLines/>" + _FRAME + _spaced(40, 100) + _IN, '<w:i/><w:sz w:val="20"/>'),
    ("BoxQuote", "Box Quote", "<w:keepLines/>" + _FRAME + _spaced(0, 60) + _IN, '<w:sz w:val="18"/>'),
    ("BoxEnd", "Box End", _spaced(0, 120), '<w:sz w:val="8"/>'),
)
_TABLE = f"""<w:style {_W} w:type="table" w:customStyle="1" w:styleId="ReviewTable">
<w:name w:val="Review Table"/>
<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="12" w:space="0" w:color="auto"/>
<w:bottom w:val="single" w:sz="12" w:space="0" w:color="auto"/></w:tblBorders>
<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>
</w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tcBorders></w:tcPr></w:tblStylePr>
</w:style>"""


_FONT = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'
_BLACK = '<w:color w:val="000000"/>'
_PLAIN: dict[str, tuple[str, str]] = {
    "Normal": (_spaced(0, 120), '<w:sz w:val="21"/>'),
    "Title": ("<w:keepNext/>" + _spaced(0, 80), "<w:b/>" + _BLACK + '<w:sz w:val="32"/>'),
    "Heading1": ("<w:keepNext/>" + _spaced(280, 100), "<w:b/>" + _BLACK + '<w:sz w:val="26"/>'),
    "Heading2": ("<w:keepNext/>" + _spaced(200, 80), "<w:b/>" + _BLACK + '<w:sz w:val="23"/>'),
    "Heading3": ("<w:keepNext/>" + _spaced(160, 60), "<w:b/>" + _BLACK + '<w:sz w:val="21"/>'),
    "Caption": ("<w:keepNext/>" + _spaced(160, 80), "<w:b/>" + _BLACK + '<w:sz w:val="20"/>'),
}
"""Styles of the template that are set plainly, in black and one font: how they space, how they look."""


def add_styles(styles: Any, parse: Callable[[str], Any]) -> None:
    """Add our styles to the element of all styles; *parse* makes an element of XML."""
    for key, (of_paragraph, of_run) in _PLAIN.items():
        (style,) = styles.xpath(f"w:style[@w:styleId='{key}']")
        for old in styles.xpath(f"w:style[@w:styleId='{key}']/w:pPr | w:style[@w:styleId='{key}']/w:rPr"):
            style.remove(old)
        style.append(parse(f"<w:pPr {_W}>{of_paragraph}</w:pPr>"))
        style.append(parse(f"<w:rPr {_W}>{_FONT}{of_run}</w:rPr>"))
    for key, name, of_paragraph, of_run in _PARAGRAPHS:
        styles.append(
            parse(
                f'<w:style {_W} w:type="paragraph" w:customStyle="1" w:styleId="{key}">'
                f'<w:name w:val="{name}"/>'
                f'<w:basedOn w:val="Normal"/><w:uiPriority w:val="1"/><w:qFormat/>'
                f"<w:pPr>{of_paragraph}</w:pPr><w:rPr>{of_run}</w:rPr></w:style>"
            )
        )
    styles.append(parse(_TABLE))
