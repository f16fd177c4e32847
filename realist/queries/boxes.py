"""Configurations as boxes: everything that belongs to them, read in a few statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, case, select

from realist.domain.configuration import Box, BoxElement, Link, Ref, Relation, Source, TagRef
from realist.domain.notation import Part
from realist.queries.extractions import boxes_seen, counted, seen
from realist.queries.grouping import group_of, paper_grouping
from realist.queries.standing import standing
from realist.queries.words import stored
from realist.store.tables import (
    Configuration,
    ConfigurationMechanism,
    ConfigurationPaper,
    ConfigurationRelation,
    Context,
    Element,
    ElementLink,
    ElementSource,
    ElementTag,
    Excerpt,
    Mechanism,
    Outcome,
    Paper,
    Theory,
)
from realist.store.tables.base import aliased
from realist.vocabulary import (
    Activation,
    Basis,
    ConfigurationStatus,
    ElementKind,
    Inference,
    Polarity,
    RelationKind,
    SourceKind,
    Valence,
)


def boxes(
    connection: Connection,
    *,
    uids: Iterable[str] | None = None,
    paper: str = "",
    mechanism: str = "",
    viewer: str = "",
) -> list[Box]:
    """Return boxes in the order of their numbers: all, those named, those of a paper or a mechanism.

    What was joined or merged into the paper or mechanism counts with it. Boxes of extractions that *viewer*
    may not see yet are not there, nor what leads to them.
    """
    statement = select(Configuration.uid).where(seen(Configuration, viewer)).order_by(Configuration.number)
    if paper:
        group = group_of(paper_grouping(connection), paper)
        of = select(ConfigurationPaper.configuration).where(ConfigurationPaper.paper.in_(group))
        statement = statement.where(Configuration.uid.in_(of))
    named = None if uids is None else set(uids)
    if mechanism:
        of_mechanism = _standing_under(connection, mechanism)
        named = of_mechanism if named is None else named & of_mechanism
    wanted = [uid for uid in connection.execute(statement).scalars() if named is None or uid in named]
    return [
        box
        for start in range(0, len(wanted), 500)
        for box in _read(connection, wanted[start : start + 500], viewer)
    ]


def _standing_under(connection: Connection, mechanism: str) -> set[str]:
    """Return the boxes under a mechanism now; of one that went into another, those put under it itself."""
    at, of = standing(connection), ConfigurationMechanism
    if mechanism in at.whole():
        at = at.within([mechanism])
    rows = select(of.configuration, of.uid, of.mechanism).where(of.mechanism.in_(at.sources(mechanism)))
    return {
        box
        for box, uid, given in connection.execute(rows)
        if mechanism in at.now(of.__tablename__, uid, given)
    }


def numbers(connection: Connection, *, viewer: str = "") -> dict[str, int]:
    """Return the short number of every box that *viewer* may see, by its uid."""
    rows = select(Configuration.uid, Configuration.number).where(seen(Configuration, viewer))
    return {row.uid: row.number for row in connection.execute(rows)}


def under_mechanisms(connection: Connection, *, viewer: str = "") -> dict[str, int]:
    """Return how many boxes stand under each mechanism now, by its uid; without any it is not in it.

    Only those that *viewer* may see, and that count.
    """
    at, of = standing(connection), ConfigurationMechanism
    rows = (
        select(of.configuration, of.uid, of.mechanism)
        .join(Configuration, Configuration.uid == of.configuration)
        .where(counted(Configuration, viewer))
    )
    under = {
        (one, box)
        for box, uid, given in connection.execute(rows)
        for one in at.now(of.__tablename__, uid, given)
    }
    return dict(Counter(one for one, _ in under))


def _read(connection: Connection, uids: Sequence[str], viewer: str) -> list[Box]:
    papers = _refs(
        connection,
        select(
            ConfigurationPaper.configuration,
            Paper.uid,
            Paper.label,
            case((Paper.title != "", Paper.title), else_=Paper.doi),
        )
        .join(Paper, Paper.uid == ConfigurationPaper.paper)
        .where(ConfigurationPaper.configuration.in_(uids))
        .order_by(ConfigurationPaper.configuration, ConfigurationPaper.position),
    )
    mechanisms = _refs(
        connection,
        select(
            ConfigurationMechanism.configuration,
            Mechanism.uid,
            Mechanism.name,
            Mechanism.name,
            Mechanism.kind,
        )
        .join(Mechanism, Mechanism.uid == ConfigurationMechanism.mechanism)
        .where(ConfigurationMechanism.configuration.in_(uids))
        .order_by(ConfigurationMechanism.configuration, ConfigurationMechanism.position),
    )
    elements = _elements(connection, uids, viewer)
    links = _links(connection, uids, viewer)
    relations = _relations(connection, uids, viewer)
    rows = connection.execute(
        select(*Configuration.__table__.columns)
        .where(Configuration.uid.in_(uids))
        .order_by(Configuration.number)
    )
    return [
        Box(
            uid=row.uid,
            label=row.label,
            title=row.title,
            narrative=row.narrative,
            printed=row.printed,
            setting=row.setting,
            country=row.country,
            site=row.site,
            status=stored(ConfigurationStatus, row.status),
            polarity=stored(Polarity, row.polarity) if row.polarity else None,
            papers=tuple(papers[row.uid]),
            mechanisms=tuple(mechanisms[row.uid]),
            elements=tuple(elements[row.uid]),
            links=tuple(links[row.uid]),
            relations=tuple(relations[row.uid]),
        )
        for row in rows
    ]


def _refs(connection: Connection, statement: Any) -> dict[str, list[Ref]]:
    found: dict[str, list[Ref]] = defaultdict(list)
    for of, uid, name, other, *kind in connection.execute(statement):
        found[of].append(Ref(uid, name or other, *kind))
    return found


def _elements(connection: Connection, uids: Sequence[str], viewer: str) -> dict[str, list[BoxElement]]:
    sources = _sources(connection, uids, viewer)
    tags = _tags(connection, uids)
    found: dict[str, list[BoxElement]] = defaultdict(list)
    rows = connection.execute(
        select(*Element.__table__.columns)
        .where(Element.configuration.in_(uids))
        .order_by(Element.configuration, Element.position)
    )
    for row in rows:
        part = Part(
            kind=stored(ElementKind, row.kind),
            text=row.text,
            valence=stored(Valence, row.valence) if row.valence else None,
            label=row.label,
            activation=stored(Activation, row.activation) if row.activation else None,
            basis=stored(Basis, row.basis) if row.basis else None,
            segment=row.segment,
            join=row.join_word,
        )
        found[row.configuration].append(
            BoxElement(
                part,
                row.uid,
                tuple(sources[row.uid]),
                tuple(tags[row.uid]),
                stored(Inference, row.inference) if row.inference else None,
                row.hedge,
                row.site,
            )
        )
    return found


def _sources(connection: Connection, uids: Sequence[str], viewer: str) -> dict[str, list[Source]]:
    statement = (
        select(
            ElementSource.element, ElementSource.uid, ElementSource.kind, ElementSource.text,
            ElementSource.feedback, ElementSource.excerpt, Excerpt.quotation, Excerpt.locator,
            Paper.uid.label("paper"), Paper.label.label("paper_label"), Paper.title.label("paper_title"),
            Paper.doi.label("paper_doi"), ElementSource.theory, Theory.name.label("theory_name"),
        )
        .join(Element, Element.uid == ElementSource.element)
        .outerjoin(Excerpt, Excerpt.uid == ElementSource.excerpt)
        .outerjoin(Paper, Paper.uid == Excerpt.paper)
        .outerjoin(Theory, Theory.uid == ElementSource.theory)
        .where(Element.configuration.in_(uids), seen(Excerpt, viewer))
        .order_by(ElementSource.element, ElementSource.position)
    )  # fmt: skip
    found: dict[str, list[Source]] = defaultdict(list)
    for row in connection.execute(statement):
        found[row.element].append(
            Source(
                kind=stored(SourceKind, row.kind),
                uid=row.uid,
                text=row.text,
                quotation=row.quotation or "",
                locator=row.locator or "",
                paper=Ref(row.paper, row.paper_label or row.paper_title or row.paper_doi)
                if row.paper
                else None,
                excerpt=row.excerpt or "",
                feedback=row.feedback or "",
                theory=Ref(row.theory, row.theory_name) if row.theory else None,
            )
        )
    return found


def _tags(connection: Connection, uids: Sequence[str]) -> dict[str, list[TagRef]]:
    statement = (
        select(
            ElementTag.element, Mechanism.uid.label("mechanism"), Mechanism.name.label("mechanism_name"),
            Context.uid.label("context"), Context.name.label("context_name"),
            Outcome.uid.label("outcome"), Outcome.name.label("outcome_name"),
        )
        .join(Element, Element.uid == ElementTag.element)
        .outerjoin(Mechanism, Mechanism.uid == ElementTag.mechanism)
        .outerjoin(Context, Context.uid == ElementTag.context)
        .outerjoin(Outcome, Outcome.uid == ElementTag.outcome)
        .where(Element.configuration.in_(uids))
        .order_by(ElementTag.element, ElementTag.position)
    )  # fmt: skip
    found: dict[str, list[TagRef]] = defaultdict(list)
    for row in connection.execute(statement).mappings():
        for kind in ("mechanism", "context", "outcome"):
            if row[kind]:
                found[row["element"]].append(TagRef(kind, row[kind], row[f"{kind}_name"]))
    return found


def _links(connection: Connection, uids: Sequence[str], viewer: str) -> dict[str, list[Link]]:
    led_to = aliased(Element)
    statement = (
        select(
            Element.configuration,
            ElementLink.uid,
            ElementLink.from_element,
            ElementLink.to_element,
            ElementLink.note,
        )
        .join(Element, Element.uid == ElementLink.from_element)
        .join(led_to, led_to.uid == ElementLink.to_element)
        .where(Element.configuration.in_(uids), led_to.configuration.in_(boxes_seen(viewer)))
        .order_by(ElementLink.position, ElementLink.uid)
    )
    found: dict[str, list[Link]] = defaultdict(list)
    for row in connection.execute(statement):
        found[row.configuration].append(Link(row.from_element, row.to_element, row.uid, row.note))
    return found


def _relations(connection: Connection, uids: Sequence[str], viewer: str) -> dict[str, list[Relation]]:
    relation = ConfigurationRelation
    statement = (
        select(
            relation.from_configuration, relation.uid, relation.kind, relation.note,
            Configuration.uid.label("to"), Configuration.label,
        )
        .join(Configuration, Configuration.uid == relation.to_configuration)
        .where(relation.from_configuration.in_(uids), seen(Configuration, viewer))
        .order_by(relation.position, relation.uid)
    )  # fmt: skip
    found: dict[str, list[Relation]] = defaultdict(list)
    for row in connection.execute(statement):
        of = Ref(row.to, row.label)
        found[row.from_configuration].append(Relation(stored(RelationKind, row.kind), of, row.uid, row.note))
    return found
