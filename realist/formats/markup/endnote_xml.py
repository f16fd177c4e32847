"""EndNote XML, as EndNote, Bookends, Zotero and Mendeley write it, and as EndNote 7 did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from realist.formats.doubts import doubts
from realist.formats.markup.xml_records import (
    LARGEST,
    UNKNOWN_NAME,
    Cut,
    Cutter,
    Record,
    parse,
    replace_sections,
)
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
from realist.text import shorten
from realist.vocabulary import Severity

_INLINE = frozenset(["style", "b", "i", "u", "em", "strong", "sub", "sup", "font", "span", "p", "br"])
_PRODUCTS = {
    name.lower(): name
    for name in ("EndNote", "Bookends", "Zotero", "Mendeley", "Citavi", "JabRef", "RefWorks", "Papers")
}
_HOLDING = re.compile(
    r"</?(?:xml|records?)\b[^<>]*>|</?[A-Za-z][\w.:-]{0,60}\s{0,20}/?>|<!DOCTYPE[^<>\[]*>", re.IGNORECASE
)
_TAG_NAME = re.compile(r"</?([A-Za-z][\w.-]{0,60})")
_WRAPPERS = frozenset({"xml", "records", "record"})
_NOT_EDITORS = frozenset({"film or broadcast", "patent", "personal communication", "thesis"})
_MARKED_PMID = re.compile(r"\s{0,9}([0-9]{1,8}) \[PMID\]\s{0,9}")
_CINAHL_PMID = re.compile(r"\bPMID: NLM([0-9]{1,8})\b")

Values = dict[str, list[str]]

_TITLE = ("titles/title", "title", "titles/short-title", "titles/translated-title")
_AUTHOR = ("contributors/authors/author", "authors/author")
_EDITOR = ("contributors/secondary-authors/author", "secondary-authors/secondary-author")
_DATE = ("dates/year", "dates/year@year", "year", "dates/pub-dates/date", "dates/pub-dates/date@year", "date")
_JOURNAL = (
    "periodical/full-title",
    "titles/secondary-title",
    "secondary-title",
    "titles/alt-title",
    "alt-periodical/full-title",
    "periodical/abbr-1",
    "titles/tertiary-title",
)
_URL = (
    "urls/related-urls/url",
    "urls/web-urls/url",
    "urls/text-urls/url",
    "urls/pdf-urls/url",
    "urls/url",
    "url",
)


def read(pieces: Iterable[str], notes: Notes) -> Iterator[Item]:
    """Yield the records and remarks of a file from pieces of its text; *notes* fills meanwhile.

    The raw record is every element with text of its own, or without children, and every attribute, by its
    path; ``style`` and its like are formatting, whose text counts and nothing else.
    """
    position, told = 0, set[str]()
    for cut in Cutter().cut(pieces):
        if not cut.is_record:
            told.update({UNKNOWN_NAME} if "<!ENTITY" in cut.text else ())
            yield from _between(cut)
            continue
        position += 1
        found = parse(cut, _INLINE)
        refusal = _refusal(cut, found, position)
        if refusal is not None:
            yield refusal
            continue
        record = RawRecord(position, cut.line, found.pairs)
        values = _by_path(found.pairs)
        fields = _understood(values)
        notes.product = notes.product or _PRODUCTS.get(_first(values, "source-app@name").strip().lower(), "")
        yield record, fields
        yield from _remarks(record, cut, found, told)
        if not fields.title or fields.year is None:
            yield from doubts(record, fields, (date for path in _DATE for date in values.get(path, ())))


def fields_of(raw: Iterable[tuple[str, str]]) -> Fields:
    """Return what the elements of one record mean."""
    return _understood(_by_path(raw))


def _between(cut: Cut) -> Iterator[Problem]:
    """Tell of what stands between records, unless it is only what holds the file together."""
    last = cut.line + cut.text.count("\n")
    where = f"Line {cut.line} holds" if last == cut.line else f"Lines {cut.line} to {last} hold"
    if "<!ENTITY" in cut.text:
        message = (
            f"{where} declarations of entities, which no export has and which can do harm: "
            "they were not used, and where a record names one its name stands."
        )
        yield Problem(cut.line, None, Severity.ERROR, message, cut.text)
        return
    rest = replace_sections(replace_sections(cut.text, "<!--", "-->", _nothing), "<?", "?>", _nothing)
    if not _HOLDING.sub("", rest).strip(" \t\r\n\0\ufeff"):
        return
    severity = Severity.WARNING
    if any(name.lower() not in _WRAPPERS for name in _TAG_NAME.findall(rest)):
        severity = Severity.ERROR
    message = f"{where} text outside any record, which was left out: look whether a record was lost there."
    yield Problem(cut.line, None, severity, message, cut.text)


def _nothing(_: str) -> str:
    return ""


def _refusal(cut: Cut, found: Record, position: int) -> Problem | None:
    """Return why a record cannot be read, None if it can."""
    where = f"Record {position} of line {cut.line}"
    if found.error:
        line = cut.line + found.line - 1
        message = (
            f"{where} was left out, for line {line} cannot be read ({shorten(found.error, 80)}): "
            "mend it there, or export the record again."
        )
        return Problem(cut.line, position, Severity.ERROR, message, cut.text)
    if not any(value for path, value in found.pairs if "@" not in path):
        message = f"{where} is an empty record: it was left out."
        return Problem(cut.line, position, Severity.ERROR, message, cut.text)
    return None


def _remarks(record: RawRecord, cut: Cut, found: Record, told: set[str]) -> Iterator[Problem]:
    """Yield what is to be said of a record that was read; an oddity is said once for a file."""
    where = f"Record {record.position} of line {record.line}"
    if not cut.whole:
        message = (
            f"{where} is longer than {LARGEST:,} characters, which no record is: it was ended there; "
            "look at the file."
        )
        yield Problem(record.line, record.position, Severity.ERROR, message)
    elif not cut.closed:
        last = record.line + cut.text.rstrip().count("\n")
        message = (
            f"{where} has no </record> before line {last} ends: it was read as far as it goes; "
            "the file may be cut off there."
        )
        yield Problem(last, record.position, Severity.WARNING, message, found.rest)
    if new := [oddity for oddity in found.odd if oddity not in told]:
        told.update(new)
        message = (
            f"{where} is the first with {' and '.join(new)}, which XML does not allow: "
            "it was read all the same, look whether it reads as it should."
        )
        yield Problem(record.line, record.position, Severity.WARNING, message)


def _by_path(raw: Iterable[tuple[str, str]]) -> Values:
    values: Values = {}
    for path, value in raw:
        if value:
            # EndNote 7 wrote REFERENCE_TYPE where EndNote 8 and later write reference-type.
            values.setdefault(path.lower().replace("_", "-"), []).append(value)
    return values


def _first(values: Values, *paths: str) -> str:
    """Return the first value under the first of *paths* that has one, ``""`` if none has."""
    return next((values[path][0] for path in paths if path in values), "")


def _all(values: Values, *paths: str) -> Iterator[str]:
    return (value for path in paths for value in values.get(path, ()))


def _understood(values: Values) -> Fields:
    kind = one_line(_first(values, "ref-type@name", "ref-type", "reference-type"))
    has_editors = kind.lower() not in _NOT_EDITORS
    return Fields(
        source_key=one_line(_first(values, "accession-num", "accession-number")),
        type=kind,
        title=one_line(_first(values, *_TITLE)),
        authors=_people(_all(values, *_AUTHOR)),
        editors=_people(_all(values, *_EDITOR)) if has_editors else (),
        year=next((year for date in _all(values, *_DATE) if (year := year_of(date)) is not None), None),
        journal=one_line(_first(values, *_JOURNAL)),
        volume=one_line(_first(values, "volume")),
        number=one_line(_first(values, "number", "issue")),
        pages=pages_of(_first(values, "pages", "custom7")),
        doi=_doi(values),
        pmid=_pmid(values),
        url=next(filter(None, map(web_address, _all(values, *_URL))), ""),
        abstract=prose(_first(values, "abstract")),
        keywords=listed(values.get("keywords/keyword", ())),
        language=one_line(_first(values, "language")),
        notes="\n".join(filter(None, map(prose, _all(values, "notes", "research-notes")))),
        database=one_line(_first(values, "remote-database-name", "remote-database-provider")),
        publisher=one_line(_first(values, "publisher")),
    )


def _people(names: Iterable[str]) -> tuple[str, ...]:
    """Return names without the comma by which EndNote marks a body: ``World Health Organization,``."""
    return tuple(filter(None, (name.rstrip(", ") for name in listed(names))))


def _doi(values: Values) -> str:
    candidates = (
        *map(doi_of, _all(values, "electronic-resource-num", "doi")),
        *map(doi_in_url, _all(values, *_URL)),
        *map(doi_in_note, _all(values, "notes", "research-notes")),
    )
    return next(filter(None, candidates), "")


def _pmid(values: Values) -> str:
    """Return the PubMed number: PubMed's accession number, that of a link, in a note of CINAHL, or marked."""
    databases = " ".join(_all(values, "remote-database-name", "remote-database-provider")).lower()
    words = re.findall(r"[a-z]+", databases[:1000])
    is_pubmed = "embase" not in words and not {"pubmed", "medline", "nlm"}.isdisjoint(words)
    if is_pubmed and (number := pubmed_number(_first(values, "accession-num", "accession-number"))):
        return number
    if number := next(filter(None, map(pmid_in_url, _all(values, *_URL))), ""):
        return number
    found = next(filter(None, map(_CINAHL_PMID.search, _all(values, "notes"))), None)
    found = found or next(filter(None, map(_MARKED_PMID.fullmatch, _all(values, "custom1"))), None)
    return found[1] if found else ""
