"""Names that are almost the same: a new one beside one that is there would split what belongs together."""

from __future__ import annotations

from collections.abc import Iterable

from realist.text import fold

ALIKE = 88.0
"""From how many of a hundred on two names are almost the same: rapidfuzz's ratio, of the words sorted too."""


def almost(name: str, names: Iterable[str]) -> str:
    """Return which of *names* is almost *name*, the most alike; "" where none is, or one is the same.

    A few letters, and words in another order, make no difference: "team meeting", "Meetings, team".
    """
    known = list(names)
    wanted = fold(name)
    folded = [fold(one) for one in known]
    if not wanted or wanted in folded:
        return ""
    from rapidfuzz import fuzz  # 20 ms, and rarely needed

    likes = [max(fuzz.ratio(wanted, one), fuzz.token_sort_ratio(wanted, one)) for one in folded]
    best = max(range(len(likes)), key=likes.__getitem__, default=-1)
    return known[best] if best >= 0 and likes[best] >= ALIKE else ""
