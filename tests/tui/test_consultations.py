"""People who were asked: the list, the page of one, and everything that is recorded of it."""

from __future__ import annotations

from typing import Any

import pytest

from realist.domain.configuration import Box, Ref
from realist.queries.consulting import consultation
from realist.queries.naming import resolve
from realist.services import configurations, consulting, mechanisms, papers
from realist.services.unit import Desk
from realist.vocabulary import Voice
from tests.tui.forms import refusal, save
from tests.tui.support import layouts, open_app, press, row_with, text_of
from tui.screens.boxes import BoxesScreen
from tui.screens.log import LogScreen
from tui.screens.mechanisms import MechanismsScreen

HOSTILE = "\x1b[2J\x1b]0;owned\x07[bold red]Trustful[/] \u202eevil\x9b31m"


@pytest.fixture
def review(file_desk: Desk) -> Desk:
    """A mechanism, a box and a paper; a meeting that kept the mechanism."""
    papers.add_paper(file_desk, label="Choi (2012)")
    mechanisms.add_mechanism(file_desk, "Trust")
    configurations.add_configuration(
        file_desk, Box(label="2b", title="Views", papers=(Ref("", "Choi (2012)"),))
    )
    consulting.add_consultation(file_desk, "Meeting 1", held="2025-05-06", people=4)
    return file_desk


def known(desk: Desk, name: str = "Meeting 1") -> dict[str, Any]:
    with desk.store.read() as connection:
        return consultation(connection, resolve(connection, "consultation", name), viewer=desk.initials)


async def test_a_records_and_e_edits_a_consultation(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "a", "a", "ctrl+s")
        assert "needs a name" in refusal(pilot)
        await save(pilot, name="Mail round", mode="mail round", people="some")
        assert "'some' is no number of people" in refusal(pilot)
        await save(pilot, people="", who="nurses", shown="the list")
        assert "?" in row_with(pilot, "Mail round")
        await press(pilot, "e")
        await save(pilot, people="7", held="2025-06", reason="the minutes say so")
        assert "7" in row_with(pilot, "Mail round")
    found = known(review, "Mail round")
    assert (found["mode"], found["people"], found["held"], found["who"]) == (
        "mail round",
        7,
        "2025-06",
        "nurses",
    )


async def test_w_records_what_was_said_of_a_thing_that_is_typed(review: Desk) -> None:
    async with open_app(review.store.address, (110, 50)) as pilot:
        await press(pilot, "g", "a", "w", *"views", "enter")
        await save(pilot, words="That is not us.", voice="against", who="two nurses")
        assert "− against, of box #1 2b Views" in text_of(pilot)
        await press(pilot, "w", "enter")
        await save(pilot, words="Go on.")
        assert "+ for, in general" in text_of(pilot)
        await press(pilot, "w", *"no such thing", "enter")
        await save(pilot, words="Go on.")
        assert "Choose one of the list" in refusal(pilot)
    said = [(row["voice"], row["kind"], row["words"], row["who"]) for row in known(review)["feedback"]]
    assert said == [("against", "box", "That is not us.", "two nurses"), ("for", "", "Go on.", "")]


async def test_c_corrects_and_x_takes_out(review: Desk) -> None:
    consulting.add_feedback(review, Voice.FOR, "Yes.", consultation="Meeting 1", about="mechanism Trust")
    consulting.decide_at(review, "Meeting 1", "Go on.")
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "a", "c", "enter")
        await save(pilot, voice="divided", reason="heard again")
        assert known(review)["feedback"][0]["voice"] == "divided"
        await press(pilot, "x", *"decided", "enter")
        await save(pilot, reason="nobody did")
        assert known(review)["decided"] == []
        await press(pilot, "x", *"yes", "enter")
        await save(pilot, reason="")
        assert "needs its reason" in refusal(pilot)
        await save(pilot, reason="not theirs")
        await press(pilot, "u")
    assert [row["words"] for row in known(review)["feedback"]] == ["Yes."]


async def test_s_d_l_and_n_add_to_the_page(review: Desk) -> None:
    async with open_app(review.store.address, (110, 50)) as pilot:
        await press(pilot, "g", "a", "s", *"choi", "enter")
        assert "▪ paper Choi (2012)" in text_of(pilot)
        await press(pilot, "d")
        await save(pilot, text="Ask nurses, too.")
        assert "1 Ask nurses, too." in text_of(pilot)
        await press(pilot, "l")
        await save(pilot, acts="#9999")
        assert "There is no act #9999" in refusal(pilot)
        await save(pilot, acts="3, #2")
        assert "SF, linked" in text_of(pilot)
        await press(pilot, "n")
        await save(pilot, text="Two left early.")
        assert "Two left early." in text_of(pilot)
    assert [row["how"] for row in known(review)["acts"]] == ["linked", "linked"]


async def test_enter_goes_to_what_was_talked_of_and_to_an_act(review: Desk) -> None:
    for about in ("mechanism Trust", "box 2b"):
        consulting.add_feedback(review, Voice.FOR, "Yes.", consultation="Meeting 1", about=about)
    consulting.link_acts(review, "Meeting 1", ["#3"])
    async with open_app(review.store.address, (100, 40)) as pilot:
        await press(pilot, "g", "a", "enter")
        for line, screen in (("of mechanism Trust", MechanismsScreen), ("of box", BoxesScreen)):
            place = next(n for n, row in enumerate(text_of(pilot).split("\n")) if line in row)
            head = next(
                n for n, row in enumerate(text_of(pilot).split("\n")) if row.startswith("› Meeting 1")
            )
            await press(pilot, *["down"] * (place - head), "enter")
            assert isinstance(pilot.app.screen, screen)
            await press(pilot, "q", "home")
        await press(pilot, "end", "enter")
        assert isinstance(pilot.app.screen, LogScreen)


async def test_what_was_typed_is_kept_until_it_is_saved(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "a", "w", *"trust", "enter", *"They sa")
        await pilot.pause(0.6)
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "a", "w", *"trust", "enter")
        assert "They sa" in text_of(pilot)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 30)])
async def test_hostile_words_do_no_harm(review: Desk, size: tuple[int, int]) -> None:
    consulting.edit_consultation(review, "Meeting 1", name=HOSTILE, who=HOSTILE, shown=HOSTILE, held=HOSTILE)
    consulting.add_feedback(
        review, Voice.FOR, HOSTILE * 40, consultation=HOSTILE, who=HOSTILE, about="review"
    )
    consulting.decide_at(review, HOSTILE, HOSTILE)
    async with open_app(review.store.address, size) as pilot:
        await press(pilot, "g", "a")
        shown = text_of(pilot)
        assert "[bold red]Trustful[/]" in shown
        assert not any(ord(sign) < 32 for sign in shown.replace("\n", ""))
        assert "\x9b" not in shown
        with layouts(pilot) as passes:
            await press(pilot, "down", "up")
        assert passes == []
