"""What a full text is to the rest of the program: pages of plain text, headings, and places in them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class DocumentKind(StrEnum):
    """What a file of a full text is, told from its content."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


class Page(NamedTuple):
    """A page: its 1-based number in the file, its label as printed (``""`` if unknown), its plain text.

    Paragraphs are lines separated by blank lines. Files without pages are one page.
    """

    number: int
    label: str
    text: str


class Section(NamedTuple):
    """A heading: its title, its level from 1, the number of its page, its position in the text there."""

    title: str
    level: int
    page: int
    position: int


class Problem(NamedTuple):
    """A remark on a page (its number) or on the whole file (None): one sentence, what and what to do."""

    page: int | None
    message: str


class Document(NamedTuple):
    """A full text as it was read.

    ``extractor`` is what took the text out and ``version`` its version together with that of our own
    rules: the same file read with the same two gives the same pages. ``scanned``: most pages are pictures
    without text.
    """

    kind: DocumentKind
    extractor: str
    version: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...] = ()
    scanned: bool = False
    problems: tuple[Problem, ...] = ()


class Span(NamedTuple):
    """A stretch of a text: from ``start`` up to, not including, ``end``; both count characters from 0."""

    start: int
    end: int


class Context(NamedTuple):
    """The characters right before and right after a stretch of text."""

    before: str
    after: str


class FindState(StrEnum):
    """Whether a quotation stands at one place in a text, at several, or at none."""

    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    NOT_FOUND = "not found"


class Candidate(NamedTuple):
    """A place where a quotation may stand.

    From position ``start`` on page number ``page`` up to position ``end`` on page number ``end_page``, with
    the words there as they are, pages joined by a line feed. ``likeness`` is 1 where they are the words of
    the quotation, less where some characters differ.
    """

    page: int
    start: int
    end_page: int
    end: int
    text: str
    likeness: float


class Found(NamedTuple):
    """Where a quotation stands; page and positions are None unless it was found.

    ``page`` and ``end_page`` are numbers of pages, ``start`` and ``end`` positions in their texts.
    ``candidates`` holds the places to choose from where it is ambiguous, and places that are only like it
    where it was not found, the likeliest first.
    """

    state: FindState
    page: int | None = None
    start: int | None = None
    end_page: int | None = None
    end: int | None = None
    candidates: tuple[Candidate, ...] = ()
