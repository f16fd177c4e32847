"""Which format a file has, told from its content; its name and extension say nothing.

Databases save MEDLINE as .ris, RIS as .txt and sign-in pages as anything.
"""

from __future__ import annotations

import re

from realist.formats.tables.columns import is_sure, is_vertical, knows, score

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
    "xlsx": "a spreadsheet (XLSX)",
}
"""The formats that exports come in, as a sentence names them."""

REFUSALS: dict[str, str] = {
    "empty": "The file is empty: save the export again.",
    "html": "This is a web page (a sign-in page?), not an export: save the export again.",
    "pdf": "This is a PDF, not an export: save the search results as RIS.",
    "zip": "This is a packed file (zip): unpack it and import the exports within.",
    "packed": "This is a packed file of another kind than zip (gzip, 7-Zip, RAR, tar …): unpack it first.",
    "xls": "This is a file of an old Excel or Word (.xls, .doc): open it there and save it as CSV or XLSX.",
    "spreadsheet": "This is a spreadsheet of another kind than XLSX (.ods, .numbers, .xlsb): save it as CSV.",
    "document": "This is a document (.docx, .odt, .rtf …), not an export: save the search results as RIS.",
    "endnote-library": "This is an EndNote library, not an export: export from EndNote as RIS or XML.",
    "review": "This is a review of realist, not an export: open it as a review.",
    "database": "This is a database file (a library of EndNote or Zotero?): export its records as RIS.",
    "image": "This is a picture, not an export: save the search results as RIS.",
    "pubmed-xml": "This is PubMed XML, which cannot be read: save the search in the format PubMed.",
    "mods": "This is MODS XML, which cannot be read: export the records as RIS.",
    "rdf": "This is RDF (of Zotero?), which cannot be read: export the collection as RIS or BibTeX.",
    "xml": "This is XML of a kind that cannot be read: export the records as RIS or EndNote XML.",
    "cnki": "This is CNKI or NoteExpress text, which cannot be read: choose EndNote as the format in CNKI.",
    "refworks": "This is RefWorks tagged text, which cannot be read: export the records as RIS.",
    "pubmed-text": "This is PubMed's Summary or Abstract text: save the search in the format PubMed.",
    "numbers": "This is a list of numbers without records: save the search in the format PubMed.",
    "results-text": "This is the text of a page of results, not an export: choose RIS as the format.",
    "realist-records": "This is a file of `realist export records`: import the exports it was made from.",
    "unknown": "This is no export of a known format: save the search results again, as RIS.",
}
"""What is no export, and what to do about it."""

_LINES = 400
_HEADER_LINES = 20
_SIGNATURE = re.compile(
    rb"(?P<packed>\x1f\x8b|BZh[1-9]1AY&SY|7z\xbc\xaf\x27\x1c|\xfd7zXZ\x00|Rar!\x1a|\x28\xb5\x2f\xfd|.{257}ustar)"
    rb"|(?P<image>\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*)"
    rb"|(?P<xls>\xd0\xcf\x11\xe0)",
    re.DOTALL,
)
_SQLITE = b"SQLite format 3\0"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ZIP_MEMBER = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_ZIP_KINDS: dict[str, re.Pattern[str]] = {
    "spreadsheet": re.compile(r"^(?:xl/workbook\.bin|Index/[^/\n]+\.iwa)$", re.MULTILINE),
    "xlsx": re.compile(r"^xl/", re.MULTILINE),
    "document": re.compile(r"^(?:word|ppt)/[^/\n]+\.xml$", re.MULTILINE),
    "endnote-library": re.compile(r"^[^/\n]+\.Data/", re.MULTILINE),
}
_ROOTS = {
    "pubmedarticleset": "pubmed-xml",
    "pubmedarticle": "pubmed-xml",
    "mods": "mods",
    "modscollection": "mods",
    "rdf": "rdf",
    "article": "xml",
} | dict.fromkeys(("html", "head", "body", "script", "meta", "table", "div", "form", "center", "p"), "html")

_STRONG = re.compile(
    r"""(?P<ris>[ \r\f\ufeff]*TY\ {1,3}-(?:\ |\Z))
    |(?P<nbib>(?:PMID|PMC\ |PMCR|OID\ |OWN\ |STAT|DCOM|FAU\ |BTI\ )-)
    |(?P<wos_tab>PT\t[A-Z][A-Z0-9]\t)
    |(?P<wos>FN\ \S|VR\ 1\.0\s*\Z|PT\ [A-Z]\s*\Z)
    |(?P<enw>%[0A-Z]\ )
    |(?P<ovid>\ ?<[0-9]{1,9}\ ?\.?\ *>\s*\Z)
    |(?P<bibtex>\s{0,40}@[A-Za-z][\w-]{0,40}\s{0,40}[{(])
    |(?P<refworks>RT\ (?:Abstract|Book|Conference|Dissertation|Generic|Journal|Magazine|Monograph|News|Report
        |Thesis|Unpublished|Web))
    |(?P<results_text>Report\ Information\ from\ ProQuest|Record:\ [0-9]{1,7}\s*\Z)
    |(?P<cnki>(?:SrcDatabase|Title)-[\u4e00-\u9fff]|\{Reference\ Type\})
    """,
    re.VERBOSE,
)
_FIELD = re.compile(r"[ \r\f\ufeff]*[A-Z][A-Z0-9] {1,3}- ")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|script|meta)\b", re.IGNORECASE)
_ENDNOTE_XML = re.compile(r"<(?:xml|records)\b[^<>]{0,400}>\s*<(?:records|record)\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,60})(?=[\s/>])")
_JSON = re.compile(r"(?:\[\s*)?\{\s*\"|\[\s*\]\s*\Z")
_REALIST_RECORDS = re.compile(r'\{"record": ?"[^"]{1,60}", ?"paper": ?')
_MAIL = re.compile(r"MIME-Version: |From: <Saved by ")
_PUBMED_TEXT = re.compile(r"PMID: ?[0-9]{1,8}\b|.{0,2000}[.;] PMID: [0-9]{1,8}\b")
_NUMBERED = re.compile(r"[0-9]{1,6}[.:] \S")
_LABELLED = re.compile(r"(?:ID|AU|TI|SO|YR|PY|AB|KY): ")


def detect_bytes(head: bytes) -> str | None:
    """Return the format of a file that is no text, from its first bytes; None if it may be text."""
    if not head:
        return "empty"
    if head.startswith(_ZIP):
        return _zip_kind(head)
    if head.startswith(_SQLITE):
        return "review" if head[68:72] == b"REAS" else "database"
    if found := _SIGNATURE.match(head):
        return found.lastgroup
    return "pdf" if head[:1024].lstrip().startswith(b"%PDF-") else None


def _zip_kind(head: bytes) -> str:
    """Return what a file packed as zip is, by the names of the first things in it."""
    if b"mimetypeapplication/" in head[:100]:
        return "spreadsheet" if b"opendocument.spreadsheet" in head[:200] else "document"
    names = []
    for found in _ZIP_MEMBER.finditer(head):
        length = int.from_bytes(found[1], "little")
        names.append(head[found.end() : found.end() + length].decode("utf-8", "replace"))
    listed = "\n".join(names)
    return next((kind for kind, pattern in _ZIP_KINDS.items() if pattern.search(listed)), "zip")


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
    for number, line in enumerate(lines):
        if (found := _STRONG.match(line)) and found.lastgroup:
            if _follows_a_header(lines[: min(number, _HEADER_LINES)]):
                break
            return found.lastgroup.replace("_", "-")
    if (text := _loose_text(lines)) is not None:
        return text
    if (table := _table(lines)) is not None:
        return table
    return "ris" if sum(1 for line in lines if _FIELD.match(line)) > 1 else "unknown"


def explain(name: str) -> str:
    """Return the sentence for a format that has no reader: what the file is, and what to do."""
    if name in REFUSALS:
        return REFUSALS[name]
    return f"This is {KINDS[name]}, which cannot be read here: export the search again as RIS."


def _lines(head: str) -> list[str]:
    lines = head.replace("\r\n", "\n").split("\n" if "\n" in head else "\r")
    return [line for line in lines if line.strip()][:_LINES]


def _markup(start: str) -> str | None:
    """Return the format of a text that begins with a bracket of some kind, None for others."""
    opening = start[:20_000]
    if opening.startswith("<") and not opening[1:2].isdecimal():
        return _xml_kind(opening)
    if opening.startswith(("[", "{")):
        if _REALIST_RECORDS.match(opening):
            return "realist-records"
        if opening.startswith("{\\rtf"):
            return "document"
        return "csl-json" if _JSON.match(opening) else None
    return "html" if _MAIL.match(opening) else None


def _xml_kind(opening: str) -> str | None:
    """Return which XML a text is, or HTML; None where it only begins with an angle bracket."""
    if _ENDNOTE_XML.search(opening):
        return "endnote-xml"
    root = _ROOT.search(opening)
    if root and (kind := _ROOTS.get(root[1].lower())):
        return kind
    if _HTML.search(opening):
        return "html"
    return "xml" if opening.startswith(("<?xml", "<!DOCTYPE")) or (root and "xmlns" in opening) else None


def _loose_text(lines: list[str]) -> str | None:
    """Return which text for people to read the lines are, None if none that is known."""
    numbered = sum(1 for line in lines if _NUMBERED.match(line))
    if numbered and any(map(_PUBMED_TEXT.match, lines)):
        return "pubmed-text"
    if len(lines) > 1 and all(line.strip().isdecimal() for line in lines):
        return "numbers"
    labels = {found[0] for line in lines if (found := _LABELLED.match(line))}
    return "results-text" if len(labels) > 2 else None


def _table(lines: list[str]) -> str | None:
    """Return csv or tsv if a header is among the first lines, or their cells are equal in number."""
    first = lines[:_HEADER_LINES]
    for delimiter in "\t;,|":
        if any(_is_header(line, delimiter) for line in first) or _is_regular(first, delimiter):
            return "tsv" if delimiter == "\t" else "csv"
    whole = [[line] for line in first[:1]]
    upright = is_vertical([line.split(",") for line in lines[: 3 * _HEADER_LINES]])
    return "csv" if upright or any(map(score, whole)) else None


def _follows_a_header(lines: list[str]) -> bool:
    """Return whether what comes after *lines* stands in a table, whatever it looks like."""
    return any(is_sure(score(line.split(delimiter))) for line in lines for delimiter in "\t;,")


def _is_header(line: str, delimiter: str) -> bool:
    return sum(map(knows, line[:20_000].split(delimiter))) > 1


def _is_regular(lines: list[str], delimiter: str) -> bool:
    counts = {line.count(delimiter) for line in lines}
    return len(lines) > 1 and len(counts) == 1 and counts.pop() > 1
