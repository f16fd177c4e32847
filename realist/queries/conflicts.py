"""Papers on which people differ: what is to be resolved, and what was."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from realist.domain.screening import held
from realist.queries.blind import histories, together
from realist.queries.deciding import Placed, placed
from realist.queries.grouping import paper_grouping
from realist.store.tables import Paper, Person, Round

_AT_ONCE = 500


class Conflict(NamedTuple):
    """A paper in a round on which people differ, or (``resolved``) differed before it was resolved.

    ``whom`` are initials of people it was handed to who have not decided.
    """

    round: str
    round_number: int
    round_name: str
    paper: str
    number: int
    label: str
    title: str
    entries: tuple[str, ...]
    whom: tuple[str, ...]
    resolved: bool


def conflicts(
    connection: Connection, *, viewer: str, round_: str = "", resolved: bool | None = False
) -> list[Conflict]:
    """Return what waits for a resolution, or with *resolved* what was resolved, by round and number of paper.

    None asks for both. As far as *viewer* may see; of all rounds, or of one (uid).
    """
    found = placed(connection, viewer, paper_grouping(connection), rounds=[round_] if round_ else None)
    wanted = {
        (uid, paper): row
        for uid, rows in found.items()
        for paper, row in rows.items()
        if (row.how.resolved and resolved is not False) or (row.how.conflict and not resolved)
    }
    rounds = select(Round.uid, Round.number, Round.name)
    named = {uid: (number, name) for uid, number, name in connection.execute(rounds)}
    papers = _papers(connection, {paper for _, paper in wanted})
    whom = _waited_for(connection, wanted)
    made = []
    for (uid, paper), row in wanted.items():
        if paper in papers:
            (of, name), (number, label, title) = named[uid], papers[paper]
            made.append(
                Conflict(
                    uid, of, name, paper, number, label, title, row.entries, whom[uid, paper],
                    row.how.resolved,
                )
            )  # fmt: skip
    return sorted(made, key=lambda one: (one.round_number, one.number))


def _papers(connection: Connection, uids: set[str]) -> dict[str, tuple[int, str, str]]:
    wanted, found = sorted(uids), dict[str, tuple[int, str, str]]()
    for start in range(0, len(wanted), _AT_ONCE):
        columns = select(Paper.uid, Paper.number, Paper.label, Paper.title)
        for row in connection.execute(columns.where(Paper.uid.in_(wanted[start : start + _AT_ONCE]))):
            found[row.uid] = (row.number, row.label, row.title)
    return found


def _waited_for(
    connection: Connection, rows: dict[tuple[str, str], Placed]
) -> dict[tuple[str, str], tuple[str, ...]]:
    said = histories(connection, [entry for row in rows.values() for entry in row.entries])
    names = dict(connection.execute(select(Person.uid, Person.initials)).all())
    found = {}
    for key, row in rows.items():
        have = {one.person for one in held(together(said, row.entries))}
        found[key] = tuple(sorted(names[who] for who in row.how.readers if who not in have))
    return found
