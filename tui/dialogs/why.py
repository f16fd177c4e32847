"""Why a paper is excluded: the reasons of the round, the first one chosen is the primary one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from realist.text import line
from tui.dialogs.choose import Choose, Option
from tui.dialogs.dialog import Dialog
from tui.safe import said
from tui.widgets.lines import Column, Lines, Span
from tui.widgets.table import Table

_LONGEST = 500
_MOST = 14
Reason = tuple[int, str]


class Why(Dialog[list[int]]):
    """Returns the numbers of reasons, the primary one first, perhaps none; None where the person goes back.

    A digit or Enter on a row takes a reason or lets it go; Esc and ``.`` are done, with what was taken.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"take({digit})", show=False) for digit in range(1, 10)),
        Binding("0", "all", show=False),
        Binding("space", "here", show=False),
        Binding("escape", "done", show=False),
        Binding("q,backspace", "leave", show=False),
    ]

    def __init__(self, title: str, reasons: Sequence[Reason], chosen: Sequence[int] = ()) -> None:
        super().__init__()
        self._title, self._reasons, self._chosen = title, list(reasons), list(chosen)

    def compose(self) -> ComposeResult:
        """Lay it out: what it is about, the reasons, the keys."""
        with Vertical():
            yield Static(said(self._title), classes="title")
            yield Table[Reason]([Column("", 3, right=True), Column("", 9), Column("")], self._shown, id="why")
            yield Static("1…9 or Space: the first is the reason, others stand beside it", classes="note")
            yield Static("Enter or Esc: done · q: not excluded after all", classes="note")

    def on_mount(self) -> None:
        """Show the reasons."""
        table = self._table
        table.heads = 0
        table.styles.height = min(len(self._reasons), _MOST)
        table.fill(self._reasons)
        table.focus()

    @property
    def _table(self) -> Table[Reason]:
        return self.query_one("#why", Table)

    def _shown(self, reason: Reason) -> Sequence[Span | str]:
        number, text = reason
        taken = self._chosen.index(number) if number in self._chosen else -1
        sign = Span("✓ reason", "bad") if taken == 0 else Span("+ also", "warn") if taken > 0 else Span("")
        return str(number), sign, line(text[:_LONGEST])

    def action_take(self, number: int) -> None:
        """Take a reason by its number, or let it go."""
        if number not in {number for number, _ in self._reasons}:
            return
        if number in self._chosen:
            self._chosen.remove(number)
        else:
            self._chosen.append(number)
        if self.is_mounted:
            self._table.renew()

    def action_here(self) -> None:
        """Take the reason under the cursor, or let it go."""
        item = self._table.item
        if item is not None:
            self.action_take(item[0])

    def action_all(self) -> None:
        """Find a reason by typing."""

        def chosen(number: str | None) -> None:
            if number and int(number) not in self._chosen:
                self.action_take(int(number))

        self.app.push_screen(choose_reason("Which reason?", self._reasons), chosen)

    @on(Lines.Chosen)
    def action_done(self) -> None:
        """Go on with what was taken."""
        self.dismiss(list(self._chosen))


def choose_reason(title: str, reasons: Sequence[Reason]) -> Choose:
    """Return the dialog in which one reason of many is found by typing; its answer is the number."""
    options = [Option(f"{number} {line(text[:_LONGEST])}", str(number)) for number, text in reasons]
    return Choose(title, options)
