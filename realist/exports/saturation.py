"""Saturation as a figure in text and SVG, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from realist.domain.patterns.saturation import ReadPaper, Stretch
from realist.exports.drawing import rect, svg, text
from realist.queries.patterns import Accounts
from realist.text import pad, wrap

BLOCKS = " ▏▎▍▌▋▊▉█"
_WHAT = (("mechanisms", "new mechanisms"), ("boxes", "new boxes"), ("unlike", "unlike those before"))
_COLOURS = ("#1b6ca8", "#8a8a8a", "#d08c1d")
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
    """Return the figure as SVG: three bars for each stretch of papers, and what they are."""
    left, top, high, bar_wide = 50, 50, 220, 14
    step = 3 * bar_wide + 16
    most = max((getattr(one, what) for one in found for what, _ in _WHAT), default=0) or 1
    wide = max(left + step * len(found) + 20, 460)
    parts = []
    for n, ((_, name), colour) in enumerate(zip(_WHAT, _COLOURS, strict=True)):
        parts += [rect(left + 140 * n, 18, 11, 11, f'fill="{colour}"'), text(left + 16 + 140 * n, 28, name)]
    for value in sorted({0, most // 2, most}):
        y = top + high - high * value / most
        parts += [
            rect(left, y, wide - left - 10, 0.5, 'fill="#cccccc"'),
            text(left - 8, y + 4, str(value), anchor="end"),
        ]
    for place, one in enumerate(found):
        x = left + 8 + place * step
        for n, ((what, _), colour) in enumerate(zip(_WHAT, _COLOURS, strict=True)):
            value = getattr(one, what)
            tall = high * value / most
            parts.append(rect(x + n * bar_wide, top + high - tall, bar_wide - 2, tall, f'fill="{colour}"'))
        parts.append(text(x + 1.5 * bar_wide, top + high + 18, one.name, anchor="middle", size=10))
    parts.append(text(left, top + high + 40, "papers, in the order in which they were read"))
    return svg(wide, top + high + 55, "Saturation: what papers brought that was new", parts)
