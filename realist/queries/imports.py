"""Imports: which files were read, what they held, and what of them was refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select, true

from realist.errors import NotFound
from realist.store.tables import Import, ImportProblem, Person, Record, RecordRaw, Search, Stage
from realist.store.tables.base import aliased
from realist.text import fold, line, shorten
from realist.vocabulary import Severity

Rows = list[dict[str, Any]]


def imports(connection: Connection) -> Rows:
    """Return every finished import, oldest first.

    Each with its file, by whom and when, format, product, encoding, records, refused, ``warnings``, search
    and stage by name (or None), ``mends`` (the file of the import it mends, or None) and ``mended`` (how
    many imports mend this one).
    """
    mended, mending = aliased(Import), aliased(Import)
    doubts = (
        select(func.count(ImportProblem.uid))
        .where(ImportProblem.import_ == Import.uid, ImportProblem.severity == Severity.WARNING)
        .scalar_subquery()
    )
    mends = (
        select(func.count(mending.uid))
        .where(mending.mends == Import.uid, mending.finished == true())
        .scalar_subquery()
    )
    rows = connection.execute(
        select(
            Import.uid, Import.file, Import.at, Person.initials.label("by"), Import.format, Import.product,
            Import.encoding, Import.records, Import.refused, doubts.label("warnings"),
            Search.name.label("search"), Stage.name.label("stage"), mended.file.label("mends"),
            mends.label("mended"),
        )
        .join(Person, Person.uid == Import.person)
        .outerjoin(Search, Search.uid == Import.search)
        .outerjoin(Stage, Stage.uid == Search.stage)
        .outerjoin(mended, mended.uid == Import.mends)
        .where(Import.finished == true())
        .order_by(Import.at, Import.uid)
    )  # fmt: skip
    return [dict(row) for row in rows.mappings()]


def resolve_import(connection: Connection, name: str) -> str:
    """Return the uid of the import that *name* means: its uid, or the newest of a file with this name."""
    wanted = line(name)
    rows = connection.execute(
        select(Import.uid, Import.file)
        .where(Import.finished == true())
        .order_by(Import.at.desc(), Import.uid)
    ).all()
    for row in rows:
        if wanted in (row.uid, row.file):
            return str(row.uid)
    folded = fold(wanted)
    for row in rows:
        if folded and fold(row.file) == folded:
            return str(row.uid)
    files = list(dict.fromkeys(row.file for row in rows))
    there = f" There are {', '.join(files[:8])}{' …' if len(files) > 8 else ''}." if files else ""
    raise NotFound(f"There is no import of a file {shorten(name, 60)!r} in this review.{there}")


def problems(connection: Connection, uid: str) -> Rows:
    """Return what an import could not read (errors) or doubted (warnings), by line.

    Each with line, record (its position, or None), severity, message and ``text``, the refused text to the
    letter.
    """
    rows = connection.execute(
        select(
            ImportProblem.line, ImportProblem.record, ImportProblem.severity, ImportProblem.message,
            ImportProblem.text,
        )
        .where(ImportProblem.import_ == uid)
        .order_by(ImportProblem.line, ImportProblem.uid)
    )  # fmt: skip
    return [{**row, "text": json.loads(row["text"]) if row["text"] else ""} for row in rows.mappings()]


def refused_texts(connection: Connection, uid: str) -> list[str]:
    """Return the texts that an import refused, to the letter, in the order of the file."""
    refused = (row for row in problems(connection, uid) if row["severity"] == Severity.ERROR)
    return [row["text"] for row in refused if row["text"]]


def column_names(connection: Connection, uid: str) -> Sequence[str]:
    """Return the tags of the first record that an import read: of a table, its columns that are filled."""
    first = (
        select(RecordRaw.raw)
        .join(Record, Record.uid == RecordRaw.uid)
        .where(Record.import_ == uid)
        .order_by(Record.position)
        .limit(1)
    )
    raw = connection.execute(first).scalar()
    return [tag for tag, _ in json.loads(raw)] if raw else []
