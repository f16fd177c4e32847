"""A PDF to a document, page by page, with what is to be said of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Generator
from importlib import import_module
from pathlib import Path
from typing import cast

from realist.documents.pdf.layout import RULES, lay_out
from realist.documents.pdf.pieces import Damaged, Opened, RawPage
from realist.documents.values import Document, DocumentKind, Page, Problem
from realist.errors import RealistError
from realist.text import line

EXTRACTORS = ("pdfium", "pypdf_lines")
"""The modules that open a PDF, the better one first."""

_PICTURE = 0.5
_HARDLY_ANY = 60
_MOST_PICTURES = 0.6
_MOST_UNKNOWN = 0.1
_MOST_CHARACTERS = 20_000_000
_MOST_PAGES = 20_000
_OCR = "run text recognition (OCR) on the file and attach what it makes"


def read(path: Path, extractor: str) -> Generator[tuple[int, int], None, Document]:
    """Read a PDF; yield (pages read, pages in all) after each page, and return the document.

    *extractor* is one of :data:`EXTRACTORS`. Raises Locked, Damaged, ImportError where the extractor is not
    installed, and RealistError for a file with too much text.
    """
    opened = cast(Opened, import_module(f"realist.documents.pdf.{extractor}").Pdf(path))
    if opened.length > _MOST_PAGES:
        raise RealistError(f'"{line(path.name)}" has more than {_MOST_PAGES:,} pages: attach a part of it.')
    raw: list[RawPage] = []
    room = _MOST_CHARACTERS
    for page in opened:
        raw.append(page)
        room -= sum(len(run.text) for run in page.runs)
        if room < 0:
            raise RealistError(
                f'"{line(path.name)}" holds more than {_MOST_CHARACTERS:,} characters: attach a part of it.'
            )
        yield len(raw), opened.length
    if all(page.unread for page in raw):
        raise Damaged
    made = lay_out(raw)
    scanned = _share(raw) >= _MOST_PICTURES
    return Document(
        DocumentKind.PDF,
        opened.extractor,
        f"{opened.version}, layout {RULES}",
        made.pages,
        made.sections,
        scanned,
        tuple(_problems(raw, made.pages, scanned, extractor)),
    )


def _is_picture(page: RawPage) -> bool:
    return page.pictures >= _PICTURE and sum(len(run.text) for run in page.runs) < _HARDLY_ANY


def _share(raw: list[RawPage]) -> float:
    return sum(map(_is_picture, raw)) / len(raw)


def _problems(raw: list[RawPage], pages: tuple[Page, ...], scanned: bool, extractor: str) -> list[Problem]:
    """Return the remarks on a file that was read."""
    text = "".join(page.text for page in pages)
    found = []
    if scanned:
        many = sum(map(_is_picture, raw))
        found.append(Problem(None, f"{many} of {len(raw)} pages are pictures without text: {_OCR}."))
    elif not text.strip():
        found.append(Problem(None, f"The pages hold no text that can be taken out: {_OCR}."))
    elif _unknown(text) > _MOST_UNKNOWN:
        found.append(
            Problem(None, f"The fonts do not say which letters they show, so much is unreadable: {_OCR}.")
        )
    for page in raw:
        if page.unread:
            found.append(
                Problem(page.number, "The page is damaged and was left empty: look at it in the file.")
            )
        elif not scanned and _is_picture(page):
            found.append(Problem(page.number, f"The page is a picture without text: {_OCR}."))
    if extractor != EXTRACTORS[0]:
        found.append(
            Problem(
                None, "The file was read line by line, so columns may be mixed: look at the quotations twice."
            )
        )
    return found


def _unknown(text: str) -> float:
    """Return which share of the characters is of no known letter."""
    letters = [c for c in text[:200_000] if not c.isspace()]
    strange = sum(c == "\ufffd" or unicodedata.category(c) == "Co" for c in letters)
    return strange / max(len(letters), 1)
