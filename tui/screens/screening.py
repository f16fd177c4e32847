"""Screen: titles, abstracts and full texts one after the other, a key each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from textual.binding import BindingsMap

from realist.text import line
from realist.vocabulary import RoundKind, Verdict
from tui.actions import ACTIONS, Action, bindings
from tui.at_hand import AtHand
from tui.dialogs.why import Reason, Why, choose_reason
from tui.forms import screening as forms
from tui.gateway import deciding, screening
from tui.gateway.deciding import Decided, Done
from tui.pile import WIDE
from tui.place import Place
from tui.presets import Preset, actions_of, bound, remember, remembered
from tui.sheets.screening import end_rows

if TYPE_CHECKING:
    from realist.queries.piles import Item


class ScreeningScreen(AtHand):
    """The pile of one round."""

    PLACE = "screening"
    TITLE = "Screen"
    BINDINGS = bindings("screening")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    ScreeningScreen #both { height: 1fr; layout: vertical; }
    ScreeningScreen #reading { height: 1fr; }
    ScreeningScreen #side { display: none; height: 45%; border-top: solid $panel; }
    ScreeningScreen #strip { height: 1; overflow-y: hidden; background: $background; }
    ScreeningScreen.-narrow.-turned #side { display: block; }
    ScreeningScreen.-wide #both { layout: horizontal; }
    ScreeningScreen.-wide #reading { width: 1fr; }
    ScreeningScreen.-wide #side { display: block; width: 38; height: 1fr; border-top: none;
      border-left: solid $panel; }
    ScreeningScreen.-wide.-turned #side { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.preset = remembered()
        self._set_keys()

    # -- keys -----------------------------------------------------------------------------------------------

    @property
    def actions(self) -> list[Action]:
        """What a person can do here, with the keys of the preset: nothing of lists."""
        here = actions_of(self.preset)
        names = {action.name for action in here}
        return [*here, *(action for action in ACTIONS["everywhere"] if action.name not in names)]

    def _set_keys(self) -> None:
        self._bindings = bound(self.preset, Place._merged_bindings or BindingsMap())

    def action_preset(self) -> None:
        """Choose the keys to screen with."""
        forms.ask_preset(self.house, self._use)

    def _use(self, preset: Preset) -> None:
        self.preset = preset
        remember(preset)
        self._set_keys()
        self.offer()
        self.show_beside()
        self.house.say(f"Keys: {preset.name} · {preset.told}")

    # -- deciding -------------------------------------------------------------------------------------------

    def action_include(self) -> None:
        """Include the paper."""
        self._judge(Verdict.INCLUDE)

    def action_maybe(self) -> None:
        """Say maybe."""
        self._judge(Verdict.MAYBE)

    def action_exclude(self) -> None:
        """Exclude the paper; of a full text, ask why."""
        if self.pile is None or self.pile.round["kind"] != RoundKind.FULL_TEXT or not self.reasons:
            self._judge(Verdict.EXCLUDE)
            return
        item = self.queue.item
        if item is not None:
            mine = self.mine_of(item)
            chosen = mine.reasons if mine and mine.verdict == Verdict.EXCLUDE else ()
            title = f"Why is {self.called(item)} excluded?"

            def answered(numbers: list[int] | None) -> None:
                if numbers is not None:
                    self._decide(item, Verdict.EXCLUDE, numbers)

            self.house.with_person(
                lambda: self.app.push_screen(Why(title, self._known_reasons, chosen), answered)
            )

    def _judge(self, verdict: Verdict) -> None:
        """Decide without a reason; what was decided so already stays as it is."""
        item = self.queue.item
        if item is None:
            self.remark("No paper is on the screen: k goes back to the last one.")
        elif item.verdict == verdict:
            self.action_go_on()
        else:
            self._decide(item, verdict)

    def action_reason(self, key: str = "") -> None:
        """Exclude for the reason with a number; of an excluded paper, change the reason."""
        if key:
            self._exclude_for(int(key))
        else:
            self.action_reasons()

    def action_reasons(self) -> None:
        """Choose among all reasons."""
        if not self.reasons:
            self.remark("This round has no exclusion reasons.")
        elif self.queue.item is not None:

            def chosen(number: str | None) -> None:
                if number:
                    self._exclude_for(int(number))

            self.app.push_screen(choose_reason("Exclude for which reason?", self._known_reasons), chosen)

    def _exclude_for(self, number: int) -> None:
        item = self.queue.item
        if item is None:
            return
        if number not in {known for known, _ in self._known_reasons}:
            self.remark(f"This round has no reason {number}.")
        elif item.verdict not in ("", Verdict.EXCLUDE):
            self.remark(f"Not changed: this paper is {item.verdict}. A reason belongs to an exclusion.")
        else:
            mine = self.mine_of(item)
            rest = [other for other in mine.reasons[1:] if other != number] if mine else []
            self._decide(item, Verdict.EXCLUDE, [number, *rest], stay=bool(item.verdict))

    def action_undecide(self) -> None:
        """Take the decision on this paper back."""
        item = self.queue.item
        if item is not None and item.verdict:
            note = self._note_of(item)
            self._decide(item, Verdict.UNDECIDED, stay=True)
            if note:
                self._draft(item, note)
        elif item is not None:
            self.remark("You have not decided on this paper.")

    def _decide(
        self, item: Item, verdict: Verdict, numbers: Sequence[int] = (), *, stay: bool = False
    ) -> None:
        """Write a decision; when it is on disk, go on, or *stay*."""
        if not self.gate.person:
            self.house.with_person(lambda: self._decide(item, verdict, numbers, stay=stay))
            return
        mine = self.mine_of(item)
        note = "" if verdict is Verdict.UNDECIDED else self._note_of(item)
        reason, also = deciding.reason_uids(self.reasons, numbers)
        seconds = monotonic() - self._since
        what = Decided(verdict, reason, also, mine.use if mine else "", note, seconds)
        done = deciding.decide(self.gate, item, self.called(item), what)
        self._decided(item, what, numbers, done.acts)
        for said in done.notes:
            self.house.say(said)
        if not stay:
            self.queue.go_on()
        self.show(keep=stay)

    def _decided(self, item: Item, what: Decided, numbers: Sequence[int], acts: Sequence[int]) -> None:
        now, ready = deciding.afterwards(item, self.ready_of(item), what, numbers)
        if ready is not None:
            self.shelf.put(item.paper, ready)
        self.draft(item, "")
        self.wrote(acts, now)
        if now.verdict:
            self.times.append(datetime.now(UTC))

    def action_park(self) -> None:
        """Put the paper aside, or take it back."""
        item = self.queue.item
        if item is None or self.held_back(item):
            return
        if item.verdict:
            self.remark("You have decided on this paper: x takes that back.")
        elif not self.gate.person:
            self.house.with_person(self.action_park)
        else:
            done = deciding.put_aside(self.gate, item, self.called(item))
            self.wrote(done.acts, item._replace(parked=not item.parked))
            if not item.parked:
                self.queue.go_on()
            self.show(keep=item.parked)

    # -- undo and redo --------------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Take back the last act; the paper it was about comes back."""
        self._take_back(again=False)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._take_back(again=True)

    def _take_back(self, *, again: bool) -> None:
        if not self.gate.person:
            self.house.with_person(lambda: self._take_back(again=again))
            return
        back = deciding.take_back(self.gate, again=again) if self.pile else None
        if back is None:
            (self.house.action_redo if again else self.house.action_undo)()
            return
        self.catch_up_now(back.entries)
        self.remark(f"Done again: {back.said}." if again else f"Undone: {back.said}. U does it again.")

    # -- going ----------------------------------------------------------------------------------------------

    def action_go_on(self) -> None:
        """Go to the next paper that is to be decided on."""
        if not self.held_back(self.queue.item):
            self.queue.go_on()
            self.show()

    def action_step(self, steps: int) -> None:
        """Go to the next paper in the order, or to the one before."""
        if self.held_back(self.queue.item):
            return
        if self.queue.step(steps):
            self.show()
        elif self.queue.items:
            self.remark("This is the last paper." if steps > 0 else "This is the first paper.")

    def show_end(self) -> None:
        """Show that the pile is done, and what comes next."""
        if self.pile is None:
            return
        uid, name, queue = self.pile.round["uid"], line(self.pile.round["name"][:500]), self.queue
        keys = self.keys
        self.reading.show(lambda width: end_rows(queue, name, None, keys, width))

        def show(left: dict[str, int]) -> None:
            if queue.item is None and queue is self.queue:
                self.reading.show(lambda width: end_rows(queue, name, left, keys, width))

        self.fetch(lambda gate: screening.left_over(gate, uid), show, group="end")

    # -- what is on the paper -------------------------------------------------------------------------------

    def _note_of(self, item: Item) -> str:
        mine = self.mine_of(item)
        return self.draft_of(item) or (mine.note if mine else "")

    @property
    def _known_reasons(self) -> list[Reason]:
        return [(int(one["number"]), str(one["text"])) for one in self.reasons]

    def action_note(self) -> None:
        """Write a note on the paper."""
        item = self.queue.item
        if item is not None:
            self.house.with_person(lambda: self._ask_note(item))

    def _ask_note(self, item: Item) -> None:
        mine, title = self.mine_of(item), f"Note on {self.called(item)}"
        if mine is None:
            note = self._note_of(item)
            forms.ask_note(self.house, title, note, None, lambda text, _: self._draft(item, text))
            return
        reason, also = deciding.reason_uids(self.reasons, mine.reasons)
        what = Decided(Verdict(mine.verdict), reason, also, mine.use)
        called = self.called(item)

        def write(text: str) -> Done:
            return deciding.decide(self.gate, item, called, what._replace(note=text))

        def written(text: str, done: Done | None) -> None:
            if done is not None:
                self._decided(item, what._replace(note=text), mine.reasons, done.acts)
                self._show_if_here(item)

        forms.ask_note(self.house, title, mine.note, write, written)

    def _draft(self, item: Item, note: str) -> None:
        self.draft(item, note)
        self._show_if_here(item)

    def _show_if_here(self, item: Item) -> None:
        if self.queue.item is not None and self.queue.item.paper == item.paper:
            self.show(keep=True)
