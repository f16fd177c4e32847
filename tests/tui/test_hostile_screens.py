"""Text that attacks a terminal goes through every screen, dialog and notification without doing anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from realist.services import papers
from realist.services.unit import Desk
from tests.fewer import fewer
from tests.tui.hostile import CORPUS, spoil
from tests.tui.support import open_app, press, settle, text_of
from tui.actions import GOALS
from tui.safe import bare, said, told

_UNPRINTED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.fixture
def spoilt(tour: str) -> str:
    """The tour with the corpus in every text."""
    assert spoil(tour) > 1000
    return tour


@pytest.mark.parametrize("text", CORPUS, ids=range(len(CORPUS)))
def test_what_is_said_holds_only_what_prints(text: str) -> None:
    for shown in (bare(text), said(text).plain, *told(text).plain.split("\n")):
        assert shown.isprintable()
    assert len(said(text).plain) <= 2000


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.place)
async def test_every_place_survives(spoilt: str, goal: tuple[str, ...], size: tuple[int, int]) -> None:
    async with open_app(spoilt, size=size, person="AB") as pilot:
        await press(pilot, "g", goal[0])
        await press(pilot, "down", "down", "pagedown", "end", "home", "enter")
        assert not _UNPRINTED.search(text_of(pilot))
        assert pilot.app.is_running
        assert "This did not work" not in text_of(pilot)
        await press(pilot, "question_mark")
        assert not _UNPRINTED.search(text_of(pilot))


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_reading_survives_every_key(spoilt: str, size: tuple[int, int]) -> None:
    async with open_app(spoilt, size=size, person="AB") as pilot:
        await press(pilot, "g", "p", "enter", "r")
        for keys in (
            "right", "end", "home", "v", "s", "p", "plus", "minus", ("X", "escape"), "x",
            ("e", "enter", "escape"), "l", ("enter", "escape"), "l", ("t", "escape"), "T", "T",
            ("a", "escape"), ("slash", *"red", "enter"), "n", "v", "right", "down", "escape",
        ):  # fmt: skip
            await press(pilot, *([keys] if isinstance(keys, str) else keys))
            assert not _UNPRINTED.search(text_of(pilot))
            assert pilot.app.is_running
            assert "This did not work" not in text_of(pilot)


@pytest.mark.slow
async def test_screening_survives_every_key(spoilt: str) -> None:
    async with open_app(spoilt, size=(120, 40), person="AB") as pilot:
        await press(pilot, "g", "s")
        for keys in (
            *"y2mnpukxhMi", ("0", "escape"), ("c", *"a note", "enter"), ("H", "escape"), ("v", "enter"),
            ("r", "escape"), ("t", "escape"), ("d", "escape"), ("o", "escape"), ("f", *"state:und", "escape"),
            *"yyyyyyyyyyy",
        ):  # fmt: skip
            await press(pilot, *keys)
            assert not _UNPRINTED.search(text_of(pilot))
            assert pilot.app.is_running
            assert "This did not work" not in text_of(pilot)


@fewer("text", CORPUS[:14], 0, 4, 8, 12, ids=range(14))
async def test_notifications_dialogs_and_titles_survive(file_desk: Desk, text: str) -> None:
    papers.add_paper(file_desk, label=f"A {text}", title=text)
    async with open_app(file_desk.store.address) as pilot:
        pilot.app.say(text)  # type: ignore[attr-defined]
        pilot.app.tell(text, text)  # type: ignore[attr-defined]
        await settle(pilot)
        assert not _UNPRINTED.search(text_of(pilot))
        await press(pilot, "enter", "u")
        assert pilot.app.is_running
        assert not _UNPRINTED.search(text_of(pilot))


async def test_a_file_name_that_attacks(file_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "x\x1b]0;owned\x07[red]\u202e.realist"
    file_desk.store.close()
    path.write_bytes(Path(file_desk.store.address).read_bytes())
    async with open_app(str(path)) as pilot:
        assert not _UNPRINTED.search(text_of(pilot))
        assert "[red]" in text_of(pilot)
