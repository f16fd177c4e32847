"""From what a person types to the thing meant: uid, short number, label or name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, literal, select, true

from realist.errors import Ambiguous, NotFound
from realist.store.tables import (
    Configuration,
    Consultation,
    Context,
    IncludedSet,
    Mechanism,
    MechanismAlias,
    MechanismList,
    Outcome,
    Paper,
    Person,
    Round,
    Row,
    Search,
    Stage,
)
from realist.store.visible import arrived
from realist.text import fold, line, shorten

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Named:
    """Something that a name could mean."""

    uid: str
    number: int
    name: str

    def __str__(self) -> str:
        return f"#{self.number} {self.name}" if self.number else self.name


@dataclass(frozen=True, slots=True)
class _Kind:
    table: type[Row]
    word: str
    names: tuple[Any, ...]
    number: Any = None
    prefix: str = ""


_KINDS = {
    "paper": _Kind(Paper, "paper", (Paper.label, Paper.title, Paper.doi), Paper.number),
    "mechanism": _Kind(Mechanism, "mechanism", (Mechanism.name,), Mechanism.number, "m"),
    "context": _Kind(Context, "context", (Context.name,), Context.number, "c"),
    "outcome": _Kind(Outcome, "outcome", (Outcome.name,), Outcome.number, "o"),
    "configuration": _Kind(
        Configuration, "box", (Configuration.label, Configuration.title), Configuration.number
    ),
    "stage": _Kind(Stage, "stage", (Stage.name,)),
    "search": _Kind(Search, "search", (Search.name,), Search.number),
    "round": _Kind(Round, "round", (Round.name,), Round.number),
    "list": _Kind(MechanismList, "mechanism list", (MechanismList.name,)),
    "set": _Kind(IncludedSet, "included set", (IncludedSet.name,)),
    "consultation": _Kind(Consultation, "consultation", (Consultation.name,)),
    "person": _Kind(Person, "person", (Person.initials,)),
}


def resolve(connection: Connection, kind: str, name: str) -> str:
    """Return the uid of the one *kind* of thing that *name* means.

    *name* is a uid, a short number (``#12``), or a label or name, compared folded when no exact one fits;
    bare digits are a number where nothing has them for a name.
    Raises NotFound with the nearest names, or Ambiguous with the candidates.
    """
    of, name = _KINDS[kind], line(name)
    if exact := _by_identity(connection, of, name):
        return exact
    for column in of.names:
        if found := _named(connection, of, column == name):
            return _one(of, name, found)
    if kind == "mechanism" and (found := _by_alias(connection, name)):
        return _one(of, name, found)
    everything = _named(connection, of, true())
    folded = fold(name)
    if found := [row for row in everything if fold(row.name) == folded and folded]:
        return _one(of, name, found)
    if of.number is not None and name.isdecimal() and (found_uid := _by_identity(connection, of, f"#{name}")):
        return found_uid
    raise NotFound(_not_found(of, name, everything))


def _by_identity(connection: Connection, of: _Kind, name: str) -> str:
    uid: Any = of.table.uid
    here = arrived() if of.table is Paper else true()
    found = connection.execute(select(uid).where(uid == name, here)).scalar()
    if found is None and of.number is not None:
        digits = name.lower().removeprefix("#").removeprefix(of.prefix)
        if name[:1] in "#" + of.prefix + of.prefix.upper() and digits.isdecimal() and len(digits) < 10:
            found = connection.execute(select(uid).where(of.number == int(digits), here)).scalar()
    return str(found or "")


def _named(connection: Connection, of: _Kind, where: Any) -> list[Named]:
    shown = of.names[0]
    number = of.number if of.number is not None else literal(0)
    other = of.names[1] if len(of.names) > 1 else literal("")
    here = arrived() if of.table is Paper else true()
    statement = select(of.table.uid, number, shown, other).where(where, here).order_by(number, shown)
    rows = connection.execute(statement)
    return [Named(uid, no, first or shorten(second, 60)) for uid, no, first, second in rows]


def _by_alias(connection: Connection, name: str) -> list[Named]:
    folded = fold(name)
    rows = connection.execute(
        select(Mechanism.uid, Mechanism.number, Mechanism.name, MechanismAlias.name.label("alias")).join(
            MechanismAlias, MechanismAlias.mechanism == Mechanism.uid
        )
    )
    found = {row.uid: Named(row.uid, row.number, row.name) for row in rows if fold(row.alias) == folded}
    return list(found.values())


def _one(of: _Kind, name: str, found: list[Named]) -> str:
    if len(found) == 1:
        return found[0].uid
    shown = ", ".join(str(row) for row in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    raise Ambiguous(f"{shorten(name, 60)!r} could be more than one {of.word}: {shown}{more}. Use its number.")


def _not_found(of: _Kind, name: str, everything: list[Named]) -> str:
    folder: Callable[[Any], str] = fold
    near = process.extract(
        fold(name), {row: row.name for row in everything}, scorer=fuzz.WRatio, processor=folder, limit=3
    )
    close = [str(row) for _, score, row in near if score >= 60]
    hint = f" Did you mean {' or '.join(close)}?" if close else ""
    return f"There is no {of.word} {shorten(name, 60)!r} in this review.{hint}"
