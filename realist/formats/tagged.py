"""The tag engine: a grammar and lines in; raw records and remarks out, streaming, nothing left out.

A format whose records are lines of ``TAG separator value`` is a :class:`Grammar`; the engine is the same
for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from realist.formats.records import Problem, RawRecord
from realist.vocabulary import Severity

_BLOCK = 1000
_PREAMBLE = 20


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one tagged format is written.

    A line that begins with one of *tags*, all of one width, and *separator* is a tag line, without
    further look. Any other line is one if *line* matches at its start: its group 1 is the tag, and the
    value begins where the match ends. *start* begins a record and *end* ends one; neither is among
    *tags*. *noise* matches lines between records that say nothing. *remedy* is the line that makes
    fields without a record one.
    """

    name: str
    tags: frozenset[str]
    separator: str
    line: re.Pattern[str]
    start: str
    end: str
    noise: re.Pattern[str]
    remedy: str


class TagReader:
    """One reading of one file: :meth:`read` its lines once.

    ``noise`` counts the lines between records that were passed over; ``preamble`` holds the first of
    them, which often name the product.
    """

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.noise = 0
        self.preamble: list[str] = []
        self._position = 0
        self._block: list[str] = []
        self._block_line = 0
        self._block_tags: set[str] = set()

    def read(self, lines: Iterable[tuple[int, str]]) -> Iterator[RawRecord | Problem]:
        """Yield what numbered *lines* hold, in their order: a record, or a remark on what is none."""
        grammar = self.grammar
        tag_of, match = {tag + grammar.separator: tag for tag in grammar.tags}.get, grammar.line.match
        start, end, cut = grammar.start, grammar.end, len(grammar.start + grammar.separator)
        pairs: list[tuple[str, str]] = []
        numbers: list[int] = []
        more: list[str] = []
        number, text = 0, ""
        for number, text in lines:
            tag = tag_of(text[:cut])
            if tag is not None and pairs:
                if more:
                    _join(pairs, more)
                pairs.append((tag, text[cut:]))
                numbers.append(number)
                continue
            found = match(text)
            if found is None:
                if pairs:
                    more.append(text)
                else:
                    yield from self._outside(number, text, None)
                continue
            tag, value = found[1], text[found.end() :]
            # Bare CRs before the tag are lines of their own to whoever counts lines.
            at = number + text.count("\r", 0, found.start(1))
            if tag == start:
                yield from self._unended(pairs, numbers, more, at)
                pairs, numbers, more = [(tag, value)], [at], []
                continue
            if not pairs:
                yield from self._outside(at, text, tag)
                continue
            if more:
                _join(pairs, more)
            pairs.append((tag, value))
            numbers.append(at)
            if tag == end:
                yield from self._ended(pairs, numbers)
                pairs, numbers = [], []
        yield from self._unended(pairs, numbers, more, number + text.count("\r"), at_end=True)

    def _ended(self, pairs: list[tuple[str, str]], numbers: list[int]) -> Iterator[RawRecord | Problem]:
        """Yield a record that has come to its end, and a remark if that line says anything."""
        yield self._record(pairs, numbers)
        value, line = pairs[-1][1], numbers[-1]
        if value and not value.isspace():
            message = (
                f"The {self.grammar.end} line {line} of record {self._position} holds text of its own: "
                "it was kept with the record."
            )
            yield Problem(line, self._position, Severity.WARNING, message, value)

    def _unended(
        self,
        pairs: list[tuple[str, str]],
        numbers: list[int],
        more: list[str],
        line: int,
        at_end: bool = False,
    ) -> Iterator[RawRecord | Problem]:
        """Close what is open where a record begins at *line*, or where *line* was the last of the file."""
        yield from self._close_block()
        if not pairs:
            return
        self._drop_separators(more)
        if more:
            _join(pairs, more)
        yield self._record(pairs, numbers)
        if at_end:
            cause = f"before the file ends at line {line}: the file may be cut off there"
        else:
            cause = f"before record {self._position + 1} begins at line {line}: it was ended there"
        message = f"Record {self._position} of line {numbers[0]} has no {self.grammar.end} line {cause}."
        yield Problem(line, self._position, Severity.WARNING, message)

    def _drop_separators(self, more: list[str]) -> None:
        """Take blank lines, and noise that stands after a blank line, off the end of an unended record."""
        last = len(more)
        while last and (not more[last - 1].strip() or self.grammar.noise.match(more[last - 1])):
            last -= 1
        while last < len(more) and more[last].strip():
            last += 1
        for text in more[last:]:
            if text.strip():
                self._pass_over(text)
        del more[last:]

    def _record(self, pairs: list[tuple[str, str]], numbers: list[int]) -> RawRecord | Problem:
        """Return the record, or its refusal if no field of it holds anything."""
        self._position += 1
        grammar = self.grammar
        for tag, value in pairs:
            if value and tag != grammar.start and tag != grammar.end and not value.isspace():
                return RawRecord(self._position, numbers[0], pairs, numbers)
        message = f"Record {self._position} of line {numbers[0]} is an empty record: it was left out."
        text = "\n".join(tag + grammar.separator + value for tag, value in pairs)
        return Problem(numbers[0], self._position, Severity.ERROR, message, text)

    def _pass_over(self, text: str) -> None:
        self.noise += 1
        if len(self.preamble) < _PREAMBLE:
            self.preamble.append(text)

    def _outside(self, number: int, text: str, tag: str | None) -> Iterator[Problem]:
        """Take a line between records; lines that follow each other are told as one block."""
        if tag is None and (not text or text.isspace()):
            yield from self._close_block()
            return
        if tag is None and not self._block and self.grammar.noise.match(text):
            self._pass_over(text)
            return
        if not self._block:
            self._block_line = number
        self._block.append(text)
        if tag is not None:
            self._block_tags.add(tag)
        if tag == self.grammar.end or len(self._block) >= _BLOCK:
            yield from self._close_block()

    def _close_block(self) -> Iterator[Problem]:
        if not self._block:
            return
        text = "\n".join(self._block)
        first, last = self._block_line, self._block_line + len(self._block) - 1 + text.count("\r")
        where = f"Line {first} is" if first == last else f"Lines {first} to {last} are"
        if self._block_tags - {self.grammar.end}:
            severity = Severity.ERROR
            what = f'fields without a record, left out: put a line "{self.grammar.remedy}" before them.'
        else:
            severity = Severity.WARNING
            what = "left out: look whether a record was lost there."
        yield Problem(first, None, severity, f"{where} outside any record, {what}", text)
        self._block.clear()
        self._block_tags.clear()


def _join(pairs: list[tuple[str, str]], more: list[str]) -> None:
    """Give the lines without a tag to the value before them."""
    tag, value = pairs[-1]
    pairs[-1] = (tag, "\n".join((value, *more)))
    more.clear()
