"""Names that are almost the same: a new one beside one that is there would split what belongs together."""

from __future__ import annotations

from collections.abc import Iterable

from realist.text import fold

ALIKE = 88.0
"""From how many of a hundred (rapidfuzz's ratio of the sorted words) on two names are almost the same."""


def almost(name: str, names: Iterable[str]) -> str:
    """Return which of *names* is almost *name*, the most alike; "" where none is, or one is the same."""
    known = list(names)
    wanted = fold(name)
    folded = [fold(one) for one in known]
    if not wanted or wanted in folded:
        return ""
    from rapidfuzz import fuzz, process  # 20 ms, and rarely needed

    found = process.extractOne(wanted, folded, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
    return known[found[2]] if found else ""
