"""Names in BibTeX files: lists of them, and how each is put family name first."""

from __future__ import annotations

import re

from realist.formats.bibtex.latex import decode
from realist.formats.bibtex.values import is_enclosed, split_outside
from realist.formats.values import listed, one_line

_AND = re.compile(r"(?i) and(?= )")
_AND_OUTSIDE = re.compile(r"\\.|[{}]|(?i: and(?= ))", re.DOTALL)
_COMMA = re.compile(r"\\.|[{},]", re.DOTALL)
_SPACE = re.compile(r"\\.|[{} ~]", re.DOTALL)
_GIVEN_NAMED = re.compile(r"(?:family|given|prefix|suffix)(?:-i)?\s?=")
_INITIALS = re.compile(r"[A-Z][A-Z. -]{0,7}")
_SHORT_INITIALS = re.compile(r"[A-Z]{1,3}")
_NO_PERSON = re.compile(
    r"[^\w\s.,'’‘`ʼ‐\u0300-\u036f-]|[0-9_]|\b(?:of|for|the|The|and|on|in|at|et|und|für)\b"
    r"|\b(?i:universit\w*|organi[sz]ations?|committees?|associations?|institut\w*|collaborati\w*|consorti\w*"
    r"|ministr\w*|departments?|society|networks?|cent(?:er|re)s?|councils?|agency|foundations?|federation"
    r"|commission|academy|bureau|college|company|hospitals?|office|union|groups?|project|team|investigators"
    r"|laborator\w*|government|authority|services?|alliance|programme|initiative|inc|ltd|llc|gmbh|corp)\b"
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_NOBODY = frozenset({"others", "et al", "et al."})


def names(value: str) -> tuple[str, ...]:
    """Return the names in a list joined by "and", family name first; "others" is no name.

    "Ada van Dam" is "van Dam, Ada", as BibTeX understands it. Names with commas, single words and what may
    be no person stay as they are; within braces a name is whole. The name lists of BibLaTeX
    (``family=…, given=…``) become "family, given", those of the Cochrane Library ("A, B, C, D") pairs.
    """
    text = " ".join(value.split())
    pieces = split_outside(f" {text} ", _AND_OUTSIDE) if "{" in text else _AND.split(f" {text} ")
    if len(pieces) == 1 and ";" in text and "{" not in text:
        return listed([decode(text)])
    found: list[str] = []
    for piece in pieces:
        piece = piece.strip(" ,")
        if piece and piece.lower() not in _NOBODY:
            found += _names(piece)
    return tuple(filter(None, found))


def _names(piece: str) -> list[str]:
    """Return the name, or the names of the Cochrane Library, between two "and"."""
    if "=" in piece and _GIVEN_NAMED.match(piece):
        return [_given_named(piece)]
    if "{" in piece and (is_enclosed(piece) or "," not in piece):
        return [one_line(decode(piece)) if is_enclosed(piece) else _family_first(piece)]
    if "," not in piece:
        return [_family_first(piece)]
    if piece.count(",") > 2:
        cells = [cell.strip() for cell in split_outside(piece, _COMMA)]
        if len(cells) % 2 == 0 and all(map(_INITIALS.fullmatch, cells[1::2])):
            pairs = zip(cells[::2], cells[1::2], strict=True)
            return [one_line(decode(f"{last}, {first}")) for last, first in pairs]
    return [one_line(decode(piece))]


def _given_named(piece: str) -> str:
    given: dict[str, str] = {}
    for part in split_outside(piece, _COMMA):
        label, _, text = part.partition("=")
        given.setdefault(label.strip().lower(), text.strip(' "'))
    family = " ".join(filter(None, (given.get("prefix", ""), given.get("family", ""))))
    return one_line(
        decode(", ".join(filter(None, (family, given.get("suffix", ""), given.get("given", "")))))
    )


def _family_first(piece: str) -> str:
    """Return a name without commas, "First von Last", as "von Last, First"."""
    name = one_line(decode(piece))
    if " " not in name or _NO_PERSON.search(name) or name.lower() == name.upper():
        return name
    if "{" in piece or "~" in piece:
        words = [one_line(decode(word)) for word in split_outside(piece, _SPACE)]
        words = list(filter(None, words))
    else:
        words = name.split(" ")
    suffix = words.pop() if len(words) > 2 and words[-1].lower() in _SUFFIXES else ""
    last = len(words) - 1
    if last < 1 or (_SHORT_INITIALS.fullmatch(words[last]) and not name.isupper()):
        return name
    small = [at for at in range(last) if words[at][:1].islower()]
    family = small[0] if small else last
    if family == 0:
        return name
    return ", ".join(filter(None, (" ".join(words[family:]), suffix, " ".join(words[:family]))))
