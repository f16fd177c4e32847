"""The log: every change is in it, with person, time, before and after, or it did not happen."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from realist.errors import RealistError, Refused
from realist.queries.log import acts
from realist.services import notes, plan
from realist.services.history import redo, undo
from realist.services.unit import Desk
from realist.store import search
from realist.store.engine import Store
from realist.store.tables import Act, Stage
from tests.services.cases import CASES
from tests.services.dumps import dump
from tests.services.replay import State, logged, state_of, take_back
from tests.services.world import World, world


def last_number(store: Store) -> int:
    with store.read() as connection:
        return int(acts(connection, limit=1)[0]["number"])


def test_what_an_act_added_carries_its_person_and_its_time(lasting: World, at: Desk) -> None:
    number = last_number(lasting.store)
    plan.add_stage(at, "3")
    with lasting.store.read() as connection:
        (change,) = logged(connection, number)
        row = connection.execute(select(Stage.person, Stage.at).where(Stage.name == "3")).one()
    assert (row.person, row.at) == (change.person, change.at)
    undo(at)


def test_acts_are_numbered_and_timed_in_order(lasting: World) -> None:
    with lasting.store.read() as connection:
        rows = connection.execute(select(Act.number, Act.at).order_by(Act.number)).all()
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert sorted(row.at for row in rows) == [row.at for row in rows]


def test_what_changes_nothing_is_no_act(lasting: World, at: Desk) -> None:
    before = dump(lasting.store, log=True)
    plan.edit_review(at, title=before["review"][0]["title"], reason="the same again")
    notes.tag(at, "paper", "#2", "ask the author")
    plan.edit_person(at, "NG", role="second reader")
    assert dump(lasting.store, log=True) == before


def test_an_exception_within_a_step_leaves_nothing(desk: Desk) -> None:
    before = dump(desk.store, log=True)
    with suppress(ZeroDivisionError), desk.unit("add stage", "one") as work:
        work.add(Stage(position=1, name="one"))
        assert 1 / 0
    assert dump(desk.store, log=True) == before


def test_an_exception_at_the_very_end_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(desk.store, log=True)

    def fail(*_: object) -> None:
        raise OSError("the index cannot be written")

    monkeypatch.setattr(search, "refresh", fail)
    with pytest.raises(OSError, match="cannot be written"):
        plan.add_stage(desk, "one")
    assert dump(desk.store, log=True) == before


def test_nobody_sees_half_a_step(desk: Desk) -> None:
    before = dump(desk.store, log=True)
    with desk.unit("add stage", "one") as work:
        work.add(Stage(position=1, name="one"))
        assert dump(desk.store, log=True) == before
    after = dump(desk.store, log=True)
    assert [len(after[name]) - len(before[name]) for name in ("stage", "act", "change")] == [1, 1, 1]


def test_a_refused_step_of_somebody_new_does_not_say_that_they_were_added(desk: Desk) -> None:
    other = Desk(desk.store, "NG")
    with pytest.raises(Refused):
        undo(other)
    assert other.notes == []
    assert [row["initials"] for row in dump(desk.store)["person"]] == ["SF"]


STATEMENTS = (
    "UPDATE act SET reason = 'it was not me'",
    "UPDATE change SET after = NULL",
    "DELETE FROM change",
    "DELETE FROM act WHERE number = 1",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_log_is_append_only(desk: Desk, statement: str) -> None:
    before = dump(desk.store, log=True)
    with (
        pytest.raises((DatabaseError, RealistError), match="append-only"),
        desk.store.write() as connection,
    ):
        connection.exec_driver_sql(statement)
    assert dump(desk.store, log=True) == before


def test_the_changes_backwards_give_each_state_before(store: Store, tmp_path: Path) -> None:
    of, desk = world(store, tmp_path), Desk(store, "NG")
    states: dict[int, State] = {}
    steps = [
        "add_mechanism", "describe", "edit_paper", "join_papers", "decide", "merge",
        "import_file: a new stage", "withdraw_evidence", "import_configurations", "edit_person: deactivated",
        "add_list", "add_memo",
    ]  # fmt: skip
    for name in steps:
        CASES[name](desk if name != "edit_person: deactivated" else Desk(store, "SF"), of)
        states[last_number(store)] = state_of(store)
        if name == "import_file: a new stage":
            for step in (undo, redo):
                step(desk)
                states[last_number(store)] = state_of(store)
        if name == "edit_person: deactivated":
            undo(Desk(store, "SF"))
            states[last_number(store)] = state_of(store)
    assert len(states) == len(steps) + 3
    now = state_of(store)
    with store.read() as connection:
        changes = logged(connection, 0)
    for place in range(len(changes) - 1, -1, -1):
        if place == len(changes) - 1 or changes[place].number != changes[place + 1].number:
            assert now == states.get(changes[place].number, now)
        take_back(now, changes[place])
    assert not any(now.values())
