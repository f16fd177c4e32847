"""Runs on one baseline put together to printed rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from realist.documents.pdf.pieces import Run

_BASELINE = 0.45
_TOUCHING = 0.12
_CELL = 2.2
_INITIAL = 1.9
_MOST_INITIALS = 4
CELLS = "  "
"""What stands between the cells of a row of a table."""


class Row(NamedTuple):
    """A printed line, in points from the left and the top; ``cells`` counts its widely parted pieces."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    cells: int


def rows_of(runs: Iterable[Run]) -> list[Row]:
    """Return the rows that *runs* make, from the top; within a row from left to right."""
    groups: list[list[Run]] = []
    tallest: list[Run] = []
    for run in sorted(_with_initials(list(runs)), key=lambda run: (run.y, run.x0)):
        if groups and abs(run.y - tallest[-1].y) <= _BASELINE * max(tallest[-1].size, run.size):
            groups[-1].append(run)
            tallest[-1] = max(tallest[-1], run, key=lambda held: held.size)
        else:
            groups.append([run])
            tallest.append(run)
    return [_row(sorted(group, key=lambda run: run.x0)) for group in groups]


def _row(group: list[Run]) -> Row:
    text, cells = group[0].text, 1
    right = group[0].x1
    for run in group[1:]:
        gap, size = run.x0 - right, run.size
        wide = gap > _CELL * size
        text += (CELLS if wide else "" if gap < _TOUCHING * size else " ") + run.text
        cells += wide
        right = max(right, run.x1)
    longest = max(group, key=lambda run: len(run.text))
    letters = sum(len(run.text) for run in group)
    bold = 2 * sum(len(run.text) for run in group if run.bold) > letters
    return Row(text, group[0].x0, right, longest.y, longest.size, bold, cells)


def _with_initials(runs: list[Run]) -> list[Run]:
    """Return *runs* with each initial that is several lines high put before the line it begins."""
    if not runs:
        return runs
    usual = sorted(run.size for run in runs)[len(runs) // 2]
    initials = [
        run for run in runs if run.size > _INITIAL * usual and len(run.text) == 1 and run.text.isalpha()
    ]
    for initial in initials[:_MOST_INITIALS]:
        beside = [
            run
            for run in runs
            if 0 <= run.x0 - initial.x1 < 1.5 * usual and initial.y - initial.size < run.y <= initial.y
        ]
        if beside:
            first = min(beside, key=lambda run: run.y)
            runs[runs.index(first)] = first._replace(text=initial.text + first.text, x0=initial.x0)
            runs.remove(initial)
    return runs
