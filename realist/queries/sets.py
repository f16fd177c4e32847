"""Verdicts and included sets: what people decided, as it stands now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, select

from realist.queries.grouping import Grouping, paper_grouping
from realist.queries.words import stored
from realist.store.tables import Decision, Entry, IncludedSet, ListedPaper, Paper, Round
from realist.text import fold
from realist.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class Standing:
    """How a paper stands in a round: the verdict that enough readers hold, or None while it is open.

    ``conflict`` says that two current decisions differ, also two that one person gave to papers that were
    joined later.
    """

    paper: str
    door: str | None
    verdict: Verdict | None
    conflict: bool


def standings(connection: Connection, round_: str, grouping: Grouping | None = None) -> list[Standing]:
    """Return how each paper of a round stands, one row per current paper, in order of entry."""
    grouping = paper_grouping(connection) if grouping is None else grouping
    entries = connection.execute(
        select(Entry.uid, Entry.paper, Entry.door).where(Entry.round == round_).order_by(Entry.at, Entry.uid)
    ).all()
    readers = connection.execute(select(Round.readers).where(Round.uid == round_)).scalar_one()
    held: dict[tuple[str, str], Verdict] = {}
    of_entry = {row.uid: grouping[row.paper] for row in entries}
    decisions = (
        select(Decision.entry, Decision.person, Decision.verdict)
        .join(Entry, Entry.uid == Decision.entry)
        .where(Entry.round == round_)
        .order_by(Decision.at, Decision.uid)
    )
    for entry, person, verdict in connection.execute(decisions):
        held[entry, person] = stored(Verdict, verdict)
    current: dict[str, list[tuple[str, Verdict]]] = defaultdict(list)
    for (entry, person), verdict in held.items():
        if verdict is not Verdict.UNDECIDED:
            current[of_entry[entry]].append((person, verdict))
    doors: dict[str, str | None] = {}
    for row in entries:
        doors.setdefault(grouping[row.paper], row.door)
    return [standing(paper, door, current[paper], readers) for paper, door in doors.items()]


def standing(paper: str, door: str | None, held: list[tuple[str, Verdict]], readers: int) -> Standing:
    """Return how a paper stands by what is *held* now: each person's current verdict on each entry."""
    verdicts = {verdict for _, verdict in held}
    enough = len({person for person, _ in held}) >= readers
    one = verdicts.pop() if enough and len(verdicts) == 1 else None
    return Standing(paper, door, one, len(verdicts) > 1)


@dataclass(frozen=True, slots=True)
class SetRow:
    """An included set and its members: uids of current papers, in order."""

    uid: str
    name: str
    note: str
    members: tuple[str, ...]


def included_sets(connection: Connection) -> list[SetRow]:
    """Return all included sets with their members, in the order they were named.

    Members are the includes of the set's round and the papers that a source lists, less those whose
    standing in the round is exclude: a decision overrules a list.
    """
    grouping = paper_grouping(connection)
    rows = connection.execute(
        select(IncludedSet.uid, IncludedSet.name, IncludedSet.note, IncludedSet.round).order_by(
            IncludedSet.at, IncludedSet.uid
        )
    )
    return [
        SetRow(row.uid, row.name, row.note, _members(connection, row.uid, row.round, grouping))
        for row in rows.all()
    ]


def _members(connection: Connection, uid: str, round_: str | None, grouping: Grouping) -> tuple[str, ...]:
    listed = connection.execute(
        select(ListedPaper.paper).where(ListedPaper.included_set == uid).order_by(ListedPaper.position)
    ).scalars()
    members = dict.fromkeys(grouping[paper] for paper in listed)
    if round_:
        found = standings(connection, round_, grouping)
        for row in found:
            if row.verdict is Verdict.EXCLUDE:
                members.pop(row.paper, None)
        included = [row.paper for row in found if row.verdict is Verdict.INCLUDE]
        names = labels(connection, included)
        members |= dict.fromkeys(sorted(included, key=lambda paper: (fold(names[paper]), paper)))
    return tuple(members)


def labels(connection: Connection, papers: list[str]) -> dict[str, str]:
    """Return for each paper the label, title, DOI or number under which it is shown."""
    found: dict[str, str] = {}
    for start in range(0, len(papers), 500):
        some = papers[start : start + 500]
        rows = connection.execute(
            select(Paper.uid, Paper.number, Paper.label, Paper.title, Paper.doi).where(Paper.uid.in_(some))
        )
        for row in rows:
            found[row.uid] = row.label or row.title or row.doi or f"#{row.number}"
    return found
