"""A judgement put into words: what spoke for one document, what against it, and how much."""

from __future__ import annotations

from realist.domain.duplicates.evidence import FIELDS, POINTS, TELLING, is_series
from realist.domain.duplicates.values import Evidence, Pair, Rule

_WORDS: dict[str, dict[str, str]] = {
    "title": {
        "equal": "The titles are equal",
        "nearly equal": "The titles are equal but for a few letters ({likeness} of 100 agree)",
        "similar": "The titles are similar ({likeness} of 100 letters agree)",
        "without subtitle": "One title lacks the subtitle of the other",
        "in two languages": "One title is that of the other in another language",
        "cut off by dots": "One title is the beginning of the other, then come dots",
        "cut off": "One title is the beginning of the other",
        "words moved": "The titles have the same words in another order",
        "part of the other": "One title is a part of the other",
        "same before subtitle": "The titles are equal up to the subtitle",
        "alike": "The titles are somewhat alike ({likeness} of 100 letters agree)",
        "other numbers": "The titles differ in a number",
        "lacks a number": "One title lacks a number that the other has",
        "translated": "The titles differ, one may be a translation",
        "one is a heading": "One title is only a heading that many papers have",
        "one is a heading, place unknown": "One title is only a heading that many papers have",
        "heading of the other": "One title is only the heading of the other",
        "differ": "The titles differ ({likeness} of 100 letters agree)",
        "differ, place unknown": "The titles differ ({likeness} of 100 letters agree)",
        "differ clearly": "The titles are others ({likeness} of 100 letters agree)",
        "missing": "A title is missing",
    },
    "authors": {
        "agree": "The authors agree",
        "two names agree": "The two names known of the authors agree",
        "one name agrees": "The one name known of the authors agrees",
        "each shares one": "Each author shares a name with one of the other record",
        "half agree": "About half of the authors' names agree",
        "few agree": "Few of the authors' names agree",
        "differ": "The authors are others",
        "in another script": "The authors are written in different scripts",
        "of the book reviewed": "The authors differ, one record may name those of the book reviewed",
    },
    "year": {
        "agrees": "The years agree",
        "one apart": "The years are one apart",
        "one apart, same pages": "The years are one apart, on the same pages",
        "two apart": "The years are two apart",
        "differs": "The years are more than two apart",
    },
    "journal": {
        "agrees": "The journals agree",
        "can be a short form": "One journal can be a short form of the other",
        "is another name": "Other papers of this set show the two journals to be one",
        "partly agrees": "The journals agree in part",
        "differs": "The journals differ",
        "differs between conferences": "The conferences have different names",
        "differs, same pages": "The journals differ in name, volume and page agree",
    },
    "volume": {"agrees": "The volumes agree", "differs": "The volumes differ"},
    "number": {
        "agrees": "The issues agree",
        "differs": "The issues differ",
        "differs within the volume": "They stand in different issues of one volume",
    },
    "pages": {
        "agree": "The pages agree",
        "agree in front": "The pages agree (first pages of an issue)",
        "begin alike": "The first pages agree",
        "begin alike in front": "The first pages agree (of an issue)",
        "end alike": "The last pages agree",
        "numbered otherwise": "The pages are numbered in different ways",
        "differ": "The pages differ",
    },
    "DOI": {
        "agrees": "The DOIs agree",
        "agrees, other title": "The DOIs agree, but the titles do not: it may be that of a whole volume",
        "differs": "The DOIs differ",
        "differs within a publisher": "The DOIs differ, both of one publisher",
        "differs, as do the pages": "The DOIs differ, and so do the pages",
    },
    "PMID": {
        "agrees": "The PubMed numbers agree",
        "agrees, other title": "The PubMed numbers agree, but the titles do not",
        "differs": "The PubMed numbers differ",
    },
    "type": {"differs": "The types differ", "is another": "The types are of different works"},
    "place": {
        "is of another kind": "They appeared in places of different kinds, such as journal and conference"
    },
    "database": {
        "is the same": "Both come from one database, which seldom has a paper twice",
        "is the same, title recurs": "Both come from one database, which has several papers of this title",
        "is another": "They come from two databases",
    },
    "others": {
        "alone there": "The two databases share most of their papers, and these two fit nothing else there",
        "one of two there": "One database has another record that fits as well",
        "one of two there, well": "One database has another record that fits as well: only one can be it",
        "one of several there": "One database has several records that fit as well",
        "one of several there, well": "One database has several records that fit well: only one can be it",
        "one of many there": "One database has many records that fit as well, or one that fits better",
        "one of many there, well": "One database has many records that fit well: only one can be it",
        "another surely fits there": "One database has a record that surely fits, and better",
        "hardly any twice": "The database has hardly any paper twice",
        "each has its own": "Another database has both, as two papers",
        "several fit": "Several records fit as well",
        "many fit": "Many records fit as well",
        "a crowd fits": "A crowd of records fits as well",
    },
}


def evidence_of(pair: Pair) -> tuple[Evidence, ...]:
    """Return what each known field says, in the order of the fields."""
    judgement = pair.judgement
    if judgement is None:
        return ()
    found = []
    for place, (field, level) in enumerate(zip(FIELDS, judgement.levels, strict=True)):
        if level:
            points = POINTS[field][level]
            if field == "title" and points > 0:
                points *= judgement.info
            elif place in TELLING and points < 0 and is_series(judgement.levels[0], judgement.info):
                points *= 2
            text = _WORDS[field][level].format(likeness=round(judgement.likeness))
            found.append(Evidence(field, level, round(points, 1), text))
    return tuple(found)


def reasons_of(pair: Pair) -> tuple[str, ...]:
    """Return sentences that say why a pair has its outcome, the weightiest first, each with its points."""
    told = sorted(evidence_of(pair), key=lambda evidence: -abs(evidence.points))
    sentences = [f"{evidence.text} ({evidence.points:+.1f})." for evidence in told]
    if pair.kind:
        sentences.insert(0, f"One is a companion of the other: {pair.kind}.")
    elif pair.rule is not Rule.EVIDENCE:
        sentences.insert(0, f"{pair.rule[0].upper()}{pair.rule[1:]}.")
    return tuple(sentences)
