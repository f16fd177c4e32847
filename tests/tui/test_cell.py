"""Behind a cell of the evidence grid: its state and why, what leads where, writing, withdrawing."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from realist.domain.configuration import Box, BoxElement, Ref
from realist.domain.notation import Part
from realist.queries.log import acts
from realist.queries.theory import evidence as all_evidence
from realist.services import configurations, consulting, evidence, mechanisms, papers
from realist.services.unit import Desk
from realist.text import line
from realist.vocabulary import ElementKind, ReadingResult, Stance, Valence, Voice
from tests.fewer import fewer
from tests.tui.forms import refusal, save
from tests.tui.hostile import CORPUS
from tests.tui.support import open_app, others_seen, press, row_with, settle, text_of
from tui.app import RealistApp
from tui.screens.cell import CellScreen
from tui.widgets.page import Page

TRUST, OLD = "Trust in each other", "Confidence"
AHMED, BAKER = "Ahmed (2010)", "Baker (2012)"


@pytest.fixture
def uids() -> dict[str, str]:
    """The uids of papers and mechanisms by name."""
    return {}


@pytest.fixture
def review(file_desk: Desk, uids: dict[str, str]) -> Desk:
    """A cell with evidence both ways, some through a merged mechanism, a box, a reading, people's words."""
    desk = file_desk
    for label in (AHMED, BAKER):
        uids[label] = papers.add_paper(desk, label=label)
    for name in (TRUST, OLD):
        uids[name] = mechanisms.add_mechanism(desk, name)
    evidence.add_evidence(
        desk, AHMED, claim="they rely on each other", stance=Stance.SUPPORTS, mechanism=TRUST,
        quotation="we could count on her", locator="p676", topic="teams",
    )  # fmt: skip
    evidence.add_evidence(desk, AHMED, claim="it broke", stance=Stance.WEAKENS, mechanism=OLD)
    mechanisms.merge_mechanisms(desk, OLD, [TRUST], reason="the same")
    outcome = BoxElement(Part(ElementKind.OUTCOME, "they stay", Valence.PLUS), "", (), ())
    box = Box(title="Staying", papers=(Ref("", AHMED),), mechanisms=(Ref("", TRUST),), elements=(outcome,))
    configurations.add_configuration(desk, box)
    evidence.add_reading(desk, AHMED, ReadingResult.FOUND, mechanism=TRUST, note="read aloud")
    consulting.add_feedback(desk, Voice.AGAINST, "not where I work", mechanism=TRUST, who="a nurse")
    return desk


async def behind(pilot: Pilot[str], uids: dict[str, str], paper: str = AHMED) -> None:
    """Open what is behind the cell of a paper and Trust."""
    assert isinstance(pilot.app, RealistApp)
    pilot.app.open("cell", f"{uids[paper]} {uids[TRUST]}")
    await settle(pilot)


async def stand_on(pilot: Pilot[str], words: str) -> None:
    """Move the cursor to the first line that holds *words*."""
    page = pilot.app.screen.query_one(Page)
    for index in range(page.total):
        if words in "".join(span.text for span in page.row(index, page.room)):
            await press(pilot, "home", *["down"] * index)
            return
    raise AssertionError(f"no line holds {words!r}")


async def test_everything_behind_the_cell_is_there(review: Desk, uids: dict[str, str]) -> None:
    async with open_app(review.store.address, (100, 50)) as pilot:
        await behind(pilot, uids)
        assert "✓ present: 2 pieces of evidence and 1 box; it supports and it weakens" in text_of(pilot)
        text = text_of(pilot)
        for words in (
            "they rely on each other", "“we could count on her”", "p676", "teams", "by SF", "2026-01-01",
            "it broke", f"through {OLD}, merged into it", "counts as: of the paper", "#1 Box: Staying",
            "they stay", "found · by SF", "read aloud", "a nurse", "not where I work",
        ):  # fmt: skip
            assert words in text, words
        assert "+ supports" in row_with(pilot, "teams")
        assert "− weakens" in row_with(pilot, "merged into it")
        assert "− against" in row_with(pilot, "a nurse")
        assert f"{AHMED} × M1 {TRUST}" in text.split("\n")[0]


@fewer(
    "result, words",
    [
        (ReadingResult.NONE, "· looked for and not found: so read by SF on 2026-"),
        (ReadingResult.NOT_RECOVERABLE, "? not recoverable from the source: so read by SF on 2026-"),
        (ReadingResult.FOUND, "not looked at yet: nothing is recorded here but that something was found"),
        (None, "not looked at yet: nothing is recorded here"),
    ],
    1,
    3,
)
async def test_the_state_is_said_in_words_with_why(
    review: Desk, uids: dict[str, str], result: ReadingResult | None, words: str
) -> None:
    if result:
        evidence.add_reading(review, BAKER, result, mechanism=TRUST)
    async with open_app(review.store.address, (100, 40)) as pilot:
        await behind(pilot, uids, BAKER)
        assert words in text_of(pilot)
        assert "No evidence yet: c records" in text_of(pilot)


@fewer(
    "words, kind",
    [("Paper  ", "paper"), ("they rely", "paper"), ("Mechanism  ", "mechanism"), ("#1 Box", "box")],
    0,
    3,
)
async def test_enter_follows_a_line(review: Desk, uids: dict[str, str], words: str, kind: str) -> None:
    async with open_app(review.store.address, (100, 50)) as pilot:
        await behind(pilot, uids)
        opened: list[tuple[str, str]] = []
        pilot.app.open = lambda kind, uid: opened.append((kind, uid))  # type: ignore[attr-defined]
        await stand_on(pilot, words)
        await press(pilot, "enter")
        assert [of for of, _ in opened] == [kind]
        if kind in ("paper", "mechanism"):
            assert opened[0][1] == uids[AHMED if kind == "paper" else TRUST]


async def test_p_and_m_go_to_the_paper_and_the_mechanism(review: Desk, uids: dict[str, str]) -> None:
    async with open_app(review.store.address) as pilot:
        await behind(pilot, uids)
        opened: list[tuple[str, str]] = []
        pilot.app.open = lambda kind, uid: opened.append((kind, uid))  # type: ignore[attr-defined]
        await press(pilot, "p", "m")
        assert opened == [("paper", uids[AHMED]), ("mechanism", uids[TRUST])]


async def test_a_reading_and_a_claim_are_recorded_in_this_cell(review: Desk, uids: dict[str, str]) -> None:
    async with open_app(review.store.address, (100, 40)) as pilot:
        await behind(pilot, uids, BAKER)
        await press(pilot, "r")
        await save(pilot, result="none", note="twice")
        assert "looked for and not found" in text_of(pilot)
        assert "twice" in text_of(pilot)
        await press(pilot, "c")
        await save(pilot, claim="after all", stance="refocuses")
        assert "present: 1 piece of evidence" in text_of(pilot)
        assert "refocuses" in row_with(pilot, "by SF")
    with review.store.read() as connection:
        last = all_evidence(connection)[-1]
        said = acts(connection, limit=2)
    assert (last["label"], last["mechanism"], last["claim"]) == (BAKER, TRUST, "after all")
    assert [act["subject"] for act in said] == [f"{BAKER} refocuses {TRUST}", f"{BAKER} for {TRUST}: none"]


async def test_evidence_under_the_cursor_is_withdrawn_with_a_reason(
    review: Desk, uids: dict[str, str]
) -> None:
    async with open_app(review.store.address, (100, 50)) as pilot:
        await behind(pilot, uids)
        await press(pilot, "home", "x")
        assert isinstance(pilot.app.screen, CellScreen)
        assert "on no evidence" in text_of(pilot)
        await stand_on(pilot, "it broke")
        await press(pilot, "x")
        assert "weakens: it broke" in text_of(pilot)
        await press(pilot, "ctrl+s")
        assert "needs a reason" in refusal(pilot)
        await save(pilot, reason="misread")
        assert "it broke" not in text_of(pilot)
        assert "present: 1 piece of evidence and 1 box" in text_of(pilot)
        with review.store.read() as connection:
            assert [row["claim"] for row in all_evidence(connection)] == ["they rely on each other"]
            assert acts(connection, limit=1)[0]["reason"] == "misread"
        await press(pilot, "u")
        assert "it broke" in text_of(pilot)


async def test_what_another_person_does_shows(review: Desk, uids: dict[str, str]) -> None:
    async with open_app(review.store.address, (100, 40)) as pilot:
        await behind(pilot, uids, BAKER)
        evidence.add_evidence(Desk(review.store, "GW"), BAKER, claim="said elsewhere", mechanism=TRUST)
        await others_seen(pilot)
        assert "said elsewhere" in text_of(pilot)
        assert "by GW" in text_of(pilot)


async def test_a_cell_that_is_not_there_says_so(review: Desk, uids: dict[str, str]) -> None:
    uids[BAKER] = "nothing"
    async with open_app(review.store.address) as pilot:
        await behind(pilot, uids, BAKER)
        await press(pilot, "r", "c", "x", "p", "m", "enter")
        assert "not in the review any more" in text_of(pilot)


async def test_text_that_attacks_is_shown_as_words(review: Desk, uids: dict[str, str]) -> None:
    for text in CORPUS:
        evidence.add_evidence(
            review, BAKER, claim=text, quotation=text, locator=text[:200], topic=text[:200], mechanism=TRUST
        )
        evidence.add_reading(review, BAKER, ReadingResult.NONE, mechanism=TRUST, note=text)
        if line(text):
            consulting.add_feedback(review, Voice.FOR, text, mechanism=TRUST, who=text[:200])
    async with open_app(review.store.address) as pilot:
        await behind(pilot, uids, BAKER)
        for key in ("down", "pagedown", "pagedown", "end", "home"):
            await press(pilot, key)
            assert all(character.isprintable() for character in text_of(pilot).replace("\n", ""))
        assert "This did not work" not in text_of(pilot)
