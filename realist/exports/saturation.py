"""Saturation as a figure in text and SVG, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from realist.domain.patterns.saturation import ReadPaper, Stretch
from realist.exports.drawing import path, rect, svg, text
from realist.queries.patterns import Accounts
from realist.text import pad, wrap

BLOCKS = " ▏▎▍▌▋▊▉█"
_WHAT = (("mechanisms", "new mechanisms"), ("boxes", "new boxes"), ("unlike", "unlike those before"))
_WIDE, _LEFT, _HIGH, _APART, _WIDEST = 680, 46, 84, 56, 90
"""Pixels of the figure: its width, where bars begin, how high the highest is; what a label takes, and a
stretch at the most."""
_INK, _GREY = "#235a92", 'fill="#444444"'
_SAID = (
    "In the order in which papers were read: when the first reading, evidence, excerpt or box was entered of "
    "a paper, or its extraction was done. New is what no paper before spoke of; boxes unlike those before "
    "are in no group with one of them (`realist pattern similar`)."
)


def bar(value: int, most: int, columns: int) -> str:
    """Return a bar of block characters, *columns* wide at *most*, to an eighth of a column."""
    eighths = round(8 * columns * value / most) if most else 0
    if value and not eighths:
        eighths = 1
    return "█" * (eighths // 8) + (BLOCKS[eighths % 8] if eighths % 8 else "")


def saturation_text(found: Sequence[Stretch], width: int) -> str:
    """Return the figure as text: a line for each stretch of papers, a bar and a number for each thing."""
    if not found:
        return "No paper was read yet: nothing is known of saturation.\n"
    names = [one.name for one in found]
    first = max(len("papers"), *map(len, names))
    most = {what: max(getattr(one, what) for one in found) for what, _ in _WHAT}
    digits = {what: len(str(most[what])) for what, _ in _WHAT}
    size = max((width - first - 2 * len(_WHAT)) // len(_WHAT), 8)
    lines = [(pad("papers", first) + "".join("  " + pad(name, size) for _, name in _WHAT)).rstrip()]
    lines.append("─" * min(first + len(_WHAT) * (size + 2), width))
    for name, one in zip(names, found, strict=True):
        cells = []
        for what, _ in _WHAT:
            value = getattr(one, what)
            drawn = bar(value, most[what], max(size - digits[what] - 1, 3))
            cells.append("  " + pad(f"{value:>{digits[what]}} {drawn}", size))
        lines.append((pad(name, first) + "".join(cells)).rstrip())
    return "\n".join([*lines, "", *wrap(_SAID, width)]) + "\n"


def saturation_json(
    found: Sequence[Stretch], papers: Sequence[ReadPaper], of: Accounts
) -> list[dict[str, Any]]:
    """Return the figure as the list of `realist saturation --json`: a row for each stretch of papers."""
    at = {paper.uid: paper.at for paper in papers}
    return [
        {
            "first": one.first, "last": one.last, "mechanisms": one.mechanisms, "boxes": one.boxes,
            "unlike": one.unlike,
            "papers": [{"uid": uid, "label": of.labels.get(uid, ""), "read": at[uid]} for uid in one.papers],
        }
        for one in found
    ]  # fmt: skip


def saturation_svg(found: Sequence[Stretch]) -> str:
    """Return the figure as SVG: a row of bars for each kind of what was new, a bar for each stretch."""
    step = min((_WIDE - _LEFT - 20) / max(len(found), 1), _WIDEST)
    parts = [text(14, 24, "Saturation: what papers brought that was new", size=14, more='font-weight="bold"')]
    top = 40.0
    for what, name in _WHAT:
        values = [getattr(one, what) for one in found]
        parts += [text(_LEFT, top + 12, name, size=12), *_panel(values, top + 22, step)]
        top += _HIGH + 44
    every = max(1, ceil(_APART / step))
    for place, one in enumerate(found):
        if place % every == 0:
            parts.append(text(_LEFT + step * (place + 0.5), top - 6, one.name, size=11, anchor="middle"))
    parts.append(text(14, top + 20, "Papers, in the order in which they were read.", size=11, more=_GREY))
    return svg(_WIDE, top + 36, "Saturation: what papers brought that was new", parts)


def _panel(values: Sequence[int], top: float, step: float) -> Iterator[str]:
    most = max(values, default=0) or 1
    for value in sorted({0, most // 2, most}):
        y = top + _HIGH - _HIGH * value / most
        yield path(f"M{_LEFT},{y:.1f} L{_WIDE - 20},{y:.1f}", 'stroke="#dddddd" fill="none"')
        yield text(_LEFT - 6, y + 4, str(value), size=11, anchor="end")
    for place, value in enumerate(values):
        tall = _HIGH * value / most
        x = _LEFT + step * (place + 0.12)
        yield rect(x, top + _HIGH - tall, step * 0.76, tall, f'fill="{_INK}"')
