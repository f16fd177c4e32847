"""From what a person types to the thing meant, of any kind: "paper Ash (2001)", "box 3", "version T1 v2"."""

from __future__ import annotations

import re
from typing import NamedTuple

from sqlalchemy import Connection, select

from realist.errors import NotFound, WrongUse
from realist.queries.extractions import hidden_things, seen
from realist.queries.naming import resolve
from realist.queries.naming_boxes import resolve_any
from realist.queries.seen import hidden_memos
from realist.queries.subjects import about
from realist.store.tables import Element, Evidence, Excerpt, Feedback, Memo, TheoryPart, TheoryVersion
from realist.text import fold, line, shorten


class Thing(NamedTuple):
    """A row of the review, by its table and uid."""

    table: str
    uid: str


KINDS = {
    "review": "review", "paper": "paper", "mechanism": "mechanism", "context": "context",
    "outcome": "outcome", "box": "configuration", "configuration": "configuration", "part": "element",
    "element": "element", "excerpt": "excerpt", "evidence": "evidence", "search": "search",
    "stage": "stage", "round": "round", "set": "included_set", "list": "mechanism_list",
    "consultation": "consultation", "feedback": "feedback", "memo": "memo", "theory": "theory",
    "version": "theory_version", "statement": "theory_part", "regularity": "regularity", "move": "move",
    "study": "study", "milestone": "milestone",
}  # fmt: skip
"""The word by which a kind of thing is named, and its table."""
_NAMED = {"included_set": "set", "mechanism_list": "list"}
_BY_UID = {"element": Element, "excerpt": Excerpt, "evidence": Evidence, "feedback": Feedback, "memo": Memo}
"""Things that people did not name: they are known by uid; what was said also by consultation and ``f3``."""
_LAST = re.compile(r"(?P<of>.*\S)\s+(?P<letter>[vpf])(?P<number>\d{1,9})$", re.IGNORECASE)


def thing_said(connection: Connection, said: str, *, viewer: str = "") -> Thing:
    """Return the thing that *said* means: a kind and a name, such as ``mechanism M3`` or ``version T1 v2``.

    Raises WrongUse where the first word is no kind, NotFound and Ambiguous as
    :func:`realist.queries.naming.resolve` does. What *viewer* may not see yet is not there.
    """
    kind, _, name = line(said).partition(" ")
    if kind.lower() not in KINDS:
        words = ", ".join(KINDS)
        raise WrongUse(f"{shorten(said, 60)!r} does not begin with the kind of thing it is: one of {words}.")
    return thing_named(connection, kind.lower(), name, viewer=viewer)


def thing_named(connection: Connection, kind: str, name: str, *, viewer: str = "") -> Thing:
    """Return the one thing of *kind* (a word of KINDS or a table) that *name* means, as thing_said does."""
    table = KINDS.get(kind, kind)
    if table not in KINDS.values():
        raise WrongUse(f"{kind!r} is no kind of thing: use one of {', '.join(KINDS)}.")
    if table == "review":
        from realist.store.tables import Review

        return Thing(table, str(connection.execute(select(Review.uid)).scalar_one()))
    if table == "theory_version":
        return Thing(table, version_named(connection, name))
    if table == "theory_part":
        return Thing(table, part_named(connection, name))
    if of := _BY_UID.get(table):
        return Thing(table, _by_uid(connection, kind, of, name, viewer))
    return Thing(table, resolve_any(connection, _NAMED.get(table, table), name, viewer=viewer))


def version_named(connection: Connection, name: str) -> str:
    """Return the uid of the version that *name* means: its uid, or a theory and ``v2`` (else the latest)."""
    name = line(name)
    if found := connection.execute(select(TheoryVersion.uid).where(TheoryVersion.uid == name)).scalar():
        return str(found)
    of, number = _apart(name, "v")
    theory = resolve(connection, "theory", of)
    versions = select(TheoryVersion.uid, TheoryVersion.number).where(TheoryVersion.theory == theory)
    rows = connection.execute(versions.order_by(TheoryVersion.number)).all()
    for row in rows:
        if row.number == number:
            return str(row.uid)
    if rows and number is None:
        return str(rows[-1].uid)
    there = f"versions 1 to {rows[-1].number}" if rows else "no version yet"
    raise NotFound(f"The theory {shorten(of, 60)!r} has {there}.")


def part_named(connection: Connection, name: str) -> str:
    """Return the uid of the part that *name* means: its uid, its name, or a theory and ``p3``."""
    name = line(name)
    parts = connection.execute(
        select(TheoryPart.uid, TheoryPart.name, TheoryPart.theory, TheoryPart.number)
    ).all()
    folded = fold(name)
    for same in (lambda row: row.uid == name, lambda row: bool(folded) and fold(row.name) == folded):
        found = [row for row in parts if same(row)]
        if len(found) == 1:
            return str(found[0].uid)
    of, number = _apart(name, "p")
    if number is None:
        raise NotFound(
            f"There is no part {shorten(name, 60)!r} of a theory: name it, or say its theory and p1, p2 …"
        )
    theory = resolve(connection, "theory", of)
    for row in parts:
        if row.theory == theory and row.number == number:
            return str(row.uid)
    raise NotFound(f"The theory {shorten(of, 60)!r} has no part {number}.")


def _apart(name: str, letter: str) -> tuple[str, int | None]:
    found = _LAST.match(name)
    if found and found["letter"].lower() == letter:
        return found["of"], int(found["number"])
    return name, None


def _by_uid(connection: Connection, kind: str, of: type, name: str, viewer: str) -> str:
    wanted = line(name)
    if of is Feedback and (found := _said_in(connection, wanted)):
        wanted = found
    statement = select(of.uid).where(of.uid == wanted)  # type: ignore[attr-defined]
    if of is Element:
        from realist.queries.extractions import boxes_seen

        statement = statement.where(Element.configuration.in_(boxes_seen(viewer)))
    elif of in (Excerpt, Evidence):
        statement = statement.where(seen(of, viewer))
    if connection.execute(statement).first() is None or _unseen(connection, of, wanted, viewer):
        how = "say its consultation and f1, f2 …, or its uid" if of is Feedback else "give its uid"
        raise NotFound(f"There is no {kind} {shorten(wanted, 60)!r}: {how}, as --json shows it.")
    return wanted


def _said_in(connection: Connection, name: str) -> str:
    """Return the uid of what was said in a consultation, by its name and ``f3`` for the third; or ""."""
    of, number = _apart(name, "f")
    if number is None:
        return ""
    held = resolve(connection, "consultation", of)
    said = select(Feedback.uid).where(Feedback.consultation == held).order_by(Feedback.at, Feedback.uid)
    found = connection.execute(said).scalars().all()
    return found[number - 1] if 0 < number <= len(found) else ""


def _unseen(connection: Connection, of: type, uid: str, viewer: str) -> bool:
    """Whether a memo, or what was said of something, may not be seen yet."""
    if of is Memo:
        return uid in hidden_memos(connection, viewer=viewer)
    if of is not Feedback:
        return False
    (thing,) = about(connection, [("feedback", uid)]).values()
    return thing[1] in hidden_things(connection, viewer=viewer)
