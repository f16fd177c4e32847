"""What was set down for a round: its rules, criteria and reasons, how it was handed out, what it feeds."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from realist.errors import NotFound
from realist.queries.sets import included_sets
from realist.store.tables import Assignment, Entry, IncludedSet, Person, Reason, Round, Stage

Rows = list[dict[str, Any]]


def rules(connection: Connection, round_: str) -> dict[str, Any]:
    """Return a round (uid): its columns, the name of its stage as ``stage``, ``reasons`` with their numbers.

    ``allocation`` is how it was handed out, {} where it was not: scheme, people, seed and what else it took.
    Raises NotFound where the round is not there any more.
    """
    row = connection.execute(
        select(*Round.__table__.columns, Stage.name.label("of_stage"))
        .join(Stage, Stage.uid == Round.stage)
        .where(Round.uid == round_)
    ).mappings().first()  # fmt: skip
    if row is None:
        raise NotFound("This round is not in the review any more.")
    reasons = connection.execute(
        select(Reason.number, Reason.text).where(Reason.round == round_).order_by(Reason.number)
    )
    return {
        **row,
        "stage": row["of_stage"],
        "reasons": [dict(one) for one in reasons.mappings()],
        "allocation": _allocation(row["allocation"]),
    }


def _allocation(kept: str) -> dict[str, Any]:
    """Return how a round was handed out; what another program wrote there and is none is left alone."""
    try:
        found = json.loads(kept or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def feeds(connection: Connection, round_: str, *, viewer: str) -> list[tuple[str, int]]:
    """Return name and size, as far as *viewer* may see, of the included sets that a round (uid) feeds."""
    own = set(connection.execute(select(IncludedSet.uid).where(IncludedSet.round == round_)).scalars())
    if not own:
        return []
    sets = included_sets(connection, viewer=viewer)
    return [(one.name, len(one.members)) for one in sets if one.uid in own]


def handed_to(connection: Connection, round_: str) -> list[str]:
    """Return the initials of everybody who holds papers of a round (uid), in order."""
    rows = connection.execute(
        select(Person.initials)
        .join(Assignment, Assignment.reader == Person.uid)
        .join(Entry, Entry.uid == Assignment.entry)
        .where(Entry.round == round_, Assignment.ended == "")
        .distinct()
    )
    return sorted(rows.scalars())
