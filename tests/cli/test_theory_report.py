"""The page on how the leadership review's theory came about, entered through the services."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from realist.samples.leadership import build_leadership
from tests.cli.conftest import RAW, Ask, AskJson


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("leadership") / "review.realist"
    build_leadership(str(path))
    return path


@pytest.fixture
def leadership(built: Path, folder: Path) -> Path:
    shutil.copy(built, folder / "review.realist")
    return folder


def test_the_lives_of_its_mechanisms_on_one_page(leadership: Path, ask: Ask) -> None:
    page = " ".join(ask("report", "theory").split())
    for words in (
        "Preliminary (stage 1a): ten mechanisms.",
        "Added at stakeholder meeting 1: one mechanism.",
        "1 Use of power, proposed after Stakeholder meeting 1",
        "Table 1: ten mechanisms.",
        "From Preliminary (stage 1a): lineage not stated.",
        "Three column orders of 8 mechanisms: Table 1, Table 2, Results.",
        "Two mechanisms were dissolved into seven: Planning and coordinating; Adaptability of leadership",
        "Eight citations unplaced",
        "One mechanism of Table 2 without evidence: M20 Fostering resilience",
        "People who were asked are of two minds: divided:",
        "No statements yet.",
        "7 of 8 mechanisms (88 %) have no excerpt.",
        "102 of 102 claims (100 %) have no excerpt.",
        "30 of 31 parts of boxes (97 %) have no excerpt.",
    ):
        assert words in page


def test_no_list_is_mapped_to_another_where_nobody_stated_it(leadership: Path, ask_json: AskJson) -> None:
    found = ask_json("report", "theory")["mechanisms"]
    lists = {row["name"]: row for row in found["lists"]}
    assert [one["lineage"] for one in lists["Table 1"]["lineage"]] == ["not stated", "not stated"]
    assert [one["lineage"] for one in lists["Results"]["lineage"]] == ["not stated"]
    first = {item["uid"] for item in lists["Preliminary (stage 1a)"]["items"]}
    later = {item["uid"] for item in lists["Table 1"]["items"]}
    assert not first & later
    assert not first & {one["uid"] for row in found["merges"] for one in row["into"]}
    assert not first & {row["uid"] for row in found["merges"]}
    assert [order["different"] for order in found["orders"]] == [3]


def test_undone_and_redone_to_the_same_page(leadership: Path, ask: Ask) -> None:
    before = ask("report", "theory", "--json")
    for act in ("merge mechanism", "add evidence"):
        number = next(line.split()[0] for line in ask("log", "--limit", "2000").splitlines() if act in line)
        ask("undo", number)
        assert ask("report", "theory", "--json") != before
        ask("redo")
        assert ask("report", "theory", "--json") == before


def test_the_page_is_written_to_a_file(leadership: Path, ask: Ask) -> None:
    assert ask("report", "theory", "page.txt") == "The report was written to page.txt.\n"
    text = (leadership / "page.txt").read_text(encoding="utf-8")
    assert "Three column orders" in text
    assert not RAW.search(text)
    assert max(map(len, text.splitlines())) <= 100
