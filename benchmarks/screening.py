"""How fast one screens, in a real (pseudo-)terminal, and whether anything is ever lost.

Run ``python benchmarks/screening.py [--review FILE] [--keys N] [--kills N]``. Over a pile of 100,000 papers
with abstracts of 250 words, forty marked terms and five patterns among them, a scripted person presses N keys
at 5, 50 and 95 % of the pile: the time from a key until the next abstract is painted is printed beside a bare
Textual program that shows another text of that length, with as many marks, at each key, pressed in turn. Then
the program is killed at random moments while somebody screens, and two people screen one file at once (twenty
one server, where REALIST_TEST_POSTGRES names one). FILE is a pile that was built before; without it one is
made. Exit status 1 over a limit, or where a decision is missing or stored twice.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from invented_pile import ROUND, build, decide_up_to  # noqa: E402
from terminal import Terminal  # noqa: E402

from tests.conftest import own_schema  # noqa: E402
from tests.tui.screeners import Killed, moment, screen_together  # noqa: E402

PAPERS = 100_000
SHARES = (0.05, 0.50, 0.95)
LIMITS = {"p50": 16.0, "p95": 25.0, "p99": 80.0}
RATIO, WAIT = 1.5, 100.0
SIZE = {"columns": 120, "rows": 40}
SCREEN = "import sys; from tui.run import run; run(sys.argv[1], 'SS', 'screening', sys.argv[2])"
BARE = [sys.executable, str(ROOT / "benchmarks" / "bare.py"), "text", "1"]
THINK = 0.03  # seconds between an abstract and the key: nobody is as fast
PACE = (500, 0.05)
"""How many decisions each of several people makes, and how often."""


class Limits:
    """What was measured against its limit, in milliseconds or as a ratio."""

    def __init__(self) -> None:
        self.broken = 0

    def say(self, what: str, found: float, limit: float, unit: str = "ms") -> None:
        """Print a figure beside its limit."""
        over = found > limit
        self.broken += over
        print(f"  {what:<44} {found:8.1f} {unit}  (limit {limit:g} {unit}){'  OVER' if over else ''}")

    def must(self, what: str, holds: bool) -> None:
        """Print whether something holds that has to."""
        self.broken += not holds
        print(f"  {what}: {'yes' if holds else 'NO'}")


def at(waits: list[float], share: float) -> float:
    """Return the milliseconds within which a share of all waits ended."""
    return sorted(waits)[min(int(len(waits) * share), len(waits) - 1)] * 1000


def press(terminal: Terminal, key: bytes, words: bytes) -> float:
    """Press a key; return the seconds until *words* are written. What was written before is forgotten."""
    terminal.written = b""
    began = time.perf_counter()
    terminal.type(key)
    while words not in terminal.written:
        terminal.take(0.005)
        if time.perf_counter() - began > 30:
            raise TimeoutError(f"{words!r} was not written: {terminal.written[-300:]!r}")
    return time.perf_counter() - began


def cpu(terminal: Terminal) -> float:
    """Return the CPU seconds a program used."""
    tasks = Path(f"/proc/{terminal.pid}/task")
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9


def decisions(path: Path) -> list[int]:
    """Return the numbers of the papers decided on, in order, as often as they were."""
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT p.number FROM decision d JOIN entry e ON e.uid = d.entry JOIN paper p ON p.uid = e.paper"
        " ORDER BY p.number"
    ).fetchall()
    connection.close()
    return [number for (number,) in rows]


def pace(limits: Limits, path: Path, share: float, keys: int) -> None:
    """Time keys from a share of the pile on."""
    first = int(PAPERS * share) + 1
    decide_up_to(str(path), first - 1)
    before = len(decisions(path))
    env = {"TEXTUAL_FPS": "120", "PYTHONPATH": str(ROOT)}
    mine, peers = list[float](), list[float]()
    chance = random.Random(3)
    with (
        Terminal([sys.executable, "-c", SCREEN, str(path), ROUND], env=env, **SIZE) as ours,
        Terminal(BARE, env=env, **SIZE) as bare,
    ):
        ours.until(f"End{first}.".encode(), 120)
        opened = time.perf_counter() - ours.began
        ours.rest(3.0)
        bare.rest(0.5)
        used = cpu(ours)
        for place in range(keys):
            key = chance.choice([b"y", b"n", b"n", b"n", b"m", b"1", b"2", b"3"])
            mine.append(press(ours, key, f"End{first + place + 1}.".encode()))
            time.sleep(THINK / 2)
            peers.append(press(bare, b"y", f"End{place + 2}.".encode()))
            time.sleep(THINK / 2)
        used = cpu(ours) - used
        ours.type(b"\x11")
        ours.end(20)
    load = f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"At {share:.0%} of {PAPERS:,} papers: {keys:,} keys; {load}")
    print(f"  {'opened in':<44} {opened * 1000:8.0f} ms")
    print(f"  {'CPU a key, with all that is read ahead':<44} {used / keys * 1000:8.1f} ms")
    for name, limit in LIMITS.items():
        found, peer = (at(waits, int(name[1:]) / 100) for waits in (mine, peers))
        limits.say(f"key to next abstract, {name}; bare {peer:.1f} ms", found, limit)
        if name == "p50":
            limits.say("the same over the bare program", found / peer, RATIO, "x")
    stored = decisions(path)
    limits.must(
        "decisions stored = keys sent, none twice",
        len(stored) - before == keys and len(set(stored)) == len(stored),
    )


def kills(limits: Limits, folder: Path, count: int) -> None:
    """Kill the program while somebody screens, again and again on one file."""
    from tests.tui.piles import small_pile

    path = folder / "killed.realist"
    small_pile(path, 40 * count + 50)
    chance, done, lost, twice = random.Random(9), 0, 0, 0
    for _ in range(count):
        person = Killed(str(path), folder, done + 1)
        person.work(moment(chance))
        stored = decisions(path)
        lost += len(set(range(1, person.seen)) - set(stored))
        twice += len(stored) - len(set(stored))
        done = len(set(stored))
    print(f"Killed {count} times at random moments, {done:,} decisions")
    limits.must("every decision that was shown as taken is there", lost == 0)
    limits.must("none is there twice", twice == 0)


def together(limits: Limits, address: str, people: list[str], each: int, every_seconds: float) -> None:
    """Have people screen one pile at once."""
    waits = screen_together(address, people, each, every_seconds)
    every = [wait for found in waits.values() for wait in found]
    where = "one server" if "://" in address else "one file"
    print(f"{len(people)} people on {where}, {each} decisions each, one every {every_seconds * 1000:.0f} ms")
    print(f"  {'median and 99th of a hundred waits':<44} {at(every, 0.5):8.1f} ms, {at(every, 0.99):.1f} ms")
    limits.say("the longest wait of anybody", max(every) * 1000, WAIT)
    limits.must("all decisions are there", Counter(map(len, waits.values())) == {each: len(people)})


def main() -> None:
    """Run all and exit with 1 where a limit was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--review", type=Path)
    parser.add_argument("--keys", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=100)
    options = parser.parse_args()
    limits = Limits()
    os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "pile.realist"
        if options.review is None:
            build(str(path), PAPERS)
        else:
            path.write_bytes(options.review.read_bytes())
        for share in SHARES:
            pace(limits, path, share, options.keys)
        path.unlink()
        kills(limits, folder, options.kills)
        two = folder / "two.realist"
        build(str(two), PACE[0] + 10, readers=2)
        together(limits, str(two), ["AB", "CD"], *PACE)
        if os.environ.get("REALIST_TEST_POSTGRES"):
            from realist.store.migrate import create

            people = [f"P{number}" for number in range(1, 21)]
            for server in own_schema(f"realist_bench_{os.getpid()}", how=""):
                create(server)
                build(server, PACE[0] + 10, readers=20)
                together(limits, server, people, *PACE)
    sys.exit(1 if limits.broken else 0)


if __name__ == "__main__":
    main()
