"""Rounds: their rules, opening a blind one, papers by their doors, resolutions, parked papers."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from realist.errors import Refused
from realist.queries.deciding import How, by_paper, placed
from realist.queries.grouping import paper_grouping
from realist.queries.naming import resolve
from realist.queries.piles import mine, pile
from realist.queries.together import independently, votes, waiting
from realist.services import papers, plan, rounds, screening
from realist.services.history import redo, undo
from realist.services.unit import Desk
from realist.store.tables import Decision, Entry
from realist.vocabulary import ConflictRule, Door, RoundKind, RoundOrder, Verdict

IN, OUT, MAYBE = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE
READ = RoundKind.TITLE_ABSTRACT


@pytest.fixture
def two(desk: Desk) -> Desk:
    """A stage, three papers, and a blind round for two people with all of them."""
    plan.add_stage(desk, "1")
    for name in "ABC":
        papers.add_paper(desk, label=name, title=f"On {name}")
    rounds.add_round(
        desk, "abstracts", stage="1", kind=READ, readers=2, blind=True, reasons=["no peer", "no data"]
    )
    rounds.enter(desk, "abstracts", ["A", "B", "C"], door=Door.SEARCH)
    plan.edit_person(desk, "RP", name="another")
    return desk


def other(desk: Desk, initials: str = "RP") -> Desk:
    return Desk(desk.store, initials)


def how(desk: Desk, paper: str, viewer: str = "SF", round_: str = "abstracts") -> How:
    with desk.store.read() as connection:
        uid, named = resolve(connection, "round", round_), resolve(connection, "paper", paper)
        grouping = paper_grouping(connection)
        return by_paper(placed(connection, viewer, grouping, rounds=[uid])[uid])[grouping[named]]


def seen(desk: Desk, paper: str, viewer: str) -> list[tuple[str, str]]:
    """Return who decided what on a paper, as *viewer* may see it."""
    with desk.store.read() as connection:
        uid = resolve(connection, "paper", paper)
        entries = connection.execute(select(Entry.uid).where(Entry.paper == uid)).scalars().all()
        return [(vote.by, vote.verdict) for vote in votes(connection, entries, viewer=viewer)]


def test_nobody_sees_another_before_both_have_decided(two: Desk) -> None:
    screening.decide(two, "A", IN, round_="abstracts")
    assert seen(two, "A", "SF") == [("SF", "include")]
    assert seen(two, "A", "RP") == []
    assert seen(two, "A", "") == []
    assert how(two, "A", "RP") == How(None, False, frozenset(), "decision", True)
    screening.decide(other(two), "A", OUT, round_="abstracts")
    for viewer in ("SF", "RP", "XY", ""):
        assert seen(two, "A", viewer) == [("SF", "include"), ("RP", "exclude")]
        assert how(two, "A", viewer).conflict


def test_what_could_be_seen_once_is_not_hidden_again(two: Desk) -> None:
    screening.decide(two, "A", IN, round_="abstracts")
    screening.decide(other(two), "A", OUT, round_="abstracts")
    screening.decide(two, "A", Verdict.UNDECIDED, round_="abstracts")
    assert seen(two, "A", "SF") == [("RP", "exclude")]
    screening.decide(two, "A", OUT, round_="abstracts")
    with two.store.read() as connection:
        own = independently(connection, resolve(connection, "round", "abstracts"), viewer="SF")
    assert [sorted(decided.items()) for decided in own.decided.values() if decided] == [
        [("RP", "exclude"), ("SF", "include")]
    ], "a second thought after seeing is not independent"


def test_an_open_round_shows_everything_from_then_on(two: Desk) -> None:
    screening.decide(two, "A", IN, round_="abstracts")
    rounds.open_round(two, "abstracts", reason="time to talk")
    assert seen(two, "A", "RP") == [("SF", "include")]
    screening.decide(other(two), "A", IN, round_="abstracts")
    with two.store.read() as connection:
        own = independently(connection, resolve(connection, "round", "abstracts"), viewer="SF")
    assert [decided for decided in own.decided.values() if decided] == [{"SF": "include"}]
    with pytest.raises(Refused, match=r"abstracts was opened on 20\d\d-\d\d-\d\d already"):
        rounds.open_round(two, "abstracts")
    undo(two)
    undo(other(two))
    undo(two)
    assert seen(two, "A", "RP") == []


def test_a_round_in_which_somebody_decided_keeps_its_blindness(two: Desk) -> None:
    rounds.edit_round(two, "abstracts", blind=False)
    rounds.edit_round(two, "abstracts", blind=True)
    screening.decide(two, "A", IN, round_="abstracts")
    for change in ({"blind": False}, {"readers": 1}):
        with pytest.raises(Refused, match="People have decided in abstracts already: `realist round open`"):
            rounds.edit_round(two, "abstracts", **change)
    rounds.edit_round(two, "abstracts", readers=3, conflict=ConflictRule.ANY_INCLUDE, reasons=["a third"])
    with pytest.raises(Refused, match="The round has a reason 'no peer' already"):
        rounds.edit_round(two, "abstracts", reasons=["no peer"])


def test_a_conflict_is_resolved_by_anybody_and_the_resolution_rules(two: Desk) -> None:
    with pytest.raises(Refused, match="People do not differ on A in abstracts"):
        screening.settle(two, "A", IN, round_="abstracts")
    screening.decide(two, "A", IN, round_="abstracts")
    screening.decide(other(two), "A", OUT, round_="abstracts", reason="1", also=["no data"])
    with two.store.read() as connection:
        uid = resolve(connection, "round", "abstracts")
        (row,) = waiting(connection, uid, viewer="AH", what="resolution")
        assert (row["label"], row["whom"]) == ("A", [])
    screening.settle(other(two, "AH"), "A", OUT, round_="abstracts", reason="2", why="we read it again")
    assert how(two, "A").verdict is OUT
    screening.decide(other(two), "A", IN, round_="abstracts")
    assert how(two, "A").verdict is OUT
    screening.unsettle(two, "A", round_="abstracts")
    assert how(two, "A").verdict is IN
    with pytest.raises(Refused, match="Nothing was resolved on A in abstracts"):
        screening.unsettle(two, "A", round_="abstracts")


def test_a_pile_resumes_where_one_stopped_and_parked_papers_are_marked(two: Desk) -> None:
    screening.decide(two, "A", IN, round_="abstracts", note="yes", seconds=4.5)
    screening.park(two, "B", round_="abstracts")
    with pytest.raises(Refused, match="B is parked already"):
        screening.park(two, "B", round_="abstracts")
    with two.store.read() as connection:
        found = pile(connection, resolve(connection, "round", "abstracts"), viewer="SF")
        assert [(item.verdict, item.parked) for item in found.items] == [
            ("include", False), ("", True), ("", False),
        ]  # fmt: skip
        assert not found.handed
        theirs = pile(connection, resolve(connection, "round", "abstracts"), viewer="RP")
        assert [(item.verdict, item.parked) for item in theirs.items] == [("", False)] * 3
        own = mine(connection, found.items[0].entry, viewer="SF")
        assert own is not None
        assert (own.verdict, own.note) == ("include", "yes")
        assert mine(connection, found.items[0].entry, viewer="RP") is None
    screening.unpark(two, "B", round_="abstracts")
    undo(two)
    redo(two)


def test_a_random_order_is_the_same_for_everybody_and_another_for_another_seed(two: Desk) -> None:
    for n in range(20):
        papers.add_paper(two, label=f"P{n}")
    rounds.enter(two, "abstracts", [f"P{n}" for n in range(20)])

    def order(viewer: str) -> list[int]:
        with two.store.read() as connection:
            found = pile(connection, resolve(connection, "round", "abstracts"), viewer=viewer)
        return [item.number for item in found.items]

    assert order("SF") == sorted(order("SF"))
    rounds.edit_round(two, "abstracts", order=RoundOrder.RANDOM, seed=5)
    assert order("SF") == order("RP") != sorted(order("SF"))
    before = order("SF")
    rounds.edit_round(two, "abstracts", seed=6)
    assert order("SF") != before
    assert sorted(order("SF")) == sorted(before)


def test_papers_that_others_finished_are_in_nobodys_pile(two: Desk) -> None:
    for person in ("RP", "AH"):
        screening.decide(other(two, person), "A", IN, round_="abstracts")
    with two.store.read() as connection:
        uid = resolve(connection, "round", "abstracts")
        assert [item.number for item in pile(connection, uid, viewer="SF").items] == [2, 3]
        assert [item.number for item in pile(connection, uid, viewer="RP").items] == [1, 2, 3]


def test_further_reasons_are_kept_beside_the_primary_one(two: Desk) -> None:
    screening.decide(two, "A", OUT, round_="abstracts", reason="2", also=["no peer", "2"])
    with two.store.read() as connection:
        entry = connection.execute(select(Decision.entry)).scalars().one()
        own = mine(connection, entry, viewer="SF")
    assert own is not None
    assert own.reasons == (2, 1)
