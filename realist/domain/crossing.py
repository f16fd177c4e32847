"""Cross-case tables: statements counted by two things that are known of each.

A statement is a coding, a part of a box or a piece of evidence. It can have several values of one thing (a
part tagged with two mechanisms) and counts under each; sums count it once. Of what is not stated there is a
row, or column, of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from realist.errors import WrongUse
from realist.text import fold, line, shorten

KINDS = ("coding", "element", "evidence")
"""The kinds of statements."""
BY = (
    "site", "paper", "study", "code", "dimension", "mechanism", "context", "outcome", "kind", "valence",
    "stance", "country", "year",
)  # fmt: skip
"""What statements are counted by."""
OF_PAPERS = ("field", "appraisal")
"""What is known of papers and has a name of its own: a field of a form, a dimension of appraisal."""
_OF_CODES, _ANSWERED = ("code", "dimension"), {"stance": ("evidence",), "kind": ("element",)}
SIGNS = {"+": "+", "-": "−", "±": "±", "0": "="}
"""How valences are written in a cell; what has none comes last, after a question mark."""


class By(NamedTuple):
    """What a table is by: one of BY, or of OF_PAPERS with a name."""

    what: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.what}:{self.name}" if self.name else self.what


def read_by(text: str) -> By:
    """Return what *text* asks a table to be by. Raises WrongUse."""
    what, colon, name = line(text).partition(":")
    if what in OF_PAPERS and line(name):
        return By(what, line(name))
    if what in BY and not colon:
        return By(what)
    known = ", ".join([*BY, "field:KEY, appraisal:NAME"])
    raise WrongUse(f"{shorten(text, 40)!r} is nothing that can be counted by: use one of {known}.")


def usual(*by: By) -> tuple[str, ...]:
    """Return which statements a table counts where nobody says: what has the things that it is by."""
    asked = {one.what for one in by}
    if asked & set(_OF_CODES):
        return ("coding",)
    return next((kinds for what, kinds in _ANSWERED.items() if what in asked), KINDS)


class Value(NamedTuple):
    """A row or column: ``key`` tells it from all others; ``uid``, where it is a thing of the review."""

    key: str
    name: str
    uid: str = ""


NOT_STATED = Value("", "not stated")


class Quote(NamedTuple):
    """The words behind a statement, and where they stand; ``said`` is false where they are a reviewer's."""

    words: str
    paper: str
    place: str
    said: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """What is counted: its papers (uids), its valence ("" for none), its values by what the table is by."""

    kind: str
    uid: str
    papers: tuple[str, ...] = ()
    valence: str = ""
    values: Mapping[By, tuple[Value, ...]] = field(default_factory=dict)
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """What rows or columns are by, with the values known beforehand, in order.

    Those that no statement has are shown when *whole*: a code that nobody used, a level that no paper has.
    """

    by: By
    known: tuple[Value, ...] = ()
    whole: bool = False


@dataclass(slots=True)
class Cell:
    """The statements of a cell, or of a whole row or column, each once."""

    statements: list[Statement] = field(default_factory=list)

    @property
    def n(self) -> int:
        """How many statements there are."""
        return len(self.statements)

    @property
    def papers(self) -> list[str]:
        """The papers that they are of, each once, in order."""
        return list(dict.fromkeys(paper for one in self.statements for paper in one.papers))

    @property
    def valences(self) -> Counter[str]:
        """How many have which valence; "" is not stated."""
        return Counter(one.valence for one in self.statements)


@dataclass(frozen=True, slots=True)
class Table:
    """A cross-case table. A cell without statements is not in ``cells``.

    Where its row and its column have statements, it says that there is none; else it says nothing.
    """

    by_rows: By
    by_columns: By
    rows: tuple[Value, ...]
    columns: tuple[Value, ...]
    cells: Mapping[tuple[str, str], Cell]
    of_rows: Mapping[str, Cell]
    of_columns: Mapping[str, Cell]
    all: Cell

    def empty(self, row: Value, column: Value) -> bool:
        """Whether a cell without statements says that there is none, and not that nothing is known."""
        return bool(self.of_rows[row.key].n and self.of_columns[column.key].n)


def cross(statements: Iterable[Statement], rows: Axis, columns: Axis) -> Table:
    """Return the table of *statements* by two axes."""
    counted = list(statements)
    found: dict[tuple[str, str], Cell] = {}
    everything = Cell(counted)
    shown = _Shown(rows, counted), _Shown(columns, counted)
    of_rows = {value.key: Cell() for value in shown[0].values}
    of_columns = {value.key: Cell() for value in shown[1].values}
    for one in counted:
        of = [list(dict.fromkeys(_keys(one, axis.by))) for axis in (rows, columns)]
        for row in of[0]:
            of_rows[row].statements.append(one)
            for column in of[1]:
                found.setdefault((row, column), Cell()).statements.append(one)
        for column in of[1]:
            of_columns[column].statements.append(one)
    return Table(
        rows.by, columns.by, shown[0].values, shown[1].values, found, of_rows, of_columns, everything
    )


def _keys(one: Statement, by: By) -> Iterator[str]:
    values = one.values.get(by, ()) or (NOT_STATED,)
    return (value.key for value in values)


class _Shown:
    """The values that an axis shows, in order: known ones first, others by name, not stated last."""

    def __init__(self, axis: Axis, statements: Sequence[Statement]) -> None:
        there = {value.key: value for one in statements for value in one.values.get(axis.by, ())}
        known = [value for value in axis.known if axis.whole or value.key in there]
        listed = {value.key for value in known}
        others = [value for key, value in there.items() if key not in listed and key != NOT_STATED.key]
        others.sort(key=lambda value: (fold(value.name), value.name, value.key))
        missing = any(not one.values.get(axis.by) for one in statements) or NOT_STATED.key in there
        self.values = (*known, *others, *([NOT_STATED] if missing else []))


def signed(cell: Cell) -> str:
    """Return how many statements of a cell have which valence: ``+3 −1 ±1 =2``, ``?4`` without any."""
    of = cell.valences
    known = [f"{sign}{of[word]}" for word, sign in SIGNS.items() if of[word]]
    other = sum(n for word, n in of.items() if word not in SIGNS)
    return " ".join([*known, *([f"?{other}"] if other else [])])
