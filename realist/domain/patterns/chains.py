"""Ripple chains: an outcome of one box becomes the context of the next; loops are followed once and named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from realist.domain.configuration import Box, BoxElement
from realist.domain.patterns.wording import CONTEXT, OUTCOME, side_of


class Going(StrEnum):
    """What is at the end of a step: a new box, one that was shown already, or one on the way to it."""

    ON = "on"
    AGAIN = "again"
    LOOP = "loop"


@dataclass(frozen=True, slots=True)
class Step:
    """A link that is followed: a part of one box (uids) leads to a part of another, or of the same.

    ``depth`` grows where a chain branches. ``loop`` are the boxes of the loop that a step closes, from the
    one that it leads to on.
    """

    link: str
    box: str
    part: str
    to_box: str
    to_part: str
    note: str
    going: Going
    depth: int
    loop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """Boxes that are linked: ``boxes`` (uids) and ``steps`` in the order in which links are followed.

    ``starts`` are the boxes that nothing leads to; of a chain that is all loops, its lowest in number.
    """

    boxes: tuple[str, ...]
    steps: tuple[Step, ...]
    starts: tuple[str, ...]

    @property
    def loops(self) -> tuple[tuple[str, ...], ...]:
        """The loops, each as its boxes from the one that it comes back to on."""
        return tuple(dict.fromkeys(step.loop for step in self.steps if step.loop))


def chains(boxes: Sequence[Box]) -> list[Chain]:
    """Return the chains among *boxes*, the longest first.

    Followed is every link from a part of a box to a part of another, and within a box those from an outcome
    to a context, which are loops of one box. Other links within a box are how it is told, no ripple. What
    links lead to and is not among *boxes* is left out.
    """
    owner = {element.uid: (box, element) for box in boxes for element in box.elements if element.uid}
    leading = {box.uid: _steps(box, owner) for box in boxes}
    linked = {uid for uid, steps in leading.items() if steps}
    linked |= {step.to_box for steps in leading.values() for step in steps}
    order = [box.uid for box in boxes if box.uid in linked]
    whole = _together(order, leading)
    groups: dict[str, list[str]] = defaultdict(list)
    for uid in order:
        groups[whole[uid]].append(uid)
    found = (_chain(group, leading) for group in groups.values())
    return sorted(found, key=lambda chain: (-len(chain.boxes), order.index(chain.boxes[0])))


def _steps(box: Box, owner: Mapping[str, tuple[Box, BoxElement]]) -> list[Step]:
    """Return the links of a box that are followed, by the order of its parts."""
    found = []
    for link in box.links:
        if link.from_uid in owner and link.to_uid in owner:
            (_, part), (to_box, to_part) = owner[link.from_uid], owner[link.to_uid]
            ripple = side_of(part.part.kind) == OUTCOME and side_of(to_part.part.kind) == CONTEXT
            if to_box.uid != box.uid or ripple:
                found.append(
                    Step(link.uid, box.uid, part.uid, to_box.uid, to_part.uid, link.note, Going.ON, 0)
                )
    places = {element.uid: place for place, element in enumerate(box.elements)}
    return sorted(found, key=lambda step: places[step.part])


def _together(order: Sequence[str], leading: Mapping[str, Sequence[Step]]) -> dict[str, str]:
    """Return for each box the first of those it is linked with, however."""
    of = {uid: uid for uid in order}

    def top(uid: str) -> str:
        while of[uid] != uid:
            of[uid] = of[of[uid]]
            uid = of[uid]
        return uid

    for uid in order:
        for step in leading[uid]:
            of[top(step.to_box)] = top(uid)
    return {uid: top(uid) for uid in order}


def _chain(group: Sequence[str], leading: Mapping[str, Sequence[Step]]) -> Chain:
    """Follow the links of boxes that belong together, each once, depth first."""
    led_to = {step.to_box for uid in group for step in leading[uid] if step.to_box != uid}
    starts = [uid for uid in group if uid not in led_to]
    shown: list[str] = []
    steps: list[Step] = []
    for start in (*starts, *group):
        if start not in shown:
            if start not in starts:
                starts.append(start)
            _follow(start, leading, shown, steps)
    return Chain(tuple(shown), tuple(steps), tuple(starts))


def _follow(start: str, leading: Mapping[str, Sequence[Step]], shown: list[str], steps: list[Step]) -> None:
    path, seen = [start], {*shown, start}
    shown.append(start)
    ways = [(iter(leading[start]), 0)]
    while ways:
        steps_left, depth = ways[-1]
        step = next(steps_left, None)
        if step is None:
            ways.pop()
            path.pop()
            continue
        below = depth + (len(leading[step.box]) > 1)
        loop: tuple[str, ...] = ()
        going = Going.ON
        if step.to_box in path:
            going, loop = Going.LOOP, tuple(path[path.index(step.to_box) :])
        elif step.to_box in seen:
            going = Going.AGAIN
        steps.append(
            Step(step.link, step.box, step.part, step.to_box, step.to_part, step.note, going, below, loop)
        )
        if going is Going.ON:
            seen.add(step.to_box)
            shown.append(step.to_box)
            path.append(step.to_box)
            ways.append((iter(leading[step.to_box]), below))
