"""A place that goes through a pile: one paper at a time, the next ones made ready in a thread."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.containers import Container
from textual.timer import Timer
from textual.widget import Widget

from realist import machine
from realist.text import line, shorten, wrap
from tui.gateway import screening
from tui.gateway.queue import Pace, Queue, pace
from tui.gateway.screening import Opened, Ready
from tui.place import Place
from tui.sheets.paper import sections
from tui.sheets.screening import (
    FIELDS,
    Look,
    how_far,
    pad_end,
    reasons_line,
    standing,
    write_beside,
)
from tui.sheets.sheet import Sheet
from tui.shelf import Made, Shelf
from tui.widgets.filter import FilterLine
from tui.widgets.lines import Row, Span
from tui.widgets.reading import Reading, words

if TYPE_CHECKING:
    from realist.queries.piles import Item, Pile

AHEAD, ASIDE, BATCH = 20, 3, 6
"""How many papers are made ready: those that come next, those before and behind, and at once."""
_PACE_EVERY = 5.0
_SOON = 0.01
_MANY = 5000
HIDDEN = "screening hides"
WIDE = 120
"""From so many columns on, reasons and criteria stand beside the text."""
_LOOKING = "looking for your pile … (r chooses a round)"
_NONE = (
    "No round has papers for you to screen. Rounds are made and filled under g o, or by `realist round add`"
    " and `realist round enter`."
)


class PileFilter(FilterLine):
    """The line in which one types which papers of the pile to go through; Enter and Esc go back to them."""

    def action_to_list(self) -> None:
        """Go back to the paper; a line with nothing in it goes away."""
        if not self.value:
            self.remove_class("used")
        self.screen.set_focus(None)


class PilePlace(Place):
    """Shows the paper that is looked at, and makes ready those that come next."""

    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.pile: Pile | None = None
        self.queue = Queue(())
        self._drafts: dict[tuple[str, str], str] = {}
        hidden = machine.settings().get(HIDDEN, ())
        self.look = Look(frozenset(hidden) & set(FIELDS) if isinstance(hidden, list) else frozenset())
        self.times: deque[datetime] = deque()
        self.shelf = Shelf()
        self._asked = self._person = ""
        self._known = 0
        self._remarked = False
        self._rest: Timer | None = None
        self._own: dict[int, Item] = {}
        self._since = monotonic()
        self._pace: tuple[float, Pace | None] = (0.0, None)

    def body(self) -> Iterable[Widget]:
        """Yield the filter, the text with what stands beside it, and the reasons on one line."""
        yield PileFilter("words, or state:undecided include exclude maybe parked, year: author: tag: …")
        yield Container(Reading(id="reading", heads=1), Reading(id="side"), id="both")
        yield Reading(id="strip")

    @property
    def reading(self) -> Reading:
        """The text."""
        return self.query_one("#reading", Reading)

    @property
    def side(self) -> Reading:
        """What stands beside it."""
        return self.query_one("#side", Reading)

    def on_resize(self) -> None:
        """Show the reasons below the text where they do not stand beside it."""
        self.call_after_refresh(self.remark, "")

    # -- opening --------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Open a pile, or look what changed in the one that is open."""
        if self.pile is not None and self._person == self.gate.person:
            self.keep_up()
        elif "load" not in self._under_way:
            self.call_after_refresh(self._open)  # till then a round may have been asked for

    def _open(self) -> None:
        if "load" not in self._under_way and (self.pile is None or self._person != self.gate.person):
            self.open_round(self._asked)

    def keep_up(self) -> None:
        """Look what others changed."""

    def forget(self) -> None:
        """Begin anew: it is another review, or another person."""
        super().forget()
        self.pile = None

    def say_where_again(self) -> None:
        """Say who is at the keyboard; another person has another pile."""
        super().say_where_again()
        if self.pile is not None and self._person != self.gate.person:
            self.open_round(self.pile.round["uid"])

    def on_place_asked(self, message: Place.Asked) -> None:
        """Open the round that another place asked for, unless it is the one that is open."""
        if self.pile is None or message.text not in (self.pile.round["uid"], self.pile.round["name"]):
            self.open_round(message.text)

    def open_round(self, asked: str) -> None:
        """Open the pile of a round, or the one in which most is to do."""
        self._asked = asked
        if self.pile is None:
            self.reading.show(lambda width: [words(_LOOKING, "muted")])
        self.fetch(lambda gate: screening.open_pile(gate, asked, sections), self._show_opened)

    def _show_opened(self, opened: Opened | None) -> None:
        if opened is None:
            self.pile = None
            self.queue = Queue(())
            self.reading.show(lambda width: [words(row, "muted") for row in wrap(_NONE, width)])
            return
        self.take(opened)
        self.show()
        self.say_how_far()
        self.keep_up()

    def take(self, opened: Opened) -> None:
        """Take a pile that was read."""
        self.pile, self.queue, self.times = opened.pile, opened.queue, opened.times
        self.shelf, self._person = Shelf(opened.marking, opened.ready, self.shelf.given_up), self.gate.person
        self._known = opened.number
        self._own.clear()
        self._asked = opened.pile.round["uid"]
        self._pace = (0.0, None)
        if len(opened.queue.items) > _MANY:
            gc.freeze()  # else Python looks through them all for garbage, a fifth of a second, now and then
        self.show_beside()
        for _, problem in opened.marking.highlighter.problems[:3]:
            self.house.say(problem)

    # -- showing --------------------------------------------------------------------------------------------

    def show(self, *, keep: bool = False) -> None:
        """Show the paper that is looked at; with *keep*, it was shown before and the reader stays there."""
        item = self.queue.item
        if item is None:
            self.show_end()
        else:
            self.reading.show(
                lambda width: self._text(item, width), self._head(item), keep=keep,
                drawn=lambda: self.shelf.drawn(item.paper),
            )  # fmt: skip
        self._paint()
        if not keep:
            self._since = monotonic()
            if self._remarked:
                self.remark("")
        if self._rest is None:
            self._rest = self.set_timer(_SOON, self._at_rest)

    def _at_rest(self) -> None:
        """Do what can wait until the text is on the screen."""
        self._rest = None
        self.say_how_far()
        self._read_ahead()

    def _paint(self) -> None:
        """Draw the text now: Textual would wait for its next frame, eight milliseconds at the most."""
        if self.is_current and not self.app._batch_count and not self._layout_required:
            self._compositor.update_widgets({self.reading})
            self._compositor_refresh()

    def _head(self, item: Item) -> Row:
        ready = self.ready_of(item)
        gone, width = self.queue.is_gone(item), self.reading.measure
        return standing(item, ready, self.reasons, self.look, gone=gone, width=width)

    def _text(self, item: Item, width: int) -> list[list[Span]]:
        ready = self.ready_of(item)
        if ready is None:
            return [[Span("This paper is not in the review any more; j goes on.", "muted")]]
        return self.shelf.text(ready, self.look, width, self.draft_of(item))

    def ready_of(self, item: Item) -> Ready | None:
        """Return what is read of a paper; one that nobody expected is read now."""
        return self.shelf.get(item.paper) or self.shelf.make(self.gate, item)

    def draft_of(self, item: Item) -> str:
        """Return the note on a paper that is not saved yet."""
        return self._drafts.get((self.gate.person, item.entry), "")

    def draft(self, item: Item, note: str) -> None:
        """Keep a note until the paper is decided on; an empty one is none."""
        key = (self.gate.person, item.entry)
        if note:
            self._drafts[key] = note
        else:
            self._drafts.pop(key, None)
        self.shelf.set_anew(item.paper)

    @property
    def unsaved(self) -> str:
        """What would be lost if the program ended now."""
        return "A note that you typed is not saved yet: it goes with your decision." if self._drafts else ""

    def say_how_far(self) -> None:
        """Say in the bar which round it is, how far, how fast."""
        if self.pile is None:
            return
        now, before = datetime.now(UTC), self._pace
        if monotonic() - before[0] > _PACE_EVERY or before[1] is None:
            self._pace = (monotonic(), pace(self.times, self.queue.left, now))
        name = shorten(self.pile.round["name"][:500], 40)
        self.say_where(f"{name} · {how_far(self.queue, self._pace[1], now)}")

    def show_end(self) -> None:
        """Show that there is nothing more to do."""
        raise NotImplementedError

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """The exclusion reasons of the round."""
        return self.pile.reasons if self.pile else []

    @property
    def keys(self) -> dict[str, str]:
        """The key of each action now, by its name."""
        return {action.name: action.key for action in self.actions}

    def show_beside(self) -> None:
        """Show reasons, criteria and the legend of the terms, and the reasons on one line."""
        if self.pile is None or self.shelf.marking is None:
            return
        round_, reasons = self.pile.round, self.reasons
        terms = self.shelf.marking.terms if self.look.marks else ()

        def write(width: int) -> list[list[Span]]:
            sheet = Sheet(width)
            write_beside(sheet, round_, reasons, terms)
            return sheet.rows

        self.side.show(write, keep=True)
        self.remark("")

    def remark(self, words: str) -> None:
        """Say something on the line below the text, where the reasons stand, until the next paper comes."""
        self._remarked = bool(words)
        reasons = self.reasons
        key = self.keys["criteria"]

        def write(width: int) -> list[Row]:
            if words:
                return [[Span(pad_end(line(words[:1000]), width), "accent")]]
            beside = (self.size.width >= WIDE) != self.has_class("-turned")
            return [] if beside else [reasons_line(reasons, key, width)]

        self.query_one("#strip", Reading).show(write)

    # -- reading ahead --------------------------------------------------------------------------------------

    def _read_ahead(self) -> None:
        """Have papers made ready that are wanted soon."""
        soon = [*self.queue.ahead(AHEAD), *self.queue.beside(ASIDE)]
        missing = [item for item in soon if item.paper not in self.shelf]
        near = {item.paper for item in (*soon[:ASIDE], *self.queue.beside(1))}
        missing.sort(key=lambda item: item.paper not in near)
        urgent = missing and missing[0].paper in near
        if "ahead" in self._under_way or not (urgent or len(missing) >= BATCH):
            return
        shelf, look, stamp = self.shelf, self.look, self.shelf.stamp
        make = shelf.maker(missing[:BATCH], look, self.reading.measure, self.reading.pen())

        def take(made: Made) -> None:
            if shelf is not self.shelf or stamp != shelf.stamp or look != self.look:
                self._read_ahead()
                return
            for text in shelf.take(made, {item.paper for item in soon}):
                self.house.say(f"The pattern {shorten(text, 40)} takes long: it is not marked everywhere.")
            if made:
                self._read_ahead()

        self.fetch(make, take, group="ahead")
