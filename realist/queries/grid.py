"""The evidence grid: derived from evidence, boxes, tags, excerpts and readings each time it is asked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Text, func, select, type_coerce

from realist.queries.extractions import counted, seen
from realist.queries.grouping import Grouping, paper_grouping
from realist.queries.naming import resolve
from realist.queries.sets import included_sets, labels
from realist.queries.standing import Standing, standing
from realist.queries.ways import from_boxes
from realist.store.tables import (
    Configuration,
    Element,
    Evidence,
    Mechanism,
    MechanismFate,
    MechanismList,
    MechanismListItem,
    Reading,
    ReportedCount,
    Review,
)
from realist.store.tables.base import stamp
from realist.text import fold
from realist.vocabulary import (
    CellState,
    ConfigurationStatus,
    CountOf,
    ElementKind,
    Fate,
    ReadingResult,
    Stance,
)

_SYNTHESISED = (ConfigurationStatus.SYNTHESISED, ConfigurationStatus.REFINED)
_WITHIN, _BETWEEN = "\x1f", "\x1e"
"""What stands between the parts of a reading, and between readings: one row a paper is read in a third of the
time that one row a reading takes."""
_ORDER = {str(stance): place for place, stance in enumerate(Stance)}


@dataclass(frozen=True, slots=True)
class Reported:
    """A number printed by the source; ``value`` is None where it gives none."""

    value: int | None
    qualifier: str
    source: str


@dataclass(slots=True)
class Cell:
    """What a paper holds on a mechanism. ``claims`` counts pieces of evidence."""

    state: CellState
    stances: list[str] = field(default_factory=list)
    configurations: list[str] = field(default_factory=list)
    claims: int = 0


_OF_READING: dict[str, Cell] = {
    ReadingResult.NONE: Cell(CellState.NONE),
    ReadingResult.NOT_RECOVERABLE: Cell(CellState.NOT_RECOVERABLE),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A mechanism in the grid; ``n`` counts the papers present, ``reported`` is what the source prints."""

    uid: str
    number: int
    name: str
    kind: str
    n: int
    reported: Reported | None
    note: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A paper in the grid; cells in the default state are left out."""

    uid: str
    label: str
    n: int
    reported: Reported | None
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """Mechanism by paper, with what its rows and columns are called.

    ``turned`` says that papers stand in the columns: see :mod:`realist.exports.arranging`; ``before`` that
    everything stands under what it was given to.
    """

    columns: list[Column]
    rows: list[GridRow]
    of_set: str
    of_list: str
    outcomes: dict[str, list[str]]
    turned: bool = False
    before: bool = False


def evidence_grid(
    connection: Connection,
    *,
    of_list: str | None = "",
    of_set: str | None = "",
    before: bool = False,
    viewer: str = "",
) -> Grid:
    """Return the grid of a mechanism list by an included set: "" those that the review chose, None without.

    Without a list: the mechanisms that were not dropped, parked or merged into one; one that was merged
    into several stays as long as evidence waits under it. Without a set: every paper that something was
    recorded of. What a list names and what went into others shows its own where it stands in no column now.
    With *before*, everything stands under what it was given to, as if nothing was ever merged or split.
    A set holds what *viewer* may see that it holds. Of extractions, only what *viewer* may see counts, and
    what no consensus counts in place of.
    """
    papers, at = paper_grouping(connection), standing(connection)
    columns, list_name = _columns(connection, of_list, at, before)
    shown = {column.uid for column in columns}
    if list_name:
        at = at.within(shown)
    cells: dict[str, dict[str, Cell]] = defaultdict(dict)
    _fill(connection, cells, papers, at.as_given() if before else at, viewer)
    merged = at.whole()
    own = [column for column in columns if before or column.uid not in merged]
    _read(connection, cells, papers, own, viewer)
    if not list_name and not before:
        columns = [row for row in columns if not row.into or _holds(cells, row.uid)]
        shown = {column.uid for column in columns}
    rows, set_name = _rows(connection, of_set, cells, viewer)
    kept = {row: _shown(cells[row], shown) if row in cells else {} for row in rows}
    of_columns, of_rows = _counted(kept)
    names = labels(connection, list(rows))
    reported = _reported(connection)
    return Grid(
        columns=[
            Column(
                row.uid,
                row.number,
                row.name,
                row.kind,
                of_columns[row.uid],
                reported.get(row.uid),
                _note(row),
            )
            for row in columns
        ],
        rows=[GridRow(uid, names[uid], of_rows[uid], reported.get(uid), kept[uid]) for uid in rows],
        of_set=set_name,
        of_list=list_name,
        outcomes=_outcomes(connection, viewer),
        before=before,
    )


def _shown(of_paper: dict[str, Cell], shown: set[str]) -> dict[str, Cell]:
    if of_paper.keys() <= shown:
        return of_paper
    return {of: cell for of, cell in of_paper.items() if of in shown}


def _counted(kept: dict[str, dict[str, Cell]]) -> tuple[Counter[str], Counter[str]]:
    """How many papers are present in each column, and in how many columns each paper is."""
    columns, rows = Counter[str](), Counter[str]()
    for paper, of_paper in kept.items():
        here = [of for of, cell in of_paper.items() if cell.state is CellState.PRESENT]
        rows[paper] = len(here)
        columns.update(here)
    return columns, rows


@dataclass(frozen=True, slots=True)
class _Mechanism:
    uid: str
    number: int
    name: str
    kind: str
    note: str
    at: datetime
    into: tuple[str, ...]


def _note(row: _Mechanism) -> str:
    merged = f"merged into {', '.join(row.into)}" if row.into else ""
    return "; ".join(filter(None, (row.note, merged)))


def _columns(
    connection: Connection, of_list: str | None, at: Standing, before: bool
) -> tuple[list[_Mechanism], str]:
    found = connection.execute(
        select(Mechanism.uid, Mechanism.number, Mechanism.name, Mechanism.kind, Mechanism.note, Mechanism.at)
        .order_by(Mechanism.number)
    ).all()  # fmt: skip
    names = {row.uid: row.name for row in found}
    everything = {
        row.uid: _Mechanism(*row, into=tuple(names[uid] for uid in at.into.get(row.uid, ()))) for row in found
    }
    chosen = None if of_list is None else connection.execute(select(Review.grid_list)).scalar()
    uid = resolve(connection, "list", of_list) if of_list else chosen
    if uid:
        items = connection.execute(
            select(MechanismListItem.mechanism)
            .where(MechanismListItem.mechanism_list == uid, MechanismListItem.mechanism.is_not(None))
            .order_by(MechanismListItem.position)
        ).scalars()
        name = connection.execute(select(MechanismList.name).where(MechanismList.uid == uid)).scalar_one()
        return [everything[item] for item in dict.fromkeys(items) if item], str(name)
    if before:
        return list(everything.values()), ""
    fates: dict[str, str] = {}
    for row in connection.execute(
        select(MechanismFate.mechanism, MechanismFate.fate).order_by(MechanismFate.at, MechanismFate.uid)
    ):
        fates[row.mechanism] = row.fate
    gone = {uid for uid, fate in fates.items() if fate in (Fate.DROPPED, Fate.PARKED)}
    gone |= {uid for uid, into in at.into.items() if len(into) == 1}
    return [row for uid, row in everything.items() if uid not in gone], ""


def _fill(
    connection: Connection,
    cells: dict[str, dict[str, Cell]],
    papers: Grouping,
    at: Standing,
    viewer: str,
) -> None:
    """Mark every cell that something stands in (invariant 1), with what it holds, as things stand *at* it."""
    pieces = select(Evidence.paper, Evidence.uid, Evidence.mechanism, Evidence.stance).where(
        Evidence.mechanism.is_not(None), counted(Evidence, viewer)
    )
    for paper, uid, mechanism, stance in connection.execute(pieces).all():
        for under in at.now("evidence", uid, mechanism or ""):
            cell = _present(cells, papers[paper], under)
            cell.claims += 1
            if stance not in cell.stances:
                cell.stances.append(stance)
    for paper, mechanism, configuration in from_boxes(connection, at=at, viewer=viewer):
        cell = _present(cells, papers[paper], mechanism)
        if configuration not in cell.configurations:
            cell.configurations.append(configuration)
    for of_paper in cells.values():
        for cell in of_paper.values():
            cell.stances.sort(key=lambda stance: _ORDER.get(stance, len(_ORDER)))


def _holds(cells: dict[str, dict[str, Cell]], mechanism: str) -> bool:
    found = (of_paper.get(mechanism) for of_paper in cells.values())
    return any(cell is not None and cell.state is CellState.PRESENT for cell in found)


def _present(cells: dict[str, dict[str, Cell]], paper: str, mechanism: str) -> Cell:
    of_paper = cells[paper]
    found = of_paper.get(mechanism)
    if found is None:
        found = of_paper[mechanism] = Cell(CellState.PRESENT)
    return found


def _read(
    connection: Connection,
    cells: dict[str, dict[str, Cell]],
    papers: Grouping,
    columns: Sequence[_Mechanism],
    viewer: str,
) -> None:
    """Fill cells where nothing stands with what the latest reading says."""
    since = {column.uid: stamp(column.at) for column in columns}
    of_paper: dict[str, list[str]] = defaultdict(list)
    parts = (type_coerce(Reading.at, Text), Reading.uid, func.coalesce(Reading.mechanism, ""), Reading.result)
    said = parts[0] + _WITHIN + parts[1] + _WITHIN + parts[2] + _WITHIN + parts[3]
    together = func.aggregate_strings(said, _BETWEEN)
    rows = select(Reading.paper, together).where(counted(Reading, viewer)).group_by(Reading.paper)
    for paper, texts in connection.execute(rows):
        of_paper[papers.get(paper, paper)] += texts.split(_BETWEEN)
    for paper, pieces in of_paper.items():
        held = cells[paper]  # a paper that was read is a row, also when what was found is not recorded yet
        for piece in sorted(pieces):  # in the order of time
            fields = piece.split(_WITHIN, 3)
            if len(fields) < 4:  # torn by a result that is no word of ours
                continue
            at, _, mechanism, result = fields
            cell = _OF_READING.get(result)
            for of in (mechanism,) if mechanism else [of for of, made in since.items() if made <= at]:
                before = held.get(of)
                if before is not None and before.state is CellState.PRESENT:
                    continue
                if cell is not None:
                    held[of] = cell
                elif before is not None:
                    del held[of]


def _rows(
    connection: Connection, of_set: str | None, cells: dict[str, dict[str, Cell]], viewer: str
) -> tuple[tuple[str, ...], str]:
    sets = {row.uid: row for row in included_sets(connection, viewer=viewer)}
    chosen = None if of_set is None else connection.execute(select(Review.grid_set)).scalar()
    uid = resolve(connection, "set", of_set) if of_set else chosen
    if uid:
        return sets[uid].members, sets[uid].name
    names = labels(connection, list(cells))
    return tuple(sorted(names, key=lambda paper: (fold(names[paper]), paper))), ""


def _reported(connection: Connection) -> dict[str, Reported]:
    found: dict[str, Reported] = {}
    for row in connection.execute(
        select(
            ReportedCount.mechanism, ReportedCount.paper, ReportedCount.value, ReportedCount.qualifier,
            ReportedCount.source,
        )
        .where(ReportedCount.counts.in_((CountOf.PAPERS, CountOf.TICKS)))
        .order_by(ReportedCount.position)
    ):  # fmt: skip
        if of := row.mechanism or row.paper:
            found[of] = Reported(row.value, row.qualifier, row.source)
    return found


def _outcomes(connection: Connection, viewer: str) -> dict[str, list[str]]:
    """Return for each box the valences of its outcomes, in order, each once."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(
        select(Element.configuration, Element.valence)
        .join(Configuration, Configuration.uid == Element.configuration)
        .where(Element.kind == ElementKind.OUTCOME, Element.valence.is_not(None), seen(Configuration, viewer))
        .order_by(Element.configuration, Element.position)
    ):
        if row.valence and row.valence not in found[row.configuration]:
            found[row.configuration].append(row.valence)
    return dict(found)
