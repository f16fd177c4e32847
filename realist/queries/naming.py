"""From what a person types to the thing meant: uid, short number, label or name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, literal, select, true

from realist.errors import Ambiguous, NotFound
from realist.queries.grouping import paper_grouping
from realist.store.tables import (
    Consultation,
    Context,
    ContextAlias,
    Framework,
    IncludedSet,
    Mechanism,
    MechanismAlias,
    MechanismList,
    Milestone,
    Move,
    Outcome,
    OutcomeAlias,
    Paper,
    Person,
    Regularity,
    Round,
    Row,
    Search,
    Stage,
    Study,
    Theory,
)
from realist.store.visible import arrived
from realist.text import fold, line, shorten

_SHOWN = 8
_DOI = re.compile(r"10\.\d{4,9}/\S{1,500}$")


@dataclass(frozen=True, slots=True)
class Named:
    """Something that a name could mean."""

    uid: str
    number: int
    name: str
    other: str = ""

    def __str__(self) -> str:
        return f"#{self.number} {self.name}" if self.number else self.name


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that can be named; ``seen`` is a condition that its rows have to meet.

    Of what is *labelled*, labels are often numbers: where some are, a number without ``#`` is a label alone.
    """

    table: type[Row]
    word: str
    names: tuple[Any, ...]
    number: Any = None
    prefix: str = ""
    seen: Any = None
    labelled: bool = False

    @property
    def here(self) -> Any:
        """The rows that there are for who asks."""
        if self.seen is not None:
            return self.seen
        return arrived() if self.table is Paper else true()

    @property
    def quick(self) -> tuple[Any, ...]:
        """The names that are looked up exactly; a paper's title only when all else failed."""
        return tuple(name for name in self.names if name is not Paper.title)


_KINDS = {
    "paper": Kind(Paper, "paper", (Paper.label, Paper.title, Paper.doi), Paper.number),
    "mechanism": Kind(Mechanism, "mechanism", (Mechanism.name,), Mechanism.number, "m"),
    "context": Kind(Context, "context", (Context.name,), Context.number, "c"),
    "outcome": Kind(Outcome, "outcome", (Outcome.name,), Outcome.number, "o"),
    "stage": Kind(Stage, "stage", (Stage.name,)),
    "search": Kind(Search, "search", (Search.name,), Search.number),
    "round": Kind(Round, "round", (Round.name,), Round.number),
    "list": Kind(MechanismList, "mechanism list", (MechanismList.name,)),
    "set": Kind(IncludedSet, "included set", (IncludedSet.name,)),
    "consultation": Kind(Consultation, "consultation", (Consultation.name,)),
    "person": Kind(Person, "person", (Person.initials,)),
    "study": Kind(Study, "study", (Study.name,)),
    "framework": Kind(Framework, "framework", (Framework.name,)),
    "theory": Kind(Theory, "theory", (Theory.name,), Theory.number, "t"),
    "regularity": Kind(Regularity, "regularity", (Regularity.name,), Regularity.number),
    "move": Kind(Move, "move", (Move.result,), Move.number),
    "milestone": Kind(Milestone, "milestone", (Milestone.name,)),
}


_ALIASES: dict[type[Row], Any] = {Mechanism: MechanismAlias, Context: ContextAlias, Outcome: OutcomeAlias}


def resolve(connection: Connection, kind: str, name: str, *, by_name: bool = False) -> str:
    """Return the uid of the one *kind* of thing that *name* means.

    *name* is a uid, a short number (``#12``, or ``M3`` for a mechanism), or a label or name, compared folded
    when no exact one fits. What people named comes before a number without ``#``; of boxes, such a number is
    not taken where labels are numbers. Papers that were joined are one candidate. With *by_name*, neither
    uid nor number is tried.
    Raises NotFound with the nearest names, or Ambiguous with the candidates. Boxes are found by
    :func:`realist.queries.naming_boxes.resolve_any`, which asks who looks.
    """
    return resolved(connection, _KINDS[kind], name, by_name=by_name)


def resolved(connection: Connection, of: Kind, name: str, *, by_name: bool = False) -> str:
    """Return the uid of the one thing *of* a kind that *name* means, as :func:`resolve` does."""
    name = line(name)
    if not name:
        raise NotFound(f"There is no {of.word} with an empty name: say which one.")
    exact = "" if by_name else _by_number(connection, of, name, "#") or _by_uid(connection, of, name)
    if exact:
        return exact
    for column in of.quick:
        doi = _DOI.search(name.lower()) if column is Paper.doi else None
        if found := _named(connection, of, column == (doi.group() if doi else name)):
            return _one(connection, of, name, found)
    if of.table in _ALIASES and (found := _by_alias(connection, of, name)):
        return _one(connection, of, name, found)
    numbered = "" if by_name else _by_number(connection, of, name, of.prefix)
    if numbered and not of.labelled:
        return numbered
    everything = _named(connection, of, true())
    if numbered and not any(map(_has_number, everything)):
        return numbered
    if found := [row for row in everything if name in (row.name, row.other)]:
        return _one(connection, of, name, found)
    folded = fold(name)
    if found := [row for row in everything if folded and folded in (fold(row.name), fold(row.other))]:
        return _one(connection, of, name, found)
    for row in everything:
        if row.uid == numbered:
            raise NotFound(
                f"No {of.word} has the label {name}, and other labels are numbers. "
                f'To mean {of.word} {shorten(str(row), 80)!r}, write "#{row.number}".'
            )
    raise NotFound(_not_found(of, name, everything))


def _has_number(row: Named) -> bool:
    """Whether the label has a digit; what has no label is called by its title, which does not count."""
    return row.name != shorten(row.other, 60) and any(map(str.isdigit, row.name))


def _by_uid(connection: Connection, of: Kind, name: str) -> str:
    return str(connection.execute(select(of.table.uid).where(of.table.uid == name, of.here)).scalar() or "")


def _by_number(connection: Connection, of: Kind, name: str, prefix: str) -> str:
    digits = name.lower().removeprefix(prefix)
    if of.number is None or not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        return ""
    if prefix == "#" and not name.startswith("#"):
        return ""
    found = connection.execute(select(of.table.uid).where(of.number == int(digits), of.here)).scalar()
    return str(found or "")


def _named(connection: Connection, of: Kind, where: Any) -> list[Named]:
    shown = of.names[0]
    number = of.number if of.number is not None else literal(0)
    other = of.names[1] if len(of.names) > 1 else literal("")
    statement = select(of.table.uid, number, shown, other).where(where, of.here).order_by(number, shown)
    rows = connection.execute(statement)
    return [Named(uid, no, first or shorten(second, 60), second) for uid, no, first, second in rows]


def _by_alias(connection: Connection, of: Kind, name: str) -> list[Named]:
    folded = fold(name)
    table, alias = of.table, _ALIASES[of.table]
    whose = getattr(alias, of.word)
    rows = connection.execute(
        select(table.uid, of.number, of.names[0], alias.name.label("alias")).join(alias, whose == table.uid)
    )
    found = {uid: Named(uid, no, known) for uid, no, known, as_ in rows if folded and fold(as_) == folded}
    return list(found.values())


def _one(connection: Connection, of: Kind, name: str, found: list[Named]) -> str:
    if len(found) == 1:
        return found[0].uid
    if of.table is Paper:
        grouping = paper_grouping(connection)
        whole = {grouping[row.uid] for row in found}
        if len(whole) == 1:
            return whole.pop()
    shown = ", ".join(str(row) for row in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    raise Ambiguous(f"{shorten(name, 60)!r} could be more than one {of.word}: {shown}{more}. Use its number.")


def _not_found(of: Kind, name: str, everything: list[Named]) -> str:
    from rapidfuzz import fuzz, process  # only who mistyped waits for it

    folder: Callable[[Any], str] = fold
    near = process.extract(
        fold(name), {row: row.name for row in everything}, scorer=fuzz.WRatio, processor=folder, limit=3
    )
    close = [str(row) for _, score, row in near if score >= 60]
    hint = f" Did you mean {' or '.join(close)}?" if close else ""
    return f"There is no {of.word} {shorten(name, 60)!r} in this review.{hint}"
