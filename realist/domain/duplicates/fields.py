"""Records made comparable, once each."""

from __future__ import annotations

from collections import Counter

from realist.domain.duplicates import places
from realist.domain.duplicates.names import Names, read_names
from realist.domain.duplicates.places import Journal, read_journal
from realist.domain.duplicates.titles import Title, read_title
from realist.domain.duplicates.values import Kind, Record

LEAST_INFO, MOST_INFO, GENERIC_INFO = 0.4, 1.15, 0.15
FULL_LENGTH = 65
"""How much the likeness of titles says: the more letters the more, and hardly anything if generic."""

_PLACES = {"conference": Kind.CONFERENCE, "thesis": Kind.THESIS, "preprint": Kind.PREPRINT}


class Comparable:
    """A record in the form in which it is compared; :func:`read` makes it."""

    __slots__ = (
        "doi", "info", "journal", "names", "number", "pages", "place", "pmid",
        "source", "title", "type", "uid", "volume", "year",
    )  # fmt: skip

    uid: str
    source: str
    type: str
    title: Title
    names: Names
    year: int
    journal: Journal
    volume: str
    number: str
    pages: tuple[tuple[str, str], ...]
    info: float
    doi: str
    pmid: str
    place: str

    def content(self) -> tuple[object, ...]:
        """Return all that is compared, to find records that are alike in everything."""
        return (
            self.title, self.names, self.year, self.journal.packed, self.volume, self.number, self.pages,
            self.doi, self.pmid, self.type, self.place, self.source,
        )  # fmt: skip


def read(record: Record) -> Comparable:
    """Return *record* as it is compared; absent numbers are 0, absent texts ``""``."""
    made = Comparable()
    made.uid, made.source = record.uid, record.source.strip().lower()
    made.journal = journal = read_journal(record.journal)
    made.title = title = read_title(record.title, journal.text)
    told = min(LEAST_INFO + len(title.packed) / FULL_LENGTH, MOST_INFO)
    made.info = GENERIC_INFO if title.generic else told
    made.names = read_names(record.authors)
    made.year = record.year or 0
    made.volume = places.read_number(record.volume)
    made.number = places.read_number(record.number)
    made.pages = places.read_pages(record.pages)
    made.doi = doi = places.read_doi(record.doi)
    pmid = record.pmid
    made.pmid = pmid.lstrip("0") if pmid.isdecimal() else ""
    made.type = type_ = places.read_type(record.type)
    place = journal.place or _PLACES.get(type_, "")
    made.place = place or (Kind.PREPRINT if doi and places.is_preprint_doi(doi) else "")
    return made


def weigh(records: list[Comparable]) -> None:
    """Let titles that recur count for less, and a database that all records share for nothing.

    A title of three years or more is that of a column, not of a paper; so is one that a database has three
    times or more, as it seldom has a paper twice.
    """
    shared = len({record.source for record in records} - {""}) == 1
    first: dict[str, Comparable] = {}
    several: dict[str, list[Comparable]] = {}
    for record in records:
        if shared:
            record.source = ""
        title = record.title.packed
        if title and (one := first.setdefault(title, record)) is not record:
            several.setdefault(title, [one]).append(record)
    for those in several.values():
        if len(those) > 2:
            years = len({record.year for record in those if record.year})
            copies = max(Counter([record.source for record in those if record.source]).values(), default=0)
            share = min(2 / years if years > 2 else 1.0, 1 / copies if copies > 2 else 1.0)
            for record in those if share < 1 else ():
                record.info *= share
