"""Parameters of which some are enough at first: the others run with the slow tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest


def fewer(
    names: str, cases: Iterable[Any], *at_once: int, ids: Callable[[Any], str] | Iterable[int] | None = None
) -> pytest.MarkDecorator:
    """Parametrize by *cases*; those at the places *at_once* always run, the others with the slow tests."""
    found = []
    for place, case in enumerate(cases):
        values = case if "," in names else (case,)
        marks = () if place in at_once else (pytest.mark.slow,)
        found.append(pytest.param(*values, marks=marks))
    return pytest.mark.parametrize(names, found, ids=ids)
