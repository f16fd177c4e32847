"""`realist paper list` with filters, sorts and CSV; tags on many papers."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.cli.conftest import Ask, AskJson, Run


def numbers(ask_json: AskJson, *args: str) -> list[int]:
    return [row["number"] for row in ask_json("paper", "list", *args)]


def test_words_and_fields_narrow_the_list(small: Path, ask_json: AskJson) -> None:
    assert numbers(ask_json, "power") == [2]
    assert numbers(ask_json, "--search", "pow", "has:box") == [2]
    assert numbers(ask_json, "title:power in") == [2]
    assert numbers(ask_json, "in power") == []
    assert numbers(ask_json, "has:evidence", "--sort", "evidence", "--desc") == [1, 2, 5]
    assert numbers(ask_json, "--limit", "2", "--after", "2") == [3, 4]


def test_a_minus_before_a_field_turns_it_around(small: Path, ask: Ask) -> None:
    found = json.loads(ask("paper", "list", "--json", "--", "-has:evidence"))
    assert [row["number"] for row in found] == [3, 4]


def test_what_is_listed_says_how_many_fit(small: Path, ask: Ask) -> None:
    assert "\n1 of 5 papers.\n" in ask("paper", "list", "power")
    many = ask("paper", "list", "has:evidence", "--limit", "2")
    assert "\n2 of 3 that fit; 5 papers in all. Go on with --after 2.\n" in many
    assert "\n2 of 5 papers. Go on with --after 2.\n" in ask("paper", "list", "--limit", "2")
    assert ask("paper", "list", "nonesuch") == "No paper fits; there are 5 papers in this review.\n"
    assert ask("paper", "list", "--after", "9") == "No paper comes after that one; 5 fit.\n"


def test_an_empty_review_says_what_to_do(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    assert ask("paper", "list") == (
        "There is no paper in this review yet: read an export with `realist import FILE`, or add one with"
        " `realist paper add`.\n"
    )
    assert ask_json("paper", "list") == []


def test_what_was_not_understood_is_told_beside_the_list(small: Path, run: Run) -> None:
    said = run("paper", "list", "yaer:2019", "--json")
    assert said.out == "[]\n"
    assert said.sentence.startswith("“yaer:” is no field: use title, author, year")


def test_a_csv_file_holds_all_that_fit_and_runs_no_formula(small: Path, ask: Ask) -> None:
    ask("paper", "tag", "#4", "#1", "--name", "=1+1")
    assert ask("paper", "list", "--csv", "out.csv", "label:(20") == "4 papers were written to out.csv.\n"
    with Path("out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["number"]: row for row in csv.DictReader(file)}
    assert list(rows) == ["1", "2", "3", "4"]
    assert rows["4"]["label"] == "'=Dunn (2022)"
    assert (rows["4"]["tags"], rows["4"]["year"], rows["4"]["authors"]) == ("'=1+1", "", "")
    assert (rows["1"]["authors"], rows["1"]["year"], rows["1"]["state"]) == ("Ahmed, A.", "2019", "included")
    assert (rows["1"]["evidence"], rows["1"]["boxes"]) == ("3", "1")


def test_a_csv_file_that_cannot_be_written(small: Path, run: Run) -> None:
    said = run("paper", "list", "--csv", "no/out.csv")
    assert (said.status, said.sentence) == (1, "no/out.csv cannot be written: No such file or directory.")


def test_tags_come_and_go_in_one_act(small: Path, ask: Ask, ask_json: AskJson) -> None:
    assert ask_json("paper", "tag", "#1", "#2", "--name", "poster") == {"tagged": 1}
    assert numbers(ask_json, "tag:poster") == [1, 2]
    assert ask_json("paper", "untag", "#1", "#2", "#3", "--name", "poster") == {"untagged": 2}
    assert numbers(ask_json, "tag:poster") == []
    ask("undo")
    assert numbers(ask_json, "tag:poster") == [1, 2]
