"""How many parts of boxes rest on a named source, and how many were inferred."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from realist.queries.extractions import counted
from realist.store.tables import Configuration, Element, ElementSource
from realist.vocabulary import Basis, ConfigurationStatus


class Parts(NamedTuple):
    """Parts of boxes that count and were not dropped: all, those with a source, those inferred."""

    all: int
    sourced: int
    inferred: int


def sourced(connection: Connection, *, viewer: str = "") -> Parts:
    """Return how many parts there are, how many rest on a source and how many were inferred."""
    holds = (Configuration.status != ConfigurationStatus.DROPPED) & counted(Configuration, viewer)
    parts = (
        select(func.count())
        .select_from(Element)
        .join(Configuration, Configuration.uid == Element.configuration)
        .where(holds)
    )
    rests = select(ElementSource.uid).where(ElementSource.element == Element.uid).exists()
    of = (parts, parts.where(rests), parts.where(Element.basis == Basis.INFERRED))
    return Parts(*(int(connection.execute(statement).scalar_one()) for statement in of))
