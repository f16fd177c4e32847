"""Excerpts: the words, where they stand in the texts of their paper, and what rests on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select, true

from realist.queries.extractions import marks, seen
from realist.queries.grouping import paper_grouping
from realist.queries.texts import ABSTRACT, current
from realist.store.tables import (
    Configuration,
    Context,
    Document,
    DocumentText,
    Element,
    ElementSource,
    Evidence,
    EvidenceExcerpt,
    Excerpt,
    ExcerptAnchor,
    Mechanism,
    Outcome,
    Person,
)
from realist.vocabulary import AnchorState

UNCHECKED = "no text"
"""How an excerpt stands that was not looked for in a full text: there is none, or it came by a join."""
STATES = (*map(str, AnchorState), UNCHECKED)
_BEST: dict[str, int] = {AnchorState.FOUND: 0, AnchorState.AMBIGUOUS: 1, AnchorState.NOT_FOUND: 2}


class Anchored(NamedTuple):
    """Where an excerpt stands in a current text: its uid, the name of the file, page and places.

    The abstract is the text ABSTRACT. Page and places are None unless it stands at one place.
    """

    text: str
    name: str
    state: str
    page: int | None
    start: int | None
    end_page: int | None
    end: int | None


class Serves(NamedTuple):
    """What rests on an excerpt: ``table`` and ``uid`` of it, its kind (as of an element), its words, the box.

    ``table`` is element or evidence; ``box`` is the number of the configuration of an element, else 0.
    """

    table: str
    uid: str
    kind: str
    words: str
    box: int


class Quoted(NamedTuple):
    """An excerpt of a ``paper``, the one it was taken from. ``state``: of STATES, the best in any text."""

    uid: str
    paper: str
    quotation: str
    locator: str
    note: str
    site: str
    before: str
    after: str
    by: str
    at: datetime
    state: str
    anchors: tuple[Anchored, ...]
    serves: tuple[Serves, ...]
    extraction: str = ""
    """How the extraction is marked that it belongs to; "" outside any."""


def excerpts(
    connection: Connection,
    papers: Collection[str] | None = None,
    *,
    uids: Collection[str] | None = None,
    flagged: bool = False,
    viewer: str = "",
) -> list[Quoted]:
    """Return excerpts that *viewer* may see in the order in which they were made, with all that is known.

    Of some *papers* (uids), or some *uids*, or all. With *flagged*, those that do not stand at one place in
    any text, and those without a text to check them against.
    """
    e = Excerpt
    statement = (
        select(
            e.uid,
            e.paper,
            e.quotation,
            e.locator,
            e.note,
            e.site,
            e.before,
            e.after,
            Person.initials,
            e.at,
            e.extraction,
        )
        .join(Person, Person.uid == e.person)
        .where(seen(e, viewer))
        .order_by(e.at, e.uid)
    )
    if papers is not None:
        grouping = paper_grouping(connection)
        wholes = {grouping[uid] for uid in papers}
        members = [uid for uid, whole in grouping.items() if whole in wholes] + list(papers)
        statement = statement.where(e.paper.in_(members))
    if uids is not None:
        statement = statement.where(e.uid.in_(list(uids)))
    rows = [tuple(row) for row in connection.execute(statement)]
    of = None if papers is None and uids is None else [row[0] for row in rows]
    stands, serve = anchors(connection, of), served(connection, of, viewer=viewer)
    known = marks(connection) if any(row[-1] for row in rows) else {}
    found = []
    for row in rows:
        where = stands.get(row[0], [])
        state = _state(where)
        if not flagged or (state != AnchorState.FOUND and row[2]):
            mark = known.get(row[-1] or "", "")
            found.append(Quoted._make((*row[:-1], state, tuple(where), tuple(serve.get(row[0], ())), mark)))
    return found


def states(connection: Connection) -> dict[str, str]:
    """Return by excerpt how it stands, the best in any current text; one without a text is not in it."""
    return {uid: _state(where) for uid, where in anchors(connection, None).items()}


def _state(where: Sequence[Anchored]) -> str:
    best = min((one.state for one in where), key=lambda state: _BEST.get(state, 3), default="")
    return best or UNCHECKED


def anchors(connection: Connection, excerpts: Collection[str] | None) -> dict[str, list[Anchored]]:
    """Return by excerpt where it stands in the current texts of its paper; None asks for all."""
    a = ExcerptAnchor
    statement = (
        select(
            a.excerpt, func.coalesce(a.document_text, ABSTRACT), func.coalesce(Document.name, "abstract"),
            a.state, a.page, a.start, a.end_page, a.end,
        )
        .outerjoin(DocumentText, DocumentText.uid == a.document_text)
        .outerjoin(Document, Document.uid == DocumentText.document)
        .where(or_(a.document_text.is_(None), current()))
        .order_by(a.at, a.uid)
    )  # fmt: skip
    if excerpts is not None:
        statement = statement.where(a.excerpt.in_(list(excerpts)))
    found: dict[str, list[Anchored]] = defaultdict(list)
    for row in connection.execute(statement):
        found[row[0]].append(Anchored._make(row[1:]))
    return found


def served(
    connection: Connection,
    excerpts: Collection[str] | None,
    *,
    viewer: str = "",
    everything: bool = False,
) -> dict[str, list[Serves]]:
    """Return by excerpt what rests on it: elements of boxes, then evidence; None asks for all.

    What *viewer* may not see yet is not there, unless *everything* is asked for: never for showing.
    """
    s, v = ElementSource, Evidence
    elements = (
        select(s.excerpt, Element.uid, Element.kind, Element.text, Configuration.number)
        .join(Element, Element.uid == s.element)
        .join(Configuration, Configuration.uid == Element.configuration)
        .where(true() if everything else seen(Configuration, viewer))
        .order_by(Configuration.number, Element.position)
    )
    on = func.coalesce(Mechanism.name, Context.name, Outcome.name, Configuration.label, "")
    names = (
        select(v.excerpt, v.uid, v.stance, on)
        .outerjoin(Mechanism, Mechanism.uid == v.mechanism)
        .outerjoin(Context, Context.uid == v.context)
        .outerjoin(Outcome, Outcome.uid == v.outcome)
        .outerjoin(Configuration, Configuration.uid == v.configuration)
        .where(true() if everything else seen(v, viewer))
        .order_by(v.at, v.uid)
    )
    f = EvidenceExcerpt
    further = names.join(f, f.evidence == v.uid).with_only_columns(f.excerpt, v.uid, v.stance, on)
    found: dict[str, list[Serves]] = defaultdict(list)
    for statement, table, key in (
        (elements, "element", s.excerpt), (names, "evidence", v.excerpt), (further, "evidence", f.excerpt),
    ):  # fmt: skip
        wanted = key.is_not(None) if excerpts is None else key.in_(list(excerpts))
        for excerpt, uid, kind, words, *number in connection.execute(statement.where(wanted)):
            found[excerpt].append(Serves(table, uid, kind, words, number[0] if number else 0))
    return found
