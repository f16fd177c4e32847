"""An archive made a review again: equal in every row, on either engine, and one that can be worked on."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import MetaData
from sqlalchemy.exc import DatabaseError

from realist.errors import RealistError, Refused
from realist.exports import archive
from realist.formats.archive import Packing, table_name
from realist.services.history import redo, undo
from realist.services.keeping import check, files_missing
from realist.services.papers import add_paper
from realist.services.plan import add_stage
from realist.services.receiving import Step, import_review
from realist.services.unit import Desk
from realist.store import asking
from realist.store.engine import SCHEMA, connect, open_store
from realist.store.files import content_of
from realist.store.migrate import upgrade
from realist.store.plain import plans, rows
from realist.store.tables import Base
from tests.conftest import own_schema
from tests.exports.archives import archived, pieces, to_the_byte
from tests.migrations.rows import value_of
from tests.services.dumps import Dump, dump
from tests.services.world import World
from tests.tui.hostile import spoil

NOT_THERE = ("search_piece", "search_due", "draft")


@pytest.fixture(params=["sqlite", "postgresql"])
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An address where no review is yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "again.realist")
        return
    yield from own_schema(f"realist_received_{os.getpid()}")


@pytest.fixture
def hiding_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_hidden", lambda *_: ())


def held(address: str) -> Dump:
    """Return every row of every table that an archive holds."""
    store = open_store(address)
    try:
        return {name: of for name, of in dump(store, log=True).items() if name not in NOT_THERE}
    finally:
        store.close()


def opened(tour: str) -> None:
    """End what is hidden in the tour."""
    store = open_store(tour)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE round SET blind = 0")
    store.close()


@pytest.mark.parametrize("sample", ["leadership", "tour"])
def test_a_sample_is_equal_in_every_row(
    sample: str, nowhere: str, leadership_file: Path, tour: str, tmp_path: Path
) -> None:
    opened(tour)
    address = tour if sample == "tour" else str(leadership_file)
    made = archived(address, tmp_path / "review.zip")
    seen: list[Step] = []
    got = import_review(tmp_path / "review.zip", nowhere, seen.append)
    assert (got.rows, got.files, got.missing, got.schema) == (made.rows, made.files, 0, SCHEMA)
    after = held(nowhere)
    assert after == held(address)
    assert sum(map(len, after.values())) == made.rows
    assert [step.share for step in seen] == sorted(step.share for step in seen)
    archived(nowhere, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "review.zip").read_bytes()


@pytest.mark.usefixtures("hiding_nothing")
def test_a_review_with_rows_in_every_table(lasting: World, nowhere: str, tmp_path: Path) -> None:
    target = tmp_path / "review.zip"
    archive.write_archive(lasting.store, target, viewer="SF")
    got = import_review(target, nowhere)
    before = {name: of for name, of in dump(lasting.store, log=True).items() if name not in NOT_THERE}
    after = held(nowhere)
    files = before.pop("document_file"), after.pop("document_file")
    assert {row["sha256"] for row in files[0]} <= {row["sha256"] for row in files[1]}
    assert json.loads(json.dumps(after, default=str)) == json.loads(json.dumps(before, default=str))
    assert got.missing == 0
    if nowhere.endswith(".realist"):
        left = {path.name for path in tmp_path.iterdir()}
        assert left <= {"again.realist", "again.files", "review.zip"}
    archived(nowhere, tmp_path / "again.zip")
    assert pieces(tmp_path / "again.zip").keys() == pieces(target).keys()


def test_it_can_be_worked_on_undone_and_searched(nowhere: str, tour: str, tmp_path: Path) -> None:
    opened(tour)
    archived(tour, tmp_path / "review.zip")
    import_review(tmp_path / "review.zip", nowhere)
    store, first = open_store(nowhere), open_store(tour)
    assert check(store) == []
    assert files_missing(store) == []
    with store.read() as after, first.read() as before:
        for word in ("stroke", "peer", "understood", "nowhere"):
            found = sorted(asking.find(before, word, limit=1000))
            assert sorted(asking.find(after, word, limit=1000)) == found
        assert asking.find(after, "understood")
    here, there = Desk(store, "SF"), Desk(first, "SF")
    for desk in (here, there):
        add_paper(desk, label="New (2026)")
    assert undo(here) == undo(there)
    assert redo(here) == redo(there)
    number = held(tour)["act"][-20]["number"]
    assert _undone(here, number) == _undone(there, number)
    for log in ("act", "change"):
        with pytest.raises((DatabaseError, RealistError), match="append-only"), store.write() as connection:
            connection.exec_driver_sql(f"DELETE FROM {log}")
    store.close()
    first.close()


def _undone(desk: Desk, number: int) -> str:
    try:
        return undo(desk, str(number))
    except Refused as error:
        return str(error)


def test_hostile_text_comes_back_to_the_byte(tour: str, tmp_path: Path) -> None:
    opened(tour)
    assert spoil(tour) > 1000
    archived(tour, tmp_path / "review.zip")
    import_review(tmp_path / "review.zip", str(tmp_path / "again.realist"))
    assert to_the_byte(tmp_path / "again.realist") == to_the_byte(tour)
    store = open_store(str(tmp_path / "again.realist"))
    assert check(store) == []
    store.close()
    archived(str(tmp_path / "again.realist"), tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "review.zip").read_bytes()


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("'a' || char(0) || 'b'", "title holds a NUL character, which only a file can keep"),
        ("CAST(x'EDA080' AS TEXT)", "title holds bytes that are no UTF-8, which only a file can keep"),
    ],
)
def test_what_a_server_cannot_keep_is_named(value: str, why: str, file_desk: Desk, tmp_path: Path) -> None:
    for label in "AB":
        add_paper(file_desk, label=label)
    with closing(sqlite3.connect(file_desk.store.address)) as connection:
        connection.execute(f"UPDATE paper SET title = {value} WHERE number = 2")
        connection.commit()
    archived(file_desk.store.address, tmp_path / "review.zip")
    for address in own_schema(f"realist_unkept_{os.getpid()}"):
        with pytest.raises(RealistError) as caught:
            import_review(tmp_path / "review.zip", address)
        assert str(caught.value).startswith(
            f"review.zip, tables/paper.jsonl, line 2: {why}; nothing was made"
        )
        store = connect(address)
        with store.read() as reading:
            found = MetaData()
            found.reflect(reading)
            assert not found.tables
        store.close()


def test_files_beside_are_beside_again(file_desk: Desk, tmp_path: Path) -> None:
    from realist.services import attaching

    paper = add_paper(file_desk, label="A")
    for name, inside in (("in.txt", True), ("beside.txt", False)):
        (tmp_path / name).write_text(f"Words that stand in {name}, and more of them.\n" * 9, encoding="utf-8")
        attaching.attach(file_desk, paper, tmp_path / name, embed=inside)
    target = tmp_path / "there" / "again.realist"
    target.parent.mkdir()
    archived(file_desk.store.address, tmp_path / "review.zip")
    import_review(tmp_path / "review.zip", str(target))
    beside = sha256((tmp_path / "beside.txt").read_bytes()).hexdigest()
    assert [path.name for path in (target.parent / "again.files").iterdir()] == [beside]
    assert {path.name for path in target.parent.iterdir()} == {"again.files", "again.realist"}
    store = open_store(str(target))
    with store.read() as connection:
        for name in ("in.txt", "beside.txt"):
            raw = (tmp_path / name).read_bytes()
            assert content_of(store, connection, sha256(raw).hexdigest()) == raw
    assert check(store) + files_missing(store) == []
    store.close()
    archived(file_desk.store.address, tmp_path / "review.zip", attachments=False)
    got = import_review(tmp_path / "review.zip", str(target.with_name("without.realist")))
    assert (got.files, got.missing) == (0, 2)
    store = open_store(str(target.with_name("without.realist")))
    assert check(store) == []
    assert len(files_missing(store)) == 2
    store.close()


# -- older schemas ----------------------------------------------------------------------------------------

_OF_EACH = ("person", "review", "stage", "paper", "paper_text", "mechanism", "memo", "act", "change")


def older(path: Path, revision: str) -> None:
    """Make a review of an older revision with a row in some tables, all of them as they may be."""
    upgrade(str(path), revision)
    store = connect(str(path))
    with store.write() as connection:
        found = MetaData()
        found.reflect(connection, only=_OF_EACH)
        for table in (of for of in found.sorted_tables if of.name in _OF_EACH):
            row = {column.name: value_of(column, 1) for column in table.columns}
            for column in Base.metadata.tables[table.name].columns:
                words = getattr(column.type, "words", None)
                if words is not None and column.name in row:
                    row[column.name] = str(next(iter(words)))
            row |= {name: "" for name in ("subject_table", "ended") if name in row}
            row |= {name: "{}" for name in ("before", "after") if name in row}
            row |= {name: None for name in ("undoes", "import", "grid_list", "grid_set") if name in row}
            if table.name == "memo":
                row |= {"subject_table": "paper", "subject": "paper uid 1"}
            for key in table.foreign_keys:
                if key.column.table.name not in _OF_EACH or key.parent.nullable:
                    row[key.parent.name] = None
            connection.execute(table.insert(), row)
    store.close()


def archive_of_then(path: Path, target: Path, revision: str) -> None:
    """Write the archive of a review as the program of its revision would have done."""
    store = connect(str(path))
    with store.read() as connection, target.open("wb") as out, Packing(out) as packing:
        found = MetaData()
        found.reflect(
            connection, only=lambda name, _: not name.startswith(("search_fts", "alembic", "sqlite"))
        )
        packing.add("README.txt", [b"An archive.\n"])
        for plan in plans(found.tables.values()):
            lines = (
                json.dumps(dict(zip(plan.names, row, strict=True))).encode() + b"\n"
                for row in rows(connection, plan)
            )
            packing.add(table_name(plan.table.name), lines, table=True)
        packing.close_with("0.0.1", int(revision), True, [])
    store.close()


@pytest.mark.parametrize("revision", [f"{n:04}" for n in range(1, SCHEMA)])
def test_an_archive_of_an_older_schema_is_brought_up_to_date(
    revision: str, nowhere: str, tmp_path: Path
) -> None:
    old = tmp_path / "old.realist"
    older(old, revision)
    archive_of_then(old, tmp_path / "old.zip", revision)
    assert import_review(tmp_path / "old.zip", nowhere).schema == int(revision)
    upgrade(str(old))
    before, after = held(str(old)), held(nowhere)
    assert after == before
    assert len(after["paper"]) == len(after["memo"]) == len(after["change"]) == 1
    store = open_store(nowhere)
    add_stage(Desk(store, "SF"), "1")
    assert check(store) == []
    store.close()


# -- where something is already ---------------------------------------------------------------------------


def test_nothing_is_written_over(leadership_file: Path, tmp_path: Path, address: str) -> None:
    archived(str(leadership_file), tmp_path / "review.zip")
    before = held(address)
    with pytest.raises(Refused, match=r"is already there: choose another name|already holds a review"):
        import_review(tmp_path / "review.zip", address)
    assert held(address) == before
    with pytest.raises(Refused, match=r"The folder .*none is not there: make it first"):
        import_review(tmp_path / "review.zip", str(tmp_path / "none" / "a.realist"))
    with pytest.raises(RealistError) as caught:
        import_review(tmp_path / "review.zip", str(tmp_path / ("x" * 300)))
    assert "\n" not in str(caught.value)


def test_a_full_disk_is_said_before(
    leadership_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archived(str(leadership_file), tmp_path / "review.zip")
    full = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(Refused, match=r"a\.realist cannot be made: the disk has no room for \d+ MB"):
        import_review(tmp_path / "review.zip", str(tmp_path / "a.realist"))
    assert [path.name for path in tmp_path.iterdir()] == ["review.zip"]


def test_progress_can_stop_it_and_nothing_is_left(
    leadership_file: Path, tmp_path: Path, nowhere: str
) -> None:
    archived(str(leadership_file), tmp_path / "review.zip")

    def told(step: Step) -> None:
        if step.what == "check":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_review(tmp_path / "review.zip", nowhere, told)
    assert [path.name for path in tmp_path.iterdir()] == ["review.zip"]
    assert import_review(tmp_path / "review.zip", nowhere).rows > 1000
