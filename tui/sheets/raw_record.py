"""A record to the letter: every tag and value as the file has them, characters that do not print named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from realist.text import cell_width
from tui.dialogs import Dialog
from tui.safe import said
from tui.sheets.sheet import Sheet
from tui.widgets.lines import Span
from tui.widgets.page import Page

_LONGEST = 200_000


def visible(text: str) -> str:
    """Return *text* with a sign or the code of every character that does not print: ``␉``, ``⟨U+202E⟩``."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _sign(ord(c)) for c in text)


def _sign(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def chopped(text: str, width: int) -> Iterator[str]:
    """Yield *text* in pieces that fill at most *width* columns, every character where it was."""
    start, used = 0, 0
    for place, character in enumerate(text):
        wide = cell_width(character)
        if used + wide > width and place > start:
            yield text[start:place]
            start, used = place, 0
        used += wide
    yield text[start:]


def write_pairs(sheet: Sheet, pairs: Sequence[Sequence[str]]) -> None:
    """Write [tag, value] pairs, values below each other; a line break in a value shows as ␊."""
    tags = [visible(str(tag)[:200]) for tag, _ in pairs]
    indent = min(max(map(cell_width, tags), default=0), 24) + 2
    for tag, (_, value) in zip(tags, pairs, strict=True):
        text = visible(str(value)[:_LONGEST])
        lead = tag + " " * max(indent - cell_width(tag), 1)
        for piece in chopped(text, max(sheet.width - max(indent, cell_width(lead)), 10)):
            sheet.spans(Span(lead, "accent"), Span(piece))
            lead = " " * cell_width(lead)
        if len(str(value)) > _LONGEST:
            sheet.text(f"… {len(str(value)) - _LONGEST:,} more characters", "muted", first=" " * indent)


class RawRecord(Dialog[None]):
    """Shows a record to the letter; Esc or Enter leaves."""

    BINDINGS = Dialog.BINDINGS
    DEFAULT_CSS = """
    RawRecord > Vertical { width: 96%; height: 90%; }
    RawRecord Page { height: 1fr; }
    """

    def __init__(self, record: dict[str, Any]) -> None:
        super().__init__()
        self._record = record

    def compose(self) -> ComposeResult:
        """Lay it out: where it stands, the pairs."""
        with Vertical():
            where = f"{self._record['file']}, line {self._record['line']}"
            yield Static(said(where), classes="title")
            yield Page(id="pairs")
            yield Static("What does not print is named. Esc goes back.", classes="note")

    def on_mount(self) -> None:
        """Show the pairs."""
        page = self.query_one(Page)
        page.show(lambda sheet: write_pairs(sheet, self._record["pairs"]))
        page.focus()
