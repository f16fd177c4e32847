"""BibTeX cut into stretches that hold one record each, and the records that are written plainly.

Most records of exports are plain: fields with one value in braces or quotation marks. They are read here;
all others are for bibtexparser (:mod:`realist.formats.bibtex.parse`), which reads plain ones alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from realist.formats.lines import count_lines

LARGEST = 5_000_000
"""Characters of one stretch, give or take a block: a hostile file must not fill the memory."""

NO_RECORDS = ("comment", "preamble", "string")
"""What begins like a record and is none."""

START = re.compile(r"\n(?:[^\S\n]|\ufeff)*+@\w*+[ \t]*+[{(]")


class Entry(NamedTuple):
    """A record as it was parsed: its first line, and the pairs it is kept as.

    The pairs are ("@type", type), ("@key", key) if it has one, then the fields in file order, values
    without the braces or quotation marks around them. ``expressions`` are the numbers of the pairs whose
    value is an expression instead: names of strings, joined values. ``remark`` says how it was mended.
    """

    line: int
    pairs: list[tuple[str, str]]
    expressions: tuple[int, ...] = ()
    remark: str = ""


def stretches(blocks: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the text in stretches, each with its first line: all but the first begin with a record.

    A block is lines, each led by LF; so is a stretch. Joined, the stretches are the text.
    """
    held: list[str] = []
    size = 0
    line = number = 1
    for block in blocks:
        at = 0
        for found in START.finditer(block):
            start = found.start()
            if start or held:
                held.append(block[at:start])
                number += count_lines(held[-1])
                yield line, "".join(held)
                held.clear()
            size, line, at = 0, number, start
        held.append(block[at:])
        number += count_lines(held[-1])
        size += len(held[-1])
        if size > LARGEST:
            yield line, "".join(held)
            held.clear()
            size, line = 0, number
    if held:
        yield line, "".join(held)


_BARE = r"[^{}\\]++|\\(?![{}])"
_ONE = rf"\{{(?:{_BARE})*+\}}"
_TWO = rf"\{{(?:{_BARE}|{_ONE})*+\}}"
_THREE = rf"\{{(?:{_BARE}|{_TWO})*+\}}"
_HEAD = re.compile(r'\n(?:[^\S\n]|\ufeff)*+@(\w++)[ \t]*+\{([^{}",=\\@]*+),')
_FIELD = re.compile(
    rf"""\s*+([^\s{{}}",=\\@%\#][^{{}}",=\\@%\#\n\r]*+)=\s*+
    (?:\{{((?:{_BARE}|{_THREE})*+)\}}|"((?:[^"\\]++|\\(?!"))*+)(?<!\{{)"|([0-9]++|[A-Za-z]\w*+))
    \s*+([,}}])""",
    re.VERBOSE,
)
_CLOSE = re.compile(r"\s*+\}")


def plain_entry(line: int, text: str) -> tuple[Entry, int] | None:
    """Return the record that *text* begins with, and where it ends, if it is written plainly; else None."""
    head = _HEAD.match(text)
    if head is None:
        return None
    kind, key = head.groups()
    if kind.lower().startswith(NO_RECORDS):
        return None
    key = key.strip()
    pairs = [("@type", kind), ("@key", key)] if key else [("@type", kind)]
    expressions: list[int] = []
    at, field = head.end(), _FIELD.match
    while found := field(text, at):
        name, braced, quoted, bare, mark = found.groups()
        if bare is not None:
            if not bare.isdecimal():
                expressions.append(len(pairs))
            pairs.append((name.rstrip(), bare))
        else:
            pairs.append((name.rstrip(), quoted if braced is None else braced))
        at = found.end()
        if mark == "}":
            return Entry(line, pairs, tuple(expressions)), at
    close = _CLOSE.match(text, at)
    return (Entry(line, pairs, tuple(expressions)), close.end()) if close else None
