"""Tests of realist.formats.detect."""

from __future__ import annotations

import pytest

from realist.formats.detect import KINDS, REFUSALS, detect_bytes, detect_text, explain
from realist.formats.door import READERS


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"", "empty"),
        (b"PK\x03\x04....xl/workbook.xml", "xlsx"),
        (b"PK\x03\x04....word/document.xml", "zip"),
        (b"\x1f\x8b\x08", "zip"),
        (b"7z\xbc\xaf\x27\x1c", "zip"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\n %PDF-1.7\n", "pdf"),
        (b"TY  - JOUR\n", None),
        (b"\x89PNG\r\n", None),
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
        ("%0 Journal Article\n%T A\n", "enw"),
        ("%T A\n%0 Journal Article\n", "enw"),
        ("% a comment\n@article{a, title={TY}}\n", "bibtex"),
        ("A Maker\nEXPORTED: today\n\n@book{a,\n", "bibtex"),
        ('<?xml version="1.0"?>\n<xml>\n <records>\n', "endnote-xml"),
        ('<?xml version="1.0"?><xml><records><record>', "endnote-xml"),
        ("<?xml version='1.0'?><!DOCTYPE html><html>", "html"),
        ("<?xml version='1.0'?><feed/>", "unknown"),
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


@pytest.mark.parametrize("name", [*KINDS, *REFUSALS])
def test_every_name_has_one_sentence(name: str) -> None:
    sentence = explain(name)
    assert sentence.startswith(("This is ", "The file is "))
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0


def test_every_reader_is_of_a_known_kind_and_ris_is_one() -> None:
    assert "ris" in READERS
    assert set(READERS) <= set(KINDS)
