"""The grid as CSV and JSON: the same cells, safe in a spreadsheet, uids beside names."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from realist.exports.grid import MODES, grid_csv, grid_json, sign
from realist.queries.grid import Grid, evidence_grid
from realist.store.engine import Store
from realist.vocabulary import CellState
from tests.exports.grids import wide
from tests.exports.small import AHMED, BAKER, CRUZ, DUNN, POWER, PURPOSE, SAFETY, TRUST

STARTS = tuple("=+-@\t\r\n＝＋－＠")


@pytest.fixture(scope="module")
def grid(small: Store) -> Grid:
    """The grid of the small review."""
    with small.read() as connection:
        return evidence_grid(connection)


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(STARTS) else text


@pytest.mark.parametrize("mode", MODES)
def test_reads_back_equal_to_the_json_cell_for_cell(grid: Grid, mode: str) -> None:
    for of in (grid, wide(60, 9)):
        rows, said = _rows(grid_csv(of, mode)), grid_json(of)
        columns = said["columns"]
        assert rows[0] == ["uid", "paper", *rows[0][2:-2], "n", "reported_n"]
        assert [_bare(name) for name in rows[0][2:-2]] == [column["name"] for column in columns]
        papers = rows[1 : len(said["rows"]) + 1]
        for line, row, source in zip(papers, said["rows"], of.rows, strict=True):
            assert [line[0], _bare(line[1]), line[-2]] == [row["uid"], row["paper"], str(row["n"])]
            for shown, column in zip(line[2:-2], columns, strict=True):
                cell = row["cells"].get(column["uid"], {"state": said["default"]})
                if cell["state"] == "present":
                    expected = sign(source.cells[column["uid"]], mode, of.outcomes)
                    assert _bare(shown) == expected
                else:
                    assert shown == cell["state"]
        below = {row[1]: row for row in rows[len(said["rows"]) + 1 :]}
        assert below["n"][2:-2] == [str(column["n"]) for column in columns]
        assert below["uid"][2:-2] == [column["uid"] for column in columns]
        assert list(below) == ["n", "reported_n", "uid"]


def test_reported_numbers_stand_beside_the_counted_ones(grid: Grid) -> None:
    rows = _rows(grid_csv(grid, "ticks"))
    assert rows[1][1::5] == [AHMED, "3"]
    assert rows[1][-1] == "7"
    reported = next(row for row in rows if row[1] == "reported_n")
    assert reported[2:] == ["22", "", "unknown", "", "", ""]
    assert _rows(grid_csv(wide(2, 1), "ticks"))[3][2:4] == ["99", "99"]


@pytest.mark.parametrize("mode", MODES)
def test_no_cell_can_run_as_a_formula(grid: Grid, mode: str) -> None:
    named = wide(4, 3, name='=cmd|" /C calc"!A0')
    for of in (grid, named):
        for row in _rows(grid_csv(of, mode)):
            assert not [cell for cell in row if cell.startswith(STARTS)]
    text = grid_csv(named, mode)
    assert '"\'=cmd|"" /C calc""!A0 1"' in text.split("\n")[0]


def test_json_has_the_shape_that_scripts_rely_on(grid: Grid) -> None:
    said = grid_json(grid)
    assert said["default"] == "not_looked"
    assert {"default", "columns", "rows"} <= set(said)
    for column in said["columns"]:
        assert set(column) == {"uid", "name", "kind", "n", "reported_n", "note", "voices"}
    for row in said["rows"]:
        assert set(row) == {"uid", "paper", "n", "reported_n", "cells"}
        for cell in row["cells"].values():
            assert set(cell) == {"state", "stances", "configurations", "claims"}
            assert cell["state"] in {"present", "none", "not_recoverable"}


def test_json_says_what_the_review_holds(grid: Grid) -> None:
    said = grid_json(grid)
    uids = {column["name"]: column["uid"] for column in said["columns"]}
    numbers = [(c["name"], c["kind"], c["n"], c["reported_n"], c["note"]) for c in said["columns"]]
    assert numbers == [
        (TRUST, "mechanism", 1, 22, ""),
        (PURPOSE, "theme", 2, None, ""),
        (POWER, "mechanism", 2, None, "added by stakeholders"),
        (SAFETY, "mechanism", 2, None, ""),
    ]
    cells: dict[str, dict[str, Any]] = {row["paper"]: row["cells"] for row in said["rows"]}
    trust = cells[AHMED][uids[TRUST]]
    assert trust == {
        "state": "present", "stances": ["supports", "weakens"], "configurations": [], "claims": 2,
    }  # fmt: skip
    assert len(cells[BAKER][uids[POWER]]["configurations"]) == 1
    assert cells[BAKER][uids[TRUST]]["state"] == "not_recoverable"
    assert cells[CRUZ][uids[PURPOSE]] == {
        "state": "none", "stances": [], "configurations": [], "claims": 0,
    }  # fmt: skip
    assert set(cells[DUNN]) == {uids[SAFETY]}


def test_n_is_the_number_of_present_cells(grid: Grid) -> None:
    said = grid_json(grid)
    for column in said["columns"]:
        states = [row["cells"].get(column["uid"], {"state": ""})["state"] for row in said["rows"]]
        assert column["n"] == states.count(CellState.PRESENT)
    for row in said["rows"]:
        assert row["n"] == [cell["state"] for cell in row["cells"].values()].count("present")
