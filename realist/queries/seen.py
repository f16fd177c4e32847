"""What people put on papers, as far as a person may see it: that of others waits while a round is blind.

Tags, memos, codes, appraisals, answers to forms. What was put on something of an extraction that waits waits
too.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from realist.queries.blind import anything_hidden, blind, person_of, secret_rounds
from realist.queries.extractions import hidden_things, under_way
from realist.queries.subjects import about, papers_of
from realist.store.tables import Answer, Appraisal, Coding, Extraction, Memo, Round, Tag, Tagging


def tagged(connection: Connection, statement: Any, *, viewer: str = "") -> list[tuple[Any, ...]]:
    """Return the rows of a statement about ``Tagging`` that *viewer* may see; its first column: the paper."""
    return _seen(connection, statement, Tagging, viewer)


def noted(connection: Connection, statement: Any, *, viewer: str = "") -> list[tuple[Any, ...]]:
    """Return the rows of a statement about ``Memo`` that *viewer* may see; its first column: the subject.

    What is noted on something of a paper is hidden as long as a tag on that paper is; a memo on a memo, or on
    what was said, with what those are about.
    """
    if not anything_hidden(connection):
        return [tuple(row) for row in connection.execute(statement)]
    hidden = hidden_things(connection, viewer=viewer)
    signed = statement.add_columns(
        Memo.subject_table.label("noted_table"), Memo.person.label("who_put_it"), Memo.at.label("put_at")
    )
    rows = list(map(tuple, connection.execute(signed)))
    whole = about(connection, {(row[-3], row[0]) for row in rows})
    of = papers_of(connection, set(whole.values()))
    unseen = blind(connection, viewer, {paper for papers in of.values() for paper in papers})
    return [
        row[:-3]
        for row in rows
        if (thing := whole[row[-3], row[0]])[1] not in hidden
        and not any(unseen.hides_note(paper, *row[-2:]) for paper in of.get(thing, ()))
    ]


def appraised(connection: Connection, statement: Any, *, viewer: str = "") -> list[tuple[Any, ...]]:
    """Return the rows of a statement about ``Appraisal`` that *viewer* may see; its first column: a paper."""
    return _seen(connection, statement, Appraisal, viewer)


def answered(connection: Connection, statement: Any, *, viewer: str = "") -> list[tuple[Any, ...]]:
    """Return the rows of a statement about ``Answer`` that *viewer* may see; its first column: the paper."""
    return _seen(connection, statement, Answer, viewer)


def coded(connection: Connection, statement: Any, *, viewer: str = "") -> list[tuple[Any, ...]]:
    """Return the rows of a statement about ``Coding`` that *viewer* may see.

    Its first columns: table and uid of the subject. What is coded in a paper is hidden as long as a tag on
    that paper is.
    """
    hidden = hidden_things(connection, viewer=viewer)
    if not anything_hidden(connection):
        return [tuple(row) for row in connection.execute(statement) if row[1] not in hidden]
    signed = statement.add_columns(Coding.person.label("who_put_it"), Coding.at.label("put_at"))
    rows = list(map(tuple, connection.execute(signed)))
    of = papers_of(connection, {(row[0], row[1]) for row in rows})
    unseen = blind(connection, viewer, {paper for papers in of.values() for paper in papers})
    return [
        row[:-2]
        for row in rows
        if row[1] not in hidden
        and not any(unseen.hides_note(paper, *row[-2:]) for paper in of.get((row[0], row[1]), ()))
    ]


def _seen(connection: Connection, statement: Any, of: Any, viewer: str) -> list[tuple[Any, ...]]:
    hidden = hidden_things(connection, viewer=viewer)
    if not anything_hidden(connection):
        return [tuple(row) for row in connection.execute(statement) if row[0] not in hidden]
    signed = statement.add_columns(of.person.label("who_put_it"), of.at.label("put_at"))
    rows = list(map(tuple, connection.execute(signed)))
    unseen = blind(connection, viewer, {row[0] for row in rows})
    return [row[:-2] for row in rows if row[0] not in hidden and not unseen.hides_note(row[0], *row[-2:])]


def hidden_memos(connection: Connection, *, viewer: str = "") -> frozenset[str]:
    """Return the uids of the memos that *viewer* may not see."""
    every = select(Memo.subject, Memo.uid)
    if not anything_hidden(connection):
        return frozenset()
    seen = {uid for _, uid in noted(connection, every, viewer=viewer)}
    return frozenset(uid for _, uid in connection.execute(every) if uid not in seen)


def known_tags(connection: Connection, *, viewer: str = "") -> dict[str, str]:
    """Return the names by uid of the tags that *viewer* may know of.

    While a round is blind, a tag that another made since it began is known when it is on something that may
    be seen: the word alone would say what they think.
    """
    rows = connection.execute(select(Tag.uid, Tag.name, Tag.person, Tag.at)).all()
    began = secret_since(connection)
    if began is not None:
        who = person_of(connection, viewer)
        new = {row.uid for row in rows if row.at >= began and row.person != who}
        if new:
            on = select(Tagging.subject, Tagging.tag).where(Tagging.tag.in_(new))
            seen = {tag for _, tag in tagged(connection, on, viewer=viewer)}
            rows = [row for row in rows if row.uid not in new or row.uid in seen]
    return {row.uid: row.name for row in rows}


def secret_since(connection: Connection) -> datetime | None:
    """Return since when something is hidden from somebody; None where nothing is."""
    began = []
    if rounds := secret_rounds(connection):
        first = select(func.min(Round.at)).where(Round.uid.in_(rounds))
        began.append(connection.execute(first).scalar_one())
    if under_way(connection):
        first = select(func.min(Extraction.at)).where(Extraction.independent_until.is_(None))
        began.append(connection.execute(first).scalar_one())
    return min(began, default=None)
