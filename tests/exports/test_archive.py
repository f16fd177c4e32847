"""The archive of a review: what is in it, the same bytes each time, and when there is none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import update

from realist import __version__
from realist.errors import RealistError, Refused
from realist.exports.archive import Progress, write_archive
from realist.formats.archive import is_bomb, layout
from realist.services import attaching, drafts, extracting, papers, rounds
from realist.services.plan import add_stage, edit_person
from realist.services.screening import decide
from realist.services.unit import Desk
from realist.store.engine import SCHEMA, Store, open_store
from realist.store.files import folder_of
from realist.store.plain import LEFT_OUT, plans
from realist.store.tables import Base, Review, table_of
from realist.vocabulary import ExtractionRole, RoundKind, Verdict
from tests.exports.archives import archived, pieces

ROOT = Path(__file__).parents[2]


def test_every_table_is_in_it_or_said_to_be_left_out(leadership_file: Path, tmp_path: Path) -> None:
    archived(str(leadership_file), tmp_path / "review.zip")
    held = {name for name in pieces(tmp_path / "review.zip") if name.startswith("tables/")}
    every = {table.name for table in Base.metadata.sorted_tables}
    assert held == {f"tables/{name}.jsonl" for name in every - LEFT_OUT}
    assert {"search_piece", "search_due", "draft"} == LEFT_OUT
    page = (ROOT / "docs/exchange.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in LEFT_OUT)


def test_the_manifest_tells_rows_bytes_and_hash_of_every_file(leadership_file: Path, tmp_path: Path) -> None:
    made = archived(str(leadership_file), tmp_path / "review.zip")
    held = pieces(tmp_path / "review.zip")
    told = json.loads(held.pop("manifest.json"))
    assert (told["format"], told["format_version"]) == ("realist archive", 1)
    assert (told["program"], told["schema"], told["attachments"]) == (__version__, SCHEMA, True)
    assert [one["name"] for one in told["files"]] == list(held)
    for one in told["files"]:
        content = held[one["name"]]
        assert (one["bytes"], one["sha256"]) == (len(content), sha256(content).hexdigest())
        is_table = one["name"].startswith("tables/")
        assert one["rows"] == (content.count(b"\n") if is_table else None)
    assert made.rows == sum(one["rows"] or 0 for one in told["files"]) > 1000
    assert made.bytes == (tmp_path / "review.zip").stat().st_size


def test_rows_are_objects_by_column_in_the_order_of_their_key(leadership_file: Path, tmp_path: Path) -> None:
    archived(str(leadership_file), tmp_path / "review.zip")
    held = pieces(tmp_path / "review.zip")
    for plan in plans():
        rows = [json.loads(line) for line in held[f"tables/{plan.table.name}.jsonl"].splitlines()]
        assert all(tuple(row) == plan.names for row in rows)
        keys = [tuple(row[plan.names[at]] for at in plan.key) for row in rows]
        assert keys == sorted(set(keys))
    title = json.loads(held["tables/review.jsonl"])["title"]
    assert title[:40] in held["README.txt"].decode()
    assert b"import-review" in held["README.txt"]
    assert all(content.isascii() for name, content in held.items() if name.startswith("tables/"))


WRITE = """
import sys
from pathlib import Path
from tests.exports.archives import archived
archived(sys.argv[1], Path(sys.argv[2]))
"""


def test_two_processes_write_the_same_bytes(leadership_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "of_another_name.realist"
    shutil.copy(leadership_file, copy)
    for seed, zone, address in ((1, "Asia/Tokyo", leadership_file), (2, "America/Lima", copy)):
        target = tmp_path / f"{seed}.zip"
        more = {"PYTHONHASHSEED": str(seed), "TZ": zone}
        command = [sys.executable, "-c", WRITE, str(address), str(target)]
        subprocess.run(command, check=True, cwd=ROOT, env=os.environ | more)
        os.utime(target, (seed, seed))
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "1.zip") as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.fixture
def with_texts(file_desk: Desk, tmp_path: Path) -> Desk:
    """A review with a full text in it, one beside it, and one whose file is gone."""
    paper = papers.add_paper(file_desk, label="Hale (2021)")
    for name, inside in (("in.txt", True), ("beside.txt", False), ("gone.txt", False)):
        path = tmp_path / name
        path.write_text(f"What was said in {name} about hope that was lent.\n" * 9, encoding="utf-8")
        attaching.attach(file_desk, paper, path, embed=inside)
    (folder_of(file_desk.store.address) / sha256((tmp_path / "gone.txt").read_bytes()).hexdigest()).unlink()
    return file_desk


def test_files_of_full_texts_go_along_or_stay(with_texts: Desk, tmp_path: Path) -> None:
    store, target = with_texts.store, tmp_path / "review.zip"
    made = write_archive(store, target, viewer="SF")
    assert (made.files, made.missing, made.left_out) == (2, 1, 0)
    held = pieces(target)
    of = {
        name: sha256((tmp_path / name).read_bytes()).hexdigest()
        for name in ("in.txt", "beside.txt", "gone.txt")
    }
    assert {name for name in held if name.startswith("files/")} == {
        f"files/{of['in.txt']}", f"files/{of['beside.txt']}",
    }  # fmt: skip
    assert held[f"files/{of['beside.txt']}"] == (tmp_path / "beside.txt").read_bytes()
    assert [json.loads(row) for row in held["tables/document_file.jsonl"].splitlines()] == [
        {"sha256": of["in.txt"], "content": f"files/{of['in.txt']}"}
    ]
    assert json.loads(held["manifest.json"])["missing"] == [of["gone.txt"]]
    made = write_archive(store, target, viewer="SF", attachments=False)
    assert (made.files, made.missing, made.left_out) == (0, 0, 3)
    held = pieces(target)
    assert not [name for name in held if name.startswith("files/")]
    assert held["tables/document_file.jsonl"] == b""
    assert b"hope that was lent" in held["tables/document_page.jsonl"]
    assert b"left out of this archive" in held["README.txt"]


def test_what_nobody_saved_is_not_in_it(file_desk: Desk, tmp_path: Path) -> None:
    drafts.keep_draft(file_desk.store, "SF", "memo", {"text": "a word that only SF knows"})
    write_archive(file_desk.store, tmp_path / "review.zip", viewer="SF")
    assert not [name for name, of in pieces(tmp_path / "review.zip").items() if b"only SF knows" in of]


def test_none_while_a_round_hides_something(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "review.zip"
    add_stage(desk, "1")
    papers.add_paper(desk, label="A")
    rounds.add_round(desk, "Blind", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2, blind=True)
    rounds.enter(desk, "Blind", ["A"])
    decide(Desk(desk.store, "RP"), "A", Verdict.INCLUDE, round_="Blind")
    for viewer in ("SF", "RP", ""):
        with pytest.raises(Refused) as caught:
            write_archive(desk.store, target, viewer=viewer)
        assert str(caught.value) == (
            "An archive holds everything, and what was decided in Blind is hidden from you: one can be made"
            " when all who have to have decided there, or when it was opened (`realist round open`)."
        )
    assert not target.exists()
    decide(desk, "A", Verdict.EXCLUDE, round_="Blind")
    assert write_archive(desk.store, target, viewer="SF").rows > 0


def test_none_while_others_extract_independently(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "review.zip"
    papers.add_paper(desk, label="A")
    edit_person(desk, "RP")
    extracting.allot_extraction(desk, ["A"], ["SF", "RP"], ExtractionRole.INDEPENDENT)
    for viewer in ("SF", "RP", "LM"):
        with pytest.raises(
            Refused, match="papers are being extracted independently: one can be made when all"
        ):
            write_archive(desk.store, target, viewer=viewer)
    extracting.finish_extraction(desk, "A")
    extracting.finish_extraction(Desk(desk.store, "RP"), "A")
    assert write_archive(desk.store, target, viewer="SF").rows > 0


def spoilt(store: Store, statement: str) -> None:
    with store.write() as connection:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("year", "'soon'", 'year holds "soon", which is no whole number'),
        ("title", "x'00ff'", "title holds b'\\x00\\xff', which is no text"),
        ("at", "'yesterday'", 'at holds "yesterday", which is no moment in UTC'),
    ],
)
def test_what_no_column_holds_is_named(
    file_desk: Desk, tmp_path: Path, column: str, value: str, why: str
) -> None:
    uid = papers.add_paper(file_desk, label="A")
    spoilt(file_desk.store, f"UPDATE paper SET {column} = {value}")
    with pytest.raises(Refused) as caught:
        write_archive(file_desk.store, tmp_path / "review.zip", viewer="SF")
    assert str(caught.value) == (
        f"The row {uid} of paper: {why}; another program wrote that, and it has to be mended."
    )
    assert not (tmp_path / "review.zip").exists()


def test_none_of_a_review_that_is_not_sound(file_desk: Desk, tmp_path: Path) -> None:
    spoilt(file_desk.store, "UPDATE review SET scheme = 'nonsense'")
    with pytest.raises(
        Refused, match=r"not sound, so its archive could not be read again: review\.scheme holds"
    ):
        write_archive(file_desk.store, tmp_path / "review.zip", viewer="SF")


def test_none_while_an_import_is_read(tour: str, tmp_path: Path) -> None:
    store = open_store(tour)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE import SET finished = 0 WHERE rowid = 1")
        connection.exec_driver_sql("UPDATE round SET blind = 0")
        connection.exec_driver_sql("UPDATE extraction SET independent_until = at")
    with pytest.raises(Refused, match="is being imported: make the archive when that is done"):
        write_archive(store, tmp_path / "review.zip", viewer="SF")
    store.close()


def test_the_review_itself_and_what_cannot_be_written(file_desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is the review itself: choose another name"):
        write_archive(file_desk.store, Path(file_desk.store.address), viewer="SF")
    with pytest.raises(RealistError, match="cannot be written: No such file or directory"):
        write_archive(file_desk.store, tmp_path / "none" / "review.zip", viewer="SF")


def test_progress_can_stop_it_and_leaves_what_was_there(leadership_file: Path, tmp_path: Path) -> None:
    target, seen = tmp_path / "review.zip", []
    target.write_text("the last one", encoding="ascii")

    def told(step: Progress) -> None:
        seen.append(step.share)
        if len(seen) == 5:
            raise Refused("stopped")

    with pytest.raises(Refused, match="stopped"):
        archived(str(leadership_file), target, told=told)
    assert target.read_text(encoding="ascii") == "the last one"
    assert [path.name for path in tmp_path.iterdir()] == ["review.zip"]
    assert 0 < seen[0] <= seen[-1] <= 1


def test_one_that_would_be_taken_for_a_bomb_is_not_squeezed(
    file_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with file_desk.store.write() as connection:
        connection.execute(update(table_of(Review)).values(note="x" * 3_000_000))
    monkeypatch.setattr(layout, "_LARGE", 1_000_000)
    monkeypatch.setattr(layout, "_DENSE", 20)
    assert is_bomb(3_000_000, 10_000)
    write_archive(file_desk.store, tmp_path / "review.zip", viewer="SF")
    with zipfile.ZipFile(tmp_path / "review.zip") as packed:
        assert {info.compress_type for info in packed.infolist()} == {zipfile.ZIP_STORED}
