"""Which review opens, and what is said where none can be opened."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from realist import machine
from realist.services.unit import Desk
from tests.tui.support import open_app, press, text_of


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_nothing_of_the_core_is_loaded_before_the_first_frame() -> None:
    code = "import sys, tui.app; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    loaded = set(done.stdout.split())
    assert "textual" in loaded
    assert not loaded & {"sqlalchemy", "alembic", "sqlite3", "rapidfuzz", "psycopg"}
    rooms = ("realist.services", "realist.queries", "realist.store", "realist.exports")
    assert not any(name.startswith(rooms) for name in loaded)


async def test_the_only_review_of_the_folder_opens(here: Path, file_desk: Desk) -> None:
    file_desk.store.close()
    shutil.copy(file_desk.store.address, here / "only.realist")
    async with open_app("") as pilot:
        assert "only.realist" in text_of(pilot)
        assert "Home" in text_of(pilot)
        assert machine.recent() == [str(here / "only.realist")]


async def test_the_environment_names_a_review(
    here: Path, file_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REALIST_DB", file_desk.store.address)
    async with open_app("") as pilot:
        assert "test.realist" in text_of(pilot)


async def test_several_reviews_are_offered(here: Path, file_desk: Desk) -> None:
    file_desk.store.close()
    for name in ("a.realist", "b.realist"):
        shutil.copy(file_desk.store.address, here / name)
    async with open_app("") as pilot:
        screen = text_of(pilot)
        assert "which review?" in screen
        for words in ("a.realist", "b.realist", "New review", "Sample: a tour", "Sample: leadership"):
            assert words in screen
        await press(pilot, "down", "enter")
        assert "b.realist" in text_of(pilot)
        assert "which review?" not in text_of(pilot)


async def test_a_new_review_is_made_from_the_form(here: Path) -> None:
    async with open_app("") as pilot:
        assert "New review" in text_of(pilot)
        await press(pilot, "enter")
        await press(pilot, "ctrl+s")
        assert "A review needs a file and a title." in text_of(pilot)
        await press(pilot, "enter", *"Walks", "ctrl+s")
        assert (here / "review.realist").exists()
        assert "review.realist" in text_of(pilot)
        assert "which review?" not in text_of(pilot)


async def test_what_was_typed_is_not_thrown_away_by_one_key(here: Path) -> None:
    async with open_app("") as pilot:
        await press(pilot, "enter", "enter", *"Walks", "escape")
        assert "Esc again throws away what you typed" in text_of(pilot)
        assert "Walks" in text_of(pilot)
        await press(pilot, "escape")
        assert "Walks" not in text_of(pilot)


async def test_a_review_opened_before_is_offered(here: Path, file_desk: Desk) -> None:
    machine.opened(file_desk.store.address)
    async with open_app("") as pilot:
        assert "test.realist" in text_of(pilot)
        assert "opened last" in text_of(pilot)
        await press(pilot, "enter")
        assert "which review?" not in text_of(pilot)


def _missing(path: Path) -> None:
    path.unlink()


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=9999")
    connection.close()


def _foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()


def _no_database(path: Path) -> None:
    path.write_text("<html>please log in</html>")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_missing, "There is no review at"),
        (_newer, "was written by a newer realist"),
        (_foreign, "is a SQLite file of another program"),
        (_no_database, "is not a review: it is no SQLite file"),
        (_folder, "is a folder, not a review"),
    ],
)
async def test_what_cannot_be_opened_is_said_in_one_sentence(
    here: Path, empty_file: Path, spoil: Callable[[Path], None], told: str
) -> None:
    path = here / "r.realist"
    shutil.copy(empty_file, path)
    spoil(path)
    async with open_app("r.realist") as pilot:
        screen = text_of(pilot)
        assert told in " ".join(screen.replace("│", " ").split())
        assert "Traceback" not in screen
        await press(pilot, "enter")
        assert "which review?" in text_of(pilot)


async def test_a_read_only_review_can_be_looked_at_and_says_so(
    here: Path, file_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = here / "r.realist"
    file_desk.store.close()
    shutil.copy(file_desk.store.address, path)
    usual = os.access
    monkeypatch.setattr(os, "access", lambda *a, **k: a[1] != os.W_OK and usual(*a, **k))
    async with open_app("r.realist") as pilot:
        assert "read only" in text_of(pilot)
        await press(pilot, "u")
        await press(pilot, "u")
        assert "the file or its folder is read-only" in " ".join(text_of(pilot).replace("│", " ").split())
    assert [file.name for file in here.iterdir()] == ["r.realist"]


async def test_who_is_at_the_keyboard_is_asked_once_and_kept(here: Path, file_desk: Desk) -> None:
    async with open_app(file_desk.store.address, person="") as pilot:
        assert "Who is at the keyboard?" in text_of(pilot)
        await press(pilot, *"A B", "ctrl+s")
        assert "are no initials" in text_of(pilot)
        await press(pilot, "backspace", "backspace", *"B", "ctrl+s")
        assert "· AB" in text_of(pilot).split("\n")[0]
    assert machine.me() == "AB"
    async with open_app(file_desk.store.address, person="") as pilot:
        assert "Who is at the keyboard?" not in text_of(pilot)
        assert "· AB" in text_of(pilot).split("\n")[0]


async def test_who_does_not_say_can_look_and_is_asked_before_a_change(here: Path, file_desk: Desk) -> None:
    async with open_app(file_desk.store.address, person="") as pilot:
        await press(pilot, "escape")
        assert "· nobody" in text_of(pilot).split("\n")[0]
        await press(pilot, "u")
        assert "Who is at the keyboard?" in text_of(pilot)
