"""The grid from the command line: as text, JSON and CSV, by list and by set."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.cli.conftest import Ask, AskJson, Run
from tests.exports.small import AHMED, BAKER, CRUZ, POWER, PURPOSE, SAFETY, TRUST


def _csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_json_goes_with_a_list_and_a_set(small: Path, ask_json: AskJson) -> None:
    whole = ask_json("grid")
    assert [column["name"] for column in whole["columns"]] == [TRUST, PURPOSE, POWER, SAFETY]
    assert (whole["default"], whole["list"], whole["set"]) == ("not_looked", None, "printed")
    part = ask_json("grid", "--list", "table 1", "--set", "theory building")
    assert [column["name"] for column in part["columns"]] == [TRUST, POWER]
    assert [row["paper"] for row in part["rows"]] == [AHMED, BAKER, CRUZ]
    assert (part["list"], part["set"]) == ("Table 1", "theory building")
    uids = {column["uid"] for column in part["columns"]}
    assert all(set(row["cells"]) <= uids for row in part["rows"])


def test_cells_in_the_default_state_are_left_out(small: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("paper", "add", "--label", "New (2024)")
    ask("reading", "add", "New (2024)", "none", "--mechanism", TRUST)
    ask("set", "add", "new ones", "--paper", "New (2024)", "--listed-in", "here")
    (row,) = ask_json("grid", "--set", "new ones")["rows"]
    (cell,) = row["cells"].values()
    assert cell == {"state": "none", "stances": [], "configurations": [], "claims": 0}
    assert (row["n"], row["reported_n"]) == (0, None)


def test_a_csv_file_holds_what_the_json_says(small: Path, ask: Ask, ask_json: AskJson) -> None:
    said = ask("grid", "--csv", "grid.csv")
    assert said == "The grid was written to grid.csv: 5 papers, 4 mechanisms.\n"
    rows, grid = _csv(small / "grid.csv"), ask_json("grid", "--csv", "again.csv")
    assert (small / "again.csv").read_bytes() == (small / "grid.csv").read_bytes()
    assert [row[0] for row in rows[1:6]] == [row["uid"] for row in grid["rows"]]
    for line, row in zip(rows[1:6], grid["rows"], strict=True):
        states = [
            row["cells"].get(column["uid"], {"state": grid["default"]})["state"] for column in grid["columns"]
        ]
        assert ["present" if cell == "✓" else cell for cell in line[2:-2]] == states


def test_a_csv_file_that_cannot_be_written_is_told(small: Path, run: Run) -> None:
    said = run("grid", "--csv", "no/grid.csv")
    assert (said.status, said.out, said.sentence) == (
        1, "", "no/grid.csv cannot be written: No such file or directory.",
    )  # fmt: skip


def test_each_way_of_showing_is_asked_for(small: Path, ask: Ask) -> None:
    assert "✓ present" in ask("grid")
    assert "number: claims and boxes" in ask("grid", "--show", "counts")
    assert "SW" in ask("grid", "--show", "stance")
    assert "−+" in ask("grid", "--show", "valence")


def test_a_new_mechanism_starts_as_not_looked_at(small: Path, ask: Ask, ask_json: AskJson) -> None:
    made = ask_json("mechanism", "add", "Luck")["uid"]
    grid = ask_json("grid")
    assert grid["columns"][-1]["uid"] == made
    assert not [row for row in grid["rows"] if made in row["cells"]]
    ask("reading", "add", BAKER, "none", "--all")
    cells = {row["paper"]: row["cells"] for row in ask_json("grid")["rows"]}
    assert cells[BAKER][made]["state"] == "none"
    assert cells[BAKER] | {made: None} != cells[AHMED]
