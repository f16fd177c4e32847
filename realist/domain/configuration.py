"""A configuration (CMO box) as a value, and the JSON in which it travels.

:func:`to_json` and :func:`from_json` are each other's inverse: what one writes the other reads back equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from realist.domain.notation import Part
from realist.errors import RealistError
from realist.text import line, paragraphs, shorten
from realist.vocabulary import (
    Activation,
    Basis,
    ConfigurationStatus,
    ElementKind,
    Inference,
    MechanismKind,
    Polarity,
    RelationKind,
    SourceKind,
    Valence,
)

W = TypeVar("W", bound=StrEnum)
_UID = re.compile(r"[0-9A-Za-z_.:-]{1,64}")
_SAID: dict[type[StrEnum], dict[str, str]] = {
    Valence: {
        "–": "-", "−": "-", "—": "-", "+/-": "±", "-/+": "±", "+-": "±", "o": "0", "no change": "0",
        "none": "", "unchanged": "0", "no difference": "0", "no effect": "0", "neutral": "0", "=": "0",
        "↔": "0", "positive": "+", "plus": "+", "negative": "-", "minus": "-",
        "mixed": "±", "both": "±",
    },
    ElementKind: {
        "c": "context", "m": "mechanism", "o": "outcome", "i": "intervention", "a": "actor", "s": "strategy",
        "?": "unsure", "mechanism (resource)": "resource", "mechanism-resource": "resource",
        "mechanism resource": "resource", "m-resource": "resource", "m (resource)": "resource",
        "mechanism (reasoning)": "reasoning", "mechanism-reasoning": "reasoning",
        "mechanism reasoning": "reasoning", "m-reasoning": "reasoning", "m (reasoning)": "reasoning",
        "theme": "mechanism", "response": "reasoning", "mechanism (response)": "reasoning",
        "m-response": "reasoning",
    },
    Polarity: {"present": "presence", "absent": "absence", "+": "presence", "-": "absence", "±": "both"},
    Basis: {"explicit": "stated", "implicit": "inferred"},
}  # fmt: skip
"""How people write the words of a vocabulary, by what they are here."""
TAG_KINDS = ("mechanism", "context", "outcome")


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing named for people (label or name) and machines (uid).

    ``kind`` is what a mechanism is called in this review (mechanism, theme, other), "" where it is not said.
    """

    uid: str
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What an element rests on. ``text`` is a statement, a theory, or the memo of an inference.

    ``theory`` is one that the review holds: a substantive one, by which the element is explained.
    """

    kind: SourceKind
    uid: str = ""
    text: str = ""
    quotation: str = ""
    locator: str = ""
    paper: Ref | None = None
    excerpt: str = ""
    feedback: str = ""
    theory: Ref | None = None

    @property
    def said(self) -> str:
        """What it rests on in words, where that is no quotation: a theory by its name, and what was added."""
        name = self.theory.name if self.theory else ""
        return ": ".join(filter(None, (name, self.text)))


@dataclass(frozen=True, slots=True)
class TagRef:
    """An element is an instance of a named mechanism, context or outcome."""

    kind: str
    uid: str
    name: str


@dataclass(frozen=True, slots=True)
class BoxElement:
    """One part of a box: a part of the notation with its identity, sources and tags.

    ``inference`` says how it was inferred, ``hedge`` by which words it is hedged ("may"), ``site`` of which
    case within the paper it speaks.
    """

    part: Part
    uid: str = ""
    sources: tuple[Source, ...] = ()
    tags: tuple[TagRef, ...] = ()
    inference: Inference | None = None
    hedge: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """The element *from_uid* leads to the element *to_uid*, in this box or another."""

    from_uid: str
    to_uid: str
    uid: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """How this box stands to another."""

    kind: RelationKind
    configuration: Ref
    uid: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One causal account, complete or not."""

    uid: str = ""
    label: str = ""
    title: str = ""
    narrative: str = ""
    printed: str = ""
    setting: str = ""
    country: str = ""
    site: str = ""
    status: ConfigurationStatus = ConfigurationStatus.CANDIDATE
    polarity: Polarity | None = None
    papers: tuple[Ref, ...] = ()
    mechanisms: tuple[Ref, ...] = ()
    elements: tuple[BoxElement, ...] = ()
    links: tuple[Link, ...] = ()
    relations: tuple[Relation, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts in order, as the notation prints them."""
        return tuple(element.part for element in self.elements)


def to_json(box: Box) -> dict[str, Any]:
    """Return *box* as the JSON object of `realist cmo list --json`."""
    return {
        "uid": box.uid, "label": box.label, "title": box.title, "narrative": box.narrative,
        "printed": box.printed, "setting": box.setting, "country": box.country, "site": box.site,
        "status": str(box.status), "polarity": box.polarity and str(box.polarity),
        "papers": [{"uid": paper.uid, "label": paper.name} for paper in box.papers],
        "mechanisms": [
            {"uid": mechanism.uid, "name": mechanism.name, "kind": mechanism.kind or None}
            for mechanism in box.mechanisms
        ],
        "elements": [_element_json(element) for element in box.elements],
        "links": [
            {"uid": link.uid, "from": link.from_uid, "to": link.to_uid, "note": link.note}
            for link in box.links
        ],
        "relations": [
            {
                "uid": relation.uid, "kind": str(relation.kind), "note": relation.note,
                "configuration": {"uid": relation.configuration.uid, "label": relation.configuration.name},
            }
            for relation in box.relations
        ],
    }  # fmt: skip


def _element_json(element: BoxElement) -> dict[str, Any]:
    part = element.part
    return {
        "uid": element.uid, "kind": str(part.kind), "text": part.text,
        "valence": part.valence and str(part.valence), "activation": part.activation and str(part.activation),
        "basis": part.basis and str(part.basis),
        "inference": element.inference and str(element.inference), "hedge": element.hedge,
        "site": element.site, "label": part.label, "segment": part.segment, "join": part.join,
        "sources": [
            {
                "uid": source.uid, "kind": str(source.kind), "text": source.text,
                "quotation": source.quotation, "locator": source.locator,
                "paper": source.paper and {"uid": source.paper.uid, "label": source.paper.name},
                "excerpt": source.excerpt or None, "feedback": source.feedback or None,
                "theory": source.theory and {"uid": source.theory.uid, "name": source.theory.name},
            }
            for source in element.sources
        ],
        "tags": [{"kind": tag.kind, "uid": tag.uid, "name": tag.name} for tag in element.tags],
    }  # fmt: skip


def states(given: Box, stored: Box) -> bool:
    """Whether *stored* says everything that *given* says: blank uids in *given* stand for any.

    Papers, mechanisms, tags and boxes are the same by uid where *given* has one, else by name.
    """
    return _covers(to_json(given), to_json(stored))


def _covers(given: Any, stored: Any) -> bool:
    if isinstance(given, dict) and isinstance(stored, dict):
        of_name = [key for key in ("label", "name") if set(given) - {"kind"} == {"uid", key}]
        keys = [key for key in given if not (key in _IDENTITY and not given[key])]
        if of_name and given["uid"]:
            keys.remove(of_name[0])
        return all(_covers(given[key], stored[key]) for key in keys)
    if isinstance(given, list) and isinstance(stored, list):
        return len(given) == len(stored) and all(map(_covers, given, stored))
    return bool(given == stored)


_IDENTITY = ("uid", "excerpt", "paper", "kind", "theory")


@dataclass(slots=True)
class _Reader:
    """Reads one JSON object field by field; what it was not asked for is lost, and listed."""

    where: str
    lost: list[str] = field(default_factory=list)

    def wrong(self, what: str) -> RealistError:
        return RealistError(f"{self.where}: {what}. Nothing was imported.")

    def object(self, value: Any, fields: tuple[str, ...], place: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.wrong(f"{place} should be an object, not {_named(value)}")
        self.lost += [f"{self.where}: {place} has no field {key!r}" for key in value if key not in fields]
        return {key: value.get(key) for key in fields}

    def uid(self, value: Any, place: str) -> str:
        found = self.text(value, place)
        if found and not _UID.fullmatch(found):
            raise self.wrong(
                f"the uid {shorten(found, 40)!r} of {place} should be at most 64 letters, digits or - _ . :"
            )
        return found

    def list(self, value: Any, place: str) -> list[Any]:
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(f"{place} should be a list, not {_named(value)}")
        return value

    def text(self, value: Any, place: str, *, one_line: bool = True) -> str:
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.wrong(f"{place} should be text, not {_named(value)}")
        return line(str(value)) if one_line else paragraphs(str(value))

    def word(self, value: Any, words: type[W], place: str) -> W | None:
        found = self.text(value, place).lower()
        if not found:
            return None
        try:
            meant = _SAID.get(words, {}).get(found, found)
            return words(meant) if meant else None
        except ValueError:
            known = ", ".join(words)
            raise self.wrong(f"{place} {found!r} is none of {known}") from None

    def ref(self, value: Any, key: str, place: str, kinds: type[StrEnum] | None = None) -> Ref:
        if isinstance(value, str):
            return Ref("", line(value))
        given = self.object(value, ("uid", key, "kind") if kinds else ("uid", key), place)
        kind = self.word(given["kind"], kinds, f"the kind of {place}") if kinds else None
        ref = Ref(self.uid(given["uid"], place), self.text(given[key], place), str(kind or ""))
        if not (ref.uid or ref.name):
            raise self.wrong(f"{place} has neither uid nor {key}")
        return ref


def _named(value: Any) -> str:
    return {"NoneType": "nothing", "dict": "an object", "list": "a list", "str": "text"}.get(
        type(value).__name__, "a number"
    )


_FIELDS = (
    "uid", "label", "title", "narrative", "printed", "setting", "country", "site", "status", "polarity",
    "papers", "mechanisms", "elements", "links", "relations",
)  # fmt: skip
_ELEMENT = (
    "uid", "kind", "text", "valence", "activation", "basis", "inference", "hedge", "site", "label", "segment",
    "join", "sources", "tags",
)  # fmt: skip
_SOURCE = ("uid", "kind", "text", "quotation", "locator", "paper", "excerpt", "feedback", "theory")


def from_json(value: Any, where: str) -> tuple[Box, list[str]]:
    """Return the box that a JSON object describes, and sentences on what has no field of its own.

    *where* names the object for the person. Raises RealistError where the object cannot be read.
    """
    read = _Reader(where)
    given = read.object(value, (*_FIELDS, "themes"), "the box")
    papers = tuple(read.ref(paper, "label", "a paper") for paper in read.list(given["papers"], "papers"))
    status = read.word(given["status"], ConfigurationStatus, "status")
    default = ConfigurationStatus.PAPER_LEVEL if papers else ConfigurationStatus.CANDIDATE
    box = Box(
        uid=read.uid(given["uid"], "the box"),
        label=read.text(given["label"], "label"),
        title=read.text(given["title"], "title"),
        narrative=read.text(given["narrative"], "narrative", one_line=False),
        printed=read.text(given["printed"], "printed", one_line=False),
        setting=read.text(given["setting"], "setting"),
        country=read.text(given["country"], "country"),
        site=read.text(given["site"], "site"),
        status=status or default,
        polarity=read.word(given["polarity"], Polarity, "polarity"),
        papers=papers,
        mechanisms=(
            *(
                read.ref(mechanism, "name", "a mechanism", MechanismKind)
                for mechanism in read.list(given["mechanisms"], "mechanisms")
            ),
            *(
                replace(read.ref(theme, "name", "a theme", MechanismKind), kind=MechanismKind.THEME)
                for theme in read.list(given["themes"], "themes")
            ),
        ),
        elements=_elements(read, given["elements"]),
        links=tuple(_link(read, link) for link in read.list(given["links"], "links")),
        relations=tuple(_relation(read, value) for value in read.list(given["relations"], "relations")),
    )
    return box, read.lost


def _elements(read: _Reader, value: Any) -> tuple[BoxElement, ...]:
    elements: list[BoxElement] = []
    for number, item in enumerate(read.list(value, "elements"), 1):
        place = f"element {number}"
        given = read.object(item, _ELEMENT, place)
        before = elements[-1].part.segment if elements else 0
        join = read.text(given["join"], f"{place} join")
        segment = given["segment"]
        if segment is None:
            segment = before if join and elements else before + 1
        if isinstance(segment, bool) or not isinstance(segment, int) or not 0 < segment < 10_000:
            raise read.wrong(f"{place} segment should be a whole number from 1")
        part = Part(
            kind=read.word(given["kind"], ElementKind, f"{place} kind") or ElementKind.UNSURE,
            text=read.text(given["text"], f"{place} text"),
            valence=read.word(given["valence"], Valence, f"{place} valence"),
            label=read.text(given["label"], f"{place} label"),
            activation=read.word(given["activation"], Activation, f"{place} activation"),
            basis=read.word(given["basis"], Basis, f"{place} basis"),
            segment=segment,
            join=join,
        )
        sources = read.list(given["sources"], f"{place} sources")
        elements.append(
            BoxElement(
                part=part,
                uid=read.uid(given["uid"], place),
                inference=read.word(given["inference"], Inference, f"{place} inference"),
                hedge=read.text(given["hedge"], f"{place} hedge"),
                site=read.text(given["site"], f"{place} site"),
                sources=tuple(_source(read, source, f"a source of {place}") for source in sources),
                tags=tuple(
                    _tag(read, tag, f"a tag of {place}") for tag in read.list(given["tags"], f"{place} tags")
                ),
            )
        )
    return tuple(elements)


def _source(read: _Reader, value: Any, place: str) -> Source:
    if isinstance(value, str):
        return Source(SourceKind.EXCERPT, quotation=paragraphs(value))
    given = read.object(value, _SOURCE, place)
    quoted = any(given[key] for key in ("quotation", "locator", "excerpt"))
    kind = read.word(given["kind"], SourceKind, f"{place}: kind")
    return Source(
        kind=kind or _kind_of(given["theory"], quoted),
        uid=read.uid(given["uid"], place),
        text=read.text(given["text"], place, one_line=False),
        quotation=read.text(given["quotation"], place, one_line=False),
        locator=read.text(given["locator"], place),
        paper=None if given["paper"] is None else read.ref(given["paper"], "label", place),
        excerpt=read.uid(given["excerpt"], place),
        feedback=read.uid(given["feedback"], place),
        theory=None if given["theory"] is None else read.ref(given["theory"], "name", place),
    )


def _kind_of(theory: Any, quoted: bool) -> SourceKind:
    """Return what a source is that does not say it."""
    if quoted:
        return SourceKind.EXCERPT
    return SourceKind.STATEMENT if theory is None else SourceKind.THEORY


def _tag(read: _Reader, value: Any, place: str) -> TagRef:
    given = read.object(value, ("kind", "uid", "name"), place)
    kind = read.text(given["kind"], f"{place}: kind").lower()
    if kind not in TAG_KINDS:
        raise read.wrong(f"{place} should be of kind {', '.join(TAG_KINDS)}, not {kind!r}")
    tag = TagRef(kind, read.uid(given["uid"], place), read.text(given["name"], place))
    if not (tag.uid or tag.name):
        raise read.wrong(f"{place} has neither uid nor name")
    return tag


def _link(read: _Reader, value: Any) -> Link:
    given = read.object(value, ("uid", "from", "to", "note"), "a link")
    link = Link(read.uid(given["from"], "a link"), read.uid(given["to"], "a link"))
    if not (link.from_uid and link.to_uid):
        raise read.wrong("a link needs the uids of two elements, `from` and `to`")
    return replace(link, uid=read.uid(given["uid"], "a link"), note=read.text(given["note"], "a link"))


def _relation(read: _Reader, value: Any) -> Relation:
    given = read.object(value, ("uid", "kind", "configuration", "note"), "a relation")
    kind = read.word(given["kind"], RelationKind, "the kind of a relation")
    if kind is None:
        raise read.wrong(f"a relation needs its kind: {', '.join(RelationKind)}")
    return Relation(
        kind=kind,
        configuration=read.ref(given["configuration"], "label", "a relation"),
        uid=read.uid(given["uid"], "a relation"),
        note=read.text(given["note"], "a relation"),
    )
