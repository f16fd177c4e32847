"""The tags of Ovid for the names that its other layout gives fields, as they differ between databases."""

from __future__ import annotations

_NAMES = {
    "AB": "abstract",
    "AN": "accession number",
    "AU": "author, authors, author(s), author name, author names, personal author, personal authors",
    "BT": "book title",
    "CA": "corporate author, corporate authors, group author, group authors, institutional author, "
    "institutional authors, collective name",
    "CT": "chapter title",
    "DB": "database, database name",
    "DO": "doi, doi number, digital object identifier, digital object identifier (doi)",
    "DP": "date of publication, publication date",
    "DT": "document type",
    "ED": "editor, editors, book editor, book editors",
    "FA": "authors full name, author full name, authors' full names, full author name, full author names",
    "HW": "heading words, heading word",
    "ID": "key concepts",
    "IP": "issue, issue/part, issue number",
    "JN": "journal, journal name, journal title, full journal name, publication name",
    "KW": "keywords, keyword, key words, author keywords, author keyword, keyword heading, keyword headings, "
    "identifiers, key phrase identifiers",
    "LG": "language, language of article, language of publication",
    "MH": "subject heading, subject headings, mesh subject heading, mesh subject headings, mesh heading, "
    "mesh headings, mesh terms, medical subject headings, emtree heading, emtree headings, descriptors, "
    "index terms, major subject headings, minor subject headings, thesaurus terms, thesaurus heading",
    "NT": "general note, note, notes",
    "OT": "original title, foreign title, vernacular title",
    "PB": "publisher, publisher name, publisher information",
    "PG": "page, pages, pagination, page range",
    "PM": "pmid, pubmed id, pubmed identifier, pubmed number",
    "PT": "publication type, type of publication",
    "SO": "source",
    "TI": "title, article title, document title, english title",
    "UI": "unique identifier",
    "UR": "url",
    "VO": "volume",
    "XL": "link to the ovid full text or citation, link to the external link resolver",
    "YR": "year of publication, publication year, year",
}

TAGS = {name: tag for tag, names in _NAMES.items() for name in names.split(", ")}
"""Tags by the names of fields, in lower case."""
