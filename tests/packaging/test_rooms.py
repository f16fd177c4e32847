"""What is loaded when: help is light, looking needs no migrations, the core knows no screens."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import realist

ROOT = Path(__file__).parents[2]
HEAVY = {
    "sqlalchemy", "alembic", "mako", "textual", "rich", "rapidfuzz", "charset_normalizer", "sklearn",
    "numpy", "matplotlib", "psycopg", "sqlite3",
}  # fmt: skip
_CALL = """
import sys
sys.argv = ["realist", *sys.argv[1:]]
from realist.cli import main
try:
    main()
except SystemExit as end:
    status = end.code or 0
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(status)
"""


def _loaded(code: str, *args: str, cwd: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, encoding="utf-8", cwd=cwd, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.strip().split("\n")[-1].split())


@pytest.mark.parametrize("option", ["--help", "--version", ""])
def test_help_loads_nothing_heavy(option: str, tmp_path: Path) -> None:
    loaded = _loaded(_CALL, *filter(None, [option]), cwd=tmp_path)
    assert {"click", "realist"} <= loaded
    assert loaded & HEAVY == set()


def test_the_command_line_loads_no_verb_before_it_is_called(tmp_path: Path) -> None:
    code = "import sys, realist.cli.main; print(*sys.modules, file=sys.stderr)"
    loaded = _loaded(code, cwd=tmp_path)
    assert {name for name in loaded if name.startswith("realist.")} == {
        "realist.cli", "realist.cli.main", "realist.errors",
    }  # fmt: skip
    assert {name.partition(".")[0] for name in loaded} & HEAVY == set()


@pytest.mark.parametrize("verb", [("paper", "list"), ("grid",), ("cmo", "list"), ("flow", "--json")])
def test_looking_loads_no_migrations(verb: tuple[str, ...], tmp_path: Path, empty_file: Path) -> None:
    shutil.copy(empty_file, tmp_path / "review.realist")
    loaded = _loaded(_CALL, *verb, cwd=tmp_path)
    assert "sqlalchemy" in loaded
    assert loaded & {"alembic", "mako", "textual", "sklearn", "matplotlib", "psycopg"} == set()


def _modules() -> list[str]:
    found = pkgutil.walk_packages(realist.__path__, "realist.")
    return [module.name for module in found if not module.name.startswith("realist.migrations")]


def test_no_module_of_the_core_names_a_screen() -> None:
    for path in (ROOT / "realist").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            tops = {name.partition(".")[0] for name in names}
            opens = {"tui"} if path == ROOT / "realist/cli/__init__.py" else set()
            assert not (tops & {"textual", "rich", "tui"}) - opens, path


@pytest.mark.parametrize("module", _modules())
def test_every_module_says_what_it_is(module: str) -> None:
    text = importlib.import_module(module).__doc__ or ""
    assert text.strip().split("\n")[0].endswith((".", "?", ":"))


def test_the_rooms_keep_their_order() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    if not program.exists():
        pytest.skip("import-linter is not installed beside this Python")
    done = subprocess.run(
        [program, "--no-cache"], capture_output=True, encoding="utf-8", cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout
