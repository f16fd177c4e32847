"""Small scanners for BibTeX, EndNote XML, CSL-JSON and tables, for :mod:`tests.formats.independent`.

Each yields (line, pairs): the 1-based line where a record begins and every (name, value) of it.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

Record = tuple[int, list[tuple[str, str]]]

_ENTRY = re.compile(r"@[ \t]*([A-Za-z_][\w.+-]*)\s*([{(])")
_STRING = re.compile(r"@[ \t]*string\s*([{(])", re.IGNORECASE)
_NO_ENTRIES = frozenset({"string", "comment", "preamble"})


class Lines:
    """Counts lines as an editor does, for positions that only grow."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1

    def at(self, position: int) -> int:
        """Return the 1-based line of *position*."""
        part = self._text[self._at : position]
        self._line += part.count("\n") + part.count("\r") - part.count("\r\n")
        self._at = position
        return self._line


def bibtex(text: str, names: bool = True) -> Iterator[Record]:
    """Yield the entries of a BibTeX file: ENTRYTYPE, KEY and every field, values without outer delimiters.

    Without *names*, words that stand without delimiters are left out; numbers stay.

    An entry begins at the head of a line or right after one that closed; one that is never closed ends
    where the next begins.
    """
    lines = Lines(text)
    end = 0
    while (head := _next_entry(text, end)) is not None:
        if head[1].lower() in _NO_ENTRIES:
            end = _closing(text, head.end(), head[2])[0]
            continue
        end, body = _closing(text, head.end(), head[2])
        key, pairs = _fields(body, names)
        yield lines.at(head.start()), [("ENTRYTYPE", head[1]), ("KEY", key), *pairs]


def bibtex_strings(text: str) -> dict[str, str]:
    """Return what ``@string`` defines: the text of each name, in lower case, names within names put in."""
    strings: dict[str, str] = {}
    for head in _STRING.finditer(text):
        _, body = _closing(text, head.end(), head[1])
        name, _, value = body.partition("=")
        strings[name.strip().lower()] = bibtex_value(value.strip().removesuffix(","), strings)
    return strings


def bibtex_value(expression: str, strings: dict[str, str]) -> str:
    """Return the text of an expression such as ``"My " # name # { title}``; unknown names stay."""
    pieces = re.findall(r'"[^"]*"|\{[^{}]*\}|[^\s#"{}]+', expression)
    return "".join(piece[1:-1] if piece[0] in '{"' else strings.get(piece.lower(), piece) for piece in pieces)


def _next_entry(text: str, at: int) -> re.Match[str] | None:
    for head in _ENTRY.finditer(text, at):
        start = max(text.rfind("\n", 0, head.start()), text.rfind("\r", 0, head.start())) + 1
        before = text[max(start, at) : head.start()].strip(" \t\ufeff")
        if not before or before[-1] in "})":
            return head
    return None


def _closing(text: str, at: int, opening: str) -> tuple[int, str]:
    """Return where the body that begins at *at* ends, and the body."""
    depth, quoted = 0, False
    for found in re.compile(r"[{}()\"]|\n[ \t]*@[A-Za-z]+[ \t]*[{(][^\s=,{}]*,").finditer(text, at):
        sign = found[0]
        if sign[0] == "\n":
            return found.start(), text[at : found.start()]
        if sign == "{":
            depth += 1
        elif sign == "}":
            if depth == 0:
                return found.end(), text[at : found.start()]
            depth -= 1
        elif opening == "(" and depth == 0:
            quoted = quoted ^ (sign == '"')
            if sign == ")" and not quoted:
                return found.end(), text[at : found.start()]
    return len(text), text[at:]


def _fields(body: str, names: bool) -> tuple[str, list[tuple[str, str]]]:
    key, comma, _ = body.partition(",")
    at = len(key) + 1
    if "=" in key or not comma:
        key, at = ("", 0) if "=" in key else (key, len(body))
    pairs = []
    while at < len(body):
        equals = body.find("=", at)
        if equals < 0:
            break
        name = body[at:equals].strip(" \t\r\n,")
        value, at = _expression(body, equals + 1, names)
        pairs.append((name, value))
    return key.strip(), pairs


def _expression(body: str, at: int, names: bool) -> tuple[str, int]:
    """Return a value without its outer delimiters, and where the next field begins."""
    pieces: list[str] = []
    depth, quoted, start = 0, False, at
    while at < len(body):
        sign = body[at]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and depth == 0:
            quoted = not quoted
        elif sign in ",#" and depth == 0 and not quoted:
            pieces.append(_undelimited(body[start:at], names))
            start = at + 1
            if sign == ",":
                return " # ".join(pieces), at + 1
        at += 1
    pieces.append(_undelimited(body[start:], names))
    return " # ".join(pieces), at


def _undelimited(piece: str, names: bool) -> str:
    bare = piece.strip()
    if len(bare) > 1 and (bare[0], bare[-1]) in (("{", "}"), ('"', '"')):
        return bare[1:-1]
    return bare if names or bare.isdigit() else ""


_MARKUP = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[^>]*>", re.DOTALL)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")


def xml_records(text: str) -> Iterator[Record]:
    """Yield the records of EndNote XML: the text of every element but ``style``, and its attributes."""
    lines, at = Lines(text), 0
    pairs: list[tuple[str, str]] = []
    stack: list[list[str]] = []
    line = 0
    for markup in _MARKUP.finditer(text):
        if stack and stack[-1]:
            stack[-1][1] += html.unescape(text[at : markup.start()])
        at = markup.end()
        tag = markup[0]
        name = tag.strip("</>").split()[0].rstrip("/") if tag.strip("</>").split() else ""
        if tag.startswith("<![CDATA["):
            stack[-1][1] += tag[9:-3]
        elif name == "style" or tag.startswith(("<!", "<?")):
            continue
        elif tag.startswith("</"):
            if stack:
                pairs.append((stack[-1][0], stack[-1][1]))
                stack.pop()
            if name == "record":
                yield line, [pair for pair in pairs if pair[1].strip()]
        else:
            if name == "record":
                line, pairs, stack = lines.at(markup.start()), [], []
            pairs += [
                (f"{name}@{word}", html.unescape(value[1:-1])) for word, value in _ATTRIBUTE.findall(tag)
            ]
            if not tag.endswith("/>"):
                stack.append([name, ""])


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def json_items(text: str) -> Iterator[Record]:
    """Yield the items of a list (or the one item) of CSL-JSON: every string and number under its name."""
    lines, depth, start = Lines(text), 0, 0
    outer = 2 if text.lstrip("\ufeff \t\r\n").startswith("[") else 1
    for token in _TOKEN.finditer(text):
        if token[0] in ("{", "["):
            depth += 1
            if depth == outer:
                start = token.start()
        elif token[0] in ("}", "]"):
            depth -= 1
            if depth == outer - 1 and token[0] == "}":
                yield lines.at(start), json_leaves(text[start : token.end()])


def json_leaves(text: str) -> list[tuple[str, str]]:
    """Return every string, number and word of a JSON value with the outermost name it stands under."""
    leaves: list[tuple[str, str]] = []
    tokens = _TOKEN.findall(text)
    depth, name = 0, ""
    for token, after in zip_longest(tokens, tokens[1:], fillvalue=""):
        if token in ("{", "["):
            depth += 1
        elif token in ("}", "]"):
            depth -= 1
        elif after == ":":
            name = _unquoted(token) if depth == 1 else name
        elif token not in (",", ":"):
            leaves.append((name, _unquoted(token)))
    return leaves


def _unquoted(token: str) -> str:
    return str(json.loads(token, strict=False)) if token.startswith('"') else token


def table(text: str, delimiter: str | None = None, header: int | None = None) -> Iterator[Record]:
    """Yield the rows of a table below its header; cells beyond the header are named by their number.

    *header* counts rows from 1, blank ones too. Blank rows are no records, nor are single cells in a table
    of several columns: they head a section.
    """
    text = text.removeprefix("\ufeff")
    rows = list(_rows(text, delimiter or _delimiter(text)))
    at = (header or 1) - 1
    names = rows[at][1] if len(rows) > at else []
    for line, cells in rows[at + 1 :]:
        if not any(cell.strip() for cell in cells) or len(cells) == 1 < len(names) - 1:
            continue
        padded = zip_longest(names[: len(cells)], cells)
        yield line, [(name or f"column {number}", cell) for number, (name, cell) in enumerate(padded, 1)]


def _delimiter(text: str) -> str:
    counts = Counter({sign: text[:5000].split("\n")[0].count(sign) for sign in ",;\t"})
    return counts.most_common(1)[0][0]


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    newline = "\n" if "\n" in text else "\r"
    lines, at, start = Lines(text), 0, 0
    cells: list[str] = []
    while at <= len(text):
        cell, at = _cell(text, at, delimiter, newline)
        cells.append(cell)
        if at >= len(text) or text[at] == newline:
            yield lines.at(start), cells
            cells, start = [], at + 1
        at += 1


def _cell(text: str, at: int, delimiter: str, newline: str) -> tuple[str, int]:
    """Return the cell that begins at *at* and the position of the sign that ends it."""
    if text[at : at + 1] != '"':
        ends = [end for sign in (delimiter, newline) if (end := text.find(sign, at)) >= 0]
        end = min(ends, default=len(text))
        return text[at:end].removesuffix("\r") if newline == "\n" else text[at:end], end
    parts: list[str] = []
    while True:
        end = text.find('"', at + 1)
        if end < 0:
            return "".join([*parts, text[at + 1 :]]), len(text)
        parts.append(text[at + 1 : end])
        if text[end + 1 : end + 2] != '"':
            rest, after = _cell(text, end + 1, delimiter, newline)
            return "".join([*parts, rest]), after
        parts.append('"')
        at = end + 1
