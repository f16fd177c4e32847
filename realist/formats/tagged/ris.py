"""RIS: its grammar, and what its tags mean in the dialects of databases and reference managers."""

from __future__ import annotations

import re
from collections.abc import Callable

from realist.formats.records import Fields
from realist.formats.tagged import product
from realist.formats.tagged.grammar import Grammar
from realist.formats.tagged.reading import Raw, TaggedFormat, Values, by_tag
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
        r"|Link to the Ovid Full Text.*|https?://\S*ovid\S*|EF)\s*\Z"
    ),
    separator="  - ",
    remedy="TY  - GEN",
    sign="\ufeff",
    glue=re.compile(r"\ufeffTY(?<!\n\ufeffTY)(?= {1,3}- )"),
)

_LONGEST_NAME = 200
_PARTS = frozenset({"CHAP", "ECHAP", "CONF", "CPAPER"})
_EDITED = _PARTS | {"BOOK", "EBOOK", "EDBOOK", "SER", "ENCYC", "DICT"}
_COPYRIGHT = re.compile(r"Copyright of .{1,500} is the property of", re.DOTALL)


def fields_of(raw: Raw) -> Fields:
    """Return what the tags of one record mean. Of repeated single values the first with text counts."""
    return _understood(raw, by_tag(raw))


def _understood(raw: Raw, values: Values) -> Fields:
    first = values.first
    get = first.get
    kind = one_line(get("TY", "").partition("\n")[0])
    book_title = get("BT", "")
    is_book = kind == "BOOK"
    return Fields(
        _source_key(values),
        kind,
        one_line(get("TI") or get("T1") or get("CT") or (book_title if is_book else "") or get("TT", "")),
        _people(raw, values, "AU", "A1"),
        _editors(raw, values, kind) if "A2" in first or "ED" in first or "A3" in first else (),
        _year(values),
        one_line(
            get("JF")
            or get("T2")
            or get("JO")
            or get("JA")
            or get("J2")
            or ("" if is_book else book_title)
            or (get("T3", "") if kind in _PARTS else "")
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
        one_line(get("PB") or get("PU", "")),
    )


def _people(raw: Raw, values: Values, one: str, other: str) -> tuple[str, ...]:
    """Return the names under two tags, in file order."""
    if one in values.first:
        if other in values.first:
            return listed([value for tag, value in raw if tag in (one, other)])
        return listed(values.all(one))
    return listed(values.all(other)) if other in values.first else ()


def _editors(raw: Raw, values: Values, kind: str) -> tuple[str, ...]:
    """Return the editors: of a series (A3) only where there are no others, and never a thesis's advisor.

    What is too long for a name is a list of cited authors (Ovid by way of Zotero).
    """
    editors = _people(raw, values, "A2", "ED")
    if not editors and kind in _EDITED:
        editors = listed(values.all("A3"))
    return tuple([name for name in editors if len(name) <= _LONGEST_NAME])


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
    number = ""
    if "UR" in values.repeated or "pubmed" in first.get("UR", ""):
        number = next(filter(None, map(pmid_in_url, values.all("UR"))), "")
    if not number and "ID" in first and "AN" not in first and "medline" in _databases(values):
        # Ovid; a short number is EndNote's row in its own library.
        number = pubmed_number(first["ID"])
        return number if len(number) > 6 else ""
    return number


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
    # Zotero, on a line of its own; CINAHL by way of EBSCO, within a line.
    ("N1", "PMID", re.compile(r"(?:^[ \t]*PMID:? {0,3}|\bPMID: NLM)([0-9]{1,8})\b", re.MULTILINE)),
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

    AN, ID; ProQuest: the first of two numbers under AN; EPPI-Reviewer: U1; Embase.com: U2; EBSCO: within N1;
    Scopus, EBSCO and Embase.com: within UR. A short number under ID is EndNote's row in its own library,
    so it counts last.
    """
    first = values.first
    if "AN" in first and (found := one_line(first["AN"])):
        both = _TWO_NUMBERS.fullmatch(found) if ";" in found else None
        return both[1] if both and "proquest" in f"{_databases(values)} {first.get('UR', '')}" else found
    own = one_line(first.get("ID", ""))
    if own and not (len(own) <= 6 and own.isdecimal()):
        return own
    if "U1" in first and "eppi-reviewer" in values.all("KW"):
        return one_line(first["U1"])
    for tag, word, pattern in _KEY_TEXTS:
        if tag in first and (found := _search(values, tag, word, pattern)):
            return found
    return own


_TWO_NUMBERS = re.compile(r"([0-9]{1,20}); ?[0-9]{1,20}")
_KEY_TEXTS = (
    ("U2", "L", re.compile(r"\s*(L[0-9]{1,20})\s*\Z")),
    ("N1", "Accession", re.compile(r"\bAccession Number: ([^;\n]{1,100})")),
    ("N1", "rayyan-", re.compile(r"\b(rayyan-[0-9]{1,20})")),
    ("UR", "=", re.compile(r"[?&](?:eid|AN)=([\w.:%-]{1,100})")),
    ("UR", "embase.com", re.compile(r"[?&]id=(L[0-9]{1,20})\b")),
)

FORMAT = TaggedFormat(GRAMMAR, _understood, product.RIS, dates=("PY", "Y1", "DA"))
read = FORMAT.read
