"""Who reads what: the entries of a screening round handed to people, by a scheme and a seed.

Chance is SHA-256 of the seed with the entry or the person, never a generator: the same entries, people,
scheme, seed and held assignments give the same result in any order, on any machine, for ever. What is held
stays as it is; new assignments make up the balance: over all, held and new, everybody comes as near to an
equal part, or the agreed share, as what is held allows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import combinations, pairwise
from math import ceil, lcm

from realist.errors import WrongUse
from realist.vocabulary import Role

Shares = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """An entry for a person. *decided*: the person said include, exclude or maybe; parked is undecided."""

    entry: str
    person: str
    role: Role = Role.READ
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """One person reads each entry; *checked* percent of the entries get a second person, who is another one.

    *shares* say who reads how much: numbers in proportion (SF 2, RP 1), percentages included, one for each
    person; none share alike. The percentage is of all entries and rounded up, so that what a report says was
    checked was checked: 10 % of 914 is 92. Second persons share alike, whatever the shares: who has share 0
    reads nothing first and may still check. *second* is what they are: CHECK (sees what the first decided)
    or SECOND (decides blind).
    """

    shares: Shares = ()
    checked: float = 0
    second: Role = Role.CHECK


@dataclass(frozen=True, slots=True)
class Everybody:
    """Everybody reads every entry."""


@dataclass(frozen=True, slots=True)
class AnyTwo:
    """Two different people read each entry, any two: people equally often, and mixed."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """One of these pairs reads each entry, pairs equally often."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """So many people read each entry, at least one of them of a group, such as the methodologists."""

    group: tuple[str, ...]
    readers: int = 2


AllocationScheme = Split | Everybody | AnyTwo | Pairs | OneOf


@dataclass(frozen=True, slots=True)
class Handover:
    """What follows when somebody leaves: what ends, what is new, and which entries are short of a reader."""

    ended: tuple[Assignment, ...]
    new: tuple[Assignment, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """How many entries a person has as what."""

    person: str
    read: int
    second: int
    check: int

    @property
    def total(self) -> int:
        """All entries of the person."""
        return self.read + self.second + self.check


@dataclass(frozen=True, slots=True)
class Together:
    """How many entries two people share, in whatever roles."""

    one: str
    other: str
    entries: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What assignments come to: by person, by pair, and what they leave open, each in order of name.

    *short* are entries with fewer readers than the scheme says, or with none of its group. *unchecked* is
    how many entries more would need a second person for the percentage of a Split.
    """

    loads: tuple[Load, ...]
    pairs: tuple[Together, ...]
    short: tuple[str, ...]
    unchecked: int = 0


def allot(
    entries: Iterable[str],
    people: Collection[str],
    scheme: AllocationScheme,
    seed: int,
    held: Iterable[Assignment] = (),
) -> tuple[Assignment, ...]:
    """Return the assignments that are missing, by entry, so that each entry has the readers of the scheme.

    *entries* and *people* are uids, each counted once. *held* are all assignments of the round: they count
    for balance, decided or not, and nobody gets an entry again. Whoever holds an entry counts as its reader,
    also a person who is not among *people*. An entry of Pairs that is held by somebody of no pair gets one
    person more, of any pair; one of OneOf that has its readers, and none of the group, gets one of the group
    besides.

    Raise WrongUse for a scheme that these people cannot carry out.
    """
    _check(scheme, people)
    pile = _Pile(people, seed, held)
    wanted = pile.shuffled(entries, "entry")
    if isinstance(scheme, Split):
        _split(pile, wanted, scheme)
    else:
        _complete(pile, wanted, scheme, dict.fromkeys(wanted, Role.READ))
    return pile.new()


def reallot(
    people: Collection[str],
    scheme: AllocationScheme,
    seed: int,
    held: Iterable[Assignment],
    leaving: str,
) -> Handover:
    """Return what ends and what is new when *leaving* goes; *people* are those who stay, with or without.

    Undecided assignments of the person end. Their entries get other people by the rules of :func:`allot`,
    in the same role, never one who has the entry; what is decided stays, and whoever decided still counts as
    reader. A share or a pair of the person is left out; where no pair is left for an entry, anybody reads it.
    An entry stays without where nobody who may read it has not read it: nobody is left, all others have
    share 0, or the group of OneOf has nobody else.
    """
    if isinstance(scheme, Split):
        _check_amounts(scheme)
    held = list(held)
    ended = [one for one in held if one.person == leaving and not one.decided]
    going = set(ended)
    pile = _Pile(set(people) - {leaving}, seed, (one for one in held if one not in going))
    roles = {one.entry: one.role for one in sorted(ended, key=_by_entry, reverse=True)}
    touched = pile.shuffled(roles, "entry")
    if isinstance(scheme, Split):
        without = _split_again(pile, touched, scheme, roles)
    else:
        _complete(pile, touched, scheme, roles)
        without = [entry for entry in touched if not _enough(scheme, pile.people, pile.holders[entry])]
    return Handover(tuple(sorted(ended, key=_by_entry)), pile.new(), tuple(sorted(without)))


def preview(
    entries: Iterable[str],
    people: Collection[str],
    scheme: AllocationScheme,
    assignments: Iterable[Assignment],
) -> Preview:
    """Return what these assignments, held and new ones together, come to; people without any stand with 0."""
    wanted = set(entries)
    holders: dict[str, dict[str, Role]] = {entry: {} for entry in wanted}
    loads: dict[str, Counter[Role]] = {person: Counter() for person in people}
    for one in sorted(set(assignments), key=_by_entry):
        if one.person not in holders.setdefault(one.entry, {}):
            holders[one.entry][one.person] = one.role
            loads.setdefault(one.person, Counter())[one.role] += 1
    together = Counter(pair for has in holders.values() for pair in combinations(sorted(has), 2))
    return Preview(
        tuple(Load(who, n[Role.READ], n[Role.SECOND], n[Role.CHECK]) for who, n in sorted(loads.items())),
        tuple(Together(*pair, n) for pair, n in sorted(together.items())),
        tuple(sorted(entry for entry in wanted if not _enough(scheme, people, holders[entry]))),
        _unchecked(scheme, wanted, holders),
    )


def _by_entry(one: Assignment) -> tuple[str, int, str, bool]:
    return one.entry, list(Role).index(one.role), one.person, one.decided


class _Pile:
    """Who has which entry and how much everybody has, while assignments are made."""

    def __init__(self, people: Collection[str], seed: int, held: Iterable[Assignment]) -> None:
        self.seed = seed
        self.people = self.shuffled(people, "person")
        self.rank = {person: place for place, person in enumerate(self.people)}
        self.holders: defaultdict[str, dict[str, Role]] = defaultdict(dict)
        self.loads: Counter[str] = Counter()
        self.by_role: Counter[tuple[str, Role]] = Counter()
        self.together: Counter[frozenset[str]] = Counter()
        self.given: list[Assignment] = []
        for one in sorted(held, key=_by_entry):
            self._put(one)

    def lot(self, *of: str) -> bytes:
        """Return 32 bytes by chance, always the same of the same."""
        return sha256("\x1f".join((str(self.seed), *of)).encode("utf-8", "surrogatepass")).digest()

    def shuffled(self, things: Iterable[str], what: str) -> list[str]:
        """Return different *things* in an order by chance."""
        return sorted(set(things), key=lambda thing: (self.lot(what, thing), thing))

    def give(self, entry: str, person: str, role: Role) -> None:
        """Add an assignment."""
        self.given.append(Assignment(entry, person, role))
        self._put(self.given[-1])

    def pass_on(self, place: int, person: str) -> None:
        """Give what was added at *place* of ``given`` to somebody else, who does not have the entry."""
        old = self.given[place]
        has = self.holders[old.entry]
        del has[old.person]
        for other in has:
            self.together[frozenset((old.person, other))] -= 1
        self.loads[old.person] -= 1
        self.by_role[old.person, old.role] -= 1
        self.given[place] = Assignment(old.entry, person, old.role)
        self._put(self.given[place])

    def _put(self, one: Assignment) -> None:
        has = self.holders[one.entry]
        if one.person in has:
            return
        for other in has:
            self.together[frozenset((one.person, other))] += 1
        has[one.person] = one.role
        self.loads[one.person] += 1
        self.by_role[one.person, one.role] += 1

    def new(self) -> tuple[Assignment, ...]:
        """Return what was added, by entry."""
        return tuple(sorted(self.given, key=_by_entry))


# Any number of people per entry ----------------------------------------------------------------------------


def _complete(
    pile: _Pile, entries: Iterable[str], scheme: AllocationScheme, roles: Mapping[str, Role]
) -> None:
    """Give entries the readers that they lack, as far as there are any."""
    for entry in entries:
        if isinstance(scheme, Everybody):
            for person in _able(pile, entry, scheme):
                pile.give(entry, person, roles[entry])
        while not _enough(scheme, pile.people, pile.holders[entry]):
            able = _able(pile, entry, scheme)
            if not able:
                break
            pile.give(entry, _next(pile, entry, scheme, able), roles[entry])
    if not isinstance(scheme, Everybody | Pairs):
        group = scheme.group if isinstance(scheme, OneOf) else pile.people
        _level(pile, 0, {person: -pile.loads[person] for person in pile.people}, 1, group)


def _able(pile: _Pile, entry: str, scheme: AllocationScheme) -> list[str]:
    """Return who may be the next reader of an entry."""
    has = pile.holders[entry]
    able = [person for person in pile.people if person not in has]
    if isinstance(scheme, OneOf) and not has.keys() & set(scheme.group):
        return [person for person in able if person in scheme.group]
    if isinstance(scheme, Pairs):
        return _of_a_pair(pile, has, scheme, able)
    return able


def _of_a_pair(pile: _Pile, has: Mapping[str, Role], scheme: Pairs, able: list[str]) -> list[str]:
    """Return who of *able* completes a pair that has come up least; else who is of a pair; else anybody."""
    whole = [frozenset(pair) for pair in scheme.pairs if pile.rank.keys() | has.keys() >= set(pair)]
    fitting = [pair for pair in whole if pair >= has.keys() and pair & set(able)]
    if fitting:
        least = min(pile.together[pair] for pair in fitting)
        fitting = [pair for pair in fitting if pile.together[pair] == least]
    return [person for person in able if any(person in pair for pair in fitting or whole)] or able


def _next(pile: _Pile, entry: str, scheme: AllocationScheme, able: list[str]) -> str:
    """Return who of *able* has least, was least together with those who have the entry, and drew the lot.

    Of equals, people outside the group come first: those in it are needed elsewhere.
    """
    has = pile.holders[entry]
    group = scheme.group if isinstance(scheme, OneOf) and has else ()
    lot = pile.lot("reader", entry)

    def standing(person: str) -> tuple[int, bool, int, int, int]:
        together = sum(pile.together[frozenset((person, other))] for other in has)
        place = pile.rank[person]
        return pile.loads[person], person in group, together, lot[place % len(lot)], place

    return min(able, key=standing)


def _enough(scheme: AllocationScheme, people: Collection[str], has: Mapping[str, Role]) -> bool:
    """Whether an entry has its readers; for a Split, its first one."""
    match scheme:
        case Split():
            return Role.READ in has.values()
        case Everybody():
            return bool(has) and has.keys() >= set(people)
        case OneOf():
            return len(has) >= scheme.readers and not has.keys().isdisjoint(scheme.group)
        case _:
            return len(has) >= 2


# One person per entry, and a sample that is checked --------------------------------------------------------


def _split(pile: _Pile, entries: Sequence[str], scheme: Split) -> None:
    shares = _shares(scheme, pile.people)
    unread = [entry for entry in entries if not _enough(scheme, pile.people, pile.holders[entry])]
    _deal(pile, unread, shares, Role.READ)
    missing = _unchecked(scheme, entries, pile.holders)
    alone = [entry for entry in pile.shuffled(entries, "checked") if len(pile.holders[entry]) == 1]
    _deal(pile, alone[:missing], dict.fromkeys(pile.people, Fraction(1)), scheme.second)


def _split_again(pile: _Pile, touched: Sequence[str], scheme: Split, roles: Mapping[str, Role]) -> list[str]:
    """Replace first and second people who left; return the entries where nobody could."""
    ended = [entry for entry in touched if roles[entry] is Role.READ]
    unread = [entry for entry in ended if not _enough(scheme, pile.people, pile.holders[entry])]
    without = _deal(pile, unread, _shares(scheme, pile.people), Role.READ)
    for role in (Role.SECOND, Role.CHECK):
        alone = [entry for entry in touched if roles[entry] is role and len(pile.holders[entry]) < 2]
        without += _deal(pile, alone, dict.fromkeys(pile.people, Fraction(1)), role)
    return list(dict.fromkeys(without))


def _unchecked(scheme: AllocationScheme, entries: Collection[str], holders: Mapping[str, Sized]) -> int:
    """How many entries lack a second person for the percentage of a Split."""
    if not isinstance(scheme, Split):
        return 0
    wanted = ceil(len(entries) * Fraction(str(scheme.checked)) / 100)
    return max(wanted - sum(len(holders[entry]) > 1 for entry in entries), 0)


def _shares(scheme: Split, people: Iterable[str]) -> dict[str, Fraction]:
    """Return the shares of these people; who has none gets nothing."""
    given = dict(scheme.shares)
    shares = {person: Fraction(str(given.get(person, 0 if given else 1))) for person in people}
    return {person: share for person, share in shares.items() if share}


def _deal(pile: _Pile, entries: Sequence[str], shares: Mapping[str, Fraction], role: Role) -> list[str]:
    """Give each entry one more person in a role, by shares; return the entries that nobody can take."""
    due, unit = _due(pile, len(entries), shares, role)
    since = len(pile.given)
    left: list[str] = []
    for entry in entries:
        able = [person for person in due if person not in pile.holders[entry]]
        if not able:
            left.append(entry)
            continue
        lot = pile.lot("dealt", entry)
        person = min(able, key=lambda who: (-due[who], lot[pile.rank[who] % len(lot)], pile.rank[who]))
        pile.give(entry, person, role)
        due[person] -= unit
    _level(pile, since, due, unit, pile.people)
    return left


def _due(pile: _Pile, n: int, shares: Mapping[str, Fraction], role: Role) -> tuple[dict[str, int], int]:
    """Return how much of *n* entries each should get, and in which unit: so many make an entry.

    Below 0 is who has more than a share already; the others share what is left.
    """
    has = {person: _held_as(pile, person, role) for person in shares}
    due = {person: Fraction(0) for person in shares}
    taking = set(shares)
    while taking:
        whole = n + sum(has[person] for person in taking)
        weight = sum(shares[person] for person in taking)
        due |= {person: whole * shares[person] / weight - has[person] for person in taking}
        if not (over := {person for person in taking if due[person] < 0}):
            break
        taking -= over
    unit = lcm(*(part.denominator for part in due.values()))
    return {person: int(part * unit) for person, part in due.items()}, unit


def _held_as(pile: _Pile, person: str, role: Role) -> int:
    """How many entries somebody has as first person, or else as second one, of either kind."""
    roles = (Role.READ,) if role is Role.READ else (Role.SECOND, Role.CHECK)
    return sum(pile.by_role[person, one] for one in roles)


# Passing on ------------------------------------------------------------------------------------------------


def _level(pile: _Pile, since: int, due: dict[str, int], unit: int, group: Collection[str]) -> None:
    """Pass on what was given, along chains where needed, while that brings people nearer to their due.

    Handing out goes entry by entry, and the last ones may be left to people who have theirs already. Each
    entry keeps somebody of *group*.
    """
    if not due or max(due.values()) - min(due.values()) <= unit:
        return
    passing = _Passing(pile, since, list(due), set(group))
    while True:
        givers = sorted(due, key=lambda person: (due[person], pile.rank[person]))
        chain = next((found for who in givers if (found := _chain(who, due, unit, passing))), [])
        if not chain:
            return
        for giver, taker in reversed(list(pairwise(chain))):
            passing.pass_on(giver, taker)
        due[chain[0]] += unit
        due[chain[-1]] -= unit


class _Passing:
    """Which of the new assignments can be passed from whom to whom."""

    def __init__(self, pile: _Pile, since: int, takers: list[str], group: set[str]) -> None:
        self.pile, self.takers, self.group = pile, takers, group
        self.offers: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(pile.given[since:], since):
            self.places[one.entry].append(place)
        for entry in self.places:
            self._offer(entry)

    def _offer(self, entry: str) -> None:
        for place in self.places[entry]:
            giver = self.pile.given[place].person
            for taker in self.takers:
                if self._can(place, taker):
                    self.offers[giver, taker].append(place)

    def _can(self, place: int, taker: str) -> bool:
        one = self.pile.given[place]
        has = self.pile.holders[one.entry]
        if taker in has:
            return False
        return one.person not in self.group or taker in self.group or len(self.group.intersection(has)) > 1

    def ready(self, giver: str, taker: str) -> bool:
        """Whether there is something that *giver* can pass to *taker*; what went elsewhere is forgotten."""
        offers = self.offers[giver, taker]
        while offers:
            if self.pile.given[offers[-1]].person == giver and self._can(offers[-1], taker):
                return True
            offers.pop()
        return False

    def pass_on(self, giver: str, taker: str) -> None:
        """Pass one on that is ready."""
        place = self.offers[giver, taker].pop()
        self.pile.pass_on(place, taker)
        self._offer(self.pile.given[place].entry)


def _chain(giver: str, due: Mapping[str, int], unit: int, passing: _Passing) -> list[str]:
    """Return the shortest way on which *giver* can pass an entry to somebody who is due more; or []."""
    ways = {giver: [giver]}
    queue = [giver]
    for person in queue:
        for other in due:
            if other not in ways and passing.ready(person, other):
                ways[other] = [*ways[person], other]
                if due[other] - due[giver] > unit:
                    return ways[other]
                queue.append(other)
    return []


# What cannot be carried out --------------------------------------------------------------------------------


def _check(scheme: AllocationScheme, people: Collection[str]) -> None:
    known = set(people)
    if not known:
        raise WrongUse("Nobody is there to read: name at least one person.")
    match scheme:
        case Split():
            _check_split(scheme, known)
        case AnyTwo() if len(known) < 2:
            raise WrongUse("Two people have to read each entry: name at least two people.")
        case Pairs():
            _check_pairs(scheme, known)
        case OneOf():
            _check_group(scheme, known)


def _check_split(scheme: Split, known: set[str]) -> None:
    names = [name for name, _ in scheme.shares]
    _check_names("A share", names, known)
    if len(set(names)) < len(names):
        raise WrongUse("Somebody has two shares: name each person once.")
    if names and (left := known - set(names)):
        raise WrongUse(f"{_list(left)} has no share: give everybody a share, or 0.")
    _check_amounts(scheme)
    if names and not any(share for _, share in scheme.shares):
        raise WrongUse("All shares are 0, so nobody would read: give at least one person more.")
    if scheme.checked and len(known) < 2:
        raise WrongUse("Nobody checks their own entries: name a second person, or check 0 %.")


def _check_amounts(scheme: Split) -> None:
    if not all(0 <= share < float("inf") for _, share in scheme.shares):
        raise WrongUse("A share is a number from 0 on: give each person one, such as 2 and 1.")
    if not 0 <= scheme.checked <= 100:
        raise WrongUse(f"{scheme.checked} % of the entries cannot be checked: use a number from 0 to 100.")
    if scheme.second is Role.READ:
        raise WrongUse("A second person is a check or a second reader: use one of these roles.")


def _check_pairs(scheme: Pairs, known: set[str]) -> None:
    if not scheme.pairs:
        raise WrongUse("No pairs are named: name at least one, such as SF+RP.")
    _check_names("A pair", [name for pair in scheme.pairs for name in pair], known)
    if alone := [pair for pair in scheme.pairs if len(set(pair)) != 2]:
        raise WrongUse(f"{'+'.join(alone[0])} is no pair: name two different people.")
    if len({frozenset(pair) for pair in scheme.pairs}) < len(scheme.pairs):
        raise WrongUse("A pair is named twice: name each pair once.")


def _check_group(scheme: OneOf, known: set[str]) -> None:
    if not scheme.group:
        raise WrongUse("The group is empty: name at least one person of it.")
    _check_names("The group", scheme.group, known)
    if not 1 <= scheme.readers <= len(known):
        raise WrongUse(
            f"{scheme.readers} of {len(known)} people cannot read each entry: use 1 to {len(known)}."
        )


def _check_names(what: str, names: Iterable[str], known: set[str]) -> None:
    if unknown := set(names) - known:
        raise WrongUse(
            f"{what} names {_list(unknown)}, who is not among the people: add them, or leave them out."
        )


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
