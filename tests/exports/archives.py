"""Archives taken apart and put together again, and databases as they are to the byte."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from realist.exports.archive import Archived, Told, write_archive
from realist.store.engine import open_store

Rows = dict[str, list[Any]]


def archived(address: str, path: Path, *, attachments: bool = True, told: Told | None = None) -> Archived:
    """Write the archive of the review at an address as SF."""
    store = open_store(address)
    try:
        return write_archive(store, path, viewer="SF", attachments=attachments, told=told)
    finally:
        store.close()


def pieces(path: Path) -> dict[str, bytes]:
    """Return what an archive holds, by name."""
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip file of these members, names twice where they are given twice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def matching(members: Mapping[str, bytes], **manifest: Any) -> bytes:
    """Return an archive of these members whose manifest fits them, but for what is given of it."""
    told = json.loads(members["manifest.json"])
    told["files"] = [
        {
            "name": name, "bytes": len(content), "sha256": sha256(content).hexdigest(),
            "rows": content.count(b"\n") if name.startswith("tables/") else None,
        }
        for name, content in members.items()
        if name != "manifest.json"
    ]  # fmt: skip
    told |= manifest
    return zipped([*((n, c) for n, c in members.items() if n != "manifest.json"),
                   ("manifest.json", json.dumps(told).encode())])  # fmt: skip


def with_table(path: Path, table: str, change: Callable[[list[dict[str, Any]]], list[Any]]) -> bytes:
    """Return an archive with the rows of a table changed, manifest and all."""
    members = pieces(path)
    name = f"tables/{table}.jsonl"
    rows = change([json.loads(line) for line in members[name].splitlines()])
    members[name] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    return matching(members)


def to_the_byte(path: str | Path) -> Rows:
    """Return every row of every table of a file but the index and drafts, texts as their bytes."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        names = [
            name.decode()
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall()
        ]
        found: Rows = {}
        for name in sorted(names):
            if name.startswith(("search_", "sqlite_")) or name == "draft":
                continue
            cursor = connection.execute(f'SELECT * FROM "{name}"')
            columns = [column[0] for column in cursor.description]
            rows = [sorted(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            found[name] = sorted(rows, key=repr)
        return found
