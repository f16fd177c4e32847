"""From what a person types to the box meant, among those that they may see."""

from __future__ import annotations

from sqlalchemy import Connection

from realist.queries.extractions import seen
from realist.queries.naming import Kind, resolve, resolved
from realist.store.tables import Configuration

BOX = "configuration"


def resolve_any(connection: Connection, kind: str, name: str, *, viewer: str = "") -> str:
    """Return the uid of the one *kind* of thing that *name* means, boxes included.

    As :func:`realist.queries.naming.resolve`; a box that *viewer* may not see yet is not there.
    """
    if kind != BOX:
        return resolve(connection, kind, name)
    of = Configuration
    box = Kind(of, "box", (of.label, of.title), of.number, seen=seen(of, viewer), labelled=True)
    return resolved(connection, box, name)
