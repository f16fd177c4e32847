"""Every rule about text that is untrusted or compared.

Strings from files are hostile: they may hold terminal escapes, bidirectional overrides, markup, formulas.
:func:`plain` makes them safe to store and show; :func:`fold` makes them comparable; :func:`cell` makes
them safe in a spreadsheet.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_BLANKS = re.compile(r"[ \t]+")
_SELECTORS = re.compile("[\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_ABOVE_ASCII = re.compile("[\u0080-\U0010ffff]+")
_ASCII_WORDS = {n: " " for n in range(128) if not chr(n).isalnum()}
_ASCII_BYTES = bytes(ord(chr(n).lower()) if n < 128 and chr(n).isalnum() else 32 for n in range(256))


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
    if not text.isascii():
        text = _ABOVE_ASCII.sub(lambda run: _bare(run.group()), text)
        if not text.isascii():
            return " ".join(text.lower().translate(_ASCII_WORDS).split())
    # Bytes are translated, split and joined faster than characters, and whole libraries are folded.
    return b" ".join(text.encode("ascii").translate(_ASCII_BYTES).split()).decode("ascii")


@lru_cache(maxsize=4096)  # the same few dashes, quotes and accented letters make up most of any text
def _bare(run: str) -> str:
    decomposed = unicodedata.normalize("NFKD", run).casefold()
    return "".join(
        c if _is_letter(c) else "" if unicodedata.category(c)[0] == "M" else " " for c in decomposed
    )


def _is_letter(c: str) -> bool:
    """Whether a character tells words apart: marks that write a vowel or voice do, accents do not."""
    if c.isalnum():
        return True
    vowel = unicodedata.category(c) in ("Mc", "Mn") and unicodedata.combining(c) in (0, 8, 9)
    return vowel and not _SELECTORS.fullmatch(c)


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


def index_text(text: str) -> str:
    """Return *text* as the full-text index keeps it: folded words with single spaces.

    A run of a script that is written without spaces becomes its overlapping pairs of characters.
    """
    folded = fold(text)
    if folded.isascii():
        return folded
    return " ".join(_UNSPACED.sub(_pairs, folded).split())


def _pairs(run: re.Match[str]) -> str:
    found = run.group()
    pairs = [found[i : i + 2] for i in range(len(found) - 1)] or [found]
    return f" {' '.join(pairs)} "


def cell_width(text: str) -> int:
    """Return how many columns a text fills; wide East Asian characters fill two, marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(c) in _WIDTHLESS and c != "\xad"
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


_WIDTHLESS = ("Mn", "Me", "Cf")
_PIECES = re.compile(r"(\s*)(\S+)")


def wrap(text: str, columns: int, *, first: str = "", rest: str = "") -> list[str]:
    """Return *text* in lines that fill at most *columns* columns, *first* and *rest* before them.

    Lines break at spaces, and within a word only where it is wider than a line.
    """
    lines: list[str] = []
    held, bare = first, True
    for gap, word in _PIECES.findall(plain(text)):
        if not bare and cell_width(held) + len(gap) + cell_width(word) > columns:
            lines.append(held)
            held, bare = rest, True
        while bare and (cut := max(_fitting(word, columns - cell_width(held)), 1)) < len(word):
            lines.append(held + word[:cut])
            held, word = rest, word[cut:]
        held, bare = held + " " * (0 if bare else len(gap)) + word, False
    return lines if bare else [*lines, held]


def _fitting(text: str, columns: int) -> int:
    """Return how many characters of *text* fit into *columns* columns."""
    used = 0
    for place, character in enumerate(text):
        used += cell_width(character)
        if used > columns:
            return place
    return len(text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Return *text* cut or filled with spaces to exactly *columns* columns."""
    if text.isascii():  # each character fills one column
        if len(text) > columns:
            text = text[: max(columns - 1, 0)].rstrip() + "…"[:columns]
        width = len(text)
    else:
        if cell_width(text) > columns:
            text = text[: _fitting(text, columns - 1)].rstrip() + "…"[:columns]
        width = cell_width(text)
    space = " " * (columns - width)
    return space + text if right else text + space
