"""Tests of realist.formats.tagged.wos: the tagged text of Web of Science and the databases it serves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from realist.formats.records import Fields, Item, Notes, Problem, RawRecord
from realist.formats.tagged.wos import GRAMMAR, fields_of, read
from realist.vocabulary import Severity
from tests.formats.support import lines_of, read_bytes, split_items

HEAD = "FN Clarivate Analytics Web of Science\nVR 1.0\n"
ARTICLE = """PT J
AU Okafor, N
   Lindqvist, A
AF Okafor, Nneka
   Lindqvist, Astrid
CA Invented Ward Grp; Other
   Grp
BE Reid, B
TI Trust of nurses in wards that were
   invented
SO JOURNAL OF INVENTED STUDIES
LA English
DT Article; Proceedings Paper
DE realist review; trust of
   nurses
ID WARDS; MADE-UP
   CARE
AB Nurses trust each other. So
   they do.
CR DOE J, 1997, INVENTED LETT, V39, P1219
   ROE R, 1997, MADE-UP LETT, V192, P197
PU INVENTED PRESS
J9 J INVENT STUD
PD JUN 14
PY 2006
VL 18
IS 23
BP 5323
EP 5331
DI 10.99999/INV.1
UT WOS:000000000600006
PM 10000001
ER
"""


def read_text(text: str) -> tuple[list[tuple[RawRecord, Fields]], list[Problem], Notes]:
    notes = Notes()
    items: list[Item] = list(read(["\n" + text.removesuffix("\n")], notes))
    return *split_items(items), notes


def mapped(*raw: tuple[str, str], name: str) -> Any:
    return getattr(fields_of(raw), name)


def test_a_record_is_understood_in_every_field() -> None:
    records, problems, notes = read_text(HEAD + ARTICLE + "\nEF")
    assert problems == []
    assert records[0][1]._asdict() == {
        "source_key": "WOS:000000000600006",
        "type": "Article; Proceedings Paper",
        "title": "Trust of nurses in wards that were invented",
        "authors": ("Okafor, Nneka", "Lindqvist, Astrid", "Invented Ward Grp", "Other Grp"),
        "editors": ("Reid, B",),
        "year": 2006,
        "journal": "JOURNAL OF INVENTED STUDIES",
        "volume": "18",
        "number": "23",
        "pages": "5323-5331",
        "doi": "10.99999/inv.1",
        "pmid": "10000001",
        "url": "",
        "abstract": "Nurses trust each other. So they do.",
        "keywords": ("realist review", "trust of nurses", "WARDS", "MADE-UP CARE"),
        "language": "English",
        "notes": "",
        "database": "Web of Science",
        "publisher": "INVENTED PRESS",
    }
    assert (notes.product, notes.noise) == ("Web of Science", 3)


def test_raw_keeps_lines_and_their_indent_to_the_letter() -> None:
    record = read_text(HEAD + ARTICLE + "\nEF")[0][0][0]
    assert record.line == 3
    assert record.raw[1] == ("AU", "Okafor, N\n   Lindqvist, A")
    assert lines_of(record)[:4] == [3, 4, 6, 8]
    assert "\n".join(GRAMMAR.line(tag, value) for tag, value in record.raw) == ARTICLE[:-3] + "ER "


def test_the_header_and_the_end_are_no_fields_wherever_they_stand() -> None:
    text = HEAD + " \n" + ARTICLE + "\nEF\n" + HEAD + "\n" + ARTICLE + "EF"
    records, problems, notes = read_text(text)
    assert [record.line for record, _ in records] == [4, 4 + ARTICLE.count("\n") + 5]
    assert records[0][0].raw == records[1][0].raw
    assert (problems, notes.noise) == ([], 6)


@pytest.mark.parametrize("glue", ["EF", "EF\ufeff", "EF ", "EF \ufeff", "EF\n", "EF\n\ufeff", "EF \r\n"])
def test_files_glued_together_are_read_apart(tmp_path: Path, glue: str) -> None:
    content = HEAD + ARTICLE + glue + HEAD + ARTICLE + "EF"
    records, problems = read_bytes(tmp_path, content.encode())
    assert problems == []
    assert [record.line for record, _ in records] == [3, 5 + ARTICLE.count("\n") + glue.count("\n")]
    assert records[0][0].raw == records[1][0].raw


def test_missing_ends_are_told() -> None:
    body = ARTICLE.removesuffix("ER\n")
    records, problems, _ = read_text(HEAD + body + "\n" + body + "EF\n" + HEAD + body)
    assert len(records) == 3
    assert len({str(record.raw) for record, _ in records}) == 1
    assert [(problem.line, problem.message.partition(" has ")[2]) for problem in problems] == [
        (36, "no ER line before record 2 begins at line 36: it was ended there."),
        (68, "no ER line before the EF line 68: it was ended there."),
        (102, "no ER line before the file ends at line 102: the file may be cut off there."),
    ]
    assert {problem.severity for problem in problems} == {Severity.WARNING}


def test_a_file_cut_off_within_a_record_and_another_one_behind_it() -> None:
    records, problems, _ = read_text(HEAD + ARTICLE[:40] + "\n" + HEAD + ARTICLE)
    assert records[0][0].raw == [("PT", "J"), ("AU", "Okafor, N\n   Lindqvist, A"), ("AF", "Oka")]
    assert records[1][1].year == 2006
    assert "Record 1 of line 3 has no ER line before the FN line 7: it was ended there." in [
        problem.message for problem in problems
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference(tmp_path: Path, newline: str) -> None:
    content = ("\ufeff" + HEAD + ARTICLE + "\n" + ARTICLE + "\nEF").replace("\n", newline).encode()
    records, problems = read_bytes(tmp_path, content)
    assert problems == []
    assert [record.line for record, _ in records] == [3, 37]
    assert records[1][1].authors[0] == "Okafor, Nneka"


def test_fields_outside_records_are_errors_with_their_text() -> None:
    _, problems, _ = read_text("FN x\nAU Okafor, N\n   Reid, B\nER\n\nPT J\nER\n")
    assert [(problem.line, problem.severity, problem.text) for problem in problems] == [
        (2, Severity.ERROR, "AU Okafor, N\n   Reid, B\nER "),
        (6, Severity.ERROR, "PT J\nER "),
    ]
    assert 'put a line "PT J" before these fields' in problems[0].message


@pytest.mark.parametrize("line", ["   DE a", "dE a", "D a", "DEF a", "DE\ta", "IN-vitro"])
def test_lines_that_are_no_tags_go_on_with_the_value(line: str) -> None:
    assert read_text(f"PT J\nAB one\n{line}\nER")[0][0][0].raw[1] == ("AB", f"one\n{line}")


@pytest.mark.parametrize(
    ("raw", "authors"),
    [
        ([("AU", "A, B; C, D")], ("A, B", "C, D")),
        ([("AU", " "), ("CA", "Group")], ("Group",)),
        ([("BA", "A, B"), ("BF", "A, Bo"), ("BE", "E, F")], ("A, Bo",)),
        ([("BA", "A, B\n   C, D")], ("A, B", "C, D")),
    ],
)
def test_authors_of_other_databases_and_of_books(
    raw: list[tuple[str, str]], authors: tuple[str, ...]
) -> None:
    assert mapped(*raw, name="authors") == authors


@pytest.mark.parametrize(
    ("raw", "pages"),
    [
        ([("PS", "2457-71")], "2457-2471"),
        ([("BP", "82"), ("EP", "82")], "82"),
        ([("BP", "12"), ("EP", "+")], "12"),
        ([("BP", "041103-1"), ("EP", "041103-3")], "041103-1-041103-3"),
        ([("AR", "e0298957")], "e0298957"),
        ([("BP", "-"), ("AR", "041103-1")], "041103-1"),
    ],
)
def test_pages_or_the_number_of_the_article(raw: list[tuple[str, str]], pages: str) -> None:
    assert mapped(*raw, name="pages") == pages


@pytest.mark.parametrize(
    ("number", "database", "pmid"),
    [
        ("WOS:A1976BY34300011", "Web of Science", ""),
        ("ISI:000000000600006", "Web of Science", ""),
        ("MEDLINE:10000001", "MEDLINE", "10000001"),
        ("INSPEC:8000000", "Inspec", ""),
        ("ZOOREC:ZOOR14300000001", "Zoological Record", ""),
        ("BIOSIS:PREV200000000001", "BIOSIS Previews", ""),
        ("NEWONE:1", "NEWONE", ""),
        ("12345", "", ""),
    ],
)
def test_the_database_is_told_by_the_number(number: str, database: str, pmid: str) -> None:
    fields = fields_of([("UT", number)])
    assert (fields.source_key, fields.database, fields.pmid) == (number, database, pmid)


def test_numbers_of_inspec_are_no_keywords_and_may_hold_the_doi() -> None:
    raw = [("DE", "lasers"), ("ID", "0003-6951/2006/89(4)/$23.00],[S0003(06)22430-6],[10.99999/1.2234275]")]
    assert mapped(*raw, name="keywords") == ("lasers",)
    assert mapped(*raw, name="doi") == "10.99999/1.2234275"
    assert mapped(("DI", "467-72"), name="doi") == ""


def test_types_years_titles_and_journals_have_a_second_place() -> None:
    fields = fields_of([("PT", "S"), ("DT", "-"), ("EY", "2021"), ("FT", "Titre"), ("J9", "J INV")])
    assert (fields.type, fields.year, fields.title, fields.journal) == ("S", 2021, "Titre", "J INV")
    assert mapped(("PY", ""), ("EA", "JAN 2022"), name="year") == 2022


@pytest.mark.parametrize(
    ("numbers", "product"),
    [
        (["ISI:1"], "Web of Science"),
        (["INSPEC:1"], "Web of Science (Inspec)"),
        (["MEDLINE:1", "MEDLINE:2", "WOS:3"], "Web of Science (MEDLINE)"),
        (["MEDLINE:1", "BIOSIS:2", "WOS:3"], "Web of Science"),
        (["1"], "Web of Science"),
    ],
)
def test_the_product_names_the_database_if_it_is_one(numbers: list[str], product: str) -> None:
    text = "".join(f"PT J\nTI A\nPY 2001\nUT {number}\nER\n\n" for number in numbers)
    assert read_text(HEAD + text + "EF")[2].product == product
