"""Joining papers that are one document: found by evidence, joined as rows that end, nothing deleted."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from realist.domain.duplicates import (
    Pair,
    Record,
    Result,
    Setting,
    find,
    find_new,
    reasons_of,
    row_of,
    rows_version,
)
from realist.errors import RealistError, Refused
from realist.queries import compared, sameness
from realist.queries.doubts import Question, questions
from realist.queries.grouping import Grouping, paper_grouping
from realist.queries.undoing import phrase, undo_target
from realist.services import history
from realist.services.unit import Desk, Unit, values_of
from realist.store.bulk import insert_many
from realist.store.engine import Store
from realist.store.tables import Change, Deduplication, Doubt, PaperJoin, PaperKeys, Row, table_of
from realist.text import line
from realist.vocabulary import Relatedness

RULE = "evidence"
"""The rule of joins that the program made: by the sum of the evidence."""
MOST_NEW = 0.2
"""If more of all papers than this are new, all are compared anew: that is as fast, and sees all."""


@dataclass(frozen=True, slots=True)
class Deduped:
    """What came of a search for duplicates.

    ``records`` imported; ``compared`` papers that were new to it; ``papers`` after it, joined ones counted
    once; ``joined`` how many papers were joined into others by it; ``doubtful`` and ``related``: what a
    person is asked now, strongest first; ``seconds`` it took from the database to the end.
    """

    records: int
    compared: int
    papers: int
    joined: int
    doubtful: tuple[Question, ...]
    related: tuple[Question, ...]
    seconds: float


def look(store: Store, setting: Setting = Setting.BALANCED) -> Deduped:
    """Return what comparing all papers anew would come to, and write nothing."""
    found = _Search(store, setting, anew=True)
    asked = _asked(found.result)
    return found.told(len(found.planned), asked.values())


def dedupe(desk: Desk, setting: Setting = Setting.BALANCED, *, anew: bool = False) -> Deduped:
    """Join the papers that are one document under the one that says most; keep what is doubtful as questions.

    Papers that came or were corrected since the last search by this setting are compared with each other and
    with all others; with *anew*, or after a search by another setting, all are. What people decided is never
    overturned: papers they joined stay joined, papers they called different stay apart. A second call
    changes nothing. Refused where somebody called papers different meanwhile.
    """
    found = _Search(desk.store, setting, anew=anew)
    joined = found.write(desk)
    with desk.store.read() as connection:
        return found.told(joined, questions(connection))


Planned = list[tuple[str, str, Pair]]


class _Search:
    """One search for duplicates: what it compared, what it found, and what should be joined."""

    def __init__(self, store: Store, setting: Setting, *, anew: bool) -> None:
        self._began = time.monotonic()
        self.setting = setting
        with store.read() as connection:
            self.before = compared.compared(connection, setting)
            self.known = sameness.known(connection)
            self._grouping = paper_grouping(connection)
            self._count = sameness.count_records(connection)
            fresh = self.before.fresh
            self.whole = anew or not self.before.searches or len(fresh) > MOST_NEW * self.before.papers
            self.records = sameness.comparable(connection, None if self.whole else fresh)
            read = {record.uid: record for record in self.records}

            def fetch(uids: list[str]) -> Iterable[Record]:
                old = sameness.comparable(connection, uids)
                read.update({record.uid: record for record in old})
                return old

            decided, joined = self.known.decided, self.known.joined
            if self.whole:
                self.result = find(self.records, setting=setting, decided=decided, joined=joined)
            elif self.records:
                rows = compared.keys(connection)
                self.result = find_new(
                    self.records, rows, fetch, setting=setting, decided=decided, joined=joined
                )
            else:
                self.result = Result()
        self.planned = _planned(self.result, read, self._grouping, self.known.used)

    def told(self, joined: int, asked: Iterable[Question]) -> Deduped:
        """Return what came of it when *joined* papers were joined and *asked* is left to a person."""
        papers = self.before.papers - len(self._grouping) - joined
        every = list(asked)
        doubtful = tuple(question for question in every if question.kind is None)
        related = tuple(question for question in every if question.kind is not None)
        seconds = round(time.monotonic() - self._began, 3)
        return Deduped(self._count, len(self.records), papers, joined, doubtful, related, seconds)

    def write(self, desk: Desk) -> int:
        """Write joins, questions, and by what papers are found again; return how many papers were joined."""
        asked = _asked(self.result)
        with desk.store.read() as connection:
            settled = not _differences(connection, asked, whole=self.whole)
        if not self.planned and settled and not self.before.fresh:
            return 0
        counted = f"{len(self.planned):,} paper{'' if len(self.planned) == 1 else 's'} ({self.setting})"
        with desk.unit(sameness.JOINING, counted) as work:
            if sameness.known(work.connection).apart != self.known.apart:
                raise Refused("Somebody called papers different meanwhile: nothing was joined, do it again.")
            grouping = paper_grouping(work.connection)
            joined = sum(_joined(work, part, whole, pair, grouping) for part, whole, pair in self.planned)
            self._ask(work, asked)
            search = Deduplication(setting=self.setting, rules=rows_version(), papers=len(self.records))
            self._remember(work, work.add(search).uid)
            return joined

    def _ask(self, work: Unit, asked: dict[frozenset[str], Question]) -> None:
        """Make the questions that are kept those that there are now; what is asked still stays."""
        for uid, ends in _differences(work.connection, asked, whole=self.whole):
            if uid:
                work.remove(Doubt, uid)
            else:
                one, other, kind, score, reasons = asked[ends]
                row = Doubt(one=one, other=other, kind=kind, score=score, reason="\n".join(reasons))
                work.add(row)

    def _remember(self, work: Unit, search: str) -> None:
        """Keep by what each compared paper is found again, unless it was corrected meanwhile."""
        meanwhile = compared.corrected_since(work.connection, self.before.act)
        table = table_of(PaperKeys)
        rows = [
            (record.uid, search, row_of(record).hex())
            for record in self.records
            if record.uid not in meanwhile
        ]
        if self.whole:
            work.connection.execute(delete(table))
        else:
            for start in range(0, len(rows), 500):
                some = [uid for uid, _, _ in rows[start : start + 500]]
                work.connection.execute(delete(table).where(table.c.paper.in_(some)))
        insert_many(work.connection, table, ("paper", "searched", "keys"), rows)


def _asked(result: Result) -> dict[frozenset[str], Question]:
    """Return what a person is to be asked, by the two papers."""
    return {
        frozenset((pair.a, pair.b)): Question(
            pair.a, pair.b, None if pair.kind is None else Relatedness(pair.kind), pair.score,
            tuple(map(line, reasons_of(pair))),
        )
        for pair in (*result.doubtful, *result.related)
    }  # fmt: skip


def _differences(
    connection: Connection, asked: dict[frozenset[str], Question], *, whole: bool
) -> list[tuple[str, frozenset[str]]]:
    """Return what has to change: (uid of a question to take out, its ends) and ("", ends of one to add)."""
    rows = connection.execute(select(Doubt.uid, Doubt.one, Doubt.other, Doubt.kind, Doubt.score)).all()
    there = {frozenset((row.one, row.other)): row for row in rows}
    found = []
    for ends, row in there.items():
        new = asked.get(ends)
        if (new is None and whole) or (new is not None and (new.kind, new.score) != (row.kind, row.score)):
            found.append((row.uid, ends))
    gone = {ends for _, ends in found}
    return found + [("", ends) for ends in asked if ends not in there or ends in gone]


def _planned(result: Result, by_uid: dict[str, Record], grouping: Grouping, used: Collection[str]) -> Planned:
    """Return the joins to make: (paper, the paper that it is read under from now on, why)."""
    order = sameness.Order(grouping, used, by_uid)
    home: dict[str, str] = {}
    for cluster in result.clusters:
        wholes = order.best_first({grouping[uid] for uid in cluster})
        home |= dict.fromkeys(wholes, wholes[0])
    planned: dict[str, tuple[str, Pair]] = {}
    for pair in sorted(result.same, key=lambda pair: -pair.score):
        for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
            part = grouping[one]
            whole = home.get(part, part)
            if part not in (whole, grouping[other]) and part not in planned:
                planned[part] = (whole, pair)
    return [(part, whole, pair) for part, (whole, pair) in sorted(planned.items())]


def _joined(work: Unit, part: str, whole: str, pair: Pair, grouping: Grouping) -> bool:
    """Join a paper, unless it, or what it would be read under, was joined by somebody meanwhile."""
    if grouping[part] != part or grouping[whole] != whole:
        return False
    reason = line(" ".join(reasons_of(pair)))
    work.add(PaperJoin(from_paper=part, into_paper=whole, rule=RULE, score=pair.score, reason=reason))
    return True


def undo_dedupe(desk: Desk) -> str:
    """Take back the last joining of duplicates, also after work went on; return a phrase that says what.

    Joins of it that people ended meanwhile stay as they are. Raises RealistError when there is none.
    """
    with desk.store.read() as connection:
        number = sameness.last_joining(connection)
    if number is None:
        raise RealistError("No joining of duplicates is there to take back.")
    try:
        return history.undo(desk, str(number))
    except Refused:  # somebody ended one of its joins: what still stands can be taken back all the same
        return _undo_what_stands(desk, number)


_MADE: dict[str, type[Row]] = {table.__tablename__: table for table in (PaperJoin, Doubt, Deduplication)}


def _undo_what_stands(desk: Desk, number: int) -> str:
    with desk.unit("undo") as work:
        target = undo_target(work.connection, work.person, str(number))
        if target is None:
            raise Refused("There is nothing to take back.")
        work.act.undoes, work.act.subject = target.uid, phrase(target)
        rows = select(Change.table_name, Change.row, Change.after).where(
            Change.act == target.uid, Change.before.is_(None), Change.after.is_not(None)
        )
        stay = 0
        for table, uid, after in work.connection.execute(rows.order_by(Change.position.desc())).all():
            model = _MADE[table]
            of = table_of(model)
            now = work.connection.execute(select(of).where(of.c.uid == uid)).mappings().first()
            if now is not None and {**now} == values_of(of, str(after)):
                work.remove(model, uid)
            else:
                stay += model is PaperJoin
        if stay:
            work.note(f"{stay:,} of its joins had been ended or taken back before and stay so.")
        return phrase(target)
