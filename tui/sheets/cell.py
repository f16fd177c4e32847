"""A cell of the evidence grid on a page: its state and why, evidence, boxes, readings, people's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from realist.text import line
from realist.vocabulary import CellState, Stance, Voice
from tui.sheets.paper import STANCES
from tui.sheets.sheet import Sheet, Target
from tui.widgets.lines import Span

if TYPE_CHECKING:
    from realist.domain.configuration import Ref
    from realist.queries.cell import Behind, BoxBehind, Looked, Piece, Said

Spots = dict[int, str]
"""The uid of the evidence by the line that it stands on."""
_STATES = {
    CellState.PRESENT: ("✓", "good", "present"),
    CellState.NONE: ("·", "muted", "looked for and not found"),
    CellState.NOT_RECOVERABLE: ("?", "warn", "not recoverable from the source"),
    CellState.NOT_LOOKED: (" ", "muted", "not looked at yet"),
}
_VOICES = {
    Voice.FOR: ("+", "good"),
    Voice.AGAINST: ("−", "bad"),
    Voice.DIVIDED: ("±", "warn"),
    Voice.TOO_GENERAL: ("…", "muted"),
    Voice.COMMENT: ("…", "muted"),
}
_LONGEST = 20_000
_NAME = 2000


def write_cell(sheet: Sheet, cell: Behind, draw: Callable[[BoxBehind, int], str]) -> Spots:
    """Write everything behind a cell, boxes as *draw* draws them; return where its evidence stands."""
    spots: Spots = {}
    name = f"M{cell.mechanism_number} {line(cell.mechanism.name[:_NAME])}"
    sheet.field("Paper", cell.paper.name[:_NAME], style="strong", target=Target("paper", cell.paper.uid))
    sheet.field("Mechanism", name, style="strong", target=Target("mechanism", cell.mechanism.uid))
    sign, style, words = _STATES[cell.state]
    sheet.field("State", f"{sign} {words}: {why(cell)}".strip(), style=style)
    sheet.heading("Evidence", str(len(cell.evidence) or ""))
    for piece in cell.evidence:
        start = len(sheet.rows)
        _piece(sheet, piece, cell)
        spots |= dict.fromkeys(range(start, len(sheet.rows)), piece.uid)
        sheet.blank()
    if not cell.evidence:
        sheet.text("No evidence yet: c records what the paper says.", "muted")
    sheet.heading("Boxes", str(len(cell.boxes) or ""))
    for box in cell.boxes:
        _box(sheet, box, draw)
    if not cell.boxes:
        sheet.text("No box counts for this cell.", "muted")
    sheet.heading("Readings", "latest first" if len(cell.readings) > 1 else "")
    for reading in cell.readings:
        _reading(sheet, reading, cell)
    if not cell.readings:
        sheet.text("Nobody has said what reading it gave: r does.", "muted")
    sheet.heading("What stakeholders said of the mechanism", str(len(cell.voices) or ""))
    for said in cell.voices:
        _said(sheet, said)
    if not cell.voices:
        sheet.text("Nothing is recorded; it would be no tick.", "muted")
    return spots


def why(cell: Behind) -> str:
    """Return in words why a cell is in its state."""
    if cell.state is CellState.PRESENT:
        found = [_many(len(cell.evidence), "piece"), _many(len(cell.boxes), "box")]
        stances = {piece.stance for piece in cell.evidence}
        both = "; it supports and it weakens" if {Stance.SUPPORTS, Stance.WEAKENS} <= stances else ""
        return " and ".join(filter(None, found)) + both
    if cell.state is CellState.NOT_LOOKED:
        return "nothing is recorded here" + (" but that something was found" if cell.readings else "")
    reading = cell.readings[0]
    return f"so read by {reading.by} on {reading.at.astimezone():%Y-%m-%d}"


def _many(n: int, what: str) -> str:
    words = {"piece": ("piece of evidence", "pieces of evidence"), "box": ("box", "boxes")}[what]
    return f"{n} {words[n > 1]}" if n else ""


def _piece(sheet: Sheet, piece: Piece, cell: Behind) -> None:
    target = Target("paper", piece.paper.uid)
    sign, style = STANCES.get(piece.stance, ("?", "warn"))  # type: ignore[call-overload]
    about = [f"by {piece.by}", f"{piece.at.astimezone():%Y-%m-%d %H:%M}", line(piece.topic[:_NAME])]
    about += [f"site: {line(piece.site[:_NAME])}"] if piece.site else []
    about += [f"given to {line(piece.paper.name[:_NAME])}"] if piece.paper.uid != cell.paper.uid else []
    about += [_through(piece.through)]
    sheet.spans(
        Span(f"{sign} {piece.stance}", style),
        Span(" · " + " · ".join(filter(None, about)), "muted"),
        target=target,
    )
    if piece.claim:
        sheet.text(piece.claim[:_LONGEST], first="  ", target=target)
    if piece.quotation:
        sheet.text(f"“{piece.quotation[:_LONGEST]}”", "quote", first="  ", target=target)
    if piece.locator:
        sheet.text(piece.locator[:_NAME], "muted", first="  ", target=target)


def _through(ref: Ref | None) -> str:
    return f"through {line(ref.name[:_NAME])}, merged into it" if ref else ""


def _box(sheet: Sheet, box: BoxBehind, draw: Callable[[BoxBehind, int], str]) -> None:
    target = Target("box", box.box.uid)
    ways = [_through(ref) for ref in box.through]
    sheet.text("counts as: " + ", ".join([*box.why, *ways]), "muted", target=target)
    sheet.lines(draw(box, sheet.width), target=target)
    sheet.blank()


def _reading(sheet: Sheet, reading: Looked, cell: Behind) -> None:
    of = "for every mechanism there was" if reading.whole else ""
    given = f"given to {line(reading.paper.name[:_NAME])}" if reading.paper.uid != cell.paper.uid else ""
    about = filter(
        None, (reading.result, f"by {reading.by}", f"{reading.at.astimezone():%Y-%m-%d}", of, given)
    )
    sheet.text(" · ".join(about), first="  ")
    if reading.note:
        sheet.text(reading.note[:_LONGEST], "muted", first="    ")


def _said(sheet: Sheet, said: Said) -> None:
    sign, style = _VOICES.get(said.voice, ("…", "muted"))  # type: ignore[call-overload]
    about = (said.consultation, said.who, _through(said.through))
    rest = " · ".join(line(text[:_NAME]) for text in about if text)
    sheet.spans(Span(f"{sign} {said.voice}", style), Span(f" · {rest}" if rest else "", "muted"))
    sheet.text(said.words[:_LONGEST], first="  ")
