"""The list of mechanisms: what was decided of each, and how much stands for and against it."""

from __future__ import annotations

from tui.gateway.mechanisms import MechanismRow
from tui.widgets.lines import Column, Span
from tui.widgets.mechanism_page import fate
from tui.widgets.table import Table

_CLOSE = (
    Column("no", 4, right=True), Column("", 1), Column("mechanism"), Column("papers", 6, right=True),
    Column("+ −", 7, right=True), Column("boxes", 5, right=True), Column("words", 5, right=True),
)  # fmt: skip
_WHOLE = (
    _CLOSE[0], Column("fate", 10), Column("mechanism"), Column("papers", 6, right=True),
    Column("for and against", 15, right=True), Column("boxes", 5, right=True), Column("words", 5, right=True),
)  # fmt: skip
_ROOMY = 80


class MechanismList(Table[MechanismRow]):
    """A row for each mechanism; the word of its fate only where there is room, its sign always."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(_CLOSE, self._cells, empty="No mechanism yet: a proposes one.", id=id)
        self._roomy = False

    def resized(self) -> None:
        """Choose the columns for the width there is."""
        self._roomy = self.room >= _ROOMY
        self.columns = list(_WHOLE if self._roomy else _CLOSE)
        super().resized()

    def _cells(self, row: MechanismRow) -> list[Span | str]:
        if not row.uid:
            return ["", "", Span(row.name[:400], "heading"), "", "", "", ""]
        stands = fate(row.fate)
        dim = "muted" if row.fate in ("merged", "split", "dropped") else ""
        into = f" → {', '.join(name[:200] for name in row.into)}" if row.into else ""
        both = f"+{row.supporting} −{row.weakening}" if row.supporting or row.weakening else "–"
        return [
            Span(f"#{row.number}", "muted"),
            Span(stands.text if self._roomy else stands.text[:1], stands.style),
            Span(f"{row.name[:400]}{into}", dim),
            str(row.papers or "–"),
            both,
            str(row.boxes or "–"),
            str(row.words or "–"),
        ]
