"""Importing an export from Home: the form, the progress, the report, and stopping half-way."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from realist.services import importing
from tests.services.exports import RIS
from tests.tui.forms import field, refusal, save
from tests.tui.support import open_app, press, row_with, text_of
from tui.dialogs import Busy
from tui.screens.home import HomeScreen


def rows(address: str, statement: str) -> list[tuple[object, ...]]:
    """Return what an SQL statement finds in the file."""
    connection = sqlite3.connect(address)
    found = connection.execute(statement).fetchall()
    connection.close()
    return found


def answer(pilot: Pilot[str]) -> str:
    """Return the words of the screen with single spaces, as if it were one wide line."""
    return " ".join(text_of(pilot).replace("│", " ").split())


def where(pilot: Pilot[str]) -> str:
    """Return the first line of the screen."""
    return text_of(pilot).split("\n")[0]


@pytest.fixture
def export(tmp_path: Path) -> str:
    """The name of an export of four records and one that is refused."""
    path = tmp_path / "found it.ris"
    path.write_bytes(RIS)
    return str(path)


async def test_i_imports_a_file_and_reports_what_was_refused_and_where(tour: str, export: str) -> None:
    async with open_app(tour) as pilot:
        await press(pilot, "i")
        await save(pilot, file=f"'{export}'", source="Web of Walking", stage="1b")
        shown = answer(pilot)
        assert "found it.ris (ris, utf-8)" in shown
        assert "4 records read, 4 papers made" in shown
        assert "1 refused" in shown
        assert "✗ refused, line" in shown
        await press(pilot, "enter")
        assert "Home · 60 papers" in where(pilot)
        assert "30 records" in row_with(pilot, "Stage 1b")
        await press(pilot, "slash", *"gatekeepers")
        assert "Line managers as gatekeepers" in text_of(pilot), "what came in can be searched"
    found = "SELECT search.source, import.records FROM import JOIN search ON search.uid = import.search"
    assert ("Web of Walking", 4) in rows(tour, found)


async def test_the_searches_are_suggested(tour: str) -> None:
    name = str(rows(tour, "SELECT name FROM search ORDER BY number LIMIT 1")[0][0])
    async with open_app(tour) as pilot:
        await press(pilot, "i", "tab", *name[:4])
        assert pilot.app.screen.query_one("#f-search", Input)._suggestion.startswith(name[:4])
        await press(pilot, "right")
        assert field(pilot, "search") in [row[0] for row in rows(tour, "SELECT name FROM search")]


async def test_a_file_that_was_read_before_adds_nothing_unless_again(tour: str, export: str) -> None:
    async with open_app(tour) as pilot:
        for again, said, n in (
            ("no", "Imported", 4),
            ("no", "nothing was added", 4),
            ("yes", "4 papers made", 8),
        ):
            await press(pilot, "i")
            await save(pilot, file=export, again=again)
            assert said in answer(pilot)
            await press(pilot, "enter")
            ours = "SELECT uid FROM import WHERE file = 'found it.ris'"
            brought = f"SELECT count(*) FROM paper WHERE import IN ({ours})"
            assert rows(tour, brought) == [(n,)]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"file": ""}, "The file needs a name"),
        ({"file": "/nowhere/x.ris"}, "There is no file /nowhere/x.ris"),
        ({"search": "no such search"}, "There is no search 'no such search'"),
        ({"search": "x", "source": "y", "stage": "z"}, "Name either the search, or the source"),
        ({"source": "y"}, "The source and the stage go together"),
        ({"encoding": "utf-99"}, "There is no encoding 'utf-99'"),
    ],
)
async def test_what_is_wrong_is_said_in_the_form(
    tour: str, export: str, values: dict[str, str], why: str
) -> None:
    before = rows(tour, "SELECT max(number) FROM act")
    async with open_app(tour) as pilot:
        await press(pilot, "i")
        await save(pilot, **{"file": export, **values})
        assert refusal(pilot).startswith(why)
        assert field(pilot, "file") == values.get("file", export), "what was typed stays"
    assert rows(tour, "SELECT max(number) FROM act") == before


async def test_what_is_no_export_is_said_in_one_sentence(tour: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.ris"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    async with open_app(tour) as pilot:
        await press(pilot, "i")
        await save(pilot, file=str(path))
        assert "picture.ris" in answer(pilot)
        assert "Traceback" not in answer(pilot)
        await press(pilot, "enter")
        assert "Home · 56 papers" in where(pilot)
    assert rows(tour, "SELECT count(*) FROM import WHERE file = 'picture.ris'") == [(0,)]


async def test_a_stopped_import_leaves_nothing_behind(
    tour: str, export: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped when two of its records are in already."""
    tables = ("act", "paper", "record", "record_raw", "record_text", "import", "import_problem")
    count = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    before = rows(tour, count)
    seen: list[object] = []
    told = Busy._told

    def stop(busy: Busy, how_far: str) -> None:
        if how_far.startswith("2 records read"):
            seen.extend(rows(tour, "SELECT count(*) FROM record")[0])
            busy.app.call_from_thread(busy.action_leave)
        told(busy, how_far)

    monkeypatch.setattr(importing, "BATCH", 2)
    monkeypatch.setattr(Busy, "_told", stop)
    async with open_app(tour, person="AB") as pilot:
        await press(pilot, "i")
        await save(pilot, file=export)
        assert "Stopped: nothing of the file was taken in." in answer(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
        assert rows(tour, count) == before
    assert seen == [before[0][2] + 2], "some of it was in when it was stopped"  # type: ignore[operator]
