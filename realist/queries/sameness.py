"""Papers as they are compared for duplicates, what people decided of them, and the log of joins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select, true, union

from realist.domain.duplicates import Outcome, Record
from realist.queries.grouping import Grouping, paper_grouping, parts_of
from realist.queries.undoing import undone
from realist.store.tables import (
    Act,
    ConfigurationPaper,
    Entry,
    Evidence,
    Excerpt,
    Extraction,
    Import,
    NotSame,
    Paper,
    PaperJoin,
    Person,
    Reading,
    RecordText,
    Search,
    Stage,
)
from realist.store.tables import Record as RecordTable
from realist.store.tables.base import aliased
from realist.store.visible import arrived

_FEW = 4000
_USES = (
    Entry.paper, Evidence.paper, Reading.paper, Excerpt.paper, ConfigurationPaper.paper, Extraction.paper,
)  # fmt: skip
JOINING = "join duplicates"
"""The intention of acts that join duplicates."""

PERSON = "person"
"""The rule of joins that a person made."""


class Known(NamedTuple):
    """What is known of papers before they are compared.

    ``decided``: sets of uids that people called the same or different; ``grouping``: under which papers are
    read that are one document now.
    """

    decided: dict[frozenset[str], Outcome]
    grouping: Grouping

    def joined(self) -> list[tuple[str, ...]]:
        """Return the sets of uids that are one document now, sorted."""
        groups: dict[str, list[str]] = {}
        for part, whole in self.grouping.items():
            groups.setdefault(whole, [whole]).append(part)
        return sorted(tuple(sorted(group)) for group in groups.values())


def comparable(connection: Connection, papers: Sequence[str] | None = None) -> list[Record]:
    """Return papers, all or those with these uids, as they are compared.

    That is with corrections, and with the database within its export: a database seldom has a paper twice in
    one export; in two exports of it, the same papers are usual.
    """
    if papers is None:
        return list(_read(connection, _comparable()))
    return [
        record
        for start in range(0, len(papers), 500)
        for record in _read(connection, _comparable().where(Paper.uid.in_(papers[start : start + 500])))
    ]


def _comparable() -> Any:
    return (
        select(
            Paper.uid, Paper.import_, func.coalesce(func.nullif(RecordText.database, ""), Search.source, ""),
            Paper.type, Paper.title, Paper.authors, Paper.year, Paper.journal, Paper.volume, Paper.issue,
            Paper.pages, Paper.doi, Paper.pmid,
        )
        .outerjoin(Import, Import.uid == Paper.import_)
        .outerjoin(Search, Search.uid == Import.search)
        .outerjoin(RecordTable, RecordTable.paper == Paper.uid)
        .outerjoin(RecordText, RecordText.uid == RecordTable.uid)
        .where(arrived())
    )  # fmt: skip


def _read(connection: Connection, statement: Any) -> Iterable[Record]:
    for uid, import_, database, kind, title, authors, *rest in connection.execute(statement):
        yield Record(
            uid, f"{database} in {import_}" if database else "", kind, title,
            tuple(authors.split("\n")) if authors else (), *rest,
        )  # fmt: skip


class Order:
    """In which order papers of one document are: the one under which the others are to be read comes first.

    That is a paper that people work with already, before others; then one that papers were joined into; then
    the one that says most; then the oldest.
    """

    def __init__(self, grouping: Grouping, used: Collection[str], records: Mapping[str, Record]) -> None:
        self._wholes = set(grouping.values())
        self._used = {grouping[uid] for uid in used}
        self._records = records

    def best_first(self, papers: Iterable[str]) -> list[str]:
        """Return *papers*, which stand alone now, in this order."""
        return sorted(papers, key=self._key)

    def _key(self, uid: str) -> tuple[bool, bool, int, str]:
        record = self._records[uid]
        says = sum(map(bool, record[2:])) + len("".join(record.authors)) // 200
        return uid not in self._used, uid not in self._wholes, -says, uid


def used(connection: Connection, papers: Collection[str] | None = None) -> frozenset[str]:
    """Return the papers, all or of these few, that are in a round, or that something was read in."""
    asked = (select(column) for column in _USES)
    if papers is not None:
        asked = (select(column).where(column.in_(papers)) for column in _USES)
    return frozenset(uid for uid in connection.execute(union(*asked)).scalars() if uid)


def used_among(connection: Connection, wholes: Collection[str], grouping: Grouping) -> frozenset[str]:
    """Return the papers among *wholes*, and what is read under them, that people work with."""
    members = [*wholes, *(part for part, whole in grouping.items() if whole in wholes)]
    return used(connection, members if len(members) <= _FEW else None) if members else frozenset()


def best_of(connection: Connection, papers: Sequence[str]) -> str:
    """Return the one of *papers*, with what was joined into each, under which the others are to be read."""
    grouping = Grouping(parts_of(connection, papers))
    joined = Grouping({part: whole for part, whole in grouping.items() if part != whole})
    records = {record.uid: record for record in comparable(connection, papers)}
    return Order(joined, used(connection, list(grouping)), records).best_first(papers)[0]


def known(connection: Connection) -> Known:
    """Return what people decided of papers, and which are one document now."""
    grouping = paper_grouping(connection)
    ends = select(PaperJoin.from_paper, PaperJoin.into_paper)
    parted = _pairs(connection, ends.where(PaperJoin.ended != ""))
    same = _pairs(connection, ends.where(PaperJoin.ended == "", PaperJoin.rule == PERSON))
    apart = _pairs(connection, select(NotSame.one, NotSame.other).where(NotSame.ended == ""))
    decided = {
        pair: Outcome.DIFFERENT
        for pair in parted
        if len({grouping[uid] for uid in pair}) > 1  # else they were joined again
    }
    decided |= dict.fromkeys(same, Outcome.SAME) | dict.fromkeys(apart, Outcome.DIFFERENT)
    return Known(decided, grouping)


def _pairs(connection: Connection, ends: Select[str, str]) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in connection.execute(ends)}


def count_records(connection: Connection) -> int:
    """Return how many records were imported."""
    statement = select(func.sum(Import.records)).where(Import.finished == true())
    return int(connection.execute(statement).scalar() or 0)


def records_of(connection: Connection, papers: list[str]) -> dict[str, str]:
    """Return for each of *papers* the record that it was made for, if there is one."""
    found: dict[str, str] = {}
    for start in range(0, len(papers), 500):
        some = papers[start : start + 500]
        rows = connection.execute(
            select(RecordTable.paper, RecordTable.uid).where(RecordTable.paper.in_(some))
        )
        found |= {row.paper: row.uid for row in rows}
    return found


def joins(connection: Connection) -> list[dict[str, Any]]:
    """Return every join of two papers, oldest first, also those that were ended.

    Each with number, label and title of both, the stage and search each came from, ``rule``, ``score`` (None
    for a person's), ``reason``, who made it (``by``) and when, and ``ended``, why it was ended ("" while it
    holds).
    """
    into = aliased(Paper)
    rows = connection.execute(
        select(
            PaperJoin.uid, Paper.number, Paper.label, Paper.title, Search.name.label("search"),
            Stage.name.label("stage"), into.number.label("into_number"), into.label.label("into_label"),
            into.title.label("into_title"), PaperJoin.rule, PaperJoin.score, PaperJoin.reason,
            Person.initials.label("by"), PaperJoin.at, PaperJoin.ended,
        )
        .join(Paper, Paper.uid == PaperJoin.from_paper)
        .join(into, into.uid == PaperJoin.into_paper)
        .join(Person, Person.uid == PaperJoin.person)
        .outerjoin(Import, Import.uid == Paper.import_)
        .outerjoin(Search, Search.uid == Import.search)
        .outerjoin(Stage, Stage.uid == Search.stage)
        .order_by(PaperJoin.at, Paper.number, PaperJoin.uid)
    )  # fmt: skip
    return [dict(row) for row in rows.mappings()]


def named(connection: Connection, papers: list[str]) -> dict[str, tuple[int, str, str]]:
    """Return number, label and title of each of *papers*."""
    found: dict[str, tuple[int, str, str]] = {}
    for start in range(0, len(papers), 500):
        some = papers[start : start + 500]
        rows = connection.execute(
            select(Paper.uid, Paper.number, Paper.label, Paper.title).where(Paper.uid.in_(some))
        )
        found |= {row.uid: (row.number, row.label, row.title) for row in rows}
    return found


def last_joining(connection: Connection) -> int | None:
    """Return the number of the last act that joined duplicates and still holds, or None."""
    mine = select(func.max(Act.number)).where(Act.intention == JOINING, ~undone(Act))
    found = connection.execute(mine).scalar()
    return None if found is None else int(found)
