"""What other records say of a pair, headings and series, and how many pairs a person is asked about."""

from __future__ import annotations

import random

import pytest

from realist.domain.duplicates import (
    Outcome,
    Pair,
    Record,
    Result,
    Setting,
    Thresholds,
    evidence_of,
    find,
    find_new,
    reasons_of,
    row_of,
)
from realist.domain.duplicates.settings import most_asked
from realist.domain.duplicates.titles import read_title

PLACES = ("harbour", "quarry", "orchard", "lighthouse", "foundry", "meadow")
THINGS = ("ladders", "kettles", "lanterns", "bridges", "ropes", "barrels", "clocks", "anvils")


def library(papers: int, databases: tuple[str, ...] = ("North", "South"), more: str = "") -> list[Record]:
    """Return papers that each database has once; those of *more* it has twice, the second without pages."""
    made = []
    for number in range(papers):
        place, thing = PLACES[number % 6], THINGS[number // 6 % 8]
        for database in databases:
            record = Record(
                f"{database}{number:03}",
                database,
                title=f"How the {place} of an invented town number {number} came by its {thing}",
                authors=(f"Reeve{number}, Ada", f"Smith{number}, Bo"),
                year=1990 + number % 20,
                journal="Annals of Invention",
                volume=str(number),
                pages=f"{100 + number}-{109 + number}",
            )
            made.append(record)
            if database == more:
                made.append(record._replace(uid=f"{record.uid}b", pages=""))
    return made


def column(database: str, issues: int, **changes: object) -> list[Record]:
    """Return so many numbers of a column that say nothing of their place."""
    record = Record("", database, title="Notes from the reading room", authors=("Marsh, Ellen",), year=2011)
    return [record._replace(uid=f"{database}c{issue}", **changes) for issue in range(issues)]  # type: ignore[arg-type]


def pair_of(result: Result, *uids: str) -> Pair | None:
    """Return what was found of two records, wherever it is."""
    pairs = (*result.same, *result.doubtful, *result.related)
    return next((pair for pair in pairs if {pair.a, pair.b} == set(uids)), None)


def level(result: Result, a: str, b: str, field: str = "others") -> str:
    """Return the level of a field of a pair, ``""`` where nothing is known."""
    pair = pair_of(result, a, b)
    assert pair is not None
    return next((found.level for found in evidence_of(pair) if found.field == field), "")


ALL = Thresholds(0.9, 0.00001)
"""A person is asked about nearly all pairs."""

THIN = Record("Northx", "North", title="Ropes and their makers", authors=("Quill, Ann",), year=2001)


def test_two_records_that_fit_nothing_else_in_databases_that_share_their_papers_are_likely_one() -> None:
    other = THIN._replace(uid="Southx", source="South")
    shared, alone = find([*library(30), THIN, other]), find([THIN, other, Record("z", "West", title="Z")])
    assert level(shared, "Northx", "Southx") == "alone there"
    together, apart = pair_of(shared, "Northx", "Southx"), pair_of(alone, "Northx", "Southx")
    assert together is not None
    assert apart is not None
    assert together.score > apart.score
    assert any("fit nothing else" in reason for reason in reasons_of(together))


def test_what_speaks_against_a_pair_is_not_outweighed_by_its_being_alone() -> None:
    other = THIN._replace(uid="Southx", source="South", year=2003)
    assert level(find([*library(30), THIN, other], setting=ALL), "Northx", "Southx") == ""


def test_databases_that_share_few_papers_say_nothing_of_two_records_alone() -> None:
    north, south = library(80, ("North",)), library(24, ("South",))
    rest = [record._replace(uid=f"{record.uid}r", title=f"{record.title} again, {record.uid}",
                            authors=(f"Else{number}, Cy",), volume="", pages="", year=1950)
            for number, record in enumerate(library(80, ("South",)))]  # fmt: skip
    result = find([*north, *south, *rest, THIN, THIN._replace(uid="Southx", source="South")])
    assert level(result, "Northx", "Southx") == ""


def test_a_column_of_two_databases_is_not_joined_and_its_numbers_share_the_chance() -> None:
    titled = {"title": "Editorial"}
    few = find([*library(30), *column("North", 2, **titled), *column("South", 2, **titled)])
    many = find([*library(30), *column("North", 5, **titled), *column("South", 5, **titled)], setting=ALL)
    assert level(few, "Northc0", "Southc1") == "one of two there"
    assert level(many, "Northc0", "Southc1") == "one of several there"
    assert not any("c" in uid for result in (few, many) for cluster in result.clusters for uid in cluster)
    two, five = (pair_of(result, "Northc0", "Southc1") for result in (few, many))
    assert two is not None
    assert five is not None
    assert two.score > five.score
    assert not any({pair.a[:5], pair.b[:5]} == {"North"} for pair in few.doubtful)


def test_two_records_that_fit_a_third_as_well_are_not_joined_by_chance() -> None:
    other = THIN._replace(uid="Southx", source="South", journal="Ropes", authors=("Quill, Ann", "Bast, Jo"))
    fitting = other._replace(uid="Northx", source="North")
    result = find([*library(30), other, fitting, fitting._replace(uid="Northy", title=THIN.title + ".")])
    assert level(result, "Northx", "Southx") == level(result, "Northy", "Southx") == "one of two there, well"
    assert not any("Southx" in cluster for cluster in result.clusters)


def test_a_record_that_surely_fits_another_is_not_the_one() -> None:
    paper = library(1)[1]
    worse = paper._replace(uid="Southw", year=1992, volume="7", pages="", authors=paper.authors[:1])
    result = find([*library(30), worse], setting=ALL)
    assert level(result, "North000", "Southw") == "another surely fits there"
    assert not any("Southw" in cluster for cluster in result.clusters)


def test_two_records_of_one_database_that_another_has_both_are_two_papers() -> None:
    title, names = "A report on the invented weather of the year", ("Vane, Gil", "Frost, Hal")
    first = Record("Northa", "North", "", title, names, 2010, "Clouds", "3", "", "11-19")
    second = first._replace(uid="Northb", volume="4", pages="20-25", journal="Winds and tides")
    four = [
        first,
        second,
        *(one._replace(uid="South" + one.uid[-1], source="South") for one in (first, second)),
    ]
    found = find([*library(30), *four], setting=ALL)
    assert {("Northa", "Southa"), ("Northb", "Southb")} <= set(found.clusters)
    pair = pair_of(found, "Northa", "Northb")
    assert pair is None or level(found, "Northa", "Northb") in ("each has its own", "")


def test_of_a_database_that_has_papers_twice_nothing_is_concluded() -> None:
    titled = {"title": "Editorial"}
    columns = [*column("North", 2, **titled), *column("South", 4, **titled)]
    once, twice = (find([*library(30, more=more), *columns], setting=ALL) for more in ("", "South"))
    assert level(once, "Northc0", "Southc0") == "one of several there"
    assert level(twice, "Northc0", "Southc0") == "one of two there"
    assert all(len(cluster) == 3 for cluster in twice.clusters)


def test_of_small_databases_nothing_is_concluded() -> None:
    result = find([*library(8), THIN, THIN._replace(uid="Southx", source="South")])
    assert level(result, "Northx", "Southx") == ""


def test_where_no_database_is_known_a_record_that_many_fit_as_well_is_one_of_a_column() -> None:
    papers = [record._replace(source="") for record in library(30)]
    scores = []
    for issues in (2, 4, 9):
        found = find([*papers, *column("", issues)], setting=ALL)
        (first, *_) = [pair for pair in found.doubtful if pair.a == "c0"]
        scores.append((first.score, level(found, first.a, first.b)))
    assert [said for _, said in scores] == ["", "many fit", "a crowd fits"]
    assert scores[0] > scores[1] > scores[2]


def test_what_people_said_of_others_counts() -> None:
    records = [*library(30), *column("North", 2), *column("South", 2)]
    apart = {frozenset(("Northc0", "Southc1")): Outcome.DIFFERENT}
    told = find(records, decided=apart)
    assert pair_of(told, "Northc0", "Southc1") is None
    both = [level(result, "Northc0", "Southc0") for result in (told, find(records))]
    assert both == ["one of two there, well"] * 2
    told = find(records, decided=apart | {frozenset(("Northc1", "Southc0")): Outcome.DIFFERENT})
    assert level(told, "Northc0", "Southc0") == "alone there"
    joined = {frozenset(("Northc0", "Southc0")): Outcome.SAME}
    told = find(records, decided=joined, setting=ALL)
    assert ("Northc0", "Southc0") in told.clusters
    assert level(told, "Northc0", "Southc0") == ""
    assert level(told, "Northc1", "Southc1") == "alone there"


def test_in_two_steps_the_same_is_joined_as_at_once() -> None:
    records = [*library(60), THIN, THIN._replace(uid="Southx", source="South"), *column("South", 3)]
    whole = find(records)
    for seed in range(4):
        chance = random.Random(seed)
        mixed = chance.sample(records, len(records))
        old, new = mixed[:70], mixed[70:]
        joined = find(old).clusters
        by_uid = {record.uid: record for record in old}
        rows = [(record.uid, row_of(record)) for record in old]
        step = find_new(new, rows, lambda uids, known=by_uid: [known[uid] for uid in uids], joined=joined)  # type: ignore[misc]
        seen = {uid for cluster in step.clusters for uid in cluster}
        kept = {cluster for cluster in joined if cluster[0] not in seen}
        assert kept | set(step.clusters) == set(whole.clusters)
        assert find(mixed) == whole


def test_old_records_that_are_joined_tell_that_their_database_has_papers_twice() -> None:
    old = [*library(30, ("South",), more="South"), *column("South", 2, title="Editorial")]
    new = [*library(30, ("North",)), *column("North", 1, title="Editorial")]
    by_uid = {record.uid: record for record in old}
    rows = [(record.uid, row_of(record)) for record in old]
    levels = []
    for joined in ((), find(old).clusters):
        found = find_new(new, rows, lambda uids: [by_uid[uid] for uid in uids], joined=joined,
                         setting=ALL)  # fmt: skip
        levels.append(level(found, "Northc0", "Southc0"))
    assert levels == ["one of two there", "several fit"]


LONG_TITLE = "Ferries and their passengers on invented rivers"
EDITORIAL = Record(
    "a", title="Guest editorial", authors=("Poe, Edna",), year=2004, journal="Rivers", volume="6"
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Guest editorial: ferries and passengers on invented rivers", "heading of the other"),
        ("Ferries and passengers on invented rivers: guest editorial", "heading of the other"),
        ("Guest editorial ferries and passengers on invented rivers", "heading of the other"),
        ("Ferries and passengers on invented rivers", "one is a heading, place unknown"),
        ("Notes", None),
    ],
)
def test_a_heading_may_be_that_of_a_title_that_has_it(title: str, expected: str | None) -> None:
    result = find([EDITORIAL, EDITORIAL._replace(uid="b", title=title)], setting=ALL)
    assert not result.clusters
    if expected is None:
        assert not result.doubtful
    else:
        assert level(result, "a", "b", "title") == expected


def test_a_heading_on_the_same_pages_is_that_of_the_title_there() -> None:
    placed = EDITORIAL._replace(pages="301-304", number="2")
    (pair,) = find([placed, placed._replace(uid="b", title=LONG_TITLE)]).same
    assert evidence_of(pair)[0].level == "one is a heading"


def test_a_special_issue_and_the_preface_to_it_are_compared() -> None:
    issue = Record("a", "North", title="Special issue on invented river ferries", authors=(), year=2004)
    preface = Record(
        "b", "South", title="Title, foreword, preface to the special issue on invented river ferries"
    )
    assert read_title(preface.title).core == read_title(issue.title).core == "inventedriverferries"
    assert read_title("The ferries of an invented river").core == ""
    assert (
        level(find([issue, preface], setting=Thresholds(0.9, 0.1)), "a", "b", "title") == "part of the other"
    )


def test_a_series_agrees_by_habit_in_all_but_its_place() -> None:
    one = Record("a", title="Reading at grade 3", authors=("Ames, K.", "Bell, D."), year=2009,
                 journal="Reading Fiction", volume="20", number="1", pages="101-115")  # fmt: skip
    other = one._replace(uid="b", title="Reading at grade 5")
    assert find([one, other._replace(number="3", pages="310-325")]) == Result()
    pages = next(
        evidence
        for pair in find([one, other._replace(pages="310-325")], setting=ALL).doubtful
        for evidence in evidence_of(pair)
        if evidence.field == "pages"
    )
    assert pages.points == -5.0
    report = Record("a", title="Annual report 2012", authors=("Ministry of Invented Affairs",), year=2013)
    assert find([report, report._replace(uid="b", title="Annual report 2013")]) == Result()


def test_points_that_are_told_add_up_to_the_score() -> None:
    records = [*library(24), *column("North", 2, volume="3"), *column("South", 2, volume="4"), THIN]
    result = find(records, setting=ALL)
    for pair in (*result.same, *result.doubtful):
        assert pair.judgement is not None
        told = sum(evidence.points for evidence in evidence_of(pair))
        assert told == pytest.approx(pair.judgement.points, abs=0.5)


def test_authors_who_each_share_a_name_weigh_more_than_half_of_the_names() -> None:
    one = Record("a", title=LONG_TITLE, authors=("Mike Stone", "Robert Ullwick", "Ned Grau"), year=2004)
    nicknames = one._replace(uid="b", authors=("Michael Stone", "Bob Ullwick", "Edward Grau"))
    another = one._replace(uid="b", authors=("Mike Stone", "Robert Ullwick", "Pia Lund", "Olga Wern"))
    assert level(find([one, nicknames]), "a", "b", "authors") == "each shares one"
    assert level(find([one, another]), "a", "b", "authors") == "half agree"


def test_a_person_is_asked_the_strongest_questions_and_told_how_many_are_left() -> None:
    columns = [
        record._replace(uid=f"{number}{record.uid}", title=f"Notes from the {place} room", year=1950 + number)
        for number, place in enumerate(PLACES * 3)
        for record in column("", 3)
    ]
    result = find(columns)
    assert result.unasked > 0
    assert len(result.doubtful) >= most_asked(len(columns), [pair.score for pair in result.doubtful])
    weakest = min(pair.score for pair in result.doubtful)
    every = find(columns, setting=Thresholds(0.9, weakest - 0.0001))
    assert every.doubtful[: len(result.doubtful)] == result.doubtful
    assert find(columns[:6]).unasked == 0


def test_how_many_questions_there_may_be() -> None:
    assert most_asked(100, [0.3] * 50) == 20
    assert most_asked(5000, [0.3] * 200) == 100
    assert most_asked(5000, [0.9] * 200) == 225
    assert find([], setting=Setting.THOROUGH).unasked == 0
