"""What stands behind the cells of a whole evidence grid: :mod:`realist.queries.cell` for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from realist.domain.configuration import Box
from realist.queries.boxes import boxes, numbers
from realist.queries.excerpts import anchors
from realist.queries.extractions import counted, seen
from realist.queries.grouping import mechanism_grouping, paper_grouping
from realist.queries.sets import labels
from realist.queries.theory import further_excerpts
from realist.queries.ways import from_boxes
from realist.store.tables import (
    Configuration,
    Consultation,
    Element,
    ElementSource,
    Evidence,
    Excerpt,
    Feedback,
    Person,
    Reading,
)
from realist.vocabulary import AnchorState, ReadingResult


class Claim(NamedTuple):
    """A piece of evidence: of the paper named, with every quotation and its place that it rests on."""

    uid: str
    paper: str
    stance: str
    claim: str
    quotes: tuple[tuple[str, str], ...]
    by: str


class Looked(NamedTuple):
    """A reading that left a note."""

    uid: str
    result: str
    note: str
    by: str


class Said(NamedTuple):
    """What people who are no papers said of a mechanism."""

    uid: str
    voice: str
    words: str
    who: str
    consultation: str
    by: str


@dataclass(frozen=True, slots=True)
class Sources:
    """What cells rest on, by (paper, mechanism) as they are read now, and what was said by mechanism.

    ``numbers`` are those of the boxes; ``wholes`` says under which paper one is read; ``people`` who put a
    source to a part, by the uid of the source; ``pages`` where an excerpt stands in its file.
    """

    claims: Mapping[tuple[str, str], list[Claim]]
    boxes: Mapping[tuple[str, str], list[Box]]
    readings: Mapping[tuple[str, str], list[Looked]]
    said: Mapping[str, list[Said]]
    numbers: Mapping[str, int]
    wholes: Mapping[str, str]
    people: Mapping[str, str]
    pages: Mapping[str, int]


def sources_of_cells(connection: Connection, columns: Collection[str], *, viewer: str = "") -> Sources:
    """Return what is behind every cell of a grid with these mechanisms (uids), as *viewer* may see it.

    What was given to a mechanism that went into another one counts there, unless the mechanism is a column
    and the other one is none: as in the grid.
    """
    papers, mechanisms = paper_grouping(connection), mechanism_grouping(connection)
    shown = set(columns)

    def column_of(mechanism: str) -> str:
        own = mechanism in shown and mechanisms[mechanism] not in shown
        return mechanism if own else mechanisms[mechanism]

    of_boxes: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for paper, mechanism, uid in from_boxes(connection, viewer=viewer):
        of_boxes[papers[paper], column_of(mechanism)][uid] = None
    named = {uid for uids in of_boxes.values() for uid in uids}
    found = {box.uid: box for box in boxes(connection, uids=named, viewer=viewer)} if named else {}
    claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for mechanism, claim, of in _claims(connection, viewer):
        claims[papers[of], column_of(mechanism)].append(claim)
    readings: dict[tuple[str, str], list[Looked]] = defaultdict(list)
    for paper, mechanism, looked in _readings(connection, viewer):
        readings[papers[paper], column_of(mechanism)].append(looked)
    said: dict[str, list[Said]] = defaultdict(list)
    for mechanism, one in _said(connection):
        for of in dict.fromkeys((mechanism, mechanisms[mechanism])):
            said[of].append(one)
    known = numbers(connection, viewer=viewer)
    return Sources(
        claims=claims,
        boxes={
            at: [found[uid] for uid in sorted(uids, key=lambda one: known[one])]
            for at, uids in of_boxes.items()
        },
        readings=readings,
        said=said,
        numbers=known,
        wholes=papers,
        people=source_people(connection, viewer=viewer),
        pages=pages(connection, viewer=viewer),
    )


def source_people(connection: Connection, *, viewer: str = "") -> dict[str, str]:
    """Return the initials of who put each source to a part of a box that *viewer* may see, by its uid."""
    rows = (
        select(ElementSource.uid, Person.initials)
        .join(Person, Person.uid == ElementSource.person)
        .join(Element, Element.uid == ElementSource.element)
        .join(Configuration, Configuration.uid == Element.configuration)
        .where(seen(Configuration, viewer))
    )
    return {row.uid: row.initials for row in connection.execute(rows)}


def pages(connection: Connection, *, viewer: str = "") -> dict[str, int]:
    """Return the page of the file on which an excerpt that *viewer* may see was found, by its uid."""
    found: dict[str, int] = {}
    known = set(connection.execute(select(Excerpt.uid).where(seen(Excerpt, viewer))).scalars())
    for excerpt, where in anchors(connection, None).items():
        if excerpt not in known:
            continue
        for one in where:
            if one.state == AnchorState.FOUND and one.page and one.name != "abstract":
                found.setdefault(excerpt, one.page)
    return found


def _claims(connection: Connection, viewer: str) -> list[tuple[str, Claim, str]]:
    rows = connection.execute(
        select(
            Evidence.uid, Evidence.paper, Evidence.mechanism, Evidence.stance, Evidence.claim,
            Excerpt.uid.label("excerpt"), Excerpt.quotation, Excerpt.locator, Person.initials,
        )
        .join(Person, Person.uid == Evidence.person)
        .outerjoin(Excerpt, (Excerpt.uid == Evidence.excerpt) & seen(Excerpt, viewer))
        .where(Evidence.mechanism.is_not(None), counted(Evidence, viewer))
        .order_by(Evidence.at, Evidence.uid)
    ).all()  # fmt: skip
    names = labels(connection, list({row.paper for row in rows}))
    further = further_excerpts(connection, viewer=viewer)
    on = pages(connection, viewer=viewer)
    found = []
    for row in rows:
        quotes = [(row.quotation, place_of(row.locator, on.get(row.excerpt)))] if row.excerpt else []
        quotes += [
            (more["quotation"], place_of(more["locator"], on.get(more["excerpt"])))
            for more in further.get(row.uid, ())
        ]
        claim = Claim(row.uid, names[row.paper], row.stance, row.claim, tuple(quotes), row.initials)
        found.append((row.mechanism, claim, row.paper))
    return found


def place_of(locator: str, page: int | None) -> str:
    """Return where words stand: as printed, else the page of the file, "" where neither is known."""
    return locator or (f"page {page} of the file" if page else "")


def _readings(connection: Connection, viewer: str) -> list[tuple[str, str, Looked]]:
    """Return the readings for a mechanism that found nothing and left a note, the latest first."""
    rows = connection.execute(
        select(Reading.uid, Reading.paper, Reading.mechanism, Reading.result, Reading.note, Person.initials)
        .join(Person, Person.uid == Reading.person)
        .where(
            Reading.mechanism.is_not(None),
            Reading.note != "",
            Reading.result != ReadingResult.FOUND,
            counted(Reading, viewer),
        )
        .order_by(Reading.at.desc(), Reading.uid.desc())
    )
    return [(row.paper, row.mechanism, Looked(row.uid, row.result, row.note, row.initials)) for row in rows]


def _said(connection: Connection) -> list[tuple[str, Said]]:
    rows = connection.execute(
        select(
            Feedback.mechanism, Feedback.uid, Feedback.voice, Feedback.words, Feedback.who,
            func.coalesce(Consultation.name, "").label("consultation"), Person.initials,
        )
        .join(Person, Person.uid == Feedback.person)
        .outerjoin(Consultation, Consultation.uid == Feedback.consultation)
        .where(Feedback.mechanism.is_not(None))
        .order_by(Feedback.at, Feedback.uid)
    )  # fmt: skip
    return [(mechanism or "", Said(*more)) for mechanism, *more in rows]
