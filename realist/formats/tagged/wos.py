"""The tagged format of Web of Science (plain text, .ciw, .isi), for all databases that it serves.

A tag fills two columns, a space follows, and lines that go on are indented by three spaces: a name or a cited
reference each, or more of one text.
"""

from __future__ import annotations

import re

from realist.formats.records import Fields
from realist.formats.tagged import product
from realist.formats.tagged.grammar import Grammar
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
    name="wos",
    field=re.compile(r"\n[\r\f\ufeff]*([A-Z][A-Z0-9])(?: |(?=\n)|\Z)"),
    start="PT",
    end="ER",
    noise=re.compile(r"(?!)"),
    separator=" ",
    remedy="PT J",
    # The last line of these files often has no end, and the next file begins with a mark.
    sign="FN ",
    glue=re.compile(r"FN (?:(?<=\nE[FR]FN )|(?<=\nE[FR][ \ufeff]FN )|(?<=\nE[FR] \ufeffFN ))"),
    frame=frozenset({"FN", "VR", "EF"}),
)

_MARKED_DOI = re.compile(r"\[(10\.[0-9]{4,9}/[^\]\s]{1,300})\]")
_NOTHING = frozenset({"", "-", "+", "*"})


def fields_of(raw: Raw) -> Fields:
    """Return what the tags of one record mean."""
    return _understood(raw, by_tag(raw))


def _understood(raw: Raw, values: Values) -> Fields:
    get = values.first.get
    number = one_line(get("UT", ""))
    return Fields(
        number,
        _type(values),
        one_line(get("TI") or get("FT") or get("Z1", "")),
        _authors(values),
        listed(values.all("BE") or values.all("ED")),
        _year(values),
        one_line(get("SO") or get("J9") or get("JI", "")),
        one_line(get("VL", "")),
        one_line(get("IS", "")),
        _pages(values),
        _doi(values),
        pubmed_number(get("PM", "")) or pubmed_number(number.partition("MEDLINE:")[2]),
        next(filter(None, map(web_address, (*values.all("UR"), *values.all("DL")))), ""),
        prose(unwrapped(get("AB") or get("Z4", ""))),
        _keywords(values),
        one_line(get("LA", "")),
        "",
        _database(number),
        one_line(get("PU", "")),
    )


def _type(values: Values) -> str:
    """Return the type of the document, or the letter of the publication where it has none."""
    kind = one_line(values.first.get("DT", ""))
    return one_line(values.first.get("PT", "")) if kind in _NOTHING else kind


def _authors(values: Values) -> tuple[str, ...]:
    """Return full names, or else short ones, and then groups; those of the book where there are no others."""
    for tag in ("AF", "AU"):
        if tag in values.first:
            return listed(values.all(tag)) + listed_over_lines(values, "CA")
    return listed_over_lines(values, "CA") or listed(values.all("BF") or values.all("BA"))


def _year(values: Values) -> int | None:
    for tag in ("PY", "EY", "EA", "PD"):
        for value in values.all(tag):
            if (year := year_of(value)) is not None:
                return year
    return None


def _pages(values: Values) -> str:
    """Return the pages as first and last, or in one, or the number of the article."""
    first, last, both, article = (one_line(values.first.get(tag, "")) for tag in ("BP", "EP", "PS", "AR"))
    last = "" if last in _NOTHING else last
    return pages_of("" if first in _NOTHING else first, last) or pages_of(both) or article


def _doi(values: Values) -> str:
    """Return the DOI; Inspec hides it among the numbers of its identifiers."""
    get = values.first.get
    if found := doi_of(get("DI", "")) or doi_in_url(get("DL", "")):
        return found
    marked = _MARKED_DOI.search(get("ID", "")) if "[10." in get("ID", "") else None
    return doi_of(marked[1]) if marked else ""


def _keywords(values: Values) -> tuple[str, ...]:
    """Return the authors' keywords, those of the database, and headings of MEDLINE; not Inspec's numbers."""
    numbered = "],[" in values.first.get("ID", "")
    return listed_over_lines(values, "DE", *(() if numbered else ("ID",)), "MH")


def _database(number: str) -> str:
    prefix, colon, _ = number.partition(":")
    return product.COLLECTIONS.get(prefix, prefix) if colon else ""


FORMAT = TaggedFormat(
    GRAMMAR, _understood, product.WOS, dates=("PY", "EY", "EA", "PD"), product="Web of Science"
)
read = FORMAT.read
