"""The grid as text: fits the width, leaves nothing out, says how without colour."""

from __future__ import annotations

import pytest

from realist.exports.grid import MODES, grid_text, sign
from realist.queries.grid import Cell, Grid, evidence_grid
from realist.store.engine import Store
from realist.text import cell_width
from realist.vocabulary import CellState
from tests.exports.grids import blocks, present, signs, wide
from tests.exports.small import AHMED, BAKER, CRUZ, DUNN, UNLABELLED
from tests.golden import golden

WIDTHS = (60, 80, 120, 200)


@pytest.fixture(scope="module")
def grid(small: Store) -> Grid:
    """The grid of the small review."""
    with small.read() as connection:
        return evidence_grid(connection)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("reported", [True, False])
@pytest.mark.parametrize("columns", [1, 4, 10, 60])
def test_no_line_is_wider_than_asked(width: int, mode: str, reported: bool, columns: int) -> None:
    text = grid_text(wide(columns, 7, reported=reported), mode, width)
    assert max(map(cell_width, text.split("\n"))) <= width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["領導力與團隊之間的信任關係", "Перспектива-" * 4, "e\u0301" * 30])
def test_wide_and_marked_letters_fit_too(width: int, name: str) -> None:
    text = grid_text(wide(5, 3, name=name), "ticks", width)
    assert max(map(cell_width, text.split("\n"))) <= width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("mode", MODES)
def test_sixty_columns_show_every_cell_of_every_paper(width: int, mode: str) -> None:
    grid = wide(60, 9)
    shown = signs(grid_text(grid, mode, width))
    assert len(shown) == 60 * 9
    for row in grid.rows:
        for column in grid.columns:
            expected = sign(row.cells.get(column.uid), mode, grid.outcomes)
            assert shown[row.label, f"M{column.number}"] == expected


@pytest.mark.parametrize("width", WIDTHS)
def test_sums_stand_under_their_columns_and_after_their_rows(width: int) -> None:
    grid = wide(60, 9)
    text = grid_text(grid, "ticks", width)
    under = {"n": [str(column.n) for column in grid.columns], "reported": ["≥99"] * 60}
    for label, expected in under.items():
        rows = [line.split() for block in blocks(text) for line in block if line.split()[:1] == [label]]
        assert [word for row in rows for word in row[1:]] == expected
    last = blocks(text)[-1]
    assert last[0].endswith("n  reported")
    ends = [row.split()[-2:] for row in last[2:11]]
    assert ends == [[str(row.n), str(row.reported.value)] for row in grid.rows if row.reported]


def test_every_column_is_explained_once() -> None:
    legend = grid_text(wide(60, 3), "ticks", 80).rstrip().split("\n\n")[-1].split("\n")
    for number in range(1, 61):
        line = [line for line in legend if line.split()[0] == f"M{number}"]
        note = " — a note" if number == 3 else ""
        assert [" ".join(one.split()) for one in line] == [f"M{number} Mechanism {number}{note}"]


def test_names_stand_as_headings_where_there_is_room(grid: Grid) -> None:
    text = grid_text(grid, "ticks", 120)
    head = text.split("─")[0]
    words = {word for column in grid.columns for word in column.name.split()}
    assert words <= set(head.split())
    assert "M1" not in text
    assert "Use of power — added by stakeholders" in text


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("place", range(8))
def test_the_four_states_differ_without_colour(mode: str, place: int) -> None:
    cells = [None, Cell(CellState.NONE), Cell(CellState.NOT_RECOVERABLE), present(place)]
    shown = [sign(cell, mode, {"box": ["+", "-", "0", "±"]}) for cell in cells]
    assert len(set(shown)) == 4
    assert shown[0] == ""
    assert not any("\x1b" in one or " " in one for one in shown)


def test_each_mode_says_what_it_shows(grid: Grid) -> None:
    shown = {mode: signs(grid_text(grid, mode, 80)) for mode in MODES}
    assert {mode: shown[mode][AHMED, "M1"] for mode in MODES} == {
        "ticks": "✓", "counts": "2", "stance": "SW", "valence": "✓",
    }  # fmt: skip
    assert {mode: shown[mode][BAKER, "M3"] for mode in MODES} == {
        "ticks": "✓", "counts": "1", "stance": "✓", "valence": "−+",
    }  # fmt: skip
    for mode in MODES:
        assert shown[mode][BAKER, "M1"] == "?"
        assert shown[mode][CRUZ, "M1"] == "·"
        assert shown[mode][DUNN, "M1"] == ""


def test_a_stance_of_a_later_version_shows_as_a_mark() -> None:
    cell = Cell(CellState.PRESENT, ["supports", "doubles"], [], 2)
    assert sign(cell, "stance", {}) == "S!"


def test_every_paper_of_the_small_review_is_a_row(grid: Grid) -> None:
    text = grid_text(grid, "ticks", 200)
    for label in (AHMED, BAKER, CRUZ, DUNN, UNLABELLED[:20]):
        assert sum(line.startswith(label) for line in text.split("\n")) == 1
    assert "5 papers of the included set 'printed'" in " ".join(text.split())


def test_an_empty_grid_says_what_is_missing() -> None:
    assert grid_text(wide(0, 3), "ticks", 80) == "The grid is empty: there is no mechanism yet.\n"
    without_papers = grid_text(wide(3, 0), "ticks", 80)
    assert without_papers == "The grid is empty: there is no paper that anything was recorded of yet.\n"


@pytest.mark.parametrize("mode", MODES)
def test_the_grid_reads_as_kept(grid: Grid, mode: str) -> None:
    golden(f"small_grid_{mode}_80.txt", grid_text(grid, mode, 80))


@pytest.mark.parametrize("width", [60, 120])
def test_the_grid_reads_as_kept_in_other_widths(grid: Grid, width: int) -> None:
    golden(f"small_grid_ticks_{width}.txt", grid_text(grid, "ticks", width))
