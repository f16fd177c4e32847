"""Demi-regularities: named with their reason, counted in papers, open to all, given up and not lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from realist.errors import NotFound, Refused
from realist.queries.patterns import accounts
from realist.queries.regularities import Regular, regularities
from realist.services import extracting, papers, plan
from realist.services import regularities as services
from realist.services.configurations import add_configuration
from realist.services.editing import drop_configuration
from realist.services.history import undo
from realist.services.sameness import join_papers
from realist.services.unit import Desk
from realist.store.engine import Store
from realist.vocabulary import ExtractionRole
from tests.services.world import box

FIRST = "Small firms wait and see"


def asked(store: Store, *, ended: bool = False, viewer: str = "SF") -> dict[str, Regular]:
    with store.read() as connection:
        of = accounts(connection, viewer=viewer)
        return {one.name: one for one in regularities(connection, of, ended=ended, viewer=viewer)}


@pytest.fixture
def named(desk: Desk) -> Desk:
    """Boxes R1, R2 and R3 of three papers, and a regularity of the first and, against it, the second."""
    for label, paper in (("R1", "A"), ("R2", "B"), ("R3", "C")):
        papers.add_paper(desk, label=paper)
        add_configuration(desk, box(label, paper, "Hope"))
    services.add_regularity(
        desk, FIRST, wording="Hope, then a place.", reason="both were small", cases=["R1"], counters=["R2"]
    )
    return desk


def _name(desk: Desk, *boxes: str, counters: tuple[str, ...] = (), name: str = "Hope first") -> str:
    return services.add_regularity(
        desk, name, wording="Hope comes first.", reason="seen twice", cases=boxes, counters=counters
    )


def test_papers_for_and_against_are_counted_as_they_are_read_now(named: Desk) -> None:
    _name(named, "R1", "R2", counters=("R3",))
    one = asked(named.store)["Hope first"]
    assert (one.for_.papers, one.against.papers) == (2, 1)
    assert [(case.label, case.counter, case.counts) for case in one.cases] == [
        ("R1", False, True), ("R2", False, True), ("R3", True, True),
    ]  # fmt: skip
    join_papers(named, "B", "A", reason="the same after all")
    assert asked(named.store)["Hope first"].for_.papers == 1
    drop_configuration(named, one.cases[-1].box, reason="no account")
    one = asked(named.store)["Hope first"]
    assert one.against.papers == 0
    assert one.cases[-1].counts is False


def test_a_box_is_on_one_side_and_may_change_it(named: Desk) -> None:
    _name(named, "R1", counters=("R1",))
    assert [case.counter for case in asked(named.store)["Hope first"].cases] == [True]
    services.put_cases(named, "Hope first", ["R1"], note="on a second look")
    (case,) = asked(named.store)["Hope first"].cases
    assert (case.counter, case.note) == (False, "on a second look")
    undo(named)
    assert [case.counter for case in asked(named.store)["Hope first"].cases] == [True]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"name": " "}, "needs a name"),
        ({"wording": " "}, "says in words what tends to happen"),
        ({"reason": " "}, "needs its reason"),
        ({"name": "small firms WAIT and see"}, "There is already a regularity #1"),
    ],
)
def test_what_is_incomplete_is_refused(named: Desk, words: dict[str, str], why: str) -> None:
    given = {"name": "Hope first", "wording": "Hope comes first.", "reason": "seen twice"} | words
    with pytest.raises(Refused, match=why):
        services.add_regularity(named, **given)
    assert set(asked(named.store)) == {FIRST}


def test_one_that_was_given_up_is_kept_and_changes_no_more(named: Desk) -> None:
    services.drop_regularity(named, "#1", reason="one firm only")
    assert asked(named.store) == {}
    assert asked(named.store, ended=True)[FIRST].ended == "one firm only"
    acts: list[Callable[[], str]] = [
        lambda: services.edit_regularity(named, "#1", wording="x", reason="y"),
        lambda: services.put_cases(named, "#1", ["R1"]),
        lambda: services.take_cases(named, "#1", ["R1"]),
        lambda: services.drop_regularity(named, "#1", reason="again"),
    ]
    for act in acts:
        with pytest.raises(Refused, match="was given up"):
            act()
    with pytest.raises(Refused, match="which was given up"):
        _name(named, name=FIRST)
    undo(named)
    assert asked(named.store)[FIRST].cases


def test_what_is_not_there_or_says_nothing_new_is_refused(named: Desk) -> None:
    with pytest.raises(Refused, match="is no case of"):
        services.take_cases(named, "#1", ["R3"])
    with pytest.raises(Refused, match=f"count for {FIRST} already"):
        services.put_cases(named, "#1", ["R1"])
    with pytest.raises(Refused, match="says so already"):
        services.edit_regularity(named, "#1", name=FIRST, reason="none")
    with pytest.raises(Refused, match="needs its reason"):
        services.drop_regularity(named, "#1", reason=" ")


def test_what_is_extracted_independently_is_named_by_nobody(named: Desk) -> None:
    plan.edit_person(named, "NG", name="Nils Granath")
    extracting.allot_extraction(named, ["C"], ["SF", "NG"], ExtractionRole.INDEPENDENT)
    add_configuration(named, box("R4", "C", "Hope"))
    with pytest.raises(Refused, match="open to all"):
        _name(named, "R4")
    with pytest.raises(NotFound):
        _name(Desk(named.store, "NG"), "R4")
