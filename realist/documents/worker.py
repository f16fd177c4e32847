"""What runs in the process apart: reads one file and writes what it finds to standard output, line by line.

Each line is JSON: ``{"at": [done, total]}``, then ``{"document": …}`` or ``{"refused": sentence}`` or
``{"failed": why}``. Started by :mod:`realist.documents.apart` with the file, its kind and the extractor.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from realist.documents.reading import read_here
from realist.documents.values import DocumentKind
from realist.errors import RealistError

MOST_MEMORY = 3_000_000_000
"""How many bytes of memory a reading may take, where the system can hold it to that."""


def main(path: str, kind: str, extractor: str) -> None:
    """Read one file and write the messages."""
    _limit()
    out = sys.stdout
    try:
        steps = read_here(Path(path), DocumentKind(kind), extractor)
        while True:
            try:
                _write(out, {"at": next(steps)})
            except StopIteration as stopped:
                _write(out, {"document": stopped.value})
                return
    except RealistError as error:
        _write(out, {"refused": str(error)})
    except Exception as error:
        # Whatever a hostile file makes a library raise ends here; the caller is told in one word.
        _write(out, {"failed": type(error).__name__})


def _write(out: Any, message: dict[str, Any]) -> None:
    out.write(json.dumps(message) + "\n")
    out.flush()


def _limit() -> None:
    """Hold this process to its memory; not every system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    main(*sys.argv[1:4])
