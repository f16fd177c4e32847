"""The line in which a path is typed or pasted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tui.widgets.lines import Lines


class PathLine(Input):
    """Enter gives what was typed; several lines that are pasted, such as dropped files, are given at once."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,down", "to_list", show=False)]
    DEFAULT_CSS = """
    PathLine { display: none; }
    PathLine.used { display: block; }
    """

    @dataclass
    class Given(Message):
        """A path was given, or several."""

        text: str

    def begin(self) -> None:
        """Show the line and type in it."""
        self.add_class("used")
        self.focus()

    def end(self) -> None:
        """Take the line away: what it named was found."""
        self.value = ""
        self.action_to_list()

    def action_to_list(self) -> None:
        """Go back to the list; a line with nothing in it goes away."""
        if not self.value:
            self.remove_class("used")
        self.screen.query(Lines).first().focus()

    def on_input_submitted(self) -> None:
        """Give what was typed."""
        self.post_message(self.Given(self.value))

    def on_paste(self, event: events.Paste) -> None:
        """Give several lines at once; a single one can still be changed."""
        if len(event.text.strip().splitlines()) > 1:
            event.prevent_default()
            event.stop()
            self.post_message(self.Given(event.text))
