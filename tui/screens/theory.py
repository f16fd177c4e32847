"""Theories in versions: statements, what bears on each down to page and person, differences, thin spots."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Container
from textual.widget import Widget

from realist.domain.theories import Statement
from realist.text import line, shorten
from tui.actions import bindings
from tui.dialogs import Choose, Form, Option
from tui.forms import theory as forms
from tui.gateway import theories
from tui.gateway.theories import Behind, Listed, TheoryLine
from tui.place import Place
from tui.widgets.detail import Detail
from tui.widgets.lines import Lines
from tui.widgets.page import Page
from tui.widgets.theory_list import TheoryList
from tui.widgets.theory_page import bare_page, statement_page, theory_page

if TYPE_CHECKING:
    from realist.queries.theories import Standing
    from realist.queries.theory_bearing import Borne
    from realist.queries.theory_versions import Version

_LONGEST = 600


class TheoryScreen(Place):
    """The theories with their statements, and what stands behind the one under the cursor."""

    PLACE = "theory"
    TITLE = "Theory"
    BINDINGS = bindings("theory")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    TheoryScreen #both { height: 1fr; layout: vertical; }
    TheoryScreen #list { height: 2fr; min-height: 4; }
    TheoryScreen #page { height: 3fr; border-top: solid $panel; }
    TheoryScreen #page:focus { height: 9fr; }
    TheoryScreen.-wide #both { layout: horizontal; }
    TheoryScreen.-wide #list { width: 1fr; height: 1fr; margin-right: 1; }
    TheoryScreen.-wide #page { width: 1fr; height: 1fr; border-top: none; border-left: solid $panel; }
    TheoryScreen.-wide #page:focus { height: 1fr; }
    """

    def __init__(self, theory: str = "", part: str = "") -> None:
        super().__init__()
        self._wanted = part or theory
        self._at: dict[str, int] = {}
        self._base: dict[str, int] = {}
        self._listed = Listed((), {})

    def body(self) -> Iterable[Widget]:
        """Yield the list and the page."""
        yield Container(TheoryList(id="list"), Detail(id="page"), id="both")

    # -- what is shown --------------------------------------------------------------------------------------

    @property
    def _list(self) -> TheoryList:
        return self.query_one(TheoryList)

    @property
    def item(self) -> TheoryLine | None:
        """The theory or statement under the cursor."""
        return self._list.item

    @property
    def standing(self) -> Standing | None:
        """How the theory under the cursor stands at the version that is looked at; None before its first."""
        return self._listed.standings.get(self.item.theory) if self.item else None

    @property
    def latest(self) -> Version | None:
        """The latest version of the theory under the cursor."""
        at = self.standing
        return at.versions[-1] if at else None

    def load(self) -> None:
        """Ask for the theories."""
        at = dict(self._at)
        self.fetch(lambda gate: theories.listed(gate, at), self._show)

    def _show(self, listed: Listed) -> None:
        table, before = self._list, self._list.cursor
        kept = self._wanted or self._key(self.item)
        self._listed = listed
        table.fill(listed.lines)
        found = (place for place, row in enumerate(listed.lines) if kept in (self._key(row), row.theory))
        exact = (place for place, row in enumerate(listed.lines) if kept == self._key(row))
        table.go_to(next(exact, next(found, before)), tell=False)
        n = sum(1 for row in listed.lines if not row.part)
        self.say_where("1 theory" if n == 1 else f"{n} theories")
        self._tell()

    @staticmethod
    def _key(row: TheoryLine | None) -> str:
        return (row.part or row.theory) if row else ""

    def _tell(self) -> None:
        """Ask for what stands behind the line under the cursor."""
        row, at = self.item, self.standing
        if row is None:
            self.query_one(Detail).show_of("", lambda sheet: None)
            return
        self.fetch(
            lambda gate: theories.behind(gate, row.theory, at, row.part),
            lambda found: self._told(row, at, found),
            group="detail",
        )

    def _told(self, row: TheoryLine, at: Standing | None, found: Behind) -> None:
        if self._key(row) != self._key(self.item):
            return
        if at is None:
            write = bare_page(row.number, row.name, row.said, found)
        elif row.part:
            place = at.versions.index(at.version)
            before = at.versions[place - 1].by_part.get(row.part) if place else None
            write = statement_page(at, row.part, found, before)
        else:
            before_version, rows = theories.differences(at, self._base.get(row.theory))
            write = theory_page(at, found, before_version.number if before_version else None, rows)
        self.query_one(Detail).show_of(f"{self._key(row)} {row.version}", write)

    @on(Lines.Moved, "#list")
    def moved(self) -> None:
        """Show what the cursor came to."""
        self._wanted = ""
        self._tell()

    @on(Lines.Chosen, "#list")
    def chosen(self) -> None:
        """Go into the page: of a statement, to the first thing that bears on it."""
        page = self.query_one(Detail)
        page.focus()
        if self.item is not None and self.item.part:
            self.call_after_refresh(self._to_bearing)

    def _to_bearing(self) -> None:
        page = self.query_one(Detail)
        page.go_to(page.first_target)
        page.scroll_to(y=max(page.first_target - 1, 0), animate=False, immediate=True, force=True)

    @on(Page.Followed)
    def followed(self, event: Page.Followed) -> None:
        """Go where the line leads; a statement is shown here."""
        target = event.target
        if target.kind == "bearing":
            if box := self._borne(target.uid):
                self.house.open("box", box)
        elif target.kind == "statement":
            for place, row in enumerate(self._listed.lines):
                if row.part == target.uid:
                    self._list.go_to(place)
        else:
            self.house.open(target.kind, target.uid)

    def _borne(self, uid: str) -> str:
        at = self.standing
        return next((one.of for one in at.here if one.uid == uid), "") if at else ""

    def action_version(self, by: int) -> None:
        """Look at the version before, or the next one."""
        row, at = self.item, self.standing
        if row is None or at is None:
            self.house.say("It has no version yet: v writes the first one.")
            return
        to = at.version.number + by
        if not 1 <= to <= len(at.versions):
            self.house.say(f"It has versions 1 to {len(at.versions)}; this is v{at.version.number}.")
            return
        self._at[row.theory] = to
        self._wanted = self._key(row)
        self.load()

    def action_compare(self) -> None:
        """Choose the version that this one is compared with; the differences stand on the theory's page."""
        row, at = self.item, self.standing
        others = [one for one in at.versions if one.uid != at.version.uid] if at else []
        if row is None or not others:
            self.house.say("There is no other version to compare with.")
            return
        options = [
            Option(line(f"v{one.number} {one.stage} {one.label}")[:400], str(one.number), one.dated[:80])
            for one in reversed(others)
        ]

        def compare(number: str | None) -> None:
            if number:
                self._base[row.theory] = int(number)
                place = next(n for n, one in enumerate(self._listed.lines) if one.theory == row.theory)
                self._list.go_to(place)
                self._tell()

        self.app.push_screen(Choose("Compare with which version?", options), compare)

    # -- what is written ------------------------------------------------------------------------------------

    def _done(self, result: object) -> None:
        if result:
            if isinstance(result, str):
                self._wanted = result
            self.forget()
            self.look_again()

    def _push(self, make: Callable[[], Form]) -> None:
        self.house.with_person(lambda: self.app.push_screen(make(), self._done))

    def action_add_theory(self) -> None:
        """Add a theory."""
        self._push(lambda: forms.adding(self))

    def action_edit_theory(self) -> None:
        """Change what the theory is called, its kind, source and note."""
        row = self.item
        if row is not None:
            about = self.standing.about if self.standing else None
            self._push(lambda: forms.editing(self, row, about))

    def action_new_version(self) -> None:
        """Write the next version: it begins as a copy of the latest."""
        row = self.item
        if row is not None:
            last = self.latest
            self._at.pop(row.theory, None)
            self._push(lambda: forms.versioning(self, row.theory, row.number, last))

    def _latest_only(self) -> Version | None:
        """Return the latest version where it is the one looked at; else say that it is not."""
        last, at = self.latest, self.standing
        if last is None or at is None:
            self.house.say("It has no version yet: v writes the first one.")
            return None
        if at.version.uid != last.uid:
            self.house.say(f"v{at.version.number} is kept as it was: > goes to the latest, v{last.number}.")
            return None
        return last

    def _statement(self) -> tuple[TheoryLine, Version, Statement] | None:
        row = self.item
        if row is None or not row.part:
            self.house.say("Go to a statement first.")
            return None
        last = self._latest_only()
        return (row, last, last.by_part[row.part]) if last else None

    def action_edit(self) -> None:
        """Change the wording of the statement in its place; of a theory, what it is called."""
        row = self.item
        if row is not None and not row.part:
            self.action_edit_theory()
        elif found := self._statement():
            self._push(lambda: forms.wording(self, found[0], found[1], found[2]))

    def action_add(self) -> None:
        """Add a statement to the latest version; before the first version, write that."""
        row = self.item
        if row is None:
            self.action_add_theory()
        elif self.latest is None:
            self.action_new_version()
        elif last := self._latest_only():
            self._push(lambda: forms.wording(self, row, last, None))

    def action_drop(self) -> None:
        """Leave the statement out of the latest version, with the reason."""
        if found := self._statement():
            self._push(lambda: forms.dropping(self, *found))

    def action_shift(self, by: int) -> None:
        """Move the statement up or down among the others."""
        if found := self._statement():
            row, last, _ = found
            self._wanted = row.part
            self.house.write(
                lambda desk: theories.move(desk, row.theory, last, row.part, by),
                lambda done: self._done(True),
            )

    def action_prioritise(self) -> None:
        """Say how the statement is prioritised, and why."""
        if found := self._statement():
            self._push(lambda: forms.prioritising(self, found[0], found[2]))

    def action_bear(self) -> None:
        """Pick a box, and say what it does to the statement, or to the version as a whole."""
        row, at = self.item, self.standing
        if row is None or at is None:
            self.house.say("It says nothing yet: v writes its first version.")
            return

        def ask(found: list[theories.Pickable]) -> None:
            options = [Option(f"{one.called} – {one.words}"[:_LONGEST], one.uid) for one in found]
            title = f"Which box bears on p{row.number}?" if row.part else "Which box bears on this version?"
            self.app.push_screen(Choose(title, options), picked)

        def picked(uid: str | None) -> None:
            if uid:
                self.app.push_screen(forms.bearing(self, row, at, uid), self._done)

        self.house.with_person(lambda: self.fetch(theories.pickable, ask, group="names"))

    def action_judge(self) -> None:
        """Judge anew what the box under the cursor of the page does."""
        if found := self._at_bearing():
            self._push(lambda: forms.judging(self, found))

    def action_withdraw(self) -> None:
        """Take back that the box under the cursor of the page bears on it."""
        if found := self._at_bearing():
            self._push(lambda: forms.withdrawing(self, found))

    def _at_bearing(self) -> Borne | None:
        target = self.query_one(Detail).target
        at = self.standing
        found = None
        if target is not None and target.kind == "bearing" and at is not None:
            found = next((one for one in at.here if one.uid == target.uid), None)
        if found is None:
            self.house.say("Go to a box on the page first: Enter, then ↓.")
        return found

    def action_situate(self) -> None:
        """Choose the theory that explains the statement, and say how."""
        row = self.item
        beside = [one for one in self._listed.lines if not one.part and one.kind != "programme"]
        if row is None or not row.part or not beside:
            self.house.say(
                "Go to a statement first."
                if beside
                else "There is no theory that could explain it: A adds one."
            )
            return
        options = [Option(line(one.name[:400]), one.theory, one.kind) for one in beside]

        def chosen(uid: str | None) -> None:
            if uid:
                name = next(one.name for one in beside if one.theory == uid)
                self.app.push_screen(forms.situating(self, row, uid, shorten(name[:400], 60)), self._done)

        ask = Choose("Which theory explains it?", options)
        self.house.with_person(lambda: self.app.push_screen(ask, chosen))
