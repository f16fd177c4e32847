"""Finding duplicates takes time in proportion to the records; single values are bounded and read right."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from realist.domain.duplicates import Record, find, row_of
from realist.domain.duplicates.candidates import BLOCK, WINDOW, candidates
from realist.domain.duplicates.clusters import Clusters
from realist.domain.duplicates.fields import read
from realist.domain.duplicates.finding import read_all
from realist.domain.duplicates.names import read_names
from realist.domain.duplicates.places import alike, read_doi, read_journal, read_number, read_pages
from realist.domain.duplicates.titles import read_title

LONG = 1_000_000


def equal_titles(number: int) -> Record:
    """Return records of one title by many authors in many years."""
    return Record(
        f"r{number:06}",
        title="A long account of nothing in particular that happened",
        authors=(f"Name{number % 997}, A.",),
        year=1900 + number % 120,
        volume=str(number % 99),
        pages=str(number),
    )


SHAPES: dict[str, Callable[[int], Record]] = {
    "equal in all": lambda n: Record(f"r{n:06}", title="A long account of nothing in particular", year=2000),
    "equal titles": equal_titles,
    "editorials": lambda n: Record(
        f"r{n:06}", title="Editorial", year=1990 + n % 30, authors=(f"N{n % 99} A",)
    ),
    "one DOI": lambda n: Record(f"r{n:06}", title=f"On {n} and {n * 7919 % 9973} more", doi="10.5555/all"),
    "numbered": lambda n: Record(
        f"r{n:06}", title=f"An account of the measured effects in region {n}", year=2001
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_many_records_of_one_key_take_time_in_proportion(shape: str) -> None:
    seconds = []
    for size in (4_000, 16_000):
        records = [SHAPES[shape](number) for number in range(size)]
        gc.collect()
        began = time.process_time()
        find(records)
        seconds.append(time.process_time() - began)
    assert seconds[1] < 9 * seconds[0] + 0.2


def test_a_block_of_one_key_is_not_compared_each_with_each() -> None:
    records = read_all(equal_titles(number) for number in range(3_000))
    pairs = list(candidates(records))
    assert len(pairs) == len(set(pairs))
    assert all(one < other for one, other in pairs)
    shared = 6  # keys that all or many of these records share
    assert len(pairs) < len(records) * (2 * WINDOW + BLOCK / 2) * shared
    assert len(list(candidates(read_all(equal_titles(n) for n in range(BLOCK))))) == BLOCK * (BLOCK - 1) // 2


def test_candidates_of_new_records_only() -> None:
    records = read_all(equal_titles(number) for number in range(40))
    assert {one for one, _ in candidates(records, 3)} == {0, 1, 2}
    assert sum(1 for _ in candidates(records, 3)) == 39 + 38 + 37


@pytest.mark.parametrize(
    "text",
    [
        "a" * LONG,
        " " * LONG,
        "[" * LONG,
        "(a)" * LONG,
        "[a] " * LONG,
        ": - . ? " * (LONG // 4),
        "reply to " * (LONG // 9) + ": comment",
        "<b>" * LONG,
        "&amp;" * LONG,
        "erratum " * LONG,
        "10." * LONG,
        "1-" * LONG,
        "\ud800\x00\u202e" * 1000,
        "研究" * LONG,
        "ﬁ½²" * LONG,
        "9" * LONG,
    ],
    ids=lambda text: ascii(text[:8]),
)
def test_endless_values_are_read_in_no_time(text: str) -> None:
    began = time.process_time()
    record = Record("a", text, text, text, (text, text), 10**30, text, text, text, text, text, text)
    assert len(row_of(record)) <= 80
    made = read(record)
    assert len(made.title.packed) <= 5_000
    result = find([record, record._replace(uid="b")])
    assert len(result.same) + len(result.doubtful) + len(result.related) <= 1
    assert time.process_time() - began < 1.0


def test_thousands_of_authors_are_cut() -> None:
    names = read_names(tuple(f"Name{number}, B." for number in range(50_000)))
    assert len(names.words) <= 60
    assert names.persons == 50_000


def test_asking_for_a_name_loads_no_matching_library() -> None:
    code = (
        "import sys, realist.domain.duplicates as d; print('rapidfuzz' in sys.modules, d.Setting('strict'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "strict"]


def test_garbage_is_collected_again_afterwards() -> None:
    assert gc.isenabled()
    find([equal_titles(1)])
    assert gc.isenabled()
    gc.disable()
    try:
        find([equal_titles(1)])
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_sets_that_must_not_meet_never_do() -> None:
    clusters = Clusters(6, lambda one, other: {one, other} == {0, 5})
    assert clusters.keep_apart(0, 1)
    clusters.join(clusters.find(1), clusters.find(2))
    clusters.join(clusters.find(2), clusters.find(3))
    assert clusters.are_apart(clusters.find(3), clusters.find(0))
    assert clusters.are_apart(clusters.find(0), clusters.find(2))
    clusters.join(clusters.find(0), clusters.find(4))
    assert clusters.are_apart(clusters.find(4), clusters.find(3))
    assert not clusters.keep_apart(1, 3)
    assert clusters.contradict(clusters.find(4), clusters.find(5))
    assert sorted(sorted(places) for places in clusters.sets()) == [[0, 4], [1, 2, 3]]


@pytest.mark.parametrize(
    ("raw", "read_as"),
    [
        ("454-81", (("454", "481"),)),
        ("S78-S89", (("s78", "s89"),)),
        ("iii-xi", (("iii", "xi"),)),
        ("01-Jun", (("1", "6"),)),
        ('"52-4, 64"', (("52", "54"), ("64", ""))),
        ("742-8; discussion 748-9", (("742", "748"), ("748", "749"))),
        ("e1003", (("e1003", ""),)),
        ("no pagination", ()),
        ("", ()),
    ],
)
def test_pages_in_the_ways_they_are_written(raw: str, read_as: tuple[tuple[str, str], ...]) -> None:
    assert read_pages(raw) == read_as


def test_numbers_and_dois_in_the_ways_they_are_written() -> None:
    written = ("24 Suppl 3", "4 (1) (no pagination)", "05", "May", "UNKNOWN", "")
    assert [read_number(raw) for raw in written] == ["24", "4", "5", "5", "", ""]
    assert read_doi("https://doi.org/10.5555/ABC.") == "10.5555/abc"
    assert read_doi("10.1002/14651858.CD009999.pub2") == "10.1002/14651858.cd009999"
    assert read_doi("10.48550/arXiv.2101.00001v3") == "10.48550/arxiv.2101.00001"
    assert read_doi("10.5555/rev2") == "10.5555/rev2"
    assert read_doi("none") == ""


@pytest.mark.parametrize(
    ("one", "two", "level"),
    [
        ("J Clin Oncol", "Journal of Clinical Oncology", "short"),
        ("Lancet", "The Lancet", "same"),
        ("Dtsch-Med-Wochenschr", "Deutsche Medizinische Wochenschrift (1946)", "short"),
        ("VLDB", "Very Large Data Bases", "short"),
        ("VLDB", "The VLDB Journal: The International Journal on Very Large Data Bases", "part"),
        ("SIGMOD Record", "ACM SIGMOD Record", "short"),
        ("CA Canc. Journ. Clin.", "CA: A Cancer Journal for Clinicians", "short"),
        (
            "Gan to Kagaku Ryoho [Japanese Journal of Chemotherapy]",
            "Japanese Journal of Chemotherapy",
            "short",
        ),
        ("Chest", "Thorax", ""),
        ("Journal of Made-Up Nursing", "Journal of Invented Surgery", ""),
    ],
)
def test_names_of_journals_and_their_short_forms(one: str, two: str, level: str) -> None:
    assert alike(read_journal(one), read_journal(two)) == level
    assert alike(read_journal(two), read_journal(one)) == level


def test_titles_are_read_without_what_databases_add() -> None:
    plain = read_title("Trust in teams")
    noted = "Trust in teams [Review] [39 refs]"
    for raw in ("Trust in teams.", "[Trust in teams]", noted, "TRUST IN <b>TEAMS</b>"):
        assert read_title(raw).packed == plain.packed
    assert read_title("Editorial").generic
    assert read_title("Vorwort der Herausgeber").generic
    assert read_title("Teams and Trust 2014", "teams and trust").generic
    assert not plain.generic
    assert read_title("Untitled") == read_title("")
    assert read_title("Trust in teams. Part II").part == read_title("Trust in teams, part 2").part == "2"
