"""A moment as a person says it: a year, a month, a day, a minute; meant is the end of it."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta

_SAID = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2})"
    r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?P<part>\.\d{1,6})?)?)?)?)?"
    r"(?P<zone>Z| UTC|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE | re.ASCII,
)


def read_moment(said: str) -> datetime | None:
    """Return the last moment, in UTC, of what *said* means; None where it is no date.

    ``2025``, ``2025-03``, ``2025-03-14``, ``2025-03-14 16:20`` and ISO 8601 with seconds; in UTC where no
    zone is said, as the log shows its times.
    """
    found = _SAID.fullmatch(said.strip())
    if found is None:
        return None
    year, month, day = (int(found[name] or 0) for name in ("year", "month", "day"))
    try:
        last = day or monthrange(year, month or 12)[1]
        start = datetime(year, month or 12, last, tzinfo=UTC)
        if found["hour"] is None:
            return start.replace(hour=23, minute=59, second=59, microsecond=999_999) - _zone(found["zone"])
        clock = timedelta(hours=int(found["hour"]), minutes=int(found["minute"]))
        if clock >= timedelta(days=1) or int(found["minute"]) > 59 or int(found["second"] or 0) > 59:
            return None
        if found["second"] is None:
            return start + clock + timedelta(minutes=1, microseconds=-1) - _zone(found["zone"])
        exact = timedelta(seconds=int(found["second"]), microseconds=round(float(found["part"] or 0) * 1e6))
        rest = timedelta() if found["part"] else timedelta(microseconds=999_999)
        return start + clock + exact + rest - _zone(found["zone"])
    except (ValueError, OverflowError):
        return None


def _zone(said: str | None) -> timedelta:
    if not said or said.strip().upper() in ("Z", "UTC"):
        return timedelta()
    ahead = timedelta(hours=int(said[1:3]), minutes=int(said[-2:]))
    return ahead if said[0] == "+" else -ahead
