"""A review to test on: in a file, and on PostgreSQL where REALIST_TEST_POSTGRES names a server."""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from realist.services.unit import Desk
from realist.store.engine import Store, open_store
from realist.store.identity import seeded, ticking
from realist.store.migrate import create

START = datetime(2026, 1, 1, tzinfo=UTC)
SHARED = Path(__file__).parents[1].parent / "shared"
QUICKLY = "-cjit=off -csynchronous_commit=off"
"""How the test server works: nothing compiled for rows that are few, no waiting for the disk."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a test with many cases, leave those on the server but for the first to the slow tests.

    What differs with the engine shows with one case; every case runs on a file.
    """
    seen = set()
    for item in items:
        cases = getattr(item, "callspec", None)
        if cases is None or "postgresql" not in cases.params.values():
            continue
        test = item.nodeid.partition("[")[0]
        if test in seen:
            item.add_marker(pytest.mark.slow)
        elif item.get_closest_marker("slow") is None:
            seen.add(test)


def pytest_collection_finish() -> None:
    """Leave what was loaded and collected out of every search for garbage: it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the settings of the machine out of the tests."""
    for name in ("REALIST_DB", "REALIST_PERSON"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review file with its tables and nothing in them, to copy."""
    path = tmp_path_factory.mktemp("empty") / "empty.realist"
    create(str(path))
    return path


def server_url() -> str:
    """The PostgreSQL server for tests; skips, with the reason, where none is named."""
    url = os.environ.get("REALIST_TEST_POSTGRES", "")
    if not url:
        pytest.skip("REALIST_TEST_POSTGRES names no PostgreSQL server")
    return url


def own_schema(name: str, how: str = QUICKLY) -> Iterator[str]:
    """Give the address of an empty schema of its own on the test server; drop it afterwards."""
    url = make_url(server_url())
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {name} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {name}"))
    try:
        own = url.update_query_dict({"options": f"-csearch_path={name} {how}".strip()})
        yield own.render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {name} CASCADE"))
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path, empty_file: Path) -> Iterator[str]:
    """The address of a review with empty tables, on each engine in turn."""
    if request.param == "sqlite":
        path = tmp_path / "test.realist"
        shutil.copy(empty_file, path)
        yield str(path)
        return
    for own in own_schema(f"realist_test_{os.getpid()}"):
        create(own)
        yield own


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An open review with a ticking clock and seeded uids."""
    clock = ticking(START)
    opened = open_store(address, clock=clock, uids=seeded(7, clock))
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Desk:
    """SF at the keyboard of a review that has a title and nothing else."""
    from realist.services.plan import create_review

    at = Desk(store, "SF")
    create_review(at, title="A review for tests", question="What works?")
    return at


@pytest.fixture
def file_desk(tmp_path: Path, empty_file: Path) -> Iterator[Desk]:
    """SF at the keyboard of a review in a file, for what does not depend on the engine."""
    from realist.services.plan import create_review

    path = tmp_path / "test.realist"
    shutil.copy(empty_file, path)
    clock = ticking(START)
    opened = open_store(str(path), clock=clock, uids=seeded(7, clock))
    at = Desk(opened, "SF")
    create_review(at, title="A review for tests", question="What works?")
    yield at
    opened.close()


def built_once(factory: pytest.TempPathFactory, name: str, build: Callable[[str], None]) -> Path:
    """Return a review called *name* that *build* made once for all workers of this run; to copy."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"built-{name}"
    path, done = folder / f"{name}.realist", folder / "done"
    try:
        folder.mkdir()
    except FileExistsError:
        while not done.exists():
            if (folder / "failed").exists():
                raise AssertionError(f"{name} could not be built: another worker says why.") from None
            time.sleep(0.05)
        return path
    try:
        build(str(path))
    except BaseException:
        (folder / "failed").touch()
        raise
    done.touch()
    return path


@pytest.fixture(scope="session")
def tour_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tour, built once, to copy."""
    from realist.samples.tour import build_tour

    return built_once(tmp_path_factory, "tour", build_tour)


@pytest.fixture(scope="session")
def leadership_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The leadership review, built once, to copy."""
    from realist.samples.leadership import build_leadership

    return built_once(tmp_path_factory, "leadership", build_leadership)


@pytest.fixture
def tour(tour_file: Path, tmp_path: Path) -> str:
    """The address of a tour that may be written to."""
    path = tmp_path / "tour.realist"
    shutil.copy(tour_file, path)
    return str(path)
