"""The list of papers: what it shows, asks for, keeps and does."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from realist.domain.filtering import read_filter
from realist.formats.door import open_export
from realist.formats.records import Fields, Problem
from realist.queries.listing import PaperLine, listing, page
from realist.queries.paper_story import tags_of_papers
from realist.services import notes, papers, plan, rounds, sameness, screening
from realist.services.unit import Desk
from realist.vocabulary import PaperState, RoundKind, Verdict
from tests.fewer import fewer
from tests.tui.forms import field, refusal, save
from tests.tui.support import layouts, open_app, press, row_with, settle, text_of
from tui.dialogs import Stopped
from tui.gateway import papers as gateway
from tui.screens.papers import PapersScreen
from tui.widgets.paper_list import PaperList


def add(desk: Desk, n: int) -> None:
    """Add papers P1 … Pn: years fall from 2100, every third is by two authors."""
    for place in range(1, n + 1):
        authors = [f"Author{place % 5}, A."] + (["Second, B."] if place % 3 == 0 else [])
        title = f"Title {place} of {'walking' if place % 2 else 'resting'}"
        papers.add_paper(
            desk, label=f"P{place}", title=title, authors=authors, year=str(2100 - place), journal="Journal"
        )


@pytest.fixture
def review(file_desk: Desk) -> Desk:
    """A review with 40 papers."""
    add(file_desk, 40)
    return file_desk


def shown(pilot: Pilot[str]) -> PaperList:
    """The list."""
    return pilot.app.screen.query_one(PaperList)


def numbers(desk: Desk, words: str = "", sort: str = "number", descending: bool = False) -> list[int]:
    """The numbers of the papers that fit, as the queries say."""
    with desk.store.read() as connection:
        return listing(connection, read_filter(words), sort=sort, descending=descending)


def tagged(desk: Desk) -> dict[str, int]:
    """Tags, and on how many papers."""
    with desk.store.read() as connection:
        return tags_of_papers(connection)


async def test_what_a_row_says(file_desk: Desk) -> None:
    plan.add_stage(file_desk, "1")
    rounds.add_round(file_desk, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    add(file_desk, 6)
    rounds.enter(file_desk, "titles", [f"#{n}" for n in range(1, 6)])
    for paper, verdict in (("#1", Verdict.INCLUDE), ("#2", Verdict.EXCLUDE), ("#3", Verdict.MAYBE)):
        screening.decide(file_desk, paper, verdict, round_="titles")
    screening.decide(file_desk, "#4", Verdict.INCLUDE, round_="titles")
    screening.decide(Desk(file_desk.store, "NG"), "#4", Verdict.EXCLUDE, round_="titles")
    notes.tag_papers(file_desk, ["#1"], "core")
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "p")
        assert row_with(pilot, "Title 1").split() == [
            "›", "1", "2099", "Author1", "Title", "1", "of", "walking", "✓", "included",
        ]  # fmt: skip
        assert row_with(pilot, "Title 2").endswith("✗ excluded")
        assert "Author3 et al. " in row_with(pilot, "Title 3")
        assert row_with(pilot, "Title 3").endswith("~ maybe")
        assert row_with(pilot, "Title 4").endswith("≠ conflict")
        assert row_with(pilot, "Title 5").endswith("○ open")
        assert row_with(pilot, "Title 6").endswith("of resting")
        assert row_with(pilot, "author").split()[0] == "#▲"
        assert "Papers · 6" in text_of(pilot)
        assert "journal" not in text_of(pilot)
    async with open_app(file_desk.store.address, size=(112, 24)) as pilot:
        await press(pilot, "g", "p")
        assert "Journal" in row_with(pilot, "Title 1")
        assert "core" in row_with(pilot, "Title 1")


async def test_an_empty_review_says_what_to_do(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "p")
        assert "No paper yet: a adds one" in text_of(pilot)
        await press(pilot, "enter", "space", "t", "asterisk")
        assert isinstance(pilot.app.screen, PapersScreen)
        assert not shown(pilot).marked


async def test_filtering_as_one_types(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "f", *"rest")
        assert list(shown(pilot).numbers) == numbers(review, "rest") == list(range(2, 41, 2))
        assert "20 of 40" in text_of(pilot)
        await press(pilot, "space", *"year:2096")
        assert list(shown(pilot).numbers) == [4]
        await press(pilot, "space", *"colour:red")
        assert "“colour:” is no field" in text_of(pilot)
        assert "No paper fits this filter" in text_of(pilot)
        await press(pilot, *["backspace"] * 21, "escape")
        assert list(shown(pilot).numbers) == list(range(2, 41, 2))
        assert pilot.app.focused is shown(pilot)
        await press(pilot, "down", "enter")
        assert "Title 4" in text_of(pilot)


async def test_another_place_asks_for_a_filter(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p")
        await pilot.app.screen.ask("papers", "author:author2")  # type: ignore[attr-defined]
        await settle(pilot)
        assert list(shown(pilot).numbers) == [2, 7, 12, 17, 22, 27, 32, 37]
        assert "author:author2" in text_of(pilot)


async def test_sorting_by_keys_and_by_the_mouse(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "s")
        assert list(shown(pilot).numbers) == numbers(review, sort="year") == list(range(40, 0, -1))
        assert "year▲" in text_of(pilot)
        await press(pilot, "r")
        assert "year▼" in text_of(pilot)
        assert list(shown(pilot).numbers) == list(range(1, 41))
        heading = row_with(pilot, "author").index("author")
        await pilot.click(PaperList, offset=(heading + 1, 0))
        await settle(pilot)
        assert "author▲" in text_of(pilot)
        assert list(shown(pilot).numbers) == numbers(review, sort="author")
        await pilot.click(PaperList, offset=(heading + 1, 0))
        await settle(pilot)
        assert list(shown(pilot).numbers) == numbers(review, sort="author", descending=True)
        await press(pilot, "s", "s", "s")
        assert "#▲" in text_of(pilot)


async def test_marks_stay_through_filter_and_order(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "space", "space")
        assert shown(pilot).marked == {1, 2}
        assert row_with(pilot, "Title 2 ").startswith(" *")
        assert row_with(pilot, "Title 3 ").startswith("› ")
        assert "2 marked" in text_of(pilot)
        await press(pilot, "f", *"rest", "enter", "asterisk")
        assert shown(pilot).marked == {1, *range(2, 41, 2)}
        await press(pilot, "asterisk")
        assert shown(pilot).marked == {1}
        await press(pilot, "s", "home", "space")
        assert shown(pilot).marked == {1, 40}


async def test_tagging_what_is_marked_and_what_is_not(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "space", "space", "space", "t", *"key", "enter")
        assert tagged(review) == {"key": 3}
        assert "3 papers tagged key" in text_of(pilot)
        await press(pilot, "u")
        assert tagged(review) == {}
        await press(pilot, "U")
        assert tagged(review) == {"key": 3}
        assert shown(pilot).marked == {1, 2, 3}
        await press(pilot, "asterisk", "asterisk", "home", "t", *"other", "enter")
        assert tagged(review) == {"key": 3, "other": 1}
        await press(pilot, "T", *"key", "enter")
        assert tagged(review) == {"key": 2, "other": 1}
        await press(pilot, "end", "T")
        assert "No tag is on these papers" in text_of(pilot)


async def test_so_many_papers_are_not_tagged_at_once(review: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "MOST_TAGGED", 39)
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "asterisk", "t", *"key", "enter")
        assert "at most 39 papers" in text_of(pilot)
        await press(pilot, "enter", "space", "t", *"key", "enter")
        assert tagged(review) == {"key": 39}


async def test_exporting_marked_and_all(review: Desk, tmp_path: Path) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "s", "space", "space", "e")
        assert "Export 2 marked papers as" in text_of(pilot)
        await press(pilot, "enter")
        await save(pilot, file=str(tmp_path / "two.json"))
        found = json.loads((tmp_path / "two.json").read_text())
        assert [row["number"] for row in found] == [40, 39]
        await press(pilot, "e", "enter")
        await save(pilot, file=str(tmp_path / "two.json"))
        assert "two.json is already there" in refusal(pilot)
        await press(pilot, "escape", "escape", "asterisk", "asterisk", "f", *"rest", "enter", "e", "enter")
        await save(pilot, file=str(tmp_path / "all.csv"))
        rows = list(csv.DictReader(io.StringIO((tmp_path / "all.csv").read_text(encoding="utf-8-sig"))))
        assert [int(row["number"]) for row in rows] == list(range(40, 0, -2))
        assert "Written to" in text_of(pilot)


async def test_a_long_export_shows_how_far_it_is(
    review: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.papers._MANY", 10)
    monkeypatch.setattr("tui.gateway.papers._AT_ONCE", 10)
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "e", "enter")
        await save(pilot, file=str(tmp_path / "all.json"))
        assert [row["number"] for row in json.loads((tmp_path / "all.json").read_text())] == numbers(review)
    told: list[str] = []
    gate = pilot.app.gate  # type: ignore[attr-defined]
    gate.open(review.store.address)
    gateway.export(gate, "list", str(tmp_path / "again.csv"), numbers(review), gateway.Ask(), told.append)
    gateway.export(gate, "ris", str(tmp_path / "again.ris"), [], gateway.Ask("rest"), told.append)
    gate.close()
    assert told[0] == "0 of 40 papers read"
    assert told[-2:] == ["30 of 40 papers read", "0 of 20 papers written"]


def references(path: Path) -> list[Fields]:
    """What a file of references holds."""
    return [item[1] for item in open_export(path) if not isinstance(item, Problem)]


@fewer(
    "words, suffix",
    [
        ("ris", "ris"),
        ("bibtex", "bib"),
        ("csl", "json"),
        ("endnote", "xml"),
        ("csv", "csv"),
        ("xlsx", "xlsx"),
    ],
    0,
    5,
)
async def test_exporting_references_in_every_format(
    words: str, suffix: str, review: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "s", "space", "space", "e", *words, "enter")
        assert field(pilot, "file") == f"papers.{suffix}"
        await press(pilot, "ctrl+s")
        assert f"Written to papers.{suffix}." in text_of(pilot)
        titles = [fields.title for fields in references(tmp_path / f"papers.{suffix}")]
        assert titles == ["Title 40 of resting", "Title 39 of walking"]
        await press(pilot, "e", *words, "enter", "ctrl+s")
        assert f"papers.{suffix} is already there" in refusal(pilot)


async def test_what_a_format_cannot_carry_waits_until_it_was_read(review: Desk, tmp_path: Path) -> None:
    papers.edit_paper(review, "#1", "type", "Oddity")
    path = tmp_path / "all.ris"
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "e", *"ris", "enter")
        await save(pilot, file=str(path))
        seen = " ".join(text_of(pilot).split())
        assert "RIS could not carry everything" in seen
        assert '#1 P1, type "Oddity": the format has no such type' in seen
        await press(pilot, "enter")
        assert len(references(path)) == 40


async def test_a_long_export_of_references_can_be_stopped(
    review: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.papers._MANY", 10)
    path = tmp_path / "all.ris"
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "e", *"ris", "enter")
        await save(pilot, file=str(path))
        assert "Written to" in text_of(pilot)
        assert len(references(path)) == 40
        path.unlink()
        monkeypatch.setattr("tui.dialogs.busy.Busy._told", _stop)
        await press(pilot, "e", *"ris", "enter")
        await save(pilot, file=str(path))
        assert "Stopped; nothing was written." in text_of(pilot)
    assert list(tmp_path.glob("*all.ris*")) == []


def _stop(_: object, how_far: str) -> None:
    raise Stopped(how_far)


async def test_adding_by_hand(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "a")
        await save(pilot, label="Klinga (2016)", authors="Klinga, C.; Hasson, H.\nSachs, M.", year="16")
        assert "is no year" in text_of(pilot)
        await save(pilot, year="2016", doi="10.5334/ijic.5936", supplied_by="an expert")
        assert "Paper #41 was added" in text_of(pilot)
        with review.store.read() as connection:
            added = page(connection, [41])[0]
        assert added.authors == ["Klinga, C.", "Hasson, H.", "Sachs, M."]
        assert (added.label, added.year, added.doi) == ("Klinga (2016)", 2016, "10.5334/ijic.5936")
        await press(pilot, "end")
        assert shown(pilot).number == 41
        pilot.app.clear_notifications()
        await settle(pilot)
        assert "Klinga et al." in row_with(pilot, "Klinga (2016)")


async def test_the_place_is_kept_when_somebody_changes_something(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "s", *["down"] * 9, "space", *["down"] * 19)
        before = (shown(pilot).number, shown(pilot).cursor - shown(pilot).scroll_offset.y)
        assert before[0] == 11
        papers.add_paper(Desk(review.store, "NG"), label="Between", title="Newest", year="2061")
        papers.add_paper(Desk(review.store, "NG"), label="First", title="Oldest", year="1900")
        pilot.app._look()  # type: ignore[attr-defined]
        await pilot.pause(0.1)
        await settle(pilot)
        assert len(shown(pilot).numbers) == 42
        assert (shown(pilot).number, shown(pilot).cursor - shown(pilot).scroll_offset.y) == before
        assert "year▲" in text_of(pilot)
        assert shown(pilot).marked == {31}
        sameness.join_papers(Desk(review.store, "NG"), "#31", "#30")
        pilot.app._look()  # type: ignore[attr-defined]
        await pilot.pause(0.1)
        await settle(pilot)
        assert shown(pilot).number == 11
        assert shown(pilot).marked == set()


async def test_nothing_is_laid_out_while_moving(review: Desk) -> None:
    for size in ((80, 24), (150, 30)):
        async with open_app(review.store.address, size=size) as pilot:
            await press(pilot, "g", "p")
            await pilot.pause(0.2)
            await settle(pilot)
            with layouts(pilot) as passes:
                await press(pilot, "down", "down", "space")
                await pilot.pause(0.2)
                await settle(pilot)
            assert passes == []
            assert shown(pilot).cursor == 3


async def test_the_paper_beside_the_list(file_desk: Desk) -> None:
    papers.add_paper(file_desk, label="One", title="First title", abstract="Aims: to rest. Methods: sleep.")
    papers.add_paper(file_desk, label="Two", title="Second title", abstract="Quite another thing.")
    async with open_app(file_desk.store.address, size=(150, 20)) as pilot:
        await press(pilot, "g", "p")
        await pilot.pause(0.2)
        await settle(pilot)
        assert "Aims: to rest." in text_of(pilot)
        assert "Quite another thing" not in text_of(pilot)
        await press(pilot, "down")
        await pilot.pause(0.2)
        await settle(pilot)
        assert "Quite another thing." in text_of(pilot)


def invented(number: int) -> PaperLine:
    """A paper that no review holds."""
    return PaperLine(
        f"uid{number}", number, "", f"Title {number}", [], 2000, "", "", PaperState.OPEN, (), 0, 0
    )


async def test_of_many_papers_only_those_seen_are_read(
    file_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def listed(*args: object, limit: int | None = None, **how: object) -> list[int]:
        return list(range(1, 20_001))[:limit]

    def read(connection: object, wanted: Sequence[int], **how: object) -> list[PaperLine]:
        asked.extend(wanted)
        return [invented(number) for number in wanted]

    monkeypatch.setattr("tui.gateway.papers.listing.listing", listed)
    monkeypatch.setattr("tui.gateway.papers.listing.page", read)
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "p")
        assert len(shown(pilot).numbers) == 20_000
        assert max(asked) <= 200
        asked.clear()
        await press(pilot, "end")
        assert "Title 20000" in text_of(pilot)
        assert min(asked) > 19_800
        assert len(asked) == len(set(asked)) <= 150
        asked.clear()
        await press(pilot, "home")
        assert "Title 1 " in text_of(pilot)
        assert asked == []
        shown(pilot).go_to(10_000)
        shown(pilot).go_to(5_000)
        await settle(pilot)
        assert "Title 5001 " in text_of(pilot)
        assert not any(9_500 < number < 10_500 for number in asked)
        await press(pilot, "asterisk")
        assert len(shown(pilot).marked) == 20_000


async def test_papers_that_are_gone_are_asked_for_once(
    file_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def read(connection: object, wanted: Sequence[int], **how: object) -> list[PaperLine]:
        asked.extend(wanted)
        return [invented(number) for number in wanted if number % 2]

    monkeypatch.setattr("tui.gateway.papers.listing.listing", lambda *_, **how: list(range(1, 2001)))
    monkeypatch.setattr("tui.gateway.papers.listing.page", read)
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "p", "end")
        asked.clear()
        await press(pilot, "up", "up", "pageup", "pagedown")
        assert asked == []
        assert row_with(pilot, "Title 1995")
        assert "…" in text_of(pilot)


@pytest.mark.slow
async def test_rows_written_by_somebody_hostile(review: Desk) -> None:
    connection = sqlite3.connect(review.store.address)
    evil = "\x1b]52;c;AAAA\x07\u202e[red]bad[/red]\n" + "x" * 100_000
    connection.execute("UPDATE paper SET title = ?, authors = ?, journal = ? WHERE number < 9", (evil,) * 3)
    connection.execute("UPDATE paper SET title = '', label = '', year = -5, doi = '' WHERE number = 9")
    connection.commit()
    connection.close()
    for size in ((80, 24), (150, 24)):
        async with open_app(review.store.address, size=size) as pilot:
            await press(pilot, "g", "p", "s", "s", "s", "home")
            await pilot.pause(0.2)
            await settle(pilot)
            assert all(line.isprintable() for line in text_of(pilot).split("\n"))
            await press(pilot, "enter")
            assert "[red]bad[/red]" in text_of(pilot)
            assert all(line.isprintable() for line in text_of(pilot).split("\n"))


async def test_typing_is_there_at_once_while_the_list_is_slow(
    review: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    free, seen = Event(), list[str]()
    first = gateway.first

    def slow(gate: object, ask: gateway.Ask, rows: int) -> gateway.Found:
        seen.append(ask.words)
        assert free.wait(10)
        return first(gate, ask, rows)  # type: ignore[arg-type]

    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "p", "f")
        monkeypatch.setattr(gateway, "first", slow)
        for key in "walking":
            await pilot.press(key)
        assert pilot.app.screen.query_one(Input).value == "walking"
        assert "40" in text_of(pilot)
        free.set()
        await settle(pilot)
        assert list(shown(pilot).numbers) == list(range(1, 41, 2))
        assert seen == ["w", "walking"]
