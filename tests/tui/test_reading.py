"""Reading on the screen: a text opened, scrolled, searched, selected in; excerpts kept, found, changed."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from threading import current_thread
from typing import Any

import pytest
from textual.pilot import Pilot

from realist.documents import Page as TextPage
from realist.documents import Section, Span
from realist.queries import excerpts
from realist.queries.excerpts import Quoted
from realist.services import attaching, evidence, excerpting, mechanisms, papers
from realist.services.unit import Desk
from tests.tui.forms import field, save
from tests.tui.support import layouts, open_app, press, row_with, settle, text_of
from tui import selecting
from tui.fulltext import RULE, matches, set_out, whole
from tui.screens.reading import ReadingScreen
from tui.sheets.excerpts import STATES
from tui.widgets.full_text import FullText
from tui.widgets.page import Page
from tui.widgets.pointed_text import PointedText

FILE = """Trust at work

Introduction

Peers met each week. They spoke of work, and trust grew slowly. Nobody was asked to lead; those who
came first began to lead by themselves.

Peers met each week. They said so twice, and the second time more loudly, because of those who had\f\
stayed away. The manager stayed away, too. She was afraid of being asked.

{more}
Conclusion

Trust grew where nobody was watched. What was watched did not grow.
"""
MORE = "A paragraph in between says little of number {}, but it fills the screen with words to go past.\n\n"


@pytest.fixture
def review(file_desk: Desk, tmp_path: Path) -> Desk:
    """A paper with a text of two pages and an abstract, one with an abstract only, one with nothing."""
    papers.add_paper(file_desk, label="Ash (2001)", title="Trust", abstract="Peers met. Trust grew slowly.")
    papers.add_paper(file_desk, label="Beech (2002)", abstract="Only an abstract is here.")
    papers.add_paper(file_desk, label="Cedar (2003)")
    path = tmp_path / "ash.txt"
    path.write_text(FILE.format(more="".join(MORE.format(n) for n in range(40))))
    attaching.attach(file_desk, "Ash (2001)", path)
    return file_desk


def kept(desk: Desk) -> list[Quoted]:
    """The excerpts of the review."""
    with desk.store.read() as connection:
        return excerpts.excerpts(connection)


async def opened(pilot: Pilot[str], paper: int = 0) -> FullText:
    """Open a paper of the list, then its text."""
    await press(pilot, "g", "p", "home", *["down"] * paper, "enter", "r")
    assert isinstance(pilot.app.screen, ReadingScreen)
    return pilot.app.screen.query_one(FullText)


def selected(text: FullText) -> str:
    """The words that are selected."""
    assert text.selection is not None
    return " ".join(text.whole.text[text.selection.start : text.selection.end].split())


# -- texts in lines -----------------------------------------------------------------------------------------


def test_lines_hold_every_word_once_and_none_is_too_wide() -> None:
    body = "one two  three\nfour 中文字文字 e\u0301\u0301 " + "x" * 50 + "\n\nnext \x1b[31m paragraph\n\nlast"
    made = whole(
        [TextPage(1, "9", body), TextPage(2, "10", body)], [Section("next", 1, 2, body.index("next"))]
    )
    for width in (8, 11, 40, 200):
        lines = set_out(made, width)
        assert list(lines.starts) == sorted(lines.starts)
        shown = [
            made.text[a:b]
            for a, b, kind in zip(lines.starts, lines.ends, lines.kinds, strict=True)
            if kind < 2
        ]
        assert "".join("".join(shown).split()) == "".join((body + body).split())
        assert all(sum(2 if "一" <= c <= "鿿" else 1 for c in row) <= width + 6 for row in shown)
    assert sum(kind == RULE for kind in set_out(made, 40).kinds) == 2
    assert [made.called(page) for page in (0, 1)] == ["p9", "p10"]


def test_places_are_those_of_the_pages() -> None:
    made = whole([TextPage(3, "", "ends without"), TextPage(5, "", "a stop. Next.")])
    assert made.text == "ends without \na stop. Next."
    assert whole([TextPage(1, "", "ends."), TextPage(2, "", "Next.")]).text == "ends.\n\nNext."
    at = made.text.index("Next")
    assert made.place(at) == (5, 8)
    assert made.position(5, 8) == at
    assert made.position(4, 0) is None
    assert made.position(3, 10**9) == len("ends without")
    assert made.stretch(5, at + 4) == (3, 5, 5, 12)


def test_two_megabytes_are_set_in_a_moment() -> None:
    text = ("Peers met each week, and spoke of work.\n" * 20 + "\n") * 2500
    began = time.perf_counter()
    made = whole([TextPage(1, "", text)])
    set_out(made, 78)
    assert len(text) > 2_000_000
    assert time.perf_counter() - began < 1


def test_the_ends_of_clauses_move_by_clauses_and_then_by_words() -> None:
    text = "Leaders listened, and staff felt heard, so they stayed. They did."
    of = selecting.stretch_at(text, text.index("staff"), selecting.CLAUSE)
    assert of is not None

    def words(of: selecting.Selection) -> str:
        return text[of.start : of.end]

    assert words(of) == "and staff felt heard"
    assert words(selecting.step(text, of, -1)) == "Leaders listened"
    longer = selecting.move_end(text, of, 1)
    assert (words(longer), longer.kind) == ("and staff felt heard, so they stayed.", selecting.CLAUSE)
    assert words(selecting.move_end(text, longer, -1)) == "and staff felt heard"
    assert words(selecting.move_end(text, of, -1)) == "and staff felt"
    assert words(selecting.move_start(text, of, 1)) == "staff felt heard"
    assert words(selecting.move_start(text, of, -1)) == "Leaders listened, and staff felt heard"
    assert words(selecting.move_start(text, longer, 1)) == "so they stayed."


def test_selecting_by_steps() -> None:
    text = "One two. Three four-five six.\n\nSeven eight. Nine."
    word = selecting.stretch_at(text, text.index("four"))
    assert word is not None

    def words(of: selecting.Selection) -> str:
        return text[of.start : of.end]

    assert words(word) == "four-five"
    assert words(selecting.step(text, word, 1)) == "six"
    assert words(selecting.step(text, word, -1)) == "Three"
    assert words(selecting.leap(text, word, 1)) == "Seven"
    assert words(selecting.leap(text, word, -1)) == "Three"
    assert words(selecting.leap(text, selecting.leap(text, word, -1), -1)) == "One"
    page = Span(0, len(text))
    grown = [word]
    for _ in range(4):
        grown.append(selecting.larger(text, grown[-1], page))
    assert [words(of) for of in grown[1:]] == ["Three four-five six.", text[:29], text, text]
    less = grown[3]
    for expected in (text[:29], "Three four-five six.", "four-five", "four-five"):
        less = selecting.smaller(text, less)
        assert words(less) == expected
    longer = selecting.move_end(text, word, 1)
    assert words(longer) == "four-five six"
    assert words(selecting.move_end(text, longer, -1)) == "four-five"
    assert words(selecting.move_start(text, longer, -1)) == "Three four-five six"
    assert words(selecting.move_start(text, longer, 1)) == "six"
    assert selecting.move_start(text, word, 1) == word
    assert selecting.move_end(text, word, -1) == word
    last = selecting.stretch_at(text, len(text))
    assert last is not None
    assert selecting.step(text, last, 1) == last
    assert selecting.stretch_at(" .. ", 0) is None
    both = selecting.between(text, text.index("eight"), text.index("six"))
    assert both is not None
    assert words(both) == "six.\n\nSeven eight"


def test_searching_takes_breaks_and_capitals_lightly() -> None:
    text = "Trust\ngrew. trust  GREW. Trustworthy"
    assert [text[a:b] for a, b in matches(text, "trust grew")] == ["Trust\ngrew", "trust  GREW"]
    assert len(matches(text, "trust grow", any_word=True)) == 3
    assert matches(text, "  ") == matches(text, ".*") == []


# -- the screen ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_a_text_is_opened_scrolled_and_left(review: Desk, size: tuple[int, int]) -> None:
    async with open_app(review.store.address, size=size) as pilot:
        text = await opened(pilot)
        screen = text_of(pilot)
        assert "Ash (2001) · ash.txt" in screen.split("\n")[0]
        assert "── page 1 ──" in screen
        assert "Peers met each week. They spoke of work" in screen
        assert all(len(line) <= size[0] for line in screen.split("\n"))
        await press(pilot, "right")
        assert "page 2" in text_of(pilot).split("\n")[0]
        await press(pilot, "left", "down", "down", "down")
        assert "page 1" in text_of(pilot).split("\n")[0]
        await press(pilot, "end")
        assert "What was watched did not grow." in text_of(pilot)
        await press(pilot, "pageup", "home")
        assert text.scroll_offset.y == 0
        await press(pilot, "T")
        assert "Ash (2001) · abstract" in text_of(pilot)
        assert "Trust grew slowly." in text_of(pilot)
        await press(pilot, "T")
        assert "ash.txt" in text_of(pilot).split("\n")[0]
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, ReadingScreen)


async def test_a_paper_without_a_text_says_how_to_attach(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await opened(pilot, 2)
        assert "a attaches a file" in text_of(pilot)
        for key in ("v", "s", "x", "enter", "t", "e", "n", "right", "down", "end", "T", "l", "plus"):
            await press(pilot, key)
            assert "This did not work" not in text_of(pilot)
        await press(pilot, "q", "q", "down", "down")
    async with open_app(review.store.address) as pilot:
        await opened(pilot, 1)
        assert "Only an abstract is here." in text_of(pilot)
        await press(pilot, "v", "p", "x")
    (one,) = kept(review)
    assert one.quotation == "Only an abstract is here."
    assert [(at.text, at.page, at.start, at.end) for at in one.anchors] == [("", 1, 0, 25)]


async def test_search_marks_hits_and_goes_through_them(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        text = await opened(pilot)
        await press(pilot, "slash", *"watched")
        assert len(text.hits) == 2
        await press(pilot, "enter")
        assert "hit 1 of 2" in text_of(pilot)
        assert text.has_focus
        await press(pilot, "n")
        assert "hit 2 of 2" in text_of(pilot)
        await press(pilot, "n")
        assert "hit 1 of 2" in text_of(pilot)
        await press(pilot, "N")
        assert "hit 2 of 2" in text_of(pilot)
        await press(pilot, "v")
        assert selected(text) == "watched"
        await press(pilot, "escape", "escape")
        assert text.hits == ()
        assert isinstance(pilot.app.screen, ReadingScreen)
        await press(pilot, "slash", *"nowhere", "enter", "n")
        assert "“nowhere” is not in it" in text_of(pilot)


async def test_an_excerpt_is_kept_at_once_with_its_place(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        text = await opened(pilot)
        await press(pilot, "slash", *"spoke", "enter", "v", "s")
        assert selected(text) == "They spoke of work, and trust grew slowly."
        await press(pilot, "left_curly_bracket", "right_curly_bracket")
        assert selected(text) == "spoke of work, and trust grew slowly"
        await press(pilot, "plus", "plus", "minus", "minus", "x")
        assert "Kept" in text_of(pilot)
        assert text.selection is None
        await press(pilot, "escape")  # the search ends, and the mark in the margin is that of the excerpt
        assert "│" in text_of(pilot)
    (one,) = kept(review)
    assert (one.quotation, one.by, one.state) == ("spoke of work, and trust grew slowly", "SF", "found")
    (anchor, *_) = one.anchors
    body = text.whole.text
    assert anchor.page == anchor.end_page == 1
    assert anchor.start is not None
    assert body[anchor.start : anchor.end] == one.quotation


async def test_a_selection_over_two_pages_with_a_note(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        text = await opened(pilot)
        await press(pilot, "slash", *"loudly", "enter", "v", "s")
        assert selected(text).endswith("because of those who had stayed away.")
        await press(pilot, "X")
        assert field(pilot, "locator") == ""
        await save(pilot, note="Two pages", locator="pp1–2", site="the second group")
        await press(pilot, "l")
        assert "Two pages" in await listed(pilot)
    (one,) = kept(review)
    assert (one.note, one.locator, one.site) == ("Two pages", "pp1–2", "the second group")
    first = one.anchors[0]
    assert (first.page, first.end_page) == (1, 2)
    assert first.end == len("stayed away.")
    assert " ".join(one.quotation.split()).endswith("those who had stayed away.")


async def listed(pilot: Pilot[str]) -> str:
    """The list of excerpts as text."""
    page = pilot.app.screen.query_one("#side", Page)
    return "\n".join("".join(span.text for span in row) for row in page._sheet.rows)


async def test_pages_as_printed_go_into_the_locator(review: Desk) -> None:
    with sqlite3.connect(review.store.address) as connection:
        connection.execute("UPDATE document_page SET label = '67' || number")
    async with open_app(review.store.address) as pilot:
        await opened(pilot)
        assert "── p671 ──" in text_of(pilot)
        await press(pilot, "v", "X")
        assert field(pilot, "locator") == "p671"
        await press(pilot, "ctrl+s", "t", *"p672", "enter")
        assert "p672" in text_of(pilot).split("\n")[0]
    assert kept(review)[0].locator == "p671"


async def test_excerpts_are_shown_changed_and_dropped(review: Desk) -> None:
    mechanisms.add_mechanism(review, "Trust")
    evidence.add_evidence(review, "Ash (2001)", mechanism="Trust", claim="c", quotation="trust grew slowly")
    excerpting.quote(review, "Ash (2001)", "She was afraid of being asked")
    async with open_app(review.store.address, size=(120, 40)) as pilot:
        await opened(pilot)
        assert "Excerpts" in text_of(pilot)
        assert "→" in row_with(pilot, "Trust") or "Trust" in await listed(pilot)
        await press(pilot, "e", "enter")
        assert "Rests on it" in text_of(pilot)
        await press(pilot, "d", "ctrl+s")
        assert "rests on it" in text_of(pilot)
        await press(pilot, "escape", "e", "enter", "e")
        await save(pilot, note="She says why", locator="p2", site="")
        assert "She says why" in text_of(pilot)
        await press(pilot, "enter", "d")
        await save(pilot, reason="not needed")
        assert len(kept(review)) == 1
        await press(pilot, "u")
    assert sorted((one.quotation, one.note) for one in kept(review)) == [
        ("She was afraid of being asked", "She says why"), ("trust grew slowly", ""),
    ]  # fmt: skip


async def test_an_ambiguous_excerpt_gets_its_place(review: Desk) -> None:
    excerpting.quote(review, "Ash (2001)", "Peers met each week")
    excerpting.quote(review, "Ash (2001)", "They were all afraid")
    async with open_app(review.store.address) as pilot:
        text = await opened(pilot)
        await press(pilot, "l")
        assert STATES["ambiguous"][2] in text_of(pilot)
        await press(pilot, "enter")
        assert "Where it may stand" in text_of(pilot)
        page = pilot.app.screen.query_one(Page)
        places = [row for row, target in page._sheet.targets.items() if target.kind == "place"]
        page.go_to(places[-1])
        await press(pilot, "enter")
        assert selected(text) == "Peers met each week"
        await press(pilot, "h")
        assert STATES["ambiguous"][2] not in text_of(pilot)
        await press(pilot, "l", "l")
        page = pilot.app.screen.query_one("#side", Page)
        page.go_to(next(row for row in page._sheet.targets if "afraid" in str(page._sheet.rows[row])))
        await press(pilot, "enter", "home", "enter", "slash", *"afraid", "enter", "v", "s", "h")
    first, second = kept(review)
    body = text.whole.text
    where = next(one for one in first.anchors if one.text)
    assert where.start == body.index("Peers met each week", where.start or 0)
    assert where.start
    assert where.start > body.index("Peers met each week")
    assert second.state == "found"
    assert second.quotation == "She was afraid of being asked."
    assert second.anchors[0].page == 2


async def test_a_file_is_attached_from_here(review: Desk, tmp_path: Path) -> None:
    (tmp_path / "cedar.md").write_text("# Cedar\n\nA tree.\n\n## Roots\n\nThey hold.\n")
    async with open_app(review.store.address) as pilot:
        await opened(pilot, 2)
        await press(pilot, "a", *"cedar", "enter")
        await settle(pilot)
        assert "cedar.md was attached" in text_of(pilot)
        assert "They hold." in text_of(pilot)
        await press(pilot, "t", *"roots", "enter")
        await press(pilot, "a", *str(tmp_path / "cedar.md"), "enter")
        await settle(pilot)
        assert "attached to this paper already" in text_of(pilot)
        await press(pilot, "enter", "a", *"nothing/there", "enter")
        assert "There is no file" in text_of(pilot)


async def test_a_hit_of_the_search_opens_its_page(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "slash", *"afraid", "enter")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReadingScreen)
        assert "page 2" in text_of(pilot).split("\n")[0]
        assert "hit 1 of 1" in text_of(pilot)
        await press(pilot, "escape", "escape")
        assert "afraid" in text_of(pilot)


async def test_the_mouse_places_and_selects(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        text = await opened(pilot)
        row, column = at(pilot, "spoke")
        await pilot.click(offset=(column, row))
        await settle(pilot)
        assert text.spot is not None
        await press(pilot, "v")
        assert selected(text) == "spoke"
        await pilot.click(offset=(column + 9, row), times=2)
        await settle(pilot)
        assert selected(text) == "work"
        await pilot.mouse_down(offset=(column + 1, row))
        await pilot.hover(offset=(column + 10, row))
        from textual.events import MouseMove

        move = MouseMove(text, column + 10, row - 1, 0, 0, 1, False, False, False, column + 10, row)
        assert isinstance(text, PointedText)
        text.on_mouse_move(move)
        await pilot.mouse_up(offset=(column + 10, row))
        await settle(pilot)
        assert selected(text) == "spoke of work"
        await press(pilot, "x")
    assert kept(review)[0].quotation == "spoke of work"


def at(pilot: Pilot[str], words: str) -> tuple[int, int]:
    """The row and column of words on the screen."""
    rows = text_of(pilot).split("\n")
    row = next(place for place, line in enumerate(rows) if words in line)
    return row, rows[row].index(words)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_a_key_lays_nothing_out(review: Desk, size: tuple[int, int]) -> None:
    excerpting.quote(review, "Ash (2001)", "She was afraid of being asked")
    async with open_app(review.store.address, size=size) as pilot:
        await opened(pilot)
        await press(pilot, "slash", *"trust", "enter")
        with layouts(pilot) as passes:
            await press(
                pilot, "down", "down", "pagedown", "end", "up", "home", "right", "left", "n", "N", "e",
                "v", "right", "down", "up", "left", "s", "right", "p", "down", "plus", "minus", "minus",
                "left_square_bracket", "right_square_bracket", "left_curly_bracket", "right_curly_bracket",
                "escape",
            )  # fmt: skip
        assert passes == []


async def test_keeping_lays_nothing_out_and_reads_no_page_again(
    review: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from realist.queries import texts

    async with open_app(review.store.address, size=(120, 40)) as pilot:
        text = await opened(pilot)
        read: list[str] = []
        original = texts.pages_of

        def counted(connection: Any, uid: str, paper: str) -> Any:
            read.append(current_thread().name)
            return original(connection, uid, paper)

        monkeypatch.setattr("tui.gateway.reading.texts.pages_of", counted)
        setting = text.setting
        await press(pilot, "v", "s", "x")
        assert text.excerpts
        assert text.setting is setting
        assert "MainThread" not in read


async def test_what_is_hostile_stays_text(review: Desk) -> None:
    evil = (
        "\x1b]52;c;AAAA\x07\u202e[red]bad[/red]\x00 zalgo"
        + "\u0301" * 99
        + " 中文字 "
        + "x" * 100_000
        + "\n\n"
    )
    with sqlite3.connect(review.store.address) as connection:
        connection.execute("UPDATE document_page SET body = ?, label = ?", (evil * 2, evil))
        connection.execute("UPDATE document SET name = ?", (evil,))
        connection.execute("UPDATE paper SET label = ?, title = ?", (evil, evil))
    with sqlite3.connect(review.store.address) as connection:
        uid = connection.execute("SELECT uid FROM paper WHERE number = 1").fetchone()[0]
    excerpting.quote(review, uid, "bad", note=evil, site=evil, locator=evil)
    async with open_app(review.store.address) as pilot:
        await opened(pilot)
        assert "[red]bad[/red]" in text_of(pilot)
        for keys in (
            "right", "end", "home", "v", "s", "plus", "plus", "plus", "minus", "X", "escape", "x", "e",
            "enter",
            "escape", "l", "enter", "escape", "escape", "t", "escape", "T", "T", "a", "escape", "left", "v",
            "right", "down",
        ):  # fmt: skip
            await press(pilot, keys)
            shown = text_of(pilot)
            assert all(line.isprintable() for line in shown.split("\n"))
            assert "This did not work" not in shown
    assert pilot.app.return_code in (None, 0)


async def test_others_excerpts_are_seen_and_the_reader_stays(review: Desk) -> None:
    from tests.tui.support import others_seen

    async with open_app(review.store.address, size=(120, 40)) as pilot:
        text = await opened(pilot)
        await press(pilot, "end")
        top = text.scroll_offset.y
        excerpting.quote(review, "Ash (2001)", "Nobody was asked to lead")
        await others_seen(pilot)
        assert text.scroll_offset.y == top
        assert "Nobody was asked to lead" in text_of(pilot)
