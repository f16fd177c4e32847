"""Ripple chains as text, JSON, Mermaid and SVG."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from realist.domain.configuration import Box, BoxElement
from realist.domain.patterns.chains import Chain, Going, Step
from realist.exports.drawing import LETTER, flowchart, lines_of, mermaid, path, rect, svg, text
from realist.exports.patterns import box_name, reach
from realist.queries.patterns import Accounts
from realist.text import wrap

_WIDE, _HIGH, _GAP, _DOWN, _EDGE = 230, 74, 70, 26, 20
"""Pixels: a box, what is between two, what is around all."""
_HEAD = 'fill="#333333" stroke="none"'
_DEEP = 8
"""Columns that text is set in by at most, times two."""


class Linked:
    """The boxes and parts that chains are made of, by uid."""

    def __init__(self, of: Accounts) -> None:
        self.of = of
        self.boxes = {box.uid: box for box in of.boxes}
        self.parts = {part.uid: (box, part) for box in of.boxes for part in box.elements}

    def name(self, uid: str, width: int = 60) -> str:
        """Return how a box is named."""
        return box_name(self.boxes[uid], self.of.numbers[uid], width)

    def part(self, uid: str) -> str:
        """Return a part in words, with what it is."""
        return part_said(self.parts[uid][1])

    def loop(self, loop: Sequence[str]) -> str:
        """Return a loop as the numbers of its boxes, back to the first."""
        return " → ".join(f"#{self.of.numbers[uid]}" for uid in (*loop, loop[0]))

    def heading(self, chain: Chain) -> str:
        """Return how large a chain is."""
        n, loops = len(chain.boxes), len(chain.loops)
        said = f"{n} box{'' if n == 1 else 'es'} of {reach(self.of.behind(chain.boxes))}"
        return said + (f" · {loops} loop{'' if loops == 1 else 's'}" if loops else "")


def part_said(element: BoxElement) -> str:
    """Return a part as one reads it: "outcome –: the team is upset"."""
    part = element.part
    sign = {"-": " –"}.get(str(part.valence or ""), f" {part.valence}" if part.valence else "")
    return f"{part.kind}{sign}: {part.text or part.label or '(no words)'}"


def chains_text(found: Sequence[Chain], of: Accounts, width: int) -> str:
    """Return chains as text, from what nothing leads to on; a box is written out once."""
    if not found:
        return "No outcome of a box leads to another box: `realist cmo link` says that one does.\n"
    linked, lines = Linked(of), []
    for number, chain in enumerate(found, 1):
        lines += wrap(f"{number}. {linked.heading(chain)}", width)
        lines += chain_lines(chain, linked, width)
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def chain_lines(chain: Chain, linked: Linked, width: int) -> list[str]:
    """Return a chain in lines: each box, what of it leads on, and to what."""
    lines: list[str] = []
    shown: set[str] = set()
    for step in chain.steps:
        indent = "  " * min(step.depth, _DEEP)
        if step.box not in shown:
            shown.add(step.box)
            if step.box in chain.starts:
                lines += wrap(linked.name(step.box), width, first=indent, rest=indent + "  ")
        lines += wrap(linked.part(step.part), width, first=f"{indent}  ", rest=f"{indent}    ")
        to = linked.part(step.to_part) + (f" — {step.note}" if step.note else "")
        if step.going is Going.LOOP:
            to += f" ↻ loop {linked.loop(step.loop)}"
        elif step.going is Going.AGAIN:
            to += f" (see #{linked.of.numbers[step.to_box]} above)"
        lines += wrap(to, width, first=f"{indent}    ↳ ", rest=f"{indent}      ")
        if step.going is Going.ON:
            lines += wrap(linked.name(step.to_box), width, first=indent, rest=indent + "  ")
            shown.add(step.to_box)
    return lines


def chains_json(found: Sequence[Chain], of: Accounts) -> list[dict[str, Any]]:
    """Return chains as the list of `realist pattern chains --json`."""
    linked = Linked(of)

    def box(uid: str) -> dict[str, Any]:
        return {"uid": uid, "number": of.numbers[uid], "label": linked.boxes[uid].label}

    return [
        {
            "papers": of.behind(chain.boxes).papers,
            "studies": of.behind(chain.boxes).studies,
            "boxes": [box(uid) for uid in chain.boxes],
            "starts": list(chain.starts),
            "links": [
                {
                    "uid": step.link, "from": {"box": step.box, "part": step.part},
                    "to": {"box": step.to_box, "part": step.to_part}, "note": step.note,
                    "loop": list(step.loop),
                }
                for step in chain.steps
            ],
            "loops": [list(loop) for loop in chain.loops],
        }
        for chain in found
    ]  # fmt: skip


def chains_mermaid(found: Sequence[Chain], of: Accounts) -> str:
    """Return chains as one Mermaid flowchart: boxes with their parts in order, links thick, loops dotted."""
    linked = Linked(of)
    lines: list[str] = []
    names: dict[str, str] = {}
    for chain in found:
        for uid in chain.boxes:
            box, number = linked.boxes[uid], of.numbers[uid]
            lines.append(f"subgraph box{number}[{mermaid(linked.name(uid))}]")
            for place, part in enumerate(box.elements, 1):
                names[part.uid] = f"box{number}part{place}"
                lines.append(f"  {names[part.uid]}[{mermaid(part_said(part))}]")
            lines += [f"  {one} --> {other}" for one, other in _within(box, names)]
            lines.append("end")
    for chain in found:
        for step in chain.steps:
            said = "loop" if step.loop else ""
            label = f"|{mermaid(': '.join(filter(None, (said, step.note))))}|" if said or step.note else ""
            arrow = "-.->" if step.loop else "==>"
            lines.append(f"{names[step.part]} {arrow}{label} {names[step.to_part]}")
    return flowchart(lines)


def _within(box: Box, names: dict[str, str]) -> list[tuple[str, str]]:
    """Return which parts of a box follow which: all of a segment after all of the one before."""
    segments: dict[int, list[str]] = defaultdict(list)
    for part in box.elements:
        segments[part.part.segment].append(names[part.uid])
    order = [segments[n] for n in sorted(segments)]
    return [(one, other) for before, after in pairwise(order) for one in before for other in after]


def chains_svg(found: Sequence[Chain], of: Accounts) -> str:
    """Return chains as an SVG figure: boxes in columns by how far they are from a start, loops dashed."""
    linked = Linked(of)
    parts: list[str] = []
    top, widest = float(_EDGE), 0
    for number, chain in enumerate(found, 1):
        parts.append(text(_EDGE, top + 14, f"{number}. {linked.heading(chain)}", size=14))
        top += 28
        places = _placed(chain, top)
        parts += [one for step in chain.steps for one in _arrow(step, places)]
        for uid in chain.boxes:
            parts += _drawn(linked, uid, *places[uid])
        widest = max(widest, max(int(x) for x, _ in places.values()))
        top = max(y for _, y in places.values()) + _HIGH + _DOWN + 10
    return svg(widest + _WIDE + 2 * _EDGE, top + _EDGE, "Ripple chains", parts)


def _placed(chain: Chain, top: float) -> dict[str, tuple[float, float]]:
    """Return where each box stands: its column is the longest way to it that closes no loop."""
    column = dict.fromkeys(chain.boxes, 0)
    forward = [step for step in chain.steps if not step.loop]
    for _ in chain.boxes:
        moved = False
        for step in forward:
            if column[step.to_box] < column[step.box] + 1:
                column[step.to_box] = column[step.box] + 1
                moved = True
        if not moved:
            break
    rows: dict[int, int] = defaultdict(int)
    places: dict[str, tuple[float, float]] = {}
    for uid in chain.boxes:
        at = column[uid]
        places[uid] = (_EDGE + at * (_WIDE + _GAP), top + rows[at] * (_HIGH + _DOWN))
        rows[at] += 1
    return places


def _drawn(linked: Linked, uid: str, x: float, y: float) -> list[str]:
    said = lines_of(linked.name(uid, 200), (_WIDE - 20) // LETTER, 3)
    return [
        rect(x, y, _WIDE, _HIGH, 'rx="4" fill="#f4f4f0" stroke="#333333"'),
        *(text(x + 10, y + 20 + 18 * n, words) for n, words in enumerate(said)),
    ]


def _arrow(step: Step, places: dict[str, tuple[float, float]]) -> tuple[str, str]:
    """Return the line of a link with its head: to the next column straight, back (a loop) below, dashed."""
    (x, y), (to_x, to_y) = places[step.box], places[step.to_box]
    style = 'fill="none" stroke="#333333"'
    if step.loop:
        below, back = max(y, to_y) + _HIGH + _DOWN - 4, to_x + _WIDE / 3
        points = (
            f"M{x + _WIDE / 2:.0f} {y + _HIGH:.0f}C{x + _WIDE / 2:.0f} {below:.0f} {back:.0f} "
            f"{below:.0f} {back:.0f} {to_y + _HIGH:.0f}"
        )
        head = f"M{back:.0f} {to_y + _HIGH:.0f}l-4 7h8z"
        return path(points, f'{style} stroke-dasharray="5 4"'), path(head, _HEAD)
    start, level = x + _WIDE, to_y + _HIGH / 2
    middle = (start + to_x) / 2
    points = (
        f"M{start:.0f} {y + _HIGH / 2:.0f}C{middle:.0f} {y + _HIGH / 2:.0f} {middle:.0f} "
        f"{level:.0f} {to_x:.0f} {level:.0f}"
    )
    return path(points, style), path(f"M{to_x:.0f} {level:.0f}l-7 -4v8z", _HEAD)
