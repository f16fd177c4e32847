"""One schema on the test server for a whole worker, emptied before each test: making one takes a second."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from realist.store.migrate import create
from realist.store.tables import Base
from tests.conftest import own_schema


@pytest.fixture(scope="session")
def server_schema() -> Iterator[str]:
    """The address of a schema with all tables."""
    for address in own_schema(f"realist_kept_{os.getpid()}"):
        create(address)
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path, empty_file: Path) -> str:
    """The address of a review with empty tables, on each engine in turn."""
    if request.param == "sqlite":
        path = tmp_path / "test.realist"
        shutil.copy(empty_file, path)
        return str(path)
    of_worker: str = request.getfixturevalue("server_schema")
    empty(of_worker)
    return of_worker


FILE_FIRST = pytest.mark.parametrize(
    "address", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True
)
"""On a file at once; on the server with the slow tests: where other tests try the same there."""


def empty(server: str) -> None:
    """Delete every row, those of the log too, in one go."""
    log = ("act", "change")
    every = [
        *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in log),
        *(f'DELETE FROM "{of.name}"' for of in reversed(Base.metadata.sorted_tables)),
        *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in log),
    ]
    url = make_url(server).set(drivername="postgresql")
    own = str(url.query["options"])
    plain = url.difference_update_query(["options"]).render_as_string(hide_password=False)
    with psycopg.connect(plain, options=own) as connection:
        connection.execute("; ".join(every))
