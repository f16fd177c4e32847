"""Finding the paper that is meant beside another one: the most likely ones, and by words."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from realist.queries import likely, listing, paper_story
from realist.queries.likely import Likely, Titles
from realist.queries.listing import PaperLine
from realist.text import line

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tui.gateway.door import Gateway


class Candidate(NamedTuple):
    """A paper that may be meant; where it was found by likeness, how much speaks for it, and why."""

    paper: PaperLine
    score: float = 0.0
    kind: str = ""
    reasons: tuple[str, ...] = ()


class Finder:
    """Finds papers beside one. What they are called is read once; both ways may be asked in threads."""

    def __init__(self, gate: Gateway, uid: str) -> None:
        self._gate, self._uid = gate, uid
        self._lock = Lock()
        self._titles: Titles | None = None
        self._words: frozenset[str] | None = None

    def _known(self, connection: Connection) -> Titles:
        with self._lock:
            self._titles = self._titles or likely.titles(connection)
            return self._titles

    def _vocabulary(self, connection: Connection) -> frozenset[str]:
        known = self._known(connection)
        with self._lock:
            self._words = self._words or likely.vocabulary(connection, known)
            return self._words

    def likely(self) -> list[Candidate]:
        """Return the papers that are most likely the same document, the likeliest first."""

        def query(connection: Connection) -> list[Candidate]:
            found = likely.likely(connection, self._uid, self._known(connection))
            return self._shown(connection, [one.uid for one in found], found)

        return self._gate.read(query)

    def by_words(self, words: str) -> list[Candidate]:
        """Return the papers that words mean, best first: also by number, and where they are mistyped."""

        def query(connection: Connection) -> list[Candidate]:
            found = likely.by_words(connection, words)
            if len(found) < likely.ENOUGH and not line(words).removeprefix("#").isdecimal():
                found = likely.by_words(connection, words, self._vocabulary(connection))
            return self._shown(connection, found)

        return self._gate.read(query)

    def _shown(
        self, connection: Connection, uids: Sequence[str], found: Sequence[Likely] = ()
    ) -> list[Candidate]:
        own = paper_story.parts(connection, self._uid)[0]
        numbers = [paper_story.number_of(connection, uid) for uid in uids if uid != own]
        why = {one.uid: one for one in found}
        candidates = []
        for paper in listing.page(connection, numbers, viewer=self._gate.person):
            one = why.get(paper.uid)
            said = (one.score, one.kind or "", one.reasons) if one else (0.0, "", ())
            candidates.append(Candidate(paper, *said))
        return candidates


def line_of(gate: Gateway, uid: str) -> PaperLine | None:
    """Return a paper as it is read now; None where it is gone."""

    def query(connection: Connection) -> PaperLine | None:
        number = paper_story.number_of(connection, paper_story.parts(connection, uid)[0])
        return next(iter(listing.page(connection, [number], viewer=gate.person)), None)

    return gate.read(query)
