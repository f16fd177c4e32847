"""Authors as they are compared: the words of their names without vowels, in whatever order and style."""

from __future__ import annotations

from typing import NamedTuple

from realist.text import fold

MOST = 60
"""How many authors of a record are looked at."""

LONGEST = 3000
"""How many characters of all names together are looked at."""

_APART = str.maketrans(
    dict.fromkeys(',;.:&()[]{}/\\|-‐‑–—_*+"“”<>=%#\xa0\t\n', " ") | dict.fromkeys("?\ufffd'’`´")
)
_VOWELS = str.maketrans("", "", "aeiou")
_NO_NAMES = """et al and und the von van der den de del della di da dos das du la le el ten ter af av
bin ibn ben jr sr iii null unknown anonymous anon no author authors na none not given group study ed
eds editor md phd"""
_EMPTY = frozenset(_NO_NAMES.split())
_REMEMBERED = 200_000


class Names(NamedTuple):
    """The authors of a record: all words of their names, those of the first author, how many persons."""

    words: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    persons: int = 0


NO_NAMES = Names()


class _Words(dict[str, str]):
    """From a word as written to the form compared, ``""`` for initials and words that are no names."""

    def __init__(self, initials: int) -> None:
        super().__init__()
        self.initials = initials

    def __missing__(self, word: str) -> str:
        if len(self) > _REMEMBERED:
            self.clear()
        made = "" if len(word) <= self.initials and word.isupper() else _bare(word)
        self[word] = made
        return made


_MIXED, _CAPITALS = _Words(3), _Words(2)


def _bare(word: str) -> str:
    folded = fold(word).replace(" ", "")
    if len(folded) < 2 or folded in _EMPTY:
        return ""
    short = folded.translate(_VOWELS)
    return short if len(short) > 2 else folded


def read_names(authors: tuple[str, ...]) -> Names:
    """Return authors as they are compared; ``K?fer``, ``Kaefer`` and ``Käfer, B.`` become the same word."""
    if not authors:
        return NO_NAMES
    raw = ";".join(authors[:MOST])[:LONGEST]
    known = _CAPITALS if raw.isupper() else _MIXED
    words = {known[word]: None for word in raw.translate(_APART).split()}
    words.pop("", None)
    if not words:
        return NO_NAMES
    first = [name for word in authors[0][:200].translate(_APART).split()[:8] if (name := known[word])][:4]
    return Names(tuple(words), tuple(first) or tuple(words)[:1], len(authors))
