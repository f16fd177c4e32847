"""Every action of the table: bound where it works, documented, in the palette, and it does something."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.fewer import fewer
from tests.tui.support import open_app, press, text_of
from tui.actions import ACTIONS, GOALS, TITLES, Action
from tui.app import RealistApp
from tui.palette import Commands
from tui.place import Place
from tui.reader import FREE, SELECTED

WAYS: dict[str, tuple[str, ...]] = {
    "everywhere": ("g", "p"),
    "lines": ("g", "p"),
    "cells": ("g", "g", "right"),
    "home": (),
    "importing": ("g", "i"),
    "looking": ("g", "i", "a", "l"),
    "report": ("g", "i", "t", "down", "enter"),
    "papers": ("g", "p"),
    "paper": ("g", "p", "enter"),
    "reading": ("g", "p", "enter", "r"),
    "screening": ("g", "s"),
    "duplicates": ("g", "d"),
    "reconcile": ("g", "c"),
    "rounds": ("g", "o"),
    "boxes": ("g", "b"),
    "mechanisms": ("g", "m"),
    "consultations": ("g", "a"),
    "theory": ("g", "t", "down"),
    "patterns": ("g", "r"),
    "grid": ("g", "g"),
    "cell": ("g", "g", "enter"),
    "flow": ("g", "f"),
    "exporting": ("g", "e"),
    "log": ("g", "l"),
    "find": ("slash", *"fear", "enter"),
}
"""The keys that lead to a place where the actions of a block work, on the tour."""
FIRST: dict[tuple[str, str], tuple[str, ...]] = {
    ("lines", "move(-1)"): ("down",),
    ("lines", "leaf(-1)"): ("end",),
    ("lines", "first"): ("end",),
    ("everywhere", "redo"): ("u",),
    ("papers", "untag"): ("t", *"rural", "enter"),
    ("paper", "previous"): ("greater_than_sign",),
    ("reading", "hit(1)"): ("slash", *"leader", "enter"),
    ("reading", "hit(-1)"): ("slash", *"leader", "enter"),
    ("reading", "step(-1)"): ("right",),
    **{
        ("reading", action.name): ("s",)
        for action in ACTIONS["reading"]
        if action.name.startswith(("part(", "evidence", "rest"))
    },
    **{
        ("reading", action.name): ("s", "c", "enter")
        for action in ACTIONS["reading"]
        if action.name.startswith("valence(")
    },
    ("reading", "excerpt(-1)"): ("end",),
    **{("reading", name): ("v",) for name in ("keep", "keep_with", "grow", "finish(1)", "place", "leave")},
    **{("reading", name): ("right", "v", "s") for name in ("shrink", "begin(1)", "begin(-1)", "finish(-1)")},
    ("duplicates", "previous"): ("right_square_bracket",),
    ("duplicates", "across(-1)"): ("right",),
    ("duplicates", "split"): ("right_square_bracket", "right_square_bracket"),
    ("reconcile", "take_back"): ("y", "enter", "t"),
    ("screening", "undo"): ("y",),
    ("screening", "redo"): ("y", "u"),
    ("screening", "undecide"): ("y", "k"),
    ("screening", "go_on"): ("y", "k"),
    ("screening", "step(-1)"): ("j",),
    ("screening", "read_on(1)"): ("i",),
    ("screening", "read_on(-1)"): ("i", "space"),
    ("screening", "read_side(1)"): ("i",),
    ("screening", "read_side(-1)"): ("i", "ctrl+d"),
    ("screening", "paste"): ("j", "j"),
    ("patterns", "name"): ("t", "t"),
    **{("patterns", name): ("t", "t", "t") for name in ("reword", "put", "give_up")},
    ("log", "redo_this"): ("down", "down", "down"),
    ("theory", "judge"): ("enter", *["down"] * 12),
    ("theory", "withdraw"): ("enter", *["down"] * 12),
    ("theory", "version(1)"): ("less_than_sign",),
    ("cell", "withdraw"): ("down", "down", "down", "down"),
}
"""What has to be done first, so that an action has something to do."""
EVERY = [
    pytest.param(block, action, marks=pytest.mark.slow)
    if action.name.startswith(("part(", "valence("))
    and action.name not in ("part('context')", "valence('+')")
    else (block, action)
    for block, actions in ACTIONS.items()
    for action in actions
]
"""Every action; of those that do the same with another word one at once, the others with the slow tests."""


def named(item: object) -> str:
    return item.name if isinstance(item, Action) else str(item)


def state(pilot: Pilot[str]) -> tuple[object, ...]:
    """What a person sees, where they are, and what the review holds."""
    app = pilot.app
    assert isinstance(app, RealistApp)
    acts = app.gate.version() if app.gate.is_open else -1
    focus = app.focused.id if app.focused else None
    return text_of(pilot), type(app.screen).__name__, app.theme, acts, focus, app._exit


def _when(action: Action) -> str:
    name = action.name.partition("(")[0]
    return "selected" if name in SELECTED else "free" if name in FREE else ""


def test_the_table_names_every_block() -> None:
    assert set(ACTIONS) == set(TITLES) == set(WAYS)
    for block, actions in ACTIONS.items():
        names = [action.name for action in actions]
        keys = [key for action in actions for key in action.keys.split(",")]
        assert len(set(names)) == len(names), block
        if block == "reading":  # a key can do one thing while words are selected, another while none are
            each = [(key, _when(action)) for action in actions for key in action.keys.split(",")]
            assert not {key for key, when in each if not when} & {key for key, when in each if when}
            keys = [f"{key} {when}" for key, when in each]
        assert len(set(keys)) == len(keys), block
        for action in actions:
            assert action.label
            assert action.help.endswith(".")


def test_no_key_of_a_screen_is_taken_by_its_list() -> None:
    lines = {key for action in ACTIONS["lines"] for key in action.keys.split(",")} - {"enter"}
    for block in set(ACTIONS) - {"lines", "screening"}:  # there is no list where one screens
        for action in ACTIONS[block]:
            assert not lines & set(action.keys.split(",")), f"{block}: {action.name}"


@pytest.mark.slow
@pytest.mark.parametrize(("block", "action"), EVERY, ids=named)
async def test_an_action_is_in_the_palette_and_its_key_does_something(
    tour: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: str, action: Action
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tui.gateway.address.open_address", lambda found: False)
    async with open_app(tour, person="AB") as pilot:
        await press(pilot, *WAYS[block], *FIRST.get((block, action.name), ()))
        screen = pilot.app.screen
        assert isinstance(screen, Place)
        offered = [name for _, _, name in Commands(screen)._all()]
        assert action.name in offered or action.name == "palette"
        before = state(pilot)
        await press(pilot, action.keys.split(",")[0])
        await pilot.pause(0.2)
        assert state(pilot) != before


@fewer("goal", GOALS, 0, 4, 8, 12, ids=named)
async def test_a_goal_is_in_the_palette(tour: str, goal: tuple[str, ...]) -> None:
    async with open_app(tour, person="AB") as pilot:
        screen = pilot.app.screen
        assert f"to {goal[1]}" in [name for _, _, name in Commands(screen)._all()]
