"""Boxes built while reading: a passage becomes a part, in one step; parts are changed one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, select

from realist.domain.configuration import Box, BoxElement, Link, Ref, Source
from realist.domain.placing import placed
from realist.errors import NotFound, Refused
from realist.queries.naming import resolve
from realist.queries.naming_things import thing_named
from realist.services.anchoring import Place
from realist.services.configurations import add_box
from realist.services.editing import box_now, bring_to, name_of
from realist.services.evidence import keep_passage, keep_quotation
from realist.services.unit import Desk, Unit
from realist.store.tables import Configuration, Consultation, Element, Excerpt, Feedback
from realist.text import line, shorten
from realist.vocabulary import ConfigurationStatus, SourceKind


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a passage: the uids of the box, its part and the excerpt ("" without a passage)."""

    box: str
    element: str
    excerpt: str


def add_part(
    desk: Desk,
    paper: str,
    new: BoxElement,
    *,
    place: Place | None = None,
    quotation: str = "",
    locator: str = "",
    box: str = "",
) -> Built:
    """Make a part of a box, resting on the words at *place* in a text of the paper, or on a *quotation*.

    A part without wording has the words of the passage. The box (uid) stands in the order of the field:
    context, mechanism, outcome; without one, a new box of the paper begins with the part. A passage that was
    kept before serves again: nothing is kept twice.
    """
    with desk.unit(f"add {new.part.kind}", f"{paper}: {shorten(new.part.text, 40)}") as work:
        uid = resolve(work.connection, "paper", paper)
        excerpt = ""
        if place is not None:
            excerpt = keep_passage(work, uid, place, locator)
        elif quotation or locator:
            excerpt = keep_quotation(work, uid, quotation, locator)
        new = replace(new, uid=work.store.uids(), sources=(*_resting(uid, excerpt), *new.sources))
        if not line(new.part.text):
            new = replace(new, part=replace(new.part, text=line(_words(work, excerpt))))
        if not new.part.text and not new.sources:
            raise Refused("A part needs its wording or a passage. Nothing was added.")
        if box:
            now = box_now(work, box)
            bring_to(work, replace(now, elements=tuple(placed(now.elements, [new]))), now)
        else:
            status = ConfigurationStatus.PAPER_LEVEL
            elements = tuple(placed((), [new]))
            box = add_box(work, Box(papers=(Ref(uid, ""),), status=status, elements=elements))
        return Built(box, new.uid, excerpt)


def _resting(paper: str, excerpt: str) -> tuple[Source, ...]:
    return (Source(SourceKind.EXCERPT, paper=None, excerpt=excerpt),) if excerpt else ()


def _words(work: Unit, excerpt: str) -> str:
    found = work.connection.execute(select(Excerpt.quotation).where(Excerpt.uid == excerpt)).scalar()
    return str(found or "")


def change_part(
    desk: Desk, element: str, edit: Callable[[BoxElement], BoxElement | None], *, reason: str = ""
) -> None:
    """Do *edit* to one part of a box as it is now; where it gives None, the part goes out of the box.

    A part of another kind goes where parts of that kind stand.
    """
    with desk.unit("change part", reason=reason) as work:
        now = _box_of(work, element)
        before = next(one for one in now.elements if one.uid == element)
        after = edit(before)
        place = [one.uid for one in now.elements].index(element) + 1
        name = f"#{_number(work, now.uid)} {line(now.label or now.title)}".rstrip()
        work.act.subject = f"{place} of box {name}: {shorten(before.part.text, 40)}"
        if after is None:
            rest = placed([one for one in now.elements if one.uid != element], ())
            bring_to(work, replace(now, elements=tuple(rest)), now)
            return
        if after.uid != element:
            raise Refused("A part stays the one it is. Nothing was changed.")
        elements = [after if one.uid == element else one for one in now.elements]
        if after.part.kind is not before.part.kind:
            rest = [one for one in now.elements if one.uid != element]
            elements = placed(rest, [after])
        bring_to(work, replace(now, elements=tuple(elements)), now)


def rest_part_on(desk: Desk, element: str, place: Place, locator: str = "") -> str:
    """Let a part of a box rest on a further passage of its paper; return the uid of the excerpt."""
    with desk.unit("rest part on passage") as work:
        now = _box_of(work, element)
        before = next(one for one in now.elements if one.uid == element)
        work.act.subject = shorten(before.part.text, 60)
        if not now.papers:
            raise Refused("The box is of no paper: a passage has to be of one.")
        paper = now.papers[0].uid
        excerpt = keep_passage(work, paper, place, locator)
        if excerpt in {source.excerpt for source in before.sources}:
            raise Refused("The part rests on this passage already.")
        after = replace(before, sources=(*before.sources, *_resting(paper, excerpt)))
        elements = tuple(after if one.uid == element else one for one in now.elements)
        bring_to(work, replace(now, elements=elements), now)
        return excerpt


def words_said(connection: Connection, feedback: str, *, viewer: str = "") -> Source:
    """Return what people said (uid, or a consultation and ``f3``) as a source of a part; who, where."""
    uid = thing_named(connection, "feedback", feedback, viewer=viewer).uid
    of = Feedback
    words, who, held = connection.execute(
        select(of.words, of.who, Consultation.name)
        .outerjoin(Consultation, Consultation.uid == of.consultation)
        .where(of.uid == uid)
    ).one()
    whose = ", ".join(filter(None, (who, held)))
    return Source(SourceKind.STATEMENT, text=f"{words} ({whose})" if whose else words, feedback=uid)


def rest_part_on_words(desk: Desk, element: str, feedback: str) -> None:
    """Let a part of a box rest on what people said, named as :func:`words_said` reads it."""
    with desk.unit("rest part on words") as work:
        now = _box_of(work, element)
        before = next(one for one in now.elements if one.uid == element)
        work.act.subject = shorten(before.part.text, 60)
        source = words_said(work.connection, feedback, viewer=desk.initials)
        if source.feedback in {one.feedback for one in before.sources}:
            raise Refused("The part rests on these words already.")
        after = replace(before, sources=(*before.sources, source))
        elements = tuple(after if one.uid == element else one for one in now.elements)
        bring_to(work, replace(now, elements=elements), now)


def link_parts(desk: Desk, from_element: str, to_element: str, *, note: str = "") -> str:
    """Say that a part leads to another, of the same box or of another; loops are allowed. Return the uid."""
    with desk.unit("link parts") as work:
        now, to = _box_of(work, from_element), _box_of(work, to_element)
        words = {one.uid: one.part.text for box in (now, to) for one in box.elements}
        work.act.subject = f"{shorten(words[from_element], 30)} → {shorten(words[to_element], 30)}"
        if any((one.from_uid, one.to_uid) == (from_element, to_element) for one in now.links):
            raise Refused("The one leads to the other already.")
        link = Link(from_element, to_element, work.store.uids(), line(note))
        bring_to(work, replace(now, links=(*now.links, link)), now)
        return link.uid


def unlink_parts(desk: Desk, link: str, *, reason: str = "") -> None:
    """Take a link (uid) between two parts back."""
    from realist.store.tables import ElementLink

    with desk.unit("unlink parts", reason=reason) as work:
        of = ElementLink
        found = work.connection.execute(select(of.from_element).where(of.uid == link)).scalar()
        if found is None:
            raise NotFound(f"There is no link {shorten(link, 40)}: `realist cmo show` shows those of a box.")
        now = _box_of(work, str(found))
        bring_to(work, replace(now, links=tuple(one for one in now.links if one.uid != link)), now)


def copy_box(desk: Desk, like: str, *, paper: str = "") -> str:
    """Add a box worded like another (uid), as a template: without its label and what its parts rest on."""
    with desk.unit("copy box") as work:
        was = box_now(work, like)
        work.act.subject = name_of(was, f"box {_number(work, like)}")
        of = (Ref(resolve(work.connection, "paper", paper), ""),) if paper else was.papers
        elements = tuple(
            BoxElement(one.part, tags=one.tags, hedge=one.hedge, inference=one.inference)
            for one in was.elements
        )
        status = ConfigurationStatus.PAPER_LEVEL if of else ConfigurationStatus.CANDIDATE
        new = Box(papers=of, mechanisms=was.mechanisms, polarity=was.polarity, status=status)
        return add_box(work, replace(new, elements=elements))


def _box_of(work: Unit, element: str) -> Box:
    of = select(Element.configuration).where(Element.uid == element)
    box = work.connection.execute(of).scalar()
    if box is None:
        raise NotFound("This part is not in the review any more. Nothing was changed.")
    return box_now(work, str(box))


def _number(work: Unit, box: str) -> int:
    found = select(func.max(Configuration.number)).where(Configuration.uid == box)
    return int(work.connection.execute(found).scalar_one() or 0)
