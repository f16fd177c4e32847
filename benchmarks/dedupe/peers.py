"""Other programs that find duplicates, each in an environment of its own, asked about the same records."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[1] / ".venv-peers"
PEERS = ("bib-dedupe", "asreview-datatools")
LIMIT = 1800
"""Seconds after which a peer is not waited for."""


class Answer(NamedTuple):
    """What a peer made of a set: papers lost, copies left, CPU seconds, peak MB."""

    false: int
    missed: int
    seconds: float
    memory: float


def built(peer: str) -> Path | None:
    """Return the interpreter that has a peer, built where it is not there; None if that cannot be done."""
    wanted = HERE / f"{peer}.txt"
    home = HOME / f"dedupe-{peer}"
    python, stamp = home / "bin" / "python", home / "installed.txt"
    if stamp.exists() and stamp.read_bytes() == wanted.read_bytes():
        return python
    HOME.mkdir(exist_ok=True)
    (HOME / ".gitignore").write_text("*\n", encoding="utf-8")
    print(f"building {home.relative_to(HOME.parent)}", file=sys.stderr)
    install = [str(python), "-m", "pip", "install", "--quiet", "-r", str(wanted)]
    for command in ([sys.executable, "-m", "venv", "--clear", str(home)], install):
        if subprocess.run(command, check=False, stdout=sys.stderr).returncode:
            return None
    stamp.write_bytes(wanted.read_bytes())
    return python


def asked(python: Path, peer: str, folder: Path) -> Answer | None:
    """Return what a peer makes of a folder's records beside its labels; None if it fails."""
    command = [str(python), str(HERE / "calls.py"), peer, str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    answer = json.loads(done.stdout)
    false, missed = rate(folder, answer["kept"])
    return Answer(false, missed, answer["seconds"], answer["memory"])


def rate(folder: Path, kept: list[str]) -> tuple[int, int]:
    """Return how many papers are lost and how many copies left if only the records *kept* are.

    For sets of duplicates these are the false positives and false negatives of ``score.py``.
    """
    with (folder / "duplicates.csv").open(newline="", encoding="utf-8") as stream:
        truth = {row["id"]: row["set_id"] for row in csv.DictReader(stream)}
    with (folder / "records.csv").open(newline="", encoding="utf-8") as stream:
        papers = {truth.get(row["id"], row["id"]) for row in csv.DictReader(stream)}
    there = {truth.get(uid, uid) for uid in kept}
    return len(papers) - len(there), len(kept) - len(there)
