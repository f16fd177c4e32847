"""What changed for somebody who goes through a pile, and where they stopped: without reading it anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from realist.queries.blind import blind, person_of
from realist.queries.grouping import Grouping, parts_of, wholes_of
from realist.queries.log import last_number
from realist.queries.piles import Item, items_of
from realist.store.tables import Act, Change, Decision, Entry, Tag, Tagging
from realist.vocabulary import Verdict

MOST = 1000
"""Of more changes than these, nothing is read: the pile is read anew."""
_WHOLE = {"round", "reason", "entry", "assignment", "paper_join"}
_ENTRIES = {"decision", "parking"}
_TEXTS = {"paper": "uid", "paper_text": "uid", "record": "paper", "tagging": "subject"}
_TERMS = "highlight"


class News(NamedTuple):
    """What acts changed, up to the one with ``number``, for who goes through a pile.

    ``whole``: the pile has to be read anew; else ``items`` says by paper how those stand whose entries were
    touched (None: not in the pile). ``texts``: papers of which something else is read now; ``terms``: other
    terms are marked.
    """

    number: int
    whole: bool = False
    items: dict[str, Item | None] = {}  # noqa: RUF012
    texts: frozenset[str] = frozenset()
    terms: bool = False


def news(connection: Connection, round_: str, since: int, *, viewer: str, handed: bool) -> News:
    """Return what changed for the pile of *viewer* in a round (uid) after the act with number *since*."""
    number = last_number(connection)
    rows = connection.execute(
        select(Change.table_name, Change.row, Change.before, Change.after)
        .join(Act, Act.uid == Change.act)
        .where(Act.number > since, Act.number <= number)
        .limit(MOST + 1)
    ).all()
    tables = {row.table_name for row in rows}
    if len(rows) > MOST or tables & _WHOLE:
        return News(number, whole=True, terms=True)
    entries = {_of(row, "entry") for row in rows if row.table_name in _ENTRIES}
    papers = {_of(row, _TEXTS[row.table_name]) for row in rows if row.table_name in _TEXTS}
    items = items_of(connection, round_, entries, viewer=viewer, handed=handed) if entries else {}
    texts = frozenset(wholes_of(connection, papers).values()) if papers else frozenset()
    return News(number, False, items, texts, _TERMS in tables)


def _of(change: Any, column: str) -> str:
    row: dict[str, Any] = json.loads(change.after or change.before)
    return str(row.get(column) or "")


def entries_of_act(connection: Connection, number: int) -> dict[str, str] | None:
    """Return the entries that an act decided on or put aside, with its note; None where it did else."""
    rows = connection.execute(
        select(Change.table_name, Change.before, Change.after)
        .join(Act, Act.uid == Change.act)
        .where(Act.number == number)
        .limit(MOST)
    ).all()
    if not rows or {row.table_name for row in rows} - _ENTRIES - {"decision_reason"}:
        return None
    found: dict[str, str] = {}
    for row in rows:
        if row.table_name in _ENTRIES:
            entry = _of(row, "entry")
            found[entry] = found.get(entry) or _of(row, "note")
    return found


def lately(
    connection: Connection, round_: str, since: datetime, *, viewer: str, limit: int
) -> list[datetime]:
    """Return when *viewer* decided in a round (uid) after a moment, in order: the latest *limit* times."""
    made = (
        select(Decision.at)
        .join(Entry, Entry.uid == Decision.entry)
        .where(Entry.round == round_, Decision.person == person_of(connection, viewer))
        .where(Decision.at > since, Decision.verdict != Verdict.UNDECIDED)
    )
    latest = made.order_by(Decision.at.desc()).limit(limit)
    return list(connection.execute(latest).scalars())[::-1]


def left_at(connection: Connection, round_: str, *, viewer: str) -> str:
    """Return the entry on which *viewer* decided last in a round (uid); "" where on none."""
    made = (
        select(Decision.entry)
        .join(Entry, Entry.uid == Decision.entry)
        .where(Entry.round == round_, Decision.person == person_of(connection, viewer))
        .where(Decision.verdict != Verdict.UNDECIDED)
    )
    last = made.order_by(Decision.at.desc(), Decision.uid.desc()).limit(1)
    return str(connection.execute(last).scalar() or "")


def tags_of(connection: Connection, papers: Sequence[str], *, viewer: str) -> dict[str, tuple[str, ...]]:
    """Return the tags on some papers, as they are read now, that *viewer* may see; at most some hundred."""
    of = Grouping(parts_of(connection, papers))
    unseen = blind(connection, viewer, papers)
    rows = connection.execute(
        select(Tagging.subject, Tagging.person, Tagging.at, Tag.name)
        .join(Tag, Tag.uid == Tagging.tag)
        .where(Tagging.subject_table == "paper", Tagging.subject.in_(list(of)))
        .order_by(Tag.name)
    )
    found: dict[str, dict[str, None]] = {}
    for subject, person, at, name in rows:
        if not unseen.hides_note(subject, person, at):
            found.setdefault(of[subject], {})[name] = None
    return {paper: tuple(names) for paper, names in found.items()}
