"""What every sample needs: a review made whole or not at all, its clock, its data, its words."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any

from realist.store.engine import Store, is_server, open_store
from realist.store.identity import Clock, seeded
from realist.store.migrate import create

Data = dict[str, Any]


class Calendar:
    """A clock that moves by *step* at every look, and that can be moved on to the morning of a day."""

    def __init__(self, start: date, step: timedelta) -> None:
        self._next, self._step = _morning(start), step

    def __call__(self) -> datetime:
        """Return the time, in UTC, and let it move on."""
        shown = self._next
        self._next += self._step
        return shown

    def go_to(self, day: date) -> None:
        """Move on to nine o'clock of *day*; never back."""
        self._next = max(self._next, _morning(day))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


def build(address: str, write: Callable[[Store], None], *, clock: Clock, seed: int) -> None:
    """Make a review at *address*, a path or a server, and *write* it; a file that fails half-way is removed.

    The same clock and seed give the same rows.
    """
    create(address)
    store = open_store(address, clock=clock, uids=seeded(seed, clock))
    try:
        write(store)
    except BaseException:
        store.close()
        if not is_server(address):
            Path(address).unlink(missing_ok=True)
        raise
    store.close()


def read_data(name: str) -> Data:
    """Return what the TOML file *name* of this package holds."""
    return tomllib.loads(files("realist.samples").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def worded(row: Data, **words: type[StrEnum]) -> Data:
    """Return *row* with the texts of some keys as the words of their vocabularies."""
    return row | {key: of(row[key]) for key, of in words.items() if key in row}
