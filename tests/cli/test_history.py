"""Log, undo, redo, check and backup: what was done is said in words, and can be taken back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Ask, AskJson, Run, Said


def test_the_log_says_who_did_what_and_why(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("paper", "add", "--label", "Choi (2012)")
    ask("--as", "SH", "paper", "edit", "#1", "year", "2012", "--reason", "a misprint")
    rows = ask_json("log")
    keys = ("number", "person", "intention", "subject", "reason")
    assert [tuple(row[key] for key in keys) for row in rows] == [
        (5, "SH", "edit paper", "year of #1", "a misprint"),
        (4, "SH", "add person", "SH", ""),
        (3, "SF", "add paper", "Choi (2012)", ""),
        (2, "SF", "new review", "A review", ""),
        (1, "SF", "add person", "SF", ""),
    ]  # fmt: skip
    assert all(row["changes"] and not row["undone"] for row in rows)
    lines = ask("log").split("\n")
    assert lines[0].split() == ["act", "when", "who", "what", "why"]
    assert "SH   edit paper year of #1" in lines[2]
    assert lines[2].endswith("a misprint")
    assert [row["number"] for row in ask_json("log", "--by", "SH", "--limit", "1")] == [5]
    assert [row["number"] for row in ask_json("log", "--before", "3")] == [2, 1]


def test_one_act_is_shown_row_by_row(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("paper", "add", "--label", "Choi (2012)")
    ask("paper", "edit", "#1", "year", "2012")
    (act,) = ask_json("log", "--act", "4")
    paper, kept = act["rows"]
    assert (paper["table"], paper["before"]["year"], paper["after"]["year"]) == ("paper", None, 2012)
    assert (kept["table"], kept["before"], kept["after"]["field"]) == ("field_override", None, "year")
    uid = ask_json("paper", "show", "#1")["uid"]
    text = ask("log", "--act", "4")
    assert f"  changed paper {uid}\n" in text
    assert "  added field_override " in text


@pytest.mark.parametrize("number", ["0", "5", "2147483647"])
def test_an_act_that_is_not_there_is_told(number: str, bare: Path, run: Run) -> None:
    said = run("log", "--act", number)
    assert (said.status, said.sentence) == (
        1, f"There is no act {number} in the log: `realist log` lists them.",
    )  # fmt: skip


def test_undo_and_redo_say_what_they_did(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("stage", "add", "1a")
    ask("stage", "add", "1b")
    assert ask("undo") == "Undone: add stage 1b.\n"
    assert ask("undo") == "Undone: add stage 1a.\n"
    assert ask_json("stage", "list") == []
    assert ask("redo") == "Redone: add stage 1a.\n"
    assert ask("redo") == "Redone: add stage 1b.\n"
    assert [row["name"] for row in ask_json("stage", "list")] == ["1a", "1b"]
    assert ask_json("undo", "3", "--reason", "once more") == {"undone": "add stage 1a"}
    assert ask_json("log", "--limit", "1")[0]["reason"] == "once more"
    assert "add stage 1a [undone]" in ask("log")
    assert ask_json("redo") == {"redone": "add stage 1a"}


def _refused(said: Said, sentence: str) -> None:
    assert (said.status, said.out, said.sentence) == (1, "", sentence)


def test_undo_is_refused_with_the_reason(bare: Path, ask: Ask, run: Run) -> None:
    _refused(run("redo"), "There is nothing of yours to redo.")
    _refused(run("--as", "SH", "undo"), "There is nothing of yours to undo.")
    ask("stage", "add", "1a")
    ask("search", "add", "Embase", "--stage", "1a")
    _refused(
        run("undo", "3"),
        "Act 3 (add stage 1a) cannot be undone: 1 search made since rests on it. Undo that first.",
    )
    ask("undo")
    ask("undo", "#3")
    _refused(run("undo", "3"), "Act 3 (add stage 1a) is already undone.")
    _refused(run("undo", "nought"), "There is no act nought in the log: `realist log` lists them.")


def test_undo_takes_back_ones_own_act(bare: Path, ask: Ask) -> None:
    ask("stage", "add", "1a")
    ask("--as", "SH", "stage", "add", "1b")
    assert ask("undo") == "Undone: add stage 1a.\n"
    assert ask("--as", "SH", "undo") == "Undone: add stage 1b.\n"


def test_check_ends_with_1_when_something_was_found(bare: Path, run: Run, ask_json: AskJson) -> None:
    assert ask_json("check") == {"sound": True, "findings": []}
    connection = sqlite3.connect(bare / "review.realist")
    connection.execute("UPDATE review SET scheme = 'XYZ'")
    connection.commit()
    connection.close()
    said = run("check")
    assert (said.status, said.err) == (1, "")
    assert said.out == ("! review.scheme holds 'XYZ', which is no word of the vocabulary.\n1 finding.\n")
    assert run("check", "--json").status == 1
    assert run("check", "--mend").status == 1


def test_a_backup_is_a_review_of_its_own(small: Path, ask: Ask, run: Run, ask_json: AskJson) -> None:
    made = ask_json("backup", "copy.db")
    assert made == {"file": "copy.db", "bytes": (small / "copy.db").stat().st_size}
    for verb in (("grid",), ("flow",), ("cmo", "list"), ("log",)):
        assert ask("--db", "copy.db", *verb) == ask(*verb)
    ask("stage", "add", "3")
    assert len(ask_json("--db", "copy.db", "stage", "list")) == 2
    refused = run("backup", "no/copy.db")
    _refused(refused, f"The folder {small}/no is not there: make it first.")


@pytest.mark.skipif(
    not Path("/proc/self").exists(), reason="this system has no folder that nobody can write to"
)
def test_a_backup_that_cannot_be_written_is_told(small: Path, run: Run) -> None:
    said = run("backup", "/proc/copy.realist")
    assert said.status == 1
    assert "/proc/copy.realist cannot be written" in said.sentence


def test_an_undo_can_be_looked_at_first(bare: Path, ask: Ask, ask_json: AskJson, run: Run) -> None:
    ask("stage", "add", "1a")
    before = ask("log")
    said = ask("undo", "--preview").split("\n")
    assert said[0].startswith("Undo add stage 1a (act 3, SF, ")
    assert said[1:] == ["  removes stage 1a", ""]
    found = ask_json("undo", "--preview")
    assert (found["number"], found["count"]) == (3, 1)
    assert found["rows"] == [{"verb": "removes", "table": "stage", "what": "1a"}]
    assert ask("log") == before
    _refused(run("--as", "SH", "undo", "--preview"), "There is nothing of yours to undo.")


def test_the_log_is_searched_by_words(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("stage", "add", "1a")
    ask("stage", "add", "1b")
    assert [row["subject"] for row in ask_json("log", "--words", "STAGE 1b")] == ["1b"]
