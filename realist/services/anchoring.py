"""Where excerpts stand in the texts of their papers: found, or flagged as ambiguous or not found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection, select

from realist.errors import Refused
from realist.queries.grouping import group_of, paper_grouping
from realist.queries.texts import ABSTRACT, latest_texts, pages_of
from realist.services.unit import Unit
from realist.store.tables import DocumentText, Excerpt, ExcerptAnchor
from realist.store.tables.base import aliased
from realist.vocabulary import AnchorState

if TYPE_CHECKING:
    from realist.documents import Context, Found, Page


class Place(NamedTuple):
    """A stretch of a text: from ``start`` on page number ``page`` to ``end`` on ``end_page``.

    ``text`` is the uid of the text; ABSTRACT is the abstract.
    """

    text: str
    page: int
    start: int
    end_page: int
    end: int


class Stands(NamedTuple):
    """Where a quotation stands in a text (uid), with the characters around it where that is one place."""

    text: str
    found: Found
    around: Context


def look(connection: Connection, paper: str, quotation: str, place: Place | None = None) -> list[Stands]:
    """Return where a quotation stands in every text of a paper; in the text of *place*, there.

    For an abstract it is only said where it stands there: most quotations are of full texts.
    """
    from realist.documents import FindState, Found, find_quotation  # a tenth of a second

    stands = []
    for text, pages in latest_texts(connection, paper):
        if place and place.text == text:
            found = Found(FindState.FOUND, place.page, place.start, place.end_page, place.end)
        else:
            found = find_quotation(pages, quotation)
        if text != ABSTRACT or found.state is FindState.FOUND:
            stands.append(Stands(text, found, _around(pages, found)))
    return sorted(stands, key=lambda one: bool(place) and one.text != place.text)  # type: ignore[union-attr]


def stands_at(connection: Connection, paper: str, quotation: str, place: Place) -> Stands | None:
    """Return where in a stretch of a text of a paper a quotation stands; None where other words do.

    Raises Refused where the text has no such place.
    """
    from realist.documents import FindState, find_quotation

    words_at(connection, paper, place)
    pages = pages_of(connection, place.text, paper)
    found = find_quotation([_within(page, place) for page in pages], quotation)
    if found.state is not FindState.FOUND:
        return None
    return Stands(place.text, found, _around(pages, found))


def _within(page: Page, place: Place) -> Page:
    """Return a page with nothing but blanks outside a place: what stands there keeps its position."""
    if not place.page <= page.number <= place.end_page:
        return page._replace(text="")
    start = place.start if page.number == place.page else 0
    end = place.end if page.number == place.end_page else len(page.text)
    return page._replace(text=" " * start + page.text[start:end])


def words_at(connection: Connection, paper: str, place: Place) -> str:
    """Return the words at a place in a text of a paper. Raises Refused where there is no such place."""
    pages = {page.number: page.text for page in pages_of(connection, place.text, paper)}
    first, last = pages.get(place.page), pages.get(place.end_page)
    inside = first is not None and last is not None and place.page <= place.end_page
    if first is None or last is None or not inside:
        raise Refused(f"The text has no pages {place.page} to {place.end_page}.")
    if place.page == place.end_page:
        words = first[place.start : place.end]
    else:
        between = [pages[number] for number in sorted(pages) if place.page < number < place.end_page]
        words = "\n".join([first[place.start :], *between, last[: place.end]])
    if not 0 <= place.start <= len(first) or not 0 <= place.end <= len(last) or not words.strip():
        raise Refused(f"On page {place.page} nothing stands from {place.start} to {place.end}.")
    return words


def anchor(work: Unit, excerpt: str, stands: Sequence[Stands]) -> None:
    """Keep where an excerpt (uid) stands."""
    for one in stands:
        work.add(_row(excerpt, one.text, one.found))


def _around(pages: Sequence[Page], found: Found) -> Context:
    from realist.documents import Context, context_of

    if found.page is None or found.start is None or found.end_page is None or found.end is None:
        return Context("", "")
    before = context_of(pages, found.page, found.start, found.start).before
    return Context(before, context_of(pages, found.end_page, found.end, found.end).after)


def anchor_all(work: Unit, paper: str, text: str, pages: Sequence[Page]) -> Counter[AnchorState]:
    """Find the excerpts of a paper in a text that were not looked for there; return how many were found.

    Where an excerpt stood in the text of the same file before helps to tell several places apart.
    """
    found: Counter[AnchorState] = Counter()
    near = _places_before(work, text)
    for excerpt in unanchored(work.connection, paper, text):
        where = _find(excerpt, pages, near.get(excerpt.uid))
        work.add(_row(excerpt.uid, text, where))
        found[AnchorState(where.state)] += 1
    return found


def _find(excerpt: Excerpt, pages: Sequence[Page], near: tuple[int, int] | None = None) -> Found:
    """Return where an excerpt stands in a text; in one of another file what is around it may be other."""
    from realist.documents import FindState, find_quotation

    words = excerpt.quotation
    found = find_quotation(pages, words, before=excerpt.before, after=excerpt.after, near=near)
    if near is None and found.state is FindState.AMBIGUOUS:
        return find_quotation(pages, words)
    return found


def _row(excerpt: str, text: str, found: Found) -> ExcerptAnchor:
    return ExcerptAnchor(
        excerpt=excerpt,
        document_text=text or None,
        state=AnchorState(found.state),
        page=found.page,
        start=found.start,
        end_page=found.end_page,
        end=found.end,
    )


def unanchored(connection: Connection, paper: str, text: str) -> list[Excerpt]:
    """Return the excerpts of a paper, and of those joined with it, that were not looked for in a text."""
    e, papers = Excerpt, group_of(paper_grouping(connection), paper)
    looked = select(ExcerptAnchor.excerpt).where(ExcerptAnchor.document_text == text)
    rows = connection.execute(
        select(e.uid, e.paper, e.quotation, e.locator, e.before, e.after)
        .where(e.paper.in_(papers), e.quotation != "", e.uid.not_in(looked))
        .order_by(e.at, e.uid)
    )
    return [
        Excerpt(uid=uid, paper=paper, quotation=words, locator=locator, before=before, after=after)
        for uid, paper, words, locator, before, after in rows
    ]


def _places_before(work: Unit, text: str) -> dict[str, tuple[int, int]]:
    """Return by excerpt where it stood in the text of the same file before this one: page and position."""
    a, now, before = ExcerptAnchor, aliased(DocumentText), aliased(DocumentText)
    rows = work.connection.execute(
        select(a.excerpt, a.page, a.start)
        .join(before, before.uid == a.document_text)
        .join(now, now.document == before.document)
        .where(now.uid == text, before.number < now.number, a.state == AnchorState.FOUND)
        .order_by(before.number)
    )
    return {excerpt: (page, start) for excerpt, page, start in rows if page is not None and start is not None}
