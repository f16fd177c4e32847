"""Lists of papers as JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from realist.queries.listing import PaperLine
from realist.text import cell


def papers_json(rows: Iterable[PaperLine]) -> list[dict[str, Any]]:
    """Return papers as the objects of `realist paper list --json`; tags are a list, the state is a word."""
    return [{**row._asdict(), "state": str(row.state), "tags": list(row.tags)} for row in rows]


def papers_csv(rows: Iterable[PaperLine]) -> str:
    """Return papers as CSV, safe in a spreadsheet: a heading, then a row each; lists with semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(PaperLine._fields)
    for row in rows:
        values = row._replace(authors=["; ".join(row.authors)], tags=("; ".join(row.tags),))
        texts = (value[0] if isinstance(value, list | tuple) else value for value in values)
        writer.writerow(
            ["" if text is None else cell(text) if isinstance(text, str) else text for text in texts]
        )
    return out.getvalue()
