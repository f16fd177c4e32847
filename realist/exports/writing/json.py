"""JSON: what scripts know of the thing already, else the parts of the document as they are."""

from __future__ import annotations

import json
import re
from typing import Any

from realist.exports.table import Cell, Column, Document, Frame, Heading, Part, Row, Table, Text

_HIDDEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def write(document: Document) -> bytes:
    """Return a document as indented JSON; characters that would not be seen are written as numbers."""
    data = document.data if document.data is not None else document_json(document)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return (_HIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n").encode("utf-8")


def document_json(document: Document) -> dict[str, Any]:
    """Return a document as an object: title, about, and its parts, each with what it is."""
    return {
        "title": document.title,
        "about": list(document.about),
        "parts": [_part(part) for part in document.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Table):
        return table_json(part)
    if isinstance(part, Frame):
        return {
            "part": "frame", "key": part.key, "title": part.title,
            "parts": [_part(text) for text in part.parts],
        }  # fmt: skip
    if isinstance(part, Heading):
        return {"part": "heading", **part._asdict()}
    assert isinstance(part, Text)
    return {"part": "text", **part._asdict(), "style": str(part.style)}


def table_json(table: Table) -> dict[str, Any]:
    """Return a table as an object; a cell is an object of what is known of it."""
    return {
        "part": "table",
        "key": table.key,
        "title": table.title,
        "corner": table.corner,
        "columns": [_column(column) for column in table.columns],
        "rows": [_row(row) for row in table.rows],
        "foot": [_row(row) for row in table.foot],
        "notes": list(table.notes),
        "behind": {
            key: {
                "row": behind.row,
                "column": behind.column,
                "pieces": [piece._asdict() for piece in behind.pieces],
            }
            for key, behind in table.behind.items()
        },
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name, "uid": column.uid or None, "holds": str(column.holds), "group": column.group,
        "note": column.note,
    }  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    return {"name": row.name, "uid": row.uid or None, "cells": [_cell(cell) for cell in row.cells]}


def _cell(cell: Cell) -> dict[str, Any]:
    found: dict[str, Any] = {"text": cell.text}
    if cell.sign is not None:
        found["sign"] = cell.sign
    if cell.number is not None:
        found["number"] = cell.number
    if cell.state:
        found["state"] = cell.state
    if cell.behind:
        found["behind"] = cell.behind
    return found
