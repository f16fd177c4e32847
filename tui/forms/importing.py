"""Importing an export: which file, of which search; how far it came; what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from realist.errors import RealistError
from realist.text import shorten
from tui.dialogs import Busy, Field, Form, Progress, Stopped, Tell

if TYPE_CHECKING:
    from tui.app import RealistApp
    from tui.gateway.importing import Report
    from tui.place import Place

Values = Mapping[str, str]


def begin_import(place: Place) -> None:
    """Ask which file to read, as soon as it is known who is at the keyboard."""
    from tui.gateway import importing

    def ask(names: tuple[list[str], list[str]]) -> None:
        place.house.push_screen(_form(place.house, *names), lambda values: _read(place, values))

    place.house.with_person(lambda: place.fetch(importing.names, ask, group="import"))


def _form(house: RealistApp, searches: list[str], stages: list[str]) -> Form:
    from tui.gateway import importing

    def save(values: dict[str, str]) -> dict[str, str]:
        importing.check(house.gate, values)
        return values

    return Form(
        "Import an export",
        [
            Field("file", "File: the export of a database, such as ~/Downloads/embase.ris"),
            Field("search", "Search it came from, by name or #number", choices=tuple(searches)),
            Field("source", "or: database it came from"),
            Field("stage", "and its stage (both are added where they are new)", choices=tuple(stages)),
            Field("encoding", "Encoding, only where letters came out wrong"),
            Field("again", "Read it again if it was imported before", "no", choices=("no", "yes"), only=True),
        ],
        save,
        done="Import",
    )


def _read(place: Place, values: Values | None) -> None:
    """Read the file with a dialog that stops it; what goes wrong leaves nothing behind and is said."""
    from tui.gateway import importing

    if values is None:
        return
    house = place.house

    def work(progress: Progress) -> Report | str:
        try:
            report = house.at_desk(lambda desk: importing.read_file(desk, values, progress))
        except RealistError as error:
            return str(error)
        with suppress(Stopped):  # the file is in by now
            progress("making it searchable")
        importing.index(house.gate)
        return report

    def done(answer: tuple[bool, Report | str] | None) -> None:
        if answer is None:
            house.say("Stopped: nothing of the file was taken in.")
        elif isinstance(answer[1], str):
            house.tell("Nothing was imported", answer[1])
        else:
            house.push_screen(Tell("Imported" if answer[1].records else "Read", importing.told(answer[1])))

    house.push_screen(Busy(f"Reading {shorten(importing.file_of(values).name, 50)}", work), done)
