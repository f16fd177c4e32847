"""Memos and tags on anything."""

from __future__ import annotations

import pytest

from realist.domain.filtering import read_filter
from realist.errors import NotFound, Refused, WrongUse
from realist.queries.listing import listing
from realist.services import (
    configurations,
    consulting,
    mechanisms,
    notes,
    papers,
    plan,
    rounds,
    sameness,
)
from realist.services.history import undo
from realist.services.keeping import check
from realist.services.unit import Desk
from realist.store import asking
from realist.vocabulary import RoundKind
from tests.services.dumps import dump
from tests.services.world import box


@pytest.fixture
def full(file_desk: Desk) -> Desk:
    """One thing of each kind that can be noted, with the short number or name "1"."""
    plan.add_stage(file_desk, "1")
    plan.add_search(file_desk, "Medbase", stage="1")
    rounds.add_round(file_desk, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    papers.add_paper(file_desk, label="A")
    mechanisms.add_mechanism(file_desk, "Trust")
    mechanisms.add_context(file_desk, "Small firm")
    mechanisms.add_outcome(file_desk, "Back at work")
    configurations.add_configuration(file_desk, box("1", "A", "Trust"))
    consulting.add_consultation(file_desk, "1")
    return file_desk


@pytest.mark.parametrize("kind", notes.SUBJECTS)
def test_a_memo_and_a_tag_on_each_kind_of_thing(full: Desk, kind: str) -> None:
    notes.add_memo(full, kind, "1", "Look at this\n\n\n\nagain.")
    notes.tag(full, kind, "1", " open  question ")
    held = dump(full.store)
    (memo,), (tag,), (tagging,) = held["memo"], held["tag"], held["tagging"]
    assert (memo["text"], tag["name"]) == ("Look at this\n\nagain.", "open question")
    assert {row["uid"] for row in held[kind]} == {memo["subject"], tagging["subject"]}
    assert (memo["subject_table"], tagging["subject_table"], tagging["tag"]) == (kind, kind, tag["uid"])
    assert check(full.store) == []


def test_a_tag_is_made_once_and_put_on_a_thing_once(full: Desk) -> None:
    first = notes.tag(full, "paper", "A", "open question")
    assert notes.tag(full, "paper", "#1", "open question") == first
    notes.tag(full, "mechanism", "M1", "open question")
    held = dump(full.store)
    assert (len(held["tag"]), len(held["tagging"])) == (1, 2)


def tagged(desk: Desk, words: str) -> list[int]:
    with desk.store.read() as connection:
        return listing(connection, read_filter(words))


def test_a_tag_is_put_on_many_papers_and_taken_off_in_one_act(full: Desk) -> None:
    for label in ("B", "C", "D"):
        papers.add_paper(full, label=label)
    sameness.join_papers(full, "C", "A")
    assert notes.tag_papers(full, ["A", "B", "C", "B"], " later ") == 2
    assert tagged(full, "tag:later") == [1, 2]
    assert notes.tag_papers(full, ["B", "D"], "later") == 1
    assert notes.untag_papers(full, ["C", "B", "D"], "LATER") == 3, (
        "what was joined into a paper is that paper"
    )
    assert tagged(full, "has:tag") == []
    undo(full)
    assert tagged(full, "tag:later") == [1, 2, 4]


def test_a_tag_given_before_a_join_is_taken_off_with_the_rest(full: Desk) -> None:
    papers.add_paper(full, label="B")
    notes.tag(full, "paper", "B", "later")
    sameness.join_papers(full, "B", "A")
    assert notes.untag_papers(full, ["A"], "later") == 1
    assert dump(full.store)["tagging"] == []
    assert notes.untag_papers(full, ["A"], "later") == 0


def test_a_tag_that_is_not_there_is_not_taken_off(full: Desk) -> None:
    with pytest.raises(NotFound, match=r"There is no tag 'x' in this review\. Its tags: none is used yet"):
        notes.untag(full, "paper", "A", "x")
    notes.tag(full, "mechanism", "M1", "x")
    with pytest.raises(Refused, match=r"The paper A has no tag 'x'"):
        notes.untag(full, "paper", "A", "x")
    notes.untag(full, "mechanism", "M1", "x")
    with pytest.raises(NotFound, match=r"There is no tag 'y' in this review\. Its tags: x"):
        notes.untag_papers(full, ["A"], "y")
    with pytest.raises(Refused, match="A tag needs a name"):
        notes.tag_papers(full, ["A"], " ")


def test_memos_are_found_by_their_words(full: Desk) -> None:
    uid = notes.add_memo(full, "paper", "A", "Ask Zoë about the dataset.")
    with full.store.read() as connection:
        assert asking.find(connection, "zoe data") == [("memo", uid)]


@pytest.mark.parametrize("text", ["", " \n ", "\u200e"])
def test_an_empty_memo_or_tag_is_not_kept(full: Desk, text: str) -> None:
    before = dump(full.store, log=True)
    with pytest.raises(Refused, match="An empty memo was not kept"):
        notes.add_memo(full, "paper", "A", text)
    with pytest.raises(Refused, match="A tag needs a name"):
        notes.tag(full, "paper", "A", text)
    assert dump(full.store, log=True) == before


def test_a_thing_that_is_not_there(full: Desk) -> None:
    with pytest.raises(NotFound, match="There is no paper 'B'"):
        notes.add_memo(full, "paper", "B", "x")
    with pytest.raises(NotFound, match="There is no box '9'"):
        notes.tag(full, "configuration", "9", "x")
    assert dump(full.store)["tag"] == []


@pytest.mark.parametrize("kind", ["person", "decision", "act"])
def test_a_kind_that_cannot_be_noted(full: Desk, kind: str) -> None:
    with pytest.raises(WrongUse, match="is no kind of thing: use one of"):
        notes.add_memo(full, kind, "1", "x")
