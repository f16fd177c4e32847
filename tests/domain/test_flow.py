"""The rules of the flow: what follows from what a source reports, and what does not."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realist.domain.flow import ORDER, Count, Derived, Group, Line, lay_out
from realist.vocabulary import FlowStep as S
from realist.vocabulary import Qualifier

Numbers = dict[S, int | None]


def one_door(numbers: Numbers, *more: Count) -> Group:
    """Return the group of a stage with these reported numbers and nothing else."""
    counts = [
        Count(step, value, Qualifier.EXACTLY if value is not None else Qualifier.UNKNOWN)
        for step, value in numbers.items()
    ]
    (group,) = lay_out({None: [*counts, *more]}, {})
    return group


def derived(group: Group) -> dict[S, tuple[int, str]]:
    return {line.step: (line.derived.value, line.derived.formula) for line in group.lines if line.derived}


def line_of(group: Group, step: S) -> Line:
    (found,) = [line for line in group.lines if line.step is step]
    return found


@pytest.mark.parametrize(
    ("reported", "step", "value", "formula"),
    [
        ({S.IDENTIFIED: 1446, S.DUPLICATES: 532}, S.SCREENED, 914, "1,446 − 532"),
        ({S.IDENTIFIED: 1446, S.SCREENED: 914}, S.DUPLICATES, 532, "1,446 − 914"),
        ({S.IDENTIFIED: 100, S.DUPLICATES: 20, S.ALREADY_KNOWN: 5}, S.SCREENED, 75, "100 − 20 − 5"),
        ({S.IDENTIFIED: 100, S.SCREENED: 75, S.ALREADY_KNOWN: 5}, S.DUPLICATES, 20, "100 − 5 − 75"),
        ({S.SCREENED: 5673, S.PASSED: 420}, S.EXCLUDED_SCREENING, 5253, "5,673 − 420"),
        ({S.SCREENED: 914, S.ASSESSED: 66}, S.EXCLUDED_SCREENING, 848, "914 − 66"),
        ({S.PASSED: 420, S.ADDED: 11}, S.SOUGHT, 431, "420 + 11"),
        ({S.SOUGHT: 462, S.NOT_OBTAINED: 16}, S.ASSESSED, 446, "462 − 16"),
        ({S.ASSESSED: 41, S.INCLUDED: 14}, S.EXCLUDED_FULL_TEXT, 27, "41 − 14"),
    ],
)
def test_each_rule(reported: Numbers, step: S, value: int, formula: str) -> None:
    assert derived(one_door(reported)) == {step: (value, formula)}


def test_zero_is_a_number() -> None:
    assert derived(one_door({S.IDENTIFIED: 12, S.DUPLICATES: 0})) == {S.SCREENED: (12, "12 − 0")}
    assert derived(one_door({S.ASSESSED: 5, S.INCLUDED: 0})) == {S.EXCLUDED_FULL_TEXT: (5, "5 − 0")}


def test_unknown_is_not_zero() -> None:
    assert derived(one_door({S.IDENTIFIED: 12, S.DUPLICATES: None})) == {}
    assert derived(one_door({S.IDENTIFIED: None, S.DUPLICATES: 3})) == {}
    assert derived(one_door({S.PASSED: 420, S.ADDED: None})) == {}
    assert derived(one_door({S.IDENTIFIED: 100, S.DUPLICATES: 20, S.ALREADY_KNOWN: None})) == {}


@pytest.mark.parametrize("qualifier", [Qualifier.AT_LEAST, Qualifier.ABOUT])
def test_what_is_not_exact_derives_nothing(qualifier: Qualifier) -> None:
    about = Count(S.DUPLICATES, 500, qualifier)
    assert derived(one_door({S.IDENTIFIED: 1446}, about)) == {}


def test_one_added_number_that_is_unknown_spoils_the_sum() -> None:
    known, unknown = Count(S.ADDED, 11), Count(S.ADDED, None, Qualifier.UNKNOWN)
    assert derived(one_door({S.PASSED: 420}, known))[S.SOUGHT] == (431, "420 + 11")
    for order in permutations([known, unknown]):
        assert derived(one_door({S.PASSED: 420}, *order)) == {}


def test_what_came_through_several_doors_is_added_up() -> None:
    doors = [Count(S.ADDED, n, label=label) for n, label in ((11, "people"), (2, "stage 1"), (14, "teams"))]
    group = one_door({S.PASSED: 420, S.SOUGHT: 447}, *doors)
    assert derived(group) == {S.SOUGHT: (447, "420 + 11 + 2 + 14")}
    assert line_of(group, S.SOUGHT).balanced is True
    assert [line.label for line in group.lines if line.step is S.ADDED] == ["people", "stage 1", "teams"]


def test_of_several_numbers_of_a_step_the_last_one_stands() -> None:
    group = one_door({S.NOT_OBTAINED: 16}, Count(S.SOUGHT, 458), Count(S.SOUGHT, 462))
    assert derived(group) == {S.ASSESSED: (446, "462 − 16")}


def test_labelled_numbers_are_parts_unless_there_is_a_total() -> None:
    parts = [Count(S.SOUGHT, 10, label="by post"), Count(S.SOUGHT, 20, label="online")]
    assert derived(one_door({S.NOT_OBTAINED: 5}, *parts)) == {S.ASSESSED: (25, "10 + 20 − 5")}
    total = one_door({S.NOT_OBTAINED: 5, S.SOUGHT: 31}, *parts)
    assert derived(total) == {S.ASSESSED: (26, "31 − 5")}


def test_who_passed_screening_is_not_who_was_read_where_something_came_between() -> None:
    for between in ({S.ADDED: 5}, {S.SOUGHT: 70}, {S.PASSED: None, S.SOUGHT: 70}):
        group = one_door({S.SCREENED: 914, S.ASSESSED: 66, **between})
        assert S.EXCLUDED_SCREENING not in derived(group)


def test_a_number_that_agrees_and_one_that_does_not() -> None:
    assert line_of(one_door({S.IDENTIFIED: 10, S.DUPLICATES: 3, S.SCREENED: 7}), S.SCREENED).balanced is True
    assert line_of(one_door({S.IDENTIFIED: 10, S.DUPLICATES: 3, S.SCREENED: 8}), S.SCREENED).balanced is False
    assert line_of(one_door({S.IDENTIFIED: 10, S.DUPLICATES: 3}), S.SCREENED).balanced is None
    assert line_of(one_door({S.SCREENED: 7}), S.SCREENED).balanced is None
    unknown = one_door({S.IDENTIFIED: 10, S.DUPLICATES: 3, S.SCREENED: None})
    assert line_of(unknown, S.SCREENED).balanced is None


def test_a_reported_number_is_kept_as_it_is_beside_what_follows() -> None:
    line = line_of(one_door({S.IDENTIFIED: 10, S.DUPLICATES: 3, S.SCREENED: 8}), S.SCREENED)
    assert (line.reported, line.derived) == (Count(S.SCREENED, 8), Derived(7, "10 − 3"))


def test_computed_numbers_stand_beside_and_derive_nothing() -> None:
    (group,) = lay_out(
        {None: [Count(S.IDENTIFIED, 100)]}, {None: [(S.IDENTIFIED, "", 90), (S.DUPLICATES, "", 5)]}
    )
    line = line_of(group, S.IDENTIFIED)
    assert (line.computed, line.reported and line.reported.value) == (90, 100)
    assert derived(group) == {}


def test_doors_come_first_and_the_whole_stage_last() -> None:
    groups = lay_out(
        {
            None: [Count(S.INCLUDED, 37)],
            "website": [Count(S.INCLUDED, 14)],
            "database": [Count(S.INCLUDED, 23)],
        },
        {"register": [(S.IDENTIFIED, "", 3)]},
    )
    assert [group.kind for group in groups] == ["website", "database", "register", None]
    assert derived(groups[-1]) == {S.INCLUDED: (37, "14 + 23")}
    assert line_of(groups[-1], S.INCLUDED).balanced is True


def test_one_door_is_no_sum() -> None:
    groups = lay_out({None: [Count(S.IDENTIFIED, 40)], "database": [Count(S.INCLUDED, 23)]}, {})
    assert derived(groups[-1]) == {}


def test_a_stage_takes_over_what_passed_through_its_doors() -> None:
    groups = lay_out({"database": [Count(S.PASSED, 420)], None: [Count(S.ADDED, 11)]}, {})
    assert derived(groups[-1]) == {S.SOUGHT: (431, "420 + 11")}


def test_a_door_that_does_not_say_leaves_the_sum_open() -> None:
    doors: dict[str | None, list[Count]] = {
        "database": [Count(S.INCLUDED, 23), Count(S.PASSED, 420)],
        "website": [Count(S.INCLUDED, 14)],
        None: [Count(S.ADDED, 11)],
    }
    assert derived(lay_out(doors, {})[-1]) == {S.INCLUDED: (37, "23 + 14")}
    doors["website"] = [Count(S.INCLUDED, None, Qualifier.UNKNOWN)]
    assert derived(lay_out(doors, {})[-1]) == {}


def test_a_stage_of_which_nothing_is_said_as_a_whole_has_no_such_group() -> None:
    assert [group.kind for group in lay_out({"database": [Count(S.IDENTIFIED, 3)]}, {})] == ["database"]
    assert lay_out({}, {}) == []


steps = st.sampled_from(list(S))
counts = st.builds(
    Count,
    steps,
    st.none() | st.integers(0, 10_000),
    st.sampled_from([Qualifier.EXACTLY, Qualifier.ABOUT]),
)


@given(st.lists(counts, max_size=14))
def test_lines_stand_in_the_order_of_the_flow_and_nothing_reported_is_lost(given_: list[Count]) -> None:
    given_ = [c if c.value is not None else Count(c.step, None, Qualifier.UNKNOWN) for c in given_]
    groups = lay_out({None: given_}, {})
    lines = groups[0].lines
    places = [ORDER[line.step] for line in lines]
    assert places == sorted(places)
    reported = [line.reported for line in lines if line.reported]
    assert sorted(map(repr, reported)) == sorted(map(repr, given_))
    for line in lines:
        if line.derived:
            plus, *minus = line.derived.formula.replace(",", "").split(" − ")
            assert line.derived.value == sum(map(int, plus.split(" + "))) - sum(map(int, minus))
