"""Killed at any moment: what was told as done is there, what was not is not, and work goes on."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from realist.queries.papers import count_papers
from realist.services.history import redo, undo
from realist.services.importing import Origin, import_file
from realist.services.keeping import check, open_review
from realist.services.papers import add_paper
from realist.services.plan import add_stage, create_review
from realist.services.rounds import add_round, enter
from realist.services.screening import decide
from realist.services.sweeping import index_imports
from realist.services.unit import Desk
from realist.store.engine import Store, open_store
from realist.store.tables import Act, Base, Import, Paper, Record, RecordRaw, RecordText
from realist.vocabulary import RoundKind, Verdict
from tests.services.replay import logged, state_of, take_back

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
RECORDS = 20_000
ROUNDS = 12


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of 20,000 records."""
    path = tmp_path_factory.mktemp("export") / "large.ris"
    with path.open("w", encoding="utf-8") as file:
        for n in range(1, RECORDS + 1):
            file.write(
                f"TY  - JOUR\nAU  - Author{n % 977}, A.\nTI  - Peer support after a stroke, part {n}\n"
                f"PY  - {1980 + n % 45}\nJO  - Journal {n % 83}\nDO  - 10.5555/made.up.{n}\n"
                f"AB  - {'Hope was lent and work went on. ' * 6}{n}\nAN  - INV-{n}\nER  - \n\n"
            )
    return path


def begin(*arguments: str) -> subprocess.Popen[str]:
    """Start the worker and wait until it begins to write."""
    command = [sys.executable, "-m", "tests.services.worker", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def kill_after(process: subprocess.Popen[str], seconds: float) -> list[str]:
    """Kill the worker after a while, unless it is done before; return what it said meanwhile."""
    time.sleep(seconds)
    process.kill()
    said, _ = process.communicate()
    return said.split("\n")[:-1]


def whole(store: Store) -> int:
    """Assert that every finished import is there whole and nothing of another; return how many there are."""
    with store.read() as connection:
        imports = connection.execute(select(Import.finished, Import.records)).all()
        assert all(row.finished and row.records == RECORDS for row in imports)
        for table in (Record, RecordText, RecordRaw, Paper):
            held = connection.execute(select(func.count()).select_from(table)).scalar()
            assert held == RECORDS * len(imports), table
        assert count_papers(connection) == RECORDS * len(imports)
        acts = connection.execute(select(Act.uid).where(Act.intention == "import")).scalars().all()
        assert len(acts) == len(imports)
    assert check(store) == []
    return len(imports)


def test_an_import_that_is_killed_leaves_nothing_or_everything(
    tmp_path: Path, empty_file: Path, export: Path
) -> None:
    path = tmp_path / "review.realist"
    shutil.copy(empty_file, path)
    store = open_store(str(path))
    create_review(Desk(store, "SF"), title="A review")
    store.close()
    began = time.monotonic()
    process = begin("import", str(path), str(export))
    assert process.communicate()[0].split() == ["imported", "indexed"]
    long = time.monotonic() - began
    chance = random.Random(20)
    finished = 1
    for _ in range(ROUNDS):
        said = kill_after(begin("import", str(path), str(export)), chance.uniform(0, 0.8 * long))
        store = open_review(str(path))
        found = whole(store)
        assert found - finished in ({1} if "imported" in said else {0, 1})
        finished = found
        store.close()
    process = begin("import", str(path), str(export))
    assert process.communicate()[0].split() == ["imported", "indexed"]
    store = open_review(str(path))
    assert whole(store) == finished + 1
    store.close()
    assert [entry.name for entry in tmp_path.iterdir()] == ["review.realist"]


def test_small_writes_that_are_killed_are_there_whole_or_not_at_all(tmp_path: Path, empty_file: Path) -> None:
    chance = random.Random(21)
    done = []
    for number in range(ROUNDS):
        path = tmp_path / f"review {number}.realist"
        shutil.copy(empty_file, path)
        store = open_store(str(path))
        create_review(Desk(store, "SF"), title="A review")
        store.close()
        said = kill_after(begin("write", str(path)), chance.uniform(0, 0.7))
        store = open_review(str(path))
        with store.read() as connection:
            acts = connection.execute(select(func.count()).select_from(Act)).scalar_one() - 2
            changes = logged(connection)
        assert len(said) <= acts <= len(said) + 1
        assert check(store) == []
        now = state_of(store)
        for change in reversed(changes):
            take_back(now, change)
        assert not any(now.values())
        add_paper(Desk(store, "SF"), label="Work goes on")
        store.close()
        done.append(acts)
    assert len(set(done)) > ROUNDS // 2  # they were killed at different places


def test_others_go_on_deciding_while_a_large_file_is_imported(
    address: str, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store(address)
    desk = Desk(store, "NG")
    create_review(desk, title="A review")
    add_stage(desk, "1")
    add_round(desk, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    add_paper(desk, label="A")
    enter(desk, "titles", ["A"])
    process = begin("import", address, str(export))
    waits: list[float] = []
    while process.poll() is None:
        began = time.monotonic()
        decide(desk, "A", Verdict.INCLUDE if len(waits) % 2 else Verdict.EXCLUDE, round_="titles")
        waits.append(time.monotonic() - began)
        time.sleep(0.05)
    assert process.communicate()[0].split() == ["imported", "indexed"]
    with store.read() as connection:
        decision = Base.metadata.tables["decision"]
        assert connection.execute(select(func.count()).select_from(decision)).scalar() == len(waits)
        assert count_papers(connection) == RECORDS + 1
    assert len(waits) > 5
    assert check(store) == []
    store.close()
    with capsys.disabled():
        print(f"\n{len(waits)} decisions during an import; the longest took {max(waits) * 1000:.0f} ms")


def test_an_import_of_a_large_file_can_be_undone_and_done_again(address: str, export: Path) -> None:
    store = open_store(address)
    desk = Desk(store, "SF")
    create_review(desk, title="A review")
    import_file(desk, export, Origin())
    index_imports(store)
    undo(desk)
    with store.read() as connection:
        assert count_papers(connection) == 0
    assert check(store) == []
    redo(desk)
    assert whole(store) == 1
    store.close()
