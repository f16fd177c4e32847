"""Importing exports: looking, saying where they come from, reading, stopping, the report, mending."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from realist.formats.records import Problem
from realist.services import importing, intake
from realist.services.importing import FileReport, Step
from realist.vocabulary import Severity
from tests.fewer import fewer
from tests.services.exports import RIS, SECOND_RIS
from tests.tui.forms import field, refusal, save
from tests.tui.hostile import CORPUS
from tests.tui.support import open_app, press, row_with, settle, text_of
from tui.app import RealistApp
from tui.dialogs import Busy
from tui.gateway import importing as gateway
from tui.gateway.importing import Looked, Plan, Reported
from tui.screens.importing import ImportScreen
from tui.screens.looking import LookScreen
from tui.screens.report import ReportScreen
from tui.sheets.pace import Pace, left
from tui.widgets.file_list import FileList
from tui.widgets.import_tables import EarlierTable, FileTable, ProblemTable

OURS = "SELECT uid FROM import WHERE file = 'found it.ris'"


def rows(address: str, statement: str) -> list[tuple[object, ...]]:
    """Return what an SQL statement finds in the file."""
    connection = sqlite3.connect(address)
    found = connection.execute(statement).fetchall()
    connection.close()
    return found


def dump(address: str) -> list[str]:
    """Return everything that the review holds, as SQL."""
    connection = sqlite3.connect(address)
    found = list(connection.iterdump())
    connection.close()
    return found


def answer(pilot: Pilot[str]) -> str:
    """Return the words of the screen with single spaces, as if it were one wide line."""
    return " ".join(text_of(pilot).replace("│", " ").split())


def where(pilot: Pilot[str]) -> str:
    """Return the first line of the screen."""
    return text_of(pilot).split("\n")[0]


def of(*reports: FileReport) -> Reported:
    """Return reports as they are shown, of imports that the review does not know."""
    return Reported(reports, {}, gateway.found_in(*reports))


def earlier(pilot: Pilot[str], words: str) -> str:
    """Return the row of the import whose file begins with *words*."""
    below = text_of(pilot).partition("imported earlier")[2].split("\n")[1:]
    return next(line for line in below if line[2:].startswith(words))


def about(pilot: Pilot[str]) -> str:
    """Return the second line of the screen: of a report, where its files came from."""
    return text_of(pilot).split("\n")[1]


async def choose(pilot: Pilot[str], *paths: str) -> None:
    """Go to the place, and give paths as a person types them."""
    await press(pilot, "g", "i", "p")
    await give(pilot, *paths)


async def give(pilot: Pilot[str], *paths: str) -> None:
    """Put paths into the line that is typed in, and give them."""
    pilot.app.screen.query_one("#path", Input).value = " ".join(f"'{path}'" for path in paths)
    await press(pilot, "enter")


async def import_them(pilot: Pilot[str], *paths: str, **values: str) -> None:
    """Import files from the first step to the report."""
    await choose(pilot, *paths)
    await press(pilot, "i")
    await save(pilot, **values)


@pytest.fixture
def export(tmp_path: Path) -> str:
    """The name of an export of four records and one that is refused."""
    path = tmp_path / "found it.ris"
    path.write_bytes(RIS)
    return str(path)


@pytest.fixture
def second(tmp_path: Path) -> str:
    """The name of an export of two records without any doubt."""
    path = tmp_path / "second.ris"
    path.write_bytes(SECOND_RIS)
    return str(path)


@pytest.fixture
def login(tmp_path: Path) -> str:
    """The name of a web page that says it is an export."""
    path = tmp_path / "scopus.ris"
    path.write_text("<!doctype html><html><body>Sign in</body></html>")
    return str(path)


# -- looking ------------------------------------------------------------------------------------------------


async def test_what_is_in_the_files_is_seen_before_anything_is_written(
    tour: str, export: str, second: str, login: str
) -> None:
    before = dump(tour)
    async with open_app(tour, person="NEW") as pilot:
        await press(pilot, "i")
        assert isinstance(pilot.app.screen, ImportScreen)
        await choose(pilot, export, second, login)
        assert isinstance(pilot.app.screen, LookScreen)
        assert "3 files · 6 records · nothing is written yet" in where(pilot)
        assert row_with(pilot, "found it.ris").split()[-5:] == ["ris", "utf-8", "4", "1", "1"]
        assert row_with(pilot, "second.ris").split()[-5:] == ["ris", "utf-8", "2", "–", "–"]
        assert "a RIS file, utf-8 4 records, 1 warning, 1 refused." in answer(pilot)
        assert answer(pilot).index("line 40, record 5") < answer(pilot).index("line 34, record 4")
        await press(pilot, "down")
        assert "Every record was read without a doubt." in answer(pilot)
        await press(pilot, "down")
        assert "This is a web page (a sign-in page?), not an export: save the export again." in answer(pilot)
        await press(pilot, "home", "enter", "pagedown", "pageup", "down", "down", "down", "down", "enter")
        assert "What to do" in answer(pilot)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.focused, FileTable)
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, ImportScreen)
    assert dump(tour) == before


async def test_each_export_within_a_packed_file_is_looked_at_and_imported(tour: str, tmp_path: Path) -> None:
    path = tmp_path / "searches.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("embase/found it.ris", RIS)
        packed.writestr("second.ris", SECOND_RIS)
        packed.writestr("login.html", "<!doctype html><html><body>Sign in</body></html>")
    async with open_app(tour, size=(120, 40)) as pilot:
        await choose(pilot, str(path))
        assert "6 records · nothing is written yet" in where(pilot)
        assert row_with(pilot, "searches.zip/embase/found it.ris").split()[-3:] == ["4", "1", "1"]
        assert row_with(pilot, "searches.zip/second.ris").split()[-3:] == ["2", "–", "–"]
        await press(pilot, "i", "ctrl+s", "w")
        assert field(pilot, "file").endswith("/found it-refused.ris")
    names = [("searches.zip/embase/found it.ris", 4), ("searches.zip/second.ris", 2)]
    assert set(names) < set(rows(tour, "SELECT file, records FROM import"))


async def test_a_file_that_is_no_export_is_not_imported(tour: str, login: str, tmp_path: Path) -> None:
    picture = tmp_path / "picture.ris"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    before = dump(tour)
    async with open_app(tour) as pilot:
        await choose(pilot, str(picture), login)
        assert row_with(pilot, "picture.ris").split()[:3] == ["›", "✗", "picture.ris"]
        await press(pilot, "i")
        assert "There is nothing to import in these files" in answer(pilot)
        assert isinstance(pilot.app.screen, LookScreen)
    assert dump(tour) == before


async def test_the_encoding_is_chosen_for_all_files_and_they_are_looked_at_again(
    tour: str, tmp_path: Path
) -> None:
    path = tmp_path / "old.ris"
    path.write_bytes(
        "TY  - JOUR\nTI  - Über Wege\nER  - \n".encode("cp1251", "replace").replace(b"?", b"\xdc")
    )
    async with open_app(tour, size=(120, 40)) as pilot:
        await choose(pilot, str(path))
        await press(pilot, "e", *"cp1251", "enter")
        assert "read as cp1251" in where(pilot)
        assert "cp1251" in row_with(pilot, "› ✓ old.ris")
        await press(pilot, "e", *"utf-99", "enter")
        assert "“" not in answer(pilot)
        assert '"utf-99" is no encoding for text files' in answer(pilot)
        await press(pilot, "enter")
        assert "read as cp1251" in where(pilot), "what was found before stays"
        await press(pilot, "i", "ctrl+s")
    assert ("old.ris", "cp1251") in rows(tour, "SELECT file, encoding FROM import")
    assert ("Ьber Wege",) in rows(tour, "SELECT title FROM paper")


async def test_an_encoding_that_does_not_fit_is_said_of_the_file(tour: str, tmp_path: Path) -> None:
    path = tmp_path / "old.ris"
    path.write_bytes(b"TY  - JOUR\nTI  - \xdcber Wege\nER  - \n")
    async with open_app(tour, size=(120, 40)) as pilot:
        await choose(pilot, str(path))
        await press(pilot, "e", *"utf-8", "enter")
        assert '"old.ris"' not in where(pilot)
        assert "is not in the encoding utf-8" in answer(pilot)


async def test_looking_can_be_stopped(tour: str, export: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopping(pace: Pace, step: Step) -> str:
        busy = app[0].screen
        assert isinstance(busy, Busy)
        app[0].call_from_thread(busy.action_leave)
        return "on the way"

    app: list[Any] = []
    monkeypatch.setattr(importing, "_HEARD", 1)
    monkeypatch.setattr(Pace, "words", stopping)
    async with open_app(tour) as pilot:
        app.append(pilot.app)
        await choose(pilot, export)
        assert isinstance(pilot.app.screen, ImportScreen)
        assert "Stopped looking." in answer(pilot)


# -- where they come from -----------------------------------------------------------------------------------


async def test_i_imports_a_file_and_reports_what_was_refused_and_where(tour: str, export: str) -> None:
    async with open_app(tour) as pilot:
        await import_them(pilot, export, source="Web of Walking", stage="1b")
        assert isinstance(pilot.app.screen, ReportScreen)
        assert "found it.ris · 4 records" in where(pilot)
        assert "Web of Walking (1b) · read by SF" in about(pilot)
        assert row_with(pilot, "! found it.ris").split()[-3:] == ["4", "1", "1"]
        assert "✗ 40 5 Record 5 of line 40 is an empty record" in answer(pilot)
        assert "· 34 4 Record 4 of line 34 has no title" in answer(pilot)
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, ImportScreen), "what was looked at is over"
        assert earlier(pilot, "found it.ris ").split()[-4:] == ["4", "1", "1", "–"]
        await press(pilot, "g", "h")
        assert "Home · 65 papers" in where(pilot)
        assert "36 records" in row_with(pilot, "Stage 1b")
        await press(pilot, "slash", *"gatekeepers")
        assert "Line managers as gatekeepers" in text_of(pilot), "what came in can be searched"
    found = "SELECT search.source, import.records FROM import JOIN search ON search.uid = import.search"
    assert ("Web of Walking", 4) in rows(tour, found)


async def test_the_searches_are_suggested(tour: str, export: str) -> None:
    name = str(rows(tour, "SELECT name FROM search ORDER BY number LIMIT 1")[0][0])
    async with open_app(tour) as pilot:
        await choose(pilot, export)
        await press(pilot, "i", *name[:4])
        assert pilot.app.screen.query_one("#f-search", Input)._suggestion.startswith(name[:4])
        await press(pilot, "right")
        assert field(pilot, "search") in [row[0] for row in rows(tour, "SELECT name FROM search")]
        await press(pilot, "ctrl+s")
        assert name in about(pilot)
    by = f"SELECT search.name FROM import JOIN search ON search.uid = search WHERE import.uid IN ({OURS})"
    assert rows(tour, by) == [(name,)]


@pytest.mark.parametrize(
    ("products", "sources", "likely"),
    [
        (("Embase.com",), ("embase com", "scopus"), "#0"),
        (("Scopus", "Scopus"), ("embase", "scopus"), "#1"),
        (("Scopus", "Embase"), ("embase", "scopus"), ""),
        (("Scopus",), ("scopus", "scopus"), ""),
        (("",), ("", "scopus"), ""),
    ],
)
def test_the_only_search_of_the_product_is_likely(
    products: tuple[str, ...], sources: tuple[str, ...], likely: str
) -> None:
    reports = tuple(FileReport("x", "ris", "utf-8", product, 3, 3, ()) for product in products)
    plan = Plan([(f"#{n}", source) for n, source in enumerate(sources)], [], {})
    assert gateway.likely_search(plan, Looked(("x",), "", reports)) == likely


@fewer(
    "values, why",
    [
        ({"search": "no such search"}, "There is no search 'no such search'"),
        ({"search": "x", "source": "y", "stage": "z"}, "Name either the search, or the source"),
        ({"source": "y"}, "The source and the stage go together"),
    ],
    0,
)
async def test_what_is_wrong_is_said_in_the_form(
    tour: str, export: str, values: dict[str, str], why: str
) -> None:
    before = dump(tour)
    async with open_app(tour) as pilot:
        await import_them(pilot, export, **values)
        assert refusal(pilot).startswith(why)
        for name, value in values.items():
            assert field(pilot, name) == value, "what was typed stays"
    assert dump(tour) == before


async def test_a_file_that_was_read_before_adds_nothing_unless_again(tour: str, export: str) -> None:
    brought = f"SELECT count(*) FROM paper WHERE import IN ({OURS})"
    async with open_app(tour) as pilot:
        await import_them(pilot, export)
        assert rows(tour, brought) == [(4,)]
        await press(pilot, "q")
        await choose(pilot, export)
        assert "there already: was imported on" in row_with(pilot, "= found it.ris")
        await press(pilot, "i", "ctrl+s")
        assert "What can be read is there already" in refusal(pilot)
        await save(pilot, again="yes")
        assert isinstance(pilot.app.screen, ReportScreen)
        assert rows(tour, brought) == [(8,)]


async def test_who_reads_is_asked_before_the_first_import(tour: str, export: str) -> None:
    async with open_app(tour, person="") as pilot:
        await press(pilot, "escape")
        await choose(pilot, export)
        await press(pilot, "i")
        await save(pilot, initials="ZZ")
        await press(pilot, "ctrl+s")
        assert "ZZ" in where(pilot)
    by = f"SELECT initials FROM import JOIN person ON person.uid = import.person WHERE import.uid IN ({OURS})"
    assert rows(tour, by) == [("ZZ",)]


# -- reading ------------------------------------------------------------------------------------------------


async def test_a_stopped_import_leaves_nothing_behind(
    tour: str, export: str, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped when the first file and two records of the second are in already."""
    seen: list[object] = []
    words: list[str] = []

    def stopping(pace: Pace, step: Step) -> str:
        words.append(plain(pace, step))
        if (step.number, step.records) == (2, 2):
            seen.extend(rows(tour, "SELECT count(*) FROM record")[0])
            busy = pilot.app.screen
            assert isinstance(busy, Busy)
            pilot.app.call_from_thread(busy.action_leave)
        return words[-1]

    plain = Pace.words
    monkeypatch.setattr(intake, "BATCH", 2)
    async with open_app(tour, person="AB") as pilot:
        await choose(pilot, second, export)
        await press(pilot, "i")
        before = dump(tour)
        monkeypatch.setattr(Pace, "words", stopping)
        await press(pilot, "ctrl+s")
        assert "Stopped: nothing was taken in." in answer(pilot)
        assert isinstance(pilot.app.screen, LookScreen)
        assert dump(tour) == before
    assert seen == [rows(tour, "SELECT count(*) FROM record")[0][0] + 4]  # type: ignore[operator]
    assert words[-1].startswith("file 2 of 2: found it.ris\n")
    assert "4 records" in words[-1]


async def test_escape_stops_an_import(tour: str, export: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key itself, pressed while the first batch is being written."""
    import threading

    arrived, go_on = threading.Event(), threading.Event()

    def waiting(pace: Pace, step: Step) -> str:
        arrived.set()
        assert go_on.wait(20)
        return "one batch is in"

    monkeypatch.setattr(intake, "BATCH", 2)
    async with open_app(tour, person="AB") as pilot:
        await choose(pilot, export)
        await press(pilot, "i")
        before = dump(tour)
        monkeypatch.setattr(Pace, "words", waiting)
        await pilot.press("ctrl+s")
        for _ in range(2000):
            if arrived.is_set():
                break
            await pilot.pause(0.005)
        await pilot.press("escape")
        await pilot.pause(0.05)
        assert "stopping after the step under way" in answer(pilot)
        go_on.set()
        await settle(pilot)
        assert "Stopped: nothing was taken in." in answer(pilot)
        assert dump(tour) == before


async def test_a_refusal_of_the_service_is_said_and_nothing_was_imported(
    tour: str, export: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(tour) as pilot:
        await choose(pilot, export)
        await press(pilot, "i")
        connection = sqlite3.connect(tour)  # somebody else begins to read the same file
        connection.execute(
            "INSERT INTO import (uid, person, at, file, sha256, size, format, product, encoding, records,"
            " refused, finished, worker) SELECT 'x', uid, '2026-01-01T00:00:00.000000Z', 'y', ?, 1, 'ris',"
            " '', '', 0, 0, 0, 'elsewhere 1' FROM person LIMIT 1",
            (hashlib.sha256(RIS).hexdigest(),),
        )
        connection.commit()
        connection.close()
        await press(pilot, "ctrl+s")
        assert "Nothing was imported" in answer(pilot)
        assert "is being imported already" in answer(pilot)
    assert rows(tour, OURS) == []


def test_the_pace_says_rate_and_time_left() -> None:
    now = [100.0]
    pace = Pace(lambda: now[0])
    first = pace.words(Step("a.ris", 1, 2, 500, 0.1))
    assert first.split("\n")[0] == "file 1 of 2: a.ris"
    assert first.endswith("500 records"), "too soon for a rate"
    now[0] += 2
    assert pace.words(Step("a.ris", 1, 2, 1000, 0.25)).endswith("1,000 records · 500 a second · 6 s left")
    now[0] += 2
    later = pace.words(Step("b\x1b[31m.ris", 2, 2, 200, 0.5))
    assert later.endswith("1,200 records · 300 a second · 4 s left"), "records of all files"
    assert later.split("\n")[1].endswith(" 50%")
    assert later.split("\n")[1].count("█") == 25
    assert pace.words(Step("b", 2, 2, 300, 1.0)).endswith("1,300 records · 325 a second")
    assert [left(n) for n in (0.2, 59, 61, 3599, 4800)] == [
        "1 s left", "59 s left", "1 min left", "1 h 0 min left", "1 h 20 min left",
    ]  # fmt: skip


# -- the report ---------------------------------------------------------------------------------------------


async def test_a_problem_is_shown_to_the_letter(tour: str, tmp_path: Path) -> None:
    text = "TY  - \x1b[31mX\n  two  \u202espaces\x00\nER  -"
    report = FileReport(
        "bad.ris", "ris", "utf-8", "", 1, 1,
        (
            Problem(3, 1, Severity.WARNING, "A doubt."),
            Problem(7, 2, Severity.ERROR, "[b]Refused[/b] it.", text),
            Problem(9, None, Severity.ERROR, "Another.", "second text"),
        ),
        uid="u",
    )  # fmt: skip
    async with open_app(tour) as pilot:
        pilot.app.push_screen(ReportScreen("", of(report)))
        await settle(pilot)
        assert "› ✗ 7 2 [b]Refused[/b] it." in answer(pilot), "what was refused comes first"
        await press(pilot, "enter")
        shown = answer(pilot)
        assert "Refused 1 of 3" in shown
        assert "File bad.ris" in shown
        assert "Line 7" in shown
        assert "Record 2" in shown
        assert "[b]Refused[/b] it." in shown
        assert "w writes what was refused to a file" in shown
        for text in ("TY  - ␛[31mX", "  two  ⟨U+202E⟩spaces␀", "ER  -"):
            assert text in text_of(pilot)
        await press(pilot, "right")
        assert "second text" in text_of(pilot)
        await press(pilot, "right", "right")
        assert "Read with a doubt 3 of 3" in answer(pilot)
        await press(pilot, "left", "enter")
        assert "› ✗ 9 Another." in answer(pilot), "the list went along"


async def test_refused_text_is_written_mended_and_imported_again(
    tour: str, export: str, tmp_path: Path
) -> None:
    async with open_app(tour, size=(120, 40)) as pilot:
        await import_them(pilot, export, source="Web of Walking", stage="1b")
        await press(pilot, "w")
        assert field(pilot, "file").endswith("found it-refused.ris")
        await save(pilot, file=export)
        assert "is already there: choose another name." in refusal(pilot)
        assert Path(export).read_bytes() == RIS
        mended = tmp_path / "mended.ris"
        await save(pilot, file=str(mended))
        assert "m brings the" in row_with(pilot, "Mend it there")
        assert mended.read_text().split() == ["TY", "-", "JOUR", "ER", "-"]
        mended.write_text("TY  - JOUR\nTI  - It has a title now\nER  -\n")
        await press(pilot, "m")
        assert "to mend found it.ris" in where(pilot)
        await press(pilot, "u")
        assert "to mend" not in where(pilot), "what was taken back is not mended"
        await press(pilot, "U", "t", "enter", "m", "f", *"mended", "escape")
        assert "to mend found it.ris" in where(pilot)
        assert "› mended.ris" in answer(pilot)
        await press(pilot, "enter", "i")
        assert field(pilot, "mends").startswith("found it.ris · ")
        await press(pilot, "ctrl+s")
        assert "mends found it.ris" in about(pilot)
        assert "Web of Walking (1b)" in about(pilot), "its search is that of what it mends"
        pilot.app.clear_notifications()
        await press(pilot, "q")
        assert "to mend" not in where(pilot)
        assert "✓ 1" in earlier(pilot, "found it.ris ")
        assert "mended.ris mends" in earlier(pilot, "mended.ris")
        await press(pilot, "t", "down", "enter")
        assert "mended since" in about(pilot)
    assert rows(tour, "SELECT file FROM import WHERE mends IS NOT NULL") == [("mended.ris",)]


async def test_where_nothing_was_refused_there_is_nothing_to_mend(tour: str, second: str) -> None:
    async with open_app(tour) as pilot:
        await import_them(pilot, second)
        assert "Every record was read without a doubt." in answer(pilot)
        await press(pilot, "w")
        assert "there is nothing to mend" in answer(pilot)
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, ReportScreen)


async def test_the_refused_text_of_the_file_under_the_cursor_is_written(
    tour: str, export: str, tmp_path: Path
) -> None:
    other = tmp_path / "other.ris"
    other.write_text("TY  - JOUR\nTI  - One\nER  -\n\nTY  - BOOK\nER  -\n")
    async with open_app(tour) as pilot:
        await import_them(pilot, export, str(other))
        assert "2 files · 5 records" in where(pilot)
        await press(pilot, "w")
        assert field(pilot, "file").endswith("found it-refused.ris")
        await press(pilot, "escape", "down", "w")
        assert field(pilot, "file").endswith("other-refused.ris"), "what was refused comes first"
        await press(pilot, "escape", "end", "w")
        assert field(pilot, "file").endswith("found it-refused.ris")
        await press(pilot, "escape", "t", "home", "w")
        assert field(pilot, "file").endswith("found it-refused.ris")
        await press(pilot, "escape", "down", "enter")
        assert isinstance(pilot.app.focused, ProblemTable)
        assert "other.ris" in row_with(pilot, "› ✗ other.ris")


async def test_a_report_is_never_gone_until_its_import_is_taken_back(tour: str, export: str) -> None:
    async with open_app(tour) as pilot:
        await import_them(pilot, export)
    async with open_app(tour) as pilot:
        await press(pilot, "g", "i", "t")
        assert isinstance(pilot.app.focused, EarlierTable)
        assert "› found it.ris" in answer(pilot), "the newest comes first"
        await press(pilot, "enter")
        assert "found it.ris · 4 records" in where(pilot)
        assert "of no search · read by SF" in about(pilot)
        await press(pilot, "enter")
        assert "ER  -" in text_of(pilot)
        await press(pilot, "escape", "u")
        assert "its import was taken back" in row_with(pilot, "↶ found it.ris")
        await press(pilot, "w")
        assert "there is nothing to mend" in answer(pilot)
        await press(pilot, "q")
        assert "› tour_" in answer(pilot)


@fewer("size", [(80, 24), (120, 40), (60, 16)], 0, ids=str)
async def test_hostile_reports_are_shown_plain(tour: str, size: tuple[int, int]) -> None:
    problems = tuple(
        Problem(n, n, list(Severity)[n % 2], text[:3000] or "x", text) for n, text in enumerate(CORPUS, 1)
    )
    reports = tuple(FileReport(text[:300], text[:9], text[:9], text[:50], 3, 3, problems) for text in CORPUS)
    looked = Looked(tuple(text[:300] for text in CORPUS), "", reports)
    async with open_app(tour, size=size) as pilot:
        house = pilot.app
        assert isinstance(house, RealistApp)
        for screen in (LookScreen("", looked, lambda: None), ReportScreen("", of(*reports))):
            house.push_screen(screen)
            await settle(pilot)
            for keys in (
                ("down", "pagedown", "end"),
                ("t", "down", "pagedown"),
                ("enter", "end"),
                ("escape",),
            ):
                await press(pilot, *keys)
                assert text_of(pilot).replace("\n", "").isprintable()
            await press(pilot, "escape", "escape", "t", "home", "w", "escape")
            assert pilot.app.is_running
            assert "Something is wrong" not in answer(pilot)
            while len(house.screen_stack) > 1:
                await house.pop_screen()


@pytest.mark.slow
async def test_a_hundred_thousand_problems_are_scrolled_at_once(tour: str) -> None:
    problems = tuple(Problem(n, n, Severity.WARNING, f"Record {n} has no title.") for n in range(1, 100_001))
    report = FileReport("many.csv", "csv", "utf-8", "", 100_000, 100_000, problems)
    async with open_app(tour) as pilot:
        pilot.app.push_screen(ReportScreen("", of(report)))
        await settle(pilot)
        await press(pilot, "end")
        assert "Record 100000 has no title." in text_of(pilot)
        pilot.app.push_screen(LookScreen("", Looked(("many.csv",), "", (report,)), lambda: None))
        await settle(pilot)
        await press(pilot, "t", "end")
        assert "… and 99,700 more" in answer(pilot)


def test_the_name_for_refused_text_is_a_file_name() -> None:
    names = {
        "all.zip/../../etc/pass.wd.ris": "pass.wd-refused.ris",
        "C:\\x\\y.csv": "y-refused.ris",
        "\x1b[31mred\n": "_31mred-refused.ris",
        "Ergebnisse für März.ris": "Ergebnisse für März-refused.ris",
        "x" * 300: "x" * 80 + "-refused.ris",
    }
    for file, wanted in names.items():
        assert gateway.name_for_refused(FileReport(file, "ris", "", "", 0, 0, ())) == wanted
    assert gateway.name_for_refused(FileReport("a.xlsx", "xlsx", "", "", 0, 0, ())) == "a-refused.csv"


async def test_refused_text_with_lone_surrogates_is_written(tour: str, export: str, tmp_path: Path) -> None:
    async with open_app(tour) as pilot:
        await import_them(pilot, export)
        connection = sqlite3.connect(tour)
        connection.execute(
            "UPDATE import_problem SET text = ? WHERE severity = 'error'", (json.dumps("TY  - \ud800x"),)
        )
        connection.commit()
        connection.close()
        await press(pilot, "w")
        await save(pilot, file=str(tmp_path / "out.ris"))
    assert (tmp_path / "out.ris").read_text() == "TY  - \\ud800x\n"


async def test_the_marks_go_once_the_files_are_read(tour: str, export: str, second: str) -> None:
    async with open_app(tour) as pilot:
        await press(pilot, "g", "i", "f", *"ris", "enter", "a")
        assert "2 marked" in where(pilot)
        await press(pilot, "l", "q")
        assert "2 marked" in where(pilot)
        await press(pilot, "l", "i", "ctrl+s")
        assert "2 files · 6 records" in where(pilot)
        await press(pilot, "q")
        assert "marked" not in where(pilot)
        assert not pilot.app.screen.query_one(FileList).marked
