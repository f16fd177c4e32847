"""What holds of every round: names and order never matter, and figures stay in their bounds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import sqrt
from typing import TypeVar

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from realist.domain.agreement import (
    Figure,
    Figures,
    RoundAgreement,
    Scale,
    Statistic,
    Table,
    agreement,
    gate,
    pair_agreement,
    round_agreement,
)
from realist.vocabulary import Verdict

S = Statistic
Key = TypeVar("Key")
By = dict[str, Verdict]
Round = dict[str, By]

PEOPLE = "ABCD"
GIVEN = [Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE]
scales = st.sampled_from(Scale)
statistics = st.sampled_from(Statistic)


def numbered(papers: list[By]) -> Round:
    return {f"p{number}": by for number, by in enumerate(papers)}


def rounds_of(people: str, least: int = 0, words: list[Verdict] = GIVEN) -> st.SearchStrategy[Round]:
    """Rounds of *people*, of whom at least *least* decided each paper."""
    by = st.dictionaries(
        st.sampled_from(people), st.sampled_from(words), min_size=least, max_size=len(people)
    )
    return st.lists(by, max_size=14).map(numbered)


rounds = rounds_of(PEOPLE, words=[*GIVEN, Verdict.UNDECIDED])
of_two = rounds_of("AB", least=2)
tables = st.tuples(*[st.integers(0, 40)] * 4)


def everything(found: RoundAgreement) -> list[Figures]:
    return [found.figures, found.pooled.figures, *(pair.figures for pair in found.pairs)]


def shuffled(data: st.DataObject, given: dict[str, Key]) -> dict[str, Key]:
    return {key: given[key] for key in data.draw(st.permutations(list(given)))}


def numbers(figure: Figure) -> list[float | None]:
    return [figure.value, figure.se, figure.low, figure.high]


def same(one: Figure, other: Figure) -> bool:
    return one.why == other.why and all(
        (a is None and b is None) or (a is not None and b is not None and abs(a - b) < 1e-9)
        for a, b in zip(numbers(one), numbers(other), strict=True)
    )


def test_of_same() -> None:
    assert same(Figure(0.5, 0.1, 0.3, 0.7), Figure(0.5 + 1e-12, 0.1, 0.3, 0.7))
    assert not same(Figure(0.5), Figure(0.6))
    assert not same(Figure(0.5), Figure(None))
    assert not same(Figure(0.5), Figure(0.5, why="."))


@settings(max_examples=200, deadline=None)
@given(rounds, scales, st.data())
def test_order_does_not_matter(round_: Round, scale: Scale, data: st.DataObject) -> None:
    other = {paper: shuffled(data, by) for paper, by in shuffled(data, round_).items()}
    assert round_agreement(other, scale) == round_agreement(round_, scale)


@settings(max_examples=200, deadline=None)
@given(rounds, scales, st.permutations(PEOPLE))
def test_names_do_not_matter(round_: Round, scale: Scale, names: list[str]) -> None:
    called = dict(zip(PEOPLE, names, strict=True))
    found = round_agreement(round_, scale)
    renamed = {paper: {called[who]: verdict for who, verdict in by.items()} for paper, by in round_.items()}
    other = round_agreement(renamed, scale)
    assert (other.figures, other.pooled) == (found.figures, found.pooled)
    assert (other.papers, other.left_out, other.verdicts) == (found.papers, found.left_out, found.verdicts)
    assert other.people == tuple(sorted(called[person] for person in found.people))
    by_pair = {frozenset((pair.first, pair.second)): pair.figures for pair in other.pairs}
    assert by_pair == {
        frozenset((called[pair.first], called[pair.second])): pair.figures for pair in found.pairs
    }


@settings(max_examples=300, deadline=None)
@given(rounds, scales)
def test_every_figure_is_in_its_bounds_or_says_why_not(round_: Round, scale: Scale) -> None:
    for figures in everything(round_agreement(round_, scale)):
        for statistic in S:
            figure = figures.of(statistic)
            if figure.value is None:
                assert (figure.se, figure.low, figure.high) == (None, None, None)
                assert figure.why.endswith(".")
                continue
            least = 0 if statistic in (S.RAW, S.POSITIVE, S.NEGATIVE, S.MAYBE) else -1
            assert least - 1e-12 <= figure.value <= 1
            assert (figure.se is None) == (figure.low is None) == (figure.high is None)
            if figure.low is not None and figure.high is not None:
                assert -1 <= figure.low <= figure.value <= figure.high <= 1
                assert figure.low < figure.high
            elif statistic in (S.KAPPA, S.AC1):
                assert figure.why.startswith("No interval: ")
            else:
                assert figure.why == ""


@settings(max_examples=200, deadline=None)
@given(rounds, scales)
def test_one_is_for_those_who_never_differ(round_: Round, scale: Scale) -> None:
    for figures in everything(round_agreement(round_, scale)):
        for statistic in (S.RAW, S.KAPPA, S.PABAK, S.AC1, S.ALPHA, S.FLEISS):
            value = figures.of(statistic).value
            assert value is None or (value == 1) == (figures.raw.value == 1)


@settings(max_examples=200, deadline=None)
@given(rounds, scales)
def test_every_paper_is_counted_once(round_: Round, scale: Scale) -> None:
    found = round_agreement(round_, scale)
    held = [[v for v in by.values() if v is not Verdict.UNDECIDED] for by in round_.values()]
    shared = [verdicts for verdicts in held if len(verdicts) > 1]
    assert (found.papers, found.left_out) == (len(shared), len(round_) - len(shared))
    assert sum(found.verdicts) == sum(map(len, shared))
    pairs = sum(len(verdicts) * (len(verdicts) - 1) // 2 for verdicts in shared)
    assert sum(meeting.n for meeting in found.pooled.met) == pairs
    assert sum(pair.table.n for pair in found.pairs) == pairs == found.pooled.figures.n
    assert found.figures.n == found.papers


@settings(max_examples=100, deadline=None)
@given(rounds, scales, st.sampled_from(PEOPLE), st.sampled_from(GIVEN))
def test_a_paper_that_one_person_read_changes_nothing(
    round_: Round, scale: Scale, person: str, verdict: Verdict
) -> None:
    found = round_agreement(round_, scale)
    assert round_agreement({**round_, "more": {person: verdict}}, scale) == replace(
        found, left_out=found.left_out + 1
    )


@settings(max_examples=200, deadline=None)
@given(rounds, scales, st.integers(2, 5))
def test_the_same_papers_several_times_narrow_the_interval_only(
    round_: Round, scale: Scale, times: int
) -> None:
    """Kappa's standard error has n below the root, that of AC1 n − 1; alpha corrects for small samples."""
    found = round_agreement(round_, scale)
    assume(found.papers > 1)
    copied = round_agreement({f"{p}/{copy}": by for p, by in round_.items() for copy in range(times)}, scale)
    for one, many in zip(everything(found), everything(copied), strict=True):
        for statistic in set(S) - {S.ALPHA, S.AC1, S.KAPPA}:
            assert same(many.of(statistic), one.of(statistic))
        assert many.kappa.value == (
            one.kappa.value if one.kappa.value is None else pytest.approx(one.kappa.value, abs=1e-12)
        )
        if one.kappa.se:
            assert many.kappa.se == pytest.approx(one.kappa.se / sqrt(times), rel=1e-9)
        assert many.ac1.value == pytest.approx(one.ac1.value, abs=1e-12)
    n = found.papers
    for one, many in zip(everything(found)[:2], everything(copied)[:2], strict=True):
        if one.ac1.se:
            assert many.ac1.se == pytest.approx(one.ac1.se * sqrt((n - 1) / (times * n - 1)), rel=1e-9)


@settings(max_examples=200, deadline=None)
@given(tables)
def test_two_people_by_the_formulas_for_two(cells: tuple[int, int, int, int]) -> None:
    a, b, c, d = cells
    n = a + b + c + d
    assume(n > 0)
    found = pair_agreement("A", "B", Table(Scale.TWO_WAY.categories, ((a, b), (c, d)))).figures
    includes, excludes = 2 * a + b + c, 2 * d + b + c
    assert found.raw.value == pytest.approx((a + d) / n)
    assert found.pabak.value == pytest.approx(2 * (a + d) / n - 1, abs=1e-12)
    for figure, agreed, given_ in ((found.positive, a, includes), (found.negative, d, excludes)):
        assert figure.value == (pytest.approx(2 * agreed / given_, abs=1e-12) if given_ else None)
    crossed = (a + b) * (b + d) + (a + c) * (c + d)
    assert found.kappa.value == (pytest.approx(2 * (a * d - b * c) / crossed, abs=1e-12) if crossed else None)
    varies = includes and excludes
    expected = 1 - (2 * n - 1) * (b + c) / (includes * excludes) if varies else None
    assert found.alpha.value == (None if expected is None else pytest.approx(expected, abs=1e-12))
    scott = 1 - 2 * n * (b + c) / (includes * excludes) if varies else None
    assert found.fleiss.value == (None if scott is None else pytest.approx(scott, abs=1e-12))
    ratio = 2 * (includes / (2 * n)) * (excludes / (2 * n))
    assert found.ac1.value == pytest.approx(((a + d) / n - ratio) / (1 - ratio), abs=1e-12)


@settings(max_examples=100, deadline=None)
@given(tables)
def test_an_interval_of_kappa_by_the_formula_as_printed(cells: tuple[int, int, int, int]) -> None:
    """Fleiss, Cohen & Everitt 1969: A + B − C over n(1 − p_e)²."""
    n = sum(cells)
    assume(n > 0)
    p = [[cells[0] / n, cells[1] / n], [cells[2] / n, cells[3] / n]]
    rows, columns = [sum(row) for row in p], [p[0][j] + p[1][j] for j in (0, 1)]
    p_e = rows[0] * columns[0] + rows[1] * columns[1]
    assume(p_e < 1)
    k = (p[0][0] + p[1][1] - p_e) / (1 - p_e)
    first = sum(p[i][i] * (1 - (rows[i] + columns[i]) * (1 - k)) ** 2 for i in (0, 1))
    second = (1 - k) ** 2 * sum(p[i][1 - i] * (columns[i] + rows[1 - i]) ** 2 for i in (0, 1))
    variance = (first + second - (k - p_e * (1 - k)) ** 2) / (n * (1 - p_e) ** 2)
    found = pair_agreement("A", "B", Table(Scale.TWO_WAY.categories, (cells[:2], cells[2:]))).figures.kappa
    assert (found.se or 0) == pytest.approx(sqrt(max(0, variance)), abs=1e-7)


@settings(max_examples=100, deadline=None)
@given(rounds_of("ABC", least=3), scales)
def test_where_everybody_reads_everything_pooled_and_round_are_one(round_: Round, scale: Scale) -> None:
    found = round_agreement(round_, scale)
    for statistic in (S.RAW, S.POSITIVE, S.NEGATIVE, S.MAYBE, S.PABAK, S.AC1):
        assert same(found.figures.of(statistic), found.pooled.figures.of(statistic))


@settings(max_examples=100, deadline=None)
@given(of_two, scales)
def test_a_round_of_two_people_is_their_pair(round_: Round, scale: Scale) -> None:
    found = round_agreement(round_, scale)
    assert [pair.figures for pair in found.pairs] == ([found.figures] if round_ else [])
    for statistic in set(S) - {S.ALPHA, S.FLEISS}:
        assert same(found.figures.of(statistic), found.pooled.figures.of(statistic))


@settings(max_examples=100, deadline=None)
@given(rounds)
def test_two_way_is_maybe_read_as_include(round_: Round) -> None:
    read = {
        paper: {p: Verdict.INCLUDE if v is Verdict.MAYBE else v for p, v in by.items()}
        for paper, by in round_.items()
    }
    assert agreement(read).two_way == agreement(round_).two_way


@settings(max_examples=100, deadline=None)
@given(rounds_of(PEOPLE, words=[Verdict.INCLUDE, Verdict.EXCLUDE]))
def test_a_maybe_that_nobody_said_matters_only_where_verdicts_are_counted(round_: Round) -> None:
    both = agreement(round_)
    for two, three in zip(everything(both.two_way), everything(both.three_way), strict=True):
        for statistic in set(S) - {S.MAYBE, S.PABAK, S.AC1}:
            assert same(two.of(statistic), three.of(statistic))


@settings(max_examples=100, deadline=None)
@given(rounds)
def test_include_and_exclude_are_alike_but_for_their_names(round_: Round) -> None:
    turned = {Verdict.INCLUDE: Verdict.EXCLUDE, Verdict.EXCLUDE: Verdict.INCLUDE}
    other = agreement({p: {who: turned.get(v, v) for who, v in by.items()} for p, by in round_.items()})
    found = agreement(round_).three_way
    for one, two in zip(everything(found), everything(other.three_way), strict=True):
        for statistic in set(S) - {S.POSITIVE, S.NEGATIVE}:
            assert same(one.of(statistic), two.of(statistic))
        assert one.positive.value == two.negative.value
        assert one.negative.value == two.positive.value


@settings(max_examples=100, deadline=None)
@given(rounds, scales, statistics, st.integers(-100, 100), st.integers(0, 20))
def test_a_gate_says_what_the_figure_says(
    round_: Round, scale: Scale, statistic: Statistic, hundredths: int, least: int
) -> None:
    found = round_agreement(round_, scale)
    threshold = hundredths / 100
    said = gate(found, statistic, threshold, least=least)
    value = found.of(statistic).value
    if value is None or found.papers < least:
        assert said.passed is None
        assert said.sentence.startswith("Whether the round passes cannot be said. ")
    else:
        assert said.passed == (value >= threshold - 1e-9)
        assert said.sentence.startswith("Passed: " if said.passed else "Not passed: ")
        assert f"{threshold:z.2f}" in said.sentence


def test_the_rounds_drawn_are_not_all_alike() -> None:
    """The laws above are about something: kappa is defined, and is not, in many of the rounds drawn."""
    seen: Counter[bool] = Counter()

    @settings(max_examples=100, deadline=None, database=None, derandomize=True)
    @given(rounds)
    def look(round_: Round) -> None:
        seen[agreement(round_).three_way.of(S.KAPPA).value is not None] += 1

    look()
    assert min(seen[True], seen[False]) > 10
