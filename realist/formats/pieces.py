"""Text of formats in which lines mean nothing: a whole XML or JSON export may stand on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from realist.formats.encoding import Survey, has_kept_bytes, mend
from realist.formats.lines import count_lines, decode
from realist.formats.records import Problem
from realist.vocabulary import Severity

_SHOWN = 200


def read_pieces(parts: Iterable[bytes], found: Survey, problems: list[Problem]) -> Iterator[str]:
    """Yield the text of a file in pieces that end anywhere, CR LF made LF.

    *parts* are its bytes, *found* tells how to read them. Bytes that do not fit the encoding are written as
    ``\\xNN``; a remark for each line with such bytes is appended to *problems* before its piece is yielded.
    """
    pieces = decode(parts, found.encoding, found.newline)
    return _mended(pieces, found.encoding, problems) if found.damaged else pieces


def _mended(pieces: Iterable[str], encoding: str, problems: list[Problem]) -> Iterator[str]:
    number, told = 1, 0
    for piece in pieces:
        if not has_kept_bytes(piece):
            number += count_lines(piece)
            yield piece
            continue
        for line in piece.split("\n"):
            if has_kept_bytes(line) and told != number:
                told = number
                message = (
                    f"Line {number} holds bytes that are not {encoding}, kept as \\xNN: "
                    "if they are many, name the right encoding with --encoding."
                )
                problems.append(Problem(number, None, Severity.WARNING, message, _around(mend(line))))
            number += 1 + line.count("\r")
        number -= 1
        yield mend(piece)


def _around(line: str) -> str:
    """Return what stands around the first ``\\x`` of a line."""
    at = line.find("\\x")
    return line[max(at - _SHOWN, 0) : at + _SHOWN]
