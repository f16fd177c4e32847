"""The whole supplement: everything in one folder or nothing, the same each time; what is missing is said."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from realist.errors import RealistError, Refused
from realist.exports.supplement import whole
from realist.exports.supplement.whole import write_supplement
from realist.services import papers, plan
from realist.services.unit import Desk
from realist.store.engine import open_store

ROOT = Path(__file__).parents[2]


class Page(HTMLParser):
    """What a page links to, and its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]


def read(folder: Path) -> Page:
    page = Page()
    page.feed((folder / "index.html").read_text(encoding="utf-8"))
    return page


@pytest.mark.slow
def test_every_file_is_listed_and_two_processes_write_the_same(tour_file: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from realist.store.engine import open_store;"
        "from realist.exports.supplement.whole import write_supplement;"
        "write_supplement(open_store(sys.argv[1]), Path(sys.argv[2]), viewer='AB')"
    )
    (tmp_path / "tour.realist").write_bytes(tour_file.read_bytes())
    for name, seed, zone in (("one", "1", "UTC"), ("two", "77", "Asia/Tokyo")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", code, str(tmp_path / "tour.realist"), str(tmp_path / name)]
        subprocess.run(command, check=True, env=env, cwd=tmp_path)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")
    )
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert {*read(tmp_path / "one").links, "index.html"} == one.keys()
    assert {
        "grid.docx",
        "grid.xlsx",
        "rameses.docx",
        "figure-flow.svg",
        "map.html",
        "theory.txt",
    } <= one.keys()


@pytest.fixture
def small(file_desk: Desk) -> Desk:
    """A review with one paper, whose title is hostile."""
    plan.edit_review(file_desk, title='<script>alert("x")</script>\x1b[31m')
    papers.add_paper(file_desk, label="=1+1 <b>")
    return file_desk


def test_what_cannot_be_made_is_named_and_hostile_words_stay_words(small: Desk, tmp_path: Path) -> None:
    made = write_supplement(small.store, tmp_path / "out", viewer="SF")
    missing = {one.file: one.why for one in made if one.why}
    assert missing["included.ris"] == "No included set holds a paper yet."
    page = read(tmp_path / "out")
    assert set(page.links) == {one.file for one in made if not one.why}
    assert "script" not in page.tags
    text = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "Not made" in text
    assert "No included set holds a paper yet." in text
    assert "\x1b" not in text
    assert {path.name for path in (tmp_path / "out").iterdir()} == {*page.links, "index.html"}


def test_a_folder_that_is_there_is_left_alone(small: Desk, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(Refused, match="mine is already there: choose another name"):
        write_supplement(small.store, tmp_path / "mine", viewer="SF")
    with pytest.raises(RealistError, match="cannot be written"):
        write_supplement(small.store, tmp_path / "no" / "where", viewer="SF")
    assert list((tmp_path / "mine").iterdir()) == []


def test_what_is_stopped_half_way_leaves_nothing(
    small: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def stop(what: str, share: float) -> None:
        told.append(what)
        assert 0 <= share < 1
        if len(told) > 3:
            raise KeyboardInterrupt

    before = set(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        write_supplement(small.store, tmp_path / "out", viewer="SF", told=stop)
    assert set(tmp_path.iterdir()) == before
    monkeypatch.setattr(whole, "_page", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_supplement(small.store, tmp_path / "out", viewer="SF")
    assert set(tmp_path.iterdir()) == before


def test_what_is_written_of_a_decision_that_is_hidden_does_not_tell_it(
    tour_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "tour.realist").write_bytes(tour_file.read_bytes())
    store = open_store(str(tmp_path / "tour.realist"))
    made = write_supplement(store, tmp_path / "out", viewer="nobody")
    (archive,) = [one for one in made if one.file == "review.zip"]
    assert re.match("An archive holds everything, and what was decided in .* is hidden from you", archive.why)
    store.close()
