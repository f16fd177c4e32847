"""Several people who screen one pile at once, each a process of their own; and one who is killed."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.terminal import Terminal

ROOT = Path(__file__).parents[2]
SCREEN = "import sys; from tui.run import run; run(sys.argv[1], 'SF', 'screening', '')"


def screen_together(
    address: str, people: Sequence[str], decisions: int, every: float
) -> dict[str, list[float]]:
    """Have people screen at once; return how long each waited for each of their decisions."""
    command = [sys.executable, "-m", "tests.tui.screener", address]
    processes = [
        subprocess.Popen(
            [*command, initials, str(decisions), str(every)], cwd=ROOT, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        )
        for initials in people
    ]  # fmt: skip
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    found = {}
    for initials, process in zip(people, processes, strict=True):
        said, _ = process.communicate(timeout=600)
        assert process.returncode == 0
        found[initials] = [float(wait) for wait in json.loads(said)]
    return found


class Killed:
    """A person who screens in a terminal, paper after paper, until the program is killed.

    ``sent`` counts the keys; ``seen`` is the number of the last paper that came on the screen.
    """

    def __init__(self, address: str, folder: Path, first: int) -> None:
        self.sent, self.seen = 0, first
        env = {"XDG_CONFIG_HOME": str(folder / "config"), "PYTHONPATH": str(ROOT), "TEXTUAL_FPS": "120"}
        self.terminal = Terminal([sys.executable, "-c", SCREEN, address], cwd=folder, env=env)
        self.terminal.until(_name(first), 60)

    def work(self, seconds: float) -> None:
        """Decide on each paper as soon as it is there; then be killed."""
        ends = time.perf_counter() + seconds
        while True:
            at = len(self.terminal.written)
            self.terminal.type(b"y")
            self.sent += 1
            while _name(self.seen + 1) not in self.terminal.written[at:]:
                if time.perf_counter() > ends:
                    self.terminal.kill(signal.SIGKILL)
                    while self.terminal.take(0.05):
                        pass
                    self.seen += _name(self.seen + 1) in self.terminal.written[at:]
                    return
                self.terminal.take(0.002)
            self.seen += 1


def _name(number: int) -> bytes:
    return f"#{number} A{number} (".encode()


def moment(chance: random.Random) -> float:
    """Return after how many seconds to kill: uniformly random, some twenty papers long at most."""
    return chance.uniform(0.0, 0.4)
