"""Is the review sound? Each kind of damage is found, named in a sentence, and what can be mended is."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from realist.errors import RealistError
from realist.services.keeping import check
from realist.services.unit import Desk
from realist.store import asking, search
from realist.store.engine import Store, open_store
from realist.store.tables import Base
from realist.store.tables.base import Word
from tests.services.dumps import dump
from tests.services.world import World, world


@pytest.fixture(scope="module")
def sound_file(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Path:
    """The world in a file, to copy and to damage."""
    folder = tmp_path_factory.mktemp("sound")
    path = folder / "world.realist"
    shutil.copy(empty_file, path)
    store = open_store(str(path))
    world(store, folder)
    store.close()
    return path


@pytest.fixture
def path(sound_file: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "world.realist"
    shutil.copy(sound_file, copy)
    return copy


def damage(path: Path, *statements: str) -> None:
    """Run statements on the file without the care that the program takes."""
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA foreign_keys=OFF")
    for statement in statements:
        assert raw.execute(statement).rowcount != 0, statement
    raw.commit()
    raw.close()


def found(path: Path, *, mend: bool = False) -> list[str]:
    store = open_store(str(path))
    try:
        return check(store, mend=mend)
    finally:
        store.close()


def test_a_sound_review(lasting: World) -> None:
    assert check(lasting.store) == []
    assert check(lasting.store, mend=True) == []


def test_a_review_of_which_little_is_there_yet_is_sound(desk: Desk) -> None:
    assert check(desk.store) == []


def test_looking_changes_nothing(lasting: World) -> None:
    before = dump(lasting.store, log=True)
    check(lasting.store)
    assert dump(lasting.store, log=True) == before


WORDS = sorted(
    (table.name, column.name)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Word)
)


def test_a_word_that_is_none_is_found_in_every_column(path: Path) -> None:
    assert len(WORDS) > 25
    damage(path, *(f'UPDATE OR IGNORE "{table}" SET "{column}" = \'Nonsense\'' for table, column in WORDS))
    told = found(path)
    for table, column in WORDS:
        sentence = f"{table}.{column} holds 'Nonsense', which is no word of the vocabulary."
        assert sentence in told


DAMAGE: dict[str, tuple[list[str], str]] = {
    "evidence on two things": (
        ["UPDATE evidence SET context = (SELECT uid FROM context) WHERE mechanism IS NOT NULL"],
        "8 pieces of evidence do not bear on exactly one thing.",
    ),
    "evidence on nothing": (
        ["UPDATE evidence SET context = NULL WHERE context IS NOT NULL"],
        "1 pieces of evidence do not bear on exactly one thing.",
    ),
    "a memo on what is gone": (
        ["UPDATE memo SET subject = 'nothing'"],
        "1 rows of memo are about a mechanism that is not there.",
    ),
    "a tag on what is gone": (
        ["UPDATE tagging SET subject = 'nothing'"],
        "1 rows of tagging are about a paper that is not there.",
    ),
    "a memo on no table": (
        ["UPDATE memo SET subject_table = 'nothing'"],
        "memo names 'nothing', which is no table.",
    ),
    "a record without its raw text": (
        ["DELETE FROM record_raw WHERE uid = (SELECT min(uid) FROM record_raw)"],
        "1 records have no row in record_raw.",
    ),
    "records without their long fields": (
        ["DELETE FROM record_text"],
        "4 records have no row in record_text.",
    ),
    "an import that lacks a record": (
        [
            "DELETE FROM record_raw WHERE uid = (SELECT max(uid) FROM record)",
            "DELETE FROM record_text WHERE uid = (SELECT max(uid) FROM record)",
            "DELETE FROM record WHERE uid = (SELECT max(uid) FROM record)",
        ],
        "The import of medbase.ris says 4 records and holds 3.",
    ),
    "a mechanism that is gone": (
        ["DELETE FROM mechanism WHERE number = 1"],
        "Row 1 of evidence names a mechanism that is not there.",
    ),
    "a person who is gone": (
        ["DELETE FROM person WHERE initials = 'NG'"],
        r"Row \d+ of decision names a person that is not there\.",
    ),
    "unknown with a value": (
        ["UPDATE reported_count SET value = 3 WHERE value IS NULL"],
        "1 reported numbers mix unknown with a value.",
    ),
    "known without a value": (
        ["UPDATE reported_count SET value = NULL WHERE value = 12"],
        "1 reported numbers mix unknown with a value.",
    ),
    "no review": (
        ["DELETE FROM objective", "DELETE FROM review"],
        "The file holds 0 reviews instead of one.",
    ),
    "two reviews": (
        [
            "INSERT INTO review SELECT 'second', person, at, title, question, scheme, citation, note,"
            " grid_list, grid_set FROM review"
        ],
        "The file holds 2 reviews instead of one.",
    ),
    "joins in a circle": (
        [
            "INSERT INTO paper_join SELECT 'back', person, at, into_paper, from_paper, rule, score, reason,"
            " '' FROM paper_join WHERE ended = ''"
        ],
        "The joins of paper .* go in a circle.",
    ),
    "an act that changed nothing": (
        [
            "DROP TRIGGER change_no_delete",
            "DELETE FROM change WHERE act = (SELECT uid FROM act WHERE number = 5)",
        ],
        "1 acts of the log changed nothing.",
    ),
    "an act that is gone": (
        ["DROP TRIGGER act_no_delete", "DELETE FROM act WHERE number = 5"],
        "The log holds .* acts but counts to .*.",
    ),
    "a piece of the index of no kind": (
        ["UPDATE search_piece SET kind = 'poem' WHERE kind = 'memo'"],
        "3 pieces of the index are of no known kind.",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_each_kind_of_damage(path: Path, name: str) -> None:
    import re

    statements, sentence = DAMAGE[name]
    damage(path, *statements)
    told = found(path)
    assert [text for text in told if text == sentence or re.fullmatch(sentence, text)], told
    assert all(text.endswith(".") and "\n" not in text for text in told)


INDEX = {
    "a thing that is not in it": ["DELETE FROM search_piece WHERE kind = 'memo'"],
    "nothing in it": ["DELETE FROM search_piece"],
    "other words in it": ["UPDATE search_piece SET body = 'other words' WHERE kind = 'mechanism'"],
    "words of its own": ["UPDATE search_fts_data SET block = zeroblob(40) WHERE id > 10"],
    "no structure": ["UPDATE search_fts_data SET block = x'ffffffff' WHERE id = 10"],
    "pieces of what is gone": [
        "INSERT INTO search_piece (id, kind, subject, body) VALUES (999, 'paper', 'nothing', 'nothing')"
    ],
}


@pytest.mark.parametrize("name", INDEX)
def test_a_damaged_index_is_found_and_mended(path: Path, name: str) -> None:
    damage(path, *INDEX[name])
    told = found(path)
    assert any("index" in text and "--mend" in text for text in told), told
    assert found(path, mend=True) == []
    assert found(path) == []
    store = open_store(str(path))
    with store.read() as connection:
        assert len(asking.find(connection, "role modelling", kind="memo")) == 1
        assert len(asking.find(connection, "borrowed hope", kind="mechanism")) == 1
        assert asking.find(connection, "nothing") == []
    store.close()


@pytest.fixture
def lost(lasting: World) -> Iterator[Store]:
    """The world with an index that misses the memo; put right afterwards."""
    with lasting.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM search_piece WHERE kind = 'memo'")
    yield lasting.store
    with lasting.store.write() as connection:
        search.rebuild(connection)


def test_what_is_missing_in_the_index_is_found_on_each_engine(lost: Store) -> None:
    assert "3 memos are not in the full-text index: run `realist check --mend`." in check(lost)
    assert check(lost, mend=True) == []


def test_several_kinds_of_damage_are_all_told(path: Path) -> None:
    names = ("evidence on nothing", "no review", "a memo on what is gone")
    damage(path, *(statement for name in names for statement in DAMAGE[name][0]))
    assert {DAMAGE[name][1] for name in names} <= set(found(path))


def test_a_page_that_is_damaged_is_told_and_the_rest_is_still_looked_at(path: Path) -> None:
    raw = sqlite3.connect(path)
    (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'memo'").fetchone()
    (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
    damage(path, *DAMAGE["evidence on nothing"][0])
    try:
        told = found(path)
    except RealistError as error:
        told = [str(error)]
    assert any("damaged" in text for text in told)
    assert DAMAGE["evidence on nothing"][1] in told
