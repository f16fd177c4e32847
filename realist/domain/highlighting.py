"""A team's highlight terms: where they stand in a text, in the colours of their sets.

A *plain* term is whole words, found whatever their case and accents, with any white space between them; a
*prefix* (``integrat*``) is the beginning of a word; a *regex* is a pattern as somebody typed it, in the
syntax of Python's ``re``, read to the letter (``(?i)`` at its start makes case not count).

No pattern stalls a screen. Patterns run in the ``regex`` engine, which looks at the clock every 256 steps and
stops; what would blow up before that, when the engine copies what is repeated, is refused when it is added.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from realist.errors import Refused
from realist.text import fold, line, plain, shorten
from realist.vocabulary import TermKind, TermSet

if TYPE_CHECKING:
    from regex import Pattern

LONGEST = 200
"""How many characters a term may have."""
TERM_SECONDS = 0.01
"""How long one regex may look through one text before it is given up there."""
TEXT_SECONDS = 0.03
"""How long all regexes together may look through one text; later ones have a millisecond each."""
MOST_STEPS = 2000
"""How large a pattern may be when what it repeats is written out: ``(ab){50}`` is 102."""
DEEPEST = 20
"""How deep the brackets of a pattern may be nested."""


@dataclass(frozen=True, slots=True)
class Term:
    """What somebody looks for; made by :func:`read_term`. A prefix stands without its ``*``."""

    text: str
    kind: TermKind
    set: TermSet


class Span(NamedTuple):
    """Characters *start* up to, not including, *end* of a text, for the term with that place in the list."""

    start: int
    end: int
    set: TermSet
    term: int


@dataclass(frozen=True, slots=True)
class Marked:
    """The spans of a text in order, none over another, and the places of regexes given up on this text."""

    spans: tuple[Span, ...] = ()
    given_up: tuple[int, ...] = ()


def read_term(text: str, kind: TermKind, term_set: TermSet) -> Term:
    """Return the term that a person typed, ready for :class:`Highlighter`.

    Raise Refused, with one sentence that says what is wrong, where and what to do, for a term without
    anything to look for, one longer than LONGEST, a ``*`` that is not at the end of a prefix, and a pattern
    that cannot be read or would be too large. What a pattern is made of is kept to the letter.
    """
    typed = plain(text) if kind is TermKind.REGEX else line(text)
    if len(typed) > LONGEST:
        raise Refused(f"A term has at most {LONGEST} characters; “{shorten(typed, 30)}” has {len(typed)}.")
    if kind is TermKind.PREFIX:
        typed = typed.removesuffix("*")
    if not typed.strip() or (kind is not TermKind.REGEX and not _folded(typed).text.strip()):
        raise Refused("There is nothing to look for: type a word, the beginning of a word, or a pattern.")
    if kind is TermKind.PREFIX and ("*" in typed or not _is_word(_folded(typed).text[-1])):
        raise Refused(f"“{shorten(text, 30)}” is no beginning of a word: write it with one * at its end.")
    if kind is TermKind.REGEX:
        _compiled(typed)
    return Term(typed, kind, term_set)


class Highlighter:
    """The terms of a team, made ready once and then laid on any number of texts; nothing in it changes.

    ``problems`` names the terms that cannot be used, by place, with a sentence each: terms are read when
    they are added, but a stored one may come from elsewhere. They are left out.
    """

    __slots__ = ("_needles", "_patterns", "_terms", "problems")

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = tuple(terms)
        self._needles: list[tuple[int, str, bool]] = []
        self._patterns: list[tuple[int, Pattern[str]]] = []
        problems: list[tuple[int, str]] = []
        for place, term in enumerate(self._terms):
            try:
                read = read_term(term.text, term.kind, term.set)
                if read.kind is TermKind.REGEX:
                    self._patterns.append((place, _compiled(read.text)))
                else:
                    self._needles.append((place, _folded(read.text).text, read.kind is TermKind.PREFIX))
            except Refused as refused:
                problems.append((place, str(refused)))
        self.problems = tuple(problems)

    def mark(self, text: str) -> Marked:
        """Return where the terms stand in *text*, counted in its characters.

        A prefix takes the whole word. Where terms overlap the longest wins, then the earlier set, then the
        one that begins earlier, then the earlier term. A match of no characters is none. A regex that takes
        longer than TERM_SECONDS is given up for this text, and all that it found there is left out.
        """
        found = list(self._words(text)) if self._needles else []
        matches, given_up = self._matches(text) if self._patterns else ([], [])
        return Marked(_resolved(found + matches, len(text)), tuple(given_up))

    def _words(self, text: str) -> Iterator[Span]:
        folded = _folded(text)
        for place, needle, is_prefix in self._needles:
            at = folded.text.find(needle)
            while at >= 0:
                end = at + len(needle)
                if _parted(folded.text, at) and (is_prefix or _parted(folded.text, end)):
                    end = _end_of_word(folded.text, end) if is_prefix else end
                    start = folded.origin(at)
                    yield Span(start, max(folded.origin(end), start + 1), self._terms[place].set, place)
                    at = folded.text.find(needle, end)
                else:
                    at = folded.text.find(needle, at + 1)

    def _matches(self, text: str) -> tuple[list[Span], list[int]]:
        spans: list[Span] = []
        given_up: list[int] = []
        ends = perf_counter() + TEXT_SECONDS
        for place, pattern in self._patterns:
            seconds = max(min(TERM_SECONDS, ends - perf_counter()), 0.001)
            term_set = self._terms[place].set
            try:
                # Not concurrent: else each look at the clock could wait for another thread.
                found = [match.span() for match in pattern.finditer(text, concurrent=False, timeout=seconds)]
                spans += [Span(start, end, term_set, place) for start, end in found if end > start]
            except (TimeoutError, MemoryError):
                given_up.append(place)
        return spans, given_up


_ORDER = {term_set: place for place, term_set in enumerate(TermSet)}


def _resolved(found: list[Span], length: int) -> tuple[Span, ...]:
    """Return the spans that win, in the order of the text."""
    found.sort(key=lambda span: (span.start - span.end, _ORDER[span.set], span.start, span.term))
    taken = bytearray(length)
    won: list[Span] = []
    for span in found:
        if taken.find(1, span.start, span.end) < 0:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            won.append(span)
    return tuple(sorted(won))


# Words -----------------------------------------------------------------------------------------------------

_ODD = re.compile(r"(?P<space>\s{2,}|[^\S ])|[^\x00-\x7f\s]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of scripts that are written without spaces: a word may begin and end between any two of them."""


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as it is compared, and where its characters stood: those at *places* at *origins*."""

    text: str
    places: list[int]
    origins: list[int]

    def origin(self, place: int) -> int:
        """Return where the character at *place* stood; of the end of a word, where the word ended."""
        near = bisect_right(self.places, place) - 1
        return self.origins[near] + place - self.places[near]


def _folded(text: str) -> _Folded:
    """Return *text* without case, accents and soft hyphens, its spaces single, dashes and quotes plain."""
    pieces: list[str] = []
    places, origins = [0], [0]
    last = length = 0
    for run in _ODD.finditer(text):
        pieces.append(text[last : run.start()].lower())
        length += run.start() - last
        last = run.end()
        alike = [" "] if run["space"] else [_alike(character) for character in run.group()]
        for at, characters in enumerate(alike, run.start()):
            places += range(length, length + len(characters))
            origins += [at] * len(characters)
            pieces.append(characters)
            length += len(characters)
        places.append(length)
        origins.append(last)
    pieces.append(text[last:].lower())
    return _Folded("".join(pieces), places, origins)


@lru_cache(maxsize=4096)
def _alike(character: str) -> str:
    """Return what a character outside ASCII is compared as: letters without accents, dashes and quotes plain.

    Raised figures stay apart (``trust¹`` is *trust* with a footnote), lowered ones do not (``CO₂``).
    """
    category = unicodedata.category(character)
    if category == "Pd" or character == "−":
        return "-"
    if character in "‘’‛ʼ′´":
        return "'"
    if character in "“”„‟″«»":
        return '"'
    if category[0] in "LM" or category in ("Nd", "Nl") or "₀" <= character <= "₉":
        return fold(character)
    return "" if category == "Cf" else character


def _is_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category in ("Nd", "Nl")


def _parted(text: str, at: int) -> bool:
    """Whether a word may begin or end at a place of a folded text: not between two letters of one word."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if not (_is_word(before) and _is_word(after)):
        return True
    return _UNSPACED.match(before) is not None or _UNSPACED.match(after) is not None


def _end_of_word(text: str, at: int) -> int:
    while not _parted(text, at):
        at += 1
    return at


# Patterns --------------------------------------------------------------------------------------------------

_PIECE = re.compile(
    r"""
    (?P<property>\\[pP]\{)
    |(?P<escape>\\N\{[^}]*\}|\\.)
    |(?P<set>\[\^?+\]?+(?:\\.|[^]\\])*\])
    |(?P<unclosed>\[)
    |(?P<comment>\(\?\#)
    |(?P<verbose>\(\?[aiLmsu]*x)
    |(?P<open>\((?:\?(?:<[=!]|[:=!>]))?)
    |(?P<close>\))
    |(?P<repeat>(?:[*+?]|\{(?!\})(?P<least>\d*)(?:,\d*)?\})[?+]?)
    |(?P<brace>\{)
    |.
    """,
    re.VERBOSE | re.DOTALL,
)
_UNSURE_IN_SET = re.compile(r"\\.|(?P<unsure>\[|--|&&|~~|\|\|)", re.DOTALL)
_WRONG = (
    (
        "missing ), unterminated subpattern",
        r"this ( is not closed; write ) at its end, or \( for a bracket",
    ),
    ("unbalanced parenthesis", r"this ) closes nothing; write \) for a bracket of the text"),
    ("nothing to repeat", r"nothing stands before this that could be repeated; write a \ before it"),
    ("multiple repeat", "this repeats a repetition; put what it repeats in ( )"),
    ("bad escape (end of pattern)", r"a \ at the end means nothing; write \\ for the character"),
    ("bad escape", r"a \ before this letter means nothing; leave the \ out"),
    ("unknown extension", r"(? followed by this means nothing; write \( for a bracket"),
    ("bad character range", "the range ends before it begins; turn it round"),
    ("min repeat greater than max repeat", "the most is less than the least; turn them round"),
    (
        "look-behind requires fixed-width",
        "what is looked back for needs one length; leave + * ? out",
    ),
)
"""How ``re`` says what is wrong, and how we do."""


def _compiled(pattern: str) -> Pattern[str]:
    """Return the pattern, compiled; raise Refused for one that cannot be read or would be too large."""
    _weigh(pattern)
    try:
        re.compile(pattern)  # the syntax that is documented, and the place of what is wrong
    except re.error as error:
        said = str(error.msg)
        better = next((ours for theirs, ours in _WRONG if said.startswith(theirs)), said)
        raise _refusal(pattern, error.pos, better) from None
    except (OverflowError, RecursionError):
        raise _refusal(pattern, None, "it repeats too often; use smaller numbers") from None
    import regex

    try:
        return regex.compile(pattern)
    except (regex.error, RuntimeError, ValueError) as error:
        raise _refusal(pattern, getattr(error, "pos", None), str(getattr(error, "msg", error))) from None


def _refusal(pattern: str, at: int | None, what: str) -> Refused:
    where = "" if at is None else f" at character {at + 1}"
    rest = "" if at is None or at >= len(pattern) else f" (“{shorten(pattern[at:], 12)}”)"
    return Refused(f"The pattern “{shorten(pattern, 40)}” cannot be used{where}{rest}: {what}.")


def _weigh(pattern: str) -> None:
    """Raise Refused where *pattern* would be too large when compiled, or is read differently by engines.

    The engine writes out what is repeated as often as it has to be there and once more, in brackets within
    brackets (build_REPEAT of its source), so that ``((((a+)+)+)+)+`` doubles with each; what is written out
    is counted here before the engine sees it. Of what is no pattern at all it says nothing.
    """
    sums, items = [0], [0]  # of each open bracket: what stands before its last item, and that item
    for piece in _PIECE.finditer(pattern):
        kind, at = piece.lastgroup, piece.start()
        if kind == "repeat":
            items[-1] *= _copies(piece)
        elif kind == "close" and len(sums) > 1:
            items[-1] = sums.pop() + items.pop() + 2
        else:
            _look(pattern, piece)
            sums[-1] += items[-1]
            items[-1] = len(piece.group()) if kind == "set" else 1
            if kind == "open":
                items[-1] = 0
                sums.append(0)
                items.append(0)
        if len(sums) > DEEPEST + 1:
            raise _refusal(pattern, at, f"brackets may be nested {DEEPEST} deep")
        if sum(sums) + sum(items) > MOST_STEPS:
            raise _refusal(pattern, at, "written out, its repetitions are too many; use smaller numbers")


def _copies(piece: re.Match[str]) -> int:
    """How often the engine writes out what stands before a repetition."""
    token = piece["repeat"]
    least = int(piece["least"] or 0) if token[0] == "{" else int(token[0] == "+")
    return least + 1


def _look(pattern: str, piece: re.Match[str]) -> None:
    """Refuse what engines read differently, or what hides a part of the pattern from being counted."""
    at = piece.start()
    if piece["brace"]:
        raise _refusal(pattern, at, r"this { begins no number of repetitions; write \{ for a brace")
    if piece["unclosed"]:
        raise _refusal(pattern, at, r"this [ is not closed; write ] at its end, or \[ for a bracket")
    if piece["property"]:
        raise _refusal(pattern, at, r"this is no Python pattern; write [^\W\d_] for any letter")
    if piece["comment"] or piece["verbose"]:
        raise _refusal(pattern, at, "comments and the flag x have no place in one line; leave them out")
    if piece["set"]:
        inner = re.compile(r"\[\^?\]?").match(pattern, at)
        for found in _UNSURE_IN_SET.finditer(pattern, inner.end() if inner else at, piece.end() - 1):
            if unsure := found["unsure"]:
                better = "".join(f"\\{character}" for character in unsure)
                raise _refusal(pattern, found.start(), f"write {better} for {unsure} within [ ]")
