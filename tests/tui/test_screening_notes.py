"""Screen: notes are never lost, undo and redo bring papers back, errors leave everything as it was."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from realist.errors import Refused
from realist.services import screening
from realist.services.unit import Desk
from realist.vocabulary import Verdict
from tests.fewer import fewer
from tests.tui.forms import field, save
from tests.tui.piles import a_pile, decided, head, number, of, remark, rows, to_pile
from tests.tui.support import open_app, press, settle, text_of


async def test_a_note_goes_with_the_decision(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "c", *"who leads?", "enter")
        assert "note, not saved yet: who leads?" in text_of(pilot)
        assert decided(file_desk) == []
        await press(pilot, "2")
        assert number(pilot) == 2
        assert decided(file_desk) == [(1, "exclude", 2, "who leads?", 0, "SF")]
        await press(pilot, "k")
        assert "note: who leads?" in text_of(pilot)


@fewer("key", ["j", "k", "enter", "p", "f", "r"], 0, 4)
async def test_nothing_moves_on_past_a_note_that_is_not_saved(file_desk: Desk, key: str) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "j", "c", *"hm", "enter", key)
        assert number(pilot) == 2
        assert remark(pilot).startswith("Your note is not saved yet: decide (y n m)")
        await press(pilot, "c", "backspace", "backspace", "enter", "j")
        assert number(pilot) == 3
        assert rows(file_desk, "SELECT count(*) FROM parking") == [(0,)]


async def test_a_note_on_a_decided_paper_is_a_decision_with_the_same_verdict_and_reasons(
    file_desk: Desk,
) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "3", "k", "c", *"late thought", "enter")
        assert number(pilot) == 1
        assert "note: late thought" in text_of(pilot)
        assert [row[:4] for row in decided(file_desk)] == [
            (1, "exclude", 3, ""), (1, "exclude", 3, "late thought"),
        ]  # fmt: skip
        await press(pilot, "1")
        assert decided(file_desk)[-1][:4] == (1, "exclude", 1, "late thought")


async def test_a_note_of_a_decision_that_is_taken_back_is_a_draft_again(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "c", *"keep me", "enter", "y", "u")
        assert number(pilot) == 1
        assert "note, not saved yet: keep me" in text_of(pilot)
        await press(pilot, "m", "k", "x")
        assert "note, not saved yet: keep me" in text_of(pilot)
        await press(pilot, "n")
        assert decided(file_desk)[-1][:4] == (1, "exclude", None, "keep me")


async def test_a_note_that_is_not_saved_is_said_before_leaving(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "c", *"hm", "enter", "q")
        assert text_of(pilot).startswith(" Home")
        await press(pilot, "ctrl+q")
        assert "A note that you typed is not saved yet" in text_of(pilot)
        await press(pilot, "n", "g", "s")
        assert "note, not saved yet: hm" in text_of(pilot)
        await press(pilot, "y", "ctrl+q")
        assert pilot.app._exit


async def test_a_long_note_is_edited_in_lines(file_desk: Desk) -> None:
    a_pile(file_desk)
    screening.decide(Desk(file_desk.store, "SF"), "#1", Verdict.MAYBE, round_="abstracts", note="one\ntwo")
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "k", "c")
        assert field(pilot, "note") == "one\ntwo"
        await save(pilot, note="one\ntwo\nthree")
        assert decided(file_desk)[-1][:4] == (1, "maybe", None, "one\ntwo\nthree")


async def test_undo_and_redo_go_back_and_forth_over_several_papers(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "y", "2", "m", "u")
        assert number(pilot) == 3
        assert remark(pilot).startswith("Undone: decide")
        assert "#3 A3 (2003)" in remark(pilot)
        await press(pilot, "u", "u")
        assert number(pilot) == 1
        assert head(pilot).startswith("○ undecided")
        assert decided(file_desk) == []
        await press(pilot, "U")
        assert number(pilot) == 1
        assert head(pilot).startswith("✓ include")
        assert remark(pilot).startswith("Done again: ")
        await press(pilot, "ctrl+r")
        assert head(pilot).startswith("✗ exclude: 2 not about work")
        await press(pilot, "enter")
        assert number(pilot) == 3
        assert [row[:3] for row in decided(file_desk)] == [(1, "include", None), (2, "exclude", 2)]


async def test_a_key_right_after_undo_is_about_the_paper_that_came_back(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        for key in ("y", "y", "y", "u", "n", "y"):
            await pilot.press(key)
        await settle(pilot)
        assert [row[:2] for row in decided(file_desk)] == [
            (1, "include"), (2, "include"), (3, "exclude"), (4, "include"),
        ]  # fmt: skip


async def test_undo_works_in_the_next_session_and_on_what_was_parked(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "y", "p")
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        assert number(pilot) == 3
        await press(pilot, "u")
        assert number(pilot) == 2
        assert head(pilot).startswith("○ undecided")
        await press(pilot, "u")
        assert number(pilot) == 1
        await press(pilot, "U", "U")
        assert number(pilot) == 2
        assert head(pilot).startswith("‖ parked")


async def test_undo_of_something_else_leaves_the_paper_where_it_is(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "y", "t", *"rural", "enter")
        assert "tagged rural" in text_of(pilot)
        await press(pilot, "u")
        await pilot.pause(0.1)
        await settle(pilot)
        assert "Undone: tag" in text_of(pilot)
        assert number(pilot) == 2
        assert not any(row.strip() == "tagged rural" for row in text_of(pilot).split("\n"))


async def test_an_error_is_one_sentence_and_the_paper_stays_undecided(
    file_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_pile(file_desk)

    def full(*given: object, **named: object) -> None:
        raise Refused("The disk is full. Nothing was changed.")

    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "c", *"mine", "enter")
        with monkeypatch.context() as patch:
            patch.setattr(screening, "decide_entry", full)
            await press(pilot, "y")
            assert "The disk is full." in text_of(pilot)
            await press(pilot, "y", "escape")
        assert number(pilot) == 1
        assert head(pilot).startswith("○ undecided")
        assert "note, not saved yet: mine" in text_of(pilot)
        await press(pilot, "y")
        assert decided(file_desk) == [(1, "include", None, "mine", 0, "SF")]


async def test_a_file_that_another_program_holds_is_said(
    file_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_pile(file_desk)
    monkeypatch.setattr("realist.store.engine.WAIT_MS", 60)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        other = sqlite3.connect(file_desk.store.address, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await press(pilot, "y")
        assert "is being written by another program" in " ".join(text_of(pilot).split())
        other.execute("ROLLBACK")
        other.close()
        await press(pilot, "escape", "y")
        assert [row[:2] for row in decided(file_desk)] == [(1, "include")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
async def test_a_file_that_cannot_be_written_can_be_read(file_desk: Desk) -> None:
    a_pile(file_desk)
    file_desk.store.close()
    Path(file_desk.store.address).chmod(0o400)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "y")
        assert "read-only" in text_of(pilot)
        await press(pilot, "escape")
        assert number(pilot) == 1


async def test_whoever_is_nobody_is_asked_first_and_nothing_is_lost(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address, person="") as pilot:
        await press(pilot, "escape")
        await to_pile(pilot)
        await press(pilot, "y", *"NG", "enter")
        await pilot.pause(0.1)
        await settle(pilot)
        assert decided(file_desk)[0][:2] == (1, "include")
        assert decided(file_desk)[0][5] == "NG"
        assert of(pilot).queue.item is not None
