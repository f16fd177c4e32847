"""The components of the programme theory, and the story of the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from textual import on
from textual.containers import Container
from textual.widget import Widget

from realist.errors import Refused
from realist.text import paragraphs
from realist.vocabulary import Fate, MechanismKind, Voice
from tui.actions import bindings
from tui.dialogs import Choose, Field, Form, Option
from tui.gateway import mechanisms
from tui.gateway.mechanisms import Listed, MechanismRow, Names, Story
from tui.place import Place
from tui.widgets.detail import Detail
from tui.widgets.lines import Lines
from tui.widgets.mechanism_list import MechanismList
from tui.widgets.mechanism_page import written
from tui.widgets.page import Page

_ALL = "*"


class MechanismsScreen(Place):
    """A list of mechanisms with their fates and counts, and what is known of the one under the cursor."""

    PLACE = "mechanisms"
    TITLE = "Mechanisms"
    BINDINGS = bindings("mechanisms")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    MechanismsScreen #both { height: 1fr; layout: vertical; }
    MechanismsScreen #list { height: 2fr; min-height: 4; }
    MechanismsScreen #story { height: 3fr; border-top: solid $panel; }
    MechanismsScreen.-wide #both { layout: horizontal; }
    MechanismsScreen.-wide #list { width: 1fr; height: 1fr; margin-right: 1; }
    MechanismsScreen.-wide #story { width: 1fr; height: 1fr; border-top: none; border-left: solid $panel; }
    """

    def __init__(self, mechanism: str = "") -> None:
        super().__init__()
        self._at = mechanism
        self._of_list = ""

    def body(self) -> Iterable[Widget]:
        """Yield the list and the story."""
        yield Container(MechanismList(id="list"), Detail(id="story"), id="both")

    # -- what is shown --------------------------------------------------------------------------------------

    @property
    def _list(self) -> MechanismList:
        return self.query_one(MechanismList)

    @property
    def mechanism(self) -> MechanismRow | None:
        """The mechanism under the cursor; None on a heading."""
        row = self._list.item
        return row if row and row.uid else None

    def load(self) -> None:
        """Ask for the mechanisms."""
        of_list = self._of_list
        self.fetch(lambda gate: mechanisms.listed(gate, of_list), self._show)

    def _show(self, listed: Listed) -> None:
        table, wanted = self._list, self._at
        before = table.cursor
        table.fill(listed.rows)
        rows = listed.rows
        at = next((place for place, row in enumerate(rows) if wanted and row.uid == wanted), before)
        table.go_to(at, tell=False)
        self.say_where(" · ".join(filter(None, (str(sum(1 for row in rows if row.uid)), listed.of))))
        self._tell()

    def _tell(self) -> None:
        """Ask for the story of the mechanism under the cursor; until the person moved, that one stays."""
        row = self.mechanism
        if row is None:
            self.query_one(Detail).show_of("", lambda sheet: None)
            return
        uid = row.uid
        self._at = self._at or uid
        self.fetch(lambda gate: mechanisms.story(gate, uid), self._told, group="detail")

    def _told(self, story: Story | None) -> None:
        row = self.mechanism
        if story is not None and row is not None and story.about["uid"] == row.uid:
            self.query_one(Detail).show_of(row.uid, written(story))

    @on(Lines.Moved, "#list")
    def moved(self) -> None:
        """Show the mechanism the cursor came to."""
        self._at = ""
        self._tell()

    @on(Lines.Chosen, "#list")
    def chosen(self) -> None:
        """Go into the story."""
        self.query_one(Detail).focus()

    @on(Page.Followed)
    def followed(self, event: Page.Followed) -> None:
        """Go where the line leads."""
        self.house.open(event.target.kind, event.target.uid)

    def action_boxes(self) -> None:
        """Show the boxes under the mechanism."""
        if self.mechanism:
            self.house.open("boxes of mechanism", self.mechanism.uid)

    def action_list(self) -> None:
        """Choose which mechanisms are shown."""

        def ask(found: mechanisms.Rows) -> None:
            options = [Option("All mechanisms", _ALL), *map(_option, found)]
            self.app.push_screen(Choose("Which mechanisms?", options), self._choose_list)

        self.fetch(mechanisms.lists, ask, group="lists")

    def _choose_list(self, uid: str | None) -> None:
        if uid is not None:
            self._of_list = "" if uid == _ALL else uid
            self.load()

    # -- what is decided ------------------------------------------------------------------------------------

    def _form(self, make: Callable[[MechanismRow, Names], Form]) -> None:
        """Show the form for the mechanism under the cursor, after asking who is at the keyboard."""
        row = self.mechanism
        if row is not None:
            self._asking(lambda names: make(row, names))

    def _asking(self, make: Callable[[Names], Form]) -> None:
        def show(names: Names) -> None:
            self.app.push_screen(make(names), self._done)

        self.house.with_person(lambda: self.fetch(mechanisms.names, show, group="names"))

    def _done(self, result: object) -> None:
        if isinstance(result, str):
            self._at = result
            self.forget()
            self.look_again()

    def action_add(self) -> None:
        """Propose a mechanism."""
        self._asking(self._proposing)

    def _proposing(self, names: Names) -> Form:
        fields = [
            Field("name", "Name"),
            Field("description", "Description", long=True),
            Field("kind", "What it is called here", choices=tuple(map(str, MechanismKind)), only=True),
            Field("aliases", "Other names", help="Several: a ; between."),
            Field("reason", "Why it is proposed"),
        ]

        def save(values: dict[str, str]) -> str:
            return self.house.at_desk(lambda desk: mechanisms.propose(desk, values))

        return Form("Propose a mechanism", fields, save, note="It starts as not looked at in every paper.")

    def action_describe(self) -> None:
        """Give the mechanism a new description, or another name."""
        row = self.mechanism
        if row is not None:

            def show(now: str) -> None:
                self.app.push_screen(self._describing(row, now))

            ask = partial(mechanisms.description, uid=row.uid)
            self.house.with_person(lambda: self.fetch(ask, show, group="names"))

    def _describing(self, row: MechanismRow, now: str) -> Form:
        known = [now]
        fields = [
            Field("description", "Description", known[0], long=True),
            Field("reason", "Why it changes", help="A new description needs its reason."),
            Field("alias", "Another name it has"),
        ]

        def save(values: dict[str, str]) -> None:
            try:
                self.house.at_desk(lambda desk: mechanisms.describe(desk, row.uid, known[0], values))
            except Refused as error:
                now = mechanisms.description(self.gate, row.uid)
                if now == known[0]:
                    raise
                known[0] = now
                raise Refused(f"{error} ^s again adds yours as the next version.") from error

        note = "The earlier versions stay."
        draft = f"description of {row.uid}"
        return Form(f"Describe #{row.number} {row.name[:80]}", fields, save, note=note, draft=draft)

    def action_fate(self) -> None:
        """Decide what becomes of the mechanism."""
        self._form(self._deciding)

    def _deciding(self, row: MechanismRow, names: Names) -> Form:
        others = tuple(name for name in names.mechanisms if name != row.name)
        fields = [
            Field("fate", "What becomes of it", row.fate, choices=tuple(map(str, Fate)), only=True),
            Field("reason", "Why"),
            Field("into", "Merged into", choices=others, help="Only when merged. Several: a ; between."),
            Field("consultation", "Decided in consultation", choices=names.consultations),
        ]

        def save(values: dict[str, str]) -> None:
            self.house.at_desk(lambda desk: mechanisms.decide(desk, row.uid, values))

        return Form(f"The fate of #{row.number} {row.name[:80]}", fields, save)

    def action_feedback(self) -> None:
        """Record what stakeholders said of the mechanism."""
        self._form(self._hearing)

    def _hearing(self, row: MechanismRow, names: Names) -> Form:
        fields = [
            Field("words", "What they said", long=True),
            Field("voice", "They are", choices=tuple(map(str, Voice)), only=True),
            Field("who", "Who, by role"),
            Field("consultation", "In consultation", choices=names.consultations),
        ]

        def save(values: dict[str, str]) -> None:
            self.house.at_desk(lambda desk: mechanisms.hear(desk, row.uid, values))

        note = "It stands beside the evidence of papers and is never a tick."
        title, draft = f"What was said of #{row.number} {row.name[:80]}", f"feedback on {row.uid}"
        return Form(title, fields, save, note=note, draft=draft)

    def action_memo(self) -> None:
        """Write a memo on the mechanism."""
        self._form(self._noting)

    def _noting(self, row: MechanismRow, names: Names) -> Form:
        def save(values: dict[str, str]) -> None:
            self.house.at_desk(lambda desk: mechanisms.memo(desk, row.uid, values["text"]))

        title, field = f"Memo on #{row.number} {row.name[:80]}", Field("text", "Memo", long=True)
        return Form(title, [field], save, draft=f"memo on {row.uid}")


def _option(row: dict[str, object]) -> Option:
    name, dated = paragraphs(str(row["name"]))[:400], paragraphs(str(row["dated"]))[:80]
    items = row["items"]
    count = f"{len(items)} items" if isinstance(items, list) else ""
    return Option(name, str(row["uid"]), " · ".join(filter(None, (count, dated))))
