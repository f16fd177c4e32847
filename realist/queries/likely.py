"""Which papers may be the same document as one: the most likely at once, others by words, also mistyped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from realist.domain.duplicates import Record, Thresholds, find_new, reasons_of, row_of
from realist.queries import finding
from realist.queries.grouping import paper_grouping
from realist.queries.sameness import comparable
from realist.store import asking
from realist.store.tables import Paper
from realist.store.visible import arrived, stands_alone
from realist.text import fold, index_text, line

_NEAR = 40
ENOUGH = 5
"""With fewer hits than this, words may be mistyped."""
_LEAST = 55
_ALL = Thresholds(same=0.9999, doubtful=0.02)
"""Nearly everything that has something in common is doubtful: it is a person who chooses."""
_LONGEST = 1000
_SHORTEST = 4


class Titles(NamedTuple):
    """The papers that stand alone now, by number: uids, and their folded titles."""

    uids: list[str]
    folded: list[str]


class Likely(NamedTuple):
    """A paper that may be the same: how much speaks for it, from 0 to 1, and sentences that say why."""

    uid: str
    score: float
    kind: str | None
    reasons: tuple[str, ...]


def titles(connection: Connection) -> Titles:
    """Return what the papers are called. For 100,000 papers this takes a second: read it once."""
    rows = connection.execute(
        select(Paper.uid, Paper.title).where(arrived(), stands_alone()).order_by(Paper.number)
    ).all()
    return Titles([uid for uid, _ in rows], [fold(title[:_LONGEST]) for _, title in rows])


def vocabulary(connection: Connection, known: Titles) -> frozenset[str]:
    """Return the words of titles, labels and authors that a person could mistype."""
    rows = connection.execute(select(Paper.label, Paper.authors).where(arrived())).all()
    names = (fold(f"{label[:_LONGEST]} {authors[:_LONGEST]}") for label, authors in rows)
    words = {word for texts in (known.folded, names) for text in texts for word in text.split()}
    return frozenset(word for word in words if len(word) >= _SHORTEST)


def likely(connection: Connection, paper: str, known: Titles, limit: int = 20) -> list[Likely]:
    """Return the papers that are most likely the same document as *paper*, the likeliest first."""
    grouping = paper_grouping(connection)
    whole = grouping[paper]
    found = comparable(connection, [whole])
    if not found:
        return []
    own = found[0]
    near = _by_title(own.title, known)
    near += [grouping[uid] for uid in (*_by_number(connection, own), *_by_words(connection, own.title))]
    wanted = [uid for uid in dict.fromkeys(near) if uid != whole]
    records = {record.uid: record for record in comparable(connection, wanted)}
    result = find_new(
        [own],
        [(uid, row_of(record)) for uid, record in records.items()],
        lambda uids: [records[uid] for uid in uids],
        setting=_ALL,
    )
    pairs = sorted((*result.same, *result.doubtful, *result.related), key=lambda pair: -pair.score)
    said = {
        (pair.a if pair.b == whole else pair.b): Likely("", pair.score, pair.kind, reasons_of(pair))
        for pair in pairs
        if whole in (pair.a, pair.b)
    }
    rest = [uid for uid in wanted if uid not in said and uid in records]
    ordered = [said[uid]._replace(uid=uid) for uid in said] + [Likely(uid, 0.0, None, ()) for uid in rest]
    return ordered[:limit]


def _by_title(title: str, known: Titles) -> list[str]:
    from rapidfuzz import fuzz, process

    wanted = fold(title[:_LONGEST])
    if not wanted:
        return []
    near = process.extract(wanted, known.folded, scorer=fuzz.ratio, limit=_NEAR, score_cutoff=_LEAST)
    return [known.uids[place] for _, _, place in near]


def _by_number(connection: Connection, record: Record) -> Iterable[str]:
    tests = [
        column == value for column, value in ((Paper.doi, record.doi), (Paper.pmid, record.pmid)) if value
    ]
    if not tests:
        return []
    return connection.execute(select(Paper.uid).where(or_(*tests), arrived()).limit(_NEAR)).scalars().all()


def _by_words(connection: Connection, title: str) -> Iterable[str]:
    """The papers that hold the title's words, or the first of them: one title may be cut off."""
    words = index_text(title[:_LONGEST]).split()
    long = [word for word in words if len(word) > 3]
    for some in (words, long[:6], long[:3]):
        if len(some) > 1:
            for kind, uid in asking.some(connection, " ".join(some), _NEAR, beginning=False):
                if kind == "paper":
                    yield uid


def by_words(
    connection: Connection, words: str, known: frozenset[str] | None = None, limit: int = 30
) -> list[str]:
    """Return uids of papers that *words* mean: a number (``#12``), or words in their texts, best first.

    With *known*, a vocabulary, words that bring up few are read as the nearest ones in it.
    """
    number = line(words).removeprefix("#")
    found: list[str] = []
    if number.isascii() and number.isdecimal() and len(number) < 10:
        numbered = select(Paper.uid).where(Paper.number == int(number), arrived())
        found += connection.execute(numbered).scalars()
    if number == line(words):  # a number with its sign means nothing else
        found += [hit.uid for hit in finding.find(connection, words, kind="paper", limit=limit)]
    if known is not None and len(found) < ENOUGH:
        for other in _respelt(words, known):
            found += [hit.uid for hit in finding.find(connection, other, kind="paper", limit=limit)]
    grouping = paper_grouping(connection)
    return list(dict.fromkeys(grouping[uid] for uid in found))[:limit]


def _respelt(words: str, known: frozenset[str]) -> list[str]:
    """Return *words* with each that no paper has as the nearest ones that papers have, likeliest first."""
    from rapidfuzz import fuzz, process

    asked = fold(words[:_LONGEST]).split()[:8]
    spelt: list[Sequence[str]] = []
    for word in asked:
        if len(word) < _SHORTEST or word.isdecimal() or word in known:
            spelt.append([word])
        else:
            near = process.extract(word, known, scorer=fuzz.ratio, limit=3, score_cutoff=70)
            spelt.append([one for one, _, _ in near] or [word])
    most = max(map(len, spelt), default=0)
    found = [" ".join(one[min(place, len(one) - 1)] for one in spelt) for place in range(most)]
    return [other for other in dict.fromkeys(found) if other != " ".join(asked)]
