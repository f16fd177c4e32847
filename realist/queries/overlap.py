"""What each source of records brought: how many papers, and how many that no other source has."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from sqlalchemy import Connection, func, select, true

from realist.queries.grouping import paper_grouping
from realist.store.tables import Import, Record, Search, Stage

UNKNOWN = "not stated"


class SourceLine(NamedTuple):
    """One source: its ``records``, the ``papers`` they are of, how many of these ``only`` it has.

    ``shared`` says by the name of each other source how many papers both have.
    """

    name: str
    records: int
    papers: int
    only: int
    shared: dict[str, int]


_BY = {
    "source": func.coalesce(func.nullif(Search.source, ""), func.nullif(Import.product, ""), UNKNOWN),
    "search": func.coalesce(Search.name, UNKNOWN),
    "stage": func.coalesce(Stage.name, UNKNOWN),
}
KINDS = tuple(_BY)
"""By what records can be told apart: the database, the search, the stage."""


def overlap(connection: Connection, by: str = "source") -> list[SourceLine]:
    """Return a line for each source, search or stage that records came from, the largest first.

    A paper counts once for each source that has a record of it, whatever it was joined with.
    """
    rows = connection.execute(
        select(Record.paper, _BY[by])
        .join(Import, Import.uid == Record.import_)
        .outerjoin(Search, Search.uid == Import.search)
        .outerjoin(Stage, Stage.uid == Search.stage)
        .where(Import.finished == true())
    )
    grouping = paper_grouping(connection)
    records: Counter[str] = Counter()
    holders: dict[str, set[str]] = defaultdict(set)
    for paper, name in rows:
        records[name] += 1
        holders[grouping[paper]].add(name)
    papers: Counter[str] = Counter()
    only: Counter[str] = Counter()
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for names in holders.values():
        papers.update(names)
        if len(names) == 1:
            only.update(names)
        for name in names:
            shared[name].update(names - {name})
    order = sorted(records, key=lambda name: (-papers[name], name))
    found = []
    for name in order:
        others = {other: shared[name][other] for other in order if other != name}
        found.append(SourceLine(name, records[name], papers[name], only[name], others))
    return found
