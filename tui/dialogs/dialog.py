"""A box over the screen: a sentence, a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from tui.safe import said, told

T = TypeVar("T")


class Dialog(ModalScreen[T], Generic[T]):
    """A box over the screen; Esc leaves it without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Cancel", show=False)]
    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > Vertical { width: 76; max-width: 96%; height: auto; max-height: 94%; background: $surface;
      border: round $primary; padding: 0 1; }
    Dialog .title { text-style: bold; color: $text-primary; }
    Dialog .note { color: $text-muted; }
    Dialog .wrong { color: $text-error; }
    Dialog VerticalScroll { height: auto; max-height: 70vh; scrollbar-size-vertical: 1; }
    Dialog Horizontal { height: auto; margin-top: 1; }
    Dialog Table { height: 14; }
    """

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def leave_with(self, answer: T | None) -> None:
        """Leave with an answer; also from a thread, by way of ``call_later``."""
        self.dismiss(answer)

    async def _dispatch_message(self, message: Message) -> None:
        """Handle a message; what goes wrong is said, and the program goes on."""
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            self.fail(error)

    def fail(self, error: Exception) -> None:
        """Have the program say what went wrong."""
        tell: Callable[[Exception], None] = getattr(self.app, "fail")  # noqa: B009
        tell(error)


class Tell(Dialog[None]):
    """Says something; Enter or Esc goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q", "leave", "OK", show=False)]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical():
            yield Static(said(self._title), classes="title")
            with VerticalScroll():
                yield Static(told(self._text, 8000), id="text")
            with Horizontal():
                yield Button("OK", id="ok")

    @on(Button.Pressed)
    def go_on(self) -> None:
        """Go on."""
        self.dismiss(None)


class Confirm(Dialog[bool]):
    """Asks before something is done; only Yes says yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes", show=False),
        Binding("n", "leave", "No", show=False),
    ]

    def __init__(self, title: str, text: str, *, yes: str = "Yes") -> None:
        super().__init__()
        self._title, self._text, self._yes = title, text, yes

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical():
            yield Static(said(self._title), classes="title")
            with VerticalScroll():
                yield Static(told(self._text, 8000), id="text")
            with Horizontal():
                yield Button(said(f"{self._yes} (y)"), id="yes")
                yield Button("No (n)", id="no")

    def action_yes(self) -> None:
        """Say yes."""
        self.dismiss(True)

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        """Give the answer of the button."""
        self.dismiss(event.button.id == "yes")
