"""The theories of the world, and one call of every service that writes of theories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from realist.domain.revising import revised
from realist.queries.naming import resolve
from realist.queries.theory_versions import Version, versions_of
from realist.services import bearing, building, evidence, theories
from realist.services.unit import Desk
from realist.store.engine import Store
from realist.store.tables import Bearing
from realist.vocabulary import Stance, TheoryKind, TheoryStage

FIRST = (
    "If a peer has been there, then going back is thinkable, because hope is lent.",
    "Managers decide.",
    "Small firms have no one to ask.",
)


def latest(store: Store, theory: str = "T1") -> Version:
    """Return the latest version of a theory."""
    with store.read() as connection:
        return versions_of(connection, resolve(connection, "theory", theory))[-1]


def theorise(desk: Desk) -> None:
    """Write a theory in two versions, two beside it, and what bears on them."""
    theories.add_theory(desk, "Going back", note="what the review is about")
    theories.add_theory(desk, "Vicarious experience", kind=TheoryKind.SUBSTANTIVE, source="a textbook")
    theories.new_version(desk, "T1", revised((), adds=FIRST), reason="from the protocol")
    bearing.bear(desk, "1", "T1 v1", part="p1", stance=Stance.SUPPORTS, reason="hope was lent")
    bearing.bear(desk, "2", "T1 v1")
    evidence.add_evidence(
        desk, "#2", claim="No one to ask.", theory="T1 v1", part="p3", stance=Stance.SUPPORTS
    )
    before = latest(desk.store).statements
    theories.new_version(
        desk, "T1", revised(before, words={"p2": "If managers know, then they wait."}, order=["p3"]),
        stage=TheoryStage.CANDIDATE, reason="managers wait; they do not decide",
        moved_by=["box 1", "paper #2"],
    )  # fmt: skip
    theories.situate(desk, "T2", ["statement T1 p1"], reason="one sees it done")
    with desk.store.read() as connection:
        from realist.queries.boxes import boxes

        part = next(
            part for box in boxes(connection) for part in box.elements if part.part.text == "less waiting"
        )
    building.change_part(desk, part.uid, _resting)


def _resting(part: Any) -> Any:
    from realist.domain.configuration import Ref, Source
    from realist.vocabulary import SourceKind

    return replace(
        part, sources=(*part.sources, Source(SourceKind.THEORY, theory=Ref("", "Vicarious experience")))
    )


def _bearing(store: Store) -> str:
    with store.read() as connection:
        return str(connection.execute(select(Bearing.uid).where(Bearing.part.is_not(None))).scalar_one())


def _worded(store: Store, **how: Any) -> tuple[Any, ...]:
    return revised(latest(store).statements, **how)


CASES: dict[str, Callable[[Desk, Any], object]] = {
    "add_theory": lambda d, w: theories.add_theory(d, "Role strain", kind=TheoryKind.SUBSTANTIVE),
    "edit_theory": lambda d, w: theories.edit_theory(d, "T2", name="Learning by seeing", source="two"),
    "new_version": lambda d, w: theories.new_version(
        d, "T1", _worded(w.store, drops=["p2"], adds=["Pacing helps."], calls={"p1": "Hope"}),
        stage=TheoryStage.REFINED, reason="the last papers", moved_by=["mechanism M1"], label="final",
    ),
    "new_version: a copy": lambda d, w: theories.new_version(d, "T1", reason="as submitted"),
    "new_version: the first": lambda d, w: theories.new_version(d, "T2", revised((), adds=["One sees."])),
    "edit_version": lambda d, w: theories.edit_version(
        d, "T1", _worded(w.store, words={"p1": "Hope."}, drops=["p2"], adds=["Tea."], order=["p1"])
    ),
    "edit_version: its label": lambda d, w: theories.edit_version(
        d, "T1", label="x", stage=TheoryStage.REFINED
    ),
    "prioritise": lambda d, w: theories.prioritise(d, "T1", {"p1": "high", "p3": "low"}, reason="asked for"),
    "situate": lambda d, w: theories.situate(
        d, "T2", ["mechanism M1", "box 1"], reason="one sees it", moved_by=["paper #2"]
    ),
    "bear": lambda d, w: bearing.bear(
        d, "2", "T1", part="p2", stance=Stance.WEAKENS, reason="they decide all the same"
    ),
    "judge_bearing": lambda d, w: bearing.judge_bearing(
        d, _bearing(w.store), Stance.MODIFIES, reason="read again"
    ),
    "withdraw_bearing": lambda d, w: bearing.withdraw_bearing(d, _bearing(w.store), reason="another box"),
    "add_evidence: on a statement": lambda d, w: evidence.add_evidence(
        d, "#2", claim="They waited.", theory="T1", part="p2", stance=Stance.MODIFIES, quotation="we wait"
    ),
}  # fmt: skip
"""By service, one call that leaves a mark."""
