"""Which papers may be the same document as one, and what words mean."""

from __future__ import annotations

from itertools import pairwise

import pytest

from realist.queries import likely, paper_story
from realist.services import papers, sameness
from realist.services.unit import Desk

TITLES = (
    "Peer support after stroke: a randomised trial in two towns",
    "Peer support after stroke",
    "Peer-support after stroke: a randomized trial in two towns",
    "Erratum: Peer support after stroke: a randomised trial in two towns",
    "Walking groups for people with heart failure",
    "",
)


@pytest.fixture
def review(desk: Desk) -> Desk:
    for n, title in enumerate(TITLES, 1):
        papers.add_paper(
            desk, label=f"P{n}", title=title, authors=["Hale, Tom"], year="2014" if n < 5 else "",
            doi="10.1000/stroke.1" if n == 1 else "10.1000/other.2" if n == 6 else "",
        )  # fmt: skip
    return desk


def numbers(desk: Desk, uids: list[str]) -> list[int]:
    with desk.store.read() as connection:
        return [paper_story.number_of(connection, uid) for uid in uids]


def found(desk: Desk, number: int) -> list[likely.Likely]:
    with desk.store.read() as connection:
        (uid,) = paper_story.uids_numbered(connection, [number])
        return likely.likely(connection, uid, likely.titles(connection))


def test_the_likeliest_comes_first_with_reasons(review: Desk) -> None:
    rows = found(review, 1)
    assert set(numbers(review, [row.uid for row in rows])) >= {2, 3, 4}
    assert numbers(review, [rows[0].uid])[0] in (3, 4)
    assert all(one.score >= other.score for one, other in pairwise(rows))
    erratum = next(row for row in rows if numbers(review, [row.uid]) == [4])
    assert erratum.kind == "erratum"
    assert any("title" in reason for reason in rows[0].reasons)


def test_a_title_that_is_cut_off_finds_the_whole_one(review: Desk) -> None:
    assert 1 in numbers(review, [row.uid for row in found(review, 2)])
    assert 2 in numbers(review, [row.uid for row in found(review, 3)])


def test_what_is_one_with_the_paper_is_left_out_and_others_stand_for_their_parts(review: Desk) -> None:
    sameness.call_same(review, ["#1", "#3"])
    offered = numbers(review, [row.uid for row in found(review, 3)])
    assert not {1, 3} & set(offered)
    offered = numbers(review, [row.uid for row in found(review, 2)])
    assert 1 in offered
    assert 3 not in offered
    assert len(offered) == len(set(offered))


def test_a_paper_without_a_title_or_without_a_like(review: Desk) -> None:
    assert isinstance(found(review, 6), list)
    assert all(row.score < 0.5 for row in found(review, 5))


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("#5", [5]),
        ("heart failure", [5]),
        ("hart falure", [5]),
        ("waking gruops", [5]),
        ("p5", [5]),
        ("", []),
        ("'\"*()", []),
        ("99", []),
        ("#999999999999", []),
        ("qqqqqq wwwww", []),
    ],
)
def test_what_words_mean(review: Desk, words: str, wanted: list[int]) -> None:
    with review.store.read() as connection:
        known = likely.vocabulary(connection, likely.titles(connection))
        assert numbers(review, likely.by_words(connection, words, known)) == wanted


def test_a_number_stands_before_papers_that_hold_it(review: Desk) -> None:
    papers.add_paper(review, title="Five stories: 5")
    with review.store.read() as connection:
        assert numbers(review, likely.by_words(connection, "5"))[0] == 5
    sameness.call_same(review, ["#1", "#3"])
    with review.store.read() as connection:
        assert numbers(review, likely.by_words(connection, "#3")) == [1]
