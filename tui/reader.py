"""A place in which one text is read: searched, gone through, selected in. What is kept is no part of this."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input

from realist.documents import Span
from realist.text import line, shorten
from tui import selecting
from tui.actions import Action
from tui.dialogs import Choose, Option
from tui.fulltext import matches, words_of
from tui.place import Place
from tui.selecting import Selection
from tui.widgets.detail import Detail
from tui.widgets.filter import FilterLine
from tui.widgets.full_text import FullText
from tui.widgets.lines import Lines
from tui.widgets.pointed_text import PointedText

SELECTED = (
    "keep", "keep_with", "grow", "shrink", "begin", "finish", "place", "part", "rest", "evidence",
)  # fmt: skip
FREE = (
    "select", "contents", "excerpt", "texts", "attach", "paper", "valence", "inferred",
    "next_part", "edit_part", "under", "polarity", "notation", "box", "more", "looked", "appraise", "form",
    "again",
)  # fmt: skip
"""Actions that there are while something is selected, and while nothing is: a key can serve both."""


class SearchLine(FilterLine):
    """The line in which one types what to search for in the text; Enter goes to the next hit."""

    def on_input_submitted(self) -> None:
        """Go back to the text."""
        self.action_to_list()


class Reader(Place):
    """A text, what is beside it, and going through it."""

    def __init__(self) -> None:
        super().__init__()
        self._any_word = False
        self._sought = ""

    def body(self) -> Iterable[Widget]:
        """Yield the line to search by, the text, and what is beside it."""
        yield SearchLine("words to search for in this text", id="search")
        text = PointedText(id="text", seen=lambda: self.say_place())
        yield Container(text, Detail(id="side"), Detail(id="strip"), id="both")

    @property
    def text(self) -> FullText:
        """The text."""
        return self.query_one(FullText)

    @property
    def side(self) -> Detail:
        """What is beside it."""
        return self.query_one("#side", Detail)

    @property
    def actions(self) -> list[Action]:
        """What a person can do here; the search is that of this text."""
        selected = self.text.selection is not None
        return [
            action._replace(bar=action.bar and (selected or not action.name.startswith("unit")))
            for action in super().actions
            if action.name != "find"
        ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Some keys work while something is selected, others while nothing is."""
        if action in SELECTED or action in FREE or action == "leave":
            selected = self.is_mounted and bool(self.query(FullText)) and self.text.selection is not None
            if action == "leave":
                return selected or (self.is_mounted and bool(self._sought))
            return selected == (action in SELECTED)
        return super().check_action(action, parameters)

    def say_place(self) -> None:
        """Say where in the text one is."""

    @on(FullText.Picked)
    def picked(self) -> None:
        """Show the keys that work now."""
        self.say_place()
        self.offer()

    @property
    def page_called(self) -> str:
        """How the page is called that is seen."""
        whole = self.text.whole
        return whole.called(self.text.page)

    # -- searching ------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Type what to search for; what is selected is let go."""
        self.text.select(None)
        self._any_word = False
        search = self.query_one(SearchLine)
        search.begin()
        search.select_all()

    @on(Input.Changed, "#search")
    def typed(self, event: Input.Changed) -> None:
        """Search for what is typed now."""
        self.seek(event.value)

    def seek(self, words: str, *, any_word: bool = False) -> None:
        """Mark where *words* stand, and go to the first place from here on; "" ends the search."""
        words, whole = line(words[:500]), self.text.whole
        self._sought, self._any_word = words, any_word
        self.fetch(
            lambda gate: matches(whole.text, words, any_word=any_word),
            lambda hits: self._found(words, hits),
            group="search",
        )

    def _found(self, words: str, hits: list[Span]) -> None:
        if words != self._sought:
            return
        text = self.text
        here = text.spot.start if text.spot is not None and text.in_view(text.spot.start) else text.top
        text.mark(hits=hits)
        text.come_to(next((hit for hit in hits if hit.start >= here), hits[0] if hits else None))
        self.say_place()

    @property
    def hits_said(self) -> str:
        """Which hit of how many one is at."""
        text = self.text
        if not self._sought:
            return ""
        if not text.hits:
            return f"“{shorten(self._sought, 20)}” is not in it"
        at = next((place for place, hit in enumerate(text.hits, 1) if hit == text.spot), 0)
        hits = "1 hit" if len(text.hits) == 1 else f"{len(text.hits):,} hits"
        return f"hit {at:,} of {len(text.hits):,}" if at else hits

    def action_hit(self, steps: int) -> None:
        """Go to the next hit or the one before; after the last comes the first."""
        text = self.text
        text.select(None)
        if not text.hits:
            self.house.say("Nothing is found yet: / searches." if not self._sought else f"{self.hits_said}.")
            return
        here = text.spot.start if text.spot and text.in_view(text.spot.start) else text.top - (steps > 0)
        if steps > 0:
            there = next((hit for hit in text.hits if hit.start > here), text.hits[0])
        else:
            there = next((hit for hit in reversed(text.hits) if hit.start < here), text.hits[-1])
        text.come_to(there)
        self.say_place()

    @on(Input.Submitted, "#search")
    def submitted(self) -> None:
        """Say which hit one is at."""
        self.say_place()

    def end_search(self) -> None:
        """Mark no hits any more."""
        self._sought = ""
        search = self.query_one(SearchLine)
        if search.value:
            with self.prevent(Input.Changed):
                search.value = ""
        search.remove_class("used")
        self.text.mark(hits=())
        self.text.come_to(None)
        self.say_place()

    # -- going through it -----------------------------------------------------------------------------------

    def action_step(self, steps: int) -> None:
        """Go to the next page, or while selecting to the next word, sentence or paragraph."""
        text = self.text
        if text.selection is not None:
            text.select(selecting.step(text.whole.text, text.selection, steps))
        elif steps < 0 and text.top > text.whole.begins[text.page]:
            text.go_to_page(text.page)
        else:
            text.go_to_page(text.page + steps)

    def action_contents(self) -> None:
        """Choose a heading, or a page."""
        whole = self.text.whole
        options = [
            Option("  " * min(head.level - 1, 4) + (head.title or "(a heading)"), str(head.start),
                   whole.called(whole.page(head.start)))
            for head in whole.headings
        ]  # fmt: skip
        pages = [(whole.called(page), begin) for page, begin in enumerate(whole.begins)]
        options += [Option(called, str(begin)) for called, begin in pages if called]

        def chosen(position: str | None) -> None:
            if position:
                self.text.go_to_position(int(position))

        if options:
            self.app.push_screen(Choose("Go to", options), chosen)
        else:
            self.house.say("This text has neither headings nor pages.")

    # -- selecting ------------------------------------------------------------------------------------------

    def action_select(self) -> None:
        """Begin to select: the whole hit where one came to one, else the first word."""
        text = self.text
        here = text.spot if text.spot is not None and text.in_view(text.spot.start) else None
        if here is not None and here in text.hits:
            text.select(Selection(here.start, here.end))
            self.query(Lines).first().focus()
        else:
            self.action_unit(selecting.WORD)

    def action_unit(self, kind: str) -> None:
        """Select the word, sentence or paragraph one is in."""
        text = self.text
        found = selecting.stretch_at(text.whole.text, text.beginning, kind)
        if found is None:
            self.house.say("There are no words to select.")
        else:
            text.select(found)
            self.query(Lines).first().focus()

    def action_grow(self) -> None:
        """Select more."""
        whole = self.text.whole

        def grown(of: Selection) -> Selection:
            first, last = whole.page(of.start), whole.page(max(of.end - 1, of.start))
            return selecting.larger(whole.text, of, Span(whole.begins[first], whole.ends[last]))

        self._change(grown)

    def action_shrink(self) -> None:
        """Select less."""
        self._change(lambda of: selecting.smaller(self.text.whole.text, of))

    def action_begin(self, steps: int) -> None:
        """Move the beginning of the selection by a word."""
        self._change(lambda of: selecting.move_start(self.text.whole.text, of, steps))

    def action_finish(self, steps: int) -> None:
        """Move the end of the selection by a word."""
        self._change(lambda of: selecting.move_end(self.text.whole.text, of, steps), end=True)

    def _change(self, how: Callable[[Selection], Selection], *, end: bool = False) -> None:
        if self.text.selection is not None:
            self.text.select(how(self.text.selection), end=end)

    def action_leave(self) -> None:
        """Drop the selection; without one, end the search."""
        if self.text.selection is not None:
            start, end = self.text.selection[:2]
            self.text.select(None)
            self.text.come_to(Span(start, end) if self._sought else None)
        else:
            self.end_search()

    @property
    def selected_words(self) -> str:
        """The words that are selected, on one line."""
        of = self.text.selection
        return words_of(self.text.whole, of.start, of.end) if of else ""
