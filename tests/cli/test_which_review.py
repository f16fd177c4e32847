"""Which review is meant, and what is there instead."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Ask, AskJson, Run, make_review


def test_the_only_review_of_the_folder_is_meant(bare: Path, ask: Ask) -> None:
    assert ask("check") == "The review is sound.\n"


def test_several_reviews_are_listed(bare: Path, run: Run) -> None:
    shutil.copy(bare / "review.realist", bare / "another.realist")
    said = run("check")
    assert (said.status, said.sentence) == (
        2, "There are several reviews here (another.realist, review.realist): name one with --db FILE.",
    )  # fmt: skip
    assert run("--db", "another.realist", "check").status == 0


def test_the_environment_names_a_review_and_the_option_goes_before(
    folder: Path, empty_file: Path, ask: Ask, ask_json: AskJson, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        make_review(folder / f"{name}.realist", empty_file)
        ask("--db", f"{name}.realist", "stage", "add", name)
    monkeypatch.setenv("REALIST_DB", "one.realist")
    assert [row["name"] for row in ask_json("stage", "list")] == ["one"]
    assert [row["name"] for row in ask_json("--db", "two.realist", "stage", "list")] == ["two"]


def test_a_review_of_another_folder(bare: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bare / "empty")
    assert ask("--db", "../review.realist", "check") == "The review is sound.\n"


def _foreign(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE notes (text); INSERT INTO notes VALUES ('kept');")
    return f"{path.name} is a SQLite file of another program, not a review."


def _newer(path: Path) -> str:
    connection = sqlite3.connect(path)
    here = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute("PRAGMA user_version=9999")
    connection.close()
    return f"{path.name} was written by a newer realist (schema 9999, here {here}): update it."


def _cut_short(path: Path) -> str:
    path.write_bytes(b"SQLite")
    return f"{path.name} is not a review: it is no SQLite file."


def _gone(path: Path) -> str:
    path.unlink(missing_ok=True)
    return f"There is no review at {path.name}: make one with `realist new {path.name}`."


def _folder(path: Path) -> str:
    path.unlink(missing_ok=True)
    path.mkdir()
    return f"{path.name} is a folder, not a review."


@pytest.mark.parametrize(
    ("spoil", "before", "status"),
    [(_foreign, False, 1), (_newer, True, 1), (_cut_short, False, 1), (_gone, False, 2), (_folder, False, 1)],
)
@pytest.mark.parametrize("verb", [("check",), ("stage", "add", "1a"), ("grid", "--json")])
def test_what_is_no_review_is_left_alone(
    spoil: object, before: bool, status: int, verb: tuple[str, ...], folder: Path, empty_file: Path, run: Run
) -> None:
    path = folder / "odd.file"
    if before:
        make_review(path, empty_file)
    assert callable(spoil)
    sentence = spoil(path)
    held = path.read_bytes() if path.is_file() else b""
    said = run("--db", "odd.file", *verb)
    assert (said.status, said.out, said.sentence) == (status, "", sentence)
    assert (path.read_bytes() if path.is_file() else b"") == held
    assert {entry.name for entry in folder.iterdir()} <= {"odd.file"}


def test_a_damaged_review_is_told_in_a_sentence(bare: Path, run: Run) -> None:
    path = bare / "review.realist"
    held = path.read_bytes()
    path.write_bytes(held[:4096] + b"\x00" * (len(held) - 4096))
    said = run("stage", "list")
    assert said.status == 1
    assert "is damaged" in said.sentence or "go back to a backup" in said.sentence


def test_new_makes_a_file_that_can_be_used(folder: Path, run: Run, ask: Ask, ask_json: AskJson) -> None:
    said = run("new", "teams", "--title", "Teams", "--question", "Why?", "--scheme", "icamo")
    assert (said.status, said.out) == (
        0, "teams.realist is ready. Next: `realist stage add`, `realist import`.\n",
    )  # fmt: skip
    assert [path.name for path in folder.iterdir()] == ["teams.realist"]
    assert ask("check") == "The review is sound.\n"
    assert ask_json("log")[0]["subject"] == "Teams"


@pytest.mark.parametrize(
    "name", ["what works?.realist", "50%25.realist", "Führung 領導.realist", "a b #1.realist", "it's.realist"]
)
def test_a_review_can_have_any_name(name: str, folder: Path, ask: Ask) -> None:
    ask("new", name, "--title", "T")
    assert [path.name for path in folder.iterdir()] == [name]
    assert ask("check") == "The review is sound.\n"


def test_new_takes_its_file_from_db(folder: Path, ask_json: AskJson) -> None:
    made = ask_json("--db", "named.realist", "new", "--title", "Teams")
    assert made["review"] == "named.realist"
    assert (folder / "named.realist").exists()


@pytest.mark.parametrize(
    ("args", "status", "sentence"),
    [
        (["new", "x", "--title", " "], 1, "Nothing was changed: a review needs a title."),
        (["--as", "A B", "new", "x", "--title", "T"], 2,
         "'A B' are no initials: use at most 12 characters and no space."),
        (["new", "no/x", "--title", "T"], 1, "The folder {here}/no is not there: make it first."),
    ],
)  # fmt: skip
def test_a_review_that_cannot_be_made_leaves_nothing(
    args: list[str], status: int, sentence: str, folder: Path, run: Run
) -> None:
    said = run(*args)
    assert (said.status, said.sentence) == (status, sentence.format(here=folder))
    assert list(folder.iterdir()) == []


def test_a_server_that_does_not_answer_is_told(folder: Path, run: Run) -> None:
    pytest.importorskip("psycopg")
    said = run("--db", "postgresql+psycopg://nobody@127.0.0.1:1/none", "stage", "list")
    assert said.status == 2
    assert said.sentence.startswith(
        "The server at postgresql+psycopg://nobody@127.0.0.1:1/none does not answer"
    )


@pytest.mark.parametrize("address", ["odd://x", "postgresql+nosuch://x/y", "://"])
def test_an_address_that_is_none_is_told(address: str, folder: Path, run: Run) -> None:
    said = run("--db", address, "stage", "list")
    assert said.status == 2
    assert said.sentence
