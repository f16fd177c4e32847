"""Who is at the keyboard: --as, REALIST_PERSON, the file of `realist me`; and who works on the review."""

from __future__ import annotations

from pathlib import Path

import pytest

from realist.errors import NoPerson
from realist.machine import me_file
from tests.cli.conftest import Ask, AskJson, Run

NOBODY = str(NoPerson.__doc__)


def _last(ask_json: AskJson) -> tuple[str, str]:
    act = ask_json("log", "--limit", "1")[0]
    return act["person"], act["intention"]


@pytest.fixture
def nobody(bare: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A review, and nobody who said who they are."""
    monkeypatch.delenv("REALIST_PERSON")
    return bare


def test_a_write_without_a_person_is_refused(nobody: Path, run: Run) -> None:
    said = run("stage", "add", "1a")
    assert (said.status, said.sentence) == (2, NOBODY)
    assert "`realist me INITIALS`" in NOBODY
    assert run("stage", "list").status == 0


def test_me_is_kept_on_the_machine(nobody: Path, ask: Ask, ask_json: AskJson) -> None:
    assert ask("me") == "Nobody has said who is at the keyboard.\n"
    assert ask_json("me") == {"initials": None}
    assert ask("me", "SH") == "SH is at the keyboard.\n"
    assert me_file().read_text() == "SH\n"
    assert ask_json("me") == {"initials": "SH"}
    ask("stage", "add", "1a")
    assert _last(ask_json) == ("SH", "add stage")


def test_the_environment_goes_before_the_file_and_the_option_before_both(
    nobody: Path, ask: Ask, ask_json: AskJson, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("me", "FI")
    ask("stage", "add", "1")
    assert _last(ask_json)[0] == "FI"
    monkeypatch.setenv("REALIST_PERSON", "EN")
    ask("stage", "add", "2")
    assert _last(ask_json)[0] == "EN"
    ask("--as", "OP", "stage", "add", "3")
    assert _last(ask_json)[0] == "OP"
    monkeypatch.setenv("REALIST_PERSON", "")
    ask("stage", "add", "4")
    assert _last(ask_json)[0] == "FI"


def test_new_initials_are_added_and_that_is_said(bare: Path, run: Run, ask_json: AskJson) -> None:
    said = run("--as", "AM", "stage", "add", "1a")
    assert (said.status, said.out) == (0, "Stage 1a was added.\n")
    assert said.err == "AM is new to this review and was added.\n"
    assert [row["initials"] for row in ask_json("person", "list")] == ["AM", "SF"]
    acts = ask_json("log", "--by", "AM")
    assert [(act["intention"], act["subject"]) for act in acts] == [("add stage", "1a"), ("add person", "AM")]
    assert run("--as", "AM", "stage", "add", "1b").err == ""


def test_a_refused_step_adds_nobody(bare: Path, run: Run, ask_json: AskJson) -> None:
    run("stage", "add", "1a")
    assert run("--as", "AM", "stage", "add", "1a").status == 1
    assert [row["initials"] for row in ask_json("person", "list")] == ["SF"]


@pytest.mark.parametrize("initials", ["S F", "thirteen-char", "  ", "\x1b", "S\nF"])
def test_what_are_no_initials_is_refused_everywhere(initials: str, bare: Path, run: Run) -> None:
    for args in (("--as", initials, "stage", "add", "1a"), ("me", initials)):
        said = run(*args)
        assert said.status == 2
        assert said.sentence == NOBODY or "are no initials" in said.sentence
    assert not me_file().exists()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"  \n"])
def test_a_damaged_file_counts_as_nobody(content: bytes, nobody: Path, run: Run) -> None:
    me_file().parent.mkdir(parents=True)
    me_file().write_bytes(content)
    assert run("stage", "add", "1a").sentence == NOBODY
    assert run("me").out == "Nobody has said who is at the keyboard.\n"


def test_a_file_that_cannot_be_written_is_told(
    nobody: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = nobody / "blocked"
    blocked.write_text("a file, not a folder")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(blocked))
    said = run("me", "SF")
    assert said.status == 1
    assert "cannot be written" in said.sentence
    assert "use --as or REALIST_PERSON instead" in said.sentence


def test_a_deactivated_person_can_write_no_more_until_activated(bare: Path, run: Run, ask: Ask) -> None:
    ask("person", "add", "SH", "--name", "Sara Holt", "--role", "second reader")
    assert "Sara Holt" in ask("person", "list")
    ask("person", "deactivate", "SH")
    assert "deactivated" in ask("person", "list")
    said = run("--as", "SH", "stage", "add", "1a")
    assert (said.status, said.sentence) == (
        1, "SH is deactivated in this review: `realist person activate SH` first.",
    )  # fmt: skip
    ask("person", "activate", "SH")
    ask("--as", "SH", "stage", "add", "1a")


def test_a_person_is_added_once_and_corrected_after(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    first = ask_json("person", "add", "SH", "--name", "Sara Hold")
    assert ask_json("person", "add", "SH", "--name", "Sara Holt") == first
    row = next(row for row in ask_json("person", "list") if row["initials"] == "SH")
    assert row == {"uid": first["uid"], "initials": "SH", "name": "Sara Holt", "role": "", "active": True}
