"""Screen: every key of deciding, on an invented round."""

from __future__ import annotations

from realist.services.unit import Desk
from realist.vocabulary import RoundKind
from tests.fewer import fewer
from tests.tui.piles import a_pile, decided, head, number, of, remark, rows, to_pile
from tests.tui.support import open_app, press, settle, text_of


async def test_the_first_paper_stands_there_with_all_that_is_read_of_it(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        shown = text_of(pilot)
        assert shown.startswith(" Screen · abstracts · 0/6")
        assert head(pilot).startswith("○ undecided")
        assert head(pilot).endswith("#1 A1 (2001)")
        for words in ("Support at work, part 1", "Author1, Ada; Bee, Ben", "2001", "10.5555/made.1"):
            assert words in shown
        assert "This is abstract 1." in " ".join(shown.split())
        assert "1 no peers · 2 not about work · 3 a protocol only" in shown


@fewer(
    "key, stored",
    [
        ("y", ("include", None)), ("n", ("exclude", None)), ("m", ("maybe", None)), ("1", ("exclude", 1)),
        ("3", ("exclude", 3)),
    ],
    0, 4,
)  # fmt: skip
async def test_a_key_decides_and_the_next_paper_is_there(
    file_desk: Desk, key: str, stored: tuple[str, int | None]
) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, key)
        assert number(pilot) == 2
        assert "This is abstract 2." in " ".join(text_of(pilot).split())
        assert decided(file_desk) == [(1, *stored, "", 0, "SF")]
        assert rows(file_desk, "SELECT seconds >= 0 AND seconds < 60 FROM decision") == [(1,)]
        await pilot.pause(0.2)
        assert "1/6" in text_of(pilot).split("\n")[0]


async def test_every_key_sent_is_a_decision_stored(file_desk: Desk) -> None:
    a_pile(file_desk, 40)
    keys = [*"ynm123" * 6, "y", "n", "m"]
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        for key in keys:
            await pilot.press(key)
        await settle(pilot)
        assert number(pilot) == 40
    stored = decided(file_desk)
    assert [row[0] for row in stored] == list(range(1, 40))
    meant = {"y": ("include", None), "n": ("exclude", None), "m": ("maybe", None)}
    assert [row[1:3] for row in stored] == [
        meant.get(key, ("exclude", int(key) if key.isdigit() else None)) for key in keys
    ]


async def test_a_reason_that_the_round_does_not_have_changes_nothing(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "7")
        assert remark(pilot) == "This round has no reason 7."
        assert number(pilot) == 1
        assert decided(file_desk) == []


async def test_on_an_excluded_paper_a_digit_changes_the_reason_and_stays(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "1", "k", "2")
        assert number(pilot) == 1
        assert "✗ exclude: 2 not about work" in head(pilot)
        assert [row[:3] for row in decided(file_desk)] == [(1, "exclude", 1), (1, "exclude", 2)]


async def test_a_digit_never_changes_a_verdict(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "y", "k", "1")
        assert "✓ include" in head(pilot)
        assert remark(pilot).startswith("Not changed: this paper is include")
        assert len(decided(file_desk)) == 1


async def test_another_verdict_is_a_new_decision_and_the_same_one_is_none(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "y", "k", "m")
        assert number(pilot) == 2
        await press(pilot, "k", "m")
        assert number(pilot) == 2
        assert [row[:2] for row in decided(file_desk)] == [(1, "include"), (1, "maybe")]


async def test_undeciding_makes_a_paper_open_again(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "x")
        assert remark(pilot) == "You have not decided on this paper."
        await press(pilot, "2", "k", "x")
        assert number(pilot) == 1
        assert head(pilot).startswith("○ undecided")
        assert [row[1] for row in decided(file_desk)] == ["exclude", "undecided"]
        await pilot.pause(0.2)
        assert "0/6" in text_of(pilot).split("\n")[0]


async def test_moving_decides_nothing(file_desk: Desk) -> None:
    a_pile(file_desk, 4)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        for keys, at in (("jj", 3), ("k", 2), (["down"], 3), (["up"], 2), (["right"], 3), (["left"], 2)):
            await press(pilot, *keys)
            assert number(pilot) == at
        await press(pilot, "k", "k")
        assert remark(pilot) == "This is the first paper."
        await press(pilot, *"jjjj")
        assert remark(pilot) == "This is the last paper."
        assert decided(file_desk) == []


async def test_the_text_scrolls_by_screenfuls_and_each_paper_begins_at_its_top(file_desk: Desk) -> None:
    a_pile(file_desk)
    with file_desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE paper_text SET abstract = ?", ("word " * 800 + "the end.",))
    async with open_app(file_desk.store.address) as pilot:
        screen = await to_pile(pilot)
        assert "▾" in text_of(pilot)
        await press(pilot, "space", "pagedown", "space", "space")
        assert "the end." in text_of(pilot)
        assert "▴" in text_of(pilot)
        assert "○ undecided" in text_of(pilot)
        await press(pilot, "pageup")
        assert screen.reading.scroll_offset.y > 0
        await press(pilot, "y")
        assert screen.reading.scroll_offset.y == 0
        assert "Support at work, part 2" in text_of(pilot)


async def test_parked_papers_come_at_the_end(file_desk: Desk) -> None:
    a_pile(file_desk, 3)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "p")
        assert number(pilot) == 2
        await press(pilot, "y")
        assert number(pilot) == 3
        await press(pilot, "y")
        assert number(pilot) == 1
        assert head(pilot).startswith("‖ parked")
        await press(pilot, "p")
        assert head(pilot).startswith("○ undecided")
        await press(pilot, "p", "enter", "m")
        assert number(pilot) == 0
        assert rows(file_desk, "SELECT ended FROM parking ORDER BY at") == [("taken back",), ("decided",)]
        await press(pilot, "k", "k", "p")
        assert remark(pilot) == "You have decided on this paper: x takes that back."


async def test_a_full_text_is_excluded_with_its_reasons(file_desk: Desk) -> None:
    a_pile(file_desk, kind=RoundKind.FULL_TEXT)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "n")
        assert "Why is #1 A1 (2001) excluded?" in text_of(pilot)
        await press(pilot, "2")
        assert "✓ reason" in text_of(pilot)
        await press(pilot, "3", "1", "1", "enter")
        assert number(pilot) == 2
        assert [row[:3] for row in decided(file_desk)] == [(1, "exclude", 2)]
        also = "SELECT r.number FROM decision_reason d JOIN reason r ON r.uid = d.reason"
        assert rows(file_desk, also) == [(3,)]
        await press(pilot, "k")
        assert head(pilot).startswith("✗ exclude: 2 not about work, also 3 a protocol only")
        await press(pilot, "1")
        assert head(pilot).startswith("✗ exclude: 1 no peers, also 3 a protocol only")
        await press(pilot, "j", "n", "escape")
        assert number(pilot) == 3
        await press(pilot, "n", "2", "q")
        assert number(pilot) == 3
        assert [row[:3] for row in decided(file_desk)][1:] == [(1, "exclude", 1), (2, "exclude", None)]
        await press(pilot, "3")
        assert [row[:3] for row in decided(file_desk)][3:] == [(3, "exclude", 3)]


async def test_keys_typed_at_once_reach_the_reasons_in_their_order(file_desk: Desk) -> None:
    a_pile(file_desk, kind=RoundKind.FULL_TEXT)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        for key in ("n", "2", "enter", "n", "1", "3", "enter", "y"):
            await pilot.press(key)
        await settle(pilot)
        assert [row[:3] for row in decided(file_desk)] == [
            (1, "exclude", 2), (2, "exclude", 1), (3, "include", None),
        ]  # fmt: skip


async def test_reasons_from_ten_on_are_found_by_typing(file_desk: Desk) -> None:
    a_pile(file_desk, reasons=[f"reason {n}" for n in "abcdefghijkl"])
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "0", *"reason k", "enter")
        assert number(pilot) == 2
        await press(pilot, "0", "escape")
        assert [row[:3] for row in decided(file_desk)] == [(1, "exclude", 11)]
        assert of(pilot).queue.item is not None


async def test_in_a_round_without_reasons_keys_say_so(file_desk: Desk) -> None:
    a_pile(file_desk, reasons=())
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        assert "This round has no exclusion reasons." in text_of(pilot)
        await press(pilot, "1")
        assert remark(pilot) == "This round has no reason 1."
        await press(pilot, "0")
        assert remark(pilot) == "This round has no exclusion reasons."
