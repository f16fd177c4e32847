"""Search: what holds the words, as they are typed, and the way to it."""

from __future__ import annotations

import sqlite3
from types import SimpleNamespace
from typing import Any

import pytest
from textual.pilot import Pilot

from realist.domain.configuration import Box, BoxElement, Ref
from realist.domain.notation import Part
from realist.services import configurations, evidence, mechanisms, notes, papers, plan
from realist.services.unit import Desk
from realist.vocabulary import ElementKind
from tests.tui.support import open_app, press, row_with, text_of
from tui.screens.find import FindScreen, WordLine
from tui.widgets.hits import HitLines, _snippet

HOSTILE = "\x1b[2J\x1b]0;owned\x07[bold red]Trustful[/] \u202eevil\x9b31m"


@pytest.fixture
def review(file_desk: Desk) -> Desk:
    """One thing of each kind that holds a word that begins with *trust*, and a second paper."""
    papers.add_paper(file_desk, label="Klinga (2016)", title="Shared responsibility and trust in teams")
    papers.add_paper(
        file_desk, label="Best (2017)", title="Budgets", abstract="Nobody trusts a pooled budget."
    )
    mechanisms.add_mechanism(file_desk, "Trust", description="They know each other.")
    evidence.add_evidence(file_desk, "Best (2017)", claim="Managers earned trust slowly", mechanism="Trust")
    part = Part(ElementKind.CONTEXT, "a history of mistrust and trust")
    configurations.add_configuration(
        file_desk,
        Box(label="1", title="Pooling", papers=(Ref("", "Klinga (2016)"),), elements=(BoxElement(part),)),
    )
    notes.add_memo(file_desk, "mechanism", "Trust", "Is trust one thing or two?")
    plan.add_stage(file_desk, "1a")
    notes.add_memo(file_desk, "review", "", "Trustees want a lay summary.")
    return file_desk


def opened(pilot: Pilot[str], monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Note what is opened instead of opening it."""
    found: list[tuple[str, str]] = []

    def note(kind: str, uid: str, **how: Any) -> None:
        found.append((kind, uid))

    monkeypatch.setattr(pilot.app, "open", note)
    return found


def uid_of(desk: Desk, table: str, number: int) -> str:
    """Return the uid of the paper, box or mechanism with a number."""
    with sqlite3.connect(desk.store.address) as file:
        found = file.execute(f"SELECT uid FROM {table} WHERE number = ?", (number,)).fetchone()[0]
    file.close()
    return str(found)


async def test_slash_begins_at_the_words_and_hits_follow_from_two_letters(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "slash")
        assert isinstance(pilot.app.focused, WordLine)
        assert "Enter to the results" in text_of(pilot)
        await press(pilot, "t")
        assert "Type two letters or more" in text_of(pilot)
        await press(pilot, *"rust")
        shown = text_of(pilot)
        assert "papers 2 · claims 1 · boxes 1 · mechanisms 1 · memos 2" in shown
        assert "paper     #1 Klinga (2016)" in shown
        assert "abstract: Nobody trusts a pooled budget." in shown
        assert "Managers earned trust slowly" in shown
        assert "· Best (2017)" in row_with(pilot, "claim  ")
        assert "1 Pooling" in row_with(pilot, "box  ")
        assert "element: a history of mistrust and trust" in shown
        assert "mechanism #1 Trust" in shown
        await press(pilot, *" nowhere")
        assert "Nothing holds all of these words." in text_of(pilot)
        assert "papers 0" in text_of(pilot)


async def test_the_words_are_marked_by_more_than_colour(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "slash", *"trust")
        lines = pilot.app.screen.query_one(HitLines)
        marked = [
            segment.text
            for y in range(lines.size.height)
            for segment in lines.render_line(y)
            if segment.style is not None and segment.style.underline
        ]
        assert marked[:2] == ["trust", "trusts"]


async def test_a_word_far_into_a_long_text_is_seen() -> None:
    text = "word " * 30 + "needle at the end"
    hit: Any = SimpleNamespace(snippet=text, marks=((150, 156),), field="abstract")
    shown = "".join(span.text for span in _snippet(hit, 66))[:66]
    assert "needle at the end" in shown
    assert shown.startswith("          abstract: …word")


async def test_enter_opens_each_kind_where_it_belongs(review: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "slash", *"trust", "enter")
        assert isinstance(pilot.app.focused, HitLines)
        found = opened(pilot, monkeypatch)
        for _ in range(6):
            await press(pilot, "enter", "j")
        best, klinga = uid_of(review, "paper", 2), uid_of(review, "paper", 1)
        box, trust = uid_of(review, "configuration", 1), uid_of(review, "mechanism", 1)
        assert found == [
            ("paper", klinga), ("paper", best), ("paper", best), ("box", box), ("mechanism", trust),
            ("mechanism", trust),
        ]  # fmt: skip
        await press(pilot, "enter")
        assert "It is on review" in text_of(pilot)
        assert "Trustees want a lay summary." in text_of(pilot)


async def test_t_shows_one_kind(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "slash", *"trust", "enter", "t")
        assert "boxes                                     1" in text_of(pilot)
        await press(pilot, *"claims", "enter")
        assert "only claims 1" in text_of(pilot)
        assert "Klinga" not in text_of(pilot)
        assert "Managers earned trust slowly" in text_of(pilot)
        await press(pilot, "t", *"every", "enter")
        assert "Klinga" in text_of(pilot)


async def test_f_and_slash_and_up_go_back_to_the_words(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        for keys in (("f",), ("slash",), ("up",)):
            await press(pilot, "slash", *"trust", "down", *keys)
            assert isinstance(pilot.app.focused, WordLine)
        await press(pilot, "enter", "slash", *"budg")
        assert pilot.app.screen.query_one(WordLine).value == "budg", "the words were selected"
        assert "Best (2017)" in text_of(pilot)
        assert "Klinga" not in text_of(pilot)


async def test_escape_goes_back_and_the_search_stays_as_it_was(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "f", "slash", *"pooled", "escape")
        assert "Flow" in text_of(pilot).split("\n")[0]
        await press(pilot, "slash")
        assert isinstance(pilot.app.screen, FindScreen)
        assert "Best (2017)" in text_of(pilot)


async def test_what_changes_meanwhile_is_found_and_the_cursor_stays(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "slash", *"trust", "enter", "j", "j")
        papers.add_paper(review, label="Adair (2011)", title="Trust: a review")
        pilot.app.changed(99)  # type: ignore[attr-defined]
        await press(pilot)
        await pilot.pause()
        await press(pilot, "j", "k")
        assert "Adair (2011)" in text_of(pilot)
        assert row_with(pilot, "›").startswith("› claim")


async def test_hostile_text_is_shown_plain(review: Desk) -> None:
    papers.add_paper(review, label="Adair (2011)", title="x")
    with sqlite3.connect(review.store.address) as file:
        file.execute(
            "UPDATE paper SET title = ?, label = ? WHERE number = 3", (HOSTILE + "y" * 100_000, HOSTILE)
        )
        file.execute(
            "UPDATE search_piece SET body = 'trustful' WHERE subject = ?", (uid_of(review, "paper", 3),)
        )
        file.execute("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")
    file.close()
    async with open_app(review.store.address, (120, 40)) as pilot:
        await press(pilot, "slash", *"trustful", "enter")
        shown = text_of(pilot)
        assert "[bold red]Trustful[/]" in shown
        assert shown.replace("\n", "").isprintable()
        assert "\u202e" not in shown
