"""Contexts and outcomes that go together in several papers, and the boxes that speak against it.

A pattern is a named context with a named outcome, found in the same box; and such a pair with a mechanism.
It has a direction: the one (+ or -) that the outcome has in most papers, else the one that it has at all.

- A box **shows** it where its outcome goes that way, or where the box does not say which way.
- A box is a **counter-example** where, in the same context, under the same mechanism if the pattern has one,
  the same outcome goes the other way: - in place of +, or + in place of -.
- A box with the same outcome unchanged (0) or mixed (±) is neither: it is listed as **mixed**.
- A box with the same context (and mechanism) that names other outcomes and not this one is listed as
  **otherwise**. It is no counter-example: a context may lead to more than one outcome.

Where a pattern has a mechanism, a box that shows the *absence* of its mechanisms counts the other way round:
absence with the opposite outcome shows the pattern, absence with the same outcome is a counter-example.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from realist.domain.configuration import Box, BoxElement
from realist.domain.patterns.alike import similar
from realist.domain.patterns.counting import Behind, behind
from realist.domain.patterns.wording import CONTEXT, MECHANISM, OUTCOME, side_of
from realist.vocabulary import Polarity

_OTHER_WAY = {"+": "-", "-": "+"}


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A named context, mechanism or outcome; ``worded`` where parts are one by wording, not by a tag."""

    name: str
    uid: str
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Recurrent:
    """A pattern and the boxes (uids) that show it, speak against it, are mixed, or end otherwise.

    ``direction`` is + or -, 0 or ±, or "" where no box says. ``count`` and ``against`` say how many papers,
    and independent ones, the boxes are of that show it and that speak against it.
    """

    context: Named
    mechanism: Named | None
    outcome: Named
    direction: str
    shows: tuple[str, ...]
    counters: tuple[str, ...]
    mixed: tuple[str, ...]
    otherwise: tuple[str, ...]
    count: Behind
    against: Behind


@dataclass(slots=True)
class _Facts:
    contexts: set[Named]
    mechanisms: set[Named]
    outcomes: dict[Named, str]
    absence: bool


def recurrent(
    boxes: Sequence[Box],
    papers: Mapping[str, Collection[str]],
    studies: Mapping[str, Collection[str]],
    *,
    least: int = 2,
    worded: bool = False,
) -> list[Recurrent]:
    """Return the patterns that at least so many papers show: by papers, pairs before those with a mechanism.

    *papers* are those of each box, as they are read now; *studies* those of each paper. *worded* names parts
    without a tag by their wording, where parts of several boxes say the same.
    """
    names = _by_wording(boxes) if worded else {}
    facts = {box.uid: _facts(box, names) for box in boxes}
    found: dict[tuple[Named, Named | None], list[str]] = defaultdict(list)
    for uid, of in facts.items():
        for context in of.contexts:
            found[context, None].append(uid)
            for mechanism in of.mechanisms:
                found[context, mechanism].append(uid)
    patterns = []
    for (context, of_mechanism), uids in found.items():
        for outcome in sorted({outcome for uid in uids for outcome in facts[uid].outcomes}):
            one = _pattern(context, of_mechanism, outcome, uids, facts, papers, studies)
            if one.count.papers >= least:
                patterns.append(one)
    return sorted(patterns, key=_order)


def _order(one: Recurrent) -> tuple[object, ...]:
    return (
        one.mechanism is not None,
        -one.count.papers,
        -len(one.shows),
        one.context,
        one.outcome,
        one.mechanism or one.context,
    )


def _pattern(
    context: Named,
    mechanism: Named | None,
    outcome: Named,
    uids: Sequence[str],
    facts: Mapping[str, _Facts],
    papers: Mapping[str, Collection[str]],
    studies: Mapping[str, Collection[str]],
) -> Recurrent:
    """Return one pattern of the boxes that have its context, and mechanism where there is one."""
    ways: dict[str, list[str]] = defaultdict(list)
    otherwise = []
    for uid in uids:
        of = facts[uid]
        if outcome in of.outcomes:
            way = of.outcomes[outcome]
            ways[_OTHER_WAY.get(way, way) if mechanism and of.absence else way].append(uid)
        elif of.outcomes:
            otherwise.append(uid)

    def count(some: Sequence[str]) -> Behind:
        return behind({paper for uid in some for paper in papers.get(uid, ())}, studies)

    most = max(("+", "-"), key=lambda way: (count(ways[way]).papers, len(ways[way])))
    direction = most if ways[most] else next((way for way in ("0", "±") if ways[way]), "")
    shows = [uid for uid in uids if uid in (*ways[direction], *ways[""])]
    counters = ways[_OTHER_WAY[direction]] if direction in _OTHER_WAY else []
    mixed = [uid for uid in uids if uid in (*ways["0"], *ways["±"]) and uid not in shows]
    return Recurrent(
        context, mechanism, outcome, direction, tuple(shows), tuple(counters), tuple(mixed), tuple(otherwise),
        count(shows), count(counters),
    )  # fmt: skip


def _facts(box: Box, names: Mapping[str, Named]) -> _Facts:
    contexts: set[Named] = set()
    mechanisms: set[Named] = set()
    ways: dict[Named, set[str]] = defaultdict(set)
    for element in box.elements:
        for kind, named in _named(element, names):
            if kind == CONTEXT:
                contexts.add(named)
            elif kind == MECHANISM:
                mechanisms.add(named)
            else:
                ways[named].add(str(element.part.valence or ""))
    mechanisms = mechanisms or {Named(one.name, one.uid) for one in box.mechanisms}
    outcomes = {named: _way(of) for named, of in ways.items()}
    return _Facts(contexts, mechanisms, outcomes, box.polarity is Polarity.ABSENCE)


def _named(element: BoxElement, names: Mapping[str, Named]) -> list[tuple[str, Named]]:
    """Return what a part is an instance of: its tags, else what its wording says."""
    tagged = [(tag.kind, Named(tag.name, tag.uid)) for tag in element.tags]
    if not tagged and element.uid in names:
        return [(side_of(element.part.kind), names[element.uid])]
    return tagged


def _way(valences: Collection[str]) -> str:
    said = {valence for valence in valences if valence}
    return said.pop() if len(said) == 1 else "±" if said else ""


def _by_wording(boxes: Sequence[Box]) -> dict[str, Named]:
    """Return for parts without a tag, by uid, what they say together with parts of other boxes."""
    found: dict[str, Named] = {}
    for side in (CONTEXT, MECHANISM, OUTCOME):
        parts = {
            element.uid: element
            for box in boxes
            for element in box.elements
            if element.uid and not element.tags and side_of(element.part.kind) == side
        }
        for group in similar([Box(uid, elements=(element,)) for uid, element in parts.items()], tags=False):
            typical = group.members[0].uid
            named = Named(parts[typical].part.text, typical, True)
            found |= dict.fromkeys(group.uids, named)
    return found
