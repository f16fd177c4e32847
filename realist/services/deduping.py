"""Joining papers that are one document: found by evidence, joined as rows that end, nothing deleted."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

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
from realist.services.unit import AT_ONCE, Desk, Unit, values_of
from realist.store.bulk import insert_many
from realist.store.engine import Store
from realist.store.tables import Act, Change, Deduplication, Doubt, PaperJoin, PaperKeys, Row, table_of
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
    found.grouping = found.grouping.with_joins({part: whole for part, whole, _ in found.planned})
    return found.told(len(found.planned), _asked(found.result).values())


def dedupe(
    desk: Desk,
    setting: Setting = Setting.BALANCED,
    *,
    anew: bool = False,
    told: Callable[[str], None] = lambda _: None,
) -> Deduped:
    """Join the papers that are one document under the one that says most; keep what is doubtful as questions.

    Papers that came or were corrected since the last search by this setting are compared with each other and
    with all others; with *anew*, or after a search by another setting, all are. What people decided is never
    overturned: papers they joined stay joined, papers they called different stay apart. A second call
    changes nothing. Refused where somebody called papers different meanwhile. *told* hears before they are
    compared and before the joins are written; what it raises stops the search, and nothing is written.
    """
    told("comparing papers …")
    found = _Search(desk.store, setting, anew=anew)
    told(f"writing {len(found.planned):,} joins …" if len(found.planned) != 1 else "writing 1 join …")
    joined = found.write(desk)
    with desk.store.read() as connection:
        return found.told(joined, questions(connection, found.grouping))


Planned = list[tuple[str, str, Pair]]


class _Search:
    """One search for duplicates: what it compared, what it found, and what should be joined."""

    def __init__(self, store: Store, setting: Setting, *, anew: bool) -> None:
        self._began = time.monotonic()
        self.setting = setting
        with store.read() as connection:
            self.before = compared.compared(connection, setting)
            known = sameness.known(connection)
            self.grouping = known.grouping
            self._count = sameness.count_records(connection)
            fresh = self.before.fresh
            self.whole = anew or not self.before.searches or len(fresh) > MOST_NEW * self.before.papers
            self.records = sameness.comparable(connection, None if self.whole else fresh)
            read = {record.uid: record for record in self.records}

            def fetch(uids: list[str]) -> Iterable[Record]:
                old = sameness.comparable(connection, uids)
                read.update({record.uid: record for record in old})
                return old

            if self.whole:
                self.result = find(
                    self.records, setting=setting, decided=known.decided, joined=known.joined()
                )
            elif self.records:
                self.result = find_new(
                    self.records, compared.keys(connection), fetch,
                    setting=setting, decided=known.decided, joined=known.joined(),
                )  # fmt: skip
            else:
                self.result = Result()
            wholes = {self.grouping[uid] for cluster in self.result.clusters for uid in cluster}
            fetch(sorted(wholes - read.keys()))  # of papers that were joined after they were corrected
            used = sameness.used_among(connection, wholes, self.grouping)
        self._again = None if self.whole else frozenset(fresh)
        self.planned = _planned(self.result, read, self.grouping, used)

    def told(self, joined: int, asked: Iterable[Question]) -> Deduped:
        """Return what came of it when *joined* papers were joined and *asked* is left to a person."""
        papers = self.before.papers - len(self.grouping)
        every = list(asked)
        doubtful = tuple(question for question in every if question.kind is None)
        related = tuple(question for question in every if question.kind is not None)
        seconds = round(time.monotonic() - self._began, 3)
        return Deduped(self._count, len(self.records), papers, joined, doubtful, related, seconds)

    def write(self, desk: Desk) -> int:
        """Write joins, questions, and by what papers are found again; return how many papers were joined.

        All of it is made ready first: nobody else can write meanwhile.
        """
        asked = _asked(self.result)
        with desk.store.read() as connection:
            settled = not _differences(connection, asked, self._again)
        if not self.planned and settled and not self.before.fresh:
            return 0
        joins = [_join(*planned) for planned in self.planned]
        keys = [(record.uid, row_of(record).hex()) for record in self.records]
        counted = f"{len(joins):,} paper{'' if len(joins) == 1 else 's'} ({self.setting})"
        with desk.unit(sameness.JOINING, counted) as work:
            meanwhile = compared.meanwhile(work.connection, self.before.act)
            if meanwhile.parted:
                raise Refused("Somebody called papers different meanwhile: nothing was joined, do it again.")
            if meanwhile.joined:
                self.grouping = paper_grouping(work.connection)
            joins = _still_to_make(joins, self.grouping, meanwhile.gone)
            work.add_all(joins)
            self._ask(work, {ends: asked[ends] for ends in asked if ends.isdisjoint(meanwhile.gone)})
            search = Deduplication(setting=self.setting, rules=rows_version(), papers=len(self.records))
            self._remember(work, work.add(search).uid, keys, meanwhile.corrected | meanwhile.gone)
        self.grouping = self.grouping.with_joins({join.from_paper: join.into_paper for join in joins})
        return len(joins)

    def _ask(self, work: Unit, asked: dict[frozenset[str], Question]) -> None:
        """Make the questions that are kept those that there are now; what is asked still stays."""
        differing = _differences(work.connection, asked, self._again)
        for uid, _ in differing:
            if uid:
                work.remove(Doubt, uid)
        work.add_all([_doubt(asked[ends]) for uid, ends in differing if not uid])

    def _remember(self, work: Unit, search: str, keys: list[tuple[str, str]], apart: set[str]) -> None:
        """Keep by what each compared paper is found again, but for those *apart*, which have to be again."""
        table = table_of(PaperKeys)
        rows = [(uid, search, row) for uid, row in keys if uid not in apart]
        if self.whole:
            work.connection.execute(delete(table))
        else:
            for start in range(0, len(rows), AT_ONCE):
                some = [uid for uid, _, _ in rows[start : start + AT_ONCE]]
                work.connection.execute(delete(table).where(table.c.paper.in_(some)))
        insert_many(work.connection, table, ("paper", "searched", "keys"), rows)


def _join(part: str, whole: str, pair: Pair) -> PaperJoin:
    reason = line(" ".join(reasons_of(pair)))
    return PaperJoin(from_paper=part, into_paper=whole, rule=RULE, score=pair.score, reason=reason)


def _still_to_make(joins: list[PaperJoin], grouping: Grouping, gone: set[str]) -> list[PaperJoin]:
    """Leave out joins of which somebody joined, or took out of the review, one of the papers meanwhile."""
    return [
        join
        for join in joins
        if gone.isdisjoint((join.from_paper, join.into_paper))
        and grouping[join.from_paper] == join.from_paper
        and grouping[join.into_paper] == join.into_paper
    ]


def _asked(result: Result) -> dict[frozenset[str], Question]:
    """Return what a person is to be asked, by the two papers."""
    return {
        frozenset((pair.a, pair.b)): Question(
            pair.a, pair.b, None if pair.kind is None else Relatedness(pair.kind), pair.score,
            tuple(map(line, reasons_of(pair))),
        )
        for pair in (*result.doubtful, *result.related)
    }  # fmt: skip


def _doubt(question: Question) -> Doubt:
    one, other, kind, score, reasons = question
    return Doubt(one=one, other=other, kind=kind, score=score, reason="\n".join(reasons))


def _differences(
    connection: Connection, asked: dict[frozenset[str], Question], again: Collection[str] | None
) -> list[tuple[str, frozenset[str]]]:
    """Return what has to change: (uid of a question to take out, its ends) and ("", ends of one to add).

    What was asked of papers that were compared *again* (None: all) and is not asked now is taken out.
    """
    rows = connection.execute(select(Doubt.uid, Doubt.one, Doubt.other, Doubt.kind, Doubt.score)).all()
    there = {frozenset((row.one, row.other)): row for row in rows}
    found = []
    for ends, row in there.items():
        new = asked.get(ends)
        if new is None:
            stale = again is None or not ends.isdisjoint(again)
        else:
            stale = (new.kind, new.score) != (row.kind, row.score)
        if stale:
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


_MADE: tuple[type[Row], ...] = (PaperJoin, Doubt, Deduplication)


def _undo_what_stands(desk: Desk, number: int) -> str:
    with desk.unit("undo") as work:
        target = undo_target(work.connection, work.person, str(number))
        if target is None:
            raise Refused("There is nothing to take back.")
        work.act.undoes, work.act.subject = target.uid, phrase(target)
        stay = {model: _take_out_what_stands(work, target, model) for model in _MADE}
        _ask_again(work, target)
        if n := stay[PaperJoin]:
            so = "stays so" if n == 1 else "stay so"
            work.note(f"{n:,} of its joins had been ended or taken back before and {so}.")
        return phrase(target)


def _take_out_what_stands(work: Unit, target: Act, model: type[Row]) -> int:
    """Take out the rows that an act added and that are as it left them; return how many are not."""
    table = table_of(model)
    added = select(Change.row, Change.after).where(
        Change.act == target.uid, Change.table_name == table.name, Change.before.is_(None)
    )
    rows = work.connection.execute(added.order_by(Change.position.desc())).all()
    standing: list[dict[str, Any]] = []
    for start in range(0, len(rows), AT_ONCE):
        made = {row.row: values_of(table, str(row.after)) for row in rows[start : start + AT_ONCE]}
        found = work.connection.execute(select(table).where(table.c.uid.in_(made))).mappings()
        standing += [{**row} for row in found if {**row} == made[row["uid"]]]
    work.take_out(model, standing)
    return len(rows) - len(standing)


def _ask_again(work: Unit, target: Act) -> None:
    """Ask again what an act gave up to ask, unless that is asked by now or one of the papers is gone."""
    given_up = select(Change.before).where(
        Change.act == target.uid, Change.table_name == Doubt.__tablename__, Change.after.is_(None)
    )
    rows = [values_of(table_of(Doubt), str(row)) for row in work.connection.execute(given_up).scalars()]
    asked = {frozenset(ends) for ends in work.connection.execute(select(Doubt.one, Doubt.other))}
    there = set(sameness.named(work.connection, [row[end] for row in rows for end in ("one", "other")]))
    for row in rows:
        ends = frozenset((row["one"], row["other"]))
        if ends not in asked and ends <= there:
            work.add(Doubt(**{name: row[name] for name in ("one", "other", "kind", "score", "reason")}))
