"""How long a whole import takes, how much memory, and whether others can go on deciding meanwhile.

Run ``python benchmarks/whole_import.py [--records N] [--runs N] [--format F]``. Importing (raw records,
papers, act, index) is compared by CPU seconds with a peer merely parsing the same invented file (rispy, nbib,
bibtexparser), both as whole processes, in turn; the medians, their ratio and the memory are printed with the
limits. Then a RIS file is imported while another process decides on a paper every 50 ms: its longest wait and
its failures are printed. Exit status 1 over a limit.
"""

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

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from importing.invented import write_bibtex, write_nbib, write_ris  # noqa: E402

MEMORY_LIMIT = 200.0
WAIT_LIMIT = 1.0

PEERS: dict[str, tuple[Callable[[Path, int], None], str, str, float]] = {
    "ris": (
        write_ris, "rispy",
        "import rispy, sys\nwith open(sys.argv[1], encoding='utf-8') as f: print(len(rispy.load(f)))", 4.0,
    ),
    "nbib": (write_nbib, "nbib", "import nbib, sys\nprint(len(nbib.read_file(sys.argv[1])))", 0.6),
    "bibtex": (
        write_bibtex, "bibtexparser",
        "import bibtexparser, sys\n"
        "with open(sys.argv[1], encoding='utf-8') as f: text = f.read()\n"
        "print(len(bibtexparser.parse_string(text).blocks))",
        2.5,
    ),
}  # fmt: skip
"""By format: what writes a file, the peer, the program by which it parses, and the most we may take of it."""
IMPORT = """
import resource, sys
from realist.services.importing import Origin, import_file
from realist.services.sweeping import index_imports
from realist.services.keeping import open_review
from realist.services.unit import Desk
store = open_review(sys.argv[2])
report = import_file(Desk(store, "SF"), sys.argv[1], Origin())
index_imports(store)
store.close()
print(report.records, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
DECIDE = """
import sys, time
from realist.errors import RealistError
from realist.services.keeping import open_review
from realist.services.screening import decide
from realist.services.unit import Desk
from realist.vocabulary import Verdict
store = open_review(sys.argv[1])
desk, waits, failed = Desk(store, "SS"), [], 0
print("ready", flush=True)
import select
while not select.select([sys.stdin], [], [], 0)[0]:
    began = time.perf_counter()
    try:
        decide(desk, "Klinga (2016)", Verdict.INCLUDE, round_="full text")
    except RealistError as error:
        failed += 1
    waits.append(time.perf_counter() - began)
    time.sleep(0.05)
print(len(waits), failed, max(waits), sorted(waits)[len(waits) // 2])
"""


def cpu_of(code: str, *args: str) -> tuple[float, str]:
    """Return the CPU seconds, user and system, of a Python process that runs *code*, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", code, *args], check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def new_review(path: Path) -> str:
    """Make a review with one paper in a round at *path*."""
    from realist.services import papers, plan, screening
    from realist.services.unit import Desk
    from realist.store.engine import open_store
    from realist.store.migrate import create
    from realist.vocabulary import RoundKind

    create(str(path))
    store = open_store(str(path))
    desk = Desk(store, "SS")
    plan.create_review(desk, title="Benchmark")
    plan.add_stage(desk, "1")
    papers.add_paper(desk, label="Klinga (2016)")
    screening.add_round(desk, "full text", stage="1", kind=RoundKind.FULL_TEXT)
    screening.enter(desk, "full text", ["Klinga (2016)"])
    store.close()
    return str(path)


def ratio(folder: Path, name: str, records: int, runs: int) -> bool:
    """Print CPU of import and peer, their ratio and our memory; return whether they are within the limits."""
    write, peer_name, program, limit = PEERS[name]
    file = folder / f"records.{name}"
    write(file, records)
    ours, peer, memory = [], [], 0.0
    for run in range(runs):
        peer.append(cpu_of(program, str(file))[0])
        review = folder / f"{run}.realist"
        spent, said = cpu_of(IMPORT, str(file), new_review(review))
        review.unlink()
        ours.append(spent)
        read, peak = said.split()
        if int(read) != records:
            raise SystemExit(f"{read} of {records} records were imported")
        memory = max(memory, float(peak))
    found = statistics.median(ours) / statistics.median(peer)
    print(
        f"{name}: {records:,} records, {file.stat().st_size / 1e6:.0f} MB, {runs} runs in turn, median CPU s"
    )
    print(f"  {peer_name} parses {statistics.median(peer):6.2f}   import {statistics.median(ours):6.2f}")
    print(f"  ratio {found:.2f} (limit {limit}), memory {memory:.0f} MB (limit {MEMORY_LIMIT:.0f})")
    file.unlink()
    return found <= limit and memory <= MEMORY_LIMIT


def alongside(folder: Path, records: int) -> bool:
    """Import a large file while another process decides; print its waits and the memory."""
    file, review = folder / "large.ris", new_review(folder / "large.realist")
    write_ris(file, records)
    other = subprocess.Popen(
        [sys.executable, "-c", DECIDE, review],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert other.stdout is not None
    other.stdout.readline()
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", IMPORT, str(file), review],
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - began
    decided, failed, longest, middle = other.communicate("stop\n")[0].split()
    read, memory = done.stdout.split()
    print(
        f"{int(read):,} records in {seconds:.1f} s, peak memory {float(memory):.0f} MB"
        f" (limit {MEMORY_LIMIT:.0f})"
    )
    print(f"  meanwhile {decided} decisions, {failed} failed, longest wait {float(longest):.2f} s", end="")
    print(f" (limit {WAIT_LIMIT}), middle {float(middle) * 1000:.0f} ms")
    return float(memory) <= MEMORY_LIMIT and int(failed) == 0 and float(longest) <= WAIT_LIMIT


def main() -> None:
    """Run both and exit with 1 where a limit was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--format", choices=PEERS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        names = [options.format] if options.format else list(PEERS)
        kept = [ratio(Path(folder), name, options.records, options.runs) for name in names]
        if not options.format:
            kept.append(alongside(Path(folder), options.records))
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
