"""Records as JSON Lines: every record as it was read and as it was understood, nothing left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from realist.queries.records import export_rows
from realist.store.engine import Store


def record_objects(store: Store) -> Iterator[dict[str, Any]]:
    """Yield one object per record, by import and position. ``paper`` is the paper it is read under now."""
    with store.read() as connection:
        for row, paper in export_rows(connection):
            yield {
                "record": row.uid, "paper": paper, "source_file": row.file, "source_line": row.line,
                "source_key": row.source_key, "type": row.type, "title": row.title,
                "authors": _list(row.authors), "editors": _list(row.editors), "year": row.year,
                "journal": row.journal, "volume": row.volume, "number": row.number, "pages": row.pages,
                "doi": row.doi, "pmid": row.pmid, "url": row.url, "abstract": row.abstract,
                "keywords": _list(row.keywords), "language": row.language, "notes": row.notes,
                "database": row.database, "publisher": row.publisher, "raw": json.loads(row.raw),
            }  # fmt: skip


def _list(text: str) -> list[str]:
    return text.split("\n") if text else []


def write_records(store: Store, path: Path) -> int:
    """Write all records to *path* as JSON Lines (ASCII-escaped); return how many."""
    written = 0
    with path.open("w", encoding="ascii", newline="\n") as file:
        for item in record_objects(store):
            file.write(json.dumps(item) + "\n")
            written += 1
    return written
