"""Theories: the programme's own in versions of statements, those of the middle range, existing ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from realist.domain.revising import statement_named
from realist.domain.theories import Statement
from realist.errors import NotFound, Refused, WrongUse
from realist.queries.naming import resolve
from realist.queries.naming_things import Thing, thing_said
from realist.queries.theory_versions import Version, versions_of
from realist.services.moving import note_move
from realist.services.unit import Desk, Unit
from realist.store.tables import Bearing, Evidence, Theory, TheoryPart, TheoryStatement, TheoryVersion
from realist.text import fold, line, paragraphs, shorten
from realist.vocabulary import MoveKind, StatementForm, TheoryKind, TheoryStage


def add_theory(
    desk: Desk, name: str, *, kind: TheoryKind = TheoryKind.PROGRAMME, source: str = "", note: str = ""
) -> str:
    """Add a theory without statements yet; return its uid. It is never counted as a paper.

    *source* says where a theory stands that others wrote. Raises Refused where one has the name already.
    """
    with desk.unit("add theory", line(name)) as work:
        row = Theory(number=work.number(Theory), name=_free_name(work, name), kind=kind)
        row.source, row.note = line(source), paragraphs(note)
        return work.add(row).uid


def _free_name(work: Unit, name: str, own: str = "") -> str:
    name = line(name)
    if not fold(name):
        raise Refused("A theory needs a name with a letter or a digit. Nothing was written.")
    for row in work.connection.execute(select(Theory.uid, Theory.number, Theory.name)):
        if row.uid != own and fold(row.name) == fold(name):
            raise Refused(f"There is already a theory T{row.number} {row.name}: use it, or another name.")
    return name


def edit_theory(
    desk: Desk,
    theory: str,
    *,
    name: str | None = None,
    kind: TheoryKind | None = None,
    source: str | None = None,
    note: str | None = None,
) -> None:
    """Change what is given of a theory: its name, kind, source or note. Its statements stay."""
    with desk.unit("edit theory", theory) as work:
        uid = resolve(work.connection, "theory", theory)
        values: dict[str, Any] = {}
        if name is not None:
            values["name"] = _free_name(work, name, uid)
        values |= {"kind": kind} if kind is not None else {}
        values |= {"source": line(source)} if source is not None else {}
        values |= {"note": paragraphs(note)} if note is not None else {}
        if not work.change(Theory, uid, **values):
            raise Refused("Nothing was changed: the theory says this already.")


def new_version(
    desk: Desk,
    theory: str,
    statements: Sequence[Statement] | None = None,
    *,
    stage: TheoryStage | None = None,
    reason: str = "",
    moved_by: Sequence[str] = (),
    label: str = "",
    dated: str = "",
    after: int | None = None,
) -> str:
    """Write the next version of a theory, whole; return its uid.

    *statements* are all it says, in order: those with the uid of a part reword or keep it, those without are
    new parts; without *statements* it begins as a copy of the version before. *stage* is that of the version
    before where none is given. From the second version on the *reason* is needed; *moved_by* names what
    moved it ("box 3", "consultation June"). *after* is the number of the version that was looked at: Refused
    where there is a later one by now.
    """
    with desk.unit("new theory version", theory, reason=reason) as work:
        uid = resolve(work.connection, "theory", theory)
        versions = versions_of(work.connection, uid)
        last = versions[-1] if versions else None
        if after is not None and after != (last.number if last else 0):
            raise Refused("Somebody wrote a version meanwhile: look at it first. Nothing was written.")
        if last and not line(reason):
            raise Refused("Nothing was written: a new version needs its reason, what moved it.")
        row = TheoryVersion(theory=uid, number=last.number + 1 if last else 1)
        row.stage = stage or (TheoryStage(last.stage) if last else TheoryStage.INITIAL)
        row.label, row.dated, row.reason = line(label), line(dated), paragraphs(reason)
        work.add(row)
        wanted = last.statements if statements is None and last else tuple(statements or ())
        _write(work, uid, Version.beginning(row.uid), wanted)
        if line(reason) or moved_by:
            kind = MoveKind.REFINE if last else MoveKind.PROPOSE
            inputs = [Thing("theory_version", last.uid)] if last else [Thing("theory", uid)]
            results = [Thing("theory_version", row.uid)]
            move = note_move(work, kind, reason, inputs=inputs, results=results, moved_by=moved_by)
            work.change(TheoryVersion, row.uid, move=move.uid)
        work.act.subject = f"T{work.row(Theory, uid)['number']} v{row.number}"
        return row.uid


def edit_version(
    desk: Desk,
    theory: str,
    statements: Sequence[Statement] | None = None,
    *,
    stage: TheoryStage | None = None,
    label: str | None = None,
    dated: str | None = None,
    reason: str = "",
    was: Sequence[Statement] | None = None,
) -> None:
    """Change the latest version of a theory in its place: the statements as they shall stand, its label …

    The wording before is in the log. A part on which something was brought to bear in this version is not
    dropped in place: a new version without it keeps both. *was* are the statements that were looked at:
    Refused where they are others by now.
    """
    with desk.unit("edit theory version", theory, reason=reason) as work:
        uid = resolve(work.connection, "theory", theory)
        last = _latest(work, uid)
        if was is not None and tuple(was) != last.statements:
            raise Refused("Somebody changed this version meanwhile: look at it first. Nothing was changed.")
        values: dict[str, Any] = {"stage": stage} if stage is not None else {}
        values |= {"label": line(label)} if label is not None else {}
        values |= {"dated": line(dated)} if dated is not None else {}
        changed = bool(values) and work.change(TheoryVersion, last.uid, **values)
        if statements is not None:
            changed = _write(work, uid, last, statements) or changed
        if not changed:
            raise Refused("Nothing was changed: the version says this already.")
        work.act.subject = f"T{work.row(Theory, uid)['number']} v{last.number}"


def prioritise(
    desk: Desk, theory: str, ranks: Mapping[str, str], *, reason: str, moved_by: Sequence[str] = ()
) -> str:
    """Say of statements of the latest version how they are prioritised, in the review's own words.

    *ranks* are by part, as one names it (p3, its name or uid); "" takes a priority off. Returns the uid of
    the move, which needs its *reason*.
    """
    with desk.unit("prioritise statements", theory, reason=reason) as work:
        uid = resolve(work.connection, "theory", theory)
        last = _latest(work, uid)
        wanted = {statement_named(last.statements, said).part: line(rank) for said, rank in ranks.items()}
        if not wanted:
            raise Refused("Nothing was changed: say which statements, and how they are prioritised.")
        statements = [replace(one, priority=wanted.get(one.part, one.priority)) for one in last.statements]
        if not _write(work, uid, last, statements):
            raise Refused("Nothing was changed: they are prioritised like this already.")
        told = "; ".join(
            f"p{one.number}: {one.priority or 'none'}" for one in statements if one.part in wanted
        )
        number = work.row(Theory, uid)["number"]
        work.act.subject = f"T{number} v{last.number}: {shorten(told, 60)}"
        results = [Thing("theory_part", part) for part in wanted]
        inputs = [Thing("theory_version", last.uid)]
        return note_move(
            work, MoveKind.PRIORITISE, reason, inputs=inputs, results=results, moved_by=moved_by, result=told
        ).uid


def situate(desk: Desk, theory: str, of: Sequence[str], *, reason: str, moved_by: Sequence[str] = ()) -> str:
    """Situate things in a theory that explains them; return the uid of the move.

    *of* names statements, mechanisms or boxes, each with its kind: "statement T1 p3", "mechanism M2". The
    theory is one of the middle range or a substantive one. The *reason* says how it explains them.
    """
    with desk.unit("situate in theory", theory, reason=reason) as work:
        uid = resolve(work.connection, "theory", theory)
        row = work.row(Theory, uid)
        if row["kind"] == TheoryKind.PROGRAMME:
            raise Refused(
                f"T{row['number']} {row['name']} is a programme theory: things are situated in a theory of"
                " the middle range or a substantive one. Nothing was written."
            )
        things = [thing_said(work.connection, said, viewer=work.initials) for said in of]
        if not things:
            raise Refused("Nothing was written: say what is situated in it.")
        if wrong := next((one for one in things if one.table not in _SITUATED), None):
            raise WrongUse(
                f"A {wrong.table.replace('_', ' ')} cannot be situated in a theory:"
                " statements, mechanisms, contexts, outcomes and boxes can."
            )
        inputs = [Thing("theory", uid)]
        return note_move(work, MoveKind.SITUATE, reason, inputs=inputs, results=things, moved_by=moved_by).uid


_SITUATED = ("theory_part", "mechanism", "context", "outcome", "configuration", "regularity")


def _latest(work: Unit, theory: str) -> Version:
    versions = versions_of(work.connection, theory)
    if not versions:
        row = work.row(Theory, theory)
        raise NotFound(f"T{row['number']} {row['name']} has no version yet: write its first one.")
    return versions[-1]


def _write(work: Unit, theory: str, version: Version, statements: Sequence[Statement]) -> bool:
    """Bring what stands in a version to *statements*, in order; return whether anything differed."""
    before = {one.part: one for one in version.statements}
    kept = [one.part for one in statements if one.part]
    if len(kept) != len(set(kept)):
        raise Refused("A part stands twice in the version. Nothing was written.")
    changed = False
    for one in version.statements:
        if one.part not in kept:
            _refuse_borne(work, version, one)
            work.remove(TheoryStatement, version.rows[one.part])
            changed = True
    for position, given in enumerate(statements, 1):
        values = {"position": position, **_values(given)}
        if given.part in before:
            changed = work.change(TheoryStatement, version.rows[given.part], **values) or changed
            changed = _call(work, given) or changed
            _tell_of_bearing(work, version, before[given.part], given)
            continue
        part = _part(work, theory, given)
        work.add(TheoryStatement(version=version.uid, part=part, **values))
        changed = True
    return changed


def _values(given: Statement) -> dict[str, Any]:
    """Return the columns of a statement; refuse one that says nothing."""
    prose = given.form == StatementForm.PROSE
    pieces = ("if_text", "then_text", "because_text")
    values: dict[str, Any] = {"form": given.form, "priority": line(given.priority)}
    values["text"] = paragraphs(given.text) if prose else ""
    values |= {piece: "" if prose else paragraphs(getattr(given, piece)) for piece in pieces}
    if not any(fold(values[key]) for key in ("text", *pieces)):
        raise Refused("A statement needs words, at least one of if, then and because. Nothing was written.")
    return values


def _part(work: Unit, theory: str, given: Statement) -> str:
    """Return the uid of the part that a statement words: one of the theory, brought back, or a new one."""
    if given.part:
        row = work.row(TheoryPart, given.part)
        if row["theory"] != theory:
            raise Refused(f"Part p{row['number']} is of another theory. Nothing was written.")
        _call(work, given)
        return given.part
    of = select(TheoryPart.number).where(TheoryPart.theory == theory)
    last = work.connection.execute(of.order_by(TheoryPart.number.desc()).limit(1)).scalar()
    return work.add(TheoryPart(theory=theory, number=(last or 0) + 1, name=line(given.name))).uid


def _call(work: Unit, given: Statement) -> bool:
    """Give a part the name that a statement brings; without one it keeps what it is called."""
    return bool(line(given.name)) and work.change(TheoryPart, given.part, name=line(given.name))


def _borne(work: Unit, version: Version, part: str) -> int:
    """Return how much was brought to bear on a part in a version, configurations and evidence."""
    of, piece = Bearing, Evidence
    rows = work.connection.execute(select(of.uid).where(of.version == version.uid, of.part == part)).all()
    where = (piece.theory_version == version.uid, piece.theory_part == part)
    return len(rows) + len(work.connection.execute(select(piece.uid).where(*where)).all())


def _refuse_borne(work: Unit, version: Version, one: Statement) -> None:
    if n := _borne(work, version, one.part):
        things = "one thing bears" if n == 1 else f"{n} things bear"
        raise Refused(
            f"p{one.number} is not dropped from this version: {things} on it here."
            " Write a new version without it. Nothing was changed."
        )


def _tell_of_bearing(work: Unit, version: Version, was: Statement, given: Statement) -> None:
    if was.wording == given.wording:
        return
    if n := _borne(work, version, was.part):
        things = "One thing bears" if n == 1 else f"{n} things bear"
        work.note(f"{things} on p{was.number} in this version, and now on its new wording.")
