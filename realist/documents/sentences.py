"""Where the sentences of a text begin and end; abbreviations and initials do not end them."""

from __future__ import annotations

from itertools import accumulate

import regex

from realist.documents.assembly import CELLS
from realist.documents.values import Span

_ABBREVIATIONS = (
    "al app approx art assoc ca cf ch chap col dept diss dr ed edn eds eq esp est etal fig figs ff fn gen "
    "gov hon ibid inc jr lit ltd misc mr mrs ms mt no nos nr obs op p par para pp pers prof pt publ ref refs "
    "resp rev sec sect ser sgt sr st suppl tab tel trans univ unpubl viz vol vols vs wt bzw ca evtl ggf vgl"
)
_ABBREVIATED = frozenset(_ABBREVIATIONS.split())
_DOTTED = regex.compile(r"(?:\p{L}\.){1,4}\p{L}")
_STOP = regex.compile(
    r"""(?:[.!?…]+[\p{Pf}\p{Pe}"'’”]*(?:\[\d[\d,;\s–-]{0,40}\]|(?<=[\p{L}\p{Pe}\p{Pf}"'’”][.!?…])\d{1,3}(?:[,–-]\d{1,3}){0,9})?
        (?=\s)
    |[。！？｡][\p{Pf}\p{Pe}"'’”」』）]*)""",
    regex.VERBOSE,
)
_WORD_BEFORE = regex.compile(r"[\p{L}\p{M}.]+\Z")
_OPENS = regex.compile(r"""\s+[\p{Ps}\p{Pi}"'‘“*•–—-]*\s*[\p{Lu}\p{Lt}\p{Lo}\p{N}]""")
_OPENS_NUMBER = regex.compile(r"\s+\p{N}")
_OPENS_LETTER = regex.compile(r"\s+\p{L}\.")
_LONGEST_WORD = 40
_LONGEST_LINE = 160
_PARAGRAPH = regex.compile(r"\n[ \t]*\n\s*")


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a text, without the white space around them.

    Blank lines part them; so do line ends among lines too long to be printed ones, and in tables.
    """
    found, start = [], 0
    for gap in _PARAGRAPH.finditer(text):
        found.append(Span(start, gap.start()))
        start = gap.end()
    found.append(Span(start, len(text)))
    lines = [line for block in found for line in _lines(text, block)]
    return [span for raw in lines if (span := stripped(text, raw)).end > span.start]


def _lines(text: str, block: Span) -> list[Span]:
    """Return the lines of a block where each is a paragraph or the row of a table, else the block."""
    shown = text[block.start : block.end]
    if "\n" not in shown:
        return [block]
    lines = shown.split("\n")
    if max(map(len, lines)) <= _LONGEST_LINE and not any(CELLS in line.strip() for line in lines):
        return [block]
    ends = accumulate(len(line) + 1 for line in lines)
    return [
        Span(block.start + end - len(line) - 1, block.start + end - 1)
        for line, end in zip(lines, ends, strict=True)
    ]


def sentences(text: str, within: Span | None = None) -> list[Span]:
    """Return the sentences of a text, or of a part of it, without the white space around them."""
    found = []
    for paragraph in [within] if within else paragraphs(text):
        start = paragraph.start
        for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
            if _ends_sentence(text, stop.start(), stop.end(), paragraph.end):
                found.append(Span(start, stop.end()))
                start = stop.end()
        found.append(Span(start, paragraph.end))
    return [span for raw in found if (span := stripped(text, raw)).end > span.start]


def stripped(text: str, span: Span) -> Span:
    """Return *span* without the white space at its ends."""
    part = text[span.start : span.end]
    start = span.start + len(part) - len(part.lstrip())
    return Span(start, max(start, span.start + len(part.rstrip())))


def _ends_sentence(text: str, stop: int, end: int, last: int) -> bool:
    """Whether the point at *stop*, which with what belongs to it goes up to *end*, ends a sentence."""
    if text[stop] in "。！？｡" or not text[end:last].strip():
        return True
    if not _OPENS.match(text, end, last):
        return False
    if text[stop] != "." or end - stop > 1:
        # An ellipsis, a question, a quotation mark or a reference follows no abbreviation.
        return text[stop : stop + 2] != ".." or end - stop < 2 or text[stop - 1 : stop].isalnum()
    word = _WORD_BEFORE.search(text, max(stop - _LONGEST_WORD, 0), stop)
    if word is None:
        return not (text[max(stop - 1, 0)].isdigit() and _begins_line(text, stop))
    shown = word[0].strip(".")
    if len(shown) == 1:
        # Initials and the like ("z. B."); but a small letter may end a sentence.
        return not shown.isupper() and not _OPENS_LETTER.match(text, end, last)
    if _DOTTED.fullmatch(shown):
        return False
    if shown.lower() not in _ABBREVIATED:
        return True
    return (
        shown.lower() in ("no", "st", "art") and not _OPENS_NUMBER.match(text, end, last) and shown.islower()
    )


def _begins_line(text: str, stop: int) -> bool:
    """Whether before *stop* a line has only a number: that of an item in a list."""
    start = text.rfind("\n", 0, stop) + 1
    return text[start:stop].strip().isdigit()
