"""Mechanisms, contexts, outcomes and the people who were asked: what is known of each, counted."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, func, select

from realist.queries.extractions import counted, marked, seen
from realist.queries.grouping import group_of, mechanism_grouping, merge_targets, paper_grouping
from realist.queries.ways import from_boxes
from realist.store.tables import (
    Configuration,
    Consultation,
    Context,
    Element,
    ElementTag,
    Evidence,
    EvidenceExcerpt,
    Excerpt,
    Feedback,
    ListLineage,
    Mechanism,
    MechanismAlias,
    MechanismFate,
    MechanismList,
    MechanismListItem,
    MechanismVersion,
    Outcome,
    Paper,
    Person,
    Reading,
)
from realist.vocabulary import Stance

Rows = list[dict[str, Any]]
_TAKING = {"for": Stance.SUPPORTS, "against": Stance.WEAKENS, "modifies": Stance.MODIFIES}


def mechanisms(connection: Connection, *, of_list: str = "", viewer: str = "") -> Rows:
    """Return mechanisms with their fate and n of papers: all of them, or those of a list in its order.

    ``for``, ``against`` and ``modifies`` count papers with evidence that supports, weakens or modifies; one
    with several stances counts in each. ``feedback`` counts what people said, ``description`` is the latest.
    As with ``papers``, only what was given to the mechanism itself counts, and what *viewer* may see of it.
    """
    fates = _latest_fates(connection)
    targets = merge_targets(connection)
    rows = connection.execute(
        select(Mechanism.uid, Mechanism.number, Mechanism.name, Mechanism.kind, Mechanism.note).order_by(
            Mechanism.number
        )
    )
    everything = {row["uid"]: dict(row) for row in rows.mappings()}
    names = {uid: row["name"] for uid, row in everything.items()}
    papers = _papers(connection, viewer)
    taking = _by_stance(connection, viewer)
    said = _feedback(connection)
    descriptions = _descriptions(connection)
    for uid, row in everything.items():
        row["fate"] = fates.get(uid, {"fate": ""})["fate"]
        row["into"] = [{"uid": into, "name": names[into]} for into in targets.get(uid, ())]
        row["papers"] = len(papers[uid])
        for key, stance in _TAKING.items():
            row[key] = len(taking[uid, stance])
        row["feedback"] = said.get(uid, 0)
        row["description"] = descriptions.get(uid, "")
    if not of_list:
        return list(everything.values())
    items = connection.execute(
        select(MechanismListItem.mechanism, MechanismListItem.printed)
        .where(MechanismListItem.mechanism_list == of_list)
        .order_by(MechanismListItem.position)
    )
    return [
        {**everything[uid], "printed": printed} if uid else {"uid": None, "name": printed}
        for uid, printed in items
    ]


def _papers(connection: Connection, viewer: str) -> dict[str, set[str]]:
    """By mechanism, the papers with evidence or a box on it itself, wherever that shows in the grid."""
    found: dict[str, set[str]] = defaultdict(set)
    grouping = paper_grouping(connection)
    rows = connection.execute(
        select(Evidence.mechanism, Evidence.paper).where(
            Evidence.mechanism.is_not(None), counted(Evidence, viewer)
        )
    )
    for mechanism, paper in rows:
        found[mechanism or ""].add(grouping[paper])
    for paper, mechanism, _ in from_boxes(connection, viewer=viewer):
        found[mechanism].add(paper)
    grouping = paper_grouping(connection)
    return defaultdict(set, {uid: {grouping[paper] for paper in papers} for uid, papers in found.items()})


def _by_stance(connection: Connection, viewer: str) -> dict[tuple[str, str], set[str]]:
    """By mechanism and stance, the papers with such evidence on the mechanism itself."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    grouping = paper_grouping(connection)
    rows = connection.execute(
        select(Evidence.mechanism, Evidence.stance, Evidence.paper).where(
            Evidence.mechanism.is_not(None), counted(Evidence, viewer)
        )
    )
    for mechanism, stance, paper in rows:
        found[mechanism or "", stance].add(grouping[paper])
    return found


def _feedback(connection: Connection) -> dict[str, int]:
    """By mechanism, how often people said something of it."""
    rows = connection.execute(
        select(Feedback.mechanism, func.count())
        .where(Feedback.mechanism.is_not(None))
        .group_by(Feedback.mechanism)
    )
    return {mechanism or "": n for mechanism, n in rows}


def _descriptions(connection: Connection) -> dict[str, str]:
    """By mechanism, the latest description."""
    version = MechanismVersion
    rows = connection.execute(select(version.mechanism, version.description).order_by(version.number))
    return {mechanism: description for mechanism, description in rows}  # noqa: C416


def _latest_fates(connection: Connection) -> dict[str, dict[str, Any]]:
    rows = connection.execute(
        select(MechanismFate.mechanism, MechanismFate.fate, MechanismFate.reason)
        .order_by(MechanismFate.at, MechanismFate.uid)
    )  # fmt: skip
    return {row["mechanism"]: dict(row) for row in rows.mappings()}


def mechanism(connection: Connection, uid: str, *, viewer: str = "") -> dict[str, Any]:
    """Return one mechanism: names, versions of its description, fates, evidence and what people said.

    Evidence as far as *viewer* may see it.
    """
    row = connection.execute(
        select(Mechanism.uid, Mechanism.number, Mechanism.name, Mechanism.kind, Mechanism.note)
        .where(Mechanism.uid == uid)
    ).mappings().one()  # fmt: skip
    targets = merge_targets(connection).get(uid, [])
    into = connection.execute(select(Mechanism.uid, Mechanism.name).where(Mechanism.uid.in_(targets)))
    return {
        **row,
        "aliases": _all(
            connection,
            select(MechanismAlias.name, MechanismAlias.source)
            .where(MechanismAlias.mechanism == uid)
            .order_by(MechanismAlias.at, MechanismAlias.uid),
        ),
        "versions": _all(
            connection,
            select(
                MechanismVersion.number, MechanismVersion.description, MechanismVersion.reason,
                Person.initials.label("by"), MechanismVersion.at,
            )
            .join(Person, Person.uid == MechanismVersion.person)
            .where(MechanismVersion.mechanism == uid)
            .order_by(MechanismVersion.number),
        ),
        "fates": _all(
            connection,
            select(
                MechanismFate.fate, MechanismFate.reason, Consultation.name.label("consultation"),
                Person.initials.label("by"), MechanismFate.at,
            )
            .join(Person, Person.uid == MechanismFate.person)
            .outerjoin(Consultation, Consultation.uid == MechanismFate.consultation)
            .where(MechanismFate.mechanism == uid)
            .order_by(MechanismFate.at, MechanismFate.uid),
        ),
        "into": [dict(target) for target in into.mappings()],
        "evidence": evidence(connection, mechanism=uid, viewer=viewer),
        "feedback": _all(
            connection,
            select(
                Feedback.voice, Feedback.words, Feedback.who, Consultation.name.label("consultation"),
                Person.initials.label("by"), Feedback.at,
            )
            .join(Person, Person.uid == Feedback.person)
            .outerjoin(Consultation, Consultation.uid == Feedback.consultation)
            .where(Feedback.mechanism == uid)
            .order_by(Feedback.at, Feedback.uid),
        ),
    }  # fmt: skip


def _all(connection: Connection, statement: Any) -> Rows:
    return [dict(row) for row in connection.execute(statement).mappings()]


def mechanism_names(connection: Connection) -> dict[str, str]:
    """Return the name of every mechanism by its uid, in the order of their numbers."""
    rows = connection.execute(select(Mechanism.uid, Mechanism.name).order_by(Mechanism.number))
    return {row.uid: row.name for row in rows}


def evidence(connection: Connection, *, paper: str = "", mechanism: str = "", viewer: str = "") -> Rows:
    """Return pieces of evidence in the order they were recorded, of a paper, of a mechanism, or all.

    Those that *viewer* may see; ``extraction`` says of which extraction one is, "" outside any.
    """
    statement = (
        select(
            Evidence.uid, Evidence.paper, Paper.label, Mechanism.uid.label("mechanism_uid"),
            Mechanism.name.label("mechanism"), Context.name.label("context"), Outcome.name.label("outcome"),
            Evidence.configuration, Evidence.stance, Evidence.claim, Evidence.topic, Evidence.site,
            Evidence.excerpt, func.coalesce(Excerpt.quotation, "").label("quotation"),
            func.coalesce(Excerpt.locator, "").label("locator"), Person.initials.label("by"),
            func.coalesce(Evidence.extraction, "").label("extraction"),
        )
        .join(Paper, Paper.uid == Evidence.paper)
        .join(Person, Person.uid == Evidence.person)
        .outerjoin(Mechanism, Mechanism.uid == Evidence.mechanism)
        .outerjoin(Context, Context.uid == Evidence.context)
        .outerjoin(Outcome, Outcome.uid == Evidence.outcome)
        .outerjoin(Excerpt, (Excerpt.uid == Evidence.excerpt) & seen(Excerpt, viewer))
        .where(seen(Evidence, viewer))
        .order_by(Evidence.at, Evidence.uid)
    )  # fmt: skip
    if paper:
        statement = statement.where(Evidence.paper.in_(group_of(paper_grouping(connection), paper)))
    if mechanism:
        part_of = group_of(mechanism_grouping(connection), mechanism)
        statement = statement.where(Evidence.mechanism.in_(part_of))
    rows = marked(connection, _all(connection, statement))
    further = further_excerpts(connection, viewer=viewer)
    return [{**row, "further": further.get(row["uid"], [])} for row in rows]


def further_excerpts(connection: Connection, *, viewer: str = "") -> dict[str, Rows]:
    """Return by piece of evidence the excerpts that it rests on after its first, as *viewer* may see them."""
    of = EvidenceExcerpt
    rows = connection.execute(
        select(of.evidence, of.excerpt, Excerpt.quotation, Excerpt.locator)
        .join(Excerpt, Excerpt.uid == of.excerpt)
        .where(seen(Excerpt, viewer))
        .order_by(of.evidence, of.position)
    )
    found: dict[str, Rows] = defaultdict(list)
    for evidence, excerpt, quotation, locator in rows:
        found[evidence].append({"excerpt": excerpt, "quotation": quotation, "locator": locator})
    return found


def readings(connection: Connection, *, paper: str = "", viewer: str = "") -> Rows:
    """Return who read which paper for which mechanism, and what came of it, in order.

    Those that *viewer* may see; ``extraction`` says of which extraction one is, "" outside any.
    """
    statement = (
        select(
            Reading.uid, Reading.paper, Paper.label, Reading.mechanism.label("mechanism_uid"),
            Mechanism.name.label("mechanism"), Reading.result, Reading.note, Person.initials.label("by"),
            Reading.at, func.coalesce(Reading.extraction, "").label("extraction"),
        )
        .join(Paper, Paper.uid == Reading.paper)
        .join(Person, Person.uid == Reading.person)
        .outerjoin(Mechanism, Mechanism.uid == Reading.mechanism)
        .where(seen(Reading, viewer))
        .order_by(Reading.at, Reading.uid)
    )  # fmt: skip
    if paper:
        statement = statement.where(Reading.paper.in_(group_of(paper_grouping(connection), paper)))
    return marked(connection, _all(connection, statement))


def lists(connection: Connection) -> Rows:
    """Return the mechanism lists in order, each with its items and what is known of its lineage."""
    rows = connection.execute(
        select(
            MechanismList.uid, MechanismList.name, MechanismList.dated, MechanismList.agreed,
            MechanismList.source, MechanismList.note,
        ).order_by(MechanismList.position)
    )  # fmt: skip
    found = [dict(row) for row in rows.mappings()]
    names = {row["uid"]: row["name"] for row in found}
    for row in found:
        row["items"] = [item["printed"] for item in mechanisms_in(connection, row["uid"])]
        row["lineage"] = []
    lineage = connection.execute(
        select(ListLineage.from_list, ListLineage.into_list, ListLineage.lineage, ListLineage.note).order_by(
            ListLineage.at, ListLineage.uid
        )
    )
    for from_list, into_list, known, note in lineage:
        of = next(row for row in found if row["uid"] == into_list)
        of["lineage"].append({"from": names[from_list], "lineage": known, "note": note})
    return found


def mechanisms_in(connection: Connection, of_list: str) -> Rows:
    """Return the items of a list in order, as printed."""
    rows = connection.execute(
        select(MechanismListItem.mechanism.label("uid"), MechanismListItem.printed)
        .where(MechanismListItem.mechanism_list == of_list)
        .order_by(MechanismListItem.position)
    )
    return [dict(row) for row in rows.mappings()]


def _tagged(tag: Any, of: Any, viewer: str) -> Any:
    """Count the elements that are tagged with something, of boxes that count for *viewer*."""
    return (
        select(func.count())
        .select_from(ElementTag)
        .join(Element, Element.uid == ElementTag.element)
        .join(Configuration, Configuration.uid == Element.configuration)
        .where(tag == of, counted(Configuration, viewer))
        .scalar_subquery()
    )


def contexts(connection: Connection, *, viewer: str = "") -> Rows:
    """Return the named contexts with how many elements that count for *viewer* are tagged with each."""
    tagged = _tagged(ElementTag.context, Context.uid, viewer)
    return _all(
        connection,
        select(
            Context.uid, Context.number, Context.name, Context.level, Context.description,
            tagged.label("elements"),
        ).order_by(Context.number),
    )  # fmt: skip


def outcomes(connection: Connection, *, viewer: str = "") -> Rows:
    """Return the named outcomes with how many elements that count for *viewer* are tagged with each."""
    tagged = _tagged(ElementTag.outcome, Outcome.uid, viewer)
    return _all(
        connection,
        select(Outcome.uid, Outcome.number, Outcome.name, Outcome.description, tagged.label("elements"))
        .order_by(Outcome.number),
    )  # fmt: skip
