"""Long work under way, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from tui.dialogs.dialog import Dialog
from tui.safe import said, told


class Stopped(Exception):
    """The person stopped long work; what it raises through leaves nothing half done."""


Progress = Callable[[str], None]


class Busy(Dialog[Any]):
    """Long work under way: what it says of its progress, and a way to stop it.

    *work* gets a function to call with a sentence, or a few lines, whenever it got on; that raises Stopped
    when the person stopped it. Returns (True, result), or None when stopped.
    """

    def __init__(self, title: str, work: Callable[[Progress], Any]) -> None:
        super().__init__()
        self._title, self._work = title, work
        self._stop = False
        self._how_far = ""

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical():
            yield Static(said(self._title), classes="title")
            yield Static("working …", id="text")
            with Horizontal():
                yield Button("Stop (Esc)", id="stop")

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._run, thread=True, exit_on_error=False)

    def _run(self) -> None:
        try:
            result = self._work(self._told)
        except Stopped:
            self.call_later(self.leave_with, None)
        except Exception as error:
            self.call_later(self._failed, error)
        else:
            self.call_later(self.leave_with, (True, result))

    def _failed(self, error: Exception) -> None:
        self.dismiss(None)
        self.fail(error)

    def _told(self, how_far: str) -> None:
        if self._stop:
            raise Stopped
        waiting, self._how_far = self._how_far, how_far
        if not waiting:  # what is said faster than it can be shown is passed over
            self.call_later(self._show)

    def _show(self) -> None:
        how_far, self._how_far = self._how_far, ""
        if not self._stop:
            self._say(how_far)

    def _say(self, how_far: str) -> None:
        self.query_one("#text", Static).update(told(how_far))

    @on(Button.Pressed)
    def pressed(self) -> None:
        """Stop."""
        self.action_leave()

    def action_leave(self) -> None:
        """Ask the work to stop; it does at its next whole step."""
        self._stop = True
        self._say("stopping after the step under way …")
