"""Figures of agreement: published values, other programs' values, and what happens where there is none."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from math import nan, sqrt
from statistics import fmean

import pytest

from realist.domain.agreement import (
    Agreement,
    Decided,
    Figure,
    Figures,
    Meeting,
    PairAgreement,
    RoundAgreement,
    Scale,
    Statistic,
    Table,
    agreement,
    gate,
    pair_agreement,
    round_agreement,
)
from realist.domain.agreement.formulas import alpha, fleiss, sample_of
from realist.vocabulary import Verdict

IN, OUT, MAYBE = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE
S = Statistic
LETTERS = {"i": IN, "e": OUT, "m": MAYBE, "u": Verdict.UNDECIDED}
Round = dict[str, dict[str, Verdict]]


def close(value: float, within: float = 1e-12) -> object:
    return pytest.approx(value, abs=within)


def decided(*papers: str) -> Round:
    """Return a round: a word per paper, a letter per person (A, B, …) in order, ``.`` for not decided."""
    return {
        f"p{number}": {chr(65 + place): LETTERS[letter] for place, letter in enumerate(word) if letter != "."}
        for number, word in enumerate(papers)
    }


def pair(a: int, b: int, c: int, d: int) -> PairAgreement:
    return pair_agreement("A", "B", Table((IN, OUT), ((a, b), (c, d))))


def values(figures: Figures) -> dict[str, float | None]:
    return {statistic.name: figures.of(statistic).value for statistic in S}


def at_random(seed: int, people: int, papers: int, *, gaps: float = 0.0, letters: str = "ieemmee") -> Round:
    """Return a round in which people tend to agree; each decision is missing with probability *gaps*."""
    chance = random.Random(seed)
    words = []
    for _ in range(papers):
        true = chance.choice(letters)
        word = [true if chance.random() < 0.7 else chance.choice(letters) for _ in range(people)]
        words.append("".join("." if chance.random() < gaps else letter for letter in word))
    return decided(*words)


# Values that are published or were agreed on by several programs.


@pytest.mark.parametrize(
    ("cells", "raw", "kappa", "se", "low", "high", "pabak", "ac1", "ac1_se", "alpha_value"),
    [
        ((20, 5, 10, 15), 0.70, 0.4000, 0.1270, 0.1511, 0.6489, 0.40, 0.4059, 0.1315, 0.4000),
        ((40, 9, 6, 45), 0.85, 0.6995, 0.0714, 0.5596, 0.8394, 0.70, 0.7007, 0.0717, 0.7008),
        ((80, 10, 5, 5), 0.85, 0.3182, 0.1335, 0.0566, 0.5798, 0.70, 0.8080, 0.0524, 0.3177),
        ((118, 5, 2, 0), 0.944, -0.0234, 0.0123, -0.0475, 0.0007, 0.888, 0.9408, 0.0231, -0.0247),
        ((60, 25, 18, 811), 0.953, 0.7104, 0.0418, 0.6285, 0.7923, 0.906, 0.9438, 0.0087, None),
    ],
)
def test_published_tables(
    cells: tuple[int, int, int, int],
    raw: float,
    kappa: float,
    se: float,
    low: float,
    high: float,
    pabak: float,
    ac1: float,
    ac1_se: float,
    alpha_value: float | None,
) -> None:
    found = pair(*cells).figures
    assert found.n == sum(cells)
    assert found.raw.value == close(raw, 5e-4)
    assert found.pabak.value == close(pabak, 5e-4)
    assert found.kappa == Figure(close(kappa, 5e-5), close(se, 5e-5), close(low, 5e-5), close(high, 5e-5))  # type: ignore[arg-type]
    assert (found.ac1.value, found.ac1.se) == (close(ac1, 5e-5), close(ac1_se, 5e-5))
    assert alpha_value is None or found.alpha.value == close(alpha_value, 5e-5)


def test_few_includes() -> None:
    """Kappa is low and AC1 high for the same decisions: what the agreement on includes explains."""
    found = pair(10, 20, 20, 950).figures
    assert values(found) == {
        "RAW": close(0.960),
        "POSITIVE": close(0.33333, 5e-6),
        "NEGATIVE": close(0.97938, 5e-6),
        "MAYBE": None,
        "KAPPA": close(0.31271, 5e-6),
        "PABAK": close(0.920),
        "AC1": close(0.95753, 5e-6),
        "ALPHA": close(1 - 1999 * 40 / (60 * 1940)),
        "FLEISS": close(0.31271, 5e-6),
    }
    assert pair(60, 25, 18, 811).figures.positive.value == close(0.74, 5e-3)
    assert pair(60, 25, 18, 811).figures.negative.value == close(0.97, 5e-3)


def test_fleiss_own_table() -> None:
    """Fleiss 1971: 14 people, 10 subjects, 5 categories."""
    rows = [
        (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
    ]  # fmt: skip
    assert fleiss(sample_of(Counter(rows))).value == close(0.2099, 5e-5)


KRIPPENDORFF_C = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def marks(observers: Iterable[str], codes: str) -> Counter[tuple[int, ...]]:
    """Return how many units have which counts of each code, of those that two observers or more coded."""
    units = [
        tuple(column.count(code) for code in codes) for column in map("".join, zip(*observers, strict=True))
    ]
    return Counter(unit for unit in units if sum(unit) > 1)


def test_krippendorffs_own_examples() -> None:
    """Krippendorff 2011: C has four observers, five values and gaps; A is binary."""
    assert alpha(marks(KRIPPENDORFF_C, "12345")).value == close(0.743421, 5e-7)
    binary = marks(("0100000010", "1110010000"), "01")
    assert alpha(binary).value == close(0.0952, 5e-5)


def test_a_three_way_table_by_hand() -> None:
    cells = ((10, 2, 1), (1, 4, 2), (0, 3, 27))
    papers = [
        first + second
        for first, row in zip("ime", cells, strict=True)
        for second, n in zip("ime", row, strict=True)
        for _ in range(n)
    ]
    both = agreement(decided(*papers))
    three, two = both.three_way, both.two_way
    assert three.pairs[0].table == Table((IN, MAYBE, OUT), cells)
    assert (three.papers, three.verdicts) == (50, (24, 16, 60))
    assert values(three.pairs[0].figures) == {
        "RAW": close(41 / 50),
        "POSITIVE": close(20 / 24),
        "NEGATIVE": close(54 / 60),
        "MAYBE": close(8 / 16),
        "KAPPA": close((0.82 - 0.4424) / (1 - 0.4424)),
        "PABAK": close((3 * 0.82 - 1) / 2),
        "AC1": close((0.82 - 0.2784) / (1 - 0.2784)),
        "ALPHA": close(1 - 99 * 18 / (100**2 - 24**2 - 16**2 - 60**2)),
        "FLEISS": close((0.82 - (0.24**2 + 0.16**2 + 0.6**2)) / (1 - (0.24**2 + 0.16**2 + 0.6**2))),
    }
    assert two.pairs[0].table == Table((IN, OUT), ((17, 3), (3, 27)))
    assert two.pairs[0].figures.raw.value == close(44 / 50)
    assert two.figures.maybe == Figure(None, why="Maybe counts as include here.")
    assert (both.on(Scale.TWO_WAY), both.on(Scale.THREE_WAY)) == (two, three)


# Who saw what.


def test_three_people_by_hand() -> None:
    """A and B share four papers, A and C three, B and C four; all three share two."""
    found = agreement(decided("iii", "iee", "ie.", "ee.", ".ee", ".ie", "i.i")).two_way
    assert (found.papers, found.left_out, found.people) == (7, 0, ("A", "B", "C"))
    assert [(p.first, p.second, p.table.cells) for p in found.pairs] == [
        ("A", "B", ((1, 2), (0, 1))),
        ("A", "C", ((2, 1), (0, 0))),
        ("B", "C", ((1, 1), (0, 2))),
    ]
    assert [p.figures.kappa.value for p in found.pairs] == [
        close(1 - (2 / 4) / (1 - (3 * 1 + 1 * 3) / 16)),
        close(1 - (1 / 3) / (1 - (3 * 2) / 9)),
        close(1 - (1 / 4) / (1 - (2 * 1 + 2 * 3) / 16)),
    ]
    pooled = found.pooled
    assert (pooled.pairs, pooled.figures.n) == (3, 11)
    assert pooled.met == (Meeting(IN, IN, 4), Meeting(IN, OUT, 4), Meeting(OUT, OUT, 3))
    assert pooled.figures.raw.value == close(7 / 11)
    assert pooled.figures.positive.value == close(8 / 12)
    assert pooled.figures.negative.value == close(6 / 10)
    assert pooled.figures.pabak.value == close(3 / 11)
    pe = [6 / 16, 6 / 9, 8 / 16]
    possible = 4 * (1 - pe[0]) + 3 * (1 - pe[1]) + 4 * (1 - pe[2])
    assert pooled.figures.kappa.value == close((7 - (4 * pe[0] + 3 * pe[1] + 4 * pe[2])) / possible)
    share = 12 / 22
    chance = 2 * share * (1 - share)
    assert pooled.figures.ac1.value == close((7 / 11 - chance) / (1 - chance))


def test_in_a_round_each_paper_counts_once() -> None:
    found = agreement(decided("iii", "iee", "ie.", "ee.", ".ee", ".ie", "i.i")).two_way
    assert found.figures.n == 7
    assert found.figures.raw.value == close((1 + 1 / 3 + 0 + 1 + 1 + 0 + 1) / 7)
    included = 1 + 1 / 3 + 1 / 2 + 0 + 0 + 1 / 2 + 1
    assert found.figures.positive.value == close(2 / included)
    chance = 2 * (included / 7) * (1 - included / 7)
    assert found.figures.ac1.value == close(((4 + 1 / 3) / 7 - chance) / (1 - chance))
    assert found.verdicts == (8, 8)
    assert found.figures.alpha.value == close(1 - 15 * (4 / 2 + 2 + 2) / (16**2 - 2 * 8**2))


def test_pooled_it_does_not_matter_who_said_which() -> None:
    found = agreement(decided("ie", "ei", "em", "ii")).three_way.pooled
    assert found.met == (
        Meeting(IN, IN, 1),
        Meeting(IN, MAYBE, 0),
        Meeting(IN, OUT, 2),
        Meeting(MAYBE, MAYBE, 0),
        Meeting(MAYBE, OUT, 1),
        Meeting(OUT, OUT, 0),
    )


def test_papers_with_fewer_than_two_verdicts_are_left_out() -> None:
    round_ = decided("ii", "ie", "ee", "i.", ".e", "..", "iu", "uu") | {"nobody": {}}
    found = agreement(round_).three_way
    assert (found.papers, found.left_out) == (3, 6)
    without = agreement(decided("ii", "ie", "ee")).three_way
    assert (found.pairs, found.pooled, found.figures) == (without.pairs, without.pooled, without.figures)


def test_somebody_who_read_alone_is_in_no_figure() -> None:
    found = agreement(decided("ii.", "ie.", "ee.", "..i", "..e")).two_way
    assert (found.people, found.left_out) == (("A", "B"), 2)
    assert [(p.first, p.second) for p in found.pairs] == [("A", "B")]


def test_people_without_a_paper_in_common_are_no_pair() -> None:
    found = agreement(decided("ii..", "ie..", "..ee", "..ei")).two_way
    assert [(p.first, p.second) for p in found.pairs] == [("A", "B"), ("C", "D")]
    assert (found.people, found.pooled.pairs) == (("A", "B", "C", "D"), 2)


def test_a_round_of_two_people_is_their_pair() -> None:
    found = agreement(at_random(3, people=2, papers=40)).two_way
    (only,) = found.pairs
    assert found.figures == only.figures
    assert (found.pooled.figures.kappa, found.pooled.figures.ac1) == (only.figures.kappa, only.figures.ac1)
    assert found.of(S.KAPPA) == only.figures.kappa


def test_kappa_of_a_round_of_three_is_the_pooled_one() -> None:
    found = agreement(at_random(3, people=3, papers=40)).two_way
    assert found.figures.kappa == Figure(
        None, why="Cohen's kappa is of two people: see the pairs, or all pairs pooled."
    )
    assert found.of(S.KAPPA) == found.pooled.figures.kappa
    assert found.of(S.ALPHA) == found.figures.alpha
    assert found.pooled.figures.alpha.value is None
    assert found.pooled.figures.fleiss.value is None


def test_fleiss_asks_for_one_number_of_people_not_for_the_same_people() -> None:
    rotating = agreement(decided("ii.", "i.e", ".ee", "e.e", ".ie")).two_way
    p_o, p_e = 3 / 5, 0.4**2 + 0.6**2
    assert rotating.figures.fleiss.value == close((p_o - p_e) / (1 - p_e))
    uneven = agreement(decided("ii.", "iee", "ee.")).two_way
    assert uneven.figures.fleiss.value is None
    assert uneven.figures.fleiss.why.startswith("Not every paper was decided by the same number of people")
    assert uneven.figures.alpha.value is not None
    left_out = agreement(decided("ii.", "i.e", ".ee", "e.e", ".ie", "i..", "...")).two_way
    assert left_out.figures.fleiss == rotating.figures.fleiss


# Where a figure is undefined, or has no interval.


@pytest.mark.parametrize("round_", [{}, decided("i", "e"), decided("i.", ".e", "uu")])
def test_without_a_paper_of_two_people_nothing_is_defined(round_: Decided) -> None:
    both = agreement(round_)
    for found in (both.two_way, both.three_way):
        assert (found.papers, found.left_out, found.people, found.pairs) == (0, len(round_), (), ())
        assert set(found.verdicts) == {0}
        for figures in (found.figures, found.pooled.figures):
            assert figures.n == 0
            assert {figures.of(s) for s in S} == {Figure(None, why="No paper was decided by two people.")}
        assert all(meeting.n == 0 for meeting in found.pooled.met)


def test_an_empty_table_is_undefined() -> None:
    found = pair(0, 0, 0, 0).figures
    assert {found.of(s) for s in S} == {Figure(None, why="No paper was decided by two people.")}


@pytest.mark.parametrize("letter", ["i", "e"])
def test_a_single_verdict(letter: str) -> None:
    """What corrects for chance by the verdicts used is undefined; what does not is 1, without an interval."""
    found = agreement(decided(*[letter * 3] * 5)).two_way
    of_pair = found.pairs[0].figures
    for undefined in (found.figures.alpha, found.figures.fleiss, of_pair.kappa, found.pooled.figures.kappa):
        assert undefined.value is None
        assert "chance alone" in undefined.why
    for figures in (found.figures, of_pair, found.pooled.figures):
        assert (figures.raw.value, figures.pabak.value) == (1, 1)
        assert figures.ac1 == Figure(1.0, why="No interval: nobody disagreed.")
        said, unsaid = (figures.positive, figures.negative)[:: 1 if letter == "i" else -1]
        assert said.value == 1
        assert unsaid == Figure(None, why=f"Nobody said {'exclude' if letter == 'i' else 'include'}.")


def test_pairs_that_each_know_one_verdict_have_no_pooled_kappa() -> None:
    found = agreement(decided("ii..", "ii..", "..ee")).two_way
    assert found.pooled.figures.kappa.value is None
    assert found.figures.alpha.value == 1


def test_a_pair_without_variation_leaves_the_pooled_kappa_defined() -> None:
    found = agreement(decided("ii..", "ie..", "ee..", "ee..", "..ee", "..ee")).two_way
    assert found.pairs[1].figures.kappa.value is None
    assert found.pooled.figures.kappa.value == close(found.pairs[0].figures.kappa.value or nan)


def test_all_agree() -> None:
    found = agreement(decided("iii", "eee", "mmm", "eee")).three_way
    for figures in (found.figures, found.pooled.figures, found.pairs[0].figures):
        assert {v for v in values(figures).values() if v is not None} == {1.0}
    assert found.pooled.figures.kappa == Figure(1.0, why="No interval: nobody disagreed.")


def test_all_disagree() -> None:
    found = pair(0, 4, 4, 0).figures
    assert values(found) == {
        "RAW": 0,
        "POSITIVE": 0,
        "NEGATIVE": 0,
        "MAYBE": None,
        "KAPPA": close(-1),
        "PABAK": close(-1),
        "AC1": close(-1),
        "ALPHA": close(1 - 15 / 8),
        "FLEISS": close(-1),
    }
    assert (found.kappa.low, found.kappa.why[:12]) == (None, "No interval:")


def test_one_who_says_the_same_to_all_agrees_no_more_than_by_chance() -> None:
    found = pair(10, 0, 5, 0).figures
    assert found.kappa.value == close(0)
    assert (found.kappa.se, found.kappa.low, found.kappa.high) == (None, None, None)
    assert found.kappa.why == "No interval: these decisions do not show how far it would vary."


def test_one_paper() -> None:
    same, differ = agreement(decided("ii")).two_way, agreement(decided("ie")).two_way
    assert (same.figures.kappa.value, same.figures.alpha.value) == (None, None)
    assert differ.figures.kappa.value == close(0)
    assert differ.figures.alpha.value == close(0)
    for found in (same, differ):
        assert found.figures.ac1.why == "No interval: there is only one paper."
        assert found.figures.kappa.low is None


def test_an_interval_ends_at_one() -> None:
    found = pair(10, 1, 0, 10).figures
    assert found.kappa.value is not None
    assert found.kappa.se is not None
    assert found.kappa.value + 1.96 * found.kappa.se > 1
    assert found.kappa.high == 1


# Standard errors where no published value is at hand: against leaving out one paper after the other.


def left_out_each(round_: Round, statistic: Statistic, *, pooled: bool) -> float:
    """Return the jackknife standard error over papers."""

    def value(some: Round) -> float:
        found = agreement(some).three_way
        figure = (found.pooled.figures if pooled else found.figures).of(statistic).value
        assert figure is not None
        return figure

    without = [value({other: by for other, by in round_.items() if other != paper}) for paper in round_]
    n, mean = len(without), fmean(without)
    return sqrt((n - 1) / n * sum((one - mean) ** 2 for one in without))


@pytest.mark.parametrize(
    ("statistic", "pooled"),
    [(S.KAPPA, True), (S.AC1, True), (S.AC1, False)],
    ids=["kappa", "ac1", "ac1-round"],
)
def test_intervals_are_over_papers(statistic: Statistic, pooled: bool) -> None:
    round_ = at_random(7, people=4, papers=150, gaps=0.3)
    found = agreement(round_).three_way
    figure = (found.pooled.figures if pooled else found.figures).of(statistic)
    read_twice = {paper: by for paper, by in round_.items() if len(by) > 1}
    assert figure.se == pytest.approx(left_out_each(read_twice, statistic, pooled=pooled), rel=0.03)


# Other programs.


def words(round_: Round, people: str = "AB") -> list[list[str]]:
    return [[str(by[person]) for by in round_.values()] for person in people]


SEEDS = range(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_as_scikit_learn(seed: int) -> None:
    metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn is not installed")
    round_ = at_random(seed, people=2, papers=60)
    found = agreement(round_).three_way.pairs[0]
    first, second = words(round_)
    labels = [str(verdict) for verdict in (IN, MAYBE, OUT)]
    assert found.figures.kappa.value == close(metrics.cohen_kappa_score(first, second, labels=labels))
    by_verdict = metrics.f1_score(first, second, labels=labels, average=None)
    for figure, f1 in zip(("positive", "maybe", "negative"), by_verdict, strict=True):
        assert getattr(found.figures, figure).value == close(f1)


@pytest.mark.parametrize("seed", SEEDS)
def test_as_statsmodels(seed: int) -> None:
    inter_rater = pytest.importorskip("statsmodels.stats.inter_rater", reason="statsmodels is not installed")
    found = agreement(at_random(seed, people=2, papers=60)).three_way.pairs[0]
    theirs = inter_rater.cohens_kappa([list(row) for row in found.table.cells])
    kappa = found.figures.kappa
    assert (kappa.value, kappa.se) == (close(theirs.kappa), close(theirs.std_kappa))
    assert kappa.low == close(max(-1.0, theirs.kappa_low))
    assert kappa.high == close(min(1.0, theirs.kappa_upp))
    many = at_random(seed, people=5, papers=60)
    counts = [[list(by.values()).count(verdict) for verdict in (IN, MAYBE, OUT)] for by in many.values()]
    assert agreement(many).three_way.figures.fleiss.value == close(inter_rater.fleiss_kappa(counts))


@pytest.mark.parametrize("seed", SEEDS)
def test_as_krippendorff(seed: int) -> None:
    theirs = pytest.importorskip("krippendorff", reason="krippendorff is not installed")
    round_ = at_random(seed, people=5, papers=60, gaps=0.4)
    code = {None: nan, IN: 0.0, MAYBE: 1.0, OUT: 2.0}
    table = [[code[by.get(person)] for by in round_.values()] for person in "ABCDE"]
    expected = theirs.alpha(reliability_data=table, level_of_measurement="nominal")
    assert agreement(round_).three_way.figures.alpha.value == close(expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_as_irrcac(seed: int) -> None:
    """AC1 of many people with gaps and its standard error; pooled kappa where everybody reads everything."""
    raw = pytest.importorskip("irrCAC.raw", reason="irrCAC is not installed")
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")

    def theirs(round_: Round) -> object:
        rows = [[by.get(person) and str(by[person]) for person in "ABCD"] for by in round_.values()]
        return raw.CAC(pandas.DataFrame(rows), digits=12)

    gaps = at_random(seed, people=4, papers=60, gaps=0.3)
    gaps = {paper: by for paper, by in gaps.items() if len(by) > 1}
    ac1 = theirs(gaps).gwet()["est"]  # type: ignore[attr-defined]
    ours = agreement(gaps).three_way.figures.ac1
    assert (ours.value, ours.se) == (close(ac1["coefficient_value"], 1e-11), close(ac1["se"], 1e-11))
    whole = at_random(seed, people=4, papers=60)
    conger = theirs(whole).conger()["est"]  # type: ignore[attr-defined]
    ours = agreement(whole).three_way.pooled.figures.kappa
    assert ours.value == close(conger["coefficient_value"], 1e-11)
    assert ours.se == close(conger["se"] * sqrt(59 / 60), 1e-11), "theirs has n − 1 below the root"


# Pilot rounds.


def test_a_round_passes_or_does_not() -> None:
    found = agreement(rows_of((60, 25), (18, 811))).two_way
    passed = gate(found, S.KAPPA, 0.6)
    assert (passed.passed, passed.statistic, passed.threshold) == (True, S.KAPPA, 0.6)
    assert passed.figure == found.pairs[0].figures.kappa
    assert passed.sentence == (
        "Passed: Cohen's kappa is 0.71 (95 % CI 0.63 to 0.79) on 914 papers, at least 0.60."
    )
    failed = gate(found, S.POSITIVE, 0.8)
    assert failed.passed is False
    assert failed.sentence == "Not passed: positive agreement is 0.74 on 914 papers, below 0.80."


def rows_of(*rows: Sequence[int]) -> Round:
    """Return the round of two people whose table this is."""
    return decided(
        *(
            first + second
            for first, row in zip("ie", rows, strict=True)
            for second, n in zip("ie", row, strict=True)
            for _ in range(n)
        )
    )


def test_what_reaches_the_threshold_passes_in_binary_too() -> None:
    found = agreement(rows_of((40, 15), (15, 30))).two_way
    assert (found.figures.pabak.value or 0) < 0.4
    assert gate(found, S.PABAK, 0.4).passed is True
    assert gate(found, S.PABAK, 0.4001).passed is False


def test_a_near_miss_is_told_with_enough_decimals() -> None:
    found = agreement(rows_of((500, 102), (102, 300))).two_way
    assert (
        gate(found, S.RAW, 0.8).sentence == "Not passed: raw agreement is 0.797 on 1,004 papers, below 0.800."
    )
    assert gate(found, S.RAW, 0.795).sentence.endswith("is 0.797 on 1,004 papers, at least 0.795.")


def test_a_hair_below_zero_is_zero() -> None:
    found = agreement(rows_of((250, 251), (250, 250))).two_way
    assert -0.005 < (found.figures.kappa.value or 1) < 0
    assert "kappa is 0.00 " in gate(found, S.KAPPA, 0.6).sentence
    wide = agreement(rows_of((10, 5), (5, 10))).two_way
    assert -0.005 < (wide.figures.kappa.low or 1) < 0
    assert "(95 % CI 0.00 to 0.67)" in gate(wide, S.KAPPA, 0.6).sentence


def test_a_threshold_is_told_whole() -> None:
    found = agreement(rows_of((60, 25), (18, 811))).two_way
    assert gate(found, S.RAW, 0.605).sentence.endswith("is 0.953 on 914 papers, at least 0.605.")


def test_undefined_neither_passes_nor_fails() -> None:
    alike = gate(agreement(decided("ee", "ee")).two_way, S.KAPPA, 0.6)
    assert alike.passed is None
    assert alike.sentence == f"Whether the round passes cannot be said. {alike.figure.why}"
    nobody = gate(agreement({}).two_way, S.RAW, 0.6)
    assert (nobody.passed, nobody.figure.value) == (None, None)
    assert nobody.sentence == ("Whether the round passes cannot be said. No paper was decided by two people.")


def test_too_few_papers_neither_pass_nor_fail() -> None:
    found = agreement(rows_of((10, 1), (1, 10))).two_way
    assert gate(found, S.KAPPA, 0.6, least=22).passed is True
    short = gate(found, S.KAPPA, 0.6, least=50)
    assert short.passed is None
    assert short.sentence == (
        "Whether the round passes cannot be said. "
        "Of the 50 papers that are asked for, two people or more decided 22."
    )


def test_a_single_verdict_passes_with_a_warning() -> None:
    found = gate(agreement(decided("ee", "ee")).two_way, S.AC1, 0.6)
    assert found.passed is True
    assert found.sentence.endswith("Only one verdict was given: that says nothing of the others.")


def test_pairs_below_the_threshold_are_counted() -> None:
    found = agreement(decided(*["iii"] * 10, *["eee"] * 10, *["iie"] * 3)).two_way
    assert [round(p.figures.kappa.value or 0, 2) for p in found.pairs] == [1.0, 0.74, 0.74]
    said = gate(found, S.KAPPA, 0.8)
    assert said.passed is True
    assert said.sentence.endswith("Of 3 pairs of people 2 are below.")
    unsure = agreement(decided("ii..", "ie..", "ei..", "ee..", "..ee")).two_way
    assert gate(unsure, S.KAPPA, 0.6).sentence.endswith(
        "Of 2 pairs of people 1 is below; of 1 it cannot be said."
    )


@pytest.mark.parametrize("threshold", [nan, 1.01, -2, 60])
def test_a_threshold_is_a_share(threshold: float) -> None:
    found: RoundAgreement = round_agreement(rows_of((5, 1), (1, 5)), Scale.TWO_WAY)
    with pytest.raises(ValueError, match="from -1 to 1"):
        gate(found, S.KAPPA, threshold)


def test_both_ways_are_the_rounds_of_each_scale() -> None:
    round_ = at_random(11, people=3, papers=30, gaps=0.2)
    assert agreement(round_) == Agreement(
        round_agreement(round_, Scale.TWO_WAY), round_agreement(round_, Scale.THREE_WAY)
    )
