"""Everything behind one cell of the evidence grid, as the grid derives it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, or_, select

from realist.domain.configuration import Box, Ref
from realist.errors import NotFound
from realist.queries.boxes import boxes, numbers
from realist.queries.extractions import counted, seen
from realist.queries.grouping import group_of, paper_grouping
from realist.queries.sets import labels
from realist.queries.standing import Standing, standing
from realist.queries.ways import ways_of_boxes
from realist.store.tables import (
    Consultation,
    Evidence,
    Excerpt,
    Feedback,
    Mechanism,
    Person,
    Reading,
)
from realist.text import shorten
from realist.vocabulary import CellState, ReadingResult

_STATES: dict[str, CellState] = {
    ReadingResult.NONE: CellState.NONE,
    ReadingResult.NOT_RECOVERABLE: CellState.NOT_RECOVERABLE,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence: ``paper`` is the one it was given to, ``through`` a mechanism merged since."""

    uid: str
    paper: Ref
    through: Ref | None
    stance: str
    claim: str
    quotation: str
    locator: str
    topic: str
    site: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BoxBehind:
    """A box that counts for the cell; ``why`` holds *of the paper*, *tagged element*, *quoted*.

    ``through`` are the mechanisms merged since under which it counts, where it does so under no other.
    """

    box: Box
    number: int
    why: tuple[str, ...]
    through: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """A reading that counts for the cell; ``whole`` when it was for every mechanism there was then."""

    uid: str
    paper: Ref
    result: str
    note: str
    whole: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What people who are no papers said of the mechanism; ``consultation`` is "" where it is unknown."""

    uid: str
    voice: str
    words: str
    who: str
    consultation: str
    through: Ref | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Behind:
    """A cell and what it is derived from. Readings stand latest first, all else in the order recorded."""

    paper: Ref
    mechanism: Ref
    mechanism_number: int
    state: CellState
    evidence: tuple[Piece, ...]
    boxes: tuple[BoxBehind, ...]
    readings: tuple[Looked, ...]
    voices: tuple[Said, ...]


def behind(
    connection: Connection,
    paper_uid: str,
    mechanism_uid: str,
    *,
    columns: Collection[str] = (),
    before: bool = False,
    viewer: str = "",
) -> Behind:
    """Return what is behind the cell of a paper, with those joined into it, and a mechanism.

    What stands under the mechanism now counts, whatever it was given to; *columns* are those (uids) of the
    grid of a list that the cell is of, *before* says that it is a grid of what was given. For a mechanism
    that went into another one only its own counts, as in a grid whose list names it and not its target.
    What *viewer* may not see yet is not there, nor what does not count.
    Raises NotFound where there is no such paper or mechanism.
    """
    at = standing(connection)
    merged = mechanism_uid in at.whole() and not before
    group = group_of(paper_grouping(connection), paper_uid)
    said_of = [mechanism_uid] if merged or before else group_of(at.whole(), mechanism_uid)
    at = at.as_given() if before else at.within({mechanism_uid} if merged else columns)
    under = at.sources(mechanism_uid)
    known = {paper: Ref(paper, name) for paper, name in labels(connection, group).items()}
    rows = connection.execute(
        select(Mechanism.uid, Mechanism.name, Mechanism.number, Mechanism.at).where(Mechanism.uid.in_(under))
    )
    named = {row.uid: row for row in rows}
    for of, what, uid in ((known, "paper", group[0]), (named, "mechanism", mechanism_uid)):
        if uid not in of:
            raise NotFound(f"There is no {what} with the uid {shorten(uid, 40)} in this review.")
    through = {uid: Ref(uid, row.name) for uid, row in named.items() if uid != mechanism_uid}
    own = named[mechanism_uid]
    pieces = _evidence(connection, known, own.uid, at, through, viewer)
    counted = _boxes(connection, set(group), own.uid, at, through, viewer)
    looked = _readings(connection, known, own.uid, None if merged else own.at, viewer)
    said = _STATES.get(looked[0].result) if looked else None
    return Behind(
        paper=known[group[0]],
        mechanism=Ref(own.uid, own.name),
        mechanism_number=own.number,
        state=CellState.PRESENT if pieces or counted else said or CellState.NOT_LOOKED,
        evidence=pieces,
        boxes=counted,
        readings=looked,
        voices=_voices(connection, said_of, through),
    )


def _evidence(
    connection: Connection,
    papers: dict[str, Ref],
    mechanism: str,
    at: Standing,
    through: dict[str, Ref],
    viewer: str,
) -> tuple[Piece, ...]:
    rows = connection.execute(
        select(
            Evidence.uid, Evidence.paper, Evidence.mechanism, Evidence.stance, Evidence.claim,
            func.coalesce(Excerpt.quotation, "").label("quotation"),
            func.coalesce(Excerpt.locator, "").label("locator"),
            Evidence.topic, Evidence.site, Person.initials, Evidence.at,
        )
        .join(Person, Person.uid == Evidence.person)
        .outerjoin(Excerpt, (Excerpt.uid == Evidence.excerpt) & seen(Excerpt, viewer))
        .where(
            Evidence.paper.in_(papers),
            Evidence.mechanism.in_(at.sources(mechanism)),
            counted(Evidence, viewer),
        )
        .order_by(Evidence.at, Evidence.uid)
    )  # fmt: skip
    return tuple(
        Piece(uid, papers[paper], through.get(given or ""), *rest)
        for uid, paper, given, *rest in rows
        if mechanism in at.now("evidence", uid, given or "")
    )


def _boxes(
    connection: Connection,
    papers: set[str],
    mechanism: str,
    at: Standing,
    through: dict[str, Ref],
    viewer: str,
) -> tuple[BoxBehind, ...]:
    whys: dict[str, list[str]] = defaultdict(list)
    ways: dict[str, list[str]] = defaultdict(list)
    for way in ways_of_boxes(connection, viewer=viewer):
        if way.paper in papers and mechanism in at.now(way.table, way.piece, way.mechanism):
            whys[way.configuration].append(way.why)
            ways[way.configuration].append(way.mechanism)
    if not whys:
        return ()
    known = numbers(connection, viewer=viewer)
    found = []
    for box in boxes(connection, uids=whys, viewer=viewer):
        of = dict.fromkeys(ways[box.uid])
        merged = tuple(through[one] for one in of) if all(one in through for one in of) else ()
        found.append(BoxBehind(box, known[box.uid], tuple(dict.fromkeys(whys[box.uid])), merged))
    return tuple(found)


def _readings(
    connection: Connection, papers: dict[str, Ref], mechanism: str, since: datetime | None, viewer: str
) -> tuple[Looked, ...]:
    """Return readings for the mechanism, and those for all there were then if it was there by *since*."""
    of = Reading.mechanism == mechanism
    if since is not None:
        of = or_(of, and_(Reading.mechanism.is_(None), Reading.at >= since))
    rows = connection.execute(
        select(
            Reading.uid, Reading.paper, Reading.result, Reading.note, Reading.mechanism,
            Person.initials, Reading.at,
        )
        .join(Person, Person.uid == Reading.person)
        .where(Reading.paper.in_(papers), of, counted(Reading, viewer))
        .order_by(Reading.at.desc(), Reading.uid.desc())
    )  # fmt: skip
    return tuple(
        Looked(row.uid, papers[row.paper], row.result, row.note, row.mechanism is None, row.initials, row.at)
        for row in rows
    )


def _voices(connection: Connection, under: Sequence[str], through: dict[str, Ref]) -> tuple[Said, ...]:
    rows = connection.execute(
        select(
            Feedback.uid, Feedback.voice, Feedback.words, Feedback.who,
            func.coalesce(Consultation.name, "").label("consultation"),
            Feedback.mechanism, Person.initials, Feedback.at,
        )
        .join(Person, Person.uid == Feedback.person)
        .outerjoin(Consultation, Consultation.uid == Feedback.consultation)
        .where(Feedback.mechanism.in_(under))
        .order_by(Feedback.at, Feedback.uid)
    )  # fmt: skip
    return tuple(
        Said(
            row.uid,
            row.voice,
            row.words,
            row.who,
            row.consultation,
            through.get(row.mechanism or ""),
            row.initials,
            row.at,
        )
        for row in rows
    )
