"""Refused text as a file of its own, to be mended by hand and read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

SUFFIXES: dict[str, str] = {
    "ris": ".ris", "nbib": ".nbib", "wos": ".txt", "wos-tab": ".txt", "ovid": ".txt", "enw": ".enw",
    "bibtex": ".bib", "endnote-xml": ".xml", "csv": ".csv", "tsv": ".txt", "csl-json": ".json",
    "xlsx": ".csv",
}  # fmt: skip
"""How files of each format are usually named; what a spreadsheet refused is written as CSV."""


def mendable(name: str, texts: Sequence[str], columns: Sequence[str] = ()) -> str:
    """Return refused *texts* of a file of the format *name* as a file of that format.

    The text stands to the letter; around it is only what makes a file of it: the opening and closing of
    XML and JSON, a heading of *columns* for a table, a blank line between texts elsewhere.
    """
    if name == "endnote-xml":
        return "<xml><records>\n" + "\n".join(texts) + "\n</records></xml>\n"
    if name == "csl-json":
        return "[\n" + ",\n".join(text.strip().strip(",") for text in texts) + "\n]\n"
    if name in ("csv", "tsv", "wos-tab", "xlsx"):
        return _heading(name, texts, columns) + "\n".join(texts) + "\n"
    return "\n\n".join(texts) + "\n"


def _heading(name: str, texts: Sequence[str], columns: Sequence[str]) -> str:
    """Return the line with the names of the columns, where the text does not begin with it already."""
    out = io.StringIO()
    csv.writer(out, delimiter="," if name in ("csv", "xlsx") else "\t", lineterminator="\n").writerow(columns)
    line = out.getvalue()
    return "" if not columns or (texts and texts[0].startswith(line.rstrip("\n"))) else line
