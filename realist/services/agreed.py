"""Taking what one of several extracted into their consensus: a copy, so that the original stays."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import select

from realist.domain.configuration import Box, Ref, Relation
from realist.errors import NotFound, Refused
from realist.queries.boxes import boxes
from realist.queries.extractions import own_extraction, seen
from realist.queries.naming_boxes import BOX, resolve_any
from realist.services.configurations import add_box
from realist.services.unit import Desk, Unit
from realist.store.tables import (
    Configuration,
    ConfigurationPaper,
    Evidence,
    EvidenceExcerpt,
    Extraction,
    Memo,
    Person,
)
from realist.text import line, shorten
from realist.vocabulary import ExtractionRole, RelationKind


class _Whose(NamedTuple):
    extraction: str
    by: str


def take_into_consensus(desk: Desk, kind: str, name: str) -> str:
    """Copy a box, or a piece of evidence (uid), into the consensus of its paper; return the uid of the copy.

    The consensus has to be one's own and under way. The original stays where it is: the copy of a box rests
    on it, that of evidence says in a memo whose it is.
    """
    with desk.unit("take into consensus", shorten(name, 60)) as work:
        if kind == BOX:
            return _box(work, resolve_any(work.connection, BOX, name, viewer=desk.initials), name)
        return _evidence(work, line(name))


def _box(work: Unit, uid: str, name: str) -> str:
    papers = select(ConfigurationPaper.paper).where(ConfigurationPaper.configuration == uid)
    of = list(work.connection.execute(papers).scalars())
    whose = _whose(work, work.row(Configuration, uid)["extraction"], of, name)
    (box,) = boxes(work.connection, uids=[uid], viewer=work.initials)
    relation = Relation(RelationKind.RESTS_ON, Ref(uid, box.label), note=_from(whose))
    return add_box(work, _copy(work, box, relation))


def _copy(work: Unit, box: Box, relation: Relation) -> Box:
    """Return a box with uids of its own; its quotations are the same excerpts, its links go with it."""
    new = {element.uid: work.store.uids() for element in box.elements}
    elements = tuple(
        replace(
            element,
            uid=new[element.uid],
            sources=tuple(replace(source, uid="") for source in element.sources),
        )
        for element in box.elements
    )
    links = tuple(
        replace(link, uid="", from_uid=new[link.from_uid], to_uid=new.get(link.to_uid, link.to_uid))
        for link in box.links
    )
    return replace(box, uid="", elements=elements, links=links, relations=(*_fresh(box), relation))


def _fresh(box: Box) -> tuple[Relation, ...]:
    return tuple(replace(relation, uid="") for relation in box.relations)


def _evidence(work: Unit, uid: str) -> str:
    of = Evidence
    rows = select(*of.__table__.columns).where(of.uid == uid, seen(of, work.initials))
    row = work.connection.execute(rows).mappings().first()
    if row is None:
        raise NotFound(f"There is no evidence {uid}: `realist evidence list` shows the uids.")
    whose = _whose(work, row["extraction"], [row["paper"]], uid)
    kept = {name: value for name, value in row.items() if name not in ("uid", "person", "at", "extraction")}
    consensus = own_extraction(work.connection, work.person, [row["paper"]])
    made = work.add(Evidence(extraction=consensus, **kept)).uid
    further = select(EvidenceExcerpt.excerpt, EvidenceExcerpt.position).where(EvidenceExcerpt.evidence == uid)
    for excerpt, position in work.connection.execute(further.order_by(EvidenceExcerpt.position)).all():
        work.add(EvidenceExcerpt(evidence=made, excerpt=excerpt, position=position))
    work.add(Memo(subject_table="evidence", subject=made, text=f"{_from(whose)} ({uid})."))
    return made


def _from(whose: _Whose) -> str:
    return f"taken into consensus from the independent extraction of {whose.by}"


def _whose(work: Unit, extraction: str | None, papers: list[str], name: str) -> _Whose:
    """Return whose independent extraction a thing is of; refuse what cannot be taken into a consensus now."""
    of = Extraction
    row = work.connection.execute(
        select(of.uid, of.role, Person.initials)
        .join(Person, Person.uid == of.extractor)
        .where(of.uid == (extraction or ""))
    ).first()
    if row is None or row.role != ExtractionRole.INDEPENDENT:
        raise Refused(f"{shorten(name, 60)} is of no independent extraction. Nothing was changed.")
    own = own_extraction(work.connection, work.person, papers)
    role = select(of.role).where(of.uid == (own or ""))
    if work.connection.execute(role).scalar() != ExtractionRole.CONSENSUS:
        raise Refused(
            f"You have no consensus under way of the paper of {shorten(name, 60)}:"
            " `realist extraction consensus` begins one. Nothing was changed."
        )
    return _Whose(row.uid, row.initials)
