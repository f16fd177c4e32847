"""Chains over links, trees of boxes, and what was new: values only."""

from __future__ import annotations

from datetime import datetime, timedelta

from realist.domain.configuration import Box, BoxElement, Link
from realist.domain.notation import Part
from realist.domain.patterns.chains import Going, chains
from realist.domain.patterns.lineage import Tie, lineage
from realist.domain.patterns.saturation import ReadPaper, Stretch, stretches
from realist.vocabulary import ElementKind


def linked(**links: str) -> list[Box]:
    """Return boxes a, b … with a context c and an outcome o; ``a="b c"`` links the outcome of a to both."""
    return [
        Box(
            uid,
            elements=(
                BoxElement(Part(ElementKind.CONTEXT, "in"), f"{uid}c"),
                BoxElement(Part(ElementKind.OUTCOME, "out"), f"{uid}o"),
            ),
            links=tuple(Link(f"{uid}o", f"{to}c", f"{uid}{to}") for to in tos.split()),
        )
        for uid, tos in links.items()
    ]


def test_a_chain_is_followed_from_what_nothing_leads_to() -> None:
    (chain,) = chains(linked(c="", b="c", a="b", z=""))
    assert (chain.boxes, chain.starts, chain.loops) == (("a", "b", "c"), ("a",), ())
    assert [(step.box, step.to_box, step.going, step.depth) for step in chain.steps] == [
        ("a", "b", Going.ON, 0), ("b", "c", Going.ON, 0),
    ]  # fmt: skip


def test_loops_are_followed_once_and_named() -> None:
    (chain,) = chains(linked(a="b", b="c", c="b d", d="d"))
    assert chain.boxes == ("a", "b", "c", "d")
    assert chain.loops == (("b", "c"), ("d",))
    assert [step.going for step in chain.steps] == [
        Going.ON, Going.ON, Going.LOOP, Going.ON, Going.LOOP,
    ]  # fmt: skip


def test_a_chain_that_is_all_loop_begins_at_its_first() -> None:
    (chain,) = chains(linked(b="c", c="a", a="b"))
    assert (chain.starts, chain.boxes, chain.loops) == (("b",), ("b", "c", "a"), (("b", "c", "a"),))


def test_what_comes_together_again_is_shown_once() -> None:
    (chain,) = chains(linked(a="b c", b="d", c="d", d=""))
    assert chain.boxes == ("a", "b", "d", "c")
    assert [(step.to_box, step.going) for step in chain.steps] == [
        ("b", Going.ON), ("d", Going.ON), ("c", Going.ON), ("d", Going.AGAIN),
    ]  # fmt: skip
    assert {step.depth for step in chain.steps} == {1}


def test_every_link_is_in_one_chain_and_very_long_ones_are_no_trouble() -> None:
    names = [f"n{n:04}" for n in range(3000)]
    long = linked(**dict(zip(names, [*names[1:], names[0]], strict=True)))
    apart = linked(x="y", y="")
    found = chains([*long, *apart])
    assert [len(chain.boxes) for chain in found] == [3000, 2]
    assert sum(len(chain.steps) for chain in found) == 3001
    assert [len(loop) for loop in found[0].loops] == [3000]


def test_links_within_a_box_are_no_ripple_unless_an_outcome_feeds_its_context() -> None:
    (own,) = linked(a="a")
    assert [chain.loops for chain in chains([own])] == [(("a",),)]
    told = Box("a", elements=own.elements, links=(Link("ac", "ao", "l"),))
    assert chains([told]) == []
    gone = Box("a", elements=own.elements, links=(Link("ao", "elsewhere", "l"),))
    assert chains([gone]) == []


def test_a_tree_counts_what_is_below() -> None:
    ties = [Tie("s", "a", "rests on"), Tie("s", "b", "rests on"), Tie("t", "s", "consolidate (move 1)")]
    found = lineage(["t", "s", "a", "b", "x"], ties)
    (tree,) = found.trees
    assert [(node.uid, node.depth, len(node.below)) for node in tree] == [
        ("t", 0, 3), ("s", 1, 2), ("a", 2, 0), ("b", 2, 0),
    ]  # fmt: skip
    assert found.apart == ["x"]
    assert [node.uid for node in lineage(["t", "s", "a", "b", "x"], ties, of="a").trees[0]] == list("tsab")
    assert lineage(["t", "s", "a", "b", "x"], ties, of="x").trees == []


def test_a_box_below_two_stands_below_both_and_is_told_once() -> None:
    ties = [Tie("s", "m", "rests on"), Tie("t", "m", "rests on"), Tie("m", "a", "underpins")]
    first, second = lineage(["s", "t", "m", "a"], ties).trees
    assert [(node.uid, node.again) for node in first] == [("s", False), ("m", False), ("a", False)]
    assert [(node.uid, node.again) for node in second] == [("t", False), ("m", True)]
    assert second[1].below == {"a"}


def test_rings_end() -> None:
    found = lineage(
        ["a", "b", "c"], [Tie("a", "b", "rests on"), Tie("b", "a", "rests on"), Tie("c", "c", "x")]
    )
    assert [(node.uid, node.loop) for node in found.trees[0]] == [("a", False), ("b", False), ("a", True)]
    assert found.apart == ["c"]


def test_two_ties_between_two_boxes_are_one_branch_with_both_named() -> None:
    ties = [Tie("s", "a", "rests on"), Tie("s", "a", "consolidate (move 2)"), Tie("s", "a", "rests on")]
    assert lineage(["s", "a"], ties).trees[0][1].by == "rests on, consolidate (move 2)"


def paper(uid: str, mechanisms: str, boxes: str) -> ReadPaper:
    at = datetime(2026, 1, 1) + timedelta(days=ord(uid[0]))
    return ReadPaper(uid, at, frozenset(mechanisms.split()), frozenset(boxes.split()))


def test_what_is_new_is_counted_per_stretch_of_papers() -> None:
    papers = [
        paper("a", "m1 m2", "1 2"),
        paper("b", "m1", "3"),
        paper("c", "m2 m3", "3 4"),
        paper("d", "", "5"),
    ]
    assert stretches(papers, [("1", "4"), ("3", "5")], every=2) == [
        Stretch(1, 2, ("a", "b"), 2, 3, 3),
        Stretch(3, 4, ("c", "d"), 1, 2, 0),
    ]
    assert [one.name for one in stretches(papers, every=3)] == ["1–3", "4"]
    assert stretches([], every=10) == []
