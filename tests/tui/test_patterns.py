"""The screen of patterns: groups side by side, pairs, chains, what is named; nothing is found twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from realist.domain.configuration import Box, BoxElement, Link, Ref, TagRef
from realist.domain.notation import Part
from realist.domain.patterns.alike import similar
from realist.queries.patterns import accounts
from realist.queries.regularities import Regular, regularities
from realist.services import configurations, papers
from realist.services.unit import Desk
from realist.text import line
from realist.vocabulary import ElementKind, Valence
from tests.tui.forms import fill, refusal, save
from tests.tui.support import layouts, open_app, others_seen, press, row_with, text_of
from tui.screens.boxes import BoxesScreen
from tui.screens.patterns import PatternsScreen, Wide

HOSTILE = "\x1b[2J[bold red]wards[/] \u202eevil\x9b31m"
WORDS = (
    ("Wards merge against the will of nurses", "Nurses distrust ward managers", "Nurses resign in a year"),
    ("Against nurses' will, wards merging", "Managers distrusted by nurses", "A year: nurses resign"),
    ("A merged ward, against its nurses' will", "Distrust of managers by nurses", "Resigning in a year"),
    ("Rural clinics without a surgeon", "Patients wait and hope", "Hernias get worse"),
)  # fmt: skip
KINDS = (ElementKind.CONTEXT, ElementKind.REASONING, ElementKind.OUTCOME)
VALENCES = (Valence.MINUS, Valence.MINUS, Valence.PLUS, Valence.PLUS)


@pytest.fixture
def review(file_desk: Desk) -> Desk:
    """Three boxes of one account, of three papers, the last the other way; one apart; a loop of two."""
    for n, (words, valence) in enumerate(zip(WORDS, VALENCES, strict=True), 1):
        paper = line(f"Paper {n} {HOSTILE}")
        papers.add_paper(file_desk, label=paper)
        elements = tuple(
            BoxElement(
                Part(kind, text, valence if kind is ElementKind.OUTCOME else None, segment=place),
                f"e{n}{place}",
                tags=_tags(n, kind),
            )
            for place, (kind, text) in enumerate(zip(KINDS, words, strict=True), 1)
        )
        links = (Link("e23", "e11"), Link("e13", "e21")) if n == 2 else ()
        box = Box(f"b{n}", f"P{n}", papers=(Ref("", paper),), elements=elements, links=links)
        configurations.add_configuration(file_desk, box)
    return file_desk


def _tags(n: int, kind: ElementKind) -> tuple[TagRef, ...]:
    if n == 4 or kind is ElementKind.REASONING:
        return ()
    named = "Forced merger" if kind is ElementKind.CONTEXT else "Turnover"
    return (TagRef(str(kind), "", f"{named} {HOSTILE}"),)


def named(desk: Desk) -> list[Regular]:
    with desk.store.read() as connection:
        return regularities(connection, accounts(connection, viewer="SF"), viewer="SF")


async def test_a_group_stands_side_by_side_and_a_box_opens(review: Desk) -> None:
    async with open_app(review.store.address, (80, 40)) as pilot:
        await press(pilot, "g", "r")
        text = text_of(pilot)
        assert "Patterns · similar boxes · 1" in text
        heading = next(line for line in text.splitlines() if line.count("#") == 2)
        assert heading.count(" P") == 2, "two boxes beside each other fit 80 columns"
        assert "context  =" in text
        assert "1 more: > and < show them beside the first." in text
        await press(pilot, "greater_than_sign")
        other = text_of(pilot)
        assert other != text
        await press(pilot, "less_than_sign")
        assert text_of(pilot) == text
        await press(pilot, "enter", "end", "enter")
        assert isinstance(pilot.app.screen, BoxesScreen)


async def test_shared_words_are_marked(review: Desk) -> None:
    async with open_app(review.store.address, (120, 40)) as pilot:
        await press(pilot, "g", "r")
        screen = pilot.app.screen
        assert isinstance(screen, PatternsScreen)
        marked = {
            span.text.strip()
            for row in screen.query_one(Wide)._sheet.rows
            for span in row
            if span.style == "mark"
        }
        assert {"nurses", "will", "managers"} <= {word.lower() for word in marked}
        assert not {"a", "of", "there"} & {word.lower() for word in marked}
        assert all(f"P{n}" in text_of(pilot) for n in (1, 2, 3)), "three fit 120 columns"


async def test_pairs_and_chains_are_shown_in_turn(review: Desk) -> None:
    async with open_app(review.store.address, (100, 30)) as pilot:
        await press(pilot, "g", "r", "t")
        text = text_of(pilot)
        assert "Patterns · recurrent pairs · 1" in text
        assert "2 papers for · 1 paper against" in text
        assert "Counter-examples" in text
        assert "\x1b" not in text
        await press(pilot, "t")
        text = text_of(pilot)
        assert "Patterns · chains · 1" in text
        assert "↻ loop #1 → #2 → #1" in text
        await press(pilot, "t")
        assert "Nothing was named yet" in text_of(pilot)
        await press(pilot, "t")
        assert "similar boxes" in text_of(pilot)


async def test_a_pair_is_named_with_its_counter_examples_and_changed(review: Desk) -> None:
    async with open_app(review.store.address, (100, 40)) as pilot:
        await press(pilot, "g", "r", "t", "n")
        await fill(pilot, name="Forced mergers cost nurses", reason="two papers")
        await save(pilot)
        (one,) = named(review)
        assert [(case.label, case.counter) for case in one.cases] == [
            ("P1", False),
            ("P2", False),
            ("P3", True),
        ]
        assert one.context is not None
        assert one.outcome is not None
        assert "Forced merger" in one.wording
        await press(pilot, "t", "t")
        assert row_with(pilot, "Forced mergers cost nurses")
        await press(pilot, "p")
        await fill(pilot, boxes="P4; #9")
        await save(pilot)
        assert "There is no box '#9'" in refusal(pilot)
        await fill(pilot, boxes="P4")
        await save(pilot)
        assert [case.label for case in named(review)[0].cases if not case.counter] == ["P1", "P2", "P4"]
        await press(pilot, "e")
        await fill(pilot, wording="They leave.", reason="shorter")
        await save(pilot)
        assert named(review)[0].wording == "They leave."
        await press(pilot, "x")
        await fill(pilot, reason="one hospital")
        await save(pilot)
        assert named(review) == []
        await press(pilot, "u")
        assert [one.name for one in named(review)] == ["Forced mergers cost nurses"]


async def test_groups_are_kept_until_the_review_changes(
    review: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def counting(similar: Callable[..., Any]) -> Callable[..., Any]:
        def counted(boxes: Any, *, tags: bool = True) -> Any:
            asked.append(tags)
            return similar(boxes, tags=tags)

        return counted

    monkeypatch.setattr("tui.gateway.patterns.similar", counting(similar))
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "r", "t", "t", "g", "b", "g", "r", "t", "t", "down")
        assert asked == [True]
        await press(pilot, "w")
        assert asked == [True, False]
        assert "by words alone" in text_of(pilot)
        await press(pilot, "w")
        assert asked == [True, False]
        papers.add_paper(review, label="Another")
        await others_seen(pilot)
        assert asked == [True, False, True], "the review changed, so that they are looked for anew"


async def test_going_through_lays_nothing_out_anew(review: Desk) -> None:
    async with open_app(review.store.address, (100, 30)) as pilot:
        await press(pilot, "g", "r", "t", "t", "t", "t")
        with layouts(pilot) as done:
            await press(pilot, "greater_than_sign", "less_than_sign", "down", "up")
        assert done == []


async def test_without_boxes_it_says_so(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "r")
        assert "No box is like another" in text_of(pilot)
        await press(pilot, "n")
        assert "There is nothing to name here." in text_of(pilot)
