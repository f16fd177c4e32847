"""The terms that are marked in titles and abstracts: a list, adding, dropping."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from realist.domain.highlighting import Term
from realist.vocabulary import TermKind, TermSet
from tui.dialogs import Dialog, Field, Form
from tui.gateway import deciding, screening
from tui.sheets.screening import MEANS, spelt
from tui.widgets.lines import Column, Span
from tui.widgets.table import Table

if TYPE_CHECKING:
    from tui.app import RealistApp

_NOTE = (
    "A plain term is whole words; integrat* is the beginning of a word; a pattern is a regular expression of"
    " Python. Everybody who screens this review sees the terms."
)


class Terms(Dialog[None]):
    """The marked terms, to look through, add to and drop."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", show=False),
        Binding("x,delete", "drop", show=False),
        Binding("q", "leave", show=False),
    ]
    DEFAULT_CSS = """
    Terms Table { height: 16; }
    """

    def __init__(self, house: RealistApp) -> None:
        super().__init__()
        self._house = house

    def compose(self) -> ComposeResult:
        """Lay it out: the terms, the keys."""
        columns = [Column("term", share=3), Column("speaks for", share=2), Column("kind", 9)]
        with Vertical():
            yield Static("Marked terms", classes="title")
            yield Table[Term](columns, _shown, empty="No term is marked yet: a adds one.", id="terms")
            yield Static("a adds one · x drops the one under the cursor · Esc leaves", classes="note")

    def on_mount(self) -> None:
        """Show the terms."""
        self._fill()
        self._table.focus()

    @property
    def _table(self) -> Table[Term]:
        return self.query_one("#terms", Table)

    def _fill(self) -> None:
        self._table.fill(screening.marking(self._house.gate).terms)

    def action_add(self) -> None:
        """Ask for a term."""
        house = self._house

        def save(values: dict[str, str]) -> str:
            return house.at_desk(lambda desk: deciding.add_term(desk, values))

        def added(said: str | None) -> None:
            house.say_done(said)
            self._fill()

        fields = [
            Field("text", "Term: words, the beginning of a word with *, or a pattern"),
            Field("colour", "It speaks for", choices=tuple(map(str, TermSet)), only=True),
            Field("kind", "Kind", choices=("words", "regex"), only=True),
        ]
        house.with_person(lambda: house.push_screen(Form("Mark a term", fields, save, note=_NOTE), added))

    def action_drop(self) -> None:
        """Have the term under the cursor marked no more."""
        term = self._table.item
        if term is not None:
            text = spelt(term)
            self._house.write(
                lambda desk: deciding.drop_term(desk, text), lambda said: self._fill(), say=lambda said: said
            )


def _shown(term: Term) -> Sequence[Span | str]:
    kind = {TermKind.REGEX: "pattern", TermKind.PREFIX: "beginning"}.get(term.kind, "words")
    return Span(spelt(term), str(term.set)), MEANS[term.set], Span(kind, "muted")
