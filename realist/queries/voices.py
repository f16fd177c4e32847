"""What stakeholders said of mechanisms, counted: a line across the grid, never a tick in it."""

from __future__ import annotations

from collections import Counter, defaultdict

from sqlalchemy import Connection, func, select

from realist.queries.standing import merges
from realist.store.tables import Feedback


def voices(connection: Connection) -> dict[str, Counter[str]]:
    """Return for each mechanism that something was said of how often each voice (of ``Voice``) was heard.

    What was said of a mechanism that went into another one counts for both, as either may be a column.
    """
    grouping = merges(connection).whole()
    rows = connection.execute(
        select(Feedback.mechanism, Feedback.voice, func.count())
        .where(Feedback.mechanism.is_not(None))
        .group_by(Feedback.mechanism, Feedback.voice)
        .order_by(Feedback.mechanism, Feedback.voice)
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for mechanism, voice, n in rows:
        for of in {mechanism or "", grouping[mechanism or ""]}:
            found[of][voice] += n
    return dict(found)
