"""How much CPU time reading and mapping RIS takes, against rispy merely parsing the same file.

Run ``python benchmarks/read_ris.py [--records N] [--runs N]``. The file is invented: 36 lines and about
2.5 kB a record, as exports of databases have on average. Runs of the two alternate; medians of CPU seconds
are printed, with their ratio and the limit, and the highest memory of a process that reads a five times
longer file. Exit status 1 over a limit.
"""

from __future__ import annotations

from pathlib import Path

from importing.beside import Beside, run
from importing.invented import write_ris


def read_rispy(path: Path) -> int:
    """Parse the file with rispy; return the number of records."""
    import rispy

    with path.open(encoding="utf-8") as stream:
        return len(rispy.load(stream))


WHAT = Beside(write_ris, ".ris", "rispy", read_rispy, limit=1.2, memory=60, records=20_000)

if __name__ == "__main__":
    raise SystemExit(run(WHAT, __file__, __doc__))
