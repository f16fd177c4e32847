"""The lives of mechanisms, contexts and outcomes: described, renamed, merged, split, dropped, placed.

Each function takes the *kind*, a word of :data:`realist.queries.standing.KINDS`, a *reason*, and *moved_by*:
what moved it, as :func:`realist.services.moving.note_move` reads it. Nothing that was given to one of them is
ever rewritten; where it stands now is read (:mod:`realist.queries.standing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from realist.errors import NotFound, Refused
from realist.queries.naming import resolve
from realist.queries.naming_things import Thing, thing_said
from realist.queries.standing import KINDS, Kind, Standing, merges
from realist.queries.theory import latest_descriptions, latest_fates
from realist.services.moving import note_move
from realist.services.proposing import added, refuse_same
from realist.services.unit import Desk, Unit
from realist.store.tables import Move
from realist.text import fold, line, paragraphs, shorten
from realist.vocabulary import Fate, MoveKind

_DECIDED = {Fate.DROPPED: MoveKind.DROP, Fate.PARKED: MoveKind.PARK}
_GONE = (Fate.DROPPED, Fate.PARKED)


def describe(
    desk: Desk,
    name: str,
    description: str,
    *,
    reason: str = "",
    moved_by: Sequence[str] = (),
    kind: str = "mechanism",
) -> str:
    """Give a description; the earlier versions stay. Return the uid of the version.

    Only a first description needs no reason. That of a context or outcome stands with it and is no version.
    """
    return _describe(desk, name, description, MoveKind.DESCRIBE, reason, moved_by, KINDS[kind])


def refine(
    desk: Desk,
    name: str,
    description: str,
    *,
    reason: str,
    moved_by: Sequence[str] = (),
    kind: str = "mechanism",
) -> str:
    """Refine what a mechanism, context or outcome says: a new version of its description; return its uid."""
    return _describe(desk, name, description, MoveKind.REFINE, reason, moved_by, KINDS[kind])


def _describe(
    desk: Desk, name: str, text: str, how: MoveKind, reason: str, moved_by: Sequence[str], of: Kind
) -> str:
    text = paragraphs(text)
    with desk.unit(f"{how} {of.word}", name, reason=reason) as work:
        uid = resolve(work.connection, of.word, name)
        version, own = of.version, of.of(of.version)
        numbers = select(version.number).where(own == uid).order_by(version.number.desc()).limit(1)
        last = work.connection.execute(numbers).scalar()
        beside = "" if of.word == "mechanism" else str(work.row(of.table, uid)["description"])
        now = latest_descriptions(work.connection, of).get(uid, beside)
        if not text:
            raise Refused(f"Nothing was changed: say how the {of.word} is described.")
        if text == now:
            raise Refused("Nothing was changed: the description is as it was.")
        move = None
        if last or beside or line(reason) or moved_by or how is MoveKind.REFINE:
            move = _move(work, how, reason, of, [uid], moved_by=moved_by)
        if of.word != "mechanism" and not last and not beside:
            work.change(of.table, uid, description=text)
            return uid
        number = (last or (1 if beside else 0)) + 1
        row = version(**{of.word: uid}, number=number, description=text, reason=line(reason))
        row.move = move.uid if move else None
        return str(work.add(row).uid)


def rename(
    desk: Desk, name: str, new: str, *, reason: str, moved_by: Sequence[str] = (), kind: str = "mechanism"
) -> str:
    """Give another name, which nothing else of its kind has or had; the old one stays an alias.

    Return the uid.
    """
    of, new = KINDS[kind], line(new)
    with desk.unit(f"rename {kind}", f"{name} to {new}", reason=reason) as work:
        uid = resolve(work.connection, kind, name)
        old = str(work.row(of.table, uid)["name"])
        if not fold(new):
            raise Refused(f"{new!r} holds no letter or digit: it cannot be the name of {of.a}.")
        if old == new:
            raise Refused(f"Nothing was changed: it is called {shorten(new, 60)} already.")
        refuse_same(work, of, new, but=uid)
        move = _move(work, MoveKind.RENAME, reason, of, [uid], moved_by=moved_by, result=f"{old} → {new}")
        alias, own = of.alias, of.of(of.alias)
        known = work.connection.execute(select(alias.name).where(own == uid)).scalars()
        if old not in set(known):
            work.add(alias(**{kind: uid}, name=old, source="its name until then", move=move.uid))
        work.change(of.table, uid, name=new)
        return uid


def prioritise(
    desk: Desk,
    name: str,
    priority: str,
    *,
    reason: str,
    moved_by: Sequence[str] = (),
    kind: str = "mechanism",
) -> str:
    """Set the priority, in the review's own words, such as "core" or "1"; "" takes it off. Return the uid."""
    of, priority = KINDS[kind], line(priority)
    with desk.unit(f"prioritise {kind}", f"{name}: {priority or 'no priority'}", reason=reason) as work:
        uid = resolve(work.connection, kind, name)
        if work.row(of.table, uid)["priority"] == priority:
            raise Refused(f"Nothing was changed: its priority is {priority or 'not set'} already.")
        result = priority or "no priority"
        _move(work, MoveKind.PRIORITISE, reason, of, [uid], moved_by=moved_by, result=result)
        work.change(of.table, uid, priority=priority)
        return uid


# -- what becomes of them -----------------------------------------------------------------------------------


def decide_fate(
    desk: Desk,
    name: str,
    fate: Fate,
    *,
    reason: str,
    consultation: str = "",
    moved_by: Sequence[str] = (),
    kind: str = "mechanism",
) -> str:
    """Decide what becomes of a mechanism, context or outcome, with the reason; return the uid of the fate."""
    with desk.unit(f"decide fate {fate}", name, reason=reason) as work:
        if not line(reason):
            raise Refused("Nothing was changed: a fate needs its reason.")
        return _decide(work, KINDS[kind], name, fate, reason, moved_by, consultation)


def drop(desk: Desk, name: str, *, reason: str, moved_by: Sequence[str] = (), kind: str = "mechanism") -> str:
    """Drop a mechanism, context or outcome: it stays in the review, and leaves the grid. Return the fate."""
    with desk.unit(f"drop {kind}", name, reason=reason) as work:
        return _decide(work, KINDS[kind], name, Fate.DROPPED, reason, moved_by)


def park(desk: Desk, name: str, *, reason: str, moved_by: Sequence[str] = (), kind: str = "mechanism") -> str:
    """Put a mechanism, context or outcome aside for later; return the uid of the fate."""
    with desk.unit(f"park {kind}", name, reason=reason) as work:
        return _decide(work, KINDS[kind], name, Fate.PARKED, reason, moved_by)


def reinstate(
    desk: Desk, name: str, *, reason: str, moved_by: Sequence[str] = (), kind: str = "mechanism"
) -> str:
    """Take back what was dropped or parked, with the fate it had before; return the uid of the fate."""
    of = KINDS[kind]
    with desk.unit(f"reinstate {kind}", name, reason=reason) as work:
        uid = resolve(work.connection, kind, name)
        if latest_fates(work.connection, of).get(uid) not in _GONE:
            raise Refused(f"{_named(work, of, uid)} is neither dropped nor parked: nothing was changed.")
        before = _fate_before(work, of, uid, (*_GONE, Fate.MERGED, Fate.SPLIT))
        return _decide(work, of, uid, before, reason, moved_by)


def _decide(
    work: Unit,
    of: Kind,
    name: str,
    fate: Fate,
    reason: str,
    moved_by: Sequence[str],
    consultation: str = "",
) -> str:
    uid = resolve(work.connection, of.word, name)
    now = latest_fates(work.connection, of).get(uid, "")
    if _active(work, of, uid):
        raise Refused(f"{_named(work, of, uid)} went into others: end that first.")
    if fate in _GONE and now == fate:
        raise Refused(f"{_named(work, of, uid)} is {fate} already: nothing was changed.")
    movers = [*moved_by, *([f"consultation {consultation}"] if consultation else [])]
    row = of.fate(**{of.word: uid}, fate=fate, reason=line(reason))
    how = _DECIDED.get(fate) or (MoveKind.REINSTATE if now in _GONE else None)
    if how:
        row.move = _move(work, how, reason, of, [uid], moved_by=movers, result=str(fate)).uid
    if of.word == "mechanism":
        row.consultation = _consultation(work, movers)
    if not how and len(movers) > (1 if of.word == "mechanism" and row.consultation else 0):
        raise Refused(f"What is {fate} keeps one consultation that it was decided in, and no more.")
    return str(work.add(row).uid)


def _consultation(work: Unit, movers: Sequence[str]) -> str | None:
    """Return the first consultation among what moved something."""
    things = (thing_said(work.connection, said, viewer=work.initials) for said in movers)
    return next((thing.uid for thing in things if thing.table == "consultation"), None)


def merge(
    desk: Desk,
    name: str,
    into: Sequence[str],
    *,
    reason: str,
    moved_by: Sequence[str] = (),
    kind: str = "mechanism",
) -> None:
    """State that a mechanism, context or outcome went into one or several others.

    One target shows what was given to it from now on; with several, that stays where it is until placed.
    """
    of = KINDS[kind]
    with desk.unit(f"merge {kind}", f"{name} into {', '.join(into)}", reason=reason) as work:
        if not line(reason) or not into:
            raise Refused("Nothing was changed: a merge needs its targets and its reason.")
        uid = resolve(work.connection, kind, name)
        targets = [resolve(work.connection, kind, one) for one in into]
        _go_into(work, of, uid, targets, Fate.MERGED, reason, moved_by)


def split(
    desk: Desk,
    name: str,
    into: Sequence[str],
    *,
    reason: str,
    moved_by: Sequence[str] = (),
    kind: str = "mechanism",
) -> list[str]:
    """State that one was several: two or more, known or new; return their uids.

    What was given to it stays where it is until a person places it under one of them, or several.
    """
    of = KINDS[kind]
    with desk.unit(f"split {kind}", f"{name} into {', '.join(into)}", reason=reason) as work:
        uid = resolve(work.connection, kind, name)
        if not line(reason):
            raise Refused("Nothing was changed: to split needs its reason.")
        known, new = _meant(work, of, into)
        if len(known) < 2:
            raise Refused(f"Nothing was changed: {of.a} is split into two or more.")
        _go_into(work, of, uid, known, Fate.SPLIT, reason, moved_by, new)
        return known


def _meant(work: Unit, of: Kind, names: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return the uids of what *names* mean, each once, and of those that are new the names by their uids."""
    found, new = list[str](), dict[str, str]()
    for name in names:
        try:
            found.append(resolve(work.connection, of.word, name))
        except NotFound:
            folded = fold(name)
            uid = next((uid for uid, known in new.items() if fold(known) == folded), "")
            uid = uid or work.store.uids()
            new.setdefault(uid, name)
            found.append(uid)
    return list(dict.fromkeys(found)), new


def _go_into(
    work: Unit,
    of: Kind,
    uid: str,
    targets: Sequence[str],
    fate: Fate,
    reason: str,
    moved_by: Sequence[str],
    new: dict[str, str] | None = None,
) -> None:
    """Write that one went into *targets*, of which those in *new*, by uid, are proposed by it."""
    if _active(work, of, uid):
        raise Refused(f"{_named(work, of, uid)} is merged already: undo that first.")
    if latest_fates(work.connection, of).get(uid) in _GONE:
        raise Refused(f"{_named(work, of, uid)} was dropped or parked: reinstate it first.")
    if uid in _led_to(merges(work.connection, of.word), targets):
        raise Refused(f"{_named(work, of, uid)} cannot be merged into itself.")
    targets, how = list(dict.fromkeys(targets)), MoveKind.SPLIT if fate is Fate.SPLIT else MoveKind.MERGE
    new = new or {}
    for one, name in new.items():  # before the move that names them: what is undone goes the other way
        added(work, of, name, uid=one)
    move = _move(work, how, reason, of, [uid], targets, moved_by)
    for one in new:
        work.add(of.fate(**{of.word: one}, fate=Fate.PROPOSED, reason=line(reason), move=move.uid))
    for position, target in enumerate(targets, 1):
        ends = {f"from_{of.word}": uid, f"into_{of.word}": target}
        work.add(of.merge(**ends, position=position, reason=line(reason), move=move.uid))
    work.add(of.fate(**{of.word: uid}, fate=fate, reason=line(reason), move=move.uid))


def _led_to(at: Standing, targets: Sequence[str]) -> set[str]:
    """Return what *targets* are or went into, by merges that hold, however far."""
    found: set[str] = set()
    ahead = list(targets)
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += at.into.get(one, ())
    return found


def end_merge(
    desk: Desk, name: str, *, reason: str, moved_by: Sequence[str] = (), kind: str = "mechanism"
) -> None:
    """State that what was merged or split stands for itself again, with the fate it had before.

    What was given to it never moved; where pieces were placed rests until it goes into the same again.
    """
    of = KINDS[kind]
    with desk.unit("end merge", name, reason=reason) as work:
        uid = resolve(work.connection, kind, name)
        rows = _active(work, of, uid)
        if not rows or not line(reason):
            named = _named(work, of, uid)
            raise Refused(f"{named} is not merged, or the reason is missing: nothing was changed.")
        result = "it stands for itself again"
        move = _move(work, MoveKind.REINSTATE, reason, of, [uid], rows.values(), moved_by, result)
        for row in rows:
            work.change(of.merge, row, ended=line(reason))
        before = _fate_before(work, of, uid, (Fate.MERGED, Fate.SPLIT))
        work.add(of.fate(**{of.word: uid}, fate=before, reason=line(reason), move=move.uid))


def _active(work: Unit, of: Kind, uid: str) -> dict[str, str]:
    """Return the merges of one that hold, in order: uid, and what it went into."""
    holds = select(of.merge.uid, of.target).where(of.source == uid, of.merge.ended == "")
    return dict(work.connection.execute(holds.order_by(of.merge.position)).all())


def _fate_before(work: Unit, of: Kind, uid: str, apart: Sequence[Fate]) -> Fate:
    """Return the last fate that is none of *apart*."""
    fates = select(of.fate.fate).where(of.of(of.fate) == uid, of.fate.fate.not_in(apart))
    found = work.connection.execute(fates.order_by(of.fate.at.desc(), of.fate.uid.desc()).limit(1))
    return Fate(found.scalar() or Fate.PROPOSED)


def _named(work: Unit, of: Kind, uid: str) -> str:
    return shorten(str(work.row(of.table, uid)["name"]), 80)


def _move(
    work: Unit,
    how: MoveKind,
    reason: str,
    of: Kind,
    inputs: Iterable[str],
    results: Iterable[str] = (),
    moved_by: Sequence[str] = (),
    result: str = "",
) -> Move:
    return note_move(
        work,
        how,
        reason,
        inputs=[Thing(of.word, uid) for uid in inputs],
        results=[Thing(of.word, uid) for uid in results],
        moved_by=moved_by,
        result=result,
    )
