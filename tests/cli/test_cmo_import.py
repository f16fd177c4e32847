"""Boxes as JSON: what `cmo list` writes, `cmo import` reads back equal, into any review."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask, AskJson, Run, make_review
from tests.cli.full_boxes import box, element, full


def _write(folder: Path, value: Any) -> str:
    (folder / "boxes.json").write_text(json.dumps(value), encoding="utf-8")
    return "boxes.json"


def test_every_shape_comes_back_equal_from_a_new_review(bare: Path, ask_json: AskJson) -> None:
    boxes = full()
    done = ask_json("cmo", "import", _write(bare, boxes))
    assert done == {"added": [one["uid"] for one in boxes], "known": [], "lost": []}
    assert ask_json("cmo", "list") == boxes


def test_papers_mechanisms_and_tags_keep_their_uids(bare: Path, run: Run, ask_json: AskJson) -> None:
    said = run("cmo", "import", _write(bare, full()))
    assert (said.status, said.out) == (0, "4 boxes were added.\n")
    assert "Paper #1 Baker (2020) is new and was added from its label." in said.err
    assert {row["uid"]: row["label"] for row in ask_json("paper", "list")} == {
        "paper-baker": "Baker (2020)", "paper-ahmed": "Ahmed (2019)",
    }  # fmt: skip
    assert {row["uid"] for row in ask_json("mechanism", "list")} == {"mechanism-power", "mechanism-trust"}
    (context,) = ask_json("context", "list")
    assert (context["uid"], context["elements"]) == ("context-merger", 2)
    assert [row["uid"] for row in ask_json("outcome", "list")] == ["outcome-stay"]
    assert ask_json("check")["sound"]


def test_it_is_one_act_that_can_be_undone(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    before = len(ask_json("log"))
    ask("cmo", "import", _write(bare, full()))
    assert len(ask_json("log")) == before + 1
    assert ask("undo") == "Undone: import boxes boxes.json.\n"
    assert ask_json("cmo", "list") == []
    ask("redo")
    assert ask_json("cmo", "list") == full()


def test_what_is_there_already_and_equal_is_known(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    name = _write(bare, full())
    ask("cmo", "import", name)
    assert ask("cmo", "import", name) == "0 boxes were added, 4 boxes were there already.\n"
    more = [*full(), box("box-9", label="9")]
    assert ask_json("cmo", "import", _write(bare, more))["added"] == ["box-9"]
    assert ask_json("cmo", "list") == more


def test_what_is_there_already_and_differs_is_refused(
    bare: Path, ask: Ask, run: Run, ask_json: AskJson
) -> None:
    ask("cmo", "import", _write(bare, full()))
    changed = full()
    changed[0]["title"] = "Another title"
    said = run("cmo", "import", _write(bare, [*changed, box("box-9")]))
    assert (said.status, said.sentence) == (
        1, "Box 1 is in this review already and differs from the file. Nothing was imported.",
    )  # fmt: skip
    assert ask_json("cmo", "list") == full()


def test_the_small_review_goes_into_a_new_one(
    small: Path, empty_file: Path, ask_json: AskJson, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes = ask_json("cmo", "list")
    rows = ask_json("grid")["rows"]
    make_review(small / "second.realist", empty_file)
    monkeypatch.setenv("REALIST_DB", "second.realist")
    ask_json("cmo", "import", _write(small, boxes))
    assert ask_json("cmo", "list") == boxes
    kept = {row["uid"]: row["cells"] for row in ask_json("grid")["rows"]}
    of_boxes = {box["uid"] for box in boxes}
    for row in rows:
        for uid, cell in row["cells"].items():
            if set(cell["configurations"]) & of_boxes:
                assert kept[row["uid"]][uid]["configurations"] == cell["configurations"]


def test_a_quotation_of_a_paper_with_a_title_alone_goes_into_a_new_one(
    bare: Path, empty_file: Path, ask_json: AskJson
) -> None:
    paper = {"uid": ask_json("paper", "add", "--title", "A title alone")["uid"]}
    quoted = {"quotation": "They asked us.", "paper": paper}
    written = [{"label": "1", "papers": [paper], "elements": [{"text": "x", "sources": [quoted]}]}]
    ask_json("cmo", "import", _write(bare, written))
    _goes_on(bare, empty_file, ask_json)


def test_a_box_of_a_paper_with_a_doi_alone_goes_into_a_new_one(
    bare: Path, empty_file: Path, ask_json: AskJson
) -> None:
    paper = ask_json("paper", "add", "--doi", "10.1000/alone")["uid"]
    ask_json("cmo", "add", "A merger (C)", "--paper", paper)
    _goes_on(bare, empty_file, ask_json)


def _goes_on(folder: Path, empty_file: Path, ask_json: AskJson) -> None:
    """Check that the boxes of the review come back equal from a new one."""
    boxes = ask_json("cmo", "list")
    make_review(folder / "second.realist", empty_file)
    ask_json("--db", "second.realist", "cmo", "import", _write(folder, boxes))
    assert ask_json("--db", "second.realist", "cmo", "list") == boxes


HAND_WRITTEN = [
    {
        "label": "2a",
        "papers": ["Choi (2012)"],
        "mechanisms": ["Working with power"],
        "elements": [
            {"kind": "Context", "text": " Two  departments merge "},
            {"kind": "resource", "text": "the leader asks", "valence": "+"},
            {"kind": "reasoning", "text": "but is not heard", "valence": "–", "join": "but"},
            {"kind": "outcome", "text": "upset", "valence": "−", "sources": ["They asked us."]},
        ],
        "relations": [{"kind": "underpins", "configuration": "2"}],
    },
    {"label": "2", "status": "synthesised", "elements": [{"text": "no kind given", "valence": "+/-"}]},
]


def test_boxes_written_by_hand_need_no_uids(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("mechanism", "add", "Working with power")
    done = ask_json("cmo", "import", _write(bare, HAND_WRITTEN))
    assert (len(done["added"]), done["lost"]) == (2, [])
    child, parent = ask_json("cmo", "list")
    parts = [(e["kind"], e["text"], e["valence"], e["segment"], e["join"]) for e in child["elements"]]
    assert parts == [
        ("context", "Two departments merge", None, 1, ""),
        ("resource", "the leader asks", "+", 2, ""),
        ("reasoning", "but is not heard", "-", 2, "but"),
        ("outcome", "upset", "-", 3, ""),
    ]
    assert child["status"] == "paper-level"
    (quoted,) = child["elements"][3]["sources"]
    assert (quoted["kind"], quoted["quotation"], quoted["paper"]["label"]) == (
        "excerpt", "They asked us.", "Choi (2012)",
    )  # fmt: skip
    assert child["relations"][0]["configuration"] == {"uid": parent["uid"], "label": "2"}
    assert child["mechanisms"][0]["uid"] == ask_json("mechanism", "show", "M1")["uid"]
    assert [(e["kind"], e["valence"]) for e in parent["elements"]] == [("unsure", "±")]


def test_hand_written_boxes_go_on_to_another_review(bare: Path, empty_file: Path, ask_json: AskJson) -> None:
    ask_json("cmo", "import", _write(bare, HAND_WRITTEN))
    _goes_on(bare, empty_file, ask_json)


def test_unknown_fields_are_listed_as_lost(bare: Path, run: Run, ask_json: AskJson) -> None:
    odd = element("e1", "context", "a merger", 1, certainty="high")
    said = run("cmo", "import", _write(bare, [box("b1", label="7", colour="red", elements=[odd])]))
    assert said.out == (
        "lost: boxes.json, box 1 (7): the box has no field 'colour'\n"
        "lost: boxes.json, box 1 (7): element 1 has no field 'certainty'\n"
        "1 box was added.\n"
    )
    assert ask_json("cmo", "import", _write(bare, {"label": "8", "x": 1}))["lost"] == [
        "boxes.json, box 1 (8): the box has no field 'x'"
    ]


def test_an_object_that_holds_the_list_is_read_too(bare: Path, ask_json: AskJson) -> None:
    assert len(ask_json("cmo", "import", _write(bare, {"configurations": full()}))["added"]) == 4
    (bare / "bom.json").write_text('[{"label": "9"}]', encoding="utf-8-sig")
    assert len(ask_json("cmo", "import", "bom.json")["added"]) == 1


BAD: list[tuple[Any, int, str]] = [
    (7, 2, "boxes.json should hold a list of boxes, as `realist cmo list --json` writes it."),
    ([7], 1, "boxes.json, box 1: the box should be an object, not a number. Nothing was imported."),
    ([{"label": []}], 1, "boxes.json, box 1: label should be text, not a list. Nothing was imported."),
    ([{}, {"label": "2", "status": "done"}], 1,
     "boxes.json, box 2 (2): status 'done' is none of candidate, paper-level, synthesised, refined, dropped."
     " Nothing was imported."),
    ([{"elements": [{"kind": "luck"}]}], 1,
     "boxes.json, box 1: element 1 kind 'luck' is none of context, resource, reasoning, mechanism, outcome,"
     " intervention, actor, strategy, unsure. Nothing was imported."),
    ([{"elements": [{"segment": 0}]}], 1,
     "boxes.json, box 1: element 1 segment should be a whole number from 1. Nothing was imported."),
    ([{"papers": [{}]}], 1, "boxes.json, box 1: a paper has neither uid nor label. Nothing was imported."),
    ([{"relations": [{"configuration": "2"}]}], 1,
     "boxes.json, box 1: a relation needs its kind: underpins, rests on, varies, contradicts."
     " Nothing was imported."),
    ([{"label": "1", "relations": [{"kind": "varies", "configuration": "2"}]}], 1,
     "Box 1 varies 2, which is not there. Nothing was written."),
    ([{"label": "1", "links": [{"from": "e1", "to": "e2"}]}], 1,
     "A link of box 1 names the element e1, which is not there. Nothing was written."),
    ([{"uid": "b1"}, {"uid": "b1"}], 1, "Two boxes in the file have the uid b1. Nothing was imported."),
    ([{"elements": [{"sources": ["quoted"]}]}], 1,
     "The quotation 'quoted' does not say of which paper it is. Nothing was written."),
]  # fmt: skip


@pytest.mark.parametrize(("value", "status", "sentence"), BAD)
def test_a_bad_file_is_told_and_nothing_is_imported(
    value: Any, status: int, sentence: str, bare: Path, run: Run, ask_json: AskJson
) -> None:
    before = ask_json("log")
    said = run("cmo", "import", _write(bare, value))
    assert (said.status, said.out, said.sentence) == (status, "", sentence)
    assert ask_json("log") == before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[\n{,}]", "boxes.json: line 2 is no JSON that can be read. Nothing was imported."),
        (b"[" * 100_000, "boxes.json: it is no JSON that can be read. Nothing was imported."),
        (b'["\xff"]', "boxes.json is not UTF-8 (byte 3): save it as UTF-8."),
    ],
)
def test_what_is_no_json_is_told(content: bytes, sentence: str, bare: Path, run: Run) -> None:
    (bare / "boxes.json").write_bytes(content)
    said = run("cmo", "import", "boxes.json")
    assert (said.status, said.sentence) == (1, sentence)
    shutil.rmtree(bare / "empty")
    (bare / "folder").mkdir()
    assert run("cmo", "import", "folder").sentence == "folder cannot be read: Is a directory."
