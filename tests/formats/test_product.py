"""Tests of realist.formats.product."""

from __future__ import annotations

import pytest

from realist.formats.product import VOTERS, Ballot, preamble_product, record_product


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
        ([("TI", "a")], ""),
    ],
)
def test_marks_of_products(raw: list[tuple[str, str]], name: str) -> None:
    tags: dict[str, list[str]] = {}
    for tag, value in raw:
        tags.setdefault(tag, []).append(value)
    assert record_product(tags) == name


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
