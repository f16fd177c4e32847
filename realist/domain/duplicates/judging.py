"""What two records are to each other, by the sum of the evidence."""

from __future__ import annotations

from realist.domain.duplicates import evidence as ev
from realist.domain.duplicates.evidence import FAR, POINTS, SAME_PAGES, TELLING
from realist.domain.duplicates.fields import LEAST_INFO, Comparable
from realist.domain.duplicates.values import Judgement, Kind

_GOOD_TITLES = frozenset(
    ("equal", "nearly equal", "similar", "without subtitle", "in two languages", "cut off", "cut off by dots",
     "words moved")
)  # fmt: skip
_LIKE_TITLES = _GOOD_TITLES.union(
    ("alike", "same before subtitle", "part of the other", "other numbers", "lacks a number")
)
_SAME_NAMES = frozenset(("agree", "two names agree", "one name agrees"))
_NO_NAMES = frozenset(("differ", "few agree", "in another script", ""))
_SAME_JOURNAL = frozenset(("agrees", "can be a short form"))
_OTHER_JOURNAL = frozenset(("differs", "differs between conferences", "partly agrees"))
_AGAINST = frozenset(
    ("differs", "differs between conferences", "differ", "numbered otherwise", "one apart", "two apart")
)
_TABLES = tuple(POINTS.values())
_MOST_NAMES = max(POINTS["authors"].values())


def judge(a: Comparable, b: Comparable, least: float = -1000.0) -> Judgement | None:
    """Return what speaks for and against one document.

    None where titles and pages alone rule it out, and where the sum could not reach *least* points and
    nothing hints at a companion.
    """
    title, likeness = ev.compare_titles(a.title, b.title)
    if title in FAR:
        if (a.title.generic or b.title.generic) and (heading := ev.compare_headings(a, b)):
            title = heading
        elif title == "differ" and _is_thin(a, b):
            title = "differ, place unknown"
        elif not _same_number(a, b) and not (a.pages and b.pages and a.pages[0][0] == b.pages[0][0]):
            return None
        elif ev.in_other_languages(a.title, b.title):
            title = "translated"
    where = _where(a, b)
    what = _what(a, b, where[-1] in SAME_PAGES)
    doi = ev.compare_dois(a.doi, b.doi, title, where[-1])
    pmid = ev.compare_pmids(a.pmid, b.pmid, title)
    if not title and doi != "agrees" and pmid != "agrees":
        title = "missing"
    info = min(a.info, b.info)
    points = _points((title, "", *where, doi, pmid, *what), info)
    unlike = title not in _GOOD_TITLES and a.title.marks == b.title.marks and a.title.part == b.title.part
    if unlike and points + _MOST_NAMES < least:
        return None
    names, shared = ev.compare_names(a.names, b.names)
    in_one_place = where[0] == "agrees" and where[1] in _SAME_JOURNAL
    if in_one_place and names in _NO_NAMES and names and Kind.REVIEW in a.title.marks ^ b.title.marks:
        names = "of the book reviewed"
    if names:
        points += _TABLES[1][names]
    levels = (title, names, *where, doi, pmid, *what)
    return Judgement(points, _kind(a, b, levels), levels, likeness, shared, info)


def _where(a: Comparable, b: Comparable) -> tuple[str, str, str, str, str]:
    """Return the levels of year, journal, volume, number and pages."""
    pages = ev.compare_pages(a, b)
    volume = ev.compare_volumes(a.volume, b.volume)
    same_pages = pages in SAME_PAGES and volume != "differs"
    return (
        ev.compare_years(a.year, b.year, same_pages),
        ev.compare_journals(a.journal, b.journal, same_pages and volume == "agrees"),
        volume,
        ev.compare_numbers(a.number, b.number, volume, pages),
        pages,
    )


def _what(a: Comparable, b: Comparable, same_pages: bool) -> tuple[str, str, str, str]:
    """Return the levels of type, kind of place, database and others; the last takes more than a pair."""
    database = ev.compare_databases(a, b, same_pages)
    return ev.compare_types(a.type, b.type), ev.compare_places(a, b), database, ""


def _points(levels: tuple[str, ...], info: float) -> float:
    """Return the sum of the points; those for alike titles by what the titles say.

    Of a series the title, authors and journal agree by habit: another place counts twice against it.
    """
    points = sum([table[level] for table, level in zip(_TABLES, levels, strict=True) if level])
    if ev.is_series(levels[0], info):
        points += sum([min(_TABLES[place].get(levels[place], 0.0), 0.0) for place in TELLING])
    worth = _TABLES[0].get(levels[0], 0.0)
    return points + worth * (info - 1) if worth > 0 else points


def _is_thin(a: Comparable, b: Comparable) -> bool:
    """Whether two records of one year, both by several authors, lack what could tell their place."""
    several = a.names.persons > 1 and b.names.persons > 1
    return several and 0 < a.year == b.year and not ((a.pages and b.pages) or (a.doi and b.doi))


def _same_number(a: Comparable, b: Comparable) -> bool:
    return bool((a.doi and a.doi == b.doi) or (a.pmid and a.pmid == b.pmid))


def with_level(judgement: Judgement, place: int, level: str) -> Judgement:
    """Return a judgement in which the field at a place of :data:`evidence.FIELDS` has another level."""
    table, levels = _TABLES[place], list(judgement.levels)
    gain = table[level] - table.get(levels[place], 0.0)
    levels[place] = level
    return judgement._replace(points=judgement.points + gain, levels=tuple(levels))


def _kind(a: Comparable, b: Comparable, levels: tuple[str, ...]) -> Kind | None:
    """Return how two records are related if they are not the same document, None where nothing says so."""
    title, names, year, journal, volume, _, pages, doi, pmid, _, place, _, _ = levels
    if title not in _LIKE_TITLES or min(a.info, b.info) < LEAST_INFO:
        return None
    if title not in _GOOD_TITLES and names in _NO_NAMES:
        return None
    here = doi == "agrees" or pmid == "agrees"
    same_place = pages in SAME_PAGES and volume != "differs" and journal != "differs"
    marks = a.title.marks ^ b.title.marks
    if marks and not (here and same_place):
        for kind in (Kind.RETRACTION, Kind.ERRATUM, Kind.REPLY):
            if kind in marks:
                return kind
        if Kind.REVIEW in marks and names not in _SAME_NAMES and names != "of the book reviewed":
            return Kind.REVIEW
        for kind in (Kind.SUPPLEMENT, Kind.PROTOCOL):
            if kind in marks and not here and not same_place:
                return kind
    if a.title.part != b.title.part and not here and not same_place:
        return Kind.PART
    if here or title not in _GOOD_TITLES or names in _NO_NAMES:
        return None
    places = {a.place, b.place}
    if len(places) == 2 and Kind.PREPRINT in places:
        return Kind.PREPRINT
    if same_place:
        return None
    return _elsewhere(places if place else set(), (year, journal, volume, pages))


def _elsewhere(places: set[str], where: tuple[str, ...]) -> Kind | None:
    """Return the kind of a document that appeared in another place, None if that is not sure."""
    year, journal, volume, pages = where
    against = sum([level in _AGAINST for level in where])
    if places and against > 1:
        return Kind.CONFERENCE if Kind.CONFERENCE in places else Kind.THESIS
    if against > 2:
        return Kind.VERSION
    agrees = journal == "agrees" or volume == "agrees" or pages.startswith("agree")
    if not agrees and year in _AGAINST and journal in _OTHER_JOURNAL:
        return Kind.VERSION
    return None
