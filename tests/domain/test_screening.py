"""How a paper stands by what people said, and what counts as decided independently."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realist.domain.screening import Rules, Said, Stand, ended_at, held, independent, stands
from realist.vocabulary import ConflictRule, MaybeRule, Verdict

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
IN, OUT, MAYBE, BACK = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE, Verdict.UNDECIDED
WORDS = {"y": IN, "n": OUT, "m": MAYBE, "-": BACK}


def said(text: str) -> list[Said]:
    """Return decisions as told: ``A:y B:n Ac:m`` is A includes, B excludes, A checks and says maybe.

    ``A2:y`` is A on the second of two entries that are one paper.
    """
    found = []
    for minute, word in enumerate(text.split()):
        who, _, verdict = word.partition(":")
        at = START + timedelta(minutes=minute)
        entry = "second" if "2" in who else "first"
        found.append(Said(entry, who[0], WORDS[verdict], at, who.endswith("c")))
    return found


@pytest.mark.parametrize(
    ("text", "rules", "stand"),
    [
        ("", Rules(), Stand(None, False, "decision")),
        ("A:y", Rules(), Stand(IN)),
        ("A:y A:n", Rules(), Stand(OUT)),
        ("A:y A:-", Rules(), Stand(None, False, "decision")),
        ("A:y", Rules(readers=2), Stand(None, False, "decision")),
        ("A:y B:y", Rules(readers=2), Stand(IN)),
        ("A:y B:n", Rules(readers=2), Stand(None, True, "resolution")),
        ("A:y B:n", Rules(readers=3), Stand(None, False, "decision")),
        ("A:y B:n B:y", Rules(readers=2), Stand(IN)),
        ("A:y B:m", Rules(readers=2), Stand(None, True, "resolution")),
        ("A:n B:m", Rules(readers=2, conflict=ConflictRule.ANY_INCLUDE), Stand(None, True, "resolution")),
        ("A:y B:n", Rules(readers=2, conflict=ConflictRule.ANY_INCLUDE), Stand(IN)),
        ("A:y B:m", Rules(readers=2, conflict=ConflictRule.ANY_INCLUDE), Stand(IN)),
        ("A:m", Rules(), Stand(MAYBE)),
        ("A:m", Rules(maybe=MaybeRule.RESOLVE), Stand(None, True, "resolution")),
        ("A:m B:m", Rules(readers=2, maybe=MaybeRule.RESOLVE), Stand(None, True, "resolution")),
        ("A:y A2:n", Rules(), Stand(None, True, "resolution")),
    ],
)
def test_how_a_paper_stands(text: str, rules: Rules, stand: Stand) -> None:
    assert stands(said(text), rules) == stand


@pytest.mark.parametrize(
    ("text", "checks", "stand"),
    [
        ("A:y", 1, Stand(None, False, "check")),
        ("A:y Bc:y", 1, Stand(IN)),
        ("A:y Bc:n", 1, Stand(OUT)),
        ("A:y Bc:n A:y", 1, Stand(IN)),
        ("Bc:n", 1, Stand(None, False, "decision")),
        ("A:y Bc:n Bc:-", 1, Stand(None, False, "check")),
        ("A:y Bc:n", 0, Stand(OUT)),
    ],
)
def test_a_check_confirms_or_amends(text: str, checks: int, stand: Stand) -> None:
    assert stands(said(text), Rules(), checks=checks) == stand


def test_who_was_handed_a_paper_has_to_decide_beyond_the_readers_of_the_round() -> None:
    assert stands(said("A:y"), Rules(readers=1), needed=2) == Stand(None, False, "decision")
    assert stands(said("A:y B:y"), Rules(readers=1), needed=2) == Stand(IN)


def test_a_resolution_rules_whatever_people_decide() -> None:
    assert stands(said("A:y B:n"), Rules(readers=2), resolved=OUT) == Stand(OUT)
    assert stands(said("A:y B:y"), Rules(readers=2), resolved=OUT) == Stand(OUT)


@pytest.mark.parametrize(
    ("text", "needed", "opened", "minute", "counts"),
    [
        ("A:y B:n", 2, None, 1, {"A": IN, "B": OUT}),
        ("A:y B:n A:n", 2, None, 1, {"A": IN, "B": OUT}),
        ("A:y A:n B:n", 2, None, 2, {"A": OUT, "B": OUT}),
        ("A:y", 2, None, None, {"A": IN}),
        ("A:y A:- B:n", 2, None, None, {"B": OUT}),
        ("A:y A:- B:n A:y", 2, None, 3, {"A": IN, "B": OUT}),
        ("A:y B:n C:y", 2, None, 1, {"A": IN, "B": OUT}),
        ("A:y Bc:n", 2, None, None, {"A": IN}),
        ("A:y B:n", 2, 1, 1, {"A": IN}),
        ("A:y B:n", 3, 5, 5, {"A": IN, "B": OUT}),
        ("A:y A2:n B:n", 2, None, 2, {"A": OUT, "B": OUT}),
    ],
)
def test_what_was_held_when_independence_ended_counts(
    text: str, needed: int, opened: int | None, minute: int | None, counts: dict[str, Verdict]
) -> None:
    moment = None if opened is None else START + timedelta(minutes=opened, seconds=-1)
    end = ended_at(said(text), needed, moment)
    at = moment if opened is not None and minute == opened else None
    assert end == (at or (None if minute is None else START + timedelta(minutes=minute)))
    assert independent(said(text), needed, moment) == counts


histories = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(list(Verdict)), st.booleans()), max_size=9
).map(
    lambda told: [
        Said("first", who, verdict, START + timedelta(minutes=n), check)
        for n, (who, verdict, check) in enumerate(told)
    ]
)


@given(histories, st.integers(1, 3))
def test_independence_never_begins_again(history: list[Said], needed: int) -> None:
    ends = [ended_at(history[:n], needed) for n in range(len(history) + 1)]
    first = next((n for n, end in enumerate(ends) if end is not None), len(ends))
    assert all(end == ends[first] for end in ends[first:])
    counted = independent(history, needed)
    if ends[-1] is not None:
        assert len(counted) >= needed
        later = [*history, Said("first", "A", MAYBE, START + timedelta(days=1))]
        assert independent(later, needed) == counted


@given(histories, st.integers(1, 3), st.sampled_from(list(ConflictRule)), st.sampled_from(list(MaybeRule)))
def test_a_verdict_is_one_that_somebody_holds(
    history: list[Said], readers: int, conflict: ConflictRule, maybe: MaybeRule
) -> None:
    stand = stands(history, Rules(readers=readers, conflict=conflict, maybe=maybe))
    now = held(history)
    if stand.verdict is not None:
        assert stand.verdict in {one.verdict for one in now}
        assert not stand.conflict
        assert len({one.person for one in now if not one.is_check}) >= readers
    if stand.conflict:
        assert stand.waiting == "resolution"
