"""What is exported, as plain values: documents of headings, text, frames and tables.

Whoever has something to export builds a :class:`Document`; :mod:`realist.exports.writing` writes it in any
format. Nothing here knows of formats or of the database. All text is taken as hostile by the writers: values
need no escaping.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil
from typing import Any, NamedTuple, TypeAlias

WIDEST = 20
"""Where paper is printed on, a table of more columns than this is set in several, by groups of columns."""


class Holds(StrEnum):
    """What the cells of a column hold, by which writers set them."""

    SIGNS = "signs"
    NUMBERS = "numbers"
    WORDS = "words"


class Style(StrEnum):
    """How a paragraph is set; word processors know these by the names of their styles."""

    TEXT = "text"
    NOTE = "note"
    CHAIN = "chain"
    QUOTE = "quote"


class Piece(NamedTuple):
    """One thing that stands behind a cell: a claim, a box, a reading, what somebody said.

    ``words`` are the reviewer's, ``quotation`` the source's, ``place`` its page; ``mark`` is a stance,
    valence or result. ``quotes`` says that words of a source belong here, so that their absence is worth
    saying.
    """

    kind: str
    mark: str = ""
    words: str = ""
    quotation: str = ""
    place: str = ""
    paper: str = ""
    by: str = ""
    uid: str = ""
    quotes: bool = True

    def sentence(self) -> str:
        """Return it in one line: what it is, the words, where they stand, who recorded it."""
        about = self.kind + (f", {self.mark}" if self.mark else "")
        said = " — ".join(filter(None, (self.words, f"“{self.quotation}”" if self.quotation else "")))
        where = ", ".join(filter(None, (self.paper, self.place)))
        missing = "no words quoted" if self.quotes and not self.quotation else ""
        end = "; ".join(filter(None, (where, missing, self.by)))
        return f"{about}: {said}" + (f" ({end})" if end else "") if said else f"{about} ({end})"


class Behind(NamedTuple):
    """What a cell leads to: the names of its row and its column, and the pieces."""

    row: str
    column: str
    pieces: tuple[Piece, ...]


class Cell(NamedTuple):
    """A cell. ``text`` is what a machine reads; ``sign`` what people see, None where that is the text.

    ``number`` is set where the cell is a number, ``state`` where it is one of known states; ``behind`` is a
    key of the table's ``behind``, "" where nothing stands behind.
    """

    text: str = ""
    sign: str | None = None
    number: int | float | None = None
    state: str = ""
    behind: str = ""

    @property
    def shown(self) -> str:
        """What people see."""
        return self.text if self.sign is None else self.sign


EMPTY = Cell()


class Column(NamedTuple):
    """A column. ``field`` is its name for machines, ``group`` the heading that it shares with its neighbours.

    ``sum`` marks what counts the columns before it: it stays at the end. ``share`` is how wide it wants to be
    beside other columns of words.
    """

    name: str
    uid: str = ""
    holds: Holds = Holds.WORDS
    group: str = ""
    field: str = ""
    note: str = ""
    sum: bool = False
    share: float = 1.0


class Row(NamedTuple):
    """A row: a cell for each column. ``field`` is its name for machines."""

    name: str
    cells: Sequence[Cell]
    uid: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``corner`` names what stands in the headings of rows, "" where rows have none.

    ``foot`` are sums and remarks below, with a cell for each column; ``notes`` the legend; ``key`` makes
    anchors and names of sheets, and is unique in its document.
    """

    key: str
    title: str
    corner: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    foot: Sequence[Row] = ()
    notes: Sequence[str] = ()
    behind: Mapping[str, Behind] = field(default_factory=dict)
    sources: str = "What stands behind each cell"

    @property
    def grouped(self) -> bool:
        """Whether any column stands under a heading with others."""
        return any(column.group for column in self.columns)


class Heading(NamedTuple):
    """A heading, from level 1 below the title."""

    text: str
    level: int = 1


class Text(NamedTuple):
    """A paragraph; ``name`` stands before it, marked."""

    text: str
    style: Style = Style.TEXT
    name: str = ""


class Frame(NamedTuple):
    """Something set apart under a title: a box as journals print them."""

    key: str
    title: str
    parts: Sequence[Text]


Part: TypeAlias = Heading | Text | Frame | Table


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds. ``about`` says below the title what it was made from.

    ``data`` is what a file of JSON holds instead of the parts, where scripts know that shape already.
    """

    title: str
    parts: Sequence[Part]
    about: Sequence[str] = ()
    data: Any = None

    @property
    def tables(self) -> list[Table]:
        """The tables, in order."""
        return [part for part in self.parts if isinstance(part, Table)]


class Block(NamedTuple):
    """Some columns of a table, by place; ``said`` tells which, "" where they are all."""

    places: tuple[int, ...]
    said: str


def blocks(table: Table, at_most: int = WIDEST) -> list[Block]:
    """Return the columns of *table* in blocks of *at_most*; groups stay together, sums come with the last.

    Without groups the blocks are about equally wide.
    """
    sums = tuple(place for place, column in enumerate(table.columns) if column.sum)
    others = [place for place, column in enumerate(table.columns) if not column.sum]
    if len(others) <= at_most:
        return [Block(tuple(range(len(table.columns))), "")]
    if table.grouped:
        found = list(_by_group(table, others, at_most))
    else:
        size = ceil(len(others) / ceil(len(others) / at_most))
        found = [tuple(others[start : start + size]) for start in range(0, len(others), size)]
    ranks = {place: rank for rank, place in enumerate(others, 1)}
    return [
        Block(
            places + (sums if places is found[-1] else ()),
            f"columns {ranks[places[0]]} to {ranks[places[-1]]} of {len(others)}",
        )
        for places in found
    ]


def _by_group(table: Table, places: Sequence[int], at_most: int) -> Iterator[tuple[int, ...]]:
    held: list[int] = []
    for group in _runs(table, places):
        if held and len(held) + len(group) > at_most:
            yield tuple(held)
            held = []
        held += group
        while len(held) > at_most:
            yield tuple(held[:at_most])
            held = held[at_most:]
    if held:
        yield tuple(held)


def _runs(table: Table, places: Sequence[int]) -> list[list[int]]:
    """Return places that stand under one heading together, and others alone."""
    found: list[list[int]] = []
    before = ""
    for place in places:
        group = table.columns[place].group
        if group and group == before:
            found[-1].append(place)
        else:
            found.append([place])
        before = group
    return found


def headings(table: Table, places: Sequence[int]) -> list[tuple[str, int]]:
    """Return the headings of groups over these columns, with how many each spans; "" where there is none."""
    return [(table.columns[run[0]].group, len(run)) for run in _runs(table, places)]
