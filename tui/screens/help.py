"""The keys of a screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.actions import ACTIONS, GOALS, Action
from tui.safe import said
from tui.sheets.sheet import Sheet
from tui.widgets.lines import Span
from tui.widgets.page import Page


class Help(ModalScreen[None]):
    """Every key that works on a screen, by what it is for."""

    BINDINGS = [Binding("escape,q,question_mark,f1", "app.pop_screen", "Close", show=False)]  # noqa: RUF012
    DEFAULT_CSS = """
    Help { align: center middle; background: $background 60%; }
    Help > Vertical { width: 84; max-width: 98%; height: 94%; background: $surface; border: round $primary;
      padding: 0 1; }
    Help .title { text-style: bold; color: $text-primary; }
    """

    def __init__(self, title: str, actions: Sequence[Action]) -> None:
        super().__init__()
        self._title, self._actions = title, actions

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical():
            yield Static(said(f"Keys: {self._title}   (Esc closes)"), classes="title")
            yield Page(id="keys")

    def on_mount(self) -> None:
        """Write the keys."""
        self.query_one(Page).show(self._write)

    def _write(self, sheet: Sheet) -> None:
        shared = {*ACTIONS["lines"], *ACTIONS["cells"], *ACTIONS["everywhere"]}
        own = [action for action in self._actions if action not in shared]
        for title, some in (
            ("Here", own),
            ("In lists and texts", [a for a in self._actions if a in ACTIONS["lines"]]),
            ("Everywhere", [a for a in self._actions if a in ACTIONS["everywhere"]]),
        ):
            if some:
                sheet.heading(title)
                for action in some:
                    sheet.spans(Span(f"{action.all_keys:<12} ", "accent"), Span(action.help))
        sheet.heading("g and a letter")
        for goal in GOALS:
            sheet.spans(Span(f"{'g ' + goal.letter:<12} ", "accent"), Span(f"{goal.title}: {goal.help}"))
