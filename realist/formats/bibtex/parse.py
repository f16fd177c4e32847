"""What stands in a BibTeX file, in order: records, definitions of strings, comments, and what is none.

bibtexparser judges each stretch that is not written plainly. What it refuses is mended where that is certain
(:mod:`realist.formats.bibtex.mend`) and judged again; no character outside of what it read is left out.
"""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from realist.formats.bibtex.mend import HIDDEN, hide_start, mendings, open_braces, shown
from realist.formats.bibtex.split import NO_RECORDS, START, Entry, plain_entry, stretches
from realist.formats.bibtex.values import is_enclosed, split_fields
from realist.formats.lines import count_lines

_LONGEST_JOIN = 8
_LONGEST_MENDED = 1_000_000
_MOST_STARTS = 100
_ANY_START = re.compile(r"@\w*+[ \t]*+[{(]")
_FIELD = re.compile(r"[\w-]\s{0,20}=\s{0,20}\{|^\s{0,40}[\w-]{1,60}\s{0,20}=\s{0,20}\"", re.MULTILINE)

Show: TypeAlias = Callable[[str], str]


class Definition(NamedTuple):
    """A string that the file defines, and the text that defines it."""

    line: int
    name: str
    expression: str
    text: str


class Comment(NamedTuple):
    """What says of itself that it is no record: ``@comment``, ``@preamble``, lines after ``%``."""

    line: int
    text: str


class Loose(NamedTuple):
    """Text between records."""

    line: int
    text: str


class Refused(NamedTuple):
    """A record that cannot be read. ``open`` counts the braces that it does not close."""

    line: int
    text: str
    open: int


Part: TypeAlias = Entry | Definition | Comment | Loose | Refused


class _Span(NamedTuple):
    start: int
    end: int
    part: Entry | Definition | Comment


def parse(blocks: Iterable[str]) -> Iterator[Part]:
    """Yield what stands in a file, given in blocks of its lines, in file order."""
    return _Parser(stretches(blocks)).run()


@lru_cache(maxsize=1)
def _splitter() -> Callable[[str], Any]:
    from bibtexparser.splitter import Splitter

    # It prints what it refuses; here that is a remark on the file.
    logging.getLogger("bibtexparser.splitter").disabled = True
    return Splitter


class _Parser:
    def __init__(self, stretches: Iterator[tuple[int, str]]) -> None:
        self._stretches = stretches
        self._ahead: deque[tuple[int, str]] = deque()

    def run(self) -> Iterator[Part]:
        while (stretch := self._next()) is not None:
            line, text = stretch
            found = plain_entry(line, text)
            if found is None:
                yield from self._irregular(line, text)
                continue
            entry, end = found
            rest = text[end:]
            if rest.isspace() or not rest:
                yield entry
            elif "@" in rest or not _is_idle(rest):
                yield from self._irregular(line, text)
            else:
                yield entry
                yield from outside(line + count_lines(text[:end]), rest)

    def _next(self) -> tuple[int, str] | None:
        return self._ahead.popleft() if self._ahead else next(self._stretches, None)

    def _irregular(self, line: int, text: str) -> Iterator[Part]:
        spans = judge(line, text)
        kind = _kind(text)
        if not kind or _covers(spans, text):
            yield from _with_outside(line, text, spans)
        elif kind.startswith(NO_RECORDS):
            yield from self._no_record(line, text, kind, spans)
        elif (mended := self._mended(line, text)) is not None:
            yield from mended
        elif spans and text[: spans[0].start].replace("\ufeff", "").isspace():
            yield from _with_outside(line, text, spans)
        else:
            yield Refused(line, text[1:].rstrip(), open_braces(text))

    def _no_record(self, line: int, text: str, kind: str, spans: list[_Span]) -> Iterator[Part]:
        if spans:
            yield from _with_outside(line, text, spans)
        elif kind.startswith("string"):
            yield Refused(line, text[1:].rstrip(), open_braces(text))
        else:
            yield Comment(line, text[1:].rstrip())

    def _mended(self, line: int, text: str) -> Iterator[Part] | None:
        """Return what a stretch holds when it is joined with those after it, or mended; None if nothing."""
        if len(text) > _LONGEST_MENDED or any(sign in text for sign in HIDDEN):
            return None
        if text.count("@") > _MOST_STARTS and len(_ANY_START.findall(text)) > _MOST_STARTS:
            return None
        if (joined := self._joined(line, text)) is not None:
            return joined
        for candidate, remark in mendings(text):
            spans = judge(line, candidate, shown, remark)
            if spans and type(spans[0].part) is Entry and _covers(spans, candidate):
                return _with_outside(line, candidate, spans, shown)
        return None

    def _joined(self, line: int, text: str) -> Iterator[Part] | None:
        """Join a stretch that is open at its end with what follows: its cut was within a value."""
        depth = open_braces(text)
        if depth < 1 or (depth == 1 and text.count('"') % 2 == 0):
            return None
        taken: list[tuple[int, str]] = []
        pieces = [text]
        while len(taken) < _LONGEST_JOIN and (following := self._next()) is not None:
            taken.append(following)
            change = open_braces(following[1])
            if change > 0 or self._stands_alone(following) or any(sign in following[1] for sign in HIDDEN):
                break
            depth += change
            pieces.append(hide_start(following[1]))
            if depth <= 0:
                candidate = "".join(pieces)
                spans = judge(line, candidate, shown)
                if len(spans) == 1 and type(spans[0].part) is Entry and _covers(spans, candidate):
                    return _with_outside(line, candidate, spans, shown)
                break
        self._ahead.extendleft(reversed(taken))
        return None

    def _stands_alone(self, stretch: tuple[int, str]) -> bool:
        line, text = stretch
        return plain_entry(line, text) is not None or _covers(judge(line, text), text)


def _kind(text: str) -> str:
    """Return the type of the record a stretch begins with, in lower case, ``""`` if it begins with none."""
    found = START.match(text)
    return found[0].rstrip("{( \t").lstrip("\ufeff\n \t\r\f\v").lower()[1:] or "@" if found else ""


def judge(line: int, text: str, show: Show = str, remark: str = "") -> list[_Span]:
    """Return what bibtexparser reads in a stretch, with the places where it stands."""
    spans: list[_Span] = []
    at, counted = 0, 0
    for block in _splitter()(text).split().blocks if "@" in text else ():
        block = getattr(block, "ignore_error_block", None) or block
        kind = type(block).__name__
        if kind in ("ImplicitComment", "ParsingFailedBlock"):
            continue
        raw = block.raw
        start = text.index(raw, at)
        line += count_lines(text[counted:start])
        counted = start
        before = text[text.rfind("\n", at, start) + 1 : start] if "\n" in text[at:start] else text[at:start]
        at = start + len(raw)
        if before.lstrip("\ufeff \t\r").startswith("%"):
            start -= len(before)
            spans.append(_Span(start, at, Comment(line - 1, show(text[start:at]))))
        elif kind == "Entry":
            spans.append(_Span(start, at, _entry(line - 1, block, show, remark)))
        elif kind == "String":
            definition = Definition(line - 1, show(block.key), show(block.value), show(raw))
            spans.append(_Span(start, at, definition))
        else:
            spans.append(_Span(start, at, Comment(line - 1, show(raw))))
    return spans


def _entry(line: int, block: Any, show: Show, remark: str) -> Entry:
    kind = block.raw[1:].replace("(", "{", 1).partition("{")[0].strip()
    pairs = [("@type", kind)]
    if block.key:
        pairs.append(("@key", show(block.key)))
    expressions: list[int] = []
    for field in block.fields:
        fields = [(field.key, field.value)]
        if not is_enclosed(field.value):
            fields = split_fields(field.key, field.value)
        for name, value in fields:
            *comments, name = name.split("\n")
            pairs += [("%", show(comment.strip())) for comment in comments if comment.strip()]
            if is_enclosed(value):
                value = value[1:-1]
            elif not value.isdecimal():
                expressions.append(len(pairs))
            pairs.append((show(name.strip()), show(value)))
        if len(fields) > 1:
            remark = remark or "a comma between two fields is missing"
    return Entry(line, pairs, tuple(expressions), remark)


def _covers(spans: list[_Span], text: str) -> bool:
    """Whether nothing in *text* that could be part of a record stands outside of *spans*."""
    at = 0
    for span in spans:
        if not _is_idle(text[at : span.start]):
            return False
        at = span.end
    return bool(spans) and _is_idle(text[at:])


def _is_idle(text: str) -> bool:
    """Whether a text between records can be no part of one: it gives no field and closes no brace."""
    if not text or text.isspace():
        return True
    lines = (line for line in text.split("\n") if not line.lstrip("\ufeff \t\r").startswith("%"))
    rest = "\n".join(lines)
    return open_braces(rest) == 0 and not looks_like_fields(rest)


def looks_like_fields(text: str) -> bool:
    """Return whether a text gives a value to something, as fields of records do."""
    return _FIELD.search(text) is not None


def _with_outside(line: int, text: str, spans: list[_Span], show: Show = str) -> Iterator[Part]:
    at = 0
    for span in spans:
        yield from outside(line, text[at : span.start], show)
        yield span.part
        line += count_lines(text[at : span.end])
        at = span.end
    yield from outside(line, text[at:], show)


def outside(line: int, text: str, show: Show = str) -> Iterator[Comment | Loose]:
    """Yield a text between records by paragraphs, comments apart. *line* is that of the first LF in it."""
    if not text or text.isspace():
        return
    number = line - 1
    held: list[str] = []
    first, was_comment = number, False
    for row in text.split("\n"):
        is_comment = row.lstrip("\ufeff \t\r").startswith("%")
        blank = not row or row.isspace()
        if held and (blank or is_comment != was_comment):
            yield (Comment if was_comment else Loose)(first, show("\n".join(held)))
            held.clear()
        if not blank:
            if not held:
                first, was_comment = number, is_comment
            held.append(row)
        number += 1 + row.count("\r")
    if held:
        yield (Comment if was_comment else Loose)(first, show("\n".join(held)))
