"""The boxes of the review, of a paper or under a mechanism, and the one under the cursor drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from textual import on
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input

from realist.domain.configuration import Box, Ref
from realist.text import fold, line
from tui.actions import bindings
from tui.dialogs import Choose, Option
from tui.forms.box import BoxForm, box_rows, notation_rows, understood
from tui.forms.box_edit import read_edit, slots
from tui.forms.box_open import begin_dismiss, begin_drop, begin_edit, begin_rewrite
from tui.gateway import boxes
from tui.gateway.boxes import Names, Shelf, Under, called
from tui.place import Place
from tui.widgets.box_list import BoxList
from tui.widgets.box_page import written
from tui.widgets.detail import Detail
from tui.widgets.filter import FilterLine
from tui.widgets.lines import Lines
from tui.widgets.page import Page

_NOTE = (
    "Leave blank what is not known yet: half a box is welcome. Several papers or mechanisms: a ; between."
    " → takes what is suggested."
)


class BoxesScreen(Place):
    """A list of boxes, and the one under the cursor as the field prints it."""

    PLACE = "boxes"
    TITLE = "Boxes"
    BINDINGS = bindings("boxes")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    BoxesScreen #both { height: 1fr; layout: vertical; }
    BoxesScreen #list { height: 2fr; min-height: 4; }
    BoxesScreen #drawn { height: 3fr; border-top: solid $panel; }
    BoxesScreen.-wide #both { layout: horizontal; }
    BoxesScreen.-wide #list { width: 1fr; height: 1fr; margin-right: 1; }
    BoxesScreen.-wide #drawn { width: 1fr; height: 1fr; border-top: none; border-left: solid $panel; }
    """

    def __init__(self, paper: str = "", mechanism: str = "", box: str = "") -> None:
        super().__init__()
        self._paper, self._mechanism, self._at = paper, mechanism, box
        self._shelf = Shelf(())

    def body(self) -> Iterable[Widget]:
        """Yield the list and the drawn box."""
        yield FilterLine("words in a label, title, paper, part or mechanism")
        yield Container(BoxList(id="list"), Detail(id="drawn"), id="both")

    # -- what is shown --------------------------------------------------------------------------------------

    @property
    def _list(self) -> BoxList:
        return self.query_one(BoxList)

    @property
    def box(self) -> Box | None:
        """The box under the cursor."""
        return self._list.item.box if self._list.item else None

    def load(self) -> None:
        """Ask for the boxes."""
        paper, mechanism = self._paper, self._mechanism
        self.fetch(lambda gate: boxes.shelf(gate, paper, mechanism), self._show)

    def _show(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._fill()

    def _fill(self) -> None:
        """Show the rows that fit the filter, the cursor on the box it was on."""
        words = fold(self.query_one(FilterLine).value).split()
        rows = [row for row in self._shelf.rows if all(word in row.words for word in words)]
        table, wanted = self._list, self._at
        table.empty = self._nothing(bool(words))
        before = table.cursor
        table.fill(rows)
        at = next((place for place, row in enumerate(rows) if row.box.uid == wanted), before)
        table.go_to(at, tell=False)
        count, every = len(rows), len(self._shelf.rows)
        many = f"{count} of {every}" if count != every else f"{every}"
        of = f" · {self._shelf.of}" if self._shelf.of else ""
        self.say_where(f"{many}{of}")
        self._draw()

    def _nothing(self, filtered: bool) -> str:
        if filtered and self._shelf.rows:
            return "No box holds these words: f changes them."
        whose = " of this paper" if self._paper else " under this mechanism" if self._mechanism else ""
        return f"No box{whose} yet: a adds one by form, w in the notation."

    def _draw(self) -> None:
        """Draw the box under the cursor; until the person moved, that is the one to stay on."""
        row, page = self._list.item, self.query_one(Detail)
        if row is None:
            page.show_of("", lambda sheet: None)
            return
        self._at = self._at or row.box.uid
        page.show_of(row.box.uid, written(self._shelf, row.number, row.box))

    @on(Lines.Moved, "#list")
    def moved(self) -> None:
        """Draw the box the cursor came to."""
        self._at = ""
        self._draw()

    @on(Lines.Chosen, "#list")
    def chosen(self) -> None:
        """Go into the drawn box."""
        self.query_one(Detail).focus()

    @on(Page.Followed)
    def followed(self, event: Page.Followed) -> None:
        """Go where the line leads."""
        self.house.open(event.target.kind, event.target.uid)

    @on(Input.Changed, "#filter")
    def typed(self) -> None:
        """Show what fits."""
        self._fill()

    def action_filter(self) -> None:
        """Type what the list should show."""
        self.query_one(FilterLine).begin()

    def action_paper(self) -> None:
        """Open the paper of the box, asking which where there are several."""
        found = self.box.papers if self.box else ()
        if len(found) == 1:
            self.house.open("paper", found[0].uid)
        elif found:
            options = [Option(called(paper), paper.uid) for paper in found]
            self.app.push_screen(Choose("Which paper?", options), self._to_paper)
        elif self.box:
            self.house.say("This box is of no paper yet: e gives it one.")

    def _to_paper(self, uid: str | None) -> None:
        if uid:
            self.house.open("paper", uid)

    # -- adding ---------------------------------------------------------------------------------------------

    def action_add_box(self) -> None:
        """Add a box by form."""
        self._asking(self._add_by_form)

    def action_write_box(self) -> None:
        """Add a box by writing it in the notation."""
        self._asking(self._add_by_writing)

    def _asking(self, then: Callable[[Names], None]) -> None:
        """Do *then* with the names that are suggested, after asking who is at the keyboard."""
        ask = partial(boxes.names, paper=self._paper, mechanism=self._mechanism)
        self.house.with_person(lambda: self.fetch(ask, then, group="names"))

    def _under(self, of: str) -> Box:
        """A box that stands under the paper or mechanism whose boxes are shown, called *of*."""
        return Box(
            papers=(Ref(self._paper, of),) if self._paper else (),
            mechanisms=(Ref(self._mechanism, of),) if self._mechanism else (),
        )

    def _add_by_form(self, names: Names) -> None:
        shown, under = slots(None), self._under(names.of)

        def save(values: dict[str, str]) -> str:
            edit = read_edit(values, Box(), shown)
            new, of = edit(under), Under(values["papers"], values["mechanisms"])
            return self.house.at_desk(lambda desk: boxes.add(desk, new, of, status=bool(values["status"])))

        rows = box_rows(None, shown, names, under)
        self.app.push_screen(
            BoxForm("Add a box", rows, save, note=_NOTE, draft=self._draft("box")), self._added
        )

    def _add_by_writing(self, names: Names) -> None:
        under = self._under(names.of)

        def save(values: dict[str, str]) -> str:
            new = Box(
                label=line(values["label"]), title=line(values["title"]), papers=under.papers,
                mechanisms=under.mechanisms, elements=boxes.parts_of(values["text"]),
            )  # fmt: skip
            of = Under(values["papers"], values["mechanisms"])
            return self.house.at_desk(lambda desk: boxes.add(desk, new, of))

        rows = notation_rows("", names, under)
        self.app.push_screen(
            BoxForm("Write a box", rows, save, live=understood, draft=self._draft("notation")), self._added
        )

    def _draft(self, what: str) -> str:
        return f"new {what} of {self._paper or self._mechanism or 'the review'}"

    def _added(self, uid: Any) -> None:
        if isinstance(uid, str):
            self._at = uid
            self.query_one(FilterLine).value = ""
            self.forget()
            self.look_again()
            self.house.say("The box was added. u takes it back.")

    # -- changing -------------------------------------------------------------------------------------------

    def action_edit(self) -> None:
        """Edit the box under the cursor by form."""
        if self.box:
            begin_edit(self, self.box, self._number)

    def action_rewrite(self) -> None:
        """Edit the box under the cursor as it is written in the notation."""
        if self.box:
            begin_rewrite(self, self.box, self._number)

    def action_drop(self) -> None:
        """Drop the box under the cursor, with the reason."""
        if self.box:
            begin_drop(self, self.box, self._number)

    def action_fine(self) -> None:
        """Say that something to look at is fine as it is."""
        every = (self._shelf.looks or {}).get(self.box.uid, ()) if self.box else ()
        there = [one for one in every if not one.dismissed]
        if not there:
            self.house.say("Nothing is left to look at in this box.")
        else:
            self.house.with_person(lambda: begin_dismiss(self, there))

    @property
    def _number(self) -> int:
        return self._list.item.number if self._list.item else 0
