"""Tests of realist.formats.records."""

from __future__ import annotations

from realist.formats.records import Fields, Problem, Source
from realist.vocabulary import Severity


def test_absent_fields_are_empty_and_the_year_is_none() -> None:
    fields = Fields()
    assert fields.year is None
    assert fields.authors == fields.editors == fields.keywords == ()
    assert not any(value for value in fields)


def test_a_problem_needs_no_text_and_a_source_no_product() -> None:
    assert Problem(1, None, Severity.ERROR, "It is empty.").text == ""
    assert Source("a.ris", "00", 0, "empty", "utf-8").product == ""
