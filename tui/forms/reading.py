"""What is asked of somebody who reads: an excerpt with a note, other words on it, why it goes, a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from realist.errors import RealistError
from realist.text import shorten
from tui.dialogs import Busy, Field, Form, Progress
from tui.dialogs.pick_file import PickFile

if TYPE_CHECKING:
    from realist.queries.excerpts import Quoted
    from tui.place import Place

Stretch = tuple[str, int, int, int, int]
_SHOWN = 400


def begin_keep(
    place: Place, paper: str, at: Stretch, words: str, locator: str, then: Callable[[], None]
) -> None:
    """Ask for what stands with an excerpt, and keep it; then do *then*."""
    from tui.gateway import reading

    def save(values: dict[str, str]) -> None:
        place.house.at_desk(
            lambda desk: reading.keep(desk, paper, at, values["locator"], values["note"], values["site"])
        )

    def done(answer: object) -> None:
        if answer:
            then()

    form = Form(
        "Keep this as an excerpt",
        _fields(locator),
        save,
        note=shorten(words, _SHOWN),
        done="Keep",
        draft=f"excerpt of {paper}",
    )
    place.house.with_person(lambda: place.app.push_screen(form, done))


def begin_edit(place: Place, excerpt: Quoted) -> None:
    """Ask for what should stand with an excerpt."""
    from tui.gateway import reading

    def save(values: dict[str, str]) -> None:
        place.house.at_desk(
            lambda desk: reading.edit(desk, excerpt.uid, values["locator"], values["note"], values["site"])
        )

    fields = _fields(excerpt.locator, excerpt.note, excerpt.site)
    form = Form(
        "What stands with this excerpt", fields, save, note=shorten(excerpt.quotation, _SHOWN),
        draft=f"excerpt {excerpt.uid}",
    )  # fmt: skip
    place.house.with_person(lambda: place.app.push_screen(form))


def _fields(locator: str, note: str = "", site: str = "") -> list[Field]:
    return [
        Field("note", "Note", note, long=True),
        Field("locator", "The place as printed, such as p676", locator),
        Field("site", "The case or site in the paper that it speaks of", site),
    ]


def begin_drop(place: Place, excerpt: Quoted) -> None:
    """Ask why an excerpt goes, and take it out; one on which something rests stays."""
    from tui.gateway import reading

    def save(values: dict[str, str]) -> str:
        place.house.at_desk(lambda desk: reading.drop(desk, excerpt.uid, values["reason"]))
        return "The excerpt was dropped; u brings it back."

    form = Form(
        "Drop this excerpt", [Field("reason", "Why, if you like")], save,
        note=shorten(excerpt.quotation, _SHOWN), done="Drop",
    )  # fmt: skip
    place.house.with_person(lambda: place.app.push_screen(form, place.house.say_done))


def begin_attach(place: Place, paper: str, called: str, then: Callable[[str], None]) -> None:
    """Choose a file and attach it to a paper, with a dialog that stops it; its text goes to *then*."""
    house = place.house

    def chosen(path: str | None) -> None:
        if path:
            _attach(place, paper, path, then)

    picker = PickFile(f"Attach a full text to {shorten(called, 40)}", house.gate.address)
    house.with_person(lambda: house.push_screen(picker, chosen))


def _attach(place: Place, paper: str, path: str, then: Callable[[str], None]) -> None:
    from tui.gateway import folders, reading

    house = place.house

    def work(progress: Progress) -> tuple[str, str]:
        progress("opening …")
        try:
            found = house.at_desk(lambda desk: reading.attach(desk, paper, path, progress))
        except RealistError as error:
            return "", str(error)
        folders.remember([path])
        return found

    def done(answer: tuple[bool, tuple[str, str]] | None) -> None:
        if answer is None:
            house.say("Stopped: nothing was attached.")
            return
        text, words = answer[1]
        if text:
            then(text)
            house.say(words)
        else:
            house.tell("Nothing was attached", words)

    house.push_screen(
        Busy(f"Reading {shorten(path.replace(chr(92), '/').rsplit('/', 1)[-1], 50)}", work), done
    )
