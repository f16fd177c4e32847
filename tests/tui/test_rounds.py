"""Rounds on the screen: planned, filled, handed out, opened; what waits, how far people are and agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from realist.queries import screening as queries
from realist.queries.naming import resolve
from realist.queries.rules import rules
from realist.services import papers, plan, rounds, screening
from realist.services.unit import Desk
from realist.vocabulary import Door, RoundKind, Verdict
from tests.fewer import fewer
from tests.tui.forms import field, refusal, save
from tests.tui.support import layouts, open_app, press, row_with, text_of
from tui.place import Place
from tui.screens.rounds import RoundsScreen
from tui.widgets.detail import Detail

LABELS = [f"P{n}" for n in range(1, 9)]


@pytest.fixture
def review(file_desk: Desk) -> Desk:
    """Papers P1 to P8; in "titles" SF and NG decided on four and differ on one; "texts"; "more", blind."""
    plan.add_stage(file_desk, "1")
    plan.add_stage(file_desk, "2")
    for label in LABELS:
        papers.add_paper(file_desk, label=label)
    rounds.add_round(
        file_desk, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2, criteria="Peers who lead.",
        reasons=["no peers", "an opinion"], outcome="kept",
    )  # fmt: skip
    rounds.add_round(file_desk, "texts", stage="2", kind=RoundKind.FULL_TEXT)
    rounds.add_round(file_desk, "more", stage="2", kind=RoundKind.FULL_TEXT, readers=2, blind=True)
    rounds.enter(file_desk, "titles", LABELS[:6], door=Door.SEARCH)
    said = {
        "SF": ("include", "include", "exclude", "include"),
        "NG": ("include", "maybe", "exclude", "include"),
    }
    for who, verdicts in said.items():
        for label, verdict in zip(LABELS, verdicts, strict=False):
            screening.decide(Desk(file_desk.store, who), label, Verdict(verdict), round_="titles")
    return file_desk


def known(desk: Desk) -> dict[str, dict[str, Any]]:
    with desk.store.read() as connection:
        return {row["name"]: row for row in queries.rounds(connection, viewer=desk.initials)}


def set_down(desk: Desk, name: str) -> dict[str, Any]:
    with desk.store.read() as connection:
        return rules(connection, resolve(connection, "round", name))


def page_of(pilot: Pilot[str]) -> str:
    """Return the whole page, seen or not."""
    rows = pilot.app.screen.query_one(Detail)._sheet.rows
    return "\n".join("".join(span.text for span in row).rstrip() for row in rows)


def asked(pilot: Pilot[str], monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Note which place is asked for what, instead of going there."""
    found: list[tuple[str, str]] = []

    async def note(screen: Place, place: str, text: str) -> None:
        found.append((place, text))

    monkeypatch.setattr(Place, "ask", note)
    return found


# -- what is shown ------------------------------------------------------------------------------------------


@fewer("size", [(80, 24), (120, 40)], 0)
async def test_the_list_counts_papers_round_by_round(review: Desk, size: tuple[int, int]) -> None:
    async with open_app(review.store.address, size) as pilot:
        await press(pilot, "g", "o")
        titles, more = row_with(pilot, " titles ").split(), row_with(pilot, " more ").split()
        assert titles[-6:] == ["6", "2", "1", "–", "1", "2"]
        assert "blind" in more
        assert more[-6:] == ["0", *["–"] * 5]
        assert text_of(pilot).startswith(" Rounds · 3")


async def test_the_page_says_what_waits_and_how_far_people_are(review: Desk) -> None:
    async with open_app(review.store.address, (100, 60)) as pilot:
        await press(pilot, "g", "o")
        page = page_of(pilot)
        for words in (
            "title and abstract · stage 1 · 2 people decide on each paper · not blind",
            "1 conflict waits for somebody who resolves: c goes there",
            "2 papers wait for a decision by anybody",
            "must agree: a paper is neither in nor out until somebody resolves it",
            "kept (2 papers)", "Peers who lead.", "  1 no peers", "as imported", "goes forward",
        ):  # fmt: skip
            assert words in page, words
        people = next(row for row in page.split("\n") if row.startswith("NG "))
        assert people.split()[:5] == ["NG", "–", "4", "0", "–"]
        await press(pilot, "j")
        assert "No paper is in this round yet: b brings some in." in page_of(pilot)


async def test_agreement_with_all_its_figures_the_table_and_never_blind(review: Desk) -> None:
    async with open_app(review.store.address, (100, 60)) as pilot:
        await press(pilot, "g", "o")
        page = page_of(pilot)
    assert "4 papers decided by two or more, 2 papers by fewer" in page
    assert "Never blind: people could see each other's decisions" in page
    lines = {row[:22].strip(): row[22:].split() for row in page.split("\n")}
    assert lines["raw agreement"] == ["1.00", "0.75"]
    assert lines["Cohen's kappa"][0] == "1.00"
    assert lines["agreement on maybe"] == ["–", "0.00"]
    assert {"PABAK", "Gwet's AC1", "Krippendorff's alpha", "Fleiss' kappa"} <= lines.keys()
    assert "NG and SF  4 papers by both" in page
    rows = [row.split() for row in page.split("\n")]
    at = rows.index(["SF", "include", "SF", "exclude"])
    assert rows[at + 1 : at + 3] == [["NG", "include", "3", "0"], ["NG", "exclude", "0", "1"]]
    assert ["SF", "include", "SF", "maybe", "SF", "exclude"] in rows


async def test_what_is_undefined_says_why(review: Desk) -> None:
    rounds.add_round(review, "all in", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2)
    rounds.enter(review, "all in", ["P1", "P2"])
    for who in ("SF", "NG"):
        for label in ("P1", "P2"):
            screening.decide(Desk(review.store, who), label, Verdict.INCLUDE, round_="all in")
    async with open_app(review.store.address, (100, 60)) as pilot:
        await press(pilot, "g", "o", "end")
        page = page_of(pilot)
    assert "Cohen's kappa         undefined" in page
    assert "Cohen's kappa: Both people of a pair gave the same verdict throughout" in page
    assert "negative agreement: Nobody said exclude." in page


async def test_a_pilot_says_whether_it_passes(review: Desk) -> None:
    rounds.add_round(
        review, "pilot", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2, gate=("raw agreement", 0.9)
    )
    rounds.enter(review, "pilot", ["P1", "P2"])
    for who, second in (("SF", "include"), ("NG", "exclude")):
        screening.decide(Desk(review.store, who), "P1", Verdict.INCLUDE, round_="pilot")
        screening.decide(Desk(review.store, who), "P2", Verdict(second), round_="pilot")
    async with open_app(review.store.address, (100, 60)) as pilot:
        await press(pilot, "g", "o", "end")
        page = page_of(pilot)
    assert "Pilot. Not passed: raw agreement is 0.50 on 2 papers, below 0.90." in page
    assert "raw agreement at least 0.9" in page


async def test_in_a_blind_round_only_ones_own_counts(review: Desk) -> None:
    rounds.enter(review, "more", ["P1", "P2"])
    for who, labels in (("SF", ["P1", "P2"]), ("NG", ["P1"])):
        for label in labels:
            screening.decide(Desk(review.store, who), label, Verdict.EXCLUDE, round_="more")
    for person in ("SF", "ML"):
        async with open_app(review.store.address, (100, 60), person) as pilot:
            await press(pilot, "g", "o", "end")
            assert row_with(pilot, " more ").split()[-6:] == ["2", "–", "1", "–", "–", "1"]
            assert "1 paper left out: still blind for you." in page_of(pilot)


async def test_moving_lays_nothing_out_and_t_goes_to_the_page(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "o")
        with layouts(pilot) as passes:
            await press(pilot, "j", "j", "k")
        assert passes == []
        page = pilot.app.screen.query_one(Detail)
        await press(pilot, "t")
        assert page.has_focus
        await press(pilot, "t")
        assert not page.has_focus


# -- going on -----------------------------------------------------------------------------------------------


async def test_screen_and_conflicts_are_asked_for_the_round(
    review: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = known(review)["titles"]["uid"]
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "o")
        found = asked(pilot, monkeypatch)
        await press(pilot, "s", "enter", "c", "t")
        pilot.app.screen.query_one(Detail).go_to(4)
        await press(pilot, "enter", "j", "enter")
    assert found == [
        ("screening", uid), ("screening", uid), ("reconcile", uid), ("reconcile", uid), ("screening", uid),
    ]  # fmt: skip


async def test_another_place_asks_for_a_round(review: Desk) -> None:
    uid = known(review)["more"]["uid"]
    async with open_app(review.store.address) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, Place)
        await screen.ask("rounds", uid)
        await press(pilot)
        assert isinstance(pilot.app.screen, RoundsScreen)
        assert " more " in row_with(pilot, "› ")


# -- planning -----------------------------------------------------------------------------------------------


async def test_adding_a_round(review: Desk) -> None:
    async with open_app(review.store.address, (100, 40)) as pilot:
        await press(pilot, "g", "o", "a")
        await save(pilot, name="")
        assert "A round needs a name" in refusal(pilot)
        await save(pilot, name="pilot 2", readers="two")
        assert "The number of readers is a whole number" in refusal(pilot)
        await save(pilot, readers="2", gate_statistic="Cohen's kappa", gate_value="")
        assert "A pilot needs both" in refusal(pilot)
        await save(pilot, gate_value="7")
        assert "from -1 to 1" in refusal(pilot)
        await save(
            pilot, stage="2", kind="full text", blind="blind", criteria="Read\nclosely.", gate_value="0,6",
            reasons="no peers\n\n no how ", order="random", seed="5", maybe="is resolved",
            conflict="any include wins", outcome="piloted", note="first try",
        )  # fmt: skip
        assert "pilot 2" in row_with(pilot, "› ")
        assert "piloted" in page_of(pilot)
    row = set_down(review, "pilot 2")
    assert (row["stage"], row["kind"], row["readers"], row["blind"]) == ("2", "full text", 2, True)
    assert (row["criteria"], row["note"]) == ("Read\nclosely.", "first try")
    assert [one["text"] for one in row["reasons"]] == ["no peers", "no how"]
    assert (row["reading_order"], row["seed"]) == ("random", 5)
    assert (row["maybe_rule"], row["conflict_rule"]) == ("is resolved", "any include wins")
    assert (row["pilot"], row["gate_statistic"], row["gate_value"]) == (True, "Cohen's kappa", 0.6)


async def test_a_review_without_stages_is_told_what_to_do_first(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "o")
        assert "No round yet: a adds one." in text_of(pilot)
        await press(pilot, "a")
        assert "A round belongs to a search stage" in text_of(pilot)
        await press(pilot, "e", "b", "h", "H", "o", "s", "c", "w", "enter")
        assert isinstance(pilot.app.screen, RoundsScreen)


async def test_editing_changes_what_was_changed_and_no_more(review: Desk) -> None:
    async with open_app(review.store.address, (100, 40)) as pilot:
        await press(pilot, "g", "o", "e")
        assert (field(pilot, "name"), field(pilot, "criteria")) == ("titles", "Peers who lead.")
        await save(pilot)
        assert "Nothing was changed" in refusal(pilot)
        await save(
            pilot, criteria="Peers who lead, or walk along.", reasons="a protocol", why="after the pilot"
        )
        assert "Peers who lead, or walk along." in page_of(pilot)
    row = set_down(review, "titles")
    assert [one["text"] for one in row["reasons"]] == ["no peers", "an opinion", "a protocol"]
    assert row["readers"] == 2


async def test_what_would_break_blindness_stays_in_the_form(review: Desk) -> None:
    async with open_app(review.store.address, (100, 40)) as pilot:
        await press(pilot, "g", "o", "e")
        await save(pilot, blind="blind")
        assert "People have decided in titles already" in refusal(pilot)
        assert field(pilot, "blind") == "blind"
        await press(pilot, "escape")
    assert not set_down(review, "titles")["blind"]


async def test_opening_a_blind_round_says_what_that_means(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "o", "o")
        assert "is not blind: everybody sees everything" in text_of(pilot)
        await press(pilot, "end", "o")
        assert "everybody sees what everybody decided in “more”" in " ".join(text_of(pilot).split()).replace(
            "│ │ ", ""
        )
        await press(pilot, "n")
        assert set_down(review, "more")["opened"] is None
        await press(pilot, "o", "y")
        assert "opened" in row_with(pilot, " more ")
        await press(pilot, "o")
        assert "was opened already" in text_of(pilot)
    assert set_down(review, "more")["opened"] is not None


# -- papers come in -----------------------------------------------------------------------------------------


async def bring(pilot: Pilot[str], words: str, **values: str) -> None:
    await press(pilot, "b", *words, "enter")
    await save(pilot, **values)


async def test_what_a_round_let_through_comes_in_by_its_doors(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "o", "j", "b")
        assert "2 included" in row_with(pilot, "Let through by #1 titles")
        assert "1, brought back" in row_with(pilot, "Excluded in #1")
        await press(pilot, "enter")
        await save(pilot, why="passed")
        assert "2 papers would enter texts" in text_of(pilot)
        assert "2 from an earlier stage" in text_of(pilot)
        assert known(review)["texts"]["entries"] == 0
        await press(pilot, "y")
        assert "2 papers entered #2 texts." in text_of(pilot)
        assert row_with(pilot, " texts ").split()[-6] == "2"
        await press(pilot, "u")
        assert row_with(pilot, " texts ").split()[-6] in ("0", "–")


async def test_excluded_papers_are_brought_back(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "o", "j")
        await bring(pilot, "excluded")
        assert "1 excluded before, brought back" in text_of(pilot)
        await press(pilot, "y")
    with review.store.read() as connection:
        doors = connection.exec_driver_sql(
            "SELECT door FROM entry ORDER BY at DESC, uid DESC LIMIT 1"
        ).scalar()
    assert doors == Door.BROUGHT_BACK


async def test_papers_come_in_by_words_and_by_chance(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "o", "j")
        await bring(pilot, "words")
        assert "Say which papers" in refusal(pilot)
        await save(pilot, words="stat:included")
        assert "is no field" in refusal(pilot)
        await save(pilot, words="label:nothing")
        assert "No such paper is left" in refusal(pilot)
        await save(pilot, words="label:P7")
        assert "1 paper would enter texts" in text_of(pilot)
        await press(pilot, "n")
        await bring(pilot, "every", sample="3", seed="4")
        assert "3 papers would enter texts" in text_of(pilot)
        await press(pilot, "y")
    assert known(review)["texts"]["entries"] == 3


# -- papers are handed out ----------------------------------------------------------------------------------


async def hand_out(pilot: Pilot[str], words: str, **values: str) -> None:
    await press(pilot, "h", *words, "enter")
    await save(pilot, **values)


async def test_handing_out_says_first_what_it_comes_to(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "o")
        await hand_out(pilot, "any two")
        shown = text_of(pilot)
        assert "12 assignments to hand out" in shown
        assert "NG: 6 to read" in shown
        assert "Together: NG and SF 6" in shown
        assert set_down(review, "titles")["allocation"] == {}
        await press(pilot, "y")
        assert "12 assignments handed out in #1" in text_of(pilot)
        assert "2 papers wait for a decision by NG" in page_of(pilot)
        assert "any two · NG, SF · seed 1" in page_of(pilot)
        await hand_out(pilot, "any two")
        assert "Everybody has what this asks for." in text_of(pilot)


@fewer(
    "scheme, values, why",
    [
        ("one person", {"shares": "NG two"}, "is no share"),
        ("one person", {"shares": "XX 2"}, "XX"),
        ("one person", {"checked": "some"}, "is no percentage"),
        ("named pairs", {"pairs": "NG"}, "is no pair"),
        ("named pairs", {"pairs": ""}, "No pairs are named"),
        ("several", {"group": ""}, "The group is empty"),
        ("everybody", {"people": ""}, "Nobody is there to read"),
        ("everybody", {"people": "XX"}, "no person 'XX'"),
        ("any two", {"seed": "x"}, "The seed is a whole number"),
    ],
    0,
    4,
    8,
)
async def test_what_cannot_be_handed_out_so_is_said(
    review: Desk, scheme: str, values: dict[str, str], why: str
) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "o")
        await hand_out(pilot, scheme, **values)
        assert why in refusal(pilot)


@fewer(
    "scheme, values, wanted",
    [
        ("one person", {"shares": "NG 2; SF 1", "checked": "50 %"}, ("NG: 4 to read", "to check")),
        ("named pairs", {"pairs": "NG+SF"}, ("Together: NG and SF 6",)),
        ("several", {"group": "NG", "readers": "1"}, ("NG: 6 to read",)),
        ("everybody", {}, ("SF: 6 to read",)),
    ],
    0,
    1,
)
async def test_every_scheme(
    review: Desk, scheme: str, values: dict[str, str], wanted: tuple[str, ...]
) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "o")
        await hand_out(pilot, scheme, **values)
        for words in wanted:
            assert words in text_of(pilot)


async def test_handing_over_when_somebody_leaves(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "o", "H")
        assert "Nothing was handed out in this round yet" in text_of(pilot)
        papers.add_paper(Desk(review.store, "ML"), label="of ML")
        await hand_out(pilot, "any two", people="NG, SF")
        await press(pilot, "y")
        await hand_out(pilot, "any two", people="NG; SF; ML")
        assert "Everybody has" in text_of(pilot)
        await press(pilot, "enter", "H", *"ng", "enter")
        assert "What NG decided stays." in text_of(pilot)
        await save(pilot, why="on leave")
        assert "2 assignments taken from NG" in text_of(pilot)
        assert "by NG" not in page_of(pilot)


# -- files --------------------------------------------------------------------------------------------------


async def test_the_page_and_the_decisions_are_written(
    review: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "o", "w", "enter")
        await save(pilot)
        await press(pilot, "w", *"decisions", "enter")
        assert field(pilot, "file") == "round-1-decisions.csv"
        await save(pilot)
        assert "Written to round-1-decisions.csv." in text_of(pilot)
    page = (tmp_path / "round-1.txt").read_text(encoding="utf-8")
    assert "Krippendorff's alpha" in page
    rows = (tmp_path / "round-1-decisions.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 9
    assert rows[0].startswith('"paper","record_key","round"')


async def test_decisions_that_are_hidden_are_not_written(
    review: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rounds.enter(review, "more", ["P1"])
    screening.decide(Desk(review.store, "NG"), "P1", Verdict.EXCLUDE, round_="more", note="secret")
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "o", "end", "w", *"decisions", "enter")
        await save(pilot)
    assert (tmp_path / "round-3-decisions.csv").read_text(encoding="utf-8-sig").count("\n") == 1
