"""Mechanisms, contexts, outcomes and the people who were asked: what is known of each, counted."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, func, select

from realist.queries.extractions import counted, marked, seen
from realist.queries.grouping import group_of, paper_grouping
from realist.queries.standing import KINDS, Kind, standing
from realist.queries.ways import ways_of_boxes
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
    Theory,
    TheoryPart,
    TheoryVersion,
)
from realist.vocabulary import Stance

Rows = list[dict[str, Any]]
_TAKING = {"for": Stance.SUPPORTS, "against": Stance.WEAKENS, "modifies": Stance.MODIFIES}


def mechanisms(connection: Connection, *, of_list: str = "", viewer: str = "") -> Rows:
    """Return mechanisms with their fate and n of papers: all of them, or those of a list in its order.

    ``for``, ``against`` and ``modifies`` count papers with evidence that supports, weakens or modifies; one
    with several stances counts in each. ``feedback`` counts what people said of it itself, ``description`` is
    the latest. What stands under the mechanism now counts, of what *viewer* may see; ``given`` counts the
    papers of what was given to the mechanism itself, wherever that stands now.
    """
    of = KINDS["mechanism"]
    fates = latest_fates(connection, of)
    at = standing(connection)
    rows = connection.execute(
        select(
            Mechanism.uid, Mechanism.number, Mechanism.name, Mechanism.kind, Mechanism.note,
            Mechanism.priority,
        ).order_by(Mechanism.number)
    )  # fmt: skip
    everything = {row["uid"]: dict(row) for row in rows.mappings()}
    names = {uid: row["name"] for uid, row in everything.items()}
    papers, given, taking = _papers(connection, viewer)
    said = _feedback(connection)
    descriptions = latest_descriptions(connection, of)
    for uid, row in everything.items():
        row["fate"] = fates.get(uid, "")
        row["into"] = [{"uid": into, "name": names[into]} for into in at.into.get(uid, ())]
        row["papers"] = len(papers[uid])
        row["given"] = len(given[uid])
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


def _papers(
    connection: Connection, viewer: str
) -> tuple[dict[str, set[str]], dict[str, set[str]], dict[tuple[str, str], set[str]]]:
    """Return papers by the mechanism under which their evidence and boxes stand now, and by what they were
    given to; and by mechanism and stance those with such evidence under it now."""
    now, given = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    taking = defaultdict[tuple[str, str], set[str]](set)
    grouping, at = paper_grouping(connection), standing(connection)
    rows = connection.execute(
        select(Evidence.uid, Evidence.mechanism, Evidence.stance, Evidence.paper).where(
            Evidence.mechanism.is_not(None), counted(Evidence, viewer)
        )
    )
    for uid, mechanism, stance, paper in rows:
        given[mechanism or ""].add(grouping[paper])
        for under in at.now("evidence", uid, mechanism or ""):
            now[under].add(grouping[paper])
            taking[under, stance].add(grouping[paper])
    for way in ways_of_boxes(connection, viewer=viewer):
        given[way.mechanism].add(grouping[way.paper])
        for under in at.now(way.table, way.piece, way.mechanism):
            now[under].add(grouping[way.paper])
    return now, given, taking


def _feedback(connection: Connection) -> dict[str, int]:
    """By mechanism, how often people said something of it."""
    rows = connection.execute(
        select(Feedback.mechanism, func.count())
        .where(Feedback.mechanism.is_not(None))
        .group_by(Feedback.mechanism)
    )
    return {mechanism or "": n for mechanism, n in rows}


def latest_descriptions(connection: Connection, of: Kind) -> dict[str, str]:
    """Return the latest description of each mechanism, context or outcome that has a version of one."""
    version = of.version
    rows = connection.execute(select(of.of(version), version.description).order_by(version.number))
    return {uid: description for uid, description in rows}  # noqa: C416


def latest_fates(connection: Connection, of: Kind) -> dict[str, str]:
    """Return what was decided last of each mechanism, context or outcome that anything was decided of."""
    rows = connection.execute(select(of.of(of.fate), of.fate.fate).order_by(of.fate.at, of.fate.uid))
    return {uid: str(fate) for uid, fate in rows}


def mechanism(connection: Connection, uid: str, *, viewer: str = "") -> dict[str, Any]:
    """Return one mechanism: names, versions of its description, fates, evidence and what people said.

    Evidence as far as *viewer* may see it.
    """
    row = connection.execute(
        select(
            Mechanism.uid, Mechanism.number, Mechanism.name, Mechanism.kind, Mechanism.note,
            Mechanism.priority,
        ).where(Mechanism.uid == uid)
    ).mappings().one()  # fmt: skip
    targets = standing(connection).into.get(uid, [])
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


def evidence(connection: Connection, *, paper: str = "", mechanism: str = "", viewer: str = "") -> Rows:
    """Return pieces of evidence in the order they were recorded, of a paper, of a mechanism, or all.

    Those that *viewer* may see; ``extraction`` says of which extraction one is, "" outside any. ``mechanism``
    is what one was given to, ``now`` are the mechanisms under which it stands. Of a mechanism: what stands
    under it now; of one that went into one other, what was given to it itself. ``on`` says what it bears on,
    ``theory`` is "T1 v2 p3" of one on a theory, ``box`` a box's number, or 0.
    """
    statement = (
        select(
            Evidence.uid, Evidence.paper, Paper.label, Mechanism.uid.label("mechanism_uid"),
            Mechanism.name.label("mechanism"), Context.uid.label("context_uid"),
            Context.name.label("context"), Outcome.uid.label("outcome_uid"), Outcome.name.label("outcome"),
            Evidence.configuration, func.coalesce(Configuration.number, 0).label("box"),
            Evidence.stance, Evidence.claim, Evidence.topic, Evidence.site,
            Evidence.theory_version, Evidence.theory_part, Theory.number.label("theory_number"),
            TheoryVersion.number.label("version_number"), TheoryPart.number.label("part_number"),
            Evidence.excerpt, func.coalesce(Excerpt.quotation, "").label("quotation"),
            func.coalesce(Excerpt.locator, "").label("locator"), Person.initials.label("by"),
            func.coalesce(Evidence.extraction, "").label("extraction"),
        )
        .join(Paper, Paper.uid == Evidence.paper)
        .join(Person, Person.uid == Evidence.person)
        .outerjoin(Mechanism, Mechanism.uid == Evidence.mechanism)
        .outerjoin(Context, Context.uid == Evidence.context)
        .outerjoin(Outcome, Outcome.uid == Evidence.outcome)
        .outerjoin(Configuration, Configuration.uid == Evidence.configuration)
        .outerjoin(TheoryVersion, TheoryVersion.uid == Evidence.theory_version)
        .outerjoin(Theory, Theory.uid == TheoryVersion.theory)
        .outerjoin(TheoryPart, TheoryPart.uid == Evidence.theory_part)
        .outerjoin(Excerpt, (Excerpt.uid == Evidence.excerpt) & seen(Excerpt, viewer))
        .where(seen(Evidence, viewer))
        .order_by(Evidence.at, Evidence.uid)
    )  # fmt: skip
    if paper:
        statement = statement.where(Evidence.paper.in_(group_of(paper_grouping(connection), paper)))
    at = standing(connection)
    if mechanism:
        statement = statement.where(Evidence.mechanism.in_(at.sources(mechanism)))
    rows = marked(connection, _all(connection, statement))
    further = further_excerpts(connection, viewer=viewer)
    names = dict(connection.execute(select(Mechanism.uid, Mechanism.name)).all())
    asked = at.within([mechanism]) if mechanism in at.whole() else at
    found = []
    for row in rows:
        given = row["mechanism_uid"]
        if mechanism and mechanism not in asked.now("evidence", row["uid"], given):
            continue
        now = at.now("evidence", row["uid"], given) if given else ()
        named = [{"uid": uid, "name": names[uid]} for uid in now]
        found.append({**_of_theory(row), "now": named, "further": further.get(row["uid"], [])})
    return found


def _of_theory(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with what it bears on in words; of a theory, "T1 v2 p3", in place of the numbers."""
    theory, version, part = (row.pop(key) for key in ("theory_number", "version_number", "part_number"))
    said = f"T{theory} v{version}" if theory else ""
    said = f"{said} p{part}" if part else said
    named = row["mechanism"] or row["context"] or row["outcome"] or said
    return {**row, "theory": said, "on": named or f"box #{row['box']}"}


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


def contexts(connection: Connection, *, viewer: str = "") -> Rows:
    """Return the named contexts: level, description, fate, into, and how many elements stand under each now.

    The elements that are tagged, of boxes that count for *viewer*.
    """
    return _tags(connection, KINDS["context"], viewer)


def outcomes(connection: Connection, *, viewer: str = "") -> Rows:
    """Return the named outcomes as :func:`contexts` does, without a level."""
    return _tags(connection, KINDS["outcome"], viewer)


def _tags(connection: Connection, of: Kind, viewer: str) -> Rows:
    at, tag = standing(connection, of.word), of.of(ElementTag)
    tagged = connection.execute(
        select(ElementTag.uid, ElementTag.element, tag)
        .join(Element, Element.uid == ElementTag.element)
        .join(Configuration, Configuration.uid == Element.configuration)
        .where(tag.is_not(None), counted(Configuration, viewer))
    )
    elements: dict[str, set[str]] = defaultdict(set)
    for uid, element, given in tagged:
        for under in at.now("element_tag", uid, given):
            elements[under].add(element)
    table = of.table
    level = (table.level,) if of.word == "context" else ()
    columns = (table.uid, table.number, table.name, *level, table.description, table.priority)
    rows = _all(connection, select(*columns).order_by(table.number))
    names = {row["uid"]: row["name"] for row in rows}
    fates, said = latest_fates(connection, of), latest_descriptions(connection, of)
    return [
        {
            **row,
            "description": said.get(row["uid"], row["description"]),
            "elements": len(elements[row["uid"]]),
            "fate": fates.get(row["uid"], ""),
            "into": [{"uid": uid, "name": names[uid]} for uid in at.into.get(row["uid"], ())],
        }
        for row in rows
    ]
