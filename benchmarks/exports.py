"""How long it takes to write a grid of 1,000 papers by 60 mechanisms, and how much memory.

Run ``python benchmarks/exports.py``. 10,000 pieces of evidence, two thirds of them with a quotation, readings
for 80 % of the cells. Each format is written in a process of its own, from the open review to the file on the
disk: the grid, what stands behind its cells, the document, the bytes. CPU time and the most memory that
the process held, programs and all, are printed beside their limits.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.evidence_grid import MECHANISMS, PAPERS, PIECES, READ  # noqa: E402
from realist.exports.grid_table import grid_document  # noqa: E402
from realist.exports.writing import FORMATS, save  # noqa: E402
from realist.queries.grid import evidence_grid  # noqa: E402
from realist.services import plan  # noqa: E402
from realist.services.unit import Desk  # noqa: E402
from realist.store.engine import open_store  # noqa: E402
from realist.store.migrate import create  # noqa: E402
from realist.store.tables import Evidence, Excerpt, Mechanism, Paper, Reading  # noqa: E402
from realist.vocabulary import ReadingResult, Stance  # noqa: E402

SECONDS = {"docx": 5.0, "latex": 5.0}
OTHERS, MEGABYTES = 3.0, 300
WORDS = [
    "the",
    "team",
    "leaders",
    "asked",
    "staff",
    "whether",
    "trust",
    "and",
    "shared",
    "purpose",
    "had",
    "grown",
    "since",
    "they",
    "merged",
]


def build(path: Path) -> None:
    """Make the review, through the unit of work."""
    create(str(path))
    store = open_store(str(path))
    desk = Desk(store, "SS")
    plan.create_review(desk, title="Benchmark")
    chance = random.Random(7)

    def said(n: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(n))

    with desk.unit("fill") as work:
        papers = [work.add(Paper(number=n, label=f"Author ({n})")).uid for n in range(1, PAPERS + 1)]
        columns = [work.add(Mechanism(number=n, name=f"{said(3)} {n}")).uid for n in range(1, MECHANISMS + 1)]
        for n in range(PIECES):
            row = Evidence(paper=chance.choice(papers), mechanism=chance.choice(columns), claim=said(12))
            row.stance = chance.choice(list(Stance))
            if n % 3:
                excerpt = Excerpt(paper=row.paper, quotation=said(30), locator=f"p{n % 40}")
                row.excerpt = work.add(excerpt).uid
            work.add(row)
        for paper in papers:
            for mechanism in columns:
                if chance.random() < READ:
                    result = chance.choice(list(ReadingResult))
                    work.add(Reading(paper=paper, mechanism=mechanism, result=result))
    store.close()


def measure(path: Path, name: str, target: Path) -> None:
    """Write the grid in one format; print the seconds of CPU and the megabytes that it took."""
    store = open_store(str(path))
    start = time.process_time()
    with store.read() as connection:
        grid = evidence_grid(connection)
        document = grid_document(connection, grid, "stance", flat=FORMATS[name].flat)
    middle = time.process_time()
    save(document, target, name)
    end = time.process_time()
    cells = sum(len(row.cells) for row in document.tables[0].rows)
    pieces = sum(len(behind.pieces) for behind in document.tables[0].behind.values())
    print(middle - start, end - middle, _held(), cells, pieces)


def _held() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Build, measure every format, compare; exit with 1 over a limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", metavar="REVIEW")
    parser.add_argument("--measure", nargs=3, metavar=("REVIEW", "FORMAT", "TARGET"))
    options = parser.parse_args()
    if options.build:
        build(Path(options.build))
        return
    if given := options.measure:
        measure(Path(given[0]), given[1], Path(given[2]))
        return
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "benchmark.realist"
        # In a process of its own, too: what this one held would be counted as held by its children.
        subprocess.run([sys.executable, __file__, "--build", str(path)], check=True)
        print(f"{PAPERS:,} papers by {MECHANISMS}, {PIECES:,} pieces of evidence behind the cells")
        print("format      asking  writing  in all  limit   memory  limit     file")
        for name, format_ in FORMATS.items():
            target = Path(folder) / f"grid{format_.suffixes[0]}"
            command = [sys.executable, __file__, "--measure", str(path), name, str(target)]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            asking, writing, held = map(float, said[:3])
            limit = SECONDS.get(name, OTHERS)
            over = asking + writing > limit or held > MEGABYTES
            failed |= over
            times = f"{asking:>7.2f}s{writing:>8.2f}s{asking + writing:>7.2f}s{limit:>6.0f}s"
            sizes = f"{held:>6.0f} MB{MEGABYTES:>7}{target.stat().st_size / 1e6:>6.1f} MB"
            print(f"{format_.title:<10}{times}{sizes}{'  OVER' if over else ''}")
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
