"""Boxes that are alike: planted patterns are found in words that nothing was chosen by, others stay alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from realist.domain.configuration import TAG_KINDS, Box, BoxElement, Ref, TagRef
from realist.domain.notation import Part
from realist.domain.patterns.alike import Group, like, similar
from realist.domain.patterns.pairs import alike_parts
from realist.domain.patterns.wording import said, stem, words_of
from realist.vocabulary import ElementKind, Valence
from tests.domain.rewording import HELD_OUT, KNOWN, STYLES, Planted, Style, planted, rand_index


def found_of(groups: Sequence[Group], made: Planted) -> list[object]:
    """Return for each box the group it is in, or that it is alone."""
    group = {uid: n for n, one in enumerate(groups) for uid in one.uids}
    return [group.get(box.uid, box.uid) for box in made.boxes]


def truth_of(made: Planted) -> list[object]:
    return [n if n >= 0 else box.uid for n, box in zip(made.pattern, made.boxes, strict=True)]


def alone(groups: Sequence[Group], made: Planted) -> float:
    """Return the share of the boxes of no pattern that are in no group."""
    taken = {uid for group in groups for uid in group.uids}
    others = [box.uid for box, n in zip(made.boxes, made.pattern, strict=True) if n < 0]
    return sum(uid not in taken for uid in others) / len(others)


def test_the_index_is_one_for_the_same_and_nought_for_chance() -> None:
    assert rand_index([1, 1, 2, 2], ["a", "a", "b", "b"]) == 1.0
    assert rand_index([1, 1, 2, 2], [1, 2, 1, 2]) == pytest.approx(-0.5)
    assert rand_index([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]) == pytest.approx(0.2424, abs=1e-4)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_reworded_patterns_are_found_without_tags_in_a_vocabulary_that_was_held_out(style: Style) -> None:
    made = planted(11, HELD_OUT, [style], boxes=500, patterns=6)
    groups = similar(made.boxes, tags=False)
    assert rand_index(truth_of(made), found_of(groups, made)) >= 0.8
    assert alone(groups, made) >= 0.97


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("pool", [0, 40])
@pytest.mark.parametrize("words", [KNOWN, HELD_OUT], ids=["known", "held out"])
def test_twelve_patterns_are_found_among_1800_boxes(seed: int, pool: int, words: object) -> None:
    made = planted(seed, HELD_OUT if words is HELD_OUT else KNOWN, STYLES, pool=pool)
    groups = similar(made.boxes, tags=False)
    assert rand_index(truth_of(made), found_of(groups, made)) >= 0.8
    assert alone(groups, made) >= 0.8


def test_where_nothing_was_planted_nothing_is_found() -> None:
    made = planted(5, HELD_OUT, STYLES, boxes=400, patterns=0)
    assert alone(similar(made.boxes), made) >= 0.98


def test_the_order_of_the_boxes_makes_no_difference() -> None:
    made = planted(3, HELD_OUT, STYLES, boxes=200, patterns=3)
    there = {frozenset(group.uids) for group in similar(made.boxes)}
    again = {frozenset(group.uids) for group in similar(made.boxes[::-1])}
    assert there == again
    assert there


def _tagged(made: Planted, n: int) -> list[Box]:
    """Return the boxes with those of pattern *n* tagged, and said in words that nobody else uses."""
    boxes = []
    for place, (box, pattern) in enumerate(zip(made.boxes, made.pattern, strict=True)):
        if pattern == n:
            elements = [
                replace(
                    element,
                    part=replace(element.part, text=f"{element.part.text.split()[0]} qq{place}a zz{place}b"),
                    tags=(TagRef(TAG_KINDS[min(at, 2)], f"tag{at}", f"Tag {at}"),),
                )
                for at, element in enumerate(box.elements)
            ]
            box = replace(box, elements=tuple(elements))
        boxes.append(box)
    return boxes


def test_shared_tags_bring_together_what_words_do_not() -> None:
    made = planted(4, HELD_OUT, [STYLES[0]], boxes=300, patterns=1, sizes=(6, 6))
    boxes = _tagged(made, 0)
    planted_ones = {box.uid for box, n in zip(boxes, made.pattern, strict=True) if n == 0}
    assert not any(planted_ones & set(group.uids) for group in similar(boxes, tags=False))
    group = next(group for group in similar(boxes) if planted_ones & set(group.uids))
    assert set(group.uids) <= planted_ones
    assert len(group.uids) >= 5
    assert {name: n for _, name, n in group.tags} == {f"Tag {at}": len(group.uids) for at in range(4)}
    assert all(set(member.tags.values()) == {f"Tag {at}" for at in range(4)} for member in group.members)


def test_a_group_says_why() -> None:
    made = planted(8, HELD_OUT, [STYLES[1]], boxes=300, patterns=2)
    groups = similar(made.boxes)
    texts = {box.uid: [stem(w) for part in box.parts for w in words_of(part.text)] for box in made.boxes}
    for group in groups:
        for words in group.words.values():
            for word, n in words:
                assert sum(stem(word) in texts[uid] for uid in group.uids) >= n > 1
        for member in group.members:
            assert 0 < member.score <= 100
            assert member.evidence > 0
            assert set(member.sides) == {"context", "mechanism", "outcome"}
            assert any(member.words.values())
    assert similar(made.boxes, over=101) == []
    high = similar(made.boxes, over=60)
    assert all(member.score >= 60 for group in high for member in group.members)


def box(uid: str, *parts: tuple[ElementKind, str], **more: object) -> Box:
    elements = tuple(BoxElement(Part(kind, text), f"{uid}{n}") for n, (kind, text) in enumerate(parts))
    return Box(uid, elements=elements, **more)  # type: ignore[arg-type]


C, M, R, O = ElementKind.CONTEXT, ElementKind.MECHANISM, ElementKind.RESOURCE, ElementKind.OUTCOME  # noqa: E741


def test_what_is_like_one_box_is_listed_with_the_parts_that_are_alike() -> None:
    made = planted(2, HELD_OUT, STYLES, boxes=100, patterns=1, sizes=(1, 1))
    mine = box(
        "x", (C, "Teams merged against their will"), (M, "members distrust leaders"), (O, "sick leave")
    )
    other = box(
        "y", (O, "leave for sickness"), (C, "team, merging against its will, perhaps"),
        (R, "a leader whom members distrusted"),
    )  # fmt: skip
    found = like([*made.boxes, mine, other], "x")
    assert [one.uid for one in found] == ["y"]
    pairs = alike_parts(mine, other)
    assert [(pair.one, pair.other, pair.words) for pair in pairs] == [
        (0, 1, ("teams", "merged", "against", "will")),
        (1, 2, ("members", "distrust", "leaders")),
        (2, 0, ("sick", "leave")),
    ]
    assert all(45 <= pair.score <= 100 and not pair.opposed for pair in pairs)


def test_opposed_valences_of_like_parts_are_said() -> None:
    def one(uid: str, valence: Valence) -> Box:
        return Box(uid, elements=(BoxElement(Part(O, "the team stays together", valence)),))

    assert [pair.opposed for pair in alike_parts(one("a", Valence.PLUS), one("b", Valence.MINUS))] == [True]
    assert [pair.opposed for pair in alike_parts(one("a", Valence.PLUS), one("b", Valence.MIXED))] == [False]


def test_words_are_compared_whatever_their_form() -> None:
    assert stem("organizations") == stem("organised")
    assert stem("behavioural") == stem("behavior")
    nothing = said(Box("n"))
    assert (nothing.features, nothing.tags) == (frozenset(), {})
    whole = said(Box("w", printed="Merged wards, 12 of them", mechanisms=(Ref("m", "Trust"),)))
    assert {feature for feature in whole.features if feature[0] == "unsure"} == {
        ("unsure", "merg"), ("unsure", "ward"), ("unsure", "them"),
    }  # fmt: skip
    assert whole.tags == {"m": "Trust"}


def test_no_boxes_and_empty_boxes_are_in_no_group() -> None:
    assert similar([]) == []
    assert similar([Box("a"), Box("b"), box("c", (C, "…")), box("d", (C, "…"))]) == []
