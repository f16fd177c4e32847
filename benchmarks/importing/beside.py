"""One reader of ours beside another program's, each run in a process of its own."""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
Read = Callable[[Path], int]


class Beside(NamedTuple):
    """What is compared: how a file is written and called, the peer, and the most we may take of it.

    ``limit`` is of CPU time, as a share of the peer's; ``memory`` in MB.
    """

    write: Callable[[Path, int], None]
    suffix: str
    peer_name: str
    peer: Read
    limit: float
    memory: float
    records: int


def read_ours(path: Path) -> int:
    """Read and map the file; return the number of records."""
    from realist.formats.door import open_export

    return sum(1 for item in open_export(path) if type(item) is tuple)


def run(what: Beside, script: str, told: str | None) -> int:
    """Measure, print, and return 1 if a limit is passed. *script* was called, *told* is its help."""
    parser = argparse.ArgumentParser(description=told)
    parser.add_argument("--records", type=int, default=what.records)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    readers: dict[str, Read] = {"realist": read_ours, what.peer_name: what.peer}
    if options.child:
        _child(readers[options.child[0]], Path(options.child[1]))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"records{what.suffix}")
        what.write(path.with_suffix(".warm"), 50)
        what.write(path, options.records)
        print(f"{options.records:,} records, {path.stat().st_size / 1e6:.1f} MB, {options.runs} runs each")
        runs: dict[str, list[float]] = {name: [] for name in readers}
        for _ in range(options.runs):
            for name, spent in runs.items():
                spent.append(_measured(script, name, path, options.records)[0])
        medians = {name: statistics.median(spent) for name, spent in runs.items()}
        for name, spent in runs.items():
            print(f"{name:12} {medians[name]:6.2f} s CPU (from {min(spent):.2f} to {max(spent):.2f})")
        ratio = medians["realist"] / medians[what.peer_name]
        print(f"ratio        {ratio:6.2f} (limit {what.limit})")
        what.write(path, 5 * options.records)
        memory = _measured(script, "realist", path, 5 * options.records)[1]
        print(f"memory       {memory:6.1f} MB at {5 * options.records:,} records (limit {what.memory:.0f})")
    return int(ratio > what.limit or memory > what.memory)


def _child(read: Read, path: Path) -> None:
    """Run one reader in this process; print records, CPU seconds of reading, and peak memory in MB."""
    read(path.with_suffix(".warm"))
    began = time.process_time()
    count = read(path)
    spent = time.process_time() - began
    print(count, spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _measured(script: str, name: str, path: Path, expected: int) -> tuple[float, float]:
    """Return CPU seconds and peak memory in MB of one run in a process of its own."""
    command = [sys.executable, script, "--child", name, str(path)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    if int(output[0]) != expected:
        raise SystemExit(f"{name} read {output[0]} of {expected} records")
    return float(output[1]), float(output[2])
