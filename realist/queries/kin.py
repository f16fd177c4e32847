"""Papers that belong together without being one document: related ones, and those of one study."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from realist.queries.grouping import group_of, paper_grouping
from realist.store.tables import Paper, Person, RelatedPaper, Study, StudyPaper

Rows = list[dict[str, Any]]


def related(connection: Connection, uid: str) -> Rows:
    """Return the papers related to a paper, or to what was joined into it: by number, each once.

    Each with uid, number, label, title, ``kind`` (what one of the two is to the other), reason, ``by``.
    """
    grouping = paper_grouping(connection)
    group = set(group_of(grouping, grouping[uid]))
    of = RelatedPaper
    rows = connection.execute(
        select(of.one, of.other, of.kind, of.reason, Person.initials.label("by"))
        .join(Person, Person.uid == of.person)
        .where(of.ended == "", of.one.in_(group) | of.other.in_(group))
        .order_by(of.at, of.uid)
    ).all()
    ends = {grouping[row.other if row.one in group else row.one]: row for row in rows}
    named = select(Paper.uid, Paper.number, Paper.label, Paper.title).where(Paper.uid.in_(ends))
    return [
        {**paper, "kind": row.kind, "reason": row.reason, "by": row.by}
        for paper in connection.execute(named.order_by(Paper.number)).mappings()
        for row in (ends[paper["uid"]],)
        if paper["uid"] not in group
    ]


def studies(connection: Connection, paper: str = "") -> Rows:
    """Return the studies by name, or those that *paper* is about, with what each is part of and its papers.

    Each with uid, name, kind, ``within`` (the name of the larger study), note, and ``papers``: uid, number,
    label and title by number, joined ones once.
    """
    grouping = paper_grouping(connection)
    listed: dict[str, list[str]] = {}
    for study, member in connection.execute(select(StudyPaper.study, StudyPaper.paper)):
        of = listed.setdefault(study, [])
        if grouping[member] not in of:
            of.append(grouping[member])
    names = dict(connection.execute(select(Study.uid, Study.name)).all())
    uids = {member for members in listed.values() for member in members}
    named = select(Paper.uid, Paper.number, Paper.label, Paper.title).where(Paper.uid.in_(uids))
    papers = {row["uid"]: dict(row) for row in connection.execute(named).mappings()}
    rows = select(Study.uid, Study.name, Study.kind, Study.within, Study.note).order_by(Study.name)
    return [
        {
            **row,
            "within": names.get(row["within"], ""),
            "papers": sorted((papers[uid] for uid in members), key=lambda one: int(one["number"])),
        }
        for row in connection.execute(rows).mappings()
        for members in (listed.get(row["uid"], []),)
        if not paper or grouping[paper] in members
    ]
