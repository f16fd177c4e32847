"""Bringing papers into a round: from where, how many, and by which doors, before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from realist.domain.filtering import read_filter
from realist.errors import Refused
from realist.queries import entering
from realist.queries.entering import BACK, FORWARD, Offer
from realist.services import rounds
from realist.text import line
from realist.vocabulary import Door
from tui.gateway.planning import number

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

__all__ = ["Brought", "From", "Offer", "bring", "look", "offers"]


class From(NamedTuple):
    """Where papers come from: a round (uid) and whether those it excluded, or filter words, or everything."""

    round: str = ""
    excluded: bool = False
    words: bool = False


class Brought(NamedTuple):
    """Papers that would enter a round: each by uid with its door; how many by each door; and why."""

    papers: tuple[tuple[str, Door | None], ...]
    doors: tuple[tuple[str, int], ...]
    why: str


def offers(gate: Gateway, uid: str) -> list[Offer]:
    """Return the other rounds that papers could come from."""
    return gate.read(lambda connection: entering.offers(connection, viewer=gate.person, round_uid=uid))


def look(gate: Gateway, uid: str, source: From, values: Mapping[str, str]) -> Brought:
    """Return what would enter a round as a form asks for it; refuse where there is nothing."""
    words = line(values.get("words", ""))
    if source.words and not words:
        raise Refused("Say which papers: words, or fields such as state:included or tag:rural.")
    filter_ = read_filter(words) if words else None
    if filter_ is not None and filter_.problems:
        raise Refused(filter_.problems[0])
    sample, seed = number(values, "sample", "The sample"), number(values, "seed", "The seed")

    def query(connection: Connection) -> list[tuple[str, Door | None]]:
        return entering.candidates(
            connection,
            viewer=gate.person,
            round_uid=uid,
            from_round=source.round,
            verdicts=BACK if source.excluded else FORWARD,
            filter_=filter_,
            sample=sample,
            seed=seed,
        )

    found = gate.read(query)
    if not found:
        raise Refused("No such paper is left: all of them are in the round already, or there is none.")
    counted = Counter(str(door) if door else "by a door not known" for _, door in found)
    return Brought(tuple(found), tuple(counted.most_common()), line(values["why"]))


def bring(desk: Desk, uid: str, brought: Brought) -> int:
    """Put papers into a round; return how many were new in it."""
    return rounds.enter_all(desk, uid, brought.papers, why=brought.why)
