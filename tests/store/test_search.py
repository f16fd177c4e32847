"""The full-text index: what is found, on each engine alike, and that it follows what is done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select

from realist.queries.papers import papers as listed
from realist.services import configurations, evidence, mechanisms, notes, papers, sameness
from realist.services.history import redo, undo
from realist.services.importing import Origin, import_file
from realist.services.keeping import check
from realist.services.sweeping import index_imports
from realist.services.unit import Desk
from realist.store import asking, search
from realist.store.engine import Store
from realist.store.tables import SearchPiece
from tests.services.dumps import dump
from tests.services.exports import RIS
from tests.services.world import box, world


def found(desk: Desk, words: str, kind: str = "") -> list[tuple[str, str]]:
    with desk.store.read() as connection:
        return asking.find(connection, words, kind=kind)


def titles(desk: Desk, words: str) -> list[str]:
    """Return the titles of the papers that hold *words*, sorted."""
    with desk.store.read() as connection:
        return sorted(row["title"] for row in listed(connection, words=words))


@pytest.fixture
def library(desk: Desk) -> Desk:
    """Papers in several scripts."""
    for title in (
        "Löwstedt on Leadership", "Integrating care: a CO2-free approach", "Γλώσσα και εργασία",
        "脳卒中後の復職支援", "การกลับไปทำงาน", "Straße und Arbeit",
        "ﬁnding ½ the truth — O'Neill’s naïve_view", "A short history of the year 2007",
    ):  # fmt: skip
        papers.add_paper(desk, title=title)
    return desk


FOUND = [
    ("lowstedt", "Löwstedt on Leadership"),
    ("LÖWSTEDT", "Löwstedt on Leadership"),
    ("leadership löwstedt", "Löwstedt on Leadership"),
    ("leaders", "Löwstedt on Leadership"),
    ("leadership lowst", "Löwstedt on Leadership"),
    ("co2 free", "Integrating care: a CO2-free approach"),
    ("integrating-care", "Integrating care: a CO2-free approach"),
    ("γλωσσα", "Γλώσσα και εργασία"),
    ("strasse", "Straße und Arbeit"),
    ("finding", "ﬁnding ½ the truth — O'Neill’s naïve_view"),
    ("o'neill", "ﬁnding ½ the truth — O'Neill’s naïve_view"),
    ("naive view", "ﬁnding ½ the truth — O'Neill’s naïve_view"),
    ("2007", "A short history of the year 2007"),
    ("200", "A short history of the year 2007"),
    ("脳卒中", "脳卒中後の復職支援"),
    ("復職", "脳卒中後の復職支援"),
    ("卒中後の", "脳卒中後の復職支援"),
    ("กลับไป", "การกลับไปทำงาน"),
]


def test_what_is_found(library: Desk) -> None:
    for words, title in FOUND:
        assert titles(library, words) == [title], words


def test_what_is_not(library: Desk) -> None:
    for words in ("eadership", "leaders löwst on x", "支援復職", "2 007", "co3"):
        assert titles(library, words) == [], words


def test_only_the_last_word_may_be_a_beginning(library: Desk) -> None:
    assert titles(library, "löwst leadership") == []
    assert titles(library, "on l") == ["Löwstedt on Leadership"]


HOSTILE = [
    "", " ", '"', '""', "'", "*", "leader*", "AND", "OR NOT", "NEAR(a b)", "NEAR/2", "a:b", "body:x",
    "{a b}:c",
    "^leadership", "-leadership", "leadership -care", "(", "((((", ")", "+", "a + b", "\\", "\\'", "%", "_",
    ";", "'; DROP TABLE paper; --", "&", "|", "!", "a & !b", "a <-> b", ":*", "a:*b", "\x00", "a\x00b",
    "\ud800", "\u202e", "🙂", "é" * 300, "'" * 999, "x" * 5000, "word " * 1500, "٣", "ⅻ", "\n\t\r", "﷽",
    "İ", "ẞ",
]  # fmt: skip


def test_a_hostile_question_is_only_a_question(library: Desk) -> None:
    for words in HOSTILE:
        rows = found(library, words)
        assert {kind for kind, _ in rows} <= {"paper"}, words
        if not any(letter.isalnum() for letter in words):
            assert rows == [], words


def test_hostile_text_is_indexed_and_stays_sound(desk: Desk) -> None:
    for number, words in enumerate(HOSTILE):
        papers.add_paper(desk, title=f"before{number} {words} after{number}")
        assert len(found(desk, f"before{number} after{number}")) == 1, words
    assert check(desk.store) == []


def test_each_kind_of_thing_is_found_by_its_words(desk: Desk) -> None:
    papers.add_paper(desk, label="A", abstract="a marmoset", note="a capuchin")
    mechanisms.add_mechanism(desk, "Trust", description="a gibbon", aliases=["a tamarin"], note="a macaque")
    claim = evidence.add_evidence(
        desk, "A", claim="a baboon", mechanism="Trust", topic="lemurs", site="Loris"
    )
    of_box = configurations.add_configuration(desk, box("7q", "A", "Trust", narrative="a mandrill"))
    memo = notes.add_memo(desk, "paper", "A", "an orangutan")
    (paper,) = [row["uid"] for row in dump(desk.store)["paper"]]
    (mechanism,) = [row["uid"] for row in dump(desk.store)["mechanism"]]
    for word in ("marmoset", "capuchin"):
        assert found(desk, word) == [("paper", paper)]
    for word in ("gibbon", "tamarin", "macaque", "trust"):
        assert found(desk, word, kind="mechanism") == [("mechanism", mechanism)]
    for word in ("baboon", "lemur", "loris"):
        assert found(desk, word) == [("claim", claim)]
    for word in ("mandrill", "7q", "occupational"):
        assert found(desk, word) == [("configuration", of_box)]
    assert found(desk, "orangutan") == [("memo", memo)]
    assert found(desk, "orangutan", kind="paper") == []


def test_the_best_come_first_and_no_more_than_asked(desk: Desk) -> None:
    papers.add_paper(desk, label="long", abstract="stroke " + "other words " * 300)
    papers.add_paper(desk, label="short", title="Stroke, stroke and stroke")
    names = {row["uid"]: row["label"] for row in dump(desk.store)["paper"]}
    assert [names[uid] for _, uid in found(desk, "stroke")] == ["short", "long"]
    with desk.store.read() as connection:
        assert len(asking.find(connection, "stroke", limit=1)) == 1


def pieces(store: Store) -> list[int]:
    with store.read() as connection:
        return list(connection.execute(select(func.length(SearchPiece.body))).scalars())


@pytest.mark.parametrize("word", ["wort", "脳卒中後"], ids=["latin", "cjk"])
def test_a_long_text_goes_in_by_pieces_and_is_found_at_both_ends(desk: Desk, word: str) -> None:
    middle = " ".join(f"{word}{number}" for number in range(1_000_000 // (len(word) + 6)))
    papers.add_paper(desk, label="A", abstract=f"alphaword {middle} omegaword")
    assert len(pieces(desk.store)) > 1
    assert max(pieces(desk.store)) <= search.PIECE
    for words in ("alphaword", "omegaword", f"{word}77777"):
        assert len(found(desk, words)) == 1, words
    papers.edit_paper(desk, "A", "abstract", "short again")
    assert len(pieces(desk.store)) == 1
    assert found(desk, "omegaword") == []
    assert check(desk.store) == []


def test_the_index_follows_edits_undo_redo_and_removal(desk: Desk) -> None:
    papers.add_paper(desk, label="A", title="First words")
    papers.edit_paper(desk, "A", "title", "Other words")
    assert (found(desk, "first"), len(found(desk, "other"))) == ([], 1)
    undo(desk)
    assert (len(found(desk, "first")), found(desk, "other")) == (1, [])
    redo(desk)
    assert (found(desk, "first"), len(found(desk, "other"))) == ([], 1)
    mechanisms.add_mechanism(desk, "Trust")
    mechanisms.add_alias(desk, "Trust", "Faithfulness")
    claim = evidence.add_evidence(desk, "A", claim="They believed.", mechanism="Trust")
    assert len(found(desk, "faithful")) == len(found(desk, "believed")) == 1
    evidence.withdraw_evidence(desk, claim, reason="misread")
    assert found(desk, "believed") == []
    undo(desk)
    assert found(desk, "believed") == [("claim", claim)]
    undo(desk)
    undo(desk)
    assert found(desk, "faithful") == []
    assert check(desk.store) == []


def test_a_joined_paper_is_listed_once_under_the_other(desk: Desk) -> None:
    papers.add_paper(desk, label="A", title="Stroke and work")
    papers.add_paper(desk, label="B", title="Stroke and work, again")
    sameness.join_papers(desk, "B", "A")
    with desk.store.read() as connection:
        assert [row["label"] for row in listed(connection, words="again")] == ["A"]
        assert [row["label"] for row in listed(connection, words="stroke")] == ["A"]


def content(store: Store) -> Sequence[dict[str, object]]:
    return dump(store)["search_piece"]


def test_an_index_made_anew_equals_one_that_grew(store: Store, tmp_path: Path) -> None:
    world(store, tmp_path)
    grown = content(store)
    with store.write() as connection:
        search.rebuild(connection)
    assert content(store) == grown
    assert check(store) == []


def test_an_import_is_indexed_afterwards_and_what_was_edited_meanwhile_stays(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "medbase.ris").write_bytes(RIS)
    import_file(desk, tmp_path / "medbase.ris", Origin())
    assert found(desk, "gatekeepers") == []
    papers.edit_paper(desk, "#2", "title", "Line managers as doorkeepers")
    index_imports(desk.store)
    assert (found(desk, "gatekeepers"), len(found(desk, "doorkeepers"))) == ([], 1)
    assert len(found(desk, "psychology")) == 0
    assert len(found(desk, "peer support")) == 2
    assert check(desk.store) == []


def test_of_two_who_index_the_second_finds_nothing_to_do(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "medbase.ris").write_bytes(RIS)
    import_file(desk, tmp_path / "medbase.ris", Origin())
    with desk.store.read() as connection:
        first, second = search.next_due(connection), search.next_due(connection)
    assert first is not None
    assert second is not None
    for due in (first, second):
        with desk.store.write() as connection:
            search.index_due(connection, due)
    index_imports(desk.store)
    assert len(content(desk.store)) == 4
    assert check(desk.store) == []
