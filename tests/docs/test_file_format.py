"""The page on the file: its questions in SQL run on the sample, and what it says of the file is so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from realist.queries.screening import rounds
from realist.services.papers import add_paper
from realist.services.plan import add_stage
from realist.services.rounds import add_round, enter
from realist.services.screening import decide
from realist.services.unit import Desk
from realist.store.engine import APPLICATION_ID, SCHEMA
from realist.vocabulary import RoundKind, Verdict
from tests.docs.pages import DOCS, fences

PAGE = DOCS / "file-format.md"
NONE_IN_THE_SAMPLE = ("FROM record r", "WITH held", "FROM paper_join")


@pytest.fixture
def review(sample: Path) -> Iterator[sqlite3.Connection]:
    """The sample, opened by SQLite alone and only to be read."""
    with closing(sqlite3.connect(f"{sample.as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def test_every_question_runs_on_the_sample(review: sqlite3.Connection) -> None:
    questions = fences(PAGE, "sql")
    assert len(questions) > 8
    for question in questions:
        try:
            rows = review.execute(question.text).fetchall()
        except sqlite3.Error as error:
            pytest.fail(f"{question}: {error}")
        none = any(words in question.text for words in NONE_IN_THE_SAMPLE)
        assert none or rows, f"{question} finds nothing"


def test_open_papers_and_conflicts_are_those_that_the_program_counts(file_desk: Desk) -> None:
    add_stage(file_desk, "1")
    add_round(file_desk, "two readers", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2)
    labels = ["nobody", "one", "both", "conflict", "taken back", "changed"]
    for label in labels:
        add_paper(file_desk, label=label)
    enter(file_desk, "two readers", labels)
    second = Desk(file_desk.store, "CD")
    for desk, label, verdict in (
        (file_desk, "one", Verdict.INCLUDE),
        (file_desk, "both", Verdict.INCLUDE),
        (second, "both", Verdict.INCLUDE),
        (file_desk, "conflict", Verdict.INCLUDE),
        (second, "conflict", Verdict.EXCLUDE),
        (file_desk, "taken back", Verdict.INCLUDE),
        (second, "taken back", Verdict.INCLUDE),
        (second, "taken back", Verdict.UNDECIDED),
        (file_desk, "changed", Verdict.EXCLUDE),
        (second, "changed", Verdict.INCLUDE),
        (file_desk, "changed", Verdict.INCLUDE),
    ):
        decide(desk, label, verdict, round_="two readers")
    still_open, in_conflict = (fence.text for fence in fences(PAGE, "sql") if "WITH held" in fence.text)
    with file_desk.store.read() as connection:
        (counted,) = rounds(connection)
        listed = [row.label for row in connection.exec_driver_sql(still_open)]
        differing = {row.label for row in connection.exec_driver_sql(in_conflict)}
    assert listed == ["nobody", "one", "taken back"]
    assert len(listed) == counted["open"]
    assert differing == {"conflict"}
    assert len(differing) == counted["conflicts"]


def test_the_marks_of_the_file_are_those_of_the_page(review: sqlite3.Connection) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert review.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert review.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    assert f"| `application_id` | {APPLICATION_ID}, the letters REAS |" in text
    assert f"| `user_version` | number of the schema, {SCHEMA} |" in text
    assert APPLICATION_ID.to_bytes(4, "big") == b"REAS"


def test_the_tables_of_the_index_are_named(review: sqlite3.Connection) -> None:
    rows = review.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'search!_%' ESCAPE '!'"
    )
    for (name,) in rows.fetchall():
        assert name in ("search_piece", "search_due") or name.startswith("search_fts")
