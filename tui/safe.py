"""What reaches the terminal: nothing but characters that print.

Textual passes control characters of data on to the terminal. :class:`PrintedOnly` is the last thing that
every line goes through, whatever widget drew it; :func:`said` makes content of untrusted words for widgets
that would read a plain string as markup.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from realist.text import line, paragraphs

_LONGEST = 2000


def bare(text: str) -> str:
    """Return *text* with nothing in it but characters that print; other spaces become a space."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else "" for c in text)


def said(text: str, longest: int = _LONGEST) -> Content:
    """Return untrusted words, on one line, as content that is never read as markup."""
    return Content(bare(line(text[: longest * 4]))[:longest])


def told(text: str, longest: int = _LONGEST) -> Content:
    """Return untrusted words with their line breaks as content that is never read as markup."""
    return Content("\n".join(map(bare, paragraphs(text[: longest * 4]).split("\n")))[:longest])


class PrintedOnly(LineFilter):
    """Takes out of every line what does not print, and links that data may carry."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return *segments* as they may reach the terminal."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            segment if segment.text.isprintable() else Segment(bare(segment.text), segment.style)
            for segment in segments
        ]
