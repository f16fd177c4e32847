"""How long an archive takes, there and back, and how much memory, beside copying the file of the review.

Run ``python benchmarks/archive.py [--records N] [--runs N]``. A review of N invented records (20,000) is
imported and made ready once. Then, each as a process of its own and in turn: the file is copied by SQLite
(`realist backup` without its checks), its archive is written, and the archive is made a review again. Printed
are the medians of CPU seconds, user and system, their ratio to the copy, the most memory, and the sizes. Of
the archive and of the review that came of it, a second archive has to be equal byte for byte. Exit status 1
over a limit.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from importing.invented import write_ris  # noqa: E402

MEMORY_LIMIT = 200.0
RATIO_LIMITS = {"write the archive": 40.0, "read it back": 50.0}
_PEAK = "import resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
COPY = f"""
import sqlite3, sys
source, copy = sqlite3.connect(sys.argv[1]), sqlite3.connect(sys.argv[2])
source.backup(copy, pages=2000)
copy.close()
{_PEAK}
"""
WRITE = f"""
import sys
from pathlib import Path
from realist.exports.archive import write_archive
from realist.services.keeping import open_review
store = open_review(sys.argv[1])
write_archive(store, Path(sys.argv[2]), viewer="SF")
store.close()
{_PEAK}
"""
READ = f"""
import sys
from pathlib import Path
from realist.services.receiving import import_review
import_review(Path(sys.argv[1]), sys.argv[2])
{_PEAK}
"""
MAKE = """
import sys
from realist.services.importing import Origin, import_file
from realist.services.keeping import open_review
from realist.services.plan import create_review
from realist.services.sweeping import index_imports
from realist.services.unit import Desk
from realist.store.migrate import create
create(sys.argv[1])
store = open_review(sys.argv[1])
create_review(Desk(store, "SF"), title="Invented")
import_file(Desk(store, "SF"), sys.argv[2], Origin())
index_imports(store)
store.close()
"""


def cpu_of(code: str, *args: Path) -> tuple[float, float]:
    """Return the CPU seconds of a Python process that runs *code*, and what it printed: its memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", code, *map(str, args)]
    done = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, float(done.stdout or 0)


def main() -> int:
    """Print the figures; return 1 over a limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    spent: dict[str, list[float]] = {"copy the file": [], **{name: [] for name in RATIO_LIMITS}}
    peak = dict.fromkeys(spent, 0.0)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ris, review, archive, again = (folder / name for name in ("x.ris", "x.realist", "x.zip", "again.zip"))
        write_ris(ris, given.records)
        cpu_of(MAKE, review, ris)
        ris.unlink()
        for _ in range(given.runs):
            back, copy = folder / "back.realist", folder / "copy.realist"
            back.unlink(missing_ok=True)
            steps = {
                "copy the file": (COPY, review, copy),
                "write the archive": (WRITE, review, archive),
                "read it back": (READ, archive, back),
            }
            for name, step in steps.items():
                seconds, memory = cpu_of(*step)
                spent[name].append(seconds)
                peak[name] = max(peak[name], memory)
        cpu_of(WRITE, back, again)
        equal = archive.read_bytes() == again.read_bytes()
        sizes = review.stat().st_size / 1e6, archive.stat().st_size / 1e6
    medians = {name: statistics.median(of) for name, of in spent.items()}
    print(f"{given.records:,} records: {sizes[0]:,.0f} MB in the file, {sizes[1]:,.0f} MB in the archive")
    wrong = not equal
    for name, seconds in medians.items():
        ratio = seconds / medians["copy the file"]
        limit = RATIO_LIMITS.get(name)
        limits = f"  (limits {limit:g}, {MEMORY_LIMIT:g} MB)" if limit else ""
        print(f"{name:<18} {seconds:7.2f} s CPU  {ratio:6.1f} x a copy  {peak[name]:6.0f} MB{limits}")
        wrong |= limit is not None and (ratio > limit or peak[name] > MEMORY_LIMIT)
    print("read back and written again: " + ("equal byte for byte" if equal else "DIFFERENT"))
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
