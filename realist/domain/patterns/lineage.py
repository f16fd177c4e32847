"""Lineage of boxes: from the few that many were consolidated into, down to those of single papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tie:
    """The box ``upper`` is made of the box ``lower`` (uids), and by what: a relation, or a move."""

    upper: str
    lower: str
    by: str


@dataclass(slots=True)
class Node:
    """A box in a tree, by what it hangs there, how deep, and how many distinct boxes are below it.

    ``again`` says that what is below it was shown at another place already, ``loop`` that it is above itself.
    """

    uid: str
    by: str
    depth: int
    below: frozenset[str]
    again: bool = False
    loop: bool = False


@dataclass(slots=True)
class Lineage:
    """Trees, each a list of nodes from its top on in the order of reading; and the boxes in no tree."""

    trees: list[list[Node]] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)


def lineage(order: Sequence[str], ties: Iterable[Tie], *, of: str = "") -> Lineage:
    """Return the trees that *ties* make of boxes, all in the *order* given; of one box, those it is in.

    A box that was made part of several stands below each; what is below it is shown once. Boxes that are
    above one another in a ring begin a tree at the first of them.
    """
    places = {uid: place for place, uid in enumerate(order)}
    lower: dict[str, dict[str, str]] = defaultdict(dict)
    upper: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        if tie.upper in places and tie.lower in places and tie.upper != tie.lower:
            named = lower[tie.upper].get(tie.lower, "")
            if tie.by not in named.split(", "):
                lower[tie.upper][tie.lower] = f"{named}, {tie.by}" if named else tie.by
            upper[tie.lower].add(tie.upper)
    children = {uid: sorted(of_, key=places.__getitem__) for uid, of_ in lower.items()}
    below = _below(order, children)
    tops = [uid for uid in order if uid in children and uid not in upper]
    reached = {one for top in tops for one in (top, *below[top])}
    for uid in order:  # rings have no top
        if uid in children and uid not in reached:
            tops.append(uid)
            reached |= {uid, *below[uid]}
    if of:
        tops = [top for top in tops if top == of or of in below[top]]
    shown: set[str] = set()
    trees = [_tree(top, children, lower, below, shown) for top in tops]
    return Lineage(trees, [uid for uid in order if uid not in reached] if not of else [])


def _below(order: Sequence[str], children: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for uid in order:
        seen: set[str] = set()
        rest = list(children.get(uid, ()))
        while rest:
            one = rest.pop()
            if one not in seen:
                seen.add(one)
                rest += children.get(one, ())
        found[uid] = frozenset(seen - {uid})
    return found


def _tree(
    top: str,
    children: dict[str, list[str]],
    by: dict[str, dict[str, str]],
    below: dict[str, frozenset[str]],
    shown: set[str],
) -> list[Node]:
    nodes: list[Node] = []
    rest: list[tuple[str, str, int, tuple[str, ...]]] = [(top, "", 0, ())]
    while rest:
        uid, how, depth, path = rest.pop()
        node = Node(uid, how, depth, below[uid])
        nodes.append(node)
        if uid in path:
            node.loop = True
        elif uid in shown:
            node.again = bool(children.get(uid))
        else:
            shown.add(uid)
            rest += [(one, by[uid][one], depth + 1, (*path, uid)) for one in reversed(children.get(uid, []))]
    return nodes
