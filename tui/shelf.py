"""The shelf of a pile: papers made ready to be read, their texts set and drawn, before they are wanted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from realist.text import line
from tui.gateway import screening
from tui.gateway.screening import Marking, Ready
from tui.sheets.paper import sections
from tui.sheets.screening import Look, paper_rows
from tui.widgets.lines import Row, Span
from tui.widgets.reading import Drawn

if TYPE_CHECKING:
    from realist.queries.piles import Item
    from tui.gateway.door import Gateway

_MOST = 400


class Set(NamedTuple):
    """A text set for a width, and perhaps drawn ahead."""

    width: int
    rows: list[list[Span]]
    drawn: Drawn | None = None


Made = dict[str, tuple[Ready, Set]]


class Shelf:
    """Papers by uid, made ready with the terms that are marked; ``stamp`` grows when anything is dropped.

    *given_up* are terms of which it was said already that they take too long.
    """

    def __init__(
        self,
        marking: Marking | None = None,
        ready: dict[str, Ready] | None = None,
        given_up: Iterable[str] = (),
    ) -> None:
        self.marking = marking
        self.stamp = 0
        self._ready = dict(ready or {})
        self._sets: dict[str, Set] = {}
        self.given_up = set(given_up)

    def __contains__(self, paper: str) -> bool:
        return paper in self._ready

    def __iter__(self) -> Iterator[str]:
        return iter(self._ready)

    def get(self, paper: str) -> Ready | None:
        """Return what is read of a paper, where it is ready."""
        return self._ready.get(paper)

    def put(self, paper: str, ready: Ready) -> None:
        """Take what is read of a paper now."""
        self._ready[paper] = ready
        self._sets.pop(paper, None)

    def drop(self, papers: Iterable[str]) -> None:
        """Read papers again when they are wanted."""
        self.stamp += 1
        for paper in papers:
            self._ready.pop(paper, None)
            self._sets.pop(paper, None)

    def set_anew(self, paper: str = "") -> None:
        """Set the text of a paper, or of all, anew when it is wanted."""
        if paper:
            self._sets.pop(paper, None)
        else:
            self._sets.clear()

    def text(self, ready: Ready, look: Look, width: int, draft: str) -> list[list[Span]]:
        """Return the rows of a paper."""
        paper = ready.shown.uid
        known = self._sets.get(paper)
        if known is None or known.width != width or draft:
            known = self._sets[paper] = Set(width, paper_rows(ready, look, width, draft=draft))
        return known.rows

    def drawn(self, paper: str) -> Drawn | None:
        """Return a text as it was drawn ahead."""
        found = self._sets.get(paper)
        return found.drawn if found else None

    # -- ahead ----------------------------------------------------------------------------------------------

    def make(self, gate: Gateway, item: Item) -> Ready | None:
        """Make one paper ready that nobody expected."""
        if self.marking is not None:
            self._ready |= screening.make_ready(gate, [item], self.marking, sections)
        return self._ready.get(item.paper)

    def maker(
        self, items: Sequence[Item], look: Look, width: int, draw: Callable[[Sequence[Row]], Drawn]
    ) -> Callable[[Gateway], Made]:
        """Return what makes papers ready, in any thread: the texts set for a width, and drawn."""
        marking = self.marking

        def make(gate: Gateway) -> Made:
            found: Made = {}
            if marking is not None:
                for paper, ready in screening.make_ready(gate, items, marking, sections).items():
                    rows = paper_rows(ready, look, width)
                    found[paper] = ready, Set(width, rows, draw(rows))
            return found

        return make

    def take(self, made: Made, near: Collection[str]) -> list[str]:
        """Take what was made; where there is much, keep what is *near*. Return terms that took too long."""
        for paper, (ready, of_text) in made.items():
            if paper not in self._ready:
                self._ready[paper], self._sets[paper] = ready, of_text
        if len(self._ready) > _MOST:
            self._ready = {paper: one for paper, one in self._ready.items() if paper in near}
            self._sets = {paper: one for paper, one in self._sets.items() if paper in near}
        terms = self.marking.terms if self.marking else ()
        slow = [line(terms[place].text) for ready, _ in made.values() for place in ready.given_up]
        new = [text for text in dict.fromkeys(slow) if text not in self.given_up]
        self.given_up.update(new)
        return new
