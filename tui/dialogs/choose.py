"""A choice: one of many, found by typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from realist.text import fold, line
from tui.dialogs.dialog import Dialog
from tui.safe import said
from tui.widgets.lines import Column, Lines, Span
from tui.widgets.table import Table


@dataclass(frozen=True, slots=True)
class Option:
    """One of several things to choose from."""

    label: str
    value: str
    note: str = ""


class Choose(Dialog[str]):
    """One of many, found by typing. Returns its value; with *free*, also words that are none of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
    ]

    def __init__(self, title: str, options: Sequence[Option], *, free: str = "") -> None:
        super().__init__()
        self._title, self._options, self._free = title, list(options), free

    def compose(self) -> ComposeResult:
        """Lay it out: what is typed, then what fits."""
        with Vertical():
            yield Static(said(self._title), classes="title")
            yield Input(placeholder="type to find", id="words")
            columns = [Column("", share=3), Column("", share=2)]
            yield Table[Option](columns, _shown, empty="Nothing fits.", id="fits")
            yield Static("Enter chooses · ↑ ↓ move · Esc leaves", classes="note")

    def on_mount(self) -> None:
        """Show everything; typing begins at once."""
        table = self._table
        table.can_focus = False
        table.heads = 0
        table.fill(self._options)
        self.query_one(Input).focus()

    @property
    def _table(self) -> Table[Option]:
        return self.query_one("#fits", Table)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Show what fits: names that hold the words, then names like them."""
        self._table.fill(fitting(self._options, event.value, self._free), keep=False)

    @on(Input.Submitted)
    @on(Lines.Chosen)
    def chosen(self) -> None:
        """Give the option under the cursor."""
        item = self._table.item
        if item is not None:
            self.dismiss(item.value)

    def action_step(self, rows: int) -> None:
        """Move the cursor while typing."""
        self._table.action_move(rows)


def fitting(options: Sequence[Option], words: str, free: str) -> list[Option]:
    """Return the options that fit *words*, best first.

    With *free*, the words themselves too: after options that hold them, before those only like them.
    """
    wanted = fold(words)
    if not wanted:
        return list(options)
    found = [option for option in options if all(word in fold(option.label) for word in wanted.split())]
    own = Option(f"{free}: {line(words)}", line(words)) if free else None
    if own and found and not any(fold(option.label) == wanted for option in options):
        found.append(own)
    if not found:
        from rapidfuzz import fuzz, process

        names = [fold(option.label) for option in options]
        near = process.extract(wanted, names, scorer=fuzz.WRatio, limit=8, score_cutoff=60)
        found = [*([own] if own else []), *(options[place] for _, _, place in near)]
    return found


def _shown(option: Option) -> Sequence[Span | str]:
    return option.label, Span(option.note, "muted")
