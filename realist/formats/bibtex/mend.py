"""What is done to a BibTeX record that bibtexparser refuses, so that it can read it: nothing is taken away.

Characters that mislead the parser are hidden from it behind characters that no text holds, and shown again
in what it read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from realist.formats.bibtex.values import is_enclosed

HIDDEN = "\ufdd0\ufdd1\ufdd2\ufdd3"
"""What stands for a backslash, braces and the at sign. Unicode keeps these free: they are no characters."""

_HIDE = str.maketrans("\\{}@", HIDDEN)
_SHOW = str.maketrans(HIDDEN, "\\{}@")
_BRACE = re.compile(r"(?<!\\)[{}]")
_HEAD = re.compile(r"\n(?:[^\S\n]|\ufeff)*+@\w*+[ \t]*+[{(]")
_KEYED = re.compile(r"(\s*+[^\s,={}\"]++)(\s++[^\s,={}\"]++\s*+=)|\s*+[^\s,={}\"]++\s*+=")
_KEY = re.compile(r"[^,={}\"]*+,")
_OUTER = re.compile(r"(?<!\\)[{}\"]|,|\n[^\S\n]*+%[^\n]*+")
_BEGUN = r"[^\S\n]*+[A-Za-z][\w:.+-]*+[^\S\n]*+=[^\S\n]*+(?=[{\"]|\w++[^\S\n]*+,?[^\S\n]*+(?:\n|\Z))"
_LINE = re.compile(r"\n" + _BEGUN)
_FIRST = re.compile(r"\s*+" + _BEGUN)


def shown(text: str) -> str:
    """Return *text* with the hidden characters shown."""
    return text if text.isascii() else text.translate(_SHOW)


def hide_start(text: str) -> str:
    """Return a stretch whose first line does not begin a record for the parser."""
    return text.replace("@", HIDDEN[3], 1)


def open_braces(text: str) -> int:
    """Return how many braces *text* opens and does not close; negative if it closes more."""
    found = _BRACE.findall(text)
    return 2 * found.count("{") - len(found)


def mendings(text: str) -> Iterator[tuple[str, str]]:
    """Yield ways to mend the record a stretch holds, the most certain first, each with what was amiss.

    What is no fault but a habit of programs (no key, comments between fields) has an empty remark.
    """
    head = _HEAD.match(text)
    if head is None:
        return
    if found := _KEYED.match(text, head.end()):
        if found[1]:
            yield text[: found.end(1)] + "," + text[found.end(1) :], "the comma after its key is missing"
        else:
            yield text[: head.end()] + "," + text[head.end() :], ""
    if "\\" in text and text.count("{") == text.count("}"):
        # For BibTeX a backslash before a brace means nothing: paths end with one.
        yield re.sub(r"\\(?=[{}\"])", HIDDEN[0], text), ""
    tidied = _tidied(text, head.end())
    if tidied != text:
        yield tidied, ""
    lines, amiss = _by_lines(text, head.end())
    told_apart = "its braces or quotation marks do not match; its fields were told apart by lines"
    if lines and amiss:
        yield lines, told_apart
    if open_braces(tidied) == 1:
        yield tidied.rstrip() + "}", "its closing brace is missing"
    if lines and not amiss:
        yield lines, told_apart


def _tidied(text: str, start: int) -> str:
    """Return a record with comments between its fields made fields, and without commas that part nothing."""
    out = [text[:start]]
    at, depth, quoted, comma = start, 1, False, False
    for found in _OUTER.finditer(text, start):
        sign = found[0]
        between = text[at : found.start()]
        out.append(between)
        at = found.end()
        comma = comma and (not between or between.isspace())
        if sign == "{":
            depth += not quoted
        elif sign == "}":
            depth -= not quoted
        elif sign == '"':
            quoted = quoted != (depth == 1)
        elif depth == 1 and not quoted:
            if sign == "," and comma:
                continue
            if sign != ",":
                out.append("" if comma else ",")
                sign = f"\n% = {{{sign.lstrip()[1:].strip().translate(_HIDE)}}},"
            out.append(sign)
            comma = True
            continue
        comma = False
        out.append(sign)
    return "".join([*out, text[at:]])


def _by_lines(text: str, start: int) -> tuple[str, bool]:
    """Return a record whose fields begin on lines of their own, each with a value that ends where it should.

    Braces within a value that do not match are hidden. Tells too whether a value was changed for that;
    the text is empty if the record is not written so.
    """
    key = _KEY.match(text, start)
    first = _FIRST.match(text, key.end()) if key else None
    following = list(_LINE.finditer(text, first.end())) if first else []
    if key is None or first is None or not (following or "\n" in first[0]):
        return "", False
    fields = [first, *following]
    out = [text[: key.end()]]
    amiss = False
    for at, field in enumerate(fields):
        is_last = at == len(fields) - 1
        piece = text[field.end() : len(text) if is_last else fields[at + 1].start()]
        piece, rest = _last_piece(piece) if is_last else (piece, "")
        value = piece.strip().removesuffix(",").rstrip()
        enclosed = value if value.isalnum() else _enclosed(value)
        amiss = amiss or enclosed != value
        out += (field[0], enclosed, ",", piece[len(piece.rstrip()) :], rest)
    return "".join(out), amiss


def _last_piece(piece: str) -> tuple[str, str]:
    """Return what the last field of a record holds, and the end of the record with what follows it."""
    end = piece.rfind("}")
    if end < 0 or is_enclosed(piece.strip().removesuffix(",").rstrip()):
        return piece, "}"
    return piece[:end], piece[end:]


def _enclosed(value: str) -> str:
    """Return a value so that it is one for the parser, whatever braces and quotation marks it holds."""
    if is_enclosed(value):
        return value
    if value[:1] in ('"', "{"):
        value = value[1:].removesuffix('"' if value[0] == '"' else "}")
    enclosed = f"{{{value}}}"
    return enclosed if is_enclosed(enclosed) else f"{{{value.translate(_HIDE)}}}"
