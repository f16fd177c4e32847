"""Undo and redo: compensating acts, refused with a reason when the subject has changed since."""

from __future__ import annotations

import json
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    and_,
    delete,
    func,
    insert,
    select,
    true,
    update,
)
from sqlalchemy.exc import IntegrityError

from realist.errors import Refused
from realist.queries.extractions import under_way
from realist.queries.shown_extracted import hidden_rows
from realist.queries.standing import KINDS
from realist.queries.undoing import phrase, redo_target, said, undo_target, undone
from realist.services.unit import AT_ONCE, Desk, Unit, values_of
from realist.store import search
from realist.store.tables import (
    Act,
    Base,
    Change,
    Coding,
    ConsultationItem,
    Context,
    Dismissal,
    Feedback,
    Import,
    ImportProblem,
    Mechanism,
    Memo,
    MoveItem,
    Outcome,
    Paper,
    PaperJoin,
    Person,
    Placement,
    Record,
    RecordRaw,
    RecordText,
    Row,
    Search,
    SearchDue,
    Stage,
    Tag,
    Tagging,
    table_of,
)

MODELS: dict[str, type[Row]] = {model.__tablename__: model for model in Base.models if issubclass(model, Row)}
"""The tables of which the log keeps the rows."""
_IN_PASSING = ("import", "import boxes", "add box", "tag")
_MADE_IN_PASSING: tuple[type[Row], ...] = (Stage, Search, Tag, Mechanism, Context, Outcome)
"""What an act may make on its way, and what then stays on undo when others use it by now."""

ABOUT: tuple[Any, ...] = (
    Memo, Tagging, Coding, Dismissal, Feedback, MoveItem, Placement, ConsultationItem,
)  # fmt: skip
"""The tables whose rows are about a thing of any table."""

OF_IMPORT: tuple[tuple[type[Row], Any], ...] = (
    (ImportProblem, ImportProblem.import_),
    (RecordRaw, RecordRaw.uid),
    (RecordText, RecordText.uid),
    (Record, Record.import_),
    (Paper, Paper.import_),
)
"""What an import brings: its act logs the import and not each of these rows. In the order they can go."""


def undo(desk: Desk, act: str = "", *, reason: str = "") -> str:
    """Reverse an act of this review, by number or uid; by default the last one of the person at the desk.

    Returns a phrase that names what was undone. Raises Refused when something was built on it since, or for
    another's act that may not be seen yet.
    """
    with desk.unit("undo", reason=reason) as work:
        target = undo_target(work.connection, work.person, act)
        if target is None:
            raise Refused("There is nothing of yours to undo.")
        return _reverse(work, target, desk.initials)


def redo(desk: Desk, act: str = "") -> str:
    """Do again what an undo took back, by number of the undo; by default the person's last undo."""
    with desk.unit("redo") as work:
        target = redo_target(work.connection, work.person, act)
        if target is None:
            raise Refused("There is nothing of yours to redo.")
        return _reverse(work, target, desk.initials)


def _reverse(work: Unit, target: Act, viewer: str) -> str:
    shown = said(work.connection, target, viewer=viewer)
    work.act.intention = "redo" if target.undoes else "undo"
    work.act.undoes = target.uid
    work.act.subject = phrase(target)
    changes = select(*table_of(Change).columns).where(Change.act == target.uid)
    rows = work.connection.execute(changes.order_by(Change.position.desc())).mappings().all()
    for (_, kind), some in groupby(rows, key=lambda change: (change["table_name"], _kind(change))):
        run = list(some)
        try:
            if kind == "removed" and len(run) > 1:
                _put_back(work, target, run)
            elif kind == "added" and len(run) > 1:
                _take_out_many(work, target, run)
            else:
                for change in run:
                    _reverse_change(work, target, change)
        except IntegrityError as error:
            raise Refused(_no_room(target, run[0], error)) from error
    _no_circle(work.connection)
    _no_second_merge(work.connection)
    return shown


def _kind(change: RowMapping) -> str:
    return "added" if change["before"] is None else "removed" if change["after"] is None else "changed"


def _no_room(target: Act, change: RowMapping, error: IntegrityError) -> str:
    what = _words(change["table_name"])
    if "foreign key" in str(error.orig).lower():
        why = f"its {what} rests on something that is gone"
    else:
        why = f"something else has the place of its {what} by now"
    return f"Act {target.number} ({phrase(target)}) cannot be reversed: {why}."


def _reverse_change(work: Unit, target: Act, change: RowMapping) -> None:
    model = MODELS[change["table_name"]]
    table = table_of(model)
    uid = change["row"]
    before = None if change["before"] is None else values_of(table, change["before"])
    after = None if change["after"] is None else values_of(table, change["after"])
    now = work.connection.execute(select(table).where(table.c.uid == uid)).mappings().first()
    if before is not None and after is not None:
        changed = {name: before[name] for name in before if before[name] != after[name]}
        if now is None or any(now[name] != after[name] for name in changed):
            raise Refused(_changed(work.connection, target, change))
        if _changed_later(work.connection, target, change, set(changed)):
            raise Refused(_changed(work.connection, target, change))
        work.connection.execute(update(table).where(table.c.uid == uid).values(changed))
        work.log(table.name, uid, now, {**now, **changed})
    elif after is not None:
        if now is None or {**now} != after:
            raise Refused(_changed(work.connection, target, change))
        _take_out(work, target, model, {**now})
    elif before is not None:
        if now is not None:
            raise Refused(_changed(work.connection, target, change))
        work.connection.execute(insert(table), before)
        work.log(table.name, uid, None, before)
    subject = search.subject_of(model, now or before or {})
    if subject:
        work.touch([subject])


def _put_back(work: Unit, target: Act, changes: list[RowMapping]) -> None:
    """Put rows of one table back that an act took out, many at once."""
    model = MODELS[changes[0]["table_name"]]
    table = table_of(model)
    for start in range(0, len(changes), AT_ONCE):
        some = changes[start : start + AT_ONCE]
        rows = [values_of(table, change["before"]) for change in some]
        there = select(table.c.uid).where(table.c.uid.in_([row["uid"] for row in rows]))
        for uid in work.connection.execute(there).scalars():
            raise Refused(_changed(work.connection, target, next(c for c in some if c["row"] == uid)))
        work.connection.execute(insert(table), rows)
        for row in rows:
            work.log(table.name, row["uid"], None, row)
            subject = search.subject_of(model, row)
            work.touch([subject] if subject else [])


def _changed_later(connection: Connection, target: Act, change: RowMapping, names: set[str]) -> bool:
    """Whether a later act that holds changed the same columns, even if the values came round again."""
    later = (
        select(Change.before, Change.after)
        .join(Act, Act.uid == Change.act)
        .where(Change.row == change["row"], Change.table_name == change["table_name"])
        .where(Act.number > target.number, Act.undoes.is_(None), ~undone(Act))
    )
    for before, after in connection.execute(later):
        if before and after:
            old, new = json.loads(before), json.loads(after)
            if any(old[name] != new[name] for name in names & set(old)):
                return True
    return False


def _take_out_many(work: Unit, target: Act, changes: list[RowMapping]) -> None:
    """Take rows of one table out that an act added, many at once where nothing speaks against any of them.

    Else one by one, which says what does, and lets stay what may stay.
    """
    model = MODELS[changes[0]["table_name"]]
    table = table_of(model)
    for start in range(0, len(changes), AT_ONCE):
        some = changes[start : start + AT_ONCE]
        these = table.c.uid.in_([change["row"] for change in some])
        found = work.connection.execute(select(table).where(these)).mappings()
        there = {row["uid"]: {**row} for row in found}
        as_added = all(there.get(change["row"]) == values_of(table, change["after"]) for change in some)
        if model is Import or not as_added or use_of(work, table, these, set()):
            for change in some:
                _reverse_change(work, target, change)
        else:
            work.take_out(model, [there[change["row"]] for change in some])


def _take_out(work: Unit, target: Act, model: type[Row], row: dict[str, Any]) -> None:
    if model is Import:
        _take_out_import(work, target, row["uid"])
    table = table_of(model)
    used = use_of(work, table, table.c.uid == row["uid"], set())
    if used and model in _MADE_IN_PASSING and target.intention in _IN_PASSING:
        name = row.get("name") or row.get("label")
        work.note(f"The {_words(table.name)} {name} stays: {used}.")
        return
    if used:
        raise Refused(f"Act {target.number} ({phrase(target)}) cannot be undone: {used}. Undo that first.")
    work.connection.execute(delete(table).where(table.c.uid == row["uid"]))
    work.log(table.name, row["uid"], row, None)


def _take_out_import(work: Unit, target: Act, uid: str) -> None:
    """Take out what an import brought, each row into the log, so that a redo needs no file."""
    records = select(Record.uid).where(Record.import_ == uid)
    own = {table_of(model) for model, _ in OF_IMPORT} | {table_of(Import)}
    for table, brought in ((table_of(Paper), Paper.import_), (table_of(Record), Record.import_)):
        used = use_of(work, table, brought == uid, own)
        if used:
            raise Refused(
                f"Act {target.number} ({phrase(target)}) cannot be undone: {used}. Undo that first."
            )
    papers = work.connection.execute(select(Paper.uid).where(Paper.import_ == uid)).scalars().all()
    for model, key in OF_IMPORT:
        table = table_of(model)
        where = key.in_(records) if model in (RecordRaw, RecordText) else key == uid
        for row in work.connection.execute(select(table).where(where).order_by(table.c.uid)).mappings():
            work.log(table.name, row["uid"], row, None)
        work.connection.execute(delete(table).where(where))
    work.connection.execute(delete(SearchDue).where(SearchDue.subject == uid))
    work.touch([("paper", paper) for paper in papers])


def use_of(work: Unit, table: Table, where: ColumnElement[bool], apart: set[Any]) -> str:
    """Say what refers to the rows of *table* that match *where*, leaving the tables in *apart* out.

    What these rows say of each other is no use of them. Of what the person may not see yet, only that there
    is something.
    """
    connection, uids, hidden = work.connection, select(table.c.uid).where(where), False
    extracted = under_way(connection)
    for column in _referring(table):
        other = column.table
        if other in apart:
            continue
        own = other.c.uid.not_in(uids) if other is table else true()
        n = connection.execute(select(func.count()).where(column.in_(uids), own)).scalar_one()
        if n and extracted:
            rows = connection.execute(select(other).where(column.in_(uids), own)).mappings()
            images = [(other.name, str(row["uid"]), dict(row)) for row in rows]
            unseen = len(hidden_rows(connection, images, work.initials))
            n, hidden = n - unseen, hidden or unseen > 0
        if n:
            return _rest_on(n, other.name)
    for note in ABOUT:
        of = and_(note.subject_table == table.name, note.subject.in_(uids))
        n = connection.execute(select(func.count()).where(of)).scalar_one()
        if n:
            return _rest_on(n, note.__tablename__)
    return "something that you may not see yet rests on it" if hidden else ""


@cache
def _referring(table: Table) -> tuple[Column[Any], ...]:
    """Return the columns that name rows of *table*."""
    keys = (key for other in Base.metadata.sorted_tables for key in other.foreign_keys)
    return tuple(key.parent for key in keys if key.column.table is table)


def _rest_on(n: int, table: str) -> str:
    word = _words(table)
    if word == "evidence":
        word = "piece of evidence" if n == 1 else "pieces of evidence"
    elif n != 1:
        word = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{n} {word} made since {'rests' if n == 1 else 'rest'} on it"


def _words(table: str) -> str:
    return table.replace("_", " ")


def _changed(connection: Connection, target: Act, change: RowMapping) -> str:
    later = (
        select(Act.number, Person.initials, Act.at, Act.intention)
        .join(Change, Change.act == Act.uid)
        .join(Person, Person.uid == Act.person)
        .where(Change.row == change["row"], Act.number > target.number)
        .order_by(Act.number.desc())
        .limit(1)
    )
    row = connection.execute(later).first()
    by = f" by act {row.number} ({row.intention}, {row.initials}, {row.at:%Y-%m-%d %H:%M})" if row else ""
    what = _words(change["table_name"])
    return f"Act {target.number} ({phrase(target)}) cannot be undone: its {what} was changed since{by}."


def _no_second_merge(connection: Connection) -> None:
    """Refuse one whose merges that hold were made by two acts: each act names all its targets."""
    for of in KINDS.values():
        merges = select(of.source).where(of.merge.ended == "")
        twice = merges.group_by(of.source).having(func.count(of.merge.at.distinct()) > 1)
        if connection.execute(twice.limit(1)).first():
            raise Refused(f"That {of.word} is merged by a later act: undo that one first.")


def _no_circle(connection: Connection) -> None:
    merges = [(f"merge {of.word}s", of.source, of.target, of.merge.ended) for of in KINDS.values()]
    for what, source, target, ended in (
        ("join papers", PaperJoin.from_paper, PaperJoin.into_paper, PaperJoin.ended),
        *merges,
    ):
        into: dict[str, list[str]] = {}
        for one, other in connection.execute(select(source, target).where(ended == "")):
            into.setdefault(one, []).append(other)
        for start in into:
            seen: set[str] = set()
            ahead = list(into[start])
            while ahead:
                at = ahead.pop()
                if at == start:
                    raise Refused(f"That would {what} in a circle: undo the later one first.")
                if at not in seen:
                    seen.add(at)
                    ahead += into.get(at, [])
