"""Demi-regularities with the boxes for and against them, counted in papers."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from realist.domain.patterns.counting import Behind
from realist.queries.extractions import seen
from realist.queries.patterns import Accounts
from realist.store.tables import (
    Configuration,
    Context,
    Mechanism,
    Outcome,
    Person,
    Regularity,
    RegularityCase,
)


class CaseOf(NamedTuple):
    """A box (uid) of a regularity: whether it speaks against it, a note, and whether it counts now.

    Dropped boxes do not count, nor those in whose place a consensus stands.
    """

    box: str
    number: int
    label: str
    counter: bool
    note: str
    counts: bool


class Named(NamedTuple):
    """The uid and name of a context, mechanism or outcome."""

    uid: str
    name: str


class Regular(NamedTuple):
    """A demi-regularity; ``for_`` and ``against`` count the papers of the boxes that count."""

    uid: str
    number: int
    name: str
    wording: str
    context: Named | None
    mechanism: Named | None
    outcome: Named | None
    ended: str
    by: str
    at: datetime
    cases: tuple[CaseOf, ...]
    for_: Behind
    against: Behind


def regularities(
    connection: Connection, of: Accounts, *, uid: str = "", ended: bool = False, viewer: str = ""
) -> list[Regular]:
    """Return the regularities by number: those that hold, with *ended* also those given up, or one (*uid*).

    *of* are the boxes that count; boxes that *viewer* may not see yet are not there.
    """
    cases = _cases(connection, of, viewer)
    row = Regularity
    statement = (
        select(
            row.uid, row.number, row.name, row.wording, row.ended, row.at, Person.initials.label("by"),
            Context.uid.label("context"), Context.name.label("context_name"),
            Mechanism.uid.label("mechanism"), Mechanism.name.label("mechanism_name"),
            Outcome.uid.label("outcome"), Outcome.name.label("outcome_name"),
        )
        .join(Person, Person.uid == row.person)
        .outerjoin(Context, Context.uid == row.context)
        .outerjoin(Mechanism, Mechanism.uid == row.mechanism)
        .outerjoin(Outcome, Outcome.uid == row.outcome)
        .order_by(row.number)
    )  # fmt: skip
    if uid:
        statement = statement.where(row.uid == uid)
    elif not ended:
        statement = statement.where(row.ended == "")
    return [_regular(found, cases[found["uid"]], of) for found in connection.execute(statement).mappings()]


def _regular(row: Any, cases: list[CaseOf], of: Accounts) -> Regular:
    def about(kind: str) -> Named | None:
        return Named(row[kind], row[f"{kind}_name"]) if row[kind] else None

    def side(counter: bool) -> Behind:
        return of.behind(one.box for one in cases if one.counts and one.counter is counter)

    return Regular(
        row["uid"], row["number"], row["name"], row["wording"], about("context"), about("mechanism"),
        about("outcome"), row["ended"], row["by"], row["at"], tuple(cases), side(False), side(True),
    )  # fmt: skip


def _cases(connection: Connection, of: Accounts, viewer: str) -> dict[str, list[CaseOf]]:
    case, box = RegularityCase, Configuration
    rows = (
        select(case.regularity, box.uid, box.number, box.label, case.counter, case.note)
        .join(box, box.uid == case.configuration)
        .where(seen(box, viewer))
        .order_by(case.counter, box.number)
    )
    found: dict[str, list[CaseOf]] = defaultdict(list)
    for regularity, uid, *more in connection.execute(rows):
        found[regularity].append(CaseOf._make((uid, *more, uid in of.papers)))
    return found
