"""Memos and tags on anything."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from realist.errors import NotFound, Refused, WrongUse
from realist.queries.grouping import parts_of, wholes_of
from realist.queries.naming import resolve
from realist.queries.naming_boxes import resolve_any
from realist.queries.naming_things import thing_named
from realist.queries.seen import known_tags, tagged
from realist.services.history import use_of
from realist.services.plan import review_uid
from realist.services.unit import Desk, Unit
from realist.store.tables import Memo, Paper, Tag, Tagging, table_of
from realist.store.visible import arrived
from realist.text import fold, line, paragraphs, shorten

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
"""The tables of things that can be tagged; a memo can be on a thing of any kind."""


def add_memo(desk: Desk, kind: str, name: str, text: str) -> str:
    """Write a note on a thing of *kind* (of :data:`realist.queries.naming_things.KINDS`); return its uid."""
    with desk.unit("write memo", f"{kind} {name}") as work:
        if not line(text):
            raise Refused("An empty memo was not kept.")
        thing = thing_named(work.connection, kind, name, viewer=desk.initials)
        return work.add(Memo(subject_table=thing.table, subject=thing.uid, text=paragraphs(text))).uid


def edit_memo(desk: Desk, memo: str, text: str, *, reason: str = "") -> str:
    """Word a memo (uid) anew; the log keeps what it was. Return its uid."""
    with desk.unit("edit memo", reason=reason) as work:
        if not line(text):
            raise Refused("An empty memo was not kept: to take a memo out, drop it.")
        uid = thing_named(work.connection, "memo", memo, viewer=desk.initials).uid
        work.act.subject = _noted(work, uid)
        work.change(Memo, uid, text=paragraphs(text))
        return uid


def drop_memo(desk: Desk, memo: str, *, reason: str = "") -> str:
    """Take a memo (uid) out; the log keeps it. Return its uid."""
    with desk.unit("drop memo", reason=reason) as work:
        uid = thing_named(work.connection, "memo", memo, viewer=desk.initials).uid
        if used := use_of(work, table_of(Memo), Memo.uid == uid, set()):
            raise Refused(f"Nothing was changed: {used}. Take that back first.")
        work.act.subject = _noted(work, uid)
        work.remove(Memo, uid)
        return uid


def _noted(work: Unit, memo: str) -> str:
    """Return what a memo is on, as its writing was logged: a kind and a name or uid."""
    row = work.row(Memo, memo)
    return f"{row['subject_table']} {row['subject']}"


def tag(desk: Desk, kind: str, name: str, label: str) -> str:
    """Put a tag on a thing of *kind*, making the tag where it is new; return the tagging's uid."""
    label = line(label)
    with desk.unit("tag", f"{kind} {name}: {label}") as work:
        known = _tag_to_put(work, label)
        return _put(work, known, kind, _subject(work, kind, name), desk.initials)


def untag(desk: Desk, kind: str, name: str, label: str) -> None:
    """Take a tag off a thing of *kind*; the tag stays for other things."""
    with desk.unit("untag", f"{kind} {name}: {line(label)}") as work:
        uid = _subject(work, kind, name)
        if not _take_off(work, _known_tag(work, label, desk.initials), [uid], desk.initials):
            raise Refused(f"The {kind} {shorten(name, 60)} has no tag {shorten(label, 60)!r}.")


def tag_papers(desk: Desk, papers: Sequence[str], label: str) -> int:
    """Put a tag on papers in one act, making the tag where it is new; return how many did not have it.

    The tag of a paper that was joined into another goes to that one. While a round is blind, a paper has the
    tags that the person at the desk may see, and others put theirs beside.
    """
    label = line(label)
    with desk.unit("tag papers", f"{_counted(papers)}: {label}") as work:
        known = _tag_to_put(work, label)
        found = _resolved(work, papers)
        wholes = wholes_of(work.connection, found)
        on = select(Tagging.subject).where(Tagging.tag == known)
        there = {paper for (paper,) in tagged(work.connection, on, viewer=desk.initials)}
        new = [uid for uid in dict.fromkeys(wholes[uid] for uid in found) if uid not in there]
        for uid in new:
            work.add(Tagging(tag=known, subject_table="paper", subject=uid))
        return len(new)


def untag_papers(desk: Desk, papers: Sequence[str], label: str) -> int:
    """Take a tag off papers, and off what was joined into them, in one act; return how many had it."""
    with desk.unit("untag papers", f"{_counted(papers)}: {line(label)}") as work:
        tag_ = _known_tag(work, label, desk.initials)
        found = _resolved(work, papers)
        of = parts_of(work.connection, list(wholes_of(work.connection, found).values()))
        return len({of[paper] for paper in _take_off(work, tag_, list(of), desk.initials)})


def _resolved(work: Unit, papers: Sequence[str]) -> list[str]:
    """Return the uids of papers that are named; those that are uids are looked up many at a time."""
    known: set[str] = set()
    for start in range(0, len(papers), 500):
        some = select(Paper.uid).where(Paper.uid.in_(papers[start : start + 500]), arrived())
        known |= set(work.connection.execute(some).scalars())
    return [name if name in known else resolve(work.connection, "paper", name) for name in papers]


def _counted(papers: Sequence[str]) -> str:
    return papers[0] if len(papers) == 1 else f"{len(papers):,} papers"


def _tag_to_put(work: Unit, label: str) -> str:
    if not label:
        raise Refused("A tag needs a name.")
    known = work.connection.execute(select(Tag.uid).where(Tag.name == label)).scalar()
    return str(known or work.add(Tag(name=label)).uid)


def _known_tag(work: Unit, label: str, viewer: str) -> str:
    """Return the tag of a name, compared folded where none is written so; or raise NotFound."""
    known = known_tags(work.connection, viewer=viewer).items()
    tags = sorted(known, key=lambda row: row[1])
    sought = line(label)
    for same in (lambda name: name == sought, lambda name: fold(name) == fold(sought)):
        if found := next((uid for uid, name in tags if same(name)), None):
            return found
    there = ", ".join(shorten(name, 30) for _, name in tags[:8]) or "none is used yet"
    raise NotFound(f"There is no tag {shorten(sought, 60)!r} in this review. Its tags: {there}.")


def _put(work: Unit, tag_: str, kind: str, subject: str, viewer: str) -> str:
    """Return the uid of the tagging, a new one where *viewer* sees none."""
    on = select(Tagging.subject, Tagging.uid).where(Tagging.tag == tag_, Tagging.subject == subject)
    there = tagged(work.connection, on.order_by(Tagging.uid), viewer=viewer)
    if there:
        return str(there[0][1])
    return work.add(Tagging(tag=tag_, subject_table=kind, subject=subject)).uid


def _take_off(work: Unit, tag_: str, subjects: Sequence[str], viewer: str) -> list[str]:
    """Take a tag off things on which *viewer* sees it; return those."""
    on = select(Tagging.subject, Tagging.uid).where(Tagging.tag == tag_, Tagging.subject.in_(subjects))
    found = tagged(work.connection, on.order_by(Tagging.uid), viewer=viewer)
    for _, uid in found:
        work.remove(Tagging, uid)
    return [subject for subject, _ in found]


def _subject(work: Unit, kind: str, name: str) -> str:
    if kind == "review":
        return review_uid(work)
    if kind not in SUBJECTS:
        raise WrongUse(f"No tag can be put on a {kind!r}: use one of {', '.join(SUBJECTS)}.")
    return resolve_any(work.connection, kind, name, viewer=work.initials)
