"""Importing the corpus of real exports, side by side with the libraries that others use for it.

python benchmarks/peers.py                     builds environments in .venv-peers and prints the tables
python benchmarks/peers.py --peers PYTHON ...  uses these instead, pinned versions first
python benchmarks/peers.py --write             writes docs/import-compared.md from the same run

Every file is read by every peer in a process of its own with a limit of 60 seconds. Words are found by the
plain means of tests/formats/independent.py, for all alike. Peers that do not install are named as such.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.importing.calls import CALLS  # noqa: E402
from benchmarks.importing.page import page  # noqa: E402
from tests.formats.corpus import FOLDER, WHY, manifest, read  # noqa: E402
from tests.formats.independent import FORMATS, encoding_of, found_in, runs  # noqa: E402

HOME = ROOT / ".venv-peers"
PAGE = ROOT / "docs" / "import-compared.md"
WANTED = {"direct": "peers.txt", "asreview": "peers-asreview.txt"}
PEERS = ("rispy", "ASReview, reader", "ASReview", "nbib", "Bio.Medline", "wosfile", "bibtexparser", "pybtex")
LIMIT = 60


class Worker:
    """A peer in a process of its own. ``version`` is None where it is not installed."""

    def __init__(self, python: str, peer: str) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [python, str(ROOT / "benchmarks" / "importing" / "calls.py"), peer],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            cwd=self.folder.name,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        )
        self.version: str | None = self._line().get("version")

    def ask(self, path: Path, form: str, encoding: str) -> dict[str, Any]:
        """Return what the peer makes of a file: see ``importing/calls.py``."""
        request = {"path": str(path), "format": form, "encoding": encoding, "limit": LIMIT}
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return self._line()

    def _line(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        answer: dict[str, Any] = json.loads(self.process.stdout.readline() or '{"error": "ended"}')
        return answer

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.folder.cleanup()


@contextmanager
def working(peer: str, pythons: Iterable[str]) -> Iterator[Worker | None]:
    """Give a worker for *peer* where its pinned version is, else where any is; None if none is."""
    worker: Worker | None = None
    for python in pythons:
        other = Worker(python, peer)
        if other.version is None:
            other.close()
        elif worker is None or (other.version == pinned().get(CALLS[peer][0]) != worker.version):
            if worker is not None:
                worker.close()
            worker = other
        else:
            other.close()
    yield worker
    if worker is not None:
        worker.close()


def pinned() -> dict[str, str]:
    """Return the versions that the lists of requirements pin, by distribution."""
    lines = [
        line
        for name in WANTED.values()
        for line in (ROOT / "benchmarks" / name).read_text(encoding="utf-8").split("\n")
        if "==" in line
    ]
    return dict(line.split("==") for line in lines)


def built() -> list[str]:
    """Build the environments of the peers where they are not there, and return their interpreters."""
    HOME.mkdir(exist_ok=True)
    (HOME / ".gitignore").write_text("*\n", encoding="utf-8")
    found = []
    for name, requirements in WANTED.items():
        wanted = ROOT / "benchmarks" / requirements
        home = HOME / name
        python, stamp = home / "bin" / "python", home / "installed.txt"
        if not stamp.exists() or stamp.read_bytes() != wanted.read_bytes():
            print(f"building {home.relative_to(ROOT)}", file=sys.stderr)
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
            install = [str(python), "-m", "pip", "install", "--quiet", "-r", str(wanted)]
            if subprocess.run(install, check=False).returncode:
                print(f"{requirements} could not be installed", file=sys.stderr)
                continue
            stamp.write_bytes(wanted.read_bytes())
        found.append(str(python))
    return found


@dataclass
class Row:
    """What one reader made of the files of one format. ``ours`` are our CPU seconds for the files it read."""

    format: str
    reader: str
    version: str | None = ""
    files: int = 0
    refused: list[str] = field(default_factory=list)
    records: int = 0
    missing: int = 0
    surplus: int = 0
    words: int = 0
    lost: int = 0
    seconds: float = 0.0
    ours: float = 0.0
    memory: float = 0.0


@dataclass(frozen=True)
class Sample:
    """A file of the corpus: its words by plain means, and how to open it."""

    path: Path
    format: str
    expected: int
    encoding: str
    words: Counter[str]


def samples(folder: Path) -> list[Sample]:
    """Return the files of the corpus that hold records."""
    found = []
    for file in manifest(folder):
        if not file.get("expected_records") or file["format"] not in FORMATS:
            continue
        content = (folder / file["file"]).read_bytes()
        words: Counter[str] = Counter()
        for record in found_in(content, file, names=False):
            for _, value in record.pairs:
                words.update(runs(value.casefold()))
            words -= _joints(file["format"], record.pairs)
        encoding = encoding_of(content)
        found.append(Sample(folder / file["file"], file["format"], file["expected_records"], encoding, words))
    return found


def _joints(form: str, pairs: list[tuple[str, str]]) -> Counter[str]:
    """Return the words that are syntax: the "and" between names in BibTeX."""
    people = [value.casefold() for name, value in pairs if name.lower() in ("author", "editor")]
    return Counter(run for value in people if form == "bibtex" for run in runs(value) if run == "and")


def measured(worker: Worker, peer: str, files: list[Sample], ours: dict[Path, float]) -> list[Row]:
    """Return a row for every format that the peer reads; *ours* gains our seconds when it is us."""
    rows = {form: Row(form, peer, worker.version) for form in CALLS[peer][1]}
    for sample in files:
        if sample.format not in rows:
            continue
        row = rows[sample.format]
        row.files += 1
        row.records += sample.expected
        row.words += sample.words.total()
        answer = worker.ask(sample.path, sample.format, sample.encoding)
        if "error" in answer or not answer["values"]:
            row.refused.append(f"{sample.path.name}: {answer.get('error', 'no record, and no word of it')}")
            row.missing += sample.expected
            row.lost += sample.words.total()
            continue
        kept = Counter(
            run for values in answer["values"] for value in values for run in runs(value.casefold())
        )
        row.lost += (sample.words - kept).total()
        row.missing += max(sample.expected - len(answer["values"]), 0)
        row.surplus += max(len(answer["values"]) - sample.expected, 0)
        row.memory = max(row.memory, answer["memory"])
        row.seconds += answer["seconds"]
        if peer == "realist":
            ours[sample.path] = answer["seconds"]
        row.ours += ours.get(sample.path, 0.0)
    return [row for row in rows.values() if row.files]


def compared(folder: Path, pythons: list[str]) -> list[Row]:
    """Return the rows of every reader, ours first, by format."""
    files = samples(folder)
    rows: list[Row] = []
    ours: dict[Path, float] = {}
    for peer in ("realist", *PEERS):
        with working(peer, [sys.executable] if peer == "realist" else pythons) as worker:
            if worker is None:
                rows += [Row(form, peer, None) for form in CALLS[peer][1]]
            else:
                rows += measured(worker, peer, files, ours)
    order = list(dict.fromkeys(row.format for row in rows if row.reader == "realist"))
    return sorted(rows, key=lambda row: order.index(row.format) if row.format in order else 99)


def main() -> int:
    """Measure, print, and write the page if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", nargs="+", metavar="PYTHON", help="interpreters that have the peers")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    options = parser.parse_args()
    if not manifest(options.folder):
        print(WHY)
        return 0
    rows = compared(options.folder, options.peers or built())
    told = sum(
        problem.record is not None
        for file in manifest(options.folder)
        for problem in read(options.folder, file).errors
    )
    text = page(rows, platform.python_version(), told)
    print(text)
    for row in rows:
        for refusal in row.refused:
            print(f"{row.reader}: {refusal}")
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
