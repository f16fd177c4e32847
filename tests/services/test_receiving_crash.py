"""Killed at any moment: a review is there whole or not at all, and what lay aside goes at the next try."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import inspect

from realist.services.keeping import check, files_missing
from realist.services.receiving import import_review
from realist.store.engine import connect, open_store
from tests.conftest import own_schema
from tests.exports.archives import archived, to_the_byte
from tests.services.test_receiving import opened

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
ROUNDS = 12
IMPORT = """
import sys
from pathlib import Path
from realist.services.receiving import import_review
print("begun", flush=True)
import_review(Path(sys.argv[1]), sys.argv[2])
print("done", flush=True)
"""


def killed(archive: Path, address: str, seconds: float | None) -> list[str]:
    """Import in a process of its own and kill it after a while; return what it said."""
    command = [sys.executable, "-c", IMPORT, str(archive), address]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    if seconds is not None:
        time.sleep(seconds)
        process.kill()
    return process.communicate()[0].split()


@pytest.fixture
def archive(tour: str, tmp_path: Path) -> Path:
    opened(tour)
    archived(tour, tmp_path / "review.zip")
    return tmp_path / "review.zip"


def test_a_file_is_there_whole_or_not_at_all(archive: Path, tour: str, tmp_path: Path) -> None:
    began = time.monotonic()
    assert killed(archive, str(tmp_path / "first.realist"), None) == ["done"]
    long = time.monotonic() - began
    chance, folder, whole, aside = random.Random(22), tmp_path / "new", 0, 0
    folder.mkdir()
    target = folder / "new.realist"
    for _ in range(ROUNDS):
        said = killed(archive, str(target), chance.uniform(0, long))
        assert target.exists() or not said
        if target.exists():
            whole += 1
            assert to_the_byte(target) == to_the_byte(tour)
            target.unlink()
        left = {path.name for path in folder.iterdir()} - {"new.files"}
        assert all(name.startswith(".new.realist.") and name.endswith(".part") for name in left)
        aside += bool(left)
    assert whole < ROUNDS
    assert aside
    import_review(archive, str(target))
    assert {path.name for path in folder.iterdir()} <= {"new.realist", "new.files"}
    store = open_store(str(target))
    assert check(store) + files_missing(store) == []
    store.close()


def test_on_a_server_too(archive: Path) -> None:
    chance = random.Random(23)
    for address in own_schema("realist_killed"):
        for _ in range(4):
            assert killed(archive, address, chance.uniform(0.2, 2)) in ([], ["done"])
            store = connect(address)
            with store.read() as connection:
                there = inspect(connection).has_table("alembic_version")
            store.close()
            if there:
                break
        else:
            import_review(archive, address)
        store = open_store(address)
        assert check(store) == []
        store.close()
