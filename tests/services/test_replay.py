"""The review as it was: after every act of a long session the copy is what was there then."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from sqlalchemy.exc import NoResultFound

from realist.errors import RealistError
from realist.queries.log import last_number
from realist.services.history import redo, undo
from realist.services.replay import rewind
from realist.services.unit import Desk
from realist.store.engine import Store, open_store
from tests.services.cases import CASES
from tests.services.dumps import Dump, dump
from tests.services.world import World, world

_IN_THE_WAY = (RealistError, NoResultFound, StopIteration, ValueError)
"""What a service raises, or its case, when what came before it stands in its way."""
_APART = ("draft",)
"""What is outside the log: of today."""


def _now(store: Store) -> Dump:
    return {name: rows for name, rows in dump(store).items() if name not in _APART}


def _last(store: Store) -> int:
    with store.read() as connection:
        return last_number(connection)


def _session(of: World, seed: int, steps: int) -> dict[int, Dump]:
    """Do services, undos and redos in a random order; return what was there after each act."""
    random, names = Random(seed), sorted(CASES)
    taken: dict[int, Dump] = {}
    for _ in range(steps):
        at = Desk(of.store, random.choice(("SF", "NG")))
        what = random.random()
        with suppress(
            RealistError, NoResultFound, StopIteration, ValueError
        ):  # what came before it stands in its way
            if what < 0.2:
                undo(at)
            elif what < 0.3:
                redo(at)
            else:
                CASES[random.choice(names)](at, of)
        taken[_last(of.store)] = _now(of.store)
    return taken


def _same_then(of: World, taken: dict[int, Dump], folder: Path) -> None:
    for number, then in taken.items():
        path = folder / f"{number}.realist"
        rewind(of.store, path, number)
        copy = open_store(str(path))
        assert _now(copy) == then, number
        with copy.read() as connection:
            assert last_number(connection) == number
        copy.close()
        path.unlink()


def test_after_every_act_of_a_short_session(store: Store, tmp_path: Path) -> None:
    of = world(store, tmp_path)
    taken = _session(of, 4, 8)
    assert len(taken) > 4
    _same_then(of, taken, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_after_every_act_of_a_long_session(store: Store, tmp_path: Path, seed: int) -> None:
    of = world(store, tmp_path)
    taken = _session(of, seed, 90)
    assert len(taken) > 50
    _same_then(of, taken, tmp_path)
