"""The boxes among which patterns are looked for, with the papers and studies that they are of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from realist.domain.configuration import TAG_KINDS, Box, BoxElement, Ref
from realist.domain.patterns.counting import Behind, behind
from realist.queries.boxes import boxes, numbers
from realist.queries.extractions import counted
from realist.queries.grouping import Grouping, paper_grouping
from realist.queries.kin import studies
from realist.queries.sets import labels
from realist.queries.standing import merges
from realist.store.tables import Configuration, Context, Mechanism, Outcome
from realist.vocabulary import ConfigurationStatus


@dataclass(frozen=True, slots=True)
class Accounts:
    """Boxes that count and were not dropped, in the order of their numbers.

    Papers are named as they are read now, and mechanisms, contexts and outcomes as what they went into, so
    that what was joined or merged is one; what went into several stays itself. ``papers`` says of which
    papers a box is: those named by it, else those that its quotations are from. ``studies`` says which
    studies a paper is about.
    """

    boxes: tuple[Box, ...]
    numbers: Mapping[str, int]
    papers: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    studies: Mapping[str, tuple[str, ...]]

    def named(self, uid: str) -> Box:
        """Return the box *uid*; KeyError where it does not count or was dropped."""
        found = next((box for box in self.boxes if box.uid == uid), None)
        if found is None:
            raise KeyError(uid)
        return found

    def behind(self, uids: Iterable[str]) -> Behind:
        """Return how many papers, and independent ones, the boxes *uids* are of."""
        return behind({paper for uid in uids for paper in self.papers.get(uid, ())}, self.studies)


def accounts(connection: Connection, *, viewer: str = "") -> Accounts:
    """Return the boxes of the review among which *viewer* can look for patterns."""
    counting = set(
        connection.execute(select(Configuration.uid).where(counted(Configuration, viewer))).scalars()
    )
    grouping, merged = paper_grouping(connection), Grouping()
    for kind in TAG_KINDS:
        merged.update(merges(connection, kind).whole())
    called = _called(connection, set(merged.values()))
    kept = [
        _as_read(box, merged, called)
        for box in boxes(connection, viewer=viewer)
        if box.uid in counting and box.status is not ConfigurationStatus.DROPPED
    ]
    papers = {box.uid: _papers(box, grouping) for box in kept}
    about: dict[str, list[str]] = defaultdict(list)
    for study in studies(connection):
        for paper in study["papers"]:
            about[paper["uid"]].append(study["uid"])
    return Accounts(
        tuple(kept),
        numbers(connection, viewer=viewer),
        papers,
        labels(connection, sorted({paper for of in papers.values() for paper in of})),
        {paper: tuple(of) for paper, of in about.items()},
    )


def _called(connection: Connection, uids: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in (Mechanism, Context, Outcome) if uids else ():
        found |= dict(connection.execute(select(table.uid, table.name).where(table.uid.in_(uids))).all())
    return found


def _papers(box: Box, grouping: Mapping[str, str]) -> tuple[str, ...]:
    quoted = (source.paper for element in box.elements for source in element.sources if source.paper)
    refs = box.papers or quoted
    return tuple(dict.fromkeys(grouping[paper.uid] for paper in refs))


def _as_read(box: Box, merged: Mapping[str, str], called: Mapping[str, str]) -> Box:
    """Return a box whose mechanisms, contexts and outcomes are those that they went into."""
    gone = {uid for uid in (*_tagged(box), *(one.uid for one in box.mechanisms)) if merged[uid] != uid}
    if not gone:
        return box
    under = (
        replace(one, uid=merged[one.uid], name=called[merged[one.uid]]) if one.uid in gone else one
        for one in box.mechanisms
    )
    once: dict[str, Ref] = {}
    for one in under:
        once.setdefault(one.uid, one)
    elements = tuple(_tags_as_read(element, gone, merged, called) for element in box.elements)
    return replace(box, mechanisms=tuple(once.values()), elements=elements)


def _tagged(box: Box) -> list[str]:
    return [tag.uid for element in box.elements for tag in element.tags]


def _tags_as_read(
    element: BoxElement, gone: set[str], merged: Mapping[str, str], called: Mapping[str, str]
) -> BoxElement:
    tags = (
        replace(tag, uid=merged[tag.uid], name=called[merged[tag.uid]]) if tag.uid in gone else tag
        for tag in element.tags
    )
    return replace(element, tags=tuple(dict.fromkeys(tags)))
