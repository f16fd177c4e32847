"""Moves: typed acts of synthesis, with what went in, what came of it and what moved it."""

from __future__ import annotations

from collections.abc import Sequence

from realist.errors import Refused
from realist.queries.naming_things import Thing, thing_said
from realist.services.unit import Unit
from realist.store.tables import Move, MoveItem
from realist.text import line, paragraphs
from realist.vocabulary import MoveKind, MoveRole


def note_move(
    work: Unit,
    kind: MoveKind,
    reason: str,
    *,
    inputs: Sequence[Thing] = (),
    results: Sequence[Thing] = (),
    moved_by: Sequence[str] = (),
    result: str = "",
) -> Move:
    """Record a move within a step and return it.

    *moved_by* names what moved it, each as :func:`realist.queries.naming_things.thing_said` reads it;
    *result* says in words what came of it. Raises Refused without a reason.
    """
    if not line(reason):
        raise Refused(f"Nothing was changed: to {kind} needs its reason.")
    movers = [thing_said(work.connection, said, viewer=work.initials) for said in moved_by]
    move = work.add(
        Move(number=work.number(Move), kind=kind, reason=paragraphs(reason), result=paragraphs(result))
    )
    roles = ((MoveRole.INPUT, inputs), (MoveRole.RESULT, results), (MoveRole.MOVED_BY, movers))
    items = [(role, thing) for role, things in roles for thing in dict.fromkeys(things)]
    for position, (role, thing) in enumerate(items, 1):
        row = MoveItem(move=move.uid, position=position, role=role, subject_table=thing.table)
        row.subject = thing.uid
        work.add(row)
    return move
