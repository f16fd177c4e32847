"""Conflicts: the papers on which people differ, one after the other, and what is agreed on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.containers import Container
from textual.widget import Widget

from realist.text import paragraphs, shorten
from realist.vocabulary import Verdict
from tui.actions import bindings
from tui.dialogs import Choose, Option
from tui.forms.reconcile import begin_deciding, begin_settling, begin_unsettling
from tui.gateway import reconcile
from tui.gateway.reconcile import Agreed, Case, Conflict, Queue
from tui.place import Place
from tui.sheets.conflict import write_conflict, write_none
from tui.sheets.sheet import Sheet
from tui.widgets.conflict_list import ConflictList
from tui.widgets.detail import Detail
from tui.widgets.lines import Lines

_ALL = "*"
_OF_A_CONFLICT = ("include", "exclude", "maybe", "reason", "change", "criteria", "paper")


class ReconcileScreen(Place):
    """A list of conflicts, and the one under the cursor: each person's decision, the rules, the paper."""

    PLACE = "reconcile"
    TITLE = "Conflicts"
    BINDINGS = bindings("reconcile")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    AUTO_FOCUS = "#list"
    DEFAULT_CSS = """
    ReconcileScreen #both { height: 1fr; layout: vertical; }
    ReconcileScreen #list { height: 5; max-height: 30%; min-height: 3; }
    ReconcileScreen #case { height: 1fr; border-top: solid $panel; }
    ReconcileScreen.-wide #both { layout: horizontal; }
    ReconcileScreen.-wide #list { width: 36; height: 1fr; max-height: 100%; margin-right: 1; }
    ReconcileScreen.-wide #case { width: 1fr; height: 1fr; border-top: none; border-left: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._round = ""
        self._resolved = False
        self._at: tuple[str, str] | None = None
        self._queue = Queue((), "", 0)
        self._case: Case | None = None
        self._agreed: dict[str, Agreed] = {}
        self._counted: set[str] = set()
        self._then: Callable[[Case], object] | None = None

    def body(self) -> Iterable[Widget]:
        """Yield the list and the page."""
        yield Container(ConflictList(id="list"), Detail(id="case"), id="both")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer answers where there is a conflict, and taking back where one was resolved."""
        if action in ("include", "exclude", "maybe", "reason"):
            return bool(self._queue.rows) and not self._resolved
        if action == "take_back":
            return bool(self._queue.rows) and self._resolved
        return action not in _OF_A_CONFLICT or bool(self._queue.rows)

    # -- what is shown --------------------------------------------------------------------------------------

    @property
    def _list(self) -> ConflictList:
        return self.query_one(ConflictList)

    def load(self) -> None:
        """Ask for the conflicts."""
        round_, resolved = self._round, self._resolved
        self.fetch(lambda gate: reconcile.queue(gate, round_, resolved=resolved), self._show)

    def on_place_asked(self, message: Place.Asked) -> None:
        """Show the conflicts of the round with this uid; without one, all."""
        self._round, self._resolved, self._at = message.text, False, None
        super().forget()
        self.look_again()

    def forget(self) -> None:
        """Begin anew: it may be another review."""
        super().forget()
        self._round, self._resolved, self._at, self._then = "", False, None, None
        self._agreed.clear()

    def _show(self, queue: Queue) -> None:
        self._queue, table, rows = queue, self._list, queue.rows
        self._counted.clear()
        self._round = self._round if queue.of else ""
        before, wanted = table.cursor, self._at
        table.empty = "Nothing was resolved here." if self._resolved else "No conflict waits."
        table.show(rows, rounds=not self._round)
        at = next((place for place, row in enumerate(rows) if _key(row) == wanted), before)
        table.go_to(at, tell=False)
        many = f"{len(rows):,} {'resolved' if self._resolved else 'to resolve'}"
        self.say_where(" · ".join(filter(None, (many, queue.of))))
        self.offer()
        self._tell()

    def _tell(self) -> None:
        """Ask for the conflict under the cursor; until the person moved, that one stays."""
        row = self._list.item
        if row is None:
            self._case = None
            queue, resolved = self._queue, self._resolved
            self.query_one(Detail).show_of("", lambda sheet: write_none(sheet, queue, resolved))
            return
        self._at = self._at or _key(row)
        self.fetch(lambda gate: reconcile.case(gate, row), self._told, group="detail")

    def _told(self, case: Case | None) -> None:
        row = self._list.item
        if case is None or row is None or _key(row) != _key(case.conflict):
            return
        self._case = case
        self._write(case)
        self._go_on()
        if row.round not in self._counted:  # anew after each change, not at each step
            self.fetch(
                lambda gate: (row.round, reconcile.agreed(gate, row.round)), self._told_agreed, group="agreed"
            )

    def _write(self, case: Case) -> None:
        of, person = " ".join(_key(case.conflict)), self.gate.person
        agreed = self._agreed.get(case.conflict.round)
        self.query_one(Detail).show_of(of, lambda sheet: write_conflict(sheet, case, person, agreed))

    def _told_agreed(self, answer: tuple[str, Agreed | None]) -> None:
        """Show the agreement of the round, where it is another one than was known."""
        round_, agreed = answer
        if agreed is None:
            return
        before, self._agreed[round_] = self._agreed.get(round_), agreed
        self._counted.add(round_)
        if before != agreed and self._case is not None and self._case.conflict.round == round_:
            self._write(self._case)

    @on(Lines.Moved, "#list")
    def moved(self) -> None:
        """Show the conflict the cursor came to."""
        self._at = self._then = None
        self._tell()

    @on(Lines.Chosen, "#list")
    def chosen(self) -> None:
        """Go into the page."""
        self.query_one(Detail).focus()

    def action_round(self) -> None:
        """Choose whose conflicts are shown: those of all rounds, or of one."""

        def ask(found: list[tuple[str, int, str, int]]) -> None:
            options = [Option("All rounds", _ALL)]
            options += [
                Option(f"#{number} {paragraphs(name)[:400]}", uid, f"{n:,} to resolve")
                for uid, number, name, n in found
            ]
            self.app.push_screen(Choose("The conflicts of which round?", options), chosen)

        def chosen(uid: str | None) -> None:
            if uid is not None:
                self._round, self._at = "" if uid == _ALL else uid, None
                self.load()

        self.fetch(reconcile.rounds, ask, group="rounds")

    def action_other(self) -> None:
        """Show what was resolved, or again what waits."""
        self._resolved, self._at = not self._resolved, None
        self.load()

    def action_paper(self) -> None:
        """Open the paper."""
        if self._list.item is not None:
            self.house.open("paper", self._list.item.paper)

    def action_criteria(self) -> None:
        """Show criteria and reasons of the round."""
        case = self._case
        if case is not None:
            sheet = Sheet(70)
            criteria = paragraphs(case.row["criteria"][:4000]) or "None are set down."
            sheet.text(criteria)
            for reason in case.row["reasons"]:
                sheet.text(reason["text"][:400], first=f"{reason['number']:>3} ")
            text = "\n".join("".join(span.text for span in row) for row in sheet.rows)
            self.house.tell(f"Criteria of {shorten(case.row['name'][:400], 60)}", text)

    # -- resolving ------------------------------------------------------------------------------------------

    def action_reason(self, digit: str = "") -> None:
        """Resolve it as an exclude for the reason with this number."""
        self._settle(Verdict.EXCLUDE, digit)

    def action_include(self) -> None:
        """Resolve it as an include."""
        self._settle(Verdict.INCLUDE)

    def action_exclude(self) -> None:
        """Resolve it as an exclude, with a reason."""
        self._settle(Verdict.EXCLUDE)

    def action_maybe(self) -> None:
        """Resolve it as a maybe."""
        self._settle(Verdict.MAYBE)

    def _settle(self, verdict: Verdict, number: str = "") -> None:
        self._with_case(lambda case: begin_settling(self.house, case, verdict, number))

    def action_change(self) -> None:
        """Change the person's own decision instead."""
        self._with_case(lambda case: begin_deciding(self.house, case))

    def _with_case(self, begin: Callable[[Case], object]) -> None:
        """Do something with the conflict under the cursor, as soon as it is seen."""
        if self._list.item is not None:
            self._then = begin
            self._go_on()

    def _go_on(self) -> None:
        case, row, begin = self._case, self._list.item, self._then
        if case is None or row is None or begin is None or _key(row) != _key(case.conflict):
            return
        self._then = None
        self.house.with_person(lambda: begin(case))

    def action_take_back(self) -> None:
        """Take the resolution back, with the reason."""
        row: Conflict | None = self._list.item
        if row is not None:
            one = row
            self.house.with_person(lambda: begin_unsettling(self.house, one))


def _key(conflict: Conflict) -> tuple[str, str]:
    return conflict.round, conflict.paper
