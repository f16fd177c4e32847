"""The evidence grid: asking for it, arranging it, writing into its cells, exporting what is shown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from realist.domain.filtering import read_filter
from realist.errors import Ambiguous, NotFound, Refused
from realist.exports.arranging import arranged, turned
from realist.exports.grid import MODES, grid_csv, grid_json, grid_text
from realist.queries import theory
from realist.queries.filters import matching
from realist.queries.grid import Cell, Grid, evidence_grid
from realist.queries.naming import resolve
from realist.queries.sets import included_sets
from realist.queries.voices import voices
from realist.services import evidence
from realist.text import fold, line
from realist.vocabulary import CellState, ReadingResult, Stance
from tui.gateway.files import write_new
from tui.gateway.matrix import Matrix

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

ALL = "*"
"""Instead of the uid of a list or set: none, every mechanism or paper."""
_RANK = {CellState.PRESENT: 0, CellState.NOT_RECOVERABLE: 1, CellState.NONE: 2, CellState.NOT_LOOKED: 3}


class Answer(NamedTuple):
    """The grid as the review has it, and what people said of its mechanisms."""

    grid: Grid
    voices: dict[str, Counter[str]]


class Choice(NamedTuple):
    """A list or set to choose: its uid, its name, and how much stands in it."""

    uid: str
    name: str
    note: str


class Order(NamedTuple):
    """By what rows or columns are sorted: a uid of the other side, or "" for n."""

    uid: str
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How the grid is looked at. The two orders are of papers and of mechanisms, however it is turned."""

    mode: str = MODES[0]
    turned: bool = False
    papers_by: Order | None = None
    mechanisms_by: Order | None = None
    papers: frozenset[str] | None = None


class Fitting(NamedTuple):
    """The papers that a filter lets through, None where it lets all; what was not understood of it."""

    papers: frozenset[str] | None
    problems: tuple[str, ...]


def ask(gate: Gateway, of_list: str = "", of_set: str = "", before: bool = False) -> Answer:
    """Return the grid of a list by a set; "" is the review's choice, ALL is everything.

    With *before*, as if nothing had been merged or split.

    A list or set that is gone meanwhile gives the review's choice.
    """

    def read(connection: Connection) -> Answer:
        chosen = {kind: _known(connection, kind, uid) for kind, uid in (("list", of_list), ("set", of_set))}
        grid = evidence_grid(
            connection, of_list=chosen["list"], of_set=chosen["set"], before=before, viewer=gate.person
        )
        return Answer(grid, voices(connection))

    return gate.read(read)


def _known(connection: Connection, kind: str, uid: str) -> str | None:
    if uid in ("", ALL):
        return None if uid == ALL else ""
    try:
        return resolve(connection, kind, uid)
    except NotFound:
        return ""


def lists(gate: Gateway) -> list[Choice]:
    """Return the mechanism lists to choose from."""
    rows = gate.read(theory.lists)
    return [Choice(row["uid"], row["name"], _many(len(row["items"]), "mechanism")) for row in rows]


def sets(gate: Gateway) -> list[Choice]:
    """Return the included sets to choose from."""
    rows = gate.read(lambda connection: included_sets(connection, viewer=gate.person))
    return [Choice(row.uid, row.name, _many(len(row.members), "paper")) for row in rows]


def _many(n: int, what: str) -> str:
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


def fitting(gate: Gateway, answer: Answer, text: str) -> Fitting:
    """Return the papers that *text* lets through: as in the list of papers, and by words of the label."""
    filter_ = read_filter(text)
    if filter_.empty:
        return Fitting(None, filter_.problems)
    found = set(gate.read(lambda connection: matching(connection, filter_, viewer=gate.person)))
    if not filter_.fields:
        words = fold(text).split()
        found |= {row.uid for row in answer.grid.rows if _holds(fold(row.label[:2000]), words)}
    return Fitting(frozenset(found), filter_.problems)


def _holds(label: str, words: Sequence[str]) -> bool:
    return bool(words) and all(word in label for word in words)


def shown(answer: Answer, look: Look) -> Grid:
    """Return the grid as it is looked at, papers in the rows."""
    grid = answer.grid
    if look.papers is not None:
        grid = arranged(grid, papers=[row.uid for row in grid.rows if row.uid in look.papers])
    papers = mechanisms = None
    if order := look.papers_by:
        ranks = {row.uid: _rank(row.n, row.cells.get(order.uid), order) for row in grid.rows}
        papers = sorted(ranks, key=ranks.__getitem__, reverse=order.backwards)
    if order := look.mechanisms_by:
        row = next((row for row in grid.rows if row.uid == order.uid), None)
        cells = row.cells if row else {}
        ranks = {of.uid: _rank(of.n, cells.get(of.uid), order) for of in grid.columns}
        mechanisms = sorted(ranks, key=ranks.__getitem__, reverse=order.backwards)
    return arranged(grid, papers=papers, mechanisms=mechanisms) if papers or mechanisms else grid


def _rank(n: int, cell: Cell | None, order: Order) -> tuple[int, int]:
    """Return what to sort by: what is present first, and of that what holds most; or the highest n first."""
    if not order.uid:
        return 0, -n
    if cell is None:
        return _RANK[CellState.NOT_LOOKED], 0
    return _RANK[cell.state], -cell.claims - len(cell.configurations)


def matrix(answer: Answer, look: Look) -> Matrix:
    """Return the grid as it is looked at, as strings ready to be drawn."""
    grid = shown(answer, look)
    if look.turned:
        return Matrix(turned(grid), look.mode, answer.voices)
    return Matrix(grid, look.mode, answer.voices, answer.grid.rows)


def after(mode: str) -> str:
    """Return the mode that follows *mode*."""
    return MODES[(MODES.index(mode) + 1) % len(MODES)]


def export(answer: Answer, look: Look, name: str) -> str:
    """Write exactly what is looked at into a new file: .csv, .json, any other as text; return a sentence.

    JSON has papers in its rows in any case, as scripts expect it.
    """
    grid, ending = shown(answer, look), line(name).lower().rpartition(".")[2]
    if ending == "json":
        return write_new(name, json.dumps(grid_json(grid), indent=2, ensure_ascii=False) + "\n")
    grid = turned(grid) if look.turned else grid
    if ending == "csv":
        return write_new(name, grid_csv(grid, look.mode), encoding="utf-8-sig")
    return write_new(name, grid_text(grid, look.mode, 120))


# -- writing into a cell ------------------------------------------------------------------------------------

RESULTS = tuple(str(result) for result in ReadingResult)
STANCES = tuple(str(stance) for stance in Stance)


class Place(NamedTuple):
    """A cell: its paper and its mechanism, with their names for the log."""

    paper: str
    paper_name: str
    mechanism: str
    mechanism_name: str


def add_reading(desk: Desk, place: Place, values: dict[str, str]) -> str:
    """Record what reading the paper for the mechanism gave; return the uid."""
    paper, mechanism = _spoken(desk, place)
    result = ReadingResult(values["result"])
    return evidence.add_reading(desk, paper, result, mechanism=mechanism, note=values["note"])


def add_claim(desk: Desk, place: Place, values: dict[str, str]) -> str:
    """Record a piece of evidence of the paper on the mechanism; return the uid."""
    if not line(values["claim"]) and not line(values["quotation"]):
        raise Refused("Evidence needs a claim in your words, or a quotation.")
    paper, mechanism = _spoken(desk, place)
    stance = Stance(values["stance"])
    texts: dict[str, Any] = {name: values[name] for name in ("claim", "quotation", "locator", "topic")}
    return evidence.add_evidence(desk, paper, stance=stance, mechanism=mechanism, **texts)


def _spoken(desk: Desk, place: Place) -> tuple[str, str]:
    """Return what the log calls the two: their names where these mean nothing else, else their uids."""
    with desk.store.read() as connection:
        return (
            _named(connection, "paper", place.paper, place.paper_name),
            _named(connection, "mechanism", place.mechanism, place.mechanism_name),
        )


def _named(connection: Connection, kind: str, uid: str, name: str) -> str:
    try:
        return name if resolve(connection, kind, name) == uid else uid
    except (NotFound, Ambiguous):
        return uid
