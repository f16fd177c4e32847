"""Which papers were compared for duplicates already, and by what each is found again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from realist.domain.duplicates import Setting, rows_version
from realist.store.tables import Act, Change, Deduplication, Paper, PaperKeys
from realist.store.visible import arrived


class Compared(NamedTuple):
    """The searches that hold for a setting, uid by uid with the number of their act, and what is new to them.

    ``fresh``: uids of papers that came, or were corrected, since they were compared, sorted; ``papers``: how
    many there are in all; ``act``: the number of the last act that this knows of.
    """

    searches: dict[str, int]
    fresh: list[str]
    papers: int
    act: int


def compared(connection: Connection, setting: Setting) -> Compared:
    """Return which papers have still to be compared by *setting*: all, after another setting or rules.

    Only the last search counts, and those before it by the same setting and rules: what an undone search
    compared is new again.
    """
    rows = connection.execute(
        select(Deduplication.uid, Deduplication.setting, Deduplication.rules, Act.number)
        .join(Change, Change.row == Deduplication.uid)
        .join(Act, Act.uid == Change.act)
        .where(Change.table_name == Deduplication.__tablename__)
        .order_by(Act.number)
    ).all()
    searches: dict[str, int] = {}
    for uid, by, rules, number in rows:
        if (by, rules) != (setting, rows_version()):
            searches.clear()
        else:
            searches.setdefault(uid, number)  # a search done again compared what it did at first
    known = _known(connection, searches)
    papers = connection.execute(select(Paper.uid).where(arrived())).scalars().all()
    act = connection.execute(select(func.max(Act.number))).scalar() or 0
    return Compared(searches, sorted(set(papers) - known), len(papers), act)


def _known(connection: Connection, searches: dict[str, int]) -> set[str]:
    """The papers that were compared by one of *searches* and not corrected since."""
    if not searches:
        return set()
    rows = connection.execute(select(PaperKeys.paper, PaperKeys.searched)).all()
    by = {paper: searches[uid] for paper, uid in rows if uid in searches}
    changed = corrected_since(connection, min(searches.values()))
    return {paper for paper, number in by.items() if changed.get(paper, 0) <= number}


def corrected_since(connection: Connection, act: int) -> dict[str, int]:
    """Return the papers whose fields were changed after *act*, with the number of the last act that did."""
    rows = connection.execute(
        select(Change.row, func.max(Act.number))
        .join(Act, Act.uid == Change.act)
        .where(Act.number > act, Change.table_name == Paper.__tablename__, Change.before.is_not(None))
        .group_by(Change.row)
    )
    return dict(rows.all())


def keys(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """Yield for each paper that was compared its uid and the keys by which it is found again."""
    rows = connection.execute(
        select(PaperKeys.paper, PaperKeys.keys).join(Paper, Paper.uid == PaperKeys.paper).where(arrived())
    )
    for paper, stored in rows:
        yield paper, bytes.fromhex(stored)
