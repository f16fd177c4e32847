"""One call of every service of the lives of mechanisms, contexts and outcomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from realist.services import lives, mechanisms, placements
from realist.services.unit import Desk
from realist.vocabulary import Fate
from tests.services import world_lives

_NEW = ["The words they use", "The jokes"]


def _place(desk: Desk, of: Any) -> None:
    pieces = [*world_lives.waits(of.store), *world_lives.placed(of.store)]
    placements.place(desk, pieces, world_lives.TARGETS[1:], reason="both say so")


def _of(kind: str) -> dict[str, Callable[[Desk, Any], object]]:
    """Return the cases of a context or an outcome."""
    late, other, new = f"Late {kind}", f"Other {kind}", f"New {kind}"
    return {
        f"describe: {kind}": lambda d, w: lives.describe(d, late, "Later.", reason="#2", kind=kind),
        f"refine: {kind}": lambda d, w: lives.refine(d, late, "Later on.", reason="#2", kind=kind),
        f"rename: {kind}": lambda d, w: lives.rename(d, late, "Latest", reason="#2", kind=kind),
        f"rename: {kind}, back": lambda d, w: lives.rename(d, late, f"Early {kind}", reason="no", kind=kind),
        f"prioritise: {kind}": lambda d, w: lives.prioritise(d, late, "1", reason="#2", kind=kind),
        f"drop: {kind}": lambda d, w: lives.drop(d, late, reason="thin", kind=kind),
        f"park: {kind}": lambda d, w: lives.park(d, late, reason="later", kind=kind),
        f"decide_fate: {kind}": lambda d, w: lives.decide_fate(d, late, Fate.KEPT, reason="so", kind=kind),
        f"split: {kind}": lambda d, w: lives.split(d, late, [new, f"Not {kind}"], reason="two", kind=kind),
        f"end_merge: {kind}": lambda d, w: lives.end_merge(d, other, reason="not so", kind=kind),
    }


LIVES: dict[str, Callable[[Desk, Any], object]] = {
    "describe": lambda d, w: mechanisms.describe(d, "M1", "Hope is lent by example.", reason="#2"),
    "describe: the first": lambda d, w: lives.describe(d, "M2", "Words that all know."),
    "refine": lambda d, w: lives.refine(d, "M1", "Hope is lent.", reason="#2", moved_by=["paper #2"]),
    "rename": lambda d, w: lives.rename(d, "M1", "Lent hope", reason="shorter", moved_by=["paper #1"]),
    "prioritise": lambda d, w: lives.prioritise(d, "M1", "core", reason="all speak of it"),
    "drop": lambda d, w: lives.drop(d, "M3", reason="nothing for it"),
    "park: a mechanism": lambda d, w: lives.park(d, "M3", reason="too thin", moved_by=["paper #1"]),
    "reinstate": lambda d, w: lives.reinstate(d, "Set aside", reason="they asked for it"),
    "decide_fate": lambda d, w: mechanisms.decide_fate(d, "M3", Fate.PARKED, reason="too thin"),
    "decide_fate: kept": lambda d, w: mechanisms.decide_fate(d, "M3", Fate.KEPT, reason="it holds"),
    "merge": lambda d, w: mechanisms.merge_mechanisms(d, "M3", ["M1", "M2"], reason="it split"),
    "merge: into one": lambda d, w: lives.merge(d, "M3", ["M1"], reason="one", moved_by=["paper #1"]),
    "split": lambda d, w: lives.split(d, "M2", _NEW, reason="two things", moved_by=["paper #4"]),
    "end_merge": lambda d, w: mechanisms.end_merge(d, "Small talk", reason="not the same after all"),
    "end_merge: of a split": lambda d, w: lives.end_merge(d, world_lives.SPLIT, reason="it is one"),
    "place": _place,
    **_of("context"),
    **_of("outcome"),
}
