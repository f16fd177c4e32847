"""What one kind of document is called in each format: JOUR, article, article-journal, Journal Article."""

from __future__ import annotations

import re
from functools import lru_cache

FORMS = ("ris", "bibtex", "csl-json", "endnote-xml")

# Sources: RIS (Reference Manager and EndNote), BibTeX and biblatex entry types, CSL 1.0.2, EndNote's types.
# The first row that has a name decides what the name means; a row is known by its RIS type.
_KINDS = (
    ("JOUR", "article", "article-journal", "Journal Article"),
    ("EJOUR", "article", "article-journal", "Electronic Article"),
    ("INPR", "article", "article-journal", "Journal Article"),
    ("ABST", "article", "article-journal", "Journal Article"),
    ("MGZN", "article", "article-magazine", "Magazine Article"),
    ("NEWS", "article", "article-newspaper", "Newspaper Article"),
    ("JFULL", "periodical", "periodical", "Serial"),
    ("SER", "collection", "collection", "Serial"),
    ("BOOK", "book", "book", "Book"),
    ("EBOOK", "book", "book", "Electronic Book"),
    ("EDBOOK", "book", "book", "Edited Book"),
    ("ANCIENT", "book", "classic", "Ancient Text"),
    ("CLSWK", "book", "classic", "Classical Work"),
    ("CTLG", "book", "book", "Catalog"),
    ("CHAP", "incollection", "chapter", "Book Section"),
    ("ECHAP", "incollection", "chapter", "Electronic Book Section"),
    ("DICT", "inreference", "entry-dictionary", "Dictionary"),
    ("ENCYC", "inreference", "entry-encyclopedia", "Encyclopedia"),
    ("CONF", "inproceedings", "paper-conference", "Conference Proceedings"),
    ("CPAPER", "inproceedings", "paper-conference", "Conference Paper"),
    ("SLIDE", "misc", "speech", "Conference Paper"),
    ("RPRT", "techreport", "report", "Report"),
    ("GOVDOC", "techreport", "report", "Government Document"),
    ("GRNT", "misc", "document", "Grant"),
    ("GRANT", "misc", "document", "Grant"),
    ("THES", "phdthesis", "thesis", "Thesis"),
    ("UNPB", "unpublished", "manuscript", "Unpublished Work"),
    ("UNPD", "unpublished", "manuscript", "Unpublished Work"),
    ("MANSCPT", "unpublished", "manuscript", "Manuscript"),
    ("PAMP", "booklet", "pamphlet", "Pamphlet"),
    ("DATA", "dataset", "dataset", "Dataset"),
    ("DBASE", "online", "dataset", "Online Database"),
    ("AGGR", "online", "dataset", "Aggregated Database"),
    ("COMP", "software", "software", "Computer Program"),
    ("ELEC", "online", "webpage", "Web Page"),
    ("WEB", "online", "webpage", "Web Page"),
    ("BLOG", "online", "post-weblog", "Blog"),
    ("MULTI", "online", "webpage", "Online Multimedia"),
    ("ICOMM", "online", "post", "Web Page"),
    ("PCOMM", "misc", "personal_communication", "Personal Communication"),
    ("INTV", "misc", "interview", "Personal Communication"),
    ("PAT", "patent", "patent", "Patent"),
    ("STAT", "legislation", "legislation", "Statute"),
    ("BILL", "legal", "bill", "Bill"),
    ("UNBILL", "legal", "bill", "Bill"),
    ("LEGAL", "legal", "regulation", "Legal Rule or Regulation"),
    ("CASE", "jurisdiction", "legal_case", "Case"),
    ("HEAR", "misc", "hearing", "Hearing"),
    ("STAND", "standard", "standard", "Standard"),
    ("STD", "standard", "standard", "Standard"),
    ("MAP", "misc", "map", "Map"),
    ("ART", "artwork", "graphic", "Artwork"),
    ("FIGURE", "image", "figure", "Figure"),
    ("CHART", "image", "figure", "Chart or Table"),
    ("EQUA", "misc", "figure", "Equation"),
    ("MPCT", "movie", "motion_picture", "Film or Broadcast"),
    ("VIDEO", "video", "motion_picture", "Audiovisual Material"),
    ("ADVS", "video", "motion_picture", "Audiovisual Material"),
    ("SOUND", "audio", "song", "Audiovisual Material"),
    ("POD", "audio", "broadcast", "Film or Broadcast"),
    ("MUSIC", "music", "musical_score", "Music"),
    ("PRESS", "misc", "document", "Generic"),
    ("GEN", "misc", "document", "Generic"),
)

# Types of one format that no row begins with, and what databases and programs call documents, as the RIS
# type of the row they belong to. Compared by letters and digits alone.
_NAMES = {
    "JOUR": "article journal, journal, review, review article, original article, original paper, research"
    " article, research paper, article in press, early access, editorial, editorial material, letter, note,"
    " short survey, data paper, comment, commentary, correction, erratum, retraction, book review, review"
    " book, case report, case reports, case study, clinical trial, randomized controlled trial, controlled"
    " clinical trial, systematic review, meta analysis, comparative study, evaluation study, evaluation"
    " studies, validation study, validation studies, multicenter study, observational study, historical"
    " article, guideline, practice guideline, news, academic journal, scholarly journal, scholarly journals,"
    " peer reviewed journal, journal article peer reviewed, meeting abstract, conference abstract, peer"
    " review, suppperiodical, brief communication, short communication, discussion, journal paper, j,"
    " clinical conference, consensus development conference, clinical study, published erratum,"
    " introductory journal article, english abstract, congress, biography, retracted publication,"
    " retraction of publication, twin study, personal narrative, pragmatic clinical trial, scoping review",
    "UNPB": "preprint, posted content, working paper, unpublished, working papers, in preparation",
    "MGZN": "magazine, magazines, trade journal, trade journals, popular magazine",
    "NEWS": "newspaper, newspapers, newsarticle",
    "BOOK": "b, whole book, monograph, books, mvbook, reference, mvreference, manual, textbook",
    "EDBOOK": "collection, mvcollection, edited volume",
    "CHAP": "inbook, book chapter, suppbook, bookinbook, suppcollection, book part, chapters",
    "ENCYC": "encyclopedia article, entry, reference entry, reference work entry",
    "DICT": "dictionary entry",
    "CONF": "conference, proceedings, mvproceedings, proceedings paper, proceedings article, conference"
    " article, conference review, conference proceeding, conference publication, event",
    "SLIDE": "presentation, poster, lecture, talk, conference presentation",
    "RPRT": "techreport, technical report, project report, research report, institutional report, reports"
    " research, reports evaluative, reports descriptive, grey literature",
    "THES": "mastersthesis, dissertation, dissertation thesis, dissertations, doctoral dissertation, doctoral"
    " thesis, masters thesis, bachelor thesis, dissertations theses, phd thesis, academic dissertation",
    "MANSCPT": "archival material",
    "DATA": "data set, datasets, data file",
    "COMP": "code, program",
    "ELEC": "electronic, www, website, web, web site, internet, web resource, online resource",
    "BLOG": "blog post, weblog post",
    "ICOMM": "forum post, email, e mail, instant message, discussion forum, social media",
    "PAT": "p",
    "PCOMM": "private communication",
    "LEGAL": "treaty",
    "STAT": "law, act",
    "ART": "image, art work, performance",
    "MPCT": "film, tv broadcast, radio broadcast, television episode",
    "VIDEO": "video recording, audiovisual",
    "SOUND": "audio recording, sound recording",
    "POD": "podcast",
    "PRESS": "press release",
    "GEN": "other, others, miscellaneous, unspecified, general",
}

ENDNOTE = {
    "Artwork": 2, "Audiovisual Material": 3, "Bill": 4, "Book Section": 5, "Book": 6, "Case": 7, "Catalog": 8,
    "Computer Program": 9, "Conference Proceedings": 10, "Web Page": 12, "Generic": 13, "Hearing": 14,
    "Journal Article": 17, "Magazine Article": 19, "Map": 20, "Film or Broadcast": 21,
    "Newspaper Article": 23, "Pamphlet": 24, "Patent": 25, "Personal Communication": 26, "Report": 27,
    "Edited Book": 28, "Statute": 31, "Thesis": 32, "Unpublished Work": 34, "Manuscript": 36, "Figure": 37,
    "Chart or Table": 38, "Equation": 39, "Electronic Article": 43, "Electronic Book": 44,
    "Online Database": 45, "Government Document": 46, "Conference Paper": 47, "Online Multimedia": 48,
    "Classical Work": 49, "Legal Rule or Regulation": 50, "Ancient Text": 51, "Dictionary": 52,
    "Encyclopedia": 53, "Grant": 54, "Aggregated Database": 55, "Blog": 56, "Serial": 57, "Standard": 58,
    "Dataset": 59, "Electronic Book Section": 60, "Music": 61,
}  # fmt: skip
"""The reference types of EndNote's XML and their numbers."""

_BIBTEX = (
    "article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis"
    " proceedings techreport unpublished mvbook bookinbook suppbook collection mvcollection suppcollection"
    " dataset online electronic www patent periodical suppperiodical mvproceedings reference mvreference"
    " inreference report software thesis artwork audio image jurisdiction legislation legal letter movie"
    " music performance review standard video"
)
_CSL = (
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic"
    " collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing"
    " interview legal_case legislation manuscript map motion_picture musical_score pamphlet"
    " paper-conference patent performance periodical personal_communication post post-weblog regulation"
    " report review review-book software song speech standard thesis treaty webpage"
)

OWN: dict[str, frozenset[str]] = {
    "ris": frozenset(kind[0] for kind in _KINDS),
    "bibtex": frozenset(_BIBTEX.split()),
    "csl-json": frozenset(_CSL.split()),
    "endnote-xml": frozenset(ENDNOTE),
}
"""The types that each format has."""

_GENERIC = _KINDS[-1]
_UNEQUAL = re.compile(r"[^a-z0-9]+")
_PARTS = re.compile(r"[;,|:\n]")


def type_in(form: str, name: str, journal: str = "") -> tuple[str, bool]:
    """Return what the type *name* is called in a format of FORMS, and whether it is known.

    A type that the format has is itself, an unknown one is generic. Of a list (``Article; Early Access``)
    the first known type counts. A record without a type is a journal article where it has a *journal*.
    An ``article`` with a journal is a journal article in CSL too, where the bare word means a preprint.
    """
    if name in OWN[form] and not (name == "article" and form == "csl-json" and journal):
        return name, True
    if not name:
        return (_KINDS[0] if journal else _GENERIC)[FORMS.index(form)], True
    kind = _kind(name) if len(name) <= 1000 else None
    return (kind or _GENERIC)[FORMS.index(form)], kind is not None


def is_plain(name: str) -> bool:
    """Whether *name* is the own word of some format for a type: nothing is lost when another has its own."""
    return not name or any(name in own for own in OWN.values())


@lru_cache(maxsize=1024)
def _kind(name: str) -> tuple[str, str, str, str] | None:
    """Return the row that a type belongs to, None where it is unknown."""
    known = _known()
    for part in (name, *_PARTS.split(name)):
        if found := known.get(_bare(part)):
            return found
    return None


def _bare(name: str) -> str:
    return _UNEQUAL.sub("", name.lower())


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, str, str, str]]:
    """Return the row of every name, by the letters and digits of the name."""
    found: dict[str, tuple[str, str, str, str]] = {}
    rows = {kind[0]: kind for kind in reversed(_KINDS)}
    for kind in _KINDS:
        found.setdefault(_bare(kind[0]), kind)
    for place in (3, 1, 2):
        for kind in _KINDS:
            found.setdefault(_bare(kind[place]), kind)
    for code, names in _NAMES.items():
        for name in names.split(","):
            found.setdefault(_bare(name), rows[code])
    return found
