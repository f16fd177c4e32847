"""Things to look at in boxes, with those that were dismissed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from realist.domain.configuration import Box
from realist.domain.looking import Around, Look, looks
from realist.queries.boxes import boxes
from realist.queries.excerpts import states
from realist.queries.words import stored
from realist.store.tables import Dismissal, Person, Review
from realist.vocabulary import AnchorState, ConfigurationStatus, Scheme

_FLAGGED = (AnchorState.NOT_FOUND, AnchorState.AMBIGUOUS)


class Dismissed(NamedTuple):
    """That somebody dismissed something to look at, and why."""

    uid: str
    reason: str
    by: str
    at: datetime


class ToLook(NamedTuple):
    """Something to look at in a box; ``dismissed`` where somebody said that it is fine as it is."""

    box: Box
    look: Look
    dismissed: Dismissed | None


def to_look_at(
    connection: Connection,
    *,
    uids: Collection[str] | None = None,
    paper: str = "",
    viewer: str = "",
) -> list[ToLook]:
    """Return what is to be looked at in boxes: those named, those of a paper, or all not dropped.

    Boxes that *viewer* may not see yet are not there.
    """
    around = Around(_scheme(connection), _flagged(connection))
    gone = dismissals(connection)
    return [
        ToLook(box, look, gone.get((look.rule, look.uid)))
        for box in boxes(connection, uids=uids, paper=paper, viewer=viewer)
        if uids is not None or box.status is not ConfigurationStatus.DROPPED
        for look in looks(box, around)
    ]


def dismissals(connection: Connection) -> dict[tuple[str, str], Dismissed]:
    """Return what was dismissed and holds, by rule and the uid of the box or part."""
    rows = connection.execute(
        select(
            Dismissal.rule, Dismissal.subject, Dismissal.uid, Dismissal.reason, Person.initials, Dismissal.at
        )
        .join(Person, Person.uid == Dismissal.person)
        .where(Dismissal.ended == "")
    )
    return {(row[0], row[1]): Dismissed._make(row[2:]) for row in rows}


def _scheme(connection: Connection) -> Scheme:
    word = connection.execute(select(Review.scheme)).scalar()
    return stored(Scheme, word) if word else Scheme.CMO


def _flagged(connection: Connection) -> dict[str, str]:
    return {uid: state for uid, state in states(connection).items() if state in _FLAGGED}
