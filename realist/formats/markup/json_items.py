"""JSON taken item by item, in constant memory, with lines; a damaged item costs no other.

Numbers are kept as they are written, so that no huge integer and no rounded fraction can come of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from realist.formats.lines import count_lines

Value: TypeAlias = str | bool | list["Value"] | tuple[tuple[str, "Value"], ...] | None
"""A decoded value: objects are tuples of (name, value), names that come twice included; numbers are text."""

LARGEST = 5_000_000
"""Characters of one item that are read, give or take a piece: a hostile file must not fill the memory."""

MOST = 100_000
"""Values within one item that are read."""

DEEPEST = 50
"""Levels of nesting within an item that are read; exports have six."""

_LONGEST_PATH = 500
_AHEAD = 1_000_000
_LISTS = frozenset({"items", "references"})
_DECODER = json.JSONDecoder(
    object_pairs_hook=tuple, parse_float=str, parse_int=str, parse_constant=str, strict=False
)
_SKIPPED = re.compile("[ \t\r\n\0\ufeff]*")
# What begins an item, and neither a name, a date nor a tag within one.
_OPENING = re.compile(
    r"\{\s{0,40}\"(?!(?:family|given|literal|suffix|(?:non-)?dropping-particle|comma-suffix|static-ordering"
    r"|parse-names|date-parts|season|circa|raw|creatorType|firstName|lastName|name|tag)\")[^\"\\]{1,60}\"\s{0,20}:"
)
_WITHIN = re.compile(r"\[\s{0,50}[\[{]")
_BEFORE = 100
_TOO_DEEP = "nested deeper than any export"
_SURROGATE = re.compile("[\ud800-\udfff]")


class Found(NamedTuple):
    """An item of a file, or what stands where one should.

    ``line`` is the 1-based line where it starts, ``text`` how it stands in the file. ``error`` tells why it
    is no JSON, ``""`` if it is; ``error_line`` where. What is *beside* is no item, but a member of the object
    that holds the list.
    """

    line: int
    text: str
    value: Value = None
    error: str = ""
    error_line: int = 0
    beside: bool = False


class ItemReader:
    """One reading of one file: :meth:`read` its pieces once.

    Items are the elements of a list, of a list under ``items`` or ``references``, or objects one after the
    other. An answer of Crossref holds such a list, or one item, under ``message``. ``unclosed`` is the line
    of a list that the end of the file left open, else 0.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self._buffer = ""
        self._at = 0
        self._kept: int | None = None
        self._counted = 0
        self._line = 1
        self._ended = False
        self.unclosed = 0

    def read(self) -> Iterator[Found]:
        """Yield the items of the file in its order."""
        while char := self._next():
            if char == "[":
                yield from self._list()
            elif char == "{":
                yield from self._object()
            elif char == ",":
                self._at += 1
            else:
                yield self._refused("Expecting a list or an object", self._at)

    def _list(self) -> Iterator[Found]:
        """Take the items of a list; those of lists within it are taken as its own."""
        line, damaged, depth = self._here(), False, 1
        self._at += 1
        while char := self._next():
            if char in ",]" or (char == "[" and self._is_list_of_items()):
                self._at += 1
                depth += {"[": 1, "]": -1}.get(char, 0)
                if not depth:
                    return
                continue
            found = self._item()
            damaged = bool(found.error)
            yield found
        self.unclosed = 0 if damaged else line

    def _is_list_of_items(self) -> bool:
        if len(self._buffer) - self._at < _BEFORE:
            self._more(_BEFORE)
        return _WITHIN.match(self._buffer, self._at) is not None

    def _item(self) -> Found:
        line = self._here()
        value, end, error = self._decoded()
        if error:
            return self._refused(error, end)
        start, self._at = self._at, end
        return Found(line, self._buffer[start:end], value)

    def _object(self, is_message: bool = False) -> Generator[Found, None, bool]:
        """Take an object that stands alone: an item, or what holds the list of items.

        Returns whether its end was found.
        """
        line, holds_list = self._here(), False
        self._kept = self._at
        self._at += 1
        members: list[tuple[str, Value]] = []
        while (char := self._next()) != "}":
            if char == ",":
                self._at += 1
                continue
            if not char and holds_list:
                break
            error, at = self._name(members)
            if not error and self._next() == "[" and members[-1][0] in _LISTS:
                holds_list, self._kept = True, None
                members.pop()
                yield from self._list()
                continue
            if not error and self._next() == "{" and members[-1][0] == "message" and not is_message:
                holds_list, self._kept = True, None
                members.pop()
                if not (yield from self._object(is_message=True)):
                    return False
                continue
            if not error:
                value, at, error = self._decoded()
                members[-1] = (members[-1][0], value)
            if error:
                yield self._refused(error, at, None if holds_list else line)
                return False
            self._at = at
        self._at = min(self._at + 1, len(self._buffer))
        if not holds_list and self._kept is not None:
            start, self._kept = self._kept, None
            yield Found(line, self._buffer[start : self._at], tuple(members))
        elif members:
            held = flat(tuple(members)) or [(name, "…") for name, _ in members]
            yield Found(line, "\n".join(f"{path}: {value}" for path, value in held), beside=True)
        return True

    def _name(self, members: list[tuple[str, Value]]) -> tuple[str, int]:
        """Take the name of a member and its colon; return what is wrong with it and where."""
        if self._next() != '"':
            return "Expecting property name enclosed in double quotes", self._at
        name, end, error = self._decoded()
        if error:
            return error, end
        self._at = end
        if self._next() != ":":
            return "Expecting ':' delimiter", self._at
        self._at += 1
        members.append((str(name), None))
        return "", 0

    def _decoded(self) -> tuple[Value, int, str]:
        """Return the value that stands here, where it ends, and ``""``; or None, the place and the error."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
                # A number that ends where the piece does may go on.
                if end < len(self._buffer) or self._ended:
                    return value, end, ""
                error, place = "", end
            except json.JSONDecodeError as problem:
                error, place = problem.msg.removesuffix(" starting at"), problem.pos
            except RecursionError:
                return None, self._at, _TOO_DEEP
            size = len(self._buffer) - self._at
            if self._ended or size > LARGEST:
                return None, place, error or f"longer than {LARGEST:,} characters"
            if size > _AHEAD and error and self._candidate(self._at + 1) is not None:
                return None, place, error
            self._more(max(2 * size, _AHEAD))

    def _refused(self, error: str, place: int, line: int | None = None) -> Found:
        """Refuse what stands here, or the object that was begun at *line*, up to what looks like an item."""
        if line is None or self._kept is None:
            line = self._here()
        else:
            self._at, self._counted, self._line = self._kept, self._kept, line
        self._kept = None
        error_line = line + count_lines(self._buffer[self._at : place])
        after = "]}" if error == _TOO_DEEP else ",}\n"
        while (stop := self._candidate(self._at + 1, after)) is None:
            if self._ended or len(self._buffer) - self._at > LARGEST:
                stop = len(self._buffer)
                break
            self._more(max(2 * (len(self._buffer) - self._at), _AHEAD))
        text = self._buffer[self._at : stop].rstrip(" \t\r\n\0,")
        self._at = stop
        return Found(line, text, None, error, error_line)

    def _candidate(self, start: int, after: str = ",}\n") -> int | None:
        """Return where from *start* on an item may begin: behind one of the characters *after*."""
        for found in _OPENING.finditer(self._buffer, start):
            at = found.start()
            before = self._buffer[max(at - _BEFORE, start - 1) : at].rstrip(" \t\r")
            before = before if "\n" in after else before.rstrip("\n,")
            if before.endswith(tuple(after)):
                return at
        return None

    def _next(self) -> str:
        """Go to the next character that is no white space and return it, ``""`` at the end."""
        while True:
            found = _SKIPPED.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if self._ended:
                return ""
            self._more(1)

    def _here(self) -> int:
        """Return the line of the place that was reached."""
        if self._at > self._counted:
            self._line += count_lines(self._buffer[self._counted : self._at])
            self._counted = self._at
        return self._line

    def _more(self, size: int) -> None:
        """Let the buffer reach *size* characters beyond the place that was reached, or to the end."""
        self._here()
        cut = self._at if self._kept is None else self._kept
        parts = [self._buffer[cut:]]
        self._at -= cut
        self._counted -= cut
        self._kept = None if self._kept is None else 0
        ahead = len(parts[0]) - self._at
        while ahead < size:
            piece = next(self._pieces, None)
            if piece is None:
                self._ended = True
                break
            parts.append(piece)
            ahead += len(piece)
        self._buffer = "".join(parts)


def flat(members: tuple[tuple[str, Value], ...]) -> list[tuple[str, str]] | None:
    """Return each value within an object by its path, in order; None if they are more or deeper than any are.

    A path is names, and numbers of elements from 1: ``author/1/family``. Words and numbers of JSON stand as
    they are written, an empty list is ``[]``, an empty object ``{}``; lone surrogates are ``\\\\uNNNN``.
    """
    found: list[tuple[str, str]] = []
    waiting: list[tuple[str, Value, int]] = [(name, value, 1) for name, value in reversed(members)]
    while waiting:
        path, value, depth = waiting.pop()
        many = len(value) if isinstance(value, list | tuple) else 0
        if depth > DEEPEST or len(path) > _LONGEST_PATH or len(waiting) + len(found) + many > MOST:
            return None
        if isinstance(value, str):
            found.append((path, value))
        elif isinstance(value, tuple) and value:
            waiting += [(f"{path}/{name}", inner, depth + 1) for name, inner in reversed(value)]
        elif isinstance(value, list) and value:
            below = [(f"{path}/{at}", inner, depth + 1) for at, inner in enumerate(value, 1)]
            waiting += reversed(below)
        else:
            found.append((path, json.dumps(value) if isinstance(value, bool | list | None) else "{}"))
    return [(_whole(path), _whole(value)) for path, value in found]


def _whole(text: str) -> str:
    if text.isascii():
        return text
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
