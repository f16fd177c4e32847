"""Screen: presets of keys, what is hidden, marked terms, tags, duplicates, addresses, abstracts, criteria."""

from __future__ import annotations

import subprocess
import sys
import webbrowser
from typing import Any

import pytest

from realist import machine
from realist.services import retrieving
from realist.services.unit import Desk
from realist.vocabulary import TermSet
from tests.fewer import fewer
from tests.tui.forms import save
from tests.tui.piles import a_pile, decided, head, number, of, remark, rows, to_pile
from tests.tui.support import open_app, others_seen, press, row_with, settle, text_of
from tui.gateway import address
from tui.gateway.address import address_of
from tui.presets import PRESETS, actions_of, named
from tui.widgets.bars import KeyBar
from tui.widgets.lines import SETS


@fewer("preset, keys, undo", [("realist", "ynm", "u"), ("rayyan", "ieu", "z"), ("asreview", "rim", "u")], 1)
async def test_the_keys_of_other_programs(file_desk: Desk, preset: str, keys: str, undo: str) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "K", *preset, "enter")
        assert f"{keys[0]} include  {keys[1]} exclude  {keys[2]} maybe" in text_of(pilot)
        await press(pilot, *keys)
        assert [row[1] for row in decided(file_desk)] == ["include", "exclude", "maybe"]
        await press(pilot, undo)
        assert number(pilot) == 3
        await press(pilot, "question_mark")
        assert row_with(pilot, "Include this paper").split()[1] == keys[0]
    assert machine.settings()["screening keys"] == preset
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, keys[1])
        assert decided(file_desk)[-1][1] == "exclude"
        bar = pilot.app.screen.query_one(KeyBar)
        assert [item[0] for item in bar._items if item[2] == "include"] == [keys[0]]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_no_key_of_a_preset_does_two_things(preset: Any) -> None:
    keys = [key for action in actions_of(preset) for key in action.keys.split(",")]
    assert len(keys) == len(set(keys))
    assert "" not in keys
    assert "g" not in keys


def test_a_preset_that_is_none_is_ours() -> None:
    assert named("covidence").name == "realist"


async def test_the_criteria_and_another_round_have_keys_in_every_preset(file_desk: Desk) -> None:
    a_pile(file_desk)
    machine.remember(**{"screening keys": "asreview"})
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        assert "I criteria" in text_of(pilot)
        await press(pilot, "I")
        assert "Include what says how support works." in text_of(pilot)
        await press(pilot, "R")
        assert "Which round?" in text_of(pilot)
        assert decided(file_desk) == []


async def test_metadata_is_hidden_for_blind_reading_and_stays_so(file_desk: Desk) -> None:
    a_pile(file_desk)
    hidden = ("Author1", "2001", "Journal 1", "10.5555")
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        assert all(words in text_of(pilot) for words in hidden)
        await press(pilot, "M")
        assert not any(words in text_of(pilot) for words in hidden)
        assert head(pilot).endswith("#1")
        await press(pilot, "y", "u")
        assert not any(words in text_of(pilot) for words in hidden)
        assert "#1 Support at work, part 1" in remark(pilot)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        assert not any(words in text_of(pilot) for words in hidden)
        await press(pilot, "M")
        assert all(words in text_of(pilot) for words in hidden)


async def test_each_field_can_be_hidden(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        for field, words in (("title", "part 1"), ("journal", "Journal 1"), ("doi", "10.5555")):
            assert words in text_of(pilot)
            await press(pilot, "v", *f"hide {field}", "enter")
            assert words not in text_of(pilot)
        await press(pilot, "v", *"show title", "enter")
        assert "part 1" in text_of(pilot)


async def test_terms_are_marked_in_the_styles_of_their_sets(file_desk: Desk) -> None:
    a_pile(file_desk)
    for text, term_set in (
        ("trust", TermSet.MECHANISM),
        ("peer*", TermSet.INCLUDE),
        ("work", TermSet.CONTEXT),
    ):
        retrieving.add_highlight(file_desk, text, term_set)
    retrieving.add_highlight(file_desk, r"met each \w+", TermSet.OUTCOME, regex=True)

    def marked() -> dict[str, str]:
        rows = of(pilot).reading._rows
        return {span.text: span.style for row in rows for span in row if span.style in SETS}

    async with open_app(file_desk.store.address, size=(120, 40)) as pilot:
        screen = await to_pile(pilot)
        assert marked() == {
            "Trust": "mechanism", "Peers": "include", "work": "context", "met each week": "outcome",
        }  # fmt: skip
        styles = {name: screen.reading.rich(name, False) for name in SETS}
        told = {(one.bold, one.italic, one.underline) for one in styles.values()}
        assert len(told) == len(SETS)
        assert "Marked terms" in text_of(pilot)
        assert "peer*" in row_with(pilot, "speaks for it")
        await press(pilot, "h")
        assert marked() == {}
        assert "Marked terms" not in text_of(pilot)
        await press(pilot, "y")
        assert marked() == {}
        await press(pilot, "h")
        assert marked()["Trust"] == "mechanism"


async def test_terms_are_added_and_dropped_while_screening(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address, size=(120, 40)) as pilot:
        await to_pile(pilot)
        await press(pilot, "H")
        assert "No term is marked yet" in text_of(pilot)
        await press(pilot, "a")
        await save(pilot, text="(", colour="outcome", kind="regex")
        assert "cannot be used" in text_of(pilot)
        await save(pilot, text="slow*", colour="outcome", kind="words")
        assert "slow*" in row_with(pilot, "beginning")
        await press(pilot, "escape")
        await others_seen(pilot)
        assert any(span.style == "outcome" for row in of(pilot).reading._rows for span in row)
        await press(pilot, "H", "x")
        await settle(pilot)
        assert "No term is marked yet" in text_of(pilot)
        await press(pilot, "escape")
        await others_seen(pilot)
        assert not any(span.style == "outcome" for row in of(pilot).reading._rows for span in row)
        assert number(pilot) == 1


async def test_a_pattern_that_takes_too_long_is_said_once(file_desk: Desk) -> None:
    a_pile(file_desk, 30)
    retrieving.add_highlight(file_desk, r"(\w+\s?)+\d\d\d\d\d$", TermSet.OUTCOME, regex=True)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, *"yyyy")
        said = [str(one.message) for one in pilot.app._notifications if "takes long" in str(one.message)]
        assert len(said) <= 1
        assert number(pilot) == 5


async def test_a_tag_is_put_on_the_paper(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "t", *"rural", "enter")
        await others_seen(pilot)
        assert any(row.strip() == "tagged rural" for row in text_of(pilot).split("\n"))
        assert number(pilot) == 1
        await press(pilot, "y", "k")
        assert any(row.strip() == "tagged rural" for row in text_of(pilot).split("\n"))


async def test_d_says_which_paper_is_the_same(file_desk: Desk) -> None:
    a_pile(file_desk)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "d")
        await settle(pilot)
        assert "is the same as …" in text_of(pilot)
        await press(pilot, *"#2")
        await settle(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        await press(pilot, "y")
        await others_seen(pilot)
        await others_seen(pilot)
        assert rows(file_desk, "SELECT count(*) FROM paper_join WHERE ended = ''") == [(1,)]
        assert of(pilot).queue.total == 5


async def test_an_abstract_that_is_missing_is_pasted(file_desk: Desk) -> None:
    a_pile(file_desk, 2)
    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        await press(pilot, "a")
        assert remark(pilot).startswith("This paper has an abstract")
        await press(pilot, "j")
        assert "No abstract is known: a takes one that you paste." in text_of(pilot)
        await press(pilot, "a")
        await save(pilot, abstract="  ")
        assert "There is no abstract yet" in text_of(pilot)
        await save(pilot, abstract="Pasted from\nthe journal.")
        await others_seen(pilot)
        assert "abstract typed in by a person" in text_of(pilot)
        assert "Pasted from" in text_of(pilot)
        assert number(pilot) == 2
        reason = rows(file_desk, "SELECT reason FROM act WHERE intention LIKE 'edit paper%'")
        assert reason == [("pasted while screening",)]


async def test_criteria_stand_beside_or_below_and_scroll(file_desk: Desk) -> None:
    a_pile(file_desk, reasons=[f"a reason that is rather long, number {n}" for n in range(1, 13)])
    async with open_app(file_desk.store.address) as pilot:
        screen = await to_pile(pilot)
        assert "Exclude because" not in text_of(pilot)
        await press(pilot, "i")
        assert "Exclude because" in text_of(pilot)
        assert "Include what says how support works." in text_of(pilot), "below, criteria come first"
        assert "number 12" not in text_of(pilot)
        await press(pilot, *["ctrl+d"] * 4)
        assert "number 12" in text_of(pilot)
        await press(pilot, "ctrl+u", "y")
        assert number(pilot) == 2
        await press(pilot, "i")
        assert "Exclude because" not in text_of(pilot)
        assert "1 a reason" in remark(pilot)
        await pilot.resize_terminal(130, 40)
        await settle(pilot)
        assert "Exclude because" in text_of(pilot)
        assert remark(pilot) == ""
        await press(pilot, "i")
        assert "Exclude because" not in text_of(pilot)
        assert "1 a reason" in remark(pilot)
        assert screen.reading.size.width == 130


@pytest.mark.parametrize(
    ("doi", "url", "found"),
    [
        ("10.5555/a b<c>", "", "https://doi.org/10.5555/a%20b%3Cc%3E"),
        ("10.1002/(sici)1097-4679(199709)53:5<1::x>3.0.co;2-e", "",
         "https://doi.org/10.1002/(sici)1097-4679(199709)53:5%3C1::x%3E3.0.co;2-e"),
        ("", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("", "see http://example.org/x y", "http://example.org/x"),
        ("", "javascript:alert(1)", ""),
        ("", "file:///etc/passwd", ""),
        ("", "--help", ""),
        ("", "https://", ""),
        ("", "https://[bad", ""),
        ("not a doi", "mailto:a@example.org", ""),
        ("", "HTTPS://example.org/\u202e\x1b]0;x\x07`$(ls)`", "HTTPS://example.org/%5D0;x%60$(ls)%60"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_opened(doi: str, url: str, found: str) -> None:
    assert address_of(doi, url) == found


async def test_o_opens_the_doi_or_says_it(file_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    a_pile(file_desk)
    run: list[list[str]] = []

    def ran(command: list[str], **how: Any) -> subprocess.CompletedProcess[str]:
        run.append(command)
        assert how["stdout"] == how["stderr"] == how["stdin"] == subprocess.DEVNULL
        return subprocess.CompletedProcess(command, 0)

    async with open_app(file_desk.store.address) as pilot:
        await to_pile(pilot)
        monkeypatch.setattr(address, "has_browser", lambda: False)
        await press(pilot, "o")
        await settle(pilot)
        assert "No browser is here" in text_of(pilot)
        assert "https://doi.org/10.5555/made.1" in text_of(pilot)
        await press(pilot, "escape")
        monkeypatch.setattr(address, "has_browser", lambda: True)
        monkeypatch.setattr(subprocess, "run", ran)
        await press(pilot, "o")
        await settle(pilot)
        assert run[0][-1] == "https://doi.org/10.5555/made.1"
        assert "Opened https://doi.org/10.5555/made.1" in " ".join(text_of(pilot).split())


def test_a_browser_in_the_terminal_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    assert not address.has_browser()
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("w3m"))
    assert not address.has_browser()
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.Mozilla("firefox"))
    assert address.has_browser()

    def none() -> None:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none)
    assert not address.has_browser()
    assert not address.open_address("https://example.org")
