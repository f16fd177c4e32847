"""Who looked where and found nothing: for every cell of an evidence grid the reading that it shows."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, select

from realist.queries.extractions import counted
from realist.queries.grouping import paper_grouping
from realist.store.tables import Mechanism, Person, Reading


class Look(NamedTuple):
    """A reading: its ``result`` (a ReadingResult); ``whole`` where it was for all mechanisms there were."""

    result: str
    note: str
    by: str
    whole: bool


def looks(
    connection: Connection, mechanisms: Collection[str], *, viewer: str = ""
) -> dict[tuple[str, str], Look]:
    """Return by (paper, mechanism) the latest reading, for these mechanisms and papers as they are read now.

    Of what *viewer* may see and what counts. One for all mechanisms counts for those that were there by then.
    Three statements; whether anything else stands in the cell is not asked.
    """
    papers = paper_grouping(connection)
    wanted = dict.fromkeys(mechanisms)
    made = {uid: at for uid, at in connection.execute(select(Mechanism.uid, Mechanism.at)) if uid in wanted}
    rows = connection.execute(
        select(Reading.paper, Reading.mechanism, Reading.result, Reading.note, Person.initials, Reading.at)
        .join(Person, Person.uid == Reading.person)
        .where(counted(Reading, viewer))
        .order_by(Reading.at, Reading.uid)
    )
    found: dict[tuple[str, str], Look] = {}
    for paper, mechanism, result, note, by, at in rows:
        look = Look(result, note, by, mechanism is None)
        of = (mechanism,) if mechanism else [uid for uid in wanted if made[uid] <= at]
        for uid in of:
            if uid in made:
                found[papers[paper], uid] = look
    return found
