"""Grids made by hand, and a reader of their text."""

from __future__ import annotations

import re

from realist.exports.grid_table import grid_table
from realist.exports.table import Document
from realist.exports.writing import written
from realist.queries.grid import Cell, Column, Grid, GridRow, Reported
from realist.vocabulary import CellState, Stance

STATES = (None, Cell(CellState.NONE), Cell(CellState.NOT_RECOVERABLE))
_CODE = re.compile(r"M\d+")
_RULE = re.compile(r"─+")


def present(place: int) -> Cell:
    """Return a present cell, each a little different from its neighbours."""
    stances = [str(stance) for stance in list(Stance)[: place % 4]]
    boxes = ["box"] if place % 2 or not stances else []
    return Cell(CellState.PRESENT, stances, boxes, claims=len(stances))


def wide(columns: int, rows: int, *, name: str = "Mechanism", reported: bool = True) -> Grid:
    """Return a grid of *columns* by *rows* in which the four states take turns."""
    made = [
        Column(f"m{i}", i + 1, f"{name} {i + 1}", "mechanism", 0, None, "a note" if i == 2 else "")
        for i in range(columns)
    ]
    papers = []
    for row in range(rows):
        cells = {}
        for i in range(columns):
            turn = (row + i) % 4
            cell = present(row + i) if turn == 3 else STATES[turn]
            if cell is not None:
                cells[f"m{i}"] = cell
        n = sum(cell.state is CellState.PRESENT for cell in cells.values())
        given = Reported(row + 10, "exactly", "Table 2") if reported else None
        papers.append(GridRow(f"p{row}", f"Author {row} (2020)", n, given, cells))
    counted = [
        Column(
            *(of.uid, of.number, of.name, of.kind),
            sum(row.cells[of.uid].state is CellState.PRESENT for row in papers if of.uid in row.cells),
            Reported(99, "at least", "Table 2") if reported else None,
            of.note,
        )
        for of in made
    ]
    return Grid(counted, papers, "", "", {"box": ["+", "-"]})


def grid_csv(grid: Grid, mode: str) -> str:
    """Return a grid as the text of a CSV file."""
    return written(Document("Grid", [grid_table(grid, mode, flat=True)]), "csv").decode("utf-8-sig")


def blocks(text: str) -> list[list[str]]:
    """Return the blocks of columns of a grid's text, without its legend."""
    found = [block.split("\n") for block in text.rstrip("\n").split("\n\n")]
    return [block for block in found if any(_RULE.fullmatch(one) for one in block)]


def signs(text: str) -> dict[tuple[str, str], str]:
    """Return from the text of a grid with codes for headings what each cell shows, by (label, code)."""
    found: dict[tuple[str, str], str] = {}
    for block in blocks(text):
        places = {match.group(): match.start() for match in _CODE.finditer(block[0])}
        first = min(places.values())
        for row in block[2 : block.index(block[1], 2)]:
            for code, place in places.items():
                at_place = row[place : place + 4].split(" ")[0]
                found[row[:first].strip(), code] = at_place
    return found
