"""The leadership review, built once for all tests that only look at it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from realist.store.engine import Store, open_store

Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def leadership(tmp_path_factory: pytest.TempPathFactory, leadership_file: Path) -> Iterator[Store]:
    """The sample review, open."""
    file: Path = tmp_path_factory.mktemp("leadership") / "leadership.db"
    shutil.copy(leadership_file, file)
    store = open_store(str(file))
    yield store
    store.close()


@pytest.fixture(scope="session")
def ask(leadership: Store) -> Ask:
    """A question in SQL to the sample review; gives its rows as plain tuples."""

    def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with leadership.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql, values)]

    return rows
