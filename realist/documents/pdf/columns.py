"""The order in which the lines of a page are read: columns one after the other, full-width lines between.

A gutter is where many lines begin beside lines that end before it. Lines that cross it part the page into
bands; in each band the left column is read before the right one. Each column is looked at again, so that
three columns come out too, and so do tables whose cells hold several lines of text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from statistics import median
from typing import NamedTuple

from realist.documents.pdf.pieces import Run
from realist.documents.pdf.rows import Row, rows_of

_PAIRS = 4
_PAIRS_IN_BAND = 2
_PROSE = 15
_FULL = 0.85
_FILLED = 0.35
_SURELY = 0.6
_NARROW = 12
_DEEP = 6
_EDGE = 2.0
_TRIED = 8
_FIGURE = re.compile(r"[\W\d_]+")


class _Gutter(NamedTuple):
    """Where a column begins, in points, and how many of its lines have a line beside them to the left."""

    edge: float
    pairs: int


def blocks_of(runs: Iterable[Run]) -> list[list[Row]]:
    """Return the stretches of rows that are read one after the other, each from top to bottom."""
    return [rows for part in _ordered(list(runs), _DEEP) if (rows := rows_of(part))]


def _ordered(runs: list[Run], depth: int) -> list[list[Run]]:
    gutter = _gutter(runs) if depth else None
    if gutter is None:
        return [runs]
    size = _usual_size(runs)
    ordered: list[list[Run]] = []
    wide: list[Run] = []
    by_height = sorted(runs, key=lambda run: (run.y, run.x0))
    for crosses, band in groupby(by_height, key=lambda run: _side(run, gutter.edge, size) == 0):
        part = list(band)
        left = [run for run in part if _side(run, gutter.edge, size) < 0]
        right = [run for run in part if _side(run, gutter.edge, size) > 0]
        if crosses or len(_paired(left, right, size)) < _PAIRS_IN_BAND:
            wide += part
            continue
        ordered += _ordered(wide, depth - 1) + _ordered(left, depth - 1) + _ordered(right, depth - 1)
        wide = []
    return ordered + _ordered(wide, depth - 1 if ordered else 0)


def _gutter(runs: list[Run]) -> _Gutter | None:
    """Return the gutter with the most lines side by side, None where there is none."""
    if len(runs) < 2 * _PAIRS:
        return None
    size = _usual_size(runs)
    start, end = min(run.x0 for run in runs), max(run.x1 for run in runs)
    if end - start < _NARROW * size:
        return None
    edges = Counter(round(run.x0 / _EDGE) for run in runs if run.x0 > start + 4 * size)
    many = {edge: edges[edge] + edges[edge - 1] + edges[edge + 1] for edge in list(edges)}
    likely = sorted((edge for edge in many if many[edge] >= _PAIRS), key=lambda edge: -many[edge])
    found = (_try((edge - 0.5) * _EDGE, runs, size) for edge in likely[:_TRIED])
    return max(filter(None, found), key=lambda gutter: (gutter.pairs, -gutter.edge), default=None)


def _try(edge: float, runs: list[Run], size: float) -> _Gutter | None:
    left = [run for run in runs if _side(run, edge, size) < 0]
    right = [run for run in runs if _side(run, edge, size) > 0]
    beside, opposite = _paired(left, right, size), _paired(right, left, size)
    if len(beside) < _PAIRS:
        return None
    nothing_crosses = len(left) + len(right) == len(runs)
    clear = nothing_crosses and (_is_prose(beside, _SURELY) or _is_prose(opposite, _SURELY))
    return _Gutter(edge, len(beside)) if clear or (_is_prose(beside) and _is_prose(opposite)) else None


def _side(run: Run, edge: float, size: float) -> int:
    """Return -1 for a run left of the gutter, 1 for one right of it, 0 for one that crosses it."""
    if run.x0 >= edge - 0.1 * size:
        return 1
    return -1 if run.x1 <= edge - 0.3 * size else 0


def _paired(left: list[Run], right: list[Run], size: float) -> list[Run]:
    """Return the runs of *right* that have a run of *left* at about their height."""
    heights = sorted(run.y for run in left)
    near = 1.2 * size
    found = []
    for run in right:
        at = bisect_left(heights, run.y - near)
        if at < len(heights) and heights[at] <= run.y + near:
            found.append(run)
    return found


def _is_prose(runs: list[Run], share: float = _FILLED) -> bool:
    """Whether lines are as long as text and *share* of them or more fill their column, unlike cells."""
    rows = rows_of(runs)
    if len(rows) < _PAIRS or median(len(row.text) for row in rows) < _PROSE:
        return False
    start, end = min(row.x0 for row in rows), max(row.x1 for row in rows)
    filled = sum(row.x1 >= start + _FULL * (end - start) for row in rows)
    figures = sum(_FIGURE.sub("", row.text) == "" or row.cells > 3 for row in rows)
    return filled >= share * len(rows) and figures < 0.5 * len(rows)


def _usual_size(runs: list[Run]) -> float:
    return median(run.size for run in runs)
