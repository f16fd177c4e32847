"""Conflicts: what waits for a resolution, who decided what on one of them, and resolving it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from realist.domain import agreement
from realist.domain.agreement import RoundAgreement, Scale
from realist.errors import NotFound, Refused
from realist.queries import conflicts, piles, rules, together
from realist.queries.conflicts import Conflict
from realist.queries.piles import Shown
from realist.queries.together import Voted
from realist.services import screening
from realist.text import line
from realist.vocabulary import Verdict

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

__all__ = ["Agreed", "Case", "Conflict", "Queue", "Shown", "Voted"]

Rows = list[dict[str, Any]]


class Queue(NamedTuple):
    """What waits, or was resolved; the round it is of by name, "" for all; how many the others are."""

    rows: tuple[Conflict, ...]
    of: str
    others: int


class Agreed(NamedTuple):
    """The agreement of a round, with maybe counted as include, and whether the round was blind."""

    found: RoundAgreement
    blind: bool


class Case(NamedTuple):
    """A conflict on a page: its round, its paper, who decided what, what was resolved earlier."""

    conflict: Conflict
    row: dict[str, Any]
    paper: Shown
    votes: tuple[Voted, ...]
    resolutions: Rows


def queue(gate: Gateway, round_: str = "", *, resolved: bool = False) -> Queue:
    """Return the papers in conflict, or those that were resolved, of a round (uid) or of all.

    Of a round that is not there any more, those of all.
    """

    def query(connection: Connection) -> Queue:
        of, name = round_, ""
        try:
            name = rules.rules(connection, of)["name"] if of else ""
        except NotFound:  # the round was taken back
            of = ""
        found = conflicts.conflicts(connection, viewer=gate.person, round_=of, resolved=None)
        rows = tuple(one for one in found if one.resolved is resolved)
        return Queue(rows, name, len(found) - len(rows))

    return gate.read(query)


def case(gate: Gateway, conflict: Conflict) -> Case | None:
    """Return everything about a conflict; None where its round or paper is not there any more."""

    def query(connection: Connection) -> Case | None:
        papers = piles.texts(connection, [conflict.paper])
        if conflict.paper not in papers:
            return None
        row = rules.rules(connection, conflict.round)
        known = together.resolutions(connection, conflict.paper, viewer=gate.person)
        return Case(
            conflict,
            row,
            papers[conflict.paper],
            tuple(together.votes(connection, conflict.entries, viewer=gate.person)),
            [one for one in known if one["entry"] in conflict.entries],
        )

    try:
        return gate.read(query)
    except NotFound:
        return None


def agreed(gate: Gateway, round_: str) -> Agreed | None:
    """Return how far people agree in a round (uid), as far as the person may see; None where it is gone."""

    def query(connection: Connection) -> Agreed:
        rules.rules(connection, round_)
        alone = together.independently(connection, round_, viewer=gate.person)
        return Agreed(agreement.round_agreement(alone.decided, Scale.TWO_WAY), alone.blind)

    try:
        return gate.read(query)
    except NotFound:
        return None


def rounds(gate: Gateway) -> list[tuple[str, int, str, int]]:
    """Return uid, number and name of each round with conflicts, and how many."""
    found: dict[str, list[Conflict]] = {}
    for one in gate.read(lambda connection: conflicts.conflicts(connection, viewer=gate.person)):
        found.setdefault(one.round, []).append(one)
    return [(uid, of[0].round_number, of[0].round_name, len(of)) for uid, of in found.items()]


def reason_of(row: Mapping[str, Any], word: str) -> str:
    """Return the number of the reason that a choice of a form shows; "" where it is none."""
    return next((str(one["number"]) for one in row["reasons"] if shown(one) == word), "")


def shown(reason: Mapping[str, Any]) -> str:
    """Return a reason as a choice of a form shows it: its number first, for its key."""
    return f"{reason['number']} {line(reason['text'][:400])}"


def settle(desk: Desk, case_: Case, verdict: Verdict, reason: str, why: str) -> None:
    """Resolve a conflict."""
    one = case_.conflict
    screening.settle(desk, f"#{one.number}", verdict, round_=_of(one), reason=reason, why=why)


def unsettle(desk: Desk, conflict: Conflict, why: str) -> None:
    """Take a resolution back."""
    screening.unsettle(desk, f"#{conflict.number}", round_=_of(conflict), reason=why)


def decide(desk: Desk, case_: Case, verdict: Verdict, reason: str, note: str) -> None:
    """Change what the person at the desk decided on the paper."""
    if verdict is not Verdict.EXCLUDE and reason:
        raise Refused("A reason belongs to an exclusion: choose exclude, or no reason.")
    one = case_.conflict
    screening.decide(desk, f"#{one.number}", verdict, round_=_of(one), reason=reason, note=note)


def _of(conflict: Conflict) -> str:
    return f"#{conflict.round_number}"
