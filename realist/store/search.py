"""Full-text search: FTS5 in a file, tsvector on a server, one interface over text folded by us."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, exists, func, select, true, update
from sqlalchemy.exc import DatabaseError

from realist.store.bulk import insert_many
from realist.store.tables import (
    Configuration,
    DocumentPage,
    DocumentText,
    Element,
    Evidence,
    Mechanism,
    MechanismAlias,
    MechanismVersion,
    Memo,
    Paper,
    PaperText,
    Record,
    RecordText,
    Row,
    SearchDue,
    SearchPiece,
    table_of,
)
from realist.store.tables.base import aliased
from realist.store.visible import arrived
from realist.text import index_text

PIECE = 250_000  # bytes; PostgreSQL refuses a tsvector over 1 MB, which holds each word with its places
_BATCH = 500
Among = Sequence[str] | Select[str]

# The text is folded by us, so every character above ASCII is part of a word. The index is written beside
# the pieces and not by triggers: FTS5 flushes at each firing, which makes an import four times as slow.
_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5("
    "body, content='search_piece', content_rowid='id', tokenize='ascii')",
)
_POSTGRES = ("CREATE INDEX IF NOT EXISTS search_fts ON search_piece USING gin (to_tsvector('simple', body))",)


def install(connection: Connection) -> None:
    """Make the index over `search_piece`; what is there stays."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES:
        connection.exec_driver_sql(statement)


def sound(connection: Connection) -> str:
    """Return what is wrong with the index, or nothing. Needs a connection that may write."""
    if connection.dialect.name == "sqlite":
        try:
            connection.exec_driver_sql(
                "INSERT INTO search_fts(search_fts, rank) VALUES ('integrity-check', 1)"
            )
        except DatabaseError as error:
            if "readonly" in str(error.orig):  # what cannot be written cannot be looked into either
                return ""
            return f"the full-text index is damaged ({error.orig}): run `realist check --mend`"
    return ""


def missing(connection: Connection) -> Iterator[tuple[str, int]]:
    """Yield (kind, n) where n things of a kind that have text are not in the index."""
    there = select(SearchPiece.subject)
    for kind, table in KINDS.items():
        shown = arrived() if table is Paper else true()
        rows = connection.execute(select(table.uid).where(shown, table.uid.not_in(there))).scalars().all()
        texts = (
            text for part in range(0, len(rows), _BATCH) for text in _texts_of(connection, kind, rows[part:])
        )
        if n := len({uid for uid, text in texts if index_text(text)}):
            yield kind, n


def _texts_of(connection: Connection, kind: str, uids: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from _texts(connection, kind, uids[:_BATCH])


def rebuild(connection: Connection, told: Callable[[int], None] | None = None) -> None:
    """Make the whole index anew from the rows of the review; *told* hears how many things it has so far."""
    done = 0
    connection.execute(delete(SearchPiece))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")
    for kind, table in KINDS.items():
        shown = arrived() if table is Paper else true()
        uids = connection.execute(select(table.uid).where(shown)).scalars()
        rest = iter(uids.all())
        while batch := list(islice(rest, _BATCH)):
            refresh(connection, {(kind, uid) for uid in batch})
            done += len(batch)
            if told:
                told(done)
    connection.execute(delete(SearchDue))


_SUBJECTS: dict[type[Row], tuple[str, str]] = {
    Paper: ("paper", "uid"),
    PaperText: ("paper", "uid"),
    Evidence: ("claim", "uid"),
    Configuration: ("configuration", "uid"),
    Element: ("configuration", "configuration"),
    Mechanism: ("mechanism", "uid"),
    MechanismAlias: ("mechanism", "mechanism"),
    MechanismVersion: ("mechanism", "mechanism"),
    Memo: ("memo", "uid"),
    DocumentPage: ("page", "uid"),
    DocumentText: ("document", "document"),
}


def subject_of(table: type[Row], values: Mapping[str, Any] | RowMapping) -> tuple[str, str] | None:
    """Return (kind, uid) of the thing whose text a row of *table* belongs to, or None."""
    found = _SUBJECTS.get(table)
    return (found[0], str(values[found[1]])) if found else None


KINDS: dict[str, type[Row]] = {
    "paper": Paper, "claim": Evidence, "configuration": Configuration, "mechanism": Mechanism, "memo": Memo,
    "page": DocumentPage,
}  # fmt: skip


def refresh(connection: Connection, subjects: Iterable[tuple[str, str]]) -> None:
    """Bring the index of *subjects*, (kind, uid) pairs, up to date with their rows."""
    rest = iter(sorted(_with_pages(connection, set(subjects))))
    while batch := list(islice(rest, _BATCH)):
        texts = dict.fromkeys(batch, "")
        for kind in {kind for kind, _ in batch}:
            uids = [uid for of, uid in batch if of == kind]
            for uid, value in _texts(connection, kind, uids):
                texts[kind, uid] += f"{value}\n"
        bodies = {subject: index_text(value) for subject, value in texts.items()}
        _store(connection, bodies, [uid for _, uid in bodies])


def _with_pages(connection: Connection, subjects: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Put the pages of all texts in the place of a document: which of its texts is the last may be new."""
    documents = {subject for subject in subjects if subject[0] == "document"}
    if not documents:
        return subjects
    of = DocumentText.document.in_([uid for _, uid in documents])
    pages = select(DocumentPage.uid).join(DocumentText, DocumentText.uid == DocumentPage.document_text)
    found = connection.execute(pages.where(of)).scalars()
    return subjects - documents | {("page", uid) for uid in found}


@dataclass(frozen=True, slots=True)
class Due:
    """A batch of a finished import that is ready to be indexed: texts by uid of the paper."""

    subject: str
    after: str
    bodies: dict[str, str]


def next_due(connection: Connection, batch: int = 2000) -> Due | None:
    """Return the next batch of papers to index, read without keeping anybody from writing; or None."""
    row = connection.execute(
        select(SearchDue.subject, SearchDue.after).order_by(SearchDue.subject).limit(1)
    ).first()
    if row is None:
        return None
    texts: dict[str, list[Any]] = {}
    for uid, *values in connection.execute(_of_import(connection, row.subject, row.after, batch)):
        texts[uid] = values
    typed = select(PaperText.uid, PaperText.abstract, PaperText.note).where(PaperText.uid.in_(texts))
    for uid, *values in connection.execute(typed):
        texts[uid] += values
    return Due(row.subject, row.after, {uid: index_text(_together(values)) for uid, values in texts.items()})


def _of_import(connection: Connection, uid: str, after: str, batch: int) -> Any:
    """Return the statement for the texts of the papers of an import behind the paper *after*, in file order.

    It walks along the positions of the records: each paper was made for one of them.
    """
    reached = select(Record.position).where(Record.paper == after)
    position = connection.execute(reached).scalar() or 0
    return (
        select(
            Record.paper, Paper.label, Paper.title, Paper.authors, Paper.year, Paper.journal, Paper.doi,
            RecordText.abstract, RecordText.keywords,
        )
        .join(Paper, Paper.uid == Record.paper)
        .join(RecordText, RecordText.uid == Record.uid)
        .where(Record.import_ == uid, Record.position > position)
        .order_by(Record.position)
        .limit(batch)
    )  # fmt: skip


def _together(values: Iterable[Any]) -> str:
    return "\n".join(str(value) for value in values if value)


def index_due(connection: Connection, due: Due) -> None:
    """Write a batch to the index and move the watermark, unless somebody else did so meanwhile."""
    here = (SearchDue.subject == due.subject, SearchDue.after == due.after)
    if not due.bodies:
        connection.execute(delete(SearchDue).where(*here))
        return
    last = list(due.bodies)[-1]
    if connection.execute(update(SearchDue).where(*here).values(after=last)).rowcount:
        there = select(SearchPiece.subject).where(SearchPiece.subject.in_(due.bodies))
        newer = set(connection.execute(there).scalars())  # edited while the batch was being made ready
        _store(connection, {("paper", uid): body for uid, body in due.bodies.items() if uid not in newer}, [])


def _texts(connection: Connection, kind: str, uids: Among) -> Iterator[tuple[str, str]]:
    for statement in _statements(kind, uids):
        for uid, *values in connection.execute(statement):
            yield uid, _together(values)


def _statements(kind: str, uids: Among) -> list[Any]:
    if kind == "paper":
        return [
            select(Paper.uid, Paper.label, Paper.title, Paper.authors, Paper.year, Paper.journal, Paper.doi)
            .where(Paper.uid.in_(uids)),
            select(PaperText.uid, PaperText.abstract, PaperText.note).where(PaperText.uid.in_(uids)),
            select(Record.paper, RecordText.abstract, RecordText.keywords)
            .join(RecordText, RecordText.uid == Record.uid)
            .where(Record.paper.in_(uids)).order_by(Record.uid),
        ]  # fmt: skip
    if kind == "claim":
        return [
            select(Evidence.uid, Evidence.claim, Evidence.topic, Evidence.site).where(Evidence.uid.in_(uids))
        ]
    if kind == "configuration":
        c = Configuration
        return [
            select(c.uid, c.label, c.title, c.narrative, c.setting, c.country).where(c.uid.in_(uids)),
            select(Element.configuration, Element.text).where(Element.configuration.in_(uids))
            .order_by(Element.configuration, Element.position),
        ]  # fmt: skip
    if kind == "mechanism":
        return [
            select(Mechanism.uid, Mechanism.name, Mechanism.note).where(Mechanism.uid.in_(uids)),
            select(MechanismAlias.mechanism, MechanismAlias.name).where(MechanismAlias.mechanism.in_(uids))
            .order_by(MechanismAlias.uid),
            select(MechanismVersion.mechanism, MechanismVersion.description)
            .where(MechanismVersion.mechanism.in_(uids)).order_by(MechanismVersion.uid),
        ]  # fmt: skip
    if kind == "page":  # of what was read last out of each file; who looks there does not want it twice
        later = aliased(DocumentText)
        newer = exists().where(later.document == DocumentText.document, later.number > DocumentText.number)
        return [
            select(DocumentPage.uid, DocumentPage.body)
            .join(DocumentText, DocumentText.uid == DocumentPage.document_text)
            .where(DocumentPage.uid.in_(uids), ~newer)
        ]
    return [select(Memo.uid, Memo.text).where(Memo.uid.in_(uids))]


def _store(connection: Connection, bodies_of: Mapping[tuple[str, str], str], among: Among) -> None:
    """Put folded texts into the index: what is there is changed in place. *among* are their subjects."""
    known: dict[tuple[str, str], list[tuple[int, str]]] = {}
    there = select(SearchPiece.kind, SearchPiece.subject, SearchPiece.id, SearchPiece.body)
    rows = connection.execute(there.where(SearchPiece.subject.in_(among)).order_by(SearchPiece.id))
    for kind, subject, piece, body in rows:
        known.setdefault((kind, subject), []).append((piece, body))
    following = int(connection.execute(select(func.coalesce(func.max(SearchPiece.id), 0))).scalar_one()) + 1
    added, changed, removed = [], [], []
    for (kind, subject), folded in bodies_of.items():
        bodies = list(_pieces(folded))
        pieces = known.get((kind, subject), [])
        changed += [(*old, new) for old, new in zip(pieces, bodies, strict=False) if old[1] != new]
        removed += pieces[len(bodies) :]
        for body in bodies[len(pieces) :]:
            added.append((following, kind, subject, body))
            following += 1
    _forget(connection, [(piece, before) for piece, before, _ in changed] + removed)
    for piece, _, body in changed:
        connection.execute(update(SearchPiece).where(SearchPiece.id == piece).values(body=body))
    connection.execute(delete(SearchPiece).where(SearchPiece.id.in_([piece for piece, _ in removed])))
    insert_many(connection, table_of(SearchPiece), ("id", "kind", "subject", "body"), added)
    _learn(connection, [(piece, body) for piece, _, body in changed] + [(row[0], row[3]) for row in added])


def _learn(connection: Connection, pieces: list[tuple[int, str]]) -> None:
    """Tell FTS5 of new pieces; PostgreSQL sees them by itself."""
    if pieces and connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_fts(rowid, body) VALUES (?, ?)", pieces)


def _forget(connection: Connection, pieces: list[tuple[int, str]]) -> None:
    """Tell FTS5 that pieces go, each with the text it was told before."""
    if pieces and connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "INSERT INTO search_fts(search_fts, rowid, body) VALUES ('delete', ?, ?)", pieces
        )


def _pieces(folded: str) -> Iterator[str]:
    longest = PIECE if folded.isascii() else PIECE // 4
    while len(folded) > longest:
        cut = folded.rfind(" ", 0, longest)
        cut = cut if cut > 0 else longest
        yield folded[:cut]
        folded = folded[cut:].lstrip()
    if folded:
        yield folded
