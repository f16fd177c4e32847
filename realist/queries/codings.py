"""Frameworks, their codes and those that grew while reading, and what was coded, as far as one may see it.

The codes themselves are open to all, as mechanisms are; who put which on what waits while a round is blind.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from realist.domain.codes import same_name
from realist.errors import Ambiguous, NotFound
from realist.queries.grouping import paper_grouping
from realist.queries.seen import coded
from realist.queries.subjects import papers_of
from realist.store.tables import Code, Coding, Framework, Person
from realist.text import fold, line, shorten


class CodeRow(NamedTuple):
    """A code with the names of those it is a part of: ``path``, itself last; ``framework`` "" if it grew.

    ``top`` is the uid of the first in its path: the dimension. ``ended``: why it was retired.
    """

    uid: str
    name: str
    description: str
    framework: str
    framework_name: str
    parent: str
    top: str
    path: tuple[str, ...]
    position: int
    ended: str


class FrameworkRow(NamedTuple):
    """A framework, with how many codes it has."""

    uid: str
    name: str
    source: str
    note: str
    codes: int
    by: str
    at: datetime


class Coded(NamedTuple):
    """A code on a thing; ``papers`` are those it is of, as they are read now."""

    uid: str
    code: str
    subject_table: str
    subject: str
    papers: tuple[str, ...]
    valence: str | None
    site: str
    note: str
    by: str
    at: datetime


def frameworks(connection: Connection) -> list[FrameworkRow]:
    """Return the frameworks by name."""
    count = select(func.count()).where(Code.framework == Framework.uid).scalar_subquery()
    rows = connection.execute(
        select(
            Framework.uid, Framework.name, Framework.source, Framework.note, count, Person.initials,
            Framework.at,
        ).join(Person, Person.uid == Framework.person)
    )  # fmt: skip
    return sorted((FrameworkRow._make(row) for row in rows), key=lambda row: (fold(row.name), row.uid))


def codes(connection: Connection) -> list[CodeRow]:
    """Return all codes, framework by framework, then those that grew; each before its parts, in order."""
    names = {row.uid: row.name for row in frameworks(connection)}
    found = connection.execute(
        select(
            Code.uid, Code.name, Code.description, func.coalesce(Code.framework, "").label("framework"),
            func.coalesce(Code.parent, "").label("parent"), Code.position, Code.ended,
        ).order_by(Code.position, Code.uid)
    )  # fmt: skip
    below: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in found:
        below[row.framework, row.parent].append(row)
    return [row for of in (*names, "") for row in _tree(below, of, names.get(of, ""))]


def _tree(below: dict[tuple[str, str], list[Any]], of: str, name: str) -> Iterable[CodeRow]:
    waiting: list[tuple[Any, tuple[str, ...], str]] = [
        (row, (row.name,), row.uid) for row in reversed(below[of, ""])
    ]
    while waiting:
        row, path, top = waiting.pop()
        yield CodeRow(
            row.uid, row.name, row.description, of, name, row.parent, top, path, row.position, row.ended
        )
        waiting += [(part, (*path, part.name), top) for part in reversed(below[of, row.uid])]


def code_named(of: Sequence[CodeRow], name: str, framework: str = "") -> CodeRow:
    """Return the code that *name* means: a uid, a name, or "framework: name"; of a *framework* (uid) alone.

    Names are compared folded where none is written so; a code in use comes before a retired one. Raises
    NotFound with the nearest names, or Ambiguous.
    """
    wanted = line(name)
    rows = [row for row in of if not framework or row.framework == framework]
    if exact := next((row for row in of if row.uid == wanted), None):
        return exact
    for known in (rows, _of_prefix(rows, wanted)):
        typed = wanted if known is rows else line(wanted.partition(":")[2])
        same = [row for row in known if row.name == typed] or [
            row for row in known if same_name(typed, [row.name])
        ]
        same = [row for row in same if not row.ended] or same
        if len(same) == 1:
            return same[0]
        if same:
            there = ", ".join(shorten(spoken(row), 60) for row in same)
            raise Ambiguous(f"{shorten(wanted, 60)!r} could be more than one code: {there}.")
    raise NotFound(_not_there(rows, wanted))


def _of_prefix(rows: Sequence[CodeRow], wanted: str) -> list[CodeRow]:
    before, colon, _ = wanted.partition(":")
    return [row for row in rows if colon and same_name(before, [row.framework_name or GREW])]


GREW = "inductive"
"""What codes of no framework are called where those of a framework bear its name."""


def spoken(row: CodeRow) -> str:
    """Return a code with where it belongs, such as "Levels: Case finding"."""
    return f"{row.framework_name or GREW}: {row.name}"


def _not_there(rows: Sequence[CodeRow], wanted: str) -> str:
    from rapidfuzz import fuzz, process  # only who mistyped waits for it

    if not rows:
        return "There are no codes yet: `realist framework import FILE` or `realist code add NAME` adds some."
    near = process.extract(
        fold(wanted), {row.name: fold(row.name) for row in rows}, scorer=fuzz.WRatio, limit=3
    )
    close = [shorten(name, 60) for _, score, name in near if score >= 60]
    hint = f" Did you mean {' or '.join(close)}?" if close else " `realist code list` lists them."
    return f"There is no code {shorten(wanted, 60)!r} in this review.{hint}"


def codings(connection: Connection, *, code: str = "", subject: str = "", viewer: str = "") -> list[Coded]:
    """Return what was coded that *viewer* may see, in the order of time: all, with a code, or on a thing."""
    statement = (
        select(
            Coding.subject_table, Coding.subject, Coding.uid, Coding.code, Coding.valence, Coding.site,
            Coding.note, Person.initials, Coding.at,
        )
        .join(Person, Person.uid == Coding.person)
        .order_by(Coding.at, Coding.uid)
    )  # fmt: skip
    if code:
        statement = statement.where(Coding.code == code)
    if subject:
        statement = statement.where(Coding.subject == subject)
    rows = coded(connection, statement, viewer=viewer)
    of = papers_of(connection, {(table, uid) for table, uid, *_ in rows})
    whole = paper_grouping(connection)
    return [
        Coded(
            uid, its_code, table, thing,
            tuple(dict.fromkeys(whole[paper] for paper in of.get((table, thing), ()))), *rest,
        )
        for table, thing, uid, its_code, *rest in rows
    ]  # fmt: skip


def counted(connection: Connection, *, viewer: str = "") -> dict[str, tuple[int, int]]:
    """Return by code on how many things and in how many papers *viewer* may see it; without any, no row."""
    things: dict[str, set[tuple[str, str]]] = defaultdict(set)
    papers: dict[str, Counter[str]] = defaultdict(Counter)
    for row in codings(connection, viewer=viewer):
        things[row.code].add((row.subject_table, row.subject))
        papers[row.code].update(row.papers)
    return {code: (len(found), len(papers[code])) for code, found in things.items()}
