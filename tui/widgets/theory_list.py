"""The list of theories: each with its statements at the version looked at, and how strong they stand."""

from __future__ import annotations

from realist.text import line
from tui.gateway.theories import SIGNS, TheoryLine
from tui.widgets.lines import Column, Span
from tui.widgets.table import Table

_CLOSE = (
    Column("", 4), Column("statement"), Column("papers", 6, right=True), Column("", 9, right=True),
    Column("", 2),
)  # fmt: skip
_WHOLE = (
    _CLOSE[0], _CLOSE[1], Column("papers", 6, right=True), Column("for and against", 15, right=True),
    Column("thin", 4, right=True),
)  # fmt: skip
_ROOMY = 76
_LONGEST = 400


class TheoryList(Table[TheoryLine]):
    """A line for each theory, and one for each of its statements."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(_CLOSE, self._cells, empty="No theory yet: A adds one.", id=id)
        self._roomy = False

    def resized(self) -> None:
        """Choose the columns for the width there is."""
        self._roomy = self.room >= _ROOMY
        self.columns = list(_WHOLE if self._roomy else _CLOSE)
        super().resized()

    def _cells(self, row: TheoryLine) -> list[Span | str]:
        if not row.part:
            return self._theory(row)
        rank = f" [{line(row.priority[:40])}]" if row.priority else ""
        name = line((row.name or row.said)[:_LONGEST])
        said = f" – {line(row.said[:_LONGEST])}" if row.name and self._roomy else ""
        papers = Span(str(row.papers or "–"), "" if row.papers else "warn")
        thin = Span(f"!{row.thin}" if row.thin else "", "warn")
        return [
            Span(f" p{row.number}", "muted"),
            f"{name}{rank}{said}",
            papers,
            _signs(row, self._roomy),
            thin,
        ]

    def _theory(self, row: TheoryLine) -> list[Span | str]:
        kind = "" if row.kind == "programme" else f" ({row.kind})"
        where = f"v{row.version} of {row.versions}, {row.stage}" if row.versions else "no version"
        name = Span(f"{where} · {line(row.name[:_LONGEST])}{kind}", "heading")
        papers = Span("" if row.papers is None else str(row.papers or "–"), "muted")
        return [Span(f"T{row.number}", "heading"), name, papers, _signs(row, self._roomy), ""]


def _signs(row: TheoryLine, roomy: bool) -> Span:
    shown = row.stances if roomy else row.stances[:3]
    return Span(" ".join(f"{SIGNS.get(stance, '·')}{n}" for stance, n in shown), "")
