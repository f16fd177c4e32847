"""Tests of realist.formats.tagged.ris: what tags mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from realist.formats.records import Item, Notes, Problem
from realist.formats.tagged.reading import by_tag
from realist.formats.tagged.ris import fields_of, read
from realist.vocabulary import Severity
from tests.formats.support import export_of


def mapped(*raw: tuple[str, str], name: str) -> Any:
    return getattr(fields_of([("TY", "JOUR"), *raw, ("ER", "")]), name)


def read_text(text: str) -> tuple[list[Item], Notes]:
    notes = Notes()
    return list(read(["\n" + text], notes)), notes


def test_a_plain_record_is_understood_in_every_field() -> None:
    fields = fields_of(
        [
            ("TY", "JOUR"),
            ("AU", "Okafor, N."),
            ("A2", "Reid, E."),
            ("AU", "Silva, M."),
            ("TI", " A  title "),
            ("PY", "2014//"),
            ("T2", "Invented J"),
            ("VL", "9"),
            ("IS", "3"),
            ("SP", "12"),
            ("EP", "19"),
            ("DO", "https://doi.org/10.1234/AB"),
            ("UR", "https://example.org/1"),
            ("AB", "One.\n\n Two. "),
            ("KW", "a; b"),
            ("KW", "c"),
            ("LA", "eng"),
            ("N1", "First"),
            ("N1", "Second"),
            ("DB", "Some base"),
            ("AN", "X1"),
            ("ER", ""),
        ]
    )
    assert fields._asdict() == {
        "source_key": "X1",
        "type": "JOUR",
        "title": "A title",
        "authors": ("Okafor, N.", "Silva, M."),
        "editors": ("Reid, E.",),
        "year": 2014,
        "journal": "Invented J",
        "volume": "9",
        "number": "3",
        "pages": "12-19",
        "doi": "10.1234/ab",
        "pmid": "",
        "url": "https://example.org/1",
        "abstract": "One.\n\nTwo.",
        "keywords": ("a", "b", "c"),
        "language": "eng",
        "notes": "First\nSecond",
        "database": "Some base",
        "publisher": "",
    }


def test_no_tags_mean_nothing() -> None:
    assert not any(fields_of([]))


def test_authors_keep_file_order_over_both_tags_and_repeat_if_the_file_does() -> None:
    raw = [("A1", "One"), ("AU", "Two"), ("A1", "One"), ("A2", "Ed"), ("AU", " "), ("ED", "Itor")]
    assert mapped(*raw, name="authors") == ("One", "Two", "One")
    assert mapped(*raw, name="editors") == ("Ed", "Itor")


def test_editors_of_a_book_without_authors_stay_editors() -> None:
    fields = fields_of([("TY", "BOOK"), ("A2", "Ed, A."), ("BT", "The book")])
    assert (fields.authors, fields.editors, fields.title, fields.journal) == ((), ("Ed, A.",), "The book", "")


def test_of_repeated_single_values_the_first_with_text_counts() -> None:
    assert mapped(("TI", " "), ("TI", "Second"), ("TI", "Third"), name="title") == "Second"
    assert mapped(("TI", ""), ("T1", "Other"), name="title") == "Other"
    assert mapped(("JF", "  "), ("T2", "Other"), name="journal") == "Other"


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ([("CT", "c"), ("T1", "b"), ("TI", "a")], "a"),
        ([("CT", "c"), ("T1", "b")], "b"),
        ([("CT", "c"), ("BT", "d")], "c"),
        ([("BT", "d"), ("ST", "e")], ""),
        ([("TT", "f"), ("ST", "e")], "f"),
    ],
)
def test_titles(raw: list[tuple[str, str]], title: str) -> None:
    assert mapped(*raw, name="title") == title


def test_journals_come_in_order_of_trust() -> None:
    tags = ["JF", "T2", "JO", "JA", "J2", "BT"]
    for start in range(len(tags)):
        raw = [(tag, tag.lower()) for tag in reversed(tags[start:])]
        assert mapped(*raw, name="journal") == tags[start].lower()


@pytest.mark.parametrize(
    ("kind", "raw", "journal"),
    [
        ("CHAP", [("T2", "Book"), ("T3", "Series")], "Book"),
        ("CHAP", [("BT", "Book"), ("T3", "Series")], "Book"),
        ("CHAP", [("T3", "Series")], "Series"),
        ("CPAPER", [("T3", "Meeting")], "Meeting"),
        ("JOUR", [("T3", "Series")], ""),
        ("BOOK", [("T3", "Series"), ("BT", "Book")], ""),
    ],
)
def test_books_that_hold_chapters(kind: str, raw: list[tuple[str, str]], journal: str) -> None:
    assert fields_of([("TY", kind), *raw]).journal == journal


@pytest.mark.parametrize(
    ("kind", "raw", "editors"),
    [
        ("CHAP", [("A3", "Series, Ed"), ("A2", "Book, Ed")], ("Book, Ed",)),
        ("CHAP", [("A3", "Series, Ed")], ("Series, Ed",)),
        ("CHAP", [("ED", "Book, Ed"), ("A2", "Other, Ed")], ("Book, Ed", "Other, Ed")),
        ("THES", [("A3", "Advisor, An")], ()),
        ("JOUR", [("A2", "One, Two, Three, " * 20), ("A2", "Guest, Ed")], ("Guest, Ed",)),
    ],
)
def test_editors_are_those_of_the_book(
    kind: str, raw: list[tuple[str, str]], editors: tuple[str, ...]
) -> None:
    assert fields_of([("TY", kind), *raw]).editors == editors


@pytest.mark.parametrize(
    ("raw", "year"),
    [
        ([("PY", "2011"), ("DA", "2012"), ("Y1", "2013")], 2011),
        ([("Y1", "2013/07/22"), ("DA", "2012/07/28")], 2012),
        ([("DA", "Jun"), ("Y1", "2013")], 2013),
        ([("PY", "in press"), ("PY", "2012")], 2012),
        ([("PY", "10 15")], None),
        ([("Y2", "2013")], None),
    ],
)
def test_years_come_from_the_tag_that_knows(raw: list[tuple[str, str]], year: int | None) -> None:
    assert mapped(*raw, name="year") == year


@pytest.mark.parametrize(
    ("raw", "pages"),
    [
        ([("SP", "783-801"), ("EP", "")], "783-801"),
        ([("SP", ""), ("PG", "14316")], "14316"),
        ([("C7", "e0298957")], "e0298957"),
        ([("SP", "1"), ("EP", "9"), ("C7", "123")], "1-9"),
        ([("SP", "No"), ("EP", "Specified")], ""),
    ],
)
def test_pages_or_article_number(raw: list[tuple[str, str]], pages: str) -> None:
    assert mapped(*raw, name="pages") == pages


@pytest.mark.parametrize(
    "raw",
    [
        [("DO", "10.1234/AB")],
        [("DO", "none"), ("DI", "10.1234/ab")],
        [("L3", "10.1234/ab")],
        [("M3", "doi: 10.1234/ab")],
        [("M3", "Article"), ("UR", "https://a.example/"), ("UR", "https://doi.org/10.1234/ab")],
        [("N1", "doi: 10.1234/ab")],
        [("L2", "http://dx.doi.org/10.1234/ab")],
        [("UR", "https://scopus.example/?eid=2-s2.0-1&doi=10.1234%2fab&md5=9")],
    ],
)
def test_dois_are_found_where_vendors_hide_them(raw: list[tuple[str, str]]) -> None:
    assert mapped(*raw, name="doi") == "10.1234/ab"


def test_a_doi_of_the_field_comes_before_one_of_a_link() -> None:
    raw = [("UR", "https://doi.org/10.1234/other"), ("DO", "10.1234/own")]
    assert mapped(*raw, name="doi") == "10.1234/own"


@pytest.mark.parametrize(
    ("raw", "pmid"),
    [
        ([("DB", "Scopus"), ("C2", "123")], "123"),
        ([("DB", "Scopus"), ("C2", "PMC123")], ""),
        ([("C2", "123")], ""),
        ([("DB", "Embase"), ("DB", "Medline"), ("C5", "123")], "123"),
        ([("U2", "L1"), ("C5", "123")], "123"),
        ([("C5", "123")], ""),
        ([("C3", "PUBMED 123,EMBASE 456")], "123"),
        ([("U1", "123 [PMID]")], "123"),
        ([("U1", "123")], ""),
        ([("DB", "PubMed"), ("AN", "123")], "123"),
        ([("DP", "NLM"), ("AN", "123"), ("C2", "PMC9")], "123"),
        ([("DB", "Embase\nMedline"), ("AN", "123")], ""),
        ([("DB", "ERIC"), ("AN", "123")], ""),
        ([("N1", "a\nPMID: 123\nb")], "123"),
        ([("N1", "Accession Number: 7. Note: PMID: NLM123.")], "123"),
        ([("N1", "Comment on PMID: 123")], ""),
        ([("UR", "https://a.example"), ("UR", "https://pubmed.ncbi.nlm.nih.gov/123/")], "123"),
        ([("DB", "Ovid MEDLINE(R)"), ("ID", "10000001")], "10000001"),
        ([("DB", "Medline"), ("ID", "123")], ""),
        ([("DB", "Embase"), ("ID", "10000001")], ""),
    ],
)
def test_pubmed_numbers_by_vendor(raw: list[tuple[str, str]], pmid: str) -> None:
    assert mapped(*raw, name="pmid") == pmid


def test_a_pubmed_number_under_a_tag_of_four_letters_is_found_and_the_type_clean() -> None:
    fields = fields_of([("TY", "JOUR\nPMID  - 123"), ("T1", "A")])
    assert (fields.type, fields.pmid) == ("JOUR", "123")


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ([("ID", "2020-1-005"), ("AN", "A1")], "A1"),
        ([("ID", "2020-1-005"), ("U2", "L9")], "2020-1-005"),
        ([("ID", "12"), ("U2", "L9")], "L9"),
        ([("ID", "12")], "12"),
        ([("U2", "x")], ""),
        ([("N1", "Accession Number: 176; Some, Body")], "176"),
        ([("N1", "see rayyan-5512 there")], "rayyan-5512"),
        ([("KW", "eppi-reviewer"), ("U1", "77")], "77"),
        ([("U1", "77")], ""),
        ([("UR", "https://scopus.example/x?eid=2-s2.0-85&doi=1")], "2-s2.0-85"),
        ([("UR", "https://ebsco.example/?db=aph&AN=176&site=x")], "176"),
        ([("UR", "https://www.embase.com/search?x=y&id=L2000000001&from=export")], "L2000000001"),
        ([("AN", "2214991469; 51887"), ("DB", "ProQuest Central")], "2214991469"),
        ([("AN", "2214991469; 51887"), ("UR", "https://www.proquest.com/x")], "2214991469"),
        ([("AN", "1; 2")], "1; 2"),
    ],
)
def test_the_name_a_database_gave(raw: list[tuple[str, str]], key: str) -> None:
    assert mapped(*raw, name="source_key") == key


def test_publishers_of_plain_files_and_of_web_of_science() -> None:
    assert mapped(("PU", "OTHER"), ("PB", "Press"), name="publisher") == "Press"
    assert mapped(("PU", "PRESS"), name="publisher") == "PRESS"


def test_a_copyright_notice_is_no_abstract() -> None:
    notice = "Copyright of Invented J is the property of Nobody and may not be copied."
    assert mapped(("AB", "Text."), ("AB", notice), name="abstract") == "Text."
    assert mapped(("AB", notice), ("N2", "Text."), name="abstract") == "Text."
    assert mapped(("AB", notice), name="abstract") == ""
    assert mapped(("AB", "Copyright of ideas."), name="abstract") == "Copyright of ideas."


def test_keywords_on_lines_of_their_own() -> None:
    assert mapped(("KW", "a\nb, c\n"), ("KW", "d"), name="keywords") == ("a", "b, c", "d")


def test_only_web_addresses_become_the_url() -> None:
    raw = [("UR", "javascript:alert(1)"), ("L1", "https://a.example/x.pdf"), ("L2", "file:///x")]
    assert mapped(*raw, name="url") == "https://a.example/x.pdf"


def test_values_are_safe_to_show_and_raw_is_to_the_letter() -> None:
    items, _ = read_text("TY  - JOUR\nTI  - a\x1b[31m\u202eb\x00\x07\nAB  - x\x9by\nER  - ")
    assert not isinstance(items[0], Problem)
    record, fields = items[0]
    assert record.raw[1:3] == [("TI", "a\x1b[31m\u202eb\x00\x07"), ("AB", "x\x9by")]
    assert (fields.title, fields.abstract) == ("a[31mb", "xy")


def test_markup_and_entities_stay_as_they_are() -> None:
    assert mapped(("TI", "<i>E. coli</i> &amp; [b]us[/b]"), name="title") == "<i>E. coli</i> &amp; [b]us[/b]"


def test_values_by_tag_leave_out_what_is_blank() -> None:
    values = by_tag([("A", ""), ("A", "1"), ("B", " "), ("A", "2"), ("C", "3"), ("A", "4")])
    assert values.first == {"A": "1", "C": "3"}
    assert (values.all("A"), values.all("B"), values.all("C")) == (["1", "2", "4"], (), ("3",))


def test_doubts_follow_the_record_they_are_about() -> None:
    items, _ = read_text("TY  - JOUR\nPY  - SEP 22\nER  - \n\nTY  - JOUR\nTI  - B\nER  - ")
    messages = [item.message for item in items if isinstance(item, Problem)]
    assert not isinstance(items[0], Problem)
    assert messages == [
        "Record 1 of line 1 has no title: it was read without one.",
        'Record 1 of line 1 has no year that can be read: "SEP 22" was kept as it is.',
    ]
    assert len(items) == 4


def test_doubtful_years_are_shown_short_and_safe() -> None:
    items, _ = read_text("TY  - JOUR\nTI  - A\nPY  - \x1b]52;" + "9" * 5000 + "\nER  - ")
    assert isinstance(items[1], Problem)
    assert len(items[1].message) < 200
    assert "\x1b" not in items[1].message


def test_a_file_without_records_says_so(tmp_path: Path) -> None:
    export = export_of(tmp_path, b"1.\n\nProvider: X\nER  - \nER  - \n")
    found = [item for item in export if isinstance(item, Problem)]
    assert found[-1].line == 1
    assert found[-1].severity is Severity.ERROR
    assert "The file holds no record" in found[-1].message


def test_an_error_is_enough_where_there_are_no_records() -> None:
    items, _ = read_text("AU  - A\nTI  - B\n")
    assert len(items) == 1


def test_the_end_of_file_of_web_of_science_is_no_lost_record() -> None:
    items, notes = read_text("TY  - JOUR\nTI  - A\nPY  - 2020\nER  - \n\nEF")
    assert len(items) == 1
    assert notes.noise == 1


def test_product_and_noise_are_noted_while_reading() -> None:
    _, notes = read_text(
        "Provider: American Psychological Association\n\nTY  - J\nTI  - A\nDB  - Scopus\nER  - "
    )
    assert notes == Notes("APA PsycNet", 1)
    assert read_text("TY  - J\nTI  - A\nDB  - Scopus\nER  - ")[1].product == "Scopus"
