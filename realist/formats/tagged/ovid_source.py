"""Ovid's source line: journal, volume, issue, pages and year in one sentence, which each database words."""

from __future__ import annotations

import re
from typing import NamedTuple

from realist.formats.values import listed, one_line, pages_of

_LONGEST = 2000
_MONTHS = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)[a-z]{0,6}\.?"
    r"(?:[/-][A-Z][a-z]{2,8}\.?)?"
)
_ISSUE = re.compile(
    r"(?:\bVol(?:ume)?\.? ?)?\b(?P<volume>[A-Z]{0,2}[0-9]{1,5}[A-Z]?) ?"
    r"\((?!no pagination|pp\b|var\.)(?P<number>[^()]{1,40}(?:\([^()]{1,10}\))?)\)"
)
_VOLUME = re.compile(
    r"\bVol(?:ume)?\.? ?(?P<volume>[0-9]{1,5})\b"
    r"|(?<=[.;,] )(?P<alone>[0-9]{1,5}[A-Z]?)(?: (?P<supplement>Suppl[a-z]{0,5}\.?(?: [0-9A-Z]{1,4})?))?"
    r"(?= ?(?::|\(no pagination|\(pp\b|,))"
    r"|(?<=[0-9];)(?P<after>[0-9]{1,5})(?=:)"
)
_PAGE = r"(?:[A-Za-z]{0,3}[0-9]{1,9}[A-Z]?|[ivxlc]{1,8})"
_PAGES = rf"({_PAGE}(?:-{_PAGE})?)"
_PAGES_PLACES = (
    re.compile(r"\(pp?\.? ?([^()]{1,40})\)"),
    re.compile(r"\bpp?\. ?" + _PAGES + r"\b"),
    re.compile(r"(?<=[0-9.)]) ?: ?" + _PAGES + r"\b(?! ?pp)"),
    re.compile(r"[;,] ?([A-Za-z]{0,3}[0-9]{1,9}-[A-Za-z]{0,3}[0-9]{1,9})\b"),
    re.compile(r"\bArticle Number: ?([A-Za-z0-9-]{1,30})"),
)
_YEAR = re.compile(r"\b(1[6-9][0-9]{2}|20[0-9]{2})\b")
_EDITORS = re.compile(r"((?:[^\[\]]{2,80} \[Ed[^\[\]]{0,40}\][;,.]? ?){1,40})")
_ROLE = re.compile(r" \[Ed[^\[\]]{0,40}\][;,.]? ?")
_BOOK = re.compile(r"[^()]{0,300}\((?P<year>[12][0-9]{3})\)\. ?(?P<title>[^()]{2,600}?)\.? \(pp?\.")
_DATED = re.compile(
    rf"[.,]? ?(?:{_MONTHS} ?(?:[0-9]{{1,2}},? )?)?\b(?:1[6-9]|20)[0-9]{{2}}"
    rf"(?: {_MONTHS})?(?: [0-9]{{1,2}})?(?: {_MONTHS})? ?[;:,.]? ?\Z"
)
_SEASON = re.compile(rf",? {_MONTHS}\Z")
_TRAILING_VOLUME = re.compile(r"(.{3,300}[A-Za-z)]) ([0-9]{1,4})\Z")


class Source(NamedTuple):
    """What a source line says; what it does not say is ``""`` or None."""

    journal: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    year: int | None = None
    editors: tuple[str, ...] = ()


def source_of(value: str) -> Source:
    """Return what a source line says of where a paper appeared."""
    text = one_line(value[:_LONGEST])
    editors: tuple[str, ...] = ()
    if found := _EDITORS.match(text):
        editors = listed([_ROLE.sub(";", found[1])])
        text = text[found.end() :]
    if book := _BOOK.match(text):
        pages, _ = _pages(text, book.end() - 4)
        return Source(book["title"].strip(), "", "", pages, int(book["year"]), editors)
    head, conference, _ = text.partition(". Conference:")
    volume, number, span = _volume(text, last=bool(conference))
    pages, place = _pages(text, span[1])
    year = _year(text, span, place)
    if not conference:
        ends = [start for start, end in (span, place, year.span() if year else (0, 0)) if end]
        head = text[: min(ends, default=len(text))]
    journal, more = _journal(head)
    return Source(journal, volume or more, number, pages, int(year[0]) if year else None, editors)


def _volume(text: str, last: bool) -> tuple[str, str, tuple[int, int]]:
    """Return volume, number and where they stand; those of a conference stand after all else."""
    issues = list(_ISSUE.finditer(text))
    if issues:
        found = issues[-1 if last else 0]
        return found["volume"], found["number"].strip(), found.span()
    alone = _VOLUME.search(text)
    if alone is None or _YEAR.fullmatch(alone[0]):
        return "", "", (0, 0)
    return alone["volume"] or alone["alone"] or alone["after"], alone["supplement"] or "", alone.span()


def _pages(text: str, start: int) -> tuple[str, tuple[int, int]]:
    """Return the pages after *start* and where they stand with what leads them."""
    for pattern in _PAGES_PLACES:
        if (found := pattern.search(text, start)) and (pages := pages_of(found[1])):
            return pages, found.span()
    return "", (0, 0)


def _year(text: str, volume: tuple[int, int], pages: tuple[int, int]) -> re.Match[str] | None:
    """Return the first year after the volume, or else the last before it; none of a range of pages."""
    years = [found for found in _YEAR.finditer(text) if not pages[0] < found.start() < pages[1]]
    after = [found for found in years if found.start() >= volume[1]]
    return after[0] if after else years[-1] if years else None


def _journal(head: str) -> tuple[str, str]:
    """Return the journal, and the volume where only a number after its name gives it."""
    dated = head.strip(" .,;:(")
    name = _SEASON.sub("", _DATED.sub("", dated)).rstrip(" .,;:")
    if name != dated and (found := _TRAILING_VOLUME.fullmatch(name)):
        return found[1].rstrip(" ,"), found[2]
    return name, ""
