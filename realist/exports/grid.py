"""The evidence grid as JSON and text; :mod:`realist.exports.grid_table` makes the table of it for files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from realist.exports.arranging import BEFORE, EARLIER, PAPER
from realist.queries.grid import Cell, Column, Grid, GridRow, Reported
from realist.text import cell_width, line, pad, wrap
from realist.vocabulary import CellState, Qualifier, Stance, Voice

MODES = ("ticks", "counts", "stance", "valence")
SIGNS = {
    CellState.PRESENT: "✓",
    CellState.NONE: "·",
    CellState.NOT_RECOVERABLE: "?",
    CellState.NOT_LOOKED: "",
}
_LETTERS: dict[str, str] = {
    Stance.SUPPORTS: "S", Stance.WEAKENS: "W", Stance.MODIFIES: "M", Stance.REFOCUSES: "R",
    Stance.NOT_JUDGED: "n",
}  # fmt: skip
LEGEND = {
    "ticks": "✓ present",
    "counts": "number: claims and boxes",
    "stance": "S supports  W weakens  M modifies  R refocuses  n not judged  ✓ a box only",
    "valence": "+ − ± 0 outcomes of its boxes  ✓ no valence",
}
STATES = "· looked: none  ? not recoverable from the source  (blank) not looked at yet"
_BEFORE: dict[str, str] = {Qualifier.AT_LEAST: "≥", Qualifier.ABOUT: "≈"}
_CODES = {PAPER: "P", BEFORE: "B"}
_LABEL = 24
_NAME = 36
_NAMED = 9


Voices = Mapping[str, Mapping[str, int]]
"""By mechanism, how often each voice of people who are no papers was heard. It is never a tick."""
_VOICES = (("+", Voice.FOR), ("−", Voice.AGAINST), ("±", Voice.DIVIDED), ("○", Voice.TOO_GENERAL),
           ("…", Voice.COMMENT))  # fmt: skip
_ASKED = "stakeholders"


def heard(voices: Mapping[str, int]) -> str:
    """Return how often each voice was heard: ``+2 −1 ±1``, then ○ too general and … comments."""
    return " ".join(f"{sign}{voices[voice]}" for sign, voice in _VOICES if voices.get(voice))


def grid_json(grid: Grid, voices: Voices | None = None) -> dict[str, Any]:
    """Return the grid as the object of `realist grid --json`; cells in the default state are left out.

    Where an earlier list stands beside it, its columns say so, and its cells are under ``before`` of a row.
    """
    said = voices or {}
    beside = any(column.kind == BEFORE for column in grid.columns)
    return {
        "default": str(CellState.NOT_LOOKED),
        "set": grid.of_set or None,
        "list": grid.of_list or None,
        "columns": [
            {
                "uid": column.uid.removeprefix(EARLIER), "name": column.name, "kind": column.kind,
                "n": column.n, "reported_n": _value(column.reported), "note": column.note,
                "voices": dict(said.get(column.uid.removeprefix(EARLIER), {})),
            }
            for column in grid.columns
        ],
        "rows": [
            {
                "uid": row.uid, "paper": row.label, "n": row.n, "reported_n": _value(row.reported),
                "cells": _cells(row, before=False),
                **({"before": _cells(row, before=True)} if beside else {}),
            }
            for row in grid.rows
        ],
    }  # fmt: skip


def _cells(row: GridRow, *, before: bool) -> dict[str, Any]:
    return {
        uid.removeprefix(EARLIER): {
            "state": str(cell.state), "stances": [str(stance) for stance in cell.stances],
            "configurations": cell.configurations, "claims": cell.claims,
        }
        for uid, cell in row.cells.items()
        if uid.startswith(EARLIER) is before
    }  # fmt: skip


def _value(reported: Reported | None) -> int | None:
    return reported.value if reported else None


def sign(cell: Cell | None, mode: str, outcomes: dict[str, list[str]]) -> str:
    """Return what a cell shows in *mode*. The four states never look alike."""
    if cell is None:
        return SIGNS[CellState.NOT_LOOKED]
    if cell.state is not CellState.PRESENT:
        return SIGNS[cell.state]
    if mode == "counts":
        return str(cell.claims + len(cell.configurations))
    if mode == "stance":
        return "".join(_LETTERS.get(stance, "!") for stance in cell.stances) or "✓"
    if mode == "valence":
        found = dict.fromkeys(v for box in cell.configurations for v in outcomes.get(box, ()))
        return "".join(valence.replace("-", "−") for valence in found) or "✓"
    return SIGNS[CellState.PRESENT]


def number_of(reported: Reported | None) -> str:
    """Return a reported number without how exact it is; "" where there is none."""
    if reported is None:
        return ""
    return "unknown" if reported.value is None else str(reported.value)


def shown_number(reported: Reported | None) -> str:
    """Return a reported number as it is printed: ≥22, unknown, or nothing where there is none."""
    return (_BEFORE.get(reported.qualifier, "") if reported else "") + number_of(reported)


def grid_text(grid: Grid, mode: str, width: int, voices: Voices | None = None) -> str:
    """Return the grid as text of at most *width* columns; wide grids are set in blocks of columns.

    What people who were asked said (*voices*) is a line of its own below the sums.
    """
    said = {column.uid: heard((voices or {}).get(column.uid, {})).replace(" ", "") for column in grid.columns}
    if not grid.columns or not grid.rows:
        return _empty(grid)
    widest = max(cell_width(line(row.label)) for row in grid.rows)
    label = max(
        min(widest, _NAME if grid.turned else _LABEL), len(_ASKED if any(said.values()) else "reported")
    )
    tail = len("n  reported") if any(row.reported for row in grid.rows) else 3
    room = max(width - label - 2 - tail, 12)
    sizes, named = _sizes(grid, mode, room, said)
    parts: list[str] = []
    start = 0
    while start < len(grid.columns):
        stop, used = start, 0
        while stop < len(grid.columns) and (stop == start or used + sizes[stop] <= room):
            used += sizes[stop]
            stop += 1
        end = tail if stop == len(grid.columns) else 0
        parts += _block(grid, mode, label, sizes, range(start, stop), named, end, said)
        parts.append("")
        start = stop
    return "\n".join(parts + _legend(grid, mode, width, named, any(said.values()))).rstrip() + "\n"


def _empty(grid: Grid) -> str:
    without = grid.rows if grid.turned else grid.columns
    missing = "paper that anything was recorded of" if without else "mechanism"
    return f"The grid is empty: there is no {missing} yet.\n"


def _sizes(grid: Grid, mode: str, room: int, said: Mapping[str, str]) -> tuple[list[int], bool]:
    """Return the width of each column, and whether names fit as headings (else codes such as M3)."""
    share = room // len(grid.columns)
    longest = max(max(map(cell_width, line(_words(column)).split()), default=0) for column in grid.columns)
    if share > max(longest, _NAMED, *map(len, said.values())) + 1:
        return [min(share, 16)] * len(grid.columns), True
    sizes = []
    for column in grid.columns:
        signs = (sign(row.cells.get(column.uid), mode, grid.outcomes) for row in grid.rows)
        below = max(len(shown_number(column.reported)), len(said[column.uid]))
        sizes.append(max(3, below, len(code(column)), *(len(text) for text in signs)) + 2)
    return sizes, False


def code(column: Column) -> str:
    """Return the short heading of a column: M3, B3 for the same before, P3 for a paper of a turned grid."""
    return f"{_CODES.get(column.kind, 'M')}{column.number}"


def _block(
    grid: Grid,
    mode: str,
    label: int,
    sizes: list[int],
    which: range,
    named: bool,
    tail: int,
    said: Mapping[str, str],
) -> list[str]:
    """Return the lines of some columns; *tail* is how wide the sums at the end of a row are, 0 for none."""
    headings = [
        wrap(_words(grid.columns[i]), sizes[i] - 1) if named else [code(grid.columns[i])] for i in which
    ]
    height = max(map(len, headings))
    lines = []
    for level in range(height):
        cells = (
            pad(words[level - height + len(words)] if level >= height - len(words) else "", sizes[i] - 1)
            + " "
            for i, words in zip(which, headings, strict=True)
        )
        end = "n  reported"[:tail] if level == height - 1 else ""
        lines.append((" " * label + "  " + "".join(cells) + end).rstrip())
    rule = "─" * (label + 2 + sum(sizes[i] for i in which) + tail)
    lines.append(rule)
    for row in grid.rows:
        cells = (pad(sign(row.cells.get(grid.columns[i].uid), mode, grid.outcomes), sizes[i]) for i in which)
        lines.append(
            (pad(line(row.label), label) + "  " + "".join(cells) + (_end(row) if tail else "")).rstrip()
        )
    lines.append(rule)
    totals = (pad(str(grid.columns[i].n), sizes[i]) for i in which)
    lines.append((pad("n", label) + "  " + "".join(totals)).rstrip())
    if any(grid.columns[i].reported for i in which):
        reported = (pad(shown_number(grid.columns[i].reported), sizes[i]) for i in which)
        lines.append((pad("reported", label) + "  " + "".join(reported)).rstrip())
    if any(said[grid.columns[i].uid] for i in which):
        words = (pad(said[grid.columns[i].uid], sizes[i]) for i in which)
        lines.append((pad(_ASKED, label) + "  " + "".join(words)).rstrip())
    return lines


def _words(column: Column) -> str:
    return f"before: {column.name}" if column.kind == BEFORE else column.name


def _end(row: GridRow) -> str:
    return f"{row.n:<3}{shown_number(row.reported)}"


def _legend(grid: Grid, mode: str, width: int, named: bool, asked: bool) -> list[str]:
    lines = [""]
    for item in f"{LEGEND[mode]}  {STATES}".split("  "):
        joined = f"{lines[-1]}  {item}" if lines[-1] else item
        lines[-1:] = [joined] if cell_width(joined) <= width else [lines[-1], item]
    size = max(len(code(column)) for column in grid.columns)
    for column in grid.columns:
        note = f" — {column.note}" if column.note else ""
        if note or not named:
            first = "" if named else f"{code(column):<{size}}  "
            lines += wrap(
                line(_words(column) if named else column.name) + note, width, first=first, rest="    "
            )
    if asked:
        words = f"{_ASKED}: + for  − against  ± divided  ○ too general  … comment; never a tick."
        lines += wrap(words, width)
    of = f" of the included set {grid.of_set!r}" if grid.of_set else ""
    count = len(grid.columns if grid.turned else grid.rows)
    papers = "1 paper" if count == 1 else f"{count} papers"
    return lines + wrap(f"{papers}{of}; n counts papers; reported: as the source prints it.", width)
