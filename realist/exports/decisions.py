"""Decisions as a table: one line each, as long as people changed their minds."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from realist.text import cell

COLUMNS = (
    "paper", "record_key", "round", "person", "verdict", "reasons", "note", "at", "seconds", "superseded",
    "check", "paper_uid",
)  # fmt: skip


def decisions_csv(rows: Iterable[dict[str, Any]]) -> str:
    """Return decisions as CSV that a spreadsheet can open and never runs; moments are ISO 8601 in UTC."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_text(row[name]) for name in COLUMNS])
    return out.getvalue()


def _text(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, int | float):
        return value
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return cell(str(value))
