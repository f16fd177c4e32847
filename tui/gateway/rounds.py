"""Rounds: all of them with their counts, and one with its rules, its people and their agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from realist.domain import agreement
from realist.domain.agreement import Agreement, Gate, Statistic
from realist.errors import NotFound
from realist.exports.decisions import decisions_csv
from realist.queries import review, rules, screening, together
from realist.text import line
from tui.gateway.files import write_new

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tui.gateway.door import Gateway

Rows = list[dict[str, Any]]


class RoundRow(NamedTuple):
    """A round as the list shows it; counts are of papers, as far as the person may see."""

    uid: str
    number: int
    name: str
    stage: str
    kind: str
    readers: int
    blind: bool
    opened: bool
    entries: int
    include: int
    exclude: int
    maybe: int
    conflicts: int
    open: int

    @property
    def closed(self) -> bool:
        """Whether it is blind now."""
        return self.blind and not self.opened


class Waits(NamedTuple):
    """So many papers wait for ``what`` ("decision", "check", "resolution"), by ``whom`` ("" for anybody)."""

    what: str
    whom: str
    papers: int


@dataclass(frozen=True, slots=True)
class Story:
    """A round on a page.

    ``row`` is as in :func:`realist.queries.rules.rules`. ``blind`` says whether its decisions were made
    blind, ``hidden`` how many papers are left out of ``agreed`` as the person may not see them yet.
    """

    row: dict[str, Any]
    progress: Rows
    waits: tuple[Waits, ...]
    agreed: Agreement
    blind: bool
    hidden: int
    gate: Gate | None
    feeds: tuple[tuple[str, int], ...]


def listed(gate: Gateway) -> tuple[RoundRow, ...]:
    """Return the rounds of the review by number."""
    rows = gate.read(lambda connection: screening.rounds(connection, viewer=gate.person))
    return tuple(
        RoundRow(
            row["uid"], row["number"], row["name"], row["stage"], row["kind"], row["readers"], row["blind"],
            row["opened"] is not None, row["entries"], row["include"], row["exclude"], row["maybe"],
            row["conflicts"], row["open"],
        )
        for row in rows
    )  # fmt: skip


def story(gate: Gateway, uid: str) -> Story | None:
    """Return everything about a round; None where it is not in the review any more."""
    try:
        return gate.read(lambda connection: _story(connection, uid, gate.person))
    except NotFound:
        return None


def _story(connection: Connection, uid: str, person: str) -> Story:
    row = rules.rules(connection, uid)
    alone = together.independently(connection, uid, viewer=person)
    agreed = agreement.agreement(alone.decided)
    return Story(
        row,
        together.progress(connection, uid),
        _waits(together.waiting(connection, uid, viewer=person)),
        agreed,
        alone.blind,
        alone.hidden,
        passing(row, agreed),
        tuple(rules.feeds(connection, uid, viewer=person)),
    )


def _waits(rows: Rows) -> tuple[Waits, ...]:
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        whom = row["whom"] if row["what"] != "resolution" else ()
        counted.update((row["what"], who) for who in whom or ("",))
    order = ("resolution", "decision", "check")
    found = [Waits(what, whom, n) for (what, whom), n in counted.items()]
    return tuple(sorted(found, key=lambda one: (order.index(one.what), one.whom)))


def statistic(word: str) -> Statistic | None:
    """Return the statistic of agreement that a round keeps by name; None where it is none."""
    known = line(word).casefold()
    return next((one for one in Statistic if known in (one.value.casefold(), one.name.casefold())), None)


def passing(row: dict[str, Any], agreed: Agreement) -> Gate | None:
    """Return whether a pilot round passes; None where nothing was set for it, or nothing that is known."""
    wanted, value = statistic(row["gate_statistic"]), row["gate_value"]
    if not row["pilot"] or wanted is None or value is None or not -1 <= value <= 1:
        return None
    scale = agreed.three_way if wanted is Statistic.MAYBE else agreed.two_way
    return agreement.gate(scale, wanted, value)


# -- what forms ask ---------------------------------------------------------------------------------------


class Known(NamedTuple):
    """What a form offers: names of stages, initials of people who work on the review."""

    stages: tuple[str, ...]
    people: tuple[str, ...]


def known(gate: Gateway) -> Known:
    """Return the stages and the people."""

    def query(connection: Connection) -> Known:
        return Known(
            tuple(row["name"] for row in review.stages(connection)),
            tuple(row["initials"] for row in review.people(connection) if row["active"]),
        )

    return gate.read(query)


def rules_of(gate: Gateway, uid: str) -> dict[str, Any]:
    """Return what was set down for a round."""
    return gate.read(lambda connection: rules.rules(connection, uid))


def handed_to(gate: Gateway, uid: str) -> list[str]:
    """Return who holds papers of a round."""
    return gate.read(lambda connection: rules.handed_to(connection, uid))


# -- files ------------------------------------------------------------------------------------------------


def export_decisions(gate: Gateway, uid: str, name: str) -> str:
    """Write every decision of a round that the person may see to a new CSV file; return a sentence."""
    rows = gate.read(lambda c: list(together.decision_rows(c, viewer=gate.person, round_=uid)))
    return write_new(name, decisions_csv(rows), encoding="utf-8-sig")


def export_text(name: str, lines: Iterable[str]) -> str:
    """Write lines to a new text file; return a sentence."""
    return write_new(name, "\n".join(lines) + "\n")
