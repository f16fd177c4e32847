"""The evidence grid as a table: what is shown, n and reported numbers beside, what stands behind cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from realist.exports.grid import LEGEND, STATES, grid_json, heard, number_of, shown_number, sign
from realist.exports.pieces import box_pieces
from realist.exports.table import Behind, Cell, Column, Document, Holds, Piece, Row, Table
from realist.queries.behind import Sources, sources_of_cells
from realist.queries.grid import Cell as GridCell
from realist.queries.grid import Grid, Reported
from realist.queries.review import review
from realist.queries.voices import voices
from realist.vocabulary import CellState

if TYPE_CHECKING:
    from sqlalchemy import Connection

_BARE = {
    CellState.NONE: Cell("none", "·", None, "none"),
    CellState.NOT_RECOVERABLE: Cell("not_recoverable", "?", None, "not_recoverable"),
    CellState.NOT_LOOKED: Cell("not_looked", "", None, "not_looked"),
}
"""Cells that hold nothing: a word for machines, a sign for people."""
_SHOWS = {
    "ticks": "",
    "counts": ": number of claims and boxes",
    "stance": ": stances",
    "valence": ": outcomes",
}
_VOICES = "+ for  − against  ± divided  … other remarks"


def grid_document(
    connection: Connection,
    grid: Grid,
    mode: str,
    *,
    viewer: str = "",
    whole: Grid | None = None,
    flat: bool = False,
) -> Document:
    """Return *grid* as it is shown in *mode*, with all that stands behind its cells as *viewer* may see it.

    *whole* is the same grid with papers in its rows, for JSON, where *grid* is turned. *flat* is for files of
    tables alone, which programs read: they have a column of reported numbers also where there is none.
    """
    mechanisms = [row.uid for row in grid.rows] if grid.turned else [column.uid for column in grid.columns]
    found = sources_of_cells(connection, mechanisms, viewer=viewer)
    table = grid_table(grid, mode, voices(connection), found, flat=flat)
    about = review(connection)
    title = str(about["title"]) if about else ""
    data = {
        **grid_json(whole or grid),
        "title": table.title,
        "show": mode,
        "behind": _behind_json(grid, table),
    }
    return Document(table.title, (table,), (title,) if title else (), data)


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
    columns = [
        Column(column.name, column.uid, Holds.SIGNS, note=column.note) for column in grid.columns
    ]  # fmt: skip
    reported = flat or any(row.reported for row in grid.rows), flat or any(of.reported for of in grid.columns)
    voiced = any(spoken.get(of.uid) for of in (grid.rows if grid.turned else grid.columns))
    columns += _sums(reported[0], voiced and grid.turned)
    rows = []
    for down, row in enumerate(grid.rows, 1):
        cells = []
        for across, column in enumerate(grid.columns, 1):
            cell = row.cells.get(column.uid)
            key = ""
            if sources is not None and cell is not None:
                at = (column.uid, row.uid) if grid.turned else (row.uid, column.uid)
                if pieces := tuple(_pieces(sources, *at, cell)):
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
    title = "Evidence grid: papers by mechanisms" if grid.turned else "Evidence grid: mechanisms by papers"
    return Table(
        key="Grid",
        title=title + _SHOWS[mode],
        corner="mechanism" if grid.turned else "paper",
        columns=columns,
        rows=rows,
        foot=foot,
        notes=list(_notes(grid, mode, any(reported), voiced)),
        behind=behind,
    )


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


def _pieces(sources: Sources, paper: str, mechanism: str, cell: GridCell) -> Iterator[Piece]:
    """Yield what stands behind a cell: claims, boxes, and what was noted where nothing was found."""
    for claim in sources.claims.get((paper, mechanism), ()):
        for quotation, place in claim.quotes or (("", ""),):
            yield Piece(
                "claim", claim.stance, claim.claim, quotation, place, claim.paper, claim.by, claim.uid
            )
    for box in sources.boxes.get((paper, mechanism), ()):
        yield from box_pieces(box, sources, paper)
    if cell.state is not CellState.PRESENT:
        for looked in sources.readings.get((paper, mechanism), ())[:1]:
            yield Piece("reading", looked.result, looked.note, by=looked.by, uid=looked.uid, quotes=False)


def _notes(grid: Grid, mode: str, reported: bool, voiced: bool) -> Iterator[str]:
    yield "; ".join(f"{LEGEND[mode]}  {STATES}".split("  ")) + "."
    of = f" of the included set “{grid.of_set}”" if grid.of_set else ""
    listed = f"; mechanisms of the list “{grid.of_list}”" if grid.of_list else ""
    count = len(grid.columns if grid.turned else grid.rows)
    yield f"{'1 paper' if count == 1 else f'{count:,} papers'}{of}{listed}. n counts papers."
    if reported:
        given = [*(of.reported for of in grid.columns), *(row.reported for row in grid.rows)]
        source = "; ".join(dict.fromkeys(one.source for one in given if one and one.source))
        yield "Reported: as the source prints it" + (f" ({source})." if source else ".")
    if voiced:
        yield f"Stakeholders: {'; '.join(_VOICES.split('  '))}."
    for column in grid.columns:
        if column.note:
            yield f"{column.name}: {column.note}"


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
