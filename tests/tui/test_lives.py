"""Lives on the screen: what is done by key asks why and what moved it, and the timeline tells it."""

from __future__ import annotations

from typing import Any

import pytest

from realist.queries import lives as queries
from realist.queries.naming import resolve
from realist.queries.theory import contexts, mechanisms
from realist.queries.waiting import waiting
from realist.services import consulting, evidence, papers
from realist.services import lives as services
from realist.services.proposing import add_context, add_mechanism
from realist.services.unit import Desk
from tests.tui.forms import refusal, save
from tests.tui.support import open_app, press, text_of
from tui.gateway.lives import Known, moved_by


@pytest.fixture
def review(file_desk: Desk) -> Desk:
    """Trust with two claims of one paper, Power, a context, a meeting."""
    papers.add_paper(file_desk, label="Choi (2012)")
    for name in ("Trust", "Power"):
        add_mechanism(file_desk, name)
    add_context(file_desk, "Night work")
    consulting.add_consultation(file_desk, "Second meeting")
    for claim in ("It grew.", "It fell."):
        evidence.add_evidence(file_desk, "Choi (2012)", claim=claim, mechanism="Trust")
    return file_desk


def told(desk: Desk, name: str, kind: str = "mechanism") -> list[dict[str, Any]]:
    with desk.store.read() as connection:
        return queries.history(connection, kind, resolve(connection, kind, name))


async def test_a_split_by_key_then_a_piece_is_placed_and_the_timeline_tells(review: Desk) -> None:
    async with open_app(review.store.address, (120, 60)) as pilot:
        await press(pilot, "g", "m", "y")
        await save(pilot, into="Power; Being known", reason="", moved_by="second")
        assert "needs its reason" in refusal(pilot)
        await save(pilot, reason="two things")
        assert told(review, "Trust")[-1]["moved_by"][0]["name"] == "Second meeting"
        assert "Waits to be placed" in text_of(pilot)
        await press(pilot, "l", "enter")
        await save(pilot, into="Being known", reason="it says so", moved_by="choi")
        shown = text_of(pilot)
        for words in ("⋔ split into Power, Being known", "because: two things", "↳ place 1 piece into Being"):
            assert words in shown
        with review.store.read() as connection:
            assert [row["words"] for row in waiting(connection)] == ["not judged: It fell."]
        await press(pilot, "u")
        with review.store.read() as connection:
            assert len(waiting(connection)) == 2


async def test_contexts_have_the_same_keys(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "m", "t")
        assert "contexts" in text_of(pilot)
        await press(pilot, "r")
        await save(pilot, name="Night shifts", reason="clearer")
        await press(pilot, "z")
        await save(pilot, reason="later")
        with review.store.read() as connection:
            (row,) = contexts(connection)
        assert (row["name"], row["fate"]) == ("Night shifts", "parked")
        assert [one["did"] for one in told(review, "Night work", "context")] == ["propose", "rename", "park"]


async def test_what_is_merged_is_taken_apart_by_the_same_key(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "m", "m")
        await save(pilot, into="Power", reason="one thing")
        await press(pilot, "m")
        await save(pilot, reason="not so")
    with review.store.read() as connection:
        assert {row["name"]: row["papers"] for row in mechanisms(connection)} == {"Trust": 1, "Power": 0}


def test_what_moved_it_is_found_by_some_of_its_words() -> None:
    movers = (
        ("consultation Second meeting", "consultation Second meeting"),
        ("paper Choi (2012)", "paper 1"),
        ("paper Choi (2015)", "paper 2"),
        ("box 12", "box b"),
    )
    known = Known((), movers)
    assert moved_by(known, "second; choi 2012")[0] == ["consultation Second meeting", "paper 1"]
    assert moved_by(known, "secnd meeting")[0] == ["consultation Second meeting"]
    assert moved_by(known, "choi")[2].startswith("'choi' could be paper Choi (2012), paper Choi (2015)")
    assert moved_by(known, "ut")[2].startswith("nothing is called 'ut'")


def test_what_is_not_merged_any_more_is_told(review: Desk) -> None:
    services.merge(review, "Trust", ["Power"], reason="one thing")
    services.end_merge(review, "Trust", reason="not so")
    assert [row["did"] for row in told(review, "Power")] == ["propose", "merge", "reinstate"]
