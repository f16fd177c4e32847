"""The evidence grid on the screen: cells, headings that stay, orders, filters, writing, export."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from realist.domain.configuration import Box, BoxElement, Ref
from realist.domain.notation import Part
from realist.queries.theory import evidence as all_evidence
from realist.queries.theory import readings as all_readings
from realist.services import configurations, consulting, evidence, mechanisms, papers, screening
from realist.services.unit import Desk
from realist.text import cell_width
from realist.vocabulary import ElementKind, ReadingResult, Stance, Valence, Voice
from tests.fewer import fewer
from tests.tui.forms import field, refusal, save
from tests.tui.hostile import CORPUS
from tests.tui.support import layouts, open_app, others_seen, press, settle, text_of
from tui.screens.grid import GridScreen
from tui.widgets.grid_view import GridView

TRUST, VISION, POWER = "Trust in each other", "A shared vision", "Working with power"
LABELS = ("Ahmed (2010)", "Baker (2012)", "Cruz (2014)", "Dunn (2016)")


@pytest.fixture
def review(file_desk: Desk) -> Desk:
    """Four papers, three mechanisms; every state, a contradiction, a box with an outcome, people's words."""
    desk = file_desk
    for label in LABELS:
        papers.add_paper(desk, label=label, year=label[-5:-1])
    for name in (TRUST, VISION, POWER):
        mechanisms.add_mechanism(desk, name)
    for label in LABELS[:3]:
        evidence.add_evidence(desk, label, claim=f"of {label}", stance=Stance.SUPPORTS, mechanism=TRUST)
    evidence.add_evidence(desk, LABELS[1], claim="yet not", stance=Stance.WEAKENS, mechanism=TRUST)
    evidence.add_evidence(desk, LABELS[3], claim="so", stance=Stance.MODIFIES, mechanism=VISION)
    evidence.add_reading(desk, LABELS[0], ReadingResult.NONE, mechanism=VISION)
    evidence.add_reading(desk, LABELS[2], ReadingResult.NOT_RECOVERABLE, mechanism=VISION)
    outcome = BoxElement(Part(ElementKind.OUTCOME, "they stay", Valence.MINUS), "", (), ())
    box = Box(papers=(Ref("", LABELS[2]),), mechanisms=(Ref("", POWER),), elements=(outcome,))
    configurations.add_configuration(desk, box)
    for voice in (Voice.FOR, Voice.FOR, Voice.AGAINST, Voice.COMMENT):
        consulting.add_feedback(desk, voice, "as they said", mechanism=VISION)
    return desk


def wide(desk: Desk, rows: int = 60, columns: int = 30) -> None:
    """Fill a review with *rows* papers and *columns* mechanisms; paper n has evidence on mechanism n."""
    for place in range(1, columns + 1):
        mechanisms.add_mechanism(desk, f"Mechanism number {place}")
    for place in range(1, rows + 1):
        papers.add_paper(desk, label=f"Author{place:03} (2000)")
        on = f"M{(place - 1) % columns + 1}"
        evidence.add_evidence(desk, f"Author{place:03} (2000)", claim="x", mechanism=on)


def grid_of(pilot: Pilot[str]) -> GridView:
    """Return the grid that is seen."""
    assert isinstance(pilot.app.screen, GridScreen)
    return pilot.app.screen.view


def seen(pilot: Pilot[str], words: str) -> str:
    """Return the first line below the bar that holds *words*."""
    return next(line for line in text_of(pilot).split("\n")[1:] if words in line)


def table(path: Path) -> list[list[str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def rows_of(pilot: Pilot[str]) -> dict[str, str]:
    """Return what the grid shows, by the first word of a line."""
    lines = (line[2:] for line in text_of(pilot).split("\n")[1:-2])
    return {line.split(" ", 1)[0]: " ".join(line.split()[1:]) for line in lines if line.strip()}


def order_of(pilot: Pilot[str]) -> list[str]:
    """Return the papers that are shown, from the top, by their first word."""
    names = {label.split()[0] for label in LABELS}
    return [word for word in rows_of(pilot) if word in names]


# -- what is shown ------------------------------------------------------------------------------------------


async def test_the_four_states_and_the_marks_are_told_apart_without_colour(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "g")
        ahmed, baker, cruz, dunn = (seen(pilot, label) for label in LABELS)
        assert ahmed.startswith("› Ahmed (2010)")
        assert ahmed.split()[3:] == ["[✓]", "·", "1"]
        assert baker.split()[2:] == ["✓!", "1"]
        assert cruz.split()[2:] == ["✓", "?", "✓", "2"]
        assert dunn.split()[2:] == ["✓", "1"]
        assert seen(pilot, "  n  ").split() == ["n", "3", "1!", "1!"]
        assert seen(pilot, "stakeholders").split() == ["stakeholders", "+2", "−1", "…1"]
        legend = seen(pilot, "✓ present")
        for sign in ("✓ present", "· none", "? not recoverable", "blank", "! n<3 or both ways"):
            assert sign in legend
        assert f"present: M1 {TRUST} × Ahmed (2010)" in text_of(pilot).split("\n")[0]


@fewer(
    "times, cells",
    [
        (1, [["[1]", "·", "1"], ["2!", "1"], ["1", "?", "1", "2"], ["1", "1"]]),
        (2, [["[S]", "·", "1"], ["SW!", "1"], ["S", "?", "✓", "2"], ["M", "1"]]),
        (3, [["[✓]", "·", "1"], ["✓!", "1"], ["✓", "?", "−", "2"], ["✓", "1"]]),
        (4, [["[✓]", "·", "1"], ["✓!", "1"], ["✓", "?", "✓", "2"], ["✓", "1"]]),
    ],
    0,
    3,
)
async def test_m_shows_the_next_mode_at_once(review: Desk, times: int, cells: list[list[str]]) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "g", *["m"] * times)
        assert [seen(pilot, label).replace("›", " ").split()[2:] for label in LABELS] == cells
        words = ("ticks:", "claims and boxes", "S supports", "valence", "ticks:")[times]
        assert words in text_of(pilot)


async def test_names_stand_in_the_headings_where_there_is_room_and_codes_elsewhere(review: Desk) -> None:
    mechanisms.add_mechanism(review, "One")
    mechanisms.add_mechanism(review, "Two")
    async with open_app(review.store.address, (120, 24)) as pilot:
        await press(pilot, "g", "g")
        assert "Working" in text_of(pilot)
        assert "M3" not in text_of(pilot).split("\n", 1)[1]
    async with open_app(review.store.address, (60, 24)) as pilot:
        await press(pilot, "g", "g", "right")
        assert seen(pilot, "papers ").split()[:6] == ["4", "papers", "M1", "M2", "M3", "M4"]
        assert f"M2 {VISION}" in text_of(pilot).split("\n")[0]


async def test_headings_and_sums_stay_while_the_grid_scrolls_both_ways(file_desk: Desk) -> None:
    wide(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "g")
        assert "M1 " in seen(pilot, "papers ")
        await press(pilot, "G", "ctrl+right")
        assert "M30" in seen(pilot, "papers ")
        assert "M1 " not in seen(pilot, "papers ")
        assert seen(pilot, "Author060").startswith("› Author060 (2000)")
        assert "[✓]" in seen(pilot, "Author060")
        assert seen(pilot, "  n  ").split()[1:] == ["2!"] * grid_of(pilot).across
        assert "ticks:" in text_of(pilot)
        assert "‹" in seen(pilot, "▼")
        marked = seen(pilot, "▼").index("▼")
        assert seen(pilot, "Author060")[marked] == "✓"
        await press(pilot, "home", "ctrl+left")
        assert "[✓]" in seen(pilot, "Author001")
        assert "›" in seen(pilot, "▼")


async def test_moving_a_cell_lays_nothing_out_and_draws_few_lines(file_desk: Desk) -> None:
    wide(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "g")
        view = grid_of(pilot)
        drawn: list[int] = []
        original = view.render_line
        view.render_line = lambda y: drawn.append(y) or original(y)  # type: ignore[method-assign,func-returns-value]
        with layouts(pilot) as passes:
            await press(pilot, "down", "down")
            assert set(drawn) == {view.heads, view.heads + 1, view.heads + 2}
            drawn.clear()
            await press(pilot, "right", "l")
            assert len(set(drawn)) == view.heads + 1 + view.feet
            assert "[✓]" in seen(pilot, "› Author003")
            await press(
                pilot, "left", "k", "h", "j", "ctrl+right", "ctrl+left", "pagedown", "pageup", "end", "home"
            )
        assert passes == []


async def test_transposed_the_mechanisms_are_rows_and_the_cursor_stays_on_its_cell(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "g", "down", "right", "x")
        assert seen(pilot, "› A shared").split()[4:] == ["·", "[", "]", "?", "✓", "1!", "+2", "−1", "…1"]
        assert seen(pilot, "Trust").split()[4:] == ["✓", "✓!", "✓", "3"]
        assert "(2012)" in seen(pilot, "mechanisms ")
        assert grid_of(pilot).feet == 2
        await press(pilot, "x")
        assert "[ ]" in seen(pilot, "› Baker")


async def test_an_empty_grid_says_what_to_do(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "g", "down", "right", "m", "x", "s", "S", "N", "r", "c", "enter")
        assert "no mechanism yet" in text_of(pilot)
        mechanisms.add_mechanism(file_desk, TRUST)
        await others_seen(pilot)
        assert "no paper that anything was recorded of" in text_of(pilot)


# -- order and filter ---------------------------------------------------------------------------------------


async def test_s_sorts_the_rows_by_the_column_then_backwards_then_back(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "g", "right", "s")
        assert order_of(pilot) == ["Dunn", "Cruz", "Ahmed", "Baker"]
        assert "▼↓" in text_of(pilot)
        assert "[·]" in seen(pilot, "› Ahmed")
        await press(pilot, "s")
        assert order_of(pilot) == ["Baker", "Ahmed", "Cruz", "Dunn"]
        assert "▼↑" in text_of(pilot)
        await press(pilot, "s")
        assert order_of(pilot) == ["Ahmed", "Baker", "Cruz", "Dunn"]


async def test_capital_s_sorts_the_columns_by_the_row_and_n_sorts_by_n(review: Desk) -> None:
    async with open_app(review.store.address, (60, 24)) as pilot:
        for name in ("One", "Two"):
            mechanisms.add_mechanism(review, name)
        await others_seen(pilot)
        await press(pilot, "g", "g", "end", "S")
        assert seen(pilot, "papers ").split()[:5] == ["4", "papers", "M2", "M1", "M3"]
        assert seen(pilot, "Dunn").startswith("›→Dunn")
        await press(pilot, "N")
        assert order_of(pilot)[0] == "Cruz"
        await press(pilot, "N")
        assert order_of(pilot)[-1] == "Cruz"
        await press(pilot, "N", "S", "S")
        assert order_of(pilot) == ["Ahmed", "Baker", "Cruz", "Dunn"]
        assert seen(pilot, "papers ").split()[:5] == ["4", "papers", "M1", "M2", "M3"]


async def test_the_filter_narrows_as_one_types_and_n_counts_what_is_shown(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "g", "f", "b", "a", "k")
        assert order_of(pilot) == ["Baker"]
        assert "1 of 4 papers" in text_of(pilot)
        assert seen(pilot, "  n  ").split() == ["n", "1!", "0!", "0!"]
        pilot.app.screen.query_one(Input).value = "year:2013.."
        await settle(pilot)
        assert order_of(pilot) == ["Cruz", "Dunn"]
        await press(pilot, "enter", "s")
        assert pilot.app.focused is grid_of(pilot)
        pilot.app.screen.query_one(Input).value = "nothing like this"
        await settle(pilot)
        assert "No paper fits" in text_of(pilot)
        await press(pilot, "enter", "r", "c", "down", "right", "m")
        pilot.app.screen.query_one(Input).value = ""
        await settle(pilot)
        assert len(order_of(pilot)) == 4


async def test_lists_and_sets_are_chosen_and_all_is_all(review: Desk) -> None:
    mechanisms.add_list(review, "short", [(POWER, POWER)])
    screening.add_included_set(review, "late", papers=LABELS[2:], source="a table")
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "g", "L", *"short", "enter", "P", *"late", "enter")
        assert order_of(pilot) == ["Cruz", "Dunn"]
        assert "Trust" not in text_of(pilot)
        assert "2 papers" in text_of(pilot)
        await press(pilot, "P", *"all", "enter", "L", "down", "enter")
        assert len(order_of(pilot)) == 4
        assert "Trust" in text_of(pilot)
        await press(pilot, "L", *"review's", "enter", "P", "escape")
        assert len(order_of(pilot)) == 4


# -- the cell -----------------------------------------------------------------------------------------------


async def test_a_reading_is_recorded_in_the_cell_under_the_cursor(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "g", "end", "right", "right", "r")
        await save(pilot, result="none", note="read twice")
        assert "[·]" in seen(pilot, "› Dunn")
        with review.store.read() as connection:
            last = all_readings(connection)[-1]
        assert (last["label"], last["mechanism"], last["result"], last["note"]) == (
            "Dunn (2016)", POWER, "none", "read twice",
        )  # fmt: skip
        await press(pilot, "u")
        assert "[ ]" in seen(pilot, "› Dunn")


async def test_a_claim_is_recorded_and_one_without_words_is_refused(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "g", "x", "end", "c")
        await press(pilot, "ctrl+s")
        assert "claim in your words, or a quotation" in refusal(pilot)
        await save(
            pilot, claim="power is shared", stance="weakens", quotation="“we”", locator="p4", topic="staff"
        )
        assert "[✓]" in seen(pilot, "› Working")
        with review.store.read() as connection:
            last = all_evidence(connection)[-1]
        assert (last["label"], last["mechanism"], last["stance"]) == ("Ahmed (2010)", POWER, "weakens")
        assert (last["claim"], last["quotation"], last["locator"]) == ("power is shared", "“we”", "p4")
        assert last["topic"] == "staff"


async def test_enter_opens_what_is_behind_the_cell_and_back_is_where_one_was(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "g", "down", "enter")
        assert "yet not" in text_of(pilot)
        await press(pilot, "q")
        assert "[✓!]" in seen(pilot, "› Baker")


async def test_what_another_person_changes_shows_and_the_cursor_and_the_look_stay(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "g", "f", *"2014", "enter", "right", "right", "m", "N")
        assert "[1]" in seen(pilot, "› Cruz")
        papers.add_paper(Desk(review.store, "GW"), label="Aaron (2014)", year="2014")
        evidence.add_evidence(Desk(review.store, "GW"), "Aaron (2014)", claim="x", mechanism=POWER)
        evidence.add_evidence(Desk(review.store, "GW"), LABELS[2], claim="more", mechanism=POWER)
        await others_seen(pilot)
        assert "[2]" in seen(pilot, "› Cruz")
        assert "Aaron (2014)" in text_of(pilot)
        assert "Dunn" not in text_of(pilot)


# -- the mouse ----------------------------------------------------------------------------------------------


async def test_the_mouse_moves_opens_sorts_and_scrolls(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "g")
        view = grid_of(pilot)
        at = seen(pilot, "▼").index("▼") + view._wide
        await pilot.click(GridView, offset=(at, view.heads + 3))
        await settle(pilot)
        assert "[✓]" in seen(pilot, "› Dunn")
        await pilot.click(GridView, offset=(at, 0))
        await settle(pilot)
        assert order_of(pilot) == ["Dunn", "Cruz", "Ahmed", "Baker"]
        await pilot.click(GridView, offset=(at, view.heads), times=2)
        await settle(pilot)
        assert not isinstance(pilot.app.screen, GridScreen)
        assert "modifies" in text_of(pilot)


async def test_the_wheel_scrolls_and_with_shift_the_columns(file_desk: Desk) -> None:
    wide(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "g")
        view = grid_of(pilot)
        await pilot._post_mouse_events([events.MouseScrollDown], GridView, (5, 8), 0)
        await pilot.pause(0.4)
        assert view.scroll_offset.y > 0
        assert "M1 " in seen(pilot, "papers ")
        await pilot._post_mouse_events([events.MouseScrollDown], GridView, (5, 8), 0, shift=True)
        await pilot.pause(0.1)
        assert "M1 " not in seen(pilot, "papers ")


# -- export -------------------------------------------------------------------------------------------------


SUMS = ("n", "reported_n")


async def test_exactly_what_is_shown_is_exported(review: Desk, tmp_path: Path) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "g", "m", "f", *"20", "enter", "right", "s", "end", "S", "e")
        assert field(pilot, "file") == "grid.csv"
        await save(pilot, file=str(tmp_path / "a.csv"))
        rows = table(tmp_path / "a.csv")
        assert rows[0][1:] == ["paper", TRUST, VISION, POWER, "n", "reported_n"]
        assert [row[1] for row in rows[1:5]] == [LABELS[3], LABELS[2], LABELS[0], LABELS[1]]
        assert rows[2][2:] == ["1", "not_recoverable", "1", "2", ""]
        await press(pilot, "x", "e")
        await save(pilot, file=str(tmp_path / "b.csv"))
        rows = table(tmp_path / "b.csv")
        assert rows[0][1:] == ["mechanism", LABELS[3], LABELS[2], LABELS[0], LABELS[1], *SUMS, "stakeholders"]
        assert [row[1] for row in rows[1:]] == [TRUST, VISION, POWER, *SUMS, "uid"]
        assert rows[1][2:7] == ["not_looked", "1", "1", "2", "3"]
        await press(pilot, "e")
        await save(pilot, file=str(tmp_path / "c.txt"))
        text = (tmp_path / "c.txt").read_text(encoding="utf-8")
        assert "Trust in each other" in text
        assert "4 papers" in text
        await press(pilot, "e")
        await save(pilot, file=str(tmp_path / "d.json"))
        said = json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))
        assert [row["paper"] for row in said["rows"]] == [LABELS[3], LABELS[2], LABELS[0], LABELS[1]]
        await press(pilot, "e")
        await save(pilot, file=str(tmp_path / "d.json"))
        assert "already there" in refusal(pilot)


async def test_a_filtered_grid_is_exported_without_the_rest(review: Desk, tmp_path: Path) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "g", "f", *"baker", "enter", "e")
        await save(pilot, file=str(tmp_path / "a.csv"))
        rows = table(tmp_path / "a.csv")
        assert [row[1] for row in rows[1:]] == [LABELS[1], *SUMS, "stakeholders", "uid"]
        assert rows[2][2:5] == ["1", "0", "0"]


# -- hostile text -------------------------------------------------------------------------------------------


@pytest.mark.slow
async def test_names_that_attack_are_shown_as_words(file_desk: Desk) -> None:
    for place, text in enumerate(CORPUS):
        papers.add_paper(file_desk, label=f"{text[:300]} p{place}")
        mechanisms.add_mechanism(file_desk, f"{text[:300]} m{place}")
        evidence.add_evidence(file_desk, f"#{place + 1}", claim=text, mechanism=f"M{place + 1}")
    for size in ((80, 24), (200, 50)):
        async with open_app(file_desk.store.address, size) as pilot:
            await press(pilot, "g", "g")
            for key in (
                "down",
                "right",
                "x",
                "right",
                "down",
                "m",
                "s",
                "S",
                "end",
                "ctrl+right",
                "x",
                "enter",
            ):
                await press(pilot, key)
                assert all(character.isprintable() for character in text_of(pilot).replace("\n", ""))
                assert all(cell_width(line) <= size[0] for line in text_of(pilot).split("\n"))
            assert "This did not work" not in text_of(pilot)
