"""Memos and tags on anything."""

from __future__ import annotations

from sqlalchemy import select

from realist.errors import Refused, WrongUse
from realist.queries.naming import resolve
from realist.services.plan import review_uid
from realist.services.unit import Desk, Unit
from realist.store.tables import Memo, Tag, Tagging
from realist.text import line, paragraphs

SUBJECTS = (
    "review",
    "paper",
    "mechanism",
    "context",
    "outcome",
    "configuration",
    "search",
    "round",
    "consultation",
)


def add_memo(desk: Desk, kind: str, name: str, text: str) -> str:
    """Write a note on a thing of *kind*; return its uid."""
    with desk.unit("write memo", f"{kind} {name}") as work:
        if not line(text):
            raise Refused("An empty memo was not kept.")
        uid = _subject(work, kind, name)
        return work.add(Memo(subject_table=kind, subject=uid, text=paragraphs(text))).uid


def tag(desk: Desk, kind: str, name: str, label: str) -> str:
    """Put a tag on a thing of *kind*, making the tag where it is new; return the tagging's uid."""
    label = line(label)
    with desk.unit("tag", f"{kind} {name}: {label}") as work:
        if not label:
            raise Refused("A tag needs a name.")
        uid = _subject(work, kind, name)
        known = work.connection.execute(select(Tag.uid).where(Tag.name == label)).scalar()
        known = known or work.add(Tag(name=label)).uid
        there = select(Tagging.uid).where(Tagging.tag == known, Tagging.subject == uid)
        found = work.connection.execute(there).scalar()
        return str(found or work.add(Tagging(tag=str(known), subject_table=kind, subject=uid)).uid)


def _subject(work: Unit, kind: str, name: str) -> str:
    if kind == "review":
        return review_uid(work)
    if kind not in SUBJECTS:
        raise WrongUse(f"Nothing can be noted on a {kind!r}: use one of {', '.join(SUBJECTS)}.")
    return resolve(work.connection, kind, name)
