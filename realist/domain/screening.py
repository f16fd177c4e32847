"""How a paper stands in a round by what people said of it, and when they stopped being independent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from realist.vocabulary import ConflictRule, MaybeRule, Verdict


class Said(NamedTuple):
    """One decision: by whom, on which entry (a joined paper has several), what, when, and whether a check."""

    entry: str
    person: str
    verdict: Verdict
    at: datetime
    is_check: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a round: how many people decide on a paper, and what becomes of maybe and of conflicts."""

    readers: int = 1
    blind: bool = False
    opened: datetime | None = None
    maybe: MaybeRule = MaybeRule.FORWARD
    conflict: ConflictRule = ConflictRule.AGREE


class Stand(NamedTuple):
    """How a paper stands: ``verdict`` is None while too few decided, and in a conflict.

    ``waiting`` says for what: "decision", "check", "resolution", or nothing.
    """

    verdict: Verdict | None
    conflict: bool = False
    waiting: str = ""


def held(said: Iterable[Said]) -> list[Said]:
    """Return each person's current decision on each entry, of decisions in the order of time.

    Those taken back are left out. A person's check replaces their decision, and the other way round.
    """
    current: dict[tuple[str, str], Said] = {}
    for one in said:
        current[one.entry, one.person] = one
    return [one for one in current.values() if one.verdict is not Verdict.UNDECIDED]


def stands(
    said: Sequence[Said],
    rules: Rules,
    *,
    needed: int = 0,
    checks: int = 0,
    resolved: Verdict | None = None,
) -> Stand:
    """Return how a paper stands by all that was *said* of it, in the order of time.

    *needed* people have to decide (at least the readers of the round), *checks* people to check. What was
    *resolved* rules over everything. A check that differs amends what was decided before it. People who hold
    two verdicts, on papers that were joined later, are in conflict with themselves.
    """
    if resolved is not None:
        return Stand(resolved)
    now = held(said)
    own = [one for one in now if not one.is_check]
    verdicts = {one.verdict for one in own}
    if not verdicts or len({one.person for one in own}) < max(needed, rules.readers):
        return Stand(None, False, "decision")
    if len(verdicts) > 1 and rules.conflict is ConflictRule.ANY_INCLUDE and Verdict.INCLUDE in verdicts:
        verdicts = {Verdict.INCLUDE}
    checked = [one for one in now if one.is_check]
    if checked and checked[-1].at >= max(one.at for one in own):
        verdicts = {checked[-1].verdict}
    if len(verdicts) > 1 or (verdicts == {Verdict.MAYBE} and rules.maybe is MaybeRule.RESOLVE):
        return Stand(None, True, "resolution")
    (verdict,) = verdicts
    if len(checked) < checks:
        return Stand(None, False, "check")
    return Stand(verdict)


def ended_at(said: Iterable[Said], needed: int, opened: datetime | None = None) -> datetime | None:
    """Return when people stopped being independent on a paper: when *needed* of them held a decision.

    That is the moment from which they may see each other's: all have decided, or the round was *opened*,
    whichever came first. None while neither happened. Checks do not count. It never begins again: what
    people decide after they could see does not make them independent.
    """
    current: dict[tuple[str, str], Said] = {}
    for one in said:
        if opened is not None and one.at >= opened:
            return opened
        if one.is_check:
            continue
        current[one.entry, one.person] = one
        people = {who for (_, who), last in current.items() if last.verdict is not Verdict.UNDECIDED}
        if len(people) >= needed:
            return one.at
    return opened


def independent(said: Sequence[Said], needed: int, opened: datetime | None = None) -> dict[str, Verdict]:
    """Return by person the verdict held when independence ended, or now while it has not.

    Checks are left out, and decisions taken back. A person who held two verdicts, on papers that were joined
    later, counts with the later one. This is what agreement is measured on.
    """
    end = ended_at(said, needed, opened)
    before = [one for one in said if not one.is_check and (end is None or one.at <= end)]
    found = sorted(held(before), key=lambda one: one.at)
    return {one.person: one.verdict for one in found}
