"""Things to look at in a box: each a rule with a key, a reason and what to do. None is an error or a gate.

A rule yields what it finds; who looks may dismiss it with a reason. What reads like an activity is told by
lists of English words (:mod:`realist.domain.doing`); of other languages nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from realist.domain.configuration import Box, BoxElement
from realist.domain.doing import reads_like_doing
from realist.text import fold, line, shorten
from realist.vocabulary import Basis, ElementKind, Polarity, Scheme, SourceKind, Valence

LONGEST = 60
"""So many words a part may have before it is to be looked at."""
_MECHANISM = (ElementKind.RESOURCE, ElementKind.REASONING, ElementKind.MECHANISM)
_WANTED: dict[Scheme, tuple[ElementKind, ...]] = {
    Scheme.CMO: (),
    Scheme.ICAMO: (ElementKind.INTERVENTION, ElementKind.ACTOR),
    Scheme.SCMO: (ElementKind.STRATEGY,),
}


@dataclass(frozen=True, slots=True)
class Around:
    """What has to be known beside a box: the scheme, and excerpts (uids) that are not at one place."""

    scheme: Scheme = Scheme.CMO
    flagged: Mapping[str, str] = field(default_factory=dict)


class Look(NamedTuple):
    """Something to look at: ``part`` counts from 1, 0 is the box; ``uid`` is that of the part or box."""

    rule: str
    part: int
    uid: str
    why: str
    do: str


Found = Iterator[tuple[int, str, str]]
"""Part (0 for the box), why, what to do."""
Rule = Callable[[Box, Around], Found]


def looks(box: Box, around: Around | None = None) -> list[Look]:
    """Return everything to look at in a box, by rule, then by part."""
    known = around or Around()
    return [
        Look(key, part, box.elements[part - 1].uid if part else box.uid, why, do)
        for key, rule in RULES.items()
        for part, why, do in rule(box, known)
    ]


def _parts(box: Box, *kinds: ElementKind) -> Iterator[tuple[int, BoxElement]]:
    for place, element in enumerate(box.elements, 1):
        if not kinds or element.part.kind in kinds:
            yield place, element


def _named(element: BoxElement) -> str:
    return f"{element.part.kind} “{shorten(element.part.text, 50)}”"


def _partial(box: Box, around: Around) -> Found:
    """Lacks a part that a complete account by the review's scheme has."""
    kinds = {element.part.kind for element in box.elements}
    lacks = [str(kind) for kind in _WANTED[around.scheme] if kind not in kinds]
    lacks += [] if ElementKind.CONTEXT in kinds else ["context"]
    lacks += [] if kinds & set(_MECHANISM) else ["mechanism"]
    lacks += [] if ElementKind.OUTCOME in kinds else ["outcome"]
    if lacks:
        what = lacks[0] if len(lacks) == 1 else f"{', '.join(lacks[:-1])} and {lacks[-1]}"
        yield 0, f"It has no {what}.", "Add what the source says of it; if that says nothing, leave it so."


def _resource_alone(box: Box, _: Around) -> Found:
    """Has a resource, and nothing of how people reason about it."""
    kinds = {element.part.kind for element in box.elements}
    if not kinds & {ElementKind.REASONING, ElementKind.MECHANISM}:
        for place, element in _parts(box, ElementKind.RESOURCE):
            why = f"Nothing says how people reason about the {_named(element)}."
            yield place, why, "Ask what it changes in what they think, feel or want, and add that."


def _reasoning_alone(box: Box, _: Around) -> Found:
    """Has a reasoning, and nothing of what is offered."""
    kinds = {element.part.kind for element in box.elements}
    if not kinds & {ElementKind.RESOURCE, ElementKind.MECHANISM}:
        for place, element in _parts(box, ElementKind.REASONING):
            yield (
                place,
                f"Nothing says what leads to the {_named(element)}.",
                "Add what is offered or taken away.",
            )


def _unsplit(box: Box, _: Around) -> Found:
    """Has a mechanism that is not parted into resource and reasoning."""
    for place, element in _parts(box, ElementKind.MECHANISM):
        why = f"The {_named(element)} is not parted into resource and reasoning."
        yield place, why, "Part it, if the source lets you tell what is offered from how people reason."


def _activity(box: Box, _: Around) -> Found:
    """Has a reasoning that reads like an activity (told by lists of English words)."""
    for place, element in _parts(box, ElementKind.REASONING):
        if word := reads_like_doing(element.part.text):
            why = f"The {_named(element)} reads like an activity (“{word}”)."
            yield place, why, "Say what goes on in people because of it, or make it a resource."


def _no_valence(box: Box, _: Around) -> Found:
    """Has an outcome without a direction."""
    for place, element in _parts(box, ElementKind.OUTCOME):
        if element.part.valence is None:
            why = f"Nothing says in which direction the {_named(element)} goes."
            yield place, why, "Give it +, –, 0 or ±, if the source does."


def _no_source(box: Box, _: Around) -> Found:
    """Has a part that rests on nothing, and was not inferred."""
    for place, element in _parts(box):
        if not element.sources and element.part.basis is not Basis.INFERRED:
            why = f"The {_named(element)} rests on nothing."
            yield place, why, "Add the quotation, statement or theory, or say that it was inferred."


def _no_memo(box: Box, _: Around) -> Found:
    """Has an inferred part without a memo."""
    for place, element in _parts(box):
        memo = any(one.kind is SourceKind.INFERENCE and line(one.text) for one in element.sources)
        if element.part.basis is Basis.INFERRED and not memo:
            why = f"The {_named(element)} was inferred, and nothing says from what."
            yield place, why, "Add a memo: what you saw, and why it led you there."


def _no_how(box: Box, _: Around) -> Found:
    """Has an inferred part of which nothing says how: by abduction or retroduction."""
    for place, element in _parts(box):
        if element.part.basis is Basis.INFERRED and element.inference is None:
            why = f"The {_named(element)} was inferred, and nothing says how."
            yield place, why, "Say whether it came by abduction or by retroduction."


def _unsure(box: Box, _: Around) -> Found:
    """Has a part of which nobody said what it is."""
    for place, element in _parts(box, ElementKind.UNSURE):
        words = shorten(element.part.text, 50)
        yield place, f"Nobody said what “{words}” is.", "Make it a context, a mechanism or an outcome."


def _flagged(box: Box, around: Around) -> Found:
    """Rests on a quotation that stands nowhere in the full text, or at several places."""
    for place, element in _parts(box):
        states = {around.flagged.get(source.excerpt, "") for source in element.sources if source.excerpt}
        for state in sorted(states - {""}):
            where = "at several places" if state == "ambiguous" else "in no text of its paper"
            why = f"A quotation behind the {_named(element)} stands {where}."
            yield place, why, "`realist excerpt list --flagged` shows it; place it, or mend its words."


def _no_mechanism(box: Box, _: Around) -> Found:
    """Stands under no mechanism of the programme theory."""
    if not box.mechanisms:
        yield (
            0,
            "It stands under no mechanism of the theory.",
            "Put it under one: it has no place in the grid.",
        )


def _activation(box: Box, _: Around) -> Found:
    """Says how far a part fired that is no mechanism."""
    for place, element in _parts(box):
        if element.part.activation and element.part.kind not in (*_MECHANISM, ElementKind.UNSURE):
            why = f"Only mechanisms fire, and the {_named(element)} is called {element.part.activation}."
            yield place, why, "Take the activation away, or give it to the mechanism."


def _polarity(box: Box, _: Around) -> Found:
    """Shows the absence of its mechanisms, and every direction in it is +."""
    valences = {element.part.valence for element in box.elements} - {None}
    if box.polarity is Polarity.ABSENCE and valences == {Valence.PLUS}:
        why = "It shows the absence of its mechanism, and everything in it goes well."
        yield 0, why, "See whether it shows its presence, or a direction is wrong."


def _long(box: Box, _: Around) -> Found:
    """Has a part of more than sixty words."""
    for place, element in _parts(box):
        if (n := len(element.part.text.split())) > LONGEST:
            why = f"The {_named(element)} has {n} words."
            yield place, why, "Say it shorter, or make several parts of it; the quotation keeps the rest."


def _twice(box: Box, _: Around) -> Found:
    """Has the same wording twice."""
    first: dict[str, int] = {}
    for place, element in _parts(box):
        words = fold(element.part.text)
        if words and (before := first.setdefault(words, place)) != place:
            why = f"The {_named(element)} has the words of part {before}."
            yield place, why, "Keep one, or say what makes the two different."


RULES: dict[str, Rule] = {
    "partial": _partial,
    "resource-alone": _resource_alone,
    "reasoning-alone": _reasoning_alone,
    "unsplit": _unsplit,
    "activity": _activity,
    "no-valence": _no_valence,
    "no-source": _no_source,
    "no-memo": _no_memo,
    "no-how": _no_how,
    "unsure": _unsure,
    "flagged-quotation": _flagged,
    "no-mechanism": _no_mechanism,
    "activation": _activation,
    "polarity": _polarity,
    "long": _long,
    "twice": _twice,
}
"""The rules by their keys, which never change; the docstring of each says what a box does that it finds."""
