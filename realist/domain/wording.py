"""Two wordings, word by word: what went, what came, what stayed."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from realist.text import paragraphs

KEPT, GONE, CAME = "", "-", "+"
LONGEST = 3000
"""So many words are compared one by one; longer wordings differ as wholes."""


class Stretch(NamedTuple):
    """Words that follow each other in a wording: kept (""), gone ("-") or come ("+")."""

    mark: str
    words: tuple[str, ...]


def stretches(before: str, after: str) -> list[Stretch]:
    """Return the words of *after*, in order, with those of *before* that went where they stood."""
    old, new = paragraphs(before).split(), paragraphs(after).split()
    if max(len(old), len(new)) > LONGEST:
        return _told([(GONE, old), (CAME, new)]) if old != new else _told([(KEPT, new)])
    found: list[tuple[str, Sequence[str]]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            found.append((KEPT, new[new_from:new_to]))
        else:
            found += [(GONE, old[old_from:old_to]), (CAME, new[new_from:new_to])]
    return _told(found)


def marked(before: str, after: str) -> str:
    """Return the change as one text: ``[-taken out-]`` and ``{+put in+}`` stand in it."""
    signs = {KEPT: ("", ""), GONE: ("[-", "-]"), CAME: ("{+", "+}")}
    return " ".join(
        f"{signs[mark][0]}{' '.join(words)}{signs[mark][1]}" for mark, words in stretches(before, after)
    )


def _told(found: Sequence[tuple[str, Sequence[str]]]) -> list[Stretch]:
    return [Stretch(mark, tuple(words)) for mark, words in found if words]
