"""The program as a person meets it: in a folder with one review, verbs run in-process."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from realist.cli.main import cli, main
from realist.services.unit import Desk
from realist.store.engine import open_store
from realist.store.identity import seeded, ticking
from tests.exports.small import build_small

Ask = Callable[..., str]
AskJson = Callable[..., Any]
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What must never reach a terminal."""


@dataclass(frozen=True)
class Said:
    """What a run of the program left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one sentence of a refusal."""
        lines = self.err.strip().split("\n")
        assert len(lines) == 1, self.err
        assert lines[0].startswith("realist: ")
        return lines[0].removeprefix("realist: ")


Run = Callable[..., Said]


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Path:
    """The small review as a file, to copy."""
    path = tmp_path_factory.mktemp("small") / "small.realist"
    shutil.copy(empty_file, path)
    clock = ticking(datetime(2026, 1, 1, tzinfo=UTC))
    store = open_store(str(path), clock=clock, uids=seeded(7, clock))
    build_small(Desk(store, "SF"))
    store.close()
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that we stand in, SF at the keyboard."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("REALIST_PERSON", "SF")
    monkeypatch.setenv("COLUMNS", "100")
    return here


@pytest.fixture
def small(folder: Path, small_file: Path) -> Path:
    """A folder with the small review in it."""
    shutil.copy(small_file, folder / "review.realist")
    return folder


@pytest.fixture
def bare(folder: Path, empty_file: Path) -> Path:
    """A folder with a review that has a title and nothing else."""
    (folder / "empty").mkdir()
    make_review(folder / "review.realist", empty_file)
    return folder


def make_review(path: Path, empty_file: Path) -> None:
    """Make a review with a title and nothing else."""
    from realist.services.plan import create_review

    shutil.copy(empty_file, path)
    store = open_store(str(path))
    create_review(Desk(store, "SF"), title="A review")
    store.close()


@pytest.fixture
def ask() -> Ask:
    """Run a verb that must succeed; gives what it printed."""

    def asked(*args: str, input: str = "") -> str:
        result = CliRunner().invoke(cli, args, input=input, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    return asked


@pytest.fixture
def ask_json(ask: Ask) -> AskJson:
    """Run a verb with --json; gives the value it printed."""

    def asked(*args: str, input: str = "") -> Any:
        text = ask(*args, "--json", input=input)
        assert text.isascii()
        return json.loads(text)

    return asked


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the whole program, errors and all, as a shell would."""

    def ran(*args: str, input: str = "") -> Said:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["realist", *args])
            patch.setattr(sys, "stdin", io.StringIO(input))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as end:
                main()
        status = end.value.code or 0
        assert isinstance(status, int)
        said = Said(status, _text(out), _text(err))
        assert "Traceback" not in said.err
        return said

    return ran


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.detach()
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8")
