"""Tests of realist.formats.records."""

from __future__ import annotations

from realist.formats.records import Fields, Problem, RawRecord, Source
from realist.vocabulary import Severity


def test_the_lines_of_tags_follow_from_what_their_values_fill() -> None:
    raw = [("TY", "JOUR"), ("AB", "one\ntwo\n\nthree"), ("KW", "a\rb"), ("ER", "")]
    assert RawRecord(3, 10, raw).lines == [10, 11, 15, 17]


def test_a_record_of_one_tag_has_one_line() -> None:
    assert RawRecord(1, 7, [("TY", "JOUR")]).lines == [7]


def test_absent_fields_are_empty_and_the_year_is_none() -> None:
    fields = Fields()
    assert fields.year is None
    assert fields.authors == fields.editors == fields.keywords == ()
    assert not any(value for value in fields)


def test_a_problem_needs_no_text_and_a_source_no_product() -> None:
    assert Problem(1, None, Severity.ERROR, "It is empty.").text == ""
    assert Source("a.ris", "00", 0, "empty", "utf-8").product == ""
