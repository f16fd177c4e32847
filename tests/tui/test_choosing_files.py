"""Choosing files to import: going through folders, marking, paths that are typed, pasted, dropped."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from realist import machine
from realist.errors import NotFound, RealistError, WrongUse
from tests.services.exports import RIS, SECOND_RIS
from tests.tui.support import layouts, open_app, press, row_with, settle, text_of
from tui.gateway import folders
from tui.gateway.folders import Given
from tui.screens.home import HomeScreen
from tui.screens.importing import ImportScreen
from tui.screens.looking import LookScreen
from tui.widgets.file_list import FileList, size_of
from tui.widgets.path_line import PathLine

HOSTILE = (
    "[bold]loud.ris", "[@click=app.quit]x[].ris", "\x1b[2J\x1b[31mred.ris", "\x1b]0;owned\x07.ris",
    "\u202egnp.ris", "two\nlines.ris", "tab\there.ris", "wide 中文字.ris", "e\u0301" * 60 + ".ris",
    "'quo\"ted.ris",
    "back\\slash.ris", "~", "-rf.ris", "x" * 250 + ".ris", "=1+1.ris", " led by a space.ris",
)  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two folders, four files that are seen and some that are not."""
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "exports"
    for name in ("sub", "Ältere", ".git"):
        (folder / name).mkdir(parents=True)
    for day, (name, size) in enumerate(
        {
            "b10.ris": 10,
            "b9.ris": 2_000_000,
            "Änne.ris": 1500,
            "a file.txt": 1,
            ".hidden": 5,
            "r.realist-wal": 9,
        }.items(),
        1,
    ):
        (folder / name).write_bytes(b"x" * size)
        os.utime(folder / name, (86_400 * day, 86_400 * day))
    (folder / "gone").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe")
    (folder / "sub" / "inner.ris").write_bytes(RIS)
    return folder


def shown(pilot: Pilot[str]) -> list[str]:
    """Return the names that the list shows, in order."""
    return [entry.name for entry in pilot.app.screen.query_one(FileList)._rows]


def where(pilot: Pilot[str]) -> str:
    """Return the first line of the screen."""
    return text_of(pilot).split("\n")[0]


async def go(pilot: Pilot[str], folder: Path) -> None:
    """Go to the place, and to a folder."""
    await press(pilot, "g", "i", "p")
    pilot.app.screen.query_one("#path", Input).value = f'"{folder}"'
    await press(pilot, "enter")


async def paste(pilot: Pilot[str], text: str) -> None:
    """Paste text, as a terminal does when files are dropped on it."""
    pilot.app.post_message(events.Paste(text))
    await settle(pilot)


# -- what is in a folder ------------------------------------------------------------------------------------


def test_folders_come_first_then_names_by_their_numbers_and_nothing_hidden(here: Path) -> None:
    found = folders.listing(str(here))
    assert [entry.name for entry in found.entries] == [
        "Ältere", "sub", "a file.txt", "Änne.ris", "b9.ris", "b10.ris",
    ]  # fmt: skip
    assert [entry.folder for entry in found.entries] == [True, True, False, False, False, False]
    assert found.entries[4][3:5] == (2_000_000, 86_400 * 2)
    assert found.stamp == os.stat(here).st_mtime_ns
    assert folders.stamp(str(here)) == found.stamp
    assert folders.stamp(str(here / "nowhere")) == 0


@pytest.mark.parametrize("name", ["nowhere", "b9.ris", "nul\x00nul"])
def test_what_is_no_folder_is_said_in_one_sentence(here: Path, name: str) -> None:
    with pytest.raises(
        RealistError, match=r"^The folder ~/exports/\w+.* cannot be read \(.+\): choose another"
    ):
        folders.listing(str(here / name))


def test_the_first_folder_is_the_last_one_used_else_that_of_the_review(here: Path, tmp_path: Path) -> None:
    review = str(here / "sub" / "x.realist")
    assert folders.first_listing(review).folder == str(here / "sub")
    assert folders.first_listing("postgresql://server/x").folder == str(tmp_path)
    folders.remember([str(here / "b9.ris")])
    assert folders.first_listing(review).folder == str(here)
    machine.remember(import_folder=str(here / "taken away since"))
    assert folders.first_listing(review).folder == str(here / "sub")
    machine.remember(import_folder=["no", "text"])
    assert folders.first_listing(review).folder == str(here / "sub")


def test_a_path_is_said_from_the_person_s_folder_and_its_end_is_seen(here: Path, tmp_path: Path) -> None:
    assert folders.known(str(tmp_path)) == "~"
    assert folders.known(str(here)) == "~/exports"
    assert folders.known(str(tmp_path) + "x") == str(tmp_path) + "x" or len(str(tmp_path)) > 58
    assert folders.known("/" + "d/" * 100 + "end", 20).endswith("/d/end")
    for columns in range(3, 30):
        assert len(folders.known("/" + "中" * 100, columns)) <= columns
    assert folders.known("/a\x1b[31m\nb") == "/a[31m b"


def test_sizes_are_said_as_a_person_reads_them() -> None:
    sizes = (0, 999, 1000, 1540, 99_600, 999_499, 999_500, 1_000_000, 2_000_000_000, 10**16)
    assert [size_of(size) for size in sizes] == [
        "0 B", "999 B", "1.0 kB", "1.5 kB", "100 kB", "999 kB", "1.0 MB", "1.0 MB", "2.0 GB", "10,000 TB",
    ]  # fmt: skip


# -- paths --------------------------------------------------------------------------------------------------


def test_paths_mean_files_however_a_terminal_writes_them(here: Path) -> None:
    one, two = str(here / "a file.txt"), str(here / "b9.ris")
    for text in (
        f"{one}\n{two}", f"'{one}' '{two}'", f'"{one}" {two} ', f"{one.replace(' ', chr(92) + ' ')} {two}",
        f"file://{one.replace(' ', '%20')}\r\nfile://localhost{two}", "'a file.txt' ./sub/../b9.ris",
        "~/exports/a\\ file.txt ~/exports/b9.ris", f"'{one}' '{two}' {two}",
    ):  # fmt: skip
        assert folders.meant(text, str(here)) == Given((one, two)), text
    assert folders.meant("a file.txt", str(here)) == Given((one,)), "a single path may hold bare spaces"
    assert folders.meant(" sub ", str(here)) == Given((), str(here / "sub"))
    assert folders.meant("..", str(here)) == Given((), str(here.parent))
    assert folders.meant("~", "/") == Given((), str(here.parent))


@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [
        ("", WrongUse, "A path needs a name"),
        (" \n ", WrongUse, "A path needs a name"),
        ("no such.ris", NotFound, "There is no file or folder “~/exports/no such.ris”: look at the name."),
        ("b9.ris nowhere.ris", NotFound, "There is no file or folder “~/exports/b9.ris nowhere.ris”"),
        ("'b9.ris' 'nowhere.ris'", NotFound, "There is no file or folder “~/exports/nowhere.ris”"),
        ("it's.ris", NotFound, "There is no file or folder “~/exports/it's.ris”"),
        ("nul\x00.ris", NotFound, "There is no file or folder “~/exports/nul.ris”"),
        ("b9.ris sub", WrongUse, "~/exports/sub is a folder: name files only, or one folder."),
        ("x" * 100_001, WrongUse, "That is too long"),
        ("~nobody-of-this-name/x", NotFound, "There is no file or folder"),
    ],
)
def test_what_no_path_means_is_said(here: Path, text: str, kind: type[Exception], why: str) -> None:
    with pytest.raises(kind) as refused:
        folders.meant(text, str(here))
    assert str(refused.value).startswith(why)


# -- the list -----------------------------------------------------------------------------------------------


async def test_folders_are_gone_through_with_keys(tour: str, here: Path) -> None:
    async with open_app(tour) as pilot:
        await press(pilot, "i")
        assert isinstance(pilot.app.screen, ImportScreen)
        await go(pilot, here)
        assert "~/exports · 4 files" in where(pilot)
        assert shown(pilot) == ["..", "Ältere", "sub", "a file.txt", "Änne.ris", "b9.ris", "b10.ris"]
        assert "›   Ältere/" in text_of(pilot)
        assert row_with(pilot, "b9.ris").split() == ["b9.ris", "2.0", "MB", "1970-01-03", "00:00"]
        await press(pilot, "down", "enter")
        assert "~/exports/sub · 1 file" in where(pilot)
        assert "›   inner.ris" in text_of(pilot)
        await press(pilot, "backspace")
        assert "›   sub/" in text_of(pilot), "the cursor is on the folder that was left"
        await press(pilot, "home", "enter")
        assert where(pilot).startswith(" Import · ~ ·")
        assert "›   exports/" in text_of(pilot)
        await press(pilot, "left", "left", "left", "left", "left", "left", "left", "left")
        assert where(pilot).startswith(" Import · / ·")
        assert ".." not in shown(pilot)
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, HomeScreen)
        await press(pilot, "i")
        assert where(pilot).startswith(" Import · / ·"), "the place is as it was left"


async def test_the_list_is_filtered_and_sorted(tour: str, here: Path) -> None:
    async with open_app(tour) as pilot:
        await go(pilot, here)
        await press(pilot, "f", *"anne RIS")
        assert shown(pilot) == ["Änne.ris"]
        await press(pilot, *"x")
        assert "Nothing here fits" in text_of(pilot)
        await press(pilot, "enter", "l", "enter", "space")
        assert "No file is chosen" in text_of(pilot)
        await press(pilot, "f", "ctrl+u", *"ris b", "escape")
        assert shown(pilot) == ["b9.ris", "b10.ris"]
        await press(pilot, "s")
        assert shown(pilot) == ["b9.ris", "b10.ris"]
        assert "changed▼" in text_of(pilot)
        await press(pilot, "f", "ctrl+u", "escape", "s")
        assert "size▼" in text_of(pilot)
        assert shown(pilot)[3:] == ["b9.ris", "Änne.ris", "b10.ris", "a file.txt"]
        await press(pilot, "end", "s")
        assert "›   a file.txt" in text_of(pilot), "the cursor stays on its file"
        await press(pilot, "f", *"sub", "enter", "enter")
        assert shown(pilot) == ["..", "inner.ris"], "the filter is of one folder"


async def test_marks_are_kept_from_folder_to_folder(tour: str, here: Path) -> None:
    async with open_app(tour) as pilot:
        await go(pilot, here)
        await press(pilot, "a")
        assert "4 marked" in where(pilot)
        await press(pilot, "a", "space", "space", "space", "space")
        assert "2 marked" in where(pilot), "folders are not marked"
        assert "  * a file.txt" in text_of(pilot)
        await press(pilot, "home", "down", "down", "enter", "a", "l")
        assert isinstance(pilot.app.screen, LookScreen)
        for name in ("inner.ris", "a file.txt", "Änne.ris"):
            assert name in text_of(pilot)
        await press(pilot, "q", "space")
        assert "2 marked" in where(pilot)


async def test_enter_looks_at_the_file_under_the_cursor_with_the_marked_ones(tour: str, here: Path) -> None:
    (here / "b9.ris").write_bytes(SECOND_RIS)
    async with open_app(tour) as pilot:
        await go(pilot, here / "sub")
        await press(pilot, "enter")
        assert "1 file · 4 records" in where(pilot)
        await press(pilot, "q", "space", "backspace", "f", *"b9", "enter", "enter")
        assert "2 files · 6 records" in where(pilot)
        await press(pilot, "q")
        assert "1 marked" in where(pilot)
    assert machine.settings()["import_folder"] == str(here / "sub")


async def test_files_are_given_by_typing_pasting_and_dropping(tour: str, here: Path) -> None:
    one, two = str(here / "a file.txt"), str(here / "sub" / "inner.ris")
    async with open_app(tour) as pilot:
        await go(pilot, here / "Ältere")
        await paste(pilot, f"'{one}' ")
        await paste(pilot, two.replace(" ", "\\ "))
        assert "2 marked" in where(pilot)
        assert "~/exports/sub" in where(pilot)
        await press(pilot, "tilde")
        assert isinstance(pilot.app.focused, PathLine)
        await press(pilot, *"../nothing.ris", "enter")
        assert "There is no file or folder “~/exports/nothing.ris”" in " ".join(text_of(pilot).split())
        await press(pilot, "enter")
        assert pilot.app.screen.query_one(PathLine).value == "../nothing.ris", "what was typed stays"
        await press(pilot, "ctrl+u")
        await paste(pilot, "../b10.ris")
        assert pilot.app.screen.query_one(PathLine).value == "../b10.ris"
        await press(pilot, "enter")
        assert "3 files" in where(pilot)
        await press(pilot, "q")
        assert "2 marked" in where(pilot)
        assert not pilot.app.screen.query_one(PathLine).has_class("used")
        await press(pilot, "p")
        await paste(pilot, f"{one}\n{here / 'b9.ris'}\n")
        assert "4 files" not in where(pilot)
        assert row_with(pilot, "b9.ris")


async def test_a_folder_that_cannot_be_read_leaves_the_list_as_it_was(
    tour: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scandir(path: str) -> object:
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", path)
        return original(path)

    original = os.scandir
    async with open_app(tour) as pilot:
        await go(pilot, here)
        monkeypatch.setattr(os, "scandir", scandir)
        await press(pilot, "down", "enter")
        said = " ".join(text_of(pilot).replace("│", " ").split())
        assert "The folder ~/exports/sub cannot be read (Permission denied): choose another one." in said
        await press(pilot, "enter")
        assert "~/exports · 4 files" in where(pilot)
        assert "›   sub/" in text_of(pilot)


async def test_what_is_saved_into_the_folder_meanwhile_is_shown(tour: str, here: Path) -> None:
    async with open_app(tour) as pilot:
        await go(pilot, here)
        await press(pilot, "end")
        (here / "fresh.ris").write_bytes(RIS)
        screen = pilot.app.screen
        assert isinstance(screen, ImportScreen)
        screen._watch()
        await pilot.pause(0.2)
        await settle(pilot)
        assert "fresh.ris" in shown(pilot)
        assert "›   b10.ris" in text_of(pilot)
        for file in here.glob("*.ris"):
            file.unlink()
        screen._watch()
        await pilot.pause(0.2)
        await settle(pilot)
        assert shown(pilot) == ["..", "Ältere", "sub", "a file.txt"]


async def test_the_mouse_marks_opens_and_sorts(tour: str, here: Path) -> None:
    async with open_app(tour) as pilot:
        await go(pilot, here)
        await pilot.click(FileList, offset=(0, 4))
        await pilot.click(FileList, offset=(5, 5))
        await settle(pilot)
        assert "1 marked" in where(pilot)
        assert row_with(pilot, "a file.txt").startswith("  * a file.txt")
        assert row_with(pilot, "Änne.ris").startswith("›")
        await pilot.click(FileList, offset=(75, 0))
        await settle(pilot)
        assert "changed▼" in text_of(pilot)
        await pilot.click(FileList, offset=(5, 2), times=2)
        await settle(pilot)
        assert "~/exports/sub" in where(pilot)


@pytest.mark.parametrize(
    "size", [(80, 24), *(pytest.param(size, marks=pytest.mark.slow) for size in ((120, 40), (40, 12)))]
)
async def test_hostile_names_are_shown_plain_and_can_be_chosen(
    tour: str, here: Path, size: tuple[int, int]
) -> None:
    made = []
    for name in HOSTILE:
        path = here / "sub" / name
        path.write_bytes(SECOND_RIS + name.encode("utf-8", "surrogateescape"))
        made.append(name)
    broken = os.fsdecode(os.fsencode(str(here / "sub")) + b"/caf\xe9.ris")
    Path(broken).write_bytes(SECOND_RIS)
    (here / "sub" / "\x1b[31mfolder").mkdir()
    async with open_app(tour, size=size) as pilot:
        await go(pilot, here / "sub")
        assert len(shown(pilot)) == len(made) + 4
        for key in ("down", "pagedown", "end", "home", "a"):
            await press(pilot, key)
            assert text_of(pilot).replace("\n", "").isprintable()
        await press(pilot, "down", "enter", "backspace")
        await press(pilot, "l")
        assert isinstance(pilot.app.screen, LookScreen)
        assert text_of(pilot).replace("\n", "").isprintable()
        await press(pilot, *["down"] * 6, "i", "ctrl+s")
        assert text_of(pilot).replace("\n", "").isprintable()
        await press(pilot, "t", "down", "down", "q")
        assert text_of(pilot).replace("\n", "").isprintable()
        assert isinstance(pilot.app.screen, ImportScreen)
        await press(pilot, "t", "down", "enter", "question_mark")
        assert text_of(pilot).replace("\n", "").isprintable()
        assert pilot.app.is_running
    assert stat.S_ISREG(os.stat(broken).st_mode)


@pytest.mark.slow
async def test_ten_thousand_files_are_quick(tour: str, here: Path) -> None:
    many = here / "many"
    many.mkdir()
    for n in range(10_000):
        os.close(os.open(many / f"export {n}.ris", os.O_CREAT | os.O_WRONLY))
    async with open_app(tour) as pilot:
        await go(pilot, many)
        assert "10,000 files" in where(pilot)
        with layouts(pilot) as passes:
            await press(pilot, "down", "pagedown", "end", "space", "a", "home")
        assert not passes, "no key lays anything out anew"
        assert "10,000 marked" in where(pilot)
        await press(pilot, "s", "s", "f", *"9999")
        assert shown(pilot) == ["export 9999.ris"]
