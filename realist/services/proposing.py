"""Mechanisms, contexts and outcomes: named, each once, however the name is written."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import select

from realist.domain.alike import almost
from realist.errors import NotFound, Refused
from realist.queries.naming import resolve
from realist.queries.naming_things import Thing
from realist.queries.standing import KINDS, Kind
from realist.services.moving import note_move
from realist.services.unit import Desk, Unit
from realist.store.tables import Context, Mechanism, MechanismAlias, MechanismVersion, Outcome
from realist.text import fold, line, paragraphs
from realist.vocabulary import ContextLevel, Fate, MechanismKind, MoveKind


def add_mechanism(
    desk: Desk,
    name: str,
    *,
    kind: MechanismKind = MechanismKind.MECHANISM,
    description: str = "",
    aliases: Sequence[str] = (),
    note: str = "",
    reason: str = "",
    moved_by: Sequence[str] = (),
) -> str:
    """Propose a mechanism; return its uid. It starts as not looked at in every paper.

    *moved_by* names what moved it, as :func:`realist.services.moving.note_move` reads it, and needs a reason.
    """
    name = line(name)
    with desk.unit("propose mechanism", name, reason=reason) as work:
        uid = proposed(work, KINDS["mechanism"], name, reason=reason, moved_by=moved_by)
        work.change(Mechanism, uid, kind=kind, note=paragraphs(note))
        if description:
            version = MechanismVersion(mechanism=uid, number=1, description=paragraphs(description))
            version.reason = line(reason)
            work.add(version)
        for alias in aliases:
            work.add(MechanismAlias(mechanism=uid, name=line(alias), source=""))
        return uid


def proposed(work: Unit, of: Kind, name: str, *, reason: str = "", moved_by: Sequence[str] = ()) -> str:
    """Add a mechanism, context or outcome within a step, as proposed; return its uid.

    Proposing needs no reason; one that is given makes it a move.
    """
    uid, move = added(work, of, name), None
    if line(reason) or moved_by:
        things = [Thing(of.word, uid)]
        move = note_move(work, MoveKind.PROPOSE, reason, results=things, moved_by=moved_by).uid
    work.add(of.fate(**{of.word: uid}, fate=Fate.PROPOSED, reason=line(reason), move=move))
    return uid


def added(work: Unit, of: Kind, name: str, *, uid: str = "") -> str:
    """Add one within a step, whose name nothing else of its kind has or had; return its uid."""
    refuse_same(work, of, name)
    return _thing_named(work, of, name, uid)


def mechanism_named(work: Unit, name: str, uid: str = "", kind: str = "") -> str:
    """Return the mechanism with this uid or name, adding it where it is new, as one of this *kind*.

    One that the review has stays what it is called here; that it was given as something else is remarked.
    """
    found = _thing_named(work, KINDS["mechanism"], name, uid)
    if kind:
        row = work.connection.execute(
            select(Mechanism.name, Mechanism.kind, Mechanism.person, Mechanism.at).where(
                Mechanism.uid == found
            )
        ).one()
        if row.kind != kind and row.at == work.at:
            work.change(Mechanism, found, kind=kind)
        elif row.kind != kind:
            work.note(f"{row.name} is a {row.kind} in this review and stays one; it was given as a {kind}.")
    return found


def refuse_same(work: Unit, of: Kind, name: str, *, but: str = "") -> None:
    """Refuse a name that another than *but* (uid) has, or once had."""
    folded = fold(name)
    rows = work.connection.execute(select(of.table.uid, of.table.number, of.table.name)).all()
    for uid, number, known in rows:
        if uid != but and folded and fold(known) == folded:
            raise Refused(f"There is already {of.a} #{number} {known}: use it, or another name.")
    named = {uid: f"#{number} {known}" for uid, number, known in rows}
    for uid, known in work.connection.execute(select(of.of(of.alias), of.alias.name)):
        if uid != but and folded and fold(known) == folded:
            raise Refused(f"{known} is another name of the {of.word} {named[uid]}: use it, or another name.")


def add_context(
    desk: Desk,
    name: str,
    *,
    level: ContextLevel | None = None,
    description: str = "",
    reason: str = "",
    moved_by: Sequence[str] = (),
) -> str:
    """Name a context for tagging elements across papers; return its uid."""
    with desk.unit("add context", name, reason=reason) as work:
        uid = proposed(work, KINDS["context"], name, reason=reason, moved_by=moved_by)
        work.change(Context, uid, level=level, description=paragraphs(description))
        return uid


def context_named(work: Unit, name: str, uid: str = "") -> str:
    """Return the context with this uid or name, adding it where it is new."""
    return _thing_named(work, KINDS["context"], name, uid)


def add_outcome(
    desk: Desk, name: str, *, description: str = "", reason: str = "", moved_by: Sequence[str] = ()
) -> str:
    """Name an outcome for tagging elements across papers; return its uid."""
    with desk.unit("add outcome", name, reason=reason) as work:
        uid = proposed(work, KINDS["outcome"], name, reason=reason, moved_by=moved_by)
        work.change(Outcome, uid, description=paragraphs(description))
        return uid


def outcome_named(work: Unit, name: str, uid: str = "") -> str:
    """Return the outcome with this uid or name, adding it where it is new."""
    return _thing_named(work, KINDS["outcome"], name, uid)


def _thing_named(work: Unit, of: Kind, name: str, uid: str) -> str:
    """Find a thing by uid, else by its name as people compare names, else add it and say so.

    A name that the review has under another uid is the thing the review has: two mechanisms of one name
    would split its evidence.
    """
    table, word = of.table, of.word
    if uid and work.connection.execute(select(table.uid).where(table.uid == uid)).first():
        return uid
    name = line(name)
    if not name:
        given = f" ({uid})" if uid else ""
        raise Refused(f"{of.a.capitalize()} needs a name{given}.")
    with suppress(NotFound):
        return resolve(work.connection, word, name, by_name=True)
    near = almost(name, work.connection.execute(select(table.name)).scalars())
    added = work.add(table(uid=uid, number=work.number(table), name=name))
    if near:
        work.note(f"Almost the same: the {word} {near} was here before. If it is meant, undo and name it.")
    if work.act.subject != name:
        work.note(f"The {word} {name} is new and was added.")
    return str(added.uid)
