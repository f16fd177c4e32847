"""What a person is asked about papers that may be one document, or belong together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from realist.queries.grouping import Grouping, paper_grouping, wholes_of
from realist.store.tables import Doubt, NotSame, RelatedPaper

_FEW = 4000
"""Of up to so many papers it is asked one by one under which they are read now."""


class Question(NamedTuple):
    """Two papers, and what a person is asked of them: the same document, or (with ``kind``) related?

    ``one`` < ``other`` by uid; ``score`` from 0 to 1 says how much speaks for one document; ``reasons`` are
    sentences, the weightiest first.
    """

    one: str
    other: str
    kind: str | None
    score: float
    reasons: tuple[str, ...]


def _answers(connection: Connection) -> list[tuple[str, str]]:
    """Return the pairs of papers that people called different or related."""
    return [
        (one, other)
        for table in (NotSame, RelatedPaper)
        for one, other in connection.execute(select(table.one, table.other).where(table.ended == ""))
    ]


def questions(connection: Connection, grouping: Grouping | None = None) -> list[Question]:
    """Return what is not answered yet: doubtful pairs, then related ones, each the strongest first.

    A pair is answered when its papers are one now, or when people said of the papers under which they are
    read now that they are different or related. Of several pairs of the same two, the strongest is asked.
    """
    rows = connection.execute(
        select(Doubt.one, Doubt.other, Doubt.kind, Doubt.score, Doubt.reason).order_by(
            Doubt.score.desc(), Doubt.one, Doubt.other
        )
    ).all()
    answers = _answers(connection) if rows else []
    named = {uid for row in rows for uid in (row.one, row.other)}.union(*answers)
    if grouping is None:
        few = len(named) <= _FEW
        grouping = Grouping(wholes_of(connection, named)) if few else paper_grouping(connection)
    done = {frozenset((grouping[one], grouping[other])) for one, other in answers}
    found = []
    for one, other, kind, score, reason in rows:
        ends = frozenset((grouping[one], grouping[other]))
        if len(ends) == 2 and ends not in done:
            done.add(ends)
            found.append(Question(one, other, kind, score, tuple(reason.split("\n"))))
    return sorted(found, key=lambda question: question.kind is not None)


def count_doubts(connection: Connection, grouping: Grouping | None = None) -> tuple[int, int]:
    """Return how many doubtful and how many related pairs wait for an answer."""
    if not connection.execute(select(func.count()).select_from(Doubt)).scalar():
        return 0, 0
    open_ = questions(connection, grouping)
    doubtful = sum(question.kind is None for question in open_)
    return doubtful, len(open_) - doubtful


def hanging_together(
    questions: Iterable[Question], grouping: Grouping
) -> list[tuple[tuple[str, ...], list[Question]]]:
    """Return groups of papers tied by doubtful questions, and each related pair: with their questions.

    Papers are those under which they are read now; groups come in the order of their strongest question.
    """
    groups: list[tuple[list[str], list[Question]]] = []
    home: dict[str, tuple[list[str], list[Question]]] = {}
    for question in questions:
        ends = [grouping[question.one], grouping[question.other]]
        if question.kind is not None:
            groups.append((ends, [question]))
            continue
        there = [home[uid] for uid in ends if uid in home]
        group = there[0] if there else ([], [])
        if not there:
            groups.append(group)
        elif len(there) == 2 and there[0] is not there[1]:
            group[0].extend(there[1][0])
            group[1].extend(there[1][1])
            groups.remove(there[1])
        group[0].extend(uid for uid in ends if uid not in group[0])
        group[1].append(question)
        home.update(dict.fromkeys(group[0], group))
    return [(tuple(papers), asked) for papers, asked in groups]
