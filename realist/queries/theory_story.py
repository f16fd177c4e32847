"""How each final statement came about, down to page and person, and how much of it rests on no excerpt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from realist.domain.theories import Differing, compared
from realist.queries.extractions import counted, seen
from realist.queries.grouping import group_of
from realist.queries.standing import merges
from realist.queries.theories import Standing, borne_row, standing, statement_row, theories, version_row
from realist.queries.theory_bearing import Borne
from realist.queries.theory_explains import explained
from realist.queries.theory_lives import lives
from realist.queries.theory_trace import Traced, traces
from realist.store.tables import (
    Configuration,
    ConfigurationMechanism,
    Element,
    ElementSource,
    Evidence,
    EvidenceExcerpt,
    Excerpt,
    Move,
    MoveItem,
    Person,
    TheoryPart,
)
from realist.vocabulary import ConfigurationStatus, MoveKind, MoveRole

Rows = list[dict[str, Any]]


def story(connection: Connection, *, viewer: str = "") -> dict[str, Any]:
    """Return how the review's theory came about, of what *viewer* may see.

    ``theories`` each with ``versions``, ``statements`` of the latest version, each with its ``history``,
    what bears on it and what that rests on, and ``explains``; ``mechanisms`` are their lives, see
    :func:`realist.queries.theory_lives.lives`; ``shares`` say of how many statements, mechanisms, claims and
    parts of boxes how many rest on no excerpt.
    """
    known = theories(connection, viewer=viewer)
    told = []
    for row in known:
        at = standing(connection, row["uid"], viewer=viewer) if row["versions"] else None
        explains = explained(connection, row["uid"], viewer=viewer)
        told.append(
            {
                **row,
                "explains": explains,
                "versions": [version_row(one, at.moved.get(one.move, ())) for one in at.versions]
                if at
                else [],
                "statements": _statements(connection, at, viewer) if at else [],
            }
        )
    found = lives(connection, viewer=viewer)
    of = [statement for row in told if row["kind"] == "programme" for statement in row["statements"]]
    bare = [one for one in of if not one["strength"]["excerpts"]]
    shares = [
        {"what": "statements", "all": len(of), "without": len(bare)},
        *_shares(connection, found, viewer),
    ]
    return {"theories": told, "mechanisms": found, "shares": shares}


def _statements(connection: Connection, at: Standing, viewer: str) -> Rows:
    behind = traces(connection, at.here, viewer=viewer)
    ranks = ranked(connection)
    return [
        {
            **statement_row(one),
            "history": history(at, one.part),
            "ranked": ranks[one.part],
            "strength": at.strengths[one.part].told,
            "situated": at.situated.get(one.part, []),
            "bearing": [{**borne_row(row), "parts": _parts(row, behind)} for row in at.on(one.part)],
        }
        for one in at.version.statements
    ]


def _parts(row: Borne, behind: dict[str, tuple[Traced, ...]]) -> Rows:
    return [
        {**part._asdict(), "rests": [{**one._asdict(), "place": one.place} for one in part.rests]}
        for part in behind[row.uid]
    ]


def history(at: Standing, part: str) -> Rows:
    """Return what became of a part (uid) from version to version: those in which it changed.

    Each with number, stage, state (*added*, *reworded* or *dropped*), ``said``, the ``words`` of both
    wordings, reason, moved_by, by and at.
    """
    found = []
    for place, version in enumerate(at.versions):
        before = at.versions[place - 1].statements if place else ()
        row = next((one for one in compared(before, version.statements) if _of(one) == part), None)
        if row is None or row.state == "same":
            continue
        said = row.after or row.before
        found.append(
            {
                "number": version.number, "stage": version.stage, "state": row.state,
                "said": said.said if said else "",
                "words": [{"mark": mark, "words": " ".join(words)} for mark, words in row.words],
                "reason": version.reason, "moved_by": at.moved.get(version.move, []), "by": version.by,
                "at": version.at,
            }
        )  # fmt: skip
    return found


def _of(row: Differing) -> str:
    one = row.after or row.before
    return one.part if one else ""


def ranked(connection: Connection) -> dict[str, Rows]:
    """Return by part (uid) how it was prioritised, in the order of time: rank, reason, by, at."""
    rows = connection.execute(
        select(
            MoveItem.subject,
            TheoryPart.number,
            Move.result,
            Move.reason,
            Person.initials.label("by"),
            Move.at,
        )
        .join(Move, Move.uid == MoveItem.move)
        .join(Person, Person.uid == Move.person)
        .join(TheoryPart, TheoryPart.uid == MoveItem.subject)
        .where(Move.kind == MoveKind.PRIORITISE, MoveItem.role == MoveRole.RESULT)
        .order_by(Move.at, Move.uid)
    )
    found: dict[str, Rows] = defaultdict(list)
    for row in rows:
        ranks = dict(one.split(": ", 1) for one in row.result.split("; ") if ": " in one)
        rank = ranks.get(f"p{row.number}", row.result)
        found[row.subject].append({"rank": rank, "reason": row.reason, "by": row.by, "at": row.at})
    return found


def _shares(connection: Connection, found: dict[str, Any], viewer: str) -> Rows:
    """Count mechanisms of the final list, claims and parts of boxes, and those of each without an excerpt."""
    claims = select(Evidence.uid, Evidence.mechanism, Excerpt.uid.label("excerpt")).select_from(Evidence)
    claims = claims.outerjoin(
        Excerpt, (Excerpt.uid == Evidence.excerpt) & (Excerpt.quotation != "") & seen(Excerpt, viewer)
    ).where(counted(Evidence, viewer))
    rows = connection.execute(claims).all()
    further = set(
        connection.execute(
            select(EvidenceExcerpt.evidence)
            .join(Excerpt, Excerpt.uid == EvidenceExcerpt.excerpt)
            .where(Excerpt.quotation != "", seen(Excerpt, viewer))
        ).scalars()
    )
    quoted = [row for row in rows if row.excerpt or row.uid in further]
    parts, quoting = _boxes(connection, viewer)
    of = _final(found)
    groups = merges(connection).whole()
    under = {uid: set(group_of(groups, uid)) for uid in of}
    resting = {row.mechanism for row in quoted} | quoting
    bare = [uid for uid in of if not under[uid] & resting]
    all_, with_ = parts
    return [
        {"what": "mechanisms", "all": len(of), "without": len(bare)},
        {"what": "claims", "all": len(rows), "without": len(rows) - len(quoted)},
        {"what": "parts of boxes", "all": all_, "without": all_ - with_},
    ]


def _final(found: dict[str, Any]) -> Sequence[str]:
    """Return the mechanisms of the list that the grid shows, else of the last one, else all."""
    for row in found["lists"]:
        if row["name"] == found["of"]:
            return [item["uid"] for item in row["items"] if item["uid"]]
    return [row["uid"] for row in found["mechanisms"]]


def _boxes(connection: Connection, viewer: str) -> tuple[tuple[int, int], set[str]]:
    """Return of parts of boxes how many there are and how many quote; and the mechanisms of such boxes."""
    counts = counted(Configuration, viewer), Configuration.status != ConfigurationStatus.DROPPED
    every = select(func.count()).select_from(Element)
    every = every.join(Configuration, Configuration.uid == Element.configuration).where(*counts)
    quoting = (
        select(Element.uid, Element.configuration)
        .join(Configuration, Configuration.uid == Element.configuration)
        .join(ElementSource, ElementSource.element == Element.uid)
        .join(Excerpt, Excerpt.uid == ElementSource.excerpt)
        .where(*counts, Excerpt.quotation != "", seen(Excerpt, viewer))
        .distinct()
    )
    rows = connection.execute(quoting).all()
    boxes = {row.configuration for row in rows}
    of = ConfigurationMechanism
    pairs = connection.execute(select(of.configuration, of.mechanism)).all()
    under = {mechanism for box, mechanism in pairs if box in boxes}
    return (int(connection.execute(every).scalar_one()), len(rows)), under
