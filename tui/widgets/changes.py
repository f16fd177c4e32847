"""What changed between two wordings, word by word: ``[-taken out-]`` and ``{+put in+}``, in colour too."""

from __future__ import annotations

from collections.abc import Iterable

from realist.domain.wording import CAME, GONE, KEPT, Stretch, stretches
from realist.text import cell_width
from tui.widgets.lines import Span

_SIGNS = {KEPT: ("", "", ""), GONE: ("[-", "-]", "bad"), CAME: ("{+", "+}", "good")}


def changes(before: str, after: str) -> list[Span]:
    """Return the words of *after* with those of *before* that went, each word a span; signs mark both."""
    return shown(stretches(before, after))


def shown(found: Iterable[Stretch]) -> list[Span]:
    """Return the words of stretches, each a span; signs mark what went and what came."""
    spans: list[Span] = []
    for mark, words in found:
        opens, closes, style = _SIGNS[mark]
        marked = list(words)
        marked[0] = opens + marked[0]
        marked[-1] += closes
        spans += [Span(word, style) for word in marked]
    return spans


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
