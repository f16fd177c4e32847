"""Making a review and bringing an older one up to date, whole or not at all.

SQLite's batch mode drops child rows where foreign keys are on and leaves debris where no transaction is
open, so the upgrade runs on a connection of its own, with foreign keys off, inside BEGIN IMMEDIATE, and is
rolled back when a foreign key points nowhere at the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import SQLAlchemyError

import realist
from realist.errors import RealistError, Refused
from realist.store import search
from realist.store.engine import APPLICATION_ID, READABLE, REVISION, connect, is_server

_GUARDED = tuple((table, verb) for table in ("act", "change") for verb in ("UPDATE", "DELETE"))
_GUARDS_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN"
    f" SELECT RAISE(ABORT, 'the log is append-only'); END"
    for table, verb in _GUARDED
)
_GUARDS_POSTGRES = (
    "CREATE OR REPLACE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$",
    *(
        f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        f" EXECUTE FUNCTION log_is_append_only()"
        for table in ("act", "change")
    ),
)


def migrations() -> Path:
    """Return the folder of the migration scripts: in the wheel, or beside the package in a checkout."""
    package = Path(realist.__file__).parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def create(address: str) -> None:
    """Make the tables of a new review at *address*; refuse where something is already there."""
    if is_server(address):
        _create_on_server(address)
        return
    path = Path(address)
    if path.exists():
        raise Refused(f"{path} is already there: choose another name.")
    if not path.absolute().parent.is_dir():
        raise Refused(f"The folder {path.absolute().parent} is not there: make it first.")
    try:
        path.touch()
    except OSError as error:
        raise Refused(f"{path} cannot be made: {error.strerror}.") from error
    try:
        upgrade(address)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _create_on_server(address: str) -> None:
    store = connect(address)
    try:
        with store.read() as connection:
            if inspect(connection).has_table("alembic_version"):
                raise Refused(f"The database {store.address} already holds a review.")
    finally:
        store.close()
    upgrade(address)


def upgrade(address: str, revision: str = REVISION) -> None:
    """Upgrade the review at *address* to *revision* in one transaction; a file is copied first."""
    if is_server(address):
        store = connect(address)
        try:
            with store.write() as connection:
                run(connection, revision)
                guard(connection)
        finally:
            store.close()
        return
    path = Path(address)
    engine = file_engine(path)
    try:
        with engine.connect() as connection, connection.begin():
            found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
            if found >= int(revision):  # somebody else was quicker
                return
            if found:
                _copy_before(path, found)
            run(connection, revision)
            guard(connection)
            astray = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if astray:
                raise RealistError(f"{path} was left as it was: {len(astray)} rows would point nowhere.")
            mark(connection, revision)
    except (SQLAlchemyError, sqlite3.Error) as error:
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise RealistError(
            f"{path} could not be brought up to date and was left as it was: {cause}."
        ) from error
    finally:
        engine.dispose()


def _copy_before(path: Path, version: int) -> Path:
    """Copy the file, which nobody can write meanwhile, beside itself under a name that is free."""
    names = (
        path.with_name(f"{path.name}.schema-{version}{tail}")
        for tail in ("", *map("-{}".format, range(2, 1000)))
    )
    copy = next(name for name in names if not name.exists())
    half = copy.with_name(f"{copy.name}.part")
    source, target = sqlite3.connect(path), sqlite3.connect(half)
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()
    half.replace(copy)
    return copy


def guard(connection: Connection) -> None:
    """Make the triggers that keep the log append-only, and the full-text index; what is there stays."""
    for statement in _GUARDS_SQLITE if connection.dialect.name == "sqlite" else _GUARDS_POSTGRES:
        connection.exec_driver_sql(statement)
    search.install(connection)


def mark(connection: Connection, revision: str) -> None:
    """Write into a file that it is a review, and of which schema."""
    connection.exec_driver_sql(f"PRAGMA user_version={int(revision)}")
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def file_engine(path: Path) -> Engine:
    """Return an engine on a file whose transactions write from their beginning, with foreign keys off."""
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"isolation_level": None})

    @event.listens_for(engine, "connect")
    def configure(raw: sqlite3.Connection, _: object) -> None:
        raw.execute("PRAGMA page_size=16384")  # records of 2 to 5 kB fill smaller pages by half
        raw.execute("PRAGMA foreign_keys=OFF")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextmanager
def unguarded(path: Path) -> Iterator[Connection]:
    """Give a connection to a copy in a file: its rows come and go in any order, its log can be cut.

    At the end the log is append-only again. Raises RealistError, and changes nothing, where a row would point
    nowhere. For copies that nobody else has open: what is written may be lost with the power.
    """
    engine = file_engine(path)

    @event.listens_for(engine, "connect")
    def configure(raw: sqlite3.Connection, _: object) -> None:
        raw.text_factory = READABLE
        raw.execute("PRAGMA synchronous=OFF")

    try:
        with engine.connect() as connection, connection.begin():
            for table, verb in _GUARDED:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{verb.lower()}")
            yield connection
            for statement in _GUARDS_SQLITE:
                connection.exec_driver_sql(statement)
            if astray := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                raise RealistError(
                    f"The review cannot be shown as it was then: {len(astray)} rows would point nowhere."
                )
    finally:
        engine.dispose()


def run(connection: Connection, revision: str) -> None:
    """Bring the tables to *revision*, within the transaction of *connection*."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
