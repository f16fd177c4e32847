"""What a row of a table means: its header is looked at once, each row is then read by place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from realist.formats.records import Fields
from realist.formats.tables.columns import DATABASES, is_wos, key_of, keys_of, places, product_of
from realist.formats.tables.lists import COMMAS, commas_part, keywords, people, people_of_pubmed, unglued
from realist.formats.tagged import wos
from realist.formats.tagged.product import COLLECTIONS
from realist.formats.values import (
    doi_in_note,
    doi_in_url,
    doi_of,
    one_line,
    pages_of,
    pmid_in_url,
    prose,
    pubmed_number,
    web_address,
    year_of,
)

_NOTHING = frozenset(
    {"NA", "N/A", "n/a", "nan", "NaN", "NULL", "null", "None", "#N/A", "-", "--", "[]", "undefined"}
)
"""What programs write into cells that hold nothing."""

_NAMED_PMID = re.compile(r"(?:PUBMED|PMID|MEDLINE)[ :]{0,3}([0-9]{1,8})(?![0-9])", re.IGNORECASE)
_COPYRIGHT = re.compile(r"\s?Copyright of .{1,500}? is the property of ", re.DOTALL)
_EMBASE_SOURCE = re.compile(
    r"(?P<journal>[^()]{1,500}) \((?P<year>[0-9]{4})\)"
    r"(?: (?P<volume>[^:(]{1,40}?)(?::(?P<number>[^ (]{1,40}))?)?"
    r"(?: \((?P<pages>[^()]{1,40})\)| Article Number: (?P<article>[^ .]{1,40}))?(?:\.|\Z)"
)
_PUBMED_CITATION = re.compile(
    r";(?P<volume>[^;:()]{0,40})(?:\((?P<number>[^()]{1,60})\))?:(?P<pages>[^;:. ]{1,40})(?:\.|\Z)"
)
_FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"


class Plan:
    """How the rows under one header are read.

    ``header`` are its cells as written, ``width`` their number, ``product`` what wrote the table if that is
    given or can be told, else ``""``. *sample* are rows that follow the header: they tell how lists are
    written.
    """

    def __init__(
        self, header: Sequence[str], sample: Sequence[Sequence[str]] = (), product: str = ""
    ) -> None:
        self.header = [cell.removeprefix("\ufeff") for cell in header]
        self.width = len(header)
        self.keys = keys_of(self.header)
        self.product = product or product_of(self.keys)
        self.columns = places(self.keys, self.product)
        self.is_own = "realist" in self.keys
        self.is_wos = is_wos(set(self.keys))
        self._codes = [key.upper() for key in self.keys]
        if self.is_wos:
            self.columns["year"] = tuple(at for at, key in enumerate(self.keys) if key in ("py", "ey", "pd"))
        if not self.product and any(cell.startswith("rayyan-") for row in sample for cell in row[:2]):
            self.product = "Rayyan"
        self._commas = COMMAS.get(self.product)
        if self._commas is None:
            self._commas = commas_part(
                row[at] for at in self.columns["authors"][:1] for row in sample if at < len(row)
            )
        self._full_names = frozenset(place for place, key in enumerate(self.keys) if key == "authorfullnames")
        sources = [place for place, key in enumerate(self.keys) if key == "source"]
        self._doubtful = sources and list(self.columns["journal"]) == sources
        self._content = frozenset(
            place
            for field in ("title", "abstract", "doi", "pmid", "url", "authors", "journal")
            for place in self.columns[field]
        )

    def is_content(self, place: int) -> bool:
        """Return whether a cell there, alone, makes a row a record."""
        return place in self._content

    def dates(self, row: Sequence[str]) -> Iterator[str]:
        """Yield the cells of a row that hold a date of publication."""
        return (row[place] for place in self.columns["year"])

    def fields(self, row: Sequence[str]) -> Fields:
        """Return what a row means; it has ``width`` cells."""
        if self.is_own:
            return _own(dict(zip(self.keys, row, strict=False)))
        if self.is_wos:
            return wos.fields_of(list(zip(self._codes, row, strict=False)))
        columns = self.columns
        cited = _cited(_first(row, columns["citation"]), self.product) if columns["citation"] else {}
        key = _number(_line(row, columns["source_key"]))
        journal, database = _line(row, columns["journal"]), self._database(row, key)
        if self._doubtful and key_of(journal) in DATABASES:
            journal, database = "", journal
        return Fields(
            key,
            _line(row, columns["type"]),
            _line(row, columns["title"]),
            self._people(row, "authors"),
            self._people(row, "editors"),
            _year(row, columns["year"]) or year_of(cited.get("year", "")),
            journal or cited.get("journal", ""),
            _number(_line(row, columns["volume"])) or cited.get("volume", ""),
            _number(_line(row, columns["number"])) or cited.get("number", ""),
            _pages(row, columns) or pages_of(cited.get("pages") or cited.get("article") or ""),
            _doi(row, columns),
            _pmid(row, columns),
            _url(row, columns["url"]),
            self._abstract(row),
            self._keywords(row),
            _line(row, columns["language"]),
            prose(_first(row, columns["notes"])) if columns["notes"] else "",
            database,
            _line(row, columns["publisher"]),
        )

    def _people(self, row: Sequence[str], field: str) -> tuple[str, ...]:
        for place in self.columns[field]:
            if value := _first(row, (place,)):
                if self.product == "PubMed":
                    return people_of_pubmed(value)
                if self.product == "Springer":
                    value = unglued(value)
                if found := people(value, False if place in self._full_names else self._commas):
                    return found
        return ()

    def _abstract(self, row: Sequence[str]) -> str:
        text = prose(_first(row, self.columns["abstract"]))
        if self.product == "EBSCO" and "Copyright of " in text:
            return _COPYRIGHT.split(text, maxsplit=1)[0] or text
        return text

    def _keywords(self, row: Sequence[str]) -> tuple[str, ...]:
        """Return the authors' keywords, or where there are none those of the database."""
        for field in ("keywords", "more_keywords"):
            values = [value for place in self.columns[field] if (value := _first(row, (place,)))]
            if values and (found := keywords(values)):
                return found
        return ()

    def _database(self, row: Sequence[str], key: str) -> str:
        if self.product == "Web of Science":
            prefix, colon, _ = key.partition(":")
            if colon:
                return one_line(COLLECTIONS.get(prefix, prefix))
        return _line(row, self.columns["database"])


def _first(row: Sequence[str], columns: Sequence[int]) -> str:
    """Return the first cell with text; ``="123"``, which keeps Excel from counting, is unwrapped."""
    for place in columns:
        value = row[place]
        if value and value not in _NOTHING and not value.isspace():
            if value[0] == "=" and value.startswith('="') and value.endswith('"') and len(value) > 3:
                value = value[2:-1].replace('""', '"')
            return value
    return ""


def _line(row: Sequence[str], columns: Sequence[int]) -> str:
    """Return the first cell with text, on one line."""
    return one_line(value) if columns and (value := _first(row, columns)) else ""


def _number(text: str) -> str:
    """Return a number as text; ``14.0`` is a 14 that a program took for a measurement."""
    return text[:-2] if text.endswith(".0") and text[:-2].isdecimal() else text


def _year(row: Sequence[str], columns: Sequence[int]) -> int | None:
    for place in columns:
        if value := row[place]:
            year = year_of(value if len(value) < 500 else value[:500])
            if year is not None:
                return year
    return None


def _pages(row: Sequence[str], columns: dict[str, tuple[int, ...]]) -> str:
    if (value := _line(row, columns["pages"])) and (found := pages_of(_number(value))):
        return found
    first, last = _line(row, columns["first_page"]), _line(row, columns["last_page"])
    if first or last:
        return pages_of(_number(first), _number(last))
    article = _line(row, columns["article_number"])
    return pages_of(_number(article)) if article else ""


def _doi(row: Sequence[str], columns: dict[str, tuple[int, ...]]) -> str:
    for find, field in ((doi_of, "doi"), (doi_in_url, "url"), (doi_in_note, "extra")):
        for place in columns[field]:
            value = row[place]
            if "10." in value and (found := find(value)):
                return found
    return ""


def _pmid(row: Sequence[str], columns: dict[str, tuple[int, ...]]) -> str:
    """Return the PubMed number; 0 stands for none (Abstrackr), and spreadsheets make 123.0 of 123."""
    for place in columns["pmid"]:
        if value := _first(row, (place,)):
            found = pubmed_number(one_line(value[:100]).removesuffix(".0")) or pmid_in_url(value)
            if not found and (named := _NAMED_PMID.search(value)):
                found = named[1]
            if found.strip("0"):
                return found
    for place in columns["url"]:
        if "pubmed" in row[place] and (found := pmid_in_url(row[place])):
            return found
    for place in columns["extra"]:
        if "PMID" in row[place] and (named := _NAMED_PMID.search(row[place])):
            return named[1]
    if (place := next(iter(columns["source_key"]), -1)) >= 0 and row[place].startswith("MEDLINE:"):
        return pubmed_number(row[place][8:])
    return ""


def _url(row: Sequence[str], columns: Sequence[int]) -> str:
    for place in columns:
        if (value := row[place]) and (found := web_address(value)):
            return found
    return ""


def _cited(value: str, product: str) -> dict[str, str]:
    """Return the parts of a citation: journal, year, volume, number, pages as far as they stand there."""
    text = one_line(value[:1000])
    found = _EMBASE_SOURCE.match(text) if product == "Embase.com" else _PUBMED_CITATION.search(text)
    return {name: part for name, part in found.groupdict().items() if part} if found else {}


def _own(cells: dict[str, str]) -> Fields:
    """Return the paper of a row that realist wrote: entries of lists stand one a line."""
    get = cells.get
    year = get("year", "").strip()
    return Fields(
        _text(get("sourcekey", "")),
        _text(get("type", "")),
        _text(get("title", "")),
        _entries(get("authors", "")),
        _entries(get("editors", "")),
        int(year) if len(year) < 5 and year.isdecimal() else None,
        _text(get("journal", "")),
        _text(get("volume", "")),
        _text(get("number", "")),
        _text(get("pages", "")),
        _text(get("doi", "")),
        _text(get("pmid", "")),
        _text(get("url", "")),
        prose(_unprotected(get("abstract", ""))),
        _entries(get("keywords", "")),
        _text(get("language", "")),
        prose(_unprotected(get("notes", ""))),
        _text(get("database", "")),
        _text(get("publisher", "")),
    )


def _text(cell: str) -> str:
    return one_line(_unprotected(cell))


def _entries(cell: str) -> tuple[str, ...]:
    return tuple([name for part in cell.split("\n") if (name := _text(part))])


def _unprotected(cell: str) -> str:
    """Return *cell* without the apostrophe that keeps a spreadsheet from running it."""
    if not cell.startswith("'"):
        return cell
    return cell[1:] if cell.lstrip("'")[:1] in _FORMULA_STARTS and cell.strip("'") else cell
