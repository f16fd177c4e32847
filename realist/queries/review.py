"""The review at a glance: what it is, who works on it, its plan."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select, true

from realist.errors import NoReview
from realist.store.tables import (
    Import,
    IncludedSet,
    MechanismList,
    Objective,
    Person,
    ProcessChange,
    Record,
    Review,
    Search,
    Stage,
)
from realist.vocabulary import Scheme

Rows = list[dict[str, Any]]


def scheme(connection: Connection) -> str:
    """Return the scheme of configurations of the review; CMO before one is chosen."""
    return str(connection.execute(select(Review.scheme)).scalar() or Scheme.CMO)


def review(connection: Connection) -> dict[str, Any]:
    """Return the review's own row with its objectives."""
    row = connection.execute(select(*Review.__table__.columns)).mappings().first()
    if row is None:
        raise NoReview("This file holds no review yet: make one with `realist new`.")
    of_list = connection.execute(
        select(MechanismList.name).where(MechanismList.uid == row["grid_list"])
    ).scalar()
    of_set = connection.execute(select(IncludedSet.name).where(IncludedSet.uid == row["grid_set"])).scalar()
    texts = connection.execute(select(Objective.text).order_by(Objective.position)).scalars()
    names = {"grid_list_name": of_list or "", "grid_set_name": of_set or ""}
    return {**row, **names, "objectives": list(texts)}


def people(connection: Connection) -> Rows:
    """Return everybody who works or worked on the review."""
    rows = connection.execute(
        select(Person.uid, Person.initials, Person.name, Person.role, Person.active).order_by(Person.initials)
    )
    return [dict(row) for row in rows.mappings()]


def stages(connection: Connection) -> Rows:
    """Return the search stages in order."""
    rows = connection.execute(select(Stage.uid, Stage.name, Stage.purpose).order_by(Stage.position))
    return [dict(row) for row in rows.mappings()]


def searches(connection: Connection) -> Rows:
    """Return every search with the records that were imported for it; unknown hits are None."""
    counted = (
        select(Import.search, func.count(Record.uid).label("records"))
        .join(Record, Record.import_ == Import.uid)
        .where(Import.finished == true())
        .group_by(Import.search)
        .subquery()
    )
    rows = connection.execute(
        select(
            Search.uid, Search.number, Stage.name.label("stage"), Search.name, Search.kind, Search.source,
            Search.platform, Search.strategy, Search.limits, Search.period, Search.run_on, Search.hits,
            Search.note, func.coalesce(counted.c.records, 0).label("records"),
        )
        .join(Stage, Stage.uid == Search.stage)
        .outerjoin(counted, counted.c.search == Search.uid)
        .order_by(Stage.position, Search.number)
    )  # fmt: skip
    return [dict(row) for row in rows.mappings()]


def process_changes(connection: Connection) -> Rows:
    """Return what was planned and what was done instead."""
    rows = connection.execute(
        select(
            ProcessChange.uid, ProcessChange.planned, ProcessChange.instead, ProcessChange.reason,
            ProcessChange.happened,
        ).order_by(ProcessChange.at, ProcessChange.uid)
    )  # fmt: skip
    return [dict(row) for row in rows.mappings()]
