"""The lineage of boxes as a tree in text, as JSON and as Mermaid."""

from __future__ import annotations

from typing import Any

from realist.domain.patterns.lineage import Node
from realist.exports.drawing import flowchart, mermaid
from realist.exports.patterns import box_name, reach
from realist.queries.lineage import Descent
from realist.text import cell_width, shorten, wrap

_APART = 12


def lineage_text(found: Descent, width: int, depth: int | None = None) -> str:
    """Return the trees as text: each box with how many are below it and of how many papers."""
    lines: list[str] = []
    for tree in found.lineage.trees:
        lines += _tree_lines(found, tree, width, depth)
        lines.append("")
    if not lines:
        return "No box rests on another, underpins one or was consolidated: there is no tree to show.\n"
    apart = found.lineage.apart
    below = {uid for tree in found.lineage.trees for node in tree[:1] for uid in node.below}
    lines += wrap(f"{len(below)} boxes below {len(found.lineage.trees)}.", width)
    if apart:
        names = ", ".join(f"#{found.accounts.numbers[uid]}" for uid in apart[:_APART])
        more = f" and {len(apart) - _APART} more" if len(apart) > _APART else ""
        lines += wrap(f"In no tree: {len(apart)} boxes ({names}{more}).", width, rest="  ")
    return "\n".join(lines).rstrip() + "\n"


def _tree_lines(found: Descent, tree: list[Node], width: int, depth: int | None) -> list[str]:
    lines = []
    open_: list[bool] = []
    for place, node in enumerate(tree):
        if depth is not None and node.depth > depth:
            continue
        del open_[node.depth :]
        later = next((one.depth for one in tree[place + 1 :] if one.depth <= node.depth), -1)
        last = later < node.depth
        indent = "".join("│  " if more else "   " for more in open_[1:])
        branch = "" if not node.depth else f"{indent}{'└─ ' if last else '├─ '}"
        open_.append(not last)
        end = node_said(found, node)
        room = max(width - cell_width(branch) - cell_width(end) - 2, 16)
        name = box_name(found.of[node.uid], found.accounts.numbers[node.uid], room)
        lines.append(shorten(f"{name}  {end}", max(width - cell_width(branch), 20)))
        lines[-1] = branch + lines[-1]
    return lines


def node_said(found: Descent, node: Node) -> str:
    """Return what is said of a box in a tree beside its name."""
    box = found.of[node.uid]
    said = []
    if node.loop:
        return "↻ stands above itself"
    if node.below:
        said.append(f"{len(node.below)} box{'' if len(node.below) == 1 else 'es'}")
    said.append(reach(found.behind(node.uid, node.below)))
    if not node.depth or node.below:
        said.append(str(box.status))
    if node.by and node.by != "rests on":
        said.append(node.by)
    if node.again:
        said.append("shown above")
    return "· " + " · ".join(said)


def lineage_json(found: Descent) -> dict[str, Any]:
    """Return the trees as the object of `realist cmo lineage --json`: nodes in order, each with its depth."""
    of = found.accounts

    def node(one: Node) -> dict[str, Any]:
        box, count = found.of[one.uid], found.behind(one.uid, one.below)
        return {
            "uid": one.uid, "number": of.numbers[one.uid], "label": box.label, "status": str(box.status),
            "depth": one.depth, "by": one.by, "below": len(one.below), "papers": count.papers,
            "studies": count.studies, "again": one.again, "loop": one.loop,
        }  # fmt: skip

    return {
        "trees": [[node(one) for one in tree] for tree in found.lineage.trees],
        "apart": [{"uid": uid, "number": of.numbers[uid]} for uid in found.lineage.apart],
    }


def lineage_mermaid(found: Descent) -> str:
    """Return the trees as a Mermaid flowchart, each box once, from the top down."""
    of = found.accounts
    lines: dict[str, None] = {}
    for tree in found.lineage.trees:
        above: list[str] = []
        for node in tree:
            number = of.numbers[node.uid]
            lines[f"box{number}[{mermaid(box_name(found.of[node.uid], number))}]"] = None
            del above[node.depth :]
            if above:
                label = "" if node.by == "rests on" else f"|{mermaid(node.by)}|"
                lines[f"{above[-1]} -->{label} box{number}"] = None
            above.append(f"box{number}")
    return flowchart(list(lines), "TB")
