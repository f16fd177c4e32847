"""Hostile files, invented: each name with a function that gives the bytes of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Maker = Callable[[], bytes]

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_XML = "<xml><records><record><titles><title>{}</title></titles></record></records></xml>"
_CALL = "\x1b]0;owned\x07\x1b[2J\x9b31m\x1b]8;;file:///etc/passwd\x07\x08\x7f"


def ris(*lines: str, title: str = "Trust") -> bytes:
    """Return a RIS file of one record that holds these lines."""
    return "\n".join(("TY  - JOUR", f"TI  - {title}", *lines, "ER  - ", "")).encode("utf-8", "surrogatepass")


def bib(*fields: str, title: str = "Trust") -> bytes:
    """Return a BibTeX file of one entry that holds these fields."""
    return ",\n".join(("@article{a", f"  title = {{{title}}}", *fields, "}\n")).encode()


def nbib(*lines: str) -> bytes:
    """Return a PubMed file of one record that holds these lines."""
    return "\n".join(("PMID- 91000001", "TI  - Trust", *lines, "")).encode()


def table(*rows: Iterable[str]) -> bytes:
    """Return a CSV file with three columns and these rows, written without any quoting of ours."""
    return "\n".join(("Title,Year,DOI", *(",".join(row) for row in rows), "")).encode()


_DOUBLED = [f"@string{{s{n} = s{n - 1} # s{n - 1}}}" for n in range(1, 60)]

FILES: dict[str, Maker] = {
    "xml: entity bomb": lambda: f'<!DOCTYPE x [<!ENTITY l0 "laugh">{LAUGHS}]>{_XML.format("&l9;")}'.encode(),
    "xml: one long entity, many times": lambda: (
        f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>{_XML.format("&a;" * 50_000)}'.encode()
    ),
    "xml: external entity": lambda: (
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + _XML.format("&a;").encode()
    ),
    "xml: external definitions": lambda: (
        b'<!DOCTYPE x SYSTEM "http://192.0.2.1/never.dtd">' + _XML.format("Trust").encode()
    ),
    "xml: inclusion": lambda: _XML.format(
        '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
    ).encode(),
    "xml: deep": lambda: _XML.format("<a>" * 200_000 + "</a>" * 200_000).encode(),
    "xml: deep and open": lambda: b"<xml><records><record><titles>" + b"<title>" * 300_000,
    "xml: unclosed records": lambda: (
        b"<xml><records>" + b"<record><titles><title>Trust</title></titles>" * 5000
    ),
    "xml: many attributes": lambda: (
        "<xml><records><record {}/></records></xml>".format(" ".join(f'a{n}="1"' for n in range(100_000)))
    ).encode(),
    "xml: long attribute": lambda: _XML.format(f'<style face="{"a" * 2_000_000}">Trust</style>').encode(),
    "xml: long text": lambda: _XML.format("Trust &amp; " * 300_000).encode(),
    "json: deep": lambda: b"[" * 500_000,
    "json: deep within an item": lambda: (
        b'[{"id": "a", "title": "Trust", "note": ' + b'{"a":' * 200_000 + b"1" + b"}" * 200_000 + b"}]"
    ),
    "json: 5,000 digits": lambda: (
        b'[{"id": "a", "title": "Trust", "issued": {"date-parts": [[' + b"9" * 5000 + b"]]}}]"
    ),
    "json: infinite and strange numbers": lambda: (
        b'[{"id": 1e999999, "title": "Trust", "volume": NaN, "issued": {"date-parts": [[-Infinity, 1e400]]}}]'
    ),
    "json: lone surrogates": lambda: b'[{"id": "\\ud800", "title": "Tr\\udfffust", "abstract": "\\ud83d"}]',
    "json: everything is of another type": lambda: (
        b'[1, null, "a", [], {"id": [], "title": {}, "author": "x", "issued": 5, "DOI": true, "page": []},'
        b'{"id": "a", "author": [1, null, [], {"family": 5}], "issued": {"date-parts": [{}]}, "title": null}]'
    ),
    "json: one long string": lambda: b'[{"id": "a", "title": "' + b"a" * 3_000_000 + b'"}]',
    "json: unclosed string": lambda: b'[{"id": "a", "title": "' + b'\\"' * 1_000_000,
    "bibtex: deep braces": lambda: bib("  note = {" + "{" * 100_000 + "}" * 100_000 + "}"),
    "bibtex: deep and open": lambda: bib("  note = {" + "{" * 200_000),
    "bibtex: unclosed entries": lambda: b"".join(
        b"@article{a%d,\n  title = {Trust,\n" % n for n in range(5000)
    ),
    "bibtex: strings that double": lambda: "\n".join(
        ('@string{s0 = "laugh"}', *_DOUBLED, "@article{a, title = s59, year = 2000}")
    ).encode(),
    "bibtex: strings in a ring": lambda: (
        b"@string{a = b}\n@string{b = a}\n@article{k, title = a # b, year = 2000}\n"
    ),
    "bibtex: crossref in a ring": lambda: (
        b"@article{a, crossref = {b}, title = {A}}\n@article{b, crossref = {a}}\n@book{c, crossref = {c}}\n"
    ),
    "bibtex: a chain of crossrefs": lambda: b"".join(
        b"@article{k%d, crossref = {k%d}}\n" % (n, n + 1) for n in range(5000)
    ),
    "bibtex: many fields": lambda: bib(*(f"  f{n} = {{{n}}}" for n in range(50_000))),
    "bibtex: joined without end": lambda: bib("  note = " + ' # "a"' * 100_000),
    "bibtex: 5,000 digits": lambda: bib(f"  year = {'9' * 5000}", f"  volume = {'1' * 5000}"),
    "bibtex: accents without end": lambda: bib(
        "  note = {" + "\\'" * 100_000 + "}",
        "  abstract = {" + "$" * 100_001 + "\\textit{" * 1000 + "}" * 1000 + "}",
    ),
    "bibtex: backslashes": lambda: bib(title="\\" * 300_000),
    "bibtex: names without end": lambda: bib(
        "  author = {" + " and " * 100_000 + "}", "  editor = {" + "," * 200_000 + "}"
    ),
    "bibtex: at signs": lambda: bib() + b"@" * 500_000 + b"\n" + b"@a{" * 100_000,
    "bibtex: a long line": lambda: bib("  abstract = {" + "Trust is lost. " * 100_000 + "}"),
    "ris: a long line": lambda: ris("AB  - " + "Trust is lost. " * 100_000),
    "ris: NULs": lambda: ris("AB  - a\0b" + "\0" * 1_000_000),
    "ris: nothing but NULs": lambda: b"\0" * 2_000_000,
    "ris: lone surrogates": lambda: ris("AU  - Re\ud800id, K.", "AB  - \udfff\udc80", title="Tr\ud83dust"),
    "ris: 5,000 digits": lambda: ris(f"PY  - {'9' * 5000}", f"SP  - {'1' * 5000}", f"AN  - {'7' * 5000}"),
    "ris: unclosed records": lambda: b"TY  - JOUR\nTI  - Trust\n" * 5000,
    "ris: ends without records": lambda: b"TY  - JOUR\nTI  - A\nER  - \n" + b"ER  - \n" * 20_000,
    "ris: empty records": lambda: b"TY  - \nER  - \n" * 20_000,
    "ris: one record of many fields": lambda: ris(*("AU  - Reid, K." for _ in range(100_000))),
    "ris: many keywords": lambda: ris("KW  - " + "a;" * 300_000),
    "ris: escape sequences": lambda: ris(
        f"AU  - Reid{_CALL}, K.", f"AB  - {_CALL}", f"UR  - http://a/{_CALL}", title=f"Tr{_CALL}ust"
    ),
    "ris: bidirectional overrides": lambda: ris(
        "AU  - \u202edieR\u2066, K.", title="Tr\u202eust\u2069\u200f"
    ),
    "ris: markup": lambda: ris(
        "AB  - <script>alert(1)</script>[/][blink]", title="[bold red]Trust[/bold red] [link=file:///x]"
    ),
    "ris: names of paths": lambda: ris(
        "L1  - file:///etc/passwd", "UR  - javascript:alert(1)", "UR  - ../../x", "ID  - ../../../etc/passwd"
    ),
    "ris: DOI without end": lambda: ris(
        "DO  - 10.1234/" + "(" * 200_000, "N1  - " + "doi: 10.1234/" * 50_000, "M3  - " + "10." * 200_000
    ),
    "ris: DOI of signs": lambda: ris(
        "DO  - 10.1234/" + ".,;:" * 100_000, "L3  - " + "%2" * 100_000 + "10.1/a"
    ),
    "ris: URL without end": lambda: ris(
        "UR  - http://" + "a.b/?" * 200_000, "UR  - " + "https:// " * 100_000, "L2  - " + "doi.org/" * 100_000
    ),
    "ris: names without end": lambda: ris(
        "AU  - " + ", ." * 200_000, "A1  - " + "-" * 300_000, "A2  - " + ";" * 300_000
    ),
    "ris: pages without end": lambda: ris(
        "SP  - " + "1-" * 200_000, "EP  - " + "p. " * 100_000, "PG  - pp" + " " * 300_000
    ),
    "ris: years without end": lambda: ris(
        "PY  - " + "1" * 300_000, "DA  - " + "1/" * 200_000, "Y1  - " + "20 " * 100_000
    ),
    "ris: marks of vendors": lambda: ris(
        "N1  - " + "Accession Number: " * 50_000,
        "AB  - Copyright of " + "is the " * 100_000,
        "N1  - " + "PMID " * 100_000,
        "C3  - " + "PUBMED " * 50_000,
    ),
    "ris: references without end": lambda: ris(
        "KW  - " + "&a" * 200_000 + ";", "KW  - " + "&" * 300_000, title="&" * 200_000 + "#;"
    ),
    "ris: spaces": lambda: ris("AB  - " + " " * 500_000 + "a" + " \n" * 200_000, title=" " * 500_000),
    "ris: bare CRs": lambda: ris("AB  - a" + "\r" * 500_000 + "TY  - JOUR"),
    "ris: line feeds": lambda: ris() + b"\n" * 2_000_000,
    "ris: one record without end": lambda: (
        ris() + b"TY  - JOUR\n" + b"a line of prose, and another\n" * 200_000
    ),
    "ris: half a UTF-16": lambda: "\ufeff".encode("utf-16-le") + ris().decode().encode("utf-16-le")[:-1],
    "nbib: a long line": lambda: nbib("AB  - " + "Trust is lost. " * 100_000),
    "nbib: lines without end": lambda: nbib("AB  - Trust", *("      is lost" for _ in range(100_000))),
    "nbib: unclosed records": lambda: b"PMID- 1\n" * 20_000,
    "nbib: identifiers without end": lambda: nbib(
        "LID - " + "[doi" * 100_000,
        "AID - 10.1/" + "] [" * 100_000,
        "PG  - " + "1-" * 100_000,
        "DP  - " + "2" * 100_000,
    ),
    "wos: lines without end": lambda: b"FN x\nVR 1.0\nPT J\nTI Trust\nCR a\n" + b"   b\n" * 200_000,
    "wos: unclosed records": lambda: b"FN x\nVR 1.0\n" + b"PT J\nTI Trust\n" * 5000,
    "enw: tags without end": lambda: b"%0 Book\n%T Trust\n" + b"%A " * 200_000 + b"\n" + b"%K a\n" * 100_000,
    "ovid: records without end": lambda: b"<1>\nTitle\n  Trust\n" + b"<2>\n" * 50_000,
    "csv: a large cell": lambda: table(('"' + "Trust is lost. " * 47_000 + '"', "1998", "")),
    "csv: formulas": lambda: table(("=HYPERLINK(1)", "+1998", "@SUM(1)"), ("-1+1", "=2000", "|calc")),
    "csv: an unclosed quote": lambda: table(('"Trust', "1998", "")) + b"a,b,c\n" * 50_000,
    "csv: quotes without end": lambda: table(('"' * 500_001, "1998", "")),
    "csv: many columns": lambda: (
        ",".join(("Title", "Year", *(f"c{n}" for n in range(50_000)))) + "\nTrust,1998\n"
    ).encode(),
    "csv: many cells": lambda: table(("Trust", "1998", "," * 500_000)),
    "csv: 5,000 digits": lambda: table(("Trust", "9" * 5000, "10." + "9" * 5000)),
    "csv: NULs": lambda: table(("Tr\0ust", "\0" * 300_000, "")),
    "other: a web page": lambda: b"<!DOCTYPE html><html><body>" + b"<div>" * 200_000,
    "other: a PDF": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 4000,
    "other: noise": lambda: bytes((n * n * 31 + n // 7) % 256 for n in range(500_000)),
}
"""Hostile files by name; the part before the colon is the format that they pretend to be."""
