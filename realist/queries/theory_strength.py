"""How strong a theory stands, part by part: independent papers, settings, richness; and its thin spots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from realist.domain.crossing import By
from realist.domain.theories import Statement
from realist.queries.appraisals import Dimension, appraisals, scale
from realist.queries.grouping import Grouping, paper_grouping
from realist.queries.independence import units
from realist.queries.sets import included_sets, labels
from realist.queries.theory_bearing import BOX, EVIDENCE, Borne
from realist.queries.theory_facts import Behind, behind_boxes, behind_evidence
from realist.queries.traits import trait_of
from realist.store.tables import Feedback, Review
from realist.text import fold
from realist.vocabulary import Stance

DIFFERENT = "judged differently"
UNJUDGED = "not appraised"
THIN = {
    "no paper": "No paper of the set bears on it.",
    "one paper": "All that bears on it is of one paper, or of papers about one study.",
    "only inferred": "No part of the boxes is stated in a source or quotes one; reviewers inferred them.",
    "only stakeholders": "People said it, or spoke of it; no paper does.",
    "only against": "All that was judged weakens it.",
    "no excerpt": "Nothing that bears on it quotes a source.",
}
"""The kinds of thin spots, and what each means."""


class Around(NamedTuple):
    """What is the same for every part: see :func:`around`.

    ``members`` are the papers of the included set that the review chose, None where it chose none.
    ``voices`` counts by version or part (uid) what was said of it, by voice.
    """

    papers: Grouping
    units: Grouping
    members: frozenset[str] | None
    of_set: str
    countries: Mapping[str, tuple[str, ...]]
    dimension: Dimension | None
    levels: Mapping[str, str]
    behind: Mapping[tuple[str, str], Behind]
    voices: Mapping[str, Counter[str]]
    names: Mapping[str, str]


@dataclass(slots=True)
class Strength:
    """What stands behind a part, or a version.

    ``papers`` are those of the set, by label; ``independent`` counts them, studies once; ``outside`` counts
    papers that are not of the set: what stands on these alone does not count at all. ``stances`` count
    independent papers by what they do to it, one with several stances in each; ``polarity`` counts boxes.
    ``richness`` counts papers by level; ``excerpts`` counts quotations.
    """

    papers: list[dict[str, str]] = field(default_factory=list)
    independent: int = 0
    outside: int = 0
    boxes: int = 0
    evidence: int = 0
    stances: dict[str, int] = field(default_factory=dict)
    polarity: dict[str, int] = field(default_factory=dict)
    settings: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    richness: dict[str, int] = field(default_factory=dict)
    excerpts: int = 0
    voices: dict[str, int] = field(default_factory=dict)
    thin: list[str] = field(default_factory=list)

    @property
    def told(self) -> dict[str, Any]:
        """The strength by name, for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def around(connection: Connection, found: Sequence[Borne], *, viewer: str = "") -> Around:
    """Return what has to be known to weigh what bears on theories: read once for all their parts."""
    papers = paper_grouping(connection)
    counting = [one for one in found if one.counts]
    boxes = behind_boxes(connection, {one.of for one in counting if one.kind == BOX}, papers, viewer=viewer)
    pieces = behind_evidence(
        connection, {one.uid for one in counting if one.kind == EVIDENCE}, papers, viewer=viewer
    )
    behind = {(BOX, uid): of for uid, of in boxes.items()}
    behind |= {(EVIDENCE, uid): of for uid, of in pieces.items()}
    reached = {paper for of in behind.values() for paper in of.papers}
    members, of_set = _set(connection, viewer)
    dimension = next((one for one in scale(connection) if "rich" in fold(one.name)), None)
    return Around(
        papers, units(connection, papers), members, of_set, _countries(connection, reached, viewer),
        dimension, _levels(connection, dimension, reached, viewer), behind, _voices(connection),
        labels(connection, sorted(reached)),
    )  # fmt: skip


def _set(connection: Connection, viewer: str) -> tuple[frozenset[str] | None, str]:
    chosen = connection.execute(select(Review.grid_set)).scalar()
    if not chosen:
        return None, ""
    row = next(row for row in included_sets(connection, viewer=viewer) if row.uid == chosen)
    return frozenset(row.members), row.name


def _countries(connection: Connection, papers: Collection[str], viewer: str) -> dict[str, tuple[str, ...]]:
    of = trait_of(connection, By("country"), viewer=viewer).of if papers else {}
    return {paper: tuple(value.name for value in of[paper]) for paper in papers if paper in of}


def _levels(
    connection: Connection, dimension: Dimension | None, papers: Collection[str], viewer: str
) -> dict[str, str]:
    """Return the level of richness by paper; where people differ, that they do."""
    if dimension is None or not papers:
        return {}
    found: dict[str, str] = {}
    for row in appraisals(connection, papers, viewer=viewer):
        if row.dimension == dimension.name and not row.excerpt:
            same = found.get(row.paper, row.level) == row.level
            found[row.paper] = row.level if same else DIFFERENT
    return found


def _voices(connection: Connection) -> dict[str, Counter[str]]:
    rows = select(Feedback.subject, Feedback.voice).where(
        Feedback.subject_table.in_(("theory_version", "theory_part", "theory"))
    )
    found: dict[str, Counter[str]] = {}
    for subject, voice in connection.execute(rows):
        found.setdefault(subject, Counter())[voice] += 1
    return found


def weighed(found: Iterable[Borne], about: Around, heard: Sequence[str] = ()) -> Strength:
    """Return what these boxes and pieces of evidence come to.

    *heard* are the uids of what people may have spoken of: the part, or the version and its parts.
    """
    strength, whole = Strength(), Behind()
    stances: dict[str, set[str]] = {}
    outside: set[str] = set()
    for one in found:
        behind = about.behind.get((one.kind, one.of if one.kind == BOX else one.uid))
        if behind is None:  # it does not count
            continue
        papers = [paper for paper in behind.papers if _inside(paper, about)]
        outside |= behind.papers - set(papers)
        if behind.papers and not papers:
            continue
        whole.add(behind)
        stances.setdefault(one.stance, set()).update(about.units[paper] for paper in papers)
        if one.kind == BOX:
            strength.boxes += 1
            sign = behind.polarity or "not stated"
            strength.polarity[sign] = strength.polarity.get(sign, 0) + 1
        else:
            strength.evidence += 1
    papers = sorted(
        (paper for paper in whole.papers if _inside(paper, about)),
        key=lambda paper: (fold(about.names[paper]), paper),
    )
    strength.papers = [{"uid": paper, "label": about.names[paper]} for paper in papers]
    strength.independent = len({about.units[paper] for paper in papers})
    strength.outside = len(outside)
    order = [*map(str, Stance), *(stance for stance in stances if stance not in set(map(str, Stance)))]
    strength.stances = {stance: len(stances[stance]) for stance in order if stance in stances}
    strength.settings = sorted(whole.settings.values())
    strength.sites = sorted(
        f"{name} ({about.names.get(paper, '')})" if paper else name
        for (paper, _), name in whole.sites.items()
    )
    answered = {name for paper in papers for name in about.countries.get(paper, ())}
    strength.countries = sorted(whole.countries | answered)
    strength.richness = _richness(papers, about)
    strength.excerpts = len(whole.excerpts)
    for uid in heard:
        strength.voices = dict(Counter(strength.voices) + about.voices.get(uid, Counter()))
    strength.thin = _thin(strength, whole)
    return strength


def _inside(paper: str, about: Around) -> bool:
    return about.members is None or paper in about.members


def _richness(papers: Sequence[str], about: Around) -> dict[str, int]:
    if about.dimension is None:
        return {}
    count = Counter(about.levels.get(paper, UNJUDGED) for paper in papers)
    order = [*(level.name for level in reversed(about.dimension.levels)), DIFFERENT, UNJUDGED]
    return {level: count[level] for level in order if count[level]}


def _thin(strength: Strength, whole: Behind) -> list[str]:
    against = strength.stances.keys() - {str(Stance.NOT_JUDGED)}
    held = {
        "no paper": not strength.independent,
        "one paper": strength.independent == 1,
        "only inferred": bool(strength.boxes)
        and not strength.evidence
        and whole.inferred
        and not whole.stated
        and not whole.excerpts,
        "only stakeholders": not strength.independent and (bool(strength.voices) or whole.told),
        "only against": against == {str(Stance.WEAKENS)},
        "no excerpt": not strength.excerpts,
    }
    return [key for key in THIN if held[key]]


def by_part(statements: Sequence[Statement], here: Sequence[Borne], about: Around) -> dict[str, Strength]:
    """Return the strength of each part that stands in a version (uid)."""
    return {
        one.part: weighed([row for row in here if row.part == one.part], about, [one.part])
        for one in statements
    }
