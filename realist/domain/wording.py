"""What changed between two wordings, word by word."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

from realist.text import paragraphs

_MANY = 3000


class Word(NamedTuple):
    """A word, and what became of it: ``-`` taken out, ``+`` put in, nothing where it stayed."""

    text: str
    sign: str = ""


def word_changes(before: str, after: str) -> list[Word]:
    """Return the words of *after* with those of *before* that went, in order.

    The first and last word of what was taken out or put in are marked: ``[-so-]`` and ``{+so+}``.
    """
    old, new = paragraphs(before).split(), paragraphs(after).split()
    if max(len(old), len(new)) > _MANY:
        return [*_marked(old, "-"), *_marked(new, "+")]
    found: list[Word] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if old[old_from:old_to] == new[new_from:new_to]:
            found += [Word(word) for word in new[new_from:new_to]]
        else:
            found += [*_marked(old[old_from:old_to], "-"), *_marked(new[new_from:new_to], "+")]
    return found


def _marked(words: list[str], sign: str) -> list[Word]:
    opens, closes = ("[-", "-]") if sign == "-" else ("{+", "+}")
    marked = list(words)
    if marked:
        marked[0] = opens + marked[0]
        marked[-1] += closes
    return [Word(word, sign) for word in marked]
