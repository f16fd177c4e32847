"""Running headers, footers and page numbers: what repeats at the edge of the pages, and what it says.

What stands at the same height among the outermost lines of three pages or more (two in a short file), and
is the same but for its numbers, belongs to the page and not to the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from realist.documents.pdf.pieces import RawPage, Run
from realist.documents.pdf.rows import Row, rows_of
from realist.text import fold

_OUTERMOST = 4
_ZONE = 0.16
_HEIGHT = 6.0
_FAR = 1e9
_SHORT_FILE = 4
_NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,5}(?![\w:-]|[.,/]\d)")
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,8}")
_MARGIN_NUMBERS = 10


class Cleared(NamedTuple):
    """The runs that are left of a page, and its label as printed on it (``""`` if it has none)."""

    runs: tuple[Run, ...]
    label: str


class _Outer(NamedTuple):
    """A row near an edge: what tells whether it is the same on another page, its distance from the edge."""

    key: str
    distance: float
    row: Row


def clear(pages: Sequence[RawPage]) -> list[Cleared]:
    """Return each page without what repeats from page to page, with its label.

    The labels that the file gives count where they say more than 1, 2, 3 …; else the printed numbers that
    rise by one from page to page.
    """
    outer = [_outer_rows(page) for page in pages]
    usual = _repeated(outer)
    offset = _offset(pages, outer)
    stamps = _stamps(pages)
    cleared = []
    for page, rows in zip(pages, outer, strict=True):
        own = "" if offset is None else str(page.number + offset)
        out = [
            item.row
            for item in rows
            if abs(usual.get(item.key, -_FAR) - item.distance) <= _HEIGHT
            or (own and _shows(item.row.text, own))
        ]
        left = [run for run in page.runs if not _is_in(run, out) and not (run.turned and run.text in stamps)]
        cleared.append(tuple(_without_margin_numbers(left)))
    return [Cleared(*both) for both in zip(cleared, _labels(pages, offset), strict=True)]


def _outer_rows(page: RawPage) -> list[_Outer]:
    rows = rows_of(run for run in page.runs if not run.turned)
    found = []
    for row in rows[:_OUTERMOST]:
        if row.y < _ZONE * page.height:
            found.append(_Outer("top " + _sameness(row.text), row.y, row))
    for row in rows[-_OUTERMOST:]:
        if (distance := page.height - row.y) < _ZONE * page.height:
            found.append(_Outer("bottom " + _sameness(row.text), distance, row))
    return found


def _sameness(text: str) -> str:
    """Return *text* without its numbers; a row of nothing but a number or a Roman numeral is ``"#"``."""
    folded = fold(text)
    return "#" if _ROMAN.fullmatch(folded) else _DIGITS.sub("#", folded)


def _repeated(outer: Sequence[list[_Outer]]) -> dict[str, float]:
    """Return what repeats from page to page, with its usual distance from the edge."""
    distances: dict[str, list[float]] = defaultdict(list)
    for rows in outer:
        for item in {item.key: item for item in rows}.values():
            distances[item.key].append(item.distance)
    usual = {key: median(places) for key, places in distances.items()}
    enough = _enough(outer)
    return {
        key: middle
        for key, middle in usual.items()
        if sum(abs(place - middle) <= _HEIGHT for place in distances[key]) >= enough
    }


def _stamps(pages: Sequence[RawPage]) -> set[str]:
    """Return the lines across the text ("Downloaded from …") that stand on several pages."""
    count = Counter(text for page in pages for text in {run.text for run in page.runs if run.turned})
    return {text for text, many in count.items() if many >= _enough(pages)}


def _enough(pages: Sequence[object]) -> int:
    return 2 if len(pages) <= _SHORT_FILE else 3


def _is_in(run: Run, rows: list[Row]) -> bool:
    return not run.turned and any(
        abs(run.y - row.y) <= 0.5 * max(run.size, row.size) and row.x0 <= run.x0 and run.x1 <= row.x1
        for row in rows
    )


def _without_margin_numbers(runs: list[Run]) -> list[Run]:
    """Return *runs* without the numbers of lines that manuscripts print in the margin."""
    numbers = [run for run in runs if run.text.isdecimal() and len(run.text) <= 5 and not run.turned]
    if len(numbers) < _MARGIN_NUMBERS:
        return runs
    text = [run.x0 for run in runs if not run.text.isdecimal()]
    edge = min(text, default=0.0)
    margin = [run for run in numbers if run.x1 <= edge]
    values = [int(run.text) for run in sorted(margin, key=lambda run: run.y)]
    steps = Counter(after - before for before, after in pairwise(values))
    if len(margin) < _MARGIN_NUMBERS or not steps or steps.most_common(1)[0][1] < 0.8 * (len(values) - 1):
        return runs
    return [run for run in runs if run not in margin]


def _offset(pages: Sequence[RawPage], outer: Sequence[list[_Outer]]) -> int | None:
    """Return how far the printed page numbers are ahead of those in the file; None where none are seen."""
    ahead = Counter[int]()
    for page, rows in zip(pages, outer, strict=True):
        seen = {int(found) for item in rows for found in _NUMBER.findall(item.row.text)}
        ahead.update(number - page.number for number in seen)
    if not ahead:
        return None
    offset, many = ahead.most_common(1)[0]
    return offset if many >= max(_enough(pages), len(pages) / 2) else None


def _shows(text: str, number: str) -> bool:
    """Whether a row at an edge begins or ends with the number of its page, as running headers do."""
    words = text.split()
    return number in (words[0], words[-1])


def _labels(pages: Sequence[RawPage], offset: int | None) -> list[str]:
    given = [page.label for page in pages]
    if any(label not in ("", str(page.number)) for label, page in zip(given, pages, strict=True)):
        return given
    if offset is None:
        return given
    return [str(page.number + offset) if page.number + offset > 0 else "" for page in pages]
