"""The flow of records: how its numbers hang together, and what follows from those that are known.

A number is *computed* from what the review holds, *reported* by a source, or *derived* from reported ones.
The three stand beside each other and are never mixed. Unknown is not zero: what rests on an unknown number
is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from realist.vocabulary import FlowStep, Qualifier

S = FlowStep
ORDER = {step: place for place, step in enumerate(FlowStep)}

RULES: tuple[tuple[FlowStep, tuple[FlowStep, ...], tuple[FlowStep, ...]], ...] = (
    (S.SCREENED, (S.IDENTIFIED,), (S.DUPLICATES, S.ALREADY_KNOWN)),
    (S.DUPLICATES, (S.IDENTIFIED,), (S.ALREADY_KNOWN, S.SCREENED)),
    (S.EXCLUDED_SCREENING, (S.SCREENED,), (S.PASSED,)),
    (S.EXCLUDED_SCREENING, (S.SCREENED,), (S.ASSESSED,)),
    (S.SOUGHT, (S.PASSED, S.ADDED), ()),
    (S.ASSESSED, (S.SOUGHT,), (S.NOT_OBTAINED,)),
    (S.EXCLUDED_FULL_TEXT, (S.ASSESSED,), (S.INCLUDED,)),
)
"""(what follows, what it is the sum of, what is taken off), in the order in which they are tried.

Already known records are taken off where a source gives them. A stage where nothing is said to be
potentially relevant, added or sought goes straight from screening to reading: that is what the second rule
for exclusions at title and abstract says.
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

    Both maps go from a door (None: the whole stage) to its numbers; computed ones are (step, label, n). Those
    with a label are parts of a total, and no derived number stands beside them. The whole stage stands last.
    """
    kinds = [kind for kind in dict.fromkeys([*reported, *computed]) if kind is not None]
    known = {kind: _values(reported.get(kind, ())) for kind in kinds}
    groups = [_group(kind, reported, computed, known[kind], {}) for kind in kinds]
    whole = _values(reported.get(None, ()))
    doors = [known[kind] for kind in kinds if kind in reported]
    inherited = {step: found for step in (S.PASSED, S.INCLUDED) if (found := _inherited(doors, step))}
    if None in reported or None in computed:
        groups.append(_group(None, reported, computed, whole, inherited))
    return groups


Values = Mapping[FlowStep, list[int] | None]


def _values(counts: Sequence[Count]) -> Values:
    """Exact values by step; None for a step with an unknown or inexact value.

    A number without a label is the total of its step; without one, the labelled numbers are its parts.
    """
    values: dict[FlowStep, list[int] | None] = {}
    for step in dict.fromkeys(count.step for count in counts):
        of_step = [count for count in counts if count.step is step]
        totals = [count for count in of_step if not count.label]
        meant = totals[-1:] if totals and step is not S.ADDED else of_step
        exact = [n.value for n in meant if n.value is not None and n.qualifier == Qualifier.EXACTLY]
        values[step] = exact if len(exact) == len(meant) else None
    return values


def _inherited(doors: Sequence[Values], step: FlowStep) -> list[int]:
    """The numbers of a step over all doors; nothing where one of them does not give it."""
    found = [door.get(step) for door in doors]
    return [n for numbers in found for n in numbers or ()] if all(found) else []


def _group(
    kind: str | None,
    reported: Mapping[str | None, Sequence[Count]],
    computed: Mapping[str | None, Sequence[tuple[FlowStep, str, int]]],
    values: Values,
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
        there = [line for line in lines if line.step is step and (line.reported or not line.label)]
        if there:
            there[-1].derived = derived
        else:
            lines.append(Line(step, derived=derived))
    lines.sort(key=lambda line: ORDER[line.step])
    return Group(kind, lines)


def _derived(values: Values, inherited: Mapping[FlowStep, list[int]]) -> dict[FlowStep, Derived]:
    found: dict[FlowStep, Derived] = {}
    straight = not any(step in values for step in (S.PASSED, S.ADDED, S.SOUGHT))
    for target, plus, minus in RULES:
        if target in found or (S.ASSESSED in minus and not straight):
            continue
        if target is S.DUPLICATES and S.DUPLICATES in values:
            continue
        terms = [values[step] if step in values else inherited.get(step) for step in plus]
        needed = [step for step in minus if step is not S.ALREADY_KNOWN or step in values]
        taken = [values.get(step) for step in needed]
        if all(terms) and all(taken):
            gained = [n for term in terms for n in term or ()]
            found[target] = _result(gained, [n for term in taken for n in term or ()])
    if len(inherited.get(S.INCLUDED, ())) > 1:
        found[S.INCLUDED] = _result(list(inherited[S.INCLUDED]), [])
    return found


def _result(plus: list[int], minus: list[int]) -> Derived:
    formula = " + ".join(f"{n:,}" for n in plus) + "".join(f" − {n:,}" for n in minus)
    return Derived(sum(plus) - sum(minus), formula)
