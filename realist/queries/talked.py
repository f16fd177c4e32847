"""What people who are asked can talk about: the things of a review by name, to choose from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from realist.queries.extractions import seen
from realist.queries.naming_things import Thing
from realist.queries.things import told
from realist.store.tables import (
    Configuration,
    Context,
    IncludedSet,
    Mechanism,
    MechanismList,
    Outcome,
    Paper,
    Regularity,
    Review,
    Search,
    Theory,
    TheoryPart,
    TheoryVersion,
)
from realist.store.visible import arrived, stands_alone

MOST = 2000
"""So many papers are offered, by number; others are named by who types."""


def talked_of(connection: Connection, *, viewer: str = "") -> list[tuple[str, str, str]]:
    """Return the things that can be talked about and that *viewer* may see: (name, what names it, kind).

    What names it is its kind and uid, as :func:`realist.queries.naming_things.thing_said` reads it.
    """
    found: list[tuple[str, str, str]] = []
    for statement, table in _STATEMENTS:
        some = statement
        if table == "configuration":
            some = statement.where(seen(Configuration, viewer))
        uids = _papers(connection) if table == "paper" else connection.execute(some).scalars().all()
        names = told(connection, [Thing(table, uid) for uid in uids], viewer=viewer)
        for uid in uids:
            if called := names.get(Thing(table, uid)):
                found.append((called.name, f"{called.kind} {uid}", called.kind))
    return found


def _papers(connection: Connection) -> list[str]:
    every = select(Paper.uid).where(arrived(), stands_alone()).order_by(Paper.number)
    return list(connection.execute(every.limit(MOST)).scalars())


_STATEMENTS: tuple[tuple[Any, str], ...] = (
    (select(Mechanism.uid).order_by(Mechanism.number), "mechanism"),
    (select(Context.uid).order_by(Context.number), "context"),
    (select(Outcome.uid).order_by(Outcome.number), "outcome"),
    (select(Configuration.uid).order_by(Configuration.number), "configuration"),
    (select(Theory.uid).order_by(Theory.number), "theory"),
    (select(TheoryVersion.uid).order_by(TheoryVersion.theory, TheoryVersion.number), "theory_version"),
    (select(TheoryPart.uid).order_by(TheoryPart.theory, TheoryPart.number), "theory_part"),
    (select(Regularity.uid).order_by(Regularity.number), "regularity"),
    (select(MechanismList.uid).order_by(MechanismList.position), "mechanism_list"),
    (select(IncludedSet.uid).order_by(IncludedSet.at), "included_set"),
    (select(Search.uid).order_by(Search.number), "search"),
    (select(Review.uid), "review"),
    (select(Paper.uid).limit(0), "paper"),
)
