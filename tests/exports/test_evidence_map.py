"""The evidence map as a file: what it holds is the grid and what is behind it, and none of it can be run."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

import realist
from realist.domain.notation import chain
from realist.exports.evidence_map.facts import STATES, map_facts
from realist.exports.evidence_map.page import SCRIPTS, STYLES, as_data, map_page
from realist.exports.grid import grid_json
from realist.queries.boxes import boxes
from realist.queries.cell import behind
from realist.queries.grid import evidence_grid
from realist.services.evidence import add_evidence, add_reading
from realist.services.lives import merge
from realist.services.mechanisms import add_context, add_mechanism, merge_mechanisms
from realist.services.unit import Desk
from realist.store.engine import Store, open_store
from realist.vocabulary import ReadingResult
from tests.exports.hostile_map import build_hostile, evil
from tests.exports.small import build_small

PLACE = Path(realist.__file__).parent / "exports" / "evidence_map"


@pytest.fixture(scope="module", params=["leadership", "tour", "small"])
def review(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, small: Store
) -> Iterator[Store]:
    """Each of the three reviews, open."""
    if request.param == "small":
        yield small
        return
    path = tmp_path_factory.mktemp("map") / "review.realist"
    shutil.copy(request.getfixturevalue(f"{request.param}_file"), path)
    store = open_store(str(path))
    yield store
    store.close()


def facts_of(store: Store, **how: Any) -> dict[str, Any]:
    with store.read() as connection:
        return map_facts(connection, **how)


def as_grid(facts: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the cells of a map by the uids of paper and mechanism, in the shape of `grid --json`."""
    found = {}
    for paper in facts["papers"]:
        for place, state, *held in paper["cells"]:
            claims, boxed = held or ([], [])
            found[paper["uid"], facts["mechanisms"][place]["uid"]] = {
                "state": str(STATES[state]),
                "stances": {facts["claims"][one]["stance"] for one in claims},
                "configurations": {facts["boxes"][one]["uid"] for one in boxed},
                "claims": len(claims),
            }
    return found


def test_its_cells_are_those_of_the_grid(review: Store) -> None:
    facts = facts_of(review)
    with review.read() as connection:
        grid = grid_json(evidence_grid(connection))
    shown = {
        (row["uid"], uid): {
            **cell,
            "stances": set(cell["stances"]),
            "configurations": set(cell["configurations"]),
        }
        for row in grid["rows"]
        for uid, cell in row["cells"].items()
    }
    assert shown
    assert as_grid(facts) == shown
    assert [(of["uid"], of["n"]) for of in facts["mechanisms"]] == [
        (column["uid"], column["n"]) for column in grid["columns"]
    ]
    assert [(of["uid"], of["n"]) for of in facts["papers"]] == [
        (row["uid"], row["n"]) for row in grid["rows"]
    ]


def test_behind_its_cells_is_what_is_behind_each(review: Store) -> None:
    facts = facts_of(review)
    with review.read() as connection:
        for paper in facts["papers"]:
            looks = {place: look for *look, places in paper["looks"] for place in places}
            for place, state, *held in paper["cells"]:
                at = behind(connection, paper["uid"], facts["mechanisms"][place]["uid"])
                claims, boxed = held or ([], [])
                assert [facts["claims"][one]["uid"] for one in claims] == [one.uid for one in at.evidence]
                assert [facts["claims"][one]["by"] for one in claims] == [one.by for one in at.evidence]
                assert [facts["boxes"][one]["uid"] for one in boxed] == [one.box.uid for one in at.boxes]
                if STATES[state] != "present":
                    latest = at.readings[0]
                    assert looks[place] == [latest.note, latest.by, latest.whole]


def test_boxes_hold_the_chain_as_it_is_drawn(review: Store) -> None:
    facts = facts_of(review)
    with review.read() as connection:
        drawn = {box.uid: chain(box.parts) for box in boxes(connection)}
    assert facts["boxes"]
    for box in facts["boxes"]:
        segments: dict[int, str] = {}
        for segment, join, words, tag, *_ in box["parts"]:
            before = segments.get(segment, "")
            space = " " if before and join[:1].isalpha() else ""
            segments[segment] = f"{before}{space}{join} {words} {tag}".strip()
        plain = [" ".join(text.replace("\\", "").split()) for text in drawn[box["uid"]]]
        assert [" ".join(text.split()) for text in segments.values()] == plain


def test_reported_numbers_and_voices_stand_beside(leadership_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "leadership.realist"
    shutil.copy(leadership_file, path)
    store = open_store(str(path))
    facts = facts_of(store)
    assert [of["n"] for of in facts["mechanisms"]] == [13, 6, 6, 7, 4, 14, 9, 0]
    assert [of["reported"][0] for of in facts["mechanisms"]] == [
        "22", "22", "13", "14", "10", "20", "16", "0",
    ]  # fmt: skip
    assert facts["mechanisms"][-1]["voices"] == "±1"
    assert facts["mechanisms"][-1]["said"][0][0] == "divided"
    assert (facts["set"], facts["list"], facts["show"]) == ("testing", "Table 2", "ticks")
    assert len(facts["papers"]) == 36
    store.close()


def test_a_chosen_list_and_set_and_title(small: Store) -> None:
    facts = facts_of(small, of_list="Table 1", of_set="theory building", title="  Our map ")
    assert (facts["title"], facts["list"], facts["set"]) == ("Our map", "Table 1", "theory building")
    assert [of["label"] for of in facts["papers"]] == ["Ahmed (2019)", "Baker (2020)", "Cruz (2021)"]
    with small.read() as connection:
        names = [of.name for of in evidence_grid(connection, of_list="Table 1").columns]
    assert [of["name"] for of in facts["mechanisms"]] == names


def test_merged_mechanisms_show_where_they_stand(store: Store) -> None:
    desk = Desk(store, "SF")
    build_small(desk)
    merge_mechanisms(desk, "Shared purpose", ["Trust between professions"], reason="the same")
    facts = facts_of(desk.store)
    names = [of["name"] for of in facts["mechanisms"]]
    assert "Shared purpose" not in names
    trust = facts["mechanisms"][names.index("Trust between professions")]
    assert trust["holds"] == ["Shared purpose"]
    assert {"in small teams", "trust helps"} <= {of["claim"] for of in facts["claims"]}


def test_merged_contexts_are_filtered_by_where_they_stand(store: Store) -> None:
    desk = Desk(store, "SF")
    build_small(desk)
    add_context(desk, "Any merger")

    def tagged() -> list[str]:
        return [name for box in facts_of(store)["boxes"] for name in box["contexts"]]

    assert tagged() == ["Two departments merge"]
    merge(desk, "Two departments merge", ["Any merger"], reason="wider", kind="context")
    assert tagged() == ["Any merger"]


def test_who_looked_is_the_latest_reading_on_either_engine(store: Store) -> None:
    desk = Desk(store, "SF")
    build_small(desk)
    add_reading(desk, "Cruz (2021)", ReadingResult.NONE, mechanism="Use of power", note="read again")
    other = Desk(desk.store, "SH")
    add_mechanism(desk, "Late")
    add_reading(other, "Cruz (2021)", ReadingResult.NONE, note="the whole list")
    facts = facts_of(desk.store)
    (cruz,) = (of for of in facts["papers"] if of["label"] == "Cruz (2021)")
    looks = {
        facts["mechanisms"][place]["name"]: (note, by, whole)
        for note, by, whole, places in cruz["looks"]
        for place in places
    }
    assert looks["Late"] == looks["Use of power"] == ("the whole list", "SH", True)


def test_statements_do_not_grow_with_cells(tmp_path: Path, empty_file: Path) -> None:
    shutil.copy(empty_file, tmp_path / "small.realist")
    store = open_store(str(tmp_path / "small.realist"))
    desk = Desk(store, "SF")
    build_small(desk)

    def asked() -> int:
        said: list[str] = []
        with store.read() as connection:
            event.listen(connection, "before_cursor_execute", lambda *given: said.append(given[2]))
            map_facts(connection, viewer="SF")
        return len(said)

    before = asked()
    for n in range(12):
        add_mechanism(desk, f"More {n}")
        for paper in ("Ahmed (2019)", "Baker (2020)", "Cruz (2021)"):
            add_evidence(desk, paper, mechanism=f"More {n}", claim=f"claim {n}", quotation=f"said {n}")
    assert asked() == before
    store.close()


class Parsed(HTMLParser):
    """The elements of a page, as a browser would find them, with the text within scripts and styles."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.within: dict[int, str] = {}
        self._inside = False
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        place = len(self.tags) - 1
        if self._inside:
            self.within[place] = self.within.get(place, "") + data

    def all(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        """Return the attributes and the text of every element of a kind."""
        return [
            (attrs, self.within.get(place, ""))
            for place, (name, attrs) in enumerate(self.tags)
            if name == tag
        ]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> dict[str, Any]:
    """What the map of a hostile review holds."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.realist"
    shutil.copy(empty_file, path)
    store = open_store(str(path))
    build_hostile(Desk(store, "SF"))
    facts = facts_of(store)
    store.close()
    return facts


def test_a_hostile_review_makes_the_same_page_as_any(hostile: dict[str, Any], small: Store) -> None:
    page, other = Parsed(map_page(hostile)), Parsed(map_page(facts_of(small)))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in other.tags]
    assert len(page.all("script")) == 2
    scripts = {attrs.get("type"): text for attrs, text in page.all("script")}
    assert json.loads(scripts["application/json"]) == json.loads(as_data(hostile))
    assert scripts[None] == {attrs.get("type"): text for attrs, text in other.all("script")}[None]
    assert not [attrs for _, attrs in page.tags if any(name.startswith("on") for name in attrs)]
    assert not [attrs for _, attrs in page.tags if "src" in attrs or "style" in attrs]
    assert [text for _, text in page.all("h1")] == [f"Evidence map: {evil(0)}"]


def test_the_data_hold_nothing_that_ends_them(hostile: dict[str, Any]) -> None:
    data = as_data(hostile)
    assert not set(data) & set("<>&\u2028\u2029\u202e\u2066")
    assert evil(104) in json.dumps(json.loads(data), ensure_ascii=False).replace("\\\\", "\\").replace(
        '\\"', '"'
    )


def test_the_policy_lets_our_script_and_style_run_and_nothing_else(hostile: dict[str, Any]) -> None:
    page = Parsed(map_page(hostile))
    (policy,) = (
        str(attrs["content"])
        for attrs, _ in page.all("meta")
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    allowed = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    (script,) = (text for attrs, text in page.all("script") if "type" not in attrs)
    ((_, style),) = page.all("style")

    def hashed(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert allowed["default-src"] == "'none'"
    assert allowed["script-src"] == hashed(script)
    assert allowed["style-src"] == hashed(style)
    assert "unsafe" not in policy
    assert "http" not in policy


def test_our_scripts_set_text_and_never_markup() -> None:
    for name in SCRIPTS:
        text = (PLACE / name).read_text(encoding="utf-8")
        assert not re.search(r"HTML|\bwrite\(|\beval\b|Function\(|setTimeout|import\(|fetch|XMLHttp", text), (
            name
        )
    links = re.findall(
        r"https?://[^\s\"'`]*", "".join((PLACE / name).read_text() for name in SCRIPTS + STYLES)
    )
    assert links == ["https://doi.org/${encodeURI(paper.doi).replace(/[?#]/g,"]


def test_every_script_and_style_beside_it_is_used() -> None:
    here = {path.name for path in PLACE.iterdir() if path.suffix in (".js", ".css")}
    assert here == {*SCRIPTS, *STYLES}


@pytest.mark.slow
def test_two_processes_write_the_same_bytes(tour_file: Path, tmp_path: Path) -> None:
    shutil.copy(tour_file, tmp_path / "tour.realist")
    pages = []
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        settings = {"PYTHONHASHSEED": seed, "TZ": zone, "REALIST_PERSON": "SF"}
        command = [sys.executable, "-m", "realist", "export", "map", f"{seed}.html"]
        subprocess.run(command, cwd=tmp_path, env={**os.environ, **settings}, check=True, capture_output=True)
        pages.append((tmp_path / f"{seed}.html").read_bytes())
    assert pages[0] == pages[1]
