"""Two extractors side by side on a paper, and how far independent ones agree on which mechanisms it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from realist.domain.agreement import Figures, Scale, round_agreement
from realist.domain.comparing import BoxPair, side_by_side
from realist.errors import Refused
from realist.queries.boxes import boxes
from realist.queries.extractions import seen
from realist.queries.grouping import paper_grouping, parts_of, wholes_of
from realist.queries.sets import labels
from realist.queries.standing import Standing, standing
from realist.store.tables import (
    Configuration,
    ConfigurationMechanism,
    Element,
    ElementTag,
    Evidence,
    Extraction,
    Mechanism,
    Person,
)
from realist.vocabulary import ConfigurationStatus, ExtractionRole, Verdict

_TABLES = ("configuration_mechanism", "element_tag", "evidence")
"""The tables of the pieces that give an extraction its mechanisms."""


class StancePair(NamedTuple):
    """What the evidence of two people says of a mechanism; ``differs`` where they say other stances."""

    uid: str
    mechanism: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two people (initials) extracted from a paper: boxes in pairs, stances on mechanisms."""

    paper: str
    label: str
    one: str
    other: str
    boxes: tuple[BoxPair, ...]
    stances: tuple[StancePair, ...]


def compared_extractions(
    connection: Connection, paper: str, *, people: tuple[str, str] | None = None, viewer: str = ""
) -> Comparison:
    """Return what two independent extractors of a paper (uid) made of it, side by side.

    *people* names two by initials where there are more. Raises Refused where there are not two, or one may
    not be seen yet by *viewer*.
    """
    whole = wholes_of(connection, [paper])[paper]
    of = Extraction
    rows = connection.execute(
        select(of.uid, Person.initials, seen_by(viewer).label("seen"))
        .join(Person, Person.uid == of.extractor)
        .where(
            of.paper.in_(list(parts_of(connection, [whole]))),
            of.role == ExtractionRole.INDEPENDENT,
            of.ended == "",
        )
        .order_by(of.at, of.uid)
    ).all()
    label = labels(connection, [whole])[whole]
    by = {row.initials: row for row in rows}
    wanted = people or tuple(by)[:2]
    if len(by) < 2 or any(who not in by for who in wanted):
        there = ", ".join(by) or "nobody"
        raise Refused(f"{label} has no two such independent extractions: {there} has one.")
    if not all(by[who].seen for who in wanted):
        raise Refused(f"The independent extractions of {label} are under way: what others made of it waits.")
    one, other = (by[who].uid for who in wanted)
    mine, theirs = (_boxes(connection, uid, viewer) for uid in (one, other))
    stances = _stances(connection, one, other, viewer)
    return Comparison(whole, label, wanted[0], wanted[1], side_by_side(mine, theirs), stances)


def seen_by(viewer: str) -> Any:
    """Whether what belongs to an extraction may be seen by *viewer*."""
    own = select(Person.uid).where(Person.initials == viewer)
    return Extraction.independent_until.is_not(None) | Extraction.extractor.in_(own)


def _boxes(connection: Connection, extraction: str, viewer: str) -> list[Any]:
    of = Configuration
    uids = select(of.uid).where(
        of.extraction == extraction, of.status != ConfigurationStatus.DROPPED, seen(of, viewer)
    )
    found = list(connection.execute(uids).scalars())
    return boxes(connection, uids=found, viewer=viewer) if found else []


def _stances(connection: Connection, one: str, other: str, viewer: str) -> tuple[StancePair, ...]:
    at = standing(connection)
    rows = connection.execute(
        select(Evidence.extraction, Evidence.uid, Evidence.mechanism, Evidence.stance)
        .where(Evidence.extraction.in_((one, other)), Evidence.mechanism.is_not(None), seen(Evidence, viewer))
        .order_by(Evidence.at, Evidence.uid)
    )
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: {one: [], other: []})
    for extraction, uid, mechanism, stance in rows:
        for under in at.now("evidence", uid, mechanism or ""):
            stances = said[under][extraction or ""]
            if stance not in stances:
                stances.append(stance)
    named = select(Mechanism.uid, Mechanism.name).where(Mechanism.uid.in_(list(said)))
    found = []
    for uid, name in connection.execute(named.order_by(Mechanism.number)):
        mine, theirs = said[uid][one], said[uid][other]
        found.append(StancePair(uid, name, tuple(mine), tuple(theirs), set(mine) != set(theirs)))
    return tuple(found)


class Tagged(NamedTuple):
    """How far two independent extractors agree that papers have a mechanism; ``uid`` is "" for all of them.

    ``one`` and ``other`` count papers that only the first or the second of two, by initials, has it for. The
    figures are None where they are not defined, ``why`` says why.
    """

    uid: str
    number: int
    mechanism: str
    papers: int
    both: int
    one: int
    other: int
    neither: int
    agreement: float | None
    kappa: float | None
    ac1: float | None
    why: str


@dataclass(frozen=True, slots=True)
class TagAgreement:
    """Agreement on which mechanisms papers have: by mechanism, and ``total`` over all of them.

    ``papers`` have two independent extractors who are done. ``waiting`` ones are under way, ``opened`` ones
    were opened before both were done: neither count.
    """

    papers: int
    waiting: int
    opened: int
    people: tuple[str, ...]
    rows: tuple[Tagged, ...]
    total: Tagged


class _Done(NamedTuple):
    uid: str
    paper: str
    by: str
    until: datetime


def tag_agreement(connection: Connection, *, viewer: str = "") -> TagAgreement:
    """Return how far independent extractors agree on the mechanisms of papers.

    A paper has a mechanism, by an extractor, where it has a box under it, a part of a box that is tagged with
    it, or evidence on it, written before independence ended. A mechanism counts on papers whose independence
    ended after it was added. What is not to be seen yet, by anybody but its extractor, does not count,
    whoever is *viewer*.
    """
    pairs, waiting, opened = _pairs(connection)
    at = standing(connection)
    has = _has(connection, {one.uid: one.until for pair in pairs for one in pair}, at, viewer)
    having = set().union(*has.values())
    merged = {uid for uid, into in at.into.items() if len(into) == 1 or uid not in having}
    known = connection.execute(
        select(Mechanism.uid, Mechanism.number, Mechanism.name, Mechanism.at).order_by(Mechanism.number)
    ).all()
    rows, every = [], list[tuple[str, _Done, _Done, bool, bool]]()
    for row in known:
        if row.uid in merged:
            continue
        met = [
            (row.uid, one, other, row.uid in has[one.uid], row.uid in has[other.uid])
            for one, other in pairs
            if row.at <= one.until
        ]
        every += met
        if met:
            rows.append(_tagged(row.uid, row.number, row.name, met))
    papers = {one.paper for one, _ in pairs}
    people = sorted({one.by for pair in pairs for one in pair})
    total = _tagged("", 0, "all", every)
    return TagAgreement(len(papers), waiting, opened, tuple(people), tuple(rows), total)


def _pairs(connection: Connection) -> tuple[list[tuple[_Done, _Done]], int, int]:
    """Return each two who were done with a paper independently, and how many papers wait or were opened."""
    of, grouping = Extraction, paper_grouping(connection)
    rows = connection.execute(
        select(of.uid, of.paper, Person.initials, of.independent_until, of.done, of.opened)
        .join(Person, Person.uid == of.extractor)
        .where(of.role == ExtractionRole.INDEPENDENT, of.ended == "")
        .order_by(of.at, of.uid)
    )
    by_paper: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_paper[grouping[row.paper]].append(row)
    pairs: list[tuple[_Done, _Done]] = []
    waiting = opened = 0
    for paper, own in by_paper.items():
        if any(row.independent_until is None for row in own):
            waiting += 1
        elif any(row.opened for row in own):
            opened += 1
        else:
            done = [_Done(row.uid, paper, row.initials, row.independent_until) for row in own if row.done]
            pairs += combinations(sorted(done, key=lambda one: one.by), 2)
    return pairs, waiting, opened


def _has(
    connection: Connection, until: dict[str, datetime], at: Standing, viewer: str
) -> dict[str, set[str]]:
    """By extraction: the mechanisms that its paper has, by what was written before independence ended."""
    box, under, tag, piece = Configuration, ConfigurationMechanism, ElementTag, Evidence
    holds = (box.status != ConfigurationStatus.DROPPED, box.extraction.is_not(None), seen(box, viewer))
    statements: Iterable[Any] = (
        select(box.extraction, under.uid, under.mechanism, under.at)
        .join(under, under.configuration == box.uid)
        .where(*holds),
        select(box.extraction, tag.uid, tag.mechanism, tag.at)
        .join(Element, Element.configuration == box.uid)
        .join(tag, tag.element == Element.uid)
        .where(*holds, tag.mechanism.is_not(None)),
        select(piece.extraction, piece.uid, piece.mechanism, piece.at).where(
            piece.extraction.is_not(None), piece.mechanism.is_not(None), seen(piece, viewer)
        ),
    )
    found: dict[str, set[str]] = {uid: set() for uid in until}
    for table, statement in zip(_TABLES, statements, strict=True):
        for extraction, uid, mechanism, written in connection.execute(statement):
            if extraction in until and written <= until[extraction]:
                found[extraction].update(at.now(table, uid, mechanism))
    return found


def _tagged(uid: str, number: int, name: str, met: list[tuple[str, _Done, _Done, bool, bool]]) -> Tagged:
    decided = {
        f"{mechanism} {one.uid} {other.uid}": {one.by: _said(mine), other.by: _said(theirs)}
        for mechanism, one, other, mine, theirs in met
    }
    figures: Figures = round_agreement(decided, Scale.TWO_WAY).pooled.figures
    both = sum(mine and theirs for *_, mine, theirs in met)
    one = sum(mine and not theirs for *_, mine, theirs in met)
    other = sum(theirs and not mine for *_, mine, theirs in met)
    raw, kappa, ac1 = figures.raw, figures.kappa, figures.ac1
    why = next((figure.why for figure in (raw, kappa, ac1) if figure.value is None), "")
    neither = len(met) - both - one - other
    return Tagged(
        uid, number, name, len(met), both, one, other, neither, raw.value, kappa.value, ac1.value, why
    )


def _said(has: bool) -> Verdict:
    return Verdict.INCLUDE if has else Verdict.EXCLUDE
