"""Tables as others print them, brought in and taken out again without loss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Ask, AskJson, Run

TABLE: list[dict[str, Any]] = [
    {"label": "1", "title": "Being heard", "status": "synthesised", "papers": ["Ash (2001)", "Beech (2002)"],
     "mechanisms": [{"name": "Voice", "kind": "theme"}],
     "printed": "Where leaders ask (C1, C2), people … (M1–M3), which may lead to trust (O1).",
     "elements": [
         {"kind": "C", "text": "leaders ask", "label": "C1"},
         {"kind": "C", "text": "time is given", "label": "C2", "join": "and"},
         {"kind": "M", "text": "people speak", "label": "M1"},
         {"kind": "M-resource", "text": "a meeting is offered", "label": "M2", "join": "and/or"},
         {"kind": "response", "text": "people feel safe", "label": "M3", "join": "and",
          "valence": "positive"},
         {"kind": "outcome", "text": "trust", "label": "O1", "hedge": "may", "valence": "plus"},
     ]},
    {"label": "1a", "papers": [{"label": "Ash (2001)"}], "polarity": "absent",
     "relations": [{"kind": "underpins", "configuration": {"label": "1"}}],
     "elements": [
         {"kind": "context", "text": "isolation", "tags": [{"kind": "context", "name": "Isolation"}]},
         {"kind": "outcome", "text": "nothing changes", "valence": "no change"},
         {"kind": "mechanism", "text": "nobody speaks", "join": "because"},
     ]},
    {"label": "1c", "relations": [{"kind": "underpins", "configuration": "1"}],
     "elements": [
         {"kind": "context", "text": "there is isolation", "join": "if",
          "tags": [{"kind": "context", "name": "Isolation"}]},
         {"kind": "reasoning", "text": "a wish for company", "join": "this enacts", "segment": 2},
         {"kind": "outcome", "text": "people come", "join": "and results in", "segment": 3,
          "site": "Clinic B"},
     ]},
    {"title": "A candidate of no paper", "elements": [{"text": "who knows"}]},
]  # fmt: skip


def given(folder: Path, boxes: object) -> str:
    """Write boxes to a file; return its name."""
    (folder / "table.json").write_text(json.dumps(boxes), encoding="utf-8")
    return "table.json"


def test_a_printed_table_comes_back_as_it_was(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    assert ask_json("cmo", "import", given(bare, TABLE))["lost"] == []
    one, child, other, lone = ask_json("cmo", "list")
    assert [part["label"] for part in one["elements"]] == ["C1", "C2", "M1", "M2", "M3", "O1"]
    assert [part["kind"] for part in one["elements"]] == [
        "context", "context", "mechanism", "resource", "reasoning", "outcome",
    ]  # fmt: skip
    assert one["elements"][5]["hedge"] == "may"
    assert one["printed"] == TABLE[0]["printed"]
    assert one["mechanisms"][0]["kind"] == "theme"
    assert [paper["label"] for paper in one["papers"]] == ["Ash (2001)", "Beech (2002)"]
    assert [of["configuration"]["label"] for box in (child, other) for of in box["relations"]] == ["1", "1"]
    assert (child["polarity"], child["elements"][1]["valence"], child["elements"][2]["join"]) == (
        "absence", "0", "because",
    )  # fmt: skip
    assert [part["join"] for part in other["elements"]] == ["if", "this enacts", "and results in"]
    assert child["elements"][0]["tags"][0]["uid"] == other["elements"][0]["tags"][0]["uid"]
    assert (lone["papers"], lone["elements"][0]["kind"], lone["status"]) == ([], "unsure", "candidate")
    shown = " ".join(ask("cmo", "show", "1c").split())
    assert "if there is isolation (C) → this enacts a wish for company" in shown
    assert "→ and results in people come (O)" in shown
    assert "O1: hedged: may" in ask("cmo", "show", "1")
    assert "outcome: site: Clinic B" in ask("cmo", "show", "1c")


def test_what_was_written_is_read_again_and_nothing_is_new(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("cmo", "import", given(bare, TABLE))
    ask("cmo", "export", "out.json")
    assert json.loads((bare / "out.json").read_text(encoding="utf-8")) == ask_json("cmo", "list")
    assert ask("cmo", "import", "out.json") == "0 boxes were added, 4 boxes were there already.\n"


def test_what_has_no_field_is_listed(bare: Path, ask_json: AskJson) -> None:
    boxes = [{"label": "1", "confidence": "high", "elements": [{"kind": "C", "text": "x", "n": 3}]}]
    assert ask_json("cmo", "import", given(bare, boxes))["lost"] == [
        "table.json, box 1 (1): the box has no field 'confidence'",
        "table.json, box 1 (1): element 1 has no field 'n'",
    ]


def test_a_file_in_the_notation_is_read_and_written(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    text = """# 2b Being heard
papers: Ash (2001); Beech (2002)
under: Voice
shows: absence
printed: "Where leaders asked …"
underpins: 2

Two departments merge (C) → the leader asks (M+, Resource)
 but overrides (M–, Reasoning) → unrest (O–)

# 2 Voice

People speak (M+, Reasoning) → trust (O+)
"""
    (bare / "boxes.txt").write_text(text, encoding="utf-8")
    assert ask("cmo", "import", "boxes.txt") == "2 boxes were added.\n"
    child, parent = ask_json("cmo", "list")
    assert (child["label"], child["title"], child["polarity"]) == ("2b", "Being heard", "absence")
    assert child["relations"][0]["configuration"]["uid"] == parent["uid"]
    assert [part["valence"] for part in child["elements"]] == [None, "+", "-", "-"]
    assert child["status"] == "paper-level"
    ask("cmo", "export", "again.md")
    again = (bare / "again.md").read_text(encoding="utf-8")
    assert "Two departments merge (C) → the leader asks (M+, Resource) but overrides" in again
    assert not again.startswith("\ufeff")
    ask("undo", "--reason", "to read it again")
    assert ask("cmo", "import", "again.md") == "2 boxes were added.\n"


def test_paragraphs_alone_are_boxes_and_what_is_unclear_is_said(bare: Path, run: Run) -> None:
    (bare / "boxes.txt").write_text("a (C) → b (O+)\n\nno tag here\n", encoding="utf-8")
    said = run("cmo", "import", "boxes.txt")
    assert (said.status, said.out) == (0, "2 boxes were added.\n")
    assert "boxes.txt, line 3: No tag" in said.err


def test_a_wrong_word_in_a_head_is_named_with_its_line(bare: Path, run: Run) -> None:
    (bare / "boxes.txt").write_text("# 1 A\nshows: maybe\na (C)\n", encoding="utf-8")
    said = run("cmo", "import", "boxes.txt")
    assert said.status == 1
    assert said.sentence == (
        "boxes.txt, line 2: 'maybe' is none of presence, absence, both. Nothing was imported."
    )


def test_a_head_that_is_not_known_is_lost_and_said_and_a_long_value_goes_on(
    bare: Path, ask_json: AskJson
) -> None:
    text = """# 5a Trust
papers: Ash (2015)
printed: In a clinic, trust grows
  and people stay (C).
evidence: moderate
under: Trust

a clinic (C) → trust (O+)

CMOC 5b: Being heard
people speak (M+, Reasoning) → they stay (O, no change)
"""
    (bare / "h.txt").write_text(text, encoding="utf-8")
    assert ask_json("cmo", "import", "h.txt")["lost"] == ["h.txt, line 5: a box has no field 'evidence'"]
    one, two = ask_json("cmo", "list")
    assert one["printed"] == "In a clinic, trust grows and people stay (C)."
    assert [of["name"] for of in one["mechanisms"]] == ["Trust"]
    assert [part["text"] for part in one["elements"]] == ["a clinic", "trust"]
    assert (two["label"], two["title"], two["elements"][1]["valence"]) == ("5b", "Being heard", "0")


def test_names_of_parts_are_those_of_a_file(bare: Path, ask: Ask, ask_json: AskJson, run: Run) -> None:
    box = {"elements": [{"uid": "e1", "kind": "C", "text": "x"}, {"uid": "e2", "kind": "O", "text": "y"}],
           "links": [{"from": "e2", "to": "e1"}]}  # fmt: skip
    for _ in range(2):
        ask("cmo", "import", given(bare, [box]))
    one, two = ask_json("cmo", "list")
    for made in (one, two):
        assert [made["links"][0][end] for end in ("from", "to")] == [
            made["elements"][1]["uid"], made["elements"][0]["uid"],
        ]  # fmt: skip
    assert one["elements"][0]["uid"] != two["elements"][0]["uid"]
    said = run("cmo", "import", given(bare, [box, box]))
    assert said.sentence == "The element e1 stands twice in the file. Nothing was imported."


def test_what_is_wrong_names_its_box(bare: Path, run: Run, ask: Ask) -> None:
    bad = [{"label": "1"}, {"label": "2", "elements": [{"text": "x", "sources": [{"excerpt": "nope"}]}]}]
    said = run("cmo", "import", given(bare, bad))
    assert said.sentence == (
        "Box 2 (2): The excerpt nope is not in this review, and no words are given for it."
        " Nothing was written."
    )
    ask("cmo", "import", given(bare, [{"label": "1", "themes": ["Voice"]}, TABLE[1]]))
    assert "underpins this box: #2 1a" in ask("cmo", "show", "1")
