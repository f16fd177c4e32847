"""A second search compares what is new or was corrected, with all: it finds what comparing anew would."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from realist.domain.duplicates import Record, Setting
from realist.queries import sameness
from realist.services import deduping
from realist.services.deduping import dedupe, undo_dedupe
from realist.services.history import redo, undo
from realist.services.keeping import check, open_review
from realist.services.papers import add_paper, edit_paper
from realist.services.sameness import call_different, call_same, end_join
from realist.services.unit import Desk
from tests.services.alike import (
    ERRATUM,
    FILLERS,
    GARDENS,
    TEA,
    UNTITLED,
    WALKING,
    Entry,
    asked,
    brought,
    fresh,
    groups,
    joined,
    last_act,
    loud,
    together,
)
from tests.services.dumps import dump
from tests.services.server import FILE_FIRST

pytestmark = FILE_FIRST


@pytest.fixture
def at(desk: Desk, tmp_path: Path) -> Desk:
    """A review whose 14 papers were compared: #11 and #12 are one, #13 and #14 are not."""
    brought(desk, tmp_path, *FILLERS)
    brought(desk, tmp_path, WALKING, loud(WALKING), GARDENS, TEA)
    dedupe(desk)
    assert joined(desk) == together("#11 #12")
    return desk


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[list[Record]]:
    """The records that were given to each search, in turn: all, or those that are new."""
    given: list[list[Record]] = []

    def listening(name: str) -> None:
        real = getattr(deduping, name)

        def found(records: list[Record], *rest: Any, **how: Any) -> Any:
            given.append(list(records))
            return real(records, *rest, **how)

        monkeypatch.setattr(deduping, name, found)

    listening("find")
    listening("find_new")
    return given


def test_only_what_is_new_is_compared(at: Desk, tmp_path: Path, read: list[list[Record]]) -> None:
    brought(at, tmp_path, loud(GARDENS), ERRATUM)
    assert fresh(at) == 2
    before = dump(at.store)["paper_join"]
    done = dedupe(at)
    assert (done.compared, done.joined, done.papers, done.records) == (2, 1, 14, 16)
    assert [len(records) for records in read] == [2]
    assert joined(at) == together("#11 #12", "#13 #15")
    assert list(asked(at).values()) == ["erratum"]
    assert [row for row in dump(at.store)["paper_join"] if row in before] == before, (
        "old joins are as they were"
    )
    assert fresh(at) == 0
    assert dedupe(at).compared == 0
    assert len(read) == 1


def test_of_many_new_papers_all_are_compared(at: Desk, tmp_path: Path, read: list[list[Record]]) -> None:
    brought(at, tmp_path, *(loud(entry) for entry in FILLERS))
    done = dedupe(at)
    assert (done.compared, done.joined) == (24, 10)
    assert [len(records) for records in read] == [24]


def test_another_setting_or_anew_compares_all(at: Desk, read: list[list[Record]]) -> None:
    assert dedupe(at).compared == 0
    assert dedupe(at, Setting.THOROUGH).compared == 14
    assert dedupe(at, Setting.THOROUGH).compared == 0
    assert dedupe(at).compared == 14, "what the other setting asked is asked no more"
    log = dump(at.store, log=True)
    assert dedupe(at, anew=True).compared == 14
    assert dump(at.store, log=True) == log, "it found nothing else"
    assert [len(records) for records in read] == [14, 14, 14]


def test_a_corrected_paper_is_compared_again(at: Desk, tmp_path: Path) -> None:
    edit_paper(at, "#13", "title", TEA.title)
    assert fresh(at) == 1
    undo(at)
    assert fresh(at) == 1, "taking a correction back is one"
    assert dedupe(at).compared == 1
    edit_paper(at, "#13", "authors", "Nobody, N.")
    edit_paper(at, "#13", "title", "Boats of reed on lakes that are not there")
    edit_paper(at, "#13", "note", "notes are not compared")
    assert dedupe(at).compared == 1
    brought(at, tmp_path, GARDENS._replace(title="Boats of reed on lakes that are not there", authors=()))
    assert (dedupe(at).compared, joined(at)) == (1, together("#11 #12", "#13 #15"))
    edit_paper(at, "#12", "pages", "1-2", reason="it is another")
    assert fresh(at) == 1, "a part that is corrected counts as the paper it is read under"


def test_a_correction_is_compared_again_whatever_is_undone_in_between(at: Desk) -> None:
    edit_paper(at, "#13", "volume", "44")
    dedupe(at)
    search = last_act(at)
    undo(at, str(search))
    assert fresh(at) == 1
    redo(at)
    assert fresh(at) == 0
    undo(at, str(search - 1))
    assert fresh(at) == 1, "the correction was taken back after it was compared"
    dedupe(at)
    redo(at, str(last_act(at) - 1))
    assert fresh(at) == 1
    undo(at, str(search))
    assert fresh(at) == 1


def test_after_all_searches_were_undone_all_is_compared(at: Desk) -> None:
    undo_dedupe(at)
    assert (fresh(at), joined(at)) == (14, set())
    done = dedupe(at)
    assert (done.compared, done.joined) == (14, 1)


ALONE = Entry("Swings in parks of the north", ("Moe, A.",), "1999", "Play", "2", pages="5-6")


def test_what_an_undone_import_brought_is_not_found(at: Desk, tmp_path: Path) -> None:
    brought(at, tmp_path, ALONE)
    imported = last_act(at)
    assert dedupe(at).compared == 1
    undo(at, str(imported))
    brought(at, tmp_path, loud(ALONE))
    done = dedupe(at)
    assert (done.compared, done.joined) == (1, 0)
    assert check(at.store) == []


def test_what_came_back_is_compared_again(at: Desk, tmp_path: Path) -> None:
    brought(at, tmp_path, ALONE)
    imported = last_act(at)
    dedupe(at)
    undo(at, str(imported))
    redo(at)
    assert fresh(at) == 1
    brought(at, tmp_path, loud(ALONE))
    assert (dedupe(at).joined, joined(at)) == (1, together("#11 #12", "#15 #16"))
    assert check(at.store) == []


def test_a_paper_that_was_corrected_and_then_joined_is_no_stumbling_block(at: Desk, tmp_path: Path) -> None:
    edit_paper(at, "#13", "title", "Boats of reed on lakes that are not there")
    edit_paper(at, "#13", "authors", "Solo, Han")
    edit_paper(at, "#13", "pages", "77-99")
    best = call_same(at, ["#13", "#1", "#14"])
    assert best
    brought(at, tmp_path, Entry("Boats of reed on lakes that are not there", ("Solo, Han",), "2016",
                                "Garden Fictions", "12", pages="77-99"))  # fmt: skip
    assert dedupe(at).joined == 1
    assert joined(at) == together("#11 #12", "#1 #13 #14 #15")


def test_decisions_of_people_hold_when_papers_come_later(at: Desk, tmp_path: Path) -> None:
    end_join(at, "#12", reason="two editions")
    call_different(at, "#13", "#14")
    brought(at, tmp_path, WALKING, loud(GARDENS))
    done = dedupe(at)
    assert (done.compared, done.joined) == (2, 2)
    of = {number: group for group in groups(at) for number in group}
    assert of["#11"] != of["#12"]
    assert of["#15"] in (of["#11"], of["#12"])
    assert of["#13"] == {"#13", "#16"}
    call_different(at, "#16", "#1")
    for setting in Setting:
        assert dedupe(at, setting, anew=True).joined == 0
    assert {number: group for group in groups(at) for number in group} == of


def test_what_was_asked_of_a_corrected_paper_is_asked_no_more(at: Desk, tmp_path: Path) -> None:
    brought(at, tmp_path, UNTITLED, UNTITLED)
    dedupe(at)
    assert asked(at) == {frozenset(("#15", "#16")): "same?"}
    edit_paper(at, "#16", "title", "Something else entirely, as it turned out")
    edit_paper(at, "#16", "pages", "1001-1019")
    edit_paper(at, "#16", "authors", "Else, Someone")
    done = dedupe(at)
    assert (done.compared, done.doubtful, asked(at)) == (1, (), {})


def test_typed_papers_are_compared_too(at: Desk) -> None:
    add_paper(at, title=TEA.title, authors=TEA.authors, year=TEA.year, journal=TEA.journal, volume="3")
    done = dedupe(at)
    assert (done.compared, done.joined, joined(at)) == (1, 1, together("#11 #12", "#14 #15"))


CHOICES = [WALKING, GARDENS, TEA, *FILLERS[:4], ERRATUM, UNTITLED]


@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 12))]
)
def test_in_steps_it_comes_to_the_same_as_anew(at: Desk, tmp_path: Path, seed: int) -> None:
    if not at.store.is_file:
        pytest.skip("a review on a server is not copied here")
    chance = random.Random(seed)
    for _ in range(3):
        some = chance.sample(CHOICES, 2)
        brought(at, tmp_path, *(chance.choice((loud, lambda entry: entry))(entry) for entry in some))
        dedupe(at)
    copy = tmp_path / "anew.realist"
    at.store.close()
    shutil.copy(at.store.address, copy)
    other = Desk(open_review(str(copy)), "SF")
    done = dedupe(other, anew=True)
    assert done.joined == 0
    assert groups(other) == groups(at)
    assert asked(other) == asked(at)
    for act in sorted((row["number"] for row in dump(other.store, log=True)["act"]), reverse=True):
        if any(row["number"] == act and row["intention"] == sameness.JOINING
               for row in dump(other.store, log=True)["act"]):  # fmt: skip
            undo(other, str(act))
    assert joined(other) == set()
    dedupe(other)
    assert groups(other) == groups(at)
    other.store.close()
