"""In which order papers were read, and what each of them speaks of."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, select

from realist.domain.patterns.saturation import ReadPaper
from realist.queries.extractions import counted, hidden_extractions
from realist.queries.grouping import paper_grouping
from realist.queries.patterns import Accounts
from realist.queries.standing import merges
from realist.store.tables import (
    Act,
    Change,
    Configuration,
    ConfigurationPaper,
    Evidence,
    Excerpt,
    Extraction,
    Reading,
)


def papers_read(connection: Connection, of: Accounts, *, viewer: str = "") -> list[ReadPaper]:
    """Return the papers that were read, in the order in which they were, as *viewer* may see it.

    A paper was read when the first of these was entered of it, or of what was joined into it: a reading,
    evidence, an excerpt, a box, or that its extraction was done. It speaks of the mechanisms that its
    evidence is on, that its boxes stand under and that their parts are tagged with, as they are merged now;
    *of* are the boxes that count.
    """
    grouping, merged = paper_grouping(connection), merges(connection).whole()
    first: dict[str, datetime] = {}
    for paper, at in _entered(connection, viewer):
        whole = grouping[paper]
        first[whole] = min(first.get(whole, at), at)
    mechanisms: dict[str, set[str]] = defaultdict(set)
    on = select(Evidence.paper, Evidence.mechanism).where(
        Evidence.mechanism.is_not(None), counted(Evidence, viewer)
    )
    for paper, mechanism in connection.execute(on):
        mechanisms[grouping[paper]].add(merged[str(mechanism)])
    boxes: dict[str, set[str]] = defaultdict(set)
    for box in of.boxes:
        under = {one.uid for one in box.mechanisms}
        under |= {tag.uid for part in box.elements for tag in part.tags if tag.kind == "mechanism"}
        for paper in of.papers[box.uid]:
            mechanisms[paper] |= under
            boxes[paper].add(box.uid)
    return [
        ReadPaper(paper, at, frozenset(mechanisms[paper]), frozenset(boxes[paper]))
        for paper, at in sorted(first.items(), key=lambda one: (one[1], one[0]))
    ]


def _entered(connection: Connection, viewer: str) -> list[tuple[str, datetime]]:
    """Return by paper when things were entered that show that it was read."""
    found: list[tuple[str, datetime]] = []
    for table in (Reading, Evidence, Excerpt):
        rows = select(table.paper, table.at).where(counted(table, viewer))
        found += [(paper, at) for paper, at in connection.execute(rows)]
    boxes = (
        select(ConfigurationPaper.paper, Configuration.at)
        .join(Configuration, Configuration.uid == ConfigurationPaper.configuration)
        .where(counted(Configuration, viewer))
    )
    found += [(paper, at) for paper, at in connection.execute(boxes)]
    return found + _done(connection, viewer)


def _done(connection: Connection, viewer: str) -> list[tuple[str, datetime]]:
    """Return when extractions that are done were done first, by the log."""
    of = Extraction
    hidden = hidden_extractions(connection, viewer=viewer)
    rows = select(of.uid, of.paper).where(of.done, of.ended == "")
    papers = {uid: paper for uid, paper in connection.execute(rows) if uid not in hidden}
    if not papers:
        return []
    changes = (
        select(Change.row, Change.after, Act.at)
        .join(Act, Act.uid == Change.act)
        .where(Change.table_name == of.__tablename__, Change.after.is_not(None))
        .order_by(Act.number)
    )
    when: dict[str, datetime] = {}
    for uid, after, at in connection.execute(changes):
        if uid in papers and json.loads(after or "{}").get("done"):
            when.setdefault(uid, at)
    return [(papers[uid], at) for uid, at in when.items()]
