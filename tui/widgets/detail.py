"""The page beside a list: shows what the cursor of the list stands on."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.widget import Widget

from tui.sheets.sheet import Sheet
from tui.widgets.lines import Lines
from tui.widgets.page import Page, Write

MEASURE = 100
"""So many columns a text has at most: longer lines are hard to read."""


class Detail(Page):
    """A page that shows another text at every move of a cursor: its scrollbar stays, nothing is laid out.

    Beside a list, Esc goes back to that; the second Esc (in the list) goes back as everywhere.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "to_list", show=False)]
    DEFAULT_CSS = """
    Detail { overflow-y: scroll; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._of = ""

    def show_of(self, uid: str, write: Write) -> None:
        """Show the text on the thing *uid*; where it was shown before, the reader stays where they were."""
        same, self._of = self._of == uid, uid
        self.show(lambda sheet: _narrowed(write, sheet), keep=same)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Esc alone where this is no page beside a list."""
        return action != "to_list" or self.screen.query(Lines).first() is not self

    def action_to_list(self) -> None:
        """Go back to the list."""
        self.screen.query(Lines).first().focus()

    def renew(self, *, keep: bool = True) -> None:
        """Draw everything anew; the size of the text is set past the layout, which it does not change."""
        stand_still(self)
        super().renew(keep=keep)


def stand_still(lines: Lines) -> None:
    """Set the size of other rows past the layout, which it does not change where the scrollbar stays."""
    size = Size(lines.room, lines.total + lines.heads)
    lines.set_reactive(Widget.virtual_size, size)
    lines._scroll_update(size)


def _narrowed(write: Write, sheet: Sheet) -> None:
    sheet.width = min(sheet.width, MEASURE)
    write(sheet)
