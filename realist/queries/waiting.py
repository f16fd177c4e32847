"""What waits to be placed: pieces that were given to something that went into several others."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from realist.domain.notation import write
from realist.errors import NotFound
from realist.queries.boxes import boxes, numbers
from realist.queries.extractions import counted, seen
from realist.queries.standing import KINDS, PIECES, Kind, standing
from realist.store.tables import (
    Configuration,
    ConfigurationMechanism,
    Element,
    ElementTag,
    Evidence,
    Excerpt,
    Paper,
)
from realist.text import line, shorten
from realist.vocabulary import ConfigurationStatus

Rows = list[dict[str, Any]]
_HOLDS = Configuration.status != ConfigurationStatus.DROPPED


def piece_given(connection: Connection, of: Kind, uid: str, *, viewer: str = "") -> tuple[str, str]:
    """Return the table of a piece, and what it was given to, where *viewer* may see it; else NotFound."""
    wanted = line(uid)
    for table, pieces in PIECES.items():
        if not hasattr(pieces, of.word):
            continue
        given = of.of(pieces)
        statement = select(given).where(pieces.uid == wanted, given.is_not(None))
        if pieces is Evidence:
            statement = statement.where(seen(Evidence, viewer))
        elif pieces is ConfigurationMechanism:
            statement = statement.join(
                Configuration, Configuration.uid == ConfigurationMechanism.configuration
            ).where(seen(Configuration, viewer))
        else:
            statement = (
                statement.join(Element, Element.uid == ElementTag.element)
                .join(Configuration, Configuration.uid == Element.configuration)
                .where(seen(Configuration, viewer))
            )
        if found := connection.execute(statement).scalar():
            return table, str(found)
    raise NotFound(
        f"There is no piece {shorten(wanted, 60)!r} of {of.a}: `realist {of.word} waiting` lists them."
    )


def waiting(connection: Connection, kind: str = "mechanism", uid: str = "", *, viewer: str = "") -> Rows:
    """Return the pieces that wait to be placed, all or those that wait under *uid*, in the order given.

    ``piece`` and ``table`` are the row, ``under`` and ``into`` what it waits under and may be placed under
    (uid and name), ``paper`` the label of its paper, ``box`` the number of its box or None, ``words`` what it
    says. Only what counts and *viewer* may see.
    """
    return [
        row
        for row in pieces(connection, kind, under=uid, viewer=viewer)
        if row["into"] and uid in ("", row["under"]["uid"])
    ]


def pieces(connection: Connection, kind: str = "mechanism", *, under: str = "", viewer: str = "") -> Rows:
    """Return every piece that was given to something that went into others, with where it stands ``now``.

    A row each for what it waits under, as in :func:`waiting`; one that waits under nothing has no ``into``.
    With *under* (a uid), only those that may have come to stand there.
    """
    of, at = KINDS[kind], standing(connection, kind)
    if not any(len(into) > 1 for into in at.into.values()):
        return []
    gone = frozenset(at.into) if not under else frozenset(at.into).intersection(at.sources(under))
    names: dict[str, str] = dict(connection.execute(select(of.table.uid, of.table.name)).all())

    def named(uid: str) -> dict[str, str]:
        return {"uid": uid, "name": names[uid]}

    found = []
    for row in [*_evidence(connection, of, viewer), *_boxes(connection, of, gone, viewer)]:
        if row["given"] not in gone:
            continue
        now = at.now(row["table"], row["piece"], row["given"])
        row |= {"given": named(row["given"]), "now": [named(one) for one in now]}
        waits = [one for one in now if one in at.into]
        for one in waits or [""]:
            where = named(one) if one else None
            found.append({**row, "under": where, "into": [named(to) for to in at.into.get(one, ())]})
    return found


def _evidence(connection: Connection, of: Kind, viewer: str) -> Rows:
    given = of.of(Evidence)
    rows = connection.execute(
        select(
            Evidence.uid,
            given,
            Evidence.paper,
            Paper.label,
            Evidence.stance,
            Evidence.claim,
            Excerpt.quotation,
        )
        .join(Paper, Paper.uid == Evidence.paper)
        .outerjoin(Excerpt, (Excerpt.uid == Evidence.excerpt) & seen(Excerpt, viewer))
        .where(given.is_not(None), counted(Evidence, viewer))
        .order_by(Evidence.at, Evidence.uid)
    )  # fmt: skip
    return [
        {
            "table": "evidence", "piece": uid, "given": to, "paper_uid": paper, "paper": label, "box": None,
            "box_uid": None, "words": f"{stance}: {claim or quotation or ''}",
        }
        for uid, to, paper, label, stance, claim, quotation in rows
    ]  # fmt: skip


def _boxes(connection: Connection, of: Kind, gone: frozenset[str], viewer: str) -> Rows:
    """Return the boxes under one of *gone* (uids), and the parts of boxes that are tagged with one."""
    holds, tag = (counted(Configuration, viewer), _HOLDS), of.of(ElementTag)
    rows: list[tuple[str, str, str, str, str | None]] = []
    if of.word == "mechanism":
        under = ConfigurationMechanism
        own = select(under.uid, under.mechanism, under.configuration).join(
            Configuration, Configuration.uid == under.configuration
        )
        order = Configuration.number, under.position, under.uid
        for piece, given, box in connection.execute(own.where(*holds).order_by(*order)):
            rows.append((under.__tablename__, piece, given, box, None))
    tagged = (
        select(ElementTag.uid, tag, Element.configuration, Element.text)
        .join(Element, Element.uid == ElementTag.element)
        .join(Configuration, Configuration.uid == Element.configuration)
        .where(tag.is_not(None), *holds)
        .order_by(Configuration.number, Element.position, ElementTag.position, ElementTag.uid)
    )
    for piece, given, box, text in connection.execute(tagged):
        rows.append((ElementTag.__tablename__, piece, given, box, text))
    rows = [row for row in rows if row[2] in gone]
    known = (
        {box.uid: box for box in boxes(connection, uids={row[3] for row in rows}, viewer=viewer)}
        if rows
        else {}
    )
    numbered = numbers(connection, viewer=viewer)
    found = []
    for table, piece, given, box, text in rows:
        of_box = known[box]
        words = line(of_box.title) or line(write(of_box.parts)) if text is None else f"part: {text}"
        papers = of_box.papers
        found.append({
            "table": table, "piece": piece, "given": given, "paper_uid": papers[0].uid if papers else None,
            "paper": "; ".join(paper.name for paper in papers), "box": numbered[box], "box_uid": box,
            "words": words,
        })  # fmt: skip
    return found
