"""Two reviews that differ in what SF may not see alone: every screen shows the same of both."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.blindness import IN_CONFIDENCE, ONE, OTHER, build, finish
from tests.fewer import fewer
from tests.tui.support import open_app, others_seen, press, text_of
from tui.actions import GOALS
from tui.gateway import flow, grid, papers
from tui.gateway.door import Gateway

SIZE = (110, 40)
_LATEST = 46
_DOWN = {n: ("down",) * (_LATEST + 1 - n) for n in (*IN_CONFIDENCE, _LATEST)}
VIEWS: dict[str, tuple[str, ...]] = {
    **{goal.place: ("g", goal.letter) for goal in GOALS},
    "papers by tag": ("g", "p", "f", *"tag:pearl"),
    "papers with tags": ("g", "p", "f", *"has:tag"),
    "papers included": ("g", "p", "f", *"state:included"),
    "tags to put on": ("g", "p", "t"),
    "paper A": ("g", "p", "enter"),
    "paper A, its end": ("g", "p", "enter", "end"),
    "paper B": ("g", "p", "down", "enter"),
    "paper C": ("g", "p", "down", "down", "enter"),
    "tags for paper A": ("g", "p", "enter", "t"),
    "find what is hidden": ("slash", *"zebra"),
    "find the other": ("slash", *"quokka"),
    "log by words": ("g", "l", "f", *"include"),
    "log by hidden words": ("g", "l", "f", *"pearl"),
    "log of another": ("g", "l", "f", *"by:RP"),
    **{f"act {n}": ("g", "l", *_DOWN[n], "enter") for n in (23, 28, 30, 33, 34, 37, 39, 40)},
    "undoing act 25": ("g", "l", *_DOWN[25], "z"),
}
AT_ONCE = {
    "papers", "log", "paper A", "find what is hidden", "undoing act 25",
}  # fmt: skip
"""The views that are looked at in every run; the others are with the slow tests."""


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> tuple[Path, Path]:
    """The two reviews, to copy."""
    folder = tmp_path_factory.mktemp("blind")
    for name, told in (("one", ONE), ("other", OTHER)):
        build(folder / f"{name}.realist", empty_file, told)
    return folder / "one.realist", folder / "other.realist"


async def shown(file: Path, here: Path, person: str, views: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the text of views of a copy of a review."""
    shutil.copy(file, here)
    found = {}
    for name, keys in views.items():
        async with open_app(str(here), SIZE, person) as pilot:
            await press(pilot, *keys)
            found[name] = text_of(pilot)
    return found


async def differing(both: tuple[Path, Path], folder: Path, person: str, *names: str) -> list[str]:
    """Return the views that do not look the same of both."""
    here = folder / "review.realist"
    views = {name: VIEWS[name] for name in names or VIEWS}
    one, other = [await shown(file, here, person, views) for file in both]
    return [name for name in views if one[name] != other[name]]


@fewer("name", VIEWS, *(place for place, name in enumerate(VIEWS) if name in AT_ONCE))
async def test_who_may_not_see_it_sees_the_same(both: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    assert await differing(both, tmp_path, "SF", name) == []
    if name in ("papers", "log", "paper A", "find what is hidden"):
        assert await differing(both, tmp_path, "LM", name) == []


@pytest.mark.slow
async def test_who_did_it_sees_what_they_did(both: tuple[Path, Path], tmp_path: Path) -> None:
    theirs = ["papers", "log", "papers by tag", "paper A", "find what is hidden", "act 23", "undoing act 25"]
    assert await differing(both, tmp_path, "RP", *theirs) == theirs


@pytest.mark.slow
async def test_when_all_have_decided_it_is_seen(both: tuple[Path, Path], tmp_path: Path) -> None:
    done = tmp_path / "one.realist", tmp_path / "other.realist"
    for file, copy in zip(both, done, strict=True):
        shutil.copy(file, copy)
        finish(copy, opened=False)
    every = ["home", "papers", "grid", "flow", "log", "papers by tag", "paper A", "find what is hidden"]
    assert await differing(done, tmp_path, "SF", *every) == every


def test_what_is_written_from_the_screens_is_the_same(
    both: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written(file: Path, person: str) -> dict[str, bytes]:
        folder = tmp_path / f"{file.stem}-{person}"
        folder.mkdir()
        monkeypatch.chdir(folder)
        shutil.copy(file, folder / "review.realist")
        gate = Gateway(person=person)
        gate.open("review.realist")
        for way in papers.WAYS:
            for words in ("", "has:tag"):
                name = f"{way.name}{len(words)}{way.suffix}"
                papers.export(gate, way.name, name, [], papers.Ask(words, "state"))
        papers.export(gate, papers.LIST, "list.json", [1, 2, 3], papers.Ask())
        for name in ("flow.json", "flow.txt"):
            flow.export(gate, name)
        for name in ("grid.csv", "grid.json", "grid.txt", "grid.html", "grid.xlsx"):
            grid.export(gate, grid.ask(gate), grid.Look(), name)
        gate.close()
        return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".realist"}

    one, other = (written(file, "SF") for file in both)
    assert len(one) == 22
    assert one == other
    theirs, others = (written(file, "RP") for file in both)
    assert {name for name in theirs if theirs[name] != others[name]} >= {
        "list0.csv",
        "list7.csv",
        "list.json",
    }


async def test_a_page_says_that_something_is_hidden_and_not_what(
    both: tuple[Path, Path], tmp_path: Path
) -> None:
    here = tmp_path / "review.realist"
    seen = await shown(
        both[0], here, "SF", {name: VIEWS[name] for name in ("paper A", "act 23", "undoing act 25")}
    )
    assert "blind: what others decide, tag and note is shown later" in seen["paper A"]
    assert "Not to be seen yet: the round is blind." in seen["act 23"]
    assert "decide #1" in seen["act 23"]
    refusal = " ".join(seen["undoing act 25"].replace("│", " ").split())
    assert "Act 25 is by RP and not to be seen while its round is blind: only RP can reverse it." in refusal


async def test_another_person_at_the_keyboard_sees_what_they_may(
    both: tuple[Path, Path], tmp_path: Path
) -> None:
    here = tmp_path / "review.realist"
    shutil.copy(both[0], here)
    async with open_app(str(here), SIZE, "RP") as pilot:
        await press(pilot, "g", "l", "g", "p", "enter")
        assert ONE.note in text_of(pilot)
        await press(pilot, "ctrl+w", "ctrl+a", *["backspace"] * 4, *"SF", "enter")
        await others_seen(pilot)
        assert ONE.note not in text_of(pilot)
        assert ONE.tag not in text_of(pilot)
        await press(pilot, "g", "l")
        assert ONE.tag not in text_of(pilot)
        assert "tag paper #1" in text_of(pilot)
