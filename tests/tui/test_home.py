"""Home: where the review stands, what is next, and the way to it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from realist.services import extracting, papers, plan, rounds, screening
from realist.services.unit import Desk
from realist.store.engine import open_store
from realist.text import cell_width
from realist.vocabulary import ExtractionRole, RoundKind, Verdict
from tests.fewer import fewer
from tests.tui import hostile
from tests.tui.forms import refusal, save
from tests.tui.support import open_app, press, row_with, settle, text_of
from tui.place import Place
from tui.screens.home import HomeScreen
from tui.screens.log import LogScreen
from tui.sheets.ages import ago, bar
from tui.widgets.filter import FilterLine
from tui.widgets.page import Page

ROOT = Path(__file__).parents[2]


def rows(address: str, statement: str) -> list[tuple[object, ...]]:
    """Return what an SQL statement finds in the file."""
    connection = sqlite3.connect(address)
    found = connection.execute(statement).fetchall()
    connection.close()
    return found


def where(pilot: Pilot[str]) -> str:
    """Return the first line of the screen."""
    return text_of(pilot).split("\n")[0]


async def follow(pilot: Pilot[str], words: str) -> None:
    """Put the cursor on the line of Home that holds *words* and press Enter."""
    page = pilot.app.screen.query_one(Page)
    lines = ["".join(span.text for span in page.row(index, 80)) for index in range(page.total)]
    page.go_to(next(index for index, line in enumerate(lines) if words in line))
    await press(pilot, "enter")


async def test_everything_stands_on_80_by_24_without_scrolling(tour: str) -> None:
    async with open_app(tour) as pilot:
        shown = text_of(pilot)
        assert "Peer-led walking groups after a cardiac event" in shown
        assert "Stage 1b             32 records · 32 papers" in shown
        assert "█████░░░░░ 15 of 27 · 4 conflicts · 12 wait for you" in shown
        assert "With evidence        ██████░░░░ 16 of 24 · 11 with boxes · 12 texts missing" in shown
        assert "5 kept" in row_with(pilot, "Mechanisms  ")
        assert "2025-11-19  AB edit person EF" in shown
        page = pilot.app.screen.query_one(Page)
        assert page.total <= page.shown
        assert row_with(pilot, "›").startswith("›▸Decide on 12 papers in round")


async def test_more_stands_on_120_by_40(tour: str) -> None:
    async with open_app(tour, (120, 40)) as pilot:
        shown = text_of(pilot)
        assert "5 in, 5 out, 1 maybe" in shown
        assert "12 missing" in row_with(pilot, "Full texts   ")
        assert "11 of 24 included · 16 boxes, 2 partial" in shown
        assert "Titles and abstracts, 1b" in row_with(pilot, "15 of 27")
        assert shown.count("2025-11-19") == 10
        assert not any(cell_width(line) > 120 for line in shown.split("\n"))


@fewer(
    "step, wanted",
    [
        ("Read and extract 8", "state:included -has:evidence -has:box"),
        ("Stage 1b", 'stage:"1b"'),
        ("With evidence", "state:included -has:evidence"),
        ("With boxes", "state:included -has:box"),
        ("Full texts   ", "text:missing"),
    ],
    0,
    4,
)
async def test_enter_goes_to_the_papers_that_a_line_is_about(tour: str, step: str, wanted: str) -> None:
    async with open_app(tour, (100, 40)) as pilot:
        await follow(pilot, step)
        assert where(pilot).startswith(" Papers")
        assert pilot.app.screen.query_one(FilterLine).value == wanted
        await press(pilot, "escape", "q")
        assert isinstance(pilot.app.screen, HomeScreen)


@pytest.mark.parametrize(("step", "title"), [("Complete 2 boxes", " Boxes"), ("Mechanisms  ", " Mechanisms")])
async def test_enter_goes_to_boxes_and_mechanisms(tour: str, step: str, title: str) -> None:
    async with open_app(tour) as pilot:
        await follow(pilot, step)
        assert where(pilot).startswith(title)


async def test_enter_on_mechanisms_that_lack_evidence_goes_there(
    tmp_path: Path, leadership_file: Path
) -> None:
    address = str(tmp_path / "leadership.realist")
    shutil.copy(leadership_file, address)
    async with open_app(address) as pilot:
        assert "thin (≤ 1 paper)" in text_of(pilot)
        await follow(pilot, "Look for evidence on 12 mechanisms")
        assert where(pilot).startswith(" Mechanisms")


@pytest.mark.parametrize(("step", "round_"), [("Decide on 12", "1b"), ("15 of 27", "1b"), ("29 of 29", "1a")])
async def test_enter_on_a_round_goes_and_screens_it(tour: str, step: str, round_: str) -> None:
    async with open_app(tour, (100, 40)) as pilot:
        await follow(pilot, step)
        assert where(pilot).startswith(f" Screen · Titles and abstracts, {round_}")


async def test_enter_on_conflicts_goes_to_those_of_the_round(tour: str) -> None:
    async with open_app(tour) as pilot:
        await follow(pilot, "Resolve 4")
        assert where(pilot).startswith(" Conflicts · 4 to resolve · Titles and abstracts, 1b")
        await press(pilot, "q")
        await follow(pilot, "Resolve 1 ")
        assert where(pilot).startswith(" Conflicts · 1 to resolve · Pilot")


async def test_enter_on_an_act_goes_to_it_in_the_log(tour: str) -> None:
    async with open_app(tour, (100, 40)) as pilot:
        await follow(pilot, "record process change EF")
        assert isinstance(pilot.app.screen, LogScreen)
        assert "record process change EF" in row_with(pilot, "›")


async def test_another_place_is_asked_at_its_list_and_not_at_what_was_opened_from_it(tour: str) -> None:
    async with open_app(tour) as pilot:
        await press(pilot, "g", "p", "enter")
        assert len(pilot.app.screen_stack) == 2
        await press(pilot, "g", "h")
        await follow(pilot, "Read and extract 8")
        assert len(pilot.app.screen_stack) == 1
        assert pilot.app.screen.query_one(FilterLine).value == "state:included -has:evidence -has:box"


async def test_a_place_that_is_asked_for_what_it_does_not_know_goes_on(tour: str) -> None:
    async with open_app(tour) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, Place)
        await screen.ask("flow", "anything")
        await settle(pilot)
        assert where(pilot).startswith(" Flow")


async def test_a_new_review_says_what_to_do_first(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        assert "A review for tests" in text_of(pilot)
        assert "add the first search stage" in row_with(pilot, "›")
        assert "Reading and configuring" not in text_of(pilot)
        await press(pilot, "enter")
        assert "`realist stage add`" in text_of(pilot)
        await press(pilot, "escape")
        await follow(pilot, "Import what your searches found")
        assert "imported earlier" in text_of(pilot)


async def test_the_last_hour_is_said_only_to_those_who_decided(file_desk: Desk) -> None:
    plan.add_stage(file_desk, "1a")
    rounds.add_round(file_desk, "Titles", stage="1a", kind=RoundKind.TITLE_ABSTRACT)
    for n in range(4):
        papers.add_paper(file_desk, label=f"Paper {n}")
    rounds.enter(file_desk, "Titles", [f"Paper {n}" for n in range(4)])
    start = datetime.now(UTC) - timedelta(minutes=30)
    ticks = iter(start + timedelta(minutes=n) for n in range(1000))
    store = open_store(file_desk.store.address, clock=lambda: next(ticks))
    for n in range(3):
        screening.decide(Desk(store, "SF"), f"Paper {n}", Verdict.INCLUDE, round_="Titles")
    store.close()
    async with open_app(file_desk.store.address) as pilot:
        assert "3 of 4 · 1 waits for you" in text_of(pilot)
        said = row_with(pilot, "Your last hour")
        assert "3 decisions, " in said
        assert said.endswith(" an hour")
    async with open_app(file_desk.store.address, person="GW") as pilot:
        assert "4 of 4" not in text_of(pilot)
        assert "Your last hour" not in text_of(pilot)


async def test_what_others_do_is_shown_and_the_cursor_stays_on_its_line(tour: str) -> None:
    async with open_app(tour, (100, 40)) as pilot:
        await press(pilot, "j", "j", "j", "j", "j")
        assert "Read and extract 8" in row_with(pilot, "›")
        store = open_store(tour)
        plan.add_stage(Desk(store, "CD"), "3")
        store.close()
        pilot.app.changed(10_000)  # type: ignore[attr-defined]
        await settle(pilot)
        assert "add stage 3" in text_of(pilot)
        assert "nothing imported yet" in row_with(pilot, "Stage 3")
        assert "Read and extract 8" in row_with(pilot, "›")


async def test_q_leaves_and_escape_does_not(tour: str) -> None:
    async with open_app(tour) as pilot:
        await press(pilot, "g", "f", "g", "h", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert pilot.app.is_running
        await press(pilot, "question_mark")
        assert "Leave realist; everything is saved already." in text_of(pilot)
        assert "Go back to where you came from." not in text_of(pilot)
        await press(pilot, "escape")
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app._exit


async def test_a_adds_a_paper(tour: str) -> None:
    async with open_app(tour) as pilot:
        await press(pilot, "a")
        await save(pilot, title="")
        assert "needs a label, a title or a DOI" in refusal(pilot)
        await save(pilot, label="Adair (2011)", title="On walking", authors="Adair, A.; Bo, B.", year="2011")
        assert "Paper #" in text_of(pilot)
        assert "Home · 62 papers" in where(pilot)
    found = rows(tour, "SELECT title, authors, year FROM paper WHERE label = 'Adair (2011)'")
    assert found == [("On walking", "Adair, A.\nBo, B.", 2011)]


# -- robustness ---------------------------------------------------------------------------------------------


@pytest.mark.slow
@fewer("size", [(80, 24), (120, 40), (40, 10)], 2)
async def test_a_hostile_review_is_shown_plain(tour: str, size: tuple[int, int]) -> None:
    assert hostile.spoil(tour) > 500
    async with open_app(tour, size) as pilot:
        shown = text_of(pilot)
        assert where(pilot).startswith(" Home · 61 papers")
        assert shown.replace("\n", "").isprintable()
        await press(pilot, "i")
        assert where(pilot).startswith(" Import ·")
        assert text_of(pilot).replace("\n", "").isprintable()
        await press(pilot, "escape", "end", "enter")
        assert isinstance(pilot.app.screen, LogScreen)


def test_the_frame_needs_no_database() -> None:
    """What Home imports draws before SQLAlchemy is loaded, which takes longer than all else."""
    code = (
        "import sys, tui.app, tui.screens.home; print('sqlalchemy' in sys.modules, 'alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["False", "False"]


def test_a_bar_is_full_only_at_the_end_and_empty_only_at_the_start() -> None:
    assert [bar(n, 100, 10) for n in (0, 1, 50, 99, 100)] == [
        "░░░░░░░░░░", "█░░░░░░░░░", "█████░░░░░", "█████████░", "██████████",
    ]  # fmt: skip
    assert bar(0, 0, 3) == "░░░"
    assert bar(9, 3, 3) == "███"


def test_how_long_ago() -> None:
    now = datetime(2026, 5, 20, 12, tzinfo=UTC)
    assert [
        ago(now - timedelta(seconds=s), now) for s in (5, 300, 7200, 3 * 86_400)
    ] == ["now", "5 min ago", "2 h ago", "3 d ago"]  # fmt: skip
    assert ago(now - timedelta(days=40), now) == "2026-04-10"


async def test_papers_that_were_handed_out_to_extract_wait(tour: str) -> None:
    store = open_store(tour)
    extracting.allot_extraction(Desk(store, "AB"), ["#5"], ["GH", "CD"], ExtractionRole.INDEPENDENT)
    store.close()
    async with open_app(tour, person="GH") as pilot:
        await follow(pilot, "Extract independently")
        assert where(pilot).startswith(" Paper")
