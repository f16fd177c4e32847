"""The list of boxes: what each is called, of which paper it is, its parts in short, where it stands."""

from __future__ import annotations

from realist.domain.configuration import Box
from realist.text import line
from tui.gateway.boxes import BoxRow, called
from tui.widgets.box_page import short_chain, status
from tui.widgets.lines import Column, Span
from tui.widgets.table import Table

_CLOSE = (
    Column("no", 4, right=True), Column("", 1), Column("box", share=5), Column("paper", share=3),
    Column("parts", 15),
)  # fmt: skip
_WHOLE = (*_CLOSE, Column("status", 11))
_ROOMY = 74


class BoxList(Table[BoxRow]):
    """A row for each box; the word of its status only where there is room, its sign always."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(_CLOSE, self._cells, id=id)

    def resized(self) -> None:
        """Choose the columns for the width there is."""
        self.columns = list(_WHOLE if self.room >= _ROOMY else _CLOSE)
        super().resized()

    def _cells(self, row: BoxRow) -> list[Span | str]:
        box = row.box
        dim = "muted" if str(box.status) == "dropped" else ""
        papers = ", ".join(called(paper) for paper in box.papers) or "–"
        stands = status(box)
        sign, word = stands.text.split(" ", 1)
        texts: list[Span | str] = [
            Span(f"#{row.number}", "muted"), Span(sign, stands.style), Span(name(box), dim),
            Span(papers, dim), Span(short_chain(box.parts), dim or "accent"), Span(word, stands.style),
        ]  # fmt: skip
        return texts[: len(self.columns)]


def name(box: Box) -> str:
    """Return what a box is called in a list: label and title, else the wording of its first part."""
    given = f"{box.label[:80]} {box.title[:400]}".strip()
    return given if line(given) else box.parts[0].text[:400] if box.parts else "(empty)"
