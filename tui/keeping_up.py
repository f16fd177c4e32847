"""Keeping a pile up to date while somebody goes through it: what is done here is known, the rest is read.

What others change is read in a thread and taken without moving the paper on the screen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from time import monotonic
from typing import TYPE_CHECKING

from tui.gateway import screening
from tui.gateway.screening import Marking, Opened, Ready
from tui.pile import PilePlace
from tui.sheets.paper import sections

if TYPE_CHECKING:
    from realist.queries.pile_news import News
    from realist.queries.piles import Item
    from tui.gateway.door import Gateway


class KeepingUp(PilePlace):
    """A pile in which others work, too."""

    def __init__(self) -> None:
        super().__init__()
        self._return_to: dict[str, str] = {}
        self._not_before = 0.0
        self._again = False

    def wrote(self, acts: Iterable[int], item: Item) -> None:
        """Know what this screen wrote: how a paper stands since these acts."""
        self.queue.put(item)
        self._own |= dict.fromkeys(acts, item)

    def keep_up(self) -> None:
        """Look what others changed, unless it was all done here."""
        while self._known + 1 in self._own:
            self._known += 1
            del self._own[self._known]
        if self._known < self.house.version and self.pile is not None and not self._again:
            uid, since, handed = self.pile.round["uid"], self._known, self.pile.handed
            self.fetch(lambda gate: screening.news(gate, uid, since, handed), self.hear, group="news")

    def catch_up_now(self, return_to: dict[str, str]) -> None:
        """Look at once what changed, and go to the paper of one of these entries; they have notes."""
        assert self.pile is not None
        self._return_to = return_to
        uid, handed = self.pile.round["uid"], self.pile.handed
        self.hear(screening.news(self.gate, uid, self._known, handed))

    def hear(self, news: News) -> None:
        """Take what changed, without moving the paper on the screen."""
        if self.pile is None or news.number < self._known:
            return
        later = {item.paper for act, item in self._own.items() if act > news.number}
        new = [paper for paper, item in news.items.items() if item and not self.queue.has([paper])]
        if news.whole or new:
            self._open_again()
            return
        self._known = news.number
        self._own = {act: item for act, item in self._own.items() if act > news.number}
        changed = {paper for paper in news.items if self.queue.has([paper])} - later
        for paper in changed:
            item = news.items[paper]
            if item is None:
                self.queue.drop(paper)
            else:
                self.queue.put(item)
        if news.terms:
            self.fetch(screening.marking, self._mark_anew, group="terms")
        self._read_again(changed | news.texts)
        self._come_back()

    def _open_again(self) -> None:
        """Read the whole pile again; where that takes long, not all the time."""
        if not self._again:
            self._again = True
            self.set_timer(max(self._not_before - monotonic(), 0.001), self._ask_again)

    def _ask_again(self) -> None:
        began, asked = monotonic(), self._asked

        def query(gate: Gateway) -> Opened | None:
            try:
                return screening.open_pile(gate, asked, sections)
            finally:
                self._again = False

        def take(opened: Opened | None) -> None:
            self._not_before = monotonic() + 5 * (monotonic() - began)
            if opened is not None and asked == self._asked:
                self._renew(opened)

        self.fetch(query, take, group="again")

    def _renew(self, opened: Opened) -> None:
        """Take the pile as it is now; the paper on the screen stays."""
        here, own, before = self.queue.item, dict(self._own), self.queue
        self.take(opened)
        self.queue.wanted, self.queue.fitted = before.wanted, before.fitted
        for act, item in sorted(own.items()):
            if act > opened.number and self.queue.has([item.paper]):
                self.wrote([act], item)
        if here is None:
            self.queue.at = len(self.queue.items)
        stays = here is None or self.queue.go_to(here.paper)
        self.show(keep=stays)
        self._come_back()

    def _mark_anew(self, marking: Marking) -> None:
        self.shelf.marking = marking
        self.show_beside()
        self._read_again(set(self.shelf))

    def _read_again(self, papers: Collection[str]) -> None:
        """Read some papers again: the one on the screen in a thread, and it stays where it is."""
        here, marking = self.queue.item, self.shelf.marking
        self.shelf.drop(paper for paper in papers if here is None or paper != here.paper)
        if here is not None and here.paper in papers and marking is not None:
            self.fetch(
                lambda gate: screening.make_ready(gate, [here], marking, sections), self._show_again, "here"
            )

    def _show_again(self, found: dict[str, Ready]) -> None:
        here = self.queue.item
        for paper, ready in found.items():
            self.shelf.put(paper, ready)
            if here is not None and paper == here.paper:
                self.show(keep=True)

    def _come_back(self) -> None:
        """Go to the paper that an undo or a redo was about; a note that it took back is a draft again."""
        back, self._return_to = self._return_to, {}
        item = next((item for item in self.queue.items if item.entry in back), None) if back else None
        if item is None:
            self.say_how_far()
            return
        self.queue.go_to(item.paper)
        self.shelf.drop([item.paper])
        if back[item.entry] and not item.verdict:
            self.draft(item, back[item.entry])
        self.show()
