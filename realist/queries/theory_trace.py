"""From what bears on a theory down to the page: parts of boxes and claims, what they rest on, by whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from realist.domain.configuration import Box, Source
from realist.queries.boxes import boxes, numbers
from realist.queries.excerpts import anchors
from realist.queries.extractions import seen
from realist.queries.grouping import paper_grouping
from realist.queries.sets import labels
from realist.queries.theory import further_excerpts
from realist.queries.theory_bearing import BOX, Borne
from realist.store.tables import DocumentText, Evidence, Excerpt, Person
from realist.text import line
from realist.vocabulary import RelationKind, SourceKind

_AT_ONCE = 500


class Rests(NamedTuple):
    """What a part or a claim rests on.

    An excerpt has its words, the place as printed, the page it was found on (0 where it is not known), its
    paper (uid and label) and who kept it; what else there is has a kind and words.
    """

    kind: str
    words: str
    locator: str = ""
    page: int = 0
    paper: str = ""
    label: str = ""
    by: str = ""
    excerpt: str = ""

    @property
    def place(self) -> str:
        """The place as printed, else the page."""
        return self.locator or (f"p. {self.page}" if self.page else "")


class Traced(NamedTuple):
    """A part of a box, or a claim, with what it rests on.

    ``box``, ``number`` and ``called`` are of the box, "" and 0 of a claim; ``through`` is true of the parts
    of boxes that the one rests on that bears.
    """

    kind: str
    words: str
    basis: str
    box: str
    number: int
    called: str
    through: bool
    rests: tuple[Rests, ...]


def traces(
    connection: Connection, found: Sequence[Borne], *, viewer: str = ""
) -> dict[str, tuple[Traced, ...]]:
    """Return by uid of what bears on a theory its parts or its claim, down to excerpts, pages and persons."""
    wanted = {one.of for one in found if one.kind == BOX}
    known: dict[str, Box] = {}
    ahead = wanted
    while ahead:
        read = boxes(connection, uids=ahead, viewer=viewer)
        known |= {box.uid: box for box in read}
        ahead = {uid for box in read for uid in _rests_on(box)} - known.keys()
    pieces = _excerpts_of_claims(connection, {one.uid for one in found if one.kind != BOX}, viewer)
    uids = {source.excerpt for box in known.values() for part in box.elements for source in part.sources}
    uids |= {uid for of in pieces.values() for uid in of}
    quoted = _quoted(connection, uids - {""}, viewer)
    called = numbers(connection, viewer=viewer) if known else {}
    result = {}
    for one in found:
        if one.kind == BOX:
            reached = _reached(one.of, known)
            result[one.uid] = tuple(
                part
                for uid in reached
                for part in _parts(known[uid], called.get(uid, 0), uid != one.of, quoted)
            )
        else:
            rests = tuple(quoted[uid] for uid in pieces.get(one.uid, ()) if uid in quoted)
            result[one.uid] = (Traced("claim", one.reason, "", "", 0, "", False, rests),)
    return result


def _rests_on(box: Box) -> list[str]:
    return [one.configuration.uid for one in box.relations if one.kind is RelationKind.RESTS_ON]


def _reached(box: str, known: dict[str, Box]) -> list[str]:
    found = [box] if box in known else []
    for uid in found:
        found += [of for of in _rests_on(known[uid]) if of in known and of not in found]
    return found


def _parts(box: Box, number: int, through: bool, quoted: dict[str, Rests]) -> list[Traced]:
    name = line(box.label or box.title)
    return [
        Traced(
            str(part.part.kind), part.part.text, str(part.part.basis or ""), box.uid, number, name, through,
            tuple(_rests(source, quoted) for source in part.sources),
        )
        for part in box.elements
    ]  # fmt: skip


def _rests(source: Source, quoted: dict[str, Rests]) -> Rests:
    found = quoted.get(source.excerpt)
    if found is not None:
        return found
    if source.kind is SourceKind.EXCERPT:
        return Rests(str(source.kind), source.quotation, source.locator)
    return Rests(str(source.kind), source.said)


def _excerpts_of_claims(
    connection: Connection, evidence: Collection[str], viewer: str
) -> dict[str, list[str]]:
    if not evidence:
        return {}
    further = further_excerpts(connection, viewer=viewer)
    found: dict[str, list[str]] = {}
    wanted = sorted(evidence)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = select(Evidence.uid, Evidence.excerpt).where(
            Evidence.uid.in_(wanted[start : start + _AT_ONCE]), seen(Evidence, viewer)
        )
        for uid, excerpt in connection.execute(rows):
            found[uid] = ([excerpt] if excerpt else []) + [row["excerpt"] for row in further.get(uid, ())]
    return found


def _quoted(connection: Connection, uids: Collection[str], viewer: str) -> dict[str, Rests]:
    """Return excerpts that *viewer* may see: words, place, page where the text has pages, paper, person."""
    wanted = sorted(uids)
    rows: list[Any] = []
    for start in range(0, len(wanted), _AT_ONCE):
        some = (
            select(Excerpt.uid, Excerpt.quotation, Excerpt.locator, Excerpt.paper, Person.initials)
            .join(Person, Person.uid == Excerpt.person)
            .where(Excerpt.uid.in_(wanted[start : start + _AT_ONCE]), seen(Excerpt, viewer))
        )
        rows += connection.execute(some).all()
    if not rows:
        return {}
    papers = paper_grouping(connection)
    names = labels(connection, list({papers[row.paper] for row in rows}))
    paged = set(connection.execute(select(DocumentText.uid).where(DocumentText.pages > 1)).scalars())
    pages: dict[str, int] = {}
    for start in range(0, len(rows), _AT_ONCE):
        some_uids = [row.uid for row in rows[start : start + _AT_ONCE]]
        for uid, places in anchors(connection, some_uids).items():
            pages[uid] = next((one.page for one in places if one.page and one.text in paged), 0)
    return {
        row.uid: Rests(
            str(SourceKind.EXCERPT), row.quotation, row.locator, pages.get(row.uid, 0), papers[row.paper],
            names[papers[row.paper]], row.initials, row.uid,
        )
        for row in rows
    }  # fmt: skip
