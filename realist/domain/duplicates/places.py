"""Where a paper appeared, as it is compared: journal, volume, number, pages, identifiers."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from realist.domain.duplicates.values import Kind
from realist.text import fold

_LONGEST = 300
_APART = re.compile(r"\s*[\[\]()=:;]\s*|\s+[-–—/|]\s+|\s+(?:mdash|ndash)\s+")
_SMALL_WORDS = """a an the of and in on for to at de des du la le les l d der die das und fur et el los las
y e i del della dei di do da dos em en o van voor het na om med og och av"""
_SMALL = frozenset(_SMALL_WORDS.split())
_CONFERENCES = """conference conferences conf symposium symp workshop workshops congress meeting convention
colloquium kongress congres congreso congresso tagung konferenz konferenzband conferencia jornadas simposio
atti"""
_CONFERENCE = frozenset(_CONFERENCES.split())
_PERIODICALS = """journal jnl j zeitschrift revista revue rivista tidsskrift tidskrift archives archiv
archivos annals transactions trans bulletin quarterly letters review reviews magazine record"""
_PERIODICAL = frozenset(_PERIODICALS.split())
_SERVERS = """arxiv biorxiv medrxiv chemrxiv psyarxiv socarxiv edarxiv engrxiv techrxiv ssrn preprint
preprints osf eartharxiv agrirxiv africarxiv peerjpreprints"""
_PREPRINTS = frozenset(_SERVERS.split())
_PREPRINT_DOI = re.compile(
    r"10\.(?:1101/(?:20|[0-9]{6}\b)|48550/|2139/ssrn|21203/rs|31234/|31235/|31219/|20944/|26434/|36227/"
    r"|22541/|64898/)"
)
_NOT_GIVEN = frozenset(("unknown", "none", "na", "n a", "null", "not given", "s n", "nan"))
_THESES = frozenset(("thesis", "theses", "dissertation", "dissertations", "doctoral", "habilitation"))

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_DOI_VERSION = re.compile(r"(?:\.pub|[./]v|(?<=[0-9])v)[0-9]{1,2}\Z")
_ROMAN_PAGES = re.compile(r"\W*([ivxlc]{1,8})(?:\s*[-–—]\s*([ivxlc]{1,8}))?\W*$")
_DATED = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b")
_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: str(number) for number, name in enumerate(_MONTH_NAMES.split(), 1)}
_PAGES = re.compile(r"([a-z]{0,4}[0-9]{1,12}[a-z]?)(?:\s*[-‐‑–—−]+\s*([a-z]{0,6}[0-9]{1,12}[a-z]?))?")
_NUMBER = re.compile(r"[0-9]{1,9}")

_TYPES: dict[str, str] = {
    word: kind
    for kind, words in {
        "article": "article|jour|journal article|journalarticle|journal|review|article journal"
        "|research article|article in press|mgzn|ejour|letter|editorial|note|short survey|journal paper",
        "conference": "inproceedings|conference|conf|cpaper|conference paper|conference proceedings"
        "|proceedings|proceedings paper|proceedings article|paper conference|conference abstract"
        "|meeting abstract|abst|abstract",
        "thesis": "thesis|thes|phdthesis|mastersthesis|dissertation|doctoral thesis|dissertation thesis",
        "book": "book|whole book|edited book|edbook|monograph|collection",
        "chapter": "chap|chapter|incollection|inbook|book chapter|book section|echap",
        "report": "report|rprt|techreport|gov|government document|standard|working paper|workingpaper",
        "preprint": "preprint|unpb|unpublished|posted content|posted-content|article preprint",
    }.items()
    for word in words.split("|")
}  # fmt: skip


class Journal(NamedTuple):
    """A journal or book as it is compared: its names, each as words, and what kind of place it is.

    ``text`` is the folded name, ``packed`` the same without small words and spaces; ``place`` is a
    :class:`Kind` such as a conference, or ``""``; ``periodical`` whether the name says that it is one.
    """

    text: str = ""
    packed: str = ""
    names: tuple[tuple[str, ...], ...] = ()
    place: str = ""
    periodical: bool = False


NO_JOURNAL = Journal()


@lru_cache(maxsize=20_000)
def read_journal(raw: str) -> Journal:
    """Return the name of a journal as it is compared."""
    raw = raw[:_LONGEST]
    text = unescape(raw) if "&" in raw else raw
    words = fold(text).split()
    kept = [word for word in words if word not in _SMALL]
    if not kept or " ".join(words) in _NOT_GIVEN:
        return NO_JOURNAL
    names = [tuple(kept)]
    for part in _APART.split(text):
        name = tuple([word for word in fold(part).split() if word not in _SMALL])
        if name and name not in names:
            names.append(name)
    place = ""
    if not _PREPRINTS.isdisjoint(words):
        place = Kind.PREPRINT
    elif not _CONFERENCE.isdisjoint(words) or ("proceedings" in words and _PERIODICAL.isdisjoint(words)):
        place = Kind.CONFERENCE
    elif not _THESES.isdisjoint(words):
        place = Kind.THESIS
    return Journal(" ".join(words), "".join(kept), tuple(names[:6]), place, not _PERIODICAL.isdisjoint(words))


def alike(one: Journal, other: Journal) -> str:
    """Return ``same`` for one name, ``short`` if one can be a short form of the other, ``part``, or ``""``.

    ``part`` is one that has the other's words or initials but is a periodical where the other is none.
    """
    if one.packed == other.packed:
        return "same"
    if one.packed > other.packed:
        one, other = other, one
    return _alike(one, other)


@lru_cache(maxsize=50_000)
def _alike(one: Journal, other: Journal) -> str:
    pairs = [(a, b) for a in one.names for b in other.names]
    if any(a == b or _short_for(a, b) or _short_for(b, a) for a, b in pairs):
        return "short"
    shorter, longer = sorted((frozenset(one.names[0]), frozenset(other.names[0])), key=len)
    common = len(shorter & longer)
    near = len(shorter) > 1 and common >= 0.75 * len(shorter) and len(longer) <= 3 * len(shorter)
    if near or any(_is_initials(a, b) or _is_initials(b, a) for a, b in pairs):
        return "short" if one.periodical == other.periodical else "part"
    return ""


def _is_initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether *short* is one word: the initials of words of *long* in a row, or a long word of it."""
    if len(short) != 1 or len(long) < 2 or len(short[0]) < 3:
        return False
    initials = "".join([word[0] for word in long])
    return short[0] in initials or (short[0] in long and len(short[0]) > 6)


def _short_for(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether each word of *short* begins or contracts a word of *long*, in order, most of *long* that is."""
    if not short or len(short) > len(long) or len(long) > len(short) + 3 or len(short) * 2 <= len(long):
        return False
    place = 0
    for word in short:
        while place < len(long) and not _begins(word, long[place]):
            place += 1
        if place == len(long):
            return False
        place += 1
    return True


def _begins(short: str, word: str) -> bool:
    if word.startswith(short):
        return True
    if short[0] != word[0] or len(short) < 3 or len(short) >= len(word):
        return False
    place = 0  # a contraction such as "intl", "jnl" or "dtsch": its letters stand in the word, in order
    for letter in short:
        place = word.find(letter, place) + 1
        if not place:
            return False
    return True


def read_doi(raw: str) -> str:
    """Return a DOI bare, in lower case, without the version of a document; ``""`` for none."""
    if not raw:
        return ""
    found = _DOI.search(raw[:400].lower())
    if not found:
        return ""
    return _DOI_VERSION.sub("", found[0].rstrip(".,;:)]\"'/"))


def is_preprint_doi(doi: str) -> bool:
    """Whether a DOI was given by a server of preprints."""
    return bool(_PREPRINT_DOI.match(doi))


def read_pages(raw: str) -> tuple[tuple[str, str], ...]:
    """Return the page ranges in a value, at most four, each as first and last page, ``""`` for unknown.

    ``454-81`` is 454 and 481; ``iii-xi`` stays so. ``01-Jun`` is what a spreadsheet made of 1-6.
    """
    if not raw:
        return ()
    low = raw[:80].lower()
    if low.isdecimal():
        return ((low.lstrip("0") or "0", ""),)
    low = _DATED.sub(_month, low)
    found = [_span(*pair) for pair in _PAGES.findall(low)[:4]] if "suppl" not in low else []
    if not found and (roman := _ROMAN_PAGES.match(low)):
        found = [(roman[1], roman[2] or "")]
    return tuple(found)


def _month(found: re.Match[str]) -> str:
    return _MONTHS[found[0]]


def _span(first: str, last: str) -> tuple[str, str]:
    if first.isdecimal():
        if last.isdecimal() and len(last) < len(first):
            last = first[: len(first) - len(last)] + last
        first = first.lstrip("0") or "0"
        last = last.lstrip("0") if last.isdecimal() else last
    return first, last


def read_number(raw: str) -> str:
    """Return the first number in a volume or issue, the number of a month, else its letters."""
    if not raw:
        return ""
    if raw.isdecimal():
        return raw[:80].lstrip("0") or "0"
    found = _NUMBER.search(raw[:80])
    if found:
        return found[0].lstrip("0") or "0"
    low = fold(raw[:80])
    if low in _NOT_GIVEN:
        return ""
    return _MONTHS.get(low[:3], low)


def read_type(raw: str) -> str:
    """Return article, conference, thesis, book, chapter, report or preprint, ``""`` for other types."""
    return _TYPES.get(fold(raw[:60]), "") if raw else ""
