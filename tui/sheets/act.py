"""One act: who meant what, and every row before and after, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from realist.text import line, shorten
from tui.dialogs import Dialog
from tui.safe import said
from tui.sheets.sheet import Sheet
from tui.widgets.lines import Span
from tui.widgets.page import Page

if TYPE_CHECKING:
    from tui.gateway.acts import Changes

_SIGNED = ("uid", "person", "at")
_NAMES = ("name", "label", "title", "initials", "text", "claim", "words", "quotation", "file")
_LONGEST = 1500
_SIGNS = {"added": ("+", "good"), "removed": ("−", "bad"), "changed": ("~", "warn")}


class ActSheet(Dialog[None]):
    """What an act changed, to scroll through; Esc closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "leave", "Close", show=False)]
    DEFAULT_CSS = """
    ActSheet > Vertical { width: 100; max-width: 98%; height: 94%; }
    """

    def __init__(self, found: Changes) -> None:
        super().__init__()
        self._found = found

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical():
            yield Static(said(f"Act {self._found.act['number']}   (Esc closes)"), classes="title")
            yield Page(id="act")

    def on_mount(self) -> None:
        """Write it."""
        self.query_one(Page).show(self._write)

    def _write(self, sheet: Sheet) -> None:
        act = self._found.act
        sheet.field("What", f"{act['intention']} {act['subject']}"[:_LONGEST])
        sheet.field("Who, when", f"{act['person']}, {act['at'].astimezone():%Y-%m-%d %H:%M:%S}")
        sheet.field("Why", act["reason"][:_LONGEST])
        if act["undone"]:
            sheet.field("Since then", "↶ undone")
        rows = self._found.rows
        for row in rows:
            self._write_row(sheet, row)
        if act["changes"] > len(rows):
            sheet.blank()
            sheet.text(f"… and {act['changes'] - len(rows):,} rows more.", "muted")
        if not rows:
            sheet.text("It changed no row.", "muted")

    def _write_row(self, sheet: Sheet, row: dict[str, Any]) -> None:
        before, after = row["before"] or {}, row["after"] or {}
        verb = "changed" if before and after else "added" if after else "removed"
        sign, style = _SIGNS[verb]
        both = after or before
        name = next((str(both[key]) for key in _NAMES if both.get(key)), "")
        sheet.blank()
        sheet.spans(
            Span(f"{sign} {verb} ", style), Span(row["table"].replace("_", " "), "strong"),
            Span(f"  {shorten(name[:4000], 80)}", "muted"),
        )  # fmt: skip
        if row.get("hidden"):
            sheet.text("Not to be seen yet: the round is blind.", "muted")
        for key in {**before, **after}:
            old, new = self._value(before.get(key)), self._value(after.get(key))
            if key in _SIGNED or old == new:
                continue
            told = f"{old or '(nothing)'} → {new or '(nothing)'}" if verb == "changed" else new or old
            sheet.field(key.replace("_", " "), told, width=18)

    def _value(self, value: Any) -> str:
        if value is None or isinstance(value, bool):
            return "" if value is None else "yes" if value else "no"
        text = str(value)
        return line(self._found.names.get(text, text)[:_LONGEST])
