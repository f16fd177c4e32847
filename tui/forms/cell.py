"""Writing into a cell of the evidence grid: a reading, a claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from realist.text import shorten
from tui.dialogs import Field, Form

Save = Callable[[dict[str, str]], str]

if TYPE_CHECKING:
    from tui.app import RealistApp
    from tui.gateway.grid import Place


def begin_reading(house: RealistApp, place: Place) -> None:
    """Ask what reading the paper for the mechanism gave, and record it."""
    from tui.gateway import grid

    def save(values: dict[str, str]) -> str:
        house.at_desk(lambda desk: grid.add_reading(desk, place, values))
        return f"Recorded: {values['result']}."

    fields = [
        Field("result", "What came of it", grid.RESULTS[0], choices=grid.RESULTS, only=True),
        Field("note", "Note", long=True),
    ]
    _push(house, "Read for this mechanism", fields, save, place)


def begin_claim(house: RealistApp, place: Place) -> None:
    """Ask what the paper says of the mechanism, and record it as evidence."""
    from tui.gateway import grid

    def save(values: dict[str, str]) -> str:
        house.at_desk(lambda desk: grid.add_claim(desk, place, values))
        return "The evidence was recorded."

    fields = [
        Field("claim", "What the paper says, in your words", long=True),
        Field("stance", "What that does to the mechanism", grid.STANCES[0], choices=grid.STANCES, only=True),
        Field("quotation", "The exact words it rests on", long=True),
        Field("locator", "Their place as printed, such as p676"),
        Field("topic", "Topic"),
    ]
    _push(house, "Evidence on this mechanism", fields, save, place)


def _push(house: RealistApp, title: str, fields: list[Field], save: Save, place: Place) -> None:
    note = f"{shorten(place.paper_name, 60)} × {shorten(place.mechanism_name, 80)}"
    house.with_person(
        lambda: house.push_screen(
            Form(title, fields, save, note=note, draft=f"{title} {place.paper} {place.mechanism}"),
            house.say_done,
        )
    )
