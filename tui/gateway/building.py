"""Building while reading: what is written of a passage, a part, a box; evidence, readings, appraisals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from realist.domain.alike import almost
from realist.domain.configuration import Box, BoxElement, Ref, Relation, Source, TagRef
from realist.domain.notation import Part
from realist.errors import Refused
from realist.queries import answers as answering
from realist.queries import appraisals as appraising_queries
from realist.queries import boxes as queries
from realist.queries import consulting, theories, theory
from realist.queries.theory_versions import versions_of
from realist.services import appraising, building, evidence, forms
from realist.services.anchoring import Place
from realist.services.editing import edit_configuration
from realist.text import fold, line, paragraphs, shorten
from realist.vocabulary import (
    Activation,
    Basis,
    ElementKind,
    Inference,
    Polarity,
    ReadingResult,
    RelationKind,
    SourceKind,
    Stance,
    Valence,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.queries.answers import Version
    from realist.queries.appraisals import Dimension
    from realist.services.building import Built
    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

Stretch = tuple[str, int, int, int, int]
TAGS = ("mechanism", "context", "outcome")
BORNE_ON = (*TAGS, "statement")
"""What a passage is evidence of: a mechanism, context or outcome, or a statement of a theory."""
POLARITIES = ("", *map(str, Polarity))
STANCES = tuple(map(str, Stance))
RESULTS = tuple(map(str, ReadingResult))
RELATIONS = tuple(map(str, RelationKind))


class Known(NamedTuple):
    """The names that there are of mechanisms, contexts and outcomes, and how statements are named."""

    mechanism: tuple[str, ...]
    context: tuple[str, ...]
    outcome: tuple[str, ...]
    statement: tuple[str, ...] = ()


def known(gate: Gateway) -> Known:
    """Return the names of mechanisms, contexts and outcomes, and of statements: T1 p3 and its words."""

    def query(connection: Connection) -> Known:
        of = (
            theory.mechanisms(connection, viewer=gate.person),
            theory.contexts(connection, viewer=gate.person),
            theory.outcomes(connection, viewer=gate.person),
        )
        mechanism, context, outcome = (tuple(str(row["name"]) for row in rows) for rows in of)
        return Known(mechanism, context, outcome, statements_named(connection, gate.person))

    return gate.read(query)


def statements_named(connection: Connection, viewer: str) -> tuple[str, ...]:
    """Return how statements of the latest versions are named for evidence: "T1 p3 Being expected"."""
    found: list[str] = []
    for row in theories.theories(connection, viewer=viewer):
        versions = versions_of(connection, row["uid"])
        for one in versions[-1].statements if versions else ():
            found.append(f"T{row['number']} p{one.number} {shorten(one.name or one.said, 60)}")
    return tuple(found)


def meant(name: str) -> tuple[str, str]:
    """Return the theory and the part that a name of :func:`statements_named` means, or one typed like it."""
    found = re.match(r"(T\d{1,9})(?:\s+(v\d{1,9}))?(?:\s+(p\d{1,9}))?\b", line(name), re.IGNORECASE)
    if not found:
        raise Refused(f"{shorten(name, 40)!r} names no statement: write T1 p3, or T1 v2 p3.")
    return " ".join(filter(None, found.group(1, 2))), found[3] or ""


def near(name: str, names: Sequence[str]) -> str:
    """Return which of *names* is almost *name*; "" where none is."""
    return almost(name, names)


# -- parts ----------------------------------------------------------------------------------------------


def add_part(desk: Desk, paper: str, kind: str, words: str, at: Stretch, locator: str, box: str) -> Built:
    """Make a passage a part of a box, of a new one where *box* is ""."""
    new = BoxElement(Part(ElementKind(kind), line(words)))
    return building.add_part(desk, paper, new, place=Place(*at), locator=locator, box=box)


def rest_on(desk: Desk, part: str, at: Stretch, locator: str) -> None:
    """Let a part rest on a further passage."""
    building.rest_part_on(desk, part, Place(*at), locator)


def words_there(gate: Gateway) -> list[tuple[str, str, str]]:
    """Return what people said: the words, the uid, and in which consultation or by whom."""
    rows = gate.read(lambda connection: consulting.feedback(connection, viewer=gate.person))
    return [(row["words"], row["uid"], row["consultation"] or row["who"]) for row in rows]


def rest_on_words(desk: Desk, part: str, feedback: str) -> None:
    """Let a part rest on what people said."""
    building.rest_part_on_words(desk, part, feedback)


def set_valence(desk: Desk, part: str, valence: str) -> None:
    """Give a part its valence, "" for none."""
    word = Valence(valence) if valence else None
    building.change_part(desk, part, lambda one: replace(one, part=replace(one.part, valence=word)))


def infer(desk: Desk, part: str, values: Mapping[str, str]) -> None:
    """Say that a part is inferred, how, and in a memo why."""
    how = Inference(values["how"]) if values["how"] else None

    def edit(one: BoxElement) -> BoxElement:
        made = replace(one, part=replace(one.part, basis=Basis.INFERRED), inference=how)
        return _with_memo(made, values["memo"])

    building.change_part(desk, part, edit)


def _with_memo(one: BoxElement, memo: str) -> BoxElement:
    if not line(memo):
        return one
    return replace(one, sources=(*one.sources, Source(SourceKind.INFERENCE, text=paragraphs(memo))))


def edit_part(desk: Desk, part: str, was: BoxElement, values: Mapping[str, str]) -> None:
    """Change what a form changed of a part; what others changed meanwhile and the form did not stays."""

    def edit(now: BoxElement) -> BoxElement | None:
        if not line(values["text"]) and line(was.part.text):
            raise Refused("A part keeps its wording: take it out of the box instead (O).")
        new: dict[str, object] = {}
        for name, value in _read_part(values).items():
            if value != getattr(was.part, name):
                new[name] = value
        made = replace(now, part=replace(now.part, **new))  # type: ignore[arg-type]
        for name, value in _read_element(values).items():
            if value != getattr(was, name):
                made = replace(made, **{name: value})  # type: ignore[arg-type]
        return _with_memo(_tagged(made, was, values), values["memo"])

    building.change_part(desk, part, edit)


def _read_part(values: Mapping[str, str]) -> dict[str, object]:
    return {
        "kind": ElementKind(values["kind"]),
        "text": line(values["text"]),
        "valence": Valence(values["valence"]) if values["valence"] else None,
        "activation": Activation(values["activation"]) if values["activation"] else None,
        "basis": Basis(values["basis"]) if values["basis"] else None,
        "label": line(values["label"]),
    }


def _read_element(values: Mapping[str, str]) -> dict[str, object]:
    return {
        "inference": Inference(values["inference"]) if values["inference"] else None,
        "hedge": line(values["hedge"]),
        "site": line(values["site"]),
    }


def tags_named(one: BoxElement, kind: str) -> str:
    """Return the names of the tags of a kind as a form shows them."""
    return "; ".join(tag.name.replace(";", ",") for tag in one.tags if tag.kind == kind)


def _tagged(now: BoxElement, was: BoxElement, values: Mapping[str, str]) -> BoxElement:
    tags = list(now.tags)
    for kind in TAGS:
        if line(values[kind]) == line(tags_named(was, kind)):
            continue
        before = {fold(tag.name.replace(";", ",")): tag for tag in now.tags if tag.kind == kind}
        wanted = [word for word in map(line, values[kind].split(";")) if word]
        tags = [tag for tag in tags if tag.kind != kind]
        tags += [before.get(fold(word)) or TagRef(kind, "", word) for word in wanted]
    return replace(now, tags=tuple(tags))


def take_out(desk: Desk, part: str) -> None:
    """Take a part out of its box."""
    building.change_part(desk, part, lambda one: None)


def link(desk: Desk, part: str, to: str) -> None:
    """Say that a part leads to another."""
    building.link_parts(desk, part, to)


def parts_there(gate: Gateway, apart: str) -> list[tuple[str, str]]:
    """Return (uid, how it is called) of every part of every box but one, to link to."""
    who = gate.person
    boxes, numbers = gate.read(
        lambda connection: (
            queries.boxes(connection, viewer=who), queries.numbers(connection, viewer=who),
        )
    )  # fmt: skip
    return [
        (one.uid, f"#{numbers[box.uid]} {one.part.kind}: {shorten(one.part.text, 80)}")
        for box in boxes
        for one in box.elements
        if one.uid != apart
    ]


# -- boxes ----------------------------------------------------------------------------------------------


def change_box(desk: Desk, uid: str, edit: Callable[[Box], Box]) -> None:
    """Do *edit* to a box as it is now."""
    with desk.store.read() as connection:
        found = queries.boxes(connection, uids=[uid], viewer=desk.initials)
    if not found:
        raise Refused("This box is not in the review any more.")
    edit_configuration(desk, uid, edit(found[0]))


def put_under(desk: Desk, uid: str, mechanism: str) -> None:
    """Let a box stand under a mechanism, too; a new name adds one."""

    def edit(box: Box) -> Box:
        if any(fold(one.name) == fold(mechanism) for one in box.mechanisms):
            raise Refused(f"The box stands under {shorten(mechanism, 40)} already.")
        return replace(box, mechanisms=(*box.mechanisms, Ref("", line(mechanism))))

    change_box(desk, uid, edit)


def show_polarity(desk: Desk, uid: str, polarity: str) -> None:
    """Say what a box shows of its mechanisms; "" for not stated."""
    word = Polarity(polarity) if polarity else None
    change_box(desk, uid, lambda box: replace(box, polarity=word))


def relate(desk: Desk, uid: str, kind: str, other: str) -> None:
    """Say how a box stands to another."""
    relation = Relation(RelationKind(kind), Ref(other, ""))
    change_box(desk, uid, lambda box: replace(box, relations=(*box.relations, relation)))


def copy(desk: Desk, like: str, paper: str) -> str:
    """Begin a box of a paper worded like another; return its uid."""
    return building.copy_box(desk, like, paper=paper)


# -- evidence, readings, appraisals, forms --------------------------------------------------------------


def add_evidence(desk: Desk, paper: str, values: Mapping[str, str], at: Stretch, locator: str) -> None:
    """Record what a passage does to a mechanism, context, outcome or statement; the passage is kept."""
    target = {values["on"]: line(values["name"])}
    if not line(values["name"]):
        raise Refused(f"Name the {values['on']} that it bears on.")
    if values["on"] == "statement":
        theory_, part = meant(values["name"])
        target = {"theory": theory_, "part": part}
    evidence.add_evidence(
        desk, paper, stance=Stance(values["stance"]), claim=values["claim"], topic=values["topic"],
        site=values["site"], locator=locator, place=Place(*at), **target,
    )  # fmt: skip


def add_reading(desk: Desk, paper: str, values: Mapping[str, str]) -> None:
    """Record what reading a paper for a mechanism, or for all there are, gave."""
    result = ReadingResult(values["result"])
    evidence.add_reading(desk, paper, result, mechanism=line(values["mechanism"]), note=values["note"])


def scale(gate: Gateway, paper: str) -> tuple[list[Dimension], dict[str, str]]:
    """Return the dimensions of this review, and by dimension how the person appraised the paper."""
    person = gate.person

    def query(connection: Connection) -> tuple[list[Dimension], dict[str, str]]:
        given = appraising_queries.appraisals(connection, [paper], viewer=person)
        own = {one.dimension: one.level for one in given if one.by == person and not one.excerpt}
        return appraising_queries.scale(connection), own

    return gate.read(query)


def add_scale(desk: Desk) -> None:
    """Begin with relevance, richness and rigour."""
    appraising.add_ready_scale(desk)


def appraise(desk: Desk, paper: str, dimensions: Sequence[Dimension], values: Mapping[str, str]) -> int:
    """Appraise a paper for each dimension that has a level and a reason; return for how many."""
    done = 0
    for place, of in enumerate(dimensions):
        level, reason = values[f"l{place}"], values[f"r{place}"]
        if not line(reason):
            continue
        if not level:
            raise Refused(f"Choose a level for {of.name}, or leave its reason empty.")
        appraising.appraise(desk, paper, of.name, level, reason=reason)
        done += 1
    if not done:
        raise Refused("Nothing was appraised: write a reason, an appraisal is reported with it.")
    return done


def asked(gate: Gateway, paper: str) -> list[tuple[Version, dict[str, str]]]:
    """Return each form in use with what the person answered for the paper, by key."""
    person = gate.person

    def query(connection: Connection) -> list[tuple[Version, dict[str, str]]]:
        found = []
        for form in answering.current(connection):
            given = answering.answers(connection, form, [paper], viewer=person)
            of = next(iter(given.values()), {})
            own = {key: one.value for key, rows in of.items() for one in rows if one.by == person}
            found.append((form, own))
        return found

    return gate.read(query)


def fill(desk: Desk, paper: str, form: str, before: Mapping[str, str], values: Mapping[str, str]) -> int:
    """Keep the answers that a form changed; return how many."""
    changed = {key: text for key, text in values.items() if paragraphs(text) != paragraphs(before[key])}
    if not changed:
        raise Refused("Nothing was changed.")
    return len(forms.fill_form(desk, paper, changed, form=form))
