"""The list of rounds: what each reads, who may see what, and how its papers stand."""

from __future__ import annotations

from collections.abc import Sequence

from realist.text import line
from tui.gateway.rounds import RoundRow
from tui.widgets.lines import Column, Span
from tui.widgets.table import Table

_LONGEST = 400
_COUNTS = (
    Column("papers", 6, right=True), Column("in", 5, right=True), Column("out", 5, right=True),
    Column("maybe", 5, right=True),
)  # fmt: skip
_CLOSE = (
    Column("#", 3, right=True), Column("round"), Column("people", 8), *_COUNTS,
    Column("confl.", 6, right=True), Column("open", 5, right=True),
)  # fmt: skip
_WHOLE = (
    Column("#", 4, right=True), Column("round"), Column("stage", 6), Column("reads", 18),
    Column("people", 6, right=True), Column("seen by", 10), *_COUNTS, Column("conflicts", 9, right=True),
    Column("open", 6, right=True),
)  # fmt: skip
_ROOMY = 104
_MOST = 10
"""So many rounds are seen at once; of more, the list scrolls."""


class RoundList(Table[RoundRow]):
    """A row for each round, in as many lines as there are rounds; who sees what is a word."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(_CLOSE, self._cells, empty="No round yet: a adds one.", id=id)
        self._roomy = False

    def fill(self, items: Sequence[RoundRow], *, keep: bool = True) -> None:
        """Show other rounds, in as many lines as they need, as far as there is room."""
        self.styles.height = min(max(len(items), 1), _MOST) + self.heads
        super().fill(items, keep=keep)

    def resized(self) -> None:
        """Choose the columns for the width there is."""
        self._roomy = self.room >= _ROOMY
        self.columns = list(_WHOLE if self._roomy else _CLOSE)
        super().resized()

    def _cells(self, row: RoundRow) -> list[Span | str]:
        counts: list[Span | str] = [
            f"{row.entries:,}",
            _count(row.include, "good"),
            _count(row.exclude, "muted"),
            _count(row.maybe, "warn"),
            _count(row.conflicts, "warn"),
            _count(row.open, ""),
        ]
        number, name = Span(f"#{row.number}", "muted"), row.name[:_LONGEST]
        if not self._roomy:
            return [number, name, Span(" ".join(filter(None, (f"{row.readers}", sight(row))))), *counts]
        told = Span(sight(row) or "everybody", "accent" if row.closed else "muted")
        return [number, name, line(row.stage[:_LONGEST]), row.kind, f"{row.readers}", told, *counts]


def sight(row: RoundRow) -> str:
    """Return whether a round is blind now, or was: "" where everybody always saw everything."""
    return "blind" if row.closed else "opened" if row.blind else ""


def _count(n: int, style: str) -> Span:
    return Span(f"{n:,}" if n else "–", style if n else "muted")
