"""Opening, checking, mending and copying a review."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import func, insert, select

from realist.errors import NotAReview, RealistError, Refused
from realist.queries.checking import findings
from realist.queries.texts import hashes
from realist.services.sweeping import index_imports, sweep_imports
from realist.store import files, search
from realist.store.engine import Store, connect, open_store
from realist.store.identity import Clock, Uids, now
from realist.store.migrate import create
from realist.store.tables import Base


def open_review(address: str, *, clock: Clock = now, uids: Uids | None = None) -> Store:
    """Open a review and tidy up after imports that died; see open_store for what it raises."""
    store = open_store(address, clock=clock, uids=uids)
    try:
        sweep_imports(store)
    except Refused:  # a read-only review can still be looked at
        pass
    except BaseException:
        store.close()
        raise
    return store


def check(store: Store, *, mend: bool = False) -> list[str]:
    """Return what is wrong with the review; with *mend*, make the full-text index anew first."""
    wrong: list[str] = []
    try:
        index_imports(store)
    except RealistError as error:
        wrong.append(f"The full-text index could not be completed: {error}")
    try:
        with store.write() as connection:
            if mend:
                search.rebuild(connection)
            wrong += findings(connection)
    except NotAReview:  # a damaged file cannot even end the step: what was found before counts
        if not wrong:
            raise
    except Refused:
        if mend:
            raise
        with store.read() as connection:  # nothing can be written here: all but the index can be looked at
            wrong += findings(connection)
    return wrong


def files_missing(store: Store) -> list[str]:
    """Return a sentence for each full text whose file is neither in the review nor beside it."""
    with store.read() as connection:
        names = dict(hashes(connection))
        gone = files.missing(store, connection, names)
    where = f"not in {files.folder_of(store.address)}" if store.is_file else "not in the database"
    return [
        f"The file of the full text {names[name]} is {where} ({name[:12]}…): what was read in it is kept;"
        " put the folder back beside the review."
        for name in gone
    ]


def backup(store: Store, target: Path) -> int:
    """Write a copy of the review to a new file while others go on, and verify it; return its size in bytes.

    A review on a server becomes a `.realist` file. Files of full texts go into the copy itself.
    """
    try:
        there = target.exists()
    except OSError as error:
        raise Refused(f"A copy cannot be written: {error.strerror}. Choose another name.") from error
    if there:
        raise Refused(f"{target} is already there: choose another name.")
    if not target.absolute().parent.is_dir():
        raise Refused(f"The folder {target.absolute().parent} is not there: make it first.")
    try:
        copy_to(store, target)
        _bring_files(store, target)
        _verify(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target.stat().st_size


def copy_to(store: Store, target: Path, *, lasting: bool = True) -> None:
    """Copy a review as it is now to a new file, but not the files of full texts that lie beside it.

    A copy that is not *lasting* may be lost with the power.
    """
    if store.is_file:
        _copy_file(Path(store.address), target, lasting)
    else:
        _copy_rows(store, target)


def _copy_file(path: Path, target: Path, lasting: bool) -> None:
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
            if not lasting:
                copy.execute("PRAGMA synchronous=OFF")
            source.backup(copy, pages=2000)
    except sqlite3.OperationalError as error:
        raise Refused(f"{target} cannot be written: {error}.") from error


def _copy_rows(store: Store, target: Path) -> None:
    create(str(target))
    copy = connect(str(target))
    try:
        with store.read() as source, copy.write() as writer:
            writer.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for table in Base.metadata.sorted_tables:
                if table.name.startswith("search_"):
                    continue
                for rows in source.execute(select(table)).mappings().partitions(1000):
                    writer.execute(insert(table), [dict(row) for row in rows])
            search.rebuild(writer)
            for table in Base.metadata.sorted_tables:
                if not table.name.startswith("search_"):
                    count = select(func.count()).select_from(table)
                    if source.execute(count).scalar_one() != writer.execute(count).scalar_one():
                        raise Refused(f"The copy of {table.name} is not complete: nothing was kept.")
    finally:
        copy.close()


def _bring_files(store: Store, target: Path) -> None:
    """Put the files that lie beside a review into its copy, which is then one file; what is gone is gone."""
    with store.read() as connection:
        names = [name for name, _ in hashes(connection)]
    if not names or not store.is_file:
        return
    copy = open_store(str(target))
    try:
        with store.read() as source, copy.write() as writer:
            gone = set(files.missing(store, source, names))
            for name in names:
                if name not in gone:
                    files.keep_inside(writer, name, files.content_of(store, source, name))
    finally:
        copy.close()


def _verify(target: Path) -> None:
    copy = open_store(str(target))
    try:
        wrong = check(copy)
    finally:
        copy.close()
    if wrong:
        raise Refused(f"The copy is not sound and was not kept: {wrong[0]}")
