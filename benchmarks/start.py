"""What `realist --help` costs beside importing click, as whole processes in turn.

Run ``python benchmarks/start.py``. Prints the median CPU seconds of both and their ratio with the limit.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from pathlib import Path

RUNS = 21
LIMIT = 1.5
ROOT = Path(__file__).resolve().parents[1]
PEER = [sys.executable, "-c", "import click"]
OURS = [sys.executable, "-c", "from realist.cli.main import main; main()", "--help"]


def cpu(command: list[str]) -> float:
    """Return the CPU seconds, user and system, of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the figures; exit with 1 over the limit."""
    cpu(PEER), cpu(OURS)
    pairs = [(cpu(OURS), cpu(PEER)) for _ in range(RUNS)]
    ours, peer = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"realist --help {ours * 1000:.0f} ms, import click {peer * 1000:.0f} ms, CPU, {RUNS} runs in turn")
    print(f"  ratio {ours / peer:.2f} (limit {LIMIT})")
    sys.exit(0 if ours / peer <= LIMIT else 1)


if __name__ == "__main__":
    main()
