"""Words of a vocabulary as they stand in the database."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from realist.errors import RealistError
from realist.text import shorten

W = TypeVar("W", bound=StrEnum)


def stored(words: type[W], value: str) -> W:
    """Return the word that *value* is; raise RealistError where another program wrote something else."""
    try:
        return words(value)
    except ValueError:
        known = ", ".join(words)
        raise RealistError(
            f"The review holds {shorten(value, 40)!r}, which is none of {known}: `realist check` says where."
        ) from None
