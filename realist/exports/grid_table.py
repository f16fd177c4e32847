"""The evidence grid as a table: what is shown, n and reported numbers beside, what stands behind cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any, TypeVar

from realist.exports.arranging import EARLIER
from realist.exports.grid import LEGEND, STATES, grid_json, heard, number_of, shown_number, sign
from realist.exports.pieces import box_pieces
from realist.exports.table import Behind, Cell, Column, Document, Holds, Piece, Row, Table
from realist.queries.behind import Looked, Sources, sources_of_cells
from realist.queries.grid import Cell as GridCell
from realist.queries.grid import Column as GridColumn
from realist.queries.grid import Grid, GridRow, Reported
from realist.queries.review import review
from realist.queries.voices import voices
from realist.vocabulary import CellState, ReadingResult

if TYPE_CHECKING:
    from sqlalchemy import Connection

_BARE = {
    CellState.NONE: Cell("none", "·", None, "none"),
    CellState.NOT_RECOVERABLE: Cell("not_recoverable", "?", None, "not_recoverable"),
    CellState.NOT_LOOKED: Cell("not_looked", "", None, "not_looked"),
}
"""Cells that hold nothing: a word for machines, a sign for people."""
_FEW, _MANY = 3, 5
T = TypeVar("T")
"""What was noted of so many cells in the same words is said once, below the table."""
_Note = tuple[str, str, str]
_SHOWS = {
    "ticks": "",
    "counts": ": number of claims and boxes",
    "stance": ": stances",
    "valence": ": outcomes",
}
_VOICES = "+ for  − against  ± divided  ○ too general  … comment"


def grid_document(
    connection: Connection,
    grid: Grid,
    mode: str,
    *,
    viewer: str = "",
    whole: Grid | None = None,
    flat: bool = False,
    as_given: bool = False,
) -> Document:
    """Return *grid* as it is shown in *mode*, with all that stands behind its cells as *viewer* may see it.

    *whole* is the same grid with papers in its rows, for JSON, where *grid* is turned. *flat* is for files of
    tables alone, which programs read: they have a column of reported numbers also where there is none.
    *as_given* says that the grid was asked for as if nothing had been merged or split.
    """
    mechanisms = [row.uid for row in grid.rows] if grid.turned else [column.uid for column in grid.columns]
    found = sources_of_cells(connection, mechanisms, as_given=as_given, viewer=viewer)
    if any(uid.startswith(EARLIER) for uid in mechanisms):
        found = _with_earlier(found, sources_of_cells(connection, (), as_given=True, viewer=viewer))
    table = grid_table(grid, mode, voices(connection), found, flat=flat)
    about = review(connection)
    title = str(about["title"]) if about else ""
    more = {
        "title": table.title,
        "show": mode,
        "notes": list(table.notes),
        "behind": _behind_json(grid, table),
    }
    data = {**grid_json(whole or grid), **more}
    return Document("Evidence grid", (table,), (title,) if title else (), data)


def _with_earlier(found: Sources, given: Sources) -> Sources:
    """Return the sources of a grid in which columns of an earlier list, as they were given, stand, too."""

    def both(now: Mapping[tuple[str, str], list[T]], then: Mapping[tuple[str, str], list[T]]) -> Any:
        return {**now, **{(paper, f"{EARLIER}{uid}"): value for (paper, uid), value in then.items()}}

    return replace(
        found, claims=both(found.claims, given.claims), boxes=both(found.boxes, given.boxes),
        readings=both(found.readings, given.readings),
    )  # fmt: skip


def grid_table(
    grid: Grid,
    mode: str,
    said: Mapping[str, Mapping[str, int]] | None = None,
    sources: Sources | None = None,
    *,
    flat: bool = False,
) -> Table:
    """Return *grid* in *mode* as a table; *said* counts voices by mechanism, *sources* is what is behind."""
    behind: dict[str, Behind] = {}
    counts = mode == "counts"
    spoken = {uid: heard(of) for uid, of in (said or {}).items()}
    columns = [Column(column.name, column.uid, Holds.SIGNS, note=column.note) for column in grid.columns]
    reported = flat or any(row.reported for row in grid.rows), flat or any(of.reported for of in grid.columns)
    voiced = any(spoken.get(of.uid) for of in (grid.rows if grid.turned else grid.columns))
    columns += _sums(reported[0], voiced and grid.turned)
    shared = _shared(grid, sources) if sources else {}
    rows = []
    for down, row in enumerate(grid.rows, 1):
        cells = []
        for across, column in enumerate(grid.columns, 1):
            cell = row.cells.get(column.uid)
            key = ""
            pieces = tuple(_pieces(sources, _at(grid, row, column), cell, shared)) if sources and cell else ()
            if pieces:
                key = f"{down}-{across}"
                behind[key] = Behind(row.label, column.name, pieces)
            cells.append(_cell(cell, sign(cell, mode, grid.outcomes), key, counts))
        cells.append(_count(row.n))
        cells += [_reported(row.reported)] if reported[0] else []
        cells += (
            [_said(spoken, row.uid, row.label, sources, behind, f"{down}-said")]
            if voiced and grid.turned
            else []
        )
        rows.append(Row(row.label, cells, row.uid))
    foot = _foot(grid, spoken, sources, behind, reported, voiced)
    title = "Papers by mechanisms" if grid.turned else "Mechanisms by papers"
    return Table(
        key="Grid",
        title=title + _SHOWS[mode],
        corner="mechanism" if grid.turned else "paper",
        columns=columns,
        rows=rows,
        foot=foot,
        notes=[*_notes(grid, mode, any(reported), voiced), *_shared_notes(shared)],
        behind=behind,
    )


def _foot(
    grid: Grid,
    spoken: Mapping[str, str],
    sources: Sources | None,
    behind: dict[str, Behind],
    reported: tuple[bool, bool],
    voiced: bool,
) -> list[Row]:
    """Return n, reported numbers and voices below the columns; *reported* is of rows and of columns."""
    ends = [Cell()] * (1 + reported[0] + (voiced and grid.turned))
    foot = [Row("n", [*(_count(of.n) for of in grid.columns), *ends])]
    if reported[1]:
        foot.append(
            Row("reported", [*(_reported(of.reported) for of in grid.columns), *ends], field="reported_n")
        )
    if voiced and not grid.turned:
        found = [
            _said(spoken, of.uid, of.name, sources, behind, f"said-{across}")
            for across, of in enumerate(grid.columns, 1)
        ]
        foot.append(Row("stakeholders", [*found, *ends]))
    return foot


def _sums(reported: bool, voiced: bool) -> list[Column]:
    found = [Column("n", holds=Holds.NUMBERS, sum=True)]
    if reported:
        found.append(Column("reported", holds=Holds.NUMBERS, field="reported_n", sum=True))
    if voiced:
        found.append(Column("stakeholders", holds=Holds.NUMBERS, sum=True))
    return found


def _cell(cell: GridCell | None, shown: str, key: str, counts: bool) -> Cell:
    state = CellState.NOT_LOOKED if cell is None else cell.state
    if state is CellState.PRESENT:
        return Cell(shown, None, int(shown) if counts else None, str(state), key)
    bare = _BARE[state]
    return bare._replace(behind=key) if key else bare


def _count(n: int) -> Cell:
    return Cell(str(n), number=n)


def _reported(reported: Reported | None) -> Cell:
    if reported is None:
        return Cell()
    return Cell(number_of(reported), shown_number(reported), reported.value)


def _said(
    spoken: Mapping[str, str],
    uid: str,
    name: str,
    sources: Sources | None,
    behind: dict[str, Behind],
    key: str,
) -> Cell:
    text = spoken.get(uid, "")
    said = sources.said.get(uid, ()) if sources and text else ()
    if not said:
        return Cell(text)
    pieces = tuple(
        Piece(
            "stakeholders", one.voice, one.words, "", one.consultation, one.who, one.by, one.uid, quotes=False
        )
        for one in said
    )
    behind[key] = Behind("stakeholders", name, pieces)
    return Cell(text, behind=key)


def _at(grid: Grid, row: GridRow, column: GridColumn) -> tuple[str, str]:
    """Return the paper and the mechanism of a cell."""
    return (column.uid, row.uid) if grid.turned else (row.uid, column.uid)


def _noted(sources: Sources, at: tuple[str, str], cell: GridCell | None) -> Looked | None:
    """Return the reading that a cell which holds nothing is known by, if it left a note."""
    if cell is None or cell.state is CellState.PRESENT:
        return None
    return next(iter(sources.readings.get(at, ())), None)


def _shared(grid: Grid, sources: Sources) -> dict[_Note, int]:
    """Return the notes that many cells have in the same words: of how many."""
    found = Counter(
        (looked.result, looked.note, looked.by)
        for row in grid.rows
        for column in grid.columns
        for looked in (_noted(sources, _at(grid, row, column), row.cells.get(column.uid)),)
        if looked
    )
    return {note: n for note, n in found.items() if n >= _MANY}


def _shared_notes(shared: Mapping[_Note, int]) -> Iterator[str]:
    for (result, note, by), n in shared.items():
        yield f"{_SIGNS.get(result, result)} in {n:,} cells: {note} ({by})"


_SIGNS: dict[str, str] = {ReadingResult.NONE: "·", ReadingResult.NOT_RECOVERABLE: "?"}


def _pieces(
    sources: Sources, at: tuple[str, str], cell: GridCell, shared: Mapping[_Note, int]
) -> Iterator[Piece]:
    """Yield what stands behind a cell: claims, boxes, and what was noted where nothing was found."""
    for claim in sources.claims.get(at, ()):
        for quotation, place in claim.quotes or (("", ""),):
            yield Piece(
                "claim", claim.stance, claim.claim, quotation, place, claim.paper, claim.by, claim.uid
            )
    for box in sources.boxes.get(at, ()):
        yield from box_pieces(box, sources, at[0])
    looked = _noted(sources, at, cell)
    if looked and (looked.result, looked.note, looked.by) not in shared:
        yield Piece("reading", looked.result, looked.note, by=looked.by, uid=looked.uid, quotes=False)


def _notes(grid: Grid, mode: str, reported: bool, voiced: bool) -> Iterator[str]:
    yield "; ".join(f"{LEGEND[mode]}  {STATES}".split("  ")) + "."
    of = f" of the included set “{grid.of_set}”" if grid.of_set else ""
    listed = f"; mechanisms of the list “{grid.of_list}”" if grid.of_list else ""
    count = len(grid.columns if grid.turned else grid.rows)
    yield f"{'1 paper' if count == 1 else f'{count:,} papers'}{of}{listed}. n counts papers."
    if reported:
        given = [*(of.reported for of in grid.columns), *(row.reported for row in grid.rows)]
        source = _together(list(dict.fromkeys(one.source for one in given if one and one.source)))
        yield "Reported: as the source prints it" + (f" ({source})." if source else ".")
    if voiced:
        yield f"Stakeholders: {'; '.join(_VOICES.split('  '))}."
    for column in grid.columns:
        if column.note:
            yield f"{column.name}: {column.note}"


def _together(sources: list[str]) -> str:
    """Return sources in a few words: what they begin with in common, where they are many."""
    if len(sources) <= _FEW:
        return "; ".join(sources)
    common = "".join(
        one[0] for one in takewhile(lambda some: len(set(some)) == 1, zip(*sources, strict=False))
    )
    common = common.rpartition(",")[0]
    return common or f"{'; '.join(sources[:_FEW])}; and {len(sources) - _FEW} more"


def _behind_json(grid: Grid, table: Table) -> list[dict[str, Any]]:
    """Return what stands behind cells by the uids of paper and mechanism."""
    found = []
    for key, behind in table.behind.items():
        down, _, across = key.partition("-")
        row = grid.rows[int(down) - 1].uid if down.isdecimal() else ""
        column = grid.columns[int(across) - 1].uid if across.isdecimal() else ""
        paper, mechanism = (column, row) if grid.turned else (row, column)
        found.append(
            {
                "paper": paper or None,
                "mechanism": mechanism or None,
                "pieces": [_piece_json(piece) for piece in behind.pieces],
            }
        )
    return found


def _piece_json(piece: Piece) -> dict[str, Any]:
    return {name: value for name, value in piece._asdict().items() if name != "quotes"}
