"""Duplicates: going through what waits for an answer, papers side by side."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from realist.queries import doubts, kin, listing, paper_story, sameness
from realist.queries import papers as queries
from realist.queries.log import acts
from realist.services import deduping, papers, plan, rounds, screening
from realist.services import sameness as services
from realist.services.importing import Origin, import_file
from realist.services.unit import Desk
from realist.store.tables import Doubt
from realist.vocabulary import PaperState, RoundKind, Verdict
from tests.fewer import fewer
from tests.tui.forms import refusal, save
from tests.tui.support import layouts, open_app, others_seen, press, row_with, settle, text_of
from tui.dialogs import Choose, Stopped
from tui.dialogs.sides import ChooseSides
from tui.gateway.duplicates import Key, place
from tui.screens.duplicates import DuplicatesScreen
from tui.screens.paper import PaperScreen
from tui.widgets.abreast import Abreast

TITLES = (
    "Peer support after stroke: a trial",
    "Peer support after stroke – a trial",
    "Peer support after a stroke: the trial",
    "Zinc for bones",
    "Zinc for the bones",
    "Erratum: Zinc for the bones",
)
ASKED = ((0, 1, None, 0.8), (1, 2, None, 0.6), (3, 4, None, 0.7), (4, 5, "erratum", 0.9))
REASONS = "The titles are nearly equal (+4.0).\nThe years are one apart (-2.0)."


def ask(desk: Desk, uids: Sequence[str], asked: Sequence[tuple[int, int, str | None, float]]) -> None:
    """Have pairs of papers wait for an answer."""
    with desk.unit("ask") as work:
        for one, other, kind, score in asked:
            ends = sorted((uids[one], uids[other]))
            work.add(Doubt(one=ends[0], other=ends[1], kind=kind, score=score, reason=REASONS))


@pytest.fixture
def review(file_desk: Desk) -> Desk:
    """Six papers: three hang together, two more are doubtful, one is an erratum. Two were screened."""
    plan.add_stage(file_desk, "1")
    rounds.add_round(file_desk, "abstracts", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    uids = [
        papers.add_paper(
            file_desk, label=f"P{n}", title=title, authors=["Lo, Mina"], year=str(2010 + n // 2),
            journal="" if n == 1 else "Journal of Walks", abstract=f"Abstract {n}. " * (n + 1),
        )
        for n, title in enumerate(TITLES)
    ]  # fmt: skip
    rounds.enter(file_desk, "abstracts", ["#1", "#2"])
    ask(file_desk, uids, ASKED)
    return file_desk


async def opened(pilot: Pilot[str], *keys: str) -> Abreast:
    """Go to the place and press keys there; return the papers side by side."""
    await press(pilot, "g", "d")
    screen = pilot.app.screen
    assert isinstance(screen, DuplicatesScreen)
    await press(pilot, *keys)
    return screen.query_one(Abreast)


def waiting(desk: Desk) -> int:
    """How many questions wait."""
    with desk.store.read() as connection:
        return len(doubts.questions(connection))


def whole(desk: Desk, number: int) -> int:
    """The number under which a paper is read now."""
    with desk.store.read() as connection:
        return paper_story.number_of(connection, paper_story.uids_numbered(connection, [number])[0])


def paper(desk: Desk, number: int) -> dict[str, Any]:
    """Everything about a paper."""
    with desk.store.read() as connection:
        return queries.paper(connection, paper_story.uids_numbered(connection, [number])[0])


def last(desk: Desk) -> dict[str, Any]:
    """The last act."""
    with desk.store.read() as connection:
        return acts(connection, limit=1)[0]


def marked(abreast: Abreast, line: int) -> list[str]:
    """What of a line is marked as differing."""
    return [text for text, style in abreast.row(line, abreast.room) or () if style == "mark"]


# -- what is shown --------------------------------------------------------------------------------------


async def test_two_papers_side_by_side(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        abreast = await opened(pilot)
        text = text_of(pilot)
        assert "Duplicates · 1 of 4 " in text
        assert "▸#1 P0" in text
        assert " #2 P1" in text
        assert "#3 P2" not in text  # one more paper of the group, to the right
        assert "1›" in row_with(pilot, "#1 P0")
        assert row_with(pilot, "authors").split() == ["authors", "=", "Lo,", "Mina", "│", "Lo,", "Mina"]
        assert row_with(pilot, "journal").split()[1:] == ["Journal", "of", "Walks", "│", "–"]
        assert row_with(pilot, "from ").split()[1:4] == ["added", "by", "hand"]
        assert row_with(pilot, "decided ").split()[1:3] == ["○", "open"]
        assert "volume" not in text
        assert marked(abreast, 0) == [":", " –"]
        assert row_with(pilot, "title").split()[:3] == ["›", "title", "≠"]
        assert "Are #1 and #2 one document? Score 0.80 of 1." in text
        assert "y: 6 papers → 5, under #1 · n: both stay" in text
        assert row_with(pilot, "for ").split("for ")[1].strip() == "The titles are nearly equal (+4.0)."
        assert row_with(pilot, "against ").endswith("The years are one apart (-2.0).")


async def test_wider_screens_show_more_of_the_papers_that_hang_together(review: Desk) -> None:
    async with open_app(review.store.address, size=(120, 40)) as pilot:
        await opened(pilot)
        heading = row_with(pilot, "#1 P0")
        assert "#2 P1" in heading
        assert "#3 P2" in heading
        await press(pilot, "right_square_bracket")
        assert row_with(pilot, "#2 P1").split() == ["▸#2", "P1", "#3", "P2", "#1", "P0"]
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "1›" in row_with(pilot, "#2 P1")
        await press(pilot, "right", "right")
        assert row_with(pilot, "#3 P2").split() == ["‹1", "#3", "P2", "▸#1", "P0"]
        await press(pilot, "right", "enter")
        assert isinstance(pilot.app.screen, PaperScreen)
        assert "Paper · #1 P0" in text_of(pilot)
        await press(pilot, "q", "left")
        assert "▸#3 P2" in text_of(pilot)


async def test_the_mouse_goes_to_a_paper(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        abreast = await opened(pilot)
        await pilot.click(Abreast, offset=(60, 3))
        await settle(pilot)
        assert abreast.column == 1
        assert abreast.cursor == 2
        await pilot.click(Abreast, offset=(20, 0))
        await settle(pilot)
        assert abreast.column == 0
        await pilot.click(Abreast, offset=(60, 3), times=2)
        await settle(pilot)
        assert "Paper · #2 P1" in text_of(pilot)


@pytest.mark.slow
async def test_what_is_longer_scrolls_without_a_layout(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        abreast = await opened(pilot)
        with layouts(pilot) as passes:
            await press(pilot, "end", "pageup", "k", "j", "home", "right", "left")
        assert not passes
        assert abreast.total > 5


async def test_going_through_without_answering(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await opened(pilot)
        seen = []
        for _ in range(4):
            seen.append(row_with(pilot, "▸#").partition("▸")[2].split()[0])
            await press(pilot, "right_square_bracket")
        assert seen == ["#1", "#2", "#4", "#5"]
        assert "This is the last question." in text_of(pilot)
        assert "4 of 4" in text_of(pilot)
        await press(pilot, *["left_square_bracket"] * 4)
        assert "This is the first question." in text_of(pilot)
        assert waiting(review) == 4


async def test_home_leads_there(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        home = row_with(pilot, "Answer")
        assert "Answer 3 doubtful pairs and 1 related one" in home
        while "›" not in row_with(pilot, "Answer"):
            await press(pilot, "down")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, DuplicatesScreen)
        await press(pilot, "y", "y", "y", "g", "h")
        assert "Look at 1 pair of related papers" in text_of(pilot)
        await press(pilot, "g", "d", "n", "g", "h")
        assert "related" not in text_of(pilot)


# -- answers --------------------------------------------------------------------------------------------


async def test_the_same_and_the_next_one_of_the_group(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await opened(pilot, "y")
        assert whole(review, 2) == 1
        assert last(review)["intention"] == "call the same"
        assert "1 of 3 · 1 answered now" in text_of(pilot)  # though another group has a stronger question
        assert row_with(pilot, "▸#1").split()[:3] == ["▸#1", "P0", "#3"]
        assert "joined" in text_of(pilot)
        assert "Same: #2 is read under #1 now. u takes it back." in text_of(pilot)
        await press(pilot, "u")
        assert whole(review, 2) == 2
        assert "1 of 4 " in text_of(pilot)
        assert "Are #1 and #2 one document?" in text_of(pilot)
        assert "Same:" not in text_of(pilot)
        assert "answered now" not in text_of(pilot)
        await press(pilot, "U")
        assert whole(review, 2) == 1
        assert "1 answered now" in text_of(pilot)


async def test_different_papers_stay_apart(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await opened(pilot, "n")
        assert whole(review, 2) == 2
        assert "Different: #1 and #2 stay two papers." in text_of(pilot)
        assert "Are #2 and #3 one document?" in text_of(pilot)
        assert waiting(review) == 3
        with review.store.read() as connection:
            assert len(sameness.known(connection).decided) == 1


async def test_an_offered_relation_is_taken_with_enter(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await opened(pilot, *["right_square_bracket"] * 3)
        assert "Do #5 and #6 belong together, as erratum?" in text_of(pilot)
        await press(pilot, "l")
        assert isinstance(pilot.app.screen, Choose)
        assert "this is offered" in row_with(pilot, "› erratum")
        await press(pilot, "escape")
        assert waiting(review) == 4
        await press(pilot, "l", "enter")
        with review.store.read() as connection:
            (row,) = kin.related(connection, paper_story.uids_numbered(connection, [5])[0])
        assert (row["number"], row["kind"], row["by"]) == (6, "erratum", "SF")
        assert "Related: #5 and #6, erratum." in text_of(pilot)
        await press(pilot, "u", "l", *"protocol", "enter")
        with review.store.read() as connection:
            (row,) = kin.related(connection, paper_story.uids_numbered(connection, [6])[0])
        assert (row["number"], row["kind"]) == (5, "protocol")


async def test_whose_values_are_right(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await opened(pilot, "b")
        dialog = pilot.app.screen
        assert isinstance(dialog, ChooseSides)
        assert [choice.field for choice in dialog.choices] == ["label", "title", "journal", "abstract"]
        assert [choice.at for choice in dialog.choices] == [0, 0, 0, 0]
        await press(pilot, "down", "right")
        assert "#2 ✓ Peer support after stroke – a trial" in text_of(pilot)
        await press(pilot, "down", "enter", "space", "ctrl+s")
        found = paper(review, 2)
        assert found["number"] == 1
        assert found["title"] == TITLES[1]
        assert found["journal"] == "Journal of Walks"
        assert found["label"] == "P0"
        assert found["abstract"].startswith("Abstract 0.")
        (kept,) = found["corrections"]
        assert (kept["field"], kept["original"], kept["reason"]) == ("title", TITLES[0], "from #2")
        act = last(review)
        assert act["intention"] == "call the same"
        await press(pilot, "u")
        assert paper(review, 1)["title"] == TITLES[0]
        assert not paper(review, 1)["corrections"]
        assert whole(review, 2) == 2
        await press(pilot, "b", "escape")
        assert whole(review, 2) == 2


async def test_a_field_that_the_better_paper_lacks_is_taken_from_the_other(review: Desk) -> None:
    both = [
        papers.add_paper(review, label="Q7", title="Boots", year="2001", volume="4", pages="1-9"),
        papers.add_paper(review, label="Q8", title="Boots", year="2002", journal="Heart"),
    ]
    ask(review, both, [(0, 1, None, 0.95)])
    async with open_app(review.store.address) as pilot:
        await opened(pilot, "b")
        dialog = pilot.app.screen
        assert isinstance(dialog, ChooseSides)
        assert {choice.field: choice.at for choice in dialog.choices} == {
            "label": 0, "year": 0, "journal": 1, "volume": 0, "pages": 0,
        }  # fmt: skip
        await press(pilot, "ctrl+s")
        found = paper(review, 8)
        assert (found["number"], found["journal"], found["year"]) == (7, "Heart", 2001)
        assert not found["corrections"]  # that is how joined papers are read anyway
        await press(pilot, "u", "b", "down", "right", "down", "left", "ctrl+s")
        found = paper(review, 8)
        assert (found["journal"], found["year"]) == ("", 2002)
        assert {row["field"] for row in found["corrections"]} == {"journal", "year"}


async def test_both_in_a_study_and_the_question_stays(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await opened(pilot, "w", *"Leeds", "enter")
        assert "#1 and #2 are about the new study Leeds." in text_of(pilot)
        assert "1 of 4 " in text_of(pilot)
        await press(pilot, "right_square_bracket", "w", "enter")
        with review.store.read() as connection:
            (study,) = kin.studies(connection)
        assert [row["number"] for row in study["papers"]] == [1, 2, 3]
        await press(pilot, "w", "enter")
        assert "were in that study already" in text_of(pilot)


async def test_a_joined_paper_is_taken_out_with_the_reason(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await opened(pilot, "s")
        assert "No paper here has others joined into it." in text_of(pilot)
        await press(pilot, "y", "s")
        assert "Take #2 P1 apart" in text_of(pilot)
        await save(pilot)
        assert refusal(pilot).startswith("Say why")
        await save(pilot, reason="another town")
        assert whole(review, 2) == 2
        assert "#2 stands for itself again." in text_of(pilot)
        assert last(review)["reason"] == "another town"
        assert "Are #1 and #2 one document?" in text_of(pilot)
        services.call_same(review, ["#1", "#2", "#3"])
        await others_seen(pilot)
        services.call_same(review, ["#4", "#1"])
        await others_seen(pilot)
        await press(pilot, "s")
        assert "the others stay together" in text_of(pilot)
        await press(pilot, *"#3", "enter")
        await save(pilot, reason="no")
        assert whole(review, 3) == 3


async def test_a_key_that_is_held_answers_one_question_only(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await opened(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, DuplicatesScreen)
        screen.action_same()
        screen.action_same()
        screen.action_different()
        await settle(pilot)
        assert waiting(review) == 3
        assert "This did not work" not in text_of(pilot)


async def test_what_is_refused_is_one_sentence_and_the_next_answer_works(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await opened(pilot)
        services.call_different(review, "#1", "#2")
        await press(pilot, "n")
        assert "#1 and #2 are called different already." in " ".join(text_of(pilot).split())
        await press(pilot, "enter")
        await others_seen(pilot)
        assert "Are #2 and #3 one document?" in text_of(pilot)
        await press(pilot, "y")
        assert whole(review, 3) == 2


async def test_what_others_answer_is_seen_and_a_dialog_does_not_answer_again(review: Desk) -> None:
    other = Desk(review.store, "NG")
    async with open_app(review.store.address) as pilot:
        await opened(pilot, "l")
        services.call_different(other, "#1", "#2")
        services.call_different(other, "#3", "#2")
        await others_seen(pilot)
        await press(pilot, "escape")
        await others_seen(pilot)
        assert "1 of 2 " in text_of(pilot)
        assert "Are #4 and #5 one document?" in text_of(pilot)


async def test_who_decided_what_is_said_before_and_after_they_are_in_conflict(review: Desk) -> None:
    screening.decide(review, "#1", Verdict.INCLUDE, round_="abstracts")
    screening.decide(Desk(review.store, "RP"), "#2", Verdict.EXCLUDE, round_="abstracts")
    async with open_app(review.store.address) as pilot:
        await opened(pilot)
        said = "Both were decided in round “abstracts”: #1 include (SF), #2 exclude (RP)"
        assert f"{said}: they would be in conflict." in " ".join(text_of(pilot).split())
        await press(pilot, "y")
        assert "a conflict now" in " ".join(text_of(pilot).replace("▌", "").split())
    with review.store.read() as connection:
        assert listing.page(connection, [1])[0].state is PaperState.CONFLICT


async def test_who_is_nobody_is_asked_first(review: Desk) -> None:
    async with open_app(review.store.address, person="") as pilot:
        await press(pilot, "escape")
        await opened(pilot, "y")
        assert "Who is at the keyboard?" in text_of(pilot)
        await press(pilot, "escape", "y")
        await save(pilot, initials="NG")
        assert whole(review, 2) == 1
        assert "· NG" in text_of(pilot)


# -- looking for more -----------------------------------------------------------------------------------

RIS = """TY  - JOUR
TI  - Walking back to life: a study of groups
AU  - Lo, Mina
PY  - 2001
DO  - 10.1000/walk.1
ER  -
TY  - JOUR
TI  - Walking back to life: a study of groups
AU  - Lo, Mina
PY  - 2001
DO  - 10.1000/walk.1
ER  -
"""


async def test_looking_for_duplicates(file_desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "walks.ris").write_text(RIS, encoding="utf-8")
    import_file(file_desk, str(tmp_path / "walks.ris"), Origin())
    async with open_app(file_desk.store.address) as pilot:
        await opened(pilot)
        assert "Nothing waits for an answer." in text_of(pilot)
        assert "Nobody has looked for duplicates among the 2 papers yet." in text_of(pilot)
        assert "y same" not in text_of(pilot)
        await press(pilot, "y", "n", "s", "enter")
        assert isinstance(pilot.app.screen, DuplicatesScreen)
        await press(pilot, "D")
        assert "› balanced" in text_of(pilot)
        await press(pilot, *"strict", "enter")
        assert "2 papers compared, 1 was joined. 0 pairs wait for an answer." in " ".join(
            text_of(pilot).replace("▌", "").split()
        )
        assert whole(file_desk, 2) == 1
        assert "Every paper was compared with all others." in text_of(pilot)
        await press(pilot, "D")
        assert "› strict" in text_of(pilot)
        await press(pilot, "enter")
        assert "No paper came or was corrected" in text_of(pilot)
        papers.add_paper(file_desk, title="Zinc")
        await others_seen(pilot)
        assert "Since somebody looked last, 1 paper came" in text_of(pilot)


async def test_looking_is_stopped_before_anything_is_joined(
    file_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "walks.ris").write_text(RIS, encoding="utf-8")
    import_file(file_desk, str(tmp_path / "walks.ris"), Origin())
    begun, go_on = threading.Event(), threading.Event()
    original = deduping._planned

    def waits(*args: Any) -> Any:
        begun.set()
        assert go_on.wait(10)
        return original(*args)

    monkeypatch.setattr(deduping, "_planned", waits)
    async with open_app(file_desk.store.address) as pilot:
        await opened(pilot, "D")
        await pilot.press("enter")
        while not begun.is_set():
            await pilot.pause(0.01)
        await pilot.press("escape")
        go_on.set()
        await settle(pilot)
        assert "Stopped: nothing was joined." in text_of(pilot)
    assert whole(file_desk, 2) == 2
    with pytest.raises(Stopped):
        deduping.dedupe(file_desk, told=_stop)


def _stop(words: str) -> None:
    raise Stopped


# -- which question is looked at ------------------------------------------------------------------------

A, B, C, D = (("a", "1"), ("b", "1"), ("c", "1"), ("d", "1"))


@pytest.mark.parametrize(
    ("before", "at", "now", "answered", "found"),
    [
        ((), None, [A, B], (), A),
        ((A, B, C), B, [A, B, C], (), B),
        ((A, B, C), B, [A, C], (B,), C),
        ((A, B, C), C, [A, B], (C,), B),
        ((A, B, C), A, [C, B], (A,), B),
        ((A, B), A, [B, C, A], (), A),
        ((B, C), B, [A, B, C], (A,), A),
        ((B, C), B, [A, B, C], (), B),
        ((A,), A, [D], (A,), D),
    ],
)
def test_which_question_comes_next(
    before: tuple[Key, ...], at: Key | None, now: list[Key], answered: tuple[Key, ...], found: Key
) -> None:
    assert now[place(before, at, now, answered)] == found


# -- hostile --------------------------------------------------------------------------------------------


@fewer("size", [(60, 16), (80, 24), (200, 60)], 1, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_hostile_papers_are_shown_plain(review: Desk, size: tuple[int, int]) -> None:
    evil = "\x1b]52;c;AAAA\x07\u202e[red]bad[/red]\n" + "zalgo" + "\u0301" * 300 + "x" * 100_000
    review.store.close()
    with sqlite3.connect(review.store.address) as connection:
        for name in ("label", "title", "authors", "journal", "doi", "pmid", "type", "pages"):
            connection.execute(f"UPDATE paper SET {name} = ? || number", (evil,))
        connection.execute("UPDATE paper_text SET abstract = ? || uid", (evil,))
        connection.execute("UPDATE doubt SET reason = ?", (evil,))
        connection.execute("UPDATE round SET name = ?", (evil,))
    async with open_app(review.store.address, size=size) as pilot:
        await opened(pilot)
        for keys in (("end",), ("home", "right"), ("b", "down", "right"), ("escape", "l", "escape"), ("y",)):
            await press(pilot, *keys)
            text = text_of(pilot)
            assert "This did not work" not in text
            assert all(row.isprintable() for row in text.split("\n"))
            assert len(text.split("\n")) <= size[1] + 1
        assert whole(review, 2) == 1
