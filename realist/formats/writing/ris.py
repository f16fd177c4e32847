"""RIS: one tag a line; what has several lines goes on in lines without a tag."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from realist.formats.records import Fields
from realist.formats.values import pages_of
from realist.formats.writing.plain import plain
from realist.formats.writing.types import is_plain, type_in

HEAD = BETWEEN = TAIL = ""

# A tab keeps a line of an abstract ("HR - hazard ratio") from being taken for a tag, and what follows a byte
# order mark for the file that was joined on there; readers take it for the space that it is.
_LIKE_A_TAG = re.compile(r"^(?=[ \ufeff]*[A-Z][A-Z0-9] {1,3}-)", re.MULTILINE)
_GLUED = re.compile(r"(?<=\ufeffTY) (?= {0,2}-)")
_RANGE = re.compile(r"([A-Za-z]{0,3}[0-9]{1,9})-([A-Za-z]{0,3}[0-9]{1,9})\Z")


def writer() -> Callable[[Fields], str]:
    """Return a function that writes one record."""
    return _record


def _record(fields: Fields) -> str:
    text = "".join([f"{tag}  - {value}\n" for tag, value in _tags(plain(fields)) if value])
    return (_GLUED.sub("\t", text) if "\ufeff" in text else text) + "ER  - \n\n"


def _tags(fields: Fields) -> Iterator[tuple[str, str]]:
    kind, _ = type_in("ris", fields.type, fields.journal)
    yield "TY", kind
    yield "TI", fields.title
    for author in fields.authors:
        yield "AU", author
    for editor in fields.editors:
        yield "A2", editor
    yield "PY", "" if fields.year is None else str(fields.year)
    yield "T2", fields.journal
    yield "VL", fields.volume
    yield "IS", fields.number
    yield from _pages(fields.pages)
    yield "DO", fields.doi
    yield "UR", fields.url
    yield "AB", _lines(fields.abstract)
    for keyword in fields.keywords:
        yield "KW", keyword
    yield "LA", fields.language
    yield "PB", fields.publisher
    yield "DB", fields.database
    yield "AN", fields.source_key
    # Every program has a place of its own for it; this one says what the number is.
    yield "U1", f"{fields.pmid} [PMID]" if fields.pmid else ""
    yield "M3", "" if kind == fields.type or is_plain(fields.type) else fields.type
    yield "N1", _lines(fields.notes)


def _pages(pages: str) -> Iterator[tuple[str, str]]:
    """Yield where a usual range starts and ends; other pages as they are, in the first of the two."""
    found = _RANGE.match(pages)
    if found and pages_of(*found.groups()) == pages:
        yield "SP", found[1]
        yield "EP", found[2]
    else:
        yield "SP", pages


def _lines(text: str) -> str:
    return _LIKE_A_TAG.sub("\t", text) if "\n" in text else text
