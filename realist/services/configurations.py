"""Configurations: a box with its elements, sources, tags, links and relations, written in one step."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from realist.domain.configuration import Box, BoxElement, Link, Relation, Source, TagRef, states
from realist.errors import NotFound, Refused
from realist.queries.boxes import boxes as stored_boxes
from realist.queries.extractions import boxes_seen, own_extraction, seen
from realist.queries.naming import resolve
from realist.services.evidence import add_excerpt, keep_quotation
from realist.services.mechanisms import context_named, mechanism_named, outcome_named
from realist.services.papers import paper_named
from realist.services.unit import Desk, Unit
from realist.store.tables import (
    Configuration,
    ConfigurationMechanism,
    ConfigurationPaper,
    ConfigurationRelation,
    Element,
    ElementLink,
    ElementSource,
    ElementTag,
    Excerpt,
    Feedback,
    Theory,
)
from realist.text import line, shorten
from realist.vocabulary import SourceKind


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import of boxes: uids added, and uids that were there already and equal."""

    added: tuple[str, ...]
    known: tuple[str, ...]


def add_configuration(desk: Desk, box: Box) -> str:
    """Write one box; return its uid. Incomplete boxes are as welcome as complete ones."""
    with desk.unit("add box", box.label or box.title or shorten(box.printed, 40)) as work:
        return add_box(work, box)


def import_configurations(desk: Desk, boxes: Sequence[Box], *, source: str = "") -> Imported:
    """Write boxes that may name each other, all or none. Papers and mechanisms that are new are added."""
    with desk.unit("import boxes", source) as work:
        return _add_all(work, boxes)


def add_box(work: Unit, box: Box) -> str:
    """Write one box within a step under way; return its uid."""
    return _add_all(work, [box]).added[0]


def _add_all(work: Unit, boxes: Sequence[Box]) -> Imported:
    new, known = _new_ones(work, boxes)
    new = _of_their_own(work, new)
    uids = []
    for number, box in enumerate(new, 1):
        try:
            uids.append(_add_box(work, box))
        except Refused as error:
            if len(boxes) == 1:
                raise
            name = f" ({line(box.label or box.title)})" if box.label or box.title else ""
            raise Refused(f"Box {number}{name}: {error}") from error
    names = {box.uid or uid: uid for box, uid in zip(new, uids, strict=True)}
    labels: dict[str, list[str]] = {}
    for box, uid in zip(new, uids, strict=True):
        labels.setdefault(box.label, []).append(uid)
    for box, uid in zip(new, uids, strict=True):
        _relate(work, box, uid, names, labels)
        for position, link in enumerate(box.links, 1):
            add_link(work, box, position, link)
    return Imported(tuple(uids), tuple(known))


def _new_ones(work: Unit, boxes: Sequence[Box]) -> tuple[list[Box], list[str]]:
    there = {
        box.uid: box
        for box in stored_boxes(
            work.connection, uids=[box.uid for box in boxes if box.uid], viewer=work.initials
        )
    }
    seen: set[str] = set()
    for box in boxes:
        if box.uid in seen:
            raise Refused(f"Two boxes in the file have the uid {box.uid}. Nothing was imported.")
        if box.uid in there and not states(box, there[box.uid]):
            raise Refused(
                f"Box {box.label or box.uid} is in this review already and differs from the file."
                " Nothing was imported."
            )
        seen |= {box.uid} - {""}
    return [box for box in boxes if box.uid not in there], [box.uid for box in boxes if box.uid in there]


def _of_their_own(work: Unit, boxes: Sequence[Box]) -> list[Box]:
    """Return boxes whose parts have uids of their own.

    In boxes without a uid, those of parts are names by which a file links them: where the review has such a
    part already, they get another.
    """
    local = [part.uid for box in boxes if not box.uid for part in box.elements if part.uid]
    if twice := next((uid for uid in local if local.count(uid) > 1), ""):
        raise Refused(f"The element {shorten(twice, 40)} stands twice in the file. Nothing was imported.")
    taken = select(Element.uid).where(Element.uid.in_(local))
    other = {uid: work.store.uids() for uid in work.connection.execute(taken).scalars()} if local else {}
    if not other:
        return list(boxes)
    found = []
    for box in boxes:
        if box.uid:
            found.append(box)
            continue
        parts = tuple(replace(part, uid=other.get(part.uid, part.uid)) for part in box.elements)
        links = tuple(
            replace(
                link,
                from_uid=other.get(link.from_uid, link.from_uid),
                to_uid=other.get(link.to_uid, link.to_uid),
            )
            for link in box.links
        )
        found.append(replace(box, elements=parts, links=links))
    return found


def _add_box(work: Unit, box: Box) -> str:
    papers = list(dict.fromkeys(paper_named(work, paper.name, paper.uid) for paper in box.papers))
    row = work.add(
        Configuration(
            uid=box.uid,
            number=work.number(Configuration),
            label=box.label,
            title=box.title,
            narrative=box.narrative,
            printed=box.printed,
            setting=box.setting,
            country=box.country,
            site=box.site,
            status=box.status,
            polarity=box.polarity,
            extraction=own_extraction(work.connection, work.person, papers),
        )
    )
    for position, paper in enumerate(papers, 1):
        work.add(ConfigurationPaper(configuration=row.uid, paper=paper, position=position))
    named = [
        mechanism_named(work, mechanism.name, mechanism.uid, mechanism.kind) for mechanism in box.mechanisms
    ]
    for position, mechanism in enumerate(dict.fromkeys(named), 1):
        work.add(ConfigurationMechanism(configuration=row.uid, mechanism=mechanism, position=position))
    for position, element in enumerate(box.elements, 1):
        add_element(work, row.uid, position, element, papers)
    return row.uid


def add_element(work: Unit, box: str, position: int, element: BoxElement, papers: Sequence[str]) -> None:
    """Write a part of the box at *position*; quotations that name no paper are of the one in *papers*."""
    row = work.add(Element(uid=element.uid, configuration=box, position=position, **values_of(element)))
    for place, source in enumerate(element.sources, 1):
        add_source(work, row.uid, place, source, papers)
    for place, tag in enumerate(element.tags, 1):
        add_tag(work, row.uid, place, tag)


def values_of(element: BoxElement) -> dict[str, Any]:
    """Return the columns of an element that say what it says itself."""
    part = element.part
    return {
        "kind": part.kind, "text": part.text, "valence": part.valence, "activation": part.activation,
        "basis": part.basis, "label": part.label, "segment": part.segment, "join_word": part.join,
        "inference": element.inference, "hedge": element.hedge, "site": element.site,
    }  # fmt: skip


def add_source(work: Unit, element: str, position: int, source: Source, papers: Sequence[str]) -> None:
    """Write what a part rests on, with the quotation where it is new."""
    row = ElementSource(
        uid=source.uid, element=element, position=position, kind=source.kind, text=source.text
    )
    if source.kind is SourceKind.EXCERPT or source.paper or source.quotation or source.locator:
        row.excerpt = excerpt_of(work, source, papers)
    row.feedback = feedback_of(work, source)
    row.theory = theory_of(work, source)
    if source.theory and row.theory is None:
        row.text = source.said
    work.add(row)


def theory_of(work: Unit, source: Source) -> str | None:
    """Return the uid of the theory that a source names, where it is in this review."""
    if source.theory is None:
        return None
    of = source.theory
    if of.uid and work.connection.execute(select(Theory.uid).where(Theory.uid == of.uid)).first():
        return of.uid
    with suppress(NotFound):
        return resolve(work.connection, "theory", of.name, by_name=True)
    work.note(f"The theory {of.name or of.uid} is not in this review; what it is called was kept in words.")
    return None


def feedback_of(work: Unit, source: Source) -> str | None:
    """Return the uid of the feedback that a source names, where it is in this review."""
    if not source.feedback:
        return None
    there = select(Feedback.uid).where(Feedback.uid == source.feedback)
    found = work.connection.execute(there).scalar()
    if found is None:
        work.note(f"The feedback {source.feedback} is not in this review; its words were kept.")
    return found


def excerpt_of(work: Unit, source: Source, papers: Sequence[str]) -> str:
    """Return the excerpt that a source quotes, adding it where it is new; refuse one in other words."""
    known = work.connection.execute(
        select(Excerpt.uid, Excerpt.paper, Excerpt.quotation, Excerpt.locator).where(
            Excerpt.uid == source.excerpt, seen(Excerpt, work.initials)
        )
    ).first()
    stated = (source.quotation, source.locator)
    if known and source.paper is None and stated == ("", ""):
        return str(known.uid)
    if known is None and source.excerpt and stated == ("", ""):
        raise Refused(
            f"The excerpt {shorten(source.excerpt, 40)} is not in this review, and no words are given for it."
            " Nothing was written."
        )
    if source.paper:
        paper = paper_named(work, source.paper.name, source.paper.uid)
    elif known:
        paper = known.paper
    elif len(papers) == 1:
        paper = papers[0]
    else:
        raise Refused(
            f"The quotation {shorten(source.quotation, 40)!r} does not say of which paper it is."
            " Nothing was written."
        )
    if known is None:
        if not source.excerpt:
            return keep_quotation(work, paper, source.quotation, source.locator)
        return add_excerpt(work, paper, source.quotation, source.locator, uid=source.excerpt)
    if (paper, *stated) != (known.paper, known.quotation, known.locator):
        raise Refused(
            f"The excerpt {source.excerpt} is in this review with other words or of another paper."
            " Nothing was written."
        )
    return str(known.uid)


def add_tag(work: Unit, element: str, position: int, tag: TagRef) -> None:
    """Tag a part with a mechanism, context or outcome, adding that where it is new."""
    row = ElementTag(element=element, position=position)
    setattr(row, tag.kind, tagged(work, tag))
    work.add(row)


def tagged(work: Unit, tag: TagRef) -> str:
    """Return the uid of what a tag names, adding it where it is new."""
    match tag.kind:
        case "mechanism":
            return mechanism_named(work, tag.name, tag.uid)
        case "context":
            return context_named(work, tag.name, tag.uid)
        case _:
            return outcome_named(work, tag.name, tag.uid)


def add_link(work: Unit, box: Box, position: int, link: Link) -> None:
    """Write that one element leads to another; both have to be there."""
    for element in (link.from_uid, link.to_uid):
        there = select(Element.uid).where(
            Element.uid == element, Element.configuration.in_(boxes_seen(work.initials))
        )
        if work.connection.execute(there).first() is None:
            raise Refused(
                f"A link of box {box.label or box.uid} names the element {element}, which is not there."
                " Nothing was written."
            )
    row = ElementLink(uid=link.uid, position=position, from_element=link.from_uid, to_element=link.to_uid)
    row.note = link.note
    work.add(row)


def _relate(work: Unit, box: Box, uid: str, names: dict[str, str], labels: dict[str, list[str]]) -> None:
    for position, relation in enumerate(box.relations, 1):
        of = relation.configuration
        found = [names[of.uid]] if of.uid in names else [] if of.uid else labels.get(of.name, [])
        add_relation(work, uid, position, relation, box.label or uid, found)


def add_relation(
    work: Unit, uid: str, position: int, relation: Relation, label: str, found: Sequence[str] = ()
) -> None:
    """Write how the box *uid* stands to another: the one in *found*, else the one that the relation names."""
    of = relation.configuration
    if not found:
        same = Configuration.uid == of.uid if of.uid else Configuration.label == of.name
        there = select(Configuration.uid).where(same, seen(Configuration, work.initials))
        found = work.connection.execute(there).scalars().all()
    if len(found) != 1:
        wrong = "more than one box" if found else "not there"
        raise Refused(
            f"Box {label} {relation.kind} {of.name or of.uid}, which is {wrong}. Nothing was written."
        )
    row = ConfigurationRelation(
        uid=relation.uid,
        position=position,
        from_configuration=uid,
        to_configuration=found[0],
        kind=relation.kind,
    )
    row.note = relation.note
    work.add(row)
