"""Saying which paper is the same as another one, or related to it: the picker, and what is asked."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from realist.queries import kin, likely, listing, paper_story
from realist.queries import papers as queries
from realist.services import notes, papers, plan, rounds, sameness, screening
from realist.services.unit import Desk
from realist.vocabulary import PaperState, Relatedness, RoundKind, Verdict
from tests.fewer import fewer
from tests.tui.forms import refusal, save
from tests.tui.hostile import spoil
from tests.tui.support import open_app, press, row_with, settle, text_of
from tui.dialogs import Choose, Confirm
from tui.dialogs.pick import PickPaper
from tui.gateway.pick import Candidate, Finder
from tui.screens.paper import PaperScreen
from tui.screens.papers import PapersScreen

TITLES = (
    "Walking back to life: peer support after a heart attack",
    "Walking back to life",
    "Zinc for the healing of bones",
    "Company on the hill",
    "Editorial",
)


@pytest.fixture
def review(file_desk: Desk) -> Desk:
    """Five papers; the first two may be one."""
    for n, title in enumerate(TITLES, 1):
        papers.add_paper(
            file_desk, label=f"P{n}", title=title, authors=["Okafor, N." if n < 3 else f"Author{n}, B."],
            year=str(2000 + n // 3), journal="Heart",
        )  # fmt: skip
    return file_desk


def whole(desk: Desk, number: int) -> int:
    """The number under which a paper is read now."""
    with desk.store.read() as connection:
        return paper_story.number_of(connection, paper_story.uids_numbered(connection, [number])[0])


def uid(desk: Desk, number: int) -> str:
    """The uid of a paper as it is read now."""
    with desk.store.read() as connection:
        return paper_story.uids_numbered(connection, [number])[0]


def offered(pilot: Pilot[str]) -> list[int]:
    """The numbers of the papers that the picker shows."""
    dialog = pilot.app.screen
    assert isinstance(dialog, PickPaper)
    return [one.paper.number for one in dialog._table.items]


def words(pilot: Pilot[str]) -> str:
    """The screen on one line, without frames."""
    return " ".join(text_of(pilot).replace("│", " ").replace("▌", " ").split())


# -- the picker -----------------------------------------------------------------------------------------


async def test_the_most_likely_ones_come_at_once_and_others_as_one_types(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "d")
        assert "#1 P1 is the same as …" in text_of(pilot)
        assert offered(pilot)[0] == 2
        assert "0." in row_with(pilot, "#2 Okafor")
        assert "One title" in words(pilot)
        await press(pilot, *"zinc")
        assert offered(pilot) == [3]
        await press(pilot, *["backspace"] * 4)
        assert offered(pilot)[0] == 2
        await press(pilot, *"author5")
        assert offered(pilot) == [5]
        await press(pilot, *["backspace"] * 7, *"4")
        assert offered(pilot)[0] == 4
        await press(pilot, "backspace", *"#4")
        assert offered(pilot) == [4]
        await press(pilot, *["backspace"] * 2, *"compny hil")
        assert offered(pilot) == [4]
        await press(pilot, *["backspace"] * 10, *"qqqqq")
        assert offered(pilot) == []
        assert "No paper has these words, or words like them." in text_of(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PickPaper)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, PapersScreen)


async def test_a_paper_is_never_offered_to_itself_nor_what_it_is_one_with(review: Desk) -> None:
    sameness.call_same(review, ["#1", "#2"])
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "d")
        assert 1 not in offered(pilot)
        assert 2 not in offered(pilot)
        await press(pilot, *"walking")
        assert offered(pilot) == []
        await press(pilot, *["backspace"] * 7, *"#2")
        assert offered(pilot) == []
        await press(pilot, "escape", "end", "d", *"walking")
        assert offered(pilot) == [1]


async def test_a_paper_unlike_all_others_says_so(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "down", "down", "d")
        if not offered(pilot):
            assert "No paper is like it" in text_of(pilot)
        await press(pilot, "down", "up", "pagedown", "pageup")
        assert isinstance(pilot.app.screen, PickPaper)


async def test_of_what_is_typed_the_newest_wins_and_enter_waits_for_it(
    review: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, asked, go_on = Finder.by_words, list[str](), threading.Event()

    def slow(finder: Finder, typed: str) -> list[Candidate]:
        asked.append(typed)
        assert go_on.wait(10)
        return original(finder, typed)

    monkeypatch.setattr(Finder, "by_words", slow)
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "d")
        await pilot.press(*"zinc", "enter")
        assert isinstance(pilot.app.screen, PickPaper)
        go_on.set()
        await settle(pilot)
        assert asked == ["zi", "zinc"]
        assert isinstance(pilot.app.screen, Confirm)
        assert "#3 P3" in text_of(pilot)


async def test_who_leaves_waits_for_nothing(review: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def slow(finder: Finder) -> list[Candidate]:
        assert go_on.wait(10)
        return []

    monkeypatch.setattr(Finder, "likely", slow)
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p")
        await pilot.press("d")
        while "looking for the most likely ones …" not in text_of(pilot):
            await pilot.pause(0.01)
        await pilot.press("escape")
        while isinstance(pilot.app.screen, PickPaper):
            await pilot.pause(0.01)
        assert not go_on.is_set()
        go_on.set()
        await settle(pilot)
        assert isinstance(pilot.app.screen, PapersScreen)


async def test_an_error_while_looking_is_said(review: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise OSError(5, "Input/output error", "x.realist")

    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "d")
        monkeypatch.setattr(Finder, "by_words", broken)
        await press(pilot, *"zi")
        assert "x.realist: Input/output error." in text_of(pilot)
        monkeypatch.undo()
        await press(pilot, "enter", *"nc")
        assert offered(pilot) == [3]


# -- the same -------------------------------------------------------------------------------------------


async def test_the_same_from_the_list(review: Desk) -> None:
    notes.tag_papers(review, ["#2"], "core")
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "d")
        for _ in range(50):  # what is likely is looked for beside
            if offered(pilot):
                break
            await settle(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Confirm)
        text = words(pilot)
        assert "#1 P1 Walking back to life: peer support after a heart attack Okafor, N. · 2000" in text
        assert "#2 P2 Walking back to life Okafor, N. · 2000" in text
        assert "5 papers → 4, under #1." in text
        assert "Decisions, tags, evidence and boxes of both are kept" in text
        await press(pilot, "n")
        assert whole(review, 2) == 2
        await press(pilot, "d", "enter", "y")
        assert whole(review, 2) == 1
        assert "Same: #2 is read under #1 now. u takes it back." in words(pilot)
        assert "Papers · 4" in text_of(pilot)
        with review.store.read() as connection:
            assert listing.page(connection, [1])[0].tags == ("core",)
        await press(pilot, "u")
        assert whole(review, 2) == 2
        assert "Papers · 5" in text_of(pilot)


async def test_two_marked_papers_are_offered_at_once(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "down", "space", "down", "space", "d")
        assert isinstance(pilot.app.screen, Confirm)
        assert "#2 P2" in text_of(pilot)
        assert "#4 P4" in text_of(pilot)
        await press(pilot, "y")
        assert whole(review, 4) == 2
        await press(pilot, "home", "space", "end", "space", "space", "d")
        assert isinstance(pilot.app.screen, PickPaper | Confirm)


async def test_an_empty_list_has_no_paper_to_ask_about(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "p", "d")
        assert isinstance(pilot.app.screen, PapersScreen)


async def test_a_conflict_is_named_with_who_decided_what(review: Desk) -> None:
    plan.add_stage(review, "1")
    rounds.add_round(review, "abstracts", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    rounds.enter(review, "abstracts", ["#1", "#2", "#3"])
    screening.decide(review, "#1", Verdict.INCLUDE, round_="abstracts")
    screening.decide(Desk(review.store, "RP"), "#2", Verdict.EXCLUDE, round_="abstracts")
    screening.decide(review, "#3", Verdict.INCLUDE, round_="abstracts")
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "d", "enter")
        said = "Both were decided in round “abstracts”: #1 include (SF), #2 exclude (RP):"
        assert f"{said} they would be in conflict." in words(pilot)
        await press(pilot, "y")
        assert f"{said} a conflict now." in words(pilot)
        assert "≠ conflict" in row_with(pilot, "Okafor")
        with review.store.read() as connection:
            assert listing.page(connection, [1])[0].state is PaperState.CONFLICT
        await press(pilot, "u", "d", *"zinc", "enter")
        assert "conflict" not in words(pilot).partition("Are these one document?")[2].partition("u takes")[0]


async def test_a_judgement_that_they_differ_ends_and_is_named(review: Desk) -> None:
    sameness.call_different(Desk(review.store, "NG"), "#1", "#2", reason="two towns")
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "d", *"p2", "enter")
        assert "NG called them different: two towns. That ends." in words(pilot)
        await press(pilot, "y")
        assert whole(review, 2) == 1


async def test_what_was_joined_meanwhile_is_refused_in_one_sentence(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "d", "enter")
        sameness.call_same(review, ["#2", "#1"])
        await press(pilot, "y")
        assert "#1 and #2 are one paper already." in words(pilot)


# -- a paper's page -------------------------------------------------------------------------------------


async def test_the_same_and_apart_again_on_a_papers_page(review: Desk) -> None:
    async with open_app(review.store.address, size=(100, 40)) as pilot:
        await press(pilot, "g", "p", "enter", "S")
        assert "No paper here has others joined into it." in text_of(pilot)
        await press(pilot, "d", "enter", "y")
        text = text_of(pilot)
        assert "Joined papers" in text
        assert "S takes one out" in text
        assert "judged the same by person, SF" in text
        await press(pilot, "S")
        assert "Take #2 P2 apart" in text_of(pilot)
        await save(pilot)
        assert refusal(pilot).startswith("Say why")
        await save(pilot, reason="two towns")
        assert whole(review, 2) == 2
        assert "Joined papers" not in text_of(pilot)
        sameness.call_same(review, ["#1", "#2", "#3"])
        await press(pilot, "q", "enter", "S")
        assert isinstance(pilot.app.screen, Choose)
        await press(pilot, *"#3", "enter")
        await save(pilot, reason="zinc")
        assert (whole(review, 2), whole(review, 3)) == (1, 3)


async def test_related_papers_and_studies_on_a_papers_page(review: Desk) -> None:
    sameness.add_study(review, "The north")
    sameness.add_study(review, "Leeds", kind="case", within="The north", papers=["#1", "#3"], note="A town.")
    async with open_app(review.store.address, size=(100, 40)) as pilot:
        await press(pilot, "g", "p", "enter")
        text = text_of(pilot)
        assert "Leeds (case), part of The north" in text
        assert "also #3 P3" in text
        assert "A town." in text
        await press(pilot, "l")
        assert "#1 P1 is related to …" in text_of(pilot)
        await press(pilot, *"company", "enter")
        assert "How do they belong together?" in text_of(pilot)
        await press(pilot, *"protocol", "enter")
        with review.store.read() as connection:
            (row,) = kin.related(connection, uid(review, 1))
        assert (row["number"], row["kind"]) == (4, "protocol")
        assert "protocol: #4 P4" in text_of(pilot)
        page = pilot.app.screen.query_one("#paper")
        while "›" not in row_with(pilot, "protocol: #4"):
            await press(pilot, "down")
        assert page.has_focus
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PaperScreen)
        assert "Paper · #4 P4" in text_of(pilot)
        assert "protocol: #1 P1" in text_of(pilot)
        sameness.end_relation(review, "#1", "#4")
        sameness.relate(review, "#1", "#4", Relatedness.PART, reason="chapter two")
        await press(pilot, "q", "q", "enter")
        assert "by SF: chapter two" in text_of(pilot)


# -- hostile --------------------------------------------------------------------------------------------


@pytest.mark.slow
@fewer("size", [(60, 16), (80, 24), (120, 40)], 1, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_hostile_papers_are_offered_plain(tour: str, size: tuple[int, int]) -> None:
    assert spoil(tour) > 1000
    async with open_app(tour, size=size, person="AB") as pilot:
        for keys in (
            ("g", "p", "d"),
            ("down",),
            ("enter",),
            ("escape", "d", *"xx"),
            ("escape", "enter", "l"),
        ):
            await press(pilot, *keys)
            text = text_of(pilot)
            assert "This did not work" not in text
            assert all(row.isprintable() for row in text.split("\n"))
        dialog = pilot.app.screen
        assert isinstance(dialog, PickPaper)
        dialog.query_one(Input).value = "\x1b[2J\u202e" + "y" * 100_000
        await settle(pilot)
        assert "This did not work" not in text_of(pilot)


def test_a_finder_reads_the_titles_once(review: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.gateway.door import Gateway

    gate = Gateway(review.store.address, "SF")
    gate.open(review.store.address)
    read: list[int] = []
    original = likely.titles

    def counted(connection: Any) -> likely.Titles:
        read.append(1)
        return original(connection)

    monkeypatch.setattr(likely, "titles", counted)
    finder = Finder(gate, uid(review, 1))
    assert finder.likely()[0].paper.number == 2
    assert [one.paper.number for one in finder.by_words("zincc")] == [3]
    assert [one.paper.number for one in finder.by_words("walkig lif")] == [2]
    assert read == [1]
    with gate.store.read() as connection:
        assert queries.count_papers(connection) == 5
    gate.close()
