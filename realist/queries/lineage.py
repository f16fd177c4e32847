"""What boxes were made of: by their relations, and by the moves that consolidated them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from realist.domain.configuration import Box
from realist.domain.patterns.counting import Behind
from realist.domain.patterns.lineage import Lineage, Tie, lineage
from realist.queries.moves import moves
from realist.queries.patterns import Accounts, accounts
from realist.store.tables import ConfigurationRelation
from realist.vocabulary import ConfigurationStatus, MoveKind, MoveRole, RelationKind


@dataclass(frozen=True, slots=True)
class Descent:
    """Trees of boxes with what is known of these; ``of`` holds the boxes by uid."""

    lineage: Lineage
    accounts: Accounts
    of: dict[str, Box]

    def behind(self, uid: str, below: frozenset[str]) -> Behind:
        """Return how many papers a box and those below it are of."""
        return self.accounts.behind({uid, *below})


def descent(connection: Connection, *, box: str = "", viewer: str = "") -> Descent:
    """Return the trees of all boxes that count, or those that *box* (uid) is in.

    A box is made of what it rests on, of what underpins it, and of what a move consolidated, reconciled or
    adjudicated into it. Synthesised boxes come first among equals, then by number.
    """
    of = accounts(connection, viewer=viewer)
    known = {one.uid: one for one in of.boxes}
    first = (ConfigurationStatus.SYNTHESISED, ConfigurationStatus.REFINED)
    order = sorted(known, key=lambda uid: (known[uid].status not in first, of.numbers[uid]))
    ties = [*_related(connection), *_moved(connection, viewer)]
    return Descent(lineage(order, ties, of=box), of, known)


def _related(connection: Connection) -> list[Tie]:
    of = ConfigurationRelation
    rows = select(of.from_configuration, of.to_configuration, of.kind).order_by(of.position, of.uid)
    found = []
    for from_, to, kind in connection.execute(rows):
        if kind == RelationKind.RESTS_ON:
            found.append(Tie(from_, to, kind))
        elif kind == RelationKind.UNDERPINS:
            found.append(Tie(to, from_, kind))
    return found


def _moved(connection: Connection, viewer: str) -> list[Tie]:
    """Return what moves made of boxes."""
    kinds = (MoveKind.CONSOLIDATE, MoveKind.RECONCILE, MoveKind.ADJUDICATE)
    return [
        Tie(upper.uid, lower.uid, f"{move.kind} (move {move.number})")
        for move in moves(connection, kinds=kinds, viewer=viewer)
        for upper in move.of(MoveRole.RESULT)
        for lower in move.of(MoveRole.INPUT)
    ]
