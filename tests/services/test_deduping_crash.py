"""Killed while duplicates are joined or taken apart: all of it is there, or nothing, and work goes on."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from realist.queries.grouping import paper_grouping
from realist.services.deduping import dedupe
from realist.services.importing import Origin, import_file
from realist.services.keeping import check, open_review
from realist.services.plan import create_review
from realist.services.unit import Desk
from realist.store.engine import open_store
from realist.store.tables import Act, Deduplication, Doubt, PaperJoin, PaperKeys
from tests.services.alike import ERRATUM, UNTITLED, Entry, loud
from tests.services.test_crash import begin, kill_after

pytestmark = pytest.mark.slow
PAPERS, ROUNDS = 3_000, 8
Held = tuple[int, int, int, int, int]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Path:
    """A review of 3,000 papers that two databases have, two that are doubtful, and an erratum."""
    folder = tmp_path_factory.mktemp("twice")
    path = folder / "review.realist"
    shutil.copy(empty_file, path)
    words = ("trust", "hope", "gardens", "rivers", "walking", "choirs", "kitchens", "ferries")
    entries = [
        Entry(f"On {words[n % 8]} and {words[n // 8 % 8]} in the invented town of number {n}",
              (f"Name{n % 97}, A.", f"Other{n % 89}, B."), str(1980 + n % 40), "Fiction", str(n % 60),
              pages=f"{n + 1}-{n + 9}")
        for n in range(PAPERS)
    ]  # fmt: skip
    (folder / "one.ris").write_text("".join(entry.ris() for entry in [*entries, UNTITLED, Entry()]))
    (folder / "two.ris").write_text(
        "".join(entry.ris() for entry in [*map(loud, entries), UNTITLED, ERRATUM])
    )
    store = open_store(str(path))
    desk = Desk(store, "SF")
    create_review(desk, title="A review")
    for name in ("one.ris", "two.ris"):
        import_file(desk, folder / name, Origin())
    store.close()
    return path


def held(address: str) -> Held:
    """Return how much of a search there is, of a sound review: joins, questions, searches, keys, acts."""
    store = open_review(address)
    with store.read() as connection:
        found = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (PaperJoin, Doubt, Deduplication, PaperKeys, Act)
        ]
        assert len(paper_grouping(connection)) == found[0]
    assert check(store) == []
    store.close()
    return found[0], found[1], found[2], found[3], found[4]


def test_a_search_that_is_killed_leaves_nothing_or_everything(tmp_path: Path, twice: Path) -> None:
    path = tmp_path / "review.realist"
    shutil.copy(twice, path)
    nothing = held(str(path))
    began = time.monotonic()
    process = begin("dedupe", str(path))
    assert process.communicate()[0].split("\n")[-2:] == ["joined", ""]
    long = time.monotonic() - began
    everything = held(str(path))
    assert everything[0] == PAPERS
    assert everything[1] >= 2
    chance, seen = random.Random(22), set()
    for number in range(ROUNDS):
        shutil.copy(twice, path)
        late = number % 2  # half of them while it is written
        said = kill_after(begin("dedupe", str(path)), chance.uniform(0.7 * late, 0.5 + 0.55 * late) * long)
        found = held(str(path))
        assert found in ({everything} if "joined" in said else {nothing, everything})
        seen.add(found)
        store = open_review(str(path))
        assert dedupe(Desk(store, "SF")).papers == PAPERS + 4
        store.close()
        assert held(str(path)) == everything
    assert nothing in seen


def test_an_undo_that_is_killed_leaves_nothing_or_everything(tmp_path: Path, twice: Path) -> None:
    path, whole = tmp_path / "review.realist", tmp_path / "whole.realist"
    shutil.copy(twice, whole)
    assert begin("dedupe", str(whole)).communicate()[0].split()[-1] == "joined"
    before = held(str(whole))
    shutil.copy(whole, path)
    began = time.monotonic()
    assert begin("undo", str(path)).communicate()[0].split() == ["undone"]
    long = time.monotonic() - began
    after = held(str(path))
    assert after[:3] == (0, 0, 0)
    chance = random.Random(23)
    for _ in range(ROUNDS):
        shutil.copy(whole, path)
        said = kill_after(begin("undo", str(path)), chance.uniform(0, long))
        assert held(str(path)) in ({after} if "undone" in said else {before, after})
