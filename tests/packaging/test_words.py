"""What the files say: nothing of one machine, nothing left over, everything public explained."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNWANTED = {
    "a path of one machine": re.compile("/" + r"(?:work|root)/"),
    "a word about how this was made": re.compile(
        r"\b(?:accept" + r"ance|this ses" + r"sion|iss" + r"ue 2)\b", re.IGNORECASE
    ),
    "something left over": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
}


@cache
def _texts() -> dict[str, str]:
    """The text files that git keeps, by name."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        return {}
    listed = subprocess.run(
        ["git", "ls-files", "-z"], capture_output=True, encoding="utf-8", cwd=ROOT, check=True
    )
    found = {}
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\x00" not in (raw := path.read_bytes()):
            found[name] = raw.decode("utf-8", "replace")
    return found


@pytest.mark.parametrize("what", UNWANTED)
def test_no_file_holds(what: str) -> None:
    texts = _texts()
    if not texts:
        pytest.skip("this is no git checkout")
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts.items()
        for number, line in enumerate(text.split("\n"), 1)
        if UNWANTED[what].search(line)
    ]
    assert found == []


def test_the_patterns_find_what_they_are_for() -> None:
    for what, text in zip(
        UNWANTED, ("see /" + "work/main/x.py", "the accept" + "ance tests", "# TO" + "DO: later"), strict=True
    ):
        assert UNWANTED[what].search(text)


def _public(tree: ast.AST, before: str = "") -> Iterator[tuple[str, ast.AST]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if node.name.startswith("_"):
                continue
            yield before + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from _public(node, f"{before}{node.name}.")


@pytest.mark.parametrize("room", ["realist", "tui", "migrations"])
def test_everything_public_has_a_docstring(room: str) -> None:
    without = []
    for path in sorted((ROOT / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            without.append(path.relative_to(ROOT).as_posix())
        if room == "migrations":
            continue
        for name, node in _public(tree):
            assert isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            if not ast.get_docstring(node):
                without.append(f"{path.relative_to(ROOT).as_posix()}: {name}")
    assert without == []


def test_a_docstring_begins_with_a_sentence() -> None:
    odd = []
    for path in sorted((ROOT / "realist").rglob("*.py")):
        for name, node in _public(ast.parse(path.read_text(encoding="utf-8"))):
            assert isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            first = (ast.get_docstring(node) or "").split("\n\n")[0].strip()
            if not first.endswith((".", "?", ":", ")")):
                odd.append(f"{path.relative_to(ROOT).as_posix()}: {name}: {first!r}")
    assert odd == []
