"""Patterns among boxes: similar ones side by side, pairs that recur, chains, and what people named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from textual import on
from textual.containers import Container
from textual.widget import Widget

from tui.actions import bindings
from tui.forms.patterns import begin_give_up, begin_name, begin_put, begin_reword
from tui.gateway import patterns
from tui.gateway.patterns import Group, Known, Naming, Regular
from tui.place import Place
from tui.sheets.patterns import chain_sheet, group_sheet, recurrent_sheet, regular_sheet
from tui.sheets.sheet import Sheet
from tui.widgets.detail import Detail
from tui.widgets.lines import Column, Lines, Span
from tui.widgets.page import Page, Write
from tui.widgets.table import Table

VIEWS = ("similar", "recurrent", "chains", "named")
_NONE = {
    "similar": "No box is like another, as far as words and tags tell.",
    "recurrent": "No two papers show the same named context with the same named outcome.",
    "chains": "No outcome of a box leads to another box.",
    "named": "Nothing was named yet: n on a group, a pair or a chain does.",
}


class Row(NamedTuple):
    """A pattern in the list: how it is called, how many boxes and papers, and what is written of it."""

    uid: str
    name: str
    boxes: int
    papers: int
    against: int
    write: Write
    naming: Naming | None = None
    regular: Regular | None = None


class Wide(Detail):
    """A page as wide as the screen: boxes stand side by side on it."""

    def show_of(self, uid: str, write: Write) -> None:
        """Show the text on the thing *uid*; where it was shown before, the reader stays where they were."""
        same, self._of = self._of == uid, uid
        self.show(write, keep=same)


class PatternsScreen(Place):
    """A list of patterns of one kind; below, the one under the cursor."""

    PLACE = "patterns"
    TITLE = "Patterns"
    BINDINGS = bindings("patterns")
    DEFAULT_CSS = """
    PatternsScreen #both { height: 1fr; layout: vertical; }
    PatternsScreen #list { height: 2fr; min-height: 4; }
    PatternsScreen #shown { height: 3fr; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._view = VIEWS[0]
        self._words = False
        self._left = 0
        self._known: Known | None = None
        self._groups: Sequence[Group] | None = None

    def body(self) -> Iterable[Widget]:
        """Yield the list and the page."""
        columns = (
            Column("no", 4, right=True), Column("pattern"), Column("boxes", 5, right=True),
            Column("papers", 6, right=True), Column("against", 7, right=True),
        )  # fmt: skip
        yield Container(Table[Row](columns, self._cells, id="list"), Wide(id="shown"), id="both")

    @property
    def _list(self) -> Table[Row]:
        return self.query_one("#list", Table)

    def _cells(self, row: Row) -> list[Span | str]:
        place = self._list.items.index(row) + 1
        number = f"#{row.regular.number}" if row.regular else str(place)
        return [
            Span(number, "muted"), row.name[:400], str(row.boxes), str(row.papers or "–"),
            str(row.against or "–"),
        ]  # fmt: skip

    # -- what is shown --------------------------------------------------------------------------------------

    def load(self) -> None:
        """Ask for what is found at once, then for the groups, which take longer."""
        self._groups = None
        self.fetch(patterns.known, self._show)

    def _show(self, known: Known) -> None:
        self._known = known
        self._fill()
        self._ask_groups()

    def _ask_groups(self) -> None:
        self.fetch(partial(patterns.groups, words=self._words), self._show_groups, group="groups")

    def _show_groups(self, found: Sequence[Group]) -> None:
        self._groups = found
        if self._view == "similar":
            self._fill()

    def _fill(self) -> None:
        known, table = self._known, self._list
        if known is None:
            return
        rows = {
            "similar": self._similar, "recurrent": self._recurrent, "chains": self._chains,
            "named": self._named,
        }[self._view](known)  # fmt: skip
        looking = self._view == "similar" and self._groups is None
        table.empty = "Boxes are being compared …" if looking else _NONE[self._view]
        table.fill(rows)
        by = " by words alone" if self._words else ""
        called = {"similar": f"similar boxes{by}", "recurrent": "recurrent pairs", "named": "named"}
        self.say_where(f"{called.get(self._view, self._view)} · {'…' if looking else len(rows)}")
        self._draw()

    def _similar(self, known: Known) -> list[Row]:
        found = []
        for group in self._groups or ():
            words = dict.fromkeys(words[0][0] for words in group.words.values() if words)
            most = [name for _, name, n in group.tags if 2 * n >= len(group.uids)]
            named = ", ".join(most[:2])
            write = partial(self._write_group, group, known)
            name = " · ".join(filter(None, (f"{group.score} %", *words, named)))
            papers = known.of.behind(group.uids).papers
            found.append(Row(group.uids[0], name, len(group.uids), papers, 0, write, Naming(group.uids)))
        return found

    def _write_group(self, group: Group, known: Known, sheet: Sheet) -> None:
        group_sheet(sheet, group, known, self._left)

    def _recurrent(self, known: Known) -> list[Row]:
        found = []
        for one in known.recurrent:
            under = one.mechanism.uid if one.mechanism else ""
            naming = Naming(one.shows, one.counters, one.context.uid, under, one.outcome.uid)
            write = partial(_later(recurrent_sheet), one, known)
            uid = f"{one.context.uid} {under} {one.outcome.uid}"
            name = patterns.pattern_name(one)
            found.append(Row(uid, name, len(one.shows), one.count.papers, one.against.papers, write, naming))
        return found

    def _chains(self, known: Known) -> list[Row]:
        linked = patterns.Linked(known.of)
        found = []
        for chain in known.chains:
            loops = len(chain.loops)
            said = f" · {loops} loop{'' if loops == 1 else 's'}" if loops else ""
            papers = known.of.behind(chain.boxes).papers
            write = partial(_later(chain_sheet), chain, known)
            name = f"{linked.name(chain.boxes[0])}{said}"
            found.append(Row(chain.boxes[0], name, len(chain.boxes), papers, 0, write, Naming(chain.boxes)))
        return found

    def _named(self, known: Known) -> list[Row]:
        return [
            Row(
                one.uid, one.name, len(one.cases), one.for_.papers, one.against.papers,
                partial(_later(regular_sheet), one, known), regular=one,
            )
            for one in known.regular
        ]  # fmt: skip

    def _draw(self) -> None:
        row, page = self._list.item, self.query_one(Wide)
        if row is None:
            page.show_of("", lambda sheet: None)
        else:
            page.show_of(f"{self._view} {row.uid} {self._left}", row.write)

    @on(Lines.Moved, "#list")
    def moved(self) -> None:
        """Draw the pattern the cursor came to."""
        self._left = 0
        self._draw()

    @on(Lines.Chosen, "#list")
    def chosen(self) -> None:
        """Go into the page."""
        self.query_one(Wide).focus()

    @on(Page.Followed)
    def followed(self, event: Page.Followed) -> None:
        """Open the box of the line."""
        self.house.open(event.target.kind, event.target.uid)

    # -- what can be done -----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what fits the kind of pattern that is shown."""
        if action in ("reword", "put", "give_up"):
            return self._view == "named"
        if action == "name":
            return self._view != "named"
        return action != "beside" or self._view == "similar"

    def action_other(self) -> None:
        """Show another kind of pattern."""
        self._view = VIEWS[(VIEWS.index(self._view) + 1) % len(VIEWS)]
        self._left = 0
        self._list.go_to(0, tell=False)
        self._fill()
        self.offer()
        self._list.focus()

    def action_words(self) -> None:
        """Compare by words alone, or by tags, too."""
        self._words = not self._words
        self._groups = None
        self._view = "similar"
        self._fill()
        self.offer()
        self._ask_groups()

    def action_beside(self, step: int) -> None:
        """Show other boxes of the group beside the first."""
        row = self._list.item
        if row is None or row.boxes < 3:
            self.house.say("There is no other box to show beside the first.")
            return
        shown = max(self.query_one(Wide).room - 11, 1) // 33  # as many as stand beside the first
        wanted = self._left + step * max(shown - 1, 1)
        self._left = max(min(wanted, row.boxes - 2), 0)
        self._draw()

    def action_name(self) -> None:
        """Name the pattern under the cursor a demi-regularity."""
        row = self._list.item
        if row is None or row.naming is None:
            self.house.say("There is nothing to name here.")
        else:
            begin_name(self.house, row.naming, row.name if self._view == "recurrent" else "")

    def _regular(self, then: Callable[[Regular], None]) -> None:
        """Do *then* with the regularity under the cursor."""
        row = self._list.item
        if row is not None and row.regular is not None:
            then(row.regular)

    def action_reword(self) -> None:
        """Change the wording of the regularity under the cursor."""
        self._regular(partial(begin_reword, self.house))

    def action_put(self) -> None:
        """Put boxes for or against the regularity under the cursor."""
        self._regular(partial(begin_put, self.house))

    def action_give_up(self) -> None:
        """Give the regularity under the cursor up."""
        self._regular(partial(begin_give_up, self.house))


def _later(write: Callable[..., None]) -> Callable[..., None]:
    """Return what writes a sheet that is given last."""

    def written(*what: object) -> None:
        *about, sheet = what
        write(sheet, *about)

    return written
