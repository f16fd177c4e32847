"""CSL-JSON, and the JSON that Zotero and Better BibTeX write with their own names of fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from realist.formats.doubts import doubts
from realist.formats.markup.json_items import Found, ItemReader, Value, flat
from realist.formats.records import Fields, Item, Notes, Problem, RawRecord
from realist.formats.values import (
    doi_in_note,
    doi_in_url,
    doi_of,
    listed,
    one_line,
    pages_of,
    pmid_in_url,
    prose,
    pubmed_number,
    web_address,
    year_of,
)
from realist.vocabulary import Severity

Members = Mapping[str, Value]

_KNOWN = frozenset(
    {"id", "type", "title", "author", "editor", "issued", "container-title", "page", "volume", "publisher"}
    | {"DOI", "PMID", "URL", "abstract", "itemType"}
)
_PMID = re.compile(r"^[ \t]*PMID: {0,3}([0-9]{1,8})\b", re.MULTILINE)
_DATES = ("issued", "date")


def read(pieces: Iterable[str], notes: Notes) -> Iterator[Item]:
    """Yield the records and remarks of a file from pieces of its text; *notes* fills meanwhile.

    The raw record is every value by its path, such as ``author/1/family`` and ``issued/date-parts/1/1``, to
    the letter; numbers stand as the file writes them.
    """
    reader, position = ItemReader(pieces), 0
    for found in reader.read():
        if found.beside:
            message = (
                f"What stands beside the list of records of line {found.line} was left out: it is of none."
            )
            yield Problem(found.line, None, Severity.WARNING, message, found.text)
            continue
        is_record = not found.error or found.text.startswith("{")
        position += is_record
        where = (
            f"Record {position} of line {found.line}" if is_record else f"What begins in line {found.line}"
        )
        members = members_of(found.value) if isinstance(found.value, tuple) else {}
        raw = flat(found.value) if isinstance(found.value, tuple) else None
        if raw is None or _KNOWN.isdisjoint(members):
            message = f"{where} {_refusal(found, raw)}"
            yield Problem(found.line, position if is_record else None, Severity.ERROR, message, found.text)
            continue
        if "itemType" in members:
            notes.product = "Zotero"
        elif "indexed" in members and _text(members, "source") == "Crossref":
            notes.product = "Crossref"
        record, fields = RawRecord(position, found.line, raw), fields_of(members)
        yield record, fields
        if not fields.title or fields.year is None:
            yield from doubts(record, fields, _dates(members))
    if reader.unclosed:
        message = f"The list that begins in line {reader.unclosed} has no end: the file may be cut off."
        yield Problem(reader.unclosed, None, Severity.WARNING, message)


def _refusal(found: Found, raw: list[tuple[str, str]] | None) -> str:
    """Return why an item is no record, as a sentence that lacks its beginning."""
    if found.error:
        return (
            f"was left out, for line {found.error_line} cannot be read ({found.error}): "
            "mend it there, or export the records again."
        )
    if not isinstance(found.value, tuple):
        return "is no object with fields: it was left out."
    if raw is None:
        return "holds more values, or deeper ones, than any export: it was left out."
    if not raw:
        return "is an empty record: it was left out."
    return "has no field of CSL-JSON: it was left out; export the records as CSL-JSON or RIS."


def members_of(value: tuple[tuple[str, Value], ...]) -> dict[str, Value]:
    """Return the members of an object by name; of a name that comes again the first that is not empty."""
    found = _first_of_each(value)
    data = found.get("data")
    # Zotero's server wraps each item.
    return _first_of_each(data) if isinstance(data, tuple) and "itemType" not in found else found


def _first_of_each(value: tuple[tuple[str, Value], ...]) -> dict[str, Value]:
    members: dict[str, Value] = {}
    for name, inner in value:
        if not members.get(name):
            members[name] = inner
    return members


def fields_of(members: Members) -> Fields:
    """Return what the members of one item mean, by the names of CSL or by those of Zotero."""
    return _of_zotero(members) if "itemType" in members else _of_csl(members)


def _of_csl(members: Members) -> Fields:
    note = _text(members, "note", "annote")
    address = _text(members, "URL")
    return Fields(
        source_key=one_line(_text(members, "id", "citation-key")),
        type=one_line(_text(members, "type")),
        title=one_line(_text(members, "title")),
        authors=_people(members.get("author")),
        editors=_people(members.get("editor")),
        year=_year(members),
        journal=one_line(_text(members, "container-title", "container-title-short", "journalAbbreviation")),
        volume=one_line(_text(members, "volume")),
        number=one_line(_text(members, "issue", "number")),
        pages=pages_of(_text(members, "page", "page-first", "article-number")),
        doi=doi_of(_text(members, "DOI")) or doi_in_url(address) or doi_in_note(note),
        pmid=pubmed_number(_text(members, "PMID")) or _pmid_in(note) or pmid_in_url(address),
        url=web_address(address),
        abstract=prose(_text(members, "abstract")),
        keywords=_keywords(members.get("keyword")),
        language=one_line(_text(members, "language")),
        notes=_notes(members, "note", "annote"),
        database=one_line(_text(members, "source")),
        publisher=one_line(_text(members, "publisher")),
    )


def _of_zotero(members: Members) -> Fields:
    extra, address = _text(members, "extra"), _text(members, "url")
    journal = ("publicationTitle", "bookTitle", "proceedingsTitle", "journalAbbreviation", "conferenceName")
    return Fields(
        source_key=one_line(_text(members, "key", "itemKey", "citationKey", "citekey")),
        type=one_line(_text(members, "itemType")),
        title=one_line(_text(members, "title", "caseName", "nameOfAct", "subject")),
        authors=_people(members.get("creators"), without={"editor", "seriesEditor"}),
        editors=_people(members.get("creators"), only={"editor"}),
        year=_year(members),
        journal=one_line(_text(members, *journal)),
        volume=one_line(_text(members, "volume")),
        number=one_line(_text(members, "issue", "number", "reportNumber")),
        pages=pages_of(_text(members, "pages")),
        doi=doi_of(_text(members, "DOI")) or doi_in_url(address) or doi_in_note(extra),
        pmid=pubmed_number(_text(members, "PMID")) or _pmid_in(extra) or pmid_in_url(address),
        url=web_address(address),
        abstract=prose(_text(members, "abstractNote")),
        keywords=_keywords(members.get("tags")),
        language=one_line(_text(members, "language")),
        notes=_notes(members, "extra", "notes"),
        database=one_line(_text(members, "libraryCatalog")),
        publisher=one_line(_text(members, "publisher", "institution", "university")),
    )


def _text(members: Members, *names: str) -> str:
    """Return the first text under the first of *names* that has one; of a list its first text."""
    for name in names:
        value = members.get(name)
        for text in value if isinstance(value, list) else (value,):
            if isinstance(text, str) and text and not text.isspace():
                return text
    return ""


def _people(
    value: Value,
    only: frozenset[str] | set[str] = frozenset(),
    without: frozenset[str] | set[str] = frozenset(),
) -> tuple[str, ...]:
    """Return names of people and bodies as ``Family, Given``, in order; by their kind of creator."""
    names = []
    for one in value if isinstance(value, list) else (value,):
        if isinstance(one, str):
            names.append(one_line(one))
        elif isinstance(one, tuple):
            parts = {name: inner for name, inner in one if isinstance(inner, str)}
            kind = parts.get("creatorType", "")
            if kind not in without and (not only or kind in only):
                names.append(one_line(_name(parts)))
    return tuple(filter(None, names))


def _name(parts: Mapping[str, str]) -> str:
    """Return a name: what never leaves the family name before it, what does after the given name."""
    family = f"{parts.get('non-dropping-particle', '')} {parts.get('family') or parts.get('lastName', '')}"
    given = f"{parts.get('given') or parts.get('firstName', '')} {parts.get('dropping-particle', '')}"
    found = ", ".join(filter(None, (family.strip(), given.strip(), parts.get("suffix", "").strip())))
    return found or parts.get("literal") or parts.get("name", "")


def _dates(members: Members) -> Iterator[str]:
    """Yield the texts of the date of publication, its year first where it is given in parts."""
    waiting = [members[name] for name in reversed(_DATES) if name in members]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, tuple):
            waiting += [inner for _, inner in reversed(value)]


def _year(members: Members) -> int | None:
    return next((year for date in _dates(members) if (year := year_of(date)) is not None), None)


def _keywords(value: Value) -> tuple[str, ...]:
    """Return keywords: the elements of a list, or a text parted by semicolons or lines, else by commas."""
    if isinstance(value, str):
        return listed([value]) if ";" in value or "\n" in value else listed(value.split(","))
    words: list[str] = []
    for one in value if isinstance(value, list) else ():
        inner = one if isinstance(one, str) else _text(dict(one), "tag") if isinstance(one, tuple) else ""
        words.append(one_line(inner))
    return tuple(filter(None, words))


def _pmid_in(note: str) -> str:
    found = _PMID.search(note)
    return found[1] if found else ""


def _notes(members: Members, *names: str) -> str:
    """Return the notes of an item, each from a line of its own."""
    texts: list[str] = []
    for name in names:
        value = members.get(name)
        for one in value if isinstance(value, list) else (value,):
            inner = _text(dict(one), "note") if isinstance(one, tuple) else one
            texts.append(prose(inner) if isinstance(inner, str) else "")
    return "\n".join(filter(None, texts))
