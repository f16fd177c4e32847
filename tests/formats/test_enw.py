"""Tests of realist.formats.tagged.enw: EndNote's tagged format and what others make of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from realist.formats.records import Fields, Item, Notes, Problem, RawRecord
from realist.formats.tagged.enw import GRAMMAR, fields_of, read
from realist.vocabulary import Severity
from tests.formats.support import lines_of, read_bytes, split_items

ENDNOTE = """%0 Journal Article
%A Okafor, Nneka
%A Lindqvist, Astrid
%E Reid, Bo
%D 2019
%T Trust of nurses in wards
%B Journal of Invented Studies
%C A Town
%V 12
%N 3
%P 454-81
%8 June 3
%! Trust of nurses
%@ 1234-5678
%R doi:10.99999/Inv.1
%M 10000001
%X First part.

Second part.
%Z One note
of two lines
%< Another
%K nurses
realist review
trust; wards
%U https://example.org/1
%~ Medline
%W NLM
%G eng
%I Invented Press
"""
AIS = """%T A paper of a meeting
%0 Journal Article
%A Haddad, Cy
%B Invented Meeting 2017
%D 2017
%U https://aisel.aisnet.org/invented/1


%T A table of contents
%D 2021
%U https://aisel.aisnet.org/invented/2
"""


def read_text(text: str) -> tuple[list[tuple[RawRecord, Fields]], list[Problem], Notes]:
    notes = Notes()
    items: list[Item] = list(read(["\n" + text.removesuffix("\n")], notes))
    return *split_items(items), notes


def mapped(*raw: tuple[str, str], name: str) -> Any:
    return getattr(fields_of(raw), name)


def test_a_record_of_endnote_is_understood_in_every_field() -> None:
    records, problems, notes = read_text(ENDNOTE)
    assert problems == []
    assert records[0][1]._asdict() == {
        "source_key": "10000001",
        "type": "Journal Article",
        "title": "Trust of nurses in wards",
        "authors": ("Okafor, Nneka", "Lindqvist, Astrid"),
        "editors": ("Reid, Bo",),
        "year": 2019,
        "journal": "Journal of Invented Studies",
        "volume": "12",
        "number": "3",
        "pages": "454-481",
        "doi": "10.99999/inv.1",
        "pmid": "10000001",
        "url": "https://example.org/1",
        "abstract": "First part.\n\nSecond part.",
        "keywords": ("nurses", "realist review", "trust", "wards"),
        "language": "eng",
        "notes": "One note\nof two lines\nAnother",
        "database": "Medline",
        "publisher": "Invented Press",
    }
    assert notes.product == "EndNote"


def test_raw_keeps_lines_to_the_letter() -> None:
    record = read_text(ENDNOTE + "\n\n" + ENDNOTE)[0][0][0]
    assert ("%X", "First part.\n\nSecond part.") in record.raw
    assert lines_of(record)[16:18] == [17, 20]
    assert "\n".join(GRAMMAR.line(tag, value) for tag, value in record.raw) == ENDNOTE.strip("\n")


def test_the_type_may_be_second_or_missing() -> None:
    records, problems, notes = read_text(AIS + "\n\n" + AIS)
    assert [(record.line, fields.type, fields.title) for record, fields in records] == [
        (1, "Journal Article", "A paper of a meeting"),
        (9, "", "A table of contents"),
        (14, "Journal Article", "A paper of a meeting"),
        (22, "", "A table of contents"),
    ]
    assert (problems, notes.product) == ([], "AIS eLibrary")


def test_records_without_blank_lines_between_them_begin_at_their_types() -> None:
    records, _, _ = read_text("%0 Serial\n%0 Audio\n%T A\n%D 2001\n%0 Book\n%T B\n%D 2002")
    assert [(record.line, fields.title) for record, fields in records] == [(1, "A"), (5, "B")]
    assert [tag for tag, _ in records[0][0].raw] == ["%0", "%0", "%T", "%D"]


def test_empty_fields_and_blank_lines_within_a_record_do_not_end_it() -> None:
    jabref = "%0 Misc\n%A A, B\n%D 2001\n%T One\n%4 \n\n%2 \n%3 misc\n%# \n%$ \n%F key1\n%X Words.\n\n%U http://a.b\n%+\n"
    records, problems, notes = read_text(jabref + "\n" + jabref)
    assert [(record.line, fields.source_key, fields.url) for record, fields in records] == [
        (1, "key1", "http://a.b"),
        (17, "key1", "http://a.b"),
    ]
    assert (problems, notes.product) == ([], "JabRef")


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("%T text", ("%T", "text")),
        ("%T  text ", ("%T", " text ")),
        ("%T\ttext", ("%T", "text")),
        ("%T", ("%T", "")),
        ("%f figure", ("%f", "figure")),
        ("%[ today", ("%[", "today")),
        ("\ufeff%~ x", ("%~", "x")),
    ],
)
def test_ways_to_write_a_tag_line(line: str, pair: tuple[str, str]) -> None:
    assert read_text(f"%0 Book\n{line}\n%A A")[0][0][0].raw[1] == pair


@pytest.mark.parametrize("line", ["%Text", "%% of", "%d of it", "50 %T a", " %T a", "% of it"])
def test_lines_that_are_no_tags_go_on_with_the_value(line: str) -> None:
    assert read_text(f"%0 Book\n%X one\n{line}")[0][0][0].raw[1] == ("%X", f"one\n{line}")


@pytest.mark.parametrize("glue", ["", "\ufeff", "\n", "\n\ufeff", "\n\n"])
def test_files_glued_together_are_read_apart(glue: str) -> None:
    text = ENDNOTE.strip("\n")
    records, problems, _ = read_text(text + glue + text)
    assert problems == []
    assert [record.raw for record, _ in records] == [records[0][0].raw] * 2
    assert records[1][0].line == text.count("\n") + 1 + glue.count("\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference(tmp_path: Path, newline: str) -> None:
    content = ("\ufeff" + ENDNOTE + "\n" + AIS).replace("\n", newline).encode()
    records, problems = read_bytes(tmp_path, content)
    assert problems == []
    assert [record.line for record, _ in records] == [1, 32, 40]


def test_a_file_cut_off_within_a_record_is_read_to_its_end() -> None:
    records, problems, _ = read_text(ENDNOTE[: ENDNOTE.index("Second") + 3])
    assert records[0][0].raw[-1] == ("%X", "First part.\n\nSec")
    assert problems == []


def test_text_before_the_records_is_told_and_a_type_alone_refused() -> None:
    _, problems, _ = read_text("Exported today\n%0 Book\n%T A\n%D 2001\n\n%0 Book\n\n\n")
    assert [(problem.line, problem.severity, problem.text) for problem in problems] == [
        (1, Severity.WARNING, "Exported today"),
        (6, Severity.ERROR, "%0 Book"),
    ]


@pytest.mark.parametrize(
    ("raw", "authors"),
    [
        ([("%A", "余敏 %A 朱江 %A 丁照")], ("余敏", "朱江", "丁照")),
        ([("%A", "A, B;C, D")], ("A, B", "C, D")),
        ([("%Q", "A Group"), ("%T", "x")], ("A Group",)),
        ([("%0", "Journal Article"), ("%Q", "Translated title")], ()),
    ],
)
def test_authors_on_one_line_and_groups(raw: list[tuple[str, str]], authors: tuple[str, ...]) -> None:
    assert mapped(*raw, name="authors") == authors


@pytest.mark.parametrize(
    ("raw", "doi"),
    [
        ([("%R", "10.99999/A")], "10.99999/a"),
        ([("%R", "oai:x"), ("%R", "https://doi.org/10.99999/A")], "10.99999/a"),
        ([("%R", "Type"), ("%U", "https://a.b"), ("%U", "http://dx.doi.org/10.99999/A")], "10.99999/a"),
        ([("%3", "doi: 10.99999/A")], "10.99999/a"),
        ([("%U", "https://a.b/10.99999/A")], ""),
    ],
)
def test_dois_wherever_they_are(raw: list[tuple[str, str]], doi: str) -> None:
    assert mapped(*raw, name="doi") == doi


@pytest.mark.parametrize(
    ("raw", "pmid"),
    [
        ([("%M", "123"), ("%W", "NLM")], "123"),
        ([("%M", "123"), ("%~", "PubMed")], "123"),
        ([("%M", "123"), ("%~", "Embase")], ""),
        ([("%U", "https://pubmed.ncbi.nlm.nih.gov/123/")], "123"),
    ],
)
def test_pubmed_numbers(raw: list[tuple[str, str]], pmid: str) -> None:
    assert mapped(*raw, name="pmid") == pmid


def test_other_places_of_year_type_pages_and_key() -> None:
    fields = fields_of([("%D", "in press"), ("%8", "June 2, 2017"), ("%9", "Dissertation"), ("%F", "key")])
    assert (fields.year, fields.type, fields.source_key) == (2017, "Dissertation", "key")
    assert mapped(("%]", "e17"), name="pages") == "e17"
    assert mapped(("%G", "ger"), ("%G", "eng"), name="language") == "ger; eng"
    assert mapped(("%K", "a；b"), name="keywords") == ("a", "b")


def test_a_year_that_is_none_is_a_doubt() -> None:
    _, problems, _ = read_text("%0 Book\n%T A\n%D Date")
    assert [problem.message for problem in problems] == [
        'Record 1 of line 1 has no year that can be read: "Date" was kept as it is.'
    ]
