"""Tables on a terminal: they fit, numbers stand right, text is cut and not lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from realist.cli import show
from realist.text import cell_width
from tests.cli.cases import CASES
from tests.cli.conftest import Ask

LISTS = [verb for verb in CASES if verb.endswith(" list") or verb in ("log", "grid", "flow")]
LONG = "how leaders of teams across health and social care share power " * 3


@pytest.mark.parametrize("columns", [80, 120, 200])
@pytest.mark.parametrize("verb", [*LISTS, "cmo show 1", "paper show #2", "mechanism show M1"])
def test_what_is_shown_fits_the_terminal(
    verb: str, columns: int, small: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    text = ask(*verb.split())
    assert max(map(cell_width, text.split("\n"))) <= columns


@pytest.fixture
def width(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A terminal of forty columns."""
    monkeypatch.setenv("COLUMNS", "40")
    return monkeypatch


def _lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.split("\n")[:-1]


def test_a_table_gives_what_is_left_to_the_column_that_grows(
    width: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"n": 7, "title": LONG, "who": "SF"}, {"n": 12, "title": "short", "who": "SH"}]
    show.table(rows, {"n": "n", "title": "title", "who": "who"}, grow="title")
    lines = _lines(capsys)
    assert lines[0] == "n   title                            who"
    assert lines[1] == "─" * 40
    assert lines[2].startswith(" 7  how leaders of teams across h")
    assert lines[2].endswith("…  SF")
    assert lines[3].startswith("12  short ")
    assert {cell_width(line) for line in lines[2:]} == {39}


def test_a_table_shrinks_its_widest_columns_and_never_a_uid(
    width: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"a": LONG, "b": LONG, "uid": "0123456789"}]
    show.table(rows, {"a": "a", "b": "b", "uid": "uid"}, grow="a")
    line = _lines(capsys)[2]
    assert line.endswith("  0123456789")
    assert cell_width(line) == 40
    assert line.count("…") == 2


def test_a_table_of_wide_letters_is_straight(
    width: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"a": "領導力", "b": "x"}, {"a": "abc", "b": "x"}, {"a": "e\u0301", "b": "x"}]
    show.table(rows, {"a": "a", "b": "b"})
    assert {cell_width(line) for line in _lines(capsys)[2:]} == {9}


def test_cells_say_what_a_person_wants_to_read(
    width: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[dict[str, object]] = [
        {"a": None, "b": True, "c": ["x", "y"], "d": "one\ntwo"},
        {"a": 3, "b": False, "c": [], "d": ""},
    ]
    show.table(rows, {"a": "a", "b": "b", "c": "c", "d": "d"})
    assert [line.split() for line in _lines(capsys)[2:]] == [["yes", "x;", "y", "one", "two"], ["3"]]


def test_an_empty_table_shows_its_headings(
    width: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    show.table([], {"a": "first", "b": "second"})
    assert _lines(capsys) == ["first  second", "─" * 13]


def test_fields_and_paragraphs_are_wrapped(
    width: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    show.fields({"title": LONG, "year": "", "note": "kept"})
    show.paragraph(f"{LONG}\n\nThe end.", indent="  ")
    show.title(LONG)
    lines = _lines(capsys)
    assert max(map(cell_width, lines)) <= 40
    assert lines[0].startswith("title  how leaders")
    assert lines[1].startswith("       ")
    assert "note   kept" in lines
    assert "  The end." in lines


@pytest.mark.parametrize(
    ("n", "noun", "shown"),
    [(0, "record", "0 records were"), (1, "record", "1 record was"), (2, "box", "2 boxes were"),
     (1, "box", "1 box was"), (1234, "paper", "1,234 papers were")],
)  # fmt: skip
def test_numbers_agree_with_their_nouns(n: int, noun: str, shown: str) -> None:
    assert show.were(n, noun) == shown
