"""Tests of realist.formats.tagged.product."""

from __future__ import annotations

import pytest

from realist.formats.tagged.product import (
    ENW,
    NBIB,
    VOTERS,
    WOS,
    Ballot,
    Marks,
    preamble_product,
    record_product,
)


def tags_of(raw: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the values of a record by tag, as products are asked."""
    tags: dict[str, list[str]] = {}
    for tag, value in raw:
        tags.setdefault(tag, []).append(value)
    return tags


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ([("AN", "rayyan-1"), ("ID", "1"), ("ST", "a"), ("TI", "a"), ("T2", "b")], "Rayyan"),
        ([("N1", 'RAYYAN-INCLUSION: {"A"=>"Included"}')], "Rayyan"),
        ([("KW", "eppi-reviewer"), ("UR", "https://www.embase.com/x")], "EPPI-Reviewer"),
        ([("M4", "Citavi"), ("UR", "https://www.scopus.com/x")], "Citavi"),
        ([("PD", ""), ("PG", ""), ("NS", "")], "Covidence"),
        ([("TI", "a"), ("ST", "a"), ("T2", "b"), ("ID", "12"), ("DP", "NLM")], "EndNote"),
        ([("DA", "2019///"), ("PY", "2019")], "Zotero"),
        (
            [("DA", "2019//"), ("BT", "a"), ("UR", "https://doi.org/10.1007/a"), ("ID", "Okafor2019")],
            "Springer",
        ),
        ([("DA", "2019//"), ("JO", "a")], ""),
        ([("AN", " CN-00000001")], "Cochrane Library"),
        ([("DP", "EBSCOhost"), ("DB", "aph")], "EBSCO"),
        ([("AN", "WOS:0001")], "Web of Science"),
        ([("UR", "https://app.dimensions.ai/details/x")], "Dimensions"),
        ([("DB", "ProQuest Central")], "ProQuest"),
        ([("L2", "http://ovidsp.ovid.com/x")], "Ovid"),
        ([("UR", "https://www.embase.com/x"), ("U2", "L1")], "Embase.com"),
        ([("UR", "https://www.embase.com/x")], ""),
        ([("DB", "Scopus")], "Scopus"),
        ([("VO", "1"), ("JA", "J"), ("T2", "J")], "IEEE Xplore"),
        ([("DB", "JSTOR")], "JSTOR"),
        ([("UR", "https://trid.trb.org/view/1")], "TRID"),
        ([("UR", "https://lens.org/1")], "Lens.org"),
        ([("UR", "https://eric.ed.gov/?id=1")], "ERIC"),
        ([("UR", "https://pubmed.ncbi.nlm.nih.gov/1/")], "PubMed"),
        ([("N1", "Added to JabRef: 2016.01.01")], "JabRef"),
        ([("TY", "JOUR"), ("TI", "a"), ("PY", "2001"), ("C1", "A ward")], "OpenAlex"),
        ([(tag, "") for tag in ("TY", "AB", "AU", "IS", "KW", "PY", "TI", "T2", "ER")], "Mendeley"),
        ([(tag, "") for tag in ("TY", "AB", "AU", "IS", "KW", "PY", "T2", "TI", "ER")], ""),
        ([("TI", "a")], ""),
    ],
)
def test_marks_of_products(raw: list[tuple[str, str]], name: str) -> None:
    assert record_product(tags_of(raw)) == name


@pytest.mark.parametrize(
    ("marks", "raw", "name"),
    [
        (NBIB, [("PMID", "1"), ("OWN", "NLM")], "PubMed"),
        (NBIB, [("OWN", "ERIC")], "ERIC"),
        (NBIB, [("TI", "a"), ("LID", "http://eric.ed.gov/?id=EJ1")], "ERIC"),
        (NBIB, [("TI", "a")], ""),
        (WOS, [("UT", "WOS:0001")], "Web of Science"),
        (WOS, [("UT", " ISI:0001")], "Web of Science"),
        (WOS, [("UT", "INSPEC:1")], "Web of Science (Inspec)"),
        (WOS, [("UT", "MEDLINE:1")], "Web of Science (MEDLINE)"),
        (WOS, [("UT", "ZOOREC:1")], "Web of Science (Zoological Record)"),
        (WOS, [("TI", "a")], ""),
        (ENW, [("%U", "https://aisel.aisnet.org/x/1")], "AIS eLibrary"),
        (ENW, [(tag, "") for tag in ("%0", "%3", "%4", "%#", "%$", "%F", "%!")], "JabRef"),
        (ENW, [("%W", "CNKI")], "CNKI"),
        (ENW, [("%U", "http://d.wanfangdata.com.cn/x")], "Wanfang Data"),
        (ENW, [("%0", "Book"), ("%~", "Medline")], "EndNote"),
        (ENW, [("%0", "Book"), ("%T", "a")], ""),
    ],
)
def test_marks_of_products_in_other_formats(marks: Marks, raw: list[tuple[str, str]], name: str) -> None:
    assert record_product(tags_of(raw), marks) == name
    ballot = Ballot(marks)
    ballot.ask(raw)
    assert ballot.result() == name


def test_the_lines_before_the_records_may_name_it() -> None:
    assert (
        preamble_product(["Record #1 of 2", "Provider: American Psychological Association"]) == "APA PsycNet"
    )
    assert preamble_product(["Provider: Nobody", "Database: JSTOR"]) == "JSTOR"
    assert preamble_product(["Content: jstor", "ovid"]) == ""


def test_the_file_is_what_half_of_its_first_records_say() -> None:
    ballot = Ballot()
    assert ballot.result() == ""
    ballot.ask([("DB", "Scopus")])
    ballot.ask([("TI", "unmarked")])
    assert ballot.result() == "Scopus"
    ballot.ask([("DB", "JSTOR")])
    assert ballot.result() == ""


def test_only_the_first_records_are_asked() -> None:
    ballot = Ballot()
    for _ in range(VOTERS):
        assert ballot.is_open
        ballot.ask([("DB", "Scopus")])
    assert not ballot.is_open
