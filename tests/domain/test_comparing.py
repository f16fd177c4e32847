"""Boxes of two people side by side: paired by likeness, with what differs."""

from __future__ import annotations

from realist.domain.comparing import likeness, side_by_side
from realist.domain.configuration import Box, BoxElement, Ref, TagRef
from realist.domain.notation import read
from realist.vocabulary import Polarity


def box(notation: str, *under: str, **more: object) -> Box:
    parts = tuple(BoxElement(part) for part in read(notation).parts)
    return Box(elements=parts, mechanisms=tuple(Ref(name, name) for name in under), **more)  # type: ignore[arg-type]


def told(one: list[Box], other: list[Box]) -> list[tuple[int | None, int | None, tuple[str, ...]]]:
    return [
        (
            one.index(pair.one) if pair.one else None,
            other.index(pair.other) if pair.other else None,
            pair.differences,
        )
        for pair in side_by_side(one, other)
    ]


LEAVE = "money is short (C) → people leave (O–)"
NIGHT = "the night shift is long (C) → nurses hand over (M+, Resource) → errors fall (O+)"


def test_the_most_alike_are_paired_whatever_their_order() -> None:
    one = [box(LEAVE, "Trust"), box(NIGHT, "Power")]
    other = [box(NIGHT.replace("long", "too long"), "Power"), box(LEAVE, "Trust")]
    assert told(one, other) == [(0, 1, ()), (1, 0, ())]
    assert likeness(one[0], other[1]) == 1


def test_what_has_little_in_common_stands_alone() -> None:
    one, other = [box(LEAVE, "Trust")], [box(NIGHT, "Power")]
    assert told(one, other) == [(0, None, ("missing",)), (None, 0, ("missing",))]
    assert told([], []) == []
    assert told([], other) == [(None, 0, ("missing",))]
    (alone,) = side_by_side([], other)
    assert [(part.one, part.differences) for part in alone.parts] == [(None, ("missing",))] * 3


def test_differences_are_named() -> None:
    one = box(LEAVE, "Trust", polarity=Polarity.PRESENCE)
    other = box("money is short (C) → people leave (M–, Reasoning) → costs rise (O+)", "Trust", "Power")
    (pair,) = side_by_side([one], [other])
    assert pair.differences == ("polarity", "mechanisms")
    assert [part.differences for part in pair.parts] == [(), ("kind",), ("missing",)]
    (pair,) = side_by_side([box(LEAVE)], [box("money was short (C) → people leave (O+)")])
    assert [part.differences for part in pair.parts] == [("wording",), ("valence",)]


def test_a_tag_counts_as_a_mechanism() -> None:
    plain, tagged = box(LEAVE, "Trust"), box(LEAVE)
    first = BoxElement(tagged.elements[0].part, tags=(TagRef("mechanism", "Trust", "Trust"),))
    tagged = Box(elements=(first, *tagged.elements[1:]))
    assert likeness(plain, tagged) == 1
    assert likeness(box(LEAVE), box(LEAVE)) == 1
    assert likeness(Box(), Box()) == 0
    assert told([plain], [tagged]) == [(0, 0, ())]
