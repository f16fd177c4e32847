"""Handing out: what a scheme promises, whatever the entries, the people and what they hold already."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realist.domain.allocation import (
    AllocationScheme,
    AnyTwo,
    Assignment,
    Everybody,
    Handover,
    Load,
    OneOf,
    Pairs,
    Preview,
    Split,
    Together,
    allot,
    preview,
    reallot,
)
from realist.errors import WrongUse
from realist.vocabulary import Role

READ, SECOND, CHECK = Role.READ, Role.SECOND, Role.CHECK
TEAM = ("AH", "EK", "NG", "RP", "SF")


def numbered(n: int) -> list[str]:
    return [f"e{number:03}" for number in range(n)]


def loads(assignments: tuple[Assignment, ...], people: tuple[str, ...], *roles: Role) -> list[int]:
    """Return how many each of *people* has, in any role or in these."""
    n = Counter(one.person for one in assignments if not roles or one.role in roles)
    return [n[person] for person in people]


def readers(assignments: tuple[Assignment, ...]) -> dict[str, set[str]]:
    """Return who has each entry; nobody may have it twice."""
    found: dict[str, set[str]] = {}
    for one in assignments:
        assert one.person not in found.setdefault(one.entry, set()), f"{one} twice"
        found[one.entry].add(one.person)
    return found


def level(numbers: list[int]) -> bool:
    return not numbers or max(numbers) - min(numbers) <= 1


SEEDS = st.integers(0, 2**64)
ENTRIES = st.lists(st.text(max_size=3), max_size=40)
PEOPLE = st.integers(1, 5).map(lambda n: TEAM[:n])
TWO = st.integers(2, 5).map(lambda n: TEAM[:n])


@st.composite
def schemes(draw: st.DrawFn, people: tuple[str, ...]) -> AllocationScheme:
    """Return a scheme that *people*, two at least, can carry out."""
    some = st.lists(st.sampled_from(people), min_size=1, unique=True).map(tuple)
    shares = st.tuples(*[st.integers(0, 5) for _ in people]).filter(any)
    named = shares.map(lambda parts: tuple(zip(people, parts, strict=True)))
    return draw(
        st.one_of(
            st.builds(Split, st.just(()) | named, st.integers(0, 100), st.sampled_from([CHECK, SECOND])),
            st.just(Everybody()),
            st.just(AnyTwo()),
            st.lists(st.sampled_from(list(combinations(people, 2))), min_size=1, unique=True).map(
                lambda pairs: Pairs(tuple(pairs))
            ),
            st.builds(OneOf, some, st.integers(1, len(people))),
        )
    )


@st.composite
def rounds(draw: st.DrawFn) -> tuple[list[str], tuple[str, ...], AllocationScheme, tuple[Assignment, ...]]:
    """Return entries, people, a scheme, and what is held: also by others and of other entries."""
    people = draw(TWO)
    entries = draw(st.integers(0, 12).map(numbered))
    assignment = st.builds(
        Assignment,
        st.sampled_from([*entries, "elsewhere"]),
        st.sampled_from([*people, "gone"]),
        st.sampled_from(list(Role)),
        st.booleans(),
    )
    held = draw(st.lists(assignment, max_size=15, unique_by=lambda one: (one.entry, one.person)))
    return entries, people, draw(schemes(people)), tuple(held)


@given(ENTRIES, PEOPLE, SEEDS)
def test_split_evenly_everybody_reads_a_part(entries: list[str], people: tuple[str, ...], seed: int) -> None:
    new = allot(entries, people, Split(), seed)
    assert sorted(one.entry for one in new) == sorted(set(entries))
    assert {one.role for one in new} <= {READ}
    assert level(loads(new, people))


@given(st.integers(0, 60), st.lists(st.integers(0, 100), min_size=1, max_size=5).filter(any), SEEDS)
def test_shares_are_kept_to_less_than_an_entry(n: int, parts: list[int], seed: int) -> None:
    people = TEAM[: len(parts)]
    new = allot(numbered(n), people, Split(tuple(zip(people, parts, strict=True))), seed)
    assert len(new) == n
    for number, part in zip(loads(new, people), parts, strict=True):
        assert abs(number - Fraction(n * part, sum(parts))) < 1


def test_shares_as_numbers_or_percentages() -> None:
    entries = numbered(914)
    assert loads(allot(entries, ("RP", "SF"), Split((("SF", 2), ("RP", 1))), 1), ("SF", "RP")) in (
        [609, 305],
        [610, 304],
    )
    thirds = Split((("SF", 33.3), ("RP", 33.3), ("AH", 33.3)))
    assert sorted(loads(allot(entries, ("AH", "RP", "SF"), thirds, 1), ("AH", "RP", "SF"))) == [304, 305, 305]


@given(ENTRIES, PEOPLE, SEEDS)
def test_everybody_reads_everything(entries: list[str], people: tuple[str, ...], seed: int) -> None:
    new = allot(entries, people, Everybody(), seed)
    assert readers(new) == {entry: set(people) for entry in entries}


@given(ENTRIES, TWO, SEEDS)
def test_any_two_are_two_and_equally_often(entries: list[str], people: tuple[str, ...], seed: int) -> None:
    new = allot(entries, people, AnyTwo(), seed)
    assert {entry: len(who) for entry, who in readers(new).items()} == dict.fromkeys(entries, 2)
    assert level(loads(new, people))


def test_any_two_are_mixed() -> None:
    found = preview(numbered(120), TEAM, AnyTwo(), allot(numbered(120), TEAM, AnyTwo(), 5))
    assert {pair.entries for pair in found.pairs} <= {11, 12, 13}
    assert len(found.pairs) == 10


@given(ENTRIES, TWO, st.data(), SEEDS)
def test_pairs_are_those_named_and_equally_often(
    entries: list[str], people: tuple[str, ...], data: st.DataObject, seed: int
) -> None:
    pairs = data.draw(st.lists(st.sampled_from(list(combinations(people, 2))), min_size=1, unique=True))
    new = allot(entries, people, Pairs(tuple(pairs)), seed)
    found = Counter(tuple(sorted(who)) for who in readers(new).values())
    assert found.total() == len(set(entries))
    assert found.keys() <= set(pairs)
    assert level([found[pair] for pair in pairs])


@given(ENTRIES, PEOPLE, st.data(), SEEDS)
def test_one_of_the_group_reads_each_entry(
    entries: list[str], people: tuple[str, ...], data: st.DataObject, seed: int
) -> None:
    group = data.draw(st.lists(st.sampled_from(people), min_size=1, unique=True))
    k = data.draw(st.integers(1, len(people)))
    new = allot(entries, people, OneOf(tuple(group), k), seed)
    who = readers(new)
    assert who.keys() == set(entries)
    assert all(len(some) == k and some & set(group) for some in who.values())
    others = tuple(person for person in people if person not in group)
    assert level(loads(new, tuple(group)))
    assert level(loads(new, others))
    if k * len(group) >= len(people):  # the group is large enough to have no more to do than others
        assert level(loads(new, people))
    else:
        assert all(len(some & set(group)) == 1 for some in who.values())


@given(
    st.integers(0, 60), TWO, st.integers(0, 100) | st.floats(0, 100), st.sampled_from([CHECK, SECOND]), SEEDS
)
def test_a_percentage_is_checked_by_another_person(
    n: int, people: tuple[str, ...], percent: float, role: Role, seed: int
) -> None:
    new = allot(numbered(n), people, Split(checked=percent, second=role), seed)
    who = readers(new)
    assert level(loads(new, people, READ))
    assert Counter(one.role for one in new)[role] == ceil(n * Fraction(str(percent)) / 100)
    assert sum(len(some) == 2 for some in who.values()) == len(new) - n
    found = preview(numbered(n), people, Split(checked=percent, second=role), new)
    assert (found.short, found.unchecked) == ((), 0)


@pytest.mark.parametrize(
    ("percent", "n", "checked"), [(10, 914, 92), (10, 910, 91), (0.1, 10, 1), (33.3, 1000, 333), (100, 7, 7)]
)
def test_a_percentage_is_rounded_up(percent: float, n: int, checked: int) -> None:
    new = allot(numbered(n), TEAM, Split(checked=percent), 3)
    assert len(new) - n == checked


@given(st.integers(0, 6), st.integers(2, 3).map(lambda n: TEAM[:n]), st.integers(0, 100), SEEDS)
def test_checks_are_as_level_as_the_first_people_allow(
    n: int, people: tuple[str, ...], percent: int, seed: int
) -> None:
    new = allot(numbered(n), people, Split(checked=percent), seed)
    first = {one.entry: one.person for one in new if one.role is READ}
    sample = [one.entry for one in new if one.role is CHECK]
    ways = product(*[[person for person in people if person != first[entry]] for entry in sample])
    best = min(sum(number**2 for number in Counter(way).values()) for way in ways)
    assert sum(number**2 for number in loads(new, people, CHECK)) == best


def test_who_reads_nothing_first_may_check() -> None:
    new = allot(numbered(50), ("RP", "SF"), Split((("SF", 1), ("RP", 0)), checked=20), 1)
    assert loads(new, ("RP", "SF"), READ) == [0, 50]
    assert loads(new, ("RP", "SF"), CHECK) == [10, 0]


def test_the_sample_is_by_chance_and_differs_with_the_seed() -> None:
    def sample(seed: int) -> set[str]:
        new = allot(numbered(200), TEAM, Split(checked=20), seed)
        return {one.entry for one in new if one.role is CHECK}

    assert len({frozenset(sample(seed)) for seed in range(5)}) == 5
    often = Counter(entry for seed in range(300) for entry in sample(seed))
    assert len(often) == 200
    assert max(often.values()) < 100  # of 300, where 60 are expected


@given(rounds(), SEEDS, st.randoms(use_true_random=False))
def test_order_does_not_matter(
    round_: tuple[list[str], tuple[str, ...], AllocationScheme, tuple[Assignment, ...]],
    seed: int,
    random: object,
) -> None:
    entries, people, scheme, held = round_
    shuffle = random.sample  # type: ignore[attr-defined]
    again = (shuffle(entries, len(entries)), shuffle(people, len(people)))
    held_again = shuffle(held, len(held))
    new = allot(entries, people, scheme, seed, held)
    assert allot(*again, scheme, seed, held_again) == new
    all_of_it = (*held, *new)
    shuffled = shuffle(all_of_it, len(all_of_it))
    assert preview(*again, scheme, shuffled) == preview(entries, people, scheme, all_of_it)
    assert reallot(again[1], scheme, seed, shuffled, "SF") == reallot(people, scheme, seed, all_of_it, "SF")


def test_the_result_is_the_same_for_ever() -> None:
    def told(scheme: AllocationScheme) -> str:
        new = allot(numbered(6), TEAM[:3], scheme, 2026)
        return " ".join(f"{one.entry[-1]}{one.person}{one.role[0]}" for one in new)

    assert told(Split(checked=34)) == "0NGr 0AHc 1EKr 1NGc 2EKr 3AHr 4NGr 4EKc 5AHr"
    assert told(AnyTwo()) == "0EKr 0NGr 1AHr 1NGr 2AHr 2EKr 3AHr 3EKr 4AHr 4NGr 5EKr 5NGr"
    assert told(OneOf(("EK",), 2)) == "0EKr 0NGr 1AHr 1EKr 2AHr 2EKr 3EKr 3NGr 4EKr 4NGr 5AHr 5EKr"


@given(rounds(), SEEDS)
def test_what_is_held_is_kept_and_only_made_up(
    round_: tuple[list[str], tuple[str, ...], AllocationScheme, tuple[Assignment, ...]], seed: int
) -> None:
    entries, people, scheme, held = round_
    new = allot(entries, people, scheme, seed, held)
    who = readers((*held, *new))
    assert {one.entry for one in new} <= set(entries)
    assert {one.person for one in new} <= set(people)
    assert not any(one.decided for one in new)
    assert allot(entries, people, scheme, seed, (*held, *new)) == ()
    found = preview(entries, people, scheme, (*held, *new))
    assert found.unchecked == 0
    before = readers(held)
    for entry in entries:
        had = before.get(entry, set())
        match scheme:
            case AnyTwo() | Pairs():
                assert len(who[entry]) == max(2, len(had))
            case OneOf(group, k):
                lacking = len(had) >= k and not had & set(group)
                assert len(who[entry]) == max(k, len(had) + lacking)
                assert who[entry] & set(group)
            case Everybody():
                assert who[entry] >= set(people)
            case Split():
                spare = [
                    person for person in people if person not in had and dict(scheme.shares).get(person, 1)
                ]
                assert (entry in found.short) <= (not spare)


def test_who_comes_later_catches_up_to_an_equal_part() -> None:
    held = tuple(replace(one, decided=True) for one in allot(numbered(40), ("RP", "SF"), AnyTwo(), 1))
    new = allot(numbered(60), ("AH", "RP", "SF"), AnyTwo(), 1, held)
    assert len(new) == 40
    assert loads((*held, *new), ("AH", "RP", "SF")) == [20, 50, 50]
    first = allot(numbered(40), ("RP", "SF"), Split(), 1)
    later = allot(numbered(60), ("AH", "RP", "SF"), Split(), 1, first)
    assert loads((*first, *later), ("AH", "RP", "SF")) == [20, 20, 20]


def test_entries_that_come_later_are_checked_in_the_same_proportion() -> None:
    scheme = Split(checked=10)
    first = allot(numbered(100), TEAM, scheme, 1)
    later = allot(numbered(205), TEAM, scheme, 1, first)
    assert Counter(one.role for one in (*first, *later)) == {READ: 205, CHECK: 21}


def test_a_held_entry_of_a_pair_gets_the_other_of_it() -> None:
    pairs = Pairs((("SF", "RP"), ("SF", "AH")))
    held = (Assignment("e0", "RP"), Assignment("e1", "AH"), Assignment("e2", "NG"))
    new = allot(["e0", "e1", "e2"], ("AH", "NG", "RP", "SF"), pairs, 1, held)
    assert [(one.entry, one.person) for one in new[:2]] == [("e0", "SF"), ("e1", "SF")]
    assert len(new) == 3
    assert new[2].person in ("AH", "RP", "SF")


def leave(
    people: tuple[str, ...], scheme: AllocationScheme, held: tuple[Assignment, ...], leaving: str
) -> tuple[Handover, tuple[Assignment, ...]]:
    """Return what follows when somebody leaves, and all assignments after it; check what always holds."""
    found = reallot(people, scheme, 7, held, leaving)
    assert set(found.ended) == {one for one in held if one.person == leaving and not one.decided}
    kept = tuple(one for one in held if one not in found.ended)
    after = (*kept, *found.new)
    who = readers(after)
    assert {one.person for one in found.new} <= set(people) - {leaving}
    assert {one.entry for one in found.new} | set(found.without) <= {one.entry for one in found.ended}
    before = readers(held)
    assert not [one for one in found.new if one.person in before[one.entry]]
    for entry in found.without:
        may = set(people) - {leaving} - who.get(entry, set())
        if isinstance(scheme, OneOf) and not who.get(entry, set()) & set(scheme.group):
            may &= set(scheme.group)
        if isinstance(scheme, Split) and scheme.shares:
            may = {person for person in may if dict(scheme.shares)[person]}
        assert not may
    return found, after


@given(rounds(), SEEDS)
def test_two_people_leave_one_after_the_other(
    round_: tuple[list[str], tuple[str, ...], AllocationScheme, tuple[Assignment, ...]], seed: int
) -> None:
    entries, people, scheme, held = round_
    held = (*held, *allot(entries, people, scheme, seed, held))
    _, after = leave(people, scheme, held, people[0])
    _, last = leave(people[1:], scheme, after, people[1])
    decided = {one for one in held if one.decided}
    assert decided <= set(after)
    assert decided <= set(last)


@given(st.integers(0, 30), st.integers(3, 5).map(lambda n: TEAM[:n]), st.data())
def test_the_scheme_holds_after_somebody_left(n: int, people: tuple[str, ...], data: st.DataObject) -> None:
    few: list[AllocationScheme] = [Split(), Split(checked=30), AnyTwo(), Everybody()]
    scheme = data.draw(st.sampled_from(few))
    held = allot(numbered(n), people, scheme, 3)
    decided = data.draw(st.sets(st.sampled_from(held))) if held else set()
    held = tuple(replace(one, decided=one in decided) for one in held)
    found, after = leave(people, scheme, held, people[0])
    assert not found.without
    stay = people[1:]
    told = preview(numbered(n), stay, scheme, after)
    assert (told.short, told.unchecked) == ((), 0)
    assert not decided or {replace(one, decided=True) for one in decided} <= set(after)
    if not decided:
        assert level(loads(after, stay, READ))


def test_a_second_person_who_leaves_is_replaced_as_what_they_were() -> None:
    held = (
        Assignment("e0", "SF"),
        Assignment("e0", "RP", CHECK),
        Assignment("e1", "NG"),
        Assignment("e1", "RP", SECOND),
    )
    found = reallot(TEAM[2:], Split(checked=10), 1, held, "RP")
    assert found.new == (Assignment("e0", "NG", CHECK), Assignment("e1", "SF", SECOND))


def test_who_decided_before_leaving_is_still_a_reader() -> None:
    held = (
        Assignment("e0", "SF", decided=True),
        Assignment("e0", "RP"),
        Assignment("e1", "SF"),
        Assignment("e1", "RP"),
    )
    found = reallot(("AH", "RP"), AnyTwo(), 1, held, "SF")
    assert found == Handover((Assignment("e1", "SF"),), (Assignment("e1", "AH"),), ())


def test_nobody_is_left_who_has_not_read_it() -> None:
    held = allot(["e0", "e1"], ("RP", "SF"), AnyTwo(), 1)
    found = reallot(("RP", "SF"), AnyTwo(), 1, held, "SF")
    assert (found.new, found.without) == ((), ("e0", "e1"))
    assert reallot((), AnyTwo(), 1, held, "SF").without == ("e0", "e1")
    assert reallot(("RP",), Everybody(), 1, held, "SF").without == ()
    assert reallot((), Everybody(), 1, (Assignment("e0", "SF"),), "SF").without == ("e0",)


def test_without_another_of_the_group_an_entry_stays_without() -> None:
    held = (Assignment("e0", "SF"), Assignment("e0", "RP"))
    found = reallot(("AH", "RP"), OneOf(("SF",)), 1, held, "SF")
    assert (found.new, found.without) == ((), ("e0",))
    assert reallot(("AH", "RP"), OneOf(("AH", "SF")), 1, held, "SF").new == (Assignment("e0", "AH"),)


def test_where_no_pair_is_left_anybody_reads() -> None:
    held = (Assignment("e0", "SF"), Assignment("e0", "RP"))
    pairs = Pairs((("SF", "RP"), ("SF", "AH"), ("RP", "NG")))
    assert reallot(("AH", "NG", "RP"), pairs, 1, held, "SF").new == (Assignment("e0", "NG"),)
    assert reallot(("AH", "RP"), Pairs((("SF", "RP"), ("SF", "AH"))), 1, held, "SF").new == (
        Assignment("e0", "AH"),
    )


def test_only_people_with_share_0_are_left() -> None:
    held = (Assignment("e0", "SF"),)
    found = reallot(("RP",), Split((("SF", 1), ("RP", 0))), 1, held, "SF")
    assert (found.new, found.without) == ((), ("e0",))


def test_a_preview_counts_people_roles_pairs_and_what_is_short() -> None:
    made = (
        Assignment("e0", "SF", decided=True),
        Assignment("e0", "RP", CHECK),
        Assignment("e1", "SF"),
        Assignment("e1", "AH", SECOND),
        Assignment("e2", "AH", CHECK),
        Assignment("e9", "RP"),
    )
    found = preview(["e2", "e1", "e0", "e3"], ("RP", "SF", "NG"), Split(checked=75), made)
    assert found == Preview(
        (Load("AH", 0, 1, 1), Load("NG", 0, 0, 0), Load("RP", 1, 0, 1), Load("SF", 2, 0, 0)),
        (Together("AH", "SF", 1), Together("RP", "SF", 1)),
        ("e2", "e3"),
        1,
    )
    assert [load.total for load in found.loads] == [2, 0, 2, 2]
    assert preview(["e0"], ("SF",), AnyTwo(), made[:1]).short == ("e0",)
    assert preview(["e0"], ("RP", "SF"), OneOf(("NG",)), made[:2]).short == ("e0",)


def test_nothing_to_hand_out() -> None:
    assert allot([], TEAM, AnyTwo(), 1) == ()
    assert reallot(TEAM, AnyTwo(), 1, (), "SF") == Handover((), (), ())


@pytest.mark.parametrize(
    ("scheme", "people", "said"),
    [
        (Split(), (), "name at least one person"),
        (Split((("SF", 0), ("RP", 0))), ("SF", "RP"), "All shares are 0"),
        (Split((("SF", -1), ("RP", 2))), ("SF", "RP"), "from 0 on"),
        (Split((("SF", float("nan")), ("RP", 2))), ("SF", "RP"), "from 0 on"),
        (Split((("SF", float("inf")), ("RP", 2))), ("SF", "RP"), "from 0 on"),
        (Split((("SF", 1),)), ("SF", "RP"), "RP has no share"),
        (Split((("SF", 1), ("SF", 2), ("RP", 1))), ("SF", "RP"), "two shares"),
        (Split((("SF", 1), ("XX", 2))), ("SF",), "A share names XX"),
        (Split(checked=101), ("SF", "RP"), "from 0 to 100"),
        (Split(checked=-0.5), ("SF", "RP"), "from 0 to 100"),
        (Split(checked=float("nan")), ("SF", "RP"), "from 0 to 100"),
        (Split(checked=10), ("SF",), "second person"),
        (Split(checked=10, second=READ), ("SF", "RP"), "one of these roles"),
        (AnyTwo(), ("SF",), "at least two people"),
        (AnyTwo(), ("SF", "SF"), "at least two people"),
        (Pairs(()), ("SF", "RP"), "at least one"),
        (Pairs((("SF", "XX"),)), ("SF", "RP"), "A pair names XX"),
        (Pairs((("SF", "SF"),)), ("SF", "RP"), "two different people"),
        (Pairs((("SF", "RP"), ("RP", "SF"))), ("SF", "RP"), "each pair once"),
        (OneOf(()), ("SF", "RP"), "The group is empty"),
        (OneOf(("XX",)), ("SF", "RP"), "The group names XX"),
        (OneOf(("SF",), 3), ("SF", "RP"), "use 1 to 2"),
        (OneOf(("SF",), 0), ("SF", "RP"), "use 1 to 2"),
    ],
)
def test_what_cannot_be_carried_out_is_refused(
    scheme: AllocationScheme, people: tuple[str, ...], said: str
) -> None:
    with pytest.raises(WrongUse, match=said) as refused:
        allot(["e0"], people, scheme, 1)
    assert str(refused.value).endswith(".")


def test_nobody_is_preferred() -> None:
    first = Counter(allot(["e0"], TEAM[:3], Split(), seed)[0].person for seed in range(300))
    assert len(first) == 3
    assert min(first.values()) > 60
