"""From which score on two records are the same document, and from which on a person is asked."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from math import exp, log
from typing import NamedTuple


class Setting(StrEnum):
    """How sure the program has to be before it joins records by itself."""

    STRICT = "strict"
    BALANCED = "balanced"
    THOROUGH = "thorough"


class Thresholds(NamedTuple):
    """Scores from 0 to 1: from ``same`` on records are joined, from ``doubtful`` on a person is asked."""

    same: float
    doubtful: float


THRESHOLDS = {
    Setting.STRICT: Thresholds(same=0.96, doubtful=0.20),
    Setting.BALANCED: Thresholds(same=0.90, doubtful=0.20),
    Setting.THOROUGH: Thresholds(same=0.85, doubtful=0.15),
}

LEAST_ASKED, SHARE_ASKED, SPARE = 20, 0.02, 1.25
"""A person is asked about so many pairs, or so many for each record, the strongest first; about more only if
more are likely the same, which the sum of their scores tells: about so many for each of these."""

EVEN, SLOPE = 3.9, 1.957
"""How points become a score: 3.9 points are even, 0.5; with 8.2 points, 0.9, records are joined."""

CONTRADICTION, LEAST_AGAINST = 1.0, -4.0
"""Two records contradict each other below so many points, if so many speak against one document."""


def most_asked(records: int, scores: Iterable[float]) -> int:
    """Return about how many doubtful pairs of these scores, among so many records, a person is asked."""
    return max(LEAST_ASKED, int(SHARE_ASKED * records), int(SPARE * sum(scores)))


def score_of(points: float) -> float:
    """Return the score of a sum of points: 0.5 at :data:`EVEN`, rounded to four digits."""
    return round(1 / (1 + exp(min((EVEN - points) / SLOPE, 500))), 4)


def points_of(score: float) -> float:
    """Return the sum of points that has a score between 0 and 1, these two excluded."""
    return EVEN + SLOPE * log(score / (1 - score))
