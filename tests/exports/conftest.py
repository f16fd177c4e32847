"""The small review, built once for all tests that only look at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from realist.services.unit import Desk
from realist.store.engine import Store, open_store
from realist.store.identity import seeded, ticking
from tests.exports.small import build_small


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Iterator[Store]:
    """The small review, open."""
    path = tmp_path_factory.mktemp("small") / "small.realist"
    shutil.copy(empty_file, path)
    clock = ticking(datetime(2026, 1, 1, tzinfo=UTC))
    store = open_store(str(path), clock=clock, uids=seeded(7, clock))
    build_small(Desk(store, "SF"))
    yield store
    store.close()
