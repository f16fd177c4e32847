"""The steps of an import as text, byte for byte, at two sizes; ``GOLDEN=1`` writes the files anew."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from realist import machine
from realist.services import keeping
from realist.store.identity import seeded, ticking
from tests.golden import golden
from tests.services.exports import RIS, SECOND_RIS
from tests.tui.support import open_app, press, text_of

SIZES = ((80, 24), pytest.param((120, 40), marks=pytest.mark.slow))
START = datetime(2026, 2, 3, 9, tzinfo=UTC)
TO_REPORT = ("i", "a", "l", "i", *"MEDLINE 1a", "ctrl+s")
VIEWS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "import": (
        ("i", "down", "space", "space"),
        ("~/exports · 2 marked", "* found it.ris", "tour_cinahl.ris"),
    ),
    "import_filter": (("i", "f", *"sec"), ("›   second.ris", "p path")),
    "import_look": (("i", "a", "l"), ("nothing is written yet", "This is a web page", "Record 5 of line 40")),
    "import_origin": (("i", "a", "l", "i"), ("Where does it come from?", "Import (^s)")),
    "import_report": (TO_REPORT, ("3 files · 6 records", "MEDLINE 1a · read by AB", "has no title")),
    "import_problem": ((*TO_REPORT, "enter"), ("Refused 1 of 3", "What to do", "TY  - JOUR")),
    "import_earlier": ((*TO_REPORT, "q", "t"), ("second.ris", "2026-02-03 AB")),
}
"""The keys that lead to a view from Home, and words that must be seen at every size."""


@pytest.fixture
def review(tour: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The tour beside a few exports, in a person's own folder, on a day in February, by UTC."""
    folder = tmp_path / "exports"
    files = {"found it.ris": RIS, "second.ris": SECOND_RIS, "scopus.ris": b"<!doctype html><html><p>Sign in"}
    (folder / "older").mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    for place, path in enumerate(sorted(folder.iterdir())):
        os.utime(path, (START.timestamp() - 86_400 * place,) * 2)
    machine.remember(import_folder=str(folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    clock = ticking(START)
    opened = partial(keeping.open_review, clock=clock, uids=seeded(7, clock))
    monkeypatch.setattr(keeping, "open_review", opened)
    yield tour
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", VIEWS)
async def test_a_step(review: str, name: str, size: tuple[int, int]) -> None:
    keys, words = VIEWS[name]
    async with open_app(review, size=size, person="AB") as pilot:
        await press(pilot, *keys)
        screen = text_of(pilot)
    for word in words:
        assert word in screen
    golden(f"screens/{name}_{size[0]}.txt", screen)
