"""Checklists of reporting standards, filled as far as the review can fill them.

A standard is a file of this package: items, what each asks for, which facts answer it (see
:mod:`realist.queries.facts`). A new standard is a new file.
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection

from realist.exports.table import Cell, Column, Document, Row, Table
from realist.queries.facts import Fact, facts
from realist.queries.review import review

STANDARDS = ("rameses", "entreq")


class Filled(StrEnum):
    """How far an item is filled."""

    FILLED = "filled"
    PARTLY = "filled in part, needs your words"
    WORDS = "needs your words"
    MISSING = "missing"


def standard(name: str) -> dict[str, Any]:
    """Return a standard as its file has it: title, source, items."""
    path = files("realist.exports.supplement").joinpath("standards", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def checklist(connection: Connection, name: str, *, viewer: str = "") -> Document:
    """Return the checklist of a standard (of STANDARDS): a row an item, with what the review holds of it.

    The column *page* is for the author. Each sentence names the verb that shows where its numbers are from.
    """
    of = standard(name)
    columns = [
        Column("Item", field="item", share=1.0), Column("State", field="state", share=0.7),
        Column("From the review", field="found", share=3.0), Column("Page", field="page", share=0.3),
    ]  # fmt: skip
    rows, states = [], []
    for item in of["item"]:
        found = facts(connection, tuple(item.get("facts", ())), viewer=viewer)
        state = _state(item, found)
        states.append(state)
        said = " ".join(f"{fact.text} [{fact.verb}]" for fact in found)
        words = said or ("Nothing is recorded." if state is Filled.MISSING else "")
        name_ = f"{item['name']}: {item['asks']}"
        rows.append(
            Row(item["number"], [Cell(name_), Cell(str(state)), Cell(words), Cell("")], field=item["number"])
        )
    told = ", ".join(f"{state} {states.count(state)}" for state in Filled if state in states)
    table = Table(
        name, of["title"], "No.", columns, rows,
        notes=[f"{len(rows)} items: {told}.", f"After {of['source']}; what items ask for is in our words.",
               "In brackets: the verb that shows what a sentence is taken from."],
    )  # fmt: skip
    data = [
        {"number": item["number"], "name": item["name"], "section": item["section"], "state": str(state),
         "facts": [fact._asdict() for fact in facts(connection, tuple(item.get("facts", ())), viewer=viewer)]}
        for item, state in zip(of["item"], states, strict=True)
    ]  # fmt: skip
    return Document(of["title"], [table], [str(review(connection)["title"])], data)


def _state(item: dict[str, Any], found: list[Fact]) -> Filled:
    if not item.get("facts"):
        return Filled.WORDS
    if not found:
        return Filled.WORDS if item.get("words") else Filled.MISSING
    return Filled.PARTLY if item.get("words") else Filled.FILLED
