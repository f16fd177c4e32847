"""Screen: what others do meanwhile does not move my screen; blind rounds, checks, many changes at once."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from realist.services import papers, rounds, sameness
from realist.services.unit import Desk
from realist.vocabulary import Role
from tests.tui.piles import a_pile, decide, decided, hand_out, head, number, of, to_pile
from tests.tui.support import open_app, others_seen, press, text_of
from tui.gateway import screening as gateway


async def seen(pilot: Pilot[str]) -> str:
    """Have the program see what others did; return the screen."""
    await others_seen(pilot)
    await others_seen(pilot)
    await pilot.pause(0.2)
    return text_of(pilot)


async def test_what_others_decide_leaves_my_paper_where_it_is(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "j")
        for paper in (1, 2, 3):
            decide(file_desk, paper, "include")
        shown = await seen(pilot)
        assert number(pilot) == 2
        assert "others have decided on it meanwhile" in head(pilot)
        assert "0/3" in shown.split("\n")[0]
        await press(pilot, "j")
        assert number(pilot) == 4
        await press(pilot, "y", "k", "k")
        assert number(pilot) == 4


async def test_own_keys_do_not_have_the_pile_read_again(
    file_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_pile(file_desk)
    asked: list[object] = []
    news = gateway.news

    def counted(*given: object) -> object:
        asked.append(given)
        return news(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(gateway, "news", counted)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "y", "n")
        await seen(pilot)
        await press(pilot, "p")
        await seen(pilot)
        assert asked == []
        decide(file_desk, 6, "include")
        await seen(pilot)
        assert len(asked) == 1


async def test_what_i_do_while_news_are_read_is_not_taken_back_by_them(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        screen = await to_pile(pilot)
        assert screen.pile is not None
        decide(file_desk, 6, "include")
        old = gateway.news(screen.gate, screen.pile.round["uid"], screen._known, screen.pile.handed)
        await press(pilot, "y")
        screen.hear(old)
        item = screen.queue.items[0]
        assert item.verdict == "include"
        await seen(pilot)
        assert screen.queue.items[0].verdict == "include"
        assert number(pilot) == 2


async def test_my_own_decisions_of_another_window_are_seen(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        decide(file_desk, 1, "exclude", by="SF", reason="2")
        await seen(pilot)
        assert number(pilot) == 1
        assert head(pilot).startswith("✗ exclude: 2 not about work")


async def test_papers_that_come_into_the_round_are_there_and_mine_stays(file_desk: Desk) -> None:
    a_pile(file_desk, 4)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "y")
        other = Desk(file_desk.store, "NG")
        papers.add_paper(other, label="New (2024)", title="A new one")
        rounds.enter(other, "abstracts", ["New (2024)"])
        shown = await seen(pilot)
        assert number(pilot) == 2
        assert "1/5" in shown.split("\n")[0]
        await press(pilot, "m", "m", "m")
        assert number(pilot) == 5


async def test_a_paper_that_is_joined_is_read_once(file_desk: Desk) -> None:
    a_pile(file_desk, 4)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        sameness.join_papers(Desk(file_desk.store, "NG"), "#3", "#2")
        shown = await seen(pilot)
        assert "0/3" in shown.split("\n")[0]
        await press(pilot, "y", "y")
        assert number(pilot) == 4


async def test_a_text_that_somebody_corrects_is_shown_anew_in_place(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        papers.edit_paper(Desk(file_desk.store, "NG"), "#1", "title", "A better title", reason="typo")
        papers.edit_paper(Desk(file_desk.store, "NG"), "#2", "title", "Another title", reason="typo")
        shown = await seen(pilot)
        assert "A better title" in shown
        assert number(pilot) == 1
        await press(pilot, "y")
        assert "Another title" in text_of(pilot)


async def test_the_whole_pile_is_read_again_after_very_much_and_keeps_my_place(
    file_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_pile(file_desk, 8)
    monkeypatch.setattr("realist.queries.pile_news.MOST", 2)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "y", "j")
        for paper in (5, 6, 7):
            decide(file_desk, paper, "include")
        await press(pilot, "u")
        await seen(pilot)
        assert number(pilot) == 1
        assert head(pilot).startswith("○ undecided")
        await press(pilot, "y", "y")
        await seen(pilot)
        assert of(pilot).queue.total == 5
        assert number(pilot) == 3


async def test_a_blind_round_shows_nothing_of_others(file_desk: Desk) -> None:
    a_pile(file_desk, 3, readers=2, blind=True)
    decide(file_desk, 1, "exclude", by="NG", reason="2", note="SECRET")
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        for key in ("", "j", "k", "y", "k"):
            if key:
                await press(pilot, key)
            shown = await seen(pilot)
            assert "NG" not in shown
            assert "SECRET" not in shown
            assert "exclude:" not in shown
        decide(file_desk, 2, "exclude", by="NG", note="SECRET")
        shown = await seen(pilot)
        assert "SECRET" not in shown


async def test_a_paper_to_check_shows_what_was_decided(file_desk: Desk) -> None:
    a_pile(file_desk, 3)
    decide(file_desk, 1, "exclude", by="NG", reason="2", note="hardly")
    decide(file_desk, 2, "include", by="NG")
    rows = [("#1", "SF", Role.CHECK), ("#2", "SF", Role.CHECK)]
    hand_out(file_desk, rows)
    async with open_app(file_desk.store.address, size=(120, 40)) as pilot:
        await to_pile(pilot)
        assert head(pilot).startswith("≠ to check · NG: ✗ exclude (no")
        await press(pilot, "y")
        assert head(pilot).startswith("≠ to check · NG: ✓ include")
        await press(pilot, "k")
        assert head(pilot).startswith("✓ include, checked · NG: ✗ exclude")
        assert decided(file_desk)[-1] == (1, "include", None, "", 1, "SF")
        await press(pilot, "j", "1")
        assert "Done: you have decided on 3 papers" in text_of(pilot)


async def test_what_is_handed_out_to_me_is_my_pile(file_desk: Desk) -> None:
    a_pile(file_desk, 4)
    hand_out(file_desk, [("#2", "SF", Role.READ), ("#4", "SF", Role.READ)])
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        assert number(pilot) == 4
        await press(pilot, "y")
        assert number(pilot) == 2


async def test_another_person_at_the_keyboard_has_another_pile(file_desk: Desk) -> None:
    a_pile(file_desk, 3, readers=2)
    decide(file_desk, 1, "include", by="NG")
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "y", "y")
        assert number(pilot) == 3
        await press(pilot, "ctrl+w", "backspace", "backspace", *"NG", "enter")
        await pilot.pause(0.2)
        assert number(pilot) == 2
        assert "NG" in text_of(pilot).split("\n")[0]
