"""Figures: what they show is what the tables say; hostile words stay words; the same each time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from realist.domain.agreement import Figure
from realist.errors import Refused
from realist.exports.figures.bars import across, intervals, upright
from realist.exports.figures.drawn import FIGURES, Asked
from realist.exports.figures.heat import MOST_COLUMNS, MOST_ROWS, heat_map
from realist.exports.figures.rendering import rendered
from realist.exports.grid_table import grid_table
from realist.exports.table import Cell, Column, Holds, Row, Table
from realist.queries.grid import evidence_grid
from realist.queries.reporting import countries, in_order, members_of
from realist.queries.voices import voices
from realist.store.engine import Store, open_store

HOSTILE = '<script>alert(1)</script>&"\x1b[31m$x^2$'


@pytest.fixture(scope="module")
def tour(tour_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample, open."""
    path = tmp_path_factory.mktemp("tour") / "tour.realist"
    path.write_bytes(tour_file.read_bytes())
    store = open_store(str(path))
    yield store
    store.close()


def texts(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg).iter() if one.tag.endswith("}text")]


def heat(rows: int = 2, columns: int = 2, name: str = "row") -> Table:
    of = [Column(f"{name} {n}", holds=Holds.SIGNS) for n in range(columns)]
    made = [Row(f"{name} {n}", [Cell(str(n), number=n)] * columns) for n in range(rows)]
    return Table("k", name, "paper", of, made)


def test_a_heat_map_holds_every_sign_and_name_of_its_table(tour: Store) -> None:
    with tour.read() as connection:
        table = grid_table(evidence_grid(connection, viewer="AB"), "counts", voices(connection))
    found = Counter(texts(heat_map(table)))
    wanted = Counter(cell.shown for row in table.rows for cell in row.cells if cell.shown)
    wanted += Counter(cell.shown for row in table.foot for cell in row.cells if cell.shown)
    assert not wanted - found
    assert {row.name for row in table.rows} <= found.keys()
    assert {column.name for column in table.columns} <= found.keys()


def test_darker_is_more_and_nothing_is_white() -> None:
    svg = heat_map(heat(rows=9))
    fills = re.findall(r'<rect [^>]*fill="(#[0-9a-f]{6})" stroke="#c9c9c9"', svg)
    by_row = fills[::2]
    assert by_row[0] == "#ffffff"
    lightness = [int(fill[1:3], 16) * 0.3 + int(fill[3:5], 16) * 0.59 for fill in by_row]
    assert lightness == sorted(lightness, reverse=True)
    assert len(set(by_row)) >= 7


@pytest.mark.parametrize(("rows", "columns"), [(MOST_ROWS + 1, 1), (1, MOST_COLUMNS + 1)])
def test_what_is_too_large_is_refused_with_how_to_narrow_it(rows: int, columns: int) -> None:
    with pytest.raises(Refused, match=r"at most 300 rows by 20 columns, and this is .*--set"):
        heat_map(heat(rows, columns))
    assert heat_map(heat(MOST_ROWS, MOST_COLUMNS))


def test_years_and_countries_count_the_included_papers(tour: Store) -> None:
    with tour.read() as connection:
        _, members = members_of(connection, viewer="AB")
        years = Counter(one.year for one in in_order(connection, members) if one.year)
        of = countries(connection, viewer="AB")
        drawn = {name: FIGURES[name](connection, Asked(viewer="AB")) for name in ("years", "countries")}
    bars = re.findall(r'<rect [^>]*height="([\d.]+)" fill="#235a92"', drawn["years"])
    assert len(bars) == len(years)
    assert max(map(float, bars)) == pytest.approx(220)
    counted = Counter(name for paper in members for name in of.get(paper, ()))
    said = texts(drawn["countries"])
    for name, n in counted.items():
        assert said[said.index(name) + 1] == str(n)


def test_agreement_shows_what_cannot_be_worked_out_as_such() -> None:
    rows = [
        ("AB and CD", 40, Figure(0.62, 0.1, 0.42, 0.82)),
        ("AB and EF", 3, Figure(None, why="one verdict only")),
    ]
    svg = intervals(rows, "Agreement")
    assert {"AB and CD", "n = 40", "one verdict only", "n = 3"} <= set(texts(svg))
    assert svg.count('stroke-width="2"') == 1


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_drawn_of_an_empty_review_and_of_the_sample(
    name: str, tour: Store, store: Store
) -> None:
    for of in (tour, store):
        with of.read() as connection:
            once, again = (FIGURES[name](connection, Asked(viewer="AB")) for _ in range(2))
        assert once == again
        assert ElementTree.fromstring(once).tag.endswith("svg")


def test_hostile_words_stay_words() -> None:
    drawn = (
        heat_map(heat(name=HOSTILE)), upright({2001: 1}, HOSTILE, HOSTILE), across({HOSTILE: 2}, HOSTILE),
        intervals([(HOSTILE, 1, Figure(None, why=HOSTILE))], HOSTILE),
    )  # fmt: skip
    for svg in drawn:
        tags = {one.tag.rpartition("}")[2] for one in ElementTree.fromstring(svg).iter()}
        assert tags <= {"svg", "title", "rect", "text", "path"}
        assert "\x1b" not in svg


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["pdf", "png"])
def test_pdf_and_png_are_the_same_each_time_and_text_stays_text(ending: str) -> None:
    pytest.importorskip("matplotlib")
    svg = heat_map(heat(name="Trust"))
    first = rendered(svg, ending, columns="one")
    assert first == rendered(svg, ending, columns="one")
    assert first.startswith({"pdf": b"%PDF", "png": b"\x89PNG"}[ending])
    if ending == "pdf":
        import pypdfium2

        page = pypdfium2.PdfDocument(first)[0]
        assert "Trust 0" in page.get_textpage().get_text_range()
        assert page.get_width() == pytest.approx(89 / 25.4 * 72, abs=0.5)


@pytest.mark.slow
def test_a_path_of_ours_goes_where_it_says() -> None:
    pytest.importorskip("matplotlib")
    from realist.exports.figures.rendering import _path

    found = _path("M1,2 L3,4 l-1,-1 h8 V0 C1,1 2,2 5,5 z")
    assert [tuple(map(float, place)) for place in found.vertices] == [
        (1, 2), (3, 4), (2, 3), (10, 3), (10, 0), (1, 1), (2, 2), (5, 5), (1, 2),
    ]  # fmt: skip
