"""Under what a piece stands now that was given to a mechanism, a context or an outcome.

A piece is a row: of evidence, a box under a mechanism, a tag of an element. It keeps what it was given to;
merges and splits are rows, and placements say which of several targets a piece is under. Every read that
counts asks :meth:`Standing.now`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from realist.queries.grouping import Grouping, followed
from realist.store.tables import (
    ConfigurationMechanism,
    Context,
    ContextAlias,
    ContextFate,
    ContextMerge,
    ContextVersion,
    ElementTag,
    Evidence,
    Mechanism,
    MechanismAlias,
    MechanismFate,
    MechanismMerge,
    MechanismVersion,
    Outcome,
    OutcomeAlias,
    OutcomeFate,
    OutcomeMerge,
    OutcomeVersion,
    Placement,
    Row,
)


class Kind(NamedTuple):
    """What has a life of its own: the tables of mechanisms, of contexts, or of outcomes.

    ``word`` names it, and the column that names it in every other table.
    """

    word: str
    table: Any
    alias: Any
    version: Any
    fate: Any
    merge: Any

    @property
    def a(self) -> str:
        """The word with its article."""
        return f"{'an' if self.word == 'outcome' else 'a'} {self.word}"

    @property
    def source(self) -> Any:
        """The column of a merge that names what was merged."""
        return getattr(self.merge, f"from_{self.word}")

    @property
    def target(self) -> Any:
        """The column of a merge that names what it went into."""
        return getattr(self.merge, f"into_{self.word}")

    def of(self, table: Any) -> Any:
        """Return the column of *table* that names one of these."""
        return getattr(table, self.word)


KINDS = {
    "mechanism": Kind(
        "mechanism", Mechanism, MechanismAlias, MechanismVersion, MechanismFate, MechanismMerge
    ),
    "context": Kind("context", Context, ContextAlias, ContextVersion, ContextFate, ContextMerge),
    "outcome": Kind("outcome", Outcome, OutcomeAlias, OutcomeVersion, OutcomeFate, OutcomeMerge),
}
"""What has a life: proposed, described, renamed, merged, split, dropped …"""
PIECES: dict[str, type[Row]] = {
    "evidence": Evidence, "configuration_mechanism": ConfigurationMechanism, "element_tag": ElementTag,
}  # fmt: skip
"""The tables of what can be given to one of them, and placed."""
_HELD = {
    "configuration_mechanism": ConfigurationMechanism.configuration,
    "element_tag": ElementTag.element,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where pieces stand now. ``into``: what each went into; ``placed``: under what a piece was placed.

    With *shown*, columns of a list, a piece whose place is no column stays under what it was given to where
    that is one. With *before*, everything stays under what it was given to.
    """

    into: Mapping[str, Sequence[str]] = field(default_factory=dict)
    placed: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    held: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    before: bool = False

    def now(self, table: str, uid: str, of: str) -> tuple[str, ...]:
        """Return under what the piece *uid* of *table* stands now that was given to *of*: one or several.

        One target is followed, however far. Of several, those are followed under which it was placed; where
        it was placed under none, it waits where it is.
        """
        if self.before or of not in self.into:
            return (of,)
        found = tuple(dict.fromkeys(self._followed(of, self.placed.get((table, uid), ()), set())))
        if of in self.shown and not self.shown.intersection(found):
            return (of,)
        return found

    def of_box(self, box: str, mechanism: str) -> tuple[str, ...]:
        """Return under what a box (uid) stands now that was put under *mechanism*."""
        uid = self.held.get(("configuration_mechanism", box, mechanism), "")
        return self.now("configuration_mechanism", uid, mechanism)

    def of_tag(self, element: str, tag: str) -> tuple[str, ...]:
        """Return what an element (uid) is tagged with now that was tagged with *tag*."""
        return self.now("element_tag", self.held.get(("element_tag", element, tag), ""), tag)

    def _followed(self, at: str, placed: Sequence[str], passed: set[str]) -> Sequence[str]:
        targets = self.into.get(at, ())
        if at in passed or not targets:
            return (at,)
        if len(targets) > 1:
            targets = [target for target in targets if target in placed]
        if not targets:
            return (at,)
        ahead = passed | {at}
        return [end for target in targets for end in self._followed(target, placed, ahead)]

    def waits(self, table: str, uid: str, of: str) -> bool:
        """Whether a piece waits to be placed, with some or all of what it stands under."""
        return any(one in self.into for one in self.now(table, uid, of))

    def forks(self, table: str, uid: str, of: str) -> list[str]:
        """Return on the way of a piece what went into several; where it waits comes first."""
        placed, passed, waiting = self.placed.get((table, uid), ()), list[str](), list[str]()
        ahead, seen = [of], set[str]()
        while ahead:
            at = ahead.pop(0)
            targets = self.into.get(at, ())
            if at in seen or not targets:
                continue
            seen.add(at)
            if len(targets) > 1:
                targets = [target for target in targets if target in placed]
                (passed if targets else waiting).append(at)
            ahead += targets
        return [*waiting, *passed]

    def sources(self, uid: str) -> list[str]:
        """Return *uid* and everything that leads to it by merges and splits that hold, itself first."""
        found, ahead = [uid], [uid]
        while ahead:
            at = ahead.pop()
            some = sorted(one for one, into in self.into.items() if at in into and one not in found)
            found += some
            ahead += some
        return found

    def within(self, shown: Collection[str]) -> Standing:
        """Return the same as columns of a list show it."""
        return replace(self, shown=frozenset(shown))

    def as_given(self) -> Standing:
        """Return how it was before anything was merged or split."""
        return replace(self, before=True)

    def whole(self) -> Grouping:
        """Return for what went into one other that under which all of it shows now."""
        return followed({uid: into[0] for uid, into in self.into.items() if len(into) == 1})


def merges(connection: Connection, kind: str = "mechanism") -> Standing:
    """Return what went into what, without regard to pieces that were placed."""
    of = KINDS[kind]
    into: dict[str, list[str]] = defaultdict(list)
    rows = select(of.source, of.target).where(of.merge.ended == "").order_by(of.merge.position)
    for source, target in connection.execute(rows):
        into[source].append(target)
    return Standing(dict(into))


def standing(connection: Connection, kind: str = "mechanism") -> Standing:
    """Return where pieces stand now that were given to mechanisms, contexts or outcomes (a word of KINDS)."""
    of, found = KINDS[kind], merges(connection, kind)
    if not any(len(targets) > 1 for targets in found.into.values()):
        return found
    placed: dict[tuple[str, str], list[str]] = defaultdict(list)
    target = of.of(Placement)
    rows = select(Placement.subject_table, Placement.subject, target).where(
        target.is_not(None), Placement.ended == ""
    )
    for table, uid, under in connection.execute(rows.order_by(Placement.at, Placement.uid)):
        placed[table, uid].append(under)
    held: dict[tuple[str, str, str], str] = {}
    for table, holder in _HELD.items():
        pieces: Any = PIECES[table]
        if kind != "mechanism" and table == "configuration_mechanism":
            continue
        uids = select(Placement.subject).where(Placement.subject_table == table, Placement.ended == "")
        given = select(holder, of.of(pieces), pieces.uid).where(
            pieces.uid.in_(uids), of.of(pieces).is_not(None)
        )
        held |= {(table, box, one): uid for box, one, uid in connection.execute(given)}
    return replace(found, placed=dict(placed), held=held)
