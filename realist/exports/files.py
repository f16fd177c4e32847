"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from realist.errors import RealistError, Refused


@contextmanager
def replaced(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write into that takes the place of *path* at the end, and vanishes if that fails.

    What is no regular file (a pipe, a device) is written to as it is.
    """
    path = Path(os.path.realpath(path))
    mode = path.stat().st_mode if path.exists() else None
    if mode is not None and not stat.S_ISREG(mode):
        with path.open("wb") as target:
            yield target
        return
    aside = path.with_name(f".{path.name[:50]}.{secrets.token_hex(4)}.part")
    try:
        with aside.open("xb") as target:
            yield target
        if mode is not None:
            aside.chmod(stat.S_IMODE(mode))
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise


@contextmanager
def opened(path: Path, review: str, *, new: bool = False) -> Iterator[IO[bytes]]:
    """Give a file as :func:`replaced` does, but never the one at the address *review*.

    With *new* nothing is overwritten. Raises Refused for the file of the review itself or, with *new*, one
    that is there, RealistError for one that cannot be written.
    """
    if _is(path, review):
        raise Refused(f"{path} is the review itself: choose another name.")
    if new and path.exists():
        raise Refused(f"{path} is already there: choose another name.")
    try:
        with replaced(path) as target:
            yield target
    except OSError as error:
        raise RealistError(f"{path} cannot be written: {error.strerror or error}.") from error


def _is(path: Path, review: str) -> bool:
    try:
        return path.samefile(review)
    except OSError:
        return False
