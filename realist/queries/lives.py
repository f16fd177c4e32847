"""The life of a mechanism, context or outcome: every move with who, when, why and what moved it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, select

from realist.queries.called import called
from realist.queries.extractions import counted, seen
from realist.queries.shown_extracted import hidden_rows
from realist.queries.standing import KINDS, PIECES, Kind, standing
from realist.store.tables import (
    Configuration,
    Consultation,
    Element,
    ElementTag,
    Evidence,
    Excerpt,
    Move,
    MoveItem,
    Paper,
    Person,
)
from realist.text import shorten
from realist.vocabulary import MoveKind, MoveRole

Rows = list[dict[str, Any]]
_SHORT = 80


def history(connection: Connection, kind: str, uid: str, *, viewer: str = "") -> Rows:
    """Return what happened to a mechanism, context or outcome, in order.

    Each row: ``did`` (a word of MoveKind, or of Fate where that was no move), at, ``by`` (initials), reason,
    ``result`` in words, ``number`` of the move or None, ``source`` and ``into`` (others that it was done
    with: uid and name), ``moved_by`` (table, uid and name), ``before`` and ``after`` (descriptions, where one
    changed), and ``pieces``, how many were placed. What *viewer* may not see yet is not told of.
    """
    of = KINDS[kind]
    versions = _versions(connection, of, uid)
    rows = _moves(connection, of, uid, versions, viewer)
    rows += _without_move(connection, of, uid, versions)
    return sorted(rows, key=lambda row: (row["at"], row["number"] or 0))


def aliases(connection: Connection, kind: str, uid: str) -> list[str]:
    """Return the other names of one, in the order in which it had them."""
    of = KINDS[kind]
    now = connection.execute(select(of.table.name).where(of.table.uid == uid)).scalar()
    rows = select(of.alias.name).where(of.of(of.alias) == uid).order_by(of.alias.at, of.alias.uid)
    return [name for name in dict.fromkeys(connection.execute(rows).scalars()) if name != now]


def parts_under(connection: Connection, kind: str, uid: str, *, viewer: str = "") -> Rows:
    """Return the parts of boxes that stand under a context or outcome now: box (uid, number), kind, text.

    Of boxes that count for *viewer*, in their order.
    """
    at, tag = standing(connection, kind), KINDS[kind].of(ElementTag)
    rows = connection.execute(
        select(
            ElementTag.uid.label("piece"), tag.label("given"), Configuration.uid.label("box"),
            Configuration.number, Element.kind, Element.text,
        )
        .join(Element, Element.uid == ElementTag.element)
        .join(Configuration, Configuration.uid == Element.configuration)
        .where(tag.in_(at.sources(uid)), counted(Configuration, viewer))
        .order_by(Configuration.number, Element.position, ElementTag.uid)
    ).mappings()  # fmt: skip
    return [dict(row) for row in rows if uid in at.now("element_tag", row["piece"], row["given"])]


def _row(did: str, at: datetime, by: str, reason: str = "", **more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "result": "", "number": None, "source": [], "into": [], "moved_by": [], "before": "", "after": "",
        "pieces": 0,
    }  # fmt: skip
    return {"did": str(did), "at": at, "by": by, "reason": reason, **empty, **more}


def _versions(connection: Connection, of: Kind, uid: str) -> Rows:
    """Return the versions of the description, each with the one before it."""
    version = of.version
    rows = connection.execute(
        select(version.description, version.reason, version.move, version.at, Person.initials)
        .join(Person, Person.uid == version.person)
        .where(of.of(version) == uid)
        .order_by(version.number)
    )
    before = ""
    if of.word != "mechanism":
        before = str(
            connection.execute(select(of.table.description).where(of.table.uid == uid)).scalar() or ""
        )
    found = []
    for row in rows.mappings():
        found.append({**row, "before": before})
        before = row["description"]
    return found


def _moves(connection: Connection, of: Kind, uid: str, versions: Rows, viewer: str) -> Rows:
    own = select(MoveItem.move).where(
        MoveItem.subject_table == of.word, MoveItem.subject == uid, MoveItem.role != MoveRole.MOVED_BY
    )
    moves = connection.execute(
        select(Move.uid, Move.number, Move.kind, Move.reason, Move.result, Move.at, Person.initials)
        .join(Person, Person.uid == Move.person)
        .where(Move.uid.in_(own))
    ).all()
    items: dict[str, list[Any]] = defaultdict(list)
    rows = connection.execute(
        select(MoveItem.uid, MoveItem.move, MoveItem.role, MoveItem.subject_table, MoveItem.subject)
        .where(MoveItem.move.in_(own))
        .order_by(MoveItem.position)
    ).all()
    things = [(item.uid, item.subject_table, item.subject) for item in rows]
    hidden = _hidden(connection, things, viewer)
    for item in rows:
        items[item.move].append(item)
    names = named(connection, {(table, thing) for _, table, thing in things}, viewer=viewer)
    changed = {row["move"]: row for row in versions if row["move"]}
    found = []
    for move in moves:
        pieces = [item for item in items[move.uid] if item.subject_table in PIECES]
        if any(item.uid in hidden for item in pieces if item.role != MoveRole.MOVED_BY):
            continue
        version = changed.get(move.uid)
        found.append(
            _row(
                move.kind, move.at, move.initials, move.reason, result=move.result, number=move.number,
                source=_with(items[move.uid], MoveRole.INPUT, of, uid, names),
                into=_with(items[move.uid], MoveRole.RESULT, of, uid, names),
                moved_by=[
                    {"table": item.subject_table, "uid": item.subject, "name": name}
                    for item in items[move.uid]
                    if item.role == MoveRole.MOVED_BY and item.uid not in hidden
                    and (name := names.get((item.subject_table, item.subject)))
                ],
                before=version["before"] if version else "",
                after=version["description"] if version else "",
                pieces=sum(item.role == MoveRole.INPUT for item in pieces),
            )
        )  # fmt: skip
    return found


def _with(
    items: Iterable[Any], role: MoveRole, of: Kind, uid: str, names: dict[tuple[str, str], str]
) -> list[dict[str, str]]:
    """Return the others of its kind in a role of a move."""
    return [
        {"uid": item.subject, "name": names.get((of.word, item.subject), "")}
        for item in items
        if item.role == role and item.subject_table == of.word and item.subject != uid
    ]


def _hidden(connection: Connection, things: Iterable[tuple[str, str, str]], viewer: str) -> Collection[str]:
    """Return which of items (uid, table and uid of the thing) are about what *viewer* may not see."""
    images = [
        ("move_item", item, {"subject_table": table, "subject": uid, "move": item})
        for item, table, uid in things
    ]
    return hidden_rows(connection, images, viewer).keys()


def named(
    connection: Connection, things: Collection[tuple[str, str]], *, viewer: str = ""
) -> dict[tuple[str, str], str]:
    """Return what things, (table, uid), are called for *viewer*, at most 80 characters each.

    What is hidden is left out.

    An excerpt is called by its paper and words, evidence by its paper and claim; what has no name of its own,
    such as a memo, by what it is.
    """
    uids = [uid for _, uid in things]
    known = called(connection, uids)
    words = {
        uid: f"{label}: “{text}”"
        for statement in (
            select(Excerpt.uid, Paper.label, Excerpt.quotation)
            .join(Paper, Paper.uid == Excerpt.paper)
            .where(Excerpt.uid.in_(uids), seen(Excerpt, viewer)),
            select(Evidence.uid, Paper.label, Evidence.claim)
            .join(Paper, Paper.uid == Evidence.paper)
            .where(Evidence.uid.in_(uids), seen(Evidence, viewer)),
        )
        for uid, label, text in connection.execute(statement)
    }
    found = {}
    for table, uid in things:
        if table in ("excerpt", "evidence"):
            name = words.get(uid, "")
        else:
            name = known.get(uid) or table.replace("_", " ")
        if name:
            found[table, uid] = shorten(name, _SHORT)
    return found


def _without_move(connection: Connection, of: Kind, uid: str, versions: Rows) -> Rows:
    """Return what was done without a move: proposing without a reason, first descriptions, other names."""
    table = of.table
    own = connection.execute(
        select(table.at, Person.initials).join(Person, Person.uid == table.person).where(table.uid == uid)
    ).one()
    proposed = select(MoveItem.uid).join(
        Move, and_(Move.uid == MoveItem.move, Move.at == own.at, Move.kind != MoveKind.PLACE)
    )
    begun = proposed.where(MoveItem.subject_table == of.word, MoveItem.subject == uid)
    rows = [] if connection.execute(begun).first() else [_row(MoveKind.PROPOSE, own.at, own.initials)]
    for version in versions:
        if not version["move"]:
            more = {"before": version["before"], "after": version["description"]}
            rows.append(_row("describe", version["at"], version["initials"], version["reason"], **more))
    for name, source, at, by in connection.execute(
        select(of.alias.name, of.alias.source, of.alias.at, Person.initials)
        .join(Person, Person.uid == of.alias.person)
        .where(of.of(of.alias) == uid, of.alias.move.is_(None))
    ):
        rows.append(_row("also called", at, by, source, result=name))
    return rows + _fates(connection, of, uid, own.at) + _gone_in(connection, of, uid)


def _fates(connection: Connection, of: Kind, uid: str, begun: datetime) -> Rows:
    fate = of.fate
    held = (Consultation.uid, Consultation.name) if of.word == "mechanism" else ()
    statement = select(fate.fate, fate.at, Person.initials, fate.reason, *held).join(
        Person, Person.uid == fate.person
    )
    if held:
        statement = statement.outerjoin(Consultation, Consultation.uid == fate.consultation)
    statement = statement.where(of.of(fate) == uid, fate.move.is_(None), fate.at != begun)
    into = _merges(connection, of, of.source == uid, of.target)
    return [
        _row(
            word, at, by, reason, into=into.get(at, []),
            moved_by=[{"table": "consultation", "uid": more[0], "name": more[1]}] if more and more[0] else [],
        )
        for word, at, by, reason, *more in connection.execute(statement)
    ]  # fmt: skip


def _gone_in(connection: Connection, of: Kind, uid: str) -> Rows:
    """Return what went into it, of merges that are no moves."""
    rows = connection.execute(
        select(of.source, of.table.name, of.merge.at, Person.initials, of.merge.reason)
        .join(of.table, of.table.uid == of.source)
        .join(Person, Person.uid == of.merge.person)
        .where(of.target == uid, of.merge.move.is_(None))
    )
    return [
        _row(MoveKind.MERGE, at, by, reason, source=[{"uid": one, "name": name}])
        for one, name, at, by, reason in rows
    ]


def _merges(connection: Connection, of: Kind, where: Any, end: Any) -> dict[datetime, list[dict[str, str]]]:
    rows = connection.execute(
        select(of.merge.at, of.table.uid, of.table.name)
        .join(of.table, of.table.uid == end)
        .where(where, of.merge.move.is_(None))
        .order_by(of.merge.position)
    )
    found: dict[datetime, list[dict[str, str]]] = defaultdict(list)
    for at, uid, name in rows:
        found[at].append({"uid": uid, "name": name})
    return dict(found)
