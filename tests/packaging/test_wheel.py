"""The wheel: built from the source archive, installed outside the checkout, used there."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import realist

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]

pytest.importorskip("build")
pytest.importorskip("hatchling")


def _call(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **options)  # type: ignore[call-overload]
    assert isinstance(done, subprocess.CompletedProcess)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    _call(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """The wheel."""
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was installed, its dependencies being there already."""
    site = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _call(*pip, "--no-deps", "--no-index", "--target", site, wheel)
    return site


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Run the installed program in an empty folder."""
    settings = {"PYTHONPATH": str(installed), "REALIST_PERSON": "SF", "COLUMNS": "100"}

    def ran(*args: str) -> subprocess.CompletedProcess[str]:
        return _call(sys.executable, *args, cwd=tmp_path, env={**os.environ, **settings})

    return ran


def _names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_what_the_program_needs(wheel: Path) -> None:
    names = _names(wheel)
    assert {"realist/py.typed", "tui/py.typed", "realist/migrations/env.py"} <= names
    scripts = {path.name for path in (ROOT / "migrations" / "versions").glob("*.py")}
    assert {f"realist/migrations/versions/{name}" for name in scripts} <= names
    samples = ROOT / "realist" / "samples"
    data = {path.name for end in ("toml", "ris", "txt") for path in samples.glob(f"*.{end}")}
    assert "tour_medline.ris" in data
    assert {f"realist/samples/{name}" for name in data} <= names
    map_ = ROOT / "realist" / "exports" / "evidence_map"
    parts = {path.name for end in ("html", "css", "js") for path in map_.glob(f"*.{end}")}
    assert {"map.html", "map.css", "start.js"} <= parts
    assert {f"realist/exports/evidence_map/{name}" for name in parts} <= names
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "realist").rglob("*.py")}
    assert modules <= names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    names = _names(wheel)
    assert {name.split("/")[0] for name in names} == {
        "realist", "tui", f"realist-{realist.__version__}.dist-info",
    }  # fmt: skip
    ends = {Path(name).suffix for name in names if ".dist-info/" not in name}
    assert ends <= {".py", ".toml", ".ris", ".txt", ".typed", ".mako", ".tcss", ".html", ".css", ".js"}
    assert not [name for name in names if "test" in name.split("/")[-1] or "__pycache__" in name]


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = f"realist-{realist.__version__}.dist-info"
        said = archive.read(f"{info}/METADATA").decode("utf-8")
        scripts = archive.read(f"{info}/entry_points.txt").decode("utf-8")
        licence = archive.read(f"{info}/licenses/LICENSE").decode("utf-8")
    assert f"\nVersion: {realist.__version__}\n" in said
    assert "\nRequires-Python: >=3.11\n" in said
    assert "realist = realist.cli:main" in scripts
    assert "Permission is hereby granted" in licence


def test_the_source_archive_holds_the_tests_and_migrations(built: Path) -> None:
    (found,) = built.glob("*.tar.gz")
    with tarfile.open(found) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "migrations/env.py", "tests/conftest.py"} <= names
    assert not [name for name in names if name.startswith((".venv", ".git/", "dist"))]


def test_it_runs_outside_the_checkout(run: Run, installed: Path, tmp_path: Path) -> None:
    where = run("-c", "import realist; print(realist.__file__)").stdout
    assert Path(where.strip()).is_relative_to(installed)
    assert run("-m", "realist", "--version").stdout == f"realist {realist.__version__}\n"
    made = run("-m", "realist", "--db", "x.realist", "new", "--title", "A review")
    assert made.stdout.startswith("x.realist is ready.")
    assert run("-m", "realist", "check").stdout == "The review is sound.\n"


def test_it_builds_and_shows_the_sample(run: Run) -> None:
    assert run("-m", "realist", "sample", "leadership").stdout.startswith("leadership.realist is ready.")
    grid = run("-m", "realist", "grid").stdout
    assert "Cohen (2006)" in grid
    assert "36 papers of the included set 'testing'" in grid
    assert "Balancing multiple perspectives" in run("-m", "realist", "cmo", "show", "3").stdout


def test_it_has_a_program_of_its_own(installed: Path, run: Run) -> None:
    program = installed / "bin" / "realist"
    if not program.exists():
        pytest.skip("programs stand elsewhere on this system")
    assert run(str(program), "--version").stdout == f"realist {realist.__version__}\n"
