"""What else can be done with a box that is worked on, and with its part: chosen from a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from realist.domain.configuration import Box, BoxElement
from realist.text import paragraphs, shorten
from tui.dialogs import Choose, Option
from tui.forms.box_open import begin_drop, begin_edit
from tui.gateway import boxes, building

if TYPE_CHECKING:
    from tui.place import Place


def begin_more(
    place: Place, paper: str, number: int, box: Box, part: BoxElement | None, then: Callable[[str], None]
) -> None:
    """Choose what is done with *box*, or with its *part*; a box that is begun goes to *then*."""
    acts: dict[str, tuple[str, Callable[[], object]]] = {
        "edit": ("the box by form: label, title, setting, papers …", lambda: begin_edit(place, box, number)),
        "relate": ("the box underpins, rests on, varies, contradicts another", lambda: _relate(place, box)),
        "copy": ("the box again, as a template for a new one", lambda: _copy(place, box, paper, then)),
        "drop": ("drop the box, with the reason", lambda: begin_drop(place, box, number)),
    }
    if part is not None:
        words = shorten(part.part.text, 40)
        acts |= {
            "said": (f"“{words}” rests on what people said …", lambda: _said(place, part)),
            "link": (f"“{words}” leads to another part …", lambda: _link(place, part)),
            "out": (f"take “{words}” out of the box", lambda: _take_out(place, part)),
        }

    def chosen(key: str | None) -> None:
        if key:
            acts[key][1]()

    options = [Option(label, key) for key, (label, _) in acts.items()]
    place.app.push_screen(Choose(f"Box #{number}", options), chosen)


def _copy(place: Place, box: Box, paper: str, then: Callable[[str], None]) -> None:
    said = "A box with the same parts was begun; they rest on nothing yet. u takes it back."
    place.house.write(lambda desk: building.copy(desk, box.uid, paper), then, say=said)


def _relate(place: Place, box: Box) -> None:
    def ask(shelf: boxes.Shelf) -> None:
        options = [
            Option(f"{kind} {boxes.name_of(row.box, row.number)}", f"{kind}:{row.box.uid}")
            for row in shelf.rows
            for kind in building.RELATIONS
            if row.box.uid != box.uid
        ]
        place.app.push_screen(Choose("This box …", options), chosen)

    def chosen(answer: str | None) -> None:
        if answer:
            kind, _, other = answer.partition(":")
            said = f"Recorded: the box {kind} the other one."
            place.house.write(lambda desk: building.relate(desk, box.uid, kind, other), say=said)

    place.fetch(boxes.shelf, ask, group="names")


def _said(place: Place, part: BoxElement) -> None:
    def ask(there: list[tuple[str, str, str]]) -> None:
        options = [Option(paragraphs(words)[:400], uid, held[:200]) for words, uid, held in there]
        if options:
            place.app.push_screen(Choose("Who said it? Type to find the words", options), chosen)
        else:
            place.house.say("Nothing that people said is recorded yet: g a, then w.")

    def chosen(feedback: str | None) -> None:
        if feedback:
            said = "The part rests on what they said, too. u takes it back."
            place.house.write(lambda desk: building.rest_on_words(desk, part.uid, feedback), say=said)

    place.fetch(building.words_there, ask, group="names")


def _link(place: Place, part: BoxElement) -> None:
    def ask(there: list[tuple[str, str]]) -> None:
        options = [Option(called, uid) for uid, called in there]
        place.app.push_screen(Choose("It leads to …", options), chosen)

    def chosen(to: str | None) -> None:
        if to:
            said = "The one leads to the other now."
            place.house.write(lambda desk: building.link(desk, part.uid, to), say=said)

    place.fetch(lambda gate: building.parts_there(gate, part.uid), ask, group="names")


def _take_out(place: Place, part: BoxElement) -> None:
    said = "The part is out of the box; u puts it back."
    place.house.write(lambda desk: building.take_out(desk, part.uid), say=said)
