"""Which program or database wrote a BibTeX file: each of the first records is asked, they vote.

The last program a record went through marks it more surely than the database it came from, so programs
are asked first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping

from realist.formats.tagged.product import VOTERS

First = Mapping[str, str]

_COMMENTS = (
    ("jabref-meta", "JabRef"),
    ("% encoding:", "JabRef"),
    ("created with jabref", "JabRef"),
    ("bibdesk", "BibDesk"),
    ("scopus\nexport date", "Scopus"),
    ("record #1 of ", "Cochrane Library"),
)
_ZOTERO_KEY = re.compile(r"[^\W\d_][\w-]{0,60}_[^\W_][\w-]{0,60}_(?:[0-9]{4}|nodate|n\.d\.)(?:-[0-9]{1,3})?")
_SCHOLAR_KEY = re.compile(r"[a-z]{1,40}[0-9]{4}[a-z0-9]{1,40}")
_BASE_KEY = re.compile(r"[0-9a-f]{64}")
_ENDNOTE_KEY = re.compile(r"RN[0-9]{1,6}")
_SCHOLAR_FIELDS = frozenset(
    (
        "@type", "@key", "title", "author", "journal", "booktitle", "volume", "number", "pages", "year",
        "publisher", "organization", "school", "institution", "note", "editor", "month",
    )
)  # fmt: skip
_MENDELEY_TYPES = frozenset(
    {"web_page", "generic", "newspaper_article", "journal_article", "magazine_article"}
)


def _has(first: First, name: str, *words: str) -> bool:
    """Return whether the value of *name* holds one of *words*, given in lower case."""
    value = first.get(name, "").lower()
    return any(word in value for word in words)


def _key(first: First, *starts: str) -> bool:
    return first.get("@key", "").startswith(starts)


def _zotero(first: First) -> bool:
    if not _ZOTERO_KEY.fullmatch(first.get("@key", "")):
        return False
    return any(
        name in first for name in ("issn", "urldate", "file", "language", "langid", "shorttitle", "isbn")
    )


_MARKS: tuple[tuple[str, Callable[[First], bool]], ...] = (
    ("Rayyan", lambda f: _key(f, "rayyan-") or _has(f, "note", "rayyan-inclusion", "rayyan-labels")),
    ("BibDesk", lambda f: "bdsk-url-1" in f or "bdsk-file-1" in f),
    ("Mendeley", lambda f: "mendeley-tags" in f or "mendeley-groups" in f or f["@type"] in _MENDELEY_TYPES),
    ("EndNote", lambda f: _ENDNOTE_KEY.fullmatch(f.get("@key", "")) is not None and "type" in f),
    ("EndNote", lambda f: "@key" not in f and _has(f, "type", "journal article", "book section")),
    ("BASE", lambda f: _BASE_KEY.fullmatch(f.get("@key", "")) is not None),
    ("Web of Science", lambda f: _has(f, "unique-id", "wos:", "isi:", "medline:", "ccc:", "biosis:")),
    ("Web of Science", lambda f: _key(f, "WOS:", "ISI:")),
    ("Cochrane Library", lambda f: _has(f, "url", "cochranelibrary.com") or _has(f, "an", "cn-0")),
    ("DBLP", lambda f: _key(f, "DBLP:") or _has(f, "bibsource", "dblp")),
    ("EBSCO", lambda f: _has(f, "url", "ebscohost.com")),
    ("ProQuest", lambda f: _has(f, "url", "proquest.com")),
    ("Ovid", lambda f: _has(f, "url", "ovid.com")),
    ("Scopus", lambda f: f.get("source", "") == "Scopus" or _has(f, "url", "scopus.com")),
    ("ScienceDirect", lambda f: _has(f, "url", "sciencedirect.com")),
    ("Wiley Online Library", lambda f: _has(f, "url", "onlinelibrary.wiley.com")),
    (
        "Taylor & Francis Online",
        lambda f: _has(f, "url", "tandfonline.com") or _has(f, "eprint", "tandfonline.com"),
    ),
    ("SAGE Journals", lambda f: _has(f, "eprint", "doi.org") and _key(f, "doi:10.1177/")),
    ("Taylor & Francis Online", lambda f: _has(f, "eprint", "doi.org") and _key(f, "doi:10.")),
    ("SAGE Journals", lambda f: _has(f, "url", "journals.sagepub.com") or _has(f, "eprint", "sagepub.com")),
    ("ACM Digital Library", lambda f: "numpages" in f and _has(f, "publisher", "association for computing")),
    ("ACM Digital Library", lambda f: _has(f, "url", "dl.acm.org")),
    ("IEEE Xplore", lambda f: f.get("@key", "").isdecimal() and _has(f, "doi", "10.1109/", "10.23919/")),
    ("IEEE Xplore", lambda f: _has(f, "url", "ieeexplore.ieee.org")),
    ("arXiv", lambda f: _has(f, "archiveprefix", "arxiv") and "primaryclass" in f and "doi" not in f),
    ("PubMed", lambda f: _has(f, "url", "pubmed.ncbi.nlm.nih.gov", "ncbi.nlm.nih.gov/pubmed")),
    ("Zotero", _zotero),
    (
        "Google Scholar",
        lambda f: _SCHOLAR_KEY.fullmatch(f.get("@key", "")) is not None and f.keys() <= _SCHOLAR_FIELDS,
    ),
)


def record_product(first: First) -> str:
    """Return the product whose marks a record carries, ``""`` if none. *first* maps names to values."""
    return next((name for name, marks in _MARKS if marks(first)), "")


class Ballot:
    """Counts what comments and the first records say."""

    def __init__(self) -> None:
        self._asked = 0
        self._votes: Counter[str] = Counter()
        self._named = ""

    @property
    def is_open(self) -> bool:
        """Whether more records should be asked."""
        return self._asked < VOTERS

    def hear(self, comment: str) -> None:
        """Take what a comment says; the first that names a product counts."""
        if not self._named:
            text = comment[:2000].lower()
            self._named = next((product for word, product in _COMMENTS if word in text), "")

    def ask(self, first: First) -> None:
        """Take the vote of one record, given as its values by lower-case name."""
        self._asked += 1
        self._votes[record_product(first)] += 1

    def result(self) -> str:
        """Return the product: what comments name, else what at least half of the records say."""
        if self._named:
            return self._named
        for name, votes in self._votes.most_common(1):
            return name if 2 * votes >= self._asked else ""
        return ""
