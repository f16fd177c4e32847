"""Mechanisms: how they are named, what becomes of them, and the lists in which they stand."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from realist.errors import Refused
from realist.queries.naming import resolve
from realist.services.lives import decide_fate, describe, end_merge, merge
from realist.services.proposing import (
    add_context,
    add_mechanism,
    add_outcome,
    context_named,
    mechanism_named,
    outcome_named,
)
from realist.services.unit import Desk
from realist.store.tables import ListLineage, MechanismAlias, MechanismList, MechanismListItem
from realist.text import fold, line, paragraphs
from realist.vocabulary import Lineage

__all__ = [
    "add_alias", "add_context", "add_list", "add_mechanism", "add_outcome", "context_named", "decide_fate",
    "describe", "end_merge", "mechanism_named", "merge_mechanisms", "outcome_named", "state_lineage",
]  # fmt: skip

merge_mechanisms = merge


def add_alias(desk: Desk, mechanism: str, name: str, *, source: str = "") -> str:
    """Record another name of a mechanism and where it is called so; return the uid."""
    with desk.unit("add alias", f"{name} of {mechanism}") as work:
        uid = resolve(work.connection, "mechanism", mechanism)
        if not fold(name):
            raise Refused(f"{line(name)!r} holds no letter or digit: it cannot be another name.")
        return work.add(MechanismAlias(mechanism=uid, name=line(name), source=line(source))).uid


def add_list(
    desk: Desk,
    name: str,
    items: Sequence[tuple[str, str]],
    *,
    stage: str = "",
    dated: str = "",
    agreed: bool = True,
    source: str = "",
    note: str = "",
) -> str:
    """Add a named, ordered list of mechanisms; return its uid.

    An item is (mechanism, words as printed); a heading that names no mechanism has an empty first part.
    """
    name = line(name)
    with desk.unit("add mechanism list", name) as work:
        if not name:
            raise Refused("A list needs a name.")
        if work.connection.execute(select(MechanismList.uid).where(MechanismList.name == name)).first():
            raise Refused(f"There is already a mechanism list {name!r} in this review.")
        row = MechanismList(position=work.position(MechanismList), name=name, agreed=agreed)
        row.stage = resolve(work.connection, "stage", stage) if stage else None
        row.dated, row.source, row.note = line(dated), line(source), paragraphs(note)
        work.add(row)
        for position, (mechanism, printed) in enumerate(items, 1):
            uid = resolve(work.connection, "mechanism", mechanism) if mechanism else None
            item = MechanismListItem(mechanism_list=row.uid, position=position, mechanism=uid)
            item.printed = line(printed or mechanism)
            work.add(item)
        return row.uid


def state_lineage(desk: Desk, from_list: str, into_list: str, lineage: Lineage, *, note: str = "") -> str:
    """State what is known of how one list came from another; return the uid."""
    with desk.unit("state lineage", f"{from_list} to {into_list}: {lineage}") as work:
        first = resolve(work.connection, "list", from_list)
        second = resolve(work.connection, "list", into_list)
        row = ListLineage(from_list=first, into_list=second, lineage=lineage, note=paragraphs(note))
        return work.add(row).uid
