"""Which review? Those of this folder, those opened last, a new one, a sample."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import on
from textual.screen import Screen
from textual.widget import Widget

from realist import machine
from realist.text import line
from tui.dialogs import Busy, Field, Form, Progress
from tui.gateway.door import reviews_here
from tui.place import Place
from tui.widgets.lines import Column, Lines, Span
from tui.widgets.table import Table

if TYPE_CHECKING:
    from tui.gateway.door import Gateway


class Way(NamedTuple):
    """One way to begin."""

    title: str
    note: str
    what: str
    address: str = ""


def ways(folder: Path) -> list[Way]:
    """Return the ways to begin from *folder*: what is there first."""
    here = reviews_here(folder)
    absolute = {str((folder / name).absolute()) for name in here}
    found = [Way(name, "in this folder", "open", name) for name in here]
    found += [
        Way(Path(address).name or address, f"opened last · {address}", "open", address)
        for address in machine.recent()
        if address not in absolute
    ]
    return [
        *found,
        Way("New review …", "one file in this folder", "new"),
        Way("Sample: a tour", "a small invented review to learn with", "tour"),
        Way("Sample: leadership", "the published review of Sims et al. (2021)", "leadership"),
    ]


class StartScreen(Place):
    """The ways to begin, under a cursor."""

    PLACE = "start"
    TITLE = "realist · which review?"

    def body(self) -> Iterable[Widget]:
        """Yield the list."""
        yield Table[Way]([Column("Begin with", share=2), Column("", share=3)], _shown, id="ways")

    def on_mount(self) -> None:
        """Show the ways."""
        super().on_mount()
        self.query_one("#ways", Table).fill(ways(Path.cwd()))

    @on(Lines.Chosen)
    def begin(self) -> None:
        """Begin with what was chosen."""
        table: Table[Way] = self.query_one("#ways", Table)
        way = table.item
        if way is None:
            return
        if way.what == "open":
            self.house.open_review(way.address)
        elif way.what == "new":
            self.app.push_screen(new_form(), self._made)
        else:
            self._build(way.what)

    def _made(self, address: str | None) -> None:
        if address:
            self.house.open_review(address)

    def _build(self, name: str) -> None:
        address = f"{name}.realist"
        if Path(address).exists():
            self.house.open_review(address)
            return

        def work(progress: Progress) -> str:
            from tui.gateway.making import build_sample

            progress(f"writing {address}")
            build_sample(name, address, progress)
            return address

        def built(done: tuple[bool, str] | None) -> None:
            if done:
                self.house.open_review(done[1])

        self.app.push_screen(Busy(f"Building the sample “{name}”", work), built)


def _shown(way: Way) -> tuple[Span | str, Span | str]:
    return way.title, Span(way.note, "muted")


def new_form() -> Screen[Any]:
    """Return the form that makes a review; it returns the new file's name."""
    from realist.vocabulary import Scheme

    def save(values: dict[str, str]) -> str:
        from tui.gateway.making import make_review

        return make_review(values["file"], values["title"], values["question"], values["scheme"])

    return Form(
        "New review",
        [
            Field("file", "File", "review.realist"),
            Field("title", "Title"),
            Field("question", "Question: what works, for whom, in what circumstances, and why?", long=True),
            Field("scheme", "Scheme of its boxes", "CMO", choices=tuple(map(str, Scheme)), only=True),
        ],
        save,
        done="Make it",
    )


def back_up_form(gate: Gateway) -> Screen[Any]:
    """Return the form that writes a copy of the open review."""
    name = Path(gate.address).stem if "://" not in gate.address else "review"

    def save(values: dict[str, str]) -> str:
        from tui.gateway.making import back_up

        return back_up(gate, line(values["file"]))

    field = Field("file", "Write a verified copy to", f"{name}-copy.realist")
    return Form("Back up", [field], save, done="Write")
