"""Texts reduced to their letters and figures, in which a quotation is looked for, and the way back.

White space, hyphens, quotation marks, other signs, accents and capitals do not count in a skeleton, so that
it is the same however a text was broken into lines and written in characters. That a quotation's skeleton
stands in that of a text is needed for a match but not enough: :mod:`realist.documents.forms` compares what
stands there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from unicodedata import normalize

_BLOCK = 1 << 12
_SIGNS_OF_ASCII = bytes(byte for byte in range(128) if not chr(byte).isalnum())
_LOWER = bytes(ord(chr(byte).lower()) if byte < 128 else byte for byte in range(256))
_ABOVE_ASCII = re.compile("[\x80-\U0010ffff]+")
_SIGNS = re.compile(r"[\W_]+")
_COMMON = "’‘“”–—…\xa0•→"
"""Signs that make up most of what is not ASCII in most texts; dropping them first is many times faster."""


class Skeleton:
    """The letters and figures of pages, one after the other, as bytes in ``flat``."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._places: list[tuple[int, int]] = []
        self.starts: list[int] = []
        """Where each page begins in ``flat``."""
        pieces: list[bytes] = []
        length = 0
        for page, text in enumerate(texts):
            self.starts.append(length)
            shown = _without_common_signs(text)
            for at in range(0, max(len(text), 1), _BLOCK):
                self._places.append((page, at))
                pieces.append(_reduced(shown[at : at + _BLOCK]))
                length += len(pieces[-1])
        self.flat = b"".join(pieces)
        self._ends = list(accumulate(map(len, pieces)))

    def page_of(self, offset: int) -> int:
        """Return the index of the page to which the letter at *offset* belongs."""
        return self._places[min(bisect_right(self._ends, offset), len(self._places) - 1)][0]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the index of the page and the position in its text of the letter at *offset*."""
        block = min(bisect_right(self._ends, offset), len(self._places) - 1)
        page, start = self._places[block]
        seen = self._ends[block - 1] if block else 0
        text = self._texts[page][start : start + _BLOCK]
        for at, character in enumerate(text):
            seen += _share(character)
            if seen > offset:
                return page, start + at
        return page, start + len(text)


@lru_cache(maxsize=2)
def skeleton_of(texts: tuple[str, ...]) -> Skeleton:
    """Return the skeleton of pages; those of the last two texts are kept."""
    return Skeleton(texts)


def reduced(text: str) -> bytes:
    """Return the letters and figures of *text* without accents and capitals, in UTF-8."""
    return _reduced(_without_common_signs(text))


def counts(character: str) -> bool:
    """Return whether a character counts in a skeleton: letters and figures do, marks and signs do not."""
    return _share(character) > 0


@lru_cache(maxsize=4096)
def _share(character: str) -> int:
    return len(_reduced(character))


def _without_common_signs(text: str) -> str:
    """Return *text* with common signs as spaces, as long as it was."""
    if text.isascii():
        return text
    for sign in _COMMON:
        text = text.replace(sign, " ")
    return text


def _reduced(text: str) -> bytes:
    if not text.isascii():
        text = _ABOVE_ASCII.sub(lambda found: _letters(found[0]), text)
    return text.encode("utf-8", "ignore").translate(_LOWER, _SIGNS_OF_ASCII)


@lru_cache(maxsize=4096)
def _letters(run: str) -> str:
    return _SIGNS.sub("", normalize("NFKD", run)).casefold()
