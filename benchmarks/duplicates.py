"""How well and how fast duplicates are found, against labelled data, limits and peers.

Run ``python benchmarks/duplicates.py [--data FOLDER] [--records N] [--quick]``. FOLDER holds labelled
sets (``records.csv``, ``duplicates.csv``), ``edge_cases``, ``score.py`` and ``make_scale.py``; without it a
sentence says so and nothing is measured. Printed are:

* false and missed joins of each set at each setting; how many pairs a person is asked about, how many that
  may be, and how many of the missed pairs are among them; single hard cases;
* the same sets with the threshold chosen on the other sets alone;
* in processes of their own, on invented records, CPU seconds and peak memory of finding all duplicates, and
  of finding those of 1,000 new records among the rest;
* what peers make of the same 10,000 invented records and of the labelled sets. Each has an environment of
  its own in ``.venv-peers``, built at the first run; one that cannot be installed is named.

Exit status 1 where a limit is broken. An aim that is not reached is only said.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.dedupe import peers  # noqa: E402
from benchmarks.dedupe.accuracy import Accuracy  # noqa: E402
from benchmarks.dedupe.labelled import Scored, rate, read_records, read_truth, scorer  # noqa: E402
from realist.domain.duplicates import find  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "dedupe"

SPEED = {10_000: (2.0, 150.0, 0.8), 100_000: (15.0, 500.0, 6.0)}
"""By number of records: CPU seconds and MB that are the limit, CPU seconds aimed at."""

NEW_MUST, NEW_AIM = 2.0, 0.5
RATIO_MUST, RATIO_AIM = 50, 200
"""How many times ours the CPU seconds of the first peer are, on the same records."""

CHILD = """
import resource, sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
from benchmarks.dedupe.labelled import read_records
from realist.domain.duplicates import find, find_new, row_of
records = read_records(Path(sys.argv[1]))
new = int(sys.argv[2])
if new:
    old = {{record.uid: record for record in records[new:]}}
    rows = [(record.uid, row_of(record)) for record in old.values()]
    began = time.process_time()
    result = find_new(records[:new], rows, lambda uids: [old[uid] for uid in uids])
else:
    began = time.process_time()
    result = find(records)
seconds = time.process_time() - began
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(result.clusters))
"""


class Cost(NamedTuple):
    """CPU seconds, peak MB and clusters of a process that finds duplicates."""

    seconds: float
    memory: float
    clusters: int


def measure(folder: Path, new: int = 0) -> Cost:
    """Return what finding all duplicates in a folder costs; with *new*, those of so many among the rest."""
    code = CHILD.format(root=str(ROOT))
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(new)], check=True, capture_output=True, text=True
    )
    seconds, memory, clusters = done.stdout.split()
    return Cost(float(seconds), float(memory), int(clusters))


def make(data: Path, size: int, folder: Path) -> None:
    """Write an invented set of *size* records into *folder*."""
    command = [sys.executable, str(data / "make_scale.py"), str(folder), "--records", str(size)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def speed(folder: Path, size: int) -> bool:
    """Print CPU and memory for an invented set; return whether the limits were kept."""
    must, most, aim = SPEED.get(size, (size * 15e-5, 150 + size * 35e-4, size * 6e-5))
    cost = measure(folder)
    print(
        f"{size:,} records: {cost.seconds:.2f} s CPU (limit {must:g}, aim {aim:g}), {cost.memory:.0f} MB"
        f" (limit {most:.0f}), {cost.clusters:,} clusters{verdict(cost.seconds, must, aim)}"
    )
    kept = cost.seconds <= must and cost.memory <= most
    if size >= 100_000:
        cost = measure(folder, 1000)
        print(
            f"1,000 new against {size - 1000:,} old: {cost.seconds:.2f} s CPU (limit {NEW_MUST:g}, aim"
            f" {NEW_AIM:g}), {cost.clusters:,} clusters{verdict(cost.seconds, NEW_MUST, NEW_AIM)}"
        )
        kept &= cost.seconds <= NEW_MUST
    return kept


def verdict(figure: float, must: float, aim: float) -> str:
    """Return what to print after a figure that should be low, ``""`` if its aim is reached."""
    return "" if figure <= aim else ", limit broken" if figure > must else ", aim not reached"


def beside_peers(data: Path, folder: Path, ours: dict[str, Scored]) -> bool:
    """Print what peers make of labelled sets and an invented one; return whether we are fast enough."""
    records, truth = read_records(folder), read_truth(folder)
    print("peers: papers lost / copies left, and ours; CPU seconds")
    kept = True
    for peer in peers.PEERS:
        python = peers.built(peer)
        if python is None:
            print(f"{peer} could not be installed, so nothing was compared with it.")
            continue
        for name, scored in ours.items():
            told(peer, name, peers.asked(python, peer, data / name), scored)
        before = measure(folder)
        answer = peers.asked(python, peer, folder)
        cost = min(before, measure(folder))
        told(peer, "invented", answer, rate(scorer(data), records, truth, find(records)))
        if answer is not None:
            kept &= compared(peer, answer, cost) or peer != peers.PEERS[0]
    return kept


def told(peer: str, name: str, answer: peers.Answer | None, ours: Scored) -> None:
    """Print what a peer makes of a set."""
    if answer is None:
        print(f"{peer} fails with {name}.")
    else:
        print(
            f"{peer:19} {name:19} {answer.false} / {answer.missed}, ours {ours.false} / {ours.missed};"
            f" {answer.seconds:.1f} s"
        )


def compared(peer: str, answer: peers.Answer, cost: Cost) -> bool:
    """Print what a peer and we need for the same records; return whether the limit for the first is kept."""
    times = answer.seconds / cost.seconds
    text = f"{peer}: {answer.seconds:.1f} s, {answer.memory:.0f} MB; ours: {cost.seconds:.2f} s,"
    text += f" {cost.memory:.0f} MB"
    if peer == peers.PEERS[0]:
        text += f": {times:.0f} times less CPU (limit {RATIO_MUST}, aim {RATIO_AIM})"
        text += verdict(-times, -RATIO_MUST, -RATIO_AIM)
    print(text)
    return times >= RATIO_MUST


def main() -> None:
    """Measure all and exit with 1 where a limit was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--records", type=int, default=100_000, help="the larger of the two invented sets")
    parser.add_argument("--quick", action="store_true", help="leave out the larger invented set and peers")
    options = parser.parse_args()
    if not (options.data / "score.py").exists():
        print("The labelled data are not here: nothing was measured.")
        return
    accuracy = Accuracy(options.data)
    kept = [accuracy.run()]
    with tempfile.TemporaryDirectory() as home:
        for size in [10_000] if options.quick else [10_000, options.records]:
            make(options.data, size, Path(home) / str(size))
            kept.append(speed(Path(home) / str(size), size))
        if not options.quick:
            kept.append(beside_peers(options.data, Path(home) / "10000", accuracy.balanced))
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
