"""Looking after imports: what a reader that died left behind, and what is not indexed yet."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import delete, select, true, update

from realist.errors import RealistError
from realist.store import search
from realist.store.engine import Store
from realist.store.tables import Import, Paper, Record, RecordRaw, RecordText, SearchDue

BATCH = 1000
STALE = timedelta(hours=1)  # of a reader on another machine, whose clock may differ
_SWEPT = "swept"


def index_imports(store: Store) -> None:
    """Index what finished imports brought, batch by batch, so that others can write in between."""
    while True:
        with store.read() as connection:
            due = search.next_due(connection)
        if due is None:
            return
        with store.write() as connection:
            search.index_due(connection, due)


def worker_name() -> str:
    """Return what names this process among those that import."""
    return f"{socket.gethostname()} {os.getpid()}"


def _alive(worker: str) -> bool:
    host, _, pid = worker.rpartition(" ")
    if worker == _SWEPT:
        return False
    if host != socket.gethostname():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (OSError, ValueError):
        return True
    return True


def sweep_imports(store: Store) -> int:
    """Take out imports whose reader died before the end; return how many there were."""
    with store.read() as connection:
        unfinished = select(Import.uid, Import.worker, Import.beat).where(Import.finished != true())
        rows = connection.execute(unfinished).all()
        due = connection.execute(select(SearchDue.subject).limit(1)).first()
    dead = [row.uid for row in rows if not _alive(row.worker) or store.clock() - row.beat > STALE]
    for uid in dead:
        sweep(store, uid)
    if due:
        with suppress(RealistError):  # an index can wait, and `check` says that it is not complete
            index_imports(store)
    return len(dead)


def sweep(store: Store, uid: str) -> None:
    """Delete an unfinished import, a batch of records at a time, its row last."""
    with store.write() as connection:  # from here on its reader cannot go on
        gone = update(Import).where(Import.uid == uid, Import.finished != true())
        connection.execute(gone.values(worker=_SWEPT))
    more = True
    while more:
        with store.write() as connection:
            row = connection.execute(select(Import.finished).where(Import.uid == uid)).first()
            if row is None or row.finished:
                return
            some = select(Record.uid, Record.paper).where(Record.import_ == uid).limit(BATCH)
            records = connection.execute(some).all()
            uids = [record.uid for record in records]
            for table in (RecordRaw, RecordText, Record):
                connection.execute(delete(table).where(table.uid.in_(uids)))
            connection.execute(delete(Paper).where(Paper.uid.in_([record.paper for record in records])))
            more = bool(records)
            if not more:
                connection.execute(delete(Import).where(Import.uid == uid))
