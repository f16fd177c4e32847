"""Whose boxes, evidence, readings and excerpts of a paper may be seen, and which of them count.

While independent extractions of a paper are under way, until all who have it are done or somebody opened
them, everybody sees of them only their own. Who is nobody sees none. Where a consensus is done, it counts in
their place.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, not_, or_, select

from realist.queries.blind import person_of
from realist.queries.grouping import Grouping, paper_grouping, parts_of, wholes_of
from realist.queries.sets import labels
from realist.store.tables import (
    Configuration,
    Element,
    Evidence,
    Excerpt,
    Extraction,
    ExtractionCheck,
    Paper,
    Person,
    Reading,
)
from realist.store.tables.base import aliased
from realist.text import line
from realist.vocabulary import ExtractionRole

HOLDING: tuple[Any, ...] = (Configuration, Evidence, Reading, Excerpt)
"""The tables whose rows name the extraction that they belong to."""


def seen(table: Any, viewer: str) -> ColumnElement[bool]:
    """Whether a row of one of HOLDING may be seen by the person with the initials *viewer*.

    A condition of the statement that reads the rows, so that it takes no statement of its own.
    """
    return or_(table.extraction.is_(None), ~_of(table, _hidden(viewer)))


def counted(table: Any, viewer: str) -> ColumnElement[bool]:
    """Whether a row may be seen by *viewer* and counts, in grids, their cells, counts and exports.

    What a finished consensus counts in place of does not, nor does one that is not done.
    """
    of = _Extraction
    unfinished = and_(of.role == ExtractionRole.CONSENSUS, or_(not_(of.done), of.ended != ""))
    return or_(
        table.extraction.is_(None),
        ~_of(table, or_(_hidden(viewer), of.counted_by.is_not(None), unfinished)),
    )


def boxes_seen(viewer: str) -> Select[str]:
    """Ask for the uids of the boxes that *viewer* may see."""
    return select(Configuration.uid).where(seen(Configuration, viewer))


_Extraction = aliased(Extraction)


def _of(table: Any, which: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(_Extraction.uid).where(_Extraction.uid == table.extraction, which).exists()


def _hidden(viewer: str) -> ColumnElement[bool]:
    of = _Extraction
    own = select(Person.uid).where(Person.initials == line(viewer))
    return and_(
        of.role == ExtractionRole.INDEPENDENT, of.independent_until.is_(None), of.extractor.not_in(own)
    )


def under_way(connection: Connection) -> bool:
    """Whether any independent extraction is under way: most reviews have none, and ask no more."""
    of = Extraction
    some = select(of.uid).where(of.role == ExtractionRole.INDEPENDENT, of.independent_until.is_(None))
    return connection.execute(some.limit(1)).first() is not None


class Hidden(NamedTuple):
    """An extraction of which nothing may be seen: of which paper, by whom (uids)."""

    paper: str
    extractor: str


def hidden_extractions(connection: Connection, *, viewer: str = "") -> dict[str, Hidden]:
    """Return by uid the extractions of which *viewer* may not see anything yet."""
    if not under_way(connection):
        return {}
    of = Extraction
    rows = select(of.uid, of.paper, of.extractor).where(
        of.role == ExtractionRole.INDEPENDENT,
        of.independent_until.is_(None),
        of.extractor != person_of(connection, viewer),
    )
    return {uid: Hidden(*more) for uid, *more in connection.execute(rows)}


def set_aside(connection: Connection) -> frozenset[str]:
    """Return the extractions of which nothing counts: see :func:`counted`; for marking what is listed."""
    of = Extraction
    unfinished = and_(of.role == ExtractionRole.CONSENSUS, or_(not_(of.done), of.ended != ""))
    rows = select(of.uid).where(or_(of.counted_by.is_not(None), unfinished))
    return frozenset(connection.execute(rows).scalars())


def own_extraction(connection: Connection, person: str, papers: Collection[str]) -> str | None:
    """Return the extraction that what a person (uid) writes of *papers* (uids) belongs to now, or None.

    A consensus that they began and have not done comes before their independent extraction, which takes in
    what they write until it is done and no longer blind.
    """
    of = Extraction
    rows = connection.execute(
        select(of.uid, of.paper, of.role)
        .where(
            of.extractor == person,
            of.ended == "",
            or_(
                and_(of.role.in_((ExtractionRole.CONSENSUS, ExtractionRole.INDEPENDENT)), not_(of.done)),
                and_(of.role == ExtractionRole.INDEPENDENT, of.independent_until.is_(None)),
            ),
        )
        .order_by(of.role, of.at, of.uid)  # consensus comes before independent
    ).all()
    if not rows or not papers:
        return None
    wholes = wholes_of(connection, {*papers, *(row.paper for row in rows)})
    wanted = {wholes[paper] for paper in papers}
    return next((row.uid for row in rows if wholes[row.paper] in wanted), None)


def handed(connection: Connection, person: str) -> dict[str, list[str]]:
    """Return by role the papers that a person (uid) has to extract and has not done, by their numbers."""
    of = Extraction
    rows = connection.execute(
        select(of.role, Paper.uid)
        .join(Paper, Paper.uid == of.paper)
        .where(of.extractor == person, of.ended == "", not_(of.done))
        .order_by(Paper.number)
    )
    found: dict[str, list[str]] = {}
    for role, paper in rows:
        found.setdefault(role, []).append(paper)
    return found


def marks(connection: Connection) -> dict[str, str]:
    """Return for each extraction how lists mark what belongs to it: "independent, NG, not counted"."""
    of = Extraction
    rows = connection.execute(
        select(of.uid, of.role, Person.initials).join(Person, Person.uid == of.extractor)
    )
    aside = set_aside(connection)
    return {uid: f"{role}, {by}{', not counted' if uid in aside else ''}" for uid, role, by in rows}


def marked(connection: Connection, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with the mark of their ``extraction`` in place of its uid; "" outside any."""
    if not any(row["extraction"] for row in rows):
        return rows
    known = marks(connection)
    return [{**row, "extraction": known.get(row["extraction"], "")} for row in rows]


def box_marks(connection: Connection, *, viewer: str = "") -> dict[str, str]:
    """Return by uid the marks of the boxes that *viewer* may see and that belong to an extraction."""
    of = Configuration
    rows = connection.execute(
        select(of.uid, of.extraction).where(of.extraction.is_not(None), seen(of, viewer))
    ).all()
    known = marks(connection) if rows else {}
    return {uid: known[extraction] for uid, extraction in rows if extraction}


def hidden_things(connection: Connection, *, viewer: str = "") -> frozenset[str]:
    """Return the uids of all that *viewer* may not see yet of extractions, parts of boxes, too."""
    hidden = list(hidden_extractions(connection, viewer=viewer))
    if not hidden:
        return frozenset()
    unseen = (
        select(table.uid).where(table.extraction.is_not(None), ~seen(table, viewer)) for table in HOLDING
    )
    found = {uid for some in unseen for uid in connection.execute(some).scalars()}
    parts = select(Element.uid).where(Element.configuration.not_in(boxes_seen(viewer)))
    return frozenset(found.union(connection.execute(parts).scalars()))


class Allotted(NamedTuple):
    """An extraction: of a ``paper``, as it is read now, by whom (initials) as what.

    ``state`` is *under way*, *done* or *blind* (done, and not to be seen by others yet); ``boxes``,
    ``evidence``, ``readings`` and ``excerpts`` count what belongs to it, None where that may not be seen
    yet, ``counts`` is false where a consensus counts in its place.
    """

    uid: str
    paper: str
    number: int
    label: str
    by: str
    role: str
    state: str
    opened: str
    independent_until: datetime | None
    counts: bool
    boxes: int | None
    evidence: int | None
    readings: int | None
    excerpts: int | None
    at: datetime


def extractions(
    connection: Connection, papers: Collection[str] | None = None, *, by: str = "", viewer: str = ""
) -> list[Allotted]:
    """Return the extractions that were not taken back, by number of the paper: of *papers* (uids), or all.

    *by* are the initials of one person. What *viewer* may not see yet is not counted.
    """
    of = Extraction
    statement = (
        select(*of.__table__.columns, Person.initials)
        .join(Person, Person.uid == of.extractor)
        .where(of.ended == "")
        .order_by(of.at, of.uid)
    )
    if by:
        statement = statement.where(Person.initials == line(by))
    if papers is None:
        grouping = paper_grouping(connection)
    else:
        grouping = Grouping(parts_of(connection, set(wholes_of(connection, papers).values())))
        statement = statement.where(of.paper.in_(list(grouping)))
    rows = connection.execute(statement).all()
    names = labels(connection, list({grouping[row.paper] for row in rows}))
    known = dict(connection.execute(select(Paper.uid, Paper.number)).all()) if rows else {}
    held = [_held(connection, table) for table in HOLDING] if rows else []
    hidden, aside = hidden_extractions(connection, viewer=viewer), set_aside(connection)
    found = []
    for row in rows:
        paper = grouping[row.paper]
        blind = row.role == ExtractionRole.INDEPENDENT and row.independent_until is None
        n = [None if row.uid in hidden else counts.get(row.uid, 0) for counts in held]
        boxes, evidence, readings, excerpts = n
        found.append(
            Allotted(
                row.uid, paper, known[paper], names[paper], row.initials, row.role,
                ("blind" if blind else "done") if row.done else "under way",
                row.opened, row.independent_until, row.uid not in aside,
                boxes, evidence, readings, excerpts, row.at,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.number, one.at, one.by))


def _held(connection: Connection, table: Any) -> dict[str, int]:
    of = table.extraction
    return dict(connection.execute(select(of, func.count()).where(of.is_not(None)).group_by(of)).all())


class Checked(NamedTuple):
    """What a person found of a box or a piece of evidence: their latest word on it.

    ``what`` is what the box or the claim is called, ``of`` who made it.
    """

    uid: str
    subject_table: str
    subject: str
    what: str
    of: str
    verdict: str
    note: str
    by: str
    at: datetime


def checks(connection: Connection, *, viewer: str = "") -> list[Checked]:
    """Return what was checked of what *viewer* may see, each person's latest word, in the order of time."""
    of, maker = ExtractionCheck, aliased(Person)
    box, piece = Configuration, Evidence
    title = func.coalesce(func.nullif(box.label, ""), func.nullif(box.title, ""), box.uid)
    columns = (of.uid, of.subject_table, of.subject)
    more = (maker.initials, of.verdict, of.note, Person.initials, of.at)
    found: dict[tuple[str, str], Checked] = {}
    for table, words in ((box, title), (piece, piece.claim)):
        rows = (
            select(*columns, words, *more)
            .join(Person, Person.uid == of.person)
            .join(table, table.uid == of.subject)
            .join(maker, maker.uid == table.person)
            .where(of.subject_table == table.__tablename__, seen(table, viewer))
            .order_by(of.at, of.uid)
        )
        for row in connection.execute(rows):
            found[row.subject, row[7]] = Checked._make(row)
    return sorted(found.values(), key=lambda one: (one.at, one.uid))
