"""Handing the papers of a round to people, and on from one who leaves."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, select

from realist.domain import allocation
from realist.domain.allocation import AllocationScheme, AnyTwo, Everybody, OneOf, Pairs, Preview, Split
from realist.errors import Refused
from realist.queries.blind import histories
from realist.queries.grouping import paper_grouping
from realist.queries.naming import resolve
from realist.services.unit import Desk, Unit
from realist.store.engine import Store
from realist.store.tables import Assignment, Entry, Paper, Person, Round
from realist.text import line
from realist.vocabulary import Role, Verdict

_SCHEMES: dict[str, type[Any]] = {
    "split": Split, "everybody": Everybody, "any two": AnyTwo, "pairs": Pairs, "one of": OneOf,
}  # fmt: skip
NAMES = {kind: name for name, kind in _SCHEMES.items()}
"""What the schemes are called where they are kept."""


@dataclass(frozen=True, slots=True)
class Allotted:
    """What was handed out, or would be: how many assignments are new and ended, and what it comes to.

    ``short`` are the papers, as ``#12``, with fewer readers than the scheme says; people are named by
    initials.
    """

    new: int
    ended: int
    loads: tuple[allocation.Load, ...]
    pairs: tuple[allocation.Together, ...]
    short: tuple[str, ...]
    unchecked: int


class _Pile:
    """The entries of a round, one for each paper as it is read now, and who holds which."""

    def __init__(self, connection: Connection, round_: str) -> None:
        grouping = paper_grouping(connection)
        rows = connection.execute(select(Entry.uid, Entry.paper).where(Entry.round == round_)).all()
        first: dict[str, str] = {}
        for uid, paper in sorted(rows):
            first.setdefault(grouping[paper], uid)
        home = {uid: first[grouping[paper]] for uid, paper in rows}
        self.papers = {first[grouping[paper]]: grouping[paper] for _, paper in rows}
        numbered = select(Entry.uid, Paper.number).join(Paper, Paper.uid == Entry.paper)
        self.numbers = dict(connection.execute(numbered.where(Entry.round == round_)).all())
        self.names = dict(connection.execute(select(Person.uid, Person.initials)).all())
        decided = {
            (home[one.entry], one.person)
            for said in histories(connection, list(home)).values()
            for one in said
            if one.verdict is not Verdict.UNDECIDED
        }
        held = select(Assignment.uid, Assignment.entry, Assignment.reader, Assignment.role)
        self.rows: dict[allocation.Assignment, str] = {}
        for uid, entry, reader, role in connection.execute(held.where(Assignment.ended == "")):
            if entry in home:
                done = (home[entry], reader) in decided
                self.rows[allocation.Assignment(home[entry], reader, Role(role), done)] = uid

    def told(
        self,
        new: int,
        ended: int,
        people: Collection[str],
        scheme: AllocationScheme,
        every: Iterable[allocation.Assignment],
        wanted: Collection[str],
    ) -> Allotted:
        """Return what assignments come to, people by their initials."""
        found: Preview = allocation.preview(wanted, people, scheme, every)
        loads = [
            allocation.Load(self.names[one.person], one.read, one.second, one.check) for one in found.loads
        ]
        pairs = [
            allocation.Together(self.names[one.one], self.names[one.other], one.entries)
            for one in found.pairs
        ]
        return Allotted(
            new, ended, tuple(sorted(loads, key=lambda load: load.person)), tuple(pairs),
            self.called(found.short), found.unchecked,
        )  # fmt: skip

    def called(self, entries: Iterable[str]) -> tuple[str, ...]:
        """Return what the papers of *entries* are called: ``#12``, by number."""
        return tuple(f"#{number}" for number in sorted(self.numbers[uid] for uid in entries))


def people_named(connection: Connection, initials: Sequence[str]) -> list[str]:
    """Return the uids of active people by their initials; refuse others with a sentence."""
    found = []
    for name in initials:
        uid = resolve(connection, "person", name)
        if not connection.execute(select(Person.active).where(Person.uid == uid)).scalar():
            raise Refused(f"{name} is deactivated in this review: nothing can be handed to them.")
        found.append(uid)
    return found


def look_at_allocation(
    store: Store,
    round_: str,
    people: Sequence[str],
    scheme: AllocationScheme,
    *,
    seed: int,
    papers: Collection[str] | None = None,
) -> Allotted:
    """Return what :func:`allocate` would come to, and write nothing."""
    with store.read() as connection:
        uid = resolve(connection, "round", round_)
        named, by_uid = _with_uids(connection, people, scheme)
        return _allot(connection, uid, named, by_uid, seed, papers)[1]


def allocate(
    desk: Desk,
    round_: str,
    people: Sequence[str],
    scheme: AllocationScheme,
    *,
    seed: int,
    papers: Collection[str] | None = None,
) -> Allotted:
    """Hand the papers of a round, or those of *papers* (uids), to people by their initials.

    *scheme* names people by initials, too. What people hold already stays theirs and counts for the balance.
    Raises WrongUse for a scheme that these people cannot carry out.
    """
    with desk.unit("allocate", round_) as work:
        uid = resolve(work.connection, "round", round_)
        named, by_uid = _with_uids(work.connection, people, scheme)
        new, told = _allot(work.connection, uid, named, by_uid, seed, papers)
        for one in new:
            work.add(Assignment(entry=one.entry, reader=one.person, role=one.role))
        kept = {"scheme": NAMES[type(scheme)], "people": list(people), "seed": seed, **asdict(scheme)}
        work.change(Round, uid, allocation=json.dumps(kept))
        return told


def _allot(
    connection: Connection,
    round_: str,
    people: list[str],
    scheme: AllocationScheme,
    seed: int,
    papers: Collection[str] | None,
) -> tuple[Sequence[allocation.Assignment], Allotted]:
    pile = _Pile(connection, round_)
    wanted = [entry for entry, paper in pile.papers.items() if papers is None or paper in papers]
    new = allocation.allot(wanted, people, scheme, seed, pile.rows)
    told = pile.told(len(new), 0, people, scheme, [*pile.rows, *new], wanted)
    return new, told


def hand_over(desk: Desk, round_: str, leaving: str, *, reason: str = "") -> Allotted:
    """Give what a person has not decided in a round to the others, by the scheme it was handed out by.

    What the person decided stays. Where nobody is left who may read a paper, it stays without a reader.
    """
    with desk.unit("hand over", f"{leaving} in {round_}", reason=reason) as work:
        uid = resolve(work.connection, "round", round_)
        who = resolve(work.connection, "person", leaving)
        kept = json.loads(work.row(Round, uid)["allocation"] or "{}")
        if not kept:
            raise Refused(f"Nothing was handed out in {round_}: `realist allocate` does it.")
        scheme, seed = scheme_of(kept), int(kept["seed"])
        staying = [name for name in kept["people"] if name != line(leaving) and _active(work, name)]
        named, by_uid = _with_uids(work.connection, staying, scheme)
        pile = _Pile(work.connection, uid)
        change = allocation.reallot(named, by_uid, seed, pile.rows, who)
        for one in change.ended:
            work.change(Assignment, pile.rows[one], ended=line(reason) or f"{line(leaving)} left")
        for one in change.new:
            work.add(Assignment(entry=one.entry, reader=one.person, role=one.role))
        every = [one for one in pile.rows if one not in set(change.ended)]
        told = pile.told(
            len(change.new), len(change.ended), named, by_uid, [*every, *change.new], pile.papers
        )
        short = pile.called(change.without)
        return Allotted(told.new, told.ended, told.loads, told.pairs, short, told.unchecked)


def _active(work: Unit, initials: str) -> bool:
    found = select(Person.active).where(Person.initials == initials)
    return bool(work.connection.execute(found).scalar())


def scheme_of(kept: Mapping[str, Any]) -> AllocationScheme:
    """Return the scheme that a round keeps as JSON."""
    kind = _SCHEMES[kept["scheme"]]
    values = {name: _frozen(kept[name]) for name in kind.__dataclass_fields__ if name in kept}
    if "second" in values:
        values["second"] = Role(values["second"])
    scheme: AllocationScheme = kind(**values)
    return scheme


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _with_uids(
    connection: Connection, people: Sequence[str], scheme: AllocationScheme
) -> tuple[list[str], AllocationScheme]:
    """Return people and scheme with uids in place of initials."""
    named = people_named(connection, people)
    by_name = dict(zip(people, named, strict=True))

    def uid(name: str) -> str:
        if name not in by_name:
            by_name[name] = resolve(connection, "person", name)
        return by_name[name]

    match scheme:
        case Split():
            shares = tuple((uid(name), share) for name, share in scheme.shares)
            return named, Split(shares, scheme.checked, scheme.second)
        case Pairs():
            return named, Pairs(tuple((uid(one), uid(other)) for one, other in scheme.pairs))
        case OneOf():
            return named, OneOf(tuple(map(uid, scheme.group)), scheme.readers)
        case _:
            return named, scheme
