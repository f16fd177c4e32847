"""A pile as one goes through it, and text set in lines with what is marked in it: as plain values."""

from __future__ import annotations

import random

import pytest

from realist.domain.highlighting import Highlighter, Term
from realist.queries.piles import Item
from realist.text import cell_width
from realist.vocabulary import TermKind, TermSet
from tests.tui.hostile import CORPUS
from tui.gateway.queue import Queue, Wanted, state_of
from tui.sheets.marked import marked


def items(states: str) -> list[Item]:
    """Return papers 1, 2, …: ``.`` undecided, ``p`` parked, ``y n m`` decided."""
    words = {"y": "include", "n": "exclude", "m": "maybe"}
    return [
        Item(f"e{number}", f"p{number}", number, words.get(state, ""), state == "p", False)
        for number, state in enumerate(states, 1)
    ]


def at(queue: Queue) -> int:
    return queue.item.number if queue.item else 0


@pytest.mark.parametrize(
    ("states", "left_at", "first"),
    [
        ("....", "", 1), ("yy..", "e2", 3), (".y..", "e2", 3), (".yyy", "e4", 1), ("p.y.", "e3", 4),
        ("pyyy", "e4", 1), ("yyyy", "e4", 0), ("", "", 0), ("y.p.", "", 2), ("....", "gone", 1),
    ],
)  # fmt: skip
def test_where_one_goes_on(states: str, left_at: str, first: int) -> None:
    assert at(Queue(items(states), left_at)) == first


def test_every_paper_comes_once_the_parked_ones_last() -> None:
    queue = Queue(items(".p.y.p."))
    came = []
    while queue.item is not None:
        came.append(at(queue))
        queue.put(queue.item._replace(verdict="include"))
        queue.go_on()
    assert came == [1, 3, 5, 7, 2, 6]
    assert (queue.decided, queue.left, queue.total) == (7, 0, 7)


def test_going_on_from_the_only_paper_left_stays() -> None:
    queue = Queue(items("y.y"))
    assert not queue.go_on()
    assert at(queue) == 2


def test_papers_that_others_finished_are_left_out_and_can_come_back() -> None:
    queue = Queue(items("...."))
    queue.drop("p2")
    assert (queue.total, queue.left) == (3, 3)
    queue.go_on()
    assert at(queue) == 3
    assert queue.step(-1)
    assert at(queue) == 1
    second = queue.find("p2")
    assert second is not None
    assert queue.is_gone(second)
    queue.drop("p2")
    assert queue.total == 3
    queue.put(second)
    assert queue.total == 4
    assert queue.step(1)
    assert at(queue) == 2


def test_what_comes_next_is_known_ahead() -> None:
    queue = Queue(items("..y.p."))
    assert [item.number for item in queue.ahead(10)] == [2, 4, 6, 5]
    assert [item.number for item in queue.ahead(2)] == [2, 4]
    assert [item.number for item in queue.beside(1)] == [1, 2]
    assert queue.has(["p1", "p6"])
    assert not queue.has(["p7"])
    assert not queue.go_to("p7")
    assert queue.find("p7") is None


def test_counts_hold_whatever_happens() -> None:
    chance = random.Random(3)
    queue = Queue(items("." * 30))
    for _ in range(2000):
        item = chance.choice(queue.items)
        if chance.random() < 0.2:
            queue.drop(item.paper)
        else:
            verdict = chance.choice(("", "", "include", "exclude", "maybe"))
            queue.put(item._replace(verdict=verdict, parked=not verdict and chance.random() < 0.3))
        here = [one for one in queue.items if not queue.is_gone(one)]
        assert queue.total == len(here)
        assert queue.left == sum(not one.verdict for one in here)
        assert queue.parked == sum(state_of(one) == "parked" for one in here)
        queue.go_on()
        assert queue.item is None or not queue.item.verdict or queue.left == 0


def test_a_filter_leads_through_the_papers_in_a_state() -> None:
    queue = Queue(items(".m.mp"))
    assert not queue.want(Wanted("x", frozenset({"maybe"})))
    assert (at(queue), queue.fitted) == (2, 2)
    queue.put(queue.items[1]._replace(verdict="include"))
    assert queue.go_on()
    assert at(queue) == 4
    assert queue.want(Wanted("x", None, frozenset({4, 5})))
    assert queue.go_on()
    assert at(queue) == 5


@pytest.mark.parametrize("width", [10, 23, 80])
@pytest.mark.parametrize(
    "text", [*CORPUS, "one two  three\nfour\n\nfive " * 30, "中文字" * 40], ids=range(21)
)
def test_lines_hold_the_text_within_their_width(text: str, width: int) -> None:
    text = text[:3000]
    terms = (
        Term("two", TermKind.PLAIN, TermSet.INCLUDE), Term("thr", TermKind.PREFIX, TermSet.OUTCOME),
        Term(r"x{3,90}", TermKind.REGEX, TermSet.CONTEXT),
    )  # fmt: skip
    places = Highlighter(terms).mark(text).spans
    rows = marked(text, places, width)
    said = ["".join(span.text for span in row) for row in rows]
    assert "".join("".join(said).split()) == "".join(text.split())
    assert all(cell_width(row) <= width for row in said if len(row) > 1)
    coloured = "".join(span.text for row in rows for span in row if span.style)
    assert "".join(coloured.split()) == "".join("".join(text[one.start : one.end] for one in places).split())
