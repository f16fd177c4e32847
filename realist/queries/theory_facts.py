"""What stands behind boxes and evidence: their papers, settings, countries, excerpts, what is inferred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, case, func, or_, select

from realist.domain.countries import country_or_words
from realist.queries.extractions import counted, seen
from realist.queries.grouping import Grouping
from realist.store.tables import (
    Configuration,
    ConfigurationPaper,
    ConfigurationRelation,
    Element,
    ElementSource,
    Evidence,
    EvidenceExcerpt,
    Excerpt,
)
from realist.text import fold, line
from realist.vocabulary import Basis, ConfigurationStatus, RelationKind, SourceKind

_MANY = 200
_JOINED = (ConfigurationStatus.SYNTHESISED, ConfigurationStatus.REFINED)


@dataclass(slots=True)
class Behind:
    """What stands behind a box or a piece of evidence.

    ``papers`` are uids as they are read now; ``sites`` are (paper, name); ``excerpts`` are uids of those
    with words; ``stated`` and ``inferred`` say whether any part is, ``told`` whether one rests on what
    people said.
    """

    papers: set[str] = field(default_factory=set)
    settings: dict[str, str] = field(default_factory=dict)
    sites: dict[tuple[str, str], str] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    polarity: str = ""
    excerpts: set[str] = field(default_factory=set)
    stated: bool = False
    inferred: bool = False
    told: bool = False

    def add(self, other: Behind) -> None:
        """Let this stand on what *other* stands on, too."""
        self.papers |= other.papers
        self.settings |= other.settings
        self.sites |= other.sites
        self.countries |= other.countries
        self.excerpts |= other.excerpts
        self.stated = self.stated or other.stated
        self.inferred = self.inferred or other.inferred
        self.told = self.told or other.told


def behind_boxes(
    connection: Connection, boxes: Collection[str], papers: Grouping, *, viewer: str = ""
) -> dict[str, Behind]:
    """Return what stands behind boxes (uids) that count for *viewer*.

    The papers of a box; of a synthesised or refined one also those that it quotes, and all that the boxes
    stand on that it rests on, however far.
    """
    rests = _rests_on(connection, viewer)
    wanted, ahead = set(boxes), list(boxes)
    while ahead:
        more = [of for of in rests.get(ahead.pop(), ()) if of not in wanted]
        wanted.update(more)
        ahead += more
    own = _own(connection, wanted, papers, viewer)
    found = {}
    for box in boxes:
        if box not in own:
            continue
        whole = Behind(polarity=own[box].polarity)
        for of in _reached(box, rests):
            if of in own:
                whole.add(own[of])
        found[box] = whole
    return found


def _rests_on(connection: Connection, viewer: str) -> dict[str, list[str]]:
    of = ConfigurationRelation
    rows = connection.execute(
        select(of.from_configuration, of.to_configuration)
        .join(Configuration, Configuration.uid == of.to_configuration)
        .where(
            of.kind == RelationKind.RESTS_ON, counted(Configuration, viewer),
            Configuration.status != ConfigurationStatus.DROPPED,
        )
    )  # fmt: skip
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in rows:
        found[one].append(other)
    return found


def _reached(box: str, rests: dict[str, list[str]]) -> set[str]:
    found, ahead = {box}, [box]
    while ahead:
        more = [of for of in rests.get(ahead.pop(), ()) if of not in found]
        found.update(more)
        ahead += more
    return found


def _own(connection: Connection, boxes: Collection[str], papers: Grouping, viewer: str) -> dict[str, Behind]:
    """Return what boxes stand on themselves."""
    found: dict[str, Behind] = {}
    joined: set[str] = set()
    sited: dict[str, set[str]] = defaultdict(set)
    of = Configuration
    statement = select(of.uid, of.status, of.setting, of.country, of.site, of.polarity).where(
        counted(of, viewer)
    )
    for uid, status, setting, where, site, polarity in _some(connection, statement, of.uid, boxes):
        row = found[uid] = Behind(polarity=polarity or "")
        if fold(setting):
            row.settings[fold(setting)] = line(setting)
        if line(where):
            row.countries.add(country_or_words(where))
        if fold(site):
            sited[uid].add(line(site))
        if status in _JOINED:
            joined.add(uid)
    pairs = select(ConfigurationPaper.configuration, ConfigurationPaper.paper)
    for box, paper in _some(connection, pairs, ConfigurationPaper.configuration, found):
        found[box].papers.add(papers[paper])
    _add_parts(connection, found, joined, sited, papers, viewer)
    for box, names in sited.items():
        for name in names:
            for paper in found[box].papers or {""}:
                found[box].sites[paper, fold(name)] = name
    return found


def _add_parts(
    connection: Connection,
    found: dict[str, Behind],
    joined: set[str],
    sited: dict[str, set[str]],
    papers: Grouping,
    viewer: str,
) -> None:
    """Add what the parts of boxes say and rest on; what can be counted in the database is counted there."""
    of, source = Element, ElementSource
    said = func.max(case((of.basis == Basis.STATED, 1), else_=0))
    guessed = or_(of.basis == Basis.INFERRED, of.inference.is_not(None))
    flags = select(of.configuration, said, func.max(case((guessed, 1), else_=0))).group_by(of.configuration)
    for box, stated, inferred in _some(connection, flags, of.configuration, found):
        found[box].stated, found[box].inferred = bool(stated), bool(inferred)
    sites = select(of.configuration, of.site).where(of.site != "")
    for box, site in _some(connection, sites, of.configuration, found):
        if fold(site):
            sited[box].add(line(site))
    others = (
        select(of.configuration, source.kind, source.feedback)
        .join(of, of.uid == source.element)
        .where(or_(source.kind != SourceKind.EXCERPT, source.feedback.is_not(None)))
    )
    for box, kind, feedback in _some(connection, others, of.configuration, found):
        row = found[box]
        row.told = row.told or bool(feedback) or kind == SourceKind.STATEMENT
        row.inferred = row.inferred or kind == SourceKind.INFERENCE
    quoted = (
        select(of.configuration, Excerpt.uid)
        .select_from(source)
        .join(of, of.uid == source.element)
        .join(Excerpt, Excerpt.uid == source.excerpt)
        .where(Excerpt.quotation != "", seen(Excerpt, viewer))
    )
    for box, excerpt in _some(connection, quoted, of.configuration, found):
        found[box].excerpts.add(excerpt)
    _add_places(connection, found, joined, papers, viewer)


def _add_places(
    connection: Connection, found: dict[str, Behind], joined: set[str], papers: Grouping, viewer: str
) -> None:
    """Add the papers that synthesised boxes quote, and the sites of excerpts."""
    of, source = Element, ElementSource
    rows = (
        select(of.configuration, Excerpt.paper, Excerpt.site)
        .select_from(source)
        .join(of, of.uid == source.element)
        .join(Excerpt, Excerpt.uid == source.excerpt)
        .join(Configuration, Configuration.uid == of.configuration)
        .where(or_(Configuration.status.in_(_JOINED), Excerpt.site != ""), seen(Excerpt, viewer))
        .distinct()
    )
    for box, paper, site in _some(connection, rows, of.configuration, found):
        if box in joined:
            found[box].papers.add(papers[paper])
        if fold(site):
            found[box].sites[papers[paper], fold(site)] = line(site)


def behind_evidence(
    connection: Connection, evidence: Collection[str], papers: Grouping, *, viewer: str = ""
) -> dict[str, Behind]:
    """Return what stands behind pieces of evidence (uids) that count for *viewer*."""
    found: dict[str, Behind] = {}
    of = Evidence
    statement = (
        select(of.uid, of.paper, of.site, Excerpt.uid.label("excerpt"), Excerpt.quotation, Excerpt.site)
        .select_from(of)
        .outerjoin(Excerpt, (Excerpt.uid == of.excerpt) & seen(Excerpt, viewer))
        .where(counted(of, viewer))
    )
    for uid, paper, site, excerpt, quotation, place in _some(connection, statement, of.uid, evidence):
        row = found[uid] = Behind({papers[paper]}, stated=True)
        if excerpt and quotation:
            row.excerpts.add(excerpt)
        for name in filter(fold, (site, place or "")):
            row.sites[papers[paper], fold(name)] = line(name)
    further = (
        select(EvidenceExcerpt.evidence, Excerpt.uid, Excerpt.quotation)
        .join(Excerpt, Excerpt.uid == EvidenceExcerpt.excerpt)
        .where(seen(Excerpt, viewer))
    )
    for uid, excerpt, quotation in _some(connection, further, EvidenceExcerpt.evidence, found):
        if quotation:
            found[uid].excerpts.add(excerpt)
    return found


def _some(connection: Connection, statement: Any, key: Any, uids: Iterable[str]) -> Iterator[Any]:
    """Yield the rows of a statement whose *key*, its first column, is one of *uids*."""
    wanted = set(uids)
    if len(wanted) > _MANY:  # to name them takes longer than to look at all
        yield from (row for row in connection.execute(statement) if row[0] in wanted)
    elif wanted:
        yield from connection.execute(statement.where(key.in_(sorted(wanted)))).all()
