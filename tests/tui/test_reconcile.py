"""Conflicts on the screen: who decided what, resolving, taking that back, changing one's mind."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from realist.domain.allocation import Everybody
from realist.queries.conflicts import conflicts
from realist.queries.naming import resolve
from realist.queries.together import resolutions
from realist.services import allocating, papers, plan, rounds, screening
from realist.services.unit import Desk
from realist.vocabulary import ConflictRule, MaybeRule, RoundKind, Verdict
from tests.tui.forms import field, fill, refusal, save
from tests.tui.support import layouts, open_app, press, row_with, settle, text_of
from tui.place import Place
from tui.screens.paper import PaperScreen
from tui.screens.reconcile import ReconcileScreen
from tui.widgets.detail import Detail

LABELS = ("P1", "P2", "P3", "P4")


@pytest.fixture
def review(file_desk: Desk) -> Desk:
    """Papers P1 to P4 in "titles" and, blind, "texts": SF and NG differ on P1 and P3 there, on P2 here."""
    plan.add_stage(file_desk, "1")
    for label in LABELS:
        papers.add_paper(
            file_desk, label=label, title=f"On {label}", authors=["Okafor, N"], year="2019",
            abstract=f"What {label} says.",
        )  # fmt: skip
    rounds.add_round(
        file_desk, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2, criteria="Peers who lead.",
        reasons=["no peers", "an opinion", "too old"],
    )  # fmt: skip
    rounds.add_round(file_desk, "texts", stage="1", kind=RoundKind.FULL_TEXT, readers=2, blind=True)
    for name in ("titles", "texts"):
        rounds.enter(file_desk, name, LABELS)
    decide(file_desk, "SF", "titles", P1="include", P2="include", P3="maybe", P4="include")
    decide(file_desk, "NG", "titles", P1="exclude", P2="include", P3="exclude")
    decide(file_desk, "SF", "texts", P2="include", P4="include")
    decide(file_desk, "NG", "texts", P2="exclude")
    return file_desk


def decide(desk: Desk, who: str, round_: str, **verdicts: str) -> None:
    for paper, verdict in verdicts.items():
        reason = "2" if verdict == "exclude" and round_ == "titles" else ""
        note = f"{who} says so" if paper == "P1" else ""
        screening.decide(
            Desk(desk.store, who), paper, Verdict(verdict), round_=round_, reason=reason, note=note
        )


def waiting(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.read() as connection:
        rows = conflicts(connection, viewer=desk.initials)
    return [(row.round_name, row.label) for row in rows]


def resolved(desk: Desk, paper: str) -> list[dict[str, Any]]:
    with desk.store.read() as connection:
        return resolutions(connection, resolve(connection, "paper", paper), viewer=desk.initials)


def page_of(pilot: Pilot[str]) -> str:
    """Return the whole page, seen or not."""
    rows = pilot.app.screen.query_one(Detail)._sheet.rows
    return "\n".join("".join(span.text for span in row).rstrip() for row in rows)


# -- what is shown ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "beside"), [((80, 24), False), ((120, 40), True)])
async def test_the_queue_and_the_decisions_side_by_side(
    review: Desk, size: tuple[int, int], beside: bool
) -> None:
    async with open_app(review.store.address, size) as pilot:
        await press(pilot, "g", "c")
        table, page = (pilot.app.screen.query_one(of).region for of in ("#list", "#case"))
        assert (table.y == page.y) is beside
        assert text_of(pilot).startswith(" Conflicts · 3 to resolve")
        shown = page_of(pilot)
        for words in (
            "On P1", "Okafor, N · 2019", "SF (you)", "#1 titles", "must agree", "What P1 says.",
            "Peers who lead.", "2 an opinion", "on 3 papers. Never blind.",
        ):  # fmt: skip
            assert words in shown, words
        row = next(row for row in shown.split("\n") if row.startswith("verdict"))
        assert row.split() == ["verdict", "≠", "✓", "include", "│", "✗", "exclude"]
        row = next(row for row in shown.split("\n") if row.startswith("reasons"))
        assert row.split() == ["reasons", "≠", "–", "│", "an", "opinion"]
        assert "SF says so" in row_with(pilot, "note  ")


async def test_moving_lays_nothing_out(review: Desk) -> None:
    async with open_app(review.store.address, (120, 40)) as pilot:
        await press(pilot, "g", "c")
        with layouts(pilot) as passes:
            await press(pilot, "j", "j")
        assert passes == []
        assert "On P2" in page_of(pilot)
        await press(pilot, "enter")
        assert pilot.app.screen.query_one(Detail).has_focus


async def test_in_a_blind_round_only_what_is_up_for_resolution(review: Desk) -> None:
    for person in ("SF", "NG", "ML"):
        async with open_app(review.store.address, (100, 30), person) as pilot:
            await press(pilot, "g", "c", "end")
            assert "#2 texts" in row_with(pilot, "› ")
            assert "P2" in row_with(pilot, "› ")
            assert "P4" not in text_of(pilot)
            assert "Never blind" not in page_of(pilot)


async def test_the_rules_say_what_holds_and_who_is_waited_for(review: Desk) -> None:
    rounds.add_round(
        review, "any", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2, maybe=MaybeRule.RESOLVE,
        conflict=ConflictRule.ANY_INCLUDE,
    )  # fmt: skip
    rounds.enter(review, "any", ["P1", "P2", "P3"])
    decide(review, "SF", "any", P1="include", P2="maybe", P3="maybe")
    decide(review, "NG", "any", P1="exclude", P2="maybe", P3="exclude")
    async with open_app(review.store.address, (100, 40)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, Place)
        with review.store.read() as connection:
            uid = resolve(connection, "round", "any")
        await screen.ask("reconcile", uid)
        await settle(pilot)
        assert text_of(pilot).startswith(" Conflicts · 2 to resolve · any")
        assert "a maybe is resolved: it does not go forward by itself" in page_of(pilot)
        await press(pilot, "j")
        assert "any include wins" in page_of(pilot)
        papers.add_paper(Desk(review.store, "ML"), label="of ML")
        rounds.edit_round(review, "any", readers=2)
        allocating.allocate(review, "any", ["SF", "NG", "ML"], Everybody(), seed=1)
        pilot.app.changed(10_000)  # type: ignore[attr-defined]
        await settle(pilot)
        assert text_of(pilot).startswith(" Conflicts · 0 to resolve · any")


async def test_criteria_and_paper_are_at_hand(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "c", "i")
        assert "Criteria of titles" in text_of(pilot)
        assert "3 too old" in text_of(pilot)
        await press(pilot, "enter", "p")
        assert isinstance(pilot.app.screen, PaperScreen)
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, ReconcileScreen)


async def test_one_round_or_all(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "c", "r")
        assert "2 to resolve" in row_with(pilot, "#1 titles")
        await press(pilot, *"texts", "enter")
        assert text_of(pilot).startswith(" Conflicts · 1 to resolve · texts")
        await press(pilot, "r", "enter")
        assert text_of(pilot).startswith(" Conflicts · 3 to resolve   ")


# -- resolving ----------------------------------------------------------------------------------------------


async def test_resolving_one_after_the_other(review: Desk) -> None:
    async with open_app(review.store.address, (120, 40), person="ML") as pilot:
        await press(pilot, "g", "c", "y")
        assert "Resolve #1 P1: include" in text_of(pilot)
        assert "SF include · NG exclude" in text_of(pilot)
        await press(pilot, *"they lead", "enter")
        assert "#1 is resolved: include. u takes it back." in text_of(pilot)
        assert "On P3" in page_of(pilot)
        await press(pilot, "m", "enter")
        assert "On P2" in page_of(pilot)
        await press(pilot, "n", "enter")
        assert "No conflict waits: people agree" in page_of(pilot)
        assert "3 conflicts were resolved: t shows them." in page_of(pilot)
        assert text_of(pilot).startswith(" Conflicts · 0 to resolve")
    assert waiting(review) == []
    (one,) = resolved(review, "P1")
    assert (one["verdict"], one["why"], one["by"], one["ended"]) == ("include", "they lead", "ML", "")
    assert resolved(review, "P3")[0]["verdict"] == "maybe"


async def test_excluding_with_a_reason_by_its_digit_or_asked(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "c", "3")
        assert "Resolve #1 P1: exclude, 3 too old" in text_of(pilot)
        await press(pilot, "enter")
        assert resolved(review, "P1")[0]["reason"] == "too old"
        await press(pilot, "n")
        assert field(pilot, "reason") == "2 an opinion"  # of all who excluded it
        assert "3 too old" in text_of(pilot)
        await press(pilot, "1", "enter", *"agreed", "enter")
        (one,) = resolved(review, "P3")
        assert (one["verdict"], one["reason"], one["why"]) == ("exclude", "no peers", "agreed")


async def test_a_digit_that_is_no_reason_is_said(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "c", "7")
        assert "The round has no reason 7" in text_of(pilot)
        await press(pilot, "end", "1")
        assert "The round has no reason 1" in text_of(pilot)
    assert len(waiting(review)) == 3


async def test_leaving_the_form_resolves_nothing(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "c", "y")
        await fill(pilot, why="half a thought")
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, ReconcileScreen)
    assert len(waiting(review)) == 3


async def test_what_somebody_else_resolved_meanwhile_is_refused_in_the_form(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "c", "y")
        screening.settle(Desk(review.store, "NG"), "P1", Verdict.EXCLUDE, round_="titles")
        await save(pilot, why="mine")
        assert "there is nothing to resolve" in refusal(pilot)
        assert field(pilot, "why") == "mine"
    assert [one["by"] for one in resolved(review, "P1")] == ["NG"]


async def test_undo_brings_the_conflict_back(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "c", "y", "enter", "u")
        assert text_of(pilot).startswith(" Conflicts · 3 to resolve")
    assert len(waiting(review)) == 3


async def test_taking_a_resolution_back_with_its_reason(review: Desk) -> None:
    screening.settle(review, "P1", Verdict.INCLUDE, round_="titles", why="they lead")
    async with open_app(review.store.address, (100, 40)) as pilot:
        await press(pilot, "g", "c", "x")
        assert isinstance(pilot.app.screen, ReconcileScreen)
        await press(pilot, "t")
        assert text_of(pilot).startswith(" Conflicts · 1 resolved")
        assert "✓ include by SF, 2026-01-01 · they lead" in page_of(pilot)
        await press(pilot, "y", "n", "1")
        assert isinstance(pilot.app.screen, ReconcileScreen)
        await press(pilot, "x")
        await save(pilot, why="read again")
        assert "#1 waits again." in text_of(pilot)
        assert "Nothing was resolved here" in text_of(pilot)
        await press(pilot, "t")
        assert "taken back: read again" in page_of(pilot)
    assert ("titles", "P1") in waiting(review)


async def test_changing_ones_own_decision_instead(review: Desk) -> None:
    async with open_app(review.store.address, person="NG") as pilot:
        await press(pilot, "g", "c", "v")
        assert (field(pilot, "verdict"), field(pilot, "reason")) == ("exclude", "2 an opinion")
        assert field(pilot, "note") == "NG says so"
        await save(pilot, verdict="include")
        assert "A reason belongs to an exclusion" in refusal(pilot)
        await save(pilot, reason="", note="SF is right")
        assert "#1: you say include now." in text_of(pilot)
        assert "On P3" in page_of(pilot)
    assert waiting(review) == [("titles", "P3"), ("texts", "P2")]
    assert resolved(review, "P1") == []


async def test_a_third_person_may_decide_too(review: Desk) -> None:
    async with open_app(review.store.address, person="ML") as pilot:
        await press(pilot, "g", "c", "v")
        assert "You have not decided on this paper" in " ".join(text_of(pilot).split())
        await save(pilot, verdict="include", note="so do I")
        assert "ML (you)" in page_of(pilot)
    assert len(waiting(review)) == 3


async def test_what_others_resolve_goes_and_the_cursor_stays_on_its_paper(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "c", "j")
        assert "On P3" in page_of(pilot)
        screening.settle(Desk(review.store, "NG"), "P1", Verdict.EXCLUDE, round_="titles")
        pilot.app.changed(10_000)  # type: ignore[attr-defined]
        await settle(pilot)
        assert "On P3" in page_of(pilot)
        assert text_of(pilot).startswith(" Conflicts · 2 to resolve")


async def test_a_review_without_conflicts(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "c", "y", "n", "m", "1", "v", "i", "p", "x", "t", "x", "y")
        assert isinstance(pilot.app.screen, ReconcileScreen)
        assert "Nothing was resolved here yet" in text_of(pilot)
        await press(pilot, "t")
        assert "No conflict waits: people agree" in text_of(pilot)


# -- full texts of a paper ----------------------------------------------------------------------------------


async def test_the_full_text_of_a_paper_is_recorded_with_its_history(review: Desk) -> None:
    async with open_app(review.store.address, (100, 40)) as pilot:
        await press(pilot, "g", "p", "enter")
        assert "Nothing is recorded yet." in row_with(pilot, "Nothing is")
        await press(pilot, "f")
        await save(pilot, status="not obtainable")
        assert "Say why the full text cannot be obtained" in refusal(pilot)
        await save(pilot, status="sought", happened="3 March", reason="asked the author")
        await press(pilot, "f")
        await save(pilot, status="obtained", reason="from the author")
        page = page_of(pilot).split("\n")
    at = next(place for place, row in enumerate(page) if "✓ obtained" in row)
    assert page[at].strip().startswith("✓ obtained · from the author · by SF")
    assert page[at + 1].strip().startswith("○ sought · 3 March · asked the author · by SF")
