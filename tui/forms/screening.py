"""What is asked while screening: a note, an abstract, a tag, another round, other keys, what is hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from realist.text import paragraphs
from tui.dialogs import Choose, Field, Form, Option
from tui.gateway import address, deciding, papers, screening
from tui.presets import PRESETS, Preset, named
from tui.sheets.screening import FIELDS, Look

if TYPE_CHECKING:
    from tui.app import RealistApp
    from tui.gateway.screening import RoundToDo
    from tui.place import Place

T = TypeVar("T")


def ask_note(
    house: RealistApp,
    title: str,
    value: str,
    write: Callable[[str], T] | None,
    then: Callable[[str, T | None], object],
) -> None:
    """Ask for a note; *write* it at once, in a thread, where it can be; hand both to *then*."""

    def save(values: dict[str, str]) -> tuple[str, T | None]:
        note = paragraphs(values["note"])
        return note, None if write is None else write(note)

    def saved(answer: tuple[str, T | None] | None) -> None:
        if answer is not None:
            then(*answer)

    kept = "kept with your decision" if write else "kept as soon as you decide on this paper"
    field = Field("note", "Note", value, long="\n" in value, help=f"It is {kept}.")
    house.push_screen(Form(title, [field], save), saved)


def ask_abstract(house: RealistApp, uid: str, title: str) -> None:
    """Ask for the abstract of a paper that has none."""

    def save(values: dict[str, str]) -> str:
        house.at_desk(lambda desk: deciding.paste_abstract(desk, uid, values["abstract"]))
        return "The abstract was added. u takes it back."

    note = "Paste it here, or type it. It is shown as typed in by a person, and the log says so."
    field = Field("abstract", "Abstract", long=True)
    house.push_screen(Form(title, [field], save, note=note), house.say_done)


def ask_tag(place: Place, number: int, name: str) -> None:
    """Ask for a tag and put it on a paper."""
    house = place.house

    def chosen(tag: str | None) -> None:
        if tag:
            house.write(lambda desk: papers.tag(desk, [number], tag), say=f"{name}: tagged {tag}.")

    def ask(known: dict[str, int]) -> None:
        options = [Option(tag, tag, f"{n:,} paper{'' if n == 1 else 's'}") for tag, n in known.items()]
        house.push_screen(Choose(f"Tag {name}", options, free="new tag"), chosen)

    place.fetch(papers.tags, ask, group="tags")


def ask_round(place: Place, then: Callable[[str], object]) -> None:
    """Ask which round to go through, of those with papers for this person."""

    def chosen(uid: str | None) -> None:
        if uid:
            then(uid)

    def ask(found: list[RoundToDo]) -> None:
        options = []
        for one in found:
            waits = f"{one.waiting:,} of {one.total:,} wait" if one.waiting else f"{one.total:,}, all decided"
            options.append(Option(f"#{one.number} {one.name}", one.uid, f"{waits} · {one.kind}"))
        if options:
            place.house.push_screen(Choose("Which round?", options), chosen)
        else:
            place.house.say("No round has papers for you.")

    place.fetch(screening.rounds, ask, group="rounds")


def ask_preset(house: RealistApp, then: Callable[[Preset], object]) -> None:
    """Ask which keys to screen with."""

    def chosen(name: str | None) -> None:
        if name:
            then(named(name))

    options = [Option(preset.name, preset.name, preset.told) for preset in PRESETS]
    house.push_screen(Choose("Which keys?", options), chosen)


def ask_view(house: RealistApp, look: Look, then: Callable[[str], object]) -> None:
    """Ask which field to hide or to show."""

    def chosen(field: str | None) -> None:
        if field:
            then(field)

    options = [
        Option(f"show {field}", field, "hidden now")
        if field in look.hidden
        else Option(f"hide {field}", field)
        for field in FIELDS
    ]
    house.push_screen(Choose("What should be seen of papers?", options), chosen)


def open_on_the_web(place: Place, doi: str, url: str) -> None:
    """Open a paper's DOI or address in the browser; where there is none, say the address."""
    house = place.house
    found = address.address_of(doi, url)
    if not found:
        house.say("This paper has neither a DOI nor an address on the web.")
        return

    def opened(there: bool) -> None:
        if there:
            house.say(f"Opened {found}")
        else:
            house.tell("No browser is here", f"This is the address:\n\n{found}")

    place.fetch(lambda gate: address.open_address(found), opened, group="address")
