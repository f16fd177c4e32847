"""Typing a box while the program is killed: at most what was typed in the last second is gone."""

from __future__ import annotations

import random
import re
import signal
import sqlite3
import sys
from pathlib import Path
from time import perf_counter

import pytest

from benchmarks.terminal import Terminal
from realist.services import attaching, papers
from realist.services.drafts import drafts
from realist.services.keeping import check, open_review
from realist.services.unit import Desk
from tests.tui.screeners import ROOT

pytestmark = pytest.mark.slow
KILLS = 8
PATIENCE = 60.0
STEPS = (
    (b"gp", "Papers · 1".encode()),
    (b"\r", b"No box yet"),
    (b"r", b"Peers met each week."),
    (b"s", b"4 words selected"),
    (b"c", b"In your own words"),
)
"""What is pressed on the way to the form, and what shows that it was done."""
_CODES = re.compile(rb"\x1b\[[0-9;?<>=]*[a-zA-Z]")


class Typist:
    """Types words of which no two are alike, and notes when each letter was pressed and when it was seen."""

    def __init__(self, terminal: Terminal, before: bytes, peer: sqlite3.Connection) -> None:
        self.terminal, self.whole, self.peer = terminal, before, peer
        self.begins = len(terminal.written)
        self.pressed: dict[int, float] = {}
        self.seen: dict[int, float] = {}
        self.write = 0.0

    def type(self) -> None:
        """Type the next letter; look at what is shown meanwhile."""
        number, place = divmod(len(self.whole), 6)
        self.whole += (b"w%04d " % number)[place : place + 1]
        self.terminal.type(self.whole[-1:])
        if not self.whole.endswith(b" "):  # a blank cannot be told from what is empty
            self.pressed[len(self.whole)] = perf_counter()
        self.terminal.take(0.04)
        self._look()
        self._write()

    def _look(self) -> None:
        now, shown = perf_counter(), _CODES.sub(b"", self.terminal.written[self.begins :])
        for length in self.pressed.keys() - self.seen.keys():
            if self.whole[:length][-10:] in shown:
                self.seen[length] = now

    def _write(self) -> None:
        """Write a row, as a program beside it does: how long a write takes here at its worst."""
        began = perf_counter()
        with self.peer:
            self.peer.execute("INSERT INTO peer VALUES (?)", (self.whole,))
        self.write = max(self.write, perf_counter() - began)

    def limit(self, now: float) -> float:
        """Return a second, and what a key and a write waited at the worst while the machine was busy."""
        return (
            1.0
            + max((self.seen.get(at, now) - then for at, then in self.pressed.items()), default=0.0)
            + self.write
        )

    def older(self, now: float) -> int:
        """Return how much had been seen for longer than the limit."""
        limit = self.limit(now)
        return max((length for length, at in self.seen.items() if at < now - limit), default=0)


def until(terminal: Terminal, shows: bytes, after: int = 0) -> None:
    """Wait until some words are shown, however they are coloured, behind the first *after* bytes."""
    gives_up = perf_counter() + PATIENCE
    while shows not in (text := _CODES.sub(b"", terminal.written[after:])):
        assert perf_counter() < gives_up, f"{shows!r} was not shown: {text[-800:]!r}"
        terminal.take(0.05)


def typed_until_killed(terminal: Terminal, kept: bytes, peer: sqlite3.Connection, more: float) -> Typist:
    """Open the form, type until *more* seconds after something has to be kept, and kill the program."""
    until(terminal, b"Lately")
    for keys, shows in STEPS:
        after = len(terminal.written)
        terminal.type(keys)
        until(terminal, shows, after)
    if kept:
        until(terminal, kept[:5])  # a long draft may push the sentence that says so out of view
    typist, gives_up = Typist(terminal, kept, peer), perf_counter() + PATIENCE
    typist.type()
    while not typist.older(perf_counter() - more):
        assert perf_counter() < gives_up, "What was typed was not shown."
        typist.type()
    return typist


def test_at_most_the_last_second_of_typing_is_lost(file_desk: Desk, tmp_path: Path) -> None:
    papers.add_paper(file_desk, label="Ash (2001)")
    (tmp_path / "ash.txt").write_text("Peers met each week. The firm lent a room.", encoding="utf-8")
    attaching.attach(file_desk, "Ash (2001)", tmp_path / "ash.txt")
    address = file_desk.store.address
    file_desk.store.close()
    peer = sqlite3.connect(tmp_path / "peer.sqlite")
    peer.execute("CREATE TABLE peer (words BLOB)")
    env = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "PYTHONPATH": str(ROOT)}
    chance, kept = random.Random(7), b""
    command = [sys.executable, "-m", "realist", "--db", address, "--as", "SF"]
    for _ in range(KILLS):
        with Terminal(command, cwd=tmp_path, env=env) as terminal:
            typist = typed_until_killed(terminal, kept, peer, chance.uniform(0.0, 1.8))
            now = perf_counter()
            terminal.kill(signal.SIGKILL)
        older = typist.older(now)
        assert older > len(kept), "Nothing was seen for long enough to have to be kept."
        store = open_review(address)
        assert check(store) == []
        with store.read() as connection:
            (draft,) = drafts(connection, "SF")
        store.close()
        there = draft.values["words"].encode()
        assert typist.whole.startswith(there)
        assert len(there) >= older
        kept = there
    peer.close()
