"""Duplicates: what waits for an answer, papers side by side, one question after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from realist.text import cell_width
from tui.actions import bindings
from tui.forms import same as forms
from tui.gateway import duplicates, same
from tui.gateway.duplicates import Asked, Key, Seen
from tui.place import Place
from tui.sheets.means import write_nothing, write_question
from tui.widgets.abreast import Abreast
from tui.widgets.bars import Bar
from tui.widgets.detail import Detail
from tui.widgets.lines import Lines

if TYPE_CHECKING:
    from realist.services.unit import Desk

_OF_A_QUESTION = ("same", "different", "relate", "fields", "study", "split", "next", "previous", "across")


class DuplicatesScreen(Place):
    """Papers of a question as columns, what is asked of them below.

    An answer is written at once, and the next question is shown; an answer that is taken back brings its
    question into view again.
    """

    PLACE = "duplicates"
    TITLE = "Duplicates"
    BINDINGS = bindings("duplicates")
    AUTO_FOCUS = "Abreast"
    DEFAULT_CSS = """
    DuplicatesScreen #papers { height: 1fr; }
    DuplicatesScreen #said { display: none; background: $surface; color: $text-success; }
    DuplicatesScreen #asked { height: 30%; min-height: 7; max-height: 12; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: Seen = Seen(())
        self._wanted: Key | None = None
        self._shown: Key | None = None
        self._done: list[Key] = []
        self._in_flight: Key | None = None
        self._landed = False
        self._said: Key | None = None

    def body(self) -> Iterable[Widget]:
        """Yield the papers, and what is asked of them."""
        yield Abreast(id="papers")
        yield Detail(id="asked")
        yield Bar(id="said")

    @property
    def _papers(self) -> Abreast:
        return self.query_one(Abreast)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer answers where something is asked."""
        return bool(self._found.asked) or action not in _OF_A_QUESTION

    # -- what is shown --------------------------------------------------------------------------------------

    def load(self) -> None:
        """Ask what waits for an answer, and for the papers of the question that is looked at."""
        before, at, answered = self._found.keys, self._wanted, tuple(self._done)
        self.fetch(lambda gate: duplicates.seen(gate, before, at, answered), self._show)

    def forget(self) -> None:
        """Begin anew: it may be another review."""
        super().forget()
        self._done.clear()
        self._found, self._wanted = Seen(()), None

    def _show(self, found: Seen) -> None:
        if self._landed:
            self._in_flight, self._landed = None, False
        self._found, here = found, found.here
        self._wanted = here.key if here else None
        same_one, self._shown = self._wanted == self._shown, self._wanted
        page = self.query_one(Detail)
        page.display = here is not None
        if here is not None:
            self._papers.fill(found.sides, keep=same_one)
            page.show_of("|".join(here.key), lambda sheet: write_question(sheet, found))
        else:
            self._papers.tell(lambda sheet: write_nothing(sheet, found))
        if self._said in found.keys:
            self.query_one("#said", Bar).display = False
        self._say()
        self.offer()

    def _say(self) -> None:
        keys = self._found.keys
        place = keys.index(self._wanted) + 1 if self._wanted in keys else 0
        words = [f"{place:,} of {len(keys):,}" if keys else "nothing waits"]
        answered = sum(key not in keys for key in self._done)
        self.say_where(" · ".join([*words, f"{answered:,} answered now"] if answered else words))

    def action_next(self) -> None:
        """Go to the next question."""
        self._go(1, "This is the last question.")

    def action_previous(self) -> None:
        """Go to the question before."""
        self._go(-1, "This is the first question.")

    def _go(self, steps: int, none: str) -> None:
        keys = self._found.keys
        to = (keys.index(self._wanted) if self._wanted in keys else 0) + steps
        if not 0 <= to < len(keys):
            self.house.say(none)
            return
        self._wanted = keys[to]
        self._say()
        self.load()

    def action_across(self, steps: int) -> None:
        """Go to the paper on the left or on the right."""
        self._papers.across(steps)

    @on(Lines.Chosen, "#papers")
    def open_paper(self) -> None:
        """Open the paper under the cursor."""
        side = self._papers.side
        if side is not None:
            self.house.open("paper", side.line.uid)

    # -- answers --------------------------------------------------------------------------------------------

    @property
    def _asked(self) -> Asked | None:
        """The question that is seen and not answered yet; None while another one is being fetched."""
        here = self._found.here
        settled = here is not None and here.key == self._wanted and here.key != self._in_flight
        return here if settled else None

    def _answer(self, work: Callable[[Desk, str, str], str]) -> None:
        """Write an answer to the question that is seen, once however fast its key is pressed."""
        here = self._asked
        if here is None:
            return

        def do(desk: Desk) -> str:
            try:
                said = work(desk, *here.papers[:2])
            except BaseException:
                self.call_later(self._let_go)
                raise
            self._done = [*(key for key in self._done if key != here.key), here.key]
            return said

        def begin() -> None:
            self._in_flight = here.key
            self.house.write(do, lambda said: self._land(here, said))

        self.house.with_person(begin)

    def _still(self, here: Asked | None) -> bool:
        """Whether a question is still asked after a dialog; says so where it is not."""
        still = here is not None and self._asked is not None and self._asked.key == here.key
        if not still:
            self.house.say("This question was answered meanwhile.")
        return still

    def _let_go(self) -> None:
        self._in_flight = None

    def _land(self, here: Asked, said: str) -> None:
        """Say what the answer did, where it covers nothing of the next question."""
        self._landed, self._said = True, here.key
        bar = self.query_one("#said", Bar)
        bar.display = True
        bar.say(f"{said} u takes it back.")
        if cell_width(bar.left) + 2 > self.size.width:
            self.house.say(said)

    def action_same(self) -> None:
        """Say that the two are one document."""
        self._answer(lambda desk, one, other: same.call_same(desk, (one, other)))

    def action_different(self) -> None:
        """Say that the two are different documents."""
        self._answer(same.call_different)

    def action_relate(self) -> None:
        """Say how the two belong together; what is offered comes first."""
        here = self._asked

        def chosen(kind: str | None) -> None:
            if kind and self._still(here):
                self._answer(lambda desk, one, other: same.relate(desk, one, other, kind))

        if here is not None:
            forms.choose_kind(self.house, here.question.kind or "", chosen)

    def action_fields(self) -> None:
        """Choose whose values are right, field by field, then say that the two are one document."""
        from tui.dialogs.sides import ChooseSides

        here, means = self._asked, self._found.means

        def chosen(fields: dict[str, str] | None) -> None:
            if fields is not None and self._still(here):
                self._answer(lambda desk, one, other: same.call_same(desk, (one, other), fields))

        if here is not None and means is not None:
            self.house.push_screen(ChooseSides(means), chosen)

    def action_study(self) -> None:
        """Put both papers in a study; the question stays."""
        if self._asked is not None:
            forms.begin_study(self, self._asked.papers[:2])

    def action_split(self) -> None:
        """Take a paper out of those that are one with a paper in view."""
        sides = sorted(self._found.sides, key=lambda side: side is not self._papers.side)
        forms.begin_split(self.house, [(side.line.uid, side.line.number, side.parts) for side in sides])

    def action_look(self) -> None:
        """Look for duplicates, by a setting."""
        forms.begin_look(self)
