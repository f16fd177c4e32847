"""What waits for an answer about duplicates, question by question, and looking for more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from realist.domain.duplicates import Setting
from realist.queries import abreast, compared, doubts
from realist.queries.grouping import Grouping, paper_grouping, wholes_of
from realist.queries.states import FEW
from realist.services import deduping
from tui.gateway.same import Means, Side, means_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.queries.doubts import Question
    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

Key = tuple[str, str]
"""By what a question is known again: the two papers that it was asked about at first."""
MOST = 12
"""So many papers of a group are set side by side."""
SETTINGS = (
    (Setting.BALANCED, "the usual measure"),
    (Setting.STRICT, "join only what is beyond doubt"),
    (Setting.THOROUGH, "join more, ask more"),
)


class Asked(NamedTuple):
    """A question, and the papers of its group as they are read now: the two it is about come first."""

    key: Key
    question: Question
    papers: tuple[str, ...]


class Seen(NamedTuple):
    """All that is asked, which question is looked at, its papers side by side and what joining comes to.

    Where nothing is asked: ``fresh`` papers were not compared yet, of ``papers`` there are; ``searched`` says
    whether anybody looked for duplicates at all.
    """

    asked: tuple[Asked, ...]
    at: int = 0
    sides: tuple[Side, ...] = ()
    means: Means | None = None
    fresh: int = 0
    papers: int = 0
    searched: bool = True

    @property
    def here(self) -> Asked | None:
        """The question that is looked at."""
        return self.asked[self.at] if self.asked else None

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys of all questions, in order."""
        return tuple(one.key for one in self.asked)


def seen(gate: Gateway, before: Sequence[Key], at: Key | None, answered: Sequence[Key]) -> Seen:
    """Return what is asked now, for somebody who was at question *at* of *before* and has *answered* some."""

    def query(connection: Connection) -> Seen:
        found = {one.key: one for one in _asked(connection)}
        asked = tuple(found[key] for key in in_order(before, list(found)))
        if not asked:
            last = compared.last_setting(connection)
            known = compared.compared(connection, last or Setting.BALANCED)
            return Seen((), fresh=len(known.fresh), papers=known.papers, searched=last is not None)
        here = place(before, at, [one.key for one in asked], answered)
        sides = abreast.sides(connection, asked[here].papers[:MOST], viewer=gate.person)
        return Seen(asked, here, tuple(sides), means_of(connection, gate.person, asked[here].papers[:2]))

    return gate.read(query)


def _asked(connection: Connection) -> Iterator[Asked]:
    waiting = doubts.questions(connection)
    ends = {uid for question in waiting for uid in (question.one, question.other)}
    few = len(ends) <= FEW
    grouping = Grouping(wholes_of(connection, ends)) if few else paper_grouping(connection)
    groups = doubts.hanging_together(waiting, grouping)
    for papers, questions in groups:
        for question in questions:
            pair = (grouping[question.one], grouping[question.other])
            rest = (uid for uid in papers if uid not in pair)
            yield Asked((question.one, question.other), question, (*pair, *rest))


def in_order(before: Sequence[Key], now: Sequence[Key]) -> list[Key]:
    """Return the keys of *now*: those that were there *before* in that order, each new one behind the key
    that it follows. So no question jumps over another while a person goes through them."""
    there = set(now)
    order = [key for key in before if key in there]
    known = set(order)
    for place, key in enumerate(now):
        if key not in known:
            known.add(key)
            order.insert(order.index(now[place - 1]) + 1 if place else 0, key)
    return order


def place(before: Sequence[Key], at: Key | None, now: Sequence[Key], answered: Sequence[Key]) -> int:
    """Return which question of *now* to look at.

    One whose answer was taken back meanwhile; else the one looked at; where it was answered, the next one of
    those there were *before*; else the one before it; else the first.
    """
    back = [key for key in answered if key in now and key not in before]
    if back:
        return now.index(back[-1])
    if at in before:
        here = before.index(at)
        wanted = [*before[here:], *reversed(before[:here])]
    else:
        wanted = [at] if at else []
    return next((now.index(key) for key in wanted if key in now), 0)


def settings(gate: Gateway) -> list[tuple[str, str]]:
    """Return the settings of a search and what each does, that of the last search first."""
    last = gate.read(compared.last_setting)
    return sorted(((str(name), told) for name, told in SETTINGS), key=lambda row: row[0] != last)


def look(desk: Desk, setting: str, told: Callable[[str], None]) -> str:
    """Look for duplicates; return a sentence about what came of it. *told* hears of it, and may stop it."""
    found = deduping.dedupe(desk, Setting(setting), told=told)
    asked = len(found.doubtful) + len(found.related)
    waits = f"{_counted(asked, 'pair')} wait{'s' if asked == 1 else ''} for an answer."
    if not found.compared:
        return f"No paper came or was corrected since somebody looked last. {waits}"
    were = "was" if found.joined == 1 else "were"
    return f"{_counted(found.compared, 'paper')} compared, {found.joined:,} {were} joined. {waits}"


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
