"""Which lines of a text are headings, told from their words, their numbers and how they are printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from realist.documents.values import Section

_LONGEST = 120
_MOST_WORDS = 14
_LARGER = 1.05
_DEEPEST = 6
_SMALLEST = 0.88
_KNOWN = re.compile(
    r"""(?:[\dIVX]{1,4}(?:\.\d{1,2})*[.):]?\s+)?
    (?:(?:structured\ |plain[- ]language\ |lay\ |english\ |executive\ )?(?:abstract|summary)
    |(?:general\ )?introduction|background(?:\ and\ (?:rationale|objectives?|aims?))?|rationale
    |(?:study\ |review\ )?(?:aims?|objectives?|purpose|questions?)(?:\ and\ (?:aims?|objectives?))?
    |literature\ review|theoretical\ (?:framework|background)|conceptual\ framework
    |(?:materials?\ and\ |patients\ and\ |research\ )?(?:methods?|methodology)
        (?:\ and\ (?:materials?|analysis))?
    |study\ (?:design|setting)|design|setting|participants|data\ (?:collection|analysis)
    |(?:main\ )?(?:results|findings)(?:\ and\ discussion)?|(?:general\ )?discussion(?:\ and\ conclusions?)?
    |(?:strengths\ and\ )?limitations|implications(?:\ for\ [\w ]{3,30})?|(?:summary\ and\ )?conclusions?
    |conclusion\ and\ [\w ]{3,30}|acknowledge?ments?|(?:competing|conflicts?\ of)\ interests?|declarations?
    |funding(?:\ (?:information|statement))?|ethic(?:s|al)[\w ]{0,30}|authors?['’]?\ contributions?
    |(?:data\ availability|availability\ of\ data)[\w ]{0,30}|abbreviations?|keywords?
    |references|bibliography|literature\ cited|appendi(?:x|ces)(?:\ [A-Z\d]{1,3})?
    |supplement(?:ary|al)[\w ]{0,30}
    |supporting\ information)\s*[:.]?""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?\s+(?=[^\W\d_])")
_ORDERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[A-Z][.)]|[IVX]{1,4}[.)])\s")
_CAPTION = re.compile(r"(?:table|fig(?:ure|\.)?|box|panel|appendix)\s*[\dIVX]", re.IGNORECASE)
_CLOSES = re.compile(r"[.,;:]\Z")
_LETTER = re.compile(r"[^\W\d_]")


class Line(NamedTuple):
    """A line that may be a heading: its text, page, position; size in points (0 if unknown), whether bold.

    ``alone``: it is a paragraph of its own. ``apart``: it stands over a long paragraph as headings do.
    """

    text: str
    page: int
    position: int
    size: float = 0.0
    bold: bool = False
    alone: bool = True
    apart: bool = False


def is_known(text: str) -> bool:
    """Return whether *text* is a heading that papers have: Abstract, Methods, 4. Discussion and so on."""
    return len(text) <= _LONGEST and _KNOWN.fullmatch(text) is not None


def headings_of(lines: Sequence[Line], body: float = 0.0) -> tuple[Section, ...]:
    """Return the headings among *lines*; *body* is the usual size of letters in points, 0 if unknown.

    The level is the depth of its number where it has one, else the rank of its size among the headings.
    """
    heads = _without_front_matter([line for line in lines if _is_heading(line, body)])
    sizes = sorted({_rounded(line.size) for line in heads}, reverse=True)
    found = []
    for line in heads:
        number = _NUMBERED.match(line.text)
        depth = number[1].count(".") + 1 if number else 0
        level = sizes.index(_rounded(line.size)) + 1
        if not line.size:
            level = depth or (1 if is_known(line.text) else 2)
        elif depth > 1:
            level = max(level, depth)
        found.append(Section(line.text.rstrip(" :"), min(level, _DEEPEST), line.page, line.position))
    return tuple(found)


def _without_front_matter(heads: list[Line]) -> list[Line]:
    """Return *heads* without what stands large before the first heading of the text: only the title stays."""
    starts = (at for at, line in enumerate(heads) if is_known(line.text) or _ORDERED.match(line.text))
    front = heads[: next(starts, 0)]
    if not front or not front[0].size or front[-1].page > front[0].page:
        return heads
    title = max(front, key=lambda line: line.size)
    return [title, *heads[len(front) :]]


def _rounded(size: float) -> float:
    return round(2 * size) / 2


def _is_heading(line: Line, body: float) -> bool:
    text = line.text
    if len(text) > _LONGEST or not _LETTER.search(text):
        return False
    if is_known(text):
        return True
    if not line.alone or len(text.split()) > _MOST_WORDS or _CLOSES.search(text) or _CAPTION.match(text):
        return False
    number = _NUMBERED.match(text)
    first = text[number.end() if number else 0]
    if not (first.isupper() or (number and line.bold)):
        return False
    if line.size:
        return (
            line.size >= _LARGER * body
            or (line.bold and line.size >= _SMALLEST * body)
            or _is_shouted(text, number)
        )
    return number is not None or line.apart


def _is_shouted(text: str, number: re.Match[str] | None) -> bool:
    return number is not None and text.isupper()
