"""The retroduction log: every part of a box that a reviewer inferred, how, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from realist.queries.beside import memos
from realist.queries.extractions import counted
from realist.queries.sets import labels
from realist.queries.subjects import papers_of
from realist.store.tables import Configuration, Element, ElementSource, Person
from realist.text import line
from realist.vocabulary import Basis, ConfigurationStatus, SourceKind


class Inferred(NamedTuple):
    """A part of a box that was inferred: ``how`` is abduction, retroduction, or "" where nobody said.

    ``memos`` are the inferences that it rests on and the memos written on it, in words; ``by`` and ``at`` say
    who made the part, and when.
    """

    uid: str
    kind: str
    text: str
    how: str
    memos: tuple[str, ...]
    box: str
    number: int
    label: str
    papers: tuple[str, ...]
    by: str
    at: datetime


class Retroduction(NamedTuple):
    """The inferred parts, by number of their box, and how many parts there are; of boxes not dropped."""

    inferred: tuple[Inferred, ...]
    parts: int
    without_basis: int
    """So many parts of which nobody said whether they are stated or inferred."""

    @property
    def bare(self) -> tuple[Inferred, ...]:
        """The inferred parts without a memo."""
        return tuple(one for one in self.inferred if not one.memos)


def retroduction(connection: Connection, *, viewer: str = "") -> Retroduction:
    """Return the retroduction log of the boxes that *viewer* may see and that count."""
    of, box = Element, Configuration
    counts = (counted(box, viewer), box.status != ConfigurationStatus.DROPPED)
    every = select(of.basis, func.count()).join(box, box.uid == of.configuration).where(*counts)
    parts = dict(connection.execute(every.group_by(of.basis)).all())
    rows = connection.execute(
        select(
            of.uid, of.kind, of.text, of.inference, of.configuration, box.number, box.label, Person.initials,
            of.at,
        )
        .join(box, box.uid == of.configuration)
        .join(Person, Person.uid == of.person)
        .where(of.basis == Basis.INFERRED, *counts)
        .order_by(box.number, of.position)
    ).all()  # fmt: skip
    uids = [row.uid for row in rows]
    why = _why(connection, uids, viewer)
    papers = papers_of(connection, {("element", uid) for uid in uids})
    names = labels(connection, list({paper for some in papers.values() for paper in some}))
    found = tuple(
        Inferred(
            row.uid, row.kind, row.text, row.inference or "", tuple(why[row.uid]), row.configuration,
            row.number, row.label, tuple(names[paper] for paper in papers.get(("element", row.uid), ())),
            row.initials, row.at,
        )
        for row in rows
    )  # fmt: skip
    return Retroduction(found, sum(parts.values()), parts.get(None, 0))


_AT_ONCE = 500


def _why(connection: Connection, uids: Collection[str], viewer: str) -> dict[str, list[str]]:
    """Return by part the inferences that it rests on, in words, and the memos on it."""
    found: dict[str, list[str]] = defaultdict(list)
    wanted, of = list(uids), ElementSource
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        inferences = select(of.element, of.text).where(of.element.in_(some), of.kind == SourceKind.INFERENCE)
        for element, text in connection.execute(inferences.order_by(of.element, of.position)):
            if line(text):
                found[element].append(text)
        for memo in memos(connection, "element", *some, viewer=viewer):
            found[memo["on"]].append(memo["text"])
    return found


def share(found: Retroduction) -> dict[str, Any]:
    """Return the sums: parts, inferred, by how, without a memo, without a basis, and the share inferred."""
    how = {word: sum(one.how == word for one in found.inferred) for word in ("abduction", "retroduction", "")}
    return {
        "parts": found.parts, "inferred": len(found.inferred), "abduction": how["abduction"],
        "retroduction": how["retroduction"], "not_said": how[""], "without_memo": len(found.bare),
        "without_basis": found.without_basis,
        "share": round(len(found.inferred) / found.parts, 4) if found.parts else None,
    }  # fmt: skip
