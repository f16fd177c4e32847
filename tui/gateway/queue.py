"""A pile as one goes through it: which paper is on the screen, which comes next, what is left to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from realist.queries.piles import Item

UNDECIDED, PARKED = "undecided", "parked"
STATES = (UNDECIDED, "include", "exclude", "maybe", PARKED)
"""How a paper stands for who goes through the pile."""
LATELY = 500
"""From how many decisions, the last ones, a pace is reckoned."""
PAUSE = 300.0
"""Seconds after which somebody was not reading but away: such time is not counted."""
_LOOK_AHEAD = 3000
_ENOUGH = (5, 60.0)  # decisions and seconds after which a pace is worth saying


def state_of(item: Item) -> str:
    """Return how a paper stands for who goes through the pile: one of STATES."""
    return item.verdict or (PARKED if item.parked else UNDECIDED)


class Wanted(NamedTuple):
    """Which papers of a pile are looked at: those in one of *states*, with one of *numbers*; None is all."""

    words: str = ""
    states: frozenset[str] | None = None
    numbers: frozenset[int] | None = None

    def fits(self, item: Item) -> bool:
        """Whether a paper is one of them."""
        named = self.numbers is None or item.number in self.numbers
        return named and (self.states is None or state_of(item) in self.states)


class Queue:
    """The papers of a pile in their order, and the place of the one looked at, ``at``: at last, behind all.

    Papers that others have finished meanwhile are left out (they are gone) but keep their place.
    """

    def __init__(self, items: Sequence[Item], left_at: str = "") -> None:
        self.items = list(items)
        self.wanted = Wanted()
        self.fitted = len(self.items)
        self._places = {item.paper: place for place, item in enumerate(self.items)}
        self._gone: set[str] = set()
        self._states = Counter(map(state_of, self.items))
        last = next((place for place, item in enumerate(self.items) if item.entry == left_at), -1)
        self.at = last if self.items else 0
        self.go_on()

    @property
    def item(self) -> Item | None:
        """The paper that is looked at; None behind the last one."""
        return self.items[self.at] if 0 <= self.at < len(self.items) else None

    @property
    def total(self) -> int:
        """How many papers are in the pile."""
        return len(self.items) - len(self._gone)

    @property
    def decided(self) -> int:
        """On how many of them this person has decided."""
        return self.total - self.left

    @property
    def left(self) -> int:
        """How many are undecided, parked ones with them."""
        return self._states[UNDECIDED] + self._states[PARKED]

    @property
    def parked(self) -> int:
        """How many are parked."""
        return self._states[PARKED]

    def is_gone(self, item: Item) -> bool:
        """Whether others finished with a paper meanwhile."""
        return item.paper in self._gone

    def find(self, paper: str) -> Item | None:
        """Return a paper of the pile by its uid."""
        place = self._places.get(paper)
        return None if place is None else self.items[place]

    def want(self, wanted: Wanted) -> bool:
        """Go through the papers that are wanted from now on: return whether this one is one of them.

        Where it is not, go to the next that is.
        """
        self.wanted = wanted
        self.fitted = sum(self._fits(item) for item in self.items)
        if self.item is not None and self._fits(self.item):
            return True
        fitting = (place for place in self._others() if self._fits(self.items[place]))
        at_the_end = self.item is None
        place = next(self._ahead(), None) if at_the_end else None
        if place is None and (wanted.words or not at_the_end):
            place = next(fitting, None)
        self.at = len(self.items) if place is None else place
        return False

    # -- going ----------------------------------------------------------------------------------------------

    def _fits(self, item: Item) -> bool:
        return item.paper not in self._gone and self.wanted.fits(item)

    def _to_do(self, item: Item) -> bool:
        """Whether a paper is to be dealt with: an undecided one, or one in the states that are wanted."""
        if not self._fits(item):
            return False
        return not item.verdict if self.wanted.states is None else True

    def go_on(self) -> bool:
        """Go to what is next to do; return whether there was any. Parked papers come at the end."""
        place = next(self._ahead(), None)
        here = self.item
        if place is None and here is not None and state_of(here) == UNDECIDED and self._to_do(here):
            return False
        self.at = len(self.items) if place is None else place
        return place is not None

    def _ahead(self, most: int | None = None) -> Iterator[int]:
        """Yield the places of what is to do from here on: behind this one, from the start, then the parked.

        With *most*, no more than so many papers are looked at.
        """
        if not self._states[UNDECIDED] and self.wanted.states is None:
            yield from (place for place in self._others() if self._to_do(self.items[place]))
            return
        aside: list[int] = []
        for n, place in enumerate(self._others()):
            item = self.items[place]
            if n == most:
                return
            if not self._to_do(item):
                continue
            if state_of(item) == PARKED:
                aside.append(place)
            else:
                yield place
        yield from aside

    def _others(self) -> Iterator[int]:
        here = self.at
        yield from range(here + 1, len(self.items))
        yield from range(min(here, len(self.items)))

    def ahead(self, count: int) -> list[Item]:
        """Return papers that come next, at most *count*."""
        found = []
        for place in self._ahead(_LOOK_AHEAD):
            found.append(self.items[place])
            if len(found) == count:
                break
        return found

    def beside(self, count: int) -> list[Item]:
        """Return papers that stand before and behind this one in the order, at most *count* each way."""
        near = range(max(self.at - count, 0), min(self.at + count + 1, len(self.items)))
        return [self.items[place] for place in near]

    def step(self, steps: int) -> bool:
        """Go to the next paper in the order that fits, or to the one before; return whether there was one."""
        ways = range(self.at + 1, len(self.items)) if steps > 0 else range(self.at - 1, -1, -1)
        place = next((place for place in ways if self._fits(self.items[place])), None)
        if place is not None:
            self.at = place
        return place is not None

    def go_to(self, paper: str) -> bool:
        """Go to a paper by its uid; return whether it is in the pile."""
        place = self._places.get(paper)
        if place is None:
            return False
        self.at = place
        return True

    # -- changes --------------------------------------------------------------------------------------------

    def put(self, item: Item) -> None:
        """Take a paper of the pile as it stands now."""
        self._take(item.paper, item)

    def drop(self, paper: str) -> None:
        """Leave a paper out that others finished with."""
        self._take(paper, None)

    def _take(self, paper: str, item: Item | None) -> None:
        place = self._places[paper]
        if paper not in self._gone:
            self._states[state_of(self.items[place])] -= 1
        self._gone.discard(paper)
        if item is None:
            self._gone.add(paper)
        else:
            self.items[place] = item
            self._states[state_of(item)] += 1

    def has(self, papers: Collection[str]) -> bool:
        """Whether all of *papers* are in the pile, also if they are gone."""
        return all(paper in self._places for paper in papers)


class Pace(NamedTuple):
    """How fast somebody decides, and how long what is left will take."""

    per_hour: float
    left: timedelta


def pace(times: Iterable[datetime], left: int, now: datetime) -> Pace | None:
    """Return the pace of decisions made at *times*, in order: those of an hour, without pauses over PAUSE."""
    since = [at for at in times if at > now - timedelta(hours=1)]
    gaps = [(later - at).total_seconds() for at, later in pairwise(since)]
    spent = [gap for gap in gaps if gap <= PAUSE]
    if len(spent) < _ENOUGH[0] or sum(spent) < _ENOUGH[1]:
        return None
    per_hour = len(spent) * 3600 / sum(spent)
    return Pace(per_hour, timedelta(hours=left / per_hour))
