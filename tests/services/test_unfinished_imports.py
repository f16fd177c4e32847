"""An import that is under way, or died: nobody sees it, nothing rests on it, and it is swept away."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from realist.errors import NotFound, RealistError, Refused
from realist.exports.records import record_objects
from realist.queries import papers, review
from realist.queries.flow import staged_flow
from realist.queries.grid import evidence_grid
from realist.queries.naming import resolve
from realist.services import intake, sweeping
from realist.services.evidence import add_evidence
from realist.services.importing import Origin, Step, import_file
from realist.services.keeping import check, open_review
from realist.services.mechanisms import add_mechanism
from realist.services.papers import add_paper
from realist.services.plan import add_search, add_stage
from realist.services.sweeping import sweep_imports
from realist.services.unit import Desk
from realist.store import asking, search
from realist.store.engine import Store, open_store
from tests.services.dumps import dump
from tests.services.exports import RIS

ROWS = ("import", "import_problem", "record", "record_text", "record_raw", "paper", "search_due")


@pytest.fixture
def ris(tmp_path: Path) -> Path:
    path = tmp_path / "medbase.ris"
    path.write_bytes(RIS)
    return path


def under_way(desk: Desk, ris: Path, look: Callable[[], None]) -> None:
    """Import, and *look* while the records are in but the import is not finished."""
    looked = []

    def progress(step: Step) -> None:
        assert step.records == 4
        assert len(dump(desk.store)["paper"]) >= 4
        look()
        looked.append(step.records)

    import_file(desk, ris, Origin(search="Medbase 1"), progress=progress)
    assert looked == [4]


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """A review with a search to import for, and a mechanism."""
    add_stage(desk, "1")
    add_search(desk, "Medbase 1", stage="1", source="Medbase")
    add_mechanism(desk, "Trust")
    return desk


def test_nobody_sees_it_in_a_list_a_count_or_an_export(planned: Desk, ris: Path) -> None:
    def look() -> None:
        with planned.store.read() as connection:
            assert papers.papers(connection) == []
            assert papers.papers(connection, words="peer") == []
            assert papers.count_papers(connection) == 0
            assert [row["records"] for row in review.searches(connection)] == [0]
            assert [stage.groups for stage in staged_flow(connection)] == [[]]
            assert evidence_grid(connection).rows == []
        assert list(record_objects(planned.store)) == []

    under_way(planned, ris, look)
    with planned.store.read() as connection:
        assert papers.count_papers(connection) == 4


def test_nobody_can_name_it(planned: Desk, ris: Path) -> None:
    names = ["#1", "1", "Haddad (2020)", "10.5555/wrl.2020.7", "haddad 2020"]

    def look() -> None:
        names.extend(row["uid"] for row in dump(planned.store)["paper"])
        for name in names:
            with planned.store.read() as connection, pytest.raises(NotFound):
                resolve(connection, "paper", name)
            with pytest.raises(NotFound):
                add_evidence(planned, name, claim="too early", mechanism="Trust")

    under_way(planned, ris, look)
    assert len(names) == 9
    with planned.store.read() as connection:
        assert all(resolve(connection, "paper", name) for name in names)


def test_a_paper_of_the_same_name_can_be_added_meanwhile(planned: Desk, ris: Path) -> None:
    def look() -> None:
        add_paper(planned, label="Haddad (2020)", doi="10.5555/wrl.2020.7")

    under_way(planned, ris, look)
    held = dump(planned.store)["paper"]
    assert sorted(row["number"] for row in held) == [1, 2, 3, 4, 5]
    assert sum(row["label"] == "Haddad (2020)" for row in held) == 2


def test_an_index_made_anew_meanwhile_does_not_hold_it(planned: Desk, ris: Path) -> None:
    def look() -> None:
        with planned.store.write() as connection:
            search.rebuild(connection)
        with planned.store.read() as connection:
            assert asking.find(connection, "gatekeepers") == []

    under_way(planned, ris, look)
    sweeping.index_imports(planned.store)
    with planned.store.read() as connection:
        assert len(asking.find(connection, "gatekeepers")) == 1
    assert check(planned.store) == []


def test_the_same_file_meanwhile_is_refused(planned: Desk, ris: Path) -> None:
    def look() -> None:
        with pytest.raises(RealistError, match=r"medbase\.ris"):
            import_file(planned, ris, Origin())

    under_way(planned, ris, look)
    assert len(dump(planned.store)["import"]) == 1
    assert len(dump(planned.store)["record"]) == 4


def test_a_sweep_leaves_an_import_whose_process_lives(planned: Desk, ris: Path) -> None:
    swept = []
    under_way(planned, ris, lambda: swept.append(sweep_imports(planned.store)))
    assert swept == [0]
    assert len(dump(planned.store)["record"]) == 4


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_an_import_that_is_stopped_cleans_up(planned: Desk, ris: Path, error: type[BaseException]) -> None:
    before = dump(planned.store, log=True)

    def stop(_: object) -> None:
        raise error

    with pytest.raises(error):
        import_file(planned, ris, Origin(), progress=stop)
    assert dump(planned.store, log=True) == before


def test_an_import_that_was_swept_says_so(planned: Desk, ris: Path) -> None:
    before = dump(planned.store, log=True)

    def sweep() -> None:
        (row,) = dump(planned.store)["import"]
        sweeping.sweep(planned.store, row["uid"])

    with pytest.raises(Refused, match=r"medbase\.ris was swept away meanwhile: import it again"):
        under_way(planned, ris, sweep)
    assert dump(planned.store, log=True) == before


DIES = """
    import os, sys
    from realist.services.importing import Origin, import_file
    from realist.services.unit import Desk
    from realist.store.engine import open_store

    address, file = sys.argv[1:]
    import_file(Desk(open_store(address), "SF"), file, Origin(), progress=lambda _: os._exit(9))
"""


def test_an_import_whose_process_died_is_swept_when_the_review_is_opened(
    address: str, planned: Desk, ris: Path
) -> None:
    before = dump(planned.store, log=True)
    died = subprocess.run([sys.executable, "-c", textwrap.dedent(DIES), address, str(ris)], check=False)
    assert died.returncode == 9
    left = dump(planned.store)
    assert {name: len(left[name]) for name in ROWS} == {
        "import": 1, "import_problem": 0, "record": 4, "record_text": 4, "record_raw": 4, "paper": 4,
        "search_due": 0,
    }  # fmt: skip
    open_review(address).close()
    assert dump(planned.store, log=True) == before
    assert import_file(planned, ris, Origin()).records == 4
    assert check(planned.store) == []


def _abandoned(store: Store, ris: Path, monkeypatch: pytest.MonkeyPatch, worker: str) -> None:
    """Leave an unfinished import of *worker* behind."""

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(intake, "worker_name", lambda: worker)
        patched.setattr(intake, "sweep", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            import_file(Desk(store, "SF"), ris, Origin(), progress=stop)


@pytest.mark.parametrize(
    ("minutes", "swept"), [(0, 0), (59, 0), (61, 1)], ids=["fresh", "59 minutes", "61 minutes"]
)
def test_an_import_of_another_machine_is_swept_when_it_gave_no_sign_for_long(
    address: str, planned: Desk, ris: Path, monkeypatch: pytest.MonkeyPatch, minutes: int, swept: int
) -> None:
    _abandoned(planned.store, ris, monkeypatch, "elsewhere.example 1")
    (row,) = dump(planned.store)["import"]
    later = datetime.fromisoformat(row["beat"]) + timedelta(minutes=minutes)
    store = open_store(address, clock=lambda: later)
    assert sweep_imports(store) == swept
    store.close()
    assert len(dump(planned.store)["record"]) == (0 if swept else 4)


def test_a_worker_that_cannot_be_told_is_taken_for_alive(
    planned: Desk, ris: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    _abandoned(planned.store, ris, monkeypatch, f"{socket.gethostname()} not-a-number")
    assert sweep_imports(planned.store) == 0
