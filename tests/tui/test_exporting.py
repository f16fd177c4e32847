"""The place where what a paper prints is chosen, looked at and written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.forms import refusal, save
from tests.tui.support import open_app, press, settle, text_of


async def test_what_is_chosen_is_looked_at_and_written(
    tour: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app(tour, (100, 40)) as pilot:
        await press(pilot, "g", "e")
        assert "Export · 18 things to write" in text_of(pilot)
        assert "Evidence grid" in text_of(pilot)
        await press(pilot, *["down"] * 3)
        assert "Characteristics of included papers" in text_of(pilot)
        await press(pilot, "s")
        await save(pilot, file="out.odt")
        assert "does not say which format" in refusal(pilot)
        await save(pilot, file="out.md")
        assert "Written to out.md." in text_of(pilot)
        await press(pilot, "s")
        await save(pilot, file="out.md")
        assert "out.md is already there: choose another name." in refusal(pilot)
        await press(pilot, "escape", "escape", "end")
        await settle(pilot)
        assert "A figure. Its words, from the top:" in text_of(pilot)
        await press(pilot, "s")
        await save(pilot, file="out.svg")
    assert "# Characteristics of included papers" in (tmp_path / "out.md").read_text(encoding="utf-8")
    assert (tmp_path / "out.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.slow
async def test_everything_goes_into_a_new_folder(
    tour: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app(tour) as pilot:
        await press(pilot, "g", "e", "a")
        await save(pilot, folder="out")
        for _ in range(400):
            await settle(pilot)
            if "files were written to out." in text_of(pilot):
                break
        assert "files were written to out." in text_of(pilot)
        assert "Not made: The review as an archive" in text_of(pilot)
    assert (tmp_path / "out" / "index.html").exists()
