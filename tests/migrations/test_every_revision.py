"""Every upgrade keeps every row, or leaves everything as it was."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from realist.errors import Newer, RealistError, Refused
from realist.services.keeping import check
from realist.store import migrate
from realist.store.engine import REVISION, SCHEMA, Store, connect, is_server, open_store
from realist.store.migrate import create, migrations, upgrade
from realist.store.tables import Base
from tests.migrations.rows import EACH, content, counts, fill
from tests.services.dumps import dump
from tests.services.world import world


def revisions() -> list[str]:
    """Return the revisions, oldest first."""
    config = Config()
    config.set_main_option("script_location", str(migrations()))
    found = ScriptDirectory.from_config(config).walk_revisions()
    return [script.revision for script in found][::-1]


@contextmanager
def writing(address: str) -> Iterator[Connection]:
    store = connect(address)
    try:
        with store.write() as connection:
            yield connection
    finally:
        store.close()


def made(address: str, revision: str) -> None:
    """Make the tables of *revision* at *address* and put rows into each."""
    if not is_server(address):
        Path(address).touch()
    upgrade(address, revision)
    with writing(address) as connection:
        fill(connection)


def told(address: str) -> dict[str, list[dict[str, Any]]]:
    with writing(address) as connection:
        return content(connection)


def test_the_latest_revision_is_the_one_the_program_knows() -> None:
    assert revisions()[-1] == REVISION
    assert [int(revision) for revision in revisions()] == list(range(1, SCHEMA + 1))


@pytest.mark.parametrize("revision", revisions())
def test_each_upgrade_keeps_the_rows_of_every_table(nowhere: str, revision: str) -> None:
    made(nowhere, revision)
    before = told(nowhere)
    assert {len(rows) for rows in before.values()} == {EACH}
    later = revisions()[revisions().index(revision) + 1 :] or [revision]
    for following in later:
        upgrade(nowhere, following)
    after = told(nowhere)
    for table, rows in before.items():
        assert len(after[table]) == len(rows), table
    if later == [revision]:
        assert after == before
        assert set(before) == {table.name for table in Base.metadata.sorted_tables}


def test_a_review_goes_on_working_after_an_upgrade(store: Store, tmp_path: Path) -> None:
    world(store, tmp_path)
    before = dump(store, log=True)
    upgrade(store.address if store.is_file else store.engine.url.render_as_string(hide_password=False))
    assert dump(store, log=True) == before
    assert check(store) == []


def test_nothing_is_made_where_something_is(address: str) -> None:
    with pytest.raises(Refused, match=r"already there: choose another name|already holds a review"):
        create(address)


def test_nothing_is_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"The folder .*none is not there: make it first"):
        create(str(tmp_path / "none" / "review.realist"))
    assert list(tmp_path.iterdir()) == []


HEAD = '''"""One more, for tests."""
import sqlalchemy as sa
from alembic import op

revision = "{number:04}"
down_revision = "{before}"
branch_labels = depends_on = None


def upgrade() -> None:
    """Change what many rows rest on."""
    with op.batch_alter_table("person"{recreate}) as batch:
        batch.add_column(sa.Column("orcid", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("act"{recreate}) as batch:
        batch.add_column(sa.Column("place", sa.Text(), nullable=True))
    op.create_table("poem", sa.Column("uid", sa.Text(), primary_key=True))
    op.execute("UPDATE tag SET name = 'changed ' || name")
    {end}
'''
NEXT = SCHEMA + 1


@pytest.fixture
def planned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations with room for one more, which the program runs instead of its own."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "migrations", lambda: folder)
    return folder


def plan(folder: Path, end: str, *, recreate: bool) -> str:
    """Write one more revision that ends with the statement *end*; return its number."""
    how = ', recreate="always"' if recreate else ""
    text = HEAD.format(number=NEXT, before=REVISION, end=end, recreate=how)
    (folder / "versions" / f"{NEXT:04}_one_more.py").write_text(text, encoding="utf-8")
    return f"{NEXT:04}"


def test_a_table_that_is_made_anew_loses_no_row_that_rests_on_it(nowhere: str, planned: Path) -> None:
    made(nowhere, REVISION)
    before = told(nowhere)
    upgrade(nowhere, plan(planned, "pass", recreate=not is_server(nowhere)))
    after = told(nowhere)
    assert after.pop("poem") == []
    assert {name: len(rows) for name, rows in after.items()} == dict.fromkeys(before, EACH)
    assert {row["orcid"] for row in after["person"]} == {""}
    assert sorted(row["name"] for row in after["tag"]) == [f"changed tag name {n}" for n in (1, 2, 3)]
    same = set(before) - {"person", "act", "tag"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


def test_the_guards_of_the_log_survive_a_table_that_is_made_anew(tmp_path: Path, planned: Path) -> None:
    path = tmp_path / "review.realist"
    made(str(path), REVISION)
    upgrade(str(path), plan(planned, "pass", recreate=True))
    raw = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute("UPDATE act SET reason = 'x'")
    assert raw.execute("PRAGMA user_version").fetchone() == (NEXT,)
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()


FAILS = (
    'raise RuntimeError("the last step fails")',
    "op.execute(\"INSERT INTO poem VALUES ('x'), ('x')\")",
    'op.drop_column("tag", "no_such_column")',
)


def test_a_migration_that_fails_leaves_everything_as_it_was(nowhere: str, planned: Path) -> None:
    made(nowhere, REVISION)
    before = told(nowhere)
    for end in FAILS if not is_server(nowhere) else FAILS[:1]:
        bytes_before = b"" if is_server(nowhere) else Path(nowhere).read_bytes()
        number = plan(planned, end, recreate=not is_server(nowhere))
        with pytest.raises(Exception, match=r"the last step fails|poem\.uid|no_such_column"):
            upgrade(nowhere, number)
        if bytes_before:
            assert Path(nowhere).read_bytes() == bytes_before
        assert told(nowhere) == before
    store = open_store(nowhere)
    store.close()


def test_a_migration_that_would_lose_rows_is_not_kept(tmp_path: Path, planned: Path) -> None:
    path = tmp_path / "review.realist"
    made(str(path), REVISION)
    before = told(str(path))
    number = plan(planned, 'op.execute("DELETE FROM mechanism WHERE number = 1")', recreate=True)
    with pytest.raises(RealistError, match=r"was left as it was: \d+ rows would point nowhere"):
        upgrade(str(path), number)
    assert told(str(path)) == before


def test_a_copy_is_made_before_an_upgrade(tmp_path: Path, planned: Path) -> None:
    path = tmp_path / "review.realist"
    made(str(path), REVISION)
    before = told(str(path))
    upgrade(str(path), plan(planned, "pass", recreate=True))
    copy = tmp_path / f"review.realist.schema-{SCHEMA}"
    assert told(str(copy)) == before


def test_what_a_newer_program_wrote_is_refused_and_left_alone(tmp_path: Path, planned: Path) -> None:
    nowhere = str(tmp_path / "review.realist")
    made(nowhere, REVISION)
    upgrade(nowhere, plan(planned, "pass", recreate=False))
    before = told(nowhere)
    with pytest.raises(Newer, match=rf"by a newer realist \(schema {NEXT}, here {SCHEMA}\): update it"):
        open_store(nowhere)
    assert told(nowhere) == before


def test_an_older_review_is_upgraded_when_it_is_opened(
    tmp_path: Path, planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = str(tmp_path / "review.realist")
    from realist.store import engine

    made(nowhere, REVISION)
    number = plan(planned, "pass", recreate=False)
    monkeypatch.setattr(engine, "SCHEMA", NEXT)
    monkeypatch.setattr(upgrade, "__defaults__", (number,))
    store = open_store(nowhere)
    with store.read() as connection:
        assert counts(connection)["person"] == EACH
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == number
    store.close()
