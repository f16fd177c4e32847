"""Physical lines of a file with their numbers, in constant memory.

A line ends at CR LF or LF; at CR only in a file without any LF. Nothing else ends a line: exports hold
bare CR, U+2028, NEL, VT and FF within abstracts. Numbers are those an editor shows, where a bare CR
within a line begins a new one.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from pathlib import Path

from realist.formats.encoding import KEEP, chunks, has_kept_bytes, mend
from realist.formats.records import Problem
from realist.vocabulary import Severity

LONGEST = 5_000_000
"""Characters of one line that are read. No export comes near; a hostile file must not fill the memory."""


def read_lines(
    path: Path, encoding: str, newline: str, damaged: bool, problems: list[Problem]
) -> Iterator[tuple[int, str]]:
    """Yield (number, text) of the lines of the file, without their ends.

    *newline* is ``"\\n"`` (CR LF or LF) or ``"\\r"``. Bytes that do not fit *encoding* are written as
    ``\\xNN``; looking for them costs time, so it is done for *damaged* files only. Remarks on a line are
    appended to *problems*, in order, before it is yielded. Raises OSError.
    """
    lines = number_lines(decode(chunks(path), encoding, newline), newline, problems)
    return _mended(lines, encoding, problems) if damaged else lines


def decode(parts: Iterable[bytes], encoding: str, newline: str) -> Iterator[str]:
    """Yield the text of *parts*, without a byte order mark at its start, CR LF folded to LF."""
    decoder = codecs.getincrementaldecoder("utf-8" if encoding == "utf-8-sig" else encoding)(KEEP)
    folds = newline == "\n"
    held, at_start = "", True
    for part in parts:
        text = held + decoder.decode(part)
        if at_start and text:
            text, at_start = text.removeprefix("\ufeff"), False
        held = ""
        if folds and "\r" in text:
            if text.endswith("\r"):
                # Its LF may be the first character of the next part.
                held, text = "\r", text[:-1]
            text = text.replace("\r\n", "\n")
        yield text
    last = held + decoder.decode(b"", True)
    yield last.removeprefix("\ufeff") if at_start else last


def number_lines(parts: Iterable[str], newline: str, problems: list[Problem]) -> Iterator[tuple[int, str]]:
    """Yield (number, text) of the lines of a text given in *parts*, in which CR LF is folded to LF.

    What a line has beyond ``LONGEST`` characters is cut, and told in *problems*.
    """
    return chain.from_iterable(_batches(parts, newline, problems))


def _batches(
    parts: Iterable[str], newline: str, problems: list[Problem]
) -> Iterator[Iterable[tuple[int, str]]]:
    """Yield numbered lines by the part: one step of a generator for thousands of lines."""
    begun: list[str] = []
    length = 0
    number = 1
    for part in parts:
        lines = part.split(newline)
        rest = lines.pop()
        if lines:
            if length:
                begun.append(lines[0])
                lines[0] = _whole(begun, length + len(lines[0]), number, problems)
            if newline == "\n" and ("\r" in part or "\r" in lines[0]):
                numbers = list(accumulate((1 + text.count("\r") for text in lines), initial=number))
                number = numbers.pop()
                yield zip(numbers, lines, strict=True)
            else:
                yield zip(range(number, number + len(lines)), lines, strict=True)
                number += len(lines)
            begun, length = [], 0
        if length <= LONGEST:
            begun.append(rest)
        length += len(rest)
    if length:
        yield [(number, _whole(begun, length, number, problems))]


def _whole(begun: list[str], length: int, number: int, problems: list[Problem]) -> str:
    text = "".join(begun)
    if length <= LONGEST:
        return text
    message = (
        f"Line {number} has {length:,} characters, which no export has: "
        f"only the first {LONGEST:,} were read; look at this line of the file."
    )
    problems.append(Problem(number, None, Severity.ERROR, message))
    return text[:LONGEST]


def _mended(
    lines: Iterable[tuple[int, str]], encoding: str, problems: list[Problem]
) -> Iterator[tuple[int, str]]:
    for number, text in lines:
        if not has_kept_bytes(text):
            yield number, text
            continue
        mended = mend(text)
        message = (
            f"Line {number} holds bytes that are not {encoding}, kept as \\xNN: "
            "if they are many, name the right encoding with --encoding."
        )
        problems.append(Problem(number, None, Severity.WARNING, message, mended))
        yield number, mended
