"""Moves across papers in the small invented review."""

from __future__ import annotations

from realist.services.synthesis import synthesise
from realist.services.unit import Desk
from realist.vocabulary import MoveKind


def move_about(desk: Desk) -> None:
    """Put two boxes side by side, moved by a meeting."""
    synthesise(
        desk,
        MoveKind.JUXTAPOSE,
        ["box 1", "box 2"],
        reason="they speak of the same clinics",
        result="hope first, then standing",
        moved_by=["consultation June meeting"],
    )
