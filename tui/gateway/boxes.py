"""Boxes: all of them, those of a paper or a mechanism; adding, changing and dropping one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from realist.domain.configuration import Box, BoxElement, Link, Ref, Relation
from realist.domain.matching import rewrite
from realist.domain.notation import read
from realist.errors import Refused
from realist.queries import boxes as queries
from realist.queries import looking, papers, theory
from realist.queries.naming import resolve
from realist.services import looking as looked_at
from realist.services.configurations import add_configuration
from realist.services.editing import drop_configuration, edit_configuration
from realist.text import fold, line, shorten
from realist.vocabulary import ConfigurationStatus

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.queries.looking import ToLook
    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

_SUGGESTED = 5000
_LONGEST = 20_000  # characters of one wording that the filter looks at


class BoxRow(NamedTuple):
    """A box with its short number and the folded words by which the filter finds it."""

    number: int
    box: Box
    words: str


class From(NamedTuple):
    """What another box says of this one: a relation of the box *of*, or a link from its part *place*."""

    of: Ref
    relation: Relation | None = None
    place: int = 0
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The boxes asked for, and what their drawing needs to know of all the others."""

    rows: tuple[BoxRow, ...]
    of: str = ""
    """The paper or mechanism whose boxes they are; "" for all."""
    names: Mapping[str, Ref] | None = None
    parts: Mapping[str, tuple[str, int]] | None = None
    """By element: the uid of its box and its place in it, from 1."""
    told: Mapping[str, Sequence[From]] | None = None
    """By box: what other boxes say of it."""
    looks: Mapping[str, Sequence[ToLook]] | None = None
    """By box: what is to be looked at in it, what was dismissed too."""


def shelf(gate: Gateway, paper: str = "", mechanism: str = "") -> Shelf:
    """Return the boxes of the review, of a paper or under a mechanism, in the order of their numbers."""
    return gate.read(lambda connection: _shelf(connection, paper, mechanism, gate.person))


def _shelf(connection: Connection, paper: str, mechanism: str, viewer: str) -> Shelf:
    everything = queries.boxes(connection, viewer=viewer)
    numbers = queries.numbers(connection, viewer=viewer)
    wanted = everything
    if paper or mechanism:
        wanted = queries.boxes(connection, paper=paper, mechanism=mechanism, viewer=viewer)
    names = {box.uid: Ref(box.uid, name_of(box, numbers[box.uid])) for box in everything}
    parts = {
        element.uid: (box.uid, place) for box in everything for place, element in enumerate(box.elements, 1)
    }
    rows = tuple(BoxRow(numbers[box.uid], box, _words(box, numbers[box.uid])) for box in wanted)
    of = _of(connection, paper, mechanism, viewer)
    looks: dict[str, list[ToLook]] = defaultdict(list)
    for one in looking.to_look_at(connection, uids={box.uid for box in wanted}, viewer=viewer):
        looks[one.box.uid].append(one)
    return Shelf(rows, of, names, parts, _told(everything, names, parts), looks)


def _of(connection: Connection, paper: str, mechanism: str, viewer: str) -> str:
    if paper:
        found = papers.paper(connection, paper, viewer=viewer)
        return called(Ref(paper, found["label"] or found["title"] or f"paper #{found['number']}"))
    if not mechanism:
        return ""
    return called(Ref(mechanism, theory.mechanism(connection, mechanism, viewer=viewer)["name"]))


def _told(
    everything: Iterable[Box], names: Mapping[str, Ref], parts: Mapping[str, tuple[str, int]]
) -> dict[str, list[From]]:
    found: dict[str, list[From]] = defaultdict(list)
    for box in everything:
        for relation in box.relations:
            found[relation.configuration.uid].append(From(names[box.uid], relation))
        for link in box.links:
            to, place = parts.get(link.to_uid, ("", 0))[0], parts[link.from_uid][1]
            if to and to != box.uid:
                found[to].append(From(names[box.uid], None, place, link))
    return dict(found)


def name_of(box: Box, number: int) -> str:
    """Return the number of a box with its label or title."""
    return f"#{number} {shorten(box.label[:400] or box.title[:400], 60)}".strip()


def _words(box: Box, number: int) -> str:
    texts = [
        f"#{number}", box.label, box.title, str(box.status), *(paper.name for paper in box.papers),
        *(mechanism.name for mechanism in box.mechanisms), *(part.text for part in box.parts),
    ]  # fmt: skip
    return fold(" ".join(text[:_LONGEST] for text in texts))


def one(gate: Gateway, uid: str) -> Box:
    """Return a box as it stands now."""
    found = gate.read(lambda connection: queries.boxes(connection, uids=[uid], viewer=gate.person))
    if not found:
        raise Refused("This box is not in the review any more.")
    return found[0]


class Names(NamedTuple):
    """What is suggested while papers and mechanisms are named; what the boxes shown are *of* ("": all)."""

    papers: tuple[str, ...]
    mechanisms: tuple[str, ...]
    of: str = ""


def names(gate: Gateway, paper: str = "", mechanism: str = "") -> Names:
    """Return the names of papers and mechanisms, and of the one given, as :func:`called` gives them."""
    with gate.store.read() as connection:
        one = _of(connection, paper, mechanism, gate.person)
        of = papers.papers(connection, limit=_SUGGESTED)
        under = theory.mechanisms(connection, viewer=gate.person)
    return Names(
        tuple(called(Ref(row["uid"], row["label"] or row["title"] or f"#{row['number']}")) for row in of),
        tuple(called(Ref(row["uid"], row["name"])) for row in under),
        one,
    )


def called(ref: Ref) -> str:
    """Return the name of a paper or mechanism as a form shows it: short, and without the sign between two."""
    return shorten(ref.name[:400].replace(";", ","), 80) or ref.uid


def naming(refs: Iterable[Ref]) -> str:
    """Return several papers or mechanisms as a form shows them."""
    return "; ".join(called(ref) for ref in refs)


def _meant(desk: Desk, kind: str, text: str, before: Sequence[Ref]) -> tuple[Ref, ...]:
    """Return what the words of a form name; those in *before* are known by how they were shown."""
    shown = {called(ref): ref for ref in before}
    found: list[Ref] = []
    with desk.store.read() as connection:
        for name in filter(None, map(line, text.split(";"))):
            found.append(shown.get(name) or Ref(_uid(connection, kind, name, desk.initials), name))
    return tuple({ref.uid: ref for ref in found}.values())


def _uid(connection: Connection, kind: str, name: str, viewer: str) -> str:
    """Resolve a name as it was typed, or as it was suggested."""
    rows = theory.mechanisms(connection, viewer=viewer) if kind == "mechanism" else []
    same = [row["uid"] for row in rows if called(Ref(row["uid"], row["name"])) == name]
    return same[0] if len(same) == 1 else resolve(connection, kind, name)


class Under(NamedTuple):
    """The papers and mechanisms of a box as a form gives them; None where they stay as they are."""

    papers: str | None = None
    mechanisms: str | None = None

    def said_of(self, desk: Desk, box: Box) -> Box:
        """Return *box* with them."""
        if self.papers is not None:
            box = replace(box, papers=_meant(desk, "paper", self.papers, box.papers))
        if self.mechanisms is not None:
            box = replace(box, mechanisms=_meant(desk, "mechanism", self.mechanisms, box.mechanisms))
        return box


def add(desk: Desk, box: Box, under: Under, *, status: bool = False) -> str:
    """Add a box; return its uid. Without *status*, one of a paper is paper-level, another a candidate."""
    whole = under.said_of(desk, box)
    if not status:
        default = ConfigurationStatus.PAPER_LEVEL if whole.papers else ConfigurationStatus.CANDIDATE
        whole = replace(whole, status=default)
    if not any((box.label, box.title, box.narrative, box.printed, box.elements)):
        raise Refused("Nothing was added: give the box a part, a label or a title.")
    return add_configuration(desk, whole)


def change(desk: Desk, was: Box, edit: Callable[[Box], Box], under: Under, reason: str = "") -> None:
    """Do *edit* to a box that was read as *was*; refused where somebody changed it meanwhile."""
    edit_configuration(desk, was.uid, under.said_of(desk, edit(was)), was=was, reason=line(reason))


def parts_of(text: str) -> tuple[BoxElement, ...]:
    """Return the parts of a box written in the notation; refused where nothing is written."""
    parts = read(text).parts
    if not parts:
        raise Refused("Nothing was written: a box needs at least one part, such as: a merger (C).")
    return tuple(BoxElement(part) for part in parts)


def rewritten(text: str) -> Callable[[Box], Box]:
    """Return the edit that makes the parts of a box those written in *text*; what they rest on stays."""
    parts = tuple(element.part for element in parts_of(text))
    return lambda box: replace(box, elements=rewrite(box.elements, parts))


def drop(desk: Desk, uid: str, reason: str) -> None:
    """Drop a box, with the reason."""
    drop_configuration(desk, uid, reason=reason)


def dismiss(desk: Desk, one: ToLook, reason: str) -> None:
    """Say that what is to be looked at is fine as it is."""
    looked_at.dismiss(desk, one.box.uid, one.look.rule, part=one.look.part or None, reason=reason)
