"""PubMed's tagged format (NBIB, MEDLINE text), also as ERIC and others write it.

A tag fills four columns, a hyphen and a space follow, and lines that go on are indented by six spaces. A
record begins at ``PMID-``, or after a blank line where it has no such number (ERIC, PMC).
"""

from __future__ import annotations

import re

from realist.formats.records import Fields
from realist.formats.tagged import product
from realist.formats.tagged.grammar import Grammar
from realist.formats.tagged.languages import language
from realist.formats.tagged.reading import Raw, TaggedFormat, Values, by_tag, listed_over_lines, unwrapped
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
    name="nbib",
    # Some write no space after the hyphen, which is told from a hyphen in the text by its column.
    field=re.compile(
        r"\n(?! )[\r\f\ufeff]*([A-Z][A-Z0-9]{1,3}) {0,2}-"
        r"(?: |(?=\n)|\Z|(?<=[\n\ufeff][A-Z][A-Z0-9][A-Z0-9 ]{2}-))"
    ),
    start="PMID",
    end="",
    noise=re.compile(r"\s*</?pre>\s*\Z"),
    separator="- ",
    remedy="PMID- ",
    glue=re.compile(r"PMID-(?<![\n\r\f]PMID-)(?<![\n\r\f]\ufeffPMID-)(?= ?[0-9]{1,12}(?:\n|\Z))"),
    parted=True,
    named=True,
    stray=re.compile(r"\n[ \t\r\f]*(?=\n\S)"),
    written=lambda tag, value: f"{tag:4}- {value}",
)

_ARTICLE_NUMBER = re.compile(r"\s*([A-Za-z]{0,3}[0-9]{1,9})\s*(?:\[pii\]\s*)?\Z")


def fields_of(raw: Raw) -> Fields:
    """Return what the tags of one record mean."""
    return _understood(raw, by_tag(raw))


def _understood(raw: Raw, values: Values) -> Fields:
    first, get = values.first, values.first.get
    pmid = pubmed_number(get("PMID", ""))
    title = one_line(get("TI", ""))
    book = one_line(first["BTI"]) if "BTI" in first else ""
    return Fields(
        _source_key(values),
        "; ".join(map(one_line, values.all("PT"))),
        title or book or one_line(get("TT", "")),
        _authors(raw, values),
        listed_over_lines(values, "FED" if "FED" in first else "ED")
        if "FED" in first or "ED" in first
        else (),
        _year(values),
        one_line(get("JT") or get("TA") or (book if title else "") or get("CTI", "")),
        one_line(get("VI", "")),
        one_line(get("IP", "")),
        _pages(values),
        _doi(values),
        pmid,
        f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else _url(values),
        prose(unwrapped(get("AB") or get("OAB", ""))),
        listed_over_lines(values, "MH", "OT", "KW"),
        "; ".join(map(language, values.all("LA"))),
        "\n".join(prose(unwrapped(note)) for note in values.all("GN")) if "GN" in first else "",
        "PubMed" if pmid or get("OWN") == "NLM" else one_line(get("OWN", "")),
        one_line(first["PB"]) if "PB" in first else "",
    )


def _source_key(values: Values) -> str:
    """Return the PubMed number, the number of ERIC, or that of PubMed Central."""
    first = values.first
    if "PMID" in first:
        return one_line(first["PMID"])
    own = (number for number in values.all("OID") if not number.lstrip().startswith("NLM:"))
    return one_line(next(own, first.get("PMC", "")))


def _authors(raw: Raw, values: Values) -> tuple[str, ...]:
    """Return persons and groups in file order: full names, and short ones of those without a full one."""
    first, repeated = values.first, values.repeated
    if "FAU" not in first:
        tag = "AU"
    elif len(repeated.get("AU", "1")) <= len(repeated.get("FAU", "1")):
        tag = "FAU"
    else:
        return _authors_in_turn(raw)
    if "CN" not in first:
        return listed_over_lines(values, tag)
    return listed([unwrapped(value) for own, value in raw if own in (tag, "CN")])


def _authors_in_turn(raw: Raw) -> tuple[str, ...]:
    """Return the names where some are short: the short form of a full name follows it."""
    names: list[str] = []
    has_full = False
    for tag, value in raw:
        if tag in ("FAU", "CN") or (tag == "AU" and not has_full):
            names.append(unwrapped(value))
        has_full = tag == "FAU" or (has_full and tag != "AU")
    return listed(names)


def _year(values: Values) -> int | None:
    for tag in ("DP", "DEP"):
        for value in values.all(tag):
            if (year := year_of(value)) is not None:
                return year
    return None


def _pages(values: Values) -> str:
    """Return the pages, or the number of the article where it is given as its place only."""
    if pages := pages_of(values.first.get("PG", "")):
        return pages
    found = next(filter(None, map(_ARTICLE_NUMBER.match, values.all("LID"))), None)
    return found[1] if found else ""


def _doi(values: Values) -> str:
    """Return the DOI: what is marked as one first, then what can be nothing else."""
    places = (*values.all("LID"), *values.all("AID"))
    for value in places:
        if "[doi]" in value and (doi := doi_of(value)):
            return doi
    links = (doi_in_url(value) for value in places if "doi" in value.lower())
    bare = (doi_of(value) for value in places if value.lstrip().startswith("10.") and "[" not in value)
    return next(filter(None, (*links, *bare)), "")


def _url(values: Values) -> str:
    """Return a link that a record without a PubMed number holds (ERIC)."""
    places = (*values.all("LID"), *values.all("AID"), *values.all("UR"))
    return next(filter(None, (web_address(value) for value in places if "http" in value)), "")


FORMAT = TaggedFormat(GRAMMAR, _understood, product.NBIB, dates=("DP", "DEP"))
read = FORMAT.read
