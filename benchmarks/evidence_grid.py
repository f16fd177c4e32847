"""How long the evidence grid takes at the size of a large review.

Run ``python benchmarks/evidence_grid.py``. 1,000 papers, 60 mechanisms, 10,000 pieces of evidence, readings
for 80 % of the cells; the grid is asked for as a screen or script would, in one process. The median CPU time
is printed beside the limit, and beside what reading the same rows with plain sqlite3 takes.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from realist.queries.grid import evidence_grid  # noqa: E402
from realist.services import plan  # noqa: E402
from realist.services.unit import Desk  # noqa: E402
from realist.store.engine import Store, open_store  # noqa: E402
from realist.store.migrate import create  # noqa: E402
from realist.store.tables import Evidence, Mechanism, Paper, Reading  # noqa: E402
from realist.vocabulary import ReadingResult, Stance  # noqa: E402

PAPERS, MECHANISMS, PIECES, READ, RUNS = 1000, 60, 10_000, 0.8, 7
LIMIT = 0.4


def build(path: Path) -> Store:
    """Make the review, through the unit of work."""
    create(str(path))
    store = open_store(str(path))
    desk = Desk(store, "SS")
    plan.create_review(desk, title="Benchmark")
    chance = random.Random(7)
    with desk.unit("fill") as work:
        papers = [work.add(Paper(number=n, label=f"Author ({n})")).uid for n in range(1, PAPERS + 1)]
        columns = [work.add(Mechanism(number=n, name=f"M {n}")).uid for n in range(1, MECHANISMS + 1)]
        for _ in range(PIECES):
            row = Evidence(paper=chance.choice(papers), mechanism=chance.choice(columns), claim="a claim")
            row.stance = chance.choice(list(Stance))
            work.add(row)
        for paper in papers:
            for mechanism in columns:
                if chance.random() < READ:
                    result = chance.choice(list(ReadingResult))
                    work.add(Reading(paper=paper, mechanism=mechanism, result=result))
    return store


def ask(store: Store) -> float:
    """Return the CPU seconds of one grid."""
    began = time.process_time()
    with store.read() as connection:
        grid = evidence_grid(connection)
    seconds = time.process_time() - began
    assert len(grid.rows) == PAPERS
    assert len(grid.columns) == MECHANISMS
    return seconds


def bare(path: Path) -> float:
    """Return the CPU seconds that fetching the same rows takes with plain sqlite3."""
    began = time.process_time()
    connection = sqlite3.connect(path)
    connection.execute("SELECT paper, mechanism, stance FROM evidence ORDER BY at, uid").fetchall()
    connection.execute("SELECT paper, mechanism, result, at FROM reading ORDER BY at, uid").fetchall()
    connection.close()
    return time.process_time() - began


def main() -> None:
    """Print the figures; exit with 1 over the limit."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grid.realist"
        store = build(path)
        pairs = [(ask(store), bare(path)) for _ in range(RUNS)]
        store.close()
    grid, plain = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"{PAPERS:,} papers x {MECHANISMS} mechanisms, {PIECES:,} pieces of evidence, {RUNS} runs, CPU s")
    print(f"  grid {grid:.3f} (limit {LIMIT})   sqlite3 fetching rows {plain:.3f}   ratio {grid / plain:.1f}")
    sys.exit(0 if grid <= LIMIT else 1)


if __name__ == "__main__":
    main()
