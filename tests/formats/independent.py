"""Exports read by plain means: every record with its line and every value, to hold the readers against.

Nothing here is used by the package, and nothing of the package is used here. The means differ on purpose:
tagged formats are walked line by line with string methods, the others by the small scanners of
:mod:`tests.formats.scanners`. They hold whole files in memory and know no more than well-made files and
the usual damage need.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tests.formats import scanners
from tests.formats.spreadsheets import spreadsheet

UPPER = frozenset(string.ascii_uppercase)
TAG = frozenset(string.ascii_uppercase + string.digits)


class Found(NamedTuple):
    """A record: its 1-based line in an editor and every (name, value) of it, in file order."""

    line: int
    pairs: list[tuple[str, str]]


class Text(NamedTuple):
    """A decoded file. ``certain`` is false where bytes fit neither a mark nor UTF-8."""

    text: str
    certain: bool


def encoding_of(content: bytes) -> str:
    """Return the encoding that a mark or NUL bytes tell, else UTF-8, and cp1252 where that does not fit."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return name
    head = content[:4000]
    for name, zeros in (("utf-16-be", head[::2]), ("utf-16-le", head[1::2])):
        if len(zeros) > 1 and zeros.count(0) > 0.6 * len(zeros):
            return name
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decoded(content: bytes) -> Text:
    """Return the text of a file."""
    name = encoding_of(content)
    return Text(content.decode(name, "replace"), name != "cp1252")


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of every line that ends at LF, or at CR where there is no LF."""
    number = 1
    for line in re.split("\r\n|\n" if "\n" in text else "\r", text):
        yield number, line
        number += 1 + line.count("\r")


def _join(pairs: list[tuple[str, str]], line: str) -> None:
    pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]}\n{line}")


def ris_field(line: str) -> tuple[str, str] | None:
    """Return (tag, value) of a line of RIS, None for other lines."""
    bare = line.lstrip(" \r\f\ufeff")
    rest = bare[2:].lstrip(" ")
    spaces = len(bare) - 2 - len(rest)
    if not (bare[:1] in UPPER and bare[1:2] in TAG and 1 <= spaces <= 3 and rest[:1] == "-"):
        return None
    return (bare[:2], rest[2:]) if rest[1:2] in ("", " ") else None


def _ris(text: str) -> Iterator[Found]:
    record: Found | None = None
    for number, line in numbered(text):
        field = ris_field(line)
        if field and field[0] == "TY":
            if record:
                yield record
            record = Found(number + line[: line.index("TY")].count("\r"), [field])
        elif record and field and field[0] == "ER":
            record.pairs.append(field)
            yield record
            record = None
        elif record and field:
            record.pairs.append(field)
        elif record:
            _join(record.pairs, line)
    if record:
        yield record


def _nbib(text: str) -> Iterator[Found]:
    record: Found | None = None
    for number, line in numbered(text):
        head, dash, value = line[:5].partition("-")
        tag = head.rstrip(" ")
        if dash and tag[:1] in UPPER and len(tag) >= 2 and set(tag) <= TAG:
            if record and tag == "PMID":
                yield record
                record = None
            record = record or Found(number, [])
            record.pairs.append((tag, (value + line[5:]).removeprefix(" ")))
        elif not line.strip():
            if record:
                yield record
            record = None
        elif record and line.startswith(" "):
            _join(record.pairs, line.strip(" "))
    if record:
        yield record


def _wos(text: str) -> Iterator[Found]:
    record: Found | None = None
    for number, line in numbered(text):
        tag = line[:2]
        is_field = tag[:1] in UPPER and tag[1:] in TAG and line[2:3] in ("", " ")
        if is_field and tag == "PT":
            if record:
                yield record
            record = Found(number, [(tag, line[3:])])
        elif is_field and tag in ("ER", "EF"):
            if record:
                yield record
            record = None
        elif record and is_field:
            record.pairs.append((tag, line[3:]))
        elif record:
            _join(record.pairs, line.removeprefix("   "))
    if record:
        yield record


def _enw(text: str) -> Iterator[Found]:
    record: Found | None = None
    after_blank = True
    for number, line in numbered(text):
        if line[:1] == "%" and len(line) > 1 and line[1] != " " and line[2:3] in ("", " "):
            if after_blank and record:
                yield record
                record = None
            record = record or Found(number, [])
            record.pairs.append((line[:2], line[3:]))
        elif record:
            _join(record.pairs, line)
        after_blank = not line.strip()
    if record:
        yield record


def _ovid(text: str) -> Iterator[Found]:
    record: Found | None = None
    for number, line in numbered(text):
        bare = line.strip()
        if bare[:1] == "<" and bare[-1:] == ">" and bare[1:-1].strip(" .").isdigit():
            if record:
                yield record
            record = Found(number, [])
        elif record and bare and line[0] not in " \t":
            head, dash, value = line.partition("- ")
            tagged = dash and head.rstrip().isupper() and len(head) <= 6
            record.pairs.append((head.rstrip(), value) if tagged else (bare, ""))
        elif record and record.pairs and bare:
            _join(record.pairs, bare)
    if record:
        yield record


_SCANNERS: dict[str, Callable[[str], Iterator[Found]]] = {
    "ris": _ris,
    "nbib": _nbib,
    "wos": _wos,
    "enw": _enw,
    "ovid": _ovid,
    "endnote-xml": lambda text: (Found(*record) for record in scanners.xml_records(text)),
    "csl-json": lambda text: (Found(*item) for item in scanners.json_items(text)),
}
TABLES = ("csv", "tsv", "wos-tab")
FORMATS = (*_SCANNERS, "bibtex", "xlsx", *TABLES)


def found_in(content: bytes, file: dict[str, Any], names: bool = True) -> list[Found]:
    """Return the records of a file; *file* is its entry of the manifest.

    Of the entry the format counts, and for tables ``delimiter`` and ``header_row`` if they are there.
    Without *names*, values of BibTeX that are names of strings (``jan``) are left out.
    """
    if file["format"] == "xlsx":
        return [Found(*row) for row in spreadsheet(content, file.get("header_row"))]
    text = decoded(content).text
    if file["format"] == "bibtex":
        return [Found(*entry) for entry in scanners.bibtex(text, names)]
    if file["format"] in TABLES:
        return [Found(*row) for row in scanners.table(text, file.get("delimiter"), file.get("header_row"))]
    return list(_SCANNERS[file["format"]](text))


def words(form: str, value: str) -> list[str]:
    """Return the words of a value: what stands between white space, without the syntax of the format.

    In BibTeX braces, quotes and the sign that joins strings are syntax; in JSON a value within a value is.
    """
    if form == "bibtex":
        return value.translate(_BIBTEX_SYNTAX).split()
    if form == "csl-json" and value[:1] in ("[", "{"):
        return [word for _, leaf in scanners.json_leaves(value) for word in leaf.split()]
    return value.split()


_BIBTEX_SYNTAX = {ord("{"): None, ord("}"): None, ord('"'): None, ord("#"): " "}
_RUN = re.compile(r"[^\W_]+")


def runs(value: str) -> list[str]:
    """Return the runs of letters and digits of a value: a measure that leaves every syntax aside."""
    return _RUN.findall(value)


def lost(
    form: str, text: Text, found: list[Found], kept: dict[int, list[str]], told: list[str]
) -> tuple[Counter[str], int]:
    """Return the words of records that were lost, with their numbers, and the number of all words.

    *found* are the records by plain means, *kept* the values that a reader kept by the position of the
    record, *told* the texts it refused aloud. A word counts as kept only in its own record.
    """
    gone: Counter[str] = Counter()
    total = 0
    for position, record in enumerate(found, 1):
        have: Counter[str] = Counter()
        for value in kept.get(position, []):
            have.update(words(form, value))
        want: Counter[str] = Counter()
        for _, value in record.pairs:
            want.update(words(form, value))
        if not text.certain:
            want = Counter({word: count for word, count in want.items() if word.isascii()})
        total += want.total()
        gone.update(want - have)
    aloud = Counter(word for value in told for word in words(form, value))
    return gone - aloud, total
