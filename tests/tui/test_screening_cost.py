"""Screen: what a key costs, counted: no layout pass, few statements, nothing read twice."""

from __future__ import annotations

from threading import current_thread, main_thread
from typing import Any

import pytest
from sqlalchemy import event
from textual.pilot import Pilot

from realist.services.unit import Desk
from tests.fewer import fewer
from tests.tui.piles import a_pile, number, of, to_pile
from tests.tui.support import layouts, open_app, press, settle
from tui.app import RealistApp
from tui.pile import AHEAD, BATCH
from tui.shelf import Shelf

MOST = 6
KEYS = ("y", "n", "m", "1", "2", "k", "j", "enter", "p", "space")


def listen(pilot: Pilot[str]) -> list[str]:
    """Return a list that gets every statement of the thread of the screen."""
    app = pilot.app
    assert isinstance(app, RealistApp)
    heard: list[str] = []

    def before(_: Any, __: Any, statement: str, *rest: Any) -> None:
        if current_thread() is main_thread():
            heard.append(statement)

    event.listen(app.gate.store.engine, "before_cursor_execute", before)
    return heard


@fewer("size", [(80, 24), (120, 40)], 0, ids=str)
async def test_a_key_lays_nothing_out_and_asks_little(file_desk: Desk, size: tuple[int, int]) -> None:
    a_pile(file_desk, 40)
    async with open_app(file_desk.store.address, size=size) as pilot:
        await to_pile(pilot)
        await press(pilot, "y", "k", "j", "space")
        heard = listen(pilot)
        counts: dict[str, int] = {}
        with layouts(pilot) as passes:
            for key in (*KEYS, *KEYS, *KEYS):
                heard.clear()
                await pilot.press(key)
                counts[key] = max(counts.get(key, 0), len(heard))
                await settle(pilot)
                await pilot.pause(0.12)
        assert passes == []
        assert all(counts[key] <= MOST for key in KEYS), counts
        assert counts["j"] == counts["enter"] == counts["space"] == 0


async def test_a_decision_is_five_statements_and_one_commit(file_desk: Desk) -> None:
    a_pile(file_desk, 10)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        heard, commits = listen(pilot), list[object]()
        app = pilot.app
        assert isinstance(app, RealistApp)
        event.listen(app.gate.store.engine, "commit", lambda connection: commits.append(connection))
        await press(pilot, "y")
        assert len(commits) >= 1
        kinds = [statement.split()[0] for statement in heard]
        assert kinds == ["BEGIN", "SELECT", "INSERT", "INSERT", "INSERT"]
        assert number(pilot) == 2


async def test_the_next_papers_are_ready_before_they_are_wanted(
    file_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_pile(file_desk, 60)
    late: list[str] = []
    make = Shelf.make

    def counted(shelf: Shelf, gate: Any, item: Any) -> Any:
        late.append(item.paper)
        return make(shelf, gate, item)

    monkeypatch.setattr(Shelf, "make", counted)
    async with open_app(file_desk.store.address) as pilot:
        screen = await to_pile(pilot)
        ahead = screen.queue.ahead(AHEAD)
        assert all(item.paper in screen.shelf for item in ahead[: AHEAD - BATCH])
        for _ in range(50):
            await press(pilot, "y")
        assert number(pilot) == 51
        await press(pilot, *"kkk")
        assert late == []


async def test_drawing_ahead_draws_the_same(file_desk: Desk) -> None:
    a_pile(file_desk, 30)
    async with open_app(file_desk.store.address) as pilot:
        screen = await to_pile(pilot)
        await press(pilot, *"yyy")
        ahead = dict(screen.reading._strips)
        assert ahead
        screen.reading._strips.clear()
        for y in range(1, 1 + len(ahead)):
            screen.reading.render_line(y)
        for key in set(ahead) & set(screen.reading._strips):
            assert list(ahead[key]) == list(screen.reading._strips[key])


async def test_another_theme_draws_in_its_colours(file_desk: Desk) -> None:
    a_pile(file_desk, 30)
    async with open_app(file_desk.store.address) as pilot:
        screen = await to_pile(pilot)
        await press(pilot, "y")
        before = screen.reading.rich("strong", False)
        await press(pilot, "ctrl+t", "y")
        assert screen.reading.rich("strong", False) != before
        assert number(pilot) == 3
        drawn = next(iter(screen.reading._strips.values()))
        assert any(segment.style == screen.reading.rich("strong", False) for segment in drawn)


@pytest.mark.slow
async def test_the_shelf_does_not_grow_without_end(file_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    a_pile(file_desk, 80)
    monkeypatch.setattr("tui.shelf._MOST", 30)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        for _ in range(60):
            await press(pilot, "y")
        assert len(list(of(pilot).shelf)) < 60
        await press(pilot, "k")
        assert number(pilot) == 60
