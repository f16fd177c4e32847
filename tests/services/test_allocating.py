"""Handing papers out, looking first, handing on; checks beside second readings."""

from __future__ import annotations

import pytest

from realist.domain.allocation import AnyTwo, Everybody, Split
from realist.errors import Refused, WrongUse
from realist.queries.home import home
from realist.queries.naming import resolve
from realist.queries.piles import pile
from realist.queries.together import independently, progress, waiting
from realist.services import allocating, papers, plan, rounds, screening
from realist.services.unit import Desk
from realist.vocabulary import Role, RoundKind, Verdict
from tests.services.dumps import dump
from tests.services.server import FILE_FIRST

IN, OUT = Verdict.INCLUDE, Verdict.EXCLUDE

pytestmark = FILE_FIRST


@pytest.fixture
def twelve(desk: Desk) -> Desk:
    """A round with twelve papers and three people."""
    plan.add_stage(desk, "1")
    rounds.add_round(desk, "abstracts", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    for n in range(12):
        papers.add_paper(desk, label=f"P{n}")
    rounds.enter(desk, "abstracts", [f"P{n}" for n in range(12)])
    for initials in ("SF", "RP", "AH"):
        plan.edit_person(desk, initials, name=initials)
    return desk


def own(desk: Desk, initials: str) -> list[int]:
    with desk.store.read() as connection:
        found = pile(connection, resolve(connection, "round", "abstracts"), viewer=initials)
    return [item.number for item in found.items]


def test_looking_writes_nothing_and_tells_what_comes(twelve: Desk) -> None:
    before = dump(twelve.store, log=True)
    told = allocating.look_at_allocation(twelve.store, "abstracts", ["SF", "RP"], Split(checked=25), seed=1)
    assert dump(twelve.store, log=True) == before
    assert [(load.person, load.read) for load in told.loads] == [("RP", 6), ("SF", 6)]
    assert sum(load.check for load in told.loads) == 3
    done = allocating.allocate(twelve, "abstracts", ["SF", "RP"], Split(checked=25), seed=1)
    assert done == told
    again = allocating.allocate(twelve, "abstracts", ["SF", "RP"], Split(checked=25), seed=1)
    assert again.new == 0


def test_everybody_sees_their_own_pile_only(twelve: Desk) -> None:
    allocating.allocate(twelve, "abstracts", ["SF", "RP"], Split((("SF", 2), ("RP", 1))), seed=1)
    assert sorted(own(twelve, "SF") + own(twelve, "RP")) == list(range(1, 13))
    assert len(own(twelve, "SF")) == 8
    assert own(twelve, "AH") == []
    with twelve.store.read() as connection:
        lines = {who: home(connection, who).stages[0].rounds[0].mine for who in ("SF", "RP", "AH")}
    assert lines == {"SF": 8, "RP": 4, "AH": 0}


def test_who_leaves_hands_on_what_is_undecided(twelve: Desk) -> None:
    allocating.allocate(twelve, "abstracts", ["SF", "RP", "AH"], AnyTwo(), seed=4)
    theirs = own(twelve, "AH")
    screening.decide(Desk(twelve.store, "AH"), f"#{theirs[0]}", IN, round_="abstracts")
    plan.edit_person(twelve, "AH", active=False)
    told = allocating.hand_over(twelve, "abstracts", "AH", reason="left")
    assert told.ended == len(theirs) - 1
    assert told.new + len(told.short) == told.ended
    assert own(twelve, "AH") == [theirs[0]], "what was decided stays"
    with pytest.raises(Refused, match="AH is deactivated"):
        allocating.allocate(twelve, "abstracts", ["AH"], Split(), seed=1)


def test_nothing_can_be_handed_on_that_was_not_handed_out(twelve: Desk) -> None:
    with pytest.raises(Refused, match="Nothing was handed out in abstracts: `realist allocate` does it"):
        allocating.hand_over(twelve, "abstracts", "RP")
    with pytest.raises(WrongUse):
        allocating.allocate(twelve, "abstracts", ["SF"], AnyTwo(), seed=1)


def test_a_check_amends_and_is_no_part_of_agreement(twelve: Desk) -> None:
    allocating.allocate(twelve, "abstracts", ["SF", "RP"], Split((("SF", 1), ("RP", 0)), 100), seed=1)
    rp = Desk(twelve.store, "RP")
    for number in range(1, 13):
        screening.decide(twelve, f"#{number}", IN, round_="abstracts")
    with twelve.store.read() as connection:
        uid = resolve(connection, "round", "abstracts")
        waits = waiting(connection, uid, viewer="RP")
        assert {(row["what"], *row["whom"]) for row in waits} == {("check", "RP")}
        assert home(connection, "RP").stages[0].rounds[0].mine == 12
        assert all(item.is_check for item in pile(connection, uid, viewer="RP").items)
    for number in range(1, 13):
        screening.decide(rp, f"#{number}", OUT if number == 5 else IN, round_="abstracts")
    with twelve.store.read() as connection:
        assert waiting(connection, uid, viewer="RP") == []
        decided = independently(connection, uid, viewer="SF").decided
        line = home(connection, "SF").stages[0].rounds[0]
    assert {tuple(found) for found in decided.values()} == {("SF",)}
    assert (line.include, line.exclude, line.conflicts) == (11, 1, 0)


def test_second_readers_decide_blind_where_the_round_is_blind(twelve: Desk) -> None:
    rounds.edit_round(twelve, "abstracts", blind=True)
    allocating.allocate(
        twelve, "abstracts", ["SF", "RP"], Split((("SF", 1), ("RP", 0)), 50, Role.SECOND), seed=1
    )
    second = own(twelve, "RP")
    assert len(second) == 6
    for number in range(1, 13):
        screening.decide(twelve, f"#{number}", IN, round_="abstracts")
    with twelve.store.read() as connection:
        mine = home(connection, "RP").stages[0].rounds[0]
        theirs = home(connection, "SF").stages[0].rounds[0]
    assert (mine.include, mine.open, mine.mine) == (6, 6, 6)
    assert (theirs.include, theirs.open) == (6, 6), "what waits for the second reader is open for all"


def test_progress_tells_how_far_people_are_and_no_more(twelve: Desk) -> None:
    allocating.allocate(twelve, "abstracts", ["SF", "RP"], Everybody(), seed=1)
    for number, seconds in ((1, 30.0), (2, 42.0), (3, 4000.0)):
        screening.decide(twelve, f"#{number}", IN, round_="abstracts", seconds=seconds)
    screening.park(twelve, "#4", round_="abstracts")
    with twelve.store.read() as connection:
        found = progress(connection, resolve(connection, "round", "abstracts"))
    assert [(row["by"], row["handed"], row["decided"], row["parked"], row["left"]) for row in found] == [
        ("RP", 12, 0, 0, 12), ("SF", 12, 3, 1, 9),
    ]  # fmt: skip
    assert [(row["hours"], row["per_hour"]) for row in found] == [(None, None), (0.02, 100.0)]
