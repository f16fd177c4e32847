"""What several tests of full texts use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from realist.documents.reading import check, read_here
from realist.documents.values import Document, Page

PROSE = (
    "Leaders of joint teams gave staff the time to learn what the others did, and",
    "asked for their views before a service was changed. Where they did not, people",
    "kept to the rules of the house that they came from and waited for it to pass.",
    "Trust grew slowly and went quickly, as one nurse of the second clinic put it.",
    "Managers who knew both budgets could move money to where it was needed, while",
    "those who knew one of them sent the question up and heard nothing for a year.",
)


def read(path: Path, data: bytes, extractor: str = "pdfium") -> Document:
    """Write *data* to *path* and read it in this process."""
    path.write_bytes(data)
    steps = read_here(path, check(path), extractor)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            document = end.value
            assert isinstance(document, Document)
            return document


def pages(*texts: str) -> tuple[Page, ...]:
    """Return pages with these texts, numbered from 1."""
    return tuple(Page(number, "", text) for number, text in enumerate(texts, 1))


def squeezed(texts: Sequence[Page]) -> str:
    """Return all pages as one line."""
    return " ".join(" ".join(page.text for page in texts).split())
