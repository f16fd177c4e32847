"""Records as JSON Lines: nothing that a file held is left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from realist.exports.records import write_records
from realist.services.importing import Origin, import_file
from realist.services.sameness import join_papers
from realist.services.sweeping import index_imports
from realist.services.unit import Desk

FIELDS = {
    "record", "paper", "source_file", "source_line", "source_key", "type", "title", "authors", "year",
    "journal", "volume", "number", "pages", "doi", "pmid", "url", "abstract", "keywords", "language",
    "notes", "editors", "database", "publisher", "raw",
}  # fmt: skip
ENTRIES: list[list[tuple[str, str]]] = [
    [
        ("TY", "JOUR"), ("AN", "L123"), ("T1", "Leading teams: “why”, how – and for whom"),
        ("AU", "Löwstedt, J."), ("AU", "Ahmed, A."), ("PY", "2019"), ("JO", "Journal of Care"),
        ("VL", "12"), ("IS", "3"), ("SP", "100"), ("EP", "109"), ("DO", "10.1000/ABC"),
        ("KW", "leadership"), ("KW", "teams"), ("LA", "English"), ("N1", "a note"),
        ("A2", "Editor, E."), ("DB", "Medbase"), ("PB", "Some Press"),
        ("AB", "First.\nSecond line of the abstract."), ("XX", "a tag that nobody knows"),
    ],
    [("TY", "BOOK"), ("TI", "=HYPERLINK(1)"), ("A1", "領導, 力"), ("Y1", "c2001"), ("AU", "")],
    [("TY", "JOUR"), ("TI", "Leading teams"), ("ID", "9"), ("U1", "\x1b]52;c;aGk=\x07"), ("ZZ", " ")],
]  # fmt: skip


def _ris(entries: list[list[tuple[str, str]]]) -> str:
    body = ["".join(f"{tag}  - {value}\n" for tag, value in entry) + "ER  - \n" for entry in entries]
    return "\n".join(body)


@pytest.fixture
def written(file_desk: Desk, tmp_path: Path) -> list[dict[str, object]]:
    """What is exported after the entries were imported and two of them joined."""
    source = tmp_path / "embase.ris"
    source.write_text(_ris(ENTRIES), encoding="utf-8")
    import_file(file_desk, source, Origin())
    index_imports(file_desk.store)
    join_papers(file_desk, "#3", "#1", reason="the same")
    target = tmp_path / "out.jsonl"
    assert write_records(file_desk.store, target) == 3
    text = target.read_bytes()
    assert text.isascii()
    return [json.loads(line) for line in text.decode("ascii").splitlines()]


def test_each_record_has_the_fields_that_scripts_rely_on(written: list[dict[str, object]]) -> None:
    assert [set(row) for row in written] == [FIELDS] * 3
    assert len({row["record"] for row in written}) == 3


def test_raw_is_what_the_file_held_in_its_order(written: list[dict[str, object]]) -> None:
    for row, entry in zip(written, ENTRIES, strict=True):
        assert row["raw"] == [[tag, value] for tag, value in entry] + [["ER", ""]]


def test_what_was_understood_stands_beside_it(written: list[dict[str, object]]) -> None:
    first = {key: value for key, value in written[0].items() if key not in ("record", "paper", "raw")}
    assert first == {
        "source_file": "embase.ris", "source_line": 1, "source_key": "L123", "type": "JOUR",
        "title": "Leading teams: “why”, how – and for whom", "authors": ["Löwstedt, J.", "Ahmed, A."],
        "year": 2019, "journal": "Journal of Care", "volume": "12", "number": "3", "pages": "100-109",
        "doi": "10.1000/abc", "pmid": "", "url": "", "abstract": "First.\nSecond line of the abstract.",
        "keywords": ["leadership", "teams"], "language": "English", "notes": "a note",
        "editors": ["Editor, E."], "database": "Medbase", "publisher": "Some Press",
    }  # fmt: skip
    assert written[1]["year"] == 2001
    assert written[1]["authors"] == ["領導, 力"]
    assert written[1]["keywords"] == []
    assert [row["source_line"] for row in written] == [1, 25, 32]


def test_a_joined_record_names_the_paper_it_is_read_under(written: list[dict[str, object]]) -> None:
    assert written[2]["paper"] == written[0]["paper"] != written[1]["paper"]


def test_more_records_than_fit_in_one_reading_keep_their_order(file_desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "many.ris"
    source.write_text(_ris([[("TY", "JOUR"), ("TI", f"No. {n}")] for n in range(1203)]))
    import_file(file_desk, source, Origin())
    target = tmp_path / "out.jsonl"
    assert write_records(file_desk.store, target) == 1203
    rows = [json.loads(line) for line in target.read_text().splitlines()]
    assert [row["title"] for row in rows] == [f"No. {n}" for n in range(1203)]
