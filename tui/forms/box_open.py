"""Boxes opened to be changed: by form, in the notation, dropped; from wherever one sees them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from realist.domain.configuration import Box
from realist.domain.notation import draw
from realist.errors import Refused
from realist.text import line
from tui.dialogs import Choose, Field, Form, Option
from tui.forms.box import BoxForm, box_rows, notation_rows, understood
from tui.forms.box_edit import read_edit, slots
from tui.gateway import boxes
from tui.gateway.boxes import Names, Under, name_of, naming

if TYPE_CHECKING:
    from realist.queries.looking import ToLook
    from tui.place import Place

_UNBROKEN = 10_000_000


def _titled(what: str, box: Box, number: int) -> str:
    return f"{what} box {name_of(box, number)}"


def begin_edit(place: Place, box: Box, number: int) -> None:
    """Edit a box by form."""

    def ask(names: Names) -> None:
        shown = slots(box)

        def save(values: dict[str, str]) -> None:
            papers, mechanisms = line(values["papers"]), line(values["mechanisms"])
            of = Under(
                None if papers == line(naming(box.papers)) else papers,
                None if mechanisms == line(naming(box.mechanisms)) else mechanisms,
            )
            kept.save(read_edit(values, box, shown), of, values["reason"])

        kept = Keeper(place, box)
        rows = box_rows(box, shown, names, Box())
        note = "A part whose wording is emptied goes, with what it rests on. → takes what is suggested."
        place.app.push_screen(
            BoxForm(_titled("Edit", box, number), rows, save, note=note, draft=f"box {box.uid}")
        )

    place.house.with_person(lambda: place.fetch(boxes.names, ask, group="names"))


def begin_rewrite(place: Place, box: Box, number: int) -> None:
    """Edit a box as it is written in the notation."""

    def ask() -> None:
        kept = Keeper(place, box)

        def save(values: dict[str, str]) -> None:
            kept.save(boxes.rewritten(values["text"]), Under(), values["reason"])

        rows = notation_rows(draw(box.parts, _UNBROKEN) if box.elements else "", None, Box())
        note = "Reworded parts keep what they rest on, their tags and links."
        title, draft = _titled("Edit", box, number), f"notation {box.uid}"
        form = BoxForm(title, rows, save, note=note, live=understood, draft=draft)
        place.app.push_screen(form)

    place.house.with_person(ask)


def begin_drop(place: Place, box: Box, number: int) -> None:
    """Drop a box, with the reason."""

    def save(values: dict[str, str]) -> None:
        place.house.at_desk(lambda desk: boxes.drop(desk, box.uid, values["reason"]))

    note = "It stays in the review, as dropped, and leaves the grid. u takes it back."
    form = Form(_titled("Drop", box, number), [Field("reason", "Why?")], save, note=note, done="Drop")
    place.house.with_person(lambda: place.app.push_screen(form))


def begin_dismiss(place: Place, there: Sequence[ToLook]) -> None:
    """Choose something to look at in a box, and say why it is fine as it is."""

    def chosen(number: str | None) -> None:
        if number is not None:
            ask(there[int(number)])

    def ask(one: ToLook) -> None:
        def save(values: dict[str, str]) -> None:
            place.house.at_desk(lambda desk: boxes.dismiss(desk, one, values["reason"]))

        form = Form("Fine as it is", [Field("reason", "Why?")], save, note=one.look.why, done="Dismiss")
        place.app.push_screen(form)

    if len(there) == 1:
        ask(there[0])
    else:
        options = [Option(one.look.why, str(number)) for number, one in enumerate(there)]
        place.app.push_screen(Choose("Which one is fine as it is?", options), chosen)


class Keeper:
    """Saves an edit of a box; where somebody changed the box meanwhile, says so once before it does."""

    def __init__(self, place: Place, box: Box) -> None:
        self._place, self._was = place, box

    def save(self, edit: Callable[[Box], Box], under: Under, reason: str) -> None:
        """Do *edit*; raises Refused where it cannot be done, or not without a second look."""
        was = self._was
        try:
            self._place.house.at_desk(lambda desk: boxes.change(desk, was, edit, under, reason))
        except Refused as error:
            self._was = boxes.one(self._place.gate, was.uid)
            if self._was == was:
                raise
            raise Refused(f"{error} ^s again does your change to the box as it is now.") from error
