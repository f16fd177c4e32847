"""Rows of a text table, each with the line where it starts: CSV as it should be, and as it is.

Well-formed quoting is read by the csv module. Where it fails (text after a closing quote, quotes that are
not doubled, a quote that is never closed) the row is mended so that nothing is left out, in linear time.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import TypeAlias

from realist.formats.records import Problem
from realist.vocabulary import Severity

LARGEST = 20_000_000
"""Characters of one row that are read: a quote that is never closed must not fill the memory."""

_STAND_IN = "\ud80d"
"""Stands for a bare CR, which the csv module takes for the end of a row. No decoder makes this surrogate."""

_MANY_LINES = 200
_HALF = 0.5
_MOST_ROWS = 0.9

Row: TypeAlias = tuple[int, list[str]]


class _TooLong(Exception):
    """A row has more than ``LARGEST`` characters."""


class Rows:
    """The rows of a table in text; iterate to take them, as (line, cells), blank rows as no cells.

    *blocks* are its lines as :func:`realist.formats.lines.read_blocks` yields them. ``delimiter`` parts
    cells; ``width`` is how many cells a row should have, 0 if that is not known; without ``quoted``, quotes
    are text; with ``spaced``, spaces after a delimiter are no part of the cell. Set them before iterating.
    ``line`` is the number of the next line.
    """

    def __init__(self, blocks: Iterable[str]) -> None:
        csv.field_size_limit(2 * LARGEST)
        self.delimiter = ","
        self.quoted = True
        self.spaced = False
        self.width = 0
        self.line = 1
        self._returns = False
        self._source = self._lines(blocks)
        self._back: deque[str] = deque()
        self._held: list[str] = []
        self._size = 0

    def peek(self, lines: int, size: int) -> list[str]:
        """Return the first lines, each with its LF: at most *lines*, of about *size* characters."""
        found: list[str] = []
        while len(found) < lines and size > 0 and (line := next(self._source, None)) is not None:
            found.append(line)
            size -= len(line)
        self._back.extend(found)
        return [line.replace(_STAND_IN, "\r") for line in found]

    def skip(self, lines: int) -> None:
        """Pass over that many of the lines that were looked at."""
        for _ in range(lines):
            self.line += self._height([self._back.popleft()])

    def __iter__(self) -> Iterator[Row | Problem]:
        while True:
            try:
                yield from self._well_formed() if self.quoted else self._unquoted()
                return
            except csv.Error:
                over = False
            except _TooLong:
                over = True
            yield from self._mended(over)

    def _lines(self, blocks: Iterable[str]) -> Iterator[str]:
        for block in blocks:
            if "\r" in block:
                self._returns = True
                block = block.replace("\r", _STAND_IN)
            yield from StringIO(block[1:] + "\n", newline="\n")

    def _feed(self) -> Iterator[str]:
        """Yield lines and hold them until their row is taken."""
        held, back = self._held, self._back
        while back:
            held.append(back[0])
            yield back.popleft()
        for line in self._source:
            held.append(line)
            self._size += len(line)
            if self._size > LARGEST:
                raise _TooLong
            yield line

    def _unquoted(self) -> Iterator[Row]:
        for line in self._feed():
            yield self._taken(line[:-1].split(self.delimiter))

    def _well_formed(self) -> Iterator[Row | Problem]:
        held = self._held
        feed, spaced = self._feed(), self.spaced
        for cells in csv.reader(feed, delimiter=self.delimiter, strict=True, skipinitialspace=spaced):
            if len(held) > _MANY_LINES and self._share_of_rows() >= _MOST_ROWS:
                yield from self._each_alone()
            else:
                yield self._taken(cells)

    def _taken(self, cells: list[str]) -> Row:
        """Return the row that the held lines make, and let go of them."""
        line, held = self.line, self._held
        if self._returns:
            self.line += self._height(held)
            cells = [cell.replace(_STAND_IN, "\r") for cell in cells]
        else:
            self.line += len(held)
        held.clear()
        self._size = 0
        return line, cells

    @staticmethod
    def _height(lines: Sequence[str]) -> int:
        return len(lines) + sum(line.count(_STAND_IN) for line in lines)

    def _mended(self, over: bool) -> Iterator[Row | Problem]:
        """Yield the row whose quoting failed on its first lines, which are held; *over* if it is too long."""
        held = self._held
        plain = held[0][:-1].split(self.delimiter)
        if len(held) == 1 and self.delimiter == "\t" and len(plain) == self.width:
            # No text holds tabs, so that quotes which do not pair are text.
            yield self._taken(plain)
            return
        found = None if over else split_loosely("".join(held), self.delimiter)
        while found is None and not over and self._pull(len(held)):
            over = self._size > LARGEST
            found = split_loosely("".join(held), self.delimiter)
        if found is None:
            yield from self._unclosed(over)
            return
        cells, end = found
        used, length = 0, 0
        while length < end:
            length += len(held[used])
            used += 1
        self._back.extendleft(reversed(held[used:]))
        del held[used:]
        if used == 1:
            yield self._taken(plain if len(cells) != self.width == len(plain) else cells)
        elif self._are_apart():
            yield from self._each_alone()
        else:
            yield self._taken(cells)

    def _pull(self, count: int) -> bool:
        """Hold up to *count* more lines, fewer if the row gets too long; return whether there was one."""
        wanted = len(self._held) + count
        while len(self._held) < wanted and self._size <= LARGEST:
            line = self._back.popleft() if self._back else next(self._source, None)
            if line is None:
                break
            self._held.append(line)
            self._size += len(line)
        return len(self._held) > wanted - count

    def _are_apart(self) -> bool:
        """Return whether the held lines make several rows of the right width, if the first is one alone."""
        if self.width < 2 or len(split_line(self._held[0], self.delimiter)) != self.width:
            return False
        text, at = "".join(self._held[1:]), 0
        while at < len(text):
            found = split_loosely(text, self.delimiter, at)
            if found is None or len(found[0]) != self.width:
                return False
            at = found[1]
        return True

    def _share_of_rows(self) -> float:
        """Return the share of held lines after the first that alone are rows of the right width."""
        others = self._held[1:]
        if self.width < 2 or not others:
            return 0.0
        right = sum(1 for line in others if len(split_line(line, self.delimiter)) == self.width)
        return right / len(others)

    def _unclosed(self, over: bool) -> Iterator[Row | Problem]:
        """Yield what the held lines hold: a quote in them is closed nowhere, or only too far away."""
        first, held = self.line, self._held
        if self._share_of_rows() > _HALF:
            yield from self._each_alone()
        elif over:
            last = first - 1 + self._height(held)
            message = (
                f"Lines {first} to {last} would be one row of more than {LARGEST:,} characters, which no "
                "row is: they were left out; look for a quotation mark there that is not closed."
            )
            text = "".join(held).replace(_STAND_IN, "\r")
            self._taken([])
            yield Problem(first, None, Severity.ERROR, message, text)
        else:
            message = (
                f"The row of line {first} has a quotation mark that is not closed before the file ends: it "
                "was read to the end; the file may be cut off there."
            )
            yield Problem(first, None, Severity.WARNING, message)
            cells = split_loosely("".join(held), self.delimiter, final=True)
            yield self._taken(cells[0] if cells else [])

    def _each_alone(self) -> Iterator[Row | Problem]:
        """Yield a row for each held line, after a remark on the quote that joined them."""
        lines, first = self._held[:], self.line
        message = (
            f"A quotation mark in line {first} is not closed: lines {first} to "
            f"{first - 1 + self._height(lines)} were read as rows of their own; compare their records."
        )
        yield Problem(first, None, Severity.WARNING, message)
        self._held.clear()
        for line in lines:
            self._held.append(line)
            yield self._taken(split_line(line, self.delimiter))


def split_line(line: str, delimiter: str) -> list[str]:
    """Return the cells of one line alone; a quote that is not closed in it is text."""
    found = split_loosely(line, delimiter, literal=True)
    return found[0] if found else []


def split_loosely(
    text: str, delimiter: str, at: int = 0, *, final: bool = False, literal: bool = False
) -> tuple[list[str], int] | None:
    """Return the cells of the row that begins *at*, and where it ends; None if a quoted cell is not closed.

    A quote closes a cell only where a delimiter or the end of the line follows; others are text. A cell that
    is not closed goes to the end of the text with *final*; with *literal* its quote, and those after it, are
    text.
    """
    cells: list[str] = []
    size, feed = len(text), -1
    while True:
        if text.startswith('"', at):
            close, after = _closing(text, delimiter, at + 1)
            if close >= 0:
                cells.append(text[at + 1 : close].replace('""', '"') + text[close + 1 : after])
                at = after
            elif final:
                return [*cells, text[at + 1 :].removesuffix("\n").replace('""', '"')], size
            elif literal:
                return [*cells, *text[at:].removesuffix("\n").split(delimiter)], size
            else:
                return None
        else:
            if feed < at:
                feed = text.find("\n", at) % (size + 1)
            comma = text.find(delimiter, at, feed)
            end = feed if comma < 0 else comma
            cells.append(text[at:end])
            at = end
        if at >= size or text[at] == "\n":
            return cells, min(at + 1, size)
        at += 1


def _closing(text: str, delimiter: str, at: int) -> tuple[int, int]:
    """Return where the quote stands that closes a cell, and where the cell ends; (-1, -1) if nowhere."""
    size = len(text)
    while (at := text.find('"', at)) >= 0:
        if text.startswith('"', at + 1):
            at += 2
            continue
        after = at + 1
        while after < size and text[after] in " \t" and text[after] != delimiter:
            after += 1
        if after == size or text[after] in ("\n", delimiter):
            return at, after
        at = after
    return -1, -1
