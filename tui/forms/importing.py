"""Importing exports step by step: looking without writing, saying where they come from, reading."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from realist.errors import RealistError
from realist.text import shorten
from tui.dialogs import Busy, Choose, Field, Form, Option, Progress, Stopped
from tui.sheets.importing import several
from tui.sheets.pace import Pace

if TYPE_CHECKING:
    from realist.services.importing import Step
    from tui.gateway.door import Gateway
    from tui.gateway.importing import Looked, Order, Plan, Reported
    from tui.place import Place

ENCODINGS = (
    ("utf-8", "the usual one today"),
    ("cp1252", "Windows, Western Europe"),
    ("utf-16", "Unicode text of Windows programs"),
    ("mac_roman", "old Macintosh"),
    ("iso8859_2", "Central Europe"),
    ("cp1251", "Cyrillic"),
    ("gb18030", "Chinese, mainland"),
    ("big5", "Chinese, Taiwan and Hong Kong"),
    ("shift_jis", "Japanese"),
    ("euc_kr", "Korean"),
)


def begin_look(place: Place, files: Sequence[str], encoding: str, then: Callable[[Looked], None]) -> None:
    """Look at files with a dialog that stops it; nothing is written. Hands what was found to *then*."""
    from tui.gateway import folders, importing

    house, pace = place.house, Pace()

    def work(progress: Progress) -> Looked:
        progress("opening …")
        folders.remember(files)
        return importing.look(place.gate, files, encoding, lambda step: progress(pace.words(step)))

    def done(answer: tuple[bool, Looked] | None) -> None:
        if answer is not None:
            then(answer[1])
        else:
            house.say("Stopped looking.")

    house.push_screen(Busy(f"Looking at {_called(files)}", work), done)


def ask_encoding(place: Place, then: Callable[[str], None]) -> None:
    """Ask in which encoding all files are to be read; "" lets each say it itself."""

    def chosen(encoding: str | None) -> None:
        if encoding is not None:
            then(encoding)

    options = [Option("let it be found", "", "as each file says itself")]
    options += [Option(name, name, note) for name, note in ENCODINGS]
    place.app.push_screen(Choose("Read all these files in the encoding", options, free="encoding"), chosen)


def begin_import(place: Place, looked: Looked, mends: str, then: Callable[[Reported], None]) -> None:
    """Ask where the files come from, as soon as it is known who is at the keyboard, and read them.

    *mends* is the uid of the import whose refused text they bring, or "". What came of them goes to *then*.
    """
    from tui.gateway import importing

    def ask(found: Plan) -> None:
        place.house.push_screen(
            _form(place, looked, mends, found),
            lambda order: _read(place, order, then) if order else None,
        )

    place.house.with_person(lambda: place.fetch(importing.plan, ask, group="plan"))


def _form(place: Place, looked: Looked, mends: str, found: Plan) -> Form:
    from tui.gateway import importing

    def save(values: dict[str, str]) -> Order:
        return importing.ordered(place.gate, looked, values, found.mendable)

    records = sum(one.records for one in looked.reports)
    mended = next((label for label, uid in found.mendable.items() if uid == mends), "")
    products = tuple(dict.fromkeys(one.product for one in looked.reports if one.product))
    fields = [
        Field(
            "search",
            "Search it came from, by name or #number",
            "" if mended else importing.likely_search(found, looked),
            choices=tuple(name for name, _ in found.searches),
        ),
        Field("source", "or: database it came from", choices=products),
        Field("stage", "and its stage (both are added where they are new)", choices=tuple(found.stages)),
    ]
    if found.mendable:
        words = ("", *found.mendable)
        fields.append(
            Field("mends", "It mends what an earlier import refused", mended, choices=words, only=True)
        )
    if any(one.known for one in looked.reports):
        fields.append(
            Field("again", "Read it again where it is there already", "no", choices=("no", "yes"), only=True)
        )
    note = f"{_called(looked.files)}: {several(records, 'record')} to read. Without a search, the flow"
    note += " does not count them." if not mended else " counts them for the search of what they mend."
    return Form("Where does it come from?", fields, save, note=note, done="Import")


def _read(place: Place, order: Order, then: Callable[[Reported], None]) -> None:
    """Read the files with a dialog that stops it; what goes wrong leaves nothing behind and is said."""
    from tui.gateway import importing

    house, pace = place.house, Pace()

    def work(progress: Progress) -> Reported | str:
        def told(step: Step) -> None:
            progress(pace.words(step))

        progress("opening …")
        try:
            reports = house.at_desk(lambda desk: importing.read(desk, order, told))
        except RealistError as error:
            return str(error)
        with suppress(Stopped):  # the files are in by now
            progress("making it searchable …")
        with suppress(RealistError):  # an index can wait: the next opening goes on with it
            importing.index(house.gate)
        return importing.reported(house.gate, "", reports)

    def done(answer: tuple[bool, Reported | str] | None) -> None:
        if answer is None:
            house.say("Stopped: nothing was taken in.")
        elif isinstance(answer[1], str):
            house.tell("Nothing was imported", answer[1])
        else:
            then(answer[1])

    house.push_screen(Busy(f"Reading {_called(order.looked.files)}", work), done)


def begin_writing_refused(place: Place, reported: Reported, at: int, then: Callable[[str], None]) -> None:
    """Ask for a file and write into it what was refused of one file; hand its path to *then*."""
    from tui.gateway import folders, importing

    report = reported.reports[at]

    def save(values: dict[str, str]) -> tuple[str, str]:
        said = importing.write_refused(place.gate, report, values["file"])
        return said, os.path.abspath(os.path.expanduser(values["file"].strip()))

    def saved(answer: tuple[str, str] | None) -> None:
        if answer:
            then(answer[1])
            place.house.say(f"{answer[0]} Mend it there; m brings the mended file in.")

    def where(gate: Gateway) -> str:
        folder = folders.known(folders.first_listing(gate.address).folder, 10_000)
        return folder if os.path.isdir(os.path.expanduser(folder)) else "~"

    def ask(folder: str) -> None:
        name = os.path.join(folder, importing.name_for_refused(report))
        field = Field("file", "Write the refused text to", name)
        note = (
            f"This writes the text that {shorten(report.file, 60)} was refused with, to the letter, as a file"
            " of its kind. Mend it in an editor, then bring it in with m: the report will say that it mends"
            " this import."
        )
        place.house.push_screen(Form("Refused text", [field], save, note=note, done="Write"), saved)

    place.fetch(where, ask, "folder")


def _called(files: Sequence[str]) -> str:
    return shorten(os.path.basename(files[0]), 50) if len(files) == 1 else f"{len(files):,} files"
