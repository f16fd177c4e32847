"""A grid in another arrangement: the same cells, fewer papers, another order, rows and columns changed."""

from __future__ import annotations

import csv
import io

import pytest

from realist.exports.arranging import arranged, turned
from realist.exports.grid import MODES, grid_text
from realist.vocabulary import CellState
from tests.exports.grids import grid_csv, wide

GRID = wide(5, 9)


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_nothing_said_leaves_the_grid_as_it_is() -> None:
    assert arranged(GRID) == GRID


def test_papers_and_mechanisms_stand_in_the_order_given_and_n_counts_what_is_shown() -> None:
    papers = [GRID.rows[place].uid for place in (7, 2, 5)]
    mechanisms = [GRID.columns[place].uid for place in (4, 0)]
    found = arranged(GRID, papers=[*papers, "nothing"], mechanisms=mechanisms)
    assert [row.uid for row in found.rows] == papers
    assert [column.uid for column in found.columns] == mechanisms
    known = {row.uid: row for row in GRID.rows}
    for row in found.rows:
        assert row.cells == {of: cell for of, cell in known[row.uid].cells.items() if of in mechanisms}
        assert row.n == sum(cell.state is CellState.PRESENT for cell in row.cells.values())
    for column in found.columns:
        cells = [row.cells.get(column.uid) for row in found.rows]
        assert column.n == sum(cell is not None and cell.state is CellState.PRESENT for cell in cells)


@pytest.mark.parametrize("mode", MODES)
def test_turned_the_csv_has_the_same_cells_across(mode: str) -> None:
    straight, across = rows_of(grid_csv(GRID, mode)), rows_of(grid_csv(turned(GRID), mode))
    assert across[0][:2] == ["uid", "mechanism"]
    assert across[0][2:-2] == [row[1] for row in straight[1:10]]
    assert [row[1] for row in across[1:6]] == straight[0][2:-2]
    for i, row in enumerate(across[1:6]):
        assert row[2:-2] == [line[i + 2] for line in straight[1:10]]
        assert row[0] == straight[-1][i + 2]
    assert across[-1][2:-2] == [row[0] for row in straight[1:10]]


def test_turned_counts_and_reported_numbers_stay_with_their_thing() -> None:
    across = turned(GRID)
    assert [(row.n, row.reported) for row in across.rows] == [(of.n, of.reported) for of in GRID.columns]
    assert [(of.n, of.reported) for of in across.columns] == [(row.n, row.reported) for row in GRID.rows]
    assert across.turned
    assert not GRID.turned


@pytest.mark.parametrize("width", [40, 80, 200])
def test_turned_the_text_keeps_its_width_and_says_what_the_codes_mean(width: int) -> None:
    text = grid_text(turned(wide(5, 30)), "ticks", width)
    assert max(map(len, text.split("\n"))) <= width
    assert "P30  " in text
    assert "30 papers" in text
    assert "M1 " not in text.replace("Mechanism", "")
