"""Spreadsheets: every sheet with a header is a table; what a file claims of itself is not believed."""

from __future__ import annotations

import datetime
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from realist.formats.door import open_export
from realist.formats.records import Fields, Problem, RawRecord
from realist.formats.tables.spreadsheet import NEEDS
from realist.vocabulary import Severity
from tests.formats.support import errors, split_items

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def read(path: Path) -> tuple[list[tuple[RawRecord, Fields]], list[Problem]]:
    """Return records and problems of a spreadsheet."""
    export = open_export(path)
    assert export.source.format == "xlsx"
    return split_items(list(export))


def saved(folder: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    """Save sheets, each a title and its rows, as openpyxl writes them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = folder / "export"
    book.save(path)
    return path


def packed(folder: Path, sheet: str, strings: str = "", **more: str) -> Path:
    """Pack the XML of one sheet, and of the strings it points into."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="a" Type="{LINKS}/worksheet" Target="worksheets/one.xml"/>'
        f'<Relationship Id="b" Type="{LINKS}/sharedStrings" Target="/xl/strings.xml"/>'
        f'<Relationship Id="c" Type="{LINKS}/externalLink" Target="http://x.invalid/" TargetMode="External"/>'
        "</Relationships>",
        "xl/worksheets/one.xml": sheet,
        "xl/strings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        **more,
    }
    path = folder / "export"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


HEADER = '<row r="1"><c r="A1" t="str"><v>title</v></c><c r="B1" t="str"><v>year</v></c></row>'


def sheet_of(rows: str, before: str = "", header: str = HEADER) -> str:
    """Return the XML of a sheet that claims to be as large as can be."""
    claim = '<dimension ref="A1:XFD1048576"/>'
    return f'{before}<worksheet xmlns="{MAIN}">{claim}<sheetData>{header}{rows}</sheetData></worksheet>'


def test_cells_are_text_whatever_their_type(tmp_path: Path) -> None:
    day, hour = datetime.date(2024, 5, 1), datetime.datetime(2024, 5, 1, 10, 30)
    header = ["Title", "Author Names", "Publication Year", "Volume", "Date", "Seen", "PUI", "Open", "Share"]
    path = saved(
        tmp_path, ("Results", [header, ["Trust", "Best N., Shaw J.", 2024, 15.0, day, hour, "L1", True, 0.5]])
    )
    ((record, fields),), problems = read(path)
    assert problems == []
    assert record == RawRecord(
        1,
        2,
        list(
            zip(
                header,
                [
                    "Trust",
                    "Best N., Shaw J.",
                    "2024",
                    "15",
                    "2024-05-01",
                    "2024-05-01 10:30:00",
                    "L1",
                    "TRUE",
                    "0.5",
                ],
                strict=True,
            )
        ),
    )
    assert (fields.authors, fields.year, fields.volume) == (("Best N.", "Shaw J."), 2024, "15")


def test_each_sheet_with_a_header_is_read_and_rows_are_told_by_sheet(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        (
            "Results",
            [
                ["SEARCH QUERY", "trust:ti"],
                ["----"],
                [],
                ["title", "year", "doi"],
                ["Trust", 2001],
                [],
                ["Care"],
            ],
        ),
        ("Strategy", [["We searched", "for trust"], ["on Monday"]]),
        ("More", [["doi", "title", "year"], ["10.1000/x", "", "undated"], ["not screened yet"]]),
    )
    export = open_export(path)
    records, problems = split_items(list(export))
    assert [(record.position, record.line, fields.title) for record, fields in records] == [
        (1, 5, "Trust"),
        (2, 7, "Care"),
        (3, 2, ""),
        (4, 3, ""),
    ]
    messages = [problem.message for problem in problems]
    assert 'Record 3 of row 2 of sheet "More" has no title: it was read without one.' in messages
    assert (
        'Record 3 of row 2 of sheet "More" has no year that can be read: "undated" was kept as it is.'
        in messages
    )
    (unknown,) = [problem for problem in problems if "Strategy" in problem.message]
    assert unknown.severity is Severity.WARNING
    assert unknown.text == "We searched\tfor trust\non Monday"
    assert export.noise == 2
    assert export.share == 1.0


def test_a_spreadsheet_without_a_known_column_is_refused(tmp_path: Path) -> None:
    records, problems = read(saved(tmp_path, ("S", [["foo", "bar"], [1, 2]])))
    assert records == []
    assert len(errors(problems)) == len(problems) == 1
    assert 'in sheet "S" row 1 has "foo", "bar"' in problems[0].message
    assert problems[0].text == "foo\tbar\n1\t2"


def test_without_openpyxl_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, ("S", [["title"], ["Trust"]]))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    records, problems = read(path)
    assert records == []
    assert [problem.message for problem in problems] == [NEEDS]
    assert 'pip install "realist[xlsx]"' in NEEDS


def test_strings_formulas_and_marks_of_the_format(tmp_path: Path) -> None:
    rows = (
        '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>2001.0</v></c></row>'
        '<row r="3"><c r="A3" t="str"><f>A2&amp;"!"</f><v>Trust_x000D_\nnow</v></c>'
        '<c r="B3"><v>2.002E3</v></c></row>'
        '<row r="4"><c r="A4" t="inlineStr"><is><r><t>Two </t></r><r><t>parts</t></r></is></c></row>'
        '<row r="5"><c r="B5"><v>1999</v></c><c r="A5" t="e"><v>#REF!</v></c></row>'
        '<row><c t="str"><f>HYPERLINK("http://x")</f><v>=1+1</v></c></row>'
    )
    strings = "<si><t>none</t></si><si><r><t>漢</t></r><rPh><t>かん</t></rPh><r><t>字</t></r></si>"
    records, problems = read(packed(tmp_path, sheet_of(rows), strings))
    assert [record.raw for record, _ in records] == [
        [("title", "漢字"), ("year", "2001")],
        [("title", "Trust\nnow"), ("year", "2002")],
        [("title", "Two parts")],
        [("title", "#REF!"), ("year", "1999")],
        [("title", "=1+1")],
    ]
    assert [record.line for record, _ in records] == [2, 3, 4, 5, 6]
    assert problems == []


def test_days_are_counted_from_1904_where_the_file_says_so(tmp_path: Path) -> None:
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><workbookPr date1904="1"/><sheets>'
        '<sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>'
    )
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'
        "</styleSheet>"
    )
    links = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{LINKS}/worksheet" '
        f'Target="worksheets/one.xml"/><Relationship Id="s" Type="{LINKS}/styles" Target="styles.xml"/>'
        "</Relationships>"
    )
    rows = (
        '<row r="2"><c r="A2" t="str"><v>Trust</v></c><c r="B2" s="1"><v>40000</v></c></row>'
        '<row r="3"><c r="A3" t="str"><v>Care</v></c><c r="B3" s="1"><v>1E400</v></c></row>'
        '<row r="4"><c r="A4" t="str"><v>Time</v></c><c r="B4" s="0"><v>40000</v></c></row>'
    )
    path = packed(
        tmp_path,
        sheet_of(rows),
        **{"xl/workbook.xml": workbook, "xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": links},
    )
    records, _ = read(path)
    assert [dict(record.raw)["year"] for record, _ in records] == ["2013-07-07", "1E400", "40000"]
    assert [fields.year for _, fields in records] == [2013, None, None]


def test_what_a_sheet_claims_of_its_size_costs_nothing(tmp_path: Path) -> None:
    rows = (
        '<row r="2"><c r="A2" t="str"><v>Trust</v></c><c r="XFD2"><v>7</v></c></row>'
        '<row r="1048576"><c r="A1048576" t="str"><v>Care</v></c></row>'
    )
    before = time.process_time()
    records, problems = read(packed(tmp_path, sheet_of(rows)))
    assert [(record.line, record.raw) for record, _ in records] == [
        (2, [("title", "Trust"), ("", "7")]),
        (1048576, [("title", "Care")]),
    ]
    assert len(problems) == 1
    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('<row r="1048577"><c><v>1</v></c></row>', "beyond what a sheet can hold"),
        ('<row r="3"><c r="XFE3"><v>1</v></c></row>', "beyond what a sheet can hold"),
        ('<row r="3"><c r="A3" t="s"><v>99</v></c></row>', "points to a text that is not there"),
        ('<row r="3"><c r="A3"><v>1</v></row>', "mismatched tag"),
        ("<row r='3'><c><v>&lol;</v></c></row>", "undefined entity"),
        ("<row r='3' x='" + ">".join(map(str, range(900_000))) + "'/>", "more than 5,000,000 characters"),
    ],
)
def test_a_damaged_sheet_keeps_the_rows_before(tmp_path: Path, rows: str, reason: str) -> None:
    good = '<row r="2"><c r="A2" t="str"><v>Trust</v></c></row>'
    records, problems = read(packed(tmp_path, sheet_of(good + rows)))
    assert [fields.title for _, fields in records] == ["Trust"]
    (refused,) = errors(problems)
    assert refused.message.startswith('The sheet "S" cannot be read from row 3 on (')
    assert reason in refused.message
    assert refused.line == 3


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("before", [BOMB, OUTSIDE])
@pytest.mark.parametrize("part", ["xl/worksheets/one.xml", "xl/strings.xml", "xl/workbook.xml"])
def test_entities_are_refused_in_every_part(tmp_path: Path, before: str, part: str) -> None:
    path = packed(tmp_path, sheet_of(""), **{part: f'{before}<x xmlns="{MAIN}"><si><t>&a;</t></si></x>'})
    records, problems = read(path)
    assert records == []
    assert len(errors(problems)) == 1
    assert "DTDForbidden" in problems[0].message
    assert "save it as CSV" in problems[0].message


def test_bombs_are_refused_from_the_directory(tmp_path: Path) -> None:
    records, problems = read(packed(tmp_path, sheet_of("<row/>" * 400_000)))
    assert records == []
    (problem,) = problems
    assert problem.severity is Severity.ERROR
    assert "times its size" in problem.message


def test_too_many_strings_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realist.formats.tables.parts.MOST_STRINGS", 3)
    records, problems = read(packed(tmp_path, sheet_of(""), "<si><t>a</t></si>" * 4))
    assert records == []
    assert "it holds more than 3 texts" in errors(problems)[0].message


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2" t="str"><v>Trust</v></c><c r="B2"><v>' + "9" * 6000 + "</v></c></row>",
        "<a>" * 50_000 + "</a>" * 50_000 + '<row r="2"><c r="A2" t="str"><v>Trust</v></c></row>',
        '<row r="99999999999999999999"><c r="A2" t="str"><v>Trust</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>0</v></c></row>',
    ],
    ids=["huge number", "deep", "huge row number", "long string"],
)
def test_hostile_sheets_are_read(tmp_path: Path, rows: str) -> None:
    before = time.process_time()
    records, problems = read(
        packed(tmp_path, sheet_of(rows), "<si><t>Trust " + "x y " * 200_000 + "</t></si>")
    )
    assert [fields.title[:5] for _, fields in records] == ["Trust"]
    assert errors(problems) == []
    assert time.process_time() - before < 8


def test_a_packed_file_that_is_damaged_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, sheet_of('<row r="2"><c r="A2" t="str"><v>Trust</v></c></row>'))
    content = bytearray(path.read_bytes())
    at = content.find(b"xl/worksheets/one.xml") + len("xl/worksheets/one.xml") + 20
    content[at : at + 10] = b"\0" * 10
    path.write_bytes(bytes(content))
    records, problems = read(path)
    assert records == []
    assert len(errors(problems)) == 1
