"""Cross-case tables: what counts where, what is not stated, what is none and what is not known."""

from __future__ import annotations

import pytest

from realist.domain.crossing import KINDS, Axis, By, Statement, Value, cross, read_by, signed, usual
from realist.errors import WrongUse

SITE, CODE = By("site"), By("code")
A, B = Value("a", "clinic A"), Value("b", "Clinic B")
ONE, TWO, THREE = (Value(key, key) for key in ("one", "two", "three"))


def stated(uid: str, sites: tuple[Value, ...], codes: tuple[Value, ...], valence: str = "") -> Statement:
    papers = tuple(f"paper of {site.key}" for site in sites)
    return Statement("coding", uid, papers, valence, {SITE: sites, CODE: codes})


FOUND = cross(
    [
        stated("1", (A,), (ONE,), "+"),
        stated("2", (A,), (ONE, TWO), "-"),
        stated("3", (B,), (TWO,)),
        stated("4", (), (TWO,), "±"),
        stated("5", (B, A), (), "+"),
    ],
    Axis(SITE),
    Axis(CODE, (THREE, ONE, TWO), whole=True),
)


def test_values_stand_in_order_and_what_is_not_stated_last() -> None:
    assert [row.name for row in FOUND.rows] == ["clinic A", "Clinic B", "not stated"]
    assert [column.name for column in FOUND.columns] == ["three", "one", "two", "not stated"]


def test_a_statement_counts_in_every_row_and_once_in_sums() -> None:
    counts = {key: cell.n for key, cell in FOUND.cells.items()}
    assert counts == {
        ("a", "one"): 2, ("a", "two"): 1, ("b", "two"): 1, ("", "two"): 1, ("b", ""): 1, ("a", ""): 1,
    }  # fmt: skip
    assert {key: cell.n for key, cell in FOUND.of_rows.items()} == {"a": 3, "b": 2, "": 1}
    assert {key: cell.n for key, cell in FOUND.of_columns.items()} == {"three": 0, "one": 2, "two": 3, "": 1}
    assert (FOUND.all.n, FOUND.all.papers) == (5, ["paper of a", "paper of b"])
    assert FOUND.of_rows["a"].papers == ["paper of a", "paper of b"]


def test_none_is_told_from_nothing_known() -> None:
    three, one = FOUND.columns[:2]
    assert FOUND.empty(B, one)
    assert not FOUND.empty(B, three)


def test_valences_stand_apart() -> None:
    assert signed(FOUND.of_rows["a"]) == "+2 −1"
    assert signed(FOUND.of_columns["two"]) == "−1 ±1 ?1"
    assert signed(FOUND.all) == "+2 −1 ±1 ?1"


def test_values_that_no_statement_has_are_left_out_where_there_is_no_whole() -> None:
    table = cross([stated("1", (A,), (TWO,))], Axis(SITE), Axis(CODE, (THREE, TWO, ONE)))
    assert table.columns == (TWO,)
    assert cross([], Axis(SITE), Axis(CODE)).rows == ()


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("site", By("site")),
        (" field: aim ", By("field", "aim")),
        ("appraisal:Rigour", By("appraisal", "Rigour")),
    ],
)
def test_what_a_table_is_by_is_read(text: str, by: By) -> None:
    assert read_by(text) == by


@pytest.mark.parametrize("text", ["colour", "field", "field:", "site:x", ""])
def test_what_is_nothing_to_count_by_is_said(text: str) -> None:
    with pytest.raises(WrongUse, match="use one of site, paper"):
        read_by(text)


def test_what_is_counted_where_nobody_says() -> None:
    assert usual(By("site"), By("dimension")) == ("coding",)
    assert usual(By("mechanism"), By("stance")) == ("evidence",)
    assert usual(By("kind"), By("paper")) == ("element",)
    assert usual(By("site"), By("paper")) == KINDS
