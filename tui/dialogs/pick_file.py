"""One file of this machine: found in its folder, by a part of its name or by its path."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.dialogs.dialog import Dialog
from tui.gateway import folders
from tui.gateway.folders import Entry, Listing
from tui.safe import said
from tui.widgets.file_list import UP, FileList
from tui.widgets.lines import Lines


class PickFile(Dialog[str]):
    """Finds a file; returns its path. *address* is that of the review: one begins in its folder."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("pageup", "step(-10)", show=False),
    ]
    DEFAULT_CSS = """
    PickFile FileList { height: 13; }
    """

    def __init__(self, title: str, address: str) -> None:
        super().__init__()
        self._title, self._address = title, address

    def compose(self) -> ComposeResult:
        """Lay it out: what is typed, the folder, and what it holds."""
        with Vertical():
            yield Static(said(self._title), classes="title")
            yield Input(placeholder="part of a name, or a path", id="words")
            yield Static("", id="folder", classes="note")
            yield FileList(id="files")
            yield Static("Enter opens a folder, chooses a file · ↑ ↓ move · Esc leaves", classes="note")

    def on_mount(self) -> None:
        """Look into the folder to begin in; typing begins at once."""
        self._files.can_focus = False
        self.query_one(Input).focus()
        self._ask(lambda: folders.first_listing(self._address))

    @property
    def _files(self) -> FileList:
        return self.query_one(FileList)

    def _ask(self, look: Callable[[], Any]) -> None:
        self.run_worker(lambda: self._look(look), thread=True, exit_on_error=False)

    def _look(self, look: Callable[[], Any]) -> None:
        try:
            found = look()
        except Exception as error:
            self.call_later(self.fail, error)
        else:
            self.call_later(self._show, found)

    def _show(self, found: Listing | str) -> None:
        if isinstance(found, str):
            self.dismiss(found)
            return
        above = os.path.dirname(found.folder)
        up = Entry(UP, above, True, 0, 0.0, "") if above != found.folder else None
        self.query_one(Input).value = self._files.words = ""
        self._files.show(found, up)
        self.query_one("#folder", Static).update(said(folders.known(found.folder, 68)))

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Show what fits; a path is looked for at Enter."""
        if not _is_path(event.value):
            self._files.find(event.value)

    @on(Input.Submitted)
    @on(Lines.Chosen)
    def chosen(self) -> None:
        """Go to the path that was typed, else open the folder or give the file under the cursor."""
        words, entry = self.query_one(Input).value, self._files.entry
        if _is_path(words):
            folder = self._files.folder
            self._ask(lambda: _meant(words, folder))
        elif entry is not None and entry.folder:
            path = entry.path
            self._ask(lambda: folders.listing(path))
        elif entry is not None:
            self.dismiss(entry.path)

    def action_step(self, rows: int) -> None:
        """Move the cursor while typing."""
        self._files.action_move(rows)


def _is_path(words: str) -> bool:
    return os.sep in words or "/" in words or words.strip().startswith("~")


def _meant(words: str, folder: str) -> Listing | str:
    given = folders.meant(words, folder)
    return given.files[0] if given.files else folders.listing(given.folder)
