"""Synthesis across papers: accounts put side by side, reconciled, judged, consolidated, situated."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from realist.errors import Refused, WrongUse
from realist.queries.extractions import hidden_things
from realist.queries.moves import names_of
from realist.queries.naming import resolve
from realist.queries.naming_things import Thing, thing_said
from realist.services.moving import note_move
from realist.services.unit import Desk, Unit
from realist.store.tables import Configuration, ConfigurationRelation, Move, MoveItem
from realist.vocabulary import ConfigurationStatus, MoveKind, RelationKind

KINDS = (
    MoveKind.JUXTAPOSE,
    MoveKind.RECONCILE,
    MoveKind.ADJUDICATE,
    MoveKind.CONSOLIDATE,
    MoveKind.SITUATE,
)
"""The moves across papers; lives of mechanisms, contexts and outcomes have verbs of their own."""
_THEORIES = ("theory", "theory_version", "theory_part")
_UNSYNTHESISED = (ConfigurationStatus.CANDIDATE, ConfigurationStatus.PAPER_LEVEL)


def synthesise(
    desk: Desk,
    kind: MoveKind,
    inputs: Sequence[str],
    *,
    reason: str,
    results: Sequence[str] = (),
    moved_by: Sequence[str] = (),
    result: str = "",
) -> str:
    """Record a move across papers, with its reasoning; return its uid.

    Things are named as :func:`realist.queries.naming_things.thing_said` reads them. Several are put side by
    side; what is consolidated gives a box: it rests on the boxes that went in, and is synthesised where it
    was a candidate or of a paper; what is situated meets a theory. Nothing that went in changes. Refused
    while something of it is extracted independently: a move across papers is open to all.
    """
    with desk.unit(str(kind), reason=reason) as work:
        if kind not in KINDS:
            raise WrongUse(f"To {kind} is no move across papers: use one of {', '.join(KINDS)}.")
        went_in = [thing_said(work.connection, said, viewer=work.initials) for said in inputs]
        came = [thing_said(work.connection, said, viewer=work.initials) for said in results]
        movers = [thing_said(work.connection, said, viewer=work.initials) for said in moved_by]
        _refuse_incomplete(kind, went_in, came, result)
        _refuse_hidden(work, {*went_in, *came, *movers})
        move = note_move(work, kind, reason, inputs=went_in, results=came, moved_by=moved_by, result=result)
        if kind == MoveKind.CONSOLIDATE:
            for box in dict.fromkeys(came):
                _rest(work, box.uid, list(dict.fromkeys(thing.uid for thing in went_in)))
        names = names_of(work.connection, {*went_in, *came})
        into = f" into {', '.join(names.get(thing, '') for thing in came)}" if came else ""
        work.act.subject = f"{', '.join(names.get(thing, '') for thing in went_in)}{into}"
        return move.uid


def _refuse_incomplete(
    kind: MoveKind, inputs: Sequence[Thing], results: Sequence[Thing], result: str
) -> None:
    boxes = all(thing.table == "configuration" for thing in (*inputs, *results))
    why = ""
    if kind != MoveKind.SITUATE and len(set(inputs)) < 2:
        why = "takes two things or more"
    elif kind == MoveKind.SITUATE and not any(thing.table in _THEORIES for thing in (*inputs, *results)):
        why = "puts something beside a theory: name it as `theory NAME`"
    elif kind == MoveKind.SITUATE and len({*inputs, *results}) < 2:
        why = "needs what is situated beside its theory"
    elif kind == MoveKind.CONSOLIDATE and not (results and boxes):
        why = "takes boxes and gives a box: add it first, then name it as the result"
    elif kind == MoveKind.CONSOLIDATE and set(inputs) & set(results):
        why = "cannot give what went in"
    elif kind in (MoveKind.RECONCILE, MoveKind.ADJUDICATE) and not (results or result.strip()):
        why = "says what came of it: a result, or words"
    if why:
        raise Refused(f"Nothing was written: to {kind} {why}.")


def _rest(work: Unit, box: str, on: Sequence[str]) -> None:
    """Let a box rest on others, as far as it does not yet, and count it as synthesised."""
    status = work.row(Configuration, box)["status"]
    if status in _UNSYNTHESISED:
        work.change(Configuration, box, status=ConfigurationStatus.SYNTHESISED)
    of = ConfigurationRelation
    there = select(of.to_configuration).where(of.from_configuration == box, of.kind == RelationKind.RESTS_ON)
    known = set(work.connection.execute(there).scalars())
    position = work.position(of, of.from_configuration == box)
    for uid in on:
        if uid not in known:
            kind = RelationKind.RESTS_ON
            work.add(of(position=position, from_configuration=box, to_configuration=uid, kind=kind))
            position += 1


def drop_move(desk: Desk, move: str, *, reason: str) -> str:
    """Take a move across papers back, with the reason; return its uid. Boxes stay as they are now."""
    with desk.unit("drop move", reason=reason) as work:
        uid = resolve(work.connection, "move", move)
        row = work.row(Move, uid)
        if row["kind"] not in KINDS:
            raise Refused(
                f"Nothing was changed: to {row['kind']} is undone by `realist undo`, or by its verb."
            )
        if not reason.strip():
            raise Refused("Nothing was changed: to drop a move needs its reason.")
        work.act.subject = f"{row['kind']} #{row['number']}"
        items = work.connection.execute(
            select(*MoveItem.__table__.columns).where(MoveItem.move == uid).order_by(MoveItem.position)
        )
        work.take_out(MoveItem, items.mappings().all())
        work.remove(Move, uid)
        return uid


def _refuse_hidden(work: Unit, things: Collection[Thing]) -> None:
    hidden = hidden_things(work.connection, viewer="")
    for thing in sorted(things):
        if thing.uid in hidden:
            word = "box" if thing.table == "configuration" else thing.table
            raise Refused(
                f"Nothing was changed: the {word} {thing.uid} is of an independent extraction that is not"
                " done, and a move is open to all."
            )
