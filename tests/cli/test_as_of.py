"""--as-of: every verb that looks, at the review as it was; nothing is written with it."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir

import pytest

from tests.cli.conftest import Ask, AskJson, Run

_NO_MOMENT = (
    "is no moment of this review: give a date such as 2025-03-14, an act such as #12, or a milestone. Its"
    " milestones: none yet."
)


def _copies() -> list[Path]:
    return sorted(Path(gettempdir()).glob("realist-*"))


def test_as_it_was_after_an_act_a_milestone_a_date(small: Path, ask: Ask, ask_json: AskJson) -> None:
    before = ask_json("mechanism", "list")
    there = _copies()
    ask("milestone", "add", "before trust")
    ask("mechanism", "add", "Luck")
    now = ask_json("mechanism", "list")
    assert [row["name"] for row in now] == [*(row["name"] for row in before), "Luck"]
    number = ask_json("log", "--limit", "1")[0]["number"]
    assert ask_json("--as-of", "before trust", "mechanism", "list") == before
    assert ask_json("--as-of", f"#{number - 1}", "mechanism", "list") == before
    assert ask_json("--as-of", f"#{number}", "mechanism", "list") == now
    assert ask_json("--as-of", "2999", "mechanism", "list") == now
    assert ask_json("--as-of", "before trust", "log", "--limit", "1")[0]["intention"] == "add milestone"
    assert ask_json("--as-of", "before trust", "check")["sound"] is True
    assert _copies() == there, "nothing is left behind"


def test_nothing_is_written_with_it(small: Path, run: Run, ask: Ask) -> None:
    before = ask("log", "--json")
    said = run("--as-of", "#9", "stage", "add", "9")
    assert (said.status, said.out) == (2, "")
    assert said.sentence == "Nothing can be written with --as-of: it looks at the review as it was."
    for verb in ((), ("me", "XY"), ("screen",), ("new", "other", "--title", "x")):
        assert "it goes with a verb that shows something" in run("--as-of", "#9", *verb).sentence
    assert ask("log", "--json") == before


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("someday", f"'someday' {_NO_MOMENT}"),
        ("#9999", "There is no act #9999 in the log: `realist log` lists them."),
        ("1999", "The review had not begun then: its first act is of 2026-01-01 00:00 UTC."),
        ("2026-13-45", f"'2026-13-45' {_NO_MOMENT}"),
    ],
)  # fmt: skip
def test_a_moment_that_is_none(small: Path, run: Run, moment: str, sentence: str) -> None:
    said = run("--as-of", moment, "flow")
    assert (said.status, said.out, said.sentence) == (1, "", sentence)


def test_full_texts_beside_the_review_are_found(small: Path, ask: Ask, ask_json: AskJson) -> None:
    (small / "notes.txt").write_text("These are notes, and no review at all.\n" * 9)
    ask("attach", "#1", "notes.txt")
    (attached,) = ask_json("document", "list")
    file = attached["uid"]
    ask("milestone", "add", "read")
    ask("document", "drop", file, "--reason", "the wrong one")
    name = ask("--as-of", "read", "document", "list")
    assert "notes.txt" in name
    ask("--as-of", "read", "document", "save", file, "out.txt")
    assert Path("out.txt").read_bytes() == Path("notes.txt").read_bytes()
