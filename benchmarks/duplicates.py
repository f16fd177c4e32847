"""How well and how fast duplicates are found, against labelled data and limits.

Run ``python benchmarks/duplicates.py [--data FOLDER] [--records N] [--quick]``. FOLDER holds labelled
sets (``records.csv``, ``duplicates.csv``), ``edge_cases``, ``score.py`` and ``make_scale.py``; without it a
sentence says so and nothing is measured. Printed are: false and missed joins of each set at each setting;
the same with thresholds chosen on the other sets alone; how many pairs a person is asked about and how
many of the missed pairs are among them; single hard cases; then, in processes of their own on invented
records, CPU seconds and peak memory of finding all duplicates, and of finding those of 1,000 new records
among the rest. Exit status 1 where a limit is broken.

A missed pair counts as asked about if a doubtful pair ties the two clusters (or lone records) that hold its
records: the answer to it joins them. Beside it stands how many more are tied by a related pair, such as an
erratum that the labels call the same: those are offered to a person, too.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from realist.domain.duplicates import THRESHOLDS, Pair, Record, Result, Setting, Thresholds, find  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "dedupe"

MISSED = {"cytology_screening": (6, 4), "respiratory": (20, 8), "digital_work": (3, 1)}
"""Medical and social science sets: must and aim for records missed; none may be joined wrongly."""

RATES = {"dblp_acm": ((0.97, 0.95), (0.985, 0.97))}
"""Thin metadata: precision and recall, must and aim."""

EDGE_MUST, COVERED_MUST, APART_AIM = 23, 0.90, 0.01
SPEED = {10_000: (2.0, 150.0, 0.8), 100_000: (15.0, 500.0, 6.0)}
"""By number of records: CPU seconds and MB that are the limit, CPU seconds aimed at."""

NEW_MUST, NEW_AIM = 2.0, 0.5
CHOICES = [0.80, 0.83, 0.85, 0.87, 0.88, 0.90, 0.92, 0.94, 0.96, 0.97, 0.98]
"""Thresholds to choose from when one set is left out."""

CHILD = """
import resource, sys, time
sys.path[:0] = [{root!r}, {root!r} + "/benchmarks"]
from duplicates import read_records
from pathlib import Path
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


class Scored(NamedTuple):
    """How a result compares with the labels; see ``score.py``."""

    false: int
    missed: int
    precision: float
    recall: float


def read_records(folder: Path) -> list[Record]:
    """Return the records of a labelled set."""
    with (folder / "records.csv").open(newline="", encoding="utf-8") as stream:
        return [
            Record(
                uid=row["id"],
                source=row["source"],
                type=row["type"],
                title=row["title"],
                authors=tuple(filter(None, row["authors"].split("; "))),
                year=int(row["year"]) if row["year"].isdecimal() else None,
                **{field: row[field] for field in ("journal", "volume", "number", "pages", "doi")},
            )
            for row in csv.DictReader(stream)
        ]


def read_truth(folder: Path) -> dict[str, str]:
    """Return the true set of each record that has a duplicate."""
    with (folder / "duplicates.csv").open(newline="", encoding="utf-8") as stream:
        return {row["id"]: row["set_id"] for row in csv.DictReader(stream)}


def scorer(data: Path) -> ModuleType:
    """Return ``score.py`` of the data folder as a module."""
    spec = importlib.util.spec_from_file_location("score", data / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def homes(result: Result) -> dict[str, str]:
    """Return the cluster of each record that is in one."""
    return {uid: cluster[0] for cluster in result.clusters for uid in cluster}


def rate(score: ModuleType, records: list[Record], truth: dict[str, str], result: Result) -> Scored:
    """Return how *result* compares with the labels."""
    found: Any = score.score([record.uid for record in records], truth, homes(result))["record"]
    return Scored(found["fp"], found["fn"], found["precision"], found["recall"])


def missed_pairs(truth: dict[str, str], home: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the true pairs whose records were not joined."""
    sets: dict[str, list[str]] = defaultdict(list)
    for uid, name in truth.items():
        sets[name].append(uid)
    for uids in sets.values():
        for one, other in combinations(uids, 2):
            if home.get(one, one) != home.get(other, other):
                yield one, other


def queue(truth: dict[str, str], result: Result) -> tuple[int, int, int]:
    """Return how many true pairs were missed, tied by doubtful pairs, and else by related pairs."""
    home = homes(result)

    def ties(pairs: tuple[Pair, ...]) -> set[frozenset[str]]:
        return {frozenset((home.get(pair.a, pair.a), home.get(pair.b, pair.b))) for pair in pairs}

    asked, offered = ties(result.doubtful), ties(result.related)
    missed = list(missed_pairs(truth, home))
    ends = [frozenset((home.get(one, one), home.get(other, other))) for one, other in missed]
    return len(missed), sum(end in asked for end in ends), sum(end in offered - asked for end in ends)


class Accuracy:
    """The labelled sets, and what was found in them."""

    def __init__(self, data: Path) -> None:
        self.data, self.score = data, scorer(data)
        self.sets = {name: (read_records(data / name), read_truth(data / name)) for name in [*MISSED, *RATES]}

    def run(self) -> bool:
        """Print all figures; return whether the limits were kept."""
        kept = [self.settings(), self.left_out(), self.edges()]
        return all(kept)

    def settings(self) -> bool:
        """Print each set at each setting, and the queue."""
        kept = True
        print(
            "set                 setting    false  missed  precision  recall   queue  missed pairs: ", end=""
        )
        print("asked about, offered")
        totals = [0, 0, 0]
        for name, (records, truth) in self.sets.items():
            for setting in Setting:
                result = find(records, setting=setting)
                found = rate(self.score, records, truth, result)
                missed, asked, offered = queue(truth, result)
                print(
                    f"{name:19} {setting:9} {found.false:6} {found.missed:7}  {found.precision:9.4f}"
                    f"  {found.recall:6.4f}  {len(result.doubtful):5}  {missed:12}: {asked}, {offered}"
                )
                if setting is Setting.BALANCED:
                    limit = max(20, 0.02 * len(records), 1.5 * missed)
                    kept &= within(name, found)
                    if len(result.doubtful) > limit:
                        print(f"  the queue is longer than {limit:.0f}")
                        kept = False
                    totals = [a + b for a, b in zip(totals, (missed, asked, offered), strict=True)]
        missed, asked, offered = totals
        share = asked / missed if missed else 1.0
        print(
            f"of {missed} pairs missed at the setting balanced {asked} are asked about: {share:.1%}"
            f" (limit {COVERED_MUST:.0%}{', MISSED' if share < COVERED_MUST else ''});"
            f" {offered} more are offered as related"
        )
        return kept and share >= COVERED_MUST

    def left_out(self) -> bool:
        """Print each set with the threshold that is best for the other sets."""
        found = {
            name: [
                rate(self.score, records, truth, find(records, setting=Thresholds(same, 0.5)))
                for same in CHOICES
            ]
            for name, (records, truth) in self.sets.items()
        }
        balanced = CHOICES.index(THRESHOLDS[Setting.BALANCED].same)
        kept = True
        print(
            "left out            threshold chosen on the others: false, missed, precision, recall, F1 apart"
        )
        for name, here in found.items():
            others = [those for other, those in found.items() if other != name]
            choice = max(range(len(CHOICES)), key=lambda n: (sum(f_half(those[n]) for those in others), n))
            apart = abs(f_one(here[choice]) - f_one(here[balanced]))
            kept &= apart <= APART_AIM
            print(
                f"{name:19} {CHOICES[choice]:.2f}: {here[choice].false}, {here[choice].missed},"
                f" {here[choice].precision:.4f}, {here[choice].recall:.4f}, {apart:.4f}"
            )
        return kept

    def edges(self) -> bool:
        """Print how many single hard cases came out right."""
        records = {record.uid: record for record in read_records(self.data / "edge_cases")}
        with (self.data / "edge_cases" / "pairs.csv").open(newline="", encoding="utf-8") as stream:
            pairs = list(csv.DictReader(stream))
        wrong: list[str] = []
        joined = 0
        for row in pairs:
            same = bool(find([records[row["id_a"]], records[row["id_b"]]]).clusters)
            if same != (row["duplicate"] == "1"):
                wrong.append(row["id_a"])
                joined += same
        print(f"hard cases: {len(pairs) - len(wrong)} of {len(pairs)} right (limit {EDGE_MUST}),", end=" ")
        print(f"{joined} wrongly joined{', not ' + ', '.join(wrong) if wrong else ''}")
        return len(pairs) - len(wrong) >= EDGE_MUST and not joined


def f_half(found: Scored) -> float:
    """Return the F measure in which precision weighs twice as much as recall."""
    weighed = 0.25 * found.precision + found.recall
    return 1.25 * found.precision * found.recall / weighed if weighed else 0.0


def f_one(found: Scored) -> float:
    """Return the harmonic mean of precision and recall."""
    both = found.precision + found.recall
    return 2 * found.precision * found.recall / both if both else 0.0


def within(name: str, found: Scored) -> bool:
    """Whether the figures of a set keep its limits; print where they do not, and where an aim is missed."""
    if name in MISSED:
        must, aim = MISSED[name]
        kept = not found.false and found.missed <= must
        reached = kept and found.missed <= aim
        text = f"none false, {must} missed; aim {aim}"
    else:
        (precision, recall), (higher, more) = RATES[name]
        kept = found.precision >= precision and found.recall >= recall
        reached = found.precision >= higher and found.recall >= more
        text = f"precision {precision}, recall {recall}; aim {higher}, {more}"
    if not reached:
        print(f"  {'limit broken' if not kept else 'aim not reached'}: {text}")
    return kept


def measure(folder: Path, new: int) -> tuple[float, float, int]:
    """Return CPU seconds, peak MB and clusters of a process that finds duplicates in a folder's records."""
    code = CHILD.format(root=str(ROOT))
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(new)], check=True, capture_output=True, text=True
    )
    seconds, memory, clusters = done.stdout.split()
    return float(seconds), float(memory), int(clusters)


def speed(data: Path, sizes: list[int]) -> bool:
    """Print CPU and memory for invented sets of these sizes; return whether the limits were kept."""
    kept = True
    for size in sizes:
        must, most, aim = SPEED.get(size, (size * 15e-5, 150 + size * 35e-4, size * 6e-5))
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [sys.executable, str(data / "make_scale.py"), folder, "--records", str(size)],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            seconds, memory, clusters = measure(Path(folder), 0)
            print(f"{size:,} records: {seconds:.2f} s CPU (limit {must:g}, aim {aim:g}),", end=" ")
            print(f"{memory:.0f} MB (limit {most:.0f}), {clusters:,} clusters")
            kept &= seconds <= must and memory <= most
            if size >= 100_000:
                seconds, _, clusters = measure(Path(folder), 1000)
                print(f"1,000 new against {size - 1000:,} old: {seconds:.2f} s CPU", end=" ")
                print(f"(limit {NEW_MUST:g}, aim {NEW_AIM:g}), {clusters:,} clusters")
                kept &= seconds <= NEW_MUST
    return kept


def main() -> None:
    """Measure all and exit with 1 where a limit was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--records", type=int, default=100_000, help="the larger of the two invented sets")
    parser.add_argument("--quick", action="store_true", help="leave out the larger invented set")
    options = parser.parse_args()
    if not (options.data / "score.py").exists():
        print("The labelled data are not here: nothing was measured.")
        return
    kept = [
        Accuracy(options.data).run(),
        speed(options.data, [10_000] if options.quick else [10_000, options.records]),
    ]
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
