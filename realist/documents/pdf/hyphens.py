"""Words that were cut at the end of a line, put together again.

Whether the hyphen belongs to the word is told from the words of the same text: *decision-making* stays where
the text has it elsewhere, *inte-gration* becomes *integration*. Where the text does not tell, the parts do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_CUT = re.compile(r"([^\W\d_]+)([-‐\xad¬])\Z")
_REST = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)\S*")
_LONGEST = 80
_HYPHENS = re.compile("[‐‑]")
_ENDS_OPEN = re.compile(r"\S[-‐‑–—/]\Z")
_HYPHEN_AFTER = "self non well long short low high real evidence patient person follow decision"
_HYPHEN_BEFORE = (
    "based centered centred driven going led level making minded oriented recorded related reported specific "
    "structured term time up wide world"
)
_NO_HYPHEN_AFTER = (
    "a al an any as be by dis every ex for fore here in inter mis no on out over per pre re some sub super "
    "there trans un under up where with"
)
_BEFORE, _AFTER, _JOINS = (
    frozenset(words.split()) for words in (_HYPHEN_AFTER, _HYPHEN_BEFORE, _NO_HYPHEN_AFTER)
)
_LITTLE = frozenset(("a", "by", "in", "of", "on", "the", "to"))


class Words:
    """How often the lines of a text have each word; words that a line end cuts do not count."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._count: Counter[str] = Counter()
        self._parts: set[str] = set()
        cut = False
        for line in lines:
            words = [_HYPHENS.sub("-", word) for word in _WORD.findall(line.lower())]
            ends_cut = _CUT.search(line[-_LONGEST:]) is not None
            self._count.update(words[int(cut) : len(words) - 1 if ends_cut else None])
            self._parts.update(part for word in words for part in word.split("-") if "-" in word)
            cut = ends_cut

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Return whether *left* and *right*, the parts of a cut word, are one word with a hyphen."""
        if right[:1].isupper() and not left.isupper():
            return True
        left, right = left.lower(), right.lower()
        whole, parted = self._count[left + right], self._count[f"{left}-{right}"]
        if whole or parted:
            return parted >= whole
        first, _, more = right.partition("-")
        if more and first in _LITTLE:
            return True
        if left in _JOINS or min(len(left), len(first)) < 3:
            return False
        return left in _BEFORE or first in _AFTER or (self._knows(left) and self._knows(first))

    def _knows(self, word: str) -> bool:
        return word in self._count or word in self._parts


def join(lines: Sequence[str], words: Words, between: str = " ") -> str:
    """Return *lines* as one text, words that were cut put together, *between* the lines where none was."""
    pieces: list[str] = []
    for line in lines:
        end = pieces[-1][-_LONGEST:] if pieces else ""
        cut, rest = _CUT.search(end), _REST.match(line)
        if cut and rest:
            keeps = cut[2] != "\xad" and words.keeps_hyphen(cut[1], rest[1])
            pieces[-1] = pieces[-1][:-1] + ("-" if keeps else "") + rest[0]
            line = line[rest.end() :]
            pieces += [between, line.lstrip()] if line.strip() and between == "\n" else [line] if line else []
        elif not pieces or (between == " " and _ENDS_OPEN.search(end)):
            pieces.append(line)
        else:
            pieces += [between, line]
    return "".join(pieces)
