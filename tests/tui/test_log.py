"""The log: acts in a list, what each changed, undo and redo of any of them."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from realist.queries import log
from realist.queries.theory import mechanisms as all_mechanisms
from realist.services import mechanisms, notes, papers
from realist.services.importing import Origin, import_file
from realist.services.unit import Desk
from realist.vocabulary import Fate
from tests.services.exports import SECOND_RIS
from tests.tui.support import open_app, others_seen, press, row_with, settle, text_of
from tui.place import Place
from tui.screens.log import ActTable, when
from tui.widgets.lines import Lines

Play = Callable[[Pilot[str]], Awaitable[None]]
HOSTILE = "\x1b[2J\x1b]0;owned\x07[bold red]Trust[/] \u202eevil\x9b31m"


def run(desk: Desk, play: Play, *keys: str, person: str = "SF", size: tuple[int, int] = (80, 24)) -> None:
    """Open the log of the review, press *keys*, then *play*."""

    async def opened() -> None:
        async with open_app(desk.store.address, size, person) as pilot:
            await press(pilot, "g", "l", *keys)
            await play(pilot)

    asyncio.run(opened())


@pytest.fixture
def review(file_desk: Desk) -> Desk:
    """A mechanism described twice, a paper by somebody else, a memo."""
    mechanisms.add_mechanism(file_desk, "Trust")
    mechanisms.describe(file_desk, "Trust", "They know each other.", reason="from the first reading")
    papers.add_paper(Desk(file_desk.store, "GW"), label="Klinga (2016)", title="Shared responsibility")
    notes.add_memo(file_desk, "mechanism", "Trust", "Ask the group about this.")
    return file_desk


def spaced(pilot: Pilot[str]) -> str:
    """Return the words of the screen with single spaces between them, as if it were one wide line."""
    return " ".join(text_of(pilot).replace("│", " ").split())


def names(desk: Desk) -> list[str]:
    """Return the names of all mechanisms."""
    with desk.store.read() as connection:
        return [row["name"] for row in all_mechanisms(connection)]


def last(desk: Desk) -> dict[str, object]:
    """Return the newest act."""
    with desk.store.read() as connection:
        return log.acts(connection, limit=1)[0]


def test_acts_stand_newest_first_with_who_what_and_why(review: Desk) -> None:
    async def play(pilot: Pilot[str]) -> None:
        shown = text_of(pilot).split("\n")
        assert "Log · 7 acts" in shown[0]
        assert [row[4:8].strip() for row in shown[2:9]] == ["7", "6", "5", "4", "3", "2", "1"]
        assert "write memo mechanism Trust" in shown[2]
        assert "GW" in row_with(pilot, "add paper Klinga (2016)")
        assert "from the first" in row_with(pilot, "describe mechanism Trust")

    run(review, play)


def test_the_filter_takes_words_and_initials(review: Desk) -> None:
    async def play(pilot: Pilot[str]) -> None:
        await press(pilot, "f", *"trust")
        assert "Log · 3 acts · trust" in text_of(pilot)
        assert "Klinga" not in text_of(pilot)
        await press(pilot, "ctrl+u", *"by:g")
        assert "nobody here is g" in text_of(pilot), "initials are not guessed"
        await press(pilot, "w")
        assert "add paper Klinga (2016)" in text_of(pilot)
        assert "write memo" not in text_of(pilot)
        await press(pilot, *" nowhere")
        assert "No act fits" in text_of(pilot)
        await press(pilot, "ctrl+u", "escape")
        assert "Log · 7 acts" in text_of(pilot)
        assert isinstance(pilot.app.focused, Lines)

    run(review, play)


def test_m_shows_mine_then_everybodys(review: Desk) -> None:
    async def play(pilot: Pilot[str]) -> None:
        await press(pilot, "m")
        assert "Log · 2 acts · yours only" in text_of(pilot)
        assert "write memo" not in text_of(pilot)
        await press(pilot, "m")
        assert "write memo" in text_of(pilot)

    run(review, play, person="GW")


def test_who_did_nothing_yet_sees_nothing_of_others(review: Desk) -> None:
    async def play(pilot: Pilot[str]) -> None:
        assert "Log · 0 acts · yours only · nothing of yours yet" in text_of(pilot)

    run(review, play, "m", person="G")


def test_enter_shows_each_row_before_and_after(review: Desk) -> None:
    mechanisms.decide_fate(review, "Trust", Fate.KEPT, reason="the group agreed")

    async def play(pilot: Pilot[str]) -> None:
        shown = text_of(pilot)
        assert "Act 8" in shown
        assert "the group agreed" in shown
        assert "+ added mechanism fate" in shown
        assert "mechanism         Trust" in shown, "a row that is referred to is called by its name"
        await press(pilot, "escape")
        assert "Log · 8 acts" in text_of(pilot)

    run(review, play, "enter")


def test_a_changed_field_is_shown_with_both_values(review: Desk) -> None:
    papers.edit_paper(review, "Klinga (2016)", "title", "Shared responsibility in teams", reason="misprint")

    async def play(pilot: Pilot[str]) -> None:
        assert "Shared responsibility → Shared responsibility in teams" in spaced(pilot)
        assert "~ changed paper" in text_of(pilot)

    run(review, play, "enter")


def test_z_says_what_it_will_do_and_undoes_only_after_yes(review: Desk) -> None:
    async def play(pilot: Pilot[str]) -> None:
        assert "Undo act 6?" in text_of(pilot)
        assert "Undo add paper Klinga (2016) (act 6, GW" in text_of(pilot)
        assert "− removes paper: Klinga (2016)" in text_of(pilot)
        await press(pilot, "n")
        assert last(review)["number"] == 7
        await press(pilot, "z", "y")
        assert (last(review)["intention"], last(review)["number"]) == ("undo", 8)
        undone = next(row for row in text_of(pilot).split("\n") if "  6 " in row)
        assert "↶" in undone
        assert undone.startswith("›"), "the cursor stays on the act"

    run(review, play, "j", "z")


def test_undoing_an_import_says_how_much_goes(review: Desk, tmp_path: Path) -> None:
    file = tmp_path / "second.ris"
    file.write_bytes(SECOND_RIS)
    import_file(review, file, Origin())

    async def play(pilot: Pilot[str]) -> None:
        shown = text_of(pilot)
        assert "Undo import second.ris: 2 records" in shown
        assert "− removes record: 2" in shown
        assert "− removes paper: 2" in shown
        assert "more" not in shown
        await press(pilot, "y")
        assert "↶" in row_with(pilot, "  8 ")

    run(review, play, "z")


def test_capital_z_does_again_what_was_undone(review: Desk) -> None:
    async def play(pilot: Pilot[str]) -> None:
        await press(pilot, "z", "y")
        await press(pilot, "Z")
        assert "Do again what act 8 took back?" in text_of(pilot)
        await press(pilot, "y")
        assert last(review)["intention"] == "redo"
        assert "↶" not in row_with(pilot, "  7 ")

    run(review, play)


def test_what_cannot_be_undone_is_refused_with_the_reason(review: Desk) -> None:
    async def play(pilot: Pilot[str]) -> None:
        await press(pilot, "f", *"propose", "escape", "z", "y")
        assert "This did not work" in text_of(pilot)
        assert "Undo that first." in text_of(pilot)
        assert names(review) == ["Trust"]

    run(review, play)


def test_an_undone_act_is_not_undone_twice(review: Desk) -> None:
    async def play(pilot: Pilot[str]) -> None:
        await press(pilot, "z", "y")
        await others_seen(pilot)
        await press(pilot, "z")
        assert "is already undone" in spaced(pilot)
        assert last(review)["number"] == 8

    run(review, play)


def test_older_acts_follow_when_the_end_is_seen(review: Desk) -> None:
    insert_acts(review, 700, "count the pages")

    async def play(pilot: Pilot[str]) -> None:
        table = pilot.app.screen.query_one(ActTable)
        assert "Log · 707 acts" in text_of(pilot)
        assert len(table.items) == 300
        table.scroll_to(y=290, animate=False, immediate=True)
        await settle(pilot)
        assert len(table.items) == 600
        assert table.cursor == 0
        await press(pilot, "end")
        assert [table.items[0]["number"], table.items[-1]["number"]] == [707, 1]
        assert len(table.items) == 707
        assert "add person SF" in row_with(pilot, "›")

    run(review, play)


def test_an_act_of_somebody_else_appears_above_and_the_cursor_stays(review: Desk) -> None:
    async def play(pilot: Pilot[str]) -> None:
        notes.add_memo(Desk(review.store, "GW"), "paper", "Klinga (2016)", "Seen.")
        for _ in range(40):
            if "Log · 8 acts" in text_of(pilot):
                break
            await asyncio.sleep(0.05)
            await settle(pilot)
        assert "write memo paper Klinga (2016)" in text_of(pilot)
        assert "describe mech" in row_with(pilot, "›")

    run(review, play, "j", "j", "j")


def test_another_place_may_ask_for_an_act(review: Desk) -> None:
    async def play(pilot: Pilot[str]) -> None:
        pilot.app.screen.post_message(Place.Asked("4"))
        await settle(pilot)
        assert "describe mech" in row_with(pilot, "›")

    run(review, play)


def test_hostile_acts_are_shown_plain(review: Desk) -> None:
    insert_acts(review, 2, HOSTILE + "x" * 100_000, change={"name": HOSTILE, "person": "p"})

    async def play(pilot: Pilot[str]) -> None:
        for keys in ((), ("enter",), ("escape", "z")):
            await press(pilot, *keys)
            shown = text_of(pilot)
            assert "[bold red]Trust[/]" in shown
            assert shown.replace("\n", "").isprintable()
            assert "\u202e" not in shown

    run(review, play, size=(120, 40))


def test_today_is_shown_by_the_clock_and_earlier_by_the_calendar() -> None:
    now = datetime(2026, 5, 4, 15, 0, tzinfo=UTC).astimezone()
    assert when(now.replace(hour=9, minute=5, second=7), now) == "09:05:07"
    assert when(now.replace(month=4), now) == "2026-04-04"


def insert_acts(desk: Desk, n: int, subject: str, change: dict[str, str] | None = None) -> None:
    """Write acts as another program might, past every service."""
    with sqlite3.connect(desk.store.address) as file:
        person = file.execute("SELECT uid FROM person LIMIT 1").fetchone()[0]
        start = file.execute("SELECT max(number) FROM act").fetchone()[0]
        for number in range(start + 1, start + 1 + n):
            row = (f"act{number}", person, "2026-02-01 00:00:00.000000", number, "add tag", subject, "")
            file.execute(
                "INSERT INTO act (uid, person, at, number, intention, subject, reason)"
                " VALUES (?,?,?,?,?,?,?)",
                row,
            )
            if change:
                values = (f"act{number}", 1, "tag", "x", json.dumps({"uid": "x", **change}), "0001")
                file.execute(
                    'INSERT INTO change (act, position, table_name, "row", after, revision)'
                    " VALUES (?,?,?,?,?,?)",
                    values,
                )
    file.close()
