"""Tests of realist.formats.tagged.reading: values by tag, wrapped lines, the reading itself."""

from __future__ import annotations

import pytest

from realist.formats.records import Notes
from realist.formats.tagged.reading import by_tag, listed_over_lines, unwrapped
from realist.formats.tagged.wos import FORMAT


@pytest.mark.parametrize(
    ("value", "joined"),
    [
        ("one line", "one line"),
        ("one \n      two", "one  two"),
        ("one\n   two\n\tthree", "one two three"),
        ("one\n\n   two", "one\n two"),
        ("one\ntwo", "one\ntwo"),
        ("one\n   \ntwo", "one\n   \ntwo"),
        ("\n  one\n  two", " one two"),
    ],
)
def test_indented_lines_are_one_paragraph(value: str, joined: str) -> None:
    assert unwrapped(value) == joined


def test_unwrapping_takes_linear_work() -> None:
    value = ("\n" + " " * 2000) * 200
    assert unwrapped(value) == value


def test_lists_go_on_over_indented_lines_and_never_into_the_next() -> None:
    values = by_tag([("KW", "a long\n      word; b"), ("KW", "  c"), ("DE", "d &amp; e;\n   f")])
    assert listed_over_lines(values, "KW") == ("a long word", "b", "c")
    assert listed_over_lines(values, "DE", "KW", "NO") == ("d &amp; e", "f", "a long word", "b", "c")
    assert listed_over_lines(values, "NO") == ()


def test_the_product_is_the_formats_own_where_records_say_none() -> None:
    notes = Notes()
    assert len(list(FORMAT.read(["\nPT J\nTI A\nPY 2001\nER"], notes))) == 1
    assert notes.product == "Web of Science"
