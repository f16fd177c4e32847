"""Workbooks: no formula, nothing cut in silence, the same bytes each time."""

from __future__ import annotations

import io
import sys
import zipfile
from typing import Any

import pytest

from realist.errors import RealistError
from realist.formats.records import Fields
from realist.formats.writing import losses, write
from realist.formats.writing.table import COLUMNS
from tests.formats.written import ORDINARY, TRAPS, check_law

openpyxl = pytest.importorskip("openpyxl")


def book(*papers: Fields) -> bytes:
    target = io.BytesIO()
    write(papers, "xlsx", target)
    return target.getvalue()


def rows(*papers: Fields) -> list[dict[str, Any]]:
    """Return the cells of each paper by the name of their column."""
    sheet = openpyxl.load_workbook(io.BytesIO(book(*papers))).active
    header = [cell.value for cell in sheet[1]]
    assert tuple(header) == COLUMNS
    return [dict(zip(header, row, strict=True)) for row in sheet.iter_rows(min_row=2)]


def test_a_year_is_a_number_and_everything_else_is_text() -> None:
    (row,) = rows(ORDINARY)
    assert (row["year"].value, row["year"].data_type) == (2019, "n")
    assert row["title"].value == ORDINARY.title
    assert row["authors"].value == "\n".join(ORDINARY.authors)
    texts = [cell for name, cell in row.items() if name != "year" and cell.value is not None]
    assert {cell.data_type for cell in texts} <= {"s", "inlineStr"}


@pytest.mark.parametrize("trap", [*TRAPS, '=HYPERLINK("http://example.org")', "#N/A", "#REF!", "2019-01-01"])
def test_nothing_is_a_formula_an_error_or_a_date(trap: str) -> None:
    content = book(Fields(title=trap, abstract=trap, keywords=(trap, trap), notes=f"{trap}\n{trap}"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b't="e"' not in sheet
    assert b't="d"' not in sheet
    for cell in openpyxl.load_workbook(io.BytesIO(content)).active[2]:
        assert cell.data_type in ("s", "inlineStr", "n")
        assert not str(cell.value or "").startswith(tuple("=+-@＝＋－＠"))


def test_what_is_too_long_for_a_cell_is_cut_and_named() -> None:
    for text in ("word " * 8000, "🙂" * 20_000, "_x0041_" * 6000):
        paper = ORDINARY._replace(type="JOUR", abstract=text.strip())
        (loss,) = losses(paper, "xlsx")
        assert loss.field == "abstract"
        assert loss.why.startswith("A cell holds 32,767 characters: it reads back as ")
        check_law([paper, ORDINARY], "xlsx")
        (row,) = rows(paper)
        assert 15_000 < len(row["abstract"].value.encode("utf-16-le")) / 2 <= 32_767 * 2
    for text in ("x" * 32_767, "🙂" * 16_383):
        assert losses(ORDINARY._replace(abstract=text), "xlsx") == []


def test_the_same_papers_give_the_same_bytes() -> None:
    first = book(ORDINARY, ORDINARY._replace(title="Other"))
    assert first == book(ORDINARY, ORDINARY._replace(title="Other"))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_without_the_extra_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(RealistError, match=r"needs the extra: pip install 'realist\[xlsx\]'"):
        book(ORDINARY)
