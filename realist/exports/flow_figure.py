"""The flow of documents as a figure, staged as the review was run: SVG and Mermaid.

What goes down are documents; beside stand those that left, and those that came by another door. At the foot
stand what the review made of them: excerpts, configurations, theories (RAMESES item 12). Numbers are counted;
those that only a source gives bear a star, those that follow from such ones a dagger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from realist.domain.flow import Group, Line
from realist.exports.drawing import flowchart, lines_of, mermaid, path, rect, svg, text
from realist.queries.flow import StageFlow
from realist.text import line
from realist.vocabulary import FlowStep, Qualifier

_S = FlowStep
_DOWN = (_S.IDENTIFIED, _S.SCREENED, _S.PASSED, _S.SOUGHT, _S.ASSESSED, _S.INCLUDED)
_OUT = {
    _S.IDENTIFIED: (_S.DUPLICATES, _S.ALREADY_KNOWN), _S.SCREENED: (_S.EXCLUDED_SCREENING,),
    _S.SOUGHT: (_S.NOT_OBTAINED,), _S.ASSESSED: (_S.EXCLUDED_FULL_TEXT,),
}  # fmt: skip
_REPORTED, _DERIVED = "*", "†"
_LEGEND = (
    f"Counted from the review; {_REPORTED} as its source reports it; {_DERIVED} follows from reported ones."
)
_BEFORE = {Qualifier.AT_LEAST: "≥ ", Qualifier.ABOUT: "about "}
_WIDE, _SIDE, _GAP, _MOST = 230, 200, 34, 12


class Made(NamedTuple):
    """What a review made of its documents: what it is called, and how many of it."""

    name: str
    n: int


@dataclass(slots=True)
class Box:
    """A box of the figure: its lines, and the boxes beside it, those that leave and those that enter."""

    key: str
    lines: list[str]
    out: list[str] = field(default_factory=list)
    enters: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Track:
    """Boxes from the top down, of one door into a stage or of the stage as a whole."""

    name: str
    boxes: list[Box]


@dataclass(slots=True)
class Block:
    """A stage: its doors side by side, then what holds for the whole of it."""

    title: str
    doors: list[Track]
    whole: Track | None


def blocks(flow: Sequence[StageFlow]) -> list[Block]:
    """Return the stages as boxes; a number that is known in no form stands as unknown."""
    found = []
    for n, stage in enumerate(flow, 1):
        purpose = f": {stage.purpose}" if stage.purpose else ""
        tracks = [_track(group, f"s{n}g{place}") for place, group in enumerate(stage.groups)]
        doors = [t for t, group in zip(tracks, stage.groups, strict=True) if group.kind]
        whole = next((t for t, group in zip(tracks, stage.groups, strict=True) if group.kind is None), None)
        found.append(Block(line(f"Stage {stage.name}{purpose}"), doors, whole))
    return found


def _track(group: Group, key: str) -> Track:
    of: dict[FlowStep, list[Line]] = {}
    for entry in group.lines:
        of.setdefault(entry.step, []).append(entry)
    boxes: list[Box] = []
    for step in _DOWN:
        box = Box(f"{key}{len(boxes)}", list(_said(step, of.get(step, ()))))
        for gone in _OUT.get(step, ()):
            box.out += _said(gone, of.get(gone, ()))
        if step is _S.SOUGHT or (step is _S.ASSESSED and _S.SOUGHT not in of):
            box.enters += [_bare(said) for said in _said(_S.ADDED, of.get(_S.ADDED, ()))]
        if box.lines or box.out or box.enters:
            box.lines = box.lines or [f"{step}: not known"]
            boxes.append(box)
    return Track(group.kind or "", boxes)


def _said(step: FlowStep, entries: Sequence[Line]) -> Iterator[str]:
    """Yield the total of a step, then its parts."""
    for entry in entries:
        if not entry.label:
            yield f"{step}: {_number(entry)}"
    total = any(not entry.label for entry in entries)
    for entry in entries:
        if entry.label:
            yield (
                f"{line(entry.label)}: {_number(entry)}"
                if total
                else f"{step}, {line(entry.label)}: {_number(entry)}"
            )


def _bare(said: str) -> str:
    return said.removeprefix(f"{_S.ADDED}, ")


def _number(entry: Line) -> str:
    if entry.computed is not None:
        return f"{entry.computed:,}"
    reported = entry.reported
    if reported is not None and reported.value is not None:
        before = next((word for of, word in _BEFORE.items() if reported.qualifier == of), "")
        return f"{before}{reported.value:,}{_REPORTED}"
    return f"{entry.derived.value:,}{_DERIVED}" if entry.derived else "not known"


# -- Mermaid ------------------------------------------------------------------------------------------------


def flow_mermaid(flow: Sequence[StageFlow], made: Sequence[Made]) -> str:
    """Return the figure as a Mermaid flowchart."""
    said: list[str] = []
    ends: list[str] = []
    for n, block in enumerate(blocks(flow), 1):
        said.append(f"subgraph stage{n}[{mermaid(block.title)}]")
        last = [_chain(track, said) for track in block.doors if track.boxes]
        if block.whole and block.whole.boxes:
            end = _chain(block.whole, said)
            said += [f"{one} --> {block.whole.boxes[0].key}" for one in last]
            last = [end]
        said.append("end")
        ends += last
    said.append(f"made[{mermaid(_made(made))}]")
    said += [f"{end} --> made" for end in ends]
    return flowchart(said, "TB")


def _chain(track: Track, said: list[str]) -> str:
    head = f"{track.name}: " if track.name else ""
    for place, box in enumerate(track.boxes):
        said.append(f"{box.key}[{mermaid((head if not place else '') + '; '.join(box.lines))}]")
        if place:
            said.append(f"{track.boxes[place - 1].key} --> {box.key}")
        if box.out:
            said += [f"{box.key}x[{mermaid('; '.join(box.out))}]", f"{box.key} --> {box.key}x"]
        if box.enters:
            said += [f"{box.key}e[{mermaid('added: ' + '; '.join(box.enters))}]", f"{box.key}e --> {box.key}"]
    return track.boxes[-1].key


def _made(made: Sequence[Made]) -> str:
    return "; ".join(f"{one.name}: {one.n:,}" for one in made) or "nothing made of them yet"


# -- SVG ----------------------------------------------------------------------------------------------------


def flow_svg(flow: Sequence[StageFlow], made: Sequence[Made], title: str) -> str:
    """Return the figure as SVG: text stays text, grey alone carries the meaning, a column a door."""
    parts: list[str] = []
    found = blocks(flow)
    columns = max((max(len(block.doors), 1) for block in found), default=1)
    width = 2 * _GAP + columns * (_WIDE + _GAP + _SIDE) + (columns - 1) * _GAP
    y: float = _GAP
    ends: list[tuple[float, float]] = []
    for block in found:
        for one in lines_of(block.title, int(width / 7) - 8, 2):
            parts.append(text(_GAP, y, one, size=14, more='font-weight="bold"'))
            y += 20
        bottoms = []
        for place, track in enumerate(block.doors):
            x = _GAP + place * (_WIDE + 2 * _GAP + _SIDE)
            bottoms.append((x + _WIDE / 2, _column(parts, track, x, y)))
        y = max([y, *(bottom for _, bottom in bottoms)]) + _GAP / 2
        if block.whole and block.whole.boxes:
            top = y + (_GAP / 2 if bottoms else 0)
            ahead = bool(block.whole.boxes[0].enters)
            parts += [_arrow(x, bottom, _GAP + _WIDE / 2, top, head=not ahead) for x, bottom in bottoms]
            bottoms = [(_GAP + _WIDE / 2, _column(parts, block.whole, _GAP, top))]
            y = bottoms[0][1] + _GAP / 2
        ends += bottoms
        y += _GAP / 2
    foot = [f"{one.name}: {one.n:,}" for one in made] or ["nothing made of them yet"]
    parts += [_arrow(x, bottom, x, y) for x, bottom in ends[-1:]]
    y = _box(parts, foot, _GAP, y, _WIDE, "#e6e6e6")
    for one in lines_of(_LEGEND, int(width / 6.5) - 8, 3):
        y += 16
        parts.append(text(_GAP, y, one, size=11, more='fill="#444444"'))
    return svg(width, y + _GAP, title, parts)


def _column(parts: list[str], track: Track, x: float, y: float) -> float:
    """Draw a track from *y* down; return where its last box ends."""
    if track.name:
        parts.append(text(x, y + 12, track.name, more='font-style="italic"'))
        y += 20
    bottom, clear = y, y
    for place, box in enumerate(track.boxes):
        beside, middle = x + _WIDE + _GAP, x + _WIDE / 2
        from_ = bottom
        if place:
            y = max(bottom, clear) + _GAP * 0.7
        if box.enters:
            low = _box(parts, ["added", *box.enters], beside, y, _SIDE, "#f4f4f4")
            parts.append(_arrow(beside, (y + low) / 2, middle, (y + low) / 2))
            y = low + _GAP * 0.7
        if place or box.enters:
            parts.append(_arrow(middle, from_, middle, y))
        bottom = clear = _box(parts, box.lines, x, y, _WIDE, "#ffffff")
        if box.out:
            clear = _box(parts, box.out, beside, y, _SIDE, "#f4f4f4", dashed=True)
            level = (y + min(bottom, clear)) / 2
            parts.append(_arrow(x + _WIDE, level, beside, level))
    return bottom


def _box(
    parts: list[str],
    lines: Sequence[str],
    x: float,
    y: float,
    width: float,
    fill: str,
    *,
    dashed: bool = False,
) -> float:
    shown = [one for said in lines for one in lines_of(said, int(width / 7), 3)]
    if len(shown) > _MOST:
        shown = [*shown[: _MOST - 1], "…"]
    height = 12 + 16 * len(shown)
    dash = ' stroke-dasharray="4 3"' if dashed else ""
    parts.append(rect(x, y, width, height, f'fill="{fill}" stroke="#333333"{dash}'))
    parts += [text(x + 8, y + 18 + 16 * place, one) for place, one in enumerate(shown)]
    return y + height


def _arrow(x: float, y: float, to_x: float, to_y: float, *, head: bool = True) -> str:
    line_ = path(f"M{x:.0f},{y:.0f} L{to_x:.0f},{to_y:.0f}", 'stroke="#333333" fill="none"')
    point = (
        f"M{to_x:.0f},{to_y:.0f} l-4,-7 h8 z" if abs(to_y - y) >= abs(to_x - x)
        else f"M{to_x:.0f},{to_y:.0f} l{-7 if to_x > x else 7},-4 v8 z"
    )  # fmt: skip
    return line_ + path(point, 'fill="#333333" stroke="none"') if head else line_
