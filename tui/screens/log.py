"""The log: who did what when; undo and redo of any act, said before it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from realist.text import line, shorten
from tui.actions import bindings
from tui.dialogs import Confirm
from tui.gateway import acts
from tui.place import Place
from tui.sheets.act import ActSheet
from tui.widgets.filter import FilterLine
from tui.widgets.lines import Column, Lines, Row, Span
from tui.widgets.table import Table

if TYPE_CHECKING:
    from realist.queries.undoing import Preview

Act = dict[str, Any]
_ALL = 1_000_000
_COLUMNS = (
    Column("act", 6, right=True), Column("when", 10), Column("who", 6), Column("", 1),
    Column("what", share=2), Column("why"),
)  # fmt: skip


class ActTable(Table[Act]):
    """Acts, newest first. Says when the oldest that it knows is drawn, so that older ones are asked for."""

    @dataclass
    class AtTheEnd(Message):
        """The oldest act known is seen."""

        everything: bool = False

    def row(self, index: int, width: int) -> Row:
        """Return the row of an act."""
        if self.items and index == len(self.items) - 1:
            self.post_message(self.AtTheEnd())
        return super().row(index, width)

    def action_last(self) -> None:
        """Go to the first act of the review."""
        super().action_last()
        self.post_message(self.AtTheEnd(True))


class LogScreen(Place):
    """Every act of the review under a cursor."""

    PLACE = "log"
    TITLE = "Log"
    BINDINGS = bindings("log")

    def __init__(self) -> None:
        super().__init__()
        self._mine = False
        self._more = False
        self._problem = ""
        self._wanted_act = 0

    def body(self) -> Iterable[Widget]:
        """Yield the filter and the acts."""
        yield FilterLine("words · by:AB")
        yield ActTable(
            _COLUMNS, _shown, empty="No act fits: f changes the filter, m shows everybody's.", id="acts"
        )

    @property
    def _table(self) -> ActTable:
        return self.query_one("#acts", ActTable)

    @property
    def _filter(self) -> str:
        return self.query_one(FilterLine).value

    # -- what is shown --------------------------------------------------------------------------------------

    def load(self) -> None:
        """Ask for the newest acts, as many as are shown."""
        self._look_up(max(len(self._table.items), acts.PAGE), keep=True)

    def _look_up(self, limit: int, *, keep: bool) -> None:
        wanted, mine = self._filter, self._mine
        self.fetch(
            lambda gate: acts.acts(gate, limit=limit, wanted=wanted, mine=mine),
            lambda found: self._show(found, keep),
        )

    def _show(self, found: acts.Found, keep: bool) -> None:
        table = self._table
        here = table.item["uid"] if keep and table.item else ""
        top = table.scroll_offset.y
        self._more, self._problem = found.more, found.problem
        table.fill(found.acts, keep=keep)
        place = next((place for place, act in enumerate(found.acts) if act["uid"] == here), None)
        if place is not None and place != table.cursor:
            if top:  # who sees the newest acts goes on seeing them; others see what they saw
                table.scroll_to(y=top + place - table.cursor, animate=False, immediate=True)
            table.go_to(place)
        self._go_to_wanted()
        self._say_how_many()

    def _say_how_many(self) -> None:
        items = self._table.items
        everything = not (self._mine or self._filter)
        n = int(items[0]["number"]) if items and everything else len(items)
        more = " or more" if self._more and not everything else ""
        several = f"{n:,}{more} act{'' if n == 1 else 's'}"
        parts = [
            several,
            "yours only" if self._mine else "",
            shorten(self._filter, 30),
            shorten(self._problem, 80),
        ]
        self.say_where(" · ".join(filter(None, parts)))

    @on(ActTable.AtTheEnd)
    def go_on(self, message: ActTable.AtTheEnd) -> None:
        """Ask for older acts, where there are any; once for each oldest one known."""
        if not self._more:
            return
        self._more = False
        before, wanted, mine = self._table.items[-1]["number"], self._filter, self._mine
        limit = _ALL if message.everything else acts.PAGE

        def add(found: acts.Found) -> None:
            if (wanted, mine) == (self._filter, self._mine) and before == self._table.items[-1]["number"]:
                self._more = found.more
                self._table.fill([*self._table.items, *found.acts])
                self._say_how_many()
                if message.everything:
                    self._table.go_to(self._table.total - 1)

        self.fetch(
            lambda gate: acts.acts(gate, before=before, limit=limit, wanted=wanted, mine=mine),
            add,
            group="older",
        )

    @on(Input.Changed)
    def typed(self) -> None:
        """Show the acts that fit what is typed."""
        self._look_up(acts.PAGE, keep=False)

    def action_filter(self) -> None:
        """Type what to show."""
        self.query_one(FilterLine).begin()

    def action_mine(self) -> None:
        """Show one's own acts, or everybody's."""
        if not self._mine and not self.gate.person:
            self.house.action_who(self.action_mine)
            return
        self._mine = not self._mine
        self._look_up(acts.PAGE, keep=True)

    def on_place_asked(self, message: Place.Asked) -> None:
        """Go to the act with a number."""
        self._wanted_act = int(message.text) if message.text.isascii() and message.text.isdecimal() else 0
        if self._wanted_act:
            self._mine = False
            self.query_one(FilterLine).value = ""
            self._look_up(max(len(self._table.items), acts.PAGE), keep=True)

    def _go_to_wanted(self) -> None:
        for place, act in enumerate(self._table.items):
            if act["number"] == self._wanted_act:
                self._wanted_act = 0
                self._table.go_to(place)

    # -- one act --------------------------------------------------------------------------------------------

    @on(Lines.Chosen)
    def open_act(self) -> None:
        """Show what the act under the cursor changed."""
        act = self._table.item
        if act is not None:
            self.fetch(
                lambda gate: acts.changes(gate, act),
                lambda found: self.app.push_screen(ActSheet(found)),
                group="act",
            )

    def action_undo_this(self) -> None:
        """Undo the act under the cursor, after saying what that does."""
        act = self._table.item
        if act is not None:
            number = int(act["number"])
            self._reverse(
                f"Undo act {number}?",
                lambda gate: acts.will_undo(gate, number),
                lambda: self.house.write(
                    lambda desk: acts.undo(desk, str(number)), say=lambda what: f"Undone: {what}."
                ),
            )

    def action_redo_this(self) -> None:
        """Redo what the undo under the cursor, or the one of the act under it, took back."""
        act = self._table.item
        if act is not None:
            number = self._undo_of(act)
            self._reverse(
                f"Do again what act {number} took back?",
                lambda gate: acts.will_redo(gate, number),
                lambda: self.house.write(
                    lambda desk: acts.redo(desk, str(number)), say=lambda what: f"Done again: {what}."
                ),
            )

    def _undo_of(self, act: Act) -> int:
        undos = (row for row in self._table.items if row["undoes"] == act["uid"] and not row["undone"])
        return int(next(undos, act)["number"] if act["undone"] else act["number"])

    def _reverse(self, title: str, preview: Callable[[Any], Preview], do: Callable[[], None]) -> None:
        def ask(found: Preview) -> None:
            self.app.push_screen(Confirm(title, said_before(found)), lambda yes: do() if yes else None)

        self.house.with_person(lambda: self.fetch(preview, ask, group="preview"))


def said_before(preview: Preview) -> str:
    """Return what undoing or redoing does, for a person to agree to."""
    signs = {"adds": "+", "removes": "−", "changes": "~"}
    shown = preview.rows[:12]
    rows = [f"{signs.get(verb, '·')} {verb} {table.replace('_', ' ')}: {what}" for verb, table, what in shown]
    left = preview.count - sum(_rows_of(table, what) for _, table, what in shown)
    more = [f"… and {left:,} more"] if left > 0 else []
    return "\n".join([preview.sentence, "", *rows, *more])


def _rows_of(table: str, what: str) -> int:
    """Return how many rows a line of a preview stands for: what an import brought is counted, not named."""
    digits = what.replace(",", "")
    return int(digits) if table in ("record", "paper") and digits.isdecimal() else 1


def _shown(act: Act) -> Sequence[Span | str]:
    what = line(f"{act['intention']} {act['subject']}"[:4000])
    style = "muted" if act["undone"] else ""
    return (
        Span(str(act["number"]), "muted"), Span(when(act["at"]), "muted"), line(act["person"]),
        Span("↶" if act["undone"] else "", "warn"), Span(what, style), Span(act["reason"][:4000], "muted"),
    )  # fmt: skip


def when(at: datetime, now: datetime | None = None) -> str:
    """Return the time of day for what happened today, else the date, as the clock on the wall shows it."""
    here, today = at.astimezone(), (now or datetime.now().astimezone()).astimezone()
    return here.strftime("%H:%M:%S") if here.date() == today.date() else here.strftime("%Y-%m-%d")
