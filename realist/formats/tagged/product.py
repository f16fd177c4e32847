"""Which program or database wrote a tagged file: each record is asked, the first records vote.

The last program a record went through marks it more surely than the database it came from, so programs
are asked first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

Tags = Mapping[str, Sequence[str]]
Marks = Sequence[tuple[str, Callable[[Tags], bool]]]
VOTERS = 20

_PREAMBLES = (
    ("american psychological association", "APA PsycNet"),
    ("john wiley", "Cochrane Library"),
    ("cochrane", "Cochrane Library"),
    ("jstor", "JSTOR"),
    ("acm", "ACM Digital Library"),
    ("ovid", "Ovid"),
    ("scopus", "Scopus"),
)


def _has(tags: Tags, tag: str, *words: str) -> bool:
    """Return whether a value of *tag* holds one of *words*, given in lower case."""
    return any(word in value.lower() for value in tags.get(tag, ()) for word in words)


def _starts(tags: Tags, tag: str, *words: str) -> bool:
    return any(value.strip().startswith(words) for value in tags.get(tag, ()))


def _is_zoteros_date(tags: Tags) -> bool:
    return any(value.rstrip().endswith("//") for value in tags.get("DA", ()))


_SPRINGER_LINKS = tuple(f"https://doi.org/{prefix}/" for prefix in ("10.1007", "10.1186", "10.1038"))
_MENDELEY = "TY AB AU CY DO ED IS KW PB PY SN SP EP TI T2 UR VL ER"


def _is_in_mendeleys_order(tags: Tags) -> bool:
    places = [_MENDELEY.find(tag) for tag in tags]
    return len(places) > 7 and places[0] == 0 and places == sorted(places)


def _numbered(prefix: str) -> Callable[[Tags], bool]:
    """Return a mark: the number of a record begins with *prefix* and a colon."""
    return lambda t: _starts(t, "UT", f"{prefix}:")


RIS: Marks = (
    ("Rayyan", lambda t: _starts(t, "AN", "rayyan-") or _has(t, "N1", "rayyan-inclusion", "rayyan-labels")),
    ("EPPI-Reviewer", lambda t: _has(t, "KW", "eppi-reviewer")),
    ("Citavi", lambda t: _has(t, "M4", "citavi")),
    ("JabRef", lambda t: _has(t, "N1", "added to jabref:")),
    ("Covidence", lambda t: "NS" in t and "PG" in t and "PD" in t),
    ("EndNote", lambda t: "ID" in t and "ST" in t and ("TI" in t or "T1" in t) and "T2" in t),
    ("Springer", lambda t: "ID" in t and "DA" in t and _starts(t, "UR", *_SPRINGER_LINKS)),
    ("Zotero", lambda t: _is_zoteros_date(t) and t.keys().isdisjoint(("Y1", "JO", "JF", "BT"))),
    ("Cochrane Library", lambda t: _starts(t, "AN", "CN-0") or _has(t, "UR", "cochranelibrary.com")),
    ("EBSCO", lambda t: _has(t, "DP", "ebsco") or _has(t, "UR", "ebscohost.com")),
    ("Web of Science", lambda t: _starts(t, "AN", "WOS:", "ISI:") or _has(t, "UR", "webofscience.com")),
    ("Dimensions", lambda t: _has(t, "UR", "app.dimensions.ai")),
    ("ProQuest", lambda t: _has(t, "UR", "proquest.com") or _has(t, "DB", "proquest")),
    ("Ovid", lambda t: _has(t, "UR", "ovid.com") or _has(t, "L2", "ovid.com") or _has(t, "DB", "ovid")),
    ("Embase.com", lambda t: _has(t, "UR", "embase.com") and "U2" in t),
    ("Scopus", lambda t: _has(t, "DB", "scopus") or _has(t, "UR", "scopus.com")),
    (
        "IEEE Xplore",
        lambda t: _has(t, "UR", "ieeexplore.ieee.org") or ("VO" in t and "JA" in t and "T2" in t),
    ),
    ("JSTOR", lambda t: _has(t, "DB", "jstor") or _has(t, "UR", "jstor.org")),
    ("TRID", lambda t: _has(t, "UR", "trid.trb.org")),
    ("Lens.org", lambda t: _has(t, "UR", "lens.org")),
    ("ERIC", lambda t: _has(t, "UR", "eric.ed.gov") or _has(t, "DB", "eric")),
    ("PubMed", lambda t: _has(t, "UR", "pubmed.ncbi.nlm.nih.gov") or _has(t, "DB", "pubmed")),
    (
        "OpenAlex",
        lambda t: _has(t, "UR", "openalex.org") or (list(t)[:3] == ["TY", "TI", "PY"] and "C1" in t),
    ),
    ("Mendeley", _is_in_mendeleys_order),
)
"""The marks of products in RIS."""

NBIB: Marks = (
    ("ERIC", lambda t: _has(t, "OWN", "eric") or _has(t, "LID", "eric.ed.gov")),
    ("KoreaMed", lambda t: "KW" in t and "PMID" not in t and _has(t, "LID", "koreamed.org")),
    ("PubMed", lambda t: "PMID" in t or _has(t, "OWN", "nlm")),
)
"""The marks of products in MEDLINE text."""

COLLECTIONS = {
    "WOS": "Web of Science",
    "ISI": "Web of Science",
    "MEDLINE": "MEDLINE",
    "INSPEC": "Inspec",
    "ZOOREC": "Zoological Record",
    "BIOSIS": "BIOSIS Previews",
    "BCI": "BIOSIS Citation Index",
    "CABI": "CAB Abstracts",
    "FSTA": "FSTA",
    "CCC": "Current Contents Connect",
    "CSCD": "Chinese Science Citation Database",
    "KJD": "KCI-Korean Journal Database",
    "RSCI": "Russian Science Citation Index",
    "SCIELO": "SciELO Citation Index",
    "ARCI": "Arabic Citation Index",
    "DIIDW": "Derwent Innovations Index",
    "DRCI": "Data Citation Index",
    "PPRN": "Preprint Citation Index",
    "PQDT": "ProQuest Dissertations & Theses",
    "GRANTS": "Grants Index",
}
"""The databases within Web of Science, by what stands before the colon in the number of a record."""

WOS: Marks = (
    ("Web of Science", lambda t: _starts(t, "UT", "WOS:", "ISI:")),
    *((f"Web of Science ({name})", _numbered(prefix)) for prefix, name in COLLECTIONS.items()),
)
"""The marks of the databases of Web of Science in its own format."""

ENW: Marks = (
    ("AIS eLibrary", lambda t: _has(t, "%U", "aisel.aisnet.org")),
    ("JabRef", lambda t: {"%3", "%4", "%#", "%$", "%F"} <= t.keys()),
    ("CNKI", lambda t: _starts(t, "%W", "CNKI")),
    ("Wanfang Data", lambda t: _has(t, "%U", "wanfangdata.com")),
    ("EndNote", lambda t: "%0" in t and not t.keys().isdisjoint(("%!", "%~", "%["))),
)
"""The marks of products in EndNote's tagged format."""


def record_product(tags: Tags, marks: Marks = RIS) -> str:
    """Return the product whose marks a record carries, ``""`` if none. *tags* maps a tag to its values."""
    return next((name for name, carried_by in marks if carried_by(tags)), "")


def preamble_product(lines: Sequence[str]) -> str:
    """Return the product that lines between the records name (``Provider: …``), ``""`` if none."""
    for line in lines:
        name, colon, what = line.partition(":")
        if colon and name.strip().lower() in ("provider", "database"):
            found = next((product for word, product in _PREAMBLES if word in what.lower()), "")
            if found:
                return found
    return ""


class Ballot:
    """Counts what the first records say; the file's product is what at least half of them agree on."""

    def __init__(self, marks: Marks = RIS) -> None:
        self._marks = marks
        self._asked = 0
        self._votes: Counter[str] = Counter()

    @property
    def is_open(self) -> bool:
        """Whether more records should be asked."""
        return self._asked < VOTERS

    def ask(self, raw: Sequence[tuple[str, str]]) -> None:
        """Take the vote of one record, given as its (tag, value) pairs; empty values mark products too."""
        tags: dict[str, list[str]] = {}
        for tag, value in raw:
            tags.setdefault(tag, []).append(value)
        self._asked += 1
        self._votes[record_product(tags, self._marks)] += 1

    def result(self) -> str:
        """Return the product, ``""`` where the records say none or disagree."""
        for name, votes in self._votes.most_common(1):
            return name if 2 * votes >= self._asked else ""
        return ""
