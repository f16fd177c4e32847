"""What works everywhere: going, finding commands, undoing, themes, jumping, failing."""

from __future__ import annotations

from pathlib import Path

import pytest

from realist import machine
from realist.services import history, plan
from realist.services.unit import Desk
from tests.fewer import fewer
from tests.tui.support import open_app, others_seen, press, settle, text_of
from tui.actions import GOALS
from tui.app import RealistApp
from tui.place import Place
from tui.themes import THEMES


@fewer("goal", GOALS, 0, 3, 6, 9, ids=lambda goal: goal.place)
async def test_g_and_a_letter_goes_there_and_q_comes_back(file_desk: Desk, goal: object) -> None:
    letter, title = goal.letter, goal.title  # type: ignore[attr-defined]
    async with open_app(file_desk.store.address) as pilot:
        if letter == "h":
            await press(pilot, "g", "f")
        await press(pilot, "g")
        assert f"{letter} {title}" in text_of(pilot).split("\n")[-2] + text_of(pilot)
        await press(pilot, letter)
        assert title in text_of(pilot).split("\n")[0]
        if letter == "/":
            await press(pilot, "escape")
        if letter != "h":
            await press(pilot, "q")
            assert "Home" in text_of(pilot).split("\n")[0]


async def test_keys_typed_in_one_go_arrive_where_they_are_meant(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        await pilot.press("g", "l", "g", "f", "g", "m")
        await settle(pilot)
        assert "Mechanisms" in text_of(pilot).split("\n")[0]


async def test_a_letter_that_leads_nowhere_does_nothing(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        before = text_of(pilot)
        await press(pilot, "g", "z")
        assert text_of(pilot) == before


async def test_undo_and_redo_say_what_they_did(file_desk: Desk) -> None:
    plan.add_stage(file_desk, "1a", purpose="first")
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "u")
        assert "Undone: add stage 1a" in text_of(pilot)
        with file_desk.store.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM stage").scalar() == 0
        await press(pilot, "U")
        assert "Done again: add stage 1a" in text_of(pilot)
        with file_desk.store.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM stage").scalar() == 1


async def test_what_cannot_be_undone_is_said(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address, person="NEW") as pilot:
        await press(pilot, "u")
        assert "There is nothing of yours to undo." in text_of(pilot)


async def test_the_themes_go_round_and_are_remembered(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        seen = [pilot.app.theme]
        for _ in THEMES:
            await press(pilot, "ctrl+t")
            seen.append(pilot.app.theme)
        assert seen[0] == seen[-1]
        assert set(seen) == {theme.name for theme in THEMES}
        await press(pilot, "ctrl+t")
        chosen = pilot.app.theme
    assert machine.settings()["theme"] == chosen
    async with open_app(file_desk.store.address) as pilot:
        assert pilot.app.theme == chosen


async def test_jump_puts_a_letter_on_each_part_and_goes_there(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "p", "f")
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "filter"
        await press(pilot, "ctrl+o")
        labels = [str(label.render()) for label in pilot.app.screen.query(".jump")]
        assert len(labels) >= 2
        at = [part for part in pilot.app.screen.focus_chain if part.region.area]
        letter = labels[next(place for place, part in enumerate(at) if part.id != "filter")].strip()
        await press(pilot, letter)
        assert pilot.app.focused is not None
        assert pilot.app.focused.id != "filter"
        assert not pilot.app.screen.query(".jump")


async def test_the_palette_finds_a_command_by_its_help_and_does_it(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        before = pilot.app.theme
        await press(pilot, "colon", *"high contrast")
        await pilot.pause(0.3)
        await press(pilot, "enter")
        await pilot.pause(0.1)
        assert pilot.app.theme != before


async def test_help_shows_the_keys_of_the_screen(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address, size=(100, 60)) as pilot:
        await press(pilot, "g", "l", "question_mark")
        screen = text_of(pilot)
        assert "Keys: Log" in screen
        assert "Undo the act under the cursor" in screen
        assert "Change between dark, light and high contrast." in screen
        await press(pilot, "escape")
        assert "Keys: Log" not in text_of(pilot)


async def test_a_copy_is_written_and_verified(file_desk: Desk, tmp_path: Path) -> None:
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "ctrl+b")
        await press(pilot, *["backspace"] * 20, *str(tmp_path / "copy.realist"), "ctrl+s")
        assert "is a sound copy" in text_of(pilot)
    assert (tmp_path / "copy.realist").stat().st_size > 100_000


async def test_an_error_of_the_program_is_a_sentence_and_a_line_in_the_log_file(
    file_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: RealistApp) -> None:
        raise ZeroDivisionError("seventeen")

    monkeypatch.setattr(RealistApp, "action_theme", broken)
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "ctrl+t")
        screen = " ".join(text_of(pilot).replace("│", " ").split())
        assert "Something is wrong in realist itself (ZeroDivisionError)." in screen
        assert "Traceback" not in screen
        await press(pilot, "enter", "g", "f")
        assert "Flow" in text_of(pilot).split("\n")[0]
    assert "seventeen" in machine.log_file().read_text()


async def test_an_error_while_loading_a_screen_leaves_the_program_running(
    file_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.gateway import flow

    def broken(gate: object) -> None:
        raise ZeroDivisionError("eighteen")

    monkeypatch.setattr(flow, "staged", broken)
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "f")
        assert "Something is wrong in realist itself" in text_of(pilot)
        await press(pilot, "enter", "g", "l")
        assert "Log" in text_of(pilot).split("\n")[0]


async def test_what_others_change_is_seen(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "f")
        assert "no search stage yet" in text_of(pilot)
        plan.add_stage(file_desk, "1a", purpose="What others added")
        await others_seen(pilot)
        assert "What others added" in text_of(pilot)
        await press(pilot, "g", "l")
        assert "add stage" in text_of(pilot)
        history.undo(file_desk)
        await others_seen(pilot)
        assert "undo add stage 1a" in text_of(pilot)
        await press(pilot, "g", "f")
        assert "no search stage yet" in text_of(pilot)


async def test_every_screen_names_the_review_and_who_is_there(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        for goal in GOALS:
            await press(pilot, "escape", "g", goal.letter)
            assert isinstance(pilot.app.screen, Place)
            assert "test.realist · SF" in text_of(pilot).split("\n")[0]


@pytest.mark.parametrize("columns", [60, 80, 200])
async def test_a_question_has_as_many_lines_as_its_answers_need(file_desk: Desk, columns: int) -> None:
    async with open_app(file_desk.store.address, size=(columns, 24)) as pilot:
        await press(pilot, "g")
        lines = text_of(pilot).rstrip("\n").split("\n")
        bar = " ".join(lines[-{60: 4, 80: 3, 200: 1}[columns] :])
        assert all(f"{goal.letter} {goal.title}" in bar for goal in GOALS)
        assert len(lines) == 24
        await pilot.resize_terminal(200, 24)
        await settle(pilot)
        assert all(f"{goal.letter} {goal.title}" in text_of(pilot).split("\n")[-2] for goal in GOALS)
        await press(pilot, "l")
        assert text_of(pilot).rstrip("\n").split("\n")[-1].startswith(" ? keys")
