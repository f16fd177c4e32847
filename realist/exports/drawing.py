"""Figures as SVG and Mermaid, written by us: plain, the same for the same input, and safe to open.

Text comes from people and files: what means something to XML or Mermaid is written as a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from realist.text import cell_width, line

FONT = 'font-family="Helvetica, Arial, sans-serif"'
LETTER = 7
"""Columns of text are about so many pixels wide at 12 pixels."""
_PLAIN = frozenset(" .,-–:()+±'“”’…")


def svg(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """Return a whole SVG file of so many pixels."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}" height="{number(height)}" '
        f'viewBox="0 0 {number(width)} {number(height)}" role="img">'
    )
    ground = '<rect width="100%" height="100%" fill="#ffffff"/>'
    return "\n".join([head, f"<title>{escape(line(title))}</title>", ground, *parts, "</svg>"]) + "\n"


def text(x: float, y: float, said: str, *, size: int = 12, anchor: str = "start", more: str = "") -> str:
    """Return a line of text at a place; *more* are further attributes, ours."""
    extra = f" {more}" if more else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{size}" text-anchor="{anchor}" {FONT}{extra}>'
        f"{escape(line(said))}</text>"
    )


def rect(x: float, y: float, width: float, height: float, more: str) -> str:
    """Return a rectangle; *more* are further attributes, ours."""
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" {more}/>'


def path(points: str, more: str) -> str:
    """Return a path."""
    return f"<path d={quoteattr(points)} {more}/>"


def number(value: float) -> str:
    """Return a number as SVG files hold it: at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def lines_of(said: str, columns: int, most: int) -> list[str]:
    """Return text in at most *most* lines of so many columns, cut with an ellipsis."""
    from realist.text import wrap

    lines = wrap(line(said), columns)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while cell_width(last) >= columns:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + "…"]


def mermaid(said: str) -> str:
    """Return text as a Mermaid label, in quotes: letters and digits stay, all else is an entity by number."""
    shown = "".join(c if c.isalnum() or c in _PLAIN else f"#{ord(c)};" for c in line(said))
    return f'"{shown or " "}"'


def flowchart(lines: Sequence[str], way: str = "LR") -> str:
    """Return a Mermaid flowchart of lines that are safe already."""
    return "\n".join([f"flowchart {way}", *(f"  {one}" for one in lines)]) + "\n"
