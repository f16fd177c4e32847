"""Statements of theories: read and said, revised, compared word by word, carried from version to version."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realist.domain.revising import revised, statement_named
from realist.domain.theories import Statement, carried_from, compared, statement_said
from realist.domain.wording import marked, stretches
from realist.errors import Ambiguous, NotFound
from realist.vocabulary import StatementForm

A, B, C = (Statement(name, n, name.upper(), text=f"{name} says so") for n, name in enumerate("abc", 1))


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("If a, then b, because c.", ("a", "b", "c")),
        ("if a then b", ("a", "b", "")),
        ("IF they meet;\nthen they trust,  because they must", ("they meet", "they trust", "they must")),
    ],
)
def test_a_statement_in_three_pieces(typed: str, pieces: tuple[str, str, str]) -> None:
    one = statement_said(typed)
    assert one.form is StatementForm.IF_THEN
    assert (one.if_text, one.then_text, one.because_text) == pieces
    assert statement_said(one.said).wording == one.wording


@pytest.mark.parametrize("typed", ["They come.", "If only they came.", "Because of rain, then none came."])
def test_prose_stays_prose(typed: str) -> None:
    assert statement_said(typed) == Statement(text=typed)


WORDS = st.text("abc xyz", min_size=1, max_size=12).filter(lambda text: text.strip(" "))


@given(WORDS, WORDS, st.just("") | WORDS)
def test_what_is_said_reads_back(first: str, second: str, third: str) -> None:
    pieces = (" ".join(text.split()) for text in (first, second, third))
    if_text, then_text, because_text = pieces
    one = Statement(
        form=StatementForm.IF_THEN, if_text=if_text, then_text=then_text, because_text=because_text
    )
    assert statement_said(one.said).wording == one.wording


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_stretches_give_both_wordings(before: str, after: str) -> None:
    found = stretches(before, after)
    assert [word for mark, words in found if mark != "+" for word in words] == before.split()
    assert [word for mark, words in found if mark != "-" for word in words] == after.split()


def test_marked_words() -> None:
    assert marked("they come often", "they stay often, too") == "they [-come often-] {+stay often, too+}"


def test_statements_are_revised_in_one_step() -> None:
    made = revised(
        [A, B, C], words={"p1": "If x then y", "B": "b anew"}, calls={"p3": "Last"}, ranks={"3": "high"},
        drops=["p2"], order=["p3"], adds=["One more."],
    )  # fmt: skip
    assert [(one.part, one.number, one.name, one.priority, one.said) for one in made] == [
        ("c", 3, "Last", "high", "c says so"), ("a", 1, "A", "", "If x, then y."),
        ("", 0, "", "", "One more."),
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["p4", "", "x"])
def test_a_statement_that_is_not_there(said: str) -> None:
    with pytest.raises(NotFound, match="p1, p2, p3"):
        statement_named([A, B, C], said)


def test_two_statements_of_one_name() -> None:
    with pytest.raises(Ambiguous, match="could be p1, p2"):
        statement_named([A, replace(B, name="a")], "A")


def test_versions_are_compared_part_by_part() -> None:
    reworded = replace(A, text="a says no", priority="high")
    rows = compared([A, B, C], [C, reworded, replace(C, part="d", number=4)])
    assert [(row.state, row.moved, (row.after or row.before or A).part) for row in rows] == [
        ("same", False, "c"), ("reworded", True, "a"), ("added", False, "d"), ("dropped", False, "b"),
    ]  # fmt: skip
    assert marked("a says so", "a says no") == "a says [-so-] {+no+}"
    assert [list(words) for mark, words in rows[1].words if mark] == [["so"], ["no"]]


def test_a_part_carries_as_long_as_its_wording_is_the_same() -> None:
    other = replace(A, text="another word")
    versions = [{"a": A, "b": B}, {"a": A}, {"a": replace(A, priority="high"), "b": B}, {"a": other, "b": B}]
    assert carried_from(versions, 2) == {"a": {0, 1}, "b": frozenset(), None: frozenset()}
    assert carried_from(versions, 3) == {"a": frozenset(), "b": {2}, None: frozenset()}
    assert carried_from([{"a": A, "b": B}, {"b": B, "a": A}], 1)[None] == {0}


def test_a_wording_that_comes_back_carries_nothing_from_before() -> None:
    other = replace(A, text="another word")
    assert carried_from([{"a": A}, {"a": other}, {"a": A}], 2)["a"] == frozenset()
