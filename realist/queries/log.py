"""The log, newest first, as far as one who looks may see it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from realist.queries.shown import (
    INNER,
    TELLING,
    Shown,
    bare,
    confidential,
    in_confidence,
    shown,
    signature,
    with_verdicts,
)
from realist.store.tables import Act, Change, Person
from realist.store.tables.base import aliased
from realist.text import fold
from realist.vocabulary import Verdict

_AT_ONCE = 500
_VERDICTS = " ".join(Verdict)
_PLAIN = "decide tag untag write edit drop memo resolve park extract paper papers #"
"""The words of an act of which something is hidden, beside its intention and numbers."""
_SAID = select(Act.uid, Act.person.label("who"), Act.at, Act.intention, Act.subject, Act.reason, Act.undoes)


def acts(
    connection: Connection,
    *,
    person: str = "",
    before: int = 0,
    limit: int | None = 30,
    words: str = "",
    intention: str = "",
    uids: Sequence[str] | None = None,
    viewer: str = "",
) -> list[dict[str, Any]]:
    """Return acts by number, newest first: all or one person's, before number *before*, of *uids*.

    With *words*, those whose intention, subject and reason together hold each of them, compared folded;
    with *intention* (of :func:`intentions`), those meant exactly so. A decision is shown with its verdict
    ("decide include"); of what *viewer* may not see yet, only that it was done, to which paper, and when.
    """
    undo, again = aliased(Act), aliased(Act)
    redone = select(again.uid).where(again.undoes == undo.uid)
    undone = select(undo.uid).where(undo.undoes == Act.uid, ~redone.exists())
    changes = select(func.count()).where(Change.act == Act.uid).scalar_subquery()
    statement = (
        select(
            Act.uid, Act.number, Act.at, Person.initials.label("person"), Act.intention, Act.subject,
            Act.reason, Act.undoes, undone.exists().label("undone"), changes.label("changes"),
            Act.person.label("who"),
        )
        .join(Person, Person.uid == Act.person)
        .order_by(Act.number.desc())
        .limit(limit)
    )  # fmt: skip
    if person:
        statement = statement.where(Act.person == person)
    if before:
        statement = statement.where(Act.number < before)
    if intention:
        meant = bare(intention)
        older = [f"{meant} {verdict}" for verdict in Verdict] if meant == "decide" else []
        statement = statement.where(Act.intention.in_([meant, *older]))
    if uids is None and not words.strip():
        return _rows(connection, statement, viewer)
    if uids is None:
        uids = _holding(connection, statement, fold(words).split(), limit, viewer)
    some = (uids[start : start + _AT_ONCE] for start in range(0, len(uids), _AT_ONCE))
    return [row for part in some for row in _rows(connection, statement.where(Act.uid.in_(part)), viewer)]


def _rows(connection: Connection, statement: Any, viewer: str) -> list[dict[str, Any]]:
    rows = [dict(row) for row in connection.execute(statement).mappings()]
    told = shown(connection, rows, viewer=viewer)
    reduced = [uid for uid, words in told.items() if words.unseen]
    fewer = _counted(connection, reduced) if reduced else {}
    for row in rows:
        words = told[row["uid"]]
        row |= {"intention": words.intention, "subject": words.subject, "reason": words.reason}
        changed = fewer.get(row["uid"], 0) if words.unseen else row["changes"] - len(words.apart)
        row |= {"undone": bool(row["undone"]), "changes": changed}
        del row["who"]
    return rows


def _counted(connection: Connection, uids: Sequence[str]) -> dict[str, int]:
    """Return by act how many of its changes are shown where something is hidden."""
    found: dict[str, int] = {}
    for start in range(0, len(uids), _AT_ONCE):
        some = Change.act.in_(uids[start : start + _AT_ONCE])
        counted = select(Change.act, func.count()).where(some, Change.table_name.not_in(INNER))
        found |= dict(connection.execute(counted.group_by(Change.act)).all())
    return found


def _holding(
    connection: Connection, statement: Any, terms: list[str], limit: int | None, viewer: str
) -> list[str]:
    """Return the newest *limit* acts of *statement* that, as they are shown, hold all *terms*.

    Folded here and not by the database, which knows neither accents nor, in a file, case beyond ASCII.
    """
    if not terms:
        return []
    secret = confidential(connection)
    texts = statement.with_only_columns(Act.uid, Act.intention, Act.subject, Act.reason, Act.undoes)
    may_hold = _guess(terms, secret)
    found: list[str] = []
    for some in connection.execute(texts.limit(None)).partitions(_AT_ONCE):
        likely = [uid for uid, *said in some if may_hold(*said)]
        told = _told(connection, likely, secret, viewer) if likely else {}
        for uid in likely:
            words = told[uid]
            text = fold(" ".join((words.intention, words.subject, words.reason)))
            if all(term in text for term in terms):
                found.append(uid)
        if limit is not None and len(found) >= limit:
            break
    return found[:limit]


def _told(connection: Connection, uids: Sequence[str], secret: bool, viewer: str) -> dict[str, Shown]:
    acts = list(map(dict, connection.execute(_SAID.where(Act.uid.in_(uids))).mappings()))
    return in_confidence(connection, acts, viewer=viewer) if secret else with_verdicts(connection, acts)


def _guess(terms: list[str], secret: bool) -> Callable[[str, str, str, str | None], bool]:
    """Return what says whether an act may hold all *terms* as it is shown, by what is kept of it alone."""
    unnumbered = [term for term in terms if not any(sign.isdigit() for sign in term)]
    wanted = unnumbered if secret else terms

    def may_hold(intention: str, subject: str, reason: str, undoes: str | None) -> bool:
        text = f"{intention} {subject} {reason}"
        if subject.startswith("decide ") if undoes else intention == "decide":
            text = f"{text} {_VERDICTS}"
        text = fold(f"{text} {_PLAIN}" if secret else text)
        return all(term in text for term in wanted)

    return may_hold


def intentions(connection: Connection) -> list[str]:
    """Return every intention that the log holds, by name; what was decided is no part of one."""
    found = connection.execute(select(Act.intention).distinct()).scalars()
    return sorted({bare(intention) for intention in found})


def changes(
    connection: Connection, act: str, *, limit: int | None = None, viewer: str = ""
) -> list[dict[str, Any]]:
    """Return what an act changed, row by row, before and after: all of it, or the first *limit* rows.

    Of rows that *viewer* may not see yet, ``hidden``, only of what, by whom and when.
    """
    found = list(map(dict, connection.execute(_SAID.where(Act.uid == act)).mappings()))
    told = shown(connection, found, viewer=viewer)
    reduced = any(words.unseen for words in told.values())
    statement = (
        select(Change.table_name, Change.row, Change.before, Change.after)
        .where(Change.act == act)
        .order_by(Change.position)
        .limit(limit)
    )
    if reduced:
        statement = statement.where(Change.table_name.not_in(INNER))
    if apart := [row for words in told.values() for row in words.apart]:
        statement = statement.where(Change.row.not_in(apart))
    return [_change(row, reduced and row.table_name in TELLING) for row in connection.execute(statement)]


def _change(row: Any, hidden: bool) -> dict[str, Any]:
    before = json.loads(row.before) if row.before else None
    after = json.loads(row.after) if row.after else None
    if hidden:
        before, after = signature(before), signature(after)
    found = {"table": row.table_name, "row": row.row, "before": before, "after": after}
    return {**found, "hidden": True} if hidden else found


def last_number(connection: Connection) -> int:
    """Return the number of the last act, 0 before the first: it grows with every change of the review."""
    return int(connection.execute(select(func.max(Act.number))).scalar() or 0)
