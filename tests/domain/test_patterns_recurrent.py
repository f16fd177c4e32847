"""Recurrent pairs of context and outcome: what counts for them, what against, and what is neither."""

from __future__ import annotations

from dataclasses import replace

from realist.domain.configuration import Box, BoxElement, TagRef
from realist.domain.notation import Part
from realist.domain.patterns.counting import behind
from realist.domain.patterns.recurrent import Recurrent, recurrent
from realist.vocabulary import ElementKind, Polarity, Valence

KINDS = {"context": ElementKind.CONTEXT, "mechanism": ElementKind.REASONING, "outcome": ElementKind.OUTCOME}
ABSENCE = Polarity.ABSENCE


def box(uid: str, outcome: str, *, mechanism: str = "trust", shows: Polarity | None = None) -> Box:
    """Return a box in the context *merger*; *outcome* is a name and, after it, a valence."""
    name, _, valence = outcome.partition(" ")
    parts = []
    for kind, named, way in (
        ("context", "merger", ""),
        ("mechanism", mechanism, ""),
        ("outcome", name, valence),
    ):
        if named:
            part = Part(KINDS[kind], f"{named} in words", Valence(way) if way else None)
            parts.append(BoxElement(part, f"{uid}-{kind}", tags=(TagRef(kind, named, named.title()),)))
    return Box(uid, elements=tuple(parts), polarity=shows)


def asked(*boxes: Box, least: int = 2) -> dict[tuple[str, str], Recurrent]:
    """Return patterns by mechanism and outcome; each box is of the paper named as its uid begins."""
    papers = {one.uid: [one.uid[0]] for one in boxes}
    return {
        (one.mechanism.uid if one.mechanism else "", one.outcome.uid): one
        for one in recurrent(boxes, papers, {}, least=least)
    }


def test_a_pair_is_counted_in_distinct_papers() -> None:
    found = asked(box("a1", "stay +"), box("a2", "stay +"), box("b1", "stay +"))
    assert set(found) == {("", "stay"), ("trust", "stay")}
    one = found["", "stay"]
    assert (one.context.name, one.outcome.name, one.direction) == ("Merger", "Stay", "+")
    assert one.shows == ("a1", "a2", "b1")
    assert one.count.papers == 2
    assert asked(box("a1", "stay +"), box("a2", "stay +")) == {}


def test_the_same_outcome_the_other_way_is_a_counter_example() -> None:
    boxes = (box("a", "stay +"), box("b", "stay +"), box("c", "stay -"), box("d", "stay"), box("e", "stay 0"))
    one = asked(*boxes, box("f", "rest +"))["trust", "stay"]
    assert one.shows == ("a", "b", "d"), "who does not say which way counts with it"
    assert one.counters == ("c",)
    assert one.mixed == ("e",)
    assert one.otherwise == ("f",)
    assert (one.count.papers, one.against.papers) == (3, 1)


def test_most_papers_say_which_way_it_goes() -> None:
    boxes = (box("a1", "stay +"), box("a2", "stay +"), box("b", "stay -"), box("c", "stay -"))
    one = asked(*boxes)["", "stay"]
    assert (one.direction, one.shows, one.counters) == ("-", ("b", "c"), ("a1", "a2"))


def test_absence_of_the_mechanism_with_the_opposite_outcome_shows_the_pattern() -> None:
    boxes = (
        box("a", "stay +"), box("b", "stay +"), box("c", "stay -", shows=ABSENCE),
        box("d", "stay +", shows=ABSENCE),
    )  # fmt: skip
    found = asked(*boxes)
    assert found["trust", "stay"].shows == ("a", "b", "c")
    assert found["trust", "stay"].counters == ("d",)
    assert found["", "stay"].shows == ("a", "b", "d"), "a pair without a mechanism knows of no absence"
    assert found["", "stay"].counters == ("c",)


def test_another_mechanism_is_neither_for_nor_against() -> None:
    found = asked(box("a", "stay +"), box("b", "stay +"), box("c", "stay -", mechanism="fear"))
    assert found["trust", "stay"].counters == ()
    assert found["", "stay"].counters == ("c",)


def test_two_valences_of_one_outcome_in_a_box_are_mixed() -> None:
    both = box("c", "stay +")
    again = replace(both.elements[-1], part=replace(both.elements[-1].part, valence=Valence.MINUS))
    both = replace(both, elements=(*both.elements, again))
    one = asked(box("a", "stay +"), box("b", "stay +"), both)["", "stay"]
    assert (one.mixed, one.counters) == (("c",), ())


def test_parts_without_tags_are_named_by_their_wording() -> None:
    texts = (
        ("wards merging against the will of their nurses", "nurses resign within twelve months"),
        ("nurses whose wards merged against their will", "within twelve months many nurses resigned"),
        ("merged wards, against nurses' will", "resignation of nurses in twelve months"),
        ("rural clinics with visiting surgeons", "shorter queues for hernia repair"),
    )
    boxes = [
        Box(
            str(n),
            elements=(
                BoxElement(Part(ElementKind.CONTEXT, context), f"{n}c"),
                BoxElement(Part(ElementKind.OUTCOME, outcome, Valence.MINUS), f"{n}o"),
            ),
        )
        for n, (context, outcome) in enumerate(texts)
    ]
    papers = {one.uid: [one.uid] for one in boxes}
    assert recurrent(boxes, papers, {}) == []
    (one,) = recurrent(boxes, papers, {}, worded=True)
    assert one.context.worded
    assert one.context.name in {context for context, _ in texts[:3]}
    assert (one.shows, one.count.papers) == (("0", "1", "2"), 3)


def test_papers_of_one_study_count_once_beside_the_papers() -> None:
    assert behind(["a", "b", "a"], {}) == (2, 2)
    assert behind(["a", "b", "c"], {"a": ["s"], "b": ["s", "t"], "d": ["t"]}) == (3, 2)
    assert behind(["a", "b", "c"], {"a": ["s"], "b": ["s", "t"], "c": ["t"]}) == (3, 1)
    assert behind([], {}) == (0, 0)
