"""BibTeX: UTF-8 text in which only what TeX would take for a command is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from realist.formats.records import Fields
from realist.formats.values import pages_of
from realist.formats.writing.keys import Keys
from realist.formats.writing.plain import joined, plain
from realist.formats.writing.types import is_plain, type_in

HEAD = BETWEEN = TAIL = ""

_SPECIAL = re.compile(r"[\\{}$&%#_~^]")
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
# Pairs that TeX would draw as one sign; what would be a path of Windows.
_BROKEN = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[!?])(?=`)|(?<=[A-Za-z]:)(?=\\)")
# An entry begins with @ at the start of a line.
_AT = re.compile(r"^@", re.MULTILINE)
_BRACE = re.compile(r"[{}]")
_PERSON = re.compile(r"[^\s,;=](?:[^,;=]*[^\s,;=])?(?:, [^\s,;=](?:[^,;=]*[^\s,;=])?){1,2}")
_AND = re.compile(r"(?<!\S)and(?!\S)", re.IGNORECASE)
_RANGE = re.compile(r"([A-Za-z]{0,3}[0-9]{1,9})-([A-Za-z]{0,3}[0-9]{1,9})\Z")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:_.+/-]{0,99}")
_WITHIN = ("incollection", "inproceedings", "inbook", "inreference", "conference", "bookinbook", "suppbook")
_PUBLISHERS = {
    "phdthesis": "school", "mastersthesis": "school", "thesis": "school", "techreport": "institution",
    "report": "institution",
}  # fmt: skip


def writer() -> Callable[[Fields], str]:
    """Return a function that writes one entry under a citation key of its own.

    What came from a BibTeX file keeps its key, so that texts that cite it still do; of what came from a
    database the key is made, and its name there is the ``unique-id``.
    """
    keys = Keys()

    def write(fields: Fields) -> str:
        settled = plain(fields)
        kind, _ = type_in("bibtex", settled.type, settled.journal)
        own = settled.source_key if kind == settled.type and _KEY.fullmatch(settled.source_key) else ""
        key = own if own and keys.take(own.lower()) else keys.make(settled)
        values = [*_values(settled, kind), ("unique-id", "" if key == own else _text(settled.source_key))]
        lines = [f"  {name} = {{{value}}},\n" for name, value in values if value]
        return f"@{kind}{{{key},\n{''.join(lines)}}}\n\n"

    return write


def _values(fields: Fields, kind: str) -> Iterator[tuple[str, str]]:
    yield "title", _text(fields.title)
    yield "author", _people(fields.authors)
    yield "editor", _people(fields.editors)
    yield "booktitle" if kind in _WITHIN else "journal", _text(fields.journal)
    yield "year", "" if fields.year is None else str(fields.year)
    yield "volume", _text(fields.volume)
    yield "number", _text(fields.number)
    yield "pages", _pages(fields.pages)
    yield _PUBLISHERS.get(kind, "publisher"), _text(fields.publisher)
    yield "doi", _address(fields.doi)
    yield "pmid", _text(fields.pmid)
    yield "url", _address(fields.url)
    yield "abstract", _text(fields.abstract)
    yield "keywords", _text(joined(fields.keywords))
    yield "language", _text(fields.language)
    yield "type", "" if kind == fields.type or is_plain(fields.type) else _text(fields.type)
    yield "database", _text(fields.database)
    yield "note", _note(fields.notes)


def _text(text: str) -> str:
    escaped = _SPECIAL.sub(lambda found: _ESCAPED.get(found[0]) or "\\" + found[0], text)
    return _BROKEN.sub("{}", _AT.sub("{@}", escaped) if "@" in escaped else escaped)


def _note(text: str) -> str:
    """Return notes; those of Rayyan are no TeX but have braces of their own, as Rayyan writes them."""
    return text if "RAYYAN-" in text and _is_whole(text) else _text(text)


def _is_whole(text: str) -> bool:
    """Whether *text* can stand between braces as it is."""
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0 and "\\" not in text and not _AT.search(text)


def _address(address: str) -> str:
    """Return a URL or DOI, in which nothing is a command: only what would end the value is escaped."""
    text = address.replace("{", r"\{").replace("}", r"\}")
    return text + " " if text.endswith("\\") else text


def _people(names: Iterable[str]) -> str:
    return " and ".join(map(_person, names))


def _person(name: str) -> str:
    """Return a name as BibTeX takes it as it is: a body's, and whatever is no "Family, Given", in braces."""
    is_person = _PERSON.fullmatch(name) and not _AND.search(name)
    return _text(name) if is_person else f"{{{_text(name)}}}"


def _pages(pages: str) -> str:
    found = _RANGE.match(pages)
    if found and pages_of(*found.groups()) == pages:
        return f"{found[1]}--{found[2]}"
    return _text(pages)
