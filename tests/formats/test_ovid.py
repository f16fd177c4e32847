"""Tests of realist.formats.tagged.ovid: both layouts of Ovid's text exports, and its source line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from realist.formats.records import Fields, Item, Notes, Problem, RawRecord
from realist.formats.tagged.ovid import GRAMMAR, fields_of, read
from realist.formats.tagged.ovid_names import TAGS
from realist.formats.tagged.ovid_source import source_of
from realist.vocabulary import Severity
from tests.formats.support import lines_of, read_bytes, split_items

TAGGED = """<3001. >
VN  - Ovid Technologies
DB  - Embase
UI  - 600000001
TI  - Trust of nurses: A review.
SO  - Invented Proceedings. 12 (Supplement 3) (pp 34-39), 2018. Date of Publication: 2018.
AU  - Okafor N.
AU  - Lindqvist A.M.
IN  - (Okafor) A ward, A Town
      (Lindqvist) Another ward, A Town
MH  - adult
MH  - *quality of life
OD  - adult
AB  - Background: Nurses trust. Result(s): So they do.
IS  - 1234-5678
DO  - http://dx.doi.org/10.99999/Inv.1
LG  - English
PT  - Conference Abstract
PM  - 10000001 [http://www.ncbi.nlm.nih.gov/pubmed/?term=10000001]
YR  - 2018
XL  - https://ovidsp.ovid.com/ovidweb.cgi?T=JS&AN=600000001
"""
LISTS = """<3002. >
VN  - Ovid Technologies
TI  - Spiders of made-up islands.
SY  - One, (Araneae)

      Two, (Araneae): Syn nov

      Three
SO  - Made-up Ecology. 201(2-3):327-334, November 15, 2004.
Series Information:  Principles.
LG  - English
"""
NAMED = """<8>
Accession Number
  00000042-900000000-99667.
Author
  Okafor, Nneka 1;  Lindqvist, Astrid MD, PhD 2,*;  Reid, Bo [Ed]
Institution
  (1)A ward
  (2)Another ward
Title
  Trust of nurses: a review.[Review]
Source
  Journal of Invented Informatics.
Abstract
  Nurses trust
  each other.

  So they do.
Author Keywords
  trust;  realist review;  nurses.
Language
  English.
Document Type
  Review:  PDF Only.
DOI Number
  10.99999/Inv.2
Link to the Ovid Full Text or citation
 http://ovidsp.ovid.com/ovidweb.cgi?T=JS&AN=1

<9>
Unique Identifier
  10000002
Authors
  Haddad C.  Silva M.
Authors Full Name
  Haddad, Cyra.  Silva, Maria.
Title
  Two of it.
Source
  Inv J. 338:b665, 2009.
MeSH Subject Headings
  Adult
  *Trust/px [Psychology]
Database
  Ovid MEDLINE(R) <1946 to now>
"""


def read_text(text: str) -> tuple[list[tuple[RawRecord, Fields]], list[Problem], Notes]:
    notes = Notes()
    items: list[Item] = list(read(["\n" + text.removesuffix("\n")], notes))
    return *split_items(items), notes


def mapped(*raw: tuple[str, str], name: str) -> Any:
    return getattr(fields_of(raw), name)


def test_a_tagged_record_is_understood_in_every_field() -> None:
    records, problems, notes = read_text(TAGGED)
    assert problems == []
    assert records[0][1]._asdict() == {
        "source_key": "600000001",
        "type": "Conference Abstract",
        "title": "Trust of nurses: A review.",
        "authors": ("Okafor N.", "Lindqvist A.M."),
        "editors": (),
        "year": 2018,
        "journal": "Invented Proceedings",
        "volume": "12",
        "number": "Supplement 3",
        "pages": "34-39",
        "doi": "10.99999/inv.1",
        "pmid": "10000001",
        "url": "https://ovidsp.ovid.com/ovidweb.cgi?T=JS&AN=600000001",
        "abstract": "Background: Nurses trust. Result(s): So they do.",
        "keywords": ("adult", "*quality of life"),
        "language": "English",
        "notes": "",
        "database": "Embase",
        "publisher": "",
    }
    assert notes.product == "Ovid"


def test_fields_under_their_names_are_understood() -> None:
    records, problems, notes = read_text(NAMED)
    assert problems == []
    first, second = (fields for _, fields in records)
    assert first.source_key == "00000042-900000000-99667"
    assert first.authors == ("Okafor, Nneka", "Lindqvist, Astrid")
    assert first.editors == ("Reid, Bo",)
    assert (first.title, first.journal) == ("Trust of nurses: a review.", "Journal of Invented Informatics")
    assert first.abstract == "Nurses trust each other.\nSo they do."
    assert first.keywords == ("trust", "realist review", "nurses")
    assert (first.language, first.type, first.doi) == ("English", "Review: PDF Only", "10.99999/inv.2")
    assert first.url.startswith("http://ovidsp.ovid.com/")
    assert second.authors == ("Haddad, Cyra", "Silva, Maria")
    assert (second.journal, second.volume, second.pages, second.year) == ("Inv J", "338", "b665", 2009)
    assert (second.pmid, second.keywords) == ("10000002", ("Adult", "*Trust/px [Psychology]"))
    assert notes.product == "Ovid"


@pytest.mark.parametrize("text", [TAGGED, LISTS, NAMED.partition("\n\n<9>")[0]])
def test_raw_keeps_lines_and_their_indent_to_the_letter(text: str) -> None:
    record = read_text(text + "\n\n" + TAGGED)[0][0][0]
    written = [GRAMMAR.line(tag, value) for tag, value in record.raw]
    assert "\n".join(written) == text.strip("\n")
    lines = text.split("\n")
    assert all(
        lines[line - 1].startswith(tag) for line, (tag, _) in zip(lines_of(record), record.raw, strict=True)
    )


def test_blank_lines_stand_within_values() -> None:
    records, problems, _ = read_text(LISTS + "\n\n" + TAGGED)
    assert problems == []
    tags = dict(records[0][0].raw)
    assert tags["SY"] == "One, (Araneae)\n\n      Two, (Araneae): Syn nov\n\n      Three"
    assert tags["SO"].endswith("2004.\nSeries Information:  Principles.")
    assert (records[0][1].volume, records[0][1].year) == ("201", 2004)


def test_a_file_indented_by_one_space_is_read_alike(tmp_path: Path) -> None:
    content = "".join(f" {line}\n" for line in (LISTS + "\n" + TAGGED).split("\n"))
    records, problems = read_bytes(tmp_path, content.encode())
    assert problems == []
    plain = read_text(LISTS + "\n" + TAGGED)[0]
    assert [fields for _, fields in records] == [fields for _, fields in plain]


def test_single_spaces_around_the_dash_and_tags_on_lines_of_their_own() -> None:
    records, _, _ = read_text(
        "<53. >\nVN - Ovid\nTI - One\nYR - 2014\n\n<54>\nTI\n  Two\nAU\n  A B.\nYR\n  2015"
    )
    assert [(fields.title, fields.year) for _, fields in records] == [("One", 2014), ("Two", 2015)]
    assert records[1][0].raw[1] == ("TI", "\n  Two")


@pytest.mark.parametrize("glue", ["", "\n", "\n\n\n", "\ufeff", "\n\ufeff"])
def test_files_glued_together_are_read_apart(tmp_path: Path, glue: str) -> None:
    first, text = TAGGED.strip("\n"), TAGGED.strip("\n").replace("<3001", "<1")
    records, problems = read_bytes(tmp_path, (first + glue + text).encode())
    assert problems == []
    assert [record.line for record, _ in records] == [1, first.count("\n") + 1 + glue.count("\n")]
    assert records[0][0].raw[1:] == records[1][0].raw[1:]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("text", [TAGGED + "\n" + LISTS, NAMED])
def test_line_ends_make_no_difference(tmp_path: Path, text: str, newline: str) -> None:
    records, _ = read_bytes(tmp_path, ("\ufeff" + text).replace("\n", newline).encode())
    plain = read_text(text)[0]
    assert [(record.line, fields) for record, fields in records] == [
        (record.line, fields) for record, fields in plain
    ]
    assert len(records) == 2


def test_fields_before_the_first_number_are_told_and_a_number_alone_refused() -> None:
    _, problems, _ = read_text("VN  - Ovid\nTI  - Lost\n<1. >\n\n<2. >\nTI  - A\nYR  - 2001")
    assert [(problem.line, problem.severity, problem.text) for problem in problems] == [
        (1, Severity.ERROR, "VN  - Ovid\nTI  - Lost"),
        (3, Severity.ERROR, "<1. >"),
    ]
    assert 'put a line "<1. >" before these fields' in problems[0].message


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("Simon, Ph. 1", ("Simon, Ph.",)),
        ("Zhang, Weijia 1,2,+", ("Zhang, Weijia",)),
        ("Gazic, Barbara MD, PhD *", ("Gazic, Barbara",)),
        ("Smith MD", ("Smith MD",)),
        ("Werner, S. M. [Author; E-mail: a@b.c]", ("Werner, S. M.",)),
        ("AHMED, Mughees.", ("AHMED, Mughees",)),
        ("\n  Smith J.  Doe A.\n  Roe R.", ("Smith J.", "Doe A.", "Roe R.")),
        ("\n  Smith, Jo 1;  Doe,\n  Ann 2", ("Smith, Jo", "Doe, Ann")),
    ],
)
def test_names_lose_what_is_none_of_theirs(value: str, authors: tuple[str, ...]) -> None:
    assert mapped(("AU", value), name="authors") == authors


def test_fields_of_their_own_come_before_the_source_line() -> None:
    raw = [
        ("SO", "Other. 1(2):3-4, 1999."),
        ("JN", "Own Journal"),
        ("VO", "43"),
        ("IP", "5"),
        ("PG", "623-34"),
        ("DP", "Sep 2015"),
    ]
    fields = fields_of(raw)
    assert (fields.journal, fields.volume, fields.number, fields.pages, fields.year) == (
        "Own Journal",
        "43",
        "5",
        "623-634",
        2015,
    )


@pytest.mark.parametrize(
    ("raw", "name", "value"),
    [
        ([("AN", "Peer Reviewed Journal: 2015-33942-012.")], "source_key", "2015-33942-012"),
        ([("AN", "PREV200400474164")], "source_key", "PREV200400474164"),
        ([("DB", "Ovid MEDLINE(R)"), ("UI", "10000001")], "pmid", "10000001"),
        ([("DB", "Embase"), ("UI", "10000001")], "pmid", ""),
        (
            [("ID", "coping, cognitive model"), ("MH", "*Trust")],
            "keywords",
            ("*Trust", "coping", "cognitive model"),
        ),
        ([("KW", "a;  b"), ("MH", "a")], "keywords", ("a", "b")),
        ([("TI", "A title.  [Miscellaneous]")], "title", "A title."),
        ([("TI", "[A translated title.]")], "title", "[A translated title.]"),
        ([("CT", "Chapter"), ("BT", "Book")], "title", "Chapter"),
        ([("DI", "10.99999/A")], "doi", "10.99999/a"),
        ([("PT", "Book"), ("PT", "Edited Book"), ("DT", "Chapter")], "type", "Book; Edited Book"),
        ([("PU", "Invented Press; A Country")], "publisher", "Invented Press; A Country"),
        ([("PG", "No Pagination Specified")], "pages", ""),
        ([("NT", "One"), ("General Note", "\n  Two")], "notes", "One\nTwo"),
        ([("AU", "A B"), ("Corporate Author", "\n  A Group")], "authors", ("A B", "A Group")),
    ],
)
def test_single_fields(raw: list[tuple[str, str]], name: str, value: object) -> None:
    assert mapped(*raw, name=name) == value


def test_names_of_fields_are_unique() -> None:
    assert TAGS["mesh subject headings"] == "MH"
    assert all(len(tag) == 2 and name == name.lower() for name, tag in TAGS.items())


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Inv J. 338:b665, 2009.", ("Inv J", "338", "", "b665", 2009)),
        ("Invented Journal. 12(3):45-67, 2010 May.", ("Invented Journal", "12", "3", "45-67", 2010)),
        ("Inv J. 2019 Mar;12(3):45-67.", ("Inv J", "12", "3", "45-67", 2019)),
        ("Inv J. 2019 Mar 26;12:45-9.", ("Inv J", "12", "", "45-49", 2019)),
        ("Inv J. 12 Suppl 1:45-9, 2011.", ("Inv J", "12", "Suppl 1", "45-49", 2011)),
        (
            "Inv Proc. Conference: 2012 (ABC) Meeting. A Town. 30 (15 SUPPL. 1) (no pagination), 2012.",
            ("Inv Proc", "30", "15 SUPPL. 1", "", 2012),
        ),
        (
            "Lancet (London, England). 393(10170) (pp 407-415), 2019. Date of Publication: 02 Feb 2019.",
            ("Lancet (London, England)", "393", "10170", "407-415", 2019),
        ),
        (
            "Inv ONE. 14 (3) (no pagination), 2019. Article Number: e0213456.",
            ("Inv ONE", "14", "3", "e0213456", 2019),
        ),
        ("Trials. 12 (no pagination), 2011. Article Number: 34.", ("Trials", "12", "", "34", 2011)),
        ("Inv Psych. Vol.43(5), Sep 2015, pp. 623-634.", ("Inv Psych", "43", "5", "623-634", 2015)),
        ("Inv Psych. Vol.43, 2015, pp. 1-9.", ("Inv Psych", "43", "", "1-9", 2015)),
        (
            "Diss Inv. Vol.75(2-A(E)),2014, pp. No Pagination Specified.",
            ("Diss Inv", "75", "2-A(E)", "", 2014),
        ),
        ("Inv Journal January/February 2010;14(1):56", ("Inv Journal", "14", "1", "56", 2010)),
        ("Acta Inv August 2011;43:647-653", ("Acta Inv", "43", "", "647-653", 2011)),
        (
            "Inv & Made-up. 201(2-3):327-334, November 15, 2004.",
            ("Inv & Made-up", "201", "2-3", "327-334", 2004),
        ),
        ("Journal of Inv Studies 12, Winter 2007: 7-14.", ("Journal of Inv Studies", "12", "", "7-14", 2007)),
        ("Inv Affairs, 2013(1): 3-28.", ("Inv Affairs", "2013", "1", "3-28", 2013)),
        ("Hydroinv. 2007 15 June; 433-441.", ("Hydroinv", "", "", "433-441", 2007)),
        ("Inv Meeting Proceedings. 2005; 9pp..", ("Inv Meeting Proceedings", "", "", "", 2005)),
        ("Inv Title. Vol 28(2) April 2015, 103-106.", ("Inv Title", "28", "2", "103-106", 2015)),
        ("Inv Nursing 2001 Mar; 12(3): 45-9 (16 ref)", ("Inv Nursing", "12", "3", "45-49", 2001)),
        ("(2014). 58 pp. A Town: A Press.", ("", "", "", "", 2014)),
        ("Invented Journal. ", ("Invented Journal", "", "", "", None)),
        ("", ("", "", "", "", None)),
    ],
)
def test_source_lines(line: str, source: tuple[object, ...]) -> None:
    assert source_of(line) == (*source, ())


def test_source_lines_of_books_name_editors() -> None:
    line = "Okafor, Nneka [Ed]; Reid, Bo [Ed]. (2012). Coaching: A view. (pp. 11-31). xvii, 254 pp. A Town."
    assert source_of(line) == (
        "Coaching: A view",
        "",
        "",
        "11-31",
        2012,
        ("Okafor, Nneka", "Reid, Bo"),
    )
    line = "Silva, M. [Editor, Reprint Author], Nowak, J. [Editor]. Methods in made-up care.:371-397, 2004."
    assert source_of(line) == ("Methods in made-up care", "", "", "371-397", 2004, ("Silva, M.", "Nowak, J."))
    assert mapped(("SO", line), ("TI", "x"), name="editors") == ("Silva, M.", "Nowak, J.")


@pytest.mark.parametrize(
    "line", ["Ab [Ed]; " * 5000, "a (1) " * 5000, "1 (" * 5000, "(1999). " + "a" * 50_000, "12 Suppl " * 5000]
)
def test_hostile_source_lines_take_little_time(line: str) -> None:
    assert isinstance(source_of(line).journal, str)
