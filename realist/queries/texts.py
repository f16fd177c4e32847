"""Full texts: which files a paper has, what was read out of them, and their pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, exists, func, select

from realist.queries.grouping import group_of, paper_grouping
from realist.queries.paper_story import abstract
from realist.store.tables import (
    Document,
    DocumentPage,
    DocumentSection,
    DocumentText,
    Person,
)
from realist.store.tables.base import aliased

if TYPE_CHECKING:
    from realist.documents import Page, Section

ABSTRACT = ""
"""The uid by which an abstract is called among the texts of a paper."""


class Text(NamedTuple):
    """A text of a paper: what was read out of a file last, or its abstract (``uid`` is then ABSTRACT).

    ``number`` counts the readings of the file; ``problems`` are sentences.
    """

    uid: str
    document: str
    name: str
    number: int
    extractor: str
    version: str
    pages: int
    scanned: bool
    problems: tuple[str, ...]


class Attached(NamedTuple):
    """A file that was attached to a paper (``paper``), by whom, when, and its current text."""

    uid: str
    paper: str
    name: str
    kind: str
    sha256: str
    size: int
    by: str
    at: datetime
    text: Text


def current() -> Any:
    """Return the condition that a text is the latest one of its document."""
    later = aliased(DocumentText)
    newer = (later.document == DocumentText.document) & (later.number > DocumentText.number)
    return ~exists().where(newer)


def attached(connection: Connection, papers: Collection[str] | None = None) -> list[Attached]:
    """Return the files of all papers, or of some (uids, as they were given), in the order they came."""
    t, d = DocumentText, Document
    statement = (
        select(
            d.uid, d.paper, d.name, d.kind, d.sha256, d.size, Person.initials, d.at, t.uid, t.number,
            t.extractor, t.version, t.pages, t.scanned, t.problems,
        )
        .join(t, t.document == d.uid)
        .join(Person, Person.uid == d.person)
        .where(current())
        .order_by(d.at, d.uid)
    )  # fmt: skip
    if papers is not None:
        statement = statement.where(d.paper.in_(list(papers)))
    return [_attached(tuple(row)) for row in connection.execute(statement)]


def _attached(row: tuple[Any, ...]) -> Attached:
    uid, paper, name, kind, sha256, size, by, at, text, number, extractor, version, pages, scanned, said = row
    problems = tuple(said.split("\n")) if said else ()
    of = Text(text, uid, name, number, extractor, version, pages, scanned, problems)
    return Attached(uid, paper, name, kind, sha256, size, by, at, of)


def files_of(connection: Connection, paper: str) -> list[Attached]:
    """Return the files of a paper and of those that are joined into it."""
    return attached(connection, group_of(paper_grouping(connection), paper))


def texts_of(connection: Connection, paper: str) -> list[Text]:
    """Return the texts of a paper: of each file the latest, then its abstract where it has one."""
    found = [file.text for file in files_of(connection, paper)]
    if abstract(connection, paper):
        found.append(Text(ABSTRACT, "", "abstract", 1, "", "", 1, False, ()))
    return found


def pages_of(connection: Connection, text: str, paper: str) -> list[Page]:
    """Return the pages of a text (uid), or the one page that the abstract of *paper* is."""
    from realist.documents import Page  # a tenth of a second, which most of the program does without

    if text == ABSTRACT:
        return [Page(1, "", abstract(connection, paper))]
    p = DocumentPage
    rows = select(p.number, p.label, p.body).where(p.document_text == text).order_by(p.number)
    return [Page(*row) for row in connection.execute(rows)]


def sections_of(connection: Connection, text: str) -> list[Section]:
    """Return the headings of a text in their order."""
    from realist.documents import Section

    s = DocumentSection
    rows = select(s.title, s.level, s.page, s.start).where(s.document_text == text).order_by(s.position)
    return [Section(*row) for row in connection.execute(rows)]


def latest_texts(connection: Connection, paper: str) -> Iterator[tuple[str, list[Page]]]:
    """Yield (uid, pages) of each text of a paper, as :func:`texts_of` has them."""
    for text in texts_of(connection, paper):
        yield text.uid, pages_of(connection, text.uid, paper)


def page_by_label(connection: Connection, text: str, asked: str) -> Page | None:
    """Return the page of a text with a printed label, or else with a number in the file; None without one."""
    from realist.documents import Page

    p = DocumentPage
    rows = connection.execute(
        select(p.number, p.label, p.body).where(p.document_text == text, p.label == asked).limit(1)
    ).first()
    if rows is None and asked.isdecimal():
        numbered = select(p.number, p.label, p.body).where(p.document_text == text, p.number == int(asked))
        rows = connection.execute(numbered).first()
    return Page(*rows) if rows else None


def page_named(connection: Connection, uid: str) -> tuple[str, int] | None:
    """Return the uid of the text and the number of a page, by the uid of the page."""
    p = DocumentPage
    row = connection.execute(select(p.document_text, p.number).where(p.uid == uid)).first()
    return (row[0], row[1]) if row else None


def with_texts(connection: Connection) -> int:
    """Return how many papers have a full text; joined ones count once."""
    grouping = paper_grouping(connection)
    return len({grouping[uid] for uid in connection.execute(select(Document.paper).distinct()).scalars()})


def hashes(connection: Connection) -> list[tuple[str, str]]:
    """Return (hash, name) of each file that is attached, once each."""
    d = Document
    rows = select(d.sha256, func.min(d.name)).group_by(d.sha256).order_by(d.sha256)
    return [(sha256, name) for sha256, name in connection.execute(rows)]
