"""What can be done with the paper on the screen beside deciding on it, and which papers are gone through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from realist import machine
from tui.forms import screening as forms
from tui.forms.same import begin_same
from tui.forms.terms import Terms
from tui.gateway import screening
from tui.gateway.queue import Wanted
from tui.keeping_up import KeepingUp
from tui.pile import HIDDEN, PileFilter
from tui.sheets.screening import BLIND, Look

if TYPE_CHECKING:
    from realist.queries.piles import Item, Mine


class AtHand(KeepingUp):
    """A paper at hand: reading it, hiding fields, tags, terms, duplicates, its address, its abstract."""

    def mine_of(self, item: Item) -> Mine | None:
        """Return what this person decided on a paper, in full."""
        ready = self.ready_of(item)
        return ready.mine if ready else None

    def called(self, item: Item) -> str:
        """Return how a paper is called: never by its authors where these are hidden."""
        ready = self.ready_of(item)
        shown = ready.shown if ready else None
        if shown and self.look.hidden & {"authors", "year"}:
            shown = shown._replace(label="")
        return screening.called(shown, item.number)

    def held_back(self, item: Item | None) -> bool:
        """Whether there is a note on a paper that would be left behind unsaved; say so."""
        if item is None or not self.draft_of(item):
            return False
        keys = self.keys
        decide = " ".join(keys[name] for name in ("include", "exclude", "maybe"))
        self.remark(
            f"Your note is not saved yet: decide ({decide}), or {keys['note']} to change or empty it."
        )
        return True

    # -- reading --------------------------------------------------------------------------------------------

    def action_read_on(self, pages: int) -> None:
        """Scroll the text."""
        self.reading.leaf(pages)

    def action_read_side(self, pages: int) -> None:
        """Scroll the criteria."""
        self.side.leaf(pages)

    def action_criteria(self) -> None:
        """Show criteria and reasons, or hide them."""
        self.toggle_class("-turned")
        self.call_after_refresh(self.remark, "")

    def action_highlights(self) -> None:
        """Mark the terms, or not."""
        self._look_at(self.look._replace(marks=not self.look.marks))
        self.remark("Terms are marked." if self.look.marks else "Terms are not marked.")

    def action_metadata(self) -> None:
        """Hide what tells who wrote a paper, where and when, or show it."""
        blind = self.look.hidden >= BLIND
        self._hide(self.look.hidden - BLIND if blind else self.look.hidden | BLIND)
        said = "Authors, year, journal, DOI and keywords are"
        self.remark(f"{said} shown." if blind else f"{said} hidden.")

    def action_view(self) -> None:
        """Choose a field to hide or to show."""
        forms.ask_view(self.house, self.look, lambda field: self._hide(self.look.hidden ^ {field}))

    def _hide(self, fields: frozenset[str]) -> None:
        machine.remember(**{HIDDEN: sorted(fields)})
        self._look_at(self.look._replace(hidden=fields))

    def _look_at(self, look: Look) -> None:
        """Set every text anew: it is looked at in another way."""
        self.look = look
        self.shelf.set_anew()
        self.show_beside()
        self.show(keep=True)

    def action_terms(self) -> None:
        """Show the terms that are marked, to add to and to drop."""
        self.app.push_screen(Terms(self.house))

    # -- the paper ------------------------------------------------------------------------------------------

    def action_tag(self) -> None:
        """Put a tag on the paper."""
        item = self.queue.item
        if item is not None:
            forms.ask_tag(self, item.number, self.called(item))

    def action_same_as(self) -> None:
        """Say which paper is the same document."""
        if self.queue.item is not None:
            begin_same(self, self.queue.item.paper)

    def action_address(self) -> None:
        """Open the paper's DOI or address in the browser."""
        ready = self.ready_of(self.queue.item) if self.queue.item else None
        if ready is not None:
            forms.open_on_the_web(self, ready.shown.doi, ready.shown.url)

    def action_paste(self) -> None:
        """Paste the abstract that is missing."""
        item = self.queue.item
        ready = self.ready_of(item) if item else None
        if item is None or ready is None:
            return
        if ready.shown.abstract:
            self.remark("This paper has an abstract: it is edited on the paper's own page.")
        else:
            title = f"Abstract of {self.called(item)}"
            self.house.with_person(lambda: forms.ask_abstract(self.house, item.paper, title))

    # -- which papers ---------------------------------------------------------------------------------------

    def action_round(self) -> None:
        """Choose another round."""
        if not self.held_back(self.queue.item):
            forms.ask_round(self, self.open_round)

    def action_filter(self) -> None:
        """Type which papers to go through."""
        if not self.held_back(self.queue.item):
            self.query_one(PileFilter).begin()

    @on(Input.Changed, "#filter")
    def typed(self, event: Input.Changed) -> None:
        """Find what fits now."""
        words = event.value
        self.fetch(lambda gate: screening.wanted(gate, words), self._narrow, group="filter")

    def _narrow(self, found: tuple[Wanted, tuple[str, ...]]) -> None:
        wanted, problems = found
        self.show(keep=self.queue.want(wanted))
        if problems:
            self.remark(problems[0])
