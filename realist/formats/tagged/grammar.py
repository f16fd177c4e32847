"""How tagged formats are written, and their lines made ready to be read by that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat

_TO_LAST_FLUSH_LINE = re.compile(r".*(?=\n[^\s])", re.DOTALL)
_MOST_HELD = 1_000_000


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one tagged format is written.

    *field* matches what comes before a value, from the LF that leads its line; group 1 is the tag and
    there is no other. *start* begins a record and *end* ends one (``""`` in formats that have no such
    line). *noise* matches lines between records that say nothing. *separator* stands between tag and
    value where a line is shown again, if *written* does not say how; *remedy* is the line that makes
    fields without a record one.

    *glue* matches where, within a line, the next file begins that was joined on by ``cat``; blocks without
    *sign* need not be searched for it. Tags of the *frame* stand around records: headers, the end of the
    file. In a *parted* format a blank line ends a record and the next field begins one, except fields of
    *followers*; a *late* start may also stand further down in its record. *named* says that the value of
    the start is content, not just a type. *stray* matches within the last value of a record where text
    begins that belongs to none. Where *field* has to see the line after it as well, *peeks* is true.
    """

    name: str
    field: re.Pattern[str]
    start: str
    end: str
    noise: re.Pattern[str]
    separator: str
    remedy: str
    glue: re.Pattern[str] | None = None
    sign: str = ""
    frame: frozenset[str] = frozenset()
    parted: bool = False
    followers: frozenset[str] = frozenset()
    late: bool = False
    named: bool = False
    stray: re.Pattern[str] | None = None
    peeks: bool = False
    written: Callable[[str, str], str] | None = None

    def line(self, tag: str, value: str) -> str:
        """Return a field as the file has it, so that it can be mended and read again."""
        return self.written(tag, value) if self.written else tag + self.separator + value


def prepared(blocks: Iterable[str], grammar: Grammar) -> Iterable[tuple[str, bool]]:
    """Return blocks of lines as *grammar* needs them, and of each whether it goes on with the line before.

    That is so where a file was joined on within a line: it begins a line of its own then.
    """
    if grammar.peeks:
        blocks = _with_lines_after(blocks)
    return _unglued(blocks, grammar.glue, grammar.sign) if grammar.glue else zip(blocks, repeat(False))


def _unglued(blocks: Iterable[str], glue: re.Pattern[str], sign: str) -> Iterator[tuple[str, bool]]:
    for block in blocks:
        if sign not in block:
            yield block, False
            continue
        done = 0
        for found in glue.finditer(block):
            yield ("\n" if done else "") + block[done : found.start()].removesuffix("\ufeff"), done > 0
            done = found.start()
        yield ("\n" + block[done:], True) if done else (block, False)


def _with_lines_after(blocks: Iterable[str]) -> Iterator[str]:
    """Yield the lines of *blocks* so that none but the last ends right before an indented line."""
    held = ""
    for block in blocks:
        found = _TO_LAST_FLUSH_LINE.match(block)
        if found and (held or found.end()):
            yield held + block[: found.end()]
            held = block[found.end() :]
        elif len(held) > _MOST_HELD:
            yield held
            held = block
        else:
            held += block
    if held:
        yield held
