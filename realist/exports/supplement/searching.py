"""The appendix on searches: every search as it was run, with strategy, limits, dates and hits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from realist.exports.table import Cell, Column, Document, Frame, Heading, Holds, Row, Style, Table, Text
from realist.queries.review import review, searches, stages

_COLUMNS = {
    "kind": "Kind", "source": "Source", "platform": "Platform", "run_on": "Run on", "period": "Period",
    "limits": "Limits", "hits": "Hits", "records": "Records read",
}  # fmt: skip
_NUMBERS = ("hits", "records")


def search_appendix(connection: Connection) -> Document:
    """Return every search by stage: a table of them, then each strategy as it was run.

    Unknown hits show as ``?``: unknown is not zero. RAMESES item 8, PRISMA-S.
    """
    found = searches(connection)
    parts: list[Any] = []
    for stage in stages(connection):
        of_stage = [row for row in found if row["stage"] == stage["name"]]
        if of_stage:
            purpose = f": {stage['purpose']}" if stage["purpose"] else ""
            parts.append(Heading(f"Stage {stage['name']}{purpose}"))
            parts.append(_table(f"searches-{len(parts)}", str(stage["name"]), of_stage))
            parts += _strategies(of_stage)
    none = [] if parts else [Text("No search was recorded: `realist search add` records one.")]
    return Document("Searches as they were run", [*none, *parts], [str(review(connection)["title"])])


def _table(key: str, stage: str, rows: list[dict[str, Any]]) -> Table:
    columns = [
        Column(name, field=field, holds=Holds.NUMBERS if field in _NUMBERS else Holds.WORDS)
        for field, name in _COLUMNS.items()
    ]
    made = [Row(row["name"], [_cell(row[field]) for field in _COLUMNS], uid=row["uid"]) for row in rows]
    return Table(
        key, f"Searches of stage {stage}", "Search", columns, made, notes=["? is not known; it is not 0."]
    )


def _cell(value: Any) -> Cell:
    if value is None:
        return Cell("", sign="?")
    return Cell(str(value), number=value) if isinstance(value, int) else Cell(str(value or ""))


def _strategies(rows: list[dict[str, Any]]) -> Iterator[Frame]:
    for row in rows:
        said = [Text(line, Style.CHAIN) for line in str(row["strategy"]).split("\n") if line.strip()]
        note = [Text(str(row["note"]), Style.NOTE)] if row["note"] else []
        if said or note:
            yield Frame(f"search-{row['number']}", f"{row['name']}: strategy as run", [*said, *note])
