"""Tests of realist.formats.bibtex.meaning: what fields mean, what is kept, what is said of the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from realist.formats.bibtex.meaning import read
from realist.formats.records import Fields, Notes, Problem, RawRecord
from realist.vocabulary import Severity
from tests.formats.support import export_of, read_bytes, split_items


def read_text(text: str) -> tuple[list[tuple[RawRecord, Fields]], list[Problem]]:
    return split_items(list(read(["\n" + text], Notes())))


def fields_of(body: str, kind: str = "article") -> Fields:
    records, _ = read_text(f"@{kind}{{key,\n{body}\n}}\n")
    return records[0][1]


def mapped(body: str, name: str, kind: str = "article") -> Any:
    return getattr(fields_of(body, kind), name)


def test_a_plain_record_is_understood_in_every_field(tmp_path: Path) -> None:
    text = r"""@Article{Okafor_2014,
  author = {Okafor, Ngozi and {\O}degaard, M. and others},
  editor = "Jo van Reid",
  title = {{An} invented title: {\'e}tude of 50\% \& more},
  journal = {Invented~J.},
  year = 2014,
  month = mar,
  volume = {9},
  number = {3},
  pages = {12--19},
  doi = {https://doi.org/10.1234/AB\_1},
  url = {https://example.org/a\_b},
  pmid = {12345},
  abstract = {One.

   Two  words.},
  keywords = {first, second},
  language = {eng},
  note = {Noted},
  annote = {Again},
  publisher = {Nobody \& Sons},
  source = {Somewhere},
}
"""
    records, problems = read_bytes(tmp_path, text.encode())
    assert problems == []
    record, fields = records[0]
    assert (record.position, record.line) == (1, 1)
    assert fields._asdict() == {
        "source_key": "Okafor_2014",
        "type": "Article",
        "title": "An invented title: étude of 50% & more",
        "authors": ("Okafor, Ngozi", "Ødegaard, M."),
        "editors": ("van Reid, Jo",),
        "year": 2014,
        "journal": "Invented J.",
        "volume": "9",
        "number": "3",
        "pages": "12-19",
        "doi": "10.1234/ab_1",
        "pmid": "12345",
        "url": "https://example.org/a_b",
        "abstract": "One.\n\nTwo words.",
        "keywords": ("first", "second"),
        "language": "eng",
        "notes": "Noted\nAgain",
        "database": "Somewhere",
        "publisher": "Nobody & Sons",
    }


def test_raw_holds_every_field_to_the_letter() -> None:
    text = (
        '@string{j = {A Journal}}\n@Article { the key,\n Title = {{A} \\\'e},\n note = "b {c}",\n'
        " journal = j # { B},\n month = jan,\n year = 2001,\n funding_text 1 = {F},\n"
        " a+an:x = {},\n keywords = {k},\n keywords = {l}\n}\n"
    )
    records, problems = read_text(text)
    assert problems == []
    assert records[0][0] == RawRecord(
        1,
        2,
        [
            ("@type", "Article"),
            ("@key", "the key"),
            ("Title", "{A} \\'e"),
            ("note", "b {c}"),
            ("journal", "j # { B}"),
            ("month", "jan"),
            ("year", "2001"),
            ("funding_text 1", "F"),
            ("a+an:x", ""),
            ("keywords", "k"),
            ("keywords", "l"),
            ("@string", "j = A Journal"),
        ],
    )
    assert records[0][1].journal == "A Journal B"
    assert records[0][1].keywords == ("k", "l")


@pytest.mark.parametrize(
    ("body", "name", "value"),
    [
        ("date = {2003-05/2004}", "year", 2003),
        ("year = {in press}, date = {2011-12}", "year", 2011),
        ("year = {888}", "year", None),
        ("journaltitle = {J}", "journal", "J"),
        ("booktitle = {B}, journal = {J}", "journal", "J"),
        ("issue = {4}", "number", "4"),
        ("pages = {{I-II}---{III-IV}}", "pages", "I-II-III-IV"),
        ("pages = {454--81}", "pages", "454-481"),
        ("pages = {42--}", "pages", "42"),
        ("pages = {No Pagination Specified-No Pagination Specified}", "pages", ""),
        ("eid = {e77}", "pages", "e77"),
        ("article-number = {6756}", "pages", "6756"),
        ("art_number = {9}, pages = {}", "pages", "9"),
        ("url = {https://doi.org/10.3333/7}", "doi", "10.3333/7"),
        ("eprint = {\n\n   https://doi.org/10.1111/x\n}", "doi", "10.1111/x"),
        ("pubmed_id = {32741292}", "pmid", "32741292"),
        ("eprint = {321}, eprinttype = {pubmed}", "pmid", "321"),
        ("eprint = {321}, archiveprefix = {arXiv}", "pmid", ""),
        ("note = {{PMID:} 23439512}", "pmid", "23439512"),
        (r"note = {[PubMed:\href{https://www.ncbi.nlm.nih.gov/pubmed/333}{333}]}", "pmid", "333"),
        ("note ={PMID: 33355555}", "pmid", "33355555"),
        ("url = {https://pubmed.ncbi.nlm.nih.gov/33182113/}", "pmid", "33182113"),
        ("url = {\n  https://x.org/a%20b\n}", "url", "https://x.org/a%20b"),
        ("url = {file:///etc/passwd}", "url", ""),
        ("howpublished = {\\url{https://x.org/~a_b}}", "url", "https://x.org/~a_b"),
        ("url = {{https://x.org/a}}", "url", "https://x.org/a"),
        ("year = {{2018}}", "year", 2018),
        ("doi = {{10.1234/AB}}", "doi", "10.1234/ab"),
        ("langid = {german}", "language", "german"),
        ("school = {S}", "publisher", "S"),
        ("institution = {I}, organization = {O}", "publisher", "I"),
        ("database = {D}", "database", "D"),
        ("annotation = {N}", "notes", "N"),
        ('note = {RAYYAN-INCLUSION: {"A"=>"Included"}}', "notes", 'RAYYAN-INCLUSION: {"A"=>"Included"}'),
        (
            "abstract = {Effect in 50% of patients with 95% CI}",
            "abstract",
            "Effect in 50% of patients with 95% CI",
        ),
        ("title = {A\x1b[31m\u202eB\x00}", "title", "A[31mB"),
        ("author = {A\x07, B. and C,\x9b D.}", "authors", ("A, B.", "C, D.")),
    ],
)
def test_where_values_come_from(body: str, name: str, value: object) -> None:
    assert mapped(body, name) == value


def test_a_book_without_a_title_has_that_of_the_book() -> None:
    assert fields_of("booktitle = {B}", "proceedings")[2:7:4] == ("B", "")
    assert fields_of("booktitle = {B}", "inbook")[2:7:4] == ("", "B")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("keywords = {a, b c ,d}", ("a", "b c", "d")),
        ("keywords = {a, b; c,\n   d}", ("a, b", "c, d")),
        ("keywords = {{a; b}}", ("a", "b")),
        ("keywords = {{a, b}}", ("a", "b")),
        ("keywords = {{a, b}}, keywords = {{c}}", ("a, b", "c")),
        ("keywords = {a, {b, c}, d\\&e}", ("a", "b, c", "d&e")),
        ("keywords = {a}, author_keywords = {b;  a}", ("b", "a")),
        ("keyword = {a &amp; b; c}, keywords-plus = {d}", ("a &amp; b", "c", "d")),
    ],
)
def test_keywords(body: str, words: tuple[str, ...]) -> None:
    assert mapped(body, "keywords") == words


def test_records_come_with_their_lines() -> None:
    text = "% c\n\n@misc{a, title={x}}\n@misc{b,\r title={y}, year={1999}}\n @misc{c, title={z}, year=1}"
    records, problems = read_text(text)
    assert [(record.position, record.line) for record, _ in records] == [(1, 3), (2, 4), (3, 6)]
    assert [(problem.line, problem.record) for problem in problems] == [(6, 3)]
    assert problems[0].message == 'Record 3 of line 6 has no year that can be read: "1" was kept as it is.'


def test_what_is_no_record_is_counted_and_told_where_it_may_be_one() -> None:
    notes = Notes()
    text = (
        "Record #1 of 2\n@misc{a, title={x}}\n% just words\n%@misc{b,\n% title = {y}\n%}\n"
        "@comment{c}\n@preamble{ {\\x} }\n@comment{ d = {e} }\nsome text\n\n note = {f},\n"
    )
    records, problems = split_items(list(read(["\n" + text], notes)))
    assert len(records) == 1
    assert [(problem.severity, problem.line, problem.text) for problem in problems] == [
        (Severity.WARNING, 4, "%@misc{b,\n% title = {y}\n%}"),
        (Severity.WARNING, 9, "@comment{ d = {e} }"),
        (Severity.WARNING, 10, "some text"),
        (Severity.ERROR, 12, " note = {f},"),
    ]
    assert notes.noise == 8


def test_an_empty_record_is_refused() -> None:
    records, problems = read_text("@article{key}\n@misc{k2, title = {}}\n@misc{,}\n@misc{k, title={x}}")
    assert [record.position for record, _ in records] == [4]
    assert [(problem.line, problem.record, problem.text) for problem in problems] == [
        (1, 1, "@article{key}"),
        (2, 2, "@misc{k2, title = {}}"),
        (3, 3, "@misc{}"),
    ]


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("@article{a1, title={x}, source={Scopus}}", "Scopus"),
        ("@article{ WOS:0001, title={x}, Unique-ID = {WOS:0001}}", "Web of Science"),
        ("@article{moss_some_2013, title={x}, urldate={2020}}", "Zotero"),
        ("@web_page{, title={x}}", "Mendeley"),
        ("% Encoding: UTF-8\n@article{a, title={x}}", "JabRef"),
        ("@article{a, title={x}}\n@Comment{jabref-meta: databaseType:bibtex;}", "JabRef"),
        ("@misc{" + "0a" * 32 + ", title={x}}", "BASE"),
        ("Record #1 of 1\n@article{a, title={x}}", "Cochrane Library"),
        ("@article{A2, title={x}, url={https://www.sciencedirect.com/science/x}}", "ScienceDirect"),
        ("@book{a, title={x}, numpages={2}, publisher={Association for Computing}}", "ACM Digital Library"),
        ("@article{9012345, title={x}, doi={10.1109/X.1}}", "IEEE Xplore"),
        ("@article{DBLP:journals/x, title={x}}", "DBLP"),
        ("@article{doi:10.1/2, title={x}, eprint={https://doi.org/10.1/2}}", "Taylor & Francis Online"),
        ("@article{doi:10.1177/2, title={x}, eprint={https://doi.org/10.1177/2}}", "SAGE Journals"),
        ("@article{a, title={x}, url={https://onlinelibrary.wiley.com/doi/x}}", "Wiley Online Library"),
        ("@article{rayyan-1, title={x}}", "Rayyan"),
        ("@article{a, title={x}, url={https://pubmed.ncbi.nlm.nih.gov/1/}}", "PubMed"),
        ("@article{RN12, title={x}, type={Journal Article}}", "EndNote"),
        ("@article{moss2013some, title={x}, author={y}, year={2013}}", "Google Scholar"),
        ("@article{a, title={x}}", ""),
    ],
)
def test_products_are_told_by_their_marks(text: str, product: str) -> None:
    notes = Notes()
    assert list(read(["\n" + text + "\n"], notes))
    assert notes.product == product


def test_a_file_without_records_is_said_to_hold_none(tmp_path: Path) -> None:
    items = list(export_of(tmp_path, b"@comment{a}\n@string{b = {c}}\n"))
    assert [item.message for item in items if isinstance(item, Problem)] == [
        "The file holds no record, although it looks like a BibTeX file: export the search again."
    ]
