"""Tests of realist.formats.detect."""

from __future__ import annotations

import io
import zipfile

import pytest

from realist.formats.detect import KINDS, REFUSALS, detect_bytes, detect_text, explain
from realist.formats.door import FILE_READERS, READERS


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"", "empty"),
        (b"PK\x05\x06" + bytes(18), "zip"),
        (b"\x1f\x8b\x08", "packed"),
        (b"7z\xbc\xaf\x27\x1c", "packed"),
        (b"BZh91AY&SY", "packed"),
        (b"BZh is no title", None),
        (b"Rar!\x1a\x07", "packed"),
        (b"name" + bytes(253) + b"ustar", "packed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        (b"SQLite format 3\0" + bytes(52) + b"REAS", "review"),
        (b"SQLite format 3\0" + bytes(80), "database"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"GIF89a", "image"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\n %PDF-1.7\n", "pdf"),
        (b"TY  - JOUR\n", None),
        (b"\x89PNG\r\n", "image"),
        (b"MM, a title", None),
    ],
)
def test_what_is_no_text_is_told_from_its_first_bytes(head: bytes, name: str | None) -> None:
    assert detect_bytes(head) == name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("TY  - JOUR\nER  - \n", "ris"),
        ("TY - JOUR\n", "ris"),
        ("TY  -\n", "ris"),
        ("\n\n  TY  -  JOUR\n", "ris"),
        ("\ufeff\r\nTY  - JOUR\r\n", "ris"),
        ("1.\nTY  - JOUR\n", "ris"),
        ("Record #1 of 3\nProvider: A Maker\nDatabase: Some\nContent: text/plain\n\nTY  - JOUR\n", "ris"),
        ("\r\rTY  - JOUR\rER  - \r", "ris"),
        ("AU  - Nobody, N.\nTI  - Lost its head\n", "ris"),
        ("PMID- 1\nOWN - NLM\nTI  - A\nAU  - B\n", "nbib"),
        ("\nOWN - ERIC\nTI  - A\n", "nbib"),
        ("FN Some Maker\nVR 1.0\nPT J\n", "wos"),
        ("PT J\nAU A\n", "wos"),
        ("PT\tAU\tTI\nJ\tA\tB\n", "wos-tab"),
        ("<1. >\nUnique Identifier\n", "ovid"),
        (" <7. >\n VN  - Ovid Technologies\n", "ovid"),
        ("<1>\nAbstract\n  <p>One <b>two</b></p>\n", "ovid"),
        ("<pre>\nPMID- 1\nTI  - A\n</pre>", "nbib"),
        ("%0 Journal Article\n%T A\n", "enw"),
        ("%T A\n%0 Journal Article\n", "enw"),
        ("% a comment\n@article{a, title={TY}}\n", "bibtex"),
        ("A Maker\nEXPORTED: today\n\n@book{a,\n", "bibtex"),
        ('<?xml version="1.0"?>\n<xml>\n <records>\n', "endnote-xml"),
        ('<?xml version="1.0"?><xml><records><record>', "endnote-xml"),
        ("<?xml version='1.0'?><!DOCTYPE html><html>", "html"),
        ('<?xml version="1.0"?><!DOCTYPE xml SYSTEM "x.dtd"><xml><records><record>', "endnote-xml"),
        ('<xml a="b">\n<records><record>', "endnote-xml"),
        ("<XML><RECORDS><RECORD><TITLE>", "endnote-xml"),
        ("<?xml version='1.0'?><feed/>", "xml"),
        ("<?xml version='1.0'?>\n<!DOCTYPE PubmedArticleSet PUBLIC 'x'>\n<PubmedArticleSet>", "pubmed-xml"),
        ('<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods>', "mods"),
        ('<rdf:RDF xmlns:rdf="x" xmlns:z="http://www.zotero.org/namespaces/export#">', "rdf"),
        ('<article xmlns:xlink="x"><front/><body>', "xml"),
        ("<table><tr><td>Title</td>", "html"),
        ("<b>bold</b> words", "unknown"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related", "html"),
        ("{\\rtf1\\ansi TY  - JOUR", "document"),
        ('{"record": "0190", "paper": "0191", "source_file": "a.ris"}\n', "realist-records"),
        ("RT Journal Article\nSR Electronic\nA1 Best, N.\n", "refworks"),
        ("1: Best N. A title. J No. 2020;1:1-2. PMID: 91000001.\n", "pubmed-text"),
        ("1. J No. 2020;1:1-2.\n\nA title.\n\nBest N.\n\nPMID: 91000001\n", "pubmed-text"),
        ("91000001\n91000002\n", "numbers"),
        ("____\n\nReport Information from ProQuest\n1 June\n", "results-text"),
        ("EBSCOhost\n\nRecord: 1\nTitle: A\n", "results-text"),
        ("Record #1 of 2\nID: CN-1\nAU: Best N\nTI: A title\n", "results-text"),
        ("<!DOCTYPE html>\n<p>TY  - JOUR", "html"),
        ("  <HTML><body>", "html"),
        ("<!-- a proxy wrote this -->\n<html>", "html"),
        ('[\n {"id": "a"}]', "csl-json"),
        ('{"items": []}', "csl-json"),
        ("[]", "csl-json"),
        ("{Reference Type}: Journal Article\n", "cnki"),
        ("SrcDatabase-来源库: 期刊\n", "cnki"),
        ("Title,Authors,Year\nA,B,2000\n", "csv"),
        ('"Key";"Item Type";"Title"\n', "csv"),
        ("QUERY;a;;\n----;;;\n;;;\nTitle;Author Names;Year\n", "csv"),
        ("a,b,c\n1,2,3\n", "csv"),
        ("Reference Type\tAuthors, Primary\tTitle Primary\n", "tsv"),
        ("", "empty"),
        ("\ufeff \n\n", "empty"),
        ("\x00\x00", "empty"),
        ("Dear all, here is the list.\nBest, N.\n", "unknown"),
        ("\x89PNG\r\n\x1a\n\x00\x00", "unknown"),
    ],
)
def test_the_first_telling_line_names_the_format(head: str, name: str) -> None:
    assert detect_text(head) == name


def test_a_format_within_another_does_not_fool_it() -> None:
    assert detect_text("TY  - JOUR\nAB  - as in\n@article{a,\nPMID- 1\nER  - \n") == "ris"
    assert detect_text("@article{a, abstract={\nTY  - JOUR\n}}\n") == "bibtex"


def test_a_very_long_line_is_no_trouble() -> None:
    assert detect_text("a," * 40_000) == "unknown"
    assert detect_text("@" + "a" * 60_000) == "unknown"


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["a.ris"], "zip"),
        (["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"], "xlsx"),
        (["xl/worksheets/sheet1.xml", "xl/vbaProject.bin"], "xlsx"),
        (["[Content_Types].xml", "xl/workbook.bin"], "spreadsheet"),
        (["[Content_Types].xml", "word/document.xml"], "document"),
        (["ppt/presentation.xml"], "document"),
        (["words/document.xml"], "zip"),
        (["Index/Document.iwa"], "spreadsheet"),
        (["Mine.enl", "Mine.Data/sdb/sdb.eni"], "endnote-library"),
        (["searches/xl/a.ris"], "zip"),
    ],
)
def test_packed_files_are_told_by_the_names_within(names: list[str], kind: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, "content " * 50)
    assert detect_bytes(stream.getvalue()) == kind


@pytest.mark.parametrize(
    ("mime", "kind"), [("opendocument.spreadsheet", "spreadsheet"), ("opendocument.text", "document")]
)
def test_open_documents_are_told_by_their_type(mime: str, kind: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("mimetype", f"application/vnd.oasis.{mime}")
        packed.writestr("content.xml", "<x/>")
    assert detect_bytes(stream.getvalue()) == kind


@pytest.mark.parametrize("name", [*KINDS, *REFUSALS])
def test_every_name_has_one_sentence(name: str) -> None:
    sentence = explain(name)
    assert sentence.startswith(("This is ", "The file is "))
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0


def test_no_sentence_says_that_only_some_format_can_be_read() -> None:
    assert explain("wos").startswith(
        "This is a Web of Science export (plain text), which cannot be read here"
    )
    assert not any("this version" in sentence for sentence in map(explain, [*KINDS, *REFUSALS]))
    assert not KINDS.keys() & REFUSALS.keys()


def test_every_reader_is_of_a_known_kind() -> None:
    assert set(READERS) | set(FILE_READERS) <= set(KINDS)
