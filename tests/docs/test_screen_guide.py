"""Who follows the guide on the screens key by key sees the words that it prints in bold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import fences
from tests.tui.support import open_app, press, text_of

GUIDE = Path(__file__).parents[2] / "docs" / "guide-interface.md"
_KEYS = {
    "Enter": "enter", "Esc": "escape", "↓": "down", "/": "slash", ":": "colon", "^s": "ctrl+s",
    "^q": "ctrl+q", "Space": "space",
}  # fmt: skip


def steps() -> Iterator[tuple[list[str], list[str]]]:
    """Yield (keys, words seen) for every row of the tables of keys, in order."""
    for row in re.findall(r"^\| (.*?) ?\| (.*) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE):
        if row[0] in ("press", "") and "and you see" in row[1]:
            continue
        keys: list[str] = []
        for word in re.findall(r"`([^`]+)`", row[0]):
            keys += list(word[1:-1]) if word.startswith('"') else [_KEYS.get(word, word)]
        yield keys, re.findall(r"\*\*(.+?)\*\*", row[1])


@pytest.mark.slow
async def test_the_guide_shows_what_the_screens_show(tour: str) -> None:
    walked = 0
    for fence in fences(GUIDE, "ris"):
        name = fence.info.partition(" ")[2]
        (Path(tour).parent / name).write_text(fence.text, encoding="utf-8")
    async with open_app(tour, size=(100, 32), person="AB") as pilot:
        for keys, words in steps():
            await press(pilot, *keys)
            await pilot.pause(0.3)
            if "ctrl+q" in keys:
                assert pilot.app._exit
                break
            seen = " ".join(text_of(pilot).split())
            for sought in words:
                assert " ".join(sought.split()) in seen, f"{keys}: {sought}"
            walked += 1
    assert walked > 20
