"""Physical lines of a file, in constant memory.

A line ends at CR LF or LF; at CR only in a file without any LF. Nothing else ends a line: exports hold
bare CR, U+2028, NEL, VT and FF within abstracts. Numbers of lines are those an editor shows, where a bare
CR within a line begins a new one.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

from realist.formats.encoding import KEEP, Survey, has_kept_bytes, mend
from realist.formats.records import Problem
from realist.vocabulary import Severity

LONGEST = 5_000_000
"""Characters of one line that are read. No export comes near; a hostile file must not fill the memory."""


def read_blocks(parts: Iterable[bytes], found: Survey, problems: list[Problem]) -> Iterator[str]:
    """Yield the lines of a file, some thousand in one string, each line led by LF and none ended by it.

    *parts* are its bytes, *found* tells how to read them. Bytes that do not fit the encoding are written
    as ``\\xNN``. Remarks on lines are appended to *problems*, in order, before their block is yielded.
    """
    blocks = join_lines(decode(parts, found.encoding, found.newline), found.long_lines, problems)
    return _mended(blocks, found.encoding, problems) if found.damaged else blocks


def decode(parts: Iterable[bytes], encoding: str, newline: str) -> Iterator[str]:
    """Yield the text of *parts*, without a byte order mark at its start and with LF after each line."""
    decoder = codecs.getincrementaldecoder("utf-8" if encoding == "utf-8-sig" else encoding)(KEEP)
    line_end = "\r" if newline == "\r" else "\r\n"
    held, at_start = "", True
    for part in parts:
        text = held + decoder.decode(part)
        if at_start and text:
            text, at_start = text.removeprefix("\ufeff"), False
        held = ""
        if "\r" in text:
            if line_end != newline and text.endswith("\r"):
                # Its LF may be the first character of the next part.
                held, text = "\r", text[:-1]
            text = text.replace(line_end, "\n")
        yield text
    last = held + decoder.decode(b"", True)
    yield last.removeprefix("\ufeff") if at_start else last


def join_lines(parts: Iterable[str], long_lines: bool, problems: list[Problem]) -> Iterator[str]:
    """Yield the lines of a text given in *parts* as :func:`read_blocks` does.

    What a line has beyond ``LONGEST`` characters is cut, and told in *problems*. Lines are counted for
    that, which costs time, only where *long_lines* are to be expected.
    """
    begun, length, number = ["\n"], 0, 1
    for part in parts:
        last = part.rfind("\n")
        if last < 0:
            if length <= LONGEST:
                begun.append(part)
            length += len(part)
            continue
        first = part.find("\n")
        block = _cut("".join(begun) + part[:first], length + first, number, problems) + part[first:last]
        number += count_lines(block) if long_lines else 0
        yield block
        begun, length = [part[last:]], len(part) - last - 1
    if length:
        yield _cut("".join(begun), length, number, problems)


def count_lines(block: str) -> int:
    """Return how many lines begin in *block*: at LF, and at bare CR."""
    return block.count("\n") + (block.count("\r") if "\r" in block else 0)


def _cut(line: str, length: int, number: int, problems: list[Problem]) -> str:
    if length <= LONGEST:
        return line
    message = (
        f"Line {number} has {length:,} characters, which no export has: "
        f"only the first {LONGEST:,} were read; look at this line of the file."
    )
    problems.append(Problem(number, None, Severity.ERROR, message))
    return line[: LONGEST + 1]


def _mended(blocks: Iterable[str], encoding: str, problems: list[Problem]) -> Iterator[str]:
    number = 1
    for block in blocks:
        if not has_kept_bytes(block):
            number += count_lines(block)
            yield block
            continue
        lines = block.split("\n")[1:]
        for at, line in enumerate(lines):
            if has_kept_bytes(line):
                lines[at] = mend(line)
                message = (
                    f"Line {number} holds bytes that are not {encoding}, kept as \\xNN: "
                    "if they are many, name the right encoding with --encoding."
                )
                problems.append(Problem(number, None, Severity.WARNING, message, lines[at]))
            number += 1 + line.count("\r")
        yield "\n" + "\n".join(lines)
