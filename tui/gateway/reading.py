"""Reading: the texts of a paper, its excerpts and where they stand, and what is written of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from realist.queries import boxes, paper_story, review, sets, texts
from realist.queries import excerpts as quoting
from realist.queries.excerpts import Quoted
from realist.queries.texts import ABSTRACT, Text
from realist.services import attaching, excerpting
from realist.services.anchoring import Place
from realist.text import line, shorten
from realist.vocabulary import AnchorState, ConfigurationStatus

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.documents import Candidate, Page, Section
    from realist.domain.configuration import Box
    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

FIRST = None
"""Asks for the first text of a paper."""


class Opened(NamedTuple):
    """A paper that is read: its texts, the one that is shown, and the excerpts of the paper.

    ``pages`` are None where they are known already; ``text`` is None where the paper has no text. ``page`` is
    the number of the page of that text that was asked for, 0 for none. ``boxes`` are those of the paper,
    dropped ones left out, each with its number; ``scheme`` is that of the review.
    """

    uid: str
    number: int
    label: str
    texts: tuple[Text, ...]
    text: Text | None
    pages: Sequence[Page] | None
    sections: Sequence[Section]
    excerpts: tuple[Quoted, ...]
    page: int
    boxes: tuple[tuple[int, Box], ...]
    scheme: str


def opened(gate: Gateway, paper: str, wanted: str | None, known: str | None, hit: str = "") -> Opened | None:
    """Return a paper to read; None where it is not in the review (any more).

    *wanted* is the uid of a text, FIRST the first one; *known* that of the text whose pages are known; *hit*
    is the uid of a page that a search found, or of an excerpt: its page is opened.
    """

    def query(connection: Connection) -> Opened | None:
        number = paper_story.number_of(connection, paper)
        if not number:
            return None
        known_texts = tuple(texts.texts_of(connection, paper))
        named, page = texts.page_named(connection, hit) or _at_excerpt(connection, hit, gate.person)
        wanted_one = named or wanted
        text = next((one for one in known_texts if one.uid == wanted_one), None)
        text = text or (known_texts[0] if known_texts else None)
        pages: Sequence[Page] | None = None
        sections: Sequence[Section] = ()
        if text is not None and (text.uid != known or text.uid == ABSTRACT):
            pages = texts.pages_of(connection, text.uid, paper)
            sections = texts.sections_of(connection, text.uid) if text.uid != ABSTRACT else ()
        label = sets.labels(connection, [paper]).get(paper, "")
        kept = tuple(quoting.excerpts(connection, [paper], viewer=gate.person))
        numbers = boxes.numbers(connection, viewer=gate.person)
        own = boxes.boxes(connection, paper=paper, viewer=gate.person)
        there = tuple((numbers[box.uid], box) for box in own if box.status is not ConfigurationStatus.DROPPED)
        scheme = review.scheme(connection)
        return Opened(paper, number, label, known_texts, text, pages, sections, kept, page, there, scheme)

    return gate.read(query)


def _at_excerpt(connection: Connection, uid: str, viewer: str) -> tuple[str, int]:
    """Return the text (uid) and page where an excerpt stands first; no text where it is none, or in none."""
    found = quoting.excerpts(connection, uids=[uid], viewer=viewer) if uid else ()
    places = [(anchor.text, anchor.page) for one in found for anchor in one.anchors if anchor.page]
    return places[0] if places else ("", 0)


def candidates(gate: Gateway, paper: str, text: str, excerpt: Quoted) -> Sequence[Candidate]:
    """Return the places of a text (uid) where an excerpt may stand, the likeliest first."""
    from realist.documents import find_quotation

    pages = gate.read(lambda connection: texts.pages_of(connection, text, paper))
    found = find_quotation(pages, excerpt.quotation, before=excerpt.before, after=excerpt.after)
    return found.candidates


def keep(
    desk: Desk,
    paper: str,
    place: tuple[str, int, int, int, int],
    locator: str,
    note: str = "",
    site: str = "",
) -> str:
    """Keep the words at a place (text, page, start, last page, end) as an excerpt; return its uid."""
    return excerpting.quote(desk, paper, locator=locator, note=note, site=site, place=Place(*place))


def place_excerpt(desk: Desk, uid: str, place: tuple[str, int, int, int, int]) -> None:
    """Say where an excerpt stands; one whose words are in no text takes those that stand there."""
    with desk.store.read() as connection:
        (excerpt,) = quoting.excerpts(connection, uids=[uid], viewer=desk.initials)
    if excerpt.state == AnchorState.NOT_FOUND:
        excerpting.edit_excerpt(desk, uid, place=Place(*place))
    else:
        excerpting.place_excerpt(desk, uid, Place(*place))


def edit(desk: Desk, uid: str, locator: str, note: str, site: str) -> None:
    """Change what stands with an excerpt."""
    excerpting.edit_excerpt(desk, uid, locator=locator, note=note, site=site)


def drop(desk: Desk, uid: str, reason: str) -> None:
    """Take an excerpt out on which nothing rests."""
    excerpting.drop_excerpt(desk, uid, reason=reason)


def attach(desk: Desk, paper: str, path: str, told: Callable[[str], None]) -> tuple[str, str]:
    """Attach a file to a paper; return the uid of its text and a sentence on what came of it.

    *told* hears how far it came; what it raises stops it, and nothing is kept.
    """

    def progress(done: int, total: int) -> None:
        told(f"page {done:,} of {total:,}" if total else f"page {done:,}")

    file = Path(path)
    read = attaching.attach(desk, paper, file, progress=progress)
    pages = "1 page" if read.pages == 1 else f"{read.pages:,} pages"
    words = f"{shorten(file.name, 60)} was attached, with {pages}."
    if read.scanned:
        words = f"{shorten(file.name, 60)} was attached; its pages are pictures without text."
    elif read.problems:
        words += f" {line(read.problems[0])}"
    return read.text, words
