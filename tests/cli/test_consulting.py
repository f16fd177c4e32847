"""People who were asked, in verbs: what they said beside the grid and under a part, and what followed."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.cli.conftest import Ask, AskJson, Run


def _meeting(ask: Ask) -> None:
    ask("consultation", "add", "June", "--held", "2026-06-02", "--people", "3")
    ask(
        "consultation",
        "feedback",
        "June",
        "for",
        "That is us.",
        "--about",
        "mechanism M1",
        "--who",
        "a nurse",
    )
    ask("consultation", "feedback", "June", "against", "Not here.", "--about", "mechanism M1")


def test_what_people_say_is_a_line_below_the_grid(small: Path, ask: Ask, ask_json: AskJson) -> None:
    before = ask_json("grid")
    _meeting(ask)
    after = ask_json("grid")
    (first, *_) = after["columns"]
    assert (first["name"], first["voices"]) == ("Trust between professions", {"for": 1, "against": 1})
    assert [row["cells"] for row in after["rows"]] == [row["cells"] for row in before["rows"]]
    assert [column["n"] for column in after["columns"]] == [column["n"] for column in before["columns"]]
    (line,) = [row for row in ask("grid").split("\n") if row.startswith("stakeholders  ")]
    assert "+1−1" in line
    ask("grid", "--csv", "grid.csv")
    written = Path("grid.csv").read_text(encoding="utf-8-sig").splitlines()
    (row,) = [row for row in csv.reader(written) if "stakeholders" in row]
    assert "'+1 −1" in row


def test_words_are_a_source_of_a_part(small: Path, ask: Ask, ask_json: AskJson, run: Run) -> None:
    _meeting(ask)
    ask("cmo", "part", "2b", "1", "--said", "June f1")
    (source,) = [one for one in ask_json("cmo", "show", "2b")["elements"][0]["sources"] if one["feedback"]]
    assert (source["kind"], source["text"]) == ("statement", "That is us. (a nurse, June)")
    assert "statement: That is us. (a nurse, June)" in ask("cmo", "show", "2b")
    ask("cmo", "part", "2b", "1", "--said", "June f1")
    assert (
        len([one for one in ask_json("cmo", "show", "2b")["elements"][0]["sources"] if one["feedback"]]) == 1
    )
    assert "a source of" in ask("consultation", "show", "June")
    said = run("consultation", "withdraw", "June f1", "--reason", "x")
    assert said.sentence.startswith("Nothing was changed: 1 element source made since rests on it.")


def test_acts_that_name_it_are_found_and_go_with_their_undo(small: Path, ask: Ask, ask_json: AskJson) -> None:
    _meeting(ask)
    ask("search", "add", "Web 3", "--stage", "2", "--led-by", "June")
    (act,) = ask_json("consultation", "show", "June")["acts"]
    assert (act["intention"], act["subject"], act["how"]) == ("add search", "Web 3", "found")
    ask("undo")
    assert ask_json("consultation", "show", "June")["acts"] == []
    ask("redo")
    ask("consultation", "followed", "June", "2")
    assert [one["how"] for one in ask_json("consultation", "show", "June")["acts"]] == ["linked", "found"]


def test_consultations_stand_by_date_where_all_have_one(small: Path, ask: Ask, ask_json: AskJson) -> None:
    before = [row["name"] for row in ask_json("consultation", "list")]
    ask("consultation", "add", "June", "--held", "2026-06-02")
    ask("consultation", "add", "May", "--held", "2026-05")
    assert [row["name"] for row in ask_json("consultation", "list") if row["name"] not in before] == [
        "May",
        "June",
    ]
    ask("consultation", "add", "Once", "--held", "in winter")
    names = [row["name"] for row in ask_json("consultation", "list")]
    assert names[-3:] == ["June", "May", "Once"], "in the order in which they were recorded"
