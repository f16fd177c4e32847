"""What bears on theories: boxes and evidence, given on a version or carried to it from an earlier one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from realist.domain.theories import carried_from
from realist.queries.extractions import counted, marks, seen
from realist.queries.grouping import paper_grouping
from realist.queries.sets import labels
from realist.queries.theory_versions import Version
from realist.store.tables import Bearing, Configuration, Element, Evidence, Person, TheoryVersion
from realist.text import line
from realist.vocabulary import ConfigurationStatus, Stance

BOX, EVIDENCE = "box", "evidence"
_ORDER = {str(stance): place for place, stance in enumerate(Stance)}


class Borne(NamedTuple):
    """A box or a piece of evidence that bears on a version, or on one part of it.

    ``uid`` is that of the bearing or the evidence, ``of`` that of the box or the paper as it is read now,
    ``number`` the box's, ``called`` what box or paper is called. ``part`` is "" for the version as a whole,
    ``version`` the number of the one it was given on, ``reason`` the reasoning or the claim. ``carried``:
    given on an earlier version, and the wording is the same since. ``counts`` is false where a consensus
    counts in its place; ``extraction`` is how its extraction is marked.
    """

    kind: str
    uid: str
    of: str
    number: int
    called: str
    part: str
    version: int
    stance: str
    reason: str
    by: str
    at: datetime
    counts: bool
    extraction: str
    carried: bool = False


def borne(connection: Connection, theory: str, *, viewer: str = "") -> list[Borne]:
    """Return what was given on any version of a theory (uid), in the order in which it was.

    Only what *viewer* may see; dropped boxes bear on nothing.
    """
    found = [*_boxes(connection, theory, viewer), *_evidence(connection, theory, viewer)]
    if any(one.extraction for one in found):
        known = marks(connection)
        found = [one._replace(extraction=known.get(one.extraction, "")) for one in found]
    return sorted(found, key=lambda one: (one.at, one.uid))


def _boxes(connection: Connection, theory: str, viewer: str) -> Iterable[Borne]:
    box = Configuration
    rows = connection.execute(
        select(
            Bearing.uid, Bearing.configuration, box.number, box.label, box.title, Bearing.part,
            TheoryVersion.number.label("version"), Bearing.stance, Bearing.reason,
            Person.initials.label("by"), Bearing.at, counted(box, viewer).label("counts"), box.extraction,
        )
        .join(box, box.uid == Bearing.configuration)
        .join(TheoryVersion, TheoryVersion.uid == Bearing.version)
        .join(Person, Person.uid == Bearing.person)
        .where(
            TheoryVersion.theory == theory, seen(box, viewer), box.status != ConfigurationStatus.DROPPED
        )
    )  # fmt: skip
    for row in rows:
        name = line(" ".join(filter(None, (row.label, row.title)))) or f"#{row.number}"
        yield Borne(
            BOX, row.uid, row.configuration, row.number, name, row.part or "", row.version, row.stance,
            row.reason, row.by, row.at, bool(row.counts), row.extraction or "",
        )  # fmt: skip


def _evidence(connection: Connection, theory: str, viewer: str) -> Iterable[Borne]:
    of = Evidence
    rows = connection.execute(
        select(
            of.uid, of.paper, of.theory_part, TheoryVersion.number.label("version"), of.stance, of.claim,
            Person.initials.label("by"), of.at, counted(of, viewer).label("counts"), of.extraction,
        )
        .join(TheoryVersion, TheoryVersion.uid == of.theory_version)
        .join(Person, Person.uid == of.person)
        .where(TheoryVersion.theory == theory, seen(of, viewer))
    ).all()  # fmt: skip
    if not rows:
        return
    grouping = paper_grouping(connection)
    names = labels(connection, list({grouping[row.paper] for row in rows}))
    for row in rows:
        paper = grouping[row.paper]
        yield Borne(
            EVIDENCE, row.uid, paper, 0, names[paper], row.theory_part or "", row.version, row.stance,
            row.claim, row.by, row.at, bool(row.counts), row.extraction or "",
        )  # fmt: skip


def at_version(found: Sequence[Borne], versions: Sequence[Version], version: Version) -> list[Borne]:
    """Return of what bears on a theory what bears on one of its versions: given there, or carried to it.

    Of one box on one part, what was given last counts. What is for stands before what is against, what was
    given on the version before what is carried.
    """
    place = next(n for n, one in enumerate(versions) if one.uid == version.uid)
    carries = carried_from([one.by_part for one in versions], place)
    numbers = {one.number: n for n, one in enumerate(versions)}
    here: dict[tuple[str, ...], Borne] = {}
    for one in found:
        key = (one.kind, one.of, one.part) if one.kind == BOX else (one.kind, one.uid)
        was = here.get(key)
        if was is not None and was.version > one.version:
            continue
        if one.version == version.number:
            here[key] = one
        elif numbers.get(one.version, -1) in carries.get(one.part or None, frozenset()):
            here[key] = one._replace(carried=True)
    return sorted(
        here.values(),
        key=lambda one: (_ORDER.get(one.stance, len(_ORDER)), one.carried, one.kind, one.number, one.at),
    )


class Pickable(NamedTuple):
    """A box that can bear on a theory: what it is called, and its parts in words."""

    uid: str
    called: str
    words: str


def pickable(connection: Connection, *, viewer: str = "") -> list[Pickable]:
    """Return the boxes that *viewer* may see and that were not dropped, by number."""
    of = Configuration
    words: dict[str, list[str]] = defaultdict(list)
    parts = select(Element.configuration, Element.text).order_by(Element.configuration, Element.position)
    for box, text in connection.execute(parts):
        words[box].append(text)
    rows = select(of.uid, of.number, of.label, of.title).where(
        seen(of, viewer), of.status != ConfigurationStatus.DROPPED
    )
    return [
        Pickable(uid, line(f"#{number} {label} {title}"), line(" → ".join(words[uid])))
        for uid, number, label, title in connection.execute(rows.order_by(of.number))
    ]
