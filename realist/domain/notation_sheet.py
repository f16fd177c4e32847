"""What is written down while a text in the CMO notation is read: parts, and problems with their places."""

from __future__ import annotations

import re

from realist.domain.notation_parts import NotationProblem, Part, ProblemKind, one_line
from realist.domain.notation_tags import Tag
from realist.domain.notation_tokens import tokens
from realist.domain.notation_words import IF
from realist.text import shorten
from realist.vocabulary import ElementKind

_EXCERPT = 60
_NO_TAG = "No tag such as (C), (M+, Resource) or (O–) says what kind of element this is, so it is unsure."
_COMMA_THEN = re.compile(r",\s*+[Tt][Hh][Ee][Nn](?=\s)")
_THEN = re.compile(r"(?<=\s)[Tt][Hh][Ee][Nn](?=\s)")
_BECAUSE = re.compile(r"(?<=[\s,])[Bb][Ee][Cc][Aa][Uu][Ss][Ee](?=\s)")


class Sheet:
    """The parts and problems of one text so far.

    ``fresh`` means that the next part opens a segment; ``join`` is what stands before the next part. Only
    a text with ``colons`` can have prefixes.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[Part] = []
        self.problems: list[NotationProblem] = []
        self.fresh = True
        self.join = ""
        self.colons = ":" in text

    def open_segment(self) -> None:
        """Let the next part open a segment."""
        self.fresh, self.join = True, ""

    def add(self, wording: str, made: Tag, start: int, end: int) -> None:
        """Add a part whose tag stands from *start* to *end*, with the problem the tag has."""
        segment = self.parts[-1].segment if self.parts else 0
        kind = made.kind or ElementKind.UNSURE
        join = self.join
        if self.fresh and (self.parts or join != "if"):
            join = ""
        self.parts.append(
            Part(
                kind,
                wording,
                made.valence,
                made.label,
                made.activation,
                made.basis,
                segment + self.fresh,
                join,
            )
        )
        self.fresh, self.join = False, ","
        if made.remark is not None:
            self.problem(made.remark.kind, start, end, made.remark.message, made.remark.suggestion)

    def problem(self, kind: ProblemKind, start: int, end: int, message: str, suggestion: str = "") -> None:
        """Note what could not be read from *start* to *end*, white space at its ends left out."""
        found = self.text[start:end]
        start, length = start + len(found) - len(found.lstrip()), len(found.strip())
        excerpt = self.text[start : start + min(length, 2 * _EXCERPT)]
        if length > _EXCERPT or not excerpt.isprintable():
            excerpt = shorten(excerpt, _EXCERPT)
        self.problems.append(NotationProblem(kind, start, length, excerpt, message, suggestion))

    def without_tags(self) -> None:
        """Say once, not of every part, that the text has no tags."""
        self.problems = [each for each in self.problems if each.kind is not ProblemKind.UNTAGGED]
        if any(part.kind is ElementKind.UNSURE for part in self.parts):
            self.problem(ProblemKind.NO_TAG, 0, len(self.text), _NO_TAG)


def if_then(sheet: Sheet) -> bool:
    """Read "If … then … because …" without tags, if *sheet* has one; return whether it has."""
    text = sheet.text
    leading = IF.match(text)
    then = (_COMMA_THEN.search(text) or _THEN.search(text)) if leading is not None else None
    if leading is None or then is None:
        return False
    because = _BECAUSE.search(text, then.end())
    spans = [
        ("if", ElementKind.CONTEXT, leading.end(), then.start()),
        ("then", ElementKind.OUTCOME, then.end(), because.start() if because else len(text)),
    ]
    if because is not None:
        spans.append(("because", ElementKind.MECHANISM, because.end(), len(text)))
    for join, kind, start, end in spans:
        wording = unescaped(text[start:end])
        wording = wording.removesuffix("." if end == len(text) else ",").rstrip()
        sheet.join = join
        sheet.add(wording, Tag(kind), start, end)
        if not wording:
            message = f"There is no wording after “{join}”."
            sheet.problem(ProblemKind.EMPTY, max(start - len(join), 0), start, message)
    return True


def unescaped(raw: str) -> str:
    """Return *raw* as wording: on one line, backslashes resolved."""
    return one_line("".join(token.value for token in tokens(raw)) if "\\" in raw else raw)
