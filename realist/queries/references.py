"""Papers as references: what is known of each, from itself and from the records it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, true

from realist.queries.best import read_together, shown
from realist.queries.grouping import parts_of
from realist.store.tables import Import, Paper, PaperText, Record, RecordText
from realist.store.visible import arrived, stands_alone

_AT_ONCE = 500
_FIRST = ("url", "language", "notes", "database", "publisher")
"""Of these the first record that has one says what it is."""


class Reference(NamedTuple):
    """A paper as it is written into a file of references, ``number`` its short number.

    The fields are those that files have; text that is absent is ``""``.
    """

    uid: str
    number: int
    label: str
    source_key: str
    type: str
    title: str
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    year: int | None
    journal: str
    volume: str
    issue: str
    pages: str
    doi: str
    pmid: str
    url: str
    abstract: str
    keywords: tuple[str, ...]
    language: str
    notes: str
    database: str
    publisher: str


def references(connection: Connection, papers: Iterable[str] | None = None) -> Iterator[Reference]:
    """Yield the papers with these uids in their order, or all papers by number; joined papers are one.

    Title, authors and what else a paper has are its own, with corrections, or the best of those joined into
    it (see :mod:`realist.queries.best`); the abstract is the one that a person typed, else the longest of its
    records; keywords are those of all its records, each once; what only records say comes from the first
    record that says it. A uid of no paper that stands alone is left
    out. Some hundred papers are held at a time.
    """
    for some in _some(papers) if papers is not None else _all(connection):
        yield from _references(connection, some)


def _some(papers: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(papers)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _all(connection: Connection) -> Iterator[list[str]]:
    last = 0
    while True:
        standing = select(Paper.uid, Paper.number).where(arrived(), stands_alone(), Paper.number > last)
        rows = connection.execute(standing.order_by(Paper.number).limit(_AT_ONCE)).all()
        if not rows:
            return
        last = rows[-1].number
        yield [row.uid for row in rows]


def _references(connection: Connection, papers: list[str]) -> Iterator[Reference]:
    rows = connection.execute(
        select(
            Paper.uid, Paper.number, Paper.label, Paper.title, Paper.authors, Paper.year, Paper.journal,
            Paper.volume, Paper.issue, Paper.pages, Paper.doi, Paper.pmid, Paper.type,
        ).where(Paper.uid.in_(papers), arrived(), stands_alone())
    )  # fmt: skip
    found = {row["uid"]: row for row in rows.mappings()}
    of = parts_of(connection, found)
    records = _records(connection, of)
    typed = _typed(connection, of)
    together = read_together(connection, of)
    for uid in papers:
        if uid in found:
            yield _reference(shown(found[uid], together), records.get(uid, []), typed.get(uid, ""))


def _records(connection: Connection, of: dict[str, str]) -> dict[str, list[Any]]:
    """Return by paper its records: its own before those of papers joined into it, as they were imported."""
    rows = connection.execute(
        select(
            Record.paper, Record.source_key, RecordText.abstract, RecordText.keywords, RecordText.editors,
            *(RecordText.__table__.columns[name] for name in _FIRST),
        )
        .join(RecordText, RecordText.uid == Record.uid)
        .join(Import, Import.uid == Record.import_)
        .where(Record.paper.in_(of), Import.finished == true())
        .order_by(Import.at, Import.uid, Record.position)
    )  # fmt: skip
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[of[row.paper]].append(row)
    for uid, records in found.items():
        records.sort(key=lambda row: row.paper != uid)
    return found


def _typed(connection: Connection, of: dict[str, str]) -> dict[str, str]:
    """Return by paper the abstract that a person typed: its own before that of a paper joined into it."""
    rows = connection.execute(
        select(PaperText.uid, PaperText.abstract).where(PaperText.uid.in_(of), PaperText.abstract != "")
    )
    found: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: (row.uid != of[row.uid], row.uid)):
        found.setdefault(of[row.uid], row.abstract)
    return found


def _reference(paper: dict[str, Any], records: list[Any], abstract: str) -> Reference:
    title = paper["title"]
    if not (title or paper["doi"] or records):  # a person added it by its label alone
        title = paper["label"]
    first = {name: next(filter(None, (getattr(row, name) for row in records)), "") for name in _FIRST}
    return Reference(
        uid=paper["uid"],
        number=paper["number"],
        label=paper["label"],
        source_key=next(filter(None, (row.source_key for row in records)), ""),
        type=paper["type"],
        title=title,
        authors=_entries(paper["authors"]),
        editors=next(filter(None, (_entries(row.editors) for row in records)), ()),
        year=paper["year"],
        journal=paper["journal"],
        volume=paper["volume"],
        issue=paper["issue"],
        pages=paper["pages"],
        doi=paper["doi"],
        pmid=paper["pmid"],
        abstract=abstract or max((row.abstract for row in records), key=len, default=""),
        keywords=tuple(dict.fromkeys(word for row in records for word in _entries(row.keywords))),
        **first,
    )


def _entries(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("\n")))
