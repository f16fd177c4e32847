"""Papers by year and by country, as bars; agreement as points with their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from realist.domain.agreement import Figure
from realist.exports.drawing import path, rect, svg, text
from realist.text import cell_width, shorten

_INK, _GREY = "#235a92", "#444444"
_WIDE, _LETTER = 680, 6.6


def upright(counts: Mapping[int, int], title: str, note: str = "") -> str:
    """Return counts by year as upright bars; years without a paper keep their place."""
    years = list(range(min(counts), max(counts) + 1)) if counts else []
    most, height, left, top = max([1, *counts.values()]), 220, 46, 50
    step = (_WIDE - left - 20) / max(len(years), 1)
    parts = [text(14, 24, title, size=14, more='font-weight="bold"')]
    for value in _ticks(most):
        y = top + height - height * value / most
        parts.append(path(f"M{left:.1f},{y:.1f} L{_WIDE - 20:.1f},{y:.1f}", 'stroke="#dddddd" fill="none"'))
        parts.append(text(left - 6, y + 4, str(value), size=11, anchor="end"))
    every = max(1, -(-len(years) // 14))
    for place, year in enumerate(years):
        n, x = counts.get(year, 0), left + step * place
        high = height * n / most
        if n:
            parts.append(rect(x + step * 0.12, top + height - high, step * 0.76, high, f'fill="{_INK}"'))
        if place % every == 0:
            parts.append(text(x + step / 2, top + height + 16, str(year), size=11, anchor="middle"))
    parts.append(text(14, top + height + 40, note or "Papers by year of publication.", size=11, more=_fill()))
    return svg(_WIDE, top + height + 56, title, parts)


def across(counts: Mapping[str, int], title: str, note: str = "") -> str:
    """Return counts by name as bars that lie, the most first; equal ones by name."""
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    left = 30 + _LETTER * max([6, *(cell_width(shorten(name, 40)) for name in counts)])
    most, y = max([1, *counts.values()]), 44.0
    parts = [text(14, 24, title, size=14, more='font-weight="bold"')]
    for name, n in rows:
        parts.append(text(left - 8, y + 13, shorten(name, 40), size=11, anchor="end"))
        wide = (_WIDE - left - 60) * n / most
        parts.append(rect(left, y + 2, wide, 14, f'fill="{_INK}"'))
        parts.append(text(left + wide + 6, y + 13, str(n), size=11))
        y += 20
    parts.append(text(14, y + 18, note, size=11, more=_fill()))
    return svg(_WIDE, y + 34, title, parts)


def intervals(rows: Sequence[tuple[str, int, Figure]], title: str, note: str = "") -> str:
    """Return figures of agreement from −1 to 1, each a point with its 95 % interval, n beside it."""
    left = 30 + _LETTER * max([6, *(cell_width(shorten(name, 40)) for name, _, _ in rows)])
    right, y = _WIDE - 70, 56.0
    low = min([0.0, *(figure.low if figure.low is not None else figure.value or 0 for _, _, figure in rows)])
    low = -1.0 if low < 0 else 0.0

    def at(value: float) -> float:
        return left + (right - left) * (value - low) / (1 - low)

    bottom = y + 22 * len(rows) + 4
    parts = [text(14, 24, title, size=14, more='font-weight="bold"')]
    for tick in [n / 5 for n in range(round(low * 5), 6)]:
        parts.append(
            path(f"M{at(tick):.1f},{y - 8:.1f} L{at(tick):.1f},{bottom:.1f}", 'stroke="#dddddd" fill="none"')
        )
        parts.append(text(at(tick), y - 14, f"{tick:.1f}".replace("-", "−"), size=11, anchor="middle"))
    for name, n, figure in rows:
        parts.append(text(left - 10, y + 13, shorten(name, 40), size=11, anchor="end"))
        if figure.value is None:
            parts.append(
                text(left + 6, y + 13, shorten(figure.why or "not defined", 70), size=11, more=_fill())
            )
        else:
            if figure.low is not None and figure.high is not None:
                ends = f"M{at(figure.low):.1f},{y + 9:.1f} L{at(figure.high):.1f},{y + 9:.1f}"
                parts.append(path(ends, f'stroke="{_INK}" stroke-width="2" fill="none"'))
            parts.append(rect(at(figure.value) - 4, y + 5, 8, 8, f'fill="{_INK}"'))
        parts.append(text(right + 10, y + 13, f"n = {n}", size=11))
        y += 22
    parts.append(text(14, bottom + 20, note, size=11, more=_fill()))
    return svg(_WIDE, bottom + 34, title, parts)


def _fill() -> str:
    return f'fill="{_GREY}"'


def _ticks(most: int) -> list[int]:
    step = max(1, -(-most // 5))
    return list(range(0, most + 1, step))
