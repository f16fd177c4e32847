"""Papers side by side: a row a field, a column a paper, what differs between two of them marked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from realist.domain.differing import Range, differing
from realist.text import cell_width, line, pad, shorten, wrap
from tui.widgets.lines import Span
from tui.widgets.paper_list import SIGNS

if TYPE_CHECKING:
    from tui.gateway.same import Side

NAME, GAP = 11, 3
LEAST, FEWEST = 30, 2
"""No column is narrower, unless fewer than two would be seen."""
FIELDS = (
    ("title", "title", 1000), ("authors", "authors", 600), ("year", "year", 20), ("journal", "journal", 300),
    ("volume", "volume", 60), ("issue", "issue", 60), ("pages", "pages", 60), ("doi", "DOI", 120),
    ("pmid", "PMID", 60), ("type", "type", 60),
)  # fmt: skip
"""Field, what it is called, and how much of it is shown."""
ABSTRACT = ("abstract", "abstract", 600)
_LOOKED_AT = 20_000


class Cell(NamedTuple):
    """A value of a paper, and what of it the other paper has not."""

    text: str
    ranges: Sequence[Range] = ()
    style: str = ""


class Field(NamedTuple):
    """A row: its name, ``=`` or ``≠`` for the first two papers ("" where one lacks the value), its cells."""

    name: str
    sign: str
    cells: tuple[Cell, ...]


def shown(field: str, value: str) -> str:
    """Return a value as it stands on one line; equal letters that are written in two ways become one."""
    text = value[:_LOOKED_AT].replace("\n", "; ") if field == "authors" else value[:_LOOKED_AT]
    return unicodedata.normalize("NFC", line(text))


def compared(sides: Sequence[Side]) -> list[Field]:
    """Return the rows of papers: the first two beside each other, later ones beside the first."""
    found = [*_fields(sides, FIELDS)]
    found += [_own("from", [_sources(side) for side in sides])]
    found += [_own("decided", [_decided(side) for side in sides])]
    if any(side.parts for side in sides):
        found.append(_own("joined", [_parts(side) for side in sides]))
    return [*found, *_fields(sides, (ABSTRACT,))]


def _fields(sides: Sequence[Side], of: Sequence[tuple[str, str, int]]) -> Iterator[Field]:
    """Yield the rows of the fields that at least one paper has."""
    for field, name, longest in of:
        values = [shown(field, side.fields[field]) for side in sides]
        if any(values):
            yield _field(name, values, longest)


def _field(name: str, values: Sequence[str], longest: int) -> Field:
    cut = [shorten(value, longest) for value in values]
    marks: list[Sequence[Range]] = [()] * len(values)
    for place in range(1, len(values)):
        if values[0] and values[place]:
            first, marks[place] = _marks(values[0], values[place], cut[0], cut[place])
            marks[0] = first if place == 1 else marks[0]
    known = len(values) > 1 and values[0] and values[1]
    sign = ("=" if values[0] == values[1] else "≠") if known else ""
    cells = (
        Cell(text, of) if text else Cell("–", style="muted") for text, of in zip(cut, marks, strict=True)
    )
    return Field(name, sign, tuple(cells))


def _marks(one: str, other: str, cut: str, other_cut: str) -> tuple[Sequence[Range], Sequence[Range]]:
    """Return what differs of what is shown; what differs only further on is marked at the dots."""
    if one == other:
        return (), ()
    ours, theirs = differing(cut, other_cut)
    if not (ours or theirs):
        return [Range(len(cut) - 1, len(cut))], [Range(len(other_cut) - 1, len(other_cut))]
    return ours, theirs


def _own(name: str, texts: Sequence[str]) -> Field:
    return Field(name, "", tuple(Cell(text) if text else Cell("–", style="muted") for text in texts))


def _sources(side: Side) -> str:
    found = [f"{shorten(name, 60)}{f' ({n} records)' if n > 1 else ''}" for name, n in side.sources]
    by = f" by {shorten(side.supplied_by, 40)}" if side.supplied_by else ""
    return " · ".join(found) or f"added by hand{by}"


def _decided(side: Side) -> str:
    of = side.line
    words = [SIGNS[of.state].text or "not screened"]
    words += [f"{of.evidence:,} claim{'' if of.evidence == 1 else 's'}"] if of.evidence else []
    words += [f"{of.boxes:,} box{'' if of.boxes == 1 else 'es'}"] if of.boxes else []
    words += [f"tags: {', '.join(shorten(tag, 30) for tag in of.tags[:8])}"] if of.tags else []
    return " · ".join(words)


def _parts(side: Side) -> str:
    few = [f"#{number} {shorten(name, 40)}" for _, number, name in side.parts[:8]]
    more = [f"{len(side.parts) - 8:,} more"] if len(side.parts) > 8 else []
    return " · ".join([*few, *more])


def name_of(side: Side) -> str:
    """Return a paper's number and what it is called."""
    of = side.line
    return f"#{of.number} {line((of.label or of.title or of.doi)[:500])}"


# -- set for a width ------------------------------------------------------------------------------------


def columns(width: int, papers: int) -> tuple[int, int]:
    """Return how many of *papers* are seen at once in *width* columns, and how wide each is."""
    room = width - NAME
    most = max((room + GAP) // (LEAST + GAP), FEWEST)
    many = max(min(papers, most), 1)
    return many, max((room - GAP * (many - 1)) // many, 4)


def heading(sides: Sequence[Side], width: int, left: int, here: int) -> list[Span]:
    """Return the line with the papers' names, from the one at *left* on; *here* is under the cursor."""
    many, wide = columns(width, len(sides))
    stop = min(left + many, len(sides))
    sign = f"{f'‹{left}' if left else '':<3}{f'{len(sides) - stop}›' if stop < len(sides) else ''}"
    spans = [Span(pad(sign, NAME), "accent")]
    for place in range(left, stop):
        spans += [Span(" " * GAP)] if place > left else []
        own = place == here
        name = pad(f"{'▸' if own else ' '}{name_of(sides[place])}", wide)
        spans.append(Span(name, "mark" if own else "heading"))
    return spans


def rows(fields: Sequence[Field], width: int, left: int) -> Iterator[list[Span]]:
    """Yield the lines of rows, the papers from *left* on in as many columns as fit."""
    papers = len(fields[0].cells) if fields else 0
    many, wide = columns(width, papers)
    for name, sign, cells in fields:
        set_ = [_set(cell, wide) for cell in cells[left : left + many]]
        for place in range(max(map(len, set_), default=0)):
            first = place == 0
            spans = [Span(pad(name if first else "", NAME - 2), "muted")]
            spans.append(Span(pad(sign if first else "", 2), "accent" if sign == "≠" else "muted"))
            for column, lines in enumerate(set_):
                spans += [Span(" │ ", "muted")] if column else []
                row = lines[place] if place < len(lines) else []
                spans += row
                spans.append(Span(" " * (wide - sum(cell_width(text) for text, _ in row))))
            yield spans


def _set(cell: Cell, width: int) -> list[list[Span]]:
    """Return a cell in lines of at most *width* columns, its ranges marked."""
    found, at = [], 0
    for text in wrap(cell.text, width):
        at = max(cell.text.find(text, at), at)
        found.append(list(_marked(cell, at, at + len(text))))
        at += len(text)
    return found


def _marked(cell: Cell, start: int, end: int) -> Iterator[Span]:
    at = start
    for begins, ends in cell.ranges:
        one, two = max(begins, start), min(ends, end)
        if one < two:
            if at < one:
                yield Span(cell.text[at:one], cell.style)
            yield Span(cell.text[one:two], "mark")
            at = two
    if at < end:
        yield Span(cell.text[at:end], cell.style)
