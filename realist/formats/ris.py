"""RIS: its grammar, and what its tags mean in the dialects of databases and reference managers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from realist.formats.doubts import doubts
from realist.formats.product import Ballot, preamble_product
from realist.formats.records import Fields, Item, Notes, Problem
from realist.formats.tagged import Grammar, TagReader
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

GRAMMAR = Grammar(
    name="ris",
    # Before the tag: spaces, a bare CR (IEEE), a form feed, the mark of a file glued on with `cat`; after
    # the dash of the last end of a file without a last LF: the start of the file glued on.
    field=re.compile(r"\n[ \r\f\ufeff]*([A-Z][A-Z0-9]) {1,3}-(?: |(?=\n)|\Z|(?=\ufeff?TY {1,3}- ))"),
    start="TY",
    end="ER",
    noise=re.compile(
        r"\s*(?:[0-9]{1,9}\.|Record #[0-9]{1,9} of [0-9]{1,9}|(?:Provider|Database|Content):.*"
        r"|Link to the Ovid Full Text.*|https?://\S*ovid\S*)\s*\Z"
    ),
    separator="  - ",
    remedy="TY  - GEN",
)

_COPYRIGHT = re.compile(r"Copyright of .{1,500} is the property of", re.DOTALL)


class Values(NamedTuple):
    """The values of a record that are not blank, by tag: the first of each, and all that come again."""

    first: dict[str, str]
    repeated: dict[str, list[str]]

    def all(self, tag: str) -> Sequence[str]:
        """Return the values of *tag* in file order."""
        if tag in self.repeated:
            return self.repeated[tag]
        return (self.first[tag],) if tag in self.first else ()


def read(blocks: Iterable[str], notes: Notes) -> Iterator[Item]:
    """Yield the records and remarks of a RIS file from blocks of its lines; *notes* fills meanwhile."""
    reader = TagReader(GRAMMAR)
    ballot: Ballot | None = Ballot()
    for item in reader.read(blocks):
        notes.noise = reader.noise
        if isinstance(item, Problem):
            yield item
            continue
        if ballot is not None:
            ballot.ask(item.raw)
            notes.product = preamble_product(reader.preamble) or ballot.result()
            ballot = ballot if ballot.is_open else None
        values = by_tag(item.raw)
        fields = _understood(item.raw, values)
        yield item, fields
        if not fields.title or fields.year is None:
            yield from doubts(item, fields, (date for tag in ("PY", "Y1", "DA") for date in values.all(tag)))
    notes.noise = reader.noise


def by_tag(raw: Iterable[tuple[str, str]]) -> Values:
    """Return the values of a record by their tags."""
    first: dict[str, str] = {}
    repeated: dict[str, list[str]] = {}
    for tag, value in raw:
        # A cheap test before a dear one: blank text sorts before " !".
        if value > " !" or value.strip():
            if tag not in first:
                first[tag] = value
            elif tag in repeated:
                repeated[tag].append(value)
            else:
                repeated[tag] = [first[tag], value]
    return Values(first, repeated)


def fields_of(raw: Sequence[tuple[str, str]]) -> Fields:
    """Return what the tags of one record mean. Of repeated single values the first with text counts."""
    return _understood(raw, by_tag(raw))


def _understood(raw: Sequence[tuple[str, str]], values: Values) -> Fields:
    first = values.first
    get = first.get
    kind = one_line(get("TY", "").partition("\n")[0])
    book_title = get("BT", "")
    is_book = kind == "BOOK"
    return Fields(
        _source_key(values),
        kind,
        one_line(get("TI") or get("T1") or get("CT") or (book_title if is_book else "")),
        _people(raw, values, "AU", "A1"),
        _people(raw, values, "A2", "ED") if "A2" in first or "ED" in first else (),
        _year(values),
        one_line(
            get("JF") or get("T2") or get("JO") or get("JA") or get("J2") or ("" if is_book else book_title)
        ),
        one_line(get("VL") or get("VO", "")),
        one_line(get("IS") or get("CP", "")),
        _pages(values),
        _doi(values),
        _pmid(values),
        _url(values),
        _abstract(values),
        listed(values.all("KW")) if "KW" in first else (),
        one_line(get("LA", "")),
        _notes(values) if "N1" in first else "",
        one_line(get("DB") or get("DP", "")),
        one_line(get("PB", "")),
    )


def _people(raw: Sequence[tuple[str, str]], values: Values, one: str, other: str) -> tuple[str, ...]:
    """Return the names under two tags, in file order."""
    if one in values.first:
        if other in values.first:
            return listed([value for tag, value in raw if tag in (one, other)])
        return listed(values.all(one))
    return listed(values.all(other)) if other in values.first else ()


def _year(values: Values) -> int | None:
    """Return the year of publication: DA is the date itself where Y1 differs from it (Zotero)."""
    for tag in ("PY", "DA", "Y1"):
        if value := values.first.get(tag):
            if (year := year_of(value)) is not None:
                return year
            for other in values.repeated.get(tag, ()):
                if (year := year_of(other)) is not None:
                    return year
    return None


def _pages(values: Values) -> str:
    """Return the pages, or the article number (Scopus and Web of Science: C7) where there are none."""
    get = values.first.get
    return pages_of(get("SP", ""), get("EP", "")) or pages_of(get("PG") or get("C7", ""))


def _doi(values: Values) -> str:
    """Return the DOI from wherever vendors hide it. L3: EBSCO; M3 and N1: publishers, SciFinder."""
    for tag, find in _DOI_PLACES:
        if tag in values.first:
            if doi := find(values.first[tag]):
                return doi
            if tag in values.repeated:
                for value in values.repeated[tag]:
                    if doi := find(value):
                        return doi
    return ""


_DOI_PLACES: tuple[tuple[str, Callable[[str], str]], ...] = (
    *((tag, doi_of) for tag in ("DO", "DI", "L3", "M3")),
    ("UR", doi_in_url),
    ("N1", doi_in_note),
    ("L2", doi_in_url),
)


def _pmid(values: Values) -> str:
    """Return the PubMed number; each vendor has another place for it."""
    first = values.first
    if "AN" in first and (number := pubmed_number(first["AN"])) and _is_pubmed(values):
        return number
    if "C5" in first and (number := pubmed_number(first["C5"])) and _is_embase(values):
        return number
    if "C2" in first and (number := pubmed_number(first["C2"])) and "scopus" in _databases(values):
        return number
    for tag, word, pattern in _PMID_TEXTS:
        if tag in first and (found := _search(values, tag, word, pattern)):
            return found
    if "UR" in values.repeated or "pubmed" in first.get("UR", ""):
        return next(filter(None, map(pmid_in_url, values.all("UR"))), "")
    return ""


def _databases(values: Values) -> str:
    return " ".join((*values.all("DB"), *values.all("DP"))).lower()


def _is_pubmed(values: Values) -> bool:
    names = _databases(values)
    return "embase" not in names and ("pubmed" in names or "medline" in names or names.split() == ["nlm"])


def _is_embase(values: Values) -> bool:
    return "U2" in values.first or "embase" in _databases(values)


_PMID_TEXTS = (
    ("C3", "PUBMED", re.compile(r"\bPUBMED ([0-9]{1,8})\b")),  # Cochrane Library
    ("U1", "[PMID]", re.compile(r"\b([0-9]{1,8}) \[PMID\]")),  # Dimensions
    # APA PsycNet writes a tag of four letters, which is no tag but a line of the value before it.
    ("TY", "PMID", re.compile(r"^PMID {0,3}- ?([0-9]{1,8})[ \t]*$", re.MULTILINE)),
    ("N1", "PMID", re.compile(r"^[ \t]*PMID:? {0,3}([0-9]{1,8})\b", re.MULTILINE)),  # Zotero
)


def _search(values: Values, tag: str, word: str, pattern: re.Pattern[str]) -> str:
    """Return what *pattern* finds in the values of a tag; only values that hold *word* are searched."""
    if tag not in values.repeated and word not in values.first[tag]:
        return ""
    for value in values.all(tag):
        if word in value and (found := pattern.search(value)):
            return one_line(found[1])
    return ""


def _url(values: Values) -> str:
    for tag in ("UR", "L2", "LK", "L1"):
        if tag in values.first:
            if found := web_address(values.first[tag]):
                return found
            if found := next(filter(None, map(web_address, values.all(tag))), ""):
                return found
    return ""


def _abstract(values: Values) -> str:
    """Return the abstract; the second AB of EBSCO is a copyright notice and never one."""
    for tag in ("AB", "N2"):
        if tag in values.first:
            for value in values.all(tag):
                text = prose(value)
                if text and not (text.startswith("Copyright of ") and _COPYRIGHT.match(text)):
                    return text
    return ""


def _notes(values: Values) -> str:
    if "N1" in values.repeated:
        return "\n".join(filter(None, map(prose, values.repeated["N1"])))
    return prose(values.first["N1"])


def _source_key(values: Values) -> str:
    """Return the name the database gave the record.

    AN, ID; EPPI-Reviewer: U1; Embase.com: U2; EBSCO: within N1; Scopus and EBSCO: within UR. A short
    number under ID is EndNote's row in its own library, so it counts last.
    """
    first = values.first
    if "AN" in first and (found := one_line(first["AN"])):
        return found
    own = one_line(first.get("ID", ""))
    if own and not (len(own) <= 6 and own.isdecimal()):
        return own
    if "U1" in first and "eppi-reviewer" in values.all("KW"):
        return one_line(first["U1"])
    for tag, word, pattern in _KEY_TEXTS:
        if tag in first and (found := _search(values, tag, word, pattern)):
            return found
    return own


_KEY_TEXTS = (
    ("U2", "L", re.compile(r"\s*(L[0-9]{1,20})\s*\Z")),
    ("N1", "Accession", re.compile(r"\bAccession Number: ([^;\n]{1,100})")),
    ("N1", "rayyan-", re.compile(r"\b(rayyan-[0-9]{1,20})")),
    ("UR", "=", re.compile(r"[?&](?:eid|AN)=([\w.:%-]{1,100})")),
)
