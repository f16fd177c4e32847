"""Adding a paper by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.dialogs import Field, Form

if TYPE_CHECKING:
    from tui.app import RealistApp


def paper_fields() -> list[Field]:
    """Return the fields of the form that adds a paper."""
    return [
        Field("label", "Label: how it is cited here, such as Klinga (2016)"),
        Field("title", "Title"),
        Field("authors", "Authors, one a line or with ; between", long=True),
        Field("year", "Year"),
        Field("journal", "Journal, publisher or other source"),
        Field("doi", "DOI"),
        Field("abstract", "Abstract", long=True),
        Field("supplied_by", "Supplied by"),
        Field("note", "Note", long=True),
    ]


def begin_paper(house: RealistApp) -> None:
    """Ask for a paper and add it, as soon as it is known who is at the keyboard."""

    def save(values: dict[str, str]) -> str:
        from tui.gateway import papers

        uid = house.at_desk(lambda desk: papers.add(desk, values))
        return f"Paper #{papers.number_of(house.gate, uid)} was added."

    def ask() -> None:
        note = "A label, a title or a DOI is enough."
        house.push_screen(Form("Add a paper", paper_fields(), save, note=note), house.say_done)

    house.with_person(ask)
