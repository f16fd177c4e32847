"""The list of consultations: when, with whom, what was heard, decided and followed."""

from __future__ import annotations

from tui.gateway.consulting import ConsultationRow
from tui.sheets.consultation import VOICES
from tui.widgets.lines import Column, Span
from tui.widgets.table import Table

_CLOSE = (
    Column("when", 10), Column("consultation"), Column("people", 6, right=True),
    Column("said", 14), Column("decided", 7, right=True), Column("acts", 4, right=True),
)  # fmt: skip
_WHOLE = (_CLOSE[0], _CLOSE[1], Column("how", 14), *_CLOSE[2:])
_ROOMY = 80


class ConsultationList(Table[ConsultationRow]):
    """A row for each consultation; how it was held only where there is room."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(_CLOSE, self._cells, empty="Nobody was asked yet: a records it.", id=id)
        self._roomy = False

    def resized(self) -> None:
        """Choose the columns for the width there is."""
        self._roomy = self.room >= _ROOMY
        self.columns = list(_WHOLE if self._roomy else _CLOSE)
        super().resized()

    def _cells(self, row: ConsultationRow) -> list[Span | str]:
        said = " ".join(
            f"{sign}{row.voices[voice]}" for voice, (sign, _) in VOICES.items() if row.voices.get(voice)
        )
        cells: list[Span | str] = [Span(row.held[:40] or "?", "muted"), row.name[:400]]
        if self._roomy:
            cells.append(Span(row.mode or "?", "muted"))
        people = "?" if row.people is None else str(row.people)
        return [*cells, people, said or "–", str(row.decisions or "–"), str(row.followed or "–")]
