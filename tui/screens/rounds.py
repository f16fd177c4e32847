"""The rounds of the review: planned, filled, handed out, watched; and everything about one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.containers import Container
from textual.widget import Widget

from realist.text import shorten
from tui.actions import bindings
from tui.dialogs import Choose, Confirm, Field, Form, Option
from tui.forms.entering import begin_entering
from tui.forms.handing import begin_handing, begin_handing_over
from tui.forms.rounds import begin_adding, begin_editing
from tui.gateway import planning, rounds
from tui.gateway.rounds import RoundRow, Story
from tui.place import Place
from tui.sheets.round import write_round
from tui.sheets.sheet import Sheet
from tui.widgets.detail import Detail
from tui.widgets.lines import Lines
from tui.widgets.page import Page
from tui.widgets.round_list import RoundList

_OF_A_ROUND = (
    "edit", "bring", "hand_out", "hand_over", "open_round", "screen", "reconcile", "write", "other", "choose",
)  # fmt: skip
_OPENING = (
    "From now on everybody sees what everybody decided in “{name}”, with reasons and notes. Nobody decides"
    " independently any more: agreement is measured on what people held until now.{open}"
)


class RoundsScreen(Place):
    """A table of rounds; below, what waits, who did how much, how far people agree, and the rules."""

    PLACE = "rounds"
    TITLE = "Rounds"
    BINDINGS = bindings("rounds")
    AUTO_FOCUS = "#list"
    DEFAULT_CSS = """
    RoundsScreen #both { height: 1fr; layout: vertical; }
    RoundsScreen #list { height: 4; max-height: 40%; min-height: 2; }
    RoundsScreen #story { height: 1fr; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._at = ""
        self._story: Story | None = None

    def body(self) -> Iterable[Widget]:
        """Yield the list and the page."""
        yield Container(RoundList(id="list"), Detail(id="story"), id="both")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is done with a round where there is one."""
        return action not in _OF_A_ROUND or not self.is_mounted or bool(self._list.items)

    # -- what is shown --------------------------------------------------------------------------------------

    @property
    def _list(self) -> RoundList:
        return self.query_one(RoundList)

    def load(self) -> None:
        """Ask for the rounds."""
        self.fetch(rounds.listed, self._show)

    def on_place_asked(self, message: Place.Asked) -> None:
        """Go to the round that another place names by its uid."""
        self._at = message.text
        self.forget()
        self.look_again()

    def _show(self, rows: tuple[RoundRow, ...]) -> None:
        table, wanted = self._list, self._at
        before = table.cursor
        table.fill(rows)
        at = next((place for place, row in enumerate(rows) if wanted and row.uid == wanted), before)
        table.go_to(at, tell=False)
        waiting = sum(row.conflicts for row in rows)
        words = [f"{len(rows):,}"] + ([f"{waiting:,} conflicts"] if waiting > 1 else [])
        self.say_where(" · ".join(words))
        self.offer()
        self._tell()

    def _tell(self) -> None:
        """Ask for everything about the round under the cursor; until the person moved, that one stays."""
        row = self._list.item
        if row is None:
            self.query_one(Detail).show_of("", lambda sheet: None)
            return
        uid = row.uid
        self._at = self._at or uid
        self.fetch(lambda gate: rounds.story(gate, uid), self._told, group="detail")

    def _told(self, story: Story | None) -> None:
        row = self._list.item
        if story is not None and row is not None and story.row["uid"] == row.uid:
            self._story = story
            self.query_one(Detail).show_of(row.uid, lambda sheet: write_round(sheet, story))

    @on(Lines.Moved, "#list")
    def moved(self) -> None:
        """Show the round the cursor came to."""
        self._at = ""
        self._tell()

    def action_other(self) -> None:
        """Go to the page, or back to the list."""
        page = self.query_one(Detail)
        (self._list if page.has_focus else page).focus()

    # -- going on -------------------------------------------------------------------------------------------

    @on(Lines.Chosen, "#list")
    async def chosen(self) -> None:
        """Screen the round."""
        await self.action_screen()

    @on(Page.Followed)
    async def followed(self, event: Page.Followed) -> None:
        """Go where a line about what waits leads."""
        if event.target.kind == "screen":
            await self.action_screen()
        else:
            await self.action_reconcile()

    async def action_screen(self) -> None:
        """Go and decide on the papers of the round."""
        if self._list.item is not None:
            await self.ask("screening", self._list.item.uid)

    async def action_reconcile(self) -> None:
        """Go to the conflicts of the round."""
        if self._list.item is not None:
            await self.ask("reconcile", self._list.item.uid)

    # -- planning -------------------------------------------------------------------------------------------

    def action_add(self) -> None:
        """Add a round."""

        def added(uid: str) -> None:
            self._at = uid
            self.forget()
            self.look_again()
            self.house.say("The round was added. b brings papers in. u takes it back.")

        begin_adding(self, added)

    def action_edit(self) -> None:
        """Change the rules of the round."""
        if self._list.item is not None:
            begin_editing(self, self._list.item.uid)

    def _with_round(self, begin: Callable[[Place, RoundRow], None]) -> None:
        if self._list.item is not None:
            begin(self, self._list.item)

    def action_bring(self) -> None:
        """Bring papers into the round."""
        self._with_round(begin_entering)

    def action_hand_out(self) -> None:
        """Hand the papers of the round to people."""
        self._with_round(begin_handing)

    def action_hand_over(self) -> None:
        """Give the papers of somebody who leaves to others."""
        self._with_round(begin_handing_over)

    def action_open_round(self) -> None:
        """Open a blind round, after saying what that means."""
        row = self._list.item
        if row is None:
            return
        if not row.closed:
            said = "was opened already" if row.blind else "is not blind"
            self.house.say(f"#{row.number} {said}: everybody sees everything in it.")
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.house.write(
                    lambda desk: planning.open_blind(desk, row.uid), say=f"#{row.number} is open now."
                )

        left = f" {row.open:,} papers are not decided yet." if row.open else ""
        text = _OPENING.format(name=shorten(row.name[:400], 60), open=left)
        title = f"Open the blind round #{row.number}?"
        self.house.with_person(lambda: self.app.push_screen(Confirm(title, text, yes="Open it"), answered))

    # -- files ----------------------------------------------------------------------------------------------

    def action_write(self) -> None:
        """Write this page, or the decisions, to a file."""
        row = self._list.item
        if row is None:
            return
        options = [
            Option("This page: what waits, people, agreement, rules", "page", "text"),
            Option("The decisions of the round", "decisions", "CSV, as far as you may see them"),
        ]

        def chosen(what: str | None) -> None:
            if what is not None:
                self.app.push_screen(self._writing(row, what), self.house.say_done)

        self.app.push_screen(Choose(f"Write what of #{row.number}?", options), chosen)

    def _writing(self, row: RoundRow, what: str) -> Form:
        def save(values: dict[str, str]) -> str:
            if what == "decisions":
                return rounds.export_decisions(self.gate, row.uid, values["file"])
            return rounds.export_text(values["file"], self._as_text(row.uid))

        name = f"round-{row.number}-decisions.csv" if what == "decisions" else f"round-{row.number}.txt"
        return Form("Write to a file", [Field("file", "Write to", name)], save, done="Write")

    def _as_text(self, uid: str) -> list[str]:
        """Return the page of a round as lines of text."""
        sheet, story = Sheet(100), rounds.story(self.gate, uid)
        if story is not None:
            write_round(sheet, story)
        return ["".join(span.text for span in row).rstrip() for row in sheet.rows]
