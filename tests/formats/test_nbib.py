"""Tests of realist.formats.tagged.nbib: MEDLINE text of PubMed, ERIC and others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from realist.formats.records import Fields, Item, Notes, Problem, RawRecord
from realist.formats.tagged.engine import TagReader
from realist.formats.tagged.languages import language
from realist.formats.tagged.nbib import GRAMMAR, fields_of, read
from realist.vocabulary import Severity
from tests.formats.support import lines_of, read_bytes, split_items

PUBMED = """
PMID- 10000001
OWN - NLM
STAT- MEDLINE
VI  - 12
IP  - 3
DP  - 2019 Jan
TI  - Trust of nurses in wards that were\x20
      invented: a realist review.
PG  - 454-81
LID - S0000-0000(19)30001-1 [pii]
LID - 10.99999/Inv.1 [doi]
AB  - BACKGROUND: Nurses trust
      each other. RESULTS: So
      they do.
FAU - Okafor, Nneka
AU  - Okafor N
AD  - A ward, a town,
      a country.
FAU - Lindqvist, Åsa
AU  - Lindqvist Å
CN  - Invented Ward Group
LA  - eng
LA  - fre
PT  - Journal Article
PT  - Review
DEP - 20181201
TA  - Inv J
JT  - Invented journal
MH  - Attitude of Health
      Personnel
MH  - *Trust
OTO - NOTNLM
OT  - realist review
GN  - A note.
AID - 10.99999/Inv.1 [doi]
SO  - Inv J. 2019 Jan;12(3):454-81. doi: 10.99999/Inv.1.
"""

ERIC = """
OWN - ERIC
TI  - Testing of Tests
AU  - van Beek, Ada M.
AU  - Reid, Bo
OT  - Student Attitudes
JT  - Invented Journal of Testing
SO  - v21 n1 p12-24 2020
AID - http://dx.doi.org/10.99999/s1-2
OID - EJ0000001
VI  - 21
DP  - Article 10 2020
LID - http://eric.ed.gov/?id=EJ0000001
AB  - Tests test.
ISSN - EISSN-0000-0000
LA  - English
PT  - Journal Articles
PT  - Reports - Research
"""


def read_text(text: str) -> tuple[list[tuple[RawRecord, Fields]], list[Problem], Notes]:
    notes = Notes()
    items: list[Item] = list(read(["\n" + text.removesuffix("\n")], notes))
    return *split_items(items), notes


def mapped(*raw: tuple[str, str], name: str) -> Any:
    return getattr(fields_of(raw), name)


def test_a_record_of_pubmed_is_understood_in_every_field() -> None:
    records, problems, notes = read_text(PUBMED)
    assert problems == []
    assert records[0][1]._asdict() == {
        "source_key": "10000001",
        "type": "Journal Article; Review",
        "title": "Trust of nurses in wards that were invented: a realist review.",
        "authors": ("Okafor, Nneka", "Lindqvist, Åsa", "Invented Ward Group"),
        "editors": (),
        "year": 2019,
        "journal": "Invented journal",
        "volume": "12",
        "number": "3",
        "pages": "454-481",
        "doi": "10.99999/inv.1",
        "pmid": "10000001",
        "url": "https://pubmed.ncbi.nlm.nih.gov/10000001/",
        "abstract": "BACKGROUND: Nurses trust each other. RESULTS: So they do.",
        "keywords": ("Attitude of Health Personnel", "*Trust", "realist review"),
        "language": "English; French",
        "notes": "A note.",
        "database": "PubMed",
        "publisher": "",
    }
    assert notes.product == "PubMed"


def test_a_record_of_eric_is_understood() -> None:
    records, problems, notes = read_text(ERIC + ERIC)
    assert problems == []
    assert [record.line for record, _ in records] == [2, 20]
    fields = records[0][1]
    assert fields.source_key == "EJ0000001"
    assert fields.authors == ("van Beek, Ada M.", "Reid, Bo")
    assert (fields.year, fields.volume, fields.doi) == (2020, "21", "10.99999/s1-2")
    assert fields.url == "http://eric.ed.gov/?id=EJ0000001"
    assert (fields.database, fields.language, fields.pmid) == ("ERIC", "English", "")
    assert fields.type == "Journal Articles; Reports - Research"
    assert ("ISSN", "EISSN-0000-0000") in records[0][0].raw
    assert notes.product == "ERIC"


def test_raw_keeps_lines_and_their_indent_to_the_letter() -> None:
    record = read_text(PUBMED)[0][0][0]
    tags = dict(reversed(record.raw))
    assert tags["TI"] == "Trust of nurses in wards that were \n      invented: a realist review."
    assert tags["AD"] == "A ward, a town,\n      a country."
    assert record.line == 2
    assert lines_of(record)[8:10] == [11, 12]
    written = "\n".join(GRAMMAR.line(tag, value) for tag, value in record.raw)
    assert written == PUBMED.strip("\n")


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("TI  - text", ("TI", "text")),
        ("TI- text", ("TI", "text")),
        ("TI  -", ("TI", "")),
        ("TI-", ("TI", "")),
        ("BTI -    ", ("BTI", "   ")),
        ("PMC -22664230", ("PMC", "22664230")),
        ("MHDA-2016/05/12", ("MHDA", "2016/05/12")),
        ("ISSN - 1234", ("ISSN", "1234")),
        ("\ufeffOWN - NLM", ("OWN", "NLM")),
    ],
)
def test_ways_to_write_a_tag_line(line: str, pair: tuple[str, str]) -> None:
    assert read_text(f"PMID- 1\n{line}\nAB  - x")[0][0][0].raw[1] == pair


@pytest.mark.parametrize(
    "line", ["      DNA - a", "RNA-seq of it", "COVID-19 - a", "a  - b", " TI  - x", "AB   - three", "T - x"]
)
def test_lines_that_are_no_tags_go_on_with_the_value(line: str) -> None:
    assert read_text(f"PMID- 1\nAB  - one\n{line}")[0][0][0].raw[1] == ("AB", f"one\n{line}")


def test_records_begin_at_the_number_or_after_a_blank_line() -> None:
    records, problems, _ = read_text(
        "PMID-5\nTI  - A\nPMID- 6\nTI  - B\n\nPMC -7\nTI  - C\n\nPMCR- 8\nTI  - D\n"
    )
    assert [(record.line, fields.title) for record, fields in records] == [
        (1, "A"),
        (3, "B"),
        (6, "C"),
        (9, "D"),
    ]
    assert [fields.source_key for _, fields in records] == ["5", "6", "7", ""]
    assert problems == []


def test_prose_between_records_is_told_and_never_part_of_one() -> None:
    records, problems, _ = read_text("PMID- 1\nTI  - A\nSO  - J.\n\nLeave me out.\n\nPMC -2\nTI  - B\n")
    assert records[0][0].raw[-1] == ("SO", "J.")
    assert [(problem.line, problem.text) for problem in problems] == [(5, "Leave me out.")]
    assert [record.line for record, _ in records] == [1, 7]


def test_lines_of_a_web_page_around_it_are_noise() -> None:
    records, problems, notes = read_text("<pre>\nPMID- 1\nTI  - A\n\n</pre>")
    assert (len(records), problems, notes.noise) == (1, [], 2)
    assert records[0][0].raw == [("PMID", "1"), ("TI", "A")]


def test_a_file_cut_off_within_a_record_is_read_to_its_end() -> None:
    records, problems, _ = read_text(PUBMED[: PUBMED.index("each other") + 4])
    assert records[0][0].raw[-1] == ("AB", "BACKGROUND: Nurses trust\n      each")
    assert problems == []


@pytest.mark.parametrize("glue", ["", "\ufeff", "\n", "\n\ufeff", "\n\n"])
def test_files_glued_together_are_read_apart(glue: str) -> None:
    text = PUBMED.strip("\n")
    records, problems, _ = read_text(text + glue + text)
    assert problems == []
    assert [record.raw for record, _ in records] == [records[0][0].raw] * 2
    assert records[1][0].line == text.count("\n") + 1 + glue.count("\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference(tmp_path: Path, newline: str) -> None:
    content = ("\ufeff" + PUBMED + ERIC).replace("\n", newline).encode()
    records, problems = read_bytes(tmp_path, content)
    assert problems == []
    assert [(record.line, fields.source_key) for record, fields in records] == [
        (2, "10000001"),
        (PUBMED.count("\n") + 2, "EJ0000001"),
    ]


def test_records_without_a_title_or_a_year_are_read_with_a_doubt() -> None:
    records, problems, _ = read_text("PMID- 1\nDP  - Spring\n")
    assert len(records) == 1
    assert [problem.message for problem in problems] == [
        "Record 1 of line 1 has no title: it was read without one.",
        'Record 1 of line 1 has no year that can be read: "Spring" was kept as it is.',
    ]


def test_a_record_without_any_value_is_refused_with_its_lines() -> None:
    _, problems, _ = read_text("PMID-\nTI  - \nAB  -")
    assert [(problem.line, problem.severity, problem.text) for problem in problems] == [
        (1, Severity.ERROR, "PMID- \nTI  - \nAB  - ")
    ]


@pytest.mark.parametrize(
    ("raw", "authors"),
    [
        ([("AU", "A B"), ("CN", "Group"), ("AU", "C D")], ("A B", "Group", "C D")),
        ([("FAU", "A, Bo"), ("AU", "A B"), ("FAU", "C, Di"), ("AU", "C D")], ("A, Bo", "C, Di")),
        ([("FAU", "A, Bo"), ("FAU", "C, Di"), ("AU", "A B"), ("AU", "C D")], ("A, Bo", "C, Di")),
        ([("FAU", "A, Bo"), ("AU", "A B"), ("AD", "x"), ("AU", "C D"), ("CN", "G")], ("A, Bo", "C D", "G")),
        ([("AU", "E F"), ("FAU", "A, Bo"), ("AU", "A B")], ("E F", "A, Bo")),
        ([("FIR", "No, Author"), ("IR", "No A")], ()),
    ],
)
def test_authors_are_full_names_in_file_order(raw: list[tuple[str, str]], authors: tuple[str, ...]) -> None:
    assert mapped(*raw, name="authors") == authors


@pytest.mark.parametrize(
    ("raw", "title", "journal"),
    [
        ([("TI", "A"), ("TT", "B"), ("TA", "J")], "A", "J"),
        ([("TI", "Chapter"), ("BTI", "Book")], "Chapter", "Book"),
        ([("BTI", "Book"), ("TI", " ")], "Book", ""),
        ([("TT", "Titre"), ("JT", "Long"), ("TA", "Short")], "Titre", "Long"),
        ([("TI", "A"), ("CTI", "Collection")], "A", "Collection"),
        ([("TI", "First"), ("TI", "Second")], "First", ""),
    ],
)
def test_titles_of_articles_chapters_and_books(raw: list[tuple[str, str]], title: str, journal: str) -> None:
    assert (mapped(*raw, name="title"), mapped(*raw, name="journal")) == (title, journal)


@pytest.mark.parametrize(
    ("raw", "doi"),
    [
        ([("LID", "e1 [pii]"), ("LID", "10.99999/A [doi]")], "10.99999/a"),
        ([("AID", "10.99999/b [pii]"), ("AID", "10.99999/A [doi]")], "10.99999/a"),
        ([("AID", "doi:10.99999/A.")], "10.99999/a"),
        ([("AID", "https://doi.org/10.99999/A")], "10.99999/a"),
        ([("LID", "10.99999/A")], "10.99999/a"),
        ([("LID", "10.99999/A [pii]")], ""),
        ([("SO", "J. doi: 10.99999/A.")], ""),
    ],
)
def test_dois_are_told_by_their_mark(raw: list[tuple[str, str]], doi: str) -> None:
    assert mapped(*raw, name="doi") == doi


@pytest.mark.parametrize(
    ("raw", "pages"),
    [
        ([("PG", "i-ii")], "i-ii"),
        ([("PG", "12"), ("LID", "e7 [pii]")], "12"),
        ([("LID", "S1(9)-X [pii]"), ("LID", "1042 [pii]")], "1042"),
        ([("LID", "103640")], "103640"),
        ([("LID", "10.99999/1 [doi]")], ""),
    ],
)
def test_pages_or_the_number_of_the_article(raw: list[tuple[str, str]], pages: str) -> None:
    assert mapped(*raw, name="pages") == pages


def test_years_editors_publisher_and_owner() -> None:
    raw = [("DP", "in press"), ("DEP", "20170728"), ("FED", "Ed, Ada"), ("ED", "Ed A"), ("PB", "Press")]
    fields = fields_of([*raw, ("OWN", "HSR"), ("OAB", "Other words.")])
    assert (fields.year, fields.editors, fields.publisher) == (2017, ("Ed, Ada",), "Press")
    assert (fields.database, fields.abstract) == ("HSR", "Other words.")
    assert mapped(("ED", "Ed A"), name="editors") == ("Ed A",)


@pytest.mark.parametrize(
    ("code", "name"),
    [("eng", "English"), ("ENG", "English"), ("deu", "German"), ("frm", "Middle French"), ("xxx", "xxx")],
)
def test_languages_have_names(code: str, name: str) -> None:
    assert language(code) == name
    assert language("English") == "English"


def test_values_are_safe_to_show() -> None:
    records, _, _ = read_text("PMID- 1\nTI  - a\x1b[31m\u202eb\x00\nAU  - c\x9bd\n")
    assert (records[0][1].title, records[0][1].authors) == ("a[31mb", ("cd",))
    assert records[0][0].raw[1][1] == "a\x1b[31m\u202eb\x00"


def test_many_short_records_take_linear_work() -> None:
    count = sum(1 for _ in TagReader(GRAMMAR).read(["\nPMID- 1\n" * 1000] * 20))
    assert count == 20_000


def test_the_package_nbib_understands_plain_files_alike(tmp_path: Path) -> None:
    nbib = pytest.importorskip("nbib")
    text = "\n".join(
        f"PMID- {n}\nOWN - NLM\nDP  - {1990 + n} Jan\nTI  - Title {n} that goes\n      on.\nPG  - 1-{n + 1}\n"
        f"AID - 10.99999/{n} [doi]\nAB  - Words of\n      {n}.\nFAU - Body, A{n}\nAU  - Body A\nLA  - eng\n"
        f"JT  - Invented journal\nMH  - One\nMH  - Two\n"
        for n in range(1, 30)
    )
    path = tmp_path / "file.nbib"
    path.write_text(text, encoding="utf-8")
    theirs = [
        (
            str(entry["pubmed_id"]),
            entry["title"],
            entry["doi"],
            entry["abstract"],
            [author["author"] for author in entry["authors"]],
            entry["publication_date"][:4],
            entry["journal"],
        )
        for entry in nbib.read_file(str(path))
    ]
    ours = [
        (f.pmid, f.title, f.doi, f.abstract, list(f.authors), str(f.year), f.journal)
        for _, f in read_text(text)[0]
    ]
    assert ours == theirs
