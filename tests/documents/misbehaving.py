"""Stands in for the process that reads: does what the file says that a hostile file might make it do."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main(path: str, extractor: str) -> None:
    """Misbehave as the file says."""
    what = Path(path).read_text(encoding="utf-8").removeprefix("%PDF-").strip()
    if what == "hang":
        print(json.dumps({"at": [1, 9]}), flush=True)
        time.sleep(600)
    elif what == "crash" or (what == "crash once" and extractor == "pdfium"):
        os.abort()
    elif what == "babble":
        print('{"at": [1', flush=True)
    elif what == "memory":
        print(json.dumps({"failed": "MemoryError"}), flush=True)
    elif what == "not installed":
        print(json.dumps({"failed": "ModuleNotFoundError"}), flush=True)
    elif what == "count":
        for done in range(1, 400):
            print(json.dumps({"at": [done, 400]}), flush=True)
            time.sleep(0.01)
    else:
        pages = [[1, "", extractor]]
        print(json.dumps({"document": ["pdf", extractor, "1", pages, [], False, []]}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[3])
