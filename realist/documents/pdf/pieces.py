"""What the extractors take out of a PDF, before it is put in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol


class Run(NamedTuple):
    """A piece of one printed line, in points from the left and from the top of the page.

    ``x0`` and ``x1`` are its ends, ``y`` its baseline, ``size`` that of its letters. ``turned``: it runs in
    another direction than the rest of the page.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    turned: bool = False


class RawPage(NamedTuple):
    """A page as the extractor gives it: 1-based number, label in the file (``""`` if none), size in points.

    ``runs`` come in the order of the file. Where they are not ``placed``, each is a whole line in the order
    of the file and only the order of their heights means something. ``pictures`` is the share of the page
    that pictures cover, from 0 to 1, looked up only where there is hardly any text. ``unread``: the
    extractor failed on this page.
    """

    number: int
    label: str
    width: float
    height: float
    runs: tuple[Run, ...]
    placed: bool
    pictures: float = 0.0
    unread: bool = False


class Opened(Protocol):
    """An opened PDF: how many pages it has, and each of them in turn."""

    extractor: str
    version: str
    length: int

    def __iter__(self) -> Iterator[RawPage]: ...


class Locked(Exception):
    """The file wants a password."""


class Damaged(Exception):
    """The extractor cannot read the file."""
