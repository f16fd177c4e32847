"""Running the interface in tests: open it on a review, press keys, read the screen as text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any
from weakref import WeakSet

from textual import _wait
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea
from textual.worker import WorkerCancelled

from tui.app import RealistApp


@asynccontextmanager
async def open_app(
    address: str, size: tuple[int, int] = (80, 24), person: str = "SF"
) -> AsyncIterator[Pilot[str]]:
    """Run the interface on the review at *address*; give the pilot when everything stands."""
    app = RealistApp(address, person)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield pilot


# Pilot looks every 20 ms whether the program is idle, several times a key: a look every 3 ms sees the same.
_wait.SLEEP_GRANULARITY = 0.003
_wait.SLEEP_IDLE = 0.0006

_SHEETS: dict[tuple[object, ...], Any] = {}
_parse_rules = Stylesheet._parse_rules


def _parsed_once(sheet: Stylesheet, css: str, read_from: Any, *args: Any, **kwargs: Any) -> Any:
    """Parse a style sheet once for all programs of a run that have the same colours, not for each anew."""
    key = (*sheet._variables.items(), css, read_from, *args, *kwargs.items())
    if key not in _SHEETS:
        _SHEETS[key] = _parse_rules(sheet, css, read_from, *args, **kwargs)
    return _SHEETS[key]


Stylesheet._parse_rules = _parsed_once  # type: ignore[assignment,method-assign]


_DRAWN: WeakSet[Screen[Any]] = WeakSet()
"""The screens that something was seen on."""


async def settle(pilot: Pilot[str]) -> None:
    """Wait until nothing is under way any more: no thread, no message, nothing to lay out or to draw."""
    quiet = 0
    while quiet < 3:
        await pilot._wait_for_screen()
        await asyncio.sleep(0.003)
        app, screen = pilot.app, pilot.app.screen
        busy = [worker for worker in app.workers if worker.group != "look"]
        with suppress(WorkerCancelled):  # a dialog closed before the thread that closed it ended
            await app.workers.wait_for_complete(busy)
        waiting = any(
            not part._message_queue.empty() for part in (app, *screen.walk_children(with_self=True))
        )
        resizing = app._resize_event is not None
        quiet = 0 if busy or waiting or resizing or screen._layout_required else quiet + 1
        if quiet == 3 and screen not in _DRAWN:
            if text_of(pilot).strip():
                _DRAWN.add(screen)
            else:  # nothing is drawn yet
                quiet = 0
    pilot.app.screen._on_timer_update()


async def others_seen(pilot: Pilot[str]) -> None:
    """Have the program look for what others changed, now, and wait until that is shown."""
    app = pilot.app
    assert isinstance(app, RealistApp)
    await app.workers.wait_for_complete()
    app._look()
    await app.workers.wait_for_complete()
    await settle(pilot)


async def press(pilot: Pilot[str], *keys: str) -> None:
    """Press keys one after the other, waiting for what each sets going; what is typed, only at its end."""
    for key in keys:
        await pilot.press(key)
        focused = pilot.app.focused
        if not (isinstance(focused, Input | TextArea) and (len(key) == 1 or key == "backspace")):
            await settle(pilot)
    await settle(pilot)


def text_of(pilot: Pilot[str]) -> str:
    """Return the screen as text, without spaces at the ends of lines."""
    strips = pilot.app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    return "\n".join(lines).rstrip() + "\n"


def row_with(pilot: Pilot[str], words: str) -> str:
    """Return the first line of the screen that holds *words*."""
    return next(line for line in text_of(pilot).split("\n") if words in line)


@contextmanager
def layouts(pilot: Pilot[str]) -> Iterator[list[str]]:
    """Give a list that gets an item at every layout pass of a screen, also one for scrolling alone."""
    passes: list[str] = []
    original = Screen._refresh_layout

    def counted(screen: Screen[Any], *args: Any, **kwargs: Any) -> None:
        passes.append(type(screen).__name__)
        original(screen, *args, **kwargs)

    Screen._refresh_layout = counted  # type: ignore[method-assign,assignment]
    try:
        yield passes
    finally:
        Screen._refresh_layout = original  # type: ignore[method-assign]
