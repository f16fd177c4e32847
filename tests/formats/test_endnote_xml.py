"""Tests of realist.formats.markup.endnote_xml and of the cutting of XML into records below it."""

from __future__ import annotations

from pathlib import Path

import pytest

from realist.formats.records import Fields, Problem, RawRecord
from realist.vocabulary import Severity
from tests.formats.support import export_of, read_bytes

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n<records>\n'
TAIL = "</records>\n</xml>\n"
FULL = """<record>
  <database name="Mine.enl" path="C:\\Mine.enl">Mine.enl</database>
  <source-app name="EndNote" version="21.3">EndNote</source-app>
  <rec-number>7</rec-number>
  <ref-type name="Book Section">5</ref-type>
  <contributors>
    <authors>
      <author><style face="normal" size="100%">Okafor, N.</style></author>
      <author>Society of Made-up Things,</author>
    </authors>
    <secondary-authors><author>Editor, E.</author></secondary-authors>
  </contributors>
  <titles>
    <title><style face="normal">How </style><style face="italic">trust</style><style> grows</style></title>
    <secondary-title>A Handbook</secondary-title>
  </titles>
  <periodical><full-title>Handbook of Nothing</full-title></periodical>
  <pages>454-81</pages><volume>2</volume><number>3</number>
  <keywords><keyword>trust; time</keyword><keyword/><keyword>R&amp;D</keyword></keywords>
  <dates><year>2014</year><pub-dates><date>Mar 3</date></pub-dates></dates>
  <publisher>No Press</publisher>
  <abstract>First.&#xD;Second.</abstract>
  <notes>A note</notes><research-notes>Another</research-notes>
  <urls>
    <related-urls><url>mailto:x</url><url>https://pubmed.ncbi.nlm.nih.gov/123</url></related-urls>
    <pdf-urls><url>internal-pdf://a.pdf</url></pdf-urls>
  </urls>
  <electronic-resource-num>https://doi.org/10.1234/ABC.5</electronic-resource-num>
  <remote-database-name>Invented Base</remote-database-name>
  <accession-num>X-99</accession-num>
  <language>English</language>
  <label>mine</label>
  <wholly-unknown kind="odd">kept</wholly-unknown>
</record>
"""


def record(title: str, more: str = "") -> str:
    return f"<record><titles><title>{title}</title></titles><dates><year>2001</year></dates>{more}</record>\n"


def read(folder: Path, *parts: str) -> tuple[list[tuple[RawRecord, Fields]], list[Problem]]:
    return read_bytes(folder, "".join((HEAD, *parts, TAIL)).encode())


def test_every_field_of_a_record_is_understood(tmp_path: Path) -> None:
    (_, fields), *rest = read(tmp_path, FULL)[0]
    assert rest == []
    assert fields == Fields(
        source_key="X-99",
        type="Book Section",
        title="How trust grows",
        authors=("Okafor, N.", "Society of Made-up Things"),
        editors=("Editor, E.",),
        year=2014,
        journal="Handbook of Nothing",
        volume="2",
        number="3",
        pages="454-481",
        doi="10.1234/abc.5",
        pmid="123",
        url="https://pubmed.ncbi.nlm.nih.gov/123",
        abstract="First.\nSecond.",
        keywords=("trust", "time", "R&D"),
        language="English",
        notes="A note\nAnother",
        database="Invented Base",
        publisher="No Press",
    )


def test_raw_is_every_element_and_attribute_in_order_and_no_layout(tmp_path: Path) -> None:
    ((record_, _),), problems = read(tmp_path, FULL)
    assert problems == []
    assert (record_.position, record_.line) == (1, 4)
    assert record_.raw[:9] == [
        ("database@name", "Mine.enl"),
        ("database@path", "C:\\Mine.enl"),
        ("database", "Mine.enl"),
        ("source-app@name", "EndNote"),
        ("source-app@version", "21.3"),
        ("source-app", "EndNote"),
        ("rec-number", "7"),
        ("ref-type@name", "Book Section"),
        ("ref-type", "5"),
    ]
    assert ("titles/title", "How trust grows") in record_.raw
    assert ("keywords/keyword", "") in record_.raw
    assert ("abstract", "First.\rSecond.") in record_.raw
    assert record_.raw[-2:] == [("wholly-unknown@kind", "odd"), ("wholly-unknown", "kept")]
    assert "contributors" not in dict(record_.raw)


@pytest.mark.parametrize(
    ("more", "field", "value"),
    [
        (
            "<accession-num>25</accession-num><remote-database-name>Medline</remote-database-name>",
            "pmid",
            "25",
        ),
        (
            "<accession-num>25</accession-num><remote-database-provider>NLM</remote-database-provider>",
            "pmid",
            "25",
        ),
        ("<accession-num>25</accession-num><remote-database-name>Embase</remote-database-name>", "pmid", ""),
        ("<accession-num>25</accession-num>", "pmid", ""),
        ("<notes>USA. PMID: NLM345.</notes>", "pmid", "345"),
        ("<notes>Comment in PMID: 345.</notes>", "pmid", ""),
        ("<custom7>e12</custom7>", "pages", "e12"),
        ("<notes>doi: 10.1234/x</notes>", "doi", "10.1234/x"),
        ("<urls><related-urls><url>https://doi.org/10.1/x</url></related-urls></urls>", "doi", ""),
        (
            "<urls><related-urls><url>https://doi.org/10.1111/x</url></related-urls></urls>",
            "doi",
            "10.1111/x",
        ),
        ("<titles><secondary-title>J of No</secondary-title></titles>", "journal", "J of No"),
        ("<ref-type>17</ref-type>", "type", "17"),
    ],
)
def test_values_are_found_where_products_put_them(tmp_path: Path, more: str, field: str, value: str) -> None:
    ((_, fields),), _ = read(tmp_path, record("T", more))
    assert getattr(fields, field) == value


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        ("<dates><year>2014//</year></dates>", 2014),
        ("<dates><year>in press</year><pub-dates><date>May 2013</date></pub-dates></dates>", 2013),
        ('<dates><year year="1999"/></dates>', 1999),
        ("<dates><year>in press</year></dates>", None),
    ],
)
def test_the_year_is_found_or_doubted(tmp_path: Path, dates: str, year: int | None) -> None:
    ((_, fields),), problems = read(tmp_path, f"<record><titles><title>T</title></titles>{dates}</record>")
    assert fields.year == year
    assert [problem.severity for problem in problems] == ([] if year else [Severity.WARNING])


@pytest.mark.parametrize(("kind", "editors"), [("Book Section", ("E, F.",)), ("Patent", ())])
def test_second_authors_are_editors_but_where_they_are_something_else(
    tmp_path: Path, kind: str, editors: tuple[str, ...]
) -> None:
    more = f'<ref-type name="{kind}">1</ref-type>'
    more += "<contributors><secondary-authors><author>E, F.</author></secondary-authors></contributors>"
    ((_, fields),), _ = read(tmp_path, record("T", more))
    assert fields.editors == editors


def test_what_endnote_7_wrote_is_read(tmp_path: Path) -> None:
    text = (
        "<XML><RECORDS><RECORD><REFERENCE_TYPE>0</REFERENCE_TYPE><AUTHORS><AUTHOR>Body, A.</AUTHOR></AUTHORS>"
        "<YEAR>1999</YEAR><TITLE>Old</TITLE><SECONDARY_TITLE>J</SECONDARY_TITLE></RECORD></RECORDS></XML>"
    )
    ((record_, fields),), problems = read_bytes(tmp_path, text.encode())
    assert problems == []
    assert (fields.title, fields.authors, fields.year, fields.journal) == ("Old", ("Body, A.",), 1999, "J")
    assert record_.raw[1] == ("AUTHORS/AUTHOR", "Body, A.")


def test_the_product_is_the_program_that_wrote_the_file(tmp_path: Path) -> None:
    for name, product in (("Bookends", "Bookends"), ("zotero", "Zotero"), ("A Maker", "")):
        text = HEAD + record("T", f'<source-app name="{name}">x</source-app>') + TAIL
        export = export_of(tmp_path, text.encode())
        list(export)
        assert export.source.product == product


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["UTF-8", "UTF-16", "ISO-8859-1", "no-such"])
def test_bytes_and_not_the_declaration_tell_the_encoding(
    tmp_path: Path, encoding: str, declared: str
) -> None:
    text = HEAD.replace("UTF-8", declared) + record("Évaluation 评价") + TAIL
    records, problems = read_bytes(tmp_path, text.replace("\n", "\r\n").encode(encoding))
    assert [fields.title for _, fields in records] == ["Évaluation 评价"]
    assert problems == []


def test_a_whole_export_on_one_long_line_is_read_to_its_end(tmp_path: Path) -> None:
    text = (HEAD + record("T" * 10_000) * 600 + TAIL).replace("\n", "")
    records, problems = read_bytes(tmp_path, text.encode())
    assert (len(records), problems) == (600, [])
    assert {record_.line for record_, _ in records} == {1}


def test_lines_are_those_of_an_editor(tmp_path: Path) -> None:
    records, _ = read(
        tmp_path, record("A\r\nB"), "\n\n", record("C&#xD;D\u2028E"), "<!--\n\n-->", record("F")
    )
    assert [record_.line for record_, _ in records] == [4, 8, 11]
