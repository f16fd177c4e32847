"""How quick synthesis is on a large review: every screen, the report of the theory, the supplement.

Run ``python benchmarks/synthesis.py [--review FILE]``. FILE is a review that invented_review made; without it
one is made (half a minute): 300 papers, 1,800 boxes, 40 mechanisms merged to 12, a theory in five versions.
Prints the time from the key that goes to a screen until it stands still, in a pseudo-terminal, beside a limit
of 150 ms, and CPU of the long reports. Exit status 1 over a limit.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import invented_review  # noqa: E402
from interface import ENV, REALIST, Limits  # noqa: E402
from terminal import Terminal  # noqa: E402

SCREEN, REPORT, SUPPLEMENT = 0.150, 3.0, 40.0
TIMES = 3
PLACES = {
    "b": b"Boxes", "m": b"Mechanisms", "t": b"Theory", "a": b"Consultations", "r": b"Patterns", "g": b"Grid",
    "f": b"Flow", "l": b"Log", "p": b"Papers",
}  # fmt: skip


def drawn(terminal: Terminal, keys: bytes) -> float:
    """Return the seconds from *keys* until what was written last before 400 ms of quiet."""
    began = time.perf_counter()
    terminal.type(keys)
    last = began
    while terminal.take(0.4):
        last = time.perf_counter()
    return last - began


def screens(limits: Limits, review: str) -> None:
    """Time going to each place, and a step down in it."""
    print(f"From a key until the screen stands, median of {TIMES}, 100 x 30")
    with Terminal([*REALIST, "--db", review], env=ENV, columns=100, rows=30) as terminal:
        terminal.until(b"Home", 30)
        terminal.rest(1.0)
        for letter, name in PLACES.items():
            times, steps = [], []
            for _ in range(TIMES):
                times.append(drawn(terminal, b"g" + letter.encode()))
                steps.append(drawn(terminal, b"j"))
                drawn(terminal, b"gh")
            print(f"  {name.decode()}: the first time {times[0]:.3f} s, a step {steps[0]:.3f} s")
            limits.say(f"{name.decode()}", statistics.median(times), SCREEN)
            limits.say(f"{name.decode()}: a step down", statistics.median(steps), SCREEN)


def verbs(limits: Limits, review: str, folder: Path) -> None:
    """Time the long verbs, from start to exit."""
    asked = (
        ("report theory", ["report", "theory", str(folder / "t.txt")], REPORT),
        ("export all", ["export", "all", str(folder / "all"), "--no-archive"], SUPPLEMENT),
    )
    for name, args, limit in asked:
        began = time.perf_counter()
        subprocess.run(
            [*REALIST, "--db", review, "--as", "SS", *args], check=True, capture_output=True, cwd=ROOT
        )
        limits.say(name, time.perf_counter() - began, limit)


def main() -> int:
    """Measure; return 1 over a limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--review")
    limits = Limits()
    with tempfile.TemporaryDirectory() as folder:
        review = parser.parse_args().review
        if review is None:
            review = str(Path(folder) / "large.realist")
            invented_review.build(review)
        screens(limits, review)
        verbs(limits, review, Path(folder))
    return int(limits.broken > 0)


if __name__ == "__main__":
    sys.exit(main())
