"""Papers: every one of them in one list, filtered as one types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from realist.text import line
from tui.actions import bindings
from tui.dialogs import Choose, Option
from tui.forms.exporting import begin_export
from tui.forms.paper import begin_paper
from tui.forms.same import begin_same
from tui.gateway import papers
from tui.place import Place
from tui.sheets.paper import write_beside
from tui.widgets.detail import Detail
from tui.widgets.filter import FilterLine
from tui.widgets.lines import Lines
from tui.widgets.paper_list import PaperList

if TYPE_CHECKING:
    from realist.queries.listing import PaperLine

_REST = 0.08
_MANY = 5000
_SLOW = 500
_NONE = "No paper yet: a adds one by hand; i on Home imports a file."
_NO_FIT = "No paper fits this filter: f changes it."
_HINT = "words, or year:2010..2014 author: tag: state: mechanism: has: is: …"


class PapersScreen(Place):
    """The papers of the review."""

    PLACE = "papers"
    TITLE = "Papers"
    BINDINGS = bindings("papers")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (140, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    PapersScreen #beside { display: none; width: 2fr; border-left: solid $panel; }
    PapersScreen #papers { width: 3fr; }
    PapersScreen.-wide #beside { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._wish = papers.Ask()
        self._answered_wish: papers.Ask | None = None
        self._complete = False
        self._marking = False
        self._total: int | None = None
        self._counted = False
        self._problems: tuple[str, ...] = ()
        self._rest: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """Yield the filter, the list, and the paper beside it where there is room."""
        yield FilterLine(_HINT)
        with Horizontal():
            yield PaperList(id="papers")
            yield Detail(id="beside")

    @property
    def listed(self) -> PaperList:
        """The list."""
        return self.query_one(PaperList)

    # -- asking and showing ---------------------------------------------------------------------------------

    def load(self) -> None:
        """Ask for the papers: at first for those that are seen at once, later for all as they are now."""
        self._counted = False
        if self._answered_wish == self._wish:
            self._ask_whole()
        else:
            self._ask_first()

    def _ask_first(self) -> None:
        ask, rows = self._wish, self.listed.shown
        self.fetch(lambda gate: papers.first(gate, ask, rows), self._show_first)

    def _ask_whole(self) -> None:
        ask, keep, rows = self._wish, self.listed.number, self.listed.shown
        self.fetch(lambda gate: papers.whole(gate, ask, keep, rows), self._show_whole, group="whole")

    def _show_first(self, found: papers.Found) -> None:
        if found.ask != self._wish:
            return
        self._take(found)
        self.listed.order(found.numbers, top=0)
        self._say()
        self._look_beside()
        if found.complete:
            self._settle()
        else:
            self._ask_whole()

    def _show_whole(self, found: papers.Found) -> None:
        if found.ask != self._wish:
            return
        shown = self.listed
        top = shown.scroll_offset.y
        here, number = shown.cursor, shown.number
        self._take(found)
        place = papers.place_of(found.numbers, number)
        at = here if place is None else place
        shown.order(found.numbers, at=at, top=top + at - here)
        shown.marked &= set(found.numbers) if found.ask.words == "" else shown.marked
        self._say()
        self._look_beside()
        self._settle()

    def _settle(self) -> None:
        """Do what waited until every paper of the list was known."""
        self._mark_waiting()
        if not self._counted:
            self._counted = True
            self.fetch(papers.total, self._show_total, group="total")

    def _take(self, found: papers.Found) -> None:
        shown = self.listed
        shown.sort, shown.descending = found.ask.sort, found.ask.descending
        shown.empty = _NO_FIT if found.ask.words.strip() else _NONE
        shown.hold(found.papers, anew=True)
        self._answered_wish, self._complete, self._problems = found.ask, found.complete, found.problems

    def _show_total(self, total: int) -> None:
        self._total = total
        self._say()

    def _say(self) -> None:
        total = "…" if self._total is None else f"{self._total:,}"
        shown = f"{len(self.listed.numbers):,}" if self._complete else "…"
        words = [f"{shown} of {total}" if self._wish.words.strip() else total]
        if self.listed.marked:
            words.append(f"{len(self.listed.marked):,} marked")
        self.say_where(" · ".join([*words, *self._problems]))

    @on(PaperList.Wanted)
    def fetch_wanted(self) -> None:
        """Ask for the papers that are seen now; what was scrolled past is not asked for any more."""
        numbers = self.listed.wanted
        if not numbers or "page" in self._under_way:
            return
        self.listed.ask_again()
        self.fetch(
            lambda gate: papers.page(gate, numbers), lambda found: self._show_page(numbers, found), "page"
        )

    def _show_page(self, numbers: list[int], found: list[PaperLine]) -> None:
        self.listed.lack(set(numbers).difference(paper.number for paper in found))
        self.listed.hold(found)
        self.fetch_wanted()

    # -- the paper beside the list --------------------------------------------------------------------------

    @on(Lines.Moved, "#papers")
    def moved(self) -> None:
        """Show the paper under the cursor beside the list, once the cursor rests."""
        self._look_beside()

    def _look_beside(self) -> None:
        if not self.has_class("-wide"):
            return
        if self._rest is None:
            self._rest = self.set_timer(_REST, self._fill_beside)
        else:
            self._rest.reset()

    def _fill_beside(self) -> None:
        self._rest = None
        paper = self.listed.paper
        if paper is not None:
            uid = paper.uid
            self.fetch(
                lambda gate: papers.abstract(gate, uid), lambda text: self._show_beside(paper, text), "beside"
            )

    def _show_beside(self, paper: PaperLine, abstract: str) -> None:
        self.query_one("#beside", Detail).show_of(
            paper.uid, lambda sheet: write_beside(sheet, paper, abstract)
        )

    # -- filter and order -----------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Type what the list should show."""
        self.query_one(FilterLine).begin()

    @on(Input.Changed, "#filter")
    def typed(self, event: Input.Changed) -> None:
        """Ask for what fits now."""
        if event.value != self._wish.words:
            self._change(self._wish._replace(words=event.value))

    def on_place_asked(self, message: Place.Asked) -> None:
        """Filter by what another place asked for."""
        typed = self.query_one(FilterLine)
        typed.add_class("used")
        typed.value = line(message.text)

    def _change(self, ask: papers.Ask) -> None:
        self._wish = ask
        self._ask_first()

    def action_sort(self) -> None:
        """Sort by the next column."""
        sorts = self.listed.sorts
        place = sorts.index(self._wish.sort) + 1 if self._wish.sort in sorts else 0
        self._change(self._wish._replace(sort=sorts[place % len(sorts)], descending=False))

    def action_turn(self) -> None:
        """Reverse the order."""
        self._change(self._wish._replace(descending=not self._wish.descending))

    @on(PaperList.Headed)
    def headed(self, event: PaperList.Headed) -> None:
        """Sort by the heading clicked; again, the other way."""
        if event.sort == self._wish.sort:
            self.action_turn()
        else:
            self._change(self._wish._replace(sort=event.sort, descending=False))

    # -- marks ----------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the paper under the cursor, or take the mark off."""
        self.listed.mark_here()
        self._say()

    def action_mark_all(self) -> None:
        """Mark every paper of the list; where all are marked, none."""
        self._marking = True
        if self._complete:
            self._mark_waiting()

    def _mark_waiting(self) -> None:
        if self._marking:
            self._marking = False
            shown, all_ = self.listed, set(self.listed.numbers)
            shown.mark(shown.marked - all_ if all_ <= shown.marked else shown.marked | all_)
            self._say()

    @property
    def chosen(self) -> list[int]:
        """The numbers of the marked papers, else of the one under the cursor."""
        shown = self.listed
        return sorted(shown.marked) or ([shown.number] if shown.number else [])

    def _marked_in_order(self) -> list[int]:
        marked = self.listed.marked
        listed = [number for number in self.listed.numbers if number in marked]
        return listed + sorted(marked.difference(listed))

    # -- what is done with them -----------------------------------------------------------------------------

    def action_tag(self) -> None:
        """Put a tag on the chosen papers."""
        self._choose_tag("Tag", "new tag", papers.tag, "tagged")

    def action_untag(self) -> None:
        """Take a tag off the chosen papers."""
        self._choose_tag("Take a tag off", "", papers.untag, "no longer tagged")

    def _choose_tag(self, title: str, free: str, do: Callable[..., None], done: str) -> None:
        numbers = self.chosen
        if not numbers:
            return
        what = _counted(len(numbers)) if len(numbers) > 1 else f"paper #{numbers[0]}"

        def chosen(tag: str | None) -> None:
            if tag:
                if len(numbers) > _SLOW:
                    self.house.say(f"Working on {what} …")
                self.house.write(
                    lambda desk: do(desk, numbers, tag), say=f"{what} {done} {tag}.".capitalize()
                )

        def ask(known: dict[str, int]) -> None:
            options = [Option(tag, tag, _counted(n)) for tag, n in known.items() if n or free]
            if options or free:
                self.app.push_screen(Choose(f"{title}: {what}", options, free=free), chosen)
            else:
                self.house.say("No tag is on these papers.")

        of = [] if free else numbers
        self.fetch(lambda gate: papers.tags(gate, of), ask, group="tags")

    def action_same_as(self) -> None:
        """Ask which paper is the same document as this one; two marked ones are offered at once."""
        shown = self.listed
        numbers = sorted(shown.marked) if len(shown.marked) == 2 else [shown.number]
        uids = [uid for uid in (papers.uid_of(self.gate, number) for number in numbers if number) if uid]
        if uids:
            begin_same(self, *uids)

    def action_export(self) -> None:
        """Ask for a format and a file and write the marked papers, or the whole list, into it."""
        numbers = self._marked_in_order()
        many = len(numbers or self.listed.numbers) > _MANY or not self._complete
        begin_export(self.house, numbers, self._wish, many)

    def action_add_paper(self) -> None:
        """Ask for a paper that no database gave."""
        begin_paper(self.house)

    @on(Lines.Chosen, "#papers")
    def open_paper(self) -> None:
        """Open the paper under the cursor."""
        shown = self.listed
        uid = shown.paper.uid if shown.paper else papers.uid_of(self.gate, shown.number)
        if uid:
            self.house.open("paper", uid, others=shown.numbers, came_to=self._came_to)

    def _came_to(self, number: int) -> None:
        place = papers.place_of(self.listed.numbers, number)
        if place is not None:
            self.listed.go_to(place)


def _counted(n: int) -> str:
    return "1 paper" if n == 1 else f"{n:,} papers"
