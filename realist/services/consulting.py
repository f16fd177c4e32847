"""Consultations with people who are no papers: what was shown, said and decided, and what followed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from realist.errors import NotFound, Refused
from realist.queries.naming import resolve
from realist.queries.naming_boxes import resolve_any
from realist.queries.naming_things import Thing, thing_named, thing_said
from realist.services.history import use_of
from realist.services.unit import Desk, Unit, count_of
from realist.store.tables import (
    Act,
    Consultation,
    ConsultationAct,
    ConsultationDecision,
    ConsultationItem,
    Feedback,
    table_of,
)
from realist.text import line, paragraphs, shorten
from realist.vocabulary import ConsultationKind, ConsultationMode, Voice


def add_consultation(
    desk: Desk,
    name: str,
    *,
    kind: ConsultationKind = ConsultationKind.STAKEHOLDERS,
    mode: ConsultationMode | None = None,
    held: str = "",
    stage: str = "",
    people: int | None = None,
    who: str = "",
    shown: str = "",
    items: Sequence[str] = (),
    decisions: Sequence[str] = (),
) -> str:
    """Record a consultation and what it decided; return its uid. Who was there is said by role.

    *items* are things of the review that were shown, each as
    :func:`realist.queries.naming_things.thing_said` reads it; *shown* says it in words.
    """
    name = line(name)
    with desk.unit("add consultation", name) as work:
        _free(work, name)
        row = Consultation(position=work.position(Consultation), name=name, kind=kind, mode=mode)
        row.people = count_of(people, "The number of people")
        row.held, row.who, row.shown = line(held), paragraphs(who), paragraphs(shown)
        row.stage = resolve(work.connection, "stage", stage) if stage else None
        work.add(row)
        _show(work, row.uid, items)
        for words in decisions:
            _decide(work, row.uid, words)
        return row.uid


def _free(work: Unit, name: str, uid: str = "") -> None:
    """Refuse a name that is none, or that another consultation has."""
    if not name:
        raise Refused("A consultation needs a name.")
    same = select(Consultation.uid).where(Consultation.name == name, Consultation.uid != uid)
    if work.connection.execute(same).first():
        raise Refused(f"There is already a consultation {name!r} in this review.")


def edit_consultation(
    desk: Desk,
    consultation: str,
    *,
    name: str | None = None,
    kind: ConsultationKind | None = None,
    mode: ConsultationMode | str | None = None,
    held: str | None = None,
    stage: str | None = None,
    people: int | str | None = None,
    who: str | None = None,
    shown: str | None = None,
    reason: str = "",
) -> str:
    """Change what is known of a consultation; return its uid. What is None stays.

    ``""`` for *mode*, *stage* or *people* makes it unknown again.
    """
    with desk.unit("edit consultation", consultation, reason=reason) as work:
        uid = resolve(work.connection, "consultation", consultation)
        new: dict[str, Any] = {}
        if name is not None:
            new["name"] = line(name)
            _free(work, new["name"], uid)
        if kind is not None:
            new["kind"] = kind
        if mode is not None:
            new["mode"] = ConsultationMode(mode) if mode else None
        if people is not None:
            new["people"] = count_of(int(people), "The number of people") if people != "" else None
        if stage is not None:
            new["stage"] = resolve(work.connection, "stage", stage) if line(stage) else None
        if held is not None:
            new["held"] = line(held)
        new |= {key: paragraphs(v) for key, v in (("who", who), ("shown", shown)) if v is not None}
        work.change(Consultation, uid, **new)
        return uid


def drop_consultation(desk: Desk, consultation: str, *, reason: str) -> str:
    """Take out a consultation with what was shown and decided; the log keeps it. Return its uid.

    Raises Refused without a reason, and where something was said in it or was moved by it.
    """
    with desk.unit("drop consultation", consultation, reason=reason) as work:
        uid = resolve(work.connection, "consultation", consultation)
        if not line(reason):
            raise Refused("Nothing was changed: to drop a consultation needs its reason.")
        own = (ConsultationItem, ConsultationDecision, ConsultationAct)
        used = use_of(work, table_of(Consultation), Consultation.uid == uid, {table_of(of) for of in own})
        if used:
            raise Refused(f"Nothing was changed: {used}. Take that back first.")
        for table in own:
            for row in work.connection.execute(select(table.uid).where(table.consultation == uid)).scalars():
                work.remove(table, row)
        work.remove(Consultation, uid)
        return uid


# -- what was shown, decided, and followed --------------------------------------------------------------


def show_at(desk: Desk, consultation: str, things: Sequence[str]) -> str:
    """Say that things of the review were shown; return the uid of the consultation.

    Each is named as :func:`realist.queries.naming_things.thing_said` reads it.
    """
    with desk.unit("show in consultation", consultation) as work:
        uid = resolve(work.connection, "consultation", consultation)
        _show(work, uid, things)
        return uid


def _show(work: Unit, uid: str, things: Sequence[str]) -> None:
    there = _items(work, uid)
    for said in things:
        thing = thing_said(work.connection, said, viewer=work.initials)
        if thing not in there:
            position = work.position(ConsultationItem, ConsultationItem.consultation == uid)
            row = ConsultationItem(consultation=uid, position=position, subject_table=thing.table)
            row.subject = thing.uid
            there[thing] = work.add(row).uid


def _items(work: Unit, uid: str) -> dict[Thing, str]:
    of = ConsultationItem
    rows = work.connection.execute(select(of.subject_table, of.subject, of.uid).where(of.consultation == uid))
    return {Thing(table, subject): item for table, subject, item in rows}


def unshow_at(desk: Desk, consultation: str, thing: str, *, reason: str = "") -> str:
    """Take back that a thing was shown; return the uid of the consultation."""
    with desk.unit("not shown in consultation", consultation, reason=reason) as work:
        uid = resolve(work.connection, "consultation", consultation)
        found = _items(work, uid).get(thing_said(work.connection, thing, viewer=work.initials))
        if found is None:
            raise Refused(f"{shorten(thing, 60)} was not shown there.")
        work.remove(ConsultationItem, found)
        return uid


def decide_at(desk: Desk, consultation: str, text: str) -> str:
    """Record something that was decided with or after a consultation; return its uid."""
    with desk.unit("note decision", consultation) as work:
        uid = resolve(work.connection, "consultation", consultation)
        return _decide(work, uid, text)


def _decide(work: Unit, uid: str, text: str) -> str:
    if not line(text):
        raise Refused("Say what was decided: an empty decision was not kept.")
    of = ConsultationDecision
    position = work.position(of, of.consultation == uid)
    return work.add(of(consultation=uid, position=position, text=paragraphs(text))).uid


def edit_decision(desk: Desk, consultation: str, number: int, text: str, *, reason: str = "") -> str:
    """Word decision *number* of a consultation anew, or with an empty *text* take it out; return its uid."""
    with desk.unit("edit decision", f"{number} of {consultation}", reason=reason) as work:
        uid = resolve(work.connection, "consultation", consultation)
        of = ConsultationDecision
        where = (of.consultation == uid, of.position == number)
        found = work.connection.execute(select(of.uid).where(*where)).scalar()
        if found is None:
            raise NotFound(f"There is no decision {number} in that consultation.")
        if line(text):
            work.change(of, found, text=paragraphs(text))
        else:
            work.remove(of, found)
        return str(found)


def link_acts(desk: Desk, consultation: str, acts: Sequence[str]) -> str:
    """Say which acts of the log (``#12``) followed from a consultation; return the uid of the consultation.

    What names the consultation as what moved it is found without.
    """
    with desk.unit("link acts", f"{', '.join(map(line, acts))} to {consultation}") as work:
        uid = resolve(work.connection, "consultation", consultation)
        there = set(work.connection.execute(_linked(uid)).scalars())
        for act in (_act(work, said) for said in acts):
            if act not in there:
                there.add(act)
                work.add(ConsultationAct(consultation=uid, act=act))
        return uid


def unlink_act(desk: Desk, consultation: str, act: str, *, reason: str = "") -> str:
    """Take back that an act followed from a consultation; return the uid of the consultation."""
    with desk.unit("unlink act", f"{line(act)} from {consultation}", reason=reason) as work:
        uid = resolve(work.connection, "consultation", consultation)
        of = ConsultationAct
        where = (of.consultation == uid, of.act == _act(work, act))
        found = work.connection.execute(select(of.uid).where(*where)).scalar()
        if found is None:
            raise Refused(
                f"Act {shorten(act, 30)} was not linked to that consultation by anybody: what names it as"
                " what moved it is found, and goes when that is undone."
            )
        work.remove(of, found)
        return uid


def _linked(uid: str) -> Any:
    return select(ConsultationAct.act).where(ConsultationAct.consultation == uid)


def _act(work: Unit, said: str) -> str:
    digits = line(said).removeprefix("#")
    number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else -1
    found = work.connection.execute(select(Act.uid).where(Act.number == number)).scalar()
    if found is None:
        raise NotFound(f"There is no act {shorten(said, 30)} in the log: `realist log` lists them.")
    return str(found)


# -- what was said --------------------------------------------------------------------------------------


def add_feedback(
    desk: Desk,
    voice: Voice,
    words: str,
    *,
    consultation: str = "",
    mechanism: str = "",
    configuration: str = "",
    about: str = "",
    who: str = "",
) -> str:
    """Record what was said of anything, or in general in a consultation; return its uid. It is never a tick.

    *about* names a thing of any kind, as :func:`realist.queries.naming_things.thing_said` reads it.
    """
    with desk.unit("add feedback", mechanism or consultation) as work:
        if sum(map(bool, (mechanism, configuration, about))) > 1:
            raise Refused("What was said is recorded of one thing: name one of them.")
        if not (mechanism or configuration or about or consultation):
            raise Refused("Feedback is about something, or stands under a consultation.")
        if not line(words):
            raise Refused("Say what was said: empty words were not kept.")
        row = Feedback(voice=voice, words=paragraphs(words), who=line(who))
        row.consultation = resolve(work.connection, "consultation", consultation) if consultation else None
        thing = None
        if mechanism:
            thing = Thing("mechanism", resolve(work.connection, "mechanism", mechanism))
        elif configuration:
            named = resolve_any(work.connection, "configuration", configuration, viewer=desk.initials)
            thing = Thing("configuration", named)
        elif about:
            thing = thing_said(work.connection, about, viewer=desk.initials)
        for column, value in _columns(thing).items():
            setattr(row, column, value)
        return work.add(row).uid


def _columns(thing: Thing | None) -> dict[str, str | None]:
    """Return the columns that say what feedback is about: mechanisms and boxes have one of their own."""
    table, uid = thing or ("", "")
    own = table in ("mechanism", "configuration")
    return {
        "mechanism": uid if table == "mechanism" else None,
        "configuration": uid if table == "configuration" else None,
        "subject_table": "" if own else table,
        "subject": "" if own else uid,
    }


def edit_feedback(
    desk: Desk,
    feedback: str,
    *,
    voice: Voice | None = None,
    words: str | None = None,
    who: str | None = None,
    about: str | None = None,
    consultation: str | None = None,
    reason: str = "",
) -> str:
    """Correct what was recorded of what was said (uid, or a consultation and ``f3``); return its uid.

    What is None stays; ``""`` for *about* says that it was said in general.
    """
    with desk.unit("edit feedback", reason=reason) as work:
        uid = thing_named(work.connection, "feedback", feedback, viewer=desk.initials).uid
        new: dict[str, Any] = {}
        if words is not None:
            if not line(words):
                raise Refused("Say what was said: empty words were not kept.")
            new["words"] = paragraphs(words)
        if voice is not None:
            new["voice"] = voice
        if who is not None:
            new["who"] = line(who)
        if about is not None:
            new |= _columns(thing_said(work.connection, about, viewer=desk.initials) if line(about) else None)
        if consultation is not None:
            held = resolve(work.connection, "consultation", consultation) if line(consultation) else None
            new["consultation"] = held
        row = {**work.row(Feedback, uid), **new}
        if not (row["consultation"] or row["mechanism"] or row["configuration"] or row["subject"]):
            raise Refused("Feedback is about something, or stands under a consultation.")
        work.change(Feedback, uid, **new)
        work.act.subject = _where(work, row["consultation"])
        return uid


def drop_feedback(desk: Desk, feedback: str, *, reason: str) -> str:
    """Take out what was recorded of what was said; the log keeps it. Return its uid.

    Raises Refused without a reason, and where a part of a box rests on it.
    """
    with desk.unit("drop feedback", reason=reason) as work:
        uid = thing_named(work.connection, "feedback", feedback, viewer=desk.initials).uid
        if not line(reason):
            raise Refused("Nothing was changed: to drop what was said needs its reason.")
        if used := use_of(work, table_of(Feedback), Feedback.uid == uid, set()):
            raise Refused(f"Nothing was changed: {used}. Take that back first.")
        work.act.subject = _where(work, work.row(Feedback, uid)["consultation"])
        work.remove(Feedback, uid)
        return uid


def _where(work: Unit, consultation: str | None) -> str:
    named = select(Consultation.name).where(Consultation.uid == consultation)
    return str(work.connection.execute(named).scalar() or "") if consultation else ""
