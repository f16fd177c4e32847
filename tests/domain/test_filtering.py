"""What a person types to narrow a list, finished or not, means something and never fails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realist.domain.filtering import FIELDS, LONGEST, FieldWord, Filter, read_filter


@pytest.mark.parametrize(
    ("text", "words", "fields"),
    [
        ("hope work", ("hope", "work"), ()),
        ('"peer support" wor', ("peer support", "wor"), ()),
        ("title:hope", (), (FieldWord("title", ("hope",)),)),
        ('Title:"borrowed hope" x', ("x",), (FieldWord("title", ("borrowed hope",)),)),
        ("-tag:rct", (), (FieldWord("tag", ("rct",), True),)),
        ("tag:a tag:b tag:a", (), (FieldWord("tag", ("a", "b")),)),
        ("tag:a -tag:b", (), (FieldWord("tag", ("a",)), FieldWord("tag", ("b",), True))),
        ("state:inc has:ev is:jo", (), (
            FieldWord("state", ("included",)), FieldWord("has", ("evidence",)), FieldWord("is", ("joined",)),
        )),
        ("doi:https://doi.org/10.5/X", (), (FieldWord("doi", ("10.5/x",)),)),
        ("year: title: -tag: state:", (), ()),
        ("is this evidence-based: a review", ("is", "this", "evidence-based:", "a", "review"), ()),
        ("* - ... !", (), ()),
        ("", (), ()),
    ],
)  # fmt: skip
def test_what_is_typed_is_read(text: str, words: tuple[str, ...], fields: tuple[FieldWord, ...]) -> None:
    assert read_filter(text) == Filter(words, fields, (), read_filter(text).beginning)


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("2010", "2010..2010"),
        ("201", "2010..2019"),
        ("2", "2000..2999"),
        ("2010..2014", "2010..2014"),
        ("2010-2014", "2010..2014"),
        ("..2014", "0000..2014"),
        ("2010..", "2010..9999"),
        ("2010.", "2010..9999"),
        ("2010..20", "2010..2099"),
    ],
)
def test_years_also_when_not_typed_to_the_end(typed: str, span: str) -> None:
    assert read_filter(f"year:{typed}").fields == (FieldWord("year", (span,)),)


def test_the_last_word_is_a_beginning_until_its_quotes_are_closed() -> None:
    assert [read_filter(text).beginning for text in ('ho "wor', 'ho "work"', '"ho" wor', '"ho" tag:x')] == [
        True,
        False,
        True,
        False,
    ]


def test_an_unknown_field_is_searched_as_words_and_told() -> None:
    found = read_filter("yaer:2010 hope")
    assert (found.words, found.fields) == (("yaer", "2010", "hope"), ())
    assert found.problems == (
        "“yaer:” is no field: use title, author, year, journal, label, doi, tag, state, mechanism, stage,"
        " search, has, is or text.",
    )


def test_a_value_that_cannot_be_is_left_out_and_told() -> None:
    found = read_filter("state:gone year:soon hope")
    assert (found.words, found.fields) == (("hope",), ())
    assert found.problems == (
        "There is no state:gone: use included, excluded, maybe, conflict, open or unscreened.",
        "“soon” is no year: use year:2010, year:2010..2014, year:..2014 or year:2010..",
    )


def test_an_address_is_no_field() -> None:
    assert read_filter("https://example.org/a").problems == ()


def test_of_a_very_long_text_the_beginning_is_read() -> None:
    found = read_filter("word " * 20_000)
    assert len(found.words) == LONGEST // 5
    assert found.problems == ("Only the first 1,000 characters are read.",)


PARTS = st.sampled_from(['"', "-", ":", "*", " ", "\0", "..", "year:", "state:", "x:", "é", "経済", "\u202e"])


@given(st.lists(PARTS | st.sampled_from(FIELDS) | st.text(max_size=5)).map("".join))
def test_nothing_fails_and_every_value_says_something(text: str) -> None:
    found = read_filter(text)
    assert all(word.strip() for word in found.words)
    assert all(word.values and all(word.values) and word.field in FIELDS for word in found.fields)
