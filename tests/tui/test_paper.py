"""One paper on a page: everything about it, and every action on it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from realist.queries import paper_story
from realist.queries import papers as queries
from realist.queries.theory import evidence
from realist.services import mechanisms, notes, papers, sameness
from realist.services.importing import Origin, import_file
from realist.services.unit import Desk
from tests.services.world import World, world
from tests.tui.forms import field, refusal, save
from tests.tui.support import layouts, open_app, press, settle, text_of
from tui.screens.paper import PaperScreen
from tui.sheets.paper import sections
from tui.sheets.raw_record import chopped, visible, write_pairs
from tui.sheets.sheet import Sheet
from tui.widgets.page import Page

RIS = b"""TY  - JOUR
ID  - key1
TI  - Walking  with  a\xc2\xadpeer
AU  - Lo, Mina
PY  - 2001
AB  - BACKGROUND: Nobody walks. METHODS: We walked. RESULTS: It rained.
N1  - tab\there \x1b[31mred
ER  -
TY  - JOUR
ID  - key2
TI  - Walking with a peer
ER  -
"""


@pytest.fixture
def review(file_desk: Desk, tmp_path: Path) -> Desk:
    """Two papers of one file, one by hand, one mechanism."""
    (tmp_path / "walks.ris").write_bytes(RIS)
    import_file(file_desk, str(tmp_path / "walks.ris"), Origin())
    papers.add_paper(file_desk, label="By hand (1999)", title="Third", authors=["A", "B"], year="1999")
    mechanisms.add_mechanism(file_desk, "Company")
    return file_desk


def found(desk: Desk, number: int = 1) -> dict[str, Any]:
    """Everything about a paper, as the queries say."""
    with desk.store.read() as connection:
        return queries.paper(connection, paper_story.uids_numbered(connection, [number])[0])


def tags(desk: Desk, number: int = 1) -> list[str]:
    """The tags on a paper."""
    with desk.store.read() as connection:
        return paper_story.tags(connection, found(desk, number)["uid"])


async def opened(pilot: Pilot[str], *keys: str) -> Page:
    """Open the first paper of the list, or the one that *keys* go to; return its page."""
    await press(pilot, "g", "p", *keys, "enter")
    assert isinstance(pilot.app.screen, PaperScreen)
    return pilot.app.screen.query_one(Page)


async def text_of_all(pilot: Pilot[str]) -> str:
    """The whole page as text."""
    page = pilot.app.screen.query_one(Page)
    return "\n".join("".join(span.text for span in row) for row in page._sheet.rows)


async def follow(pilot: Pilot[str], words: str) -> None:
    """Choose the first line that leads somewhere and holds *words*."""
    page = pilot.app.screen.query_one(Page)
    lines = ["".join(span.text for span in row) for row in page._sheet.rows]
    place = next(at for at, line in enumerate(lines) if words in line and at in page._sheet.targets)
    page.go_to(place)
    await press(pilot, "enter")


async def test_what_the_page_says(review: Desk) -> None:
    papers.edit_paper(review, "#1", "year", "2002", reason="a misprint")
    sameness.join_papers(review, "#2", "#1", reason="one title")
    notes.add_memo(review, "paper", "#2", "Ask the author.")
    notes.tag_papers(review, ["#1"], "core")
    async with open_app(review.store.address) as pilot:
        await opened(pilot)
        text = await text_of_all(pilot)
    for words in (
        "Lo, Mina", "state       not screened", "tags        core", "year: 2001 → 2002", "by SF: a misprint",
        "walks.ris, line 1 · key1", "walks.ris, line 9 · key2", "Ask the author.",
        "judged the same by person, SF: one title", "No box yet: c adds one.",
    ):  # fmt: skip
        assert words in text
    assert "  METHODS: We walked." not in text
    assert "\nMETHODS: We walked." in text


async def test_a_paper_of_a_whole_review(file_desk: Desk, tmp_path: Path) -> None:
    with sqlite3.connect(file_desk.store.address) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        for table in ("review", "person"):
            connection.execute(f"DELETE FROM {table}")
    made: World = world(file_desk.store, tmp_path)
    shown = ""
    async with open_app(made.store.address) as pilot:
        await press(pilot, "g", "p")
        listed = pilot.app.screen.listed  # type: ignore[attr-defined]
        for place in range(len(listed.numbers)):
            await press(pilot, "enter")
            shown += await text_of_all(pilot) + "\n"
            await press(pilot, "q")
            listed.go_to(place + 1)
    with made.store.read() as connection:
        for claim in evidence(connection):
            assert claim["claim"][:30] in shown
            assert claim["stance"] in shown
        decisions = connection.exec_driver_sql("SELECT verdict FROM decision").scalars().all()
    assert decisions
    for verdict in decisions:
        assert f" {verdict} · by " in shown
    assert "Readings" in shown
    assert "→" in shown


async def test_editing_keeps_the_original(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await opened(pilot)
        await press(pilot, "e", *"year")
        assert "2001" in text_of(pilot)
        await press(pilot, "enter")
        assert field(pilot, "value") == "2001"
        await save(pilot, value="20x1", reason="typo")
        assert "is no year" in refusal(pilot)
        await save(pilot, value="2011")
        assert isinstance(pilot.app.screen, PaperScreen)
        assert (found(review)["year"], found(review)["corrections"][0]["reason"]) == (2011, "typo")
        assert "2001 → 2011" in await text_of_all(pilot)
        await press(pilot, "e", *"authors", "enter")
        await save(pilot, value="Lo, Mina\nNew, Anna")
        assert found(review)["authors"] == ["Lo, Mina", "New, Anna"]
        await press(pilot, "e", *"year", "enter")
        assert "At first: 2001" in text_of(pilot)


async def test_claim_tag_memo(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await opened(pilot)
        await press(pilot, "v")
        await save(pilot, mechanism="Compani", stance="weakens", claim="Rain keeps them in.")
        assert refusal(pilot)
        await save(pilot, mechanism="Company", quotation="It rained.", locator="p3")
        claim = found(review)["evidence"][0]
        assert [claim[key] for key in ("mechanism", "stance", "claim", "quotation", "locator")] == [
            "Company", "weakens", "Rain keeps them in.", "It rained.", "p3",
        ]  # fmt: skip
        text = await text_of_all(pilot)
        assert "− weakens · by SF" in text
        assert "“It rained.” (p3)" in text
        await press(pilot, "t", *"wet", "enter")
        assert tags(review) == ["wet"]
        await press(pilot, "T", "enter")
        assert tags(review) == []
        await press(pilot, "T")
        assert "No tag is on this paper" in text_of(pilot)
        await press(pilot, "n")
        await save(pilot, text="Bring an umbrella.")
        assert "Bring an umbrella." in await text_of_all(pilot)
        await press(pilot, "u")
        assert "Bring an umbrella." not in await text_of_all(pilot)


async def test_the_record_to_the_letter(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await opened(pilot)
        await press(pilot, "x")
        assert "TI  Walking  with  a⟨U+00AD⟩peer" in text_of(pilot)
        assert "tab␉here ␛[31mred" in text_of(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, PaperScreen)
        await follow(pilot, "walks.ris")
        assert "ID  key1" in text_of(pilot)
        await press(pilot, "q", "escape")
    sameness.join_papers(review, "#2", "#1")
    async with open_app(review.store.address) as pilot:
        await opened(pilot)
        await press(pilot, "x", *"line 9", "enter")
        assert "ID  key2" in text_of(pilot)
    async with open_app(review.store.address) as pilot:
        await opened(pilot, "end")
        await press(pilot, "x")
        assert "No database gave this paper" in text_of(pilot)
        assert isinstance(pilot.app.screen, PaperScreen)


async def test_to_the_next_paper_and_back(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await opened(pilot)
        assert "#1 Lo (2001) · 1 of 3" in text_of(pilot)
        await press(pilot, "greater_than_sign", "greater_than_sign")
        assert "#3 By hand (1999) · 3 of 3" in text_of(pilot)
        await press(pilot, "greater_than_sign")
        assert "the last paper of the list" in text_of(pilot)
        await press(pilot, "less_than_sign")
        assert "2 of 3" in text_of(pilot)
        await press(pilot, "q")
        assert pilot.app.screen.listed.number == 2  # type: ignore[attr-defined]


async def test_to_its_boxes_and_mechanisms(review: Desk) -> None:
    from realist.services.evidence import add_evidence

    add_evidence(review, "#1", mechanism="Company", claim="They walk.")
    async with open_app(review.store.address) as pilot:
        await opened(pilot)
        await follow(pilot, "Company")
        assert "Mechanism" in text_of(pilot)
        await press(pilot, "q", "b")
        assert type(pilot.app.screen).__name__ == "BoxesScreen"
        await press(pilot, "q", "c")
        assert type(pilot.app.screen).__name__ == "BoxForm"


async def test_a_paper_that_is_gone(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "a")
        await save(pilot, label="For a moment")
        await press(pilot, "end", "enter")
        assert "For a moment" in text_of(pilot)
        await press(pilot, "u")
        assert "not in the review any more" in text_of(pilot)
        await press(pilot, "e", "T", "x", "greater_than_sign", "q")
        assert pilot.app.is_running


async def test_nothing_is_laid_out_while_moving_and_hostile_rows_stay_text(review: Desk) -> None:
    evil = "\x1b]52;c;AAAA\x07\u202e[red]bad[/red]\n" + "x" * 100_000
    connection = sqlite3.connect(review.store.address)
    connection.execute("UPDATE paper SET title = ?, authors = ?, journal = ?, label = ?", (evil,) * 4)
    connection.execute("UPDATE record_text SET abstract = ?", (evil,))
    connection.execute("UPDATE record SET source_key = ?", (evil,))
    connection.commit()
    connection.close()
    async with open_app(review.store.address) as pilot:
        await opened(pilot)
        assert "[red]bad[/red]" in text_of(pilot)
        for keys in (("pagedown",), ("end",), ("x",), ("escape", "e"), ("escape", "v"), ("escape", "n")):
            await press(pilot, *keys)
            assert all(line.isprintable() for line in text_of(pilot).split("\n"))
        await press(pilot, "escape", "escape")
        await settle(pilot)
        with layouts(pilot) as passes:
            await press(pilot, "home", "down", "down", "up")
        assert passes == []


def test_sections_of_abstracts_begin_lines() -> None:
    assert sections("Aim: x y. Methods: z. RESULTS AND MORE: a: b. See 1. The end: none.").split("\n") == [
        "Aim: x y.", "Methods: z.", "RESULTS AND MORE: a: b. See 1. The end: none.",
    ]  # fmt: skip


def test_what_does_not_print_is_named_and_every_character_stays() -> None:
    assert visible("a\x00\x1b\x7f\u202e\x85é") == "a␀␛␡⟨U+202E⟩⟨U+0085⟩é"
    text = "wide 中文字 and  double   spaces " * 5
    assert "".join(chopped(text, 11)) == text
    sheet = Sheet(40)
    write_pairs(sheet, [["AB", "x" * 50], ["", "no tag"]])
    assert [len("".join(span.text for span in row)) for row in sheet.rows] == [40, 18, 10]
