"""Jump mode: a letter on every part of a screen that can be worked in."""

from __future__ import annotations

from string import ascii_lowercase

from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static


def labels(screen: Screen[None]) -> dict[str, Widget]:
    """Put a letter on each part that can take the focus; return the parts by letter."""
    parts = [widget for widget in screen.focus_chain if widget.region.area]
    found = dict(zip(ascii_lowercase, parts, strict=False))
    for letter, widget in found.items():
        label = Static(f" {letter} ", classes="jump", markup=False)
        label.absolute_offset = Offset(widget.region.x, widget.region.y)
        screen.mount(label)
    return found
