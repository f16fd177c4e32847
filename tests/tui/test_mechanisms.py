"""Mechanisms: the list, the story of one, and everything that can be decided of it."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from realist.domain.configuration import Box, Ref
from realist.queries.beside import memos
from realist.queries.naming import resolve
from realist.queries.theory import mechanism, mechanisms
from realist.services import configurations, consulting, evidence, papers
from realist.services import mechanisms as services
from realist.services.unit import Desk
from realist.vocabulary import Fate, Stance, Voice
from tests.fewer import fewer
from tests.tui.forms import field, fill, refusal, save
from tests.tui.support import layouts, open_app, press, row_with, settle, text_of
from tui.screens.mechanisms import MechanismsScreen
from tui.widgets.changes import changes, flowed
from tui.widgets.detail import Detail

HOSTILE = "\x1b[2J\x1b]0;owned\x07[bold red]Trustful[/] \u202eevil\x9b31m"


@pytest.fixture
def review(file_desk: Desk) -> Desk:
    """Trust, rich in story; Power, kept; Company, merged into Trust; a list and a meeting."""
    for label in ("Choi (2012)", "Best (2017)"):
        papers.add_paper(file_desk, label=label)
    services.add_mechanism(file_desk, "Trust", description="They know each other.", aliases=["Confidence"])
    services.add_mechanism(file_desk, "Power")
    services.add_mechanism(file_desk, "Company")
    consulting.add_consultation(file_desk, "Meeting 1")
    services.describe(file_desk, "Trust", "They like each other well.", reason="said in the meeting")
    for paper, stance, claim in (
        ("Choi (2012)", Stance.SUPPORTS, "Trust grew."),
        ("Best (2017)", Stance.SUPPORTS, "It helped."),
        ("Best (2017)", Stance.WEAKENS, "Not everywhere."),
    ):
        evidence.add_evidence(file_desk, paper, claim=claim, stance=stance, mechanism="Trust", locator="p. 3")
    evidence.add_evidence(file_desk, "Choi (2012)", claim="They walked along.", mechanism="Company")
    services.merge_mechanisms(file_desk, "Company", ["Trust"], reason="one thing")
    services.decide_fate(file_desk, "Power", Fate.KEPT, reason="wanted", consultation="Meeting 1")
    consulting.add_feedback(
        file_desk,
        Voice.AGAINST,
        "Too vague for us.",
        mechanism="Trust",
        who="a manager",
        consultation="Meeting 1",
    )
    box = Box(uid="b1", label="2b", title="Views", mechanisms=(Ref("", "Trust"),))
    configurations.add_configuration(file_desk, box)
    services.add_list(file_desk, "Final", [("", "Heading"), ("Power", "Power"), ("Trust", "Trust")])
    return file_desk


def known(desk: Desk, name: str) -> dict[str, Any]:
    with desk.store.read() as connection:
        return mechanism(connection, resolve(connection, "mechanism", name))


def listed(desk: Desk) -> dict[str, dict[str, Any]]:
    with desk.store.read() as connection:
        return {row["name"]: row for row in mechanisms(connection)}


def opened(pilot: Pilot[str], monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Note what is opened instead of opening it."""
    found: list[tuple[str, str]] = []

    def note(kind: str, uid: str, **how: Any) -> None:
        found.append((kind, uid))

    monkeypatch.setattr(pilot.app, "open", note)
    return found


async def test_the_list_says_what_stands_for_and_against(review: Desk) -> None:
    async with open_app(review.store.address, (200, 60)) as pilot:
        await press(pilot, "g", "m")
        row = row_with(pilot, " Trust ")
        assert row.split("│")[0].split() == ["›", "#1", "○", "proposed", "Trust", "2", "+2", "−1", "1", "1"]
        assert "✓ kept" in row_with(pilot, " Power ")
        assert "→ merged   Company → Trust" in row_with(pilot, " Company ")


async def test_the_story_tells_versions_evidence_boxes_and_words(review: Desk) -> None:
    async with open_app(review.store.address, (120, 60)) as pilot:
        await press(pilot, "g", "m")
        shown = text_of(pilot)
        for words in (
            "in it         Company", "also called   Confidence", "They like each other well.",
            "version 2 of 2", "papers +2 −1 ?1", "+ Choi (2012)", "Trust grew.", "− Best (2017)",
            "Not everywhere.", "→ given to Company", "○ 2b Views", "− against",
            "a manager, Meeting 1", "Too vague for us.", "because: said in the meeting",
            "They [-know-] {+like+} each [-other.-] {+other well.+}", "○ proposed",
        ):  # fmt: skip
            assert words in shown, words
        await press(pilot, "j")
        assert "✓ kept  2026-01-01 SF" in text_of(pilot)
        assert "because: wanted" in text_of(pilot)
        assert "moved by: consultation Meeting 1" in text_of(pilot)
        assert "Not described yet: e describes it." in text_of(pilot)
        await press(pilot, "j")
        assert "→ merged into Trust" in text_of(pilot)
        assert "They walked along." in text_of(pilot)
        assert "Trust grew." not in text_of(pilot)


@pytest.mark.parametrize(("size", "beside"), [((80, 24), False), ((120, 40), True)])
async def test_the_story_stands_beside_the_list_where_there_is_room(
    review: Desk, size: tuple[int, int], beside: bool
) -> None:
    async with open_app(review.store.address, size) as pilot:
        await press(pilot, "g", "m")
        table, page = pilot.app.screen.query_one("#list").region, pilot.app.screen.query_one(Detail).region
        assert (table.y == page.y) is beside
        assert "They like each other well." in text_of(pilot)
        assert "+2 −1" in row_with(pilot, "Trust")


async def test_moving_tells_the_next_story_without_laying_anything_out(review: Desk) -> None:
    async with open_app(review.store.address, (120, 40)) as pilot:
        await press(pilot, "g", "m")
        with layouts(pilot) as passes:
            await press(pilot, "j", "j")
        assert "They walked along." in text_of(pilot)
        assert passes == []


async def test_enter_goes_into_the_story_and_on(review: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app(review.store.address, (120, 60)) as pilot:
        await press(pilot, "g", "m", "enter")
        page = pilot.app.screen.query_one(Detail)
        assert pilot.app.focused is page
        found = opened(pilot, monkeypatch)
        for place, target in sorted(page._sheet.targets.items()):
            page.go_to(place)
            await press(pilot, "enter")
            kind = "reading" if target.kind == "excerpt" else target.kind
            assert found[-1][0] == kind
            assert kind == "reading" or found[-1][1] == target.uid
        assert {kind for kind, _ in found} == {"mechanism", "paper", "box", "reading"}
        await press(pilot, "b")
        assert found[-1] == ("boxes of mechanism", known(review, "Trust")["uid"])


async def test_one_can_be_opened_from_elsewhere(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        app: Any = pilot.app
        app.open("mechanism", known(review, "Power")["uid"])
        await settle(pilot)
        assert row_with(pilot, "Power").startswith("›")


async def test_a_proposes(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "m", "a", "ctrl+s")
        assert "needs a name" in refusal(pilot)
        await save(pilot, name="trust", description="Other words.")
        assert "There is already a mechanism #1 Trust" in refusal(pilot)
        assert field(pilot, "description") == "Other words."
        await save(pilot, name="Humour", aliases="Laughter; Jokes", kind="theme", reason="in two papers")
        assert row_with(pilot, "Humour").startswith("›")
    found = known(review, "Humour")
    assert ([alias["name"] for alias in found["aliases"]], found["kind"]) == (["Laughter", "Jokes"], "theme")
    assert (found["versions"][0]["description"], found["fates"][0]["reason"]) == (
        "Other words.",
        "in two papers",
    )


async def test_e_describes_with_a_reason_and_the_change_is_marked(review: Desk) -> None:
    async with open_app(review.store.address, (120, 60)) as pilot:
        await press(pilot, "g", "m", "e")
        assert field(pilot, "description") == "They like each other well."
        await press(pilot, "ctrl+s")
        assert "as it was" in refusal(pilot)
        await save(pilot, description="They like each other less.")
        assert "needs its reason" in refusal(pilot)
        assert field(pilot, "description") == "They like each other less."
        await save(pilot, reason="Best (2017)", alias="Faith")
        assert "They like each other [-well.-] {+less.+}" in text_of(pilot)
        assert "Faith" in text_of(pilot)
    found = known(review, "Trust")
    assert [row["number"] for row in found["versions"]] == [1, 2, 3]
    assert found["versions"][2]["reason"] == "Best (2017)"


async def test_what_a_colleague_described_meanwhile_is_said_once(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "m", "e")
        services.describe(review, "Trust", "A colleague’s words.", reason="theirs")
        await save(pilot, description="My words.", reason="mine")
        assert "A colleague’s words." in refusal(pilot)
        await press(pilot, "ctrl+s")
    versions = [row["description"] for row in known(review, "Trust")["versions"]]
    assert versions[2:] == ["A colleague’s words.", "My words."]


async def test_f_decides_the_fate_with_its_reason(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "m", "f")
        await save(pilot, fate="parked")
        assert "a fate needs its reason" in refusal(pilot)
        await save(pilot, reason="no time", consultation="meeting 7")
        assert "There is no consultation 'meeting 7'" in refusal(pilot)
        await save(pilot, consultation="meeting 1")
        assert "‖" in row_with(pilot, "Trust")
    fate = known(review, "Trust")["fates"][-1]
    assert (fate["fate"], fate["reason"], fate["consultation"]) == ("parked", "no time", "Meeting 1")


async def test_f_merges_and_takes_a_merge_back(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "m", "j", "f")
        await save(pilot, fate="merged", reason="one thing")
        assert "into which mechanism" in refusal(pilot)
        await save(pilot, into="trust", consultation="Meeting 1")
        assert "name it in the reason" in refusal(pilot)
        await save(pilot, consultation="")
        assert "Power → Trust" in row_with(pilot, "Power")
        assert [one["name"] for one in listed(review)["Power"]["into"]] == ["Trust"]
        await press(pilot, "f")
        await save(pilot, fate="kept", reason="they differ")
        assert "✓" in row_with(pilot, "Power")
    assert (listed(review)["Power"]["into"], listed(review)["Power"]["fate"]) == ([], "kept")


async def test_w_records_words_and_n_a_memo(review: Desk) -> None:
    async with open_app(review.store.address, (120, 60)) as pilot:
        await press(pilot, "g", "m", "j", "w", "ctrl+s")
        assert "say what they said" in refusal(pilot)
        await save(pilot, words="We want more of it.", voice="for", who="nurses", consultation="Meeting 1")
        assert "+ for  nurses, Meeting 1" in text_of(pilot)
        assert "We want more of it." in text_of(pilot)
        await press(pilot, "n", "ctrl+s")
        assert "empty memo" in refusal(pilot)
        await save(pilot, text="Ask them again.")
        assert "Ask them again." in text_of(pilot)
    power = known(review, "Power")
    assert [(row["voice"], row["words"]) for row in power["feedback"]] == [("for", "We want more of it.")]
    with review.store.read() as connection:
        assert [row["text"] for row in memos(connection, "mechanism", power["uid"])] == ["Ask them again."]


async def test_s_shows_a_named_list_in_its_order(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "m", "s", "down", "enter")
        rows = [row[:30].split() for row in text_of(pilot).split("\n")[2:5]]
        assert [row[-1] for row in rows] == ["Heading", "Power", "Trust"]
        assert "Mechanisms · 2 · Final" in text_of(pilot)
        assert row_with(pilot, "#1 ").startswith("›")
        await press(pilot, "home", "e", "f", "b")
        assert isinstance(pilot.app.screen, MechanismsScreen)
        await press(pilot, "s", "enter")
        assert "Mechanisms · 3" in text_of(pilot)


async def test_a_change_by_anybody_is_shown_and_the_cursor_stays(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        app: Any = pilot.app
        await press(pilot, "g", "m", "j")
        services.describe(review, "Power", "Who may say no.", reason="new")
        app.changed(app.gate.version())
        await settle(pilot)
        assert row_with(pilot, "#2 ").startswith("›")
        assert "Who may say no." in text_of(pilot)


async def test_an_empty_review_says_what_to_do(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "m", "e", "f", "b", "w", "n")
        assert "No mechanism yet: a proposes one." in text_of(pilot)
        assert isinstance(pilot.app.screen, MechanismsScreen)


@pytest.mark.slow
@fewer("size", [(80, 24), (120, 40)], 0)
async def test_hostile_rows_are_shown_plain(file_desk: Desk, size: tuple[int, int]) -> None:
    papers.add_paper(file_desk, label=HOSTILE)
    services.add_mechanism(file_desk, HOSTILE, description=HOSTILE * 3000, aliases=[HOSTILE], note=HOSTILE)
    services.describe(file_desk, "#1", HOSTILE * 2999, reason=HOSTILE)
    evidence.add_evidence(
        file_desk, "#1", claim=HOSTILE * 500, mechanism="#1", quotation=HOSTILE, locator=HOSTILE
    )
    consulting.add_feedback(file_desk, Voice.FOR, HOSTILE, mechanism="#1", who=HOSTILE)
    async with open_app(file_desk.store.address, size) as pilot:
        await press(pilot, "g", "m")
        for keys in ((), ("enter", "end"), ("e",), ("escape", "f"), ("escape", "w"), ("escape",)):
            await press(pilot, *keys)
            shown = text_of(pilot)
            assert all(c.isprintable() or c == "\n" for c in shown)
            assert "\u202e" not in shown
        assert "[bold red]Trustful[/]" in shown
        await press(pilot, "n")
        await fill(pilot, text="A memo on it.")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, MechanismsScreen)


def test_changes_mark_words_that_went_and_came() -> None:
    words = changes("one two three", "one four three five")
    assert " ".join(span.text for span in words) == "one [-two-] {+four+} three {+five+}"
    assert [span.style for span in words] == ["", "bad", "good", "", "good"]
    assert [span.text for span in changes("", "all new")] == ["{+all", "new+}"]
    many = changes("a " * 4000, "b " * 4000)
    assert (len(many), many[0].text, many[-1].text) == (8000, "[-a", "b+}")


def test_words_flow_into_lines_of_the_width() -> None:
    rows = flowed(changes("one two three four five", "one two four five six"), 16, 2)
    texts = ["".join(span.text for span in row) for row in rows]
    assert texts == ["  one two", "  [-three-] four", "  five {+six+}"]
