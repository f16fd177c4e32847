"""Screening that is killed, and screening by several at once: what was shown as taken is there, once."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from realist.services.keeping import check, open_review
from realist.services.plan import create_review
from realist.services.unit import Desk
from realist.store.engine import open_store
from tests.services.server import empty
from tests.tui.piles import a_pile, decided
from tests.tui.screeners import Killed, moment, screen_together

pytestmark = pytest.mark.slow
KILLS, PAPERS = 20, 3000
EACH = 60


def test_what_the_terminal_showed_as_taken_is_there_after_a_kill(file_desk: Desk, tmp_path: Path) -> None:
    a_pile(file_desk, PAPERS)
    file_desk.store.close()
    chance, done = random.Random(5), 0
    for _ in range(KILLS):
        person = Killed(file_desk.store.address, tmp_path, done + 1)
        person.work(moment(chance))
        stored = decided(file_desk)
        assert Counter(row[0] for row in stored) == Counter(range(1, len(stored) + 1))
        assert person.seen - 1 <= len(stored) <= done + person.sent
        done = len(stored)
    assert done > KILLS
    store = open_review(file_desk.store.address)
    assert check(store) == []
    store.close()


def test_two_people_on_one_file_keep_everything(file_desk: Desk) -> None:
    people = ("AB", "CD")
    a_pile(file_desk, EACH + 5, readers=2)
    waits = screen_together(file_desk.store.address, people, EACH, 0.05)
    assert {who: len(found) for who, found in waits.items()} == dict.fromkeys(people, EACH)
    assert Counter((row[0], row[5]) for row in decided(file_desk)) == Counter(
        (paper, who) for who in people for paper in range(1, EACH + 1)
    )
    assert check(file_desk.store) == []


def test_twenty_people_on_a_server_keep_everything(server_schema: str) -> None:
    people = [f"P{number}" for number in range(1, 21)]
    empty(server_schema)
    store = open_store(server_schema)
    desk = Desk(store, "SF")
    create_review(desk, title="A review for tests")
    a_pile(desk, 35, readers=20)
    screen_together(server_schema, people, 30, 0.05)
    with store.read() as connection:
        rows = connection.exec_driver_sql("SELECT entry, person FROM decision").all()
        acts = connection.exec_driver_sql("SELECT number FROM act ORDER BY number").scalars().all()
    assert len(rows) == len(set(rows)) == 20 * 30
    assert acts == list(range(1, len(acts) + 1))
    store.close()
