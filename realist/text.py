"""Every rule about text that is untrusted or compared.

Strings from files are hostile: they may hold terminal escapes, bidirectional overrides, markup, formulas.
:func:`plain` makes them safe to store and show; :func:`fold` makes them comparable; :func:`cell` makes
them safe in a spreadsheet.
"""

from __future__ import annotations

import re
import unicodedata

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_BLANKS = re.compile(r"[ \t]+")
_WORD = re.compile(r"\w+")


def plain(text: str) -> str:
    """Return *text* without control characters, bidirectional overrides and lone surrogates.

    Line feeds and tabs stay; other line breaks become line feeds.
    """
    return _CONTROLS.sub("", _BREAKS.sub("\n", text))


def line(text: str) -> str:
    """Return *text* made plain, on one line, with single spaces and no space at its ends."""
    return _SPACES.sub(" ", plain(text)).strip()


def paragraphs(text: str) -> str:
    """Return *text* made plain, its paragraph breaks kept, other white space collapsed."""
    lines = (_BLANKS.sub(" ", part).strip() for part in plain(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def fold(text: str) -> str:
    """Return the form of *text* by which names are compared and sorted.

    Compatibility decomposition, no marks, case folded, every run of other characters one space.
    ``fold("Löwstedt, J.")`` is ``"lowstedt j"``.
    """
    if text.isascii():
        return " ".join(_WORD.findall(text.lower().replace("_", " ")))
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(_WORD.findall(bare.replace("_", " ")))


def shorten(text: str, width: int) -> str:
    """Return *text* on one line of at most *width* characters, with an ellipsis where it was cut."""
    one = line(text)
    return one if len(one) <= width else one[: max(width - 1, 0)].rstrip() + "…"


def cell(text: str) -> str:
    """Return *text* so that a spreadsheet shows it and never runs it as a formula.

    Text that starts with ``= + - @``, a tab, a line break or a full-width form of these gets an
    apostrophe before it (OWASP, CSV injection).
    """
    return "'" + text if text[:1] in _FORMULA_STARTS else text


_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")


_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_LONGEST_WORD = 200


def index_words(text: str) -> list[str]:
    """Return the words of *text* as the full-text index sees them, in order.

    Folded; a run of a script that is written without spaces becomes its overlapping pairs of characters.
    """
    words = []
    for word in fold(text).split():
        if word.isascii() or not _UNSPACED.search(word):
            words.append(word[:_LONGEST_WORD])
            continue
        start = 0
        for run in _UNSPACED.finditer(word):
            if before := word[start : run.start()]:
                words.append(before[:_LONGEST_WORD])
            found = run.group()
            words.extend([found[i : i + 2] for i in range(len(found) - 1)] or [found])
            start = run.end()
        if after := word[start:]:
            words.append(after[:_LONGEST_WORD])
    return words


def cell_width(text: str) -> int:
    """Return how many columns a text fills; wide East Asian characters fill two, marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Return *text* cut or filled with spaces to exactly *columns* columns."""
    while cell_width(text) > columns:
        keep = text[: max(len(text) - max(cell_width(text) - columns, 1) - 1, 0)]
        text = keep.rstrip() + "…" if columns > 0 and keep else "…"[:columns]
    space = " " * (columns - cell_width(text))
    return space + text if right else text + space
