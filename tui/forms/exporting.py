"""Writing papers into a file: as the list shows them, or as references for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.dialogs import Busy, Choose, Field, Form, Option, Progress
from tui.gateway import papers

if TYPE_CHECKING:
    from tui.app import RealistApp


def begin_export(house: RealistApp, numbers: Sequence[int], ask: papers.Ask, many: bool) -> None:
    """Ask in which format and into which file, and write; *many* papers show how far it is.

    The papers with *numbers*, or without any all that *ask* asks for.
    """
    options = [Option(way.title, way.name, way.note) for way in papers.WAYS]

    def chosen(name: str | None) -> None:
        way = next((way for way in papers.WAYS if way.name == name), None)
        if way is not None:
            house.push_screen(_form(house, way, numbers, ask, many), lambda answer: saved(way, answer))

    def saved(way: papers.Way, answer: str | None) -> None:
        if answer and many:

            def work(told: Progress) -> str:
                return papers.export(house.gate, way.name, answer, numbers, ask, told)

            house.push_screen(Busy("Exporting papers", work), finished)
        elif answer:
            _say(house, answer)

    def finished(answer: tuple[bool, str] | None) -> None:
        _say(house, answer[1] if answer else "Stopped; nothing was written.")

    what = f"{len(numbers):,} marked papers" if numbers else "every paper of the list"
    house.push_screen(Choose(f"Export {what} as", options), chosen)


def _form(house: RealistApp, way: papers.Way, numbers: Sequence[int], ask: papers.Ask, many: bool) -> Form:
    def save(values: dict[str, str]) -> str:
        file = values["file"]
        papers.may_write(file)
        return file if many else papers.export(house.gate, way.name, file, numbers, ask)

    what = f"{len(numbers):,} marked papers" if numbers else "every paper of the list, in its order"
    note = f"This writes {what}. {way.help}"
    field = Field("file", "Write the papers to", f"papers{way.suffix}")
    return Form(f"Export papers: {way.title}", [field], save, note=note, done="Write")


def _say(house: RealistApp, answer: str) -> None:
    """Say what was written; what could not be waits until it was read."""
    sentence, _, losses = answer.partition("\n")
    if losses:
        house.tell(sentence, losses)
    else:
        house.say(sentence)
