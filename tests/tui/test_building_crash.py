"""Typing a box while the program is killed: at most what was typed in the last second is gone."""

from __future__ import annotations

import random
import signal
import sys
import time
from pathlib import Path

import pytest

from benchmarks.terminal import Terminal
from realist.services import attaching, papers
from realist.services.drafts import drafts
from realist.services.keeping import check, open_review
from realist.services.unit import Desk
from tests.tui.screeners import ROOT

pytestmark = pytest.mark.slow
KILLS = 8
WORDS = b"they felt heard by those who came to them and so they came again the week after that one "


def test_at_most_the_last_second_of_typing_is_lost(file_desk: Desk, tmp_path: Path) -> None:
    papers.add_paper(file_desk, label="Ash (2001)")
    (tmp_path / "ash.txt").write_text("Peers met each week. The firm lent a room.", encoding="utf-8")
    attaching.attach(file_desk, "Ash (2001)", tmp_path / "ash.txt")
    address = file_desk.store.address
    file_desk.store.close()
    env = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "PYTHONPATH": str(ROOT)}
    chance, kept = random.Random(7), b""
    for _ in range(KILLS):
        command = [sys.executable, "-m", "realist", "--db", address, "--as", "SF"]
        with Terminal(command, cwd=tmp_path, env=env) as terminal:
            terminal.until(b"Home", 60)
            terminal.rest(0.5)
            for keys in (b"gp", b"\r", b"r", b"s", b"c"):
                terminal.type(keys)
                terminal.rest(0.5)
            typed: list[tuple[float, int]] = []
            ends = time.perf_counter() + chance.uniform(1.2, 3.0)
            whole = kept
            while time.perf_counter() < ends:
                letter = WORDS[len(whole) % len(WORDS) :][:1]
                terminal.type(letter)
                whole += letter
                typed.append((time.perf_counter(), len(whole)))
                terminal.take(0.04)
            terminal.kill(signal.SIGKILL)
            now = time.perf_counter()
        store = open_review(address)
        assert check(store) == []
        with store.read() as connection:
            (draft,) = drafts(connection, "SF")
        store.close()
        there = draft.values["words"].encode()
        older = max((length for at, length in typed if at < now - 1), default=len(kept))
        assert whole.startswith(there.rstrip())
        assert len(there) >= older
        kept = there
    assert kept
