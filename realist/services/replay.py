"""The review as it was: a copy in a temporary file whose log was taken back to a moment.

The log has, of each row that was changed since, what it was before its first change: that is put back. What
an import brought is not in the log row by row; it goes with its import.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, true

from realist.errors import Refused
from realist.queries.milestones import Moment
from realist.services.history import MODELS, OF_IMPORT
from realist.services.keeping import copy_to
from realist.services.sweeping import index_imports
from realist.services.unit import AT_ONCE, values_of
from realist.services.veiling import veil
from realist.store import files, search
from realist.store.engine import Store, connect
from realist.store.migrate import unguarded
from realist.store.tables import (
    Act,
    Change,
    Draft,
    Import,
    Paper,
    Record,
    RecordRaw,
    RecordText,
    Review,
    SearchDue,
    table_of,
)


class _Was(NamedTuple):
    """A row that was changed since: before its first change then, and after it; None where it was not."""

    before: str | None
    after: str | None


@contextmanager
def as_of(store: Store, moment: Moment, *, viewer: str = "") -> Iterator[Store]:
    """Give the review as it was after the act of *moment*, in a file for looking only that goes at the end.

    What is hidden from *viewer* now is not in the copy, whatever was open then; what was hidden from them
    then is hidden in it as the copy's own rounds and extractions say. Raises Refused where the review was not
    made yet.
    """
    with TemporaryDirectory(prefix="realist-") as folder:
        name = Path(store.address).name if store.is_file else "review.realist"
        path = Path(folder) / name
        rewind(store, path, moment.act)
        veil(store, path, viewer)
        _lend_files(store, path)
        view = connect(str(path), clock=store.clock, uids=store.uids, looking_only=True)
        try:
            with view.read() as connection:
                if connection.execute(select(Review.uid)).first() is None:
                    raise Refused(f"At {moment.called} there was no review yet.")
            yield view
        finally:
            view.close()


def rewind(store: Store, path: Path, number: int) -> None:
    """Write the review as it was after act *number* to a new file: every table, the log, the index.

    Drafts are of today and left out; contents of files are kept by their hash and stay.
    """
    copy_to(store, path, lasting=False)
    copy = connect(str(path), clock=store.clock, uids=store.uids)
    try:
        with copy.read() as connection:
            was = _changed_since(connection, number)
        with unguarded(path) as connection:
            gone = _imports_since(connection, was)
            touched = _take_out_imports(connection, gone)
            touched |= _put_back(connection, was, frozenset(gone))
            touched |= _take_out_imports(connection, gone)  # records that an undone import put into the log
            _cut_log(connection, number)
            connection.execute(delete(table_of(Draft)))
            search.refresh(connection, touched)
        index_imports(copy)
    finally:
        copy.close()


def _changed_since(connection: Connection, number: int) -> dict[str, dict[str, _Was]]:
    """Return by table and uid the rows that acts after *number* changed, by their first change since."""
    found: dict[str, dict[str, _Was]] = defaultdict(dict)
    since = (
        select(Change.table_name, Change.row, Change.before, Change.after)
        .join(Act, Act.uid == Change.act)
        .where(Act.number > number)
        .order_by(Act.number, Change.position)
    )
    for table, uid, before, after in connection.execute(since):
        found[table].setdefault(uid, _Was(before, after))
    return found


def _put_back(
    connection: Connection, was: dict[str, dict[str, _Was]], gone: frozenset[str]
) -> set[tuple[str, str]]:
    """Take every changed row out, then put in those that were there; return what the index has to learn.

    All go before any comes, what imports that are *gone* brought, too: what has a name or number now may have
    taken it from what had it then.
    """
    touched: set[tuple[str, str]] = set()
    for name, rows in was.items():
        table, uids = table_of(MODELS[name]), list(rows)
        for start in range(0, len(uids), AT_ONCE):
            connection.execute(delete(table).where(table.c.uid.in_(uids[start : start + AT_ONCE])))
    for name, rows in was.items():
        model, table = MODELS[name], table_of(MODELS[name])
        back: list[dict[str, Any]] = []
        for row in rows.values():
            values = values_of(table, row.before or row.after or "{}")
            if subject := search.subject_of(model, values):
                touched.add(subject)
            if row.before is not None and not (model is Paper and values["import"] in gone):
                back.append({column.name: values[column.name] for column in table.columns})
        for start in range(0, len(back), AT_ONCE):
            connection.execute(insert(table), back[start : start + AT_ONCE])
    return touched


def _imports_since(connection: Connection, was: dict[str, dict[str, _Was]]) -> list[str]:
    """Return the imports that were not there then, and those that are not finished."""
    unfinished = select(Import.uid).where(Import.finished != true())
    gone = [uid for uid, row in was.get(Import.__tablename__, {}).items() if row.before is None]
    return [*gone, *connection.execute(unfinished).scalars()]


def _take_out_imports(connection: Connection, imports: list[str]) -> set[tuple[str, str]]:
    """Take out what imports brought; return what the index has to forget."""
    forgotten: set[tuple[str, str]] = set()
    for uid in imports:
        papers = select(Paper.uid).where(Paper.import_ == uid)
        forgotten |= {("paper", paper) for paper in connection.execute(papers).scalars()}
        records = select(Record.uid).where(Record.import_ == uid)
        for model, key in OF_IMPORT:
            of = key.in_(records) if model in (RecordRaw, RecordText) else key == uid
            connection.execute(delete(table_of(model)).where(of))
        connection.execute(delete(table_of(Import)).where(Import.uid == uid))
        connection.execute(delete(table_of(SearchDue)).where(SearchDue.subject == uid))
    return forgotten


def _cut_log(connection: Connection, number: int) -> None:
    later = select(Act.uid).where(Act.number > number)
    connection.execute(delete(table_of(Change)).where(Change.act.in_(later)))
    connection.execute(delete(table_of(Act)).where(Act.number > number))


def _lend_files(store: Store, path: Path) -> None:
    """Let the copy find the files of full texts that lie beside the review, where the system can do that."""
    beside = files.folder_of(store.address) if store.is_file else None
    if beside is not None and beside.is_dir():
        with suppress(OSError, NotImplementedError):
            files.folder_of(str(path)).symlink_to(beside.absolute(), target_is_directory=True)
