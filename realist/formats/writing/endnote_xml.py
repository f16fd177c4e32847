"""EndNote XML, as EndNote exports it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import escape

from realist.formats.records import Fields
from realist.formats.writing.plain import plain
from realist.formats.writing.types import ENDNOTE, is_plain, type_in

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
BETWEEN = ""
TAIL = "</records></xml>\n"

# What XML 1.0 has no way to write; control characters and lone surrogates are gone already.
_FORBIDDEN = re.compile("[\ufffe\uffff]")
_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/{}/"


def writer() -> Callable[[Fields], str]:
    """Return a function that writes one record."""
    return _record


def _record(fields: Fields) -> str:
    return f"<record>{''.join(filter(None, _elements(plain(fields))))}</record>\n"


def _elements(fields: Fields) -> Iterator[str]:
    kind, _ = type_in("endnote-xml", fields.type, fields.journal)
    yield f'<ref-type name="{kind}">{ENDNOTE[kind]}</ref-type>'
    authors = _within("authors", _each("author", map(_person, fields.authors)))
    editors = _within("secondary-authors", _each("author", map(_person, fields.editors)))
    yield _within("contributors", authors + editors)
    yield _within("titles", _one("title", fields.title) + _one("secondary-title", fields.journal))
    yield _within("periodical", _one("full-title", fields.journal))
    yield _one("pages", fields.pages)
    yield _one("volume", fields.volume)
    yield _one("number", fields.number)
    yield _within("keywords", _each("keyword", fields.keywords))
    yield _within("dates", _one("year", "" if fields.year is None else str(fields.year)))
    yield _one("publisher", fields.publisher)
    yield _one("accession-num", fields.source_key)
    yield _one("electronic-resource-num", fields.doi)
    yield _one("abstract", fields.abstract)
    yield _one("notes", fields.notes)
    yield _one("work-type", "" if kind == fields.type or is_plain(fields.type) else fields.type)
    yield _one("remote-database-name", fields.database)
    yield _one("language", fields.language)
    # Of PubMed's numbers EndNote knows only that of a record of PubMed; a link says it to every program.
    links = (fields.url, _PUBMED.format(fields.pmid)) if fields.url and fields.pmid else (fields.url,)
    yield _within("urls", _within("related-urls", _each("url", links)))
    yield _one("custom1", f"{fields.pmid} [PMID]" if fields.pmid and not fields.url else "")


def _person(name: str) -> str:
    """Return a name as EndNote takes it as it is: one without a comma, a body's, ends in one."""
    return name if "," in name else name + ","


def _one(name: str, text: str) -> str:
    if not text:
        return ""
    return f'<{name}><style face="normal" font="default" size="100%">{_safe(text)}</style></{name}>'


def _each(name: str, texts: Iterable[str]) -> str:
    return "".join(_one(name, text) for text in texts)


def _within(name: str, inner: str) -> str:
    return f"<{name}>{inner}</{name}>" if inner else ""


def _safe(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text))
