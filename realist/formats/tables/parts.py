"""Parts of an XLSX file, read as their XML streams by: lists of elements, and the table of strings."""

from __future__ import annotations

import re

MOST_STRINGS = 1_000_000
MOST_TEXT = 120_000_000
"""Texts that a spreadsheet may hold, and characters in all."""

_MOST_NAMES = 1000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Unreadable(ValueError):
    """A spreadsheet or a sheet is damaged, or made to harm; the message says how."""


class Target:
    """What takes the events of an XML parser; elements are known by their names without namespace."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name_of(self, tag: str) -> str:
        """Return the name in a tag."""
        name = self._names.get(tag)
        if name is None:
            name = tag.rpartition("}")[2]
            if len(self._names) < _MOST_NAMES:
                self._names[tag] = name
        return name

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""

    def data(self, text: str) -> None:
        """Take text."""

    def end(self, tag: str) -> None:
        """Take the end of an element."""

    def close(self) -> None:
        """Take the end of the document."""


class Elements(Target):
    """Keeps the attributes of some elements, in order, with the name of the one around it as ``within``."""

    def __init__(self, names: frozenset[str], most: int) -> None:
        super().__init__()
        self._wanted = names
        self._most = most
        self._open: list[str] = []
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep an element if it is wanted."""
        name = self.name_of(tag)
        if name in self._wanted and len(self.found) < self._most:
            plain = {key.rpartition("}")[2]: value for key, value in attributes.items()}
            self.found.append((name, plain | {"within": self._open[-1] if self._open else ""}))
        if len(self._open) < _MOST_NAMES:
            self._open.append(name)

    def end(self, tag: str) -> None:
        """Leave an element."""
        if self._open and self._open[-1] == self.name_of(tag):
            self._open.pop()


class Strings(Target):
    """Collects the table of strings that cells point into; how words are pronounced is no part of them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._parts: list[str] = []
        self._in_text = self._aside = False
        self._size = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a string, or a piece of it."""
        name = self.name_of(tag)
        if name == "t":
            self._in_text = not self._aside
        elif name == "rPh":
            self._aside = True

    def data(self, text: str) -> None:
        """Take a piece of a string."""
        if self._in_text:
            self._parts.append(text)
            self._size += len(text)
            if self._size > MOST_TEXT:
                raise Unreadable(f"it holds more than {MOST_TEXT:,} characters")

    def end(self, tag: str) -> None:
        """End a string, or a piece of it."""
        name = self.name_of(tag)
        if name == "t":
            self._in_text = False
        elif name == "si":
            self.found.append(unescaped("".join(self._parts)))
            self._parts.clear()
            if len(self.found) > MOST_STRINGS:
                raise Unreadable(f"it holds more than {MOST_STRINGS:,} texts")
        elif name == "rPh":
            self._aside = False


def unescaped(text: str) -> str:
    """Return *text* with the characters that XLSX writes as ``_x000D_``."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n")
