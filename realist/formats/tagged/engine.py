"""The tag engine: a grammar and lines in; raw records and remarks out, streaming, nothing left out.

A format whose records are lines of ``TAG separator value`` is a grammar
(:class:`realist.formats.tagged.grammar.Grammar`); the engine is the same for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from itertools import islice

from realist.formats.lines import count_lines
from realist.formats.records import Problem, RawRecord
from realist.formats.tagged.grammar import Grammar, prepared
from realist.vocabulary import Severity

LARGEST = 20_000_000
"""Characters of one record that are read, give or take a block: a hostile file must not fill the memory."""

MOST_FIELDS = 500_000
"""Fields of one record that are read, give or take a block."""

_BLOCK = 1000
_BLOCK_SIZE = 1_000_000
_PREAMBLE = 20
_NOISE = 500
_MOST_TAGS = 10_000
_GOES_ON = " "
_LEADING_CR = re.compile(r"\n([ \f\ufeff]*\r[ \r\f\ufeff]*)")


class TagReader:
    """One reading of one file: :meth:`read` its lines once.

    Values are kept to the letter: the lines that continue one follow it, each led by LF, with their
    indent. ``noise`` counts the lines between records that were passed over; ``preamble`` holds the
    first of them, which often name the product.
    """

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.noise = 0
        self.preamble: list[str] = []
        self._position = 0
        self._pairs: list[tuple[str, str]] = []
        self._more: list[str] = []
        self._first = 0
        self._blank = True
        self._spilt = False
        self._seen_start = False
        self._before = ""
        self._outside: list[str] = []
        self._outside_line = 0
        self._outside_size = 0
        self._outside_tags: set[str] = set()

    def read(self, blocks: Iterable[str]) -> Iterator[RawRecord | Problem]:
        """Yield what lines hold, in their order: a record, or a remark on what is none.

        A block is lines, each led by LF (see :func:`realist.formats.lines.read_blocks`).
        """
        known: dict[str, str] = {}
        number = 1
        first, size = 0, 0
        for block, goes_on in prepared(blocks, self.grammar):
            if goes_on:
                number, self._blank = number - 1, True
            returns = "\r" in block
            parts = self.grammar.field.split(self._settled(block) if returns else block)
            if parts[0]:
                yield from self._continued(number, parts[0])
                number += count_lines(parts[0])
            if len(known) > _MOST_TAGS:
                known.clear()
            # One object for each tag: to store, hash and compare them costs a fraction then.
            tags = list(map(known.setdefault, parts[1::2], parts[1::2]))
            number = yield from self._fields(number, tags, parts[2::2], returns)
            first, size = self._first, size + len(block) if first == self._first else 0
            if (size > LARGEST or len(self._pairs) > MOST_FIELDS) and self._pairs:
                yield from self._overflow(number)
        yield from self._close(number - 1)

    def _settled(self, block: str) -> str:
        """Return *block* with bare CRs that stand before a tag moved to the end of the line before it."""
        match = self.grammar.field.match
        return _LEADING_CR.sub(lambda at: at[1] + "\n" if match(block, at.start()) else at[0], block)

    def _marks(self, tags: list[str], values: list[str]) -> list[str]:
        """Return a list like *tags* that holds the start wherever a record begins, and nowhere else."""
        grammar, start = self.grammar, self.grammar.start
        if not grammar.parted:
            return [start if tag in grammar.frame else tag for tag in tags] if grammar.frame else tags
        if not tags:
            return tags
        # A cheap test before a dear one: what may be white space sorts before "!".
        blank = {at for at, value in enumerate(values, 1) if value[-1:] < "!" and _ends_blank(value)}
        if self._blank:
            blank.add(0)
        opens = not self._pairs and not self._spilt
        self._blank = len(tags) in blank
        if grammar.late:
            marks = self._late_marks(tags, blank, opens)
        else:
            marks = [*tags, ""]
            for at in blank:
                marks[at] = start
            marks[0] = start if opens else marks[0]
            marks.pop()
        self._spilt = self._spilt and start not in marks
        return marks

    def _late_marks(self, tags: list[str], blank: set[int], opens: bool) -> list[str]:
        """Return marks where a start that is not the first field of its record is one more field of it.

        *blank* holds the fields with a blank line before them; *opens* says whether no record is open.
        """
        marks, start = [], self.grammar.start
        for at, tag in enumerate(tags):
            begins = opens or (at in blank and tag not in self.grammar.followers)
            if tag == start and not begins:
                begins = self._seen_start and self._before != start
            marks.append(start if begins else _GOES_ON)
            self._seen_start = tag == start or (self._seen_start and not begins)
            self._before, opens = tag, False
        return marks

    def _fields(
        self, number: int, tags: list[str], values: list[str], returns: bool
    ) -> Generator[RawRecord | Problem, None, int]:
        """Take the fields of a block, the first on line *number*; values hold the lines that follow them.

        *returns* says whether there are bare CRs. Returns the number of the line after the block.
        """
        grammar, count = self.grammar, len(tags)
        start, end = grammar.start, grammar.end
        marks = self._marks(tags, values)
        # Both are found now wherever the search begins, behind the last field if nowhere else.
        marks += (end, start)
        at, next_end, next_start = 0, -1, -1
        while at < count:
            opens = marks[at] == start
            if opens and (self._pairs or self._outside):
                yield from self._close(number, tags[at])
            if opens and tags[at] not in grammar.frame:
                self._first = number
            elif not self._pairs:
                yield from self._field_outside(number, tags[at], values[at])
                number += 1 + count_lines(values[at])
                at += 1
                continue
            # What was found once is not searched again: a block of starts without ends stays linear.
            next_end = next_end if next_end >= at else marks.index(end, at)
            next_start = next_start if next_start > at else marks.index(start, at + 1)
            stop = min(next_start, next_end)
            ends = stop == next_end < count
            stop += ends
            fresh = values[at:stop]
            if self._more:
                self._join()
            self._pairs += zip(tags[at:stop], fresh, strict=True)
            number += stop - at
            at = stop
            after = fresh.pop() if ends else ""
            text = "".join(fresh)
            if returns or "\n" in text:
                number += count_lines(text)
            if not ends:
                continue
            own, _, rest = after.partition("\n")
            glued = self._glued(own) if own else None
            self._pairs[-1] = (end, "" if glued else own)
            yield self._record()
            if glued:
                self._first = number - 1
                self._pairs = [(start, glued[1] + after[len(own) :])]
            elif own or rest:
                yield from self._after_end(number, own, rest)
            number += count_lines(after)
        return number

    def _glued(self, own: str) -> tuple[str, str] | None:
        """Return (tag, value) if what an end line holds is the start of a record: files glued by `cat`."""
        found = self.grammar.field.match("\n" + own)
        if found is None or found[1] != self.grammar.start:
            return None
        return found[1], own[found.end() - 1 :]

    def _after_end(self, number: int, own: str, rest: str) -> Iterator[Problem]:
        """Take what follows an end: *own* text of its line, and the *rest*, whose first line is *number*."""
        if own and not own.isspace():
            line = number - 1
            message = (
                f"The {self.grammar.end} line {line} of record {self._position} holds text of its own: "
                "it was kept with the record."
            )
            yield Problem(line, self._position, Severity.WARNING, message, own)
        if rest and not rest.isspace():
            yield from self._lines_outside(number + own.count("\r"), "\n" + rest)

    def _continued(self, number: int, lines: str) -> Iterator[Problem]:
        """Take lines without a tag at the head of a block."""
        self._blank = _ends_blank(lines)
        if self._pairs:
            self._more.append(lines)
        else:
            yield from self._lines_outside(number, lines)

    def _join(self) -> None:
        """Give the lines without a tag to the value before them."""
        if self._more:
            tag, value = self._pairs[-1]
            self._pairs[-1] = (tag, value + "".join(self._more))
            self._more.clear()

    def _close(self, line: int, tag: str = "") -> Iterator[RawRecord | Problem]:
        """Close what is open where *tag* stands at *line*, or where *line* was the last of the file."""
        yield from self._close_outside()
        if not self._pairs:
            return
        self._join()
        last, value = self._pairs[-1]
        stray = self.grammar.stray.search(value) if self.grammar.stray else None
        rest = value[stray.start() :] if stray else ""
        self._pairs[-1] = (last, self._without_separators(value[: len(value) - len(rest)]))
        yield self._record()
        if self.grammar.end:
            yield self._unended(line, tag)
        if rest:
            yield from self._lines_outside(line + (not tag) - count_lines(rest), rest)
            yield from self._close_outside()

    def _unended(self, line: int, tag: str) -> Problem:
        """Return the warning that the last record has no end before what stands at *line*."""
        if not tag:
            cause = f"before the file ends at line {line}: the file may be cut off there"
        elif tag in self.grammar.frame:
            cause = f"before the {tag} line {line}: it was ended there"
        else:
            cause = f"before record {self._position + 1} begins at line {line}: it was ended there"
        message = f"Record {self._position} of line {self._first} has no {self.grammar.end} line {cause}."
        return Problem(line, self._position, Severity.WARNING, message)

    def _overflow(self, number: int) -> Iterator[RawRecord | Problem]:
        """End a record that would fill the memory before line *number*; what follows is outside of it."""
        self._join()
        yield self._record()
        self._spilt = True
        message = (
            f"Record {self._position} of line {self._first} is longer than {LARGEST:,} characters or "
            f"{MOST_FIELDS:,} fields, which no record is: it was ended before line {number}; look at the "
            "file there."
        )
        yield Problem(number, self._position, Severity.ERROR, message)

    def _without_separators(self, value: str) -> str:
        """Return *value* without the blank lines at its end, and without noise that stands after one."""
        lines = value.split("\n")
        last = len(lines)
        while last > 1 and (not lines[last - 1].strip() or self._is_noise(lines[last - 1])):
            last -= 1
        while last < len(lines) and lines[last].strip():
            last += 1
        for line in lines[last:]:
            if line.strip():
                self._pass_over(line)
        return "\n".join(lines[:last])

    def _record(self) -> RawRecord | Problem:
        """Return the open record, or its refusal if no field of it holds anything."""
        self._position += 1
        pairs, self._pairs = self._pairs, []
        grammar = self.grammar
        for tag, value in pairs if grammar.named else islice(pairs, int(pairs[0][0] == grammar.start), None):
            if tag != grammar.end and value and not value.isspace():
                return RawRecord(self._position, self._first, pairs)
        message = f"Record {self._position} of line {self._first} is an empty record: it was left out."
        text = "\n".join(grammar.line(tag, value) for tag, value in pairs)
        return Problem(self._first, self._position, Severity.ERROR, message, text)

    def _is_noise(self, line: str) -> bool:
        return len(line) <= _NOISE and self.grammar.noise.match(line) is not None

    def _pass_over(self, text: str) -> None:
        self.noise += 1
        if len(self.preamble) < _PREAMBLE:
            self.preamble.append(text)

    def _field_outside(self, number: int, tag: str, value: str) -> Iterator[Problem]:
        own, feed, after = value.partition("\n")
        if tag in self.grammar.frame:
            yield from self._close_outside()
            self._pass_over(self.grammar.line(tag, own))
        else:
            self._outside_tags.add(tag)
            yield from self._line_outside(number, self.grammar.line(tag, own))
            if tag == self.grammar.end:
                yield from self._close_outside()
        if feed:
            yield from self._lines_outside(number + 1 + own.count("\r"), feed + after)

    def _lines_outside(self, number: int, lines: str) -> Iterator[Problem]:
        """Take lines between records, each led by LF; those that follow each other are told as one."""
        if lines.isspace():
            yield from self._close_outside()
            return
        for line in lines.removeprefix("\n").split("\n"):
            if not line or line.isspace():
                yield from self._close_outside()
            elif not self._outside and self._is_noise(line):
                self._pass_over(line)
            else:
                yield from self._line_outside(number, line)
            number += 1 + line.count("\r")

    def _line_outside(self, number: int, line: str) -> Iterator[Problem]:
        if not self._outside:
            self._outside_line = number
        self._outside.append(line)
        self._outside_size += len(line)
        if len(self._outside) >= _BLOCK or self._outside_size >= _BLOCK_SIZE:
            yield from self._close_outside()

    def _close_outside(self) -> Iterator[Problem]:
        if not self._outside:
            return
        text = "\n".join(self._outside)
        first = self._outside_line
        last = first - 1 + count_lines("\n" + text)
        where = f"Line {first} is" if first == last else f"Lines {first} to {last} are"
        where += " outside any record and left out"
        if self._outside_tags - {self.grammar.end}:
            severity = Severity.ERROR
            what = f'put a line "{self.grammar.remedy}" before these fields and import the file again.'
        else:
            severity = Severity.WARNING
            what = "look whether a record was lost there."
        yield Problem(first, None, severity, f"{where}: {what}", text)
        self._outside.clear()
        self._outside_size = 0
        self._outside_tags.clear()


def _ends_blank(lines: str) -> bool:
    """Return whether the last of *lines* is blank; the first, which may follow a tag, does not count."""
    last = lines.rfind("\n")
    return last >= 0 and lines[last:].isspace()
