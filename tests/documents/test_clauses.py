"""Clauses of sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realist.documents import Span, clauses, sentences

CASES = [
    ("Leaders listened, and staff felt heard.", ["Leaders listened", "and staff felt heard."]),
    ("They stayed because they were asked.", ["They stayed", "because they were asked."]),
    (
        "Teams met weekly – nobody was late – for a year.",
        ["Teams met weekly", "nobody was late", "for a year."],
    ),
    ("Some (two of nine) left; others stayed on.", ["Some (two of nine) left", "others stayed on."]),
    ("Of 1,200 people, half came.", ["Of 1,200 people", "half came."]),
    ("Hope, trust, and time were given.", ["Hope, trust", "and time were given."]),
    ("No break here.", ["No break here."]),
    ("One. Two, three four.", ["One.", "Two, three four."]),
    ("Als sie kamen, war niemand da.", ["Als sie kamen", "war niemand da."]),
    ("", []),
    (", ; :", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_clauses(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in clauses(text)] == expected


@given(st.text(alphabet="ab AB.,;:()–—-\n\"'1’é水 ", max_size=120))
def test_they_are_in_order_within_sentences_and_hold_every_letter(text: str) -> None:
    found = clauses(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    whole = sentences(text)
    assert all(any(s.start <= span.start < span.end <= s.end for s in whole) for span in found)
    held = {place for span in found for place in range(span.start, span.end)}
    assert not [place for place, letter in enumerate(text) if letter.isalnum() and place not in held]
    assert clauses(text, Span(0, 0)) == []
