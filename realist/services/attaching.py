"""Full texts attached to papers, read into pages, read again, taken off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from realist.errors import NotFound, RealistError, Refused
from realist.queries import texts
from realist.queries.grouping import group_of, paper_grouping
from realist.queries.naming import resolve
from realist.queries.retrieval import latest
from realist.queries.sets import labels
from realist.services.anchoring import anchor_all, unanchored
from realist.services.unit import Desk, Unit
from realist.store import files
from realist.store.engine import Store
from realist.store.tables import (
    Document,
    DocumentPage,
    DocumentSection,
    DocumentText,
    ExcerptAnchor,
    Retrieval,
)
from realist.text import line
from realist.vocabulary import AnchorState, RetrievalStatus

if TYPE_CHECKING:
    from realist.documents import Document as Content

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading a file: the document, its text (uids), what was in it, where excerpts stand.

    ``problems`` are sentences on pages that could not be read as they are.
    """

    document: str
    text: str
    pages: int
    sections: int
    scanned: bool
    problems: tuple[str, ...]
    excerpts: Counter[AnchorState]


def attach(
    desk: Desk, paper: str, file: Path, *, embed: bool = False, progress: Progress | None = None
) -> Read:
    """Keep a file as a full text of a paper, and what can be read in it.

    The file is kept by its hash in the folder beside the review; with *embed*, and always on a server, in the
    review itself. A full text that was sought is obtained with that. Raises RealistError for a file that
    cannot be read (see :func:`realist.documents.read_document`), Refused where the paper has it already.
    """
    from realist.documents import read_document

    with desk.store.read() as connection:
        uid = resolve(connection, "paper", paper)
    before = _state_of(file)
    content = read_document(file, progress)
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise RealistError(f"{line(file.name)} cannot be read: {error.strerror}.") from error
    if _state_of(file) != before:
        raise RealistError(f"{line(file.name)} changed while it was read: attach it again.")
    name = files.hash_of(raw)
    inside = embed or not desk.store.is_file
    if not inside:
        files.keep_beside(desk.store, name, raw)
    with desk.unit("attach", f"{line(file.name)} to {paper}") as work:
        _not_twice(work, uid, name, line(file.name))
        if inside:
            files.keep_inside(work.connection, name, raw)
        row = Document(
            paper=uid, name=line(file.name)[-200:], kind=str(content.kind), sha256=name, size=len(raw)
        )
        _obtained(work, uid)
        return _keep(work, work.add(row).uid, uid, content)


def read_again(desk: Desk, document: str, *, progress: Progress | None = None) -> Read | None:
    """Read a document (uid) again: a text more where anything came out differently.

    Its excerpts are found in the new text, or flagged; the texts before stay. Where nothing came out
    differently, excerpts are looked for that came to the paper since, as by a join; without one, None.
    """
    from realist.documents import read_document

    with desk.store.read() as connection:
        row = _document(connection, document)
        raw = files.content_of(desk.store, connection, row.sha256)
        before = tuple(texts.pages_of(connection, row.text.uid, row.paper))
    with TemporaryDirectory() as folder:
        file = Path(folder) / (Path(row.name).name or "file")
        file.write_bytes(raw)
        content = read_document(file, progress)
    if before == tuple(page._replace(label=line(page.label)) for page in content.pages):
        return _look_again(desk, row, content)
    with desk.unit("read full text again", row.name) as work:
        return _keep(work, row.uid, row.paper, content)


def _look_again(desk: Desk, row: texts.Attached, content: Content) -> Read | None:
    with desk.store.read() as connection:
        if not unanchored(connection, row.paper, row.text.uid):
            return None
    with desk.unit("look for excerpts", row.name) as work:
        found = anchor_all(work, row.paper, row.text.uid, content.pages)
    heads, scanned = len(content.sections), row.text.scanned
    return Read(row.uid, row.text.uid, row.text.pages, heads, scanned, row.text.problems, found)


def detach(desk: Desk, document: str, *, reason: str) -> None:
    """Take a document (uid) off its paper, with the reason. The file stays where it is kept.

    Excerpts stay, with their words; where they stood in this file is taken out with it.
    """
    with desk.unit("detach", reason=reason) as work:
        if not line(reason):
            raise Refused("Nothing was changed: taking a full text off needs a reason.")
        row = _document(work.connection, document)
        work.act.subject = row.name
        own = select(DocumentText.uid).where(DocumentText.document == row.uid)
        for table, key in (
            (ExcerptAnchor, ExcerptAnchor.document_text),
            (DocumentSection, DocumentSection.document_text),
            (DocumentPage, DocumentPage.document_text),
            (DocumentText, DocumentText.uid),
        ):
            rows = select(*table.__table__.columns).where(key.in_(own)).order_by(table.uid)
            work.take_out(table, work.connection.execute(rows).mappings().all())
        work.remove(Document, row.uid)


def content_of(store: Store, document: str) -> bytes:
    """Return the bytes of a document (uid) as they were attached."""
    with store.read() as connection:
        return files.content_of(store, connection, _document(connection, document).sha256)


def _document(connection: Connection, document: str) -> texts.Attached:
    wanted = line(document)
    found = [row for row in texts.attached(connection) if wanted in (row.uid, row.name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(f"{len(found)} documents are called {wanted}: name one by its uid.")
    raise NotFound(f"There is no document {wanted}: `realist document list` shows what is attached.")


def _state_of(file: Path) -> tuple[int, int]:
    """Return what tells whether a file changed: when it was, and how long it is."""
    try:
        found = file.stat()
    except (OSError, ValueError):  # which is told in its own words when it is read
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _not_twice(work: Unit, paper: str, name: str, file: str) -> None:
    d = Document
    there = work.connection.execute(select(d.paper, d.name).where(d.sha256 == name)).all()
    own = group_of(paper_grouping(work.connection), paper)
    for other, called in there:
        if other in own:
            raise Refused(f"{file} is attached to this paper already, as {called}. Nothing was changed.")
    if there:
        named = ", ".join(labels(work.connection, [other for other, _ in there]).values())
        work.note(f"The same file is attached to {named}, too.")


def _obtained(work: Unit, paper: str) -> None:
    """A text that was being sought is there now."""
    whole = paper_grouping(work.connection)[paper]
    step = latest(work.connection, [whole]).get(whole)
    if step is not None and step.status == RetrievalStatus.SOUGHT:
        work.add(Retrieval(paper=whole, status=RetrievalStatus.OBTAINED, happened="", reason=""))


def _keep(work: Unit, document: str, paper: str, content: Content) -> Read:
    highest = select(func.coalesce(func.max(DocumentText.number), 0)).where(DocumentText.document == document)
    number = int(work.connection.execute(highest).scalar_one()) + 1
    problems = tuple(
        line(f"Page {said.page}: {said.message}" if said.page else said.message)
        for said in content.problems[:50]
    )
    text = work.add(
        DocumentText(
            document=document,
            number=number,
            extractor=content.extractor,
            version=content.version,
            pages=len(content.pages),
            scanned=content.scanned,
            problems="\n".join(problems),
        )
    ).uid
    pages = [page._replace(label=line(page.label)) for page in content.pages]
    work.add_all(
        [
            DocumentPage(document_text=text, number=page.number, label=page.label, body=page.text)
            for page in pages
        ]
    )
    work.add_all([
        DocumentSection(
            document_text=text, position=position, title=line(section.title)[:300], level=section.level,
            page=section.page, start=section.position,
        )
        for position, section in enumerate(content.sections, 1)
    ])  # fmt: skip
    found = anchor_all(work, paper, text, pages)
    return Read(document, text, len(pages), len(content.sections), content.scanned, problems, found)
