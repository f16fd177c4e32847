"""Plain text to pages: form feeds part them, lines stay lines, headings are told from their words."""

from __future__ import annotations

from realist.documents.headings import Line, headings_of
from realist.documents.letters import readable
from realist.documents.values import Document, DocumentKind, Page
from realist.text import paragraphs

RULES = 1
"""The version of the rules by which text is put together."""

_LONG = 120
_SHORT = 80
_FEW = 10


def read(text: str) -> Document:
    """Return a plain text; each form feed begins a page."""
    parts = text.split("\f")
    while len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    pages = tuple(Page(number, "", paragraphs(readable(part))) for number, part in enumerate(parts, 1))
    lines = [line for page in pages for line in _lines(page)]
    return Document(DocumentKind.TEXT, "realist", f"text {RULES}", pages, headings_of(lines))


def _lines(page: Page) -> list[Line]:
    """Return the lines of a page that stand apart or are short, with their positions."""
    shown = page.text.split("\n")
    found, position = [], 0
    for at, text in enumerate(shown):
        before = shown[at - 1] if at else ""
        after = shown[at + 1] if at + 1 < len(shown) else ""
        if text and len(text) <= _SHORT:
            alone = not before and not after
            following = shown[at + 2] if at + 2 < len(shown) else ""
            apart = alone and len(following) >= _LONG and len(text.split()) <= _FEW
            found.append(Line(text, page.number, position, alone=alone, apart=apart))
        position += len(text) + 1
    return found
