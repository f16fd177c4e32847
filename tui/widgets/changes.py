"""What changed between two wordings, word by word: ``[-taken out-]`` and ``{+put in+}``, in colour too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from realist.text import cell_width, paragraphs
from tui.widgets.lines import Span

_MANY = 3000


def changes(before: str, after: str) -> list[Span]:
    """Return the words of *after* with those of *before* that went, each word a span; signs mark both."""
    old, new = paragraphs(before).split(), paragraphs(after).split()
    if max(len(old), len(new)) > _MANY:
        return [*_marked(old, "[-", "-]", "bad"), *_marked(new, "{+", "+}", "good")]
    found: list[Span] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if old[old_from:old_to] == new[new_from:new_to]:
            found += [Span(word) for word in new[new_from:new_to]]
        else:
            found += _marked(old[old_from:old_to], "[-", "-]", "bad")
            found += _marked(new[new_from:new_to], "{+", "+}", "good")
    return found


def _marked(words: Sequence[str], opens: str, closes: str, style: str) -> list[Span]:
    marked = list(words)
    if marked:
        marked[0] = opens + marked[0]
        marked[-1] += closes
    return [Span(word, style) for word in marked]


def flowed(words: Iterable[Span], width: int, indent: int = 0) -> list[list[Span]]:
    """Return spans, one a word, in lines of at most *width* columns; runs of one style become one span."""
    rows: list[list[Span]] = []
    used = width + 1
    for word, style in words:
        size = cell_width(word)
        if used + 1 + size > width:
            rows.append([Span(" " * indent)] if indent else [])
            used = indent
            row = rows[-1]
        elif row[-1].style == style:
            row[-1] = Span(f"{row[-1].text} {word}", style)
            used += 1 + size
            continue
        else:
            row.append(Span(" "))
            used += 1
        row.append(Span(word, style))
        used += size
    return rows
