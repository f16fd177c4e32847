"""What a format cannot carry: what is written is read again, and what comes back different is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from realist.formats.door import READERS, STREAMS
from realist.formats.lines import join_lines
from realist.formats.records import Fields, Notes, Problem
from realist.formats.values import doi_of, pubmed_number, web_address
from realist.formats.writing.types import FORMS, type_in
from realist.text import shorten

LONGEST_CELL = 32_767
"""Characters that a cell of Excel holds, those beyond the first plane of Unicode counted twice."""

LONGEST_VALUE = 300
"""Characters of a value that a report shows."""

_FORMS = {
    "doi": (doi_of, "It is not written as a DOI is."),
    "pmid": (pubmed_number, "It is not written as a PubMed number is."),
    "url": (web_address, "It is not written as a web address is."),
}

_AS_TEXT = {"xlsx": "csv"}
"""What is no text is written as one for its losses to be known."""


class Loss(NamedTuple):
    """A field that a format could not carry as it was: *why* is a sentence, *value* the start of its value.

    ``field`` is a name of :class:`Fields`, or ``""`` where the record as a whole could not be written.
    """

    field: str
    why: str
    value: str


def read_again(text: str, name: str) -> dict[int, Fields]:
    """Return what the reader of the format *name* understands of *text*, by position of the record from 1."""
    blocks = [text] if name in STREAMS else join_lines([text], True, [])
    read = import_module(f"realist.formats.{READERS[_AS_TEXT.get(name, name)]}").read
    found = (item for item in read(blocks, Notes()) if not isinstance(item, Problem))
    return {record.position: fields for record, fields in found}


def compared(
    papers: Sequence[Fields], texts: Sequence[str], name: str, whole: Callable[[Sequence[str]], str]
) -> Iterator[list[Loss]]:
    """Yield for each of *papers* what was lost of it in its text; *whole* makes a file of some texts."""
    found = read_again(whole(texts), name)
    together = found.keys() <= set(range(1, len(papers) + 1))
    for place, (fields, text) in enumerate(zip(papers, texts, strict=True), 1):
        if together and place in found:
            yield _differences(fields, found[place], name)
        else:  # a record that another one hides, or that is none: looked at alone
            alone = read_again(whole([text]), name)
            yield _differences(fields, alone[1], name) if alone.keys() == {1} else [_nothing(fields)]


def _nothing(fields: Fields) -> Loss:
    return Loss("", "Nothing of it can be read again.", shorten(fields.title, LONGEST_VALUE))


def _differences(before: Fields, after: Fields, name: str) -> list[Loss]:
    if before == after:
        return []
    return [
        Loss(field, _why(field, old, new, name), _shown(old))
        for field, old, new in zip(Fields._fields, before, after, strict=True)
        if old != new and not _made(field, old, new, before, name)
    ]


def _made(field: str, old: Any, new: Any, before: Fields, name: str) -> bool:
    """Whether a difference loses nothing: a key or type that the format demands, the format's word for it."""
    if field == "source_key":
        return not old and name in ("bibtex", "csl-json")
    if field == "type" and name in FORMS:
        return bool((new, True) == type_in(name, old, before.journal))
    return False


def _why(field: str, old: Any, new: Any, name: str) -> str:
    reason = _reason(field, old, name)
    if not new:
        return reason or "The format has no place for it."
    if not old:
        return f'Other fields are understood to say it: it reads back as "{_shown(new)}".'
    return f'{reason.rstrip(".") or "The format gives it another form"}: it reads back as "{_shown(new)}".'


def _reason(field: str, value: Any, name: str) -> str:
    """Return a sentence for what is often lost, ``""`` where there is no word for it."""
    if field == "type":
        return "The format has no such type."
    if field == "year":
        return "Only years from 1000 to 2100 are read as years."
    text = "\n".join(value) if isinstance(value, tuple) else value
    if name == "endnote-xml" and ("\ufffe" in text or "\uffff" in text):
        return "XML cannot hold the characters U+FFFE and U+FFFF."
    if isinstance(value, tuple):
        if any(";" in entry for entry in value):
            return "A semicolon parts entries."
        return "An entry stands on one line." if any("\n" in entry for entry in value) else ""
    if name == "xlsx" and len(value.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST_CELL:
        return f"A cell holds {LONGEST_CELL:,} characters."
    if field not in ("abstract", "notes") and "\n" in value:
        return "It stands on one line."
    if field in _FORMS and _FORMS[field][0](value) != value:
        return _FORMS[field][1]
    return ""


def _shown(value: Any) -> str:
    text = " | ".join(value) if isinstance(value, tuple) else str("" if value is None else value)
    return shorten(text, LONGEST_VALUE)
