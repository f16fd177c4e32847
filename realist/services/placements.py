"""Pieces that wait: placed by a person under one or several of what their mechanism went into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from realist.errors import Refused
from realist.queries.called import called
from realist.queries.naming import resolve
from realist.queries.naming_things import Thing
from realist.queries.standing import KINDS, Kind, Standing, standing
from realist.queries.waiting import piece_given
from realist.services.moving import note_move
from realist.services.unit import Desk, Unit
from realist.store.tables import Placement
from realist.text import line, shorten
from realist.vocabulary import MoveKind


class _Placed(NamedTuple):
    """A piece, and what it may stand under instead of *fork*."""

    thing: Thing
    fork: str
    among: Sequence[str]


def place(
    desk: Desk,
    pieces: Sequence[str],
    under: Sequence[str],
    *,
    reason: str,
    moved_by: Sequence[str] = (),
    kind: str = "mechanism",
) -> list[str]:
    """Place pieces (uids of evidence, boxes under a mechanism, tags) under one or several targets.

    The targets are among those that their mechanism, context or outcome went into. What was placed there
    before stands under these instead. Return the uids of the placements.
    """
    of = KINDS[kind]
    many = "1 piece" if len(pieces) == 1 else f"{len(pieces)} pieces"
    with desk.unit(f"place {many}", f"under {', '.join(under)}", reason=reason) as work:
        if not pieces or not under:
            raise Refused("Nothing was placed: say which pieces, and under what.")
        targets = list(dict.fromkeys(resolve(work.connection, kind, name) for name in under))
        at = standing(work.connection, kind)
        found = [_of_piece(work, of, at, uid, targets) for uid in dict.fromkeys(pieces)]
        results = [Thing(kind, uid) for uid in targets]
        inputs = [*dict.fromkeys(Thing(kind, one.fork) for one in found), *(one.thing for one in found)]
        move = note_move(work, MoveKind.PLACE, reason, inputs=inputs, results=results, moved_by=moved_by)
        placed = [uid for one in found for uid in _put(work, of, one, targets, reason, move.uid)]
        if not placed:
            raise Refused("Nothing was changed: that is where it stands already.")
        return placed


def _of_piece(work: Unit, of: Kind, at: Standing, uid: str, targets: Sequence[str]) -> _Placed:
    table, given = piece_given(work.connection, of, uid, viewer=work.initials)
    forks = at.forks(table, line(uid), given)
    if not forks:
        raise Refused(f"{_named(work, given)} did not go into several: there is nothing to place.")
    for fork in forks:
        if set(targets) <= set(at.into[fork]):
            return _Placed(Thing(table, line(uid)), fork, at.into[fork])
    names = called(work.connection, [*at.into[forks[0]], forks[0]])
    into = ", ".join(names.get(one, one) for one in at.into[forks[0]])
    raise Refused(f"{names.get(forks[0])} went into {into}: place it under one or several of these.")


def _named(work: Unit, uid: str) -> str:
    return shorten(called(work.connection, [uid]).get(uid, uid), 80)


def _put(work: Unit, of: Kind, one: _Placed, targets: Sequence[str], reason: str, move: str) -> list[str]:
    """End the placements of a piece among the same targets that are not meant any more, add what is new."""
    table, uid = one.thing
    target = of.of(Placement)
    rows = work.connection.execute(
        select(Placement.uid, target.label("under")).where(
            Placement.subject_table == table,
            Placement.subject == uid,
            Placement.ended == "",
            target.in_(one.among),
        )
    ).all()
    for old in rows:
        if old.under not in targets:
            work.change(Placement, old.uid, ended=line(reason))
    held = {old.under for old in rows}
    added = []
    for under in targets:
        if under not in held:
            row = Placement(subject_table=table, subject=uid, reason=line(reason), move=move)
            setattr(row, of.word, under)
            added.append(work.add(row).uid)
    return added or [old.uid for old in rows if old.under not in targets]
