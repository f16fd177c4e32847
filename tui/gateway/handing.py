"""Handing out the papers of a round: what the words of a form mean, what it comes to, and doing it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from realist.domain.allocation import AllocationScheme, AnyTwo, Everybody, OneOf, Pairs, Split
from realist.errors import Refused
from realist.services import allocating
from realist.services.allocating import Allotted
from realist.text import line, shorten
from realist.vocabulary import Role
from tui.gateway.planning import number

if TYPE_CHECKING:
    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

__all__ = ["SCHEMES", "Allotted", "Plan", "Scheme", "hand_out", "hand_over", "look", "plan"]


class Scheme(NamedTuple):
    """A way of handing out: its name, in words, what is to be known of it, what it asks beside people."""

    name: str
    title: str
    note: str
    fields: tuple[str, ...]


SPLIT, EVERYBODY, ANY_TWO, PAIRS, ONE_OF = "split", "everybody", "any two", "pairs", "one of"
SCHEMES = (
    Scheme(SPLIT, "One person reads each paper", "some get a second one", ("shares", "checked", "second")),
    Scheme(ANY_TWO, "Any two people read each paper", "mixed, and equally often", ()),
    Scheme(PAIRS, "A named pair reads each paper", "pairs equally often", ("pairs",)),
    Scheme(ONE_OF, "Several read each paper", "at least one of a group", ("group", "readers")),
    Scheme(EVERYBODY, "Everybody reads every paper", "", ()),
)


class Plan(NamedTuple):
    """How a round is to be handed out: to whom (initials), by which scheme, by which seed."""

    people: tuple[str, ...]
    scheme: AllocationScheme
    seed: int


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in map(line, re.split(r"[;,\s]+", text)) if name))


def plan(name: str, values: Mapping[str, str]) -> Plan:
    """Return what a form of the scheme *name* asks for; refuse what is not understood."""
    people, seed = _names(values["people"]), number(values, "seed", "The seed")
    scheme: AllocationScheme
    if name == SPLIT:
        scheme = Split(_shares(values["shares"]), _percent(values["checked"]), Role(values["second"]))
    elif name == PAIRS:
        scheme = Pairs(_pairs(values["pairs"]))
    elif name == ONE_OF:
        scheme = OneOf(_names(values["group"]), number(values, "readers", "The number of readers", 2))
    else:
        scheme = Everybody() if name == EVERYBODY else AnyTwo()
    return Plan(people, scheme, seed)


def _shares(text: str) -> tuple[tuple[str, float], ...]:
    """Return shares such as ``CD 2; EF 1``."""
    found = []
    for part in filter(None, map(line, re.split(r"[;,]", text))):
        name, _, share = part.replace("=", " ").rpartition(" ")
        try:
            found.append((line(name), float(share.rstrip("%"))))
        except ValueError:
            share = ""
        if not line(name) or not share:
            raise Refused(f"{shorten(part, 30)!r} is no share: write them as CD 2; EF 1.")
    return tuple(found)


def _percent(text: str) -> float:
    given = line(text).rstrip("% ").replace(",", ".")
    try:
        return float(given or 0)
    except ValueError:
        raise Refused(f"{shorten(given, 30)!r} is no percentage: write a number from 0 to 100.") from None


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Return pairs such as ``CD+EF; CD+GH``."""
    found = []
    for part in filter(None, map(line, re.split(r"[;,]", text))):
        names = [name for name in map(line, re.split(r"[+&]", part)) if name]
        if len(names) != 2:
            raise Refused(f"{shorten(part, 30)!r} is no pair: write them as CD+EF; CD+GH.")
        found.append((names[0], names[1]))
    return tuple(found)


def look(gate: Gateway, uid: str, wanted: Plan) -> Allotted:
    """Return what handing a round out would come to, and write nothing."""
    return allocating.look_at_allocation(gate.store, uid, wanted.people, wanted.scheme, seed=wanted.seed)


def hand_out(desk: Desk, uid: str, wanted: Plan) -> Allotted:
    """Hand the papers of a round out."""
    return allocating.allocate(desk, uid, wanted.people, wanted.scheme, seed=wanted.seed)


def hand_over(desk: Desk, uid: str, leaving: str, reason: str) -> Allotted:
    """Give what a person has not decided to the others."""
    return allocating.hand_over(desk, uid, leaving, reason=reason)
