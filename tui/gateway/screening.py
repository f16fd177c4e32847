"""Screening: which pile, what stands in it, what changed, and what is read of a paper, made ready."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from realist.domain.filtering import read_filter
from realist.domain.highlighting import Highlighter, Span, Term
from realist.queries import listing, naming, pile_news, piles, screening, together
from realist.queries.log import last_number
from realist.queries.pile_news import News
from realist.queries.piles import Item, Mine, Pile, Shown
from realist.queries.together import Voted
from realist.text import fold, line, paragraphs, shorten
from realist.vocabulary import TermKind, TermSet
from tui.gateway.queue import LATELY, STATES, Queue, Wanted

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tui.gateway.door import Gateway

LONGEST = {"title": 2000, "keywords": 2000, "abstract": 20_000}
"""How many characters of a field are read on the screen."""
FIRST = 6
_STATE = re.compile(r"(?:^|\s)(-?)state:(\S*)")


class Ready(NamedTuple):
    """A paper made ready to be read: its texts plain, where terms stand in them, what was decided and tagged.

    ``given_up``: terms, by place, that took too long. ``votes``: of a paper to check, what was decided.
    """

    shown: Shown
    texts: dict[str, str]
    marks: dict[str, tuple[Span, ...]]
    given_up: tuple[int, ...]
    mine: Mine | None
    votes: tuple[Voted, ...]
    tags: tuple[str, ...]


class Marking(NamedTuple):
    """The terms that are marked, ready to be laid on texts."""

    terms: tuple[Term, ...]
    highlighter: Highlighter


class Opened(NamedTuple):
    """A pile that was opened, as of the act with ``number``: its papers, the first ones ready, the pace."""

    number: int
    pile: Pile
    queue: Queue
    times: deque[datetime]
    marking: Marking
    ready: dict[str, Ready]


class RoundToDo(NamedTuple):
    """A round in which this person has a pile, and how many papers wait in it."""

    uid: str
    number: int
    name: str
    stage: str
    kind: str
    waiting: int
    total: int


# -- opening ------------------------------------------------------------------------------------------------


def open_pile(gate: Gateway, asked: str, set_out: Callable[[str], str]) -> Opened | None:
    """Return the pile of a round, by name, number or uid; without one, of that in which most is to do.

    None where there is no round with papers for this person. *set_out*: see :func:`make_ready`.
    """

    def query(connection: Connection) -> Opened | None:
        number = last_number(connection)
        found = _pile(connection, asked, gate.person)
        if found is None:
            return None
        uid = found.round["uid"]
        queue = Queue(found.items, pile_news.left_at(connection, uid, viewer=gate.person))
        times = pile_news.lately(connection, uid, _hour_ago(), viewer=gate.person, limit=LATELY)
        return Opened(number, found, queue, deque(times, LATELY), _marking(connection), {})

    opened = gate.read(query)
    if opened is None:
        return None
    queue = opened.queue
    some = ([queue.item] if queue.item else []) + queue.ahead(FIRST)
    return opened._replace(ready=make_ready(gate, some, opened.marking, set_out))


def _hour_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


def _pile(connection: Connection, asked: str, person: str) -> Pile | None:
    if line(asked):
        return piles.pile(connection, naming.resolve(connection, "round", asked), viewer=person)
    best: Pile | None = None
    for _, found, _ in _piles(connection, person):
        if best is None or _waiting(found) > _waiting(best):
            best = found
    return best


def _piles(connection: Connection, person: str) -> list[tuple[dict[str, Any], Pile, int]]:
    """Return every round with papers for a person: the round, the pile, how many wait."""
    found = []
    for row in screening.rounds(connection):
        one = piles.pile(connection, row["uid"], viewer=person)
        if one.items:
            found.append((row, one, _waiting(one)))
    return found


def _waiting(one: Pile) -> int:
    return sum(not item.verdict for item in one.items)


def rounds(gate: Gateway) -> list[RoundToDo]:
    """Return the rounds in which this person has a pile, by number."""

    def query(connection: Connection) -> list[RoundToDo]:
        return [
            RoundToDo(
                row["uid"], one.round["number"], one.round["name"], one.round["stage_name"],
                one.round["kind"], waiting, len(one.items),
            )
            for row, one, waiting in _piles(connection, gate.person)
        ]  # fmt: skip

    return gate.read(query)


# -- reading ------------------------------------------------------------------------------------------------


def make_ready(
    gate: Gateway, items: Sequence[Item], marking: Marking, set_out: Callable[[str], str]
) -> dict[str, Ready]:
    """Return by uid of the paper what is read of some papers, at most some hundred.

    *set_out* gives an abstract the breaks with which it is read.
    """
    papers = list(dict.fromkeys(item.paper for item in items))
    if not papers:
        return {}

    def query(connection: Connection) -> tuple[Any, ...]:
        own = [item.entry for item in items if item.verdict]
        return (
            piles.texts(connection, papers),
            piles.mine_of(connection, own, viewer=gate.person) if own else {},
            pile_news.tags_of(connection, papers, viewer=gate.person),
            {item.paper: _votes(connection, item, gate.person) for item in items if item.is_check},
        )

    shown, mine, tags, votes = gate.read(query)
    entries = {item.paper: item.entry for item in items}
    found = {}
    for paper, one in shown.items():
        texts = _texts(one, set_out)
        marks = {name: marking.highlighter.mark(text) for name, text in texts.items()}
        given_up = tuple({place: None for marked in marks.values() for place in marked.given_up})
        spans = {name: marked.spans for name, marked in marks.items()}
        own = mine.get(entries[paper])
        found[paper] = Ready(one, texts, spans, given_up, own, votes.get(paper, ()), tags.get(paper, ()))
    return found


def _votes(connection: Connection, item: Item, person: str) -> tuple[Voted, ...]:
    found = together.votes(connection, [item.entry], viewer=person)
    return tuple(vote for vote in found if vote.by != line(person))


def _texts(shown: Shown, set_out: Callable[[str], str]) -> dict[str, str]:
    words = " · ".join(line(word[:200]) for word in shown.keywords[:100])
    return {
        "title": line(shown.title[: LONGEST["title"]]),
        "keywords": words[: LONGEST["keywords"]],
        "abstract": paragraphs(set_out(shown.abstract[: LONGEST["abstract"]])),
    }


# -- terms --------------------------------------------------------------------------------------------------


def marking(gate: Gateway) -> Marking:
    """Return the terms that are marked, made ready."""
    return gate.read(_marking)


def _marking(connection: Connection) -> Marking:
    rows = piles.highlights(connection)
    terms = tuple(
        Term(row["text"], TermKind(row["kind"]), TermSet(row["colour"]))
        for row in rows
        if row["kind"] in set(TermKind) and row["colour"] in set(TermSet)
    )
    return Marking(terms, Highlighter(terms))


# -- what changed -------------------------------------------------------------------------------------------


def news(gate: Gateway, round_: str, since: int, handed: bool) -> News:
    """Return what changed for a pile after the act with number *since*."""
    return gate.read(
        lambda connection: pile_news.news(connection, round_, since, viewer=gate.person, handed=handed)
    )


def left_over(gate: Gateway, round_: str) -> dict[str, int]:
    """Return how many papers of a round wait for what: "decision", "check", "resolution"."""

    def query(connection: Connection) -> dict[str, int]:
        rows = together.waiting(connection, round_, viewer=gate.person)
        return dict(Counter(row["what"] for row in rows))

    return gate.read(query)


# -- the filter ---------------------------------------------------------------------------------------------


def wanted(gate: Gateway, words: str) -> tuple[Wanted, tuple[str, ...]]:
    """Return which papers of a pile are meant by *words*, and sentences about what was not understood.

    ``state:`` is how a paper stands for this person: one of STATES, or a beginning of one, or several with
    commas; everything else is read as in the list of papers.
    """
    states: set[str] = set()
    problems: list[str] = []
    for minus, typed in _STATE.findall(words):
        given = {state for part in typed.split(",") if part for state in _states_like(part)}
        states |= set(STATES) - given if minus and given else given
        if typed and not given:
            problems.append(f"state: is one of {', '.join(STATES)} here.")
    filter_ = read_filter(_STATE.sub(" ", words))
    numbers = None
    if not filter_.empty:
        with gate.store.read() as connection:
            numbers = frozenset(listing.listing(connection, filter_, viewer=gate.person))
    named = frozenset(states) if states else None
    return Wanted(line(words), named, numbers), (*problems, *filter_.problems)


def _states_like(word: str) -> Collection[str]:
    folded = fold(word)
    return [state for state in STATES if folded and (state.startswith(folded) or folded == f"{state}d")]


def called(shown: Shown | None, number: int) -> str:
    """Return how a paper is called in the log and in sentences."""
    name = (shown.label or shown.title or shown.doi) if shown else ""
    return f"#{number} {shorten(name[:500], 60)}".strip()
