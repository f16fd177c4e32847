"""Screen: which pile, its order, going on where one stopped, the filter, the pace and the end."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, timedelta

from realist.services.unit import Desk
from realist.vocabulary import RoundKind, RoundOrder
from tests.fewer import fewer
from tests.tui.piles import a_pile, decide, decided, number, of, remark, to_pile
from tests.tui.support import open_app, press, row_with, settle, text_of
from tests.tui.test_home import follow
from tui.app import RealistApp
from tui.gateway.queue import pace
from tui.place import Place
from tui.sheets.screening import how_far


async def test_one_goes_on_where_one_stopped(file_desk: Desk) -> None:
    a_pile(file_desk, 8)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "y", "j", "n", "y")
        assert number(pilot) == 5
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        assert number(pilot) == 5
        for at in (6, 7, 8, 2, 0):
            await press(pilot, "m")
            assert number(pilot) == at
    assert len(decided(file_desk)) == 8


async def test_the_place_is_kept_when_one_looks_elsewhere(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "j", "j", "g", "p", "g", "s")
        assert number(pilot) == 3
        await press(pilot, "question_mark")
        assert "Exclude it, and go on; in a round of full texts, say why." in text_of(pilot)


async def test_a_random_order_is_the_same_for_the_same_seed(file_desk: Desk) -> None:
    a_pile(file_desk, 12, name="one", order=RoundOrder.RANDOM, seed=7)
    a_pile(file_desk, 12, name="two", order=RoundOrder.RANDOM, seed=7)
    a_pile(file_desk, 12, name="three", order=RoundOrder.RANDOM, seed=8)
    orders = {}
    async with open_app(file_desk.store.address) as pilot:
        for name in ("one", "two", "three"):
            await to_pile(pilot)
            screen = of(pilot)
            screen.post_message(Place.Asked(name))
            await settle(pilot)
            orders[name] = [item.number for item in screen.queue.items]
    assert orders["one"] == orders["two"] != orders["three"]
    assert sorted(orders["one"]) == list(range(1, 13)) != orders["one"]


async def test_without_a_name_the_round_with_most_to_do_is_opened_and_r_chooses_another(
    file_desk: Desk,
) -> None:
    a_pile(file_desk, 4, name="few")
    a_pile(file_desk, 7, name="many")
    a_pile(file_desk, 3, name="texts", kind=RoundKind.FULL_TEXT)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        assert "many · 0/7" in text_of(pilot)
        await press(pilot, "r")
        assert "4 of 4 wait · title and" in row_with(pilot, "few")
        assert "3 of 3 wait · full text" in row_with(pilot, "texts")
        await press(pilot, *"text", "enter")
        assert "texts · 0/3" in text_of(pilot)


async def test_a_round_can_be_asked_for_by_name_number_or_uid(file_desk: Desk) -> None:
    a_pile(file_desk, 4, name="few")
    a_pile(file_desk, 7, name="many")
    for asked in ("few", "#1", "1"):
        app = RealistApp(file_desk.store.address, "SF")
        app.first = ("screening", asked)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settle(pilot)
            assert "few · 0/4" in text_of(pilot)


async def test_a_round_that_is_not_there_is_said(file_desk: Desk) -> None:
    a_pile(file_desk, 4, name="few")
    app = RealistApp(file_desk.store.address, "SF")
    app.first = ("screening", "fewer")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        assert "There is no round 'fewer'" in text_of(pilot)
        await press(pilot, "escape", "r", "enter")
        assert "few · 0/4" in text_of(pilot)


async def test_home_leads_to_the_round(file_desk: Desk) -> None:
    a_pile(file_desk, 4, name="few")
    a_pile(file_desk, 7, name="many")
    async with open_app(file_desk.store.address) as pilot:
        await follow(pilot, "Decide on 4 papers")
        assert "few · 0/4" in text_of(pilot)
        await press(pilot, "y", "q")
        await follow(pilot, "many  ")
        assert "many · 0/7" in text_of(pilot)
        await press(pilot, "q")
        await follow(pilot, "few  ")
        assert "few · 1/4" in text_of(pilot)
        assert number(pilot) == 2


async def test_without_a_round_it_says_how_to_come_to_one(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "s")
        assert "No round has papers for you to screen." in text_of(pilot)
        for key in ("y", "n", "1", "x", "p", "c", "j", "k", "enter", "t", "d", "o", "a", "M", "h", "i", "r"):
            await press(pilot, key)
            await press(pilot, "escape")
            await press(pilot, "g", "s")
        assert "This did not work" not in text_of(pilot)


@fewer(
    "words, fit",
    [
        ("state:maybe", [2]), ("state:inc", [1]), ("state:undecided", [4, 5, 6]), ("state:parked", [3]),
        ("state:maybe,parked", [2, 3]), ("-state:undecided", [1, 2, 3]), ("Author5", [5]),
        ("year:2004..2005", [4, 5]), ("state:und year:2004..2005", [4, 5]), ("nothing", []),
    ],
    0, 8, 9,
)  # fmt: skip
async def test_the_pile_is_filtered_mid_way(file_desk: Desk, words: str, fit: list[int]) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        screen = await to_pile(pilot)
        await press(pilot, "y", "m", "p", "f", *words, "enter")
        await pilot.pause(0.2)
        assert screen.queue.fitted == len(fit)
        assert [item.number for item in screen.queue.items if screen.queue.wanted.fits(item)] == fit
        assert number(pilot) == (4 if 4 in fit else fit[0] if fit else 0)
        fits = "1 fits the filter" if len(fit) == 1 else f"{len(fit)} fit the filter"
        assert fits in text_of(pilot).split("\n")[0]
        if not fit:
            assert "Nothing more fits the filter" in text_of(pilot)


async def test_one_goes_through_the_maybes(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, *"mymymy", "f", *"state:maybe", "enter", "y")
        assert number(pilot) == 3
        await press(pilot, "j")
        assert number(pilot) == 5
        await press(pilot, "n")
        assert number(pilot) == 3
        await press(pilot, "n")
        assert "Nothing more fits the filter: f changes it." in text_of(pilot)
        await press(pilot, "f", *["backspace"] * 11, "enter", "k")
        assert number(pilot) == 6


async def test_a_state_that_is_none_is_said(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "f", *"state:open", "escape")
        assert remark(pilot) == "state: is one of undecided, include, exclude, maybe, parked here."
        assert number(pilot) == 1


async def test_at_the_end_it_says_what_comes_next(file_desk: Desk) -> None:
    a_pile(file_desk, 3, readers=2)
    decide(file_desk, 1, "exclude")
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, *"ynm")
        shown = " ".join(text_of(pilot).split())
        assert "Done: you have decided on 3 papers of abstracts." in shown
        assert "1 ✓ include · 1 ✗ exclude · 1 ~ maybe" in shown
        assert "2 papers wait for others to decide." in shown
        assert "On 1 paper people differ: g" in shown
        await press(pilot, "y")
        assert remark(pilot) == "No paper is on the screen: k goes back to the last one."
        await press(pilot, "k")
        assert number(pilot) == 3


async def test_the_end_of_a_round_that_is_done_and_of_one_with_parked_papers(file_desk: Desk) -> None:
    a_pile(file_desk, 2)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "p", "y", "p", "p")
        assert number(pilot) == 0
        shown = " ".join(text_of(pilot).split())
        assert "all but 1 parked paper: Enter goes to the first." in shown
        await press(pilot, "enter", "y")
        shown = text_of(pilot)
        assert "Done: you have decided on 2 papers" in shown
        assert "Nothing more is to be done in this round." in shown


def test_the_pace_leaves_pauses_out() -> None:
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    ago = [timedelta(minutes=m) for m in (90, 89, 50, 49, 48, 40, 39, 38, 37)]
    found = pace([now - one for one in ago], 30, now)
    assert found is not None
    assert found.per_hour == 60
    assert found.left == timedelta(minutes=30)
    assert pace([now - one for one in ago[:4]], 30, now) is None


async def test_the_quiet_line_says_how_far_how_fast_and_until_when(file_desk: Desk) -> None:
    a_pile(file_desk, 12)
    async with open_app(file_desk.store.address) as pilot:
        screen = await to_pile(pilot)
        await press(pilot, *"yyyyyyy")
        screen.times = deque(datetime.now(UTC) - timedelta(minutes=m) for m in (12, 10, 8, 6, 4, 2, 0))
        screen._pace = (0.0, None)
        screen.say_how_far()
        said = text_of(pilot).split("\n")[0]
        assert "7/12 · 30 per hour · " in said
        now = datetime(2026, 1, 1, 12, 0).astimezone()
        per_hour = pace(screen.times, 5, datetime.now(UTC))
        assert how_far(screen.queue, per_hour, now) == "7/12 · 30 per hour · done about 12:10"
        late = datetime(2026, 1, 1, 23, 55).astimezone()
        assert how_far(screen.queue, per_hour, late) == "7/12 · 30 per hour · about 1 h left"
