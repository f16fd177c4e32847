"""What is behind one cell of the evidence grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from realist.text import shorten
from tui.actions import bindings
from tui.dialogs import Field, Form
from tui.forms.cell import begin_claim, begin_reading
from tui.gateway import cell, grid
from tui.place import Place
from tui.sheets.cell import Spots, write_cell
from tui.sheets.sheet import Sheet
from tui.widgets.detail import Detail
from tui.widgets.page import Page

if TYPE_CHECKING:
    from realist.queries.cell import Behind


class CellScreen(Place):
    """Evidence, boxes and readings of one paper on one mechanism; *uid* is the uids of both.

    *columns* are the mechanisms of the list whose grid the cell is of, none where it is of no list; *before*
    says that the grid shows what was given.
    """

    PLACE = "cell"
    TITLE = "Cell"
    BINDINGS = bindings("cell")

    def __init__(self, uid: str, *, columns: Sequence[str] = (), before: bool = False) -> None:
        super().__init__()
        self._columns, self._before = columns, before
        self._paper, _, self._mechanism = uid.partition(" ")
        self._cell: Behind | None = None
        self._spots: Spots = {}

    def body(self) -> Iterable[Widget]:
        """Yield the page."""
        yield Detail(id="cell")

    def load(self) -> None:
        """Ask what is behind the cell."""
        self.fetch(
            lambda gate: cell.behind(gate, self._paper, self._mechanism, self._columns, self._before),
            self._show,
        )

    def _show(self, found: Behind | None) -> None:
        self._cell = found

        def write(sheet: Sheet) -> None:
            if found is None:
                self._spots = {}
                sheet.text("This cell is not in the review any more; q goes back.", "muted")
            else:
                self._spots = write_cell(sheet, found, cell.drawn)

        self.query_one(Detail).show_of(f"{self._paper} {self._mechanism}", write)
        if found is not None:
            mechanism = f"M{found.mechanism_number} {shorten(found.mechanism.name, 60)}"
            self.say_where(f"{shorten(found.paper.name, 40)} × {mechanism}")

    @on(Page.Followed)
    def follow(self, event: Page.Followed) -> None:
        """Open what a line leads to."""
        self.house.open(event.target.kind, event.target.uid)

    def action_paper(self) -> None:
        """Go to the paper."""
        if self._cell:
            self.house.open("paper", self._cell.paper.uid)

    def action_mechanism(self) -> None:
        """Go to the mechanism."""
        if self._cell:
            self.house.open("mechanism", self._cell.mechanism.uid)

    # -- writing --------------------------------------------------------------------------------------------

    @property
    def _place(self) -> grid.Place | None:
        found = self._cell
        if found is None:
            return None
        return grid.Place(found.paper.uid, found.paper.name, found.mechanism.uid, found.mechanism.name)

    def action_reading(self) -> None:
        """Record what reading the paper for the mechanism gave."""
        if place := self._place:
            begin_reading(self.house, place)

    def action_claim(self) -> None:
        """Record evidence in this cell."""
        if place := self._place:
            begin_claim(self.house, place)

    def action_withdraw(self) -> None:
        """Ask for the reason and withdraw the evidence under the cursor."""
        uid = self._spots.get(self.query_one(Detail).cursor)
        piece = (
            next((piece for piece in self._cell.evidence if piece.uid == uid), None) if self._cell else None
        )
        if piece is None:
            self.house.say("The cursor is on no evidence: move to a piece first.")
            return

        def save(values: dict[str, str]) -> str:
            self.house.at_desk(lambda desk: cell.withdraw(desk, piece.uid, values["reason"]))
            return "The evidence was withdrawn; u brings it back."

        note = f"{piece.stance}: {shorten(piece.claim or piece.quotation, 300)}"
        fields = [Field("reason", "Why it is withdrawn")]
        form = Form("Withdraw this evidence", fields, save, note=note, done="Withdraw")
        self.house.with_person(lambda: self.app.push_screen(form, self.house.say_done))
