"""The corpus of real exports, read by us and checked by other means.

python benchmarks/corpus.py [--folder FOLDER] [--peers PYTHON ...] [--list]

By format: records read, refused and expected, words of field values that were lost (found by the plain
scanners of tests/formats/independent.py), crashes, and what differs from the manifest without an error that
names a line. Then title, authors, year and DOI of every record against independent readers: every difference
is classed by a reason that is computed, and those without one are shown; ``--list`` shows all. Exit status 1
over a limit.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.importing.calls import CALLS, COLUMNS  # noqa: E402
from benchmarks.importing.oracles import ORACLES, PLAIN, Difference, Outcome, compare  # noqa: E402
from benchmarks.importing.plain import plain  # noqa: E402
from benchmarks.peers import HOME, Worker, working  # noqa: E402
from tests.formats.corpus import (  # noqa: E402
    FOLDER,
    WHY,
    Reading,
    found_of,
    lost_words,
    manifest,
    read,
    unexplained,
    wrong_fields,
)
from tests.formats.independent import decoded, encoding_of  # noqa: E402
from tests.formats.scanners import bibtex_strings  # noqa: E402

SHARE = 0.998
LOST = 0.001


@dataclass
class Total:
    """What was counted over the files of one format."""

    files: int = 0
    expected: int = 0
    read: int = 0
    refused: int = 0
    crashes: int = 0
    unexplained: int = 0
    words: int = 0
    lost: int = 0
    wrong: int = 0
    seconds: float = 0.0
    told: list[str] = field(default_factory=list)

    def add(self, folder: Path, reading: Reading) -> None:
        """Count one file."""
        name = reading.file["file"]
        gone, words = lost_words(folder, reading)
        wrong = wrong_fields(reading)
        self.files += 1
        self.expected += reading.expected or 0
        self.read += min(len(reading.records), reading.expected or 0)
        self.refused += len(reading.errors)
        self.crashes += bool(reading.crash)
        self.unexplained += unexplained(reading)
        self.words += words
        self.lost += gone.total()
        self.wrong += len(wrong)
        self.seconds += reading.seconds
        self.told += [f"{name}: {complaint}" for complaint in wrong]
        self.told += [f"{name}:{problem.line}: {problem.message}" for problem in reading.errors]
        if reading.crash:
            self.told.append(f"{name}: CRASH {reading.crash}")
        if unexplained(reading):
            self.told.append(f"{name}: {len(reading.records)} records, {reading.expected} expected")
        if gone:
            self.told.append(f"{name}: lost {gone.total()} of {words} words: {' '.join(sorted(gone))[:150]}")

    def over(self) -> list[str]:
        """Return the limits that are passed."""
        share, lost = self.read / max(self.expected, 1), self.lost / max(self.words, 1)
        return [
            what
            for what, is_over in (
                (f"{100 * share:.2f} % of records read, {100 * SHARE} % wanted", share < SHARE),
                (f"{100 * lost:.3f} % of words lost, {100 * LOST} % allowed", lost > LOST),
                (f"{self.crashes} crashes", self.crashes > 0),
                (
                    f"{self.unexplained} records differ from the manifest and no line says why",
                    self.unexplained > 0,
                ),
                (f"{self.wrong} fields differ from the manifest", self.wrong > 0),
            )
            if is_over
        ]


HEAD = (
    "format        files  expected   read  refused  share  crashes  unexplained    words   lost  fields     s"
)


def row(name: str, total: Total) -> str:
    """Return the line of a format."""
    return (
        f"{name:12}{total.files:7}{total.expected:10,}{total.read:7,}{total.refused:9}"
        f"{100 * total.read / max(total.expected, 1):7.2f}%{total.crashes:9}{total.unexplained:13}"
        f"{total.words:9,}{total.lost:6}{total.wrong:8}{total.seconds:6.2f}"
    )


def summed(totals: Iterable[Total]) -> Total:
    """Return the totals of all formats as one."""
    whole = Total()
    for total in totals:
        for name in (
            "files",
            "expected",
            "read",
            "refused",
            "crashes",
            "unexplained",
            "words",
            "lost",
            "wrong",
        ):
            setattr(whole, name, getattr(whole, name) + getattr(total, name))
        whole.seconds += total.seconds
    return whole


def outcomes(folder: Path, readings: list[Reading], pythons: list[str]) -> dict[tuple[str, str], Outcome]:
    """Return what each oracle says, by format and oracle."""
    found: dict[tuple[str, str], Outcome] = {}
    with ExitStack() as stack:
        workers: dict[str, Worker | None] = {}
        for reading in readings:
            form = reading.file["format"]
            if not reading.records:
                continue
            for oracle in (PLAIN, *ORACLES.get(form, ())):
                if oracle not in workers and oracle != PLAIN:
                    here = [] if CALLS[oracle][0] else [sys.executable]
                    workers[oracle] = stack.enter_context(working(oracle, here or pythons))
                whole = found.setdefault((form, oracle), Outcome())
                whole.missing = oracle != PLAIN and workers[oracle] is None
                if not whole.missing:
                    whole.add(_outcome(folder, reading, oracle, workers.get(oracle)))
    return found


def _outcome(folder: Path, reading: Reading, oracle: str, worker: Worker | None) -> Outcome:
    path, form = folder / reading.file["file"], reading.file["format"]
    content = path.read_bytes()
    strings = bibtex_strings(decoded(content).text) if form == "bibtex" else {}
    found = found_of(folder, reading.file)
    lines = frozenset(record.line for record in found)
    if oracle == PLAIN:
        return compare(reading, oracle, plain(form, found, COLUMNS), lines, strings)
    assert worker is not None
    answer = worker.ask(path, form, encoding_of(content))
    if "error" in answer:
        reason = f"{oracle} refuses the file: {answer['error'][:60]}"
        return Outcome(0, 0, [Difference(path.name, oracle, 0, "file", "", "", reason)])
    return compare(reading, oracle, answer["fields"], lines, strings)


def tell(found: dict[tuple[str, str], Outcome], show_all: bool) -> int:
    """Print what the oracles say; return how many differences have no reason."""
    print("\noracles: title, authors, year and DOI of every record")
    for (form, oracle), outcome in found.items():
        if outcome.missing:
            print(f"{form:12} {oracle:26} not installed")
    unknown = 0
    for (form, oracle), outcome in found.items():
        if outcome.missing:
            continue
        reasons = Counter((each.field, each.reason) for each in outcome.differences if each.reason)
        open_ones = [each for each in outcome.differences if not each.reason]
        unknown += len(open_ones)
        print(
            f"{form:12} {oracle:26} {outcome.compared:6,} fields, {outcome.agreed:6,} the same, "
            f"{sum(reasons.values()):5,} explained, {len(open_ones)} not"
        )
        for (name, reason), count in sorted(reasons.items(), key=lambda item: -item[1]):
            print(f"{'':14}{count:5}  {name}: {reason}")
        for each in outcome.differences if show_all else open_ones:
            place = f"{each.file} record {each.record} {each.field}"
            print(f"{'':14}{place} ({each.reason or 'NO REASON FOUND'})")
            print(f"{'':18}ours    {each.ours[:200]!r}\n{'':18}theirs  {each.theirs[:200]!r}")
    print(f"differences without a reason: {unknown}")
    return unknown


def main() -> int:
    """Read, check, print, and return 1 if a limit is passed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--peers", nargs="+", metavar="PYTHON", help="interpreters that have the oracles")
    parser.add_argument(
        "--list", action="store_true", help="show every difference, not only those unexplained"
    )
    parser.add_argument("--format", action="append", help="only this format; may be given again")
    options = parser.parse_args()
    files = manifest(options.folder)
    if not files:
        print(WHY)
        return 0
    readings = [
        read(options.folder, file) for file in files if not options.format or file["format"] in options.format
    ]
    totals: dict[str, Total] = {}
    for reading in readings:
        totals.setdefault(reading.file["format"], Total()).add(options.folder, reading)
    print(HEAD)
    for name, total in totals.items():
        print(row(name, total))
    whole = summed(totals.values())
    print(row("all", whole))
    for line in (line for total in totals.values() for line in total.told):
        print(f"  {line}")
    own = [str(python) for python in sorted(HOME.glob("*/bin/python"))]
    unknown = tell(outcomes(options.folder, readings, options.peers or [sys.executable, *own]), options.list)
    over = whole.over() + ([f"{unknown} differences from oracles without a reason"] if unknown else [])
    for what in over:
        print(f"OVER A LIMIT: {what}")
    return int(bool(over))


if __name__ == "__main__":
    raise SystemExit(main())
