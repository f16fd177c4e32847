"""Values of BibTeX fields: expressions of strings, lists of keywords, text in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from realist.formats.bibtex.latex import decode
from realist.formats.values import listed, one_line

LONGEST_STRING = 100_000
"""Characters that an expression may come to. No name of a journal comes near."""

ALLOWANCE = 10_000_000
"""Characters that all expressions of a file may come to, beyond four times what it holds; and that all
strings together may have."""

MONTHS = {
    name[:3].lower(): name
    for name in (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    )
}  # fmt: skip

_BRACE = re.compile(r"(?<!\\)[{}]")
_PART = re.compile(r"\s*+(?:(#)|([{\"])|([^\s#{}\"]++)|(\}))")
_NEXT_FIELD = re.compile(r"\s*+([^\s{}\",=\\@#]++(?:[ \t]++[0-9]{1,3})?)\s*+=(?=\s*+[{\"\w])")


def closing(text: str, start: int) -> int:
    """Return where the brace or quotation mark at *start* is closed, -1 if nowhere.

    A backslash before one takes its meaning; braces mean nothing within quotation marks.
    """
    if text[start] == '"':
        at = start
        while (at := text.find('"', at + 1)) >= 0:
            if text[at - 1] != "\\" and not (text[at - 1] == "{" and text[at + 1 : at + 2] == "}"):
                return at
        return -1
    depth = 0
    for found in _BRACE.finditer(text, start):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.start()
    return -1


def is_enclosed(text: str) -> bool:
    """Return whether *text* is one value in braces or quotation marks, and nothing else."""
    return len(text) > 1 and text[0] in '{"' and closing(text, 0) == len(text) - 1


def parts(expression: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield the parts of an expression: text or name, whether it is a name, whether ``#`` joins it."""
    at, joined = 0, True
    while found := _PART.match(expression, at):
        at = found.end()
        if found[1]:
            joined = True
            continue
        if found[2]:
            end = closing(expression, at - 1)
            end = len(expression) if end < 0 else end
            yield expression[at:end], False, joined
            at = end + 1
        elif found[3]:
            yield found[3], not found[3].isdecimal(), joined
        joined = False


def split_fields(name: str, expression: str) -> list[tuple[str, str]]:
    """Return the fields in an expression: more than one where the comma between them is missing."""
    fields: list[tuple[str, str]] = []
    begun = at = 0
    while at < len(expression):
        found = _PART.match(expression, at)
        if found is None:
            break
        at = found.end()
        if found[2]:
            end = closing(expression, at - 1)
            at = len(expression) if end < 0 else end + 1
        if not found[1] and (following := _NEXT_FIELD.match(expression, at)):
            fields.append((name, expression[begun:at].strip()))
            name, begun, at = following[1], following.end(), following.end()
    return [*fields, (name, expression[begun:].strip())]


class Strings:
    """The names a file defines with ``@string``, and what expressions of them come to.

    A definition holds for what follows it, as in BibTeX. Names that nobody defined stay bare words.
    """

    def __init__(self) -> None:
        self._texts: dict[str, str | None] = {}
        self._spent = self._kept = 0
        self.read = 0
        """Characters of the file that were read so far: what may be spent grows with them."""

    def define(self, name: str, expression: str) -> bool:
        """Define a name; return False if what it stands for is longer than any name."""
        text = self.text_of(expression)
        self._kept += len(name) + len(text or "")
        if self._kept > ALLOWANCE:
            return False
        self._texts[name.lower()] = text
        return text is not None

    def text_of(self, expression: str) -> str | None:
        """Return what an expression comes to, None if that is longer than it may be."""
        pieces: list[str] = []
        size = 0
        for part, is_name, joined in parts(expression):
            name = part.lower() if is_name else ""
            text = self._texts.get(name, MONTHS.get(name, part)) if is_name else part
            if text is None:
                return None
            if pieces and not joined:
                pieces.append(" ")
            pieces.append(text)
            size += len(text)
            if size > max(LONGEST_STRING, len(expression)):
                return None
        self._spent += size
        if self._spent > ALLOWANCE + 4 * self.read:
            return None
        return "".join(pieces)

    def stays(self, expression: str) -> bool:
        """Return whether an expression is but the name of a month, as most are: it says enough."""
        name = expression.lower()
        return name in MONTHS and name not in self._texts

    def used(self, expression: str) -> list[tuple[str, str]]:
        """Return the defined names in an expression, with their texts."""
        names = dict.fromkeys(text for text, is_name, _ in parts(expression) if is_name)
        return [(name, text) for name in names if (text := self._texts.get(name.lower())) is not None]


_COMMA = re.compile(r"\\.|[{},]", re.DOTALL)


def split_outside(text: str, mark: re.Pattern[str]) -> list[str]:
    """Return *text* split at what *mark* matches outside of braces; it matches braces and escapes too."""
    pieces: list[str] = []
    depth = begun = 0
    for found in mark.finditer(text):
        sign = found[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(depth - 1, 0)
        elif depth == 0 and sign[0] != "\\":
            pieces.append(text[begun : found.start()])
            begun = found.end()
    return [*pieces, text[begun:]]


def keywords(values: Sequence[str]) -> tuple[str, ...]:
    """Return the keywords of all values, each once: parted by semicolons, where there is none by commas.

    Where the field comes more than once (BASE), a value in braces of its own is one keyword.
    """
    found: dict[str, None] = {}
    for value in values:
        text = " ".join(value.split())
        whole = text.startswith("{") and is_enclosed(text)
        if ";" in text:
            words: Sequence[str] = listed([decode(text)])
        elif "," not in text or (whole and len(values) > 1):
            words = [one_line(decode(text))]
        elif "{" in text:
            inner = text[1:-1] if whole else text
            words = [one_line(decode(part)) for part in split_outside(inner, _COMMA)]
        else:
            words = [one_line(part) for part in decode(text).split(",")]
        found.update(dict.fromkeys(filter(None, words)))
    return tuple(found)
