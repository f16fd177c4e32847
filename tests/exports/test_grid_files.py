"""The grid in every format reads back equal to `grid --json`, cell for cell, and leads to what is behind."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from typing import Any

import docx
import openpyxl
import pytest

from realist.exports.arranging import turned
from realist.exports.grid import MODES, grid_json, shown_number, sign
from realist.exports.grid_table import grid_document, grid_table
from realist.exports.table import Document
from realist.exports.writing import FORMATS, written
from realist.queries.behind import sources_of_cells
from realist.queries.cell import behind
from realist.queries.grid import Grid, evidence_grid
from realist.store.engine import Store
from tests.exports.grids import wide
from tests.exports.readers import READERS, Read, read_docx
from tests.exports.small import AHMED, BAKER, POWER, QUOTATION, TRUST
from tests.golden import golden

TABULAR = [name for name in FORMATS if name != "json"]


@pytest.fixture(scope="module")
def grid(small: Store) -> Grid:
    """The grid of the small review."""
    with small.read() as connection:
        return evidence_grid(connection)


def _document(of: Grid, mode: str, name: str) -> Document:
    return Document("Grid", [grid_table(of, mode, flat=FORMATS[name].flat)])


def _read(content: bytes, name: str, of: Grid) -> Read:
    if name == "docx":
        return read_docx(content, -(-len(of.columns) // 20))
    return READERS[name](content)


def _expected(of: Grid, said: dict[str, Any], mode: str, *, words: bool) -> list[tuple[str, list[str]]]:
    """Return the rows as they should be read: of present cells the sign, of others a word or a sign."""
    signs = {"none": "·", "not_recoverable": "?", "not_looked": ""}
    rows = []
    for row, source in zip(said["rows"], of.rows, strict=True):
        cells = []
        for column in said["columns"]:
            state = row["cells"].get(column["uid"], {"state": said["default"]})["state"]
            present = state == "present"
            cells.append(
                sign(source.cells[column["uid"]], mode, of.outcomes)
                if present
                else state
                if words
                else signs[state]
            )
        rows.append((row["paper"], [*cells, str(row["n"])]))
    return rows


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("mode", MODES)
def test_reads_back_equal_to_the_json_cell_for_cell(grid: Grid, name: str, mode: str) -> None:
    for of in (grid, wide(60, 9), wide(3, 2, reported=False)):
        document = _document(of, mode, name)
        found, said = _read(written(document, name), name, of), grid_json(of)
        n = len(said["columns"])
        assert found.columns[: n + 1] == [*(column["name"] for column in said["columns"]), "n"]
        expected = _expected(of, said, mode, words=name == "csv")
        assert [(row, cells[: n + 1]) for row, cells in found.rows[: len(expected)]] == expected
        assert found.below("n")[:n] == [str(column["n"]) for column in said["columns"]]
        if any(column.reported for column in of.columns):
            shown = [shown_number(column.reported) for column in of.columns]
            below = found.below("reported_n" if name == "csv" else "reported")[:n]
            if name in ("csv", "xlsx"):  # a number of a spreadsheet keeps how exact it is in its format
                shown = [text.lstrip("≥≈") for text in shown]
            assert below == shown


def test_the_json_of_a_grid_is_that_of_the_verb_with_what_stands_behind(small: Store, grid: Grid) -> None:
    with small.read() as connection:
        document = grid_document(connection, grid, "ticks")
        across = grid_document(connection, turned(grid), "ticks", whole=grid)
    found = json.loads(written(document, "json"))
    assert {key: found[key] for key in grid_json(grid)} == grid_json(grid)
    assert found["show"] == "ticks"
    uids = {row["uid"]: row["paper"] for row in found["rows"]} | {
        of["uid"]: of["name"] for of in found["columns"]
    }
    pieces = {(uids[one["paper"]], uids[one["mechanism"]]): one["pieces"] for one in found["behind"]}
    assert [piece["words"] for piece in pieces[AHMED, TRUST]] == ["trust helps", "until it is broken"]
    assert pieces[BAKER, POWER][0]["quotation"] == QUOTATION
    assert [pieces[BAKER, POWER][0][key] for key in ("place", "paper", "by")] == ["p676", BAKER, "SF"]
    other = json.loads(written(across, "json"))
    assert {key: other[key] for key in grid_json(grid)} == grid_json(grid)
    key = lambda one: (one["paper"] or "", one["mechanism"] or "")  # noqa: E731
    assert sorted(other["behind"], key=key) == sorted(found["behind"], key=key)


@pytest.mark.parametrize("name", [name for name in TABULAR if name != "csv"])
def test_every_present_cell_leads_to_its_words(small: Store, grid: Grid, name: str) -> None:
    with small.read() as connection:
        document = grid_document(connection, grid, "ticks")
    (table,) = document.tables
    present = [cell for row in table.rows for cell in row.cells if cell.state == "present"]
    assert present
    assert all(cell.behind in table.behind for cell in present)
    content = written(document, name)
    text = _all_text(content, name)
    for words in (
        "trust helps",
        "until it is broken",
        "named, not judged",
        QUOTATION,
        "p676",
        "no words quoted",
    ):
        assert words in text, words


def _all_text(content: bytes, name: str) -> str:
    if name == "xlsx":
        sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
        return "\n".join(
            str(value) for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row
        )
    if name == "docx":
        return "\n".join(
            t.text or "" for t in docx.Document(io.BytesIO(content)).element.iter() if t.tag.endswith("}t")
        )
    text = content.decode("utf-8")
    return text.replace("\\", "") if name == "markdown" else text


def test_links_lead_both_ways(small: Store, grid: Grid) -> None:
    with small.read() as connection:
        document = grid_document(connection, grid, "ticks")
    keys = len(document.tables[0].behind)
    page = written(document, "html").decode("utf-8")
    there, back = set(re.findall(r'href="#(Grid-[^"]+)"', page)), set(re.findall(r'href="#(c-[^"]+)"', page))
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert len(there) == len(back) == keys
    assert there | back <= ids
    book = openpyxl.load_workbook(io.BytesIO(written(document, "xlsx")))
    assert book.sheetnames == ["Grid", "Quotations", "About"]
    there_, back_ = (
        {
            cell.coordinate: (cell.hyperlink.location or "").rpartition("!")[2]
            for row in sheet.iter_rows()
            for cell in row
            if cell.hyperlink
        }
        for sheet in book.worksheets[:2]
    )
    assert len(there_) == keys
    for place, target in there_.items():
        assert back_[target] == place
    made = docx.Document(io.BytesIO(written(document, "docx"))).element
    names = {one.get(f"{_W}name") for one in made.iter(f"{_W}bookmarkStart")}
    anchors = [one.get(f"{_W}anchor") for one in made.iter(f"{_W}hyperlink")]
    assert len(anchors) == keys
    assert set(anchors) == names
    text = written(document, "latex").decode("utf-8")
    targets = set(re.findall(r"\\hypertarget\{([^}]+)\}", text))
    assert len(targets) == 2 * keys
    assert set(re.findall(r"\\hyperlink\{([^}]+)\}", text)) == targets


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_what_stands_behind_a_grid_is_what_stands_behind_each_cell(small: Store, grid: Grid) -> None:
    with small.read() as connection:
        found = sources_of_cells(connection, [column.uid for column in grid.columns])
        seen = 0
        for row in grid.rows:
            for column in grid.columns:
                cell, at = behind(connection, row.uid, column.uid), (row.uid, column.uid)
                assert [one.uid for one in found.claims.get(at, ())] == [one.uid for one in cell.evidence]
                assert [one.uid for one in found.boxes.get(at, ())] == [one.box.uid for one in cell.boxes]
                seen += len(cell.evidence) + len(cell.boxes)
    assert seen == 8


def test_a_grid_of_many_columns_is_split_and_turned_upright() -> None:
    content = written(Document("Grid", [grid_table(wide(45, 3), "ticks")]), "docx")
    made = docx.Document(io.BytesIO(content))
    assert [len(table.columns) for table in made.tables] == [16, 16, 18]
    assert all(section.orientation == 1 for section in made.sections)
    assert content.count(b"PK") > 5
    heads = [row for row in made.element.iter(f"{_W}tr") if row.find(f"{_W}trPr/{_W}tblHeader") is not None]
    assert len(heads) == 3
    assert len(list(made.element.iter(f"{_W}textDirection"))) == 45
    text = written(Document("Grid", [grid_table(wide(45, 3), "ticks")]), "latex").decode("utf-8")
    assert text.count("\\begin{longtable}") == 3
    assert text.count("\\rotatebox{90}") == 45 * 2


def test_notes_that_many_cells_have_are_said_once(small: Store, grid: Grid) -> None:
    from realist.queries.behind import Looked

    with small.read() as connection:
        found = sources_of_cells(connection, [column.uid for column in grid.columns])
    empty = [
        (row.uid, of) for row in grid.rows for of, cell in row.cells.items() if str(cell.state) == "none"
    ]
    many = wide(8, 8)
    looked = {
        (row.uid, of): [Looked(f"{row.uid}{of}", "none", "searched by hand", "SF")]
        for row in many.rows
        for of, cell in row.cells.items()
        if str(cell.state) == "none"
    }
    table = grid_table(many, "ticks", {}, replace(found, readings=looked))
    assert f"· in {len(looked)} cells: searched by hand (SF)" in table.notes
    assert not table.behind
    assert empty
    few = dict(list(looked.items())[:2])
    table = grid_table(many, "ticks", {}, replace(found, readings=few))
    assert [one.pieces[0].words for one in table.behind.values()] == ["searched by hand"] * 2


@pytest.mark.parametrize("name", ["csv", "markdown", "html", "latex"])
def test_the_files_of_the_small_grid_are_kept(small: Store, grid: Grid, name: str) -> None:
    with small.read() as connection:
        document = grid_document(connection, grid, "stance", flat=FORMATS[name].flat)
    suffix = FORMATS[name].suffixes[0]
    encoding = "utf-8-sig" if name == "csv" else "utf-8"
    golden(f"small_grid{suffix}", written(document, name).decode(encoding))
