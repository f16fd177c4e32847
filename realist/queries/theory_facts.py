"""What stands behind boxes and evidence: their papers, settings, countries, excerpts, what is inferred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

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

_AT_ONCE = 500
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
    """Add what the parts of boxes say and rest on."""
    parts = select(Element.configuration, Element.basis, Element.inference, Element.site)
    for box, basis, inference, site in _some(connection, parts, Element.configuration, found):
        row = found[box]
        row.stated = row.stated or basis == Basis.STATED
        row.inferred = row.inferred or basis == Basis.INFERRED or bool(inference)
        if fold(site):
            sited[box].add(line(site))
    sources = (
        select(
            Element.configuration, ElementSource.kind, ElementSource.feedback, Excerpt.uid, Excerpt.paper,
            Excerpt.quotation, Excerpt.site,
        )
        .join(Element, Element.uid == ElementSource.element)
        .outerjoin(Excerpt, Excerpt.uid == ElementSource.excerpt)
        .where(seen(Excerpt, viewer))
    )  # fmt: skip
    rows = _some(connection, sources, Element.configuration, found)
    for box, kind, feedback, excerpt, paper, quotation, site in rows:
        row = found[box]
        row.told = row.told or bool(feedback) or kind == SourceKind.STATEMENT
        row.inferred = row.inferred or kind == SourceKind.INFERENCE
        if excerpt is None:
            continue
        if quotation:
            row.excerpts.add(excerpt)
        if box in joined:
            row.papers.add(papers[paper])
        if fold(site):
            row.sites[papers[paper], fold(site)] = line(site)


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
    """Yield the rows of a statement whose *key* is one of *uids*."""
    wanted = sorted(uids)
    for start in range(0, len(wanted), _AT_ONCE):
        yield from connection.execute(statement.where(key.in_(wanted[start : start + _AT_ONCE]))).all()
