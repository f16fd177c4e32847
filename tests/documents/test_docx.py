"""DOCX files, made by hand."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from realist.documents import Document, docx
from realist.errors import RealistError
from tests.documents.support import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Outlined"><w:name w:val="Outlined"/>
<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Round"><w:name w:val="Round"/><w:basedOn w:val="Round"/></w:style>
</w:styles>"""


def packed(body: str, **parts: str) -> bytes:
    """Return a DOCX file with this inside of its body."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        made.writestr("word/styles.xml", STYLES)
        for name, content in parts.items():
            made.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def p(text: str, style: str = "") -> str:
    """Return a paragraph."""
    chosen = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{chosen}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def of(tmp_path: Path, body: str, **parts: str) -> Document:
    return read(tmp_path / "a.docx", packed(body, **parts))


def test_paragraphs_and_headings(tmp_path: Path) -> None:
    body = p("Leading teams", "T") + p("Methods", "berschrift1") + p("We asked.") + p("Own heading", "Own")
    document = of(tmp_path, body + p("Third", "Outlined") + p("Plain", "Round") + p("") + p("End"))
    assert (
        document.pages[0].text
        == "Leading teams\n\nMethods\n\nWe asked.\n\nOwn heading\n\nThird\n\nPlain\n\nEnd"
    )
    assert [(one.title, one.level) for one in document.sections] == [
        ("Leading teams", 1), ("Methods", 1), ("Own heading", 1), ("Third", 3),
    ]  # fmt: skip


def test_tables_are_lines_with_cells(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    nested = f"<w:tbl>{row(p('in'), p('side'))}</w:tbl>"
    rows = row(p("Clinic"), p("Patients")) + row(p("North") + p("and more"), p("12")) + row(nested, "")
    table = f"<w:tbl>{rows}</w:tbl>"
    text = of(tmp_path, p("Before") + table + p("After")).pages[0].text
    assert text == "Before\n\nClinic  Patients\nNorth and more  12\nin side\n\nAfter"


def test_pages_where_the_file_breaks(tmp_path: Path) -> None:
    split = "<w:p><w:r><w:t>one</w:t><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>"
    turn = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    body = turn + p("first") + split + turn
    document = of(tmp_path, body + p("three") + p("Methods", "berschrift1"))
    assert [page.text for page in document.pages] == ["first\n\none", "two", "three\n\nMethods"]
    assert (document.sections[0].page, document.sections[0].position) == (3, 7)


def test_signs_changes_fields_and_boxes(tmp_path: Path) -> None:
    run = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:t>d</w:t><w:br/>"
        "<w:t>e</w:t></w:r><w:del><w:r><w:delText>gone</w:delText><w:t>gone too</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t> new</w:t></w:r></w:ins><w:r><w:instrText>REF x</w:instrText></w:r>"
        "<mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>box again</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:p>"
    )
    assert of(tmp_path, run).pages[0].text == "a b-cd\ne new\nbox"


def test_notes_come_last(tmp_path: Path) -> None:
    inside = f'<w:footnote w:type="separator">{p("x")}</w:footnote><w:footnote>{p("A note")}</w:footnote>'
    notes = f"<w:footnotes {W}>{inside}</w:footnotes>"
    assert of(tmp_path, p("Text"), footnotes=notes).pages[0].text == "Text\n\nA note"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 word/", packed("")[:200], packed("<w:p>"), packed("&nope;"),
        packed("x" * 50).replace(b"PK\x01\x02", b"PK\x09\x09"),
    ],
    ids=["cut off", "half", "not closed", "entity", "directory"],
)  # fmt: skip
def test_damaged_files(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(RealistError, match=r'"a\.docx" is damaged'):
        read(tmp_path / "a.docx", data)


def test_hostile_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(
            "word/document.xml", f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><w:document {W}>&l8;</w:document>'
        )
    with pytest.raises(RealistError, match="damaged"):
        read(tmp_path / "a.docx", file.getvalue())
    monkeypatch.setattr(docx, "MOST_BYTES", 1000)
    with pytest.raises(RealistError, match="unpacks to more"):
        read(tmp_path / "a.docx", packed(p("x" * 2000)))


def test_deep_nesting_and_hostile_letters(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 2000 + p("deep") + "</w:tc></w:tr></w:tbl>" * 2000
    assert of(tmp_path, deep + p("a\u202eb\u009bc")).pages[0].text == "deep\n\nabc"
