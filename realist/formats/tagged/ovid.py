"""Ovid's text exports: records begin with ``<1. >``; fields are tagged, or stand under their names.

In the tagged layout (Citavi) a tag of two letters leads the value, and what goes on is indented by six
spaces, blank lines between; the whole may be indented by one. In the other one the name of a field (or
its tag) fills a line, and the lines of its value below are indented. What a record means is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from realist.formats.records import Fields
from realist.formats.tagged.grammar import Grammar
from realist.formats.tagged.ovid_names import TAGS
from realist.formats.tagged.ovid_source import Source, source_of
from realist.formats.tagged.reading import Raw, TaggedFormat, Values, by_tag, unwrapped
from realist.formats.values import (
    doi_in_url,
    doi_of,
    listed,
    one_line,
    pages_of,
    prose,
    pubmed_number,
    web_address,
    year_of,
)

GRAMMAR = Grammar(
    name="ovid",
    field=re.compile(
        r"\n[\r\f\ufeff]* ?("
        r"<(?=[0-9]{1,9} ?\.? *>[ \t]*(?:\n|\Z))"
        r"|[A-Z][A-Z0-9](?= {1,3}-(?: |\n|\Z))"
        r"|[A-Z][A-Za-z0-9 ,/&()'-]{1,60}?(?=[ \t]{0,20}\n {1,8}\S)"
        r")(?: {1,3}-(?: |(?=\n)|\Z)|[ \t]*(?=\n)|(?<=<))"
    ),
    start="<",
    end="",
    noise=re.compile(r"(?!)"),
    separator="  - ",
    remedy="<1. >",
    peeks=True,
    glue=re.compile(r"<(?<=\S<)(?<!\n\ufeff<)(?=1 ?\.? ?>[ \t]*(?:\n|\Z))"),
    written=lambda tag, value: f"{tag}  - {value}" if len(tag) == 2 and value[:2] != "\n " else tag + value,
)

_PARTS = re.compile(r";|  +|\n")
_ROLES = re.compile(r"\s?\[[^\[\]]{0,200}\]")
_EDITOR = "\x01"
_NOTE_MARKS = " ,*+#&0123456789"
_DEGREES = re.compile(
    r"([^,]{1,80}, [^,]{2,80}?[a-z.])"
    r"(?:,? (?:MD|MDS|PhD|Ph\.D\.|MPH|MSc|MS|MA|MB|MBBS|BA|BSc|BS|ChB|RN|DO|DDS|DPhil|DrPH|EdD|PharmD"
    r"|FACSM|FRCP|FRCS)){1,6}\Z"
)
_LABEL = re.compile(
    r"(?<=[.?!])\s*\[(?:Article|Review|Report|Editorial|Letter|Comment|Erratum|Abstract|Miscellaneous|References"
    r"|News|Case Report|Book Review)s?\]\.?\s*\Z",
    re.IGNORECASE,
)
_NUMBER_KIND = re.compile(r"[A-Z][A-Za-z ]{2,40}: ")


def fields_of(raw: Raw) -> Fields:
    """Return what the fields of one record mean."""
    return _understood(raw, by_tag(raw))


def _understood(raw: Raw, values: Values) -> Fields:
    values = by_tag((TAGS.get(tag.lower(), tag) if len(tag) > 2 else tag, value) for tag, value in raw)
    get = values.first.get
    source = source_of(get("SO") or get("BT", ""))
    title = _LABEL.sub("", one_line(get("TI") or get("CT") or get("OT", "")))
    authors, editors = _people(values)
    database = one_line(get("DB", ""))
    return Fields(
        _source_key(values),
        "; ".join(_bare(value) for value in values.all("PT") or values.all("DT")),
        title,
        authors,
        editors or source.editors,
        _year(values) or source.year,
        _journal(values, source),
        one_line(_any(values, "VO", "VI", "VL")) or source.volume,
        one_line(get("IP", "")) or source.number,
        pages_of(one_line(_any(values, "PG", "PP"))) or source.pages,
        _doi(values),
        _pmid(values, database),
        next(filter(None, map(web_address, [*values.all("UR"), *values.all("LK"), *values.all("XL")])), ""),
        prose(unwrapped(get("AB", ""))),
        _keywords(values),
        "; ".join(_bare(value) for value in values.all("LG") or values.all("LA")),
        "\n".join(prose(unwrapped(value)) for value in values.all("NT")),
        database,
        one_line(_any(values, "PB", "PU", "PI")),
    )


def _any(values: Values, *tags: str) -> str:
    return next((values.first[tag] for tag in tags if tag in values.first), "")


def _bare(value: str) -> str:
    """Return a value on one line, without the full stop that full-text databases put after everything."""
    return one_line(value).rstrip(".")


def _people(values: Values) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return authors and editors; full names come before short ones, and editors may stand among authors."""
    full = values.all("FA")
    names = list(_names(full if full else values.all("AU")))
    authors = [name for name, is_editor in names if not is_editor]
    editors = [name for name, is_editor in names if is_editor]
    authors += [name for name, _ in _names(values.all("CA"))]
    editors += [name for name, _ in _names(values.all("ED"))]
    return tuple(authors), tuple(editors)


def _names(lists: Iterable[str]) -> Iterable[tuple[str, bool]]:
    """Yield names and whether they are marked as editors; notes, degrees and roles are taken off them."""
    for value in lists:
        bare = _ROLES.sub(lambda role: _EDITOR if "[Ed" in role[0] else "", value.replace(_EDITOR, ""))
        for part in _PARTS.split(unwrapped(bare) if ";" in bare else bare):
            name = part.replace(_EDITOR, "").rstrip(_NOTE_MARKS)
            if found := _DEGREES.fullmatch(name.strip()):
                name = found[1]
            name = one_line(name)
            if name.endswith(".") and name[-4:-1].isalpha() and name[-4:-1].islower():
                name = name[:-1]
            if name:
                yield name, _EDITOR in part


def _source_key(values: Values) -> str:
    """Return the number of the record, without its kind (PsycINFO) and the stop after it (full texts)."""
    number = _bare(_any(values, "UI", "AN"))
    return number[found.end() :] if (found := _NUMBER_KIND.match(number)) else number


def _year(values: Values) -> int | None:
    for tag in ("YR", "DP", "PY"):
        for value in values.all(tag):
            if (year := year_of(value.strip())) is not None:
                return year
    return None


def _journal(values: Values, source: Source) -> str:
    """Return the journal, or the book that holds a chapter."""
    journal = _bare(_any(values, "JN", "JT", "NJ", "TA", "JA"))
    book = one_line(values.first.get("BT", "")) if "SO" in values.first and "TI" in values.first else ""
    return journal or source.journal or book


def _doi(values: Values) -> str:
    own = (doi_of(value) for tag in ("DO", "DI") for value in values.all(tag))
    links = (doi_in_url(value) for tag in ("UR", "JL", "IU") for value in values.all(tag))
    return next(filter(None, (*own, *links)), "")


def _pmid(values: Values, database: str) -> str:
    """Return the PubMed number: its own field, or the number of a record of MEDLINE."""
    own = values.first.get("PM", "").strip().partition(" ")[0]
    if number := pubmed_number(own):
        return number
    return pubmed_number(_any(values, "UI", "AN")) if "medline" in database.lower() else ""


def _keywords(values: Values) -> tuple[str, ...]:
    """Return headings, keywords and key concepts, each once; key concepts (PsycINFO) stand in one list."""
    found: dict[str, None] = {}
    for tag in ("MH", "SH", "KW", "DE", "HW"):
        for value in values.all(tag):
            text = _PARTS.sub("\n", value)
            found.update(dict.fromkeys(entry.rstrip(".") for entry in listed([text])))
    for value in values.all("ID"):
        found.update(dict.fromkeys(listed([value if ";" in value else value.replace(", ", "\n")])))
    return tuple(entry for entry in found if entry)


FORMAT = TaggedFormat(GRAMMAR, _understood, marks=(), dates=("YR", "DP", "PY"), product="Ovid")
read = FORMAT.read
