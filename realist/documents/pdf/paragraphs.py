"""Printed rows put together to paragraphs, from their distances, indents, sizes and last words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from realist.documents.pdf.rows import Row

_LEADING = 1.3
_OTHER_SIZE = 0.07
_INDENT = 0.7
_SHORT = 0.2
_SMALL = 0.93
_ENDS = re.compile(r"[.!?:…。][\"'”’)\]\d,]*\Z")
_ITEM = re.compile(r"(?:[•▪■◦●‣–—*]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{2,4})[.)])(?:\s|\Z)")
_GOES_ON = re.compile(r"[\W\d_]*[^\W\d_A-Z]")


class Paragraph(NamedTuple):
    """Rows that belong together. ``is_table``: each row stays a line of its own. ``size`` in points."""

    rows: tuple[Row, ...]
    size: float
    bold: bool
    is_table: bool

    @property
    def ends_sentence(self) -> bool:
        """Whether its last words look like the end of a sentence."""
        return _ENDS.search(self.rows[-1].text[-20:]) is not None

    @property
    def goes_on(self) -> bool:
        """Whether its first word looks like the middle of a sentence."""
        return _GOES_ON.match(self.rows[0].text) is not None


def paragraphs_of(rows: Sequence[Row]) -> list[Paragraph]:
    """Return the paragraphs of one stretch of rows, in order."""
    if not rows:
        return []
    left = sorted(row.x0 for row in rows)[len(rows) // 10]
    right = sorted(row.x1 for row in rows)[-1 - len(rows) // 10]
    steps = [below.y - above.y for above, below in pairwise(rows)]
    leading = median(steps) if steps else 0.0
    found: list[list[Row]] = [[rows[0]]]
    for above, row in pairwise(rows):
        if _parts(found[-1], above, row, (left, right, leading)):
            found.append([row])
        else:
            found[-1].append(row)
    return [_paragraph(part) for part in found]


def _paragraph(rows: list[Row]) -> Paragraph:
    longest = max(rows, key=lambda row: len(row.text))
    return Paragraph(
        tuple(rows), longest.size, all(row.bold for row in rows), any(row.cells > 1 for row in rows)
    )


def _parts(held: list[Row], above: Row, row: Row, frame: tuple[float, float, float]) -> bool:
    """Whether *row* begins another paragraph than *held*, whose last row is *above*."""
    left, right, leading = frame
    size = max(row.size, above.size)
    step = row.y - above.y
    if step > _LEADING * max(min(leading, 2.2 * size), size) or step < 0:
        return True
    if abs(row.size - above.size) > _OTHER_SIZE * size or (row.cells > 1) != (above.cells > 1):
        return True
    if row.bold != above.bold and all(item.bold == above.bold for item in held) and _is_whole(held, right):
        return True
    ends = _ENDS.search(above.text[-20:]) is not None
    if _ITEM.match(row.text) and (ends or above.x1 < right - size or _ITEM.match(held[0].text)):
        return True
    if row.x0 > above.x0 + _INDENT * size and row.x0 > left + _INDENT * size:
        return ends or _is_short(above, left, right)
    hangs = len(held) > 1 and above.x0 > held[0].x0 + _INDENT * size
    if hangs and abs(row.x0 - held[0].x0) < _INDENT * size:
        return True
    return ends and _is_short(above, left, right) and not _GOES_ON.match(row.text)


def _is_whole(held: list[Row], right: float) -> bool:
    """Whether the rows so far may stand alone, as a heading: few, and the last not filled."""
    return len(held) <= 3 and (held[-1].x1 < right - held[-1].size or held[-1].bold)


def _is_short(row: Row, left: float, right: float) -> bool:
    return row.x1 < right - _SHORT * (right - left)


def flow(blocks: Sequence[Sequence[Row]], body: float) -> list[Paragraph]:
    """Return the paragraphs of a page: the text through its columns, then the notes at their feet.

    A paragraph that goes on in the next column is one. *body* is the usual size of letters in the file, in
    points.
    """
    text: list[Paragraph] = []
    notes: list[Paragraph] = []
    for block in blocks:
        found = paragraphs_of(block)
        foot = len(found)
        while foot and found[foot - 1].size < _SMALL * body:
            foot -= 1
        foot = foot if _is_lowest(block, blocks) else len(found)
        if foot:
            notes += found[foot:]
            found = found[:foot]
        if text and found and _continues(text[-1], found[0]):
            rows = (*text[-1].rows, *found[0].rows)
            text[-1] = text[-1]._replace(rows=rows)
            found = found[1:]
        text += found
    return text + notes


def _is_lowest(block: Sequence[Row], blocks: Sequence[Sequence[Row]]) -> bool:
    """Whether nothing stands below a stretch of rows."""
    left, right = min(row.x0 for row in block), max(row.x1 for row in block)
    return not any(
        row.y > block[-1].y and row.x0 < right and row.x1 > left for other in blocks for row in other
    )


def _continues(above: Paragraph, below: Paragraph) -> bool:
    if above.is_table or below.is_table or abs(above.size - below.size) > _OTHER_SIZE * above.size:
        return False
    return not above.ends_sentence and (below.goes_on or above.rows[-1].text.endswith("-"))
