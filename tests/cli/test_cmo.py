"""Boxes from the command line: typed in the notation, from standard input, shown again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from realist.cli.main import cli
from realist.domain.notation import read
from realist.errors import RealistError
from tests.cli.conftest import Ask, AskJson, Run
from tests.exports.small import BAKER, POWER, TEXT


def _parts(box: dict[str, Any]) -> list[tuple[str, str, str | None, int, str]]:
    return [(e["kind"], e["text"], e["valence"], e["segment"], e["join"]) for e in box["elements"]]


def test_a_box_is_typed_as_the_field_prints_it(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("paper", "add", "--label", BAKER)
    ask("mechanism", "add", POWER)
    made = ask_json(
        "cmo", "add", TEXT, "--paper", BAKER, "--mechanism", "m1", "--label", "4", "--polarity", "absence",
        "--country", "Sweden", "--narrative", "One.\n\nTwo.",
    )  # fmt: skip
    (box,) = ask_json("cmo", "list")
    assert box["uid"] == made["uid"]
    assert _parts(box) == [
        ("context", "Two departments merge", None, 1, ""),
        ("resource", "the leader asks for views", "+", 2, ""),
        ("reasoning", "overrides them", "-", 2, "but"),
        ("outcome", "the team is upset", "-", 3, ""),
        ("outcome", "stays", "+", 3, "and"),
    ]
    assert [paper["label"] for paper in box["papers"]] == [BAKER]
    assert [mechanism["name"] for mechanism in box["mechanisms"]] == [POWER]
    assert (box["status"], box["polarity"], box["narrative"]) == ("paper-level", "absence", "One.\n\nTwo.")
    shown = ask("cmo", "show", "4")
    assert "→ the leader asks for views (M+, Resource) but overrides them (M–, Reasoning)" in shown
    assert ask_json("cmo", "show", "#1") == box


def test_a_box_comes_from_standard_input(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("cmo", "add", "--label", "1", input="A merger (C)\n→ people stay (O+)\n")
    ask("cmo", "add", "-", "--label", "2", input="A merger (C)")
    assert [len(box["elements"]) for box in ask_json("cmo", "list")] == [2, 1]


def test_what_cannot_be_read_is_kept_and_its_place_named(bare: Path, run: Run, ask_json: AskJson) -> None:
    said = run("cmo", "add", "A merger (C) → something that nobody tagged")
    assert said.status == 0
    assert said.err.startswith("realist: at character ")
    assert "unsure" in said.err
    assert said.out == "The box was added with 2 parts.\n"
    (box,) = ask_json("cmo", "list")
    assert [element["kind"] for element in box["elements"]] == ["context", "unsure"]
    assert box["elements"][1]["text"] == "something that nobody tagged"
    assert box["status"] == "candidate"


def test_boxes_are_listed_by_paper_and_by_mechanism(small: Path, ask_json: AskJson, run: Run) -> None:
    assert [box["label"] for box in ask_json("cmo", "list", "--paper", "Ahmed (2019)")] == ["2b"]
    assert [box["label"] for box in ask_json("cmo", "list", "--mechanism", POWER)] == ["1"]
    assert ask_json("cmo", "list", "--paper", "Cruz (2021)") == []
    assert run("cmo", "list", "--paper", "Nobody").status == 1


@pytest.mark.parametrize("name", ["2b", "#2"])
def test_a_box_answers_to_its_label_and_number(name: str, small: Path, ask_json: AskJson) -> None:
    assert ask_json("cmo", "show", name)["label"] == "2b"


def test_a_bare_number_that_is_no_label_drops_nothing(small: Path, ask_json: AskJson, run: Run) -> None:
    result = run("cmo", "drop", "2", "--reason", "thin")
    assert result.status == 1
    assert "No box has the label 2, and other labels are numbers. To mean box '#2 2b', write \"#2\"." in (
        result.err
    )
    assert [box["status"] for box in ask_json("cmo", "list")].count("dropped") == 0


def test_standard_input_that_is_no_text_is_told(bare: Path) -> None:
    result = CliRunner().invoke(cli, ["cmo", "add"], input=b"A merger (C) \xff")
    assert isinstance(result.exception, RealistError)
    assert str(result.exception) == "Standard input is not UTF-8 (byte 14)."


@pytest.mark.parametrize(
    "source", [TEXT, "If a merger then people stay because they care", "(C) x (M) y (O) z"]
)
def test_what_is_listed_is_what_was_read(source: str, bare: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("cmo", "add", source)
    (box,) = ask_json("cmo", "list")
    expected = [
        (str(part.kind), part.text, part.valence and str(part.valence), part.segment, part.join)
        for part in read(source).parts
    ]
    assert _parts(box) == expected


def test_boxes_of_a_review_are_json_that_python_reads(small: Path, ask: Ask) -> None:
    assert [box["label"] for box in json.loads(ask("cmo", "list", "--json"))] == ["1", "2b", ""]


def test_a_box_is_edited_and_only_what_is_given_changes(small: Path, ask: Ask, ask_json: AskJson) -> None:
    (before,) = [box for box in ask_json("cmo", "list") if box["label"] == "2b"]
    ask("cmo", "edit", "2b", "--title", "Unheard", "--polarity", "not stated", "--mechanism", POWER)
    ask("cmo", "edit", "2b", "--paper", "", "--reason", "of nobody")
    after = ask_json("cmo", "show", "2b")
    changed = {key for key in after if after[key] != before[key]}
    assert changed - {"polarity"} == {"title", "mechanisms", "papers"}
    assert (after["title"], after["polarity"], after["papers"]) == ("Unheard", None, [])
    assert [row["reason"] for row in ask_json("log", "--limit", "2")] == ["of nobody", ""]
    ask("undo")
    ask("undo")
    assert ask_json("cmo", "show", "2b") == before


def test_parts_that_are_written_anew_keep_what_they_rest_on(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("cmo", "add", "A merger (C) → all stay (O+)", "--label", "1")
    (box,) = ask_json("cmo", "list")
    said = ask("cmo", "edit", "1", "-", input="Debts (C) and a merger (C) → all stayed (O+) and so on")
    assert said == "Box 1 was changed.\n"
    after = ask_json("cmo", "show", "1")["elements"]
    assert [(element["text"], element["kind"]) for element in after] == [
        ("Debts", "context"), ("a merger", "context"), ("all stayed", "outcome"), ("so on", "unsure"),
    ]  # fmt: skip
    assert [after[1]["uid"], after[2]["uid"]] == [element["uid"] for element in box["elements"]]
    assert "at character 36" in _complaint(
        "cmo", "edit", "1", "A merger (C) → all stayed (O+) and they knew so"
    )


def _complaint(*args: str) -> str:
    return CliRunner().invoke(cli, args, catch_exceptions=False).stderr


def test_a_box_is_begun_like_another(small: Path, ask: Ask, ask_json: AskJson, run: Run) -> None:
    uid = ask_json("cmo", "add", "--like", "1", "--paper", "#3")["uid"]
    boxes = {box["uid"]: box for box in ask_json("cmo", "list")}
    made, like = boxes[uid], next(box for box in boxes.values() if box["label"] == "1")
    assert [part["text"] for part in made["elements"]] == [part["text"] for part in like["elements"]]
    assert not any(part["sources"] for part in made["elements"])
    assert made["label"] == ""
    assert run("cmo", "add", "x (C)", "--like", "1").status == 2
