"""Filling in forms in tests."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from tests.tui.support import press, settle
from tui.widgets.choice import Choice


async def fill(pilot: Pilot[str], **values: str) -> None:
    """Put values into the fields of the form that is seen, by name."""
    for name, value in values.items():
        widget = pilot.app.screen.query_one(f"#f-{name}")
        if isinstance(widget, TextArea):
            widget.text = value
        elif isinstance(widget, Input | Choice):
            assert not isinstance(widget, Choice) or value in widget.words
            widget.value = value
    await settle(pilot)


async def save(pilot: Pilot[str], **values: str) -> None:
    """Fill the form in and save it."""
    await fill(pilot, **values)
    await press(pilot, "ctrl+s")


def field(pilot: Pilot[str], name: str) -> str:
    """Return what stands in a field of the form that is seen."""
    widget = pilot.app.screen.query_one(f"#f-{name}")
    assert isinstance(widget, Input | TextArea | Choice)
    return widget.text if isinstance(widget, TextArea) else widget.value


def refusal(pilot: Pilot[str]) -> str:
    """Return the sentence with which the form that is seen refused."""
    return str(pilot.app.screen.query_one("#wrong", Static).render())
