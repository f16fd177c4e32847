"""How far the fields of two records agree, and how much each says for or against one document.

Each comparison gives a *level*; :data:`POINTS` says what a level is worth, in natural logarithms of odds: a
level worth 3 is some twenty times as frequent among pairs of one document as among pairs of look-alikes. A
field that one of the records lacks is unknown (``""``) and worth nothing.
"""

from __future__ import annotations

from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.fuzz import ratio as _ratio
from rapidfuzz.fuzz import token_sort_ratio as _sorted_ratio

from realist.domain.duplicates.fields import LEAST_INFO, Comparable
from realist.domain.duplicates.names import Names
from realist.domain.duplicates.places import Journal, alike
from realist.domain.duplicates.titles import Title, language
from realist.domain.duplicates.values import Kind

POINTS: dict[str, dict[str, float]] = {
    "title": {
        "equal": 6.0, "nearly equal": 5.0, "similar": 4.0, "without subtitle": 4.3, "in two languages": 4.0,
        "cut off by dots": 5.0, "cut off": 3.5, "words moved": 3.0, "lacks a number": 1.0,
        "part of the other": 1.0, "same before subtitle": 0.5, "alike": 0.0, "heading of the other": 0.0,
        "translated": -0.5, "one is a heading": -1.0, "differ, place unknown": -1.2, "other numbers": -1.2,
        "differ": -3.0, "missing": -4.0, "one is a heading, place unknown": -4.5, "differ clearly": -6.0,
    },
    "authors": {
        "agree": 3.0, "two names agree": 2.0, "each shares one": 1.5, "one name agrees": 1.0,
        "half agree": 0.0, "of the book reviewed": -1.0, "in another script": -2.5, "few agree": -2.5,
        "differ": -4.5,
    },
    "year": {
        "agrees": 1.0, "one apart, same pages": -0.3, "one apart": -2.0, "two apart": -3.0, "differs": -4.5,
    },
    "journal": {
        "agrees": 1.2, "can be a short form": 1.0, "is another name": 1.0, "partly agrees": -0.5,
        "differs, same pages": -0.5, "differs between conferences": -1.0, "differs": -2.0,
    },
    "volume": {"agrees": 1.5, "differs": -2.0},
    "number": {"agrees": 0.6, "differs": -0.4, "differs within the volume": -3.2},
    "pages": {
        "agree": 4.0, "begin alike": 2.5, "agree in front": 2.0, "begin alike in front": 1.0,
        "end alike": 1.0, "numbered otherwise": -1.0, "differ": -2.5,
    },
    "DOI": {
        "agrees": 6.0, "agrees, other title": 1.0, "differs": -2.0, "differs within a publisher": -3.0,
        "differs, as do the pages": -5.0,
    },
    "PMID": {"agrees": 6.0, "agrees, other title": 1.0, "differs": -5.0},
    "type": {"differs": -1.0, "is another": -2.0},
    "place": {"is of another kind": -1.5},
    "database": {"is another": 0.5, "is the same": -1.8, "is the same, title recurs": -4.5},
    "others": {
        "alone there": 2.15, "one of two there": -1.4, "one of two there, well": -4.5,
        "one of several there": -2.7, "one of several there, well": -5.5, "one of many there": -4.0,
        "one of many there, well": -5.5, "another surely fits there": -5.5, "hardly any twice": -4.5,
        "each has its own": -5.5, "several fit": -1.4, "many fit": -2.7, "a crowd fits": -4.0,
    },
}  # fmt: skip
"""What the levels are worth. Points for titles count in full only if the titles say enough, see ``info``."""

FIELDS = tuple(POINTS)

TELLING = tuple(FIELDS.index(field) for field in ("year", "volume", "number", "pages", "DOI"))
"""The fields that tell the numbers of a series apart; what they say against one counts twice there."""

NEAR, SIMILAR, ALIKE, APART = 96.0, 92.0, 80.0, 65.0
"""From how many of a hundred on titles are nearly equal, similar, alike; below the last they are others."""

FAR = frozenset(("differ", "differ clearly"))
_OTHER = FAR | {"one is a heading", "one is a heading, place unknown", "heading of the other"}
SAME_PAGES = frozenset(("agree", "agree in front", "begin alike", "end alike"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONG_ENOUGH = 20


def compare_titles(one: Title, other: Title) -> tuple[str, float]:
    """Return the level of two titles and how many of a hundred characters they share."""
    x, y = one.packed, other.packed
    if x == y:
        return ("equal", 100.0) if x else ("", 0.0)
    if not x or not y:
        return "", 0.0
    ratio = _ratio(x, y)
    if (other.main == len(x) and y.startswith(x)) or (one.main == len(y) and x.startswith(y)):
        return "without subtitle", ratio
    if (one.others or other.others) and not {x, *one.others}.isdisjoint((y, *other.others)):
        return "in two languages", ratio
    if ratio >= SIMILAR:
        level = "nearly equal" if ratio >= NEAR else "similar"
        return (level if one.digits == other.digits else _compare_digits(one, other, level)), ratio
    return _compare_wording(one, other, ratio)


def _compare_wording(one: Title, other: Title, ratio: float) -> tuple[str, float]:
    short, long = (one, other) if len(one.packed) < len(other.packed) else (other, one)
    if len(short.packed) >= _LONG_ENOUGH and short.packed in long.packed:
        if not long.packed.startswith(short.packed):
            return "part of the other", ratio
        return ("cut off by dots" if short.cut else "cut off"), ratio
    if ratio >= 50 and len(short.packed) * 2 > len(long.packed):
        again = _sorted_ratio(one.text, other.text, score_cutoff=APART)
        if again >= 90:
            return _compare_digits(one, other, "words moved"), again
        ratio = max(ratio, again)
    if one.main == other.main > 12 and one.packed[: one.main] == other.packed[: one.main]:
        return "same before subtitle", ratio
    return ("alike" if ratio >= ALIKE else "differ" if ratio >= APART else "differ clearly"), ratio


def compare_headings(a: Comparable, b: Comparable) -> str:
    """Return the level of two titles far apart if one or both only have words of headings, else ``""``."""
    one, other = a.title, b.title
    if one.generic and other.generic:
        short, long = sorted((one.text, other.text), key=len)
        return "part of the other" if f" {short} " in f" {long} " else ""
    if one.generic == other.generic:
        return ""
    heading, title = (one, other) if one.generic else (other, one)
    if f" {heading.text} " in f" {title.heading} {title.text} ":
        return "heading of the other"
    return "one is a heading" if compare_pages(a, b) in SAME_PAGES else "one is a heading, place unknown"


def _compare_digits(one: Title, other: Title, level: str) -> str:
    """Return *level* if two titles have the same numbers, a lower one if one lacks some or they differ."""
    x, y = one.digits, other.digits
    if x == y or x.replace(" ", "") == y.replace(" ", ""):
        return level
    few, many = sorted((x.split(), y.split()), key=len)
    for number in few:
        if number not in many:
            return "differ clearly" if one.generic and other.generic else "other numbers"
        many.remove(number)
    return "lacks a number"


def compare_names(one: Names, other: Names) -> tuple[str, float]:
    """Return the level of two lists of authors and the share of the shorter one's words that agree."""
    small, large = one.words, other.words
    if not small or not large:
        return "", 0.0
    if len(small) > len(large):
        small, large = large, small
    common = frozenset(small).intersection(large)
    found = len(common)
    if found * 5 < len(small) * 4:
        rest = [word for word in large if word not in common][:24]
        left = [word for word in small if word not in common][:12]
        found += sum(
            [process.extractOne(word, rest, scorer=_ratio, score_cutoff=75) is not None for word in left]
        )
        if not found and "".join(small).isascii() != "".join(large).isascii():
            return "in another script", 0.0
    share = found / len(small)
    if share >= 0.75:
        if found > 2 or (found == 2 and one.persons > 1 and other.persons > 1):
            return "agree", share
        return ("two names agree" if found == 2 else "one name agrees"), share
    if share >= 0.5 and one.persons == other.persons > 1 and _each_shares_one(small, common, one.persons):
        return "each shares one", share
    return ("half agree" if share >= 0.5 else "few agree" if found else "differ"), share


def _each_shares_one(words: tuple[str, ...], common: frozenset[str], persons: int) -> bool:
    """Whether of persons with two names or more each shares one, so that no two names in a row are left."""
    left = [word not in common for word in words]
    return len(words) >= 2 * persons and not any(one and other for one, other in pairwise(left))


def compare_years(one: int, other: int, same_pages: bool) -> str:
    """Return the level of two years; one apart is usual between online and print."""
    if not one or not other:
        return ""
    apart = abs(one - other)
    if apart == 1:
        return "one apart, same pages" if same_pages else "one apart"
    return "agrees" if not apart else "two apart" if apart == 2 else "differs"


_JOURNALS = {"same": "agrees", "short": "can be a short form", "part": "partly agrees", "": "differs"}


def compare_journals(one: Journal, other: Journal, same_pages: bool) -> str:
    """Return the level of two names of journals, books or conferences."""
    if not one.packed or not other.packed:
        return ""
    level = _JOURNALS[alike(one, other)]
    if level != "differs":
        return level
    if same_pages:
        return "differs, same pages"
    return "differs between conferences" if one.place == other.place == Kind.CONFERENCE else level


def compare_places(a: Comparable, b: Comparable) -> str:
    """Return whether one appeared in a place of another kind, such as a conference and a journal."""
    if a.place == b.place or not a.journal.packed or not b.journal.packed:
        return ""
    if Kind.CONFERENCE in (a.place, b.place) and "" in (a.place, b.place):
        named = a.journal if b.place else b.journal
        return "is of another kind" if named.periodical else ""
    return "is of another kind"


def compare_volumes(one: str, other: str) -> str:
    """Return the level of two volumes; a year that stands for one volume only says nothing."""
    if not one or not other:
        return ""
    if one == other:
        return "agrees"
    return "" if _is_year(one) != _is_year(other) else "differs"


def _is_year(volume: str) -> bool:
    return len(volume) == 4 and volume[:2] in ("19", "20")


def compare_numbers(one: str, other: str, volume: str, pages: str) -> str:
    """Return the level of two issue numbers. Above 60 they are taken for something else, such as rows."""
    if not one or not other:
        return ""
    if one == other:
        return "agrees"
    if pages == "agree" or not (_is_issue(one) and _is_issue(other)):
        return ""
    return "differs within the volume" if volume == "agrees" else "differs"


def _is_issue(number: str) -> bool:
    return len(number) < 3 and number.isdecimal() and int(number) <= 60


def compare_pages(a: Comparable, b: Comparable) -> str:
    """Return the level of two values of pages.

    Pages from 1 on are often those of an article before its issue, and the first ten pages of an issue hold
    what recurs: equal ones say less there.
    """
    if not a.pages or not b.pages:
        return ""
    (x, x_end), (y, y_end) = a.pages[0], b.pages[0]
    if x == y:
        whole = x_end == y_end or not x_end or not y_end
        if x == "1" and not (whole and x_end and y_end):
            return ""
        if len(x) == 1 or not x[-1].isdigit() or x == "10":
            return "agree in front" if whole else "begin alike in front"
        return "agree" if whole else "begin alike"
    if len(a.pages) + len(b.pages) > 2 and not {p[0] for p in a.pages}.isdisjoint([p[0] for p in b.pages]):
        return "begin alike"
    bare, other = x.strip(_LETTERS), y.strip(_LETTERS)
    if bare == other and bare:
        return "begin alike"
    if x_end and x_end.strip(_LETTERS) == y_end.strip(_LETTERS):
        return "end alike"
    if x == "1" or y == "1":
        return ""
    if (len(bare) > 4) != (len(other) > 4) or (x[0] in _LETTERS) != (y[0] in _LETTERS):
        return "numbered otherwise"
    return "differ"


def compare_dois(one: str, other: str, title: str, pages: str) -> str:
    """Return the level of two DOIs; an equal one of papers with other titles is that of their volume."""
    if not one or not other:
        return ""
    if one == other:
        return "agrees, other title" if title in _OTHER else "agrees"
    if pages == "differ":
        return "differs, as do the pages"
    return "differs within a publisher" if one.partition("/")[0] == other.partition("/")[0] else "differs"


def compare_pmids(one: str, other: str, title: str) -> str:
    """Return the level of two PubMed numbers."""
    if not one or not other:
        return ""
    return ("agrees, other title" if title in _OTHER else "agrees") if one == other else "differs"


def compare_types(one: str, other: str) -> str:
    """Return the level of two types: a chapter is no book."""
    if one == other or not one or not other:
        return ""
    both = {one, other}
    if both == {"book", "chapter"} or both == {"thesis", "article"}:
        return "is another"
    return "" if "conference" in both or both == {"article", "preprint"} else "differs"


def compare_databases(a: Comparable, b: Comparable, same_pages: bool) -> str:
    """Return the level of two databases; one has a paper twice seldom, the numbers of a column as a rule."""
    if not a.source or not b.source:
        return ""
    if a.source != b.source:
        return "is another"
    recurs = min(a.info, b.info) < LEAST_INFO and not same_pages
    return "is the same, title recurs" if recurs else "is the same"


def is_series(title: str, info: float) -> bool:
    """Whether two titles are those of a column or series: title, authors and journal agree there by habit."""
    return info < LEAST_INFO or title == "other numbers"


def in_other_languages(one: Title, other: Title) -> bool:
    """Whether titles differ because one is, or may be, a translation."""
    if one.bracketed != other.bracketed:
        return True
    here, there = language(one), language(other)
    return bool(here and there and here != there)
