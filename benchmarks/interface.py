"""How quick the interface is, in a real (pseudo-)terminal.

Run ``python benchmarks/interface.py [--review FILE]``. Prints the time to the first frame and to the first
content beside a bare Textual program; CPU of a key in a list of 100,000 papers beside the same key in a bare
list of strings; what the first screenful of a list, of a filter, and of a grid of 1,000 papers by 60
mechanisms cost. FILE is a review of 100,000 papers to use; without it one is made (about a minute).
Exit status 1 over a limit.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import evidence_grid  # noqa: E402
import whole_import  # noqa: E402
from importing.invented import write_ris  # noqa: E402
from terminal import Terminal  # noqa: E402

FIRST_FRAME, FIRST_CONTENT = 0.45, 0.85
KEY_RATIO, SCREENFUL, FILTER, GRID = 1.5, 0.100, 0.050, 0.400
RUNS, KEYS = 9, 60
REALIST = [sys.executable, "-m", "realist"]
BARE = [sys.executable, str(ROOT / "benchmarks" / "bare.py")]
ENV = {"REALIST_PERSON": "SS", "TEXTUAL_FPS": "120", "PYTHONPATH": str(ROOT)}


class Limits:
    """What was measured against its limit."""

    def __init__(self) -> None:
        self.broken = 0

    def say(self, what: str, found: float, limit: float, unit: str = "s") -> None:
        """Print a figure beside its limit."""
        over = found > limit
        self.broken += over
        print(f"  {what:<52} {found:7.3f} {unit}  (limit {limit} {unit}){'  OVER' if over else ''}")


def cpu(terminal: Terminal) -> float:
    """Return the CPU seconds a program used, by the scheduler's clock (nanoseconds)."""
    tasks = Path(f"/proc/{terminal.pid}/task")
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9


def start_up(limits: Limits, review: str, title: bytes, stage: bytes) -> None:
    """Time the first frame, the review's *title*, its *stage* counted; the bare program's frame beside."""
    frames, contents, counted, peers = [], [], [], []
    for _ in range(RUNS):
        with Terminal([*REALIST, "--db", review], env=ENV) as terminal:
            frames.append(terminal.until(b"Home"))
            contents.append(terminal.until(title))
            counted.append(terminal.until(stage))
        with Terminal([*BARE, "word"], env=ENV) as terminal:
            peers.append(terminal.until(b"Hello"))
    frame, whole, peer = map(statistics.median, (frames, contents, peers))
    print(f"Start, median of {RUNS}; a bare Textual program's first frame takes {peer:.3f} s")
    limits.say(f"first frame ({frame / peer:.2f} x the bare program's)", frame, FIRST_FRAME)
    limits.say("first content: what the review is called and asks", whole, FIRST_CONTENT)
    print(f"  {'everything on Home is counted':<52} {statistics.median(counted):7.3f} s")


def per_key(terminals: tuple[Terminal, Terminal], key: bytes) -> list[float]:
    """Return the median CPU seconds of one press of *key* in each, pressed in turn."""
    found: list[list[float]] = [[], []]
    for _ in range(KEYS):
        for terminal, seconds in zip(terminals, found, strict=True):
            before = cpu(terminal)
            terminal.type(key)
            terminal.rest(0.03)
            seconds.append(cpu(terminal) - before)
    return [statistics.median(seconds) for seconds in found]


def keys(limits: Limits, review: str) -> None:
    """CPU of keys in the list of papers and in the bare list."""
    names = {b"j": "down", b"\x1b[6~": "page down", b"\x1b[F": "end"}
    print(f"A key in a list of 100,000 papers, median CPU of {KEYS}; and in a bare list of strings")
    with (
        Terminal([*REALIST, "--db", review], env=ENV) as ours,
        Terminal([*BARE, "lines", "100000"], env=ENV) as bare,
    ):
        ours.until(b"Home")
        ours.rest(1.0)
        ours.type(b"gp")
        ours.rest(2.0)
        bare.rest(1.0)
        for key, name in names.items():
            back = b"\x1b[H" if name == "end" else b""
            mine, peer = per_key((ours, bare), key + back)
            limits.say(
                f"{name}: {mine * 1000:.1f} ms, bare {peer * 1000:.1f} ms", mine / peer, KEY_RATIO, "x"
            )


def screenfuls(limits: Limits, review: str) -> None:
    """CPU of what the list asks for first, without and with a filter, in one warm process."""
    code = f"""
import statistics, sys, time
sys.path.insert(0, {str(ROOT)!r})
from tui.gateway.door import Gateway
from tui.gateway import papers
gate = Gateway(person="SS")
gate.open({review!r})
def cost(words):
    found = []
    for _ in range(7):
        began = time.process_time()
        papers.first(gate, papers.Ask(words), 60)
        found.append(time.process_time() - began)
    return statistics.median(found)
cost("")
print(cost(""), *(cost(words) for words in ("tru", "the", "inv", "zzz")))
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    whole, *filtered = map(float, done.stdout.split())
    print("The first screenful of 100,000 papers, CPU, in a warm process")
    limits.say("the whole list", whole, SCREENFUL)
    for words, found in zip(("tru", "the", "inv", "zzz"), filtered, strict=True):
        limits.say(f"filtered by {words!r}", found, FILTER)


def typing(limits: Limits, review: str) -> None:
    """How long a typed letter takes to appear while filters are under way."""
    with Terminal([*REALIST, "--db", review], columns=100, env=ENV) as terminal:
        terminal.until(b"Home")
        terminal.rest(1.0)
        terminal.type(b"gp")
        terminal.rest(1.5)
        terminal.type(b"f")
        terminal.rest(0.3)
        waits = []
        for letter in b"trust and hope and vision of teams":
            before = len(terminal.written)
            began = time.perf_counter()
            terminal.type(bytes([letter]))
            while len(terminal.written) == before and time.perf_counter() - began < 2:
                terminal.take(0.005)
            waits.append(time.perf_counter() - began)
            time.sleep(0.06)
        waits.sort()
    print(
        f"A letter typed into the filter, each 60 ms: median {waits[len(waits) // 2] * 1000:.0f} ms to appear"
    )
    limits.say("the slowest of all but one in ten", waits[int(len(waits) * 0.9)], 0.1)


def grid(limits: Limits, folder: Path) -> None:
    """CPU from the key to the grid drawn."""
    evidence_grid.build(folder / "grid.realist").close()
    found = []
    for _ in range(5):
        with Terminal(
            [*REALIST, "--db", str(folder / "grid.realist")], columns=120, rows=40, env=ENV
        ) as terminal:
            terminal.until(b"Home")
            terminal.rest(2.5)
            start, before = len(terminal.written), cpu(terminal)
            terminal.type(b"gg")
            terminal.until(b"Author (1)", after=start)
            found.append(cpu(terminal) - before)
    print("A grid of 1,000 papers by 60 mechanisms, CPU from the keys to what is drawn, median of 5")
    limits.say("opens", statistics.median(found), GRID)


def main() -> None:
    """Run all and exit with 1 where a limit was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--review", type=Path)
    options = parser.parse_args()
    limits = Limits()
    os.environ.setdefault("XDG_CONFIG_HOME", tempfile.mkdtemp())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = folder / "leadership.realist"
        subprocess.run([*REALIST, "sample", "leadership", str(small)], check=True, stdout=subprocess.DEVNULL)
        start_up(limits, str(small), b"What does success look like", b"Stage 1a")
        grid(limits, folder)
        large = str(options.review or folder / "large.realist")
        if options.review is None:
            write_ris(folder / "large.ris", 100_000)
            whole_import.new_review(Path(large))
            code = [sys.executable, "-c", whole_import.IMPORT, str(folder / "large.ris"), large]
            subprocess.run(code, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        keys(limits, large)
        screenfuls(limits, large)
        typing(limits, large)
    sys.exit(1 if limits.broken else 0)


if __name__ == "__main__":
    main()
