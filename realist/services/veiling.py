"""A copy of the review as it was, without what is hidden from who looks now."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update

from realist.queries.blind import person_of
from realist.queries.seen import secret_since
from realist.queries.shown import INNER, TELLING, confidential, shown, unseen_rows
from realist.services.history import MODELS
from realist.services.unit import AT_ONCE, image
from realist.store import search
from realist.store.engine import Store
from realist.store.migrate import unguarded
from realist.store.tables import Act, Change, Tag, Tagging, table_of

_ACT = select(Act.uid, Act.person.label("who"), Act.at, Act.intention, Act.subject, Act.reason, Act.undoes)
_Rows = list[tuple[str, str, dict[str, Any]]]


def veil(store: Store, path: Path, viewer: str) -> None:
    """Take out of a copy at *path* what *viewer* may not see in the review at *store* now.

    Whatever the copy's own rounds and extractions would show: a round may have been open then whose opening
    was taken back, a decision may have been the last one that was waited for. Each row is judged by the
    rounds and extractions of today, as the log judges rows that are gone; what rests on it goes with it, and
    the acts of the log say no more than that log says today.
    """
    with store.read() as now:
        if not confidential(now):
            return
        with unguarded(path) as copy:
            rows = _telling(copy)
            hidden = unseen_rows(now, rows, viewer=viewer)
            touched = _take_out(copy, rows, hidden)
            touched |= _follow(copy)
            _forget_tags(copy, now, viewer)
            _reduce_log(copy, now, viewer)
            search.refresh(copy, touched)


def _telling(copy: Connection) -> _Rows:
    found: _Rows = []
    for name in TELLING:
        table = table_of(MODELS[name])
        for row in copy.execute(select(table)).mappings():
            found.append((name, str(row["uid"]), json.loads(image(row))))
    return found


def _take_out(copy: Connection, rows: _Rows, hidden: frozenset[str]) -> set[tuple[str, str]]:
    touched: set[tuple[str, str]] = set()
    gone: dict[str, list[str]] = defaultdict(list)
    for name, uid, values in rows:
        if uid in hidden:
            gone[name].append(uid)
            if subject := search.subject_of(MODELS[name], values):
                touched.add(subject)
    for name, uids in gone.items():
        _delete(copy, table_of(MODELS[name]), uids)
    return touched


def _follow(copy: Connection) -> set[tuple[str, str]]:
    """Take out what rests on rows that went, and what rests on that, until nothing points nowhere."""
    touched: set[tuple[str, str]] = set()
    while astray := copy.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        by_table: dict[str, list[int]] = defaultdict(list)
        for name, rowid, *_ in astray:
            by_table[name].append(rowid)
        for name, rowids in by_table.items():
            for start in range(0, len(rowids), AT_ONCE):
                some = ",".join(str(int(rowid)) for rowid in rowids[start : start + AT_ONCE])
                uids = copy.exec_driver_sql(f'SELECT uid FROM "{name}" WHERE rowid IN ({some})').scalars()
                found = list(uids)
                table = table_of(MODELS[name])
                for row in copy.execute(select(table).where(table.c.uid.in_(found))).mappings().all():
                    if subject := search.subject_of(MODELS[name], row):
                        touched.add(subject)
                _delete(copy, table, found)
    return touched


def _delete(copy: Connection, table: Table, uids: list[str]) -> None:
    for start in range(0, len(uids), AT_ONCE):
        copy.execute(delete(table).where(table.c.uid.in_(uids[start : start + AT_ONCE])))


def _forget_tags(copy: Connection, now: Connection, viewer: str) -> None:
    """Take out tags that another made since something is hidden, and that are on nothing that is left."""
    began = secret_since(now)
    if began is None:
        return
    made = select(Tag.uid).where(Tag.at >= began, Tag.person != person_of(now, viewer))
    used = select(Tagging.tag)
    copy.execute(delete(table_of(Tag)).where(Tag.uid.in_(made), Tag.uid.not_in(used)))


def _reduce_log(copy: Connection, now: Connection, viewer: str) -> None:
    """Let the acts of the copy say what the log of the review says of them to *viewer* now, and no more."""
    act, change, inner = table_of(Act), table_of(Change), {*TELLING, *INNER}
    acts = list(map(dict, copy.execute(_ACT).mappings()))
    for start in range(0, len(acts), AT_ONCE):
        told = shown(now, acts[start : start + AT_ONCE], viewer=viewer)
        for uid, words in told.items():
            if words.unseen:
                copy.execute(
                    update(act)
                    .where(act.c.uid == uid)
                    .values(intention=words.intention, subject=words.subject, reason=words.reason)
                )
                copy.execute(delete(change).where(change.c.act == uid, change.c.table_name.in_(inner)))
            elif words.apart:
                copy.execute(delete(change).where(change.c.act == uid, change.c.row.in_(words.apart)))
