"""How much CPU time reading and mapping BibTeX takes, against bibtexparser merely parsing the same file.

Run ``python benchmarks/read_bibtex.py [--records N] [--runs N]``. The file is invented: about 1.65 kB a
record, as exports of databases have on average; one record in fifty is not written plainly. Runs of the two
alternate; medians of CPU seconds are printed, with their ratio and the limit, and the highest memory of a
process that reads a five times longer file. Exit status 1 over a limit.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

LIMIT = 1.3
MEMORY_LIMIT = 150.0
TEXT = """programme context mechanism outcome trust nurses support training peer community practice the of
and in to a for with on was were by that this evidence realist review theory patients care staff reported
implementation engagement motivation resources reasoning interviews sessions follow-up adherence rural
school-based intervention (n = 214) 95% CI; p < 0.05, however therefore between among across studies"""
WORDS = TEXT.split()
ACCENTED = ("naïve", 'Z{\\"u}rich', "``what", "works''", "{RCT}", "50\\%", "--")
NAMES = ("Okafor", "Lindqvist", "Marín", "Tanaka", "O'Dell", "van Beek", "Nowak", "Haddad", "Silva", "Reid")
JOURNALS = ("Journal of Invented Studies", "Annals of Made-Up Care", "Fictional Health Research")


def write_file(path: Path, records: int) -> None:
    """Write *records* invented records; 500 different ones repeat under new numbers."""
    chance = random.Random(7)
    shapes = [_shape(chance) for _ in range(500)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        for number in range(records):
            stream.write(shapes[number % 500].replace("@N@", str(100_000 + number)))


def _shape(chance: random.Random) -> str:
    vocabulary = (*WORDS, *ACCENTED) if chance.random() < 0.3 else WORDS

    def text(size: int) -> str:
        words: list[str] = []
        while size > 0:
            words.append(chance.choice(vocabulary))
            size -= len(words[-1]) + 1
        return " ".join(words)

    people = " and ".join(f"{chance.choice(NAMES)}, {chance.choice('ABCDEJKM')}." for _ in range(5))
    first = chance.randint(1, 900)
    odd = chance.random() < 0.02
    lines = [
        "@article{inv@N@,",
        f"  author = {{{people}}},",
        f"  title = {{{text(95).capitalize()}}},",
        f"  journal = {{{chance.choice(JOURNALS)}}}" + (" # { \\& More}," if odd else ","),
        f"  year = {chance.randint(1990, 2024)},",
        "  month = mar,",
        f"  volume = {{{chance.randint(1, 80)}}},",
        f"  number = {{{chance.randint(1, 12)}}},",
        f"  pages = {{{first}--{first + 12}}},",
        "  doi = {10.99999/inv.@N@},",
        "  url = {https://example.org/record?id=@N@&from=export},",
        "  issn = {1234-5678},",
        f"  abstract = {{{text(950)}}},",
        f"  keywords = {{{'; '.join(text(18) for _ in range(8))}}},",
        "  language = {English},",
        f"  note = {{Cited By: {chance.randint(0, 90)}}},",
        "}",
        "",
        "",
    ]
    return "\n".join(lines)


def read_ours(path: Path) -> int:
    """Read and map the file; return the number of records."""
    from realist.formats.door import open_export

    return sum(1 for item in open_export(path) if type(item) is tuple)


def read_bibtexparser(path: Path) -> int:
    """Parse the file with bibtexparser; return the number of records."""
    from bibtexparser.entrypoint import parse_string

    return len(parse_string(path.read_text(encoding="utf-8")).entries)


READERS: dict[str, Callable[[Path], int]] = {"realist": read_ours, "bibtexparser": read_bibtexparser}


def child(name: str, path: Path) -> None:
    """Run one reader in this process; print records, CPU seconds of reading, and peak memory in MB."""
    READERS[name](path.with_suffix(".warm"))
    began = time.process_time()
    count = READERS[name](path)
    spent = time.process_time() - began
    print(count, spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measure(name: str, path: Path, expected: int) -> tuple[float, float]:
    """Return CPU seconds and peak memory in MB of one run in a process of its own."""
    command = [sys.executable, __file__, "--child", name, str(path)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    if int(output[0]) != expected:
        raise SystemExit(f"{name} read {output[0]} of {expected} records")
    return float(output[1]), float(output[2])


def main() -> int:
    """Measure, print, and return 1 if a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child[0], Path(options.child[1]))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "records.bib")
        write_file(path.with_suffix(".warm"), 50)
        write_file(path, options.records)
        print(f"{options.records:,} records, {path.stat().st_size / 1e6:.1f} MB, {options.runs} runs each")
        runs: dict[str, list[float]] = {name: [] for name in READERS}
        for _ in range(options.runs):
            for name, spent in runs.items():
                spent.append(measure(name, path, options.records)[0])
        medians = {name: statistics.median(spent) for name, spent in runs.items()}
        for name, spent in runs.items():
            print(f"{name:12} {medians[name]:6.2f} s CPU (from {min(spent):.2f} to {max(spent):.2f})")
        ratio = medians["realist"] / medians["bibtexparser"]
        print(f"ratio        {ratio:6.2f} (limit {LIMIT})")
        write_file(path, 5 * options.records)
        memory = measure("realist", path, 5 * options.records)[1]
        print(f"memory       {memory:6.1f} MB at {5 * options.records:,} records (limit {MEMORY_LIMIT:.0f})")
    return int(ratio > LIMIT or memory > MEMORY_LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
