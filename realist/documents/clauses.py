"""Where the clauses of a sentence begin and end: at commas, dashes, brackets, before joining words."""

from __future__ import annotations

import regex

from realist.documents.sentences import sentences
from realist.documents.spans import words
from realist.documents.values import Span

_JOINING = (
    "and|but|or|because|so|so that|although|though|while|whereas|when|whenever|where|if|unless|until|since|"
    "which|who|whose|by|through|thereby|resulting in|leading to|led to|leads to"
)
_BREAK = regex.compile(
    rf"""(?:[,;:]["'’”]*(?=\s)
    |\s(?:[–—]|--?)(?=\s)|(?<=\w)—(?=\w)
    |(?<=[\s(])(?=\()|\((?=\S)|\)(?=[\s,;:.]|\Z)
    |\s(?=(?:{_JOINING})\s))""",
    regex.VERBOSE | regex.IGNORECASE,
)
_EDGES = " \t\r\n,;:–—-()[]"
_FEWEST = 2


def clauses(text: str, within: Span | None = None) -> list[Span]:
    """Return the clauses of a text, or of a part of it, without the marks and white space around them.

    Guessed by punctuation, in any language, and by a list of English joining words. Of fewer than two words
    none stands alone: it goes with the one before it, or the one after it.
    """
    found: list[Span] = []
    for sentence in sentences(text, within):
        ends = [stop.end() for stop in _BREAK.finditer(text, sentence.start, sentence.end)]
        pieces: list[Span] = []
        start = sentence.start
        for end in [*ends, sentence.end]:
            if pieces and min(_words(text, pieces[-1]), _words(text, Span(start, end))) < _FEWEST:
                pieces[-1] = Span(pieces[-1].start, end)
            else:
                pieces.append(Span(start, end))
            start = end
        found += [span for piece in pieces if (span := _bare(text, piece)).end > span.start]
    return found


def _words(text: str, span: Span) -> int:
    return len(words(text, span))


def _bare(text: str, span: Span) -> Span:
    """Return *span* without the marks at its ends; a bracket that is closed within it stays."""
    start, end = span
    while start < end and text[start] in _EDGES and not (text[start] == "(" and ")" in text[start:end]):
        start += 1
    while end > start and text[end - 1] in _EDGES and not (text[end - 1] == ")" and "(" in text[start:end]):
        end -= 1
    return Span(start, end)
