"""Editing a box: the rows that differ are changed, in one act; elements keep their uids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from realist.domain.configuration import Box, BoxElement, Link, Source, states, to_json
from realist.errors import NotFound, Refused
from realist.queries.boxes import boxes
from realist.services.configurations import (
    add_element,
    add_link,
    add_relation,
    add_source,
    add_tag,
    excerpt_of,
    feedback_of,
    tagged,
    theory_of,
    values_of,
)
from realist.services.evidence import drop_codings, keep_independent
from realist.services.mechanisms import mechanism_named
from realist.services.papers import paper_named
from realist.services.unit import Desk, Unit
from realist.store.tables import (
    Act,
    Change,
    Configuration,
    ConfigurationMechanism,
    ConfigurationPaper,
    ConfigurationRelation,
    Element,
    ElementLink,
    ElementSource,
    ElementTag,
    Person,
)
from realist.text import line, paragraphs, shorten
from realist.vocabulary import ConfigurationStatus, SourceKind

_LINES = ("label", "title", "setting", "country", "site")
_PARAGRAPHS = ("narrative", "printed")


def edit_configuration(desk: Desk, uid: str, box: Box, *, was: Box | None = None, reason: str = "") -> None:
    """Make the box *uid* say what *box* says; only rows that differ are changed, in one act.

    An element, source, link or relation whose uid the box has already stays that row; without uid, or with
    an unknown one, it is new. What *box* does not name goes: an element with its sources, tags, codes and
    links (those from other boxes too), never an excerpt. A quotation in other words becomes an excerpt.
    With *was*, the box as it was read, the edit is refused when somebody changed it meanwhile.
    """
    with desk.unit("edit box", name_of(box, uid), reason=reason) as work:
        now = box_now(work, uid)
        work.act.subject = name_of(box, f"#{work.row(Configuration, uid)['number']}")
        if was is not None and not (states(was, now) and states(now, was)):
            raise Refused(_meanwhile(work, was, now))
        if box.uid not in ("", uid):
            raise Refused(f"Box {name_of(box, uid)} has the uid {box.uid}, not {uid}. Nothing was changed.")
        bring_to(work, box, now)


def bring_to(work: Unit, box: Box, now: Box) -> None:
    """Make the stored box *now* say what *box* says; only rows that differ are changed."""
    uid = now.uid
    keep_independent(work, work.row(Configuration, uid)["extraction"])
    _fields(work, uid, box, now)
    papers = list(dict.fromkeys(paper_named(work, paper.name, paper.uid) for paper in box.papers))
    under = dict.fromkeys(mechanism_named(work, one.name, one.uid, one.kind) for one in box.mechanisms)
    _listed(work, ConfigurationPaper, "paper", uid, papers)
    _listed(work, ConfigurationMechanism, "mechanism", uid, list(under))
    gone = _elements(work, uid, box, now, papers)
    _links(work, box, now, gone)
    _relations(work, uid, box, now)


def drop_configuration(desk: Desk, uid: str, *, reason: str) -> None:
    """Drop a box, with the reason: it stays in the review and leaves the grid."""
    with desk.unit("drop box", reason=reason) as work:
        now = box_now(work, uid)
        keep_independent(work, work.row(Configuration, uid)["extraction"])
        work.act.subject = name_of(now, f"#{work.row(Configuration, uid)['number']}")
        if not line(reason):
            raise Refused("Nothing was changed: dropping a box needs a reason.")
        if not work.change(Configuration, uid, status=ConfigurationStatus.DROPPED):
            raise Refused(f"Box {name_of(now, uid)} is dropped already.")


def box_now(work: Unit, uid: str) -> Box:
    """Return a box as it is stored now. Raises NotFound."""
    found = boxes(work.connection, uids=[uid], viewer=work.initials)
    if not found:
        raise NotFound(f"There is no box with the uid {shorten(uid, 40)}. Nothing was changed.")
    return found[0]


def name_of(box: Box, uid: str) -> str:
    """Return how a box is called in a sentence: its label or title, else its uid."""
    return line(box.label or box.title) or uid


def _meanwhile(work: Unit, was: Box, now: Box) -> str:
    """Say who changed the box since it was read as *was*, and what of it."""
    before, after = to_json(was), to_json(now)
    what = [key for key in after if before[key] != after[key]]
    parts = [part.uid for one in (was, now) for part in _parts(one)]
    last = (
        select(Act.number, Act.at, Person.initials)
        .join(Change, Change.act == Act.uid)
        .join(Person, Person.uid == Act.person)
        .where(Change.row.in_({now.uid, *parts} - {""}))
        .order_by(Act.number.desc())
        .limit(1)
    )
    row = work.connection.execute(last).first()
    by = f" by {row.initials} (act {row.number}, {row.at:%Y-%m-%d %H:%M})" if row else ""
    return (
        f"Box {name_of(now, now.uid)} was changed meanwhile{by}: its {', '.join(what)}."
        " Read it again; nothing was changed."
    )


def _parts(box: Box) -> Iterable[Any]:
    yield from box.elements
    yield from box.links
    yield from box.relations
    for element in box.elements:
        yield from element.sources


def _fields(work: Unit, uid: str, box: Box, now: Box) -> None:
    values: dict[str, Any] = {"status": box.status, "polarity": box.polarity}
    for names, tidy in ((_LINES, line), (_PARAGRAPHS, paragraphs)):
        for name in names:
            given = getattr(box, name)
            values[name] = given if given == getattr(now, name) else tidy(given)
    work.change(Configuration, uid, **values)


def _rows(work: Unit, table: type[Any], where: ColumnElement[bool]) -> list[dict[str, Any]]:
    order = (table.position, table.uid)
    statement = select(*table.__table__.columns).where(where).order_by(*order)
    return [dict(row) for row in work.connection.execute(statement).mappings()]


def _listed(work: Unit, table: type[Any], key: str, uid: str, wanted: Sequence[str]) -> None:
    """Bring the papers or mechanisms of a box to *wanted*, in this order."""
    there = {row[key]: row["uid"] for row in _rows(work, table, table.configuration == uid)}
    for of in there.keys() - set(wanted):
        work.remove(table, there[of])
    for position, of in enumerate(wanted, 1):
        if of in there:
            work.change(table, there[of], position=position)
        else:
            work.add(table(configuration=uid, position=position, **{key: of}))


def _elements(work: Unit, uid: str, box: Box, now: Box, papers: Sequence[str]) -> set[str]:
    """Bring the elements to what *box* says; return the uids of those that are gone."""
    before = {element.uid: element for element in now.elements}
    places = {element.uid: place for place, element in enumerate(box.elements, 1) if element.uid}
    if len(places) != sum(1 for element in box.elements if element.uid):
        raise Refused(f"Box {name_of(box, uid)} has one element twice. Nothing was changed.")
    gone = before.keys() - places.keys()
    for element in (element for element in now.elements if element.uid in gone):
        _take_out(work, element.uid)
    _move(work, {of: place for of, place in places.items() if of in before}, box.elements)
    for element in box.elements:
        kept = {source.uid for source in element.sources}
        for source in before[element.uid].sources if element.uid in before else ():
            if source.uid not in kept:
                work.remove(ElementSource, source.uid)
    for place, element in enumerate(box.elements, 1):
        if element.uid in before:
            _sources(work, element, before[element.uid], papers)
            _tags(work, element)
        else:
            add_element(work, uid, place, element, papers)
    return gone


def _take_out(work: Unit, element: str) -> None:
    of = ElementLink
    for table, where in (
        (ElementSource, ElementSource.element == element),
        (ElementTag, ElementTag.element == element),
        (of, or_(of.from_element == element, of.to_element == element)),
    ):
        for row in _rows(work, table, where):
            work.remove(table, row["uid"])
    drop_codings(work, "element", element)
    work.remove(Element, element)


def _move(work: Unit, places: dict[str, int], elements: Sequence[BoxElement]) -> None:
    """Give kept elements their parts and places, each when its place is free: two never share one."""
    held = select(Element.uid, Element.position).where(Element.uid.in_(places))
    at: dict[str, int] = {row.uid: row.position for row in work.connection.execute(held)}
    free_above = max([*at.values(), len(elements)], default=0) + 1
    waiting = dict(places)
    while waiting:
        taken = {position: uid for uid, position in at.items()}
        ready = [uid for uid, place in waiting.items() if taken.get(place, uid) == uid]
        if not ready:  # they stand in a circle: one steps aside
            aside = next(iter(waiting))
            at[aside] = free_above
            work.change(Element, aside, position=free_above)
        for uid in ready:
            at[uid] = waiting.pop(uid)
            work.change(Element, uid, position=at[uid], **values_of(elements[at[uid] - 1]))


def _sources(work: Unit, element: BoxElement, before: BoxElement, papers: Sequence[str]) -> None:
    known = {source.uid: source for source in before.sources}
    for position, source in enumerate(element.sources, 1):
        if source.uid not in known:
            add_source(work, element.uid, position, source, papers)
            continue
        work.change(
            ElementSource,
            source.uid,
            position=position,
            kind=source.kind,
            text=source.text,
            excerpt=_excerpt(work, source, known[source.uid], papers),
            feedback=feedback_of(work, source),
            theory=theory_of(work, source),
        )


def _excerpt(work: Unit, source: Source, before: Source, papers: Sequence[str]) -> str | None:
    """Return the excerpt of a kept source: the one it had, one that it names, or a new one."""
    if source == before:
        return before.excerpt or None
    said = (source.quotation, source.locator)
    if not (source.kind is SourceKind.EXCERPT or source.paper or source.excerpt or any(said)):
        return None
    if source.excerpt not in ("", before.excerpt):
        return excerpt_of(work, source, papers)
    paper = source.paper or before.paper
    same = paper is not None and before.paper is not None and paper.uid == before.paper.uid
    if same and said == (before.quotation, before.locator):
        return before.excerpt or None
    return excerpt_of(work, replace(source, excerpt="", paper=paper), papers)


def _tags(work: Unit, element: BoxElement) -> None:
    """Bring the tags of a kept element to its own: a tag is the same when it names the same thing."""
    left = _rows(work, ElementTag, ElementTag.element == element.uid)
    found: list[dict[str, Any] | None] = []
    for tag in element.tags:
        of = tagged(work, tag)
        same = next((row for row in left if row[tag.kind] == of), None)
        if same is not None:
            left.remove(same)
        found.append(same)
    for row in left:
        work.remove(ElementTag, row["uid"])
    for position, (tag, same) in enumerate(zip(element.tags, found, strict=True), 1):
        if same is not None:
            work.change(ElementTag, same["uid"], position=position)
        else:
            add_tag(work, element.uid, position, tag)


def _links(work: Unit, box: Box, now: Box, gone: set[str]) -> None:
    links = [link for link in box.links if not {link.from_uid, link.to_uid} & gone]
    there = {link.uid: link for link in now.links if not {link.from_uid, link.to_uid} & gone}
    stay = {link.uid for link in links if link.uid in there and _same_ends(link, there[link.uid])}
    for uid in sorted(there.keys() - stay):
        work.remove(ElementLink, uid)
    for position, link in enumerate(links, 1):
        if link.uid in stay:
            work.change(ElementLink, link.uid, position=position, note=link.note)
        else:
            add_link(work, box, position, link)


def _same_ends(one: Link, other: Link) -> bool:
    return (one.from_uid, one.to_uid) == (other.from_uid, other.to_uid)


def _relations(work: Unit, uid: str, box: Box, now: Box) -> None:
    there = {one.uid: one.configuration.uid for one in now.relations}
    stay = {one.uid for one in box.relations if one.uid and there.get(one.uid) == one.configuration.uid}
    for gone in sorted(there.keys() - stay):
        work.remove(ConfigurationRelation, gone)
    for position, one in enumerate(box.relations, 1):
        if one.uid in stay:
            work.change(ConfigurationRelation, one.uid, position=position, kind=one.kind, note=one.note)
        else:
            add_relation(work, uid, position, one, name_of(box, uid))
