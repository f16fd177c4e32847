"""What a theory explains: what was situated in it, and the parts of boxes that rest on it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from realist.queries.extractions import boxes_seen
from realist.queries.theories import situations, things_called
from realist.store.tables import Configuration, Element, ElementSource, MoveItem, Person
from realist.vocabulary import ConfigurationStatus, MoveRole

Rows = list[dict[str, Any]]


def explained(connection: Connection, theory: str, *, viewer: str = "") -> Rows:
    """Return what a theory (uid) explains: table and uid, what it is called, how, by whom, when.

    First what was situated in it, with the reason, in the order of time; then parts of boxes that rest on
    it. Of what *viewer* may see; dropped boxes are left out.
    """
    of = MoveItem
    found = [
        (subject, row)
        for subject, rows in situations(connection, viewer=viewer).items()
        for row in rows
        if row["theory"] == theory
    ]
    tables = dict(
        connection.execute(
            select(of.subject, of.subject_table).where(
                of.role == MoveRole.RESULT, of.move.in_({row["move"] for _, row in found})
            )
        ).all()
    )
    names = things_called(connection, [(tables[subject], subject) for subject, _ in found], viewer=viewer)
    rows = [
        {
            "table": tables[subject], "uid": subject, "called": names[subject], "how": row["reason"],
            "by": row["by"], "at": row["at"], "box": "",
        }
        for subject, row in sorted(found, key=lambda one: (one[1]["at"], one[0]))
    ]  # fmt: skip
    parts = connection.execute(
        select(
            Element.uid, Element.kind, Element.text, Configuration.uid.label("box"), Configuration.number,
            ElementSource.text.label("how"), Person.initials.label("by"), ElementSource.at,
        )
        .join(ElementSource, ElementSource.element == Element.uid)
        .join(Configuration, Configuration.uid == Element.configuration)
        .join(Person, Person.uid == ElementSource.person)
        .where(
            ElementSource.theory == theory, Configuration.uid.in_(boxes_seen(viewer)),
            Configuration.status != ConfigurationStatus.DROPPED,
        )
        .order_by(Configuration.number, Element.position)
    )  # fmt: skip
    rows += [
        {
            "table": "element", "uid": row.uid, "called": f"box #{row.number}, {row.kind}: {row.text}",
            "how": row.how, "by": row.by, "at": row.at, "box": row.box,
        }
        for row in parts
    ]  # fmt: skip
    return rows
