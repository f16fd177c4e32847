"""Lives in the small review: what was renamed, refined, split, merged and placed, of each kind."""

from __future__ import annotations

from realist.queries.naming import resolve
from realist.queries.waiting import pieces, waiting
from realist.services import evidence, lives, mechanisms, placements
from realist.services.unit import Desk
from realist.store.engine import Store
from realist.vocabulary import Stance

SPLIT = "Company"
TARGETS = ("Being known", "Being fetched")


def build_lives(desk: Desk) -> None:
    """Split a mechanism and place one piece of two; let a context and an outcome live and go into others."""
    mechanisms.add_mechanism(desk, "Company on the way")
    lives.rename(desk, "Company on the way", SPLIT, reason="shorter")
    for claim in ("Somebody knew my name.", "Somebody fetched me."):
        evidence.add_evidence(desk, "#4", claim=claim, stance=Stance.SUPPORTS, mechanism=SPLIT)
    moved_by = ["paper #4", "consultation June meeting"]
    lives.split(desk, SPLIT, TARGETS, reason="the second interviews", moved_by=moved_by)
    known, _ = waits(desk.store)
    placements.place(desk, [known], [TARGETS[0]], reason="it says so")
    lives.prioritise(desk, TARGETS[0], "core", reason="most papers")
    mechanisms.add_mechanism(desk, "Set aside", reason="a hunch")
    lives.park(desk, "Set aside", reason="for later")
    for kind, add in (("context", mechanisms.add_context), ("outcome", mechanisms.add_outcome)):
        add(desk, f"Early {kind}")
        add(desk, f"Other {kind}", description="Another one.", reason="an interview")
        lives.describe(desk, f"Early {kind}", "As we thought.", kind=kind)
        lives.refine(desk, f"Early {kind}", "As they said.", reason="the second interviews", kind=kind)
        lives.rename(desk, f"Early {kind}", f"Late {kind}", reason="clearer", kind=kind)
        lives.merge(desk, f"Other {kind}", [f"Late {kind}"], reason="the same", kind=kind)


def waits(store: Store) -> list[str]:
    """Return the pieces that wait under the mechanism that was split."""
    with store.read() as connection:
        rows = waiting(connection, "mechanism", resolve(connection, "mechanism", SPLIT))
    return [row["piece"] for row in rows]


def placed(store: Store) -> list[str]:
    """Return the pieces that were placed."""
    with store.read() as connection:
        return [row["piece"] for row in pieces(connection) if not row["into"]]
