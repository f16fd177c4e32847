"""The tokeniser of the CMO notation: wording, tags, arrows, and what a backslash makes of them.

A backslash before a tag or an arrow makes it wording; so does one before a joining word or a prefix, where
white space or nothing stands before the backslash. Two backslashes there are one. Anywhere else a backslash
is a backslash.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from realist.domain.notation_near import near_tag
from realist.domain.notation_tags import Tag, prefix_at, read_tag
from realist.domain.notation_words import (
    ARROWS,
    BRACKET,
    JOIN,
    JOIN_WORD,
    JOIN_WORDS,
    LONG_BRACKET,
    SPACE,
    STOP,
)


class Sort(Enum):
    """The sorts of token. ``HINT`` is a weak tag that nothing of the notation follows, so it is wording."""

    TEXT = auto()
    SLASHES = auto()
    LITERAL = auto()
    TAG = auto()
    HINT = auto()
    ARROW = auto()
    WORD = auto()


class Token(NamedTuple):
    """A stretch of the text; ``value`` is what it contributes where it is wording."""

    sort: Sort
    start: int
    end: int
    value: str
    tag: Tag | None = None


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of *text* in order, without gaps, backslashes resolved."""
    literal = False
    for token in scan(text):
        if token.sort is Sort.SLASHES:
            count = token.end - token.start
            literal = count % 2 == 1
            yield Token(Sort.LITERAL, token.start, token.end, "\\" * (count // 2))
        elif literal or token.sort is Sort.WORD:
            literal = False
            yield Token(Sort.LITERAL, token.start, token.end, token.value)
        else:
            yield token


def scan(text: str, start: int = 0) -> Iterator[Token]:
    """Yield the tokens of *text* from *start* on with backslashes as they stand.

    ``SLASHES`` is a run of backslashes that something special follows, which is the next token: a ``TAG``,
    ``HINT`` or ``ARROW``, or a ``WORD`` (joining word or prefix), which is yielded nowhere else.
    """
    at = start
    while (stop := STOP.search(text, at)) is not None:
        begin, end = stop.span()
        slashed = text[begin] == "\\"
        words = slashed and (begin == 0 or text[begin - 1].isspace())
        found = token_at(text, end if slashed else begin, words)
        if found is None:
            at = end
            continue
        if start < begin:
            yield Token(Sort.TEXT, start, begin, text[start:begin])
        if slashed:
            yield Token(Sort.SLASHES, begin, end, text[begin:end])
        yield found
        at = start = found.end
    if start < len(text):
        yield Token(Sort.TEXT, start, len(text), text[start:])


def token_at(text: str, at: int, words: bool = False) -> Token | None:
    """Return the tag or arrow, or with *words* also the joining word or prefix, that begins at *at*."""
    if text[at : at + 1] in ("(", "["):
        bracket = BRACKET.match(text, at)
        if bracket is not None:
            made = _within(bracket.group())
            found = (made, bracket.end()) if made is not None else None
        else:
            found = _bracket(text, at) if LONG_BRACKET.match(text, at) is not None else None
        if found is None:
            return None
        made, end = found
        sort = Sort.TAG if not made.weak or _counts(text, at, end) else Sort.HINT
        return Token(sort, at, end, text[at:end], made)
    if (arrow := ARROWS.match(text, at)) is not None:
        return Token(Sort.ARROW, at, arrow.end(), arrow.group())
    if words and (end := word_end(text, at)):
        return Token(Sort.WORD, at, end, text[at:end])
    return None


@lru_cache(maxsize=1024)
def _within(bracket: str) -> Tag | None:
    """Return what a whole bracket says. The same few come again and again."""
    found = _bracket(bracket, 0)
    return found[0] if found is not None else None


def _bracket(text: str, at: int) -> tuple[Tag, int] | None:
    """Return the tag, or near miss of one, in the bracket at *at*, and where it ends."""
    closer = ")" if text[at] == "(" else "]"
    return read_tag(text, at + 1, closer) or near_tag(text, at + 1, closer)


def word_end(text: str, at: int) -> int:
    """Return where the prefix or joining word that begins at *at* ends, or 0."""
    if text[at : at + 1].isspace():
        return 0
    if (prefix := prefix_at(text, at)) is not None:
        return prefix[1]
    word = JOIN_WORD.match(text, at)
    return word.end() if word is not None and word[1].lower() in JOIN_WORDS else 0


def join_at(text: str, at: int) -> tuple[str, int]:
    """Return the join after a tag that ends at *at*, and where it ends; "" where there is none."""
    found = JOIN.match(text, at)
    if found is None:
        return "", at
    if found[1]:
        return ".", found.end(1)
    word = JOIN_WORDS.get((found[3] or "").lower())
    return (word, found.end(3)) if word else (found[2], found.end(2))


def _counts(text: str, start: int, end: int) -> bool:
    """Return whether a weak tag is one: free on its left, an end, arrow or join on its right."""
    if text[start - 1 : start].isalnum():
        return False
    join, after = join_at(text, end)
    if join:
        return True
    blank = SPACE.match(text, after)
    after = blank.end() if blank is not None else after
    return after == len(text) or ARROWS.match(text, after) is not None
