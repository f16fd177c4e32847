"""The plain scanners and what is made of them: they find what is there, and tell when something is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.importing.calls import COLUMNS
from benchmarks.importing.oracles import compare
from benchmarks.importing.page import page
from benchmarks.importing.plain import plain
from benchmarks.importing.reasons import CHECKS, Case
from benchmarks.peers import Row
from realist.formats.records import Fields, RawRecord
from tests.formats.corpus import Reading, found_of, kept_values, lost_words, read, unexplained
from tests.formats.independent import Found, Text, decoded, found_in, lost
from tests.formats.samples import SAMPLES

TITLES = {
    "ris": ("What keeps nurses: a realist review of peer support", "Trust, and how it is lost"),
    "nbib": ("What keeps nurses: a realist review of\npeer support in rural wards.", "A letter on trust."),
    "wos": ("What keeps nurses: a realist review\nof peer support", "Trust, and how it is lost"),
    "wos-tab": ("What keeps nurses", "Trust"),
    "enw": ("What keeps nurses: a realist review of peer support", "Trust, and how it is lost"),
    "ovid": ("What keeps nurses: a realist review of peer support.", "Trust, and how it is lost."),
    "bibtex": (
        "What keeps nurses: a {Realist} review of 50\\% and {\\'e}lan",
        "Trust, and how it is lost",
        "A Handbook of Nothing",
    ),
    "endnote-xml": ("What keeps nurses & others", "Trust, and how it is lost"),
    "csv": ('What keeps nurses: a "realist" review', "Trust, and how it is lost"),
    "tsv": ("What keeps nurses", "Trust, and how it is lost"),
    "csl-json": ("What keeps nurses – a review", "Trust"),
}
TITLE_TAGS = ("TI", "T1", "%T", "title", "Title")


def entry(form: str) -> dict[str, object]:
    """Return what a manifest would say of an invented file."""
    return {"file": form, "format": form, "expected_records": len(TITLES[form]), "expected_fields": []}


@pytest.mark.parametrize("form", SAMPLES)
def test_the_scanners_find_the_titles_of_the_invented_files(form: str) -> None:
    found = found_in(SAMPLES[form], entry(form))
    titles = [next(value.strip() for tag, value in record.pairs if tag in TITLE_TAGS) for record in found]
    assert titles == list(TITLES[form])


@pytest.mark.parametrize("form", SAMPLES)
def test_the_readers_keep_every_word_of_the_invented_files(form: str, tmp_path: Path) -> None:
    (tmp_path / form).write_bytes(SAMPLES[form])
    reading = read(tmp_path, entry(form))
    assert reading.format == form
    assert (reading.crash, unexplained(reading), reading.errors) == ("", 0, [])
    assert lost_words(tmp_path, reading)[0].total() == 0
    theirs = plain(form, found_of(tmp_path, reading.file), COLUMNS)
    lines = frozenset(record.line for record in found_of(tmp_path, reading.file))
    differences = compare(reading, "plain", theirs, lines, {}).differences
    assert [each for each in differences if not each.reason] == []


def test_records_have_the_lines_of_an_editor() -> None:
    assert [record.line for record in found_in(b"TY  - A\rTI  - x\rER  -\rTY  - B\r", entry("ris"))] == [1, 4]
    assert [record.line for record in found_in(b"\n@a{k, t = {x\n}}\n\n@b{l}", entry("bibtex"))] == [2, 5]
    assert [record.line for record in found_in(b'Title\n"a\nb"\nc\n', entry("csv"))] == [2, 4]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbfna\xc3\xafve", "naïve"),
        ("naïve".encode("utf-16"), "naïve"),
        (b"\x00n\x00a\x00i\x00v\x00e", "naive"),
        (b"na\xefve", "naïve"),
    ],
)
def test_encodings_are_told_from_the_bytes(content: bytes, text: str) -> None:
    assert decoded(content).text == text


def test_a_word_that_is_gone_is_told() -> None:
    found = [Found(1, [("TI", "trust and trust")]), Found(5, [("TI", "nurses")])]
    assert lost("ris", Text("", True), found, {1: ["trust and trust"], 2: ["nurses"]}, []) == ({}, 4)
    assert lost("ris", Text("", True), found, {1: ["trust and"], 2: ["nurses", "trust"]}, [])[0] == {
        "trust": 1
    }
    assert lost("ris", Text("", True), found, {1: ["trust and trust"]}, ["TI  - nurses"])[0] == {}


def test_a_record_that_is_not_read_counts_as_lost_with_its_words(tmp_path: Path) -> None:
    (tmp_path / "ris").write_bytes(SAMPLES["ris"])
    reading = read(tmp_path, entry("ris"))
    reading.records.pop()
    assert unexplained(reading) == 1
    assert "Handbook" in lost_words(tmp_path, reading)[0]


def test_records_are_matched_by_their_lines_before_their_positions() -> None:
    found = [Found(1, [("TI", "a")]), Found(4, [("TI", "b")])]
    later = RawRecord(1, 4, [("TI", "b")])
    assert kept_values(found, Reading({}, records=[(later, Fields())])) == {2: ["b"]}


def case(*raw: tuple[str, str]) -> Case:
    """Return a record of an oracle to find reasons in."""
    return Case("oracle", raw, frozenset(), {})


@pytest.mark.parametrize(
    ("field", "ours", "theirs"),
    [
        ("title", "Trust", "Nurses"),
        ("title", "", "Nurses"),
        ("title", "Trust and", "Trust and nurses"),
        ("year", "2014", "2015"),
        ("year", "", "2015"),
        ("doi", "10.1234/a", "10.1234/b"),
        ("doi", "", "10.1234/b"),
        ("authors", ["Reid, K."], ["Reid, K.", "Okafor, A."]),
        ("authors", ["Okafor, A.", "Reid, K."], ["Reid, K.", "Okafor, A."]),
        ("authors", ["Reid, K."], ["Reed, K."]),
        ("authors", [], ["Reid, K."]),
    ],
)
def test_a_difference_that_nothing_explains_has_no_reason(field: str, ours: object, theirs: object) -> None:
    raw = case(
        ("TI", "Nurses"), ("PY", "2015"), ("DO", "10.1234/b"), ("AU", "Reid, K."), ("AU", "Okafor, A.")
    )
    assert CHECKS[field](ours, theirs, raw) == ""


@pytest.mark.parametrize(
    ("field", "ours", "theirs", "part"),
    [
        ("title", "Élan & trust", "{\\'E}lan \\& {Trust}".replace("T", "t"), "LaTeX"),
        ("title", "A & B", "A &amp; B", "references"),
        ("title", "Trust", "", "found in CT"),
        ("year", "1998", "", "found in DA"),
        ("doi", "10.1234/b", "", "found in L3"),
        ("authors", ["van Beek, Jan"], ["Jan van Beek"], "given name first"),
        ("authors", ["Reid, K.", "Okafor, A."], ["Reid, K. and Okafor, A."], "together"),
        ("authors", ["Reid, K.", "Okafor, A."], ["Okafor, A.", "Reid, K."], "order of the file"),
    ],
)
def test_reasons_are_found_in_the_record(field: str, ours: object, theirs: object, part: str) -> None:
    raw = case(
        ("CT", "Trust"), ("DA", "1998/07"), ("L3", "10.1234/B"), ("AU", "Reid, K."), ("A1", "Okafor, A.")
    )
    assert part in (CHECKS[field](ours, theirs, raw) or "")


def test_the_page_names_what_is_not_installed_and_says_what_was_lost() -> None:
    rows = [
        Row("ris", "realist", "", files=2, records=10, words=100),
        Row(
            "ris", "rispy", "1.0", files=2, records=10, missing=4, words=100, lost=25, refused=["a.ris: why"]
        ),
        Row("nbib", "nbib", None),
    ]
    lines = page(rows, "3.11", 0).split("\n")
    assert "| nbib | not installed | | | | | | |" in lines
    assert "| rispy 1.0 | RIS | 2 | 1 | 4 | 10 | 25.00 % | 0, 0.00 % |" in lines
    assert not any("a.ris" in line for line in lines)
