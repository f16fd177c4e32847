"""How a table is set on paper: which way it lies, how wide its columns are, which headings stand upright."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from realist.exports.table import Holds, Table
from realist.exports.writing.safe import inline
from realist.text import cell_width

_UPRIGHT = 10
"""Headings over signs stand upright where there are more columns than this."""
_LYING_SIGNS, _LYING_WORDS = 6, 3
"""More columns of signs, or of words, than this lie across the page."""


def upright(table: Table, places: Sequence[int] | None = None) -> bool:
    """Whether the headings of columns, or of those at *places*, stand upright."""
    columns = [table.columns[place] for place in (range(len(table.columns)) if places is None else places)]
    return sum(not column.sum and column.holds is not Holds.WORDS for column in columns) > _UPRIGHT


def wide(table: Table, places: Sequence[int]) -> bool:
    """Whether these columns want a page that lies."""
    columns = [table.columns[place] for place in places]
    words = sum(column.holds is Holds.WORDS for column in columns)
    return words > _LYING_WORDS or len(columns) - words > _LYING_SIGNS


class Widths(NamedTuple):
    """How wide the column of headings and the others are, in parts of what there is."""

    head: float
    columns: tuple[float, ...]


def widths(table: Table, places: Sequence[int], *, letters: int) -> Widths:
    """Return how wide columns are on a page that holds so many *letters* on a line; together they fill it.

    Headings of rows take what they need, up to a quarter; numbers what theirs need; signs and words share.
    """
    names = [cell_width(inline(row.name)) for row in (*table.rows[:500], *table.foot)]
    head = min(max([*names, len(table.corner)], default=0) + 2, letters / 4) if table.corner else 0.0
    columns = [table.columns[place] for place in places]
    fixed = {
        place: float(max(5, len(column.name) + 2) if column.holds is Holds.NUMBERS else 0)
        for place, column in enumerate(columns)
        if column.holds is Holds.NUMBERS and column.sum
    }
    rest = max(letters - head - sum(fixed.values()), letters / 4)
    shares = [0.0 if place in fixed else column.share for place, column in enumerate(columns)]
    whole = sum(shares) or 1.0
    each = [fixed.get(place, rest * share / whole) for place, share in enumerate(shares)]
    if all(column.holds is not Holds.WORDS for column in columns):
        each = [size if place in fixed else min(size, _WIDEST_SIGN) for place, size in enumerate(each)]
    total = max(head + sum(each), 1.0) if head + sum(each) > letters else float(letters)
    return Widths(head / total, tuple(size / total for size in each))


_WIDEST_SIGN = 16.0
