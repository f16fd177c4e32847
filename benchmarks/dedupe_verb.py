"""How long `realist dedupe` takes from start to exit: of a whole review, and of what came since.

Run ``python benchmarks/dedupe_verb.py [--data FOLDER] [--records N] [--new N]``. FOLDER holds
``make_scale.py`` and the labelled sets that it makes invented records of; without it a sentence says so and
nothing is measured. The records (100,000) are written as one RIS file for each database that they name and
imported. Printed are the seconds by the clock, with the CPU seconds, of the verb as a process of its own:
comparing all, joining, log and keys included; the same after 1,000 more records were imported, which alone
are compared, with all others; a third time, when nothing is new. Then, without a limit, the first undone.
Exit status 1 where a limit is broken. Where other programs had the processor for more than a fifth of the
time, the clock says nothing of ours: then the CPU seconds are held against the limit, and that is said.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

DATA = ROOT.parent / "shared" / "data" / "dedupe"

WHOLE_MUST, WHOLE_AIM = 60.0, 25.0
NEW_MUST, NEW_AIM = 2.0, 0.5
"""Seconds from start to exit that are the limit, and those aimed at."""
OURS = 0.8
"""The share of the time that has to be ours for the clock to count."""

TAGS = {
    "title": "TI", "year": "PY", "journal": "JO", "volume": "VL", "number": "IS", "pages": "SP", "doi": "DO",
    "id": "ID",
}  # fmt: skip


def ris(row: dict[str, str]) -> str:
    """Return a row of ``records.csv`` as a record of a RIS file."""
    kind = "CPAPER" if row["type"].startswith("conf") else "JOUR"
    authors = [f"AU  - {name}" for name in row["authors"].split("; ") if name]
    fields = [f"{tag}  - {row[name]}" for name, tag in TAGS.items() if row[name]]
    abstract = f"AB  - An invented abstract of a paper on {row['title']}."
    return "\n".join([f"TY  - {kind}", *fields, *authors, abstract, "ER  - "]) + "\n\n"


def write_exports(data: Path, folder: Path, records: int, new: int) -> tuple[list[Path], Path]:
    """Write the first *records* of invented ones as a file for each database, and the *new* ones as one."""
    command = [sys.executable, str(data / "make_scale.py"), str(folder), "--records", str(records + new)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    texts: dict[str, list[str]] = defaultdict(list)
    with (folder / "records.csv").open(newline="", encoding="utf-8") as stream:
        for number, row in enumerate(csv.DictReader(stream)):
            texts[row["source"] if number < records else "new"].append(ris(row))
    files = {}
    for name, some in texts.items():
        files[name] = folder / f"{name}.ris"
        files[name].write_text("".join(some), encoding="utf-8")
    return [file for name, file in files.items() if name != "new"], files["new"]


def run(review: Path, *verb: str) -> tuple[float, float, str]:
    """Run a verb in a process of its own; return its seconds, its CPU seconds and the first line it said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "realist", "--db", str(review), *verb],
        check=False,
        cwd=ROOT,
        env={**os.environ, "REALIST_PERSON": "BM"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(done.stderr)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, cpu, done.stdout.split("\n")[0]


def new_review(path: Path, files: Sequence[Path]) -> None:
    """Make a review of these exports, each of a source of its own."""
    run(path, "new", str(path), "--title", "Benchmark", "--question", "How long?")
    run(path, "stage", "add", "1")
    for file in files:
        run(path, "import", str(file), "--stage", "1", "--source", file.stem)


def measured(what: str, review: Path, must: float, aim: float) -> bool:
    """Print how long joining takes, beside its limit; return whether that was kept."""
    seconds, cpu, said = run(review, "dedupe")
    shared = cpu < OURS * seconds
    kept = (cpu if shared else seconds) <= must
    broken = "" if kept else ", BROKEN"
    print(f"{what}: {seconds:.2f} s, {cpu:.2f} s CPU (limit {must:g}{broken}; aim {aim:g})", end="")
    print("; others had the processor, so CPU counts" if shared else "")
    print(f"  {said}")
    return kept


def main() -> None:
    """Measure all and exit with 1 where a limit was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--records", type=int, default=100_000, help="how many there are at first")
    parser.add_argument("--new", type=int, default=1_000, help="how many come later")
    options = parser.parse_args()
    if not (options.data / "make_scale.py").exists():
        print("The data are not here: nothing was measured.")
        return
    with tempfile.TemporaryDirectory() as name:
        folder, review = Path(name), Path(name) / "review.realist"
        files, new = write_exports(options.data, folder, options.records, options.new)
        new_review(review, files)
        kept = [measured(f"{options.records:,} records", review, WHOLE_MUST, WHOLE_AIM)]
        copy = folder / "copy.realist"
        shutil.copy(review, copy)
        run(review, "import", str(new), "--stage", "1", "--source", "later")
        of = f"{options.new:,} new records against {options.records:,}"
        kept += [measured(of, review, NEW_MUST, NEW_AIM), measured("nothing new", review, NEW_MUST, NEW_AIM)]
        seconds, cpu, said = run(copy, "undo")
        print(f"undo: {seconds:.2f} s ({cpu:.2f} s CPU)\n  {said}")
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
