"""A moment as a person says it: the end of the year, month, day, minute that is meant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from realist.domain.moments import read_moment


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2025", "2025-12-31T23:59:59.999999"),
        ("2024-02", "2024-02-29T23:59:59.999999"),
        ("2025-3-4", "2025-03-04T23:59:59.999999"),
        ("2025-03-14 16:20", "2025-03-14T16:20:59.999999"),
        ("2025-03-14T16:20:07", "2025-03-14T16:20:07.999999"),
        ("2025-03-14T16:20:07.25Z", "2025-03-14T16:20:07.250000"),
        ("2025-03-14T16:20:07+02:00", "2025-03-14T14:20:07.999999"),
        (" 2025-03-14 16:20 UTC ", "2025-03-14T16:20:59.999999"),
        ("9999-12-31", "9999-12-31T23:59:59.999999"),
    ],
)
def test_it_is_read_to_its_end(said: str, meant: str) -> None:
    assert read_moment(said) == datetime.fromisoformat(meant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    ["", "soon", "2025-13", "2025-02-30", "2025-03-14 25:00", "2025-03-14 10:61", "25-03-14", "2025-03-14 9",
     "0000", "٢٠٢٥", "2025-03-14T10:00:61", "x" * 10_000],
)  # fmt: skip
def test_what_is_no_date(said: str) -> None:
    assert read_moment(said) is None
