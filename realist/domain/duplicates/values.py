"""What goes into finding duplicates and what comes out: plain values."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Record(NamedTuple):
    """A record as it is compared: what was understood of one entry of an export. Absent text is ``""``.

    ``uid`` tells records apart; ``source`` is the database it came from, ``""`` where that is not known.
    Values may be in whatever form databases give them (``454-81``, ``https://doi.org/10…``, ``Smith JA``).
    """

    uid: str
    source: str = ""
    type: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    journal: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""


class Outcome(StrEnum):
    """What two records are to each other. Pairs that are different are not returned."""

    SAME = "same"
    DOUBTFUL = "doubtful"
    RELATED = "related"
    DIFFERENT = "different"


class Kind(StrEnum):
    """How two documents belong together that are not the same one: what one is to the other."""

    ERRATUM = "erratum"
    RETRACTION = "retraction"
    REPLY = "reply or comment"
    REVIEW = "book review"
    PROTOCOL = "protocol"
    PART = "part"
    SUPPLEMENT = "supplement"
    PREPRINT = "preprint"
    CONFERENCE = "conference paper or abstract"
    THESIS = "thesis"
    VERSION = "version"


class Rule(StrEnum):
    """By what a pair got its outcome."""

    EVIDENCE = "the sum of the evidence"
    PERSON = "a person's decision"
    JOINED = "they were joined before"
    COMPANION = "signs of a companion"
    CHAIN = "joining it would bring together records that contradict each other"
    KEPT_APART = "joining it would bring together records that a person keeps apart"


class Evidence(NamedTuple):
    """What one field says: its level of agreement, the points for (or against) it, and a sentence."""

    field: str
    level: str
    points: float
    text: str


class Judgement(NamedTuple):
    """How two records agree: ``levels`` in the order of :data:`evidence.FIELDS`, ``""`` for unknown.

    ``points`` is the sum of the evidence, ``kind`` how they belong together if they are not the same.
    ``likeness`` is how many of a hundred characters the titles share, ``shared`` the share of the names
    of the shorter list of authors, ``info`` how far likeness of these titles counts.
    """

    points: float
    kind: Kind | None
    levels: tuple[str, ...]
    likeness: float
    shared: float
    info: float


class Pair(NamedTuple):
    """Two records, ``a`` < ``b`` by uid, what they are to each other and why.

    ``score`` is from 0 to 1; ``link`` is true where the pair holds its cluster together: a cluster of n
    records has n - 1 links. :func:`evidence.evidence_of` and :func:`evidence.reasons_of` put
    ``judgement`` into words; it is None where the records have nothing in common.
    """

    a: str
    b: str
    outcome: Outcome
    score: float
    rule: Rule
    kind: Kind | None = None
    judgement: Judgement | None = None
    link: bool = False


class Result(NamedTuple):
    """What was found. All parts are in an order that does not depend on the order of the records.

    ``same``: pairs of one cluster that are the same, strongest first. ``doubtful``: one pair, the strongest,
    for any two clusters (or lone records) that may be one; strongest first, as many as a person can be asked
    about (``settings.most_asked``), and ``unasked`` how many weaker ones there are. ``related``: likewise for
    companions. ``clusters``: sorted uids of two or more records that are one document.
    ``clashes``: pairs that people called different and, by other decisions, also the same: they were kept
    apart.
    """

    same: tuple[Pair, ...] = ()
    doubtful: tuple[Pair, ...] = ()
    related: tuple[Pair, ...] = ()
    clusters: tuple[tuple[str, ...], ...] = ()
    clashes: tuple[tuple[str, str], ...] = ()
    unasked: int = 0
