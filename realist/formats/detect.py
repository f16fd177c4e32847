"""Which format a file has, told from its content; its name and extension say nothing.

Databases save MEDLINE as .ris, RIS as .txt and sign-in pages as anything.
"""

from __future__ import annotations

import re

KINDS: dict[str, str] = {
    "ris": "a RIS file",
    "nbib": "a PubMed export (NBIB)",
    "wos": "a Web of Science export (plain text)",
    "wos-tab": "a Web of Science export (tab-delimited)",
    "ovid": "an Ovid export (tagged text)",
    "enw": "an EndNote export (ENW)",
    "bibtex": "a BibTeX file",
    "endnote-xml": "an EndNote XML export",
    "csv": "a CSV table",
    "tsv": "a tab-delimited table",
    "csl-json": "a CSL-JSON file",
    "cnki": "a CNKI export",
    "xlsx": "a spreadsheet (XLSX)",
}
"""The formats that exports come in, as a sentence names them."""

REFUSALS: dict[str, str] = {
    "empty": "The file is empty: save the export again.",
    "html": "This is a web page (a sign-in page?), not an export: save the export again.",
    "pdf": "This is a PDF, not an export: save the search results as RIS.",
    "zip": "This is a packed file: unpack it and import the exports within.",
    "unknown": "This is no export of a known format: save the search results again, as RIS.",
}
"""What is no export, and what to do about it."""

_LINES = 400
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf\x27\x1c", b"\xfd7zXZ\x00", b"Rar!")

_STRONG = re.compile(
    r"""(?P<ris>[ \r\f\ufeff]*TY\ {1,3}-(?:\ |\Z))
    |(?P<nbib>(?:PMID|PMC\ |PMCR|OID\ |OWN\ |STAT|DCOM|FAU\ |BTI\ )-)
    |(?P<wos_tab>PT\t[A-Z][A-Z0-9]\t)
    |(?P<wos>FN\ \S|VR\ 1\.0\s*\Z|PT\ [A-Z]\s*\Z)
    |(?P<enw>%[0A-Z]\ )
    |(?P<ovid><[0-9]{1,7}\ ?\.?\ *>\s*\Z)
    |(?P<bibtex>\s{0,40}@[A-Za-z]{1,40}\s{0,40}[{(])
    |(?P<cnki>(?:SrcDatabase|Title)-[\u4e00-\u9fff]|\{Reference\ Type\})
    """,
    re.VERBOSE,
)
_FIELD = re.compile(r"[ \r\f\ufeff]*[A-Z][A-Z0-9] {1,3}- ")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|script|meta)\b", re.IGNORECASE)
_ENDNOTE_XML = re.compile(r"<(?:xml|records)>\s*<(?:records|record)\b")
_HEADER = re.compile(
    r"(?:(?:article|document|item|original|primary) )?titles?(?:,? primary)?"
    r"|(?:first )?authors?(?:\(s\)|/s|,? primary| names| full names)?"
    r"|(?:pub(?:lication|lished)? )?(?:year|date)|abstract(?: note)?|doi|pmid|pubmed id"
    r"|(?:source|journal|publication) title|publication|journal(?:/book)?|periodical full|source"
    r"|volume|issue|number|pages|url|link|issn|isbn|(?:author )?keywords|key|publisher"
    r"|(?:item|reference) type"
)


def detect_bytes(head: bytes) -> str | None:
    """Return the format of a file that is no text, from its first bytes; None if it may be text."""
    if not head:
        return "empty"
    if head.startswith(_PACKED[:2]):
        return "xlsx" if b"xl/" in head else "zip"
    if head.startswith(_PACKED):
        return "zip"
    return "pdf" if head[:1024].lstrip().startswith(b"%PDF-") else None


def detect_text(head: str) -> str:
    """Return the format of a text from its first lines, ``"unknown"`` if it is none that is known.

    The first line that only one format can have decides; lines before it (``1.``, ``Record #1 of 3``,
    ``Provider: …``, titles of products) do not matter.
    """
    start = head.lstrip(" \t\r\n\f\ufeff\x00")
    if not start:
        return "empty"
    if (markup := _markup(start)) is not None:
        return markup
    lines = _lines(head)
    for line in lines:
        if (found := _STRONG.match(line)) and found.lastgroup:
            return found.lastgroup.replace("_", "-")
    if (table := _table(lines)) is not None:
        return table
    return "ris" if sum(1 for line in lines if _FIELD.match(line)) > 1 else "unknown"


def explain(name: str) -> str:
    """Return the sentence for a format that has no reader: what the file is, and what to do."""
    if name in REFUSALS:
        return REFUSALS[name]
    return f"This is {KINDS[name]}, which this version cannot read yet: export the search again as RIS."


def _lines(head: str) -> list[str]:
    lines = head.replace("\r\n", "\n").split("\n" if "\n" in head else "\r")
    return [line for line in lines if line.strip()][:_LINES]


def _markup(start: str) -> str | None:
    """Return the format of a text that begins with a bracket of some kind, None for others."""
    opening = start[:4000]
    if opening.startswith("<"):
        if _ENDNOTE_XML.search(opening):
            return "endnote-xml"
        if _HTML.search(opening):
            return "html"
        if opening.startswith("<?xml"):
            return "unknown"
    if opening.startswith(("[", "{")) and re.match(r"(?:\[\s*)?\{\s*\"|\[\s*\]\s*\Z", opening):
        return "csl-json"
    return None


def _table(lines: list[str]) -> str | None:
    """Return csv or tsv if a header is among the first lines, or their cells are equal in number."""
    for delimiter in "\t;,":
        if any(_is_header(line, delimiter) for line in lines[:20]) or _is_regular(lines[:20], delimiter):
            return "tsv" if delimiter == "\t" else "csv"
    return None


def _is_header(line: str, delimiter: str) -> bool:
    cells = [cell.strip(' "\ufeff').lower() for cell in line[:20_000].split(delimiter)]
    return sum(1 for cell in cells if _HEADER.fullmatch(cell)) > 1


def _is_regular(lines: list[str], delimiter: str) -> bool:
    counts = {line.count(delimiter) for line in lines}
    return len(lines) > 1 and len(counts) == 1 and counts.pop() > 1
