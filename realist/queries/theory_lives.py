"""The lives of mechanisms as they stand in the review: lists, lineage as stated, merges, what is unplaced."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from realist.queries.extractions import counted
from realist.queries.standing import merges
from realist.queries.theories import movers
from realist.queries.theory import lists, mechanisms
from realist.store.tables import (
    Configuration,
    ConfigurationMechanism,
    Consultation,
    Element,
    ElementTag,
    Evidence,
    Feedback,
    MechanismFate,
    MechanismListItem,
    MechanismMerge,
    Move,
    MoveItem,
    Person,
    Placement,
    Review,
)
from realist.vocabulary import Fate, Lineage, MoveRole, Voice

Rows = list[dict[str, Any]]
GONE = (Fate.MERGED, Fate.SPLIT, Fate.DROPPED)


def lives(connection: Connection, *, viewer: str = "") -> dict[str, Any]:
    """Return the lives of the review's mechanisms, of what *viewer* may see.

    ``lists`` in their order, each with its items (uid, printed, ``after``: the consultation after which one
    was proposed) and its lineage as somebody stated it, or that nobody did; ``orders`` are the orders of
    mechanisms that several lists have; ``merges`` say what went into what, and what of it waits to be
    placed; ``bare`` are the mechanisms of the list that the grid shows, else of the last one, that no paper
    speaks of, with what people said of them; ``mechanisms`` are all, with their fates and moves.
    """
    rows = mechanisms(connection, viewer=viewer)
    fates = _fates(connection)
    moves = _moves(connection, viewer)
    said = _said(connection)
    known = {row["uid"]: row for row in rows}
    named = _lists(connection, fates)
    final = _final(connection, named)
    wanted = [row["uid"] for row in final["items"] if row["uid"]] if final else list(known)
    bare = [known[uid] for uid in wanted if not known[uid]["papers"] and known[uid]["fate"] not in GONE]
    return {
        "lists": named,
        "orders": _orders(named, known),
        "merges": _merges(connection, known, viewer),
        "of": final["name"] if final else "",
        "bare": [_bare(row, said[row["uid"]]) for row in bare],
        "mechanisms": [
            {
                **{key: row[key] for key in ("uid", "number", "name", "kind", "fate", "papers", "note")},
                "fates": fates[row["uid"]],
                "moves": moves[row["uid"]],
            }
            for row in rows
        ],
    }


def _fates(connection: Connection) -> dict[str, Rows]:
    of = MechanismFate
    rows = connection.execute(
        select(
            of.mechanism, of.fate, of.reason, Consultation.name.label("consultation"),
            Person.initials.label("by"), of.at,
        )
        .join(Person, Person.uid == of.person)
        .outerjoin(Consultation, Consultation.uid == of.consultation)
        .order_by(of.at, of.uid)
    )  # fmt: skip
    return _by_mechanism(rows.mappings())


def _moves(connection: Connection, viewer: str) -> dict[str, Rows]:
    """Return by mechanism the moves in which it was what went in, or what came of it."""
    of = MoveItem
    rows = connection.execute(
        select(
            of.subject, Move.uid, Move.number, Move.kind, Move.reason, Move.result, of.role,
            Person.initials.label("by"), Move.at,
        )
        .join(Move, Move.uid == of.move)
        .join(Person, Person.uid == Move.person)
        .where(of.subject_table == "mechanism", of.role != MoveRole.MOVED_BY)
        .order_by(Move.number, of.position)
    ).all()  # fmt: skip
    moved = movers(connection, sorted({row.uid for row in rows}), viewer=viewer) if rows else {}
    found: dict[str, Rows] = defaultdict(list)
    for row in rows:
        values = {key: value for key, value in row._mapping.items() if key != "subject"}
        found[row.subject].append({**values, "moved_by": moved.get(row.uid, [])})
    return found


def _said(connection: Connection) -> dict[str, Rows]:
    rows = connection.execute(
        select(
            Feedback.mechanism, Feedback.voice, Feedback.words, Feedback.who,
            Consultation.name.label("consultation"),
        )
        .outerjoin(Consultation, Consultation.uid == Feedback.consultation)
        .where(Feedback.mechanism.is_not(None))
        .order_by(Feedback.at, Feedback.uid)
    )  # fmt: skip
    return _by_mechanism(rows.mappings())


def _by_mechanism(rows: Iterable[Any]) -> dict[str, Rows]:
    """Return rows without their mechanism, by it."""
    found: dict[str, Rows] = defaultdict(list)
    for row in rows:
        found[row["mechanism"]].append({key: row[key] or "" for key in list(row)[1:]})
    return found


def _lists(connection: Connection, fates: dict[str, Rows]) -> Rows:
    """Return the named lists with their items; a lineage that nobody stated is said to be not stated."""
    items: dict[str, Rows] = defaultdict(list)
    of = MechanismListItem
    for row in connection.execute(
        select(of.mechanism_list, of.mechanism, of.printed).order_by(of.position, of.uid)
    ):
        after = next(
            (one["consultation"] for one in fates[row.mechanism or ""] if one["fate"] == Fate.PROPOSED
             and one["consultation"]), "",
        )  # fmt: skip
        items[row.mechanism_list].append({"uid": row.mechanism, "printed": row.printed, "after": after})
    found: Rows = []
    for one in lists(connection):
        nothing = {"from": "", "lineage": str(Lineage.NOT_STATED), "note": ""}
        lineage = one["lineage"] or ([nothing] if found else [])
        found.append({**one, "items": items[one["uid"]], "lineage": lineage})
    return found


def _final(connection: Connection, named: Rows) -> dict[str, Any] | None:
    chosen = connection.execute(select(Review.grid_list)).scalar()
    having = [row for row in named if any(item["uid"] for item in row["items"])]
    return next((row for row in having if row["uid"] == chosen), having[-1] if having else None)


def _orders(named: Rows, known: dict[str, dict[str, Any]]) -> Rows:
    """Return of lists that share most of their mechanisms in which order each has them.

    Each group has the ``lists``, how many ``different`` orders they come in, and ``rows``: a mechanism with
    its place in each list, None where it is not in it.
    """
    sets = [(row, [item["uid"] for item in row["items"] if item["uid"]]) for row in named]
    groups: list[list[tuple[dict[str, Any], list[str]]]] = []
    for row, uids in sets:
        for group in groups:
            shared = set(uids) & set(group[0][1])
            if len(shared) > 1 and 2 * len(shared) > min(len(uids), len(group[0][1])):
                group.append((row, uids))
                break
        else:
            groups.append([(row, uids)])
    found = []
    for group in (group for group in groups if len(group) > 1):
        common = set.intersection(*(set(uids) for _, uids in group))
        orders = {tuple(uid for uid in uids if uid in common) for _, uids in group}
        every = list(dict.fromkeys(uid for _, uids in group for uid in uids))
        rows = [
            {
                "uid": uid, "name": known[uid]["name"],
                "places": [uids.index(uid) + 1 if uid in uids else None for _, uids in group],
            }
            for uid in every
        ]  # fmt: skip
        names = [row["name"] for row, _ in group]
        found.append({"lists": names, "different": len(orders), "shared": len(common), "rows": rows})
    return found


def _merges(connection: Connection, known: dict[str, dict[str, Any]], viewer: str) -> Rows:
    """Return what went into what; with several targets, what of it waits until a person places it."""
    of = MechanismMerge
    said = {
        row.from_mechanism: row
        for row in connection.execute(
            select(of.from_mechanism, of.reason, Person.initials.label("by"), of.at)
            .join(Person, Person.uid == of.person)
            .where(of.ended == "")
            .order_by(of.position)
        )
    }
    pieces = _pieces(connection, viewer)
    placed = _placed(connection)
    found = []
    for uid, targets in merges(connection).into.items():
        waiting = {
            what: len([one for one in pieces[what].get(uid, ()) if one not in placed])
            if len(targets) > 1
            else 0
            for what in pieces
        }
        into = [{"uid": target, "name": known[target]["name"]} for target in targets]
        row = said[uid]
        found.append(
            {
                "uid": uid, "name": known[uid]["name"], "number": known[uid]["number"], "into": into,
                "fate": known[uid]["fate"], "reason": row.reason, "by": row.by, "at": row.at,
                "unplaced": waiting,
            }
        )  # fmt: skip
    return sorted(found, key=lambda one: int(one["number"]))


def _pieces(connection: Connection, viewer: str) -> dict[str, dict[str, list[str]]]:
    """Return by kind and mechanism the uids of what was given to it: evidence, boxes, tags."""
    box, tag = ConfigurationMechanism, ElementTag
    statements: dict[str, Any] = {
        "evidence": select(Evidence.mechanism, Evidence.uid).where(
            Evidence.mechanism.is_not(None), counted(Evidence, viewer)
        ),
        "boxes": select(box.mechanism, box.uid)
        .join(Configuration, Configuration.uid == box.configuration)
        .where(counted(Configuration, viewer)),
        "tags": select(tag.mechanism, tag.uid)
        .join(Element, Element.uid == tag.element)
        .join(Configuration, Configuration.uid == Element.configuration)
        .where(tag.mechanism.is_not(None), counted(Configuration, viewer)),
    }
    found: dict[str, dict[str, list[str]]] = {}
    for what, statement in statements.items():
        found[what] = defaultdict(list)
        for mechanism, uid in connection.execute(statement):
            found[what][mechanism].append(uid)
    return found


def _placed(connection: Connection) -> frozenset[str]:
    of = Placement
    rows = select(of.subject).where(of.ended == "", of.mechanism.is_not(None))
    return frozenset(connection.execute(rows).scalars())


def _bare(row: dict[str, Any], said: Rows) -> dict[str, Any]:
    voices = Counter(one["voice"] for one in said)
    split = bool(voices[Voice.DIVIDED]) or bool(voices[Voice.FOR] and voices[Voice.AGAINST])
    return {
        "uid": row["uid"], "number": row["number"], "name": row["name"], "note": row["note"],
        "fate": row["fate"], "of_two_minds": split, "said": said,
    }  # fmt: skip
