"""The traps of real exports, from a file to what is read as one and what is asked; in any order, twice."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

from realist.services.deduping import dedupe
from realist.services.keeping import check
from realist.services.unit import Desk
from tests.services.alike import (
    ERRATUM,
    FILLERS,
    GARDENS,
    TEA,
    UNTITLED,
    WALKING,
    Entry,
    Groups,
    asked,
    brought,
    groups,
    joined,
    loud,
    together,
)

DOI = "10.5555/walking.2014"
TALK = Entry("Mapping of benches by drones", ("Ali, M.",), "2019", "Imaginary Robotics Symposium", "",
             pages="1-6", doi="10.5555/irs.2019", type="CPAPER")  # fmt: skip
EDITORIAL = Entry("Editorial", ("Reid, Dora",), "2014", "Fiction", "3", "1", pages="")
COCHRANE = Entry(
    "Made-up exercises for imaginary backs", ("Poe, E.", "Marsh, L."), "2004", "Cochrane Database Syst Rev",
    "", "3", "CD009999", "10.1002/14651858.CD009999.pub2",
)  # fmt: skip


NOTHING = Entry("", (), "2014", "", "", "", "")
DRONES = TALK._replace(title="Battery swapping for delivery robots", authors=("Chen, Q.",), pages="7-12")
COMMENT = WALKING._replace(title=f"Comment on: {WALKING.title}", authors=("Moe, A.",), pages="150-151")


class Trap(NamedTuple):
    """Records in the order of a file, which of them are one ("#1 #2"), and what is asked of pairs."""

    entries: list[Entry]
    one: tuple[str, ...] = ()
    open: Mapping[str, str] = MappingProxyType({})


TRAPS = {
    "blank titles alone say nothing": Trap(
        [NOTHING, NOTHING],
    ),
    "blank titles are joined by a DOI": Trap(
        [UNTITLED._replace(doi=DOI), UNTITLED._replace(title="UNKNOWN", doi=DOI)], ("#1 #2",),
    ),
    "a row number in place of the issue": Trap(
        [WALKING._replace(number="1873"), loud(WALKING)._replace(number="2"),
         GARDENS._replace(number="1874")],
        ("#1 #2",),
    ),
    "two DOIs of one paper, online and in print": Trap(
        [WALKING._replace(doi=DOI), loud(WALKING)._replace(doi="10.6666/online.77")], ("#1 #2",),
    ),
    "one DOI of a whole proceedings": Trap(
        [TALK, DRONES,
         TALK._replace(title="Sensor fusion in fog", authors=("Silva, R.",), pages="13-20")],
    ),
    "an erratum": Trap([WALKING, ERRATUM], open={"#1 #2": "erratum"}),
    "two records of the paper and two of its erratum": Trap(
        [WALKING, loud(WALKING), ERRATUM, loud(ERRATUM)], ("#1 #2", "#3 #4"), {"#1 #3": "erratum"},
    ),
    "an erratum said in the title of the paper itself": Trap(
        [WALKING, loud(WALKING)._replace(title=f"{WALKING.title} [Erratum appears in Invented Studies 5:1]")],
        ("#1 #2",),
    ),
    "a second part": Trap(
        [WALKING, WALKING._replace(title=f"{WALKING.title}. Part II", pages="130-149", number="3")],
        open={"#1 #2": "part"},
    ),
    "a reply": Trap(
        [WALKING, COMMENT], open={"#1 #2": "reply or comment"},
    ),
    "a translated title in brackets": Trap(
        [WALKING, loud(WALKING)._replace(title=f"[{WALKING.title}]. [French]")], ("#1 #2",),
    ),
    "authors run together": Trap(
        [WALKING, WALKING._replace(authors=("Okafor N.Reid E.",), pages="111-29")], ("#1 #2",),
    ),
    "letters that an encoding mangled": Trap(
        [GARDENS._replace(title="Gärten für pflegende Angehörige in zwei Städten", authors=("Käfer, Wolf",)),
         GARDENS._replace(title="G?rten f?r pflegende Angeh?rige in zwei St?dten", authors=("K?fer W",))],
        ("#1 #2",),
    ),
    "one word for many papers": Trap(
        [EDITORIAL, EDITORIAL._replace(number="2"), EDITORIAL._replace(number="3")],
    ),
    "versions of a Cochrane review": Trap(
        [COCHRANE, COCHRANE._replace(year="2005", number="2", doi="10.1002/14651858.CD009999.pub3")],
        ("#1 #2",),
    ),
    "a chain whose ends contradict": Trap(
        [WALKING, WALKING._replace(journal="", volume="", pages="", year=""),
         WALKING._replace(journal="Elsewhere", volume="19", pages="5-44", year="2018")],
    ),
}  # fmt: skip
"""The chain is told apart in a test of its own: which two of the three are one is for the evidence to say."""


@pytest.mark.parametrize("name", [name for name in TRAPS if name != "a chain whose ends contradict"])
def test_a_trap_comes_out_right_from_the_file_on(file_desk: Desk, tmp_path: Path, name: str) -> None:
    trap = TRAPS[name]
    brought(file_desk, tmp_path, *trap.entries)
    dedupe(file_desk)
    assert joined(file_desk) == together(*trap.one)
    open_ = {frozenset(pair.split()): what for pair, what in trap.open.items()}
    found = asked(file_desk)
    assert list(found.values()) == list(open_.values())
    home = {number: min(group) for group in groups(file_desk) for number in group}
    assert {frozenset(map(home.__getitem__, pair)) for pair in found} == set(open_)
    assert check(file_desk.store) == []


def test_ends_of_a_chain_that_contradict_each_other_are_never_one(file_desk: Desk, tmp_path: Path) -> None:
    brought(file_desk, tmp_path, *TRAPS["a chain whose ends contradict"].entries)
    dedupe(file_desk)
    assert not any({"#1", "#3"} <= group for group in joined(file_desk))
    assert len(joined(file_desk)) <= 1


ALL = [entry for trap in TRAPS.values() for entry in trap.entries[:2]] + [TEA, *FILLERS]


def _by_content(desk: Desk, order: list[int]) -> Groups:
    """Return groups by the place that each record has in ALL."""
    place = {f"#{number}": str(at) for number, at in enumerate(order, 1)}
    return {frozenset(place[number] for number in group) for group in joined(desk)}


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 6))])
def test_the_order_of_an_export_changes_nothing_and_neither_does_a_second_search(
    file_desk: Desk, tmp_path: Path, seed: int
) -> None:
    order = list(range(len(ALL)))
    brought(file_desk, tmp_path, *ALL)
    dedupe(file_desk)
    wanted, log = _by_content(file_desk, order), groups(file_desk)
    dedupe(file_desk, anew=True)
    assert groups(file_desk) == log
    other = _another(file_desk, tmp_path)
    random.Random(seed).shuffle(order)
    brought(other, tmp_path, *(ALL[at] for at in order))
    dedupe(other)
    assert _by_content(other, order) == wanted
    assert len(wanted) >= 4
    other.store.close()


def _another(desk: Desk, folder: Path) -> Desk:
    """Return a second, empty review."""
    from realist.services.plan import create_review
    from realist.store.engine import open_store
    from realist.store.migrate import create

    path = folder / "another.realist"
    create(str(path))
    other = Desk(open_store(str(path)), desk.initials)
    create_review(other, title="Another")
    return other
