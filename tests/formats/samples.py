"""A small invented export of every format, for tests that change or glue files."""

from __future__ import annotations

_ABSTRACT = "Peer support gave nurses a reason to stay; 12 % left, against 20 % before (n = 214)."

_RIS = f"""TY  - JOUR
AU  - Okafor, A.
AU  - Lindqvist, Märta
TI  - What keeps nurses: a realist review of peer support
PY  - 2014//
T2  - Journal of Invented Studies
VL  - 12
IS  - 3
SP  - 454
EP  - 481
DO  - 10.99999/inv.2014.001
UR  - https://example.org/a?id=1;part=2
AB  - {_ABSTRACT}

A second paragraph – with “quotes” and a dash.
KW  - nurses
peer support
AN  - INV1
ER  -

TY  - CHAP
A1  - Marín, J.
A2  - Reid, K.
T1  - Trust, and how it is lost
Y1  - 1998/07
BT  - A Handbook of Nothing
ER  -
"""
_NBIB = """
PMID- 91000001
OWN - NLM
STAT- MEDLINE
DP  - 2011 Sep 22
TI  - What keeps nurses: a realist review of
      peer support in rural wards.
PG  - 454-81
LID - 10.99999/inv.2011.7 [doi]
AB  - OBJECTIVE: To see what works. RESULTS: Trust,
      for the most part.
FAU - Okafor, Adaeze
AU  - Okafor A
FAU - Lindqvist, Marta
AU  - Lindqvist M
LA  - eng
PT  - Journal Article
JT  - Journal of invented studies
MH  - *Nurses/psychology
SO  - J Inv Stud. 2011;12(3):454-81.

PMID- 91000002
OWN - NLM
DP  - 2019
TI  - A letter on trust.
FAU - Haddad, Rima
AU  - Haddad R
CN  - The Invented Group
PT  - Letter
"""
_WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Okafor, A
   Lindqvist, M
AF Okafor, Adaeze
   Lindqvist, Marta
TI What keeps nurses: a realist review
   of peer support
SO JOURNAL OF INVENTED STUDIES
DT Article
AB Peer support gave nurses a reason to stay.
PY 2014
VL 12
IS 3
BP 454
EP 481
DI 10.99999/inv.2014.001
UT WOS:000000000000001
ER

PT J
AU Reid, K
TI Trust, and how it is lost
SO ANNALS OF MADE-UP CARE
PY 1998
UT WOS:000000000000002
ER

EF
"""
_WOS_TAB = "\n".join(
    "\t".join(cells)
    for cells in (
        ("PT", "AU", "AF", "TI", "SO", "AB", "PY", "VL", "BP", "EP", "DI", "UT"),
        (
            *("J", "Okafor, A; Lindqvist, M", "Okafor, Adaeze; Lindqvist, Marta", "What keeps nurses"),
            *("JOURNAL OF INVENTED STUDIES", _ABSTRACT, "2014", "12", "454", "481", "10.99999/inv.2014.001"),
            *("WOS:000000000000001", ""),
        ),
        ("J", "Reid, K", "", "Trust", "ANNALS OF MADE-UP CARE", "", "1998", "", "", "", "", "WOS:2", ""),
    )
)
_OVID = """<1>
Unique Identifier
  91000001
Title
  What keeps nurses: a realist review of peer support.
Authors
  Okafor A. Lindqvist M.
Source
  Journal of Invented Studies. 12(3):454-81, 2014 Sep.
Abstract
  Peer support gave nurses a reason to stay.
Year of Publication
  2014

<2>
Unique Identifier
  91000002
Title
  Trust, and how it is lost.
Authors
  Reid K.
Year of Publication
  1998
"""
_ENW = """%0 Journal Article
%T What keeps nurses: a realist review of peer support
%A Okafor, Adaeze
%A Lindqvist, Marta
%J Journal of Invented Studies
%D 2014
%V 12
%N 3
%P 454-481
%R 10.99999/inv.2014.001
%X Peer support gave nurses a reason to stay.
%K nurses
peer support
%M INV1

%0 Book
%A Reid, K.
%T Trust, and how it is lost
%D 1998
%I Made-Up Press
"""
_BIBTEX = r"""@string{jis = "Journal of " # {Invented Studies}}
% a comment of the program
@article{okafor2014,
  author = {Okafor, Adaeze and Lindqvist, M{\"a}rta},
  title = {What keeps nurses: a {Realist} review of 50\% and {\'e}lan},
  journal = jis,
  year = 2014,
  month = sep,
  volume = "12",
  number = {3},
  pages = {454--481},
  doi = {10.99999/inv.2014.001},
  keywords = {nurses, peer support},
  abstract = {Peer support gave nurses a reason to stay; {a
    second} line.}
}

@incollection{reid1998,
  author = "K. Reid",
  title = "Trust, and how it is lost",
  crossref = {book1998},
  keywords = {a},
  keywords = {b}
}

@book{book1998, title = {A Handbook of Nothing}, year = {1998}, editor = {Haddad, Rima}}
"""
_STYLE = '<style face="normal" font="default" size="100%">'
_ENDNOTE_XML = f"""<?xml version="1.0" encoding="UTF-8"?>
<xml><records>
<record><database name="made.enl" path="made.enl">made.enl</database><rec-number>1</rec-number>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors><author>{_STYLE}Okafor, Adaeze</style></author>
<author>{_STYLE}Lindqvist, Marta</style></author></authors></contributors>
<titles><title>{_STYLE}What keeps </style><style face="italic">nurses</style> &amp; others</title>
<secondary-title>{_STYLE}Journal of Invented Studies</style></secondary-title></titles>
<pages>{_STYLE}454-81</style></pages><dates><year>{_STYLE}2014</style></year></dates>
<electronic-resource-num>{_STYLE}10.99999/inv.2014.001</style></electronic-resource-num>
<abstract>{_STYLE}{_ABSTRACT}</style></abstract></record>
<record><ref-type name="Book">6</ref-type>
<contributors><authors><author>Reid, K.</author></authors></contributors>
<titles><title>Trust, and how it is lost</title></titles><dates><year>1998</year></dates></record>
</records></xml>
"""
_CSV = f"""id,Title,Authors,Year,Journal,DOI,Abstract
r1,"What keeps nurses: a ""realist"" review","Okafor, A.; Lindqvist, M.",2014,JIS,10.99999/inv.1,"{_ABSTRACT}
A second line, in the same cell."
r2,"Trust, and how it is lost","Reid, K.",1998,,,
"""
_TSV = "\n".join(
    "\t".join(cells)
    for cells in (
        ("id", "Title", "Authors", "Year", "DOI"),
        ("r1", "What keeps nurses", "Okafor, A.; Lindqvist, M.", "2014", "10.99999/inv.1"),
        ("r2", "Trust, and how it is lost", "Reid, K.", "1998", ""),
    )
)
_CSL = """[
  {"id": "okafor2014", "type": "article-journal", "title": "What keeps nurses \\u2013 a review",
   "author": [{"family": "Okafor", "given": "Adaeze"}, {"literal": "The Invented Group"}],
   "issued": {"date-parts": [[2014, 9, 22]]}, "container-title": "Journal of Invented Studies",
   "volume": 12, "page": "454-481", "DOI": "10.99999/inv.2014.001", "abstract": "Peer support."},
  {"id": "reid1998", "type": "chapter", "title": "Trust", "author": [{"family": "Reid", "given": "K."}],
   "issued": {"raw": "1998"}}
]
"""

SAMPLES: dict[str, bytes] = {
    name: text.encode("utf-8")
    for name, text in {
        "ris": _RIS,
        "nbib": _NBIB,
        "wos": _WOS,
        "wos-tab": _WOS_TAB,
        "ovid": _OVID,
        "enw": _ENW,
        "bibtex": _BIBTEX,
        "endnote-xml": _ENDNOTE_XML,
        "csv": _CSV,
        "tsv": _TSV,
        "csl-json": _CSL,
    }.items()
}
"""The bytes of an export of each format: two records or three, UTF-8, LF."""
