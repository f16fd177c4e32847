"""The open review and who is at the keyboard. Loads the core when it is first asked for something."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from realist import machine
from realist.errors import NoPerson, NoReview, RealistError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.services.unit import Desk
    from realist.store.engine import Store

T = TypeVar("T")


class Gateway:
    """What screens hold in their hands: one review, opened once, read and written through here."""

    def __init__(self, address: str = "", person: str = "") -> None:
        self.address = address
        self.person = person or os.environ.get("REALIST_PERSON", "") or machine.me()
        self._store: Store | None = None

    @property
    def is_open(self) -> bool:
        """Whether a review is open."""
        return self._store is not None

    @property
    def store(self) -> Store:
        """The open review."""
        if self._store is None:
            raise NoReview("No review is open: choose one, make one, or build a sample.")
        return self._store

    @property
    def remark(self) -> str:
        """What the person should know of how the review is open; "" where nothing."""
        return self._store.remark if self._store else ""

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written to the review that is open."""
        return self._store is not None and self._store.read_only

    def open(self, address: str) -> None:
        """Open the review at *address*, and close the one before. What cannot be opened leaves things be."""
        from realist.services.keeping import open_review

        store = open_review(address)
        before, self._store, self.address = self._store, store, address
        if before is not None:
            before.close()
        machine.opened(address)

    def close(self) -> None:
        """Close the review; its file is one file again."""
        store, self._store = self._store, None
        if store is not None:
            store.close()

    def read(self, query: Callable[[Connection], T]) -> T:
        """Return what *query* finds in the review, as of one moment."""
        with self.store.read() as connection:
            return query(connection)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Give the desk at which the person works; its notes are for them to read."""
        from realist.services.unit import Desk

        if not self.person:
            raise NoPerson("Nobody has said who is at the keyboard: say it with ^w.")
        yield Desk(self.store, self.person)

    def version(self) -> int:
        """Return the number of the last act: it grows whenever anybody changed anything."""
        from realist.queries.log import last_number

        return self.read(last_number)


def reviews_here(folder: Path) -> list[str]:
    """Return the names of the review files in *folder*."""
    return sorted(path.name for path in folder.glob("*.realist") if path.is_file())


def given_address(given: str) -> str:
    """Return the review meant: *given*, else REALIST_DB, else the only one here; "" where unclear."""
    if given or os.environ.get("REALIST_DB", ""):
        return given or os.environ["REALIST_DB"]
    try:
        here = reviews_here(Path.cwd())
    except OSError:
        return ""
    return here[0] if len(here) == 1 else ""


def sentence(error: Exception) -> str:
    """Return the one sentence that an error a person can act on says."""
    if isinstance(error, RealistError):
        return str(error) or str(type(error).__doc__)
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}."
    return ""
