"""Opening a review: what is there instead is told in one sentence, and one file is left behind."""

from __future__ import annotations

import shutil
import sqlite3
import struct
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from realist.errors import Newer, NoReview, NotAReview, RealistError, Refused
from realist.services.keeping import check, open_review
from realist.services.plan import add_stage, create_review
from realist.services.unit import Desk
from realist.store import engine
from realist.store.engine import APPLICATION_ID, SCHEMA, Store, open_store
from realist.store.tables import Objective, Person, Stage, table_of
from realist.store.tables.base import Base

Somebody = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def review(tmp_path: Path, empty_file: Path) -> Path:
    path = tmp_path / "review.realist"
    shutil.copy(empty_file, path)
    fill(path)
    return path


def fill(path: Path) -> None:
    store = open_store(str(path))
    create_review(Desk(store, "SF"), title="A review")
    store.close()


def refused(address: Path | str, error: type[RealistError], told: str) -> None:
    with pytest.raises(error, match=told) as caught:
        open_store(str(address))
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".") or "`" in str(caught.value)


def test_no_file(tmp_path: Path) -> None:
    refused(
        tmp_path / "none.realist", NoReview, "There is no review at .*none.realist: make one with `realist"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_folder(tmp_path: Path) -> None:
    refused(tmp_path, NotAReview, "is a folder, not a review")


PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + zlib.compress(b"x" * 200)


@pytest.mark.parametrize(
    "content", [b"", b"S", b"TY  - JOUR\n", b"SQLite format 2\x00" * 9, PNG, b"\x00" * 4096]
)
def test_a_file_that_is_no_sqlite(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.realist"
    path.write_bytes(content)
    refused(path, NotAReview, "is not a review: it is no SQLite file")
    assert path.read_bytes() == content


def test_a_file_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE moz_places (url TEXT)")
    other.close()
    before = path.read_bytes()
    refused(path, NotAReview, "is a SQLite file of another program, not a review")
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["places.sqlite"]


def test_a_review_of_a_newer_program(review: Path) -> None:
    raw = sqlite3.connect(review)
    raw.execute(f"PRAGMA user_version={SCHEMA + 1}")
    raw.close()
    refused(
        review, Newer, rf"was written by a newer realist \(schema {SCHEMA + 1}, here {SCHEMA}\): update it"
    )


def test_the_file_says_what_it_is(review: Path) -> None:
    raw = sqlite3.connect(review)
    assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert raw.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    raw.close()
    assert review.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big")


@pytest.mark.parametrize(
    "name", ["what?.realist", "a#b.realist", "100%25.realist", "mémoire 中.realist", "a&b=c"]
)
def test_any_file_name_is_a_file_name(tmp_path: Path, empty_file: Path, name: str) -> None:
    shutil.copy(empty_file, tmp_path / name)
    fill(tmp_path / name)
    assert [entry.name for entry in tmp_path.iterdir()] == [name]
    raw = sqlite3.connect(tmp_path / name)
    assert raw.execute("SELECT title FROM review").fetchall() == [("A review",)]
    raw.close()


def test_after_closing_there_is_one_file(review: Path) -> None:
    store = open_store(str(review))
    add_stage(Desk(store, "SF"), "1")
    assert (review.parent / "review.realist-wal").exists()
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    store.close()
    assert [entry.name for entry in review.parent.iterdir()] == ["review.realist"]
    raw = sqlite3.connect(f"file:{review}?mode=ro&immutable=1", uri=True)
    assert raw.execute("SELECT name FROM stage").fetchall() == [("1",)]
    raw.close()


def damage(path: Path, at: float) -> None:
    """Overwrite the page that holds the fraction *at* of the file; of the first one, all but its head."""
    with path.open("r+b") as file:
        size = int.from_bytes(file.read(18)[16:], "big")
        start = int(path.stat().st_size * at) // size * size
        file.seek(max(start, 100))
        file.write(b"\xa5" * (size - file.tell() % size))


def looks(path: Path) -> list[str]:
    """Return what opening, reading everything and checking says, in sentences."""
    try:
        store = open_review(str(path))
    except RealistError as error:
        return [str(error)]
    told = []
    try:
        for table in Base.metadata.sorted_tables:
            try:
                with store.read() as connection:
                    connection.execute(select(table)).all()
            except RealistError as error:
                told.append(str(error))
        try:
            told += check(store)
        except RealistError as error:
            told.append(str(error))
    finally:
        store.close()
    return told


@pytest.mark.parametrize("at", [0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95])
def test_damage_anywhere_is_told_in_sentences(review: Path, at: float) -> None:
    damage(review, at)
    told = looks(review)
    assert told
    assert all("\n" not in sentence for sentence in told)
    assert any("damaged" in sentence or "malformed" in sentence for sentence in told)


@pytest.mark.parametrize("kept", [100, 512, 4096, 100_000])
def test_a_file_that_was_cut_off(review: Path, kept: int) -> None:
    with review.open("r+b") as file:
        file.truncate(kept)
    told = looks(review)
    assert told
    assert any("damaged" in sentence or "malformed" in sentence for sentence in told)


def closed(folder: Path, path: Path, file_rights: int, folder_rights: int) -> None:
    path.chmod(file_rights)
    folder.chmod(folder_rights)


def test_a_read_only_file_can_be_looked_at(guarded: Path, empty_file: Path, unprivileged: Somebody) -> None:
    path = guarded / "review.realist"
    shutil.copy(empty_file, path)
    fill(path)
    looks(path)  # everything is loaded before the rights go
    closed(guarded, path, 0o444, 0o777)
    with unprivileged():
        store = open_review(str(path))
        with store.read() as connection:
            assert connection.execute(select(func.count()).select_from(Person)).scalar() == 1
        with pytest.raises(Refused, match="cannot be written: the file or its folder is read-only") as caught:
            add_stage(Desk(store, "SF"), "1")
        assert "\n" not in str(caught.value)
        assert check(store) == []
        store.close()


@pytest.mark.parametrize("rights", [0o444, 0o666])
def test_a_review_in_a_read_only_folder_can_be_looked_at(
    guarded: Path, empty_file: Path, unprivileged: Somebody, rights: int
) -> None:
    path = guarded / "review.realist"
    shutil.copy(empty_file, path)
    fill(path)
    looks(path)
    before = path.read_bytes()
    closed(guarded, path, rights, 0o555)
    with unprivileged():
        store = open_review(str(path))
        assert store.read_only
        assert "can be looked at only" in store.remark
        with store.read() as connection:
            assert connection.execute(select(func.count()).select_from(Person)).scalar() == 1
        with pytest.raises(RealistError, match=r"read-only") as caught:
            add_stage(Desk(store, "SF"), "1")
        assert "\n" not in str(caught.value)
        store.close()
    assert path.read_bytes() == before
    assert sorted(file.name for file in guarded.iterdir()) == ["review.realist"]


def test_a_review_left_open_in_a_read_only_folder_is_told(
    guarded: Path, empty_file: Path, unprivileged: Somebody
) -> None:
    path = guarded / "review.realist"
    shutil.copy(empty_file, path)
    fill(path)
    path.with_name("review.realist-wal").write_bytes(b"what was not folded in")
    closed(guarded, path, 0o444, 0o555)
    with unprivileged():
        refused(
            path, Refused, "was not closed and its folder cannot be written: copy it and review.realist-wal"
        )


def test_an_older_review_that_cannot_be_written_is_told(
    guarded: Path, empty_file: Path, unprivileged: Somebody
) -> None:
    path = guarded / "review.realist"
    shutil.copy(empty_file, path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=0")
    connection.close()
    for left in guarded.glob("*-*"):
        left.unlink()
    closed(guarded, path, 0o444, 0o555)
    with unprivileged():
        refused(path, Refused, "is from an older realist and cannot be brought up to date: it is read-only")


def test_a_file_that_may_not_be_read(guarded: Path, empty_file: Path, unprivileged: Somebody) -> None:
    path = guarded / "review.realist"
    shutil.copy(empty_file, path)
    closed(guarded, path, 0o000, 0o755)
    with unprivileged():
        refused(path, NotAReview, "cannot be read: Permission denied")


def test_another_writer_is_waited_for_and_then_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    if not store.is_file:
        pytest.skip("a server has no limit to its waiting")
    create_review(Desk(store, "SF"), title="A review")
    other = sqlite3.connect(store.address, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(engine, "WAIT_MS", 30)
    with pytest.raises(Refused, match="is being written by another program") as caught:
        add_stage(Desk(store, "SF"), "1")
    assert "\n" not in str(caught.value)
    with store.read() as connection:  # who only looks is not kept waiting
        assert connection.execute(select(func.count()).select_from(Stage)).scalar() == 0
    other.execute("ROLLBACK")
    other.close()
    add_stage(Desk(store, "SF"), "1")


def test_who_reads_cannot_write(store: Store) -> None:
    row = {
        "uid": "x",
        "person": "x",
        "at": store.clock(),
        "initials": "X",
        "name": "",
        "role": "",
        "active": True,
    }
    with pytest.raises((DBAPIError, RealistError)), store.read() as connection:
        connection.execute(insert(table_of(Person)), row)
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(Person)).scalar() == 0
    create_review(Desk(store, "SF"), title="Writing goes on")


def test_who_reads_sees_one_moment(store: Store) -> None:
    desk = Desk(store, "SF")
    create_review(desk, title="A review")
    count = select(func.count()).select_from(Stage)
    with store.read() as connection:
        assert connection.execute(count).scalar() == 0
        add_stage(desk, "1")
        assert connection.execute(count).scalar() == 0
    with store.read() as connection:
        assert connection.execute(count).scalar() == 1


def test_a_row_that_names_nothing_is_refused_by_the_database(store: Store) -> None:
    row = {"uid": "x", "person": "nobody", "at": store.clock(), "position": 1, "text": ""}
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.execute(insert(table_of(Objective)), row)


def test_a_moment_without_a_time_zone_is_an_error_of_programming(store: Store) -> None:
    row = {"uid": "x", "person": "x", "at": store.clock().replace(tzinfo=None), "position": 1, "text": ""}
    with pytest.raises(Exception, match="without a time zone"), store.write() as connection:
        connection.execute(insert(table_of(Objective)), row)
