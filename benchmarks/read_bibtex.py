"""How much CPU time reading and mapping BibTeX takes, against bibtexparser merely parsing the same file.

Run ``python benchmarks/read_bibtex.py [--records N] [--runs N]``. The file is invented: about 1.65 kB a
record, as exports of databases have on average; one record in fifty is not written plainly. Runs of the two
alternate; medians of CPU seconds are printed, with their ratio and the limit, and the highest memory of a
process that reads a five times longer file. Exit status 1 over a limit.
"""

from __future__ import annotations

from pathlib import Path

from importing.beside import Beside, run
from importing.invented import write_bibtex


def read_bibtexparser(path: Path) -> int:
    """Parse the file with bibtexparser; return the number of records."""
    from bibtexparser.entrypoint import parse_string

    return len(parse_string(path.read_text(encoding="utf-8")).entries)


WHAT = Beside(write_bibtex, ".bib", "bibtexparser", read_bibtexparser, limit=1.3, memory=150, records=10_000)

if __name__ == "__main__":
    raise SystemExit(run(WHAT, __file__, __doc__))
