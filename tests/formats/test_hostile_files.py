"""Hostile files, each opened in a process of its own: read or refused in seconds, and within 300 MB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.formats.hostile import FILES as TEXTS
from tests.formats.hostile_packed import PACKED

SECONDS = 10
MEGABYTES = 300
ROOT = Path(__file__).parents[2]
FILES = {**TEXTS, **PACKED}
ALWAYS = (
    *("xml: entity bomb", "xml: deep", "json: deep", "json: lone surrogates", "bibtex: deep braces"),
    *("bibtex: strings that double", "ris: NULs", "ris: unclosed records", "ris: escape sequences"),
    *("csv: a large cell", "zip: slip", "zip: bomb of zeros", "xlsx: entity bomb"),
)
"""One of each kind; the others are for the slow tests."""

CHILD = """
import json, sys, time
from pathlib import Path
from realist.errors import RealistError
from realist.formats.door import open_exports
from tests.formats.holding import check, peak_memory
path = Path(sys.argv[1])
messages, longest, records, shown, refusal = [], 0, 0, [], ""
began = time.process_time()
try:
    with open_exports(path) as exports:
        for export in exports:
            for item in export:
                if len(item) == 2:
                    records += 1
                    if records <= 50:
                        shown += [str(value)[:2000] for value in item[1]]
                else:
                    longest = max(longest, len(item.message))
                    messages = messages if len(messages) > 50 else [*messages, item.message]
except RealistError as error:
    refusal = str(error)
seconds = time.process_time() - began
memory = peak_memory()
check(path)
print(json.dumps({
    "seconds": seconds, "memory": memory, "records": records, "refusal": refusal,
    "messages": messages, "longest": longest, "shown": " ".join(shown),
}))
"""


def opened(folder: Path, name: str) -> dict[str, Any]:
    """Return what a process of its own tells of reading a hostile file."""
    home = folder / "a" / "b" / "c"
    home.mkdir(parents=True)
    path = home / "export"
    path.write_bytes(FILES[name]())
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CHILD, str(path)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert [found.name for found in folder.rglob("*") if found.is_file()] == ["export"]
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def hold(told: dict[str, Any]) -> None:
    """Assert that a reading kept its limits and that something was said or read."""
    assert told["seconds"] <= SECONDS
    assert told["memory"] <= MEGABYTES
    assert told["refusal"] or told["messages"] or told["records"]
    assert told["longest"] <= 400
    assert len(told["refusal"]) <= 400
    assert "root:" not in told["shown"]


@pytest.mark.parametrize("name", ALWAYS)
def test_hostile_files_are_read_or_refused(name: str, tmp_path: Path) -> None:
    hold(opened(tmp_path, name))


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in FILES if name not in ALWAYS])
def test_more_hostile_files_are_read_or_refused(name: str, tmp_path: Path) -> None:
    hold(opened(tmp_path, name))


@pytest.mark.parametrize(("name", "part"), [("other: a web page", "web page"), ("other: a PDF", "PDF")])
def test_what_is_no_export_is_refused_in_one_sentence(name: str, part: str, tmp_path: Path) -> None:
    told = opened(tmp_path, name)
    assert told["records"] == 0
    assert len(told["messages"]) == 1
    assert part in told["messages"][0]


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    assert "laughlaugh" not in opened(tmp_path, "xml: entity bomb")["shown"]
