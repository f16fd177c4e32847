"""The flow of records: how its numbers hang together, and what follows from those that are known.

A number is *computed* from what the review holds, *reported* by a source, or *derived* from reported ones.
The three stand beside each other and are never mixed. Unknown is not zero: what rests on an unknown number
is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from realist.vocabulary import FlowStep, Qualifier

S = FlowStep
ORDER = {step: place for place, step in enumerate(FlowStep)}

RULES: tuple[tuple[FlowStep, tuple[FlowStep, ...], tuple[FlowStep, ...]], ...] = (
    (S.SCREENED, (S.IDENTIFIED,), (S.DUPLICATES,)),
    (S.DUPLICATES, (S.IDENTIFIED,), (S.SCREENED,)),
    (S.EXCLUDED_SCREENING, (S.SCREENED,), (S.PASSED,)),
    (S.EXCLUDED_SCREENING, (S.SCREENED,), (S.ASSESSED,)),
    (S.SOUGHT, (S.PASSED, S.ADDED), ()),
    (S.ASSESSED, (S.SOUGHT,), (S.NOT_OBTAINED,)),
    (S.EXCLUDED_FULL_TEXT, (S.ASSESSED,), (S.INCLUDED,)),
)
"""(what follows, what it is the sum of, what is taken off), in the order in which they are tried.

A step that is neither screened by anybody nor sought goes straight from screening to reading, which is what
the second rule for exclusions at title and abstract says; it is used only where nothing was added between.
"""


@dataclass(frozen=True, slots=True)
class Count:
    """A number that a source reports for a step; ``value`` is None where it is unknown."""

    step: FlowStep
    value: int | None
    qualifier: str = Qualifier.EXACTLY
    label: str = ""
    source: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """A number that follows from reported ones, and how: ``914 − 66``."""

    value: int
    formula: str


@dataclass(slots=True)
class Line:
    """One number of the flow in up to three forms."""

    step: FlowStep
    label: str = ""
    computed: int | None = None
    reported: Count | None = None
    derived: Derived | None = None

    @property
    def balanced(self) -> bool | None:
        """Whether reported and derived agree; None where one of them is not there."""
        if self.reported is None or self.reported.value is None or self.derived is None:
            return None
        return self.reported.value == self.derived.value


@dataclass(slots=True)
class Group:
    """The lines of one door into a stage, or (``kind`` None) of the stage as a whole."""

    kind: str | None
    lines: list[Line] = field(default_factory=list)


def lay_out(
    reported: Mapping[str | None, Sequence[Count]],
    computed: Mapping[str | None, Sequence[tuple[FlowStep, str, int]]],
) -> list[Group]:
    """Return the groups of a stage with their lines in the order of the flow, derived numbers added.

    Both maps go from a door (None: the whole stage) to its numbers; computed ones are (step, label, n).
    The whole stage stands last.
    """
    kinds = [kind for kind in dict.fromkeys([*reported, *computed]) if kind is not None]
    known = {kind: _values(reported.get(kind, ())) for kind in kinds}
    groups = [_group(kind, reported, computed, known[kind], {}) for kind in kinds]
    whole = _values(reported.get(None, ()))
    inherited = {step: sum_ for step in (S.PASSED, S.INCLUDED) if (sum_ := _sum(known.values(), step))}
    if None in reported or None in computed:
        groups.append(_group(None, reported, computed, whole, inherited))
    return groups


def _values(counts: Sequence[Count]) -> dict[FlowStep, list[int]]:
    """Known exact values by step; a step with an unknown or inexact value is left out whole."""
    values: dict[FlowStep, list[int]] = {}
    spoilt = {count.step for count in counts if count.value is None or count.qualifier != Qualifier.EXACTLY}
    for count in counts:
        if count.step in spoilt or count.value is None:
            continue
        if count.step is not S.ADDED:  # several numbers of one step: the last one stands
            values[count.step] = []
        values.setdefault(count.step, []).append(count.value)
    return values


def _sum(groups: Iterable[Mapping[FlowStep, list[int]]], step: FlowStep) -> list[int]:
    return [value for group in groups for value in group.get(step, ())]


def _group(
    kind: str | None,
    reported: Mapping[str | None, Sequence[Count]],
    computed: Mapping[str | None, Sequence[tuple[FlowStep, str, int]]],
    values: Mapping[FlowStep, list[int]],
    inherited: Mapping[FlowStep, list[int]],
) -> Group:
    lines = [Line(count.step, count.label, reported=count) for count in reported.get(kind, ())]
    for step, label, n in computed.get(kind, ()):
        same = [line for line in lines if line.step is step and line.computed is None and line.label == label]
        if same:
            same[-1].computed = n
        else:
            lines.append(Line(step, label, computed=n))
    for step, derived in _derived(values, inherited).items():
        there = [line for line in lines if line.step is step]
        if there:
            there[-1].derived = derived
        else:
            lines.append(Line(step, derived=derived))
    lines.sort(key=lambda line: ORDER[line.step])
    return Group(kind, lines)


def _derived(
    values: Mapping[FlowStep, list[int]], inherited: Mapping[FlowStep, list[int]]
) -> dict[FlowStep, Derived]:
    found: dict[FlowStep, Derived] = {}
    straight = not any(step in values for step in (S.PASSED, S.ADDED, S.SOUGHT))
    for target, plus, minus in RULES:
        if target in found or (S.ASSESSED in minus and not straight):
            continue
        if target is S.DUPLICATES and S.DUPLICATES in values:
            continue
        terms = [values.get(step) or inherited.get(step) for step in plus]
        taken = [values.get(step) for step in minus]
        if any(not term for term in terms + taken):
            continue
        found[target] = _result(
            [n for term in terms for n in term or ()], [n for t in taken for n in t or ()]
        )
    if len(inherited.get(S.INCLUDED, ())) > 1:
        found[S.INCLUDED] = _result(list(inherited[S.INCLUDED]), [])
    return found


def _result(plus: list[int], minus: list[int]) -> Derived:
    formula = " + ".join(f"{n:,}" for n in plus) + "".join(f" − {n:,}" for n in minus)
    return Derived(sum(plus) - sum(minus), formula)
