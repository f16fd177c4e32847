"""Citation keys such as ``okafor2019tea``: ASCII, unique in a file, the same each time."""

from __future__ import annotations

import re

from realist.formats.records import Fields
from realist.text import fold

_LONGEST = 30
_WORDS = re.compile("[a-z0-9]+")
_PLAINER = str.maketrans({
    "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
})  # fmt: skip
_SMALL = (
    "a an and are as at by can do does for from how in is it of on or the to what when where who why with"
    " das der die ein eine zur zum und le la les un une des du et el los las en y"
)
_PASSED_OVER = frozenset(_SMALL.split())


class Keys:
    """The citation keys of one file: the first paper with a key has it bare, the next ones with a, b, c."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, key: str) -> bool:
        """Take a key of a paper's own; False where another paper has it."""
        if key in self._given:
            return False
        self._given.add(key)
        return True

    def make(self, fields: Fields) -> str:
        """Return a key for a paper that no other one of the file has."""
        stem = _stem(fields)
        key = stem
        while not self.take(key):
            number = self._next.get(stem, 0)
            self._next[stem] = number + 1
            key = stem + _letters(number)
        return key


def _stem(fields: Fields) -> str:
    people = fields.authors or fields.editors
    name = _ascii(_family(people[0])) if people else ""
    words = _WORDS.findall(_folded(fields.title[:1000]))
    word = next((word for word in words if word not in _PASSED_OVER and len(word) > 1), "")
    return f"{name or 'anon'}{fields.year or ''}{word[:_LONGEST]}"


def _family(name: str) -> str:
    """Return the family name: what stands before a comma, else before initials, else the last word."""
    family, comma, _ = name[:200].partition(",")
    words = family.split()
    if comma or len(words) < 2:
        return family
    return " ".join(words[:-1]) if len(words[-1]) <= 3 and words[-1].isupper() else words[-1]


def _folded(text: str) -> str:
    return fold(text).translate(_PLAINER)


def _ascii(text: str) -> str:
    return "".join(_WORDS.findall(_folded(text)))[:_LONGEST]


def _letters(number: int) -> str:
    """Return a, b … z, aa, ab … for 0, 1 … 25, 26, 27 …"""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters
