"""The invented review of world.py, built once for each engine, for tests that leave it as it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from realist.services.keeping import check
from realist.services.unit import Desk
from realist.store.engine import open_store
from realist.store.identity import seeded, ticking
from realist.store.migrate import create
from tests.conftest import START, own_schema
from tests.services.dumps import dump
from tests.services.server import address, server_schema
from tests.services.world import World, world

__all__ = ["address", "at", "lasting", "server_schema"]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def lasting(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, empty_file: Path
) -> Iterator[World]:
    """The world on each engine, shared by many tests: each leaves its rows, but for the log, as they were."""
    folder = tmp_path_factory.mktemp("world")
    if request.param == "sqlite":
        path = folder / "world.realist"
        shutil.copy(empty_file, path)
        yield from _built(str(path), folder)
        return
    for own in own_schema(f"realist_world_{os.getpid()}"):
        create(own)
        yield from _built(own, folder)


def _built(address: str, folder: Path) -> Iterator[World]:
    clock = ticking(START)
    store = open_store(address, clock=clock, uids=seeded(11, clock))
    try:
        made = world(store, folder)
        before = dump(store)
        yield made
        assert dump(store) == before
        assert check(store) == []
    finally:
        store.close()


@pytest.fixture
def at(lasting: World) -> Desk:
    """SF at the keyboard of the world."""
    return Desk(lasting.store, "SF")
