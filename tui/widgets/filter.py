"""The line in which one types what a list should show."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.widgets.lines import Lines


class FilterLine(Input):
    """Enter and ↓ go to the list, Esc too, and the second Esc (in the list) goes back as everywhere.

    What is typed stays and goes on ruling the list; ``Input.Changed`` tells the screen at every key.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,down", "to_list", show=False),
    ]
    DEFAULT_CSS = """
    FilterLine { display: none; }
    FilterLine.used { display: block; }
    """

    def __init__(self, hint: str, *, id: str = "filter") -> None:
        super().__init__(placeholder=hint, id=id)

    def begin(self) -> None:
        """Show the line and type in it."""
        self.add_class("used")
        self.focus()

    def action_to_list(self) -> None:
        """Go to the list; a line with nothing in it goes away."""
        if not self.value:
            self.remove_class("used")
        self.screen.query(Lines).first().focus()

    def on_input_submitted(self) -> None:
        """Go to the list."""
        self.action_to_list()
