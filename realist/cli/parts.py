"""Verbs for the parts of boxes: change one, link two, say how a box stands to another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from realist.cli import show
from realist.cli.desk import as_json, desk
from realist.domain.configuration import Box, BoxElement, Ref, Relation, Source, TagRef
from realist.errors import NotFound, WrongUse
from realist.queries.boxes import boxes
from realist.queries.naming import resolve
from realist.queries.naming_boxes import BOX, resolve_any
from realist.services import building
from realist.services.editing import edit_configuration
from realist.services.unit import Desk
from realist.text import line, paragraphs
from realist.vocabulary import (
    Activation,
    Basis,
    ElementKind,
    Inference,
    RelationKind,
    SourceKind,
    Valence,
)

_NONE = "none"
_PART = {"kind": ElementKind, "valence": Valence, "activation": Activation, "basis": Basis}
_TAGS = ("mechanism", "context", "outcome")


def _words(words: Any, *more: str) -> click.Choice[str]:
    return click.Choice([*map(str, words), *more])


def box_named(at: Desk, name: str) -> Box:
    """Return the box that a label, number, title or uid means."""
    with at.store.read() as connection:
        uid = resolve_any(connection, BOX, name, viewer=at.initials)
        (found,) = boxes(connection, uids=[uid], viewer=at.initials)
    return found


def _element(box: Box, number: int, name: str) -> BoxElement:
    if not 0 < number <= len(box.elements):
        parts = show.counted(len(box.elements), "part")
        raise NotFound(f"Box {line(name)} has {parts}: there is no part {number}.")
    return box.elements[number - 1]


@click.command("part")
@click.argument("box")
@click.argument("number", type=int)
@click.option("--text", default=None, help="Its wording.")
@click.option("--kind", type=_words(ElementKind), default=None)
@click.option("--valence", type=_words(Valence, _NONE), default=None)
@click.option("--activation", type=_words(Activation, _NONE), default=None)
@click.option("--basis", type=_words(Basis, _NONE), default=None, help="Stated in the source, or inferred.")
@click.option("--inference", type=_words(Inference, _NONE), default=None, help="How it was inferred.")
@click.option("--memo", default="", help="Why it was inferred; added to what the part rests on.")
@click.option("--said", default="", help='What people said that it rests on, too, such as "Meeting 1 f3".')
@click.option("--hedge", default=None, help='Words by which it is hedged, such as "may".')
@click.option("--site", default=None, help="The case within the paper that it speaks of.")
@click.option("--label", default=None, help='As printed, such as "C1".')
@click.option("--mechanism", "mechanisms", multiple=True, help='Tags it; may repeat; "" takes tags off.')
@click.option("--context", "contexts", multiple=True)
@click.option("--outcome", "outcomes", multiple=True)
@click.option("--theory", default="", help="A theory that it rests on, too; see `realist theory list`.")
@click.option("--quotation", default="", help="Words that it rests on, too.")
@click.option("--locator", default="", help="Their place as printed.")
@click.option("--out", is_flag=True, help="Take the part out of the box.")
@click.option("--reason", default="", help="Why, for the log.")
@as_json
def part(box: str, number: int, out: bool, reason: str, json_: bool, **given: Any) -> None:
    """Change part NUMBER (from 1) of a box: only what is given changes.

    \b
    Example:
      realist cmo part 2b 3 --valence - --basis inferred --inference retroduction \\
        --memo "nobody says so, but those who left had not been asked" --site "Clinic A"
    """
    said = {name: value for name, value in given.items() if value not in (None, "", ())}
    if not said and not out and given["text"] is None:
        raise WrongUse("Say what to change: one of the options, or --out.")
    with desk() as at:
        whole = box_named(at, box)
        element = _element(whole, number, box)
        with at.store.read() as connection:
            tags = _tags(connection, given)
            heard = (
                building.words_said(connection, given["said"], viewer=at.initials) if given["said"] else None
            )
            theory = Ref(resolve(connection, "theory", given["theory"]), "") if given["theory"] else None
        building.change_part(
            at,
            element.uid,
            lambda now: None if out else _resting(_changed(now, whole, given, tags, heard), theory),
            reason=reason,
        )
    done = "was taken out" if out else "was changed"
    show.done(json_, element.uid, f"Part {number} of box {line(box)} {done}.")


def _tags(connection: Any, given: dict[str, Any]) -> dict[str, list[TagRef]]:
    found: dict[str, list[TagRef]] = {}
    for kind in _TAGS:
        names = given[f"{kind}s"]
        if names:
            wanted = [line(name) for name in names if line(name)]
            found[kind] = [TagRef(kind, resolve(connection, kind, name), name) for name in wanted]
    return found


def _resting(made: BoxElement, theory: Ref | None) -> BoxElement:
    """Return a part that rests on a theory, too."""
    if theory is None:
        return made
    return replace(made, sources=(*made.sources, Source(SourceKind.THEORY, theory=theory)))


def _changed(
    now: BoxElement, box: Box, given: dict[str, Any], tags: dict[str, list[TagRef]], heard: Source | None
) -> BoxElement:
    words: dict[str, Any] = {
        name: None if given[name] == _NONE else kind(given[name])
        for name, kind in _PART.items()
        if given[name] is not None
    }
    words |= {name: line(given[name]) for name in ("text", "label") if given[name] is not None}
    made = replace(now, part=replace(now.part, **words))
    if given["inference"] is not None:
        made = replace(made, inference=None if given["inference"] == _NONE else Inference(given["inference"]))
    if given["hedge"] is not None:
        made = replace(made, hedge=line(given["hedge"]))
    if given["site"] is not None:
        made = replace(made, site=line(given["site"]))
    if tags:
        kept = [tag for tag in now.tags if tag.kind not in tags]
        made = replace(made, tags=(*kept, *(tag for of in tags.values() for tag in of)))
    sources = list(made.sources)
    if given["memo"]:
        sources.append(Source(SourceKind.INFERENCE, text=paragraphs(given["memo"])))
    if heard is not None and heard.feedback not in {source.feedback for source in sources}:
        sources.append(heard)
    if given["quotation"] or given["locator"]:
        paper = box.papers[0] if len(box.papers) == 1 else None
        quoted = paragraphs(given["quotation"])
        sources.append(
            Source(SourceKind.EXCERPT, quotation=quoted, locator=line(given["locator"]), paper=paper)
        )
    return replace(made, sources=tuple(sources))


@click.command("link")
@click.argument("box")
@click.argument("number", type=int)
@click.argument("to_box")
@click.argument("to_number", type=int)
@click.option("--note", default="")
@as_json
def link(box: str, number: int, to_box: str, to_number: int, note: str, json_: bool) -> None:
    """Say that a part leads to another: part NUMBER of BOX to part TO_NUMBER of TO_BOX.

    The outcome of one box can be the context of the next (a ripple); loops are allowed.

    \b
    Example:
      realist cmo link 2a 4 3 1 --note "who was heard comes again"
    """
    with desk() as at:
        one = _element(box_named(at, box), number, box)
        other = _element(box_named(at, to_box), to_number, to_box)
        uid = building.link_parts(at, one.uid, other.uid, note=note)
    show.done(json_, uid, "The one leads to the other now.")


@click.command("unlink")
@click.argument("uid")
@click.option("--reason", default="")
@as_json
def unlink(uid: str, reason: str, json_: bool) -> None:
    """Take a link between two parts back; `cmo list --json` shows the uids."""
    with desk() as at:
        building.unlink_parts(at, line(uid), reason=reason)
    show.done(json_, line(uid), "The link was taken back.")


@click.command("relate")
@click.argument("box")
@click.argument("kind", type=_words(RelationKind))
@click.argument("other")
@click.option("--note", default="")
@as_json
def relate(box: str, kind: str, other: str, note: str, json_: bool) -> None:
    """Say how a box stands to another: it underpins, rests on, varies or contradicts it.

    \b
    Example:
      realist cmo relate 1a underpins 1
    """
    with desk() as at:
        was = box_named(at, box)
        to = box_named(at, other)
        uid = at.store.uids()
        relation = Relation(RelationKind(kind), Ref(to.uid, ""), uid, line(note))
        edit_configuration(at, was.uid, replace(was, relations=(*was.relations, relation)), was=was)
    show.done(json_, uid, f"Box {line(box)} {kind} box {line(other)}.")


COMMANDS = (part, link, unlink, relate)
"""What `realist cmo` takes from here."""
