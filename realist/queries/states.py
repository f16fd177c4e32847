"""Where papers stand in the review: included, excluded, maybe, in conflict, open or not screened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, select, true

from realist.queries.grouping import Grouping, paper_grouping, parts_of
from realist.queries.sets import standing
from realist.queries.words import stored
from realist.store.tables import Decision, Entry, IncludedSet, ListedPaper, Round
from realist.vocabulary import PaperState, Verdict

FEW = 4000
"""Up to so many papers are named in a statement; of more, everything is read."""

_OF_VERDICT = {
    Verdict.INCLUDE: PaperState.INCLUDED,
    Verdict.EXCLUDE: PaperState.EXCLUDED,
    Verdict.MAYBE: PaperState.MAYBE,
}


def among(column: Any, uids: Collection[str] | None) -> ColumnElement[bool]:
    """Whether *column* is one of *uids*; None is no restriction."""
    return true() if uids is None else column.in_(uids)


class How(NamedTuple):
    """How a paper stands in a round, and the people whose current decisions that comes from.

    *verdict* is None while too few have decided, and in a conflict.
    """

    verdict: Verdict | None
    conflict: bool
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Screening:
    """What was decided: by round, of each paper in it; and where the papers stand by that."""

    rounds: Mapping[str, Mapping[str, How]]
    states: Mapping[str, PaperState]


def states(connection: Connection, papers: Collection[str] | None) -> Mapping[str, PaperState]:
    """Return for each of *papers*, uids of papers that stand alone now, where it stands.

    None asks for all papers but those that are unscreened.

    A paper is included when an included set holds it or when it was included in the last round that it
    entered. Otherwise it is what the last round says, by the number of the round: excluded, maybe, conflict
    (readers differ), or open (not decided by enough readers). Unscreened papers are in no round. What was
    decided on papers that were joined is read as one.
    """
    return screening(connection, papers).states


def screening(connection: Connection, papers: Collection[str] | None) -> Screening:
    """Return what was decided on *papers* (as for :func:`states`) in every round they are in."""
    members: list[str] | None = None
    if papers is not None and len(papers) <= FEW:
        of = Grouping(parts_of(connection, papers))
        members = list(of)
    else:
        of = paper_grouping(connection)
    found = _in_rounds(connection, members, of)
    last: dict[str, tuple[int, How]] = {}
    for (_, number), rows in found.items():
        for paper, how in rows.items():
            if paper not in last or last[paper][0] < number:
                last[paper] = (number, how)
    rounds = {uid: rows for (uid, _), rows in found.items()}
    included = _in_sets(connection, members, of, rounds)
    by_paper = {
        paper: PaperState.INCLUDED if paper in included else _state(last[paper][1] if paper in last else None)
        for paper in (papers if papers is not None else last.keys() | included)
    }
    return Screening(rounds, by_paper)


def _state(row: How | None) -> PaperState:
    if row is None:
        return PaperState.UNSCREENED
    if row.verdict is None:
        return PaperState.CONFLICT if row.conflict else PaperState.OPEN
    return _OF_VERDICT[row.verdict]


def _in_rounds(
    connection: Connection, members: list[str] | None, of: Grouping
) -> dict[tuple[str, int], dict[str, How]]:
    """By uid and number of the round: how each paper stands in it."""
    entries = connection.execute(
        select(Entry.uid, Entry.paper, Round.uid.label("round"), Round.number, Round.readers)
        .join(Round, Round.uid == Entry.round)
        .where(among(Entry.paper, members))
    ).all()
    of_entry = {entry: (round_, of[paper]) for entry, paper, round_, _, _ in entries}
    rows = connection.execute(
        select(Decision.entry, Decision.person, Decision.verdict)
        .join(Entry, Entry.uid == Decision.entry)
        .where(among(Entry.paper, members))
        .order_by(Decision.at, Decision.uid)
    )
    latest = {(entry, person): verdict for entry, person, verdict in rows.all()}
    words = {verdict: stored(Verdict, verdict) for verdict in set(latest.values())}
    held: dict[tuple[str, str], list[tuple[str, Verdict]]] = defaultdict(list)
    for (entry, person), verdict in latest.items():
        if verdict != Verdict.UNDECIDED:
            held[of_entry[entry]].append((person, words[verdict]))
    seen: dict[tuple[int, tuple[tuple[str, Verdict], ...]], How] = {}  # the same few over and over
    found: dict[tuple[str, int], dict[str, How]] = defaultdict(dict)
    for _, part, round_, number, readers in entries:
        paper = of[part]
        said = tuple(held.get((round_, paper), ()))
        if (readers, said) not in seen:
            seen[readers, said] = _how(list(said), readers)
        found[round_, number][paper] = seen[readers, said]
    return found


def _how(said: list[tuple[str, Verdict]], readers: int) -> How:
    row = standing("", None, said, readers)
    return How(row.verdict, row.conflict, frozenset(person for person, _ in said))


def _in_sets(
    connection: Connection,
    members: list[str] | None,
    of: Grouping,
    rounds: Mapping[str, Mapping[str, How]],
) -> set[str]:
    """The papers that any included set holds: a decision in the round of a set overrules its list."""
    round_of = {row.uid: row.round for row in connection.execute(select(IncludedSet.uid, IncludedSet.round))}
    included: set[str] = set()
    for uid in filter(None, round_of.values()):
        rows = rounds.get(uid, {})
        included |= {paper for paper, how in rows.items() if how.verdict is Verdict.INCLUDE}
    listed = select(ListedPaper.paper, ListedPaper.included_set).where(among(ListedPaper.paper, members))
    for paper, of_set in connection.execute(listed):
        how = rounds.get(round_of[of_set] or "", {}).get(of[paper])
        if how is None or how.verdict is not Verdict.EXCLUDE:
            included.add(of[paper])
    return included
