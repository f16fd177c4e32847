"""Every screen as text, byte for byte, on the tour; and what must be on it, whatever it looks like.

``GOLDEN=1`` writes the files anew: read them before they are kept.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from textual.pilot import Pilot

from tests.golden import golden
from tests.tui.support import open_app, press, text_of
from tui.actions import GOALS

SIZES = ((80, 24), pytest.param((120, 40), marks=pytest.mark.slow))


class View(NamedTuple):
    """A screen: the keys that lead there from Home, and words that must be seen at every size."""

    name: str
    keys: tuple[str, ...]
    words: tuple[str, ...]


VIEWS = (
    View("home", (), ("walking groups", "Next", "1b", "12 wait for you")),
    View("go", ("g",), ("h Home", "g Grid", "l Log")),
    View("papers", ("g", "p"), ("Papers · 61", "Okafor", "✓ included", "✗ excluded")),
    View("papers_filtered", ("g", "p", "f", *"year:2010..2014 peer"), ("year:2010..2014 peer", "of 61")),
    View("paper", ("g", "p", "enter"), ("Okafor (2014)", "✓ included", "Abstract")),
    View("reading", ("g", "p", "enter", "r"), ("okafor-2014.txt", "── page 1 ──", "C")),
    View("reading_selected", ("g", "p", "enter", "r", "v", "down", "s"), ("words selected", "c context")),
    View("reading_list", ("g", "p", "enter", "r", "l"), ("✓ p. 93 · GH", "supports", "#15")),
    View("reading_excerpt", ("g", "p", "enter", "r", "e", "enter"), ("As printed", "✓ found", "d drop")),
    View("paper_end", ("g", "p", "enter", "end"), ("tour_medline.ris",)),
    View(
        "duplicates",
        ("g", "d"),
        ("Duplicates · 1 of 3", "▸#3", "#62", "≠", "for ", "against", "y: 61 papers → 60"),
    ),
    View(
        "duplicates_related",
        ("g", "d", *["right_square_bracket"] * 2),
        ("erratum", "l: "),
    ),
    View("duplicates_fields", ("g", "d", "b"), ("Whose value is right", "✓ Virtanen (2009)", "Same (^s)")),
    View("same_as", ("g", "p", "down", "down", "d"), ("#3 Virtanen (2009) is the same as …", "#62")),
    View("same_as_confirmed", ("g", "p", "down", "down", "d", "enter"), ("Are these one document?", "#62")),
    View("rounds", ("g", "o", "down"), ("Rounds · 5", "blind", "4 conflicts wait", "Agreement")),
    View("consultations", ("g", "a", "down", "down"), ("Consultations · 3", "Mail round", "What was shown")),
    View(
        "consultations_page", ("g", "a", "down", "down", "enter", "end"), ("What followed", "linked", "Memos")
    ),
    View("consultations_said", ("g", "a", "w", *"rings"), ("Of what was something said?", "Somebody rings")),
    View("reconcile", ("g", "c"), ("5 to resolve", "Achterberg", "≠ ✓ include", "must agree")),
    View("screening", ("g", "s"), ("Screen · Titles and abstracts, 1b", "○ undecided", "1 A drug, device")),
    View("screening_back", ("g", "s", "m", "2", "k"), ("✗ exclude: 2 Nobody leads", "Tai chi is practised")),
    View("screening_criteria", ("g", "s", "i"), ("1 A drug, device",)),
    View("screening_why", ("g", "s", "r", "down", "enter", "n", "2", "4"), ("✓ reason", "+ also")),
    View("screening_end", ("g", "s", *"yyyyyyyyyyyy"), ("Done: you have decided on", "include")),
    View("boxes", ("g", "b"), ("A scar on the hill", "C→Mr+ Me+→O+", "(M+, Resource)")),
    View("box_by_notation", ("g", "b", "n"), ("(M+,", "they walk the hill again (O+)", "Save (^s)")),
    View("box_by_form", ("g", "b", "e"), ("A scar on the hill", "Save (^s)")),
    View("mechanisms", ("g", "m"), ("Safety in like company", "+4 −1", "✓", "Description")),
    View("theory", ("g", "t", "down"), ("p1", "Being expected", "↻2", "refocuses", "carried from v3")),
    View("theory_whole", ("g", "t", "enter", *["down"] * 9), ("Thin spots", "one paper", "From v3 to v4")),
    View("theory_bearing", ("g", "t", "down", "b", *"nurse", "enter"), ("The reasoning", "‹ supports ›")),
    View("patterns_chains", ("g", "r", "t", "t"), ("Patterns · chains · 1", "↳ context", "Boxes")),
    View("patterns_named", ("g", "r", "t", "t", "t"), ("Being missed brings back", "against: #5")),
    View("grid", ("g", "g"), ("✓", "·", "?", "n")),
    View("grid_stance", ("g", "g", "m", "m"), ("S supports", "W weakens")),
    View("grid_transposed", ("g", "g", "x"), ("Belonging",)),
    View("cell", ("g", "g", "enter"), ("Evidence",)),
    View("flow", ("g", "f"), ("Stage 1a", "counted", "reported")),
    View("log", ("g", "l"), ("AB", "undo")),
    View("find", ("slash", *"fear"), ("fear", "papers")),
    View("help", ("g", "g", "question_mark"), ("Keys: Grid", "Show ticks, counts, stance or valence.")),
    View("palette", ("colon", *"undo"), ("Take back your last act",)),
)


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock on the wall shows UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


async def at_rest(pilot: Pilot[str]) -> str:
    """Return the screen as text when it was the same for half a second."""
    screen, same = text_of(pilot), 0
    for _ in range(60):
        await pilot.pause(0.1)
        now = text_of(pilot)
        same = same + 1 if now == screen else 0
        screen = now
        if same == 5:
            break
    return screen


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
async def test_a_screen(tour: str, view: View, size: tuple[int, int]) -> None:
    async with open_app(tour, size=size, person="AB") as pilot:
        await press(pilot, *view.keys)
        screen = await at_rest(pilot)
    for words in view.words:
        assert words in screen
    lines = screen.split("\n")
    assert len(lines) <= size[1] + 1
    if view.name != "palette":  # what is behind it may be drawn before or after it opens
        golden(f"screens/{view.name}_{size[0]}.txt", screen)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(60, 16), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_place_stands_small_and_large(tour: str, size: tuple[int, int]) -> None:
    async with open_app(tour, size=size, person="AB") as pilot:
        for goal in GOALS:
            await press(pilot, "escape", "g", goal.letter)
            lines = text_of(pilot).rstrip("\n").split("\n")
            assert goal.title in lines[0]
            assert lines[-1].startswith(" Enter" if goal.place == "find" else " ? keys")
            assert len(lines) == size[1]
