"""One excerpt with all that is known of it, and what can be done with it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tui.dialogs.dialog import Dialog
from tui.widgets.page import Page, Write

EDIT, DROP, GO, PLACE = "edit", "drop", "go", "place"
_KEYS = "Enter goes there · e note, place, site · d drop · Esc back"


class ShowExcerpt(Dialog[str]):
    """Shows an excerpt. Returns EDIT, DROP, GO, or PLACE with the number of the place that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", f"answer('{EDIT}')", show=False),
        Binding("d,delete", f"answer('{DROP}')", show=False),
        Binding("q", "leave", show=False),
    ]
    DEFAULT_CSS = """
    ShowExcerpt Page { height: 15; }
    """

    def __init__(self, write: Write) -> None:
        super().__init__()
        self._write = write

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical():
            yield Static("Excerpt", classes="title")
            yield Page(id="excerpt")
            yield Static(_KEYS, classes="note")

    def on_mount(self) -> None:
        """Show it."""
        page = self.query_one(Page)
        page.show(self._write)
        page.focus()

    @on(Page.Followed)
    def follow(self, event: Page.Followed) -> None:
        """Go to where it stands, or may stand."""
        self.dismiss(f"{event.target.kind} {event.target.uid}".strip())

    def action_answer(self, answer: str) -> None:
        """Leave with what is to be done."""
        self.dismiss(answer)
