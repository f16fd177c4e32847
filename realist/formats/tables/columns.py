"""Names of columns in tables of all vendors: which field each means, and which product wrote a header.

Sources: exports of the vendors and their help pages. Names are compared without case, accents, spaces and
punctuation: ``Author(s)``, ``Author/s`` and ``authors`` are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from realist.text import fold

_LONGEST_NAME = 120
_LONGEST_KNOWN = 60
_MOST_CELLS = 2000
_SURE = 4
_FEW = 20


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COLUMNS: dict[str, tuple[str, ...]] = {
    "source_key": _names(
        "id recordid internalid ut utuniquewosid eid centralid lensid embaseaccessionid pui publicationid"
        " paperid corpusid corduid storeid proquestdocumentid accessionnumber accessionno accession an"
        " itemid referenceid referenceidnumber refid key citationkey citekey bibtexkey covidence nctnumber"
        " ericnumber studyid documentid articleid uniqueid workid uid ref sourceid identifier"
    ),
    "type": _names(
        "itemtype documenttype doctype referencetype typeofreference bibliographytype publicationtype"
        " publicationtypes doctypes contenttype articletype typename worktype reftype entrytype type"
        " dokumententyp"
    ),
    "title": _names(
        "title articletitle documenttitle itemtitle titleprimary primarytitle papertitle studytitle"
        " displayname worktitle recordtitle citationtitle titel titre titulo titolo 题名 标题 篇名"
        " englishtitle translatedtitle originaltitle shorttitle"
    ),
    "authors": _names(
        "authorfullnames authors author authornames authorsprimary primaryauthors authorlist authorname"
        " authorshipsauthordisplayname authorshipsrawauthorname creators creator firstauthors autoren"
        " autor auteurs auteur autores autori 作者 contributors firstauthor"
    ),
    "editors": _names("editors editor bookeditors authorssecondary secondaryauthors conferenceeditors"),
    "year": _names(
        "year publicationyear publishedyear pubyear yearpublished yearofpublication publicationdateyear"
        " publicationdate datepublished dateofpublication pubdate publisheddate date published publishtime"
        " issuedate coverdate onlinedate firstpublicationdate earlyaccessdate jahr annee ano anno 年"
    ),
    "journal": _names(
        "journal journaltitle sourcetitle publicationtitle journalname journalbook periodicalfull"
        " publication periodical containertitle pubtitle primarylocationsourcedisplayname"
        " hostvenuedisplayname fulljournal fulljournalname publicationname parenttitle venue"
        " secondarytitle titlesecondary zeitschrift revue revista 刊名 alternatetitle3 alternatetitle2"
        " anthologytitle sourcetitleanthologytitle booktitle bookseriestitle periodicalabbrev"
        " abbreviatedsourcetitle journalabbreviation journalisoabbreviation proceedingstitle"
        " conferencetitle conferencename"
    ),
    "volume": _names("volume vol journalvolume bibliovolume volumenumber volumeno band"),
    "number": _names("issue issueno issuenumber journalissue biblioissue number heft"),
    "pages": _names("pages pagination pagerange pagenumbers pp page seiten"),
    "first_page": _names("startpage pagestart firstpage bibliofirstpage beginningpage spage"),
    "last_page": _names("endpage pageend lastpage bibliolastpage otherpages epage"),
    "article_number": _names("artno articlenumber articleno elocationid"),
    "doi": _names(
        "doi itemdoi digitalobjectidentifier idsdoi doilink doiurl doinumber articledoi externalidsdoi"
        " bookdoi"
    ),
    "pmid": _names("pmid pubmedid medlinepmid idspmid externalidspubmed pubmednumber pubmed medlineid"),
    "url": _names(
        "url link plink articleurl fulltextlink fulltexturl documenturl urls links studyurl sourceurl"
        " sourceurls sourcelinkout primarylocationlandingpageurl landingpageurl externalurl permalink"
        " embaselink associatedwebsite website pdflink pdfurl dimensionsurl webofsciencerecord"
        " openaccessurl doilink openurllink linkattachments"
    ),
    "abstract": _names(
        "abstract abstractnote notesabstract abstracttext summary briefsummary description"
        " zusammenfassung resume resumen 摘要 originalabstract"
    ),
    "keywords": _names(
        "authorkeywords keywords keyword manualtags automatictags keywordsdisplayname identifierkeywords"
        " identifierkeyword schlagworter motscles palabrasclave 关键词"
    ),
    "more_keywords": _names(
        "indexkeywords keywordsplus subjects subject subjectterms descriptors meshterms meshheadings"
        " ieeeterms inspeccontrolledterms emtreedrugindextermsmajorfocus emtreedrugindexterms"
        " emtreemedicalindextermsmajorfocus emtreemedicalindexterms fieldsofstudy concepts"
        " conceptsdisplayname conditions"
    ),
    "language": _names(
        "language languageoforiginaldocument articlelanguage languageofarticle languageofpublication"
        " publicationlanguage languages lang sprache"
    ),
    "notes": _names("notes note personalnotes usernotes researchnotes comments"),
    "database": _names(
        "database databasename subfiledatabase datasource sourcedatabase remotedatabasename databases"
        " longdbname librarycatalog dbname"
    ),
    "publisher": _names(
        "publisher bookpublisher publishername primarylocationsourcehostorganizationname verlag editeur"
    ),
    "extra": _names("extra"),
}
"""The names of each field's columns; where a row has several, the first with text counts."""

DATABASES = frozenset(
    _names(
        "acm arxiv central cinahl cochrane crossref dimensions ebsco embase eric europepmc googlescholar ieee"
        " ieeexplore jstor lens medline openalex ovid proquest psycinfo psycnet pubmed sciencedirect scopus"
        " semanticscholar springer webofscience wos"
    )
)
"""Names that in a column ``source`` are those of databases, not of journals."""

_SPECIAL: dict[str, dict[str, tuple[str, ...]]] = {
    "PubMed": {"source_key": ("pmid",), "citation": ("citation",)},
    "Covidence": {"source_key": ("covidence", "accessionnumber", "ref")},
    "Semantic Scholar": {"journal": ("venue", "journalname", "journal")},
    "Embase.com": {"source_key": ("embaseaccessionid", "pui"), "citation": ("source",)},
    "IEEE Xplore": {"type": ("documentidentifier", "category")},
    "Scopus": {"database": ("source",)},
}
"""Columns that mean something else in the tables of one product."""

_PRODUCTS: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = tuple(
    (name, tuple(frozenset(marks.split()) for marks in headers))
    for name, headers in (
        ("realist", ("realist title authors",)),
        (
            "ASReview",
            ("asreviewlabel", "asreviewtime", "asreviewranking", "recordid included"),
        ),
        ("Rayyan", ("key title pubmedid pmcid", "key title year month day journal issn", "rayyanid title")),
        ("Covidence", ("covidence title", "covidence studyid", "publishedyear publishedmonth ref")),
        ("Abstrackr", ("internalid sourceid",)),
        ("EPPI-Reviewer", ("itemid shorttitle", "itemid parenttitle", "eppiid title")),
        ("DistillerSR", ("refid level", "refid title reviewer")),
        ("Zotero", ("itemtype abstractnote", "key itemtype manualtags")),
        ("RefWorks", ("referencetype titleprimary", "authorsprimary titleprimary")),
        ("Paperpile", ("foldersfiledin labelsfiledin",)),
        ("JabRef", ("bibliographytype",)),
        ("Publish or Perish", ("articleurl citesurl", "cites gsrank")),
        ("Google Scholar", ("authors title publication volume number pages year publisher",)),
        ("Web of Science", ("utuniquewosid", "articletitle authorfullnames idsnumber")),
        ("Scopus", ("eid authorsid", "eid sourcetitle", "eid documenttype source")),
        ("PubMed", ("pmid journalbook createdate", "pmid citation journalbook", "pmid title nihmsid")),
        (
            "Embase.com",
            ("embaseaccessionid", "emtreemedicalindexterms", "authornames medlinepmid", "authornames pui"),
        ),
        ("EBSCO", ("articletitle doctype plink", "title plink", "articletitle plink")),
        ("Cochrane Library", ("centralid", "cochranereviewgroupcode")),
        ("Lens.org", ("lensid",)),
        ("OpenAlex", ("authorshipsauthordisplayname", "idsopenalex", "primarylocationid displayname")),
        (
            "IEEE Xplore",
            (
                "documenttitle authoraffiliations",
                "ieeeterms",
                "title authors affiliations publication category doi",
            ),
        ),
        ("Springer", ("itemtitle itemdoi", "itemtitle contenttype")),
        ("ACM Digital Library", ("articleno numpages issueno", "title booktitle acronym confloc")),
        ("ProQuest", ("storeid", "proquestdocumentid", "title pubtitle documenturl")),
        ("Dimensions", ("dimensionsurl", "publicationid pubyear", "publicationid anthologytitle")),
        ("Semantic Scholar", ("paperid title", "corpusid title")),
        ("ERIC", ("ericnumber", "title publicationdateyear peerreviewed")),
        ("ClinicalTrials.gov", ("nctnumber",)),
        ("CORD-19", ("corduid",)),
    )
)  # fmt: skip
"""Products and the columns that mark a header as theirs; programs first: a table went through them last."""

_STRONG = frozenset(
    name for field in ("title", "abstract", "doi", "pmid") for name in COLUMNS[field]
) - frozenset(("displayname", "summary", "description", "resume"))
_KNOWN = frozenset(name for names in COLUMNS.values() for name in names) | frozenset(
    _names(
        "source issn isbn eissn included label labelincluded asreviewlabel pmcid citedby month"
        " affiliations citation tags study abbreviation country searchquery"
    )
)
_WOS_KNOWN = frozenset(
    _names(
        "pt au ba be gp af bf ca ti so se bs la dt ct cy cl sp ho de id ab c1 c3 rp em ri oi fu fx cr nr tc"
        " z9 u1 u2 pu pi pa sn ei bn j9 ji pd py vl is pn su si ma bp ep ar di dl d2 ea pg wc we sc ga pm oa"
        " hc hp da ut"
    )
)
_WOS_LEAST = 5
_LEAST_NAMES = 4


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    """Return the form of a column's name by which names are compared."""
    return fold(name[:_LONGEST_NAME].removeprefix("\ufeff")).replace(" ", "")


def keys_of(cells: Sequence[str]) -> list[str]:
    """Return the keys of the first cells of a row; that of a cell too long for a name is ``""``."""
    return [key_of(cell) if len(cell) <= _LONGEST_NAME else "" for cell in cells[:_MOST_CELLS]]


def score(cells: Sequence[str]) -> int:
    """Return how many columns a row names if it can be the header of a table of papers, else 0.

    Such a header names a title, an abstract, a DOI or a PubMed number.
    """
    keys = [key for key in keys_of(cells) if key]
    found = set(keys)
    if is_wos(found):
        return len(found & _WOS_KNOWN)
    known = found & _KNOWN
    return len(known) if known & _STRONG and (len(known) > 1 or len(keys) <= _FEW) else 0


def is_sure(found: int) -> bool:
    """Return whether a row with this score is a header beyond doubt."""
    return found >= _SURE


def is_wos(keys: set[str]) -> bool:
    """Return whether *keys* are the two-letter codes of Web of Science."""
    return "ti" in keys and len(keys & _WOS_KNOWN) >= _WOS_LEAST


def knows(name: str) -> bool:
    """Return whether *name* is that of a known column."""
    return len(name) <= _LONGEST_KNOWN and key_of(name) in _KNOWN


def is_vertical(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether rows begin with the names of fields, a title among them."""
    firsts = [row[0] for row in rows if row and row[0].strip()]
    named = {key_of(first) for first in firsts if knows(first)}
    many = 2 * sum(1 for first in firsts if knows(first)) > len(firsts)
    return len(named) >= _LEAST_NAMES and not named.isdisjoint(COLUMNS["title"]) and many


def product_of(keys: Sequence[str]) -> str:
    """Return the product whose header has these keys, ``""`` if that cannot be told."""
    found = set(keys)
    if is_wos(found):
        return "Web of Science"
    return next((name for name, headers in _PRODUCTS if any(marks <= found for marks in headers)), "")


def places(keys: Sequence[str], product: str) -> dict[str, tuple[int, ...]]:
    """Return for each field the columns that hold it, first to last in precedence.

    ``source`` names the database where another column names the journal, and the journal where none does; a
    ``number`` in the first column counts the rows.
    """
    at: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        at.setdefault(key, []).append(place)
    special = _SPECIAL.get(product, {})
    found = {
        field: tuple(
            place for name in special.get(field, COLUMNS.get(field, ())) for place in at.get(name, ())
        )
        for field in (*COLUMNS, "citation")
    }
    if found["number"] == (0,):
        found["number"] = ()
    if not found["citation"]:
        which = "database" if found["journal"] else "journal"
        found[which] += tuple(at.get("source", ())) if found[which] == () else ()
    return found
