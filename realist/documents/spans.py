"""What stands at a position of a text — word, sentence, paragraph — and the next larger and smaller stretch.

For selecting by keyboard: a selection grows from a word to its sentence, its paragraph and the whole text,
and shrinks back. All functions are pure; positions count characters from 0.
"""

from __future__ import annotations

from bisect import bisect_right

import regex

from realist.documents.sentences import paragraphs, sentences, stripped
from realist.documents.values import Span

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}_]+(?:['’.·-][\p{L}\p{M}\p{N}_]+)*")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


def words(text: str, within: Span | None = None) -> list[Span]:
    """Return the words of a text or a part of it; hyphens, points and apostrophes within a word belong to it.

    In scripts that are written without spaces each character is a word.
    """
    start, end = within or Span(0, len(text))
    found: list[Span] = []
    for word in _WORD.finditer(text, start, end):
        if _UNSPACED.search(word[0]):
            found += _parted(word.start(), word[0])
        else:
            found.append(Span(*word.span()))
    return found


def word_at(text: str, position: int) -> Span:
    """Return the word at a position, or the next one after it, or else the last; empty if there is none."""
    paragraph = paragraph_at(text, position)
    return _at(words(text, paragraph), position, text)


def sentence_at(text: str, position: int) -> Span:
    """Return the sentence at a position, or the next one after it, or else the last one before it."""
    return _at(sentences(text, paragraph_at(text, position)), position, text)


def paragraph_at(text: str, position: int) -> Span:
    """Return the paragraph at a position, or the next one after it, or else the last one before it."""
    return _at(paragraphs(text), position, text)


def grow(text: str, selected: Span) -> Span:
    """Return the next larger stretch that holds *selected*: words, sentences, paragraphs, the whole text.

    A selection over several of them grows to the ends of the first and the last. The whole text stays.
    """
    last = max(selected.end - 1, selected.start)
    for at in (word_at, sentence_at, paragraph_at):
        larger = Span(
            min(at(text, selected.start).start, selected.start), max(at(text, last).end, selected.end)
        )
        if larger != selected and larger.end > larger.start:
            return larger
    whole = stripped(text, Span(0, len(text)))
    return Span(min(whole.start, selected.start), max(whole.end, selected.end))


def shrink(text: str, selected: Span) -> Span:
    """Return the largest stretch that begins in *selected* and is smaller: paragraph, sentence, word.

    A selection of less than two words stays.
    """
    for at in (paragraph_at, sentence_at, word_at):
        smaller = at(text, selected.start)
        inside = selected.start <= smaller.start and smaller.end <= selected.end
        if inside and smaller != selected and smaller.end > smaller.start:
            return smaller
    return selected


def _parted(start: int, run: str) -> list[Span]:
    """Return the words in a run that holds characters of a script without spaces; marks stay with theirs."""
    found: list[Span] = []
    for part in regex.finditer(r"\X", run):
        alone = _UNSPACED.match(part[0]) is not None
        if (
            found
            and not alone
            and found[-1].end == start + part.start()
            and not _UNSPACED.match(run, found[-1].start - start)
        ):
            found[-1] = Span(found[-1].start, start + part.end())
        else:
            found.append(Span(start + part.start(), start + part.end()))
    return found


def _at(spans: list[Span], position: int, text: str) -> Span:
    if not spans:
        return Span(min(max(position, 0), len(text)), min(max(position, 0), len(text)))
    place = bisect_right(spans, position, key=lambda span: span.start) - 1
    if place >= 0 and position < spans[place].end:
        return spans[place]
    return spans[min(place + 1, len(spans) - 1)]
