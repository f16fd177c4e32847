"""What other programs see of the files that writers write: independent readers, conventions, no formulas."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from realist.formats.records import Fields
from realist.formats.values import one_line
from realist.formats.writing import parts
from realist.formats.writing.table import COLUMNS
from tests.formats.written import HOSTILE, ORDINARY, TRAPS

JOURNAL = ORDINARY._replace(type="JOUR")
_PAPERS = st.lists(HOSTILE, min_size=1, max_size=4)
_SOME = settings(max_examples=25, deadline=None)


def text_of(name: str, *papers: Fields) -> str:
    return "".join(parts(papers, name))


def records(name: str, *papers: Fields) -> Any:
    """Return what an independent reader makes of papers written in a format."""
    text = text_of(name, *papers)
    if name == "ris":
        return pytest.importorskip("rispy").loads(text, enforce_list_tags=False)
    if name == "csv":
        return list(csv.DictReader(io.StringIO(text, newline="")))
    if name == "endnote-xml":
        return list(ElementTree.fromstring(text.encode()).iter("record"))
    return json.loads(text)


# -- RIS ----------------------------------------------------------------------------------------------------


def test_rispy_reads_our_ris() -> None:
    (found,) = records("ris", JOURNAL)
    assert found["type_of_reference"] == "JOUR"
    assert found["title"] == JOURNAL.title
    assert found["authors"] == list(JOURNAL.authors)
    assert found["secondary_authors"] == list(JOURNAL.editors)
    assert (found["year"], found["volume"], found["number"]) == ("2019", "12", "3-4")
    assert (found["start_page"], found["end_page"]) == ("101", "115")
    assert found["secondary_title"] == JOURNAL.journal
    assert found["doi"] == JOURNAL.doi
    assert found["keywords"] == list(JOURNAL.keywords)
    assert found["accession_number"] == JOURNAL.source_key
    assert found["name_of_database"] == "Embase"
    assert found["abstract"].split() == JOURNAL.abstract.split()


def test_ris_has_one_tag_a_line_and_ends_every_record() -> None:
    lines = text_of("ris", JOURNAL, JOURNAL._replace(abstract="One line.", notes="")).split("\n")
    assert lines[0] == "TY  - JOUR"
    assert lines.count("ER  - ") == 2
    second = lines[lines.index("ER  - ") + 2 : -3]
    assert all(line[2:6] == "  - " and line[:2].isupper() for line in second)
    assert len([line for line in second if line.startswith("AU")]) == 4


def test_a_line_like_a_tag_within_an_abstract_is_none() -> None:
    abstract = "Results.\nHR - hazard ratio\nER - estrogen receptor\nTY - thymus"
    found = records("ris", JOURNAL._replace(abstract=abstract), JOURNAL)
    assert len(found) == 2
    assert found[0]["abstract"].split() == abstract.split()


def test_pages_that_are_no_range_stand_in_one_tag() -> None:
    text = text_of("ris", JOURNAL._replace(pages="12, 14-16"), JOURNAL._replace(pages="e1002"))
    assert "SP  - 12, 14-16\n" in text
    assert "SP  - e1002\n" in text
    assert "EP  - " not in text


@_SOME
@given(papers=_PAPERS)
def test_rispy_finds_every_record_whatever_it_holds(papers: list[Fields]) -> None:
    assert len(records("ris", *papers)) == len(papers)


# -- BibTeX -------------------------------------------------------------------------------------------------


def library(*papers: Fields) -> Library:
    return parse_string(text_of("bibtex", *papers))


def test_bibtexparser_reads_our_bibtex() -> None:
    found = library(JOURNAL)
    assert found.failed_blocks == []
    (entry,) = found.entries
    values = {name: field.value for name, field in entry.fields_dict.items()}
    assert (entry.entry_type, entry.key) == ("article", "okafor2019talking")
    assert values["title"] == JOURNAL.title
    assert values["author"] == "Okafor, Ngozi A. and Løvstad-Müller, Åse and de la Cruz, J. M. and 王, 小明"
    assert values["journal"] == r"Journal of Invented Rehabilitation \& Care"
    assert values["pages"] == "101--115"
    assert values["url"] == JOURNAL.url
    assert values["doi"] == JOURNAL.doi
    assert values["unique-id"] == JOURNAL.source_key


def test_bodies_and_names_with_and_stand_in_braces() -> None:
    authors = ("World Health Body", "Ministry of Health and Care", "others", "Smith, J.", "Bo; Ra")
    values = library(JOURNAL._replace(authors=authors)).entries[0].fields_dict
    assert values["author"].value == (
        "{World Health Body} and {Ministry of Health and Care} and {others} and Smith, J. and {Bo; Ra}"
    )


def test_a_chapter_has_a_book_and_a_thesis_a_school() -> None:
    chapter, thesis = library(
        JOURNAL._replace(type="CHAP"), JOURNAL._replace(type="THES", title="Other")
    ).entries
    assert chapter.fields_dict["booktitle"].value.startswith("Journal of")
    assert thesis.entry_type == "phdthesis"
    assert thesis.fields_dict["school"].value == JOURNAL.publisher


def test_citation_keys_are_unique_plain_and_the_same_each_time() -> None:
    papers = [
        JOURNAL,
        JOURNAL._replace(source_key="x"),
        JOURNAL._replace(source_key=""),
        JOURNAL._replace(authors=("Löwstedt, J.",), title="The Øresund"),
        JOURNAL._replace(authors=("領導, 力",), year=None, title=""),
        JOURNAL._replace(authors=(), editors=(), title="?"),
        JOURNAL._replace(authors=("World Health Organization",), title="A guide"),
        JOURNAL._replace(authors=("Okafor N",), title="Tea"),
    ]
    keys = [entry.key for entry in library(*papers).entries]
    assert keys == [
        "okafor2019talking", "okafor2019talkinga", "okafor2019talkingb", "lowstedt2019oresund", "anon",
        "anon2019", "organization2019guide", "okafor2019tea",
    ]  # fmt: skip
    many = [entry.key for entry in library(*[JOURNAL] * 60).entries]
    assert len(set(many)) == 60
    assert many[-1] == "okafor2019talkingbg"


def test_what_came_from_bibtex_keeps_its_key() -> None:
    paper = JOURNAL._replace(type="article", source_key="Okafor:2019_a")
    first, second, third = library(paper, paper, paper._replace(source_key="a b")).entries
    assert (first.key, second.key, third.key) == ("Okafor:2019_a", "okafor2019talking", "okafor2019talkinga")
    assert "unique-id" not in first.fields_dict
    assert second.fields_dict["unique-id"].value == r"Okafor:2019\_a"


@_SOME
@given(papers=_PAPERS)
def test_bibtexparser_has_no_failed_blocks_whatever_records_hold(papers: list[Fields]) -> None:
    found = library(*papers)
    assert found.failed_blocks == []
    assert len(found.entries) == len(found.blocks) == len(papers)
    keys = [entry.key for entry in found.entries]
    assert len({key.lower() for key in keys}) == len(keys)
    assert "".join(keys).isascii()


# -- CSL-JSON -----------------------------------------------------------------------------------------------


def test_csl_json_holds_standard_variables() -> None:
    (found,) = records("csl-json", JOURNAL._replace(authors=("Okafor, Ngozi", "World Health Organization")))
    assert found == {
        "id": JOURNAL.source_key, "type": "article-journal", "title": JOURNAL.title,
        "author": [{"family": "Okafor", "given": "Ngozi"}, {"literal": "World Health Organization"}],
        "editor": [{"family": "Hale", "given": "Ruth"}], "issued": {"date-parts": [[2019]]},
        "container-title": JOURNAL.journal, "volume": "12", "issue": "3-4", "page": "101-115",
        "publisher": JOURNAL.publisher, "DOI": JOURNAL.doi, "PMID": JOURNAL.pmid, "URL": JOURNAL.url,
        "abstract": JOURNAL.abstract, "keyword": "; ".join(JOURNAL.keywords), "language": "English",
        "source": "Embase", "note": JOURNAL.notes,
    }  # fmt: skip


@_SOME
@given(papers=_PAPERS)
def test_every_item_of_csl_json_has_an_id_of_its_own(papers: list[Fields]) -> None:
    found = records("csl-json", *papers)
    assert len({item["id"] for item in found}) == len(papers)
    assert all(item["type"] and "" not in item.values() for item in found)


# -- EndNote XML --------------------------------------------------------------------------------------------


def test_endnote_xml_is_as_endnote_writes_it() -> None:
    (found,) = records(
        "endnote-xml", JOURNAL._replace(authors=("Okafor, Ngozi", "World Health Organization"))
    )
    assert (found.find("ref-type").get("name"), found.findtext("ref-type")) == ("Journal Article", "17")
    authors = ["".join(author.itertext()) for author in found.iter("author")]
    assert authors == ["Okafor, Ngozi", "World Health Organization,", "Hale, Ruth"]
    texts = {
        path: "".join(found.find(path).itertext())
        for path in (
            "titles/title", "titles/secondary-title", "periodical/full-title", "pages", "dates/year",
            "abstract", "electronic-resource-num", "accession-num", "urls/related-urls/url",
        )
    }  # fmt: skip
    assert list(texts.values()) == [
        JOURNAL.title, JOURNAL.journal, JOURNAL.journal, "101-115", "2019", JOURNAL.abstract, JOURNAL.doi,
        JOURNAL.source_key, JOURNAL.url,
    ]  # fmt: skip


@_SOME
@given(papers=_PAPERS)
def test_endnote_xml_is_well_formed_whatever_records_hold(papers: list[Fields]) -> None:
    assert len(records("endnote-xml", *papers)) == len(papers)


# -- CSV ----------------------------------------------------------------------------------------------------


def test_a_csv_has_the_columns_that_the_page_names() -> None:
    (row,) = records("csv", JOURNAL)
    assert list(row) == list(COLUMNS)
    assert COLUMNS == (
        "realist", "source_key", "type", "title", "authors", "editors", "year", "journal", "volume", "number",
        "pages", "doi", "pmid", "url", "abstract", "keywords", "language", "notes", "database", "publisher",
    )  # fmt: skip
    assert row["realist"] == "1"
    assert row["authors"].split("\n") == list(JOURNAL.authors)
    assert (row["title"], row["year"], row["abstract"]) == (JOURNAL.title, "2019", JOURNAL.abstract)


@_SOME
@given(papers=_PAPERS, start=st.sampled_from("=+-@＝＋－＠"))
def test_no_cell_of_a_csv_is_run_by_a_spreadsheet(papers: list[Fields], start: str) -> None:
    papers.append(Fields(title=start + "1", authors=(start + "2", "'" + start), notes=start + start))
    for row in records("csv", *papers):
        for name, cell in row.items():
            if name != "year":
                entries = cell.split("\n") if name in ("authors", "editors", "keywords") else [cell]
                assert not any(entry.startswith(tuple("=+-@\t\r＝＋－＠")) for entry in entries)


def test_every_cell_stands_in_quotation_marks() -> None:
    text = text_of("csv", Fields(title='Say "=1"', year=-5))
    assert text.split("\n")[1] == ('"1","","","Say ""=1""","","","-5","","","","","","","","","","","","",""')


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_stays_within_its_record(trap: str) -> None:
    paper = Fields(
        type="JOUR", title=f"a{trap}b", abstract=f"{trap}{trap}", keywords=(one_line(trap) or "k",)
    )
    for name in ("ris", "csv", "endnote-xml", "csl-json"):
        assert len(records(name, paper, JOURNAL)) == 2, name
    assert len(library(paper, JOURNAL).entries) == 2
