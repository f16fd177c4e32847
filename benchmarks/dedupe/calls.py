"""How each peer is asked for duplicates, in a process of its own: ``python calls.py PEER FOLDER``.

FOLDER holds ``records.csv``. Printed is one JSON object: ``version`` of the peer, CPU ``seconds`` from
records in memory to the answer, those of its helpers included, peak ``memory`` in MB of the largest process,
and ``kept``: the ids of the records that are left when duplicates are taken out. Every peer is called as its
documentation has it, with its own defaults.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import resource
import sys
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

Rows = list[dict[str, str]]


def rows_of(folder: Path) -> Rows:
    """Return the records of a folder."""
    with (folder / "records.csv").open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def seconds() -> float:
    """Return the CPU seconds of this process and its helpers so far."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def bib_dedupe(folder: Path) -> tuple[list[str], float]:
    """Return what prep, block, match and cluster leave, and CPU seconds."""
    rows = rows_of(folder)
    pandas, peer = import_module("pandas"), import_module("bib_dedupe.bib_dedupe")
    names = {"id": "ID", "authors": "author"}
    frame = pandas.DataFrame(
        {names.get(name, name): [row[name] for row in rows] for name in rows[0] if name != "source"}
    )
    frame["ENTRYTYPE"] = "article"  # of papers at conferences, too, the proceedings stand in "journal"
    frame["abstract"] = ""
    began = seconds()
    pairs = peer.block(peer.prep(frame.drop(columns="type")))
    sets = peer.cluster(peer.match(pairs))
    used = seconds() - began
    gone = {uid for uids in sets for uid in sorted(uids)[1:]}
    return [row["id"] for row in rows if row["id"] not in gone], used


def asreview_datatools(folder: Path) -> tuple[list[str], float]:
    """Return what the steps of ``asreview data dedup`` leave, and CPU seconds."""
    given = import_module("asreview.data").load_data(str(folder / "records.csv"))
    began = seconds()
    given.drop_duplicates(pid="doi", inplace=True)
    return list(given.df["id"]), seconds() - began


CALLS = {"bib-dedupe": bib_dedupe, "asreview-datatools": asreview_datatools}


def main() -> None:
    """Ask one peer."""
    peer, folder = sys.argv[1], Path(sys.argv[2])
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with contextlib.redirect_stdout(sys.stderr):
        kept, used = CALLS[peer](folder)
    memory = max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    answer: dict[str, Any] = {
        "version": metadata.version(peer),
        "seconds": used,
        "memory": memory / 1024,
        "kept": kept,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
