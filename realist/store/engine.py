"""Opening a review: one SQLite file, or one PostgreSQL database. Only this room knows which it is."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from realist.errors import Newer, NoReview, NotAReview, RealistError, Refused
from realist.store.identity import Clock, Uids, now, uuid7

APPLICATION_ID = 0x52454153  # "REAS": tells a review from any other SQLite file
REVISION = "0007"
SCHEMA = int(REVISION)
WAIT_MS = 5000
READABLE = partial(str, encoding="utf-8", errors="replace")
"""How text is read from a file: bytes that another program left and that are no UTF-8 are shown as such."""
_LOCK = 0x5245415353454C46
_SHARED_FILESYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afpfs"}
_OCTAL = re.compile(r"\\([0-7]{3})")  # how a mount point spells its spaces
_SYNCED_FOLDERS = ("dropbox", "onedrive", "google drive", "icloud", "nextcloud")


@dataclass(frozen=True, slots=True)
class Store:
    """An open review: its engine, its clock and its source of uids."""

    engine: Engine
    address: str
    clock: Clock = now
    uids: Uids = field(default_factory=uuid7)
    remark: str = ""
    read_only: bool = False

    @property
    def is_file(self) -> bool:
        """Whether the review is a file of this machine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the review and cannot write."""
        try:
            with self.engine.connect() as connection, connection.begin():
                yield connection
        except DatabaseError as error:
            raise _explained(error, self.address) from error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give the one writing connection: waits for other writers, commits at the end or not at all."""
        try:
            with (
                self.engine.connect().execution_options(realist_write=True) as connection,
                connection.begin(),
            ):
                if not self.is_file:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                yield connection
        except IntegrityError:  # an error of programming, or told apart by who writes
            raise
        except DatabaseError as error:
            raise _explained(error, self.address) from error

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        self.engine.dispose()


def _explained(error: DatabaseError, address: str) -> RealistError:
    cause = str(error.orig).splitlines()[0]
    if "locked" in cause or "busy" in cause:
        return Refused(
            f"{address} is being written by another program for over {WAIT_MS // 1000} s: try again."
        )
    if "connect" in cause.lower():
        return NoReview(f"The server at {address} does not answer: {cause}.")
    if "malformed" in cause or "not a database" in cause:
        return NotAReview(f"{address} is damaged ({cause}): go back to a backup.")
    if "readonly" in cause or "read-only" in cause:
        return Refused(f"{address} cannot be written: the file or its folder is read-only.")
    if "full" in cause:
        return Refused(f"{address} cannot be written: the disk is full. Nothing was changed.")
    return RealistError(f"{address}: {cause}.")


def shown_address(address: str) -> str:
    """Return *address* as it may be shown: without a password."""
    return make_url(address).render_as_string() if is_server(address) else address


def is_server(address: str) -> bool:
    """Return whether *address* names a database server and not a file."""
    return "://" in address


def connect(
    address: str, *, clock: Clock = now, uids: Uids | None = None, looking_only: bool = False
) -> Store:
    """Return a store on *address* without looking at what is there; a file can be for looking only."""
    uids = uids or uuid7(clock)
    if is_server(address):
        return Store(_server_engine(address), make_url(address).render_as_string(), clock, uids)
    path = Path(address)
    arguments = {"isolation_level": None, "timeout": WAIT_MS / 1000}
    if looking_only or not _writable(path):
        engine = create_engine(_looking_only(path), connect_args=arguments)
        _set_pragmas(engine, "")
        remark = f"{path} can be looked at only: the file or its folder cannot be written."
        return Store(engine, str(path), clock, uids, remark, read_only=True)
    shared = shared_folder(path)
    engine = create_engine(
        URL.create("sqlite", database=str(path)), connect_args=arguments, pool_use_lifo=True
    )
    _set_pragmas(engine, "DELETE" if shared else "WAL")
    remark = (
        f"{path.parent} is {shared}: a rollback journal is used instead of a write-ahead log."
        if shared
        else ""
    )
    return Store(engine, str(path), clock, uids, remark)


def _writable(path: Path) -> bool:
    """Whether a review at *path* can be written: a database needs its folder, too, for its journal."""
    return _may_write(path.parent) and (not path.exists() or _may_write(path))


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _looking_only(path: Path) -> URL:
    """Return where to look at a file that cannot be written.

    In a folder that cannot be written, SQLite can use a write-ahead log that is there, but not make one;
    a file without one is taken as it stands.
    """
    beside = [path.with_name(path.name + end) for end in ("-wal", "-shm")]
    query = {"uri": "true", "mode": "ro"}
    if not _may_write(path.parent) and not all(file.exists() for file in beside):
        if beside[0].exists() and beside[0].stat().st_size:
            raise Refused(
                f"{path} was not closed and its folder cannot be written: copy it and {beside[0].name}"
                " to a folder of your own, and open it there."
            )
        query["immutable"] = "1"
    return URL.create("sqlite", database=path.absolute().as_uri(), query=query)


def _server_engine(address: str) -> Engine:
    try:
        engine = create_engine(address, isolation_level="READ COMMITTED", pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise NoReview("A review on PostgreSQL needs the extra: pip install 'realist[postgres]'.") from error
    except Exception as error:  # SQLAlchemy raises several kinds for an address it cannot read
        raise NoReview(f"{address} is no database address: {error}.") from error

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("realist_write"):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return engine


def _set_pragmas(engine: Engine, journal: str) -> None:
    """Prepare every connection; with *journal*, for writing."""

    @event.listens_for(engine, "connect")
    def configure(raw: sqlite3.Connection, _: Any) -> None:
        raw.text_factory = READABLE
        raw.execute(f"PRAGMA busy_timeout={WAIT_MS}")
        raw.execute("PRAGMA foreign_keys=ON")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("PRAGMA cache_size=-16000")
        raw.execute("PRAGMA wal_autocheckpoint=8000")
        if journal:
            raw.execute(f"PRAGMA journal_mode={journal}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("realist_write")
        _pragma(connection, "query_only", "OFF" if write else "ON")
        if write:
            _begin_writing(connection)
        else:
            connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    """Begin a writing transaction, looking often: SQLite's own waiting sleeps up to 100 ms between looks
    and so can miss every gap that a long import leaves."""
    deadline = time.monotonic() + WAIT_MS / 1000
    _pragma(connection, "busy_timeout", "0")
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            except OperationalError as error:
                if "locked" not in str(error.orig) or time.monotonic() > deadline:
                    raise
            time.sleep(0.003)
    finally:
        _pragma(connection, "busy_timeout", str(WAIT_MS))


def _pragma(connection: Connection, name: str, value: str) -> None:
    """Set what neither reads nor writes the file: past SQLAlchemy, which would take longer than SQLite."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.execute(f"PRAGMA {name}={value}")


def shared_folder(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Return what makes the folder of *path* unfit for a write-ahead log, or nothing."""
    folder = path.resolve().parent
    for part in (*path.absolute().parent.parts, *folder.parts):
        if any(name in part.lower() for name in _SYNCED_FOLDERS):
            return "a synced folder"
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    rows = [line.split() for line in lines]
    places = [
        (_OCTAL.sub(lambda found: chr(int(found[1], 8)), row[1]), row[2]) for row in rows if len(row) > 2
    ]
    points = [(place, kind) for place, kind in places if folder.is_relative_to(place)]
    kind = max(points, key=lambda point: len(point[0]), default=("", ""))[1]
    return "on a network drive" if kind in _SHARED_FILESYSTEMS else ""


def open_store(address: str, *, clock: Clock = now, uids: Uids | None = None) -> Store:
    """Open the review at *address*; bring an older one up to date first.

    Raises NoReview, NotAReview or Newer with one sentence about what is there instead.
    """
    if not is_server(address):
        _look_at_file(Path(address))
    store = connect(address, clock=clock, uids=uids)
    try:
        found = _found_schema(store)
    except RealistError:
        store.close()
        raise
    if found > SCHEMA:
        store.close()
        raise Newer(
            f"{store.address} was written by a newer realist (schema {found}, here {SCHEMA}): update it."
        )
    if found < SCHEMA and store.read_only:
        store.close()
        raise Refused(
            f"{store.address} is from an older realist and cannot be brought up to date: it is read-only."
        )
    if found < SCHEMA:
        from realist.store.migrate import upgrade

        store.close()
        upgrade(address)
        store = connect(address, clock=clock, uids=uids)
    return store


def _look_at_file(path: Path) -> None:
    if not path.exists():
        raise NoReview(f"There is no review at {path}: make one with `realist new {path}`.")
    if path.is_dir():
        raise NotAReview(f"{path} is a folder, not a review.")
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise NotAReview(f"{path} cannot be read: {error.strerror}.") from error
    if head[:16] != b"SQLite format 3\x00":
        raise NotAReview(f"{path} is not a review: it is no SQLite file.")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotAReview(f"{path} is a SQLite file of another program, not a review.")


def _found_schema(store: Store) -> int:
    with store.read() as connection:
        if store.is_file:
            return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        if not inspect(connection).has_table("alembic_version"):
            raise NoReview(f"The database {store.address} holds no review: make one with `realist new`.")
        return int(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
