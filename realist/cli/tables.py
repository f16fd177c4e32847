"""Tables written as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from realist.errors import RealistError
from realist.text import cell


def write_table(target: Path, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table as CSV that a spreadsheet can open and never runs."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow([cell(name) for name in heading])
    for row in rows:
        writer.writerow(["" if v is None else cell(v) if isinstance(v, str) else v for v in row])
    write_whole(target, out.getvalue())


def write_whole(target: Path, text: str, *, marked: bool = True) -> None:
    """Write text to a file as UTF-8; *marked* so that spreadsheets know it as such."""
    try:
        target.write_text(text, encoding="utf-8-sig" if marked else "utf-8", newline="")
    except OSError as error:
        raise RealistError(f"{target} cannot be written: {error.strerror}.") from error
