"""The four fields of every record as the plain scanners of tests/formats find them, without any wit."""

from __future__ import annotations

import re
from typing import Any

from benchmarks.importing.reasons import flat
from tests.formats.independent import TABLES, Found

_CELLS = (*TABLES, "xlsx")
_NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "ris": {"title": ("TI", "T1"), "authors": ("AU", "A1"), "year": ("PY", "DA", "Y1"), "doi": ("DO", "DI")},
    "nbib": {"title": ("TI", "BTI"), "authors": ("FAU", "AU"), "year": ("DP", "DEP"), "doi": ("LID", "AID")},
    "wos": {"title": ("TI",), "authors": ("AF", "AU"), "year": ("PY", "EY"), "doi": ("DI",)},
    "enw": {"title": ("%T",), "authors": ("%A",), "year": ("%D", "%8"), "doi": ("%R",)},
    "ovid": {
        "title": ("TI", "Title"),
        "authors": ("AU", "Authors", "Author"),
        "year": ("YR", "Year of Publication", "Year"),
        "doi": ("DO", "DOI", "Digital Object Identifier"),
    },
    "bibtex": {"title": ("title",), "authors": ("author",), "year": ("year", "date"), "doi": ("doi",)},
    "endnote-xml": {
        "title": ("title",),
        "authors": ("author",),
        "year": ("year", "date"),
        "doi": ("electronic-resource-num",),
    },
    "csl-json": {"title": ("title",), "authors": (), "year": ("issued",), "doi": ("DOI",)},
}


def plain(form: str, found: list[Found], columns: dict[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    """Return the four fields of every record by the plain scan; *columns* are the names that tables use."""
    names = columns if form in _CELLS else _NAMES[form]
    return [{**_picked(form, record, names), "key": ""} for record in found]


def _picked(form: str, record: Found, names: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    values: dict[str, list[str]] = {}
    for tag, value in record.pairs:
        if value.strip():
            values.setdefault(tag.strip().lower() if form in (*_CELLS, "bibtex") else tag, []).append(value)

    def first(field: str) -> list[str]:
        wanted = (name.lower() if form in _CELLS else name for name in names[field])
        return next((values[name] for name in wanted if name in values), [])

    doi = [value for value in first("doi") if form != "nbib" or "[doi]" in value]
    people: list[str] | None = first("authors")
    if form == "wos":
        people = [name for value in first("authors") for name in value.split("\n")]
    elif form == "bibtex":
        people = re.split(r"\s+and\s+", first("authors")[0], flags=re.IGNORECASE) if first("authors") else []
    elif form == "csl-json":
        people = None
    elif form in _CELLS:
        people = _in_cell((first("authors") or [""])[0])
    elif form in ("ris", "enw"):
        people = [value for tag, value in record.pairs if tag in names["authors"] and value.strip()]
    return {
        "title": (first("title") or [""])[0],
        "authors": people,
        "year": (first("year") or [""])[0],
        "doi": (doi or [""])[0],
    }


def _in_cell(cell: str) -> list[str]:
    """Return the names in one cell: parted by semicolons, by "and", or by commas where each is whole."""
    text = flat(cell)
    if ";" in text:
        return [name for name in map(flat, text.split(";")) if name]
    names = re.split(r" and ", text)
    if len(names) == 1 and all(" " in name.strip() for name in text.split(",")):
        names = text.split(",")
        if not names[0].endswith("."):
            names[-1] = names[-1].removesuffix(".")
    return [name for name in map(flat, names) if name]
