"""Where papers stand in the review: included, excluded, maybe, in conflict, open or not screened."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, true

from realist.queries.deciding import How, by_paper, placed, rules_of
from realist.queries.grouping import Grouping, paper_grouping, parts_of
from realist.store.tables import IncludedSet, ListedPaper
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


@dataclass(frozen=True, slots=True)
class Screening:
    """What was decided: by round, of each paper in it; and where the papers stand by that."""

    rounds: Mapping[str, Mapping[str, How]]
    states: Mapping[str, PaperState]


def states(
    connection: Connection, papers: Collection[str] | None, *, viewer: str = ""
) -> Mapping[str, PaperState]:
    """Return for each of *papers*, uids of papers that stand alone now, where it stands for *viewer*.

    None asks for all papers but those that are unscreened.

    A paper is included when an included set holds it or when it was included in the last round that it
    entered. Otherwise it is what the last round says, by the number of the round: excluded, maybe, conflict
    (readers differ), or open (not decided by enough readers). Unscreened papers are in no round. What was
    decided on papers that were joined is read as one.
    """
    return screening(connection, papers, viewer=viewer).states


def screening(connection: Connection, papers: Collection[str] | None, *, viewer: str = "") -> Screening:
    """Return what *viewer* may see of what was decided on *papers* (as for :func:`states`) in every round."""
    members: list[str] | None = None
    if papers is not None and len(papers) <= FEW:
        of = Grouping(parts_of(connection, papers))
        members = list(of)
    else:
        of = paper_grouping(connection)
    found = placed(connection, viewer, of, members=members)
    rounds = {round_: by_paper(found[round_]) for round_ in rules_of(connection) if round_ in found}
    last: dict[str, How] = {}
    for rows in rounds.values():
        last |= rows
    included = _in_sets(connection, members, of, rounds)
    found_states = {
        paper: PaperState.INCLUDED if paper in included else _state(last.get(paper))
        for paper in (papers if papers is not None else last.keys() | included)
    }
    return Screening(rounds, found_states)


def _state(row: How | None) -> PaperState:
    if row is None:
        return PaperState.UNSCREENED
    if row.verdict is None:
        return PaperState.CONFLICT if row.conflict else PaperState.OPEN
    return _OF_VERDICT[row.verdict]


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
