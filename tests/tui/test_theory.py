"""The Theory screen: traced to the page, versions beside each other, and everything that is written there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from realist.queries import theories as queries
from realist.queries.naming import resolve
from realist.services import theories as services
from realist.services.unit import Desk
from realist.store.engine import open_store
from tests.tui.support import open_app, press, text_of
from tui.gateway.theories import as_text, from_text


@pytest.fixture
def at(tour: str) -> Iterator[Any]:
    """How the programme's theory of the tour stands now, when asked."""
    store = open_store(tour)

    def standing(number: int | None = None) -> queries.Standing:
        with store.read() as connection:
            return queries.standing(connection, resolve(connection, "theory", "T1"), number, viewer="AB")

    yield standing
    store.close()


def said(at: Any) -> list[str]:
    return [f"p{one.number} {one.said[:24].rstrip()}" for one in at().version.statements]


async def fill(pilot: Pilot[str], **values: str) -> None:
    """Put words into the fields of the form that is shown, and save."""
    for name, value in values.items():
        widget = pilot.app.screen.query_one(f"#f-{name}")
        if isinstance(widget, TextArea):
            widget.text = value
        elif isinstance(widget, Input):
            widget.value = value
    await press(pilot, "ctrl+s")


async def to_target(pilot: Pilot[str], kind: str) -> None:
    """Go down the page to the first line that leads to a *kind* of thing."""
    page: Any = pilot.app.screen.query_one("#page")
    for _ in range(60):
        if page.target is not None and page.target.kind == kind:
            return
        await press(pilot, "down")
    pytest.fail(f"no line leads to a {kind}:\n{text_of(pilot)}")


async def test_a_statement_leads_to_excerpt_page_and_person_in_three_keys(tour: str) -> None:
    async with open_app(tour, size=(120, 50), person="AB") as pilot:
        await press(pilot, "g", "t")
        await press(pilot, "down")
        shown = text_of(pilot)
        for words in ("needs a way of saying no", "Byrne (2016b), p. 180, AB", "carried from v3"):
            assert words in shown
    async with open_app(tour, person="AB") as pilot:
        await press(pilot, "g", "t")
        await press(pilot, "down", "enter")
        assert "van der Meulen (2011), p. 220, AB" in text_of(pilot)


async def test_enter_on_a_box_opens_it_and_on_a_thin_spot_its_statement(tour: str) -> None:
    async with open_app(tour, size=(120, 50), person="AB") as pilot:
        await press(pilot, "g", "t", "enter")
        await to_target(pilot, "statement")
        await press(pilot, "enter")
        assert "T1 v4 p5" in text_of(pilot)
        await press(pilot, "home")
        await to_target(pilot, "bearing")
        await press(pilot, "enter")
        assert "Never the slowest" in text_of(pilot)
        assert type(pilot.app.screen).__name__ == "BoxesScreen"


async def test_versions_are_looked_at_and_compared(tour: str) -> None:
    async with open_app(tour, size=(120, 50), person="AB") as pilot:
        await press(pilot, "g", "t", "less_than_sign")
        assert "v3 of 4" in text_of(pilot)
        assert "From v2 to v3" in text_of(pilot)
        await press(pilot, "less_than_sign", "less_than_sign")
        assert "v1 of 4, initial" in text_of(pilot)
        await press(pilot, "less_than_sign")
        assert "It has versions 1 to 4; this is v1." in text_of(pilot)
        await press(pilot, "down", "e")
        assert "v1 is kept as it was" in text_of(pilot)
        await press(pilot, *["greater_than_sign"] * 3, "c", *"v1", "enter")
        assert "From v1 to v4" in text_of(pilot)
        assert "[-Social support" in text_of(pilot)


async def test_a_new_version_is_written_as_one_text(tour: str, at: Any) -> None:
    async with open_app(tour, person="GH") as pilot:
        await press(pilot, "g", "t", "v")
        text = pilot.app.screen.query_one("#f-statements", TextArea).text
        blocks = text.split("\n\n")
        new = "\n\n".join([blocks[1], "p1: If a, then b.", "Somebody brings cake."])
        await fill(pilot, statements=new, reason="", moved_by="")
        assert "needs its reason" in text_of(pilot)
        await fill(pilot, reason="what leaders say", moved_by="box 13; consultation Walk and talk")
    now = at()
    assert said(at) == ["p5 If somebody always walks", "p1 If a, then b.", "p6 Somebody brings cake."]
    assert now.moved[now.version.move] == ["box 13", "consultation Walk and talk"]
    assert now.version.by == "GH"


async def test_statements_are_edited_moved_dropped_added_prioritised(tour: str, at: Any) -> None:
    async with open_app(tour, person="AB") as pilot:
        await press(pilot, "g", "t", "down", "J")
        assert said(at)[:2] == ["p5 If somebody always walks", "p1 If a particular person e"]
        await press(pilot, "e")
        await fill(pilot, because_text="they are missed", text="in prose, too")
        assert "not both" in text_of(pilot)
        await fill(pilot, text="")
        assert at().version.statements[1].because_text == "they are missed"
        await press(pilot, "a")
        await fill(pilot, text="Cake helps.", name="Cake")
        assert said(at)[-1] == "p6 Cake helps."
        await press(pilot, *["down"] * 5, "p")
        await fill(pilot, priority="last", reason="")
        assert "needs its reason" in text_of(pilot)
        await fill(pilot, reason="too small")
        await press(pilot, "x")
        await fill(pilot, reason="nobody brings any")
        assert "p6 Cake helps." not in said(at)


async def test_a_box_is_picked_by_its_words_judged_anew_and_withdrawn(tour: str, at: Any) -> None:
    async with open_app(tour, person="CD", size=(110, 60)) as pilot:
        await press(pilot, "g", "t", "down", "b", *"bag nurse", "enter")
        await fill(pilot, reason="")
        assert "needs the reasoning" in text_of(pilot)
        await fill(pilot, reason="she carries it all the same")
        part = at().version.statements[0].part
        assert [(one.number, one.stance) for one in at().on(part)] == [(12, "supports"), (14, "refocuses")]
        await press(pilot, "enter", "home")
        await to_target(pilot, "bearing")
        await press(pilot, "r")
        pilot.app.screen.query_one("#f-stance").value = "weakens"  # type: ignore[attr-defined]
        await fill(pilot, reason="on second thoughts")
        assert [one.stance for one in at().on(part) if one.number == 12] == ["weakens"]


async def test_a_statement_is_situated_and_a_theory_added(tour: str, at: Any) -> None:
    async with open_app(tour, person="CD", size=(110, 60)) as pilot:
        await press(pilot, "g", "t", "down", "s", *"social", "enter")
        await fill(pilot, reason="seen in others")
        part = at().version.statements[0].part
        assert [row["name"] for row in at().situated[part]] == ["Dosage of company", "Social learning"]
        await press(pilot, "A")
        await fill(pilot, name="Role strain")
        assert "T4" in text_of(pilot)
        await press(pilot, "v")
        await fill(pilot, statements="If too much, then no more.")
        assert "v1 of 1, initial" in text_of(pilot)


async def test_what_was_typed_is_kept_as_a_draft(tour: str) -> None:
    async with open_app(tour, person="AB") as pilot:
        await press(pilot, "g", "t", "down", "b", *"nurse", "enter")
        pilot.app.screen.query_one("#f-reason", TextArea).text = "half a thought"
        await pilot.pause(0.8)
    async with open_app(tour, person="AB") as pilot:
        await press(pilot, "g", "t", "down", "b", *"nurse", "enter")
        assert pilot.app.screen.query_one("#f-reason", TextArea).text == "half a thought"


async def test_evidence_on_a_statement_from_the_text(tour: str, at: Any) -> None:
    async with open_app(tour, person="AB", size=(110, 50)) as pilot:
        await press(pilot, "g", "p", "enter", "r", "v", "down", "s", "E")
        screen = pilot.app.screen
        if not screen.query("#f-on"):
            pytest.fail(text_of(pilot))
        screen.query_one("#f-on").value = "statement"  # type: ignore[attr-defined]
        await fill(pilot, name="T1 p2 Living proof", claim="He climbs.")
    part = next(one.part for one in at().version.statements if one.number == 2)
    assert [one.reason for one in at().on(part) if one.kind == "evidence"] == ["He climbs."]


def test_the_text_of_a_form_reads_back_unchanged(tmp_path: Path, file_desk: Desk) -> None:
    from realist.domain.revising import revised
    from tests.services.theorised import latest

    services.add_theory(file_desk, "T")
    adds = ["Prose of\n\ntwo paragraphs.", "If a, then b, because c.", "p9 is no part"]
    services.new_version(file_desk, "T1", revised((), adds=adds))
    before = latest(file_desk.store).statements
    assert tuple(from_text(as_text(before), before)) == before
