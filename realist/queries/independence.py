"""Which papers are independent of each other: those about one study, nested ones included, count once."""

from __future__ import annotations

from sqlalchemy import Connection, select

from realist.queries.grouping import Grouping
from realist.store.tables import Study, StudyPaper


def units(connection: Connection, papers: Grouping) -> Grouping:
    """Return for each paper that is about a study what it is one with; others stand for themselves.

    Papers are uids as they are read now, by *papers*. A study within a larger one is that one; a paper about
    two studies makes one of both.
    """
    within = dict(connection.execute(select(Study.uid, Study.within)).all())
    joined: dict[str, str] = {}

    def root(of: str) -> str:
        seen = {of}
        while joined.get(of, of) not in seen:
            of = joined[of]
            seen.add(of)
        return of

    def join(one: str, other: str) -> None:
        first, second = root(one), root(other)
        if first != second:
            joined[second] = first

    for study, larger in within.items():
        if larger:
            join(larger, study)
    pairs = connection.execute(select(StudyPaper.study, StudyPaper.paper).order_by(StudyPaper.uid)).all()
    for study, paper in pairs:
        join(study, papers[paper])
    return Grouping({papers[paper]: root(papers[paper]) for _, paper in pairs})
