"""Mechanisms, contexts and outcomes: named, described, listed, merged, and what was decided of them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import select

from realist.domain.alike import almost
from realist.errors import NotFound, Refused
from realist.queries.grouping import merge_targets
from realist.queries.naming import resolve
from realist.services.unit import Desk, Unit
from realist.store.tables import (
    Context,
    ListLineage,
    Mechanism,
    MechanismAlias,
    MechanismFate,
    MechanismList,
    MechanismListItem,
    MechanismMerge,
    MechanismVersion,
    Outcome,
)
from realist.text import fold, line, paragraphs
from realist.vocabulary import ContextLevel, Fate, Lineage, MechanismKind


def add_mechanism(
    desk: Desk,
    name: str,
    *,
    kind: MechanismKind = MechanismKind.MECHANISM,
    description: str = "",
    aliases: Sequence[str] = (),
    note: str = "",
    reason: str = "",
) -> str:
    """Propose a mechanism; return its uid. It starts as not looked at in every paper."""
    name = line(name)
    with desk.unit("propose mechanism", name, reason=reason) as work:
        _refuse_same(work, Mechanism, name, "a mechanism")
        row = mechanism_named(work, name)
        work.change(Mechanism, row, kind=kind, note=paragraphs(note))
        if description:
            version = MechanismVersion(mechanism=row, number=1, description=paragraphs(description))
            version.reason = line(reason)
            work.add(version)
        for alias in aliases:
            work.add(MechanismAlias(mechanism=row, name=line(alias), source=""))
        work.add(MechanismFate(mechanism=row, fate=Fate.PROPOSED, reason=line(reason)))
        return row


def mechanism_named(work: Unit, name: str, uid: str = "", kind: str = "") -> str:
    """Return the mechanism with this uid or name, adding it where it is new, as one of this *kind*.

    One that the review has stays what it is called here; that it was given as something else is remarked.
    """
    found = _thing_named(work, Mechanism, name, uid)
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


def _refuse_same(
    work: Unit, table: type[Mechanism] | type[Context] | type[Outcome], name: str, word: str
) -> None:
    rows = work.connection.execute(select(table.number, table.name))
    for row in rows:
        if fold(row.name) == fold(name):
            raise Refused(f"There is already {word} #{row.number} {row.name}: use it, or another name.")


def add_context(desk: Desk, name: str, *, level: ContextLevel | None = None, description: str = "") -> str:
    """Name a context for tagging elements across papers; return its uid."""
    with desk.unit("add context", name) as work:
        _refuse_same(work, Context, name, "a context")
        uid = context_named(work, name)
        work.change(Context, uid, level=level, description=paragraphs(description))
        return uid


def context_named(work: Unit, name: str, uid: str = "") -> str:
    """Return the context with this uid or name, adding it where it is new."""
    return _thing_named(work, Context, name, uid)


def add_outcome(desk: Desk, name: str, *, description: str = "") -> str:
    """Name an outcome for tagging elements across papers; return its uid."""
    with desk.unit("add outcome", name) as work:
        _refuse_same(work, Outcome, name, "an outcome")
        uid = outcome_named(work, name)
        work.change(Outcome, uid, description=paragraphs(description))
        return uid


def outcome_named(work: Unit, name: str, uid: str = "") -> str:
    """Return the outcome with this uid or name, adding it where it is new."""
    return _thing_named(work, Outcome, name, uid)


_WORDS = {Mechanism: "mechanism", Context: "context", Outcome: "outcome"}


def _thing_named(
    work: Unit, table: type[Mechanism] | type[Context] | type[Outcome], name: str, uid: str
) -> str:
    """Find a thing by uid, else by its name as people compare names, else add it and say so.

    A name that the review has under another uid is the thing the review has: two mechanisms of one name
    would split its evidence.
    """
    if uid and work.connection.execute(select(table.uid).where(table.uid == uid)).first():
        return uid
    name, word = line(name), _WORDS[table]
    if not name:
        given = f" ({uid})" if uid else ""
        raise Refused(f"{'An' if word == 'outcome' else 'A'} {word} needs a name{given}.")
    with suppress(NotFound):
        return resolve(work.connection, word, name, by_name=True)
    near = almost(name, work.connection.execute(select(table.name)).scalars())
    added = work.add(table(uid=uid, number=work.number(table), name=name))
    if near:
        work.note(f"Almost the same: the {word} {near} was here before. If it is meant, undo and name it.")
    if work.act.subject != name:
        work.note(f"The {word} {name} is new and was added.")
    return added.uid


def add_alias(desk: Desk, mechanism: str, name: str, *, source: str = "") -> str:
    """Record another name of a mechanism and where it is called so; return the uid."""
    with desk.unit("add alias", f"{name} of {mechanism}") as work:
        uid = resolve(work.connection, "mechanism", mechanism)
        if not fold(name):
            raise Refused(f"{line(name)!r} holds no letter or digit: it cannot be another name.")
        return work.add(MechanismAlias(mechanism=uid, name=line(name), source=line(source))).uid


def describe(desk: Desk, mechanism: str, description: str, *, reason: str) -> str:
    """Give a mechanism a new description; the earlier versions stay. Return the version's uid."""
    with desk.unit("describe mechanism", mechanism, reason=reason) as work:
        uid = resolve(work.connection, "mechanism", mechanism)
        versions = select(MechanismVersion.number).where(MechanismVersion.mechanism == uid)
        last = work.connection.execute(versions.order_by(MechanismVersion.number.desc()).limit(1)).scalar()
        row = MechanismVersion(mechanism=uid, number=(last or 0) + 1, description=paragraphs(description))
        row.reason = line(reason)
        return work.add(row).uid


def decide_fate(desk: Desk, mechanism: str, fate: Fate, *, reason: str, consultation: str = "") -> str:
    """Decide what becomes of a mechanism, with the reason; return the uid."""
    with desk.unit(f"decide fate {fate}", mechanism, reason=reason) as work:
        if not line(reason):
            raise Refused("Nothing was changed: a fate needs its reason.")
        row = MechanismFate(mechanism=resolve(work.connection, "mechanism", mechanism), fate=fate)
        row.reason = line(reason)
        row.consultation = resolve(work.connection, "consultation", consultation) if consultation else None
        return work.add(row).uid


def merge_mechanisms(desk: Desk, mechanism: str, into: Sequence[str], *, reason: str) -> None:
    """State that a mechanism went into one or several others.

    One target shows its evidence from now on; with several, the evidence stays where it is until placed.
    """
    with desk.unit("merge mechanism", f"{mechanism} into {', '.join(into)}", reason=reason) as work:
        if not line(reason) or not into:
            raise Refused("Nothing was changed: a merge needs its targets and its reason.")
        source = resolve(work.connection, "mechanism", mechanism)
        targets = [resolve(work.connection, "mechanism", name) for name in into]
        active = select(MechanismMerge.uid).where(
            MechanismMerge.from_mechanism == source, MechanismMerge.ended == ""
        )
        if work.connection.execute(active).first():
            raise Refused(f"{mechanism} is merged already: undo that first.")
        if source in _led_to(work, targets):
            raise Refused(f"{mechanism} cannot be merged into itself.")
        for position, target in enumerate(dict.fromkeys(targets), 1):
            row = MechanismMerge(position=position, from_mechanism=source, into_mechanism=target)
            row.reason = line(reason)
            work.add(row)
        work.add(MechanismFate(mechanism=source, fate=Fate.MERGED, reason=line(reason)))


def _led_to(work: Unit, targets: Sequence[str]) -> set[str]:
    """Return the mechanisms that *targets* are or went into, by merges that hold, however far."""
    merged = merge_targets(work.connection)
    found: set[str] = set()
    ahead = list(targets)
    while ahead:
        at = ahead.pop()
        if at not in found:
            found.add(at)
            ahead += merged.get(at, [])
    return found


def end_merge(desk: Desk, mechanism: str, *, reason: str) -> None:
    """State that a merged mechanism stands for itself again, with the fate it had before.

    Its evidence never moved.
    """
    with desk.unit("end merge", mechanism, reason=reason) as work:
        uid = resolve(work.connection, "mechanism", mechanism)
        holds = select(MechanismMerge.uid).where(
            MechanismMerge.from_mechanism == uid, MechanismMerge.ended == ""
        )
        rows = work.connection.execute(holds.order_by(MechanismMerge.position)).scalars().all()
        if not rows or not line(reason):
            raise Refused(f"{mechanism} is not merged, or the reason is missing: nothing was changed.")
        for row in rows:
            work.change(MechanismMerge, row, ended=line(reason))
        work.add(MechanismFate(mechanism=uid, fate=_fate_before(work, uid), reason=line(reason)))


def _fate_before(work: Unit, mechanism: str) -> str:
    """Return the fate that a mechanism had before it was merged."""
    fates = select(MechanismFate.fate).where(
        MechanismFate.mechanism == mechanism, MechanismFate.fate != Fate.MERGED
    )
    found = work.connection.execute(
        fates.order_by(MechanismFate.at.desc(), MechanismFate.uid.desc()).limit(1)
    )
    return str(found.scalar() or Fate.PROPOSED)


def add_list(
    desk: Desk,
    name: str,
    items: Sequence[tuple[str, str]],
    *,
    stage: str = "",
    dated: str = "",
    agreed: bool = True,
    source: str = "",
    note: str = "",
) -> str:
    """Add a named, ordered list of mechanisms; return its uid.

    An item is (mechanism, words as printed); a heading that names no mechanism has an empty first part.
    """
    name = line(name)
    with desk.unit("add mechanism list", name) as work:
        if not name:
            raise Refused("A list needs a name.")
        if work.connection.execute(select(MechanismList.uid).where(MechanismList.name == name)).first():
            raise Refused(f"There is already a mechanism list {name!r} in this review.")
        row = MechanismList(position=work.position(MechanismList), name=name, agreed=agreed)
        row.stage = resolve(work.connection, "stage", stage) if stage else None
        row.dated, row.source, row.note = line(dated), line(source), paragraphs(note)
        work.add(row)
        for position, (mechanism, printed) in enumerate(items, 1):
            uid = resolve(work.connection, "mechanism", mechanism) if mechanism else None
            item = MechanismListItem(mechanism_list=row.uid, position=position, mechanism=uid)
            item.printed = line(printed or mechanism)
            work.add(item)
        return row.uid


def state_lineage(desk: Desk, from_list: str, into_list: str, lineage: Lineage, *, note: str = "") -> str:
    """State what is known of how one list came from another; return the uid."""
    with desk.unit("state lineage", f"{from_list} to {into_list}: {lineage}") as work:
        first = resolve(work.connection, "list", from_list)
        second = resolve(work.connection, "list", into_list)
        row = ListLineage(from_list=first, into_list=second, lineage=lineage, note=paragraphs(note))
        return work.add(row).uid
