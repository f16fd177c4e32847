"""Tests of realist.formats.values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realist import text as rules
from realist.formats import values
from realist.formats.values import doi_in_note, doi_in_url, doi_of, listed, one_line, pages_of, prose

TRICKY = st.text(
    alphabet=st.one_of(
        st.characters(codec=None),
        st.sampled_from(" \t\n\r\xa0\u2009\u2028\x85\x00\x1b\x1c\u200e\u202e\u200b\ud800;&ab"),
    )
)


@given(TRICKY)
def test_one_line_is_the_rule_of_the_house(value: str) -> None:
    assert one_line(value) == rules.line(value)


@given(TRICKY)
def test_prose_is_the_rule_of_the_house(value: str) -> None:
    assert prose(value) == rules.paragraphs(value)


@given(st.lists(TRICKY))
def test_entries_of_lists_are_lines_with_text(entries: list[str]) -> None:
    for entry in listed(entries):
        assert entry
        assert entry == rules.line(entry)


@pytest.mark.parametrize(
    ("value", "year"),
    [
        ("2014", 2014),
        ("2014//", 2014),
        ("2024///", 2024),
        ("1948/07", 1948),
        ("2018 Ex", 2018),
        ("2015/october", 2015),
        (" 1999 ", 1999),
        ("24-27 Sept. 2019", 2019),
        ("c1887.", 1887),
        ("Start date: 20170812", 2017),
        ("20190823", 2019),
        ("2019-2021", 2019),
        ("1000", 1000),
        ("2100", 2100),
        ("2101", None),
        ("0999", None),
        ("SEP 22", None),
        ("10 15", None),
        ("in press", None),
        ("", None),
        ("12345", None),
        ("2", None),
        ("199", None),
        ("20171399", None),
        ("٢٠١٤", None),
        ("1" * 5000, None),
        ("9" * 5000 + " 2001", 2001),
    ],
)
def test_years(value: str, year: int | None) -> None:
    assert values.year_of(value) == year


@pytest.mark.parametrize(
    ("first", "last", "pages"),
    [
        ("783", "801", "783-801"),
        ("783-801", "", "783-801"),
        ("783-801", "801", "783-801"),
        ("454-81", "", "454-481"),
        ("454", "81", "454-481"),
        ("50-1", "", "50-51"),
        ("1279‐1297", "", "1279-1297"),
        ("783–801", "", "783-801"),
        ("783 - 801", "", "783-801"),
        ("pp 37-64", "", "37-64"),
        ("pp. 37-64", "", "37-64"),
        ("p. 12", "", "12"),
        ("146p", "", "146p"),
        ("105752", "105752", "105752"),
        ("39", "", "39"),
        ("", "160", "160"),
        ("e0815", "", "e0815"),
        ("S12", "S19", "S12-S19"),
        ("S12", "9", "S12-19"),
        ("S12", "19", "S12-19"),
        ("R454-81", "", "R454-481"),
        ("12-15, 20-22", "", "12-15, 20-22"),
        ("12-15", "ff", "12-15"),
        ("xii", "xx", "xii-xx"),
        ("No", "Specified", ""),
        ("No Pagination Specified", "", ""),
        ("", "", ""),
        ("Cd007917", "", "Cd007917"),
        ("1" * 5000, "2" * 5000, "1" * 5000 + "-" + "2" * 5000),
        ("041103-1", "041103-3", "041103-1-041103-3"),
        ("041103-1", "", "041103-1"),
        ("041103-1", "041103-1", "041103-1"),
        ("199-1", "", "199-1"),
        ("10--19", "", "10-19"),
        ("e7 -- e9", "", "e7-e9"),
        ("(no pagination)", "", ""),
    ],
)
def test_pages(first: str, last: str, pages: str) -> None:
    assert pages_of(first, last) == pages


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        ("10.1234/ABC.5", "10.1234/abc.5"),
        ("https://doi.org/10.1234/ABC.5", "10.1234/abc.5"),
        ("http://dx.doi.org/10.1234/abc.5.", "10.1234/abc.5"),
        ("doi:10.1234/abc", "10.1234/abc"),
        ("DOI: 10.1234/abc;", "10.1234/abc"),
        ("10.1234%2Fabc", "10.1234/abc"),
        ("S0140-6736(05)12345-6 [pii]; 10.1016/S0140-6736(05)12345-6 [doi]", "10.1016/s0140-6736(05)12345-6"),
        ("10.1016/0304-3959(95)00123(1)", "10.1016/0304-3959(95)00123(1)"),
        ("(10.1234/abc)", "10.1234/abc"),
        (
            "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
        ),
        ("10.1000.10/123", "10.1000.10/123"),
        ("10.1234/zł\u202e", "10.1234/zł"),
        ("n/a", ""),
        ("10.1234/", ""),
        ("10.12/abc", ""),
        ("110.1234/abc", ""),
        ("10.1234/" + "a" * 5000, ""),
        ("10.1234/" + ")" * 5000, ""),
        ("", ""),
    ],
)
def test_dois_in_their_field(value: str, doi: str) -> None:
    assert doi_of(value) == doi


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        ("https://doi.org/10.1234/Abc", "10.1234/abc"),
        ("http://dx.doi.org/10.1234/abc?x=1", "10.1234/abc"),
        (
            "https://www.scopus.com/inward/record.uri?eid=2-s2.0-1&doi=10.1234%2fa.b&partnerID=40",
            "10.1234/a.b",
        ),
        ("https://sfx.example/?id=doi:10.1234%2F2303&atitle=A", "10.1234/2303"),
        ("https://journal.example/doi/10.1234/abc", "10.1234/abc"),
        ("https://journal.example/doi/full/10.1234/abc", "10.1234/abc"),
        ("https://journal.example/doi/abs/10.1234/abc/pdf", "10.1234/abc"),
        ("https://journal.example/10.1234/abc", ""),
        ("https://www.cochranelibrary.com/central/doi/10.1002/central/CN-00000001/full", ""),
        ("https://example.org/", ""),
    ],
)
def test_dois_in_links(value: str, doi: str) -> None:
    assert doi_in_url(value) == doi


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        ("doi: 10.1234/abc", "10.1234/abc"),
        ("1234-5678\nInvented J. 2011;50(6):349-69. doi: 10.1234/abc. Epub 2011.", "10.1234/abc"),
        ("Source: x; DOI: https://doi.org/10.1234/abc; more", "10.1234/abc"),
        ("Erratum in: Invented J. 2012; doi: 10.1234/other", ""),
        ("Comment on: Invented J. 2012 doi:10.1234/other\nInvented J. doi: 10.1234/own", "10.1234/own"),
        ("see 10.1234/abc", ""),
    ],
)
def test_dois_in_notes(value: str, doi: str) -> None:
    assert doi_in_note(value) == doi


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("12345678", "12345678"),
        (" 123 ", "123"),
        ("123456789", ""),
        ("PMC123", ""),
        ("", ""),
        ("١٢٣", ""),
        ("1" * 5000, ""),
    ],
)
def test_pubmed_numbers(value: str, number: str) -> None:
    assert values.pubmed_number(value) == number


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("https://pubmed.ncbi.nlm.nih.gov/123/", "123"),
        ("http://www.ncbi.nlm.nih.gov/pubmed/123?x", "123"),
        ("https://pubmed.ncbi.nlm.nih.gov/123456789", ""),
        ("https://example.org/123", ""),
    ],
)
def test_pubmed_links(value: str, number: str) -> None:
    assert values.pmid_in_url(value) == number


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("https://example.org/a?b=1;c=2", "https://example.org/a?b=1;c=2"),
        ("http://a.example/1 http://b.example/2", "http://a.example/1"),
        ("http://a.example/1\nhttp://b.example/2", "http://a.example/1"),
        ("see HTTP://a.example/1;", "HTTP://a.example/1"),
        ("httpx://a.example", ""),
        ("http", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("http://a.example/\x1b[31m", "http://a.example/[31m"),
        ("", ""),
    ],
)
def test_addresses_are_http_or_nothing(value: str, address: str) -> None:
    assert values.web_address(value) == address


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (["a", " b  c ", ""], ("a", "b c")),
        (["a\nb\n\nc"], ("a", "b", "c")),
        (["a; b;c;"], ("a", "b", "c")),
        (["Health &amp; Care; R&#38;D; A&B;C"], ("Health &amp; Care", "R&#38;D", "A&B", "C")),
        (["x\x00y &lt; 1; z"], ("xy &lt; 1", "z")),
        (["a\u2028b"], ("a", "b")),
        ([], ()),
    ],
)
def test_lists(entries: list[str], expected: tuple[str, ...]) -> None:
    assert listed(entries) == expected
