"""EndNote's tagged format (ENW), also as refer, AIS eLibrary, JabRef, CNKI and others write it.

A line begins with a percent sign, one character and a space; blank lines stand between records. EndNote
writes ``%0`` first, others write it second or not at all.
"""

from __future__ import annotations

import re

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
    name="enw",
    field=re.compile(r"\n[\r\f\ufeff]*(%[!-$&-`{-~f])(?:[ \t]|(?=\n)|\Z)"),
    start="%0",
    end="",
    noise=re.compile(r"(?!)"),
    separator=" ",
    remedy="%0 Generic",
    glue=re.compile(
        r"%0 (?<![\n\r\f]%0 )(?<![\n\r\f]\ufeff%0 )"
        r"(?=(?:Journal Article|Book(?: Section)?|Generic|Conference [A-Z][a-z]{1,20}|Thesis|Report|Web Page)"
        r"\r?(?:\n|\Z))"
    ),
    parted=True,
    # JabRef and EndNote leave blank lines before these where a field ends with one or is empty.
    followers=frozenset("%" + mark for mark in "123456789+^*!?&()<>=~[]$#UXZPVNMW"),
    late=True,
)

_NAMES = re.compile(r"[ \t]%A[ \t]")


def fields_of(raw: Raw) -> Fields:
    """Return what the tags of one record mean."""
    return _understood(raw, by_tag(raw))


def _understood(raw: Raw, values: Values) -> Fields:
    get = values.first.get
    database = one_line(get("%~") or get("%W", ""))
    return Fields(
        one_line(get("%M") or get("%F", "")),
        one_line(get("%0") or get("%9", "")),
        one_line(get("%T", "")),
        _authors(values),
        listed(values.all("%E")),
        _year(values),
        one_line(get("%J") or get("%B", "")),
        one_line(get("%V", "")),
        one_line(get("%N", "")),
        pages_of(get("%P") or get("%]") or get("%&", "")),
        _doi(values),
        _pmid(values, database),
        next(filter(None, map(web_address, (*values.all("%U"), *values.all("%>")))), ""),
        prose(get("%X", "")),
        listed([value.replace("；", ";") for value in values.all("%K")]),
        "; ".join(map(one_line, values.all("%G"))),
        "\n".join(prose(value) for tag in ("%Z", "%O", "%<") for value in values.all(tag)),
        database,
        one_line(get("%I", "")),
    )


def _authors(values: Values) -> tuple[str, ...]:
    """Return the authors; CNKI writes all on one line, tags included, and refer has a tag for groups."""
    names = values.all("%A") or ("" if "%0" in values.first else values.all("%Q"))
    return listed([part for value in names for part in _NAMES.split(value)])


def _year(values: Values) -> int | None:
    for tag in ("%D", "%8"):
        for value in values.all(tag):
            if (year := year_of(value)) is not None:
                return year
    return None


def _doi(values: Values) -> str:
    """Return the DOI of its own field, or one that a link or a custom field names."""
    own = map(doi_of, values.all("%R"))
    links = (doi_in_url(value) for tag in ("%U", "%3", "%1", "%>") for value in values.all(tag))
    notes = (doi_in_note(value) for tag in ("%3", "%Z", "%O") for value in values.all(tag))
    return next(filter(None, (*own, *links, *notes)), "")


def _pmid(values: Values, database: str) -> str:
    """Return the PubMed number: a link to PubMed names it, or the database says what its number is."""
    name = f"{database} {values.first.get('%W', '')}".lower()
    is_pubmed = "pubmed" in name or "medline" in name or "nlm" in name.split()
    number = pubmed_number(values.first.get("%M", "")) if is_pubmed else ""
    return number or next(filter(None, map(pmid_in_url, values.all("%U"))), "")


FORMAT = TaggedFormat(GRAMMAR, _understood, product.ENW, dates=("%D", "%8"))
read = FORMAT.read
