"""Home: where the review stands, and what is next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.actions import ACTIONS, Action, bindings
from tui.place import Place
from tui.sheets.home import write_head, write_home
from tui.sheets.sheet import Sheet
from tui.widgets.lines import Span
from tui.widgets.page import Page

if TYPE_CHECKING:
    from realist.queries.home import Home, Step
    from tui.gateway.door import Gateway
    from tui.gateway.home import Read
    from tui.gateway.review import Head

_MINUTE = 60.0
FILTERS = {
    "extract": "state:included -has:evidence -has:box",
}
"""Steps that are done on papers: what shows them in the list of papers."""
PLACES = {"duplicates": "duplicates", "boxes": "boxes", "mechanisms": "mechanisms"}
ASKED = {"screen": "screening", "resolve": "reconcile", "rounds": "rounds"}
"""Steps that are done in a round: the place that shows it."""


BY_VERB = (
    "The plan is made at the command line: `realist stage add` says why you search, `realist search add`"
    " where. Screening rounds are added under g o."
)


def filter_of(home: Home, uid: str) -> str:
    """Return the filter of papers that shows what a stage found, or what is left to do in a round."""
    for stage in home.stages:
        one = next((one for one in stage.rounds if one.uid == uid), None)
        if one is not None and (one.open or one.conflicts):
            return "state:open" if one.open else "state:conflict"
        if one is not None or stage.uid == uid:
            name = stage.name.replace('"', " ")
            return f'stage:"{name}"'
    return ""


class HomeScreen(Place):
    """Where the review stands: its first lines are the steps that are next, under the cursor."""

    PLACE = "home"
    TITLE = "Home"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("home"), Binding("escape", "stay", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._home: Home | None = None
        self._read: Read | None = None

    @property
    def actions(self) -> list[Action]:
        """What a person can do here: there is nothing to go back to."""
        back = next(action for action in ACTIONS["everywhere"] if action.name == "back")
        return [action for action in super().actions if action != back]

    def body(self) -> Iterable[Widget]:
        """Yield the page."""
        yield Page(id="home")

    @property
    def _page(self) -> Page:
        return self.query_one("#home", Page)

    # -- what is shown --------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Show the frame; look again every minute, since what is said of the last hour grows old."""
        super().on_mount()
        self._page.show(lambda sheet: sheet.spans(Span("opening the review …", "muted")))
        self.set_interval(_MINUTE, self._grow_older)

    def _grow_older(self) -> None:
        if self.is_current and self.gate.is_open:
            self.load()

    def load(self) -> None:
        """Ask where the review stands; what takes longer to count follows."""
        if self._home is None:
            self.fetch(_ask_head, self._show_head, group="head")
        else:
            self._load_all()

    def _load_all(self) -> None:
        self.fetch(_ask_home, self._show_home)
        self.fetch(_ask_reading, self._show_reading, group="reading")

    def forget(self) -> None:
        """Begin anew: it is another review."""
        super().forget()
        self._home = self._read = None

    def _show_head(self, head: Head) -> None:
        """Show what the review is called while the rest is being counted."""

        def write(sheet: Sheet) -> None:
            write_head(sheet, head)
            sheet.spans(Span("counting …", "muted"))

        if self._home is None:
            self._page.show(write)
        self._load_all()

    def _show_home(self, home: Home) -> None:
        first, self._home = self._home is None, home
        self._show(first)

    def _show_reading(self, read: Read) -> None:
        self._read = read
        if self._home is not None:
            self._show(False)

    def _show(self, first: bool) -> None:
        page, home, read = self._page, self._home, self._read
        if home is None:
            return
        before = page.target

        def write(sheet: Sheet) -> None:
            write_home(sheet, home, read, page.shown)

        page.show(write, keep=not first)
        line = page.line_of(before) if before is not None and not first else None
        if first or line is not None:
            page.go_to(page.first_target if line is None else line)
        self.say_where(f"{home.papers:,} paper{'' if home.papers == 1 else 's'}")

    # -- following ------------------------------------------------------------------------------------------

    @on(Page.Followed)
    async def follow(self, message: Page.Followed) -> None:
        """Go where the line under the cursor leads."""
        kind, uid = message.target.kind, message.target.uid
        home = self._home
        if kind == "papers":
            await self.ask("papers", uid)
        elif kind == "act":
            await self.ask("log", uid)
        elif kind == "place":
            await self.house.go_to(uid)
        elif home is not None and kind == "step":
            await self._take(home.next[int(uid)])
        elif kind == "round":
            await self.ask("screening", uid)
        elif home is not None:
            await self.ask("papers", filter_of(home, uid))

    async def _take(self, step: Step) -> None:
        if step.word in FILTERS:
            await self.ask("papers", FILTERS[step.word])
        elif step.word in ASKED:
            await self.ask(ASKED[step.word], step.subject)
        elif step.word in PLACES:
            await self.house.go_to(PLACES[step.word])
        elif step.word == "handed":
            self.house.open("paper", step.subject)
        elif step.word == "import":
            await self.action_read_file()
        else:
            self.house.tell("Next", f"{step.sentence}. {BY_VERB}")

    # -- keys -----------------------------------------------------------------------------------------------

    async def action_read_file(self) -> None:
        """Go where exports are imported."""
        await self.house.go_to("importing")

    def action_add_paper(self) -> None:
        """Add a paper by hand."""
        from tui.forms.paper import begin_paper

        begin_paper(self.house)

    async def action_leave(self) -> None:
        """Leave realist."""
        await self.house.action_quit()

    def action_stay(self) -> None:
        """Do nothing: from home there is no way back but leaving."""


def _ask_head(gate: Gateway) -> Head:
    from tui.gateway.review import head

    return head(gate)


def _ask_home(gate: Gateway) -> Home:
    from tui.gateway import home

    return home.home(gate)


def _ask_reading(gate: Gateway) -> Read:
    from tui.gateway import home

    return home.reading(gate)
