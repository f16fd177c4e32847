"""Where a new part of a box belongs among the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from realist.domain.configuration import BoxElement
from realist.domain.notation import normalised
from realist.vocabulary import ElementKind

K = ElementKind
_RANK = {
    K.INTERVENTION: 0, K.STRATEGY: 0, K.CONTEXT: 1, K.ACTOR: 2, K.MECHANISM: 3, K.RESOURCE: 3, K.REASONING: 3,
    K.OUTCOME: 4, K.UNSURE: 5,
}  # fmt: skip


def placed(elements: Iterable[BoxElement], new: Iterable[BoxElement]) -> list[BoxElement]:
    """Return *elements* with new parts among them: context before mechanism before outcome.

    A part after one of its own rank is joined to that by "and"; another opens a segment of its own.
    """
    found = list(elements)
    for number, element in enumerate(new):
        part = element.part
        rank = _RANK[part.kind]
        at = 1 + max((i for i, one in enumerate(found) if _RANK[one.part.kind] <= rank), default=-1)
        before = found[at - 1].part if at else None
        if before is not None and _RANK[before.kind] == rank:
            part = replace(part, segment=before.segment, join="and")
        else:
            part = replace(part, segment=100_000 + number, join="")
        found.insert(at, replace(element, part=part))
    whole = normalised(one.part for one in found)
    return [replace(one, part=part) for one, part in zip(found, whole, strict=True)]
