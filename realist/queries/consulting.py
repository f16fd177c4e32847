"""Consultations: who was asked, what was shown, what was said of what, what was decided and what followed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, func, or_, select

from realist.domain.moments import read_moment
from realist.queries import log
from realist.queries.naming_things import Thing
from realist.queries.things import Told, kind_of, told, unseen_things
from realist.store.tables import (
    Act,
    Change,
    Consultation,
    ConsultationAct,
    ConsultationDecision,
    ConsultationItem,
    Element,
    ElementSource,
    Feedback,
    MechanismFate,
    MoveItem,
    Person,
    Search,
    Stage,
)
from realist.vocabulary import MoveRole

Rows = list[dict[str, Any]]


def consultations(connection: Connection, *, viewer: str = "") -> Rows:
    """Return the consultations, each with what :func:`_about` says of it.

    By date where all have one that can be read, else in the order in which they were recorded.
    ``voices`` counts what was said, by voice, ``decisions`` what was decided, ``shown_things`` what of the
    review was shown; ``followed`` counts the acts that followed.
    """
    rows = [dict(row) for row in connection.execute(_about()).mappings()]
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for one in feedback(connection, viewer=viewer):
        said[one["consultation_uid"]][one["voice"]] += 1
    decided = Counter(connection.execute(select(ConsultationDecision.consultation)).scalars())
    items = Counter(connection.execute(select(ConsultationItem.consultation)).scalars())
    acts = _acts(connection, [row["uid"] for row in rows])
    dates = {row["uid"]: read_moment(row["held"]) for row in rows}
    if all(dates.values()):
        rows.sort(key=lambda row: (dates[row["uid"]], row["position"]))
    return [
        {
            **row,
            "voices": dict(said[row["uid"]]),
            "said": said[row["uid"]].total(),
            "decisions": decided[row["uid"]],
            "shown_things": items[row["uid"]],
            "followed": len(acts.get(row["uid"], ())),
        }
        for row in rows
    ]


def _about() -> Any:
    of = Consultation
    return (
        select(
            of.uid, of.position, of.name, of.kind, of.mode, of.held, Stage.name.label("stage"), of.people,
            of.who, of.shown, Person.initials.label("by"), of.at,
        )
        .join(Person, Person.uid == of.person)
        .outerjoin(Stage, Stage.uid == of.stage)
        .order_by(of.position, of.uid)
    )  # fmt: skip


def consultation(connection: Connection, uid: str, *, viewer: str = "") -> dict[str, Any]:
    """Return one consultation: what the list says of it, and ``items``, ``feedback``, ``decided``, ``acts``.

    Items are what of the review was shown; acts those that followed, each with ``how``: *linked* by a person,
    or *found* because something it wrote names the consultation as what moved it.
    """
    (row,) = connection.execute(_about().where(Consultation.uid == uid)).mappings()
    items = select(
        ConsultationItem.uid, ConsultationItem.position, ConsultationItem.subject_table,
        ConsultationItem.subject,
    ).where(ConsultationItem.consultation == uid)  # fmt: skip
    shown = [dict(item) for item in connection.execute(items.order_by(ConsultationItem.position)).mappings()]
    of = ConsultationDecision
    decided = select(of.uid, of.position, of.text, Person.initials.label("by"), of.at)
    decided = decided.join(Person, Person.uid == of.person).where(of.consultation == uid)
    return {
        **row,
        "items": _called(connection, shown, viewer),
        "feedback": feedback(connection, consultation=uid, viewer=viewer),
        "decided": [dict(one) for one in connection.execute(decided.order_by(of.position)).mappings()],
        "acts": _followed(connection, uid, viewer),
    }


def _called(connection: Connection, rows: Rows, viewer: str) -> Rows:
    """Return rows that are about things with what those are called; what may not be seen yet is left out."""
    things = [Thing(row["subject_table"], row["subject"]) for row in rows]
    unseen = unseen_things(connection, things, viewer=viewer)
    names = told(connection, things, viewer=viewer)
    return [
        {**row, **_words(names.get(thing), thing)}
        for row, thing in zip(rows, things, strict=True)
        if thing not in unseen
    ]


def _words(called: Told | None, thing: Thing) -> dict[str, Any]:
    if called is None:  # in general, or of what was taken out since
        return {"kind": kind_of(thing.table), "of": "", "page_table": "", "page": ""}
    return {"kind": called.kind, "of": called.name, "page_table": called.page.table, "page": called.page.uid}


def feedback(
    connection: Connection, *, consultation: str = "", thing: Thing | None = None, viewer: str = ""
) -> Rows:
    """Return what people said, in the order of consultations and time: in one, of one thing, or all.

    Each with its ``number`` in its consultation (0 outside any), ``consultation`` (name), voice, words, who,
    ``kind`` and ``of`` (what of), the ``page`` on which that stands, and ``sources``: the parts of boxes that
    rest on it.
    """
    of = Feedback
    statement = (
        select(
            of.uid, Consultation.name.label("consultation"), of.consultation.label("consultation_uid"),
            of.voice, of.words, of.who, of.mechanism, of.configuration, of.subject_table, of.subject,
            Person.initials.label("by"), of.at,
        )
        .join(Person, Person.uid == of.person)
        .outerjoin(Consultation, Consultation.uid == of.consultation)
        .order_by(func.coalesce(Consultation.position, 0), of.consultation, of.at, of.uid)
    )  # fmt: skip
    if consultation:
        statement = statement.where(of.consultation == consultation)
    if thing is not None:
        statement = statement.where(_of_thing(thing))
    rows = [_of_one(dict(row)) for row in connection.execute(statement).mappings()]
    numbers: Counter[str] = Counter()
    for row in rows:
        numbers[row["consultation_uid"]] += 1 if row["consultation_uid"] else 0
        row["number"] = numbers[row["consultation_uid"]]
    resting = _resting(connection, [row["uid"] for row in rows], viewer)
    return [{**row, "sources": resting.get(row["uid"], [])} for row in _called(connection, rows, viewer)]


def _of_thing(thing: Thing) -> Any:
    own = {"mechanism": Feedback.mechanism, "configuration": Feedback.configuration}.get(thing.table)
    elsewhere = (Feedback.subject_table == thing.table) & (Feedback.subject == thing.uid)
    return elsewhere if own is None else or_(own == thing.uid, elsewhere)


def _of_one(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of feedback that says in one way what it is about."""
    mechanism, box = row.pop("mechanism"), row.pop("configuration")
    if mechanism or box:
        row |= {"subject_table": "mechanism" if mechanism else "configuration", "subject": mechanism or box}
    return {
        **row,
        "consultation": row["consultation"] or "",
        "consultation_uid": row["consultation_uid"] or "",
    }


def _resting(connection: Connection, uids: Collection[str], viewer: str) -> dict[str, Rows]:
    """Return by feedback the parts of boxes that rest on it and that *viewer* may see."""
    rows = connection.execute(
        select(ElementSource.feedback, Element.uid)
        .join(Element, Element.uid == ElementSource.element)
        .where(ElementSource.feedback.in_(list(uids)))
        .order_by(Element.configuration, Element.position)
    ).all()
    names = told(connection, [Thing("element", uid) for _, uid in rows], viewer=viewer)
    found: dict[str, Rows] = defaultdict(list)
    for said, uid in rows:
        if called := names.get(Thing("element", uid)):
            found[str(said)].append({"uid": uid, "part": called.name, "box": called.page.uid})
    return found


def _acts(connection: Connection, uids: Collection[str]) -> dict[str, dict[str, str]]:
    """Return by consultation the acts that followed, by uid, and how that is known: linked or found."""
    found: dict[str, dict[str, str]] = {uid: {} for uid in uids}
    rows = _moved(connection)
    of_row: dict[str, set[str]] = defaultdict(set)
    for held, row in rows:
        of_row[row].add(held)
    changed = select(Change.row, Act.uid).join(Act, Act.uid == Change.act)
    changed = changed.where(Change.before.is_(None), Act.undoes.is_(None))
    wanted = sorted(of_row)
    for start in range(0, len(wanted), 500):
        some = Change.row.in_(wanted[start : start + 500])
        for row, act in connection.execute(changed.where(some)):
            for held in of_row[row] & found.keys():
                found[held][act] = "found"
    linked = select(ConsultationAct.consultation, ConsultationAct.act)
    for held, act in connection.execute(linked):
        if held in found:
            found[held][act] = "linked"
    return found


def _moved(connection: Connection) -> list[tuple[str, str]]:
    """Return (consultation, row) of the rows that a consultation moved, or what was said in one."""
    fate, item = MechanismFate, MoveItem
    by = item.role == MoveRole.MOVED_BY
    of_words = select(Feedback.consultation, item.uid).join(Feedback, Feedback.uid == item.subject)
    statements = (
        select(fate.consultation, fate.uid).where(fate.consultation.is_not(None)),
        select(Search.led_by, Search.uid).where(Search.led_by.is_not(None)),
        select(item.subject, item.uid).where(by, item.subject_table == "consultation"),
        of_words.where(by, item.subject_table == "feedback", Feedback.consultation.is_not(None)),
        select(Feedback.consultation, ElementSource.uid)
        .join(ElementSource, ElementSource.feedback == Feedback.uid)
        .where(Feedback.consultation.is_not(None)),
    )
    return [(str(held), uid) for some in statements for held, uid in connection.execute(some)]


def _followed(connection: Connection, uid: str, viewer: str) -> Rows:
    how = _acts(connection, [uid])[uid]
    rows = log.acts(connection, uids=list(how), limit=None, viewer=viewer)
    return [
        {
            "uid": row["uid"], "number": row["number"], "intention": row["intention"],
            "subject": row["subject"], "reason": row["reason"], "by": row["person"], "at": row["at"],
            "undone": row["undone"], "how": how[row["uid"]],
        }
        for row in reversed(rows)
    ]  # fmt: skip
