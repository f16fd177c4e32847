"""Mechanisms, contexts, outcomes, and the life of the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.containers import Container
from textual.widget import Widget

from realist.errors import Refused
from realist.text import paragraphs, shorten
from realist.vocabulary import Fate, MechanismKind, Voice
from tui.actions import bindings
from tui.dialogs import Choose, Field, Form, Option
from tui.forms.lives import changing, placing
from tui.gateway import lives, mechanisms
from tui.gateway.lives import Known, Life
from tui.gateway.mechanisms import Listed, MechanismRow, Names, Story
from tui.place import Place
from tui.widgets.detail import Detail
from tui.widgets.lines import Lines
from tui.widgets.mechanism_list import MechanismList
from tui.widgets.mechanism_page import lived, written
from tui.widgets.page import Page

if TYPE_CHECKING:
    from tui.gateway.door import Gateway

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
        self.kind = "mechanism"

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
        of_list, kind = self._of_list, self.kind
        self.fetch(lambda gate: mechanisms.listed(gate, of_list, kind), self._show)

    def _show(self, listed: Listed) -> None:
        table, wanted = self._list, self._at
        before = table.cursor
        table.fill(listed.rows)
        rows = listed.rows
        at = next((place for place, row in enumerate(rows) if wanted and row.uid == wanted), before)
        table.go_to(at, tell=False)
        shown = "" if self.kind == "mechanism" else f"{self.kind}s"
        count = str(sum(1 for row in rows if row.uid))
        self.say_where(" · ".join(filter(None, (shown, count, listed.of))))
        self._tell()

    def _tell(self) -> None:
        """Ask for the story of the mechanism under the cursor; until the person moved, that one stays."""
        row = self.mechanism
        if row is None:
            self.query_one(Detail).show_of("", lambda sheet: None)
            return
        uid = row.uid
        self._at = self._at or uid
        kind = self.kind
        if kind == "mechanism":
            self.fetch(lambda gate: mechanisms.story(gate, uid), self._told, group="detail")
        else:
            self.fetch(lambda gate: lives.life(gate, kind, uid), self._lived, group="detail")

    def _told(self, story: Story | None) -> None:
        row = self.mechanism
        if story is not None and row is not None and story.about["uid"] == row.uid:
            self.query_one(Detail).show_of(row.uid, written(story))

    def _lived(self, life: Life | None) -> None:
        row = self.mechanism
        if life is not None and row is not None and life.about["uid"] == row.uid:
            self.query_one(Detail).show_of(row.uid, lived(life))

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
        """Go where the line leads: an excerpt is shown in its text."""
        kind, uid = event.target.kind, event.target.uid
        if kind in ("excerpt", "evidence"):
            self.fetch(lambda gate: mechanisms.where(gate, kind, uid), self._opened, group="where")
        else:
            self.house.open(kind, uid)

    def _opened(self, where: tuple[str, str] | None) -> None:
        if where and where[1]:
            self.house.open("reading", where[0], hit=where[1])
        elif where:
            self.house.open("paper", where[0])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what only mechanisms have."""
        return self.kind == "mechanism" or action not in ("boxes", "feedback", "memo", "list", "fate")

    def action_other_kind(self) -> None:
        """Show contexts, then outcomes, then mechanisms again."""
        kinds = lives.KINDS_SHOWN
        self.kind = kinds[(kinds.index(self.kind) + 1) % len(kinds)]
        self._at = self._of_list = ""
        self.query_one(Detail).show_of("", lambda sheet: None)
        self.offer()
        self.load()

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
        """Propose a mechanism, or name a context or outcome."""
        if self.kind == "mechanism":
            self._asking(self._proposing)
            return
        kind = self.kind
        fields = [
            Field("name", "Name"),
            Field("description", "Description", long=True),
            Field("reason", "Why"),
        ]

        def save(values: dict[str, str]) -> str:
            return self.house.at_desk(lambda desk: lives.propose(desk, kind, values))

        form = Form(f"Add {'an' if kind == 'outcome' else 'a'} {kind}", fields, save)
        self.house.with_person(lambda: self.app.push_screen(form, self._done))

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
        if self.kind != "mechanism":
            self.action_life("refine")
        elif row is not None:

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

    def action_life(self, verb: str) -> None:
        """Ask for the reason, and what else *verb* needs, and do it to the one under the cursor."""
        row, kind = self.mechanism, self.kind
        if row is None:
            return
        if verb == "merge" and row.into:
            verb = "unmerge"

        def ask(gate: Gateway) -> tuple[Known, str]:
            return lives.known(gate, kind), lives.description(gate, kind, row.uid)

        def show(found: tuple[Known, str]) -> None:
            known, now = found

            def save(values: dict[str, str]) -> None:
                self.house.at_desk(lambda desk: lives.act(desk, kind, verb, row.uid, known, values))

            self.app.push_screen(changing(verb, row, known, now, save), self._done)

        self.house.with_person(lambda: self.fetch(ask, show, group="names"))

    def action_place(self) -> None:
        """Choose among the pieces that wait, and place them."""
        row, kind = self.mechanism, self.kind
        if row is None:
            return

        def ask(gate: Gateway) -> tuple[mechanisms.Rows, Known]:
            return lives.waits(gate, kind, row.uid), lives.known(gate, kind)

        def show(found: tuple[mechanisms.Rows, Known]) -> None:
            rows, known = found
            if not rows:
                self.house.tell("Nothing waits", "Nothing waits to be placed.")
                return
            options = [Option(*_piece(place, one)) for place, one in enumerate(rows)]
            if len({one["under"]["uid"] for one in rows}) == 1 and len(rows) > 1:
                options.append(Option(f"All {len(rows)} of them", _ALL))
            self.app.push_screen(
                Choose("Which piece?", options), lambda chosen: self._place(kind, rows, known, chosen)
            )

        self.house.with_person(lambda: self.fetch(ask, show, group="names"))

    def _place(self, kind: str, rows: mechanisms.Rows, known: Known, chosen: str | None) -> None:
        if chosen is None:
            return
        some = rows if chosen == _ALL else [rows[int(chosen)]]
        pieces = [str(one["piece"]) for one in some]
        into = tuple(shorten(one["name"][:400], 80) for one in some[0]["into"])

        def save(values: dict[str, str]) -> None:
            self.house.at_desk(lambda desk: lives.place(desk, kind, pieces, known, values))

        self.app.push_screen(placing(len(pieces), into, known, save), self._done)

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


def _piece(place: int, row: dict[str, Any]) -> tuple[str, str, str]:
    """Return how a piece that waits is offered: what it says, its place in the list, and whose it is."""
    box = f"box #{row['box']}" if row["box"] else ""
    whose = " · ".join(filter(None, (row["under"]["name"][:80], row["paper"][:80], box)))
    return paragraphs(str(row["words"]))[:400], str(place), whose


def _option(row: dict[str, object]) -> Option:
    name, dated = paragraphs(str(row["name"]))[:400], paragraphs(str(row["dated"]))[:80]
    items = row["items"]
    count = f"{len(items)} items" if isinstance(items, list) else ""
    return Option(name, str(row["uid"]), " · ".join(filter(None, (count, dated))))
