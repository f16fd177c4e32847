"""What a verb is asked and what it answers."""

from __future__ import annotations

import shlex
from typing import NamedTuple

NOT_A_REVIEW = "notes.txt is not a review: it is no SQLite file."


class Case(NamedTuple):
    """What one verb is asked and what it answers; command lines as they would be typed."""

    right: str
    says: str
    keys: str
    """The keys of the JSON object, or of the objects in the JSON list."""
    wrong: str
    complains: str
    bad: str
    sentence: str

    def words(self, which: str) -> list[str]:
        """Return a command line as arguments."""
        return shlex.split(getattr(self, which))


def looking(right: str, says: str, keys: str, wrong: str = "") -> Case:
    """Return the case of a verb that only looks: bad input is a file that is no review."""
    wrong = wrong or f"{right} --nonsense"
    complains = "No such option '--nonsense'" if "nonsense" in wrong else "Invalid value"
    return Case(right, says, keys, wrong, complains, f"--db notes.txt {right}", NOT_A_REVIEW)
