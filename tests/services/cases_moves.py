"""One call of every service for moves across papers."""

from __future__ import annotations

from realist.queries.moves import moves
from realist.services import synthesis
from realist.vocabulary import MoveKind
from tests.services.world import World


def _juxtaposed(w: World) -> str:
    with w.store.read() as connection:
        (one,) = moves(connection, kinds=[MoveKind.JUXTAPOSE], viewer="SF")
    return one.uid


CASES = {
    "synthesise": lambda d, w: synthesis.synthesise(
        d, MoveKind.JUXTAPOSE, ["box 1", "paper #2"], reason="one is silent", result="two towns",
        moved_by=["consultation June meeting"],
    ),
    "synthesise: many into one": lambda d, w: synthesis.synthesise(
        d, MoveKind.CONSOLIDATE, ["box 1", "box F"], results=["box 2"], reason="one account",
    ),
    "drop_move": lambda d, w: synthesis.drop_move(d, _juxtaposed(w), reason="made too early"),
}  # fmt: skip
